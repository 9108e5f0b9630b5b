package server_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/examples/library/models"
	"github.com/go-limbeck/limbeck/examples/library/server"
)

const (
	dune    = `{"id":1,"title":"Dune","isbn":"9780441013593","year":1965,"author":"Frank Herbert"}`
	emma    = `{"id":2,"title":"Emma","isbn":null,"year":null,"author":null}`
	duneIn  = `{"title":"Dune","isbn":"9780441013593","year":1965,"author":"Frank Herbert"}`
	emmaIn  = `{"title":"Emma"}`
	jsonFor = "application/json"
)

// service is a server over a fresh database.
type service struct {
	handler http.Handler
	db      *gorm.DB
	log     *bytes.Buffer
}

func newService(t *testing.T) *service {
	t.Helper()
	path := filepath.Join(t.TempDir(), "library.db")
	db, err := gorm.Open(sqlite.Open(path+"?_foreign_keys=on"), &gorm.Config{
		TranslateError: true,
		Logger:         logger.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			_ = pool.Close()
		}
	})
	if err := db.AutoMigrate(models.All()...); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	return &service{server.New(db, slog.New(slog.NewTextHandler(&log, nil))), db, &log}
}

// withBooks is a service with Dune and Emma in it.
func withBooks(t *testing.T) *service {
	t.Helper()
	s := newService(t)
	for _, body := range []string{duneIn, emmaIn} {
		if w := s.send("POST", "/books", body); w.Code != http.StatusCreated {
			t.Fatalf("adding %s: %d %s", body, w.Code, w.Body)
		}
	}
	return s
}

func (s *service) send(method, path, body string) *httptest.ResponseRecorder {
	return s.sendAs(jsonFor, method, path, body)
}

func (s *service) sendAs(contentType, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// want checks an answer; a body is compared as JSON, "" is an empty one.
func want(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status %d, want %d", w.Code, status)
	}
	if body == "" {
		if w.Body.Len() > 0 {
			t.Errorf("body %s, want none", w.Body)
		}
		return
	}
	if got := w.Header().Get("Content-Type"); got != jsonFor {
		t.Errorf("Content-Type %q, want %q", got, jsonFor)
	}
	if diff := cmp.Diff(parse(t, body), parse(t, w.Body.String())); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func parse(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%q is not JSON: %v", text, err)
	}
	return value
}

func errorBody(message string) string {
	text, _ := json.Marshal(map[string]string{"error": message})
	return string(text)
}
