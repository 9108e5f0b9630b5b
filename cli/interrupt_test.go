package cli

import (
	"context"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/migrate"
)

// TestInterrupts: while a migration is under way, the first one is for it.
func TestInterrupts(t *testing.T) {
	i := &interrupts{}
	if i.first() {
		t.Error("nothing was under way")
	}
	said := 0
	stop, done := i.working(func() { said++ })
	select {
	case <-stop:
		t.Error("nobody has asked to stop")
	default:
	}
	if !i.first() || said != 1 {
		t.Errorf("the migration was not asked to stop, said %d times", said)
	}
	<-stop
	if i.first() || said != 1 {
		t.Error("the second one is not for the migration")
	}
	done()
	_, done = i.working(func() { said++ })
	done()
	if i.first() || said != 1 {
		t.Error("the migration had ended")
	}
	var none *interrupts
	stop, done = none.working(nil)
	done()
	if stop != nil {
		t.Error("there are no signals to watch")
	}
}

// TestSize: what was long says more.
func TestSize(t *testing.T) {
	for want, d := range map[string]migrate.Done{
		"<1ms":                    {Duration: time.Microsecond, Steps: 3, Rows: 4},
		"1.5s, 1 step, 1 row":     {Duration: 1500 * time.Millisecond, Steps: 1, Rows: 1},
		"2m0s, 3 steps, 400 rows": {Duration: 2 * time.Minute, Steps: 3, Rows: 400},
		"1s, 0 steps":             {Duration: time.Second},
	} {
		if got := size(d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestReportTo keeps the hooks that the user has set.
func TestReportTo(t *testing.T) {
	calls := ""
	hooks := migrate.Hooks{
		Done:    func(context.Context, migrate.Done) { calls += "done " },
		Waiting: func(_ context.Context, holder string) { calls += holder },
	}
	var out, err writer
	p := &program{config: &Config{Stdout: &out, Stderr: &err}}
	p.reportTo(&hooks)
	hooks.Done(t.Context(), migrate.Done{Down: true})
	hooks.Waiting(t.Context(), "Ann")
	if calls != "done Ann" || out != "took back    (<1ms)\n" || err != "waiting for another migration: Ann\n" {
		t.Errorf("%q, %q, %q", calls, out, err)
	}
}

type writer string

func (w *writer) Write(text []byte) (int, error) {
	*w += writer(text)
	return len(text), nil
}
