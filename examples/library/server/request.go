package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody is how many bytes a request may have; a book needs far less.
const maxBody = 64 << 10

// readJSON returns the body of a request that says it is JSON. It is read
// whole before anything else happens, so that a slow client holds no
// transaction open.
func readJSON(r *http.Request) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, errNotJSON
	}
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, errTooLarge
	case err != nil:
		return nil, badRequest("the body could not be read")
	}
	return body, nil
}

// decode reads one JSON object into the value that into points to, and refuses
// fields that it does not have. Fields that are not given keep their values.
func decode(body []byte, into any) error {
	// Decode takes null for an object without fields.
	if string(bytes.TrimSpace(body)) == "null" {
		return badRequest("the body is not a JSON object")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return badRequest(describe(err))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return badRequest("the body has something after the JSON object")
	}
	return nil
}

// describe says what is wrong with JSON in words that name no Go type.
func describe(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return "the body is empty"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the JSON ends too early"
	case errors.As(err, &syntax):
		return fmt.Sprintf("the JSON has an error at byte %d", syntax.Offset)
	case errors.As(err, &kind) && kind.Field == "":
		return "the body is not a JSON object"
	case errors.As(err, &kind):
		return fmt.Sprintf("%s may not be a JSON %s", kind.Field, kind.Value)
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return "there is no field " + field
	}
	return "the body is not valid JSON"
}

// pathID returns the {id} of the path.
func pathID(r *http.Request) (uint64, error) {
	// SQLite counts to the largest signed number.
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, badRequest("the id is not a whole number above 0")
	}
	return uint64(id), nil
}

// queryInt returns the number that a query parameter gives, or fallback where
// it is not given.
func queryInt(query url.Values, name string, fallback, least, most int) (int, error) {
	if !query.Has(name) {
		return fallback, nil
	}
	n, err := strconv.Atoi(query.Get(name))
	if err != nil || n < least || n > most {
		return 0, badRequest(fmt.Sprintf("%s is not a whole number from %d to %d", name, least, most))
	}
	return n, nil
}
