package render

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Go writes the revision as a Go source file with the defaults of [File].
func Go(w io.Writer, r op.Revision) error {
	return File{Revision: r}.WriteGo(w)
}

// File is the Go source file of one revision.
type File struct {
	// Package is the name of the package that the file belongs to. Default:
	// "migrations".
	Package string
	// Variable is the package's collection of type op.Revisions, which the file
	// adds itself to. Default: "Revisions".
	Variable string
	// Comment is more text for the comment above func init, line by line, such
	// as "verified: up, down, up on sqlite 3.45". Default: none.
	Comment string
	// ToFillIn writes Up and Down also where they are empty, so that a person
	// sees where operations go. Default: left out.
	ToFillIn bool
	// Revision is what the file holds.
	Revision op.Revision
}

// WriteGo writes the file: gofmt-clean, and equal bytes for equal files. Where
// an operation holds a value that has no Go literal, a func or a pointer, it
// writes nothing and returns an error that names the operation and the field.
// Operations of other packages are printed too, with the imports they need. An
// empty list is left out like one that is nil (but see ToFillIn).
func (f File) WriteGo(w io.Writer) error {
	if f.Package == "" {
		f.Package = "migrations"
	}
	if f.Variable == "" {
		f.Variable = "Revisions"
	}
	source, err := f.source()
	if err != nil {
		return fmt.Errorf("writing revision %q as Go: %w", f.Revision.ID, err)
	}
	_, err = w.Write(source)
	return err
}

func (f File) source() ([]byte, error) {
	if !token.IsIdentifier(f.Package) || f.Package == "_" {
		return nil, fmt.Errorf("%q is no name for a Go package", f.Package)
	}
	if !token.IsIdentifier(f.Variable) || !free(f.Variable) {
		return nil, fmt.Errorf("%q is no name for the variable of the revisions; the usual one is %q", f.Variable, "Revisions")
	}
	if strings.TrimSpace(f.Revision.ID) == "" {
		return nil, errors.New("the revision has no id")
	}
	p := printer{imports: newImports(f.Variable), toFillIn: f.ToFillIn}
	literal, err := p.revision(f.Revision)
	if err != nil {
		return nil, err
	}
	head, err := gofmt(fmt.Appendf(nil, "package %s\n\n%s\n%sfunc init() {\n}\n", f.Package, p.imports, f.docComment()))
	if err != nil {
		return nil, err
	}
	source := fmt.Appendf(bytes.TrimSuffix(head, []byte("}\n")), "\t%s.Add(%s)\n}\n", f.Variable, literal)
	if p.loose {
		return gofmt(source)
	}
	_, err = parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments|parser.SkipObjectResolution)
	return source, asBug(err, source)
}

// gofmt formats what the printer has not laid out. It takes as much time as all
// else that generating does, so that it gets no more than it has to.
func gofmt(source []byte) ([]byte, error) {
	formatted, err := format.Source(source)
	return formatted, asBug(err, source)
}

// asBug returns the error of source that is no Go. It is not nil only where the
// printer is wrong, and then it has all that a report of the bug needs.
func asBug(err error, source []byte) error {
	if err == nil {
		return nil
	}
	var b strings.Builder
	for i, line := range strings.Split(string(source), "\n") {
		fmt.Fprintf(&b, "%4d\t%s\n", i+1, line)
	}
	return fmt.Errorf("%w; this is a bug of Limbeck, please report it with the source:\n%s", err, b.String())
}
