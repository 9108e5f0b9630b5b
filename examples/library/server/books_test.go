package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/examples/library/models"
)

func TestCreate(t *testing.T) {
	s := newService(t)
	w := s.send("POST", "/books", duneIn)
	want(t, w, http.StatusCreated, dune)
	if got := w.Header().Get("Location"); got != "/books/1" {
		t.Errorf("Location %q, want %q", got, "/books/1")
	}
	want(t, s.send("POST", "/books", emmaIn), http.StatusCreated, emma)
	want(t, s.send("GET", "/books/1", ""), http.StatusOK, dune)
	want(t, s.send("GET", "/books/2", ""), http.StatusOK, emma)
}

func TestCreateAcceptsTheEdges(t *testing.T) {
	for _, body := range []string{
		`{"title":"` + strings.Repeat("é", 100) + `"}`,
		`{"title":"  ` + strings.Repeat("x", 100) + `  "}`,
		`{"title":"x","isbn":"0123456789"}`,
		`{"title":"x","year":1000}`,
		`{"title":"x","year":2100}`,
		`{"title":"x","isbn":null,"year":null,"author":null}`,
		` {"title":"x"} `,
	} {
		if w := newService(t).send("POST", "/books", body); w.Code != http.StatusCreated {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
}

func TestTextIsTrimmed(t *testing.T) {
	w := newService(t).send("POST", "/books", `{"title":" Emma\n","author":"\tJane Austen "}`)
	want(t, w, http.StatusCreated, `{"id":1,"title":"Emma","isbn":null,"year":null,"author":"Jane Austen"}`)
}

func TestAuthorsAreShared(t *testing.T) {
	s := newService(t)
	for _, title := range []string{"Emma", "Persuasion"} {
		w := s.send("POST", "/books", fmt.Sprintf(`{"title":%q,"author":"Jane Austen"}`, title))
		if w.Code != http.StatusCreated {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	var authors []models.Author
	if err := s.db.Find(&authors).Error; err != nil {
		t.Fatal(err)
	}
	if len(authors) != 1 {
		t.Errorf("there are %d authors, want 1", len(authors))
	}
}

func TestList(t *testing.T) {
	s := newService(t)
	want(t, s.send("GET", "/books", ""), http.StatusOK, `{"books":[],"total":0}`)

	s = withBooks(t)
	for query, body := range map[string]string{
		"":                  `{"books":[` + dune + `,` + emma + `],"total":2}`,
		"?limit=1":          `{"books":[` + dune + `],"total":2}`,
		"?limit=1&offset=1": `{"books":[` + emma + `],"total":2}`,
		"?offset=2":         `{"books":[],"total":2}`,
	} {
		t.Run(query, func(t *testing.T) {
			want(t, s.send("GET", "/books"+query, ""), http.StatusOK, body)
		})
	}
}

func TestListIsShortUnlessAsked(t *testing.T) {
	s := newService(t)
	rows := make([]models.Book, 21)
	for i := range rows {
		rows[i].Title = "x"
	}
	if err := s.db.Create(&rows).Error; err != nil {
		t.Fatal(err)
	}
	for query, most := range map[string]int{"": 20, "?limit=100": 21} {
		w := s.send("GET", "/books"+query, "")
		if got := strings.Count(w.Body.String(), `"title"`); got != most {
			t.Errorf("%q lists %d books, want %d", query, got, most)
		}
	}
}

func TestPutReplaces(t *testing.T) {
	s := withBooks(t)
	w := s.send("PUT", "/books/1", `{"title":"Dune Messiah","year":1969}`)
	replaced := `{"id":1,"title":"Dune Messiah","isbn":null,"year":1969,"author":null}`
	want(t, w, http.StatusOK, replaced)
	want(t, s.send("GET", "/books/1", ""), http.StatusOK, replaced)
	want(t, s.send("GET", "/books/2", ""), http.StatusOK, emma)
}

func TestPatchKeepsTheRest(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`{}`, dune},
		{`{"title":"Dune!"}`, strings.Replace(dune, `"Dune"`, `"Dune!"`, 1)},
		{`{"year":null}`, strings.Replace(dune, `1965`, `null`, 1)},
		{`{"isbn":null}`, strings.Replace(dune, `"9780441013593"`, `null`, 1)},
		{`{"author":null}`, strings.Replace(dune, `"Frank Herbert"`, `null`, 1)},
		{`{"author":"Brian Herbert"}`, strings.Replace(dune, `Frank`, `Brian`, 1)},
	} {
		t.Run(c.body, func(t *testing.T) {
			s := withBooks(t)
			want(t, s.send("PATCH", "/books/1", c.body), http.StatusOK, c.want)
			want(t, s.send("GET", "/books/1", ""), http.StatusOK, c.want)
			want(t, s.send("GET", "/books/2", ""), http.StatusOK, emma)
		})
	}
}

func TestDelete(t *testing.T) {
	s := withBooks(t)
	want(t, s.send("DELETE", "/books/1", ""), http.StatusNoContent, "")
	want(t, s.send("DELETE", "/books/1", ""), http.StatusNotFound, errorBody("there is no such book"))
	want(t, s.send("GET", "/books", ""), http.StatusOK, `{"books":[`+emma+`],"total":1}`)
}
