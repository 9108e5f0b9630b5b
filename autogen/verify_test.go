package autogen_test

import (
	"errors"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
)

// TestVerify has plans that are right by the tables alone and fail because of
// what else is in the database. They are found out before a file is written.
func TestVerify(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare []string
		model   any
		stage   string
		says    string
	}{
		{"a view reads the column", []string{"CREATE VIEW isbns AS SELECT isbn FROM books"}, &Book{}, "up", "isbns"},
		{"a trigger reads the column", []string{
			"CREATE TABLE log (a)",
			"CREATE TRIGGER note AFTER DELETE ON books BEGIN INSERT INTO log VALUES (old.isbn); END",
		}, &Book{}, "up", "note"},
		{"a name is taken by a view", []string{"CREATE VIEW novels AS SELECT 1"}, &Novel{}, "up", "novels"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newProject(t)
			p.generate(&BookWithISBN{})
			p.upgrade()
			p.exec(c.prepare...)
			models := []any{c.model}
			if _, ok := c.model.(*Novel); ok {
				models = append(models, &BookWithISBN{})
			}
			check := p.unchanged()
			_, err := autogen.Generate(t.Context(), p.options(models...))
			var verify *autogen.VerifyError
			if !errors.As(err, &verify) {
				t.Fatalf("the error is %v, want a *VerifyError", err)
			}
			same(t, c.stage, verify.Stage)
			wantError(t, err, "verifying on a scratch database", c.says, "nothing was written")
			if _, err := autogen.Diff(t.Context(), p.options(models...)); !errors.As(err, &verify) {
				t.Errorf("the error of Diff is %v, want a *VerifyError", err)
			}
			check()
			// Whoever knows better may have the file.
			o := p.options(models...)
			o.NoVerify = true
			p.add(autogen.Generate(t.Context(), o))
		})
	}
}

// Views and triggers that do not matter are in no one's way.
func TestVerifyBesideViews(t *testing.T) {
	p := withRows(t)
	p.exec("CREATE VIEW titles AS SELECT title FROM books", "CREATE TABLE log (a)",
		"CREATE TRIGGER note AFTER DELETE ON books BEGIN INSERT INTO log VALUES (old.title); END")
	p.generate(&BookStrict{})
	p.upgrade()
	same(t, []string{"Dune", "Emma"}, p.query("SELECT title FROM titles ORDER BY 1"))
}

// A full-text index beside the table, with the triggers that SQLite's manual
// gives for it.
func TestVerifyBesideFullText(t *testing.T) {
	p := withRows(t)
	if err := p.db.Exec("CREATE VIRTUAL TABLE words USING fts4(title)").Error; err != nil {
		t.Skipf("no full-text search in this build: %v", err)
	}
	p.exec("CREATE TRIGGER words_add AFTER INSERT ON books BEGIN INSERT INTO words(rowid, title) VALUES (new.id, new.title); END")
	p.generate(&BookStrict{})
	p.upgrade()
	p.exec("INSERT INTO books (title) VALUES ('Ulysses')")
	same(t, []string{"Ulysses"}, p.query("SELECT title FROM words WHERE words MATCH 'ulysses'"))
	p.generate(&BookWithISBN{})
	p.upgrade()
	p.generate(&Book{})
	p.upgrade()
}
