package render

import (
	"fmt"
	"go/ast"
	"go/parser"
	"reflect"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// ownText returns the literal of an operation of another package that writes
// its own Go syntax, as [fmt.GoStringer] has it, or "". The text may name package
// op and the operation's own, which is imported for it.
func (p *printer) ownText(v reflect.Value) (string, error) {
	own, ok := v.Interface().(fmt.GoStringer)
	if !ok || v.Type().PkgPath() == reflect.TypeFor[op.List]().PkgPath() {
		return "", nil
	}
	text := own.GoString()
	p.loose = true
	expression, err := parser.ParseExpr(text)
	if err != nil {
		return "", fmt.Errorf("its GoString %q is no Go expression: %w", text, err)
	}
	packages := packagesIn(expression)
	name, _, _ := strings.Cut(v.Type().String(), ".")
	for _, used := range packages {
		if used != name && used != "op" {
			return "", fmt.Errorf("its GoString %q names %q; it may name the packages op and %q", text, used, name)
		}
	}
	if !slices.Contains(packages, name) || name == "op" {
		return text, nil
	}
	as, err := p.imports.typeName(v.Type())
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(as, name+".") {
		return "", fmt.Errorf("its GoString %q names the package %q, which is another one in this file", text, name)
	}
	return text, nil
}

// packagesIn returns the names that stand before a point and are declared
// nowhere in the expression.
func packagesIn(expression ast.Expr) []string {
	var names []string
	ast.Inspect(expression, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				names = append(names, x.Name)
			}
		}
		return true
	})
	return names
}
