package cli_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

// TestEditedRevision: what to do about an edit is said once, and alone.
func TestEditedRevision(t *testing.T) {
	c := books(t)
	mustRun(t, c, "upgrade", "head")
	other := createBooks
	other.Message = "create\n books"
	other.Up = append(op.List{op.Exec{SQL: "SELECT 1"}}, other.Up...)
	edited := c
	edited.Revisions = op.Revisions{other, addISBN}
	const (
		found = "edited since it was applied: aaa111  create books\n"
		ways  = "next: put the revision back as it was and write a new one for what is new; or, if the edit is meant, stamp "
	)
	play(t, edited, []step{
		{"check", outcome{2, found, ways + "head --purge\n"}},
		{"diff", outcome{2, found, ways + "head --purge\n"}},
		{"upgrade head", outcome{0, "", nothingToDo + found + ways + "head --purge\n"}},
		{"current", outcome{0, "bbb222  add isbn to books (head, current)\n", found}},
		{"history -i", outcome{0, "bbb222  YYYY-MM-DD hh:mm:ss  add isbn to books (head, current)\naaa111  YYYY-MM-DD hh:mm:ss  create books (edited since it was applied)\n", ""}},
	})
	// The models want something too: still one way on.
	type Book struct {
		ID          int64
		Title       string `gorm:"size:100"`
		Isbn, Pages string
	}
	more := edited
	more.Models = []any{&Book{}}
	play(t, more, []step{
		{"check", outcome{2, found + "+ add column books.pages (text)\n", "the database and the models differ:\n" + ways + "head --purge\n"}},
	})
	// Below head, stamping head would be a lie.
	mustRun(t, edited, "downgrade", "-1")
	play(t, edited, []step{
		{"check", outcome{2, found + "not applied: bbb222  add isbn to books (head)\n", ways + "aaa111 --purge\n"}},
		{"stamp aaa111 --purge", outcome{0, "", "stamped with aaa111; nothing was run\n"}},
		{"upgrade head", outcome{0, "applied bbb222  add isbn to books (TIME)\n", ""}},
		{"check", outcome{0, "", "nothing to do: the models and the database agree\n"}},
	})
}

// TestEditedRevisionOnBranches: the stamp names all that the database is at.
func TestEditedRevisionOnBranches(t *testing.T) {
	c := books(t)
	c.Models = nil
	left, right, last := op.Revision{ID: "left"}, op.Revision{ID: "right"}, op.Revision{ID: "last", Parents: []string{"left"}}
	c.Revisions = op.Revisions{left, right}
	mustRun(t, c, "upgrade", "heads")
	left.Up = op.List{op.Exec{SQL: "SELECT 1"}}
	const found, ways = "edited since it was applied: left  \n", "next: put the revision back as it was and write a new one for what is new"
	c.Revisions = op.Revisions{left, right}
	play(t, c, []step{{"upgrade heads", outcome{0, "", nothingToDo + found + ways + "; or, if the edit is meant, stamp heads --purge\n"}}})
	c.Revisions = op.Revisions{left, right, last}
	play(t, c, []step{{"upgrade right", outcome{0, "", nothingToDo + found + ways + "; or, if the edit is meant, stamp left right --purge\n"}}})
}
