package cli_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
)

// The program may tell the comparison more than flags can.
func TestAutogen(t *testing.T) {
	c := books(t)
	mustRun(t, c, "upgrade", "aaa111")
	c.Revisions = c.Revisions[:1]
	play(t, c, []step{{"check", outcome{2, "+ add column books.isbn (text)\n", "the database and the models differ:\nnext: revision --autogenerate\n"}}})
	c.Autogen = func(o *autogen.Options) { o.Except = []string{"*.isbn"} }
	play(t, c, []step{{"check", outcome{0, "", "different, and left out by a filter: column books.isbn\nnothing to do: the models and the database agree\n"}}})
}
