package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
)

// handler answers a request with a value to be written as JSON, or an error.
// A nil body writes none.
type handler func(r *http.Request) (reply, error)

type reply struct {
	status   int
	location string
	body     any
}

func respond(log *slog.Logger, handle handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		answer, err := handle(r)
		if err != nil {
			writeError(w, r, log, err)
			return
		}
		if answer.location != "" {
			w.Header().Set("Location", answer.location)
		}
		writeJSON(w, r, log, answer.status, answer.body)
	})
}

// writeJSON encodes before it writes, so that a value which cannot be encoded
// is still answered with a status of its own.
func writeJSON(w http.ResponseWriter, r *http.Request, log *slog.Logger, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(body); err != nil {
		writeError(w, r, log, fmt.Errorf("encoding the answer: %w", err))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if _, err := w.Write(text.Bytes()); err != nil {
		log.DebugContext(r.Context(), "the client went away", "error", err)
	}
}
