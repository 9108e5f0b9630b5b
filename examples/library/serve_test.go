package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A request that has begun when the service is interrupted is answered.
func TestServeEndsInOrder(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	begun, goOn := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-goOn
		fmt.Fprint(w, "done")
	})
	ready, ended, answered := make(chan net.Addr, 1), make(chan error, 1), make(chan string, 1)
	cfg := config{
		Addr:  "127.0.0.1:0",
		Log:   slog.New(slog.DiscardHandler),
		Ready: func(addr net.Addr) { ready <- addr },
	}
	go func() { ended <- serve(ctx, cfg, handler) }()
	addr := <-ready
	go func() {
		answer, err := http.Get("http://" + addr.String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		answered <- string(text)
	}()

	<-begun
	interrupt()
	select {
	case err := <-ended:
		t.Errorf("serve returned %v while a request was open", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(goOn)
	if got := <-answered; got != "done" {
		t.Errorf("the open request got %q, want %q", got, "done")
	}
	if err := <-ended; err != nil {
		t.Errorf("serve returned %v, want nil", err)
	}
}

func TestServeSaysThatTheAddressIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	cfg := config{
		Addr:  taken.Addr().String(),
		Log:   slog.New(slog.DiscardHandler),
		Ready: func(net.Addr) { t.Error("the service listened") },
	}
	err = serve(t.Context(), cfg, http.NotFoundHandler())
	if err == nil || !strings.Contains(err.Error(), taken.Addr().String()) {
		t.Errorf("serve returned %v, want an error that names %s", err, taken.Addr())
	}
}
