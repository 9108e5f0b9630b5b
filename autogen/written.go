package autogen

import (
	"go/ast"
	"go/token"
	"strconv"
)

// written is a revision as a file says it.
type written struct {
	file string
	// parents, dependsOn and labels say where it stands among the others.
	parents, dependsOn, labels names
}

// names are what a field of a revision holds.
type names struct {
	list []string
	// unknown says that something else than literals makes them.
	unknown bool
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

// parseRevision returns the id and the place of a literal, where the id is plain
// text.
func parseRevision(literal *ast.CompositeLit) (id string, r written, ok bool) {
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
			r.parents = namesIn(field.Value)
		case key.Name == "DependsOn":
			r.dependsOn = namesIn(field.Value)
		case key.Name == "Labels":
			r.labels = namesIn(field.Value)
		}
	}
	return id, r, ok
}

// namesIn returns what a literal []string{"…"} holds.
func namesIn(e ast.Expr) names {
	literal, ok := e.(*ast.CompositeLit)
	if !ok {
		return names{unknown: true}
	}
	var n names
	for _, element := range literal.Elts {
		value, ok := text(element)
		if !ok {
			return names{unknown: true}
		}
		n.list = append(n.list, value)
	}
	return n
}

func text(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	value, err := strconv.Unquote(literal.Value)
	return value, err == nil
}
