package cli

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// interrupts are the signals that ask the program to end. While a migration is
// under way the first one lets the running statement come to its end; the next,
// and the first one otherwise, ends the context. One more is not caught, for work
// that does not end at that.
type interrupts struct {
	mu sync.Mutex
	// stop is there while a migration is under way, and closed by the first
	// signal. said tells of it.
	stop chan struct{}
	said func()
}

// catch returns a context that the signals end, and what stops the catching.
func (i *interrupts) catch(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
			}
			if !i.first() {
				signal.Stop(signals)
				cancel()
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}

// first asks a migration to stop, and reports whether there was one to ask.
func (i *interrupts) first() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.stop == nil {
		return false
	}
	i.said()
	close(i.stop)
	i.stop = nil
	return true
}

// working says that a migration begins, and returns what it has to watch and what
// says that it has ended. Said is called when the signal comes. Without signals
// to catch (a nil i) there is nothing to watch.
func (i *interrupts) working(said func()) (stop <-chan struct{}, done func()) {
	if i == nil {
		return nil, func() {}
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.said = said
	i.stop = make(chan struct{})
	return i.stop, func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		i.stop = nil
	}
}
