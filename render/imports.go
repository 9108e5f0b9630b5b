package render

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// imports is what a file imports: package op, and the packages of foreign
// types once they are named.
type imports struct {
	names map[string]string // by import path
	taken map[string]bool   // names that are in use
	alias map[string]bool   // paths whose name is not the package's own
}

func newImports(variable string) *imports {
	path := reflect.TypeFor[op.Revision]().PkgPath()
	return &imports{
		names: map[string]string{path: "op"},
		taken: map[string]bool{"op": true, variable: true},
		alias: map[string]bool{},
	}
}

// typeName returns a type as the file names it, and imports its package.
func (m *imports) typeName(t reflect.Type) (string, error) {
	if t.Name() != "" {
		return m.defined(t)
	}
	switch {
	case t.Kind() == reflect.Slice:
		elem, err := m.typeName(t.Elem())
		return "[]" + elem, err
	case t.Kind() == reflect.Array:
		elem, err := m.typeName(t.Elem())
		return fmt.Sprintf("[%d]%s", t.Len(), elem), err
	case t.Kind() == reflect.Interface && t.NumMethod() == 0:
		return "any", nil
	}
	return "", fmt.Errorf("the type %s has no name", t)
}

func (m *imports) defined(t reflect.Type) (string, error) {
	path := t.PkgPath()
	switch {
	case path == "":
		return t.Name(), nil // predeclared: string, int, …
	case path == "main":
		return "", fmt.Errorf("the type %s is in package main, which nothing can import", t)
	case !token.IsIdentifier(t.Name()):
		return "", fmt.Errorf("the type %s has type parameters; name an instance of it with a type of its own", t)
	case !token.IsExported(t.Name()):
		return "", fmt.Errorf("the type %s is not exported", t)
	}
	if _, ok := m.names[path]; !ok {
		own, _, _ := strings.Cut(t.String(), ".")
		name := own
		for n := 2; m.taken[name] || !free(name); n++ {
			name = own + strconv.Itoa(n)
		}
		m.names[path], m.taken[name], m.alias[path] = name, true, name != own
	}
	return m.names[path] + "." + t.Name(), nil
}

// free reports whether a file may declare the name: init is barred, op is the
// package that it always imports, and a predeclared name is one that the
// literals may need.
func free(name string) bool {
	return name != "init" && name != "_" && name != "op" && types.Universe.Lookup(name) == nil
}

// String returns the import declaration.
func (m *imports) String() string {
	var specs []string
	for path, name := range m.names {
		spec := strconv.Quote(path)
		if m.alias[path] {
			spec = name + " " + spec
		}
		specs = append(specs, spec)
	}
	if len(specs) == 1 {
		return "import " + specs[0] + "\n"
	}
	slices.Sort(specs) // gofmt puts them in its own order; this one is only a fixed one
	return "import (\n" + strings.Join(specs, "\n") + "\n)\n"
}
