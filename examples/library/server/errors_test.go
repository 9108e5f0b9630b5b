package server_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestRefusedBodies(t *testing.T) {
	long := strings.Repeat("x", 101)
	for _, c := range []struct{ name, body, message string }{
		{"nothing", ``, "the body is empty"},
		{"no JSON", `title=x`, "the JSON has an error at byte 2"},
		{"half", `{"title":`, "the JSON ends too early"},
		{"null", ` null `, "the body is not a JSON object"},
		{"list", `[]`, "the body is not a JSON object"},
		{"two objects", `{"title":"x"}{"title":"y"}`, "the body has something after the JSON object"},
		{"unknown field", `{"title":"x","pages":9}`, `there is no field "pages"`},
		{"id", `{"title":"x","id":9}`, `there is no field "id"`},
		{"title of another type", `{"title":1}`, "title may not be a JSON number"},
		{"year of another type", `{"title":"x","year":"1965"}`, "year may not be a JSON string"},
		{"year with a fraction", `{"title":"x","year":1965.5}`, "year may not be a JSON number 1965.5"},
		{"title null", `{"title":null}`, "title is required"},
		{"title empty", `{"title":""}`, "title is empty"},
		{"title blank", `{"title":" \t"}`, "title is empty"},
		{"title long", `{"title":"` + long + `"}`, "title has 101 characters, at most 100 are allowed"},
		{"author blank", `{"title":"x","author":" "}`, "author is empty"},
		{"author long", `{"title":"x","author":"` + long + `"}`, "author has 101 characters, at most 100 are allowed"},
		{"isbn empty", `{"title":"x","isbn":""}`, "isbn is not 10 or 13 digits"},
		{"isbn short", `{"title":"x","isbn":"123456789"}`, "isbn is not 10 or 13 digits"},
		{"isbn between", `{"title":"x","isbn":"12345678901"}`, "isbn is not 10 or 13 digits"},
		{"isbn with hyphens", `{"title":"x","isbn":"0-441-0135"}`, "isbn is not 10 or 13 digits"},
		{"isbn in other digits", `{"title":"x","isbn":"٠١٢٣٤"}`, "isbn is not 10 or 13 digits"},
		{"year early", `{"title":"x","year":999}`, "year is not from 1000 to 2100"},
		{"year late", `{"title":"x","year":2101}`, "year is not from 1000 to 2100"},
	} {
		for _, where := range []string{"POST /books", "PUT /books/1", "PATCH /books/1"} {
			t.Run(c.name+" "+where, func(t *testing.T) {
				s := withBooks(t)
				method, path, _ := strings.Cut(where, " ")
				want(t, s.send(method, path, c.body), http.StatusBadRequest, errorBody(c.message))
				want(t, s.send("GET", "/books", ""), http.StatusOK, `{"books":[`+dune+`,`+emma+`],"total":2}`)
			})
		}
	}
	want(t, withBooks(t).send("PUT", "/books/1", `{}`), http.StatusBadRequest, errorBody("title is required"))
}

func TestStatuses(t *testing.T) {
	const notJSON = "the Content-Type is not application/json"
	const badID = "the id is not a whole number above 0"
	for _, c := range []struct {
		name, request, contentType, body string
		status                           int
		message                          string
	}{
		{"id of letters", "GET /books/x", "", "", 400, badID},
		{"id zero", "GET /books/0", "", "", 400, badID},
		{"id negative", "DELETE /books/-1", "", "", 400, badID},
		{"id too large", "GET /books/9223372036854775808", "", "", 400, badID},
		{"limit zero", "GET /books?limit=0", "", "", 400, "limit is not a whole number from 1 to 100"},
		{"limit too large", "GET /books?limit=101", "", "", 400, "limit is not a whole number from 1 to 100"},
		{"limit of nothing", "GET /books?limit=", "", "", 400, "limit is not a whole number from 1 to 100"},
		{"offset negative", "GET /books?offset=-1", "", "", 400, "offset is not a whole number from 0 to 2147483647"},

		{"no such book to read", "GET /books/9", "", "", 404, "there is no such book"},
		{"largest id", "GET /books/9223372036854775807", "", "", 404, "there is no such book"},
		{"no such book to replace", "PUT /books/9", jsonFor, emmaIn, 404, "there is no such book"},
		{"no such book to change", "PATCH /books/9", jsonFor, emmaIn, 404, "there is no such book"},
		{"no such book to delete", "DELETE /books/9", "", "", 404, "there is no such book"},
		{"no such page", "GET /films", "", "", 404, "there is nothing here, see /books"},

		{"method of the list", "DELETE /books", "", "", 405, "the method is not allowed here, see the Allow header"},
		{"method of a book", "POST /books/1", jsonFor, emmaIn, 405, "the method is not allowed here, see the Allow header"},

		{"isbn used on create", "POST /books", jsonFor, duneIn, 409, "another book has this isbn"},
		{"isbn used on replace", "PUT /books/2", jsonFor, duneIn, 409, "another book has this isbn"},
		{"isbn used on change", "PATCH /books/2", jsonFor, `{"isbn":"9780441013593"}`, 409, "another book has this isbn"},

		{"too large", "POST /books", jsonFor, `{"title":"` + strings.Repeat("x", 64<<10) + `"}`, 413, "the body is too large"},

		{"no type", "POST /books", "", emmaIn, 415, notJSON},
		{"type of a form", "PUT /books/1", "application/x-www-form-urlencoded", emmaIn, 415, notJSON},
		{"type that is none", "PATCH /books/1", ";", emmaIn, 415, notJSON},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := withBooks(t)
			method, path, _ := strings.Cut(c.request, " ")
			want(t, s.sendAs(c.contentType, method, path, c.body), c.status, errorBody(c.message))
			want(t, s.send("GET", "/books", ""), http.StatusOK, `{"books":[`+dune+`,`+emma+`],"total":2}`)
		})
	}
}

func TestTypeMayNameACharset(t *testing.T) {
	w := newService(t).sendAs("application/json; charset=utf-8", "POST", "/books", emmaIn)
	if w.Code != http.StatusCreated {
		t.Errorf("status %d, want %d: %s", w.Code, http.StatusCreated, w.Body)
	}
}

func TestMethodNotAllowedNamesTheOthers(t *testing.T) {
	w := newService(t).send("DELETE", "/books", "")
	if got, want := w.Header().Get("Allow"), "GET, HEAD, POST"; got != want {
		t.Errorf("Allow %q, want %q", got, want)
	}
}

func TestPathsAreCleaned(t *testing.T) {
	for _, path := range []string{"/books/../books", "/a//b"} {
		if w := newService(t).send("GET", path, ""); w.Code/100 != 3 || w.Header().Get("Location") == "" {
			t.Errorf("GET %s: status %d, Location %q, want a redirect", path, w.Code, w.Header().Get("Location"))
		}
	}
}

// A failure of the database is told to the log and not to the client.
func TestInternalErrorsDoNotLeak(t *testing.T) {
	for _, request := range []string{
		"GET /books", "GET /books/1", "POST /books", "PUT /books/1", "PATCH /books/1", "DELETE /books/1",
	} {
		t.Run(request, func(t *testing.T) {
			s := withBooks(t)
			if err := s.db.Migrator().DropTable("books", "authors"); err != nil {
				t.Fatal(err)
			}
			method, path, _ := strings.Cut(request, " ")
			want(t, s.send(method, path, duneIn), http.StatusInternalServerError,
				errorBody("something went wrong here, it has been logged"))
			if !strings.Contains(s.log.String(), "no such table") {
				t.Errorf("the log does not say what went wrong:\n%s", s.log)
			}
		})
	}
}

func TestRequestsAreLogged(t *testing.T) {
	s := newService(t)
	s.send("GET", "/books/7", "")
	for _, part := range []string{"msg=request", "method=GET", "path=/books/7", "status=404"} {
		if !strings.Contains(s.log.String(), part) {
			t.Errorf("the log has no %s:\n%s", part, s.log)
		}
	}
}
