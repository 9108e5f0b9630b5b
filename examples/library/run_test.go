package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/examples/library/models"
	"github.com/go-limbeck/limbeck/op"
)

// TestUpgradeAtStart is the life of a database file: a first version of the
// program makes it, a later one finds it and adds a column.
func TestUpgradeAtStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "library.db")

	first := start(t, config{Database: file, Models: models.All(), Revisions: op.Revisions{createBooks}})
	first.call(t, "POST", "/books", `{"title":"Dune","author":"Frank Herbert"}`, http.StatusCreated)
	first.stop(t)

	again := start(t, config{Database: file, Models: models.All(), Revisions: op.Revisions{createBooks}})
	again.call(t, "POST", "/books", `{"title":"Emma"}`, http.StatusCreated)
	again.stop(t)

	later := start(t, config{Database: file, Models: laterModels(), Revisions: op.Revisions{createBooks, addPages}})
	got := later.call(t, "GET", "/books", "", http.StatusOK)
	later.stop(t)
	const want = `{"books":[` +
		`{"id":1,"title":"Dune","isbn":null,"year":null,"author":"Frank Herbert"},` +
		`{"id":2,"title":"Emma","isbn":null,"year":null,"author":null}],"total":2}`
	if strings.TrimSpace(got) != want {
		t.Errorf("after the upgrade:\n%s\nwant:\n%s", got, want)
	}

	db, err := open(file)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	var pages []int
	if err := db.Raw(`SELECT pages FROM books ORDER BY id`).Scan(&pages).Error; err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(pages) != "[0 0]" {
		t.Errorf("pages = %v, want [0 0]", pages)
	}
}

func TestRefusesToServe(t *testing.T) {
	for _, c := range []struct {
		name      string
		models    []any
		revisions op.Revisions
		log       string
	}{
		{"a model ahead of the revisions", laterModels(), op.Revisions{createBooks}, "books.pages"},
		{"a revision ahead of the models", models.All(), op.Revisions{createBooks, addPages}, "books.pages"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			err := run(t.Context(), config{
				Addr:      "127.0.0.1:0",
				Database:  filepath.Join(t.TempDir(), "library.db"),
				Models:    c.models,
				Revisions: c.revisions,
				Log:       slog.New(slog.NewTextHandler(&log, nil)),
				Ready:     func(net.Addr) { t.Error("the service listened") },
			})
			if !errors.Is(err, errDisagree) {
				t.Errorf("run returned %v, want %v", err, errDisagree)
			}
			if !strings.Contains(log.String(), c.log) {
				t.Errorf("the log does not name %q:\n%s", c.log, &log)
			}
		})
	}
}

func TestRefusesADatabaseThatCannotBeOpened(t *testing.T) {
	err := run(t.Context(), config{
		Addr:      "127.0.0.1:0",
		Database:  filepath.Join(t.TempDir(), "no", "such", "folder", "library.db"),
		Models:    models.All(),
		Revisions: op.Revisions{createBooks},
		Log:       slog.New(slog.DiscardHandler),
		Ready:     func(net.Addr) { t.Error("the service listened") },
	})
	if err == nil || !strings.Contains(err.Error(), "library.db") {
		t.Errorf("run returned %v, want an error that names the file", err)
	}
}

// instance is a running service.
type instance struct {
	url       string
	interrupt context.CancelFunc
	ended     <-chan error
}

func start(t *testing.T, cfg config) *instance {
	t.Helper()
	ctx, interrupt := context.WithCancel(t.Context())
	t.Cleanup(interrupt)
	ready, ended := make(chan net.Addr, 1), make(chan error, 1)
	cfg.Addr, cfg.Log = "127.0.0.1:0", slog.New(slog.DiscardHandler)
	cfg.Ready = func(addr net.Addr) { ready <- addr }
	go func() { ended <- run(ctx, cfg) }()
	select {
	case addr := <-ready:
		return &instance{"http://" + addr.String(), interrupt, ended}
	case err := <-ended:
		t.Fatalf("the service did not start: %v", err)
	case <-time.After(10 * time.Second):
		t.Fatal("the service did not start in 10 seconds")
	}
	return nil
}

func (i *instance) stop(t *testing.T) {
	t.Helper()
	i.interrupt()
	select {
	case err := <-i.ended:
		if err != nil {
			t.Fatalf("stopping: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the service did not stop in 10 seconds")
	}
}

func (i *instance) call(t *testing.T, method, path, body string, status int) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, i.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != status {
		t.Fatalf("%s %s: %d %s, want %d", method, path, answer.StatusCode, text, status)
	}
	return string(text)
}
