package autogen

import (
	"go/ast"
	"go/token"
	"strconv"
)

// written is a revision as a file says it.
type written struct {
	file    string
	parents []string
	// literal says that the parents are known, since nothing but literals makes
	// them.
	literal bool
}

// writtenIn returns the revisions that a file holds as literals
// op.Revision{ID: "…"}, by id.
func writtenIn(file *ast.File) map[string]written {
	list := map[string]written{}
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.CompositeLit); ok && isRevision(literal) {
			if id, r, ok := parseRevision(literal); ok {
				list[id] = r
			}
		}
		return true
	})
	return list
}

func isRevision(literal *ast.CompositeLit) bool {
	t, ok := literal.Type.(*ast.SelectorExpr)
	return ok && t.Sel.Name == "Revision"
}

// parseRevision returns the id and the parents of a literal, where the id is
// plain text.
func parseRevision(literal *ast.CompositeLit) (id string, r written, ok bool) {
	r.literal = true
	for _, element := range literal.Elts {
		field, isField := element.(*ast.KeyValueExpr)
		if !isField {
			continue
		}
		switch key, _ := field.Key.(*ast.Ident); {
		case key == nil:
		case key.Name == "ID":
			id, ok = text(field.Value)
		case key.Name == "Parents":
			r.parents, r.literal = texts(field.Value)
		}
	}
	return id, r, ok
}

// texts returns what a literal []string{"…"} holds.
func texts(e ast.Expr) (list []string, ok bool) {
	literal, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil, false
	}
	for _, element := range literal.Elts {
		value, ok := text(element)
		if !ok {
			return nil, false
		}
		list = append(list, value)
	}
	return list, true
}

func text(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	value, err := strconv.Unquote(literal.Value)
	return value, err == nil
}
