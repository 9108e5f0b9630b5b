package server

import (
	"log/slog"
	"net/http"

	"gorm.io/gorm"
)

// New returns the library's routes. It reads and writes the tables of package
// models in db, which is opened with gorm.Config.TranslateError so that a
// repeated ISBN can be told from other failures. Requests, and errors that
// clients are not shown, go to log.
func New(db *gorm.DB, log *slog.Logger) http.Handler {
	b := &books{db: db}
	mux := http.NewServeMux()
	for pattern, handle := range map[string]handler{
		"GET /books":         b.list,
		"POST /books":        b.create,
		"GET /books/{id}":    b.get,
		"PUT /books/{id}":    b.replace,
		"PATCH /books/{id}":  b.patch,
		"DELETE /books/{id}": b.remove,
	} {
		mux.Handle(pattern, respond(log, handle))
	}
	return logged(log, jsonErrors(mux, log))
}

// jsonErrors puts the mux's own answers, not found and method not allowed, in
// the form that all others have.
func jsonErrors(mux *http.ServeMux, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		// The mux's answer is run for its status and its Allow header only.
		answer := &headerOnly{ResponseWriter: w, status: http.StatusOK}
		own.ServeHTTP(answer, r)
		switch answer.status {
		case http.StatusNotFound:
			writeError(w, r, log, errNoSuchPage)
		case http.StatusMethodNotAllowed:
			writeError(w, r, log, errMethod)
		default:
			w.WriteHeader(answer.status)
		}
	})
}

// headerOnly keeps the header and the status of an answer, and drops its body.
type headerOnly struct {
	http.ResponseWriter
	status int
}

func (h *headerOnly) WriteHeader(status int)         { h.status = status }
func (h *headerOnly) Write(text []byte) (int, error) { return len(text), nil }
