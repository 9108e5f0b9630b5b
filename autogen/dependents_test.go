package autogen_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// BookRenumbered has a title of another type.
type BookRenumbered struct {
	books
	ID    uint
	Title string `gorm:"size:200;not null"`
}

// TestViewOverAColumn: that a view stands in the way is said before a file is
// written, with statements that clear it.
func TestViewOverAColumn(t *testing.T) {
	p := newPostgresProject(t)
	p.generate(&Book{})
	p.upgrade()
	p.exec("CREATE VIEW titles AS SELECT title FROM books WHERE title <> ''")
	files := p.files()
	for _, noVerify := range []bool{false, true} {
		o := p.options(&BookRenumbered{})
		o.NoVerify = noVerify
		_, err := autogen.Generate(t.Context(), o)
		var in *ddl.DependentsError
		if !errors.As(err, &in) {
			t.Fatalf("the error is %v", err)
		}
		for _, part := range []string{
			`nothing was written: column "title" of table "books" cannot be changed while in use by view public.titles`,
			"op.Exec{SQL: `DROP VIEW public.titles`},", "op.Exec{SQL: `CREATE VIEW public.titles AS\n",
		} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("the error does not say %q:\n%v", part, err)
			}
		}
		if _, err := autogen.Diff(t.Context(), o); !errors.As(err, &in) {
			t.Errorf("diff: the error is %v", err)
		}
	}
	same(t, files, p.files())
	// What the view does not use may change.
	if result := p.generate(&BookWithISBN{}); result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
}
