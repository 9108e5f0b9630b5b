package autogen

import (
	"errors"
	"strings"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/render"
)

// Empty writes a revision without operations, to be filled in by hand: with
// data steps, for example. It needs a message, and no database. With several
// heads it refuses ([ErrSeveralHeads]) unless Options.Head names one.
func Empty(o Options) (Result, error) {
	if strings.TrimSpace(o.Message) == "" {
		return Result{}, errors.New("writing an empty revision: it needs a message that says what it will do (-m)")
	}
	f, err := openFolder(o)
	if err != nil {
		return Result{}, err
	}
	graph, err := migrate.NewGraph(o.Revisions)
	if err != nil {
		return Result{}, err
	}
	r, err := o.placed(graph)
	if err != nil {
		return Result{}, err
	}
	r.Message = message(o, nil)
	result := Result{Revision: r}
	result.File, err = f.addFile(render.File{
		Package: f.packageName, Variable: variable, Revision: r,
		Comment: "Fill in Up and Down with operations, such as op.Exec{SQL: …}.", ToFillIn: true,
	})
	return result, err
}
