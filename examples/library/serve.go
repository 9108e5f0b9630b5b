package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// grace is how long requests that are being answered may go on at the end.
const grace = 10 * time.Second

// serve answers requests with the handler until ctx is done, and then waits for
// those that have begun.
func serve(ctx context.Context, cfg config, handler http.Handler) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listening on %q: %w", cfg.Addr, err)
	}
	web := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      20 * time.Second,
		IdleTimeout:       time.Minute,
		ErrorLog:          slog.NewLogLogger(cfg.Log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	cfg.Log.Info("serving", "address", listener.Addr().String(), "database", cfg.Database)
	if cfg.Ready != nil {
		cfg.Ready(listener.Addr())
	}

	select {
	case err := <-failed:
		return fmt.Errorf("serving on %q: %w", cfg.Addr, err)
	case <-ctx.Done():
	}
	cfg.Log.Info("stopping")
	// ctx is done already; the shutdown has a time of its own.
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := web.Shutdown(ending); err != nil {
		return fmt.Errorf("waiting for requests to end: %w", errors.Join(err, web.Close()))
	}
	return nil
}
