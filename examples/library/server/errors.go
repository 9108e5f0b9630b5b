package server

import (
	"errors"
	"log/slog"
	"net/http"
)

// httpError is an error that the client may read.
type httpError struct {
	status  int
	message string
}

func (e *httpError) Error() string { return e.message }

func badRequest(message string) error {
	return &httpError{http.StatusBadRequest, message}
}

var (
	errNoSuchPage = &httpError{http.StatusNotFound, "there is nothing here, see /books"}
	errNoSuchBook = &httpError{http.StatusNotFound, "there is no such book"}
	errMethod     = &httpError{http.StatusMethodNotAllowed, "the method is not allowed here, see the Allow header"}
	errSameISBN   = &httpError{http.StatusConflict, "another book has this isbn"}
	errTooLarge   = &httpError{http.StatusRequestEntityTooLarge, "the body is too large"}
	errNotJSON    = &httpError{http.StatusUnsupportedMediaType, "the Content-Type is not application/json"}
	errInternal   = &httpError{http.StatusInternalServerError, "something went wrong here, it has been logged"}
)

// writeError answers with the status and the message of an error that is meant
// for clients. Any other error is logged, and the client learns only that.
func writeError(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	var known *httpError
	switch {
	case errors.As(err, &known):
	case r.Context().Err() != nil:
		// The client has gone away, and nobody reads the answer.
		known = errInternal
		log.InfoContext(r.Context(), "request given up", "method", r.Method, "path", r.URL.Path, "error", err)
	default:
		known = errInternal
		log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	writeJSON(w, r, log, known.status, map[string]string{"error": known.message})
}
