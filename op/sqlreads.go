package op

import (
	"slices"
	"strings"
)

// Reads reports whether a query reads from the table or view of that name: it
// stands behind FROM or JOIN, or in a list behind them, with or without its
// schema. It knows the quotes of all databases and looks into subqueries.
func Reads(query, relation string) bool {
	_, bare := splitLast(relation)
	for _, name := range relationsIn(query) {
		_, last := splitLast(name.path)
		switch {
		case name.path == relation || name.isBare && strings.EqualFold(name.path, relation):
			return true
		case strings.Contains(relation, ".") && strings.Contains(name.path, "."):
			// both with a schema, and not the same
		case last == bare || name.isBare && strings.EqualFold(last, bare):
			return true
		}
	}
	return false
}

func splitLast(name string) (before, last string) {
	i := strings.LastIndexByte(name, '.')
	return name[:max(i, 0)], name[i+1:]
}

// relationName is what a query reads from, its parts without quotes and joined
// by dots. It is bare where no part had quotes.
type relationName struct {
	path   string
	isBare bool
}

// clauseEnds are the words that end a list of tables.
var clauseEnds = []string{"where", "group", "order", "having", "limit", "union", "except", "intersect", "window", "offset", "fetch", "for", "set", "select", "values"}

// relationsIn returns the names in the places of tables.
func relationsIn(query string) []relationName {
	type level struct{ inFrom, wantsName bool }
	levels := []level{{}}
	var list []relationName
	names := words(query)
	at := 0 // in query
	step := func(text string) {
		for i := 0; i < len(text); {
			top := &levels[len(levels)-1]
			switch c := text[i]; {
			case strings.HasPrefix(text[i:], "--"):
				i += lengthUpTo(text[i:], "\n")
				continue
			case strings.HasPrefix(text[i:], "/*"):
				i += lengthUpTo(text[i:], "*/")
				continue
			case c == '\'':
				i += quotedLength(text[i:], '\'')
				continue
			case c == '(':
				levels = append(levels, level{top.wantsName, top.wantsName})
				top.wantsName = false
			case c == ')':
				if len(levels) > 1 {
					levels = levels[:len(levels)-1]
				}
			case c == ',':
				top.wantsName = top.inFrom
			}
			i++
		}
	}
	for i := 0; i < len(names); i++ {
		t := names[i]
		step(query[at:t.start])
		at = t.end
		top := &levels[len(levels)-1]
		word := ""
		if t.quote == 0 {
			word = strings.ToLower(t.name)
		}
		switch {
		case word == "from" || word == "join" || word == "straight_join":
			top.inFrom, top.wantsName = true, true
		case slices.Contains(clauseEnds, word):
			top.inFrom, top.wantsName = false, false
		case top.wantsName && (word == "only" || word == "lateral"):
		case t.call:
			top.wantsName = false // a function
		case top.wantsName:
			path, isBare := t.name, t.quote == 0
			for i+1 < len(names) && strings.TrimSpace(query[at:names[i+1].start]) == "." {
				i++
				path, isBare, at = path+"."+names[i].name, isBare && names[i].quote == 0, names[i].end
			}
			list = append(list, relationName{path, isBare})
			top.wantsName = false
		}
	}
	return list
}
