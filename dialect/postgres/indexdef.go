package postgres

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// indexDef is an index as its statement says it, be it the catalogue's
// (pg_get_indexdef) or one that was written here from words.
type indexDef struct {
	name, method     string
	unique           bool
	parts            []indexPart
	include          []string
	nullsNotDistinct bool
	with             []string // k=v, sorted
	tablespace       string
	where            string
}

type indexPart struct {
	column, expr     string // one of them
	collate, opclass string
	desc             bool
	nulls            string // "", "first" or "last"
}

// parseIndex takes a CREATE INDEX statement apart.
func parseIndex(sql string) indexDef {
	p := constraintParser{sql: sql, tokens: tokenize(sql)}
	x := indexDef{method: "btree"}
	p.accept("CREATE")
	x.unique = p.accept("UNIQUE")
	p.accept("INDEX")
	if !p.accept("ON") {
		x.name = p.identifier()
		p.accept("ON")
	}
	p.accept("ONLY")
	p.qualifiedName()
	if p.accept("USING") {
		x.method = p.identifier()
	}
	for _, element := range elements(p.parenthesis()) {
		x.parts = append(x.parts, parsePart(element))
	}
	for len(p.tokens) > 0 {
		switch {
		case p.accept("INCLUDE"):
			for _, element := range elements(p.parenthesis()) {
				for _, t := range tokenize(element) {
					x.include = append(x.include, t.value())
				}
			}
		case p.accept("NULLS", "NOT", "DISTINCT"):
			x.nullsNotDistinct = true
		case p.accept("NULLS", "DISTINCT"):
		case p.accept("WITH"):
			x.with = storageOptions(p.parenthesis())
		case p.accept("TABLESPACE"):
			x.tablespace = p.identifier()
		case p.accept("WHERE"):
			x.where = unwrapped(between(p.sql, p.tokens))
			p.tokens = nil
		default:
			p.tokens = p.tokens[1:]
		}
	}
	return x
}

// plainIndex reads the statement of an index of columns alone, as most are, and
// returns false for others.
func plainIndex(text string) (x indexDef, ok bool) {
	before, list, found := strings.Cut(text, " USING btree (")
	if !found || strings.ContainsAny(text, "\"'") || !strings.HasSuffix(list, ")") {
		return x, false
	}
	x = indexDef{method: "btree", unique: strings.HasPrefix(before, "CREATE UNIQUE ")}
	for name := range strings.SplitSeq(strings.TrimSuffix(list, ")"), ", ") {
		name, desc := strings.CutSuffix(name, " DESC")
		if quoteIdentifier(name) != name {
			return x, false
		}
		x.parts = append(x.parts, indexPart{column: name, desc: desc})
	}
	return x, true
}

// elements splits a list at its commas.
func elements(list string) []string {
	var texts []string
	tokens := tokenize(list)
	from := 0
	for i := 0; i < len(tokens); i++ {
		switch {
		case tokens[i].is("("):
			i = closing(tokens, i)
		case tokens[i].is(","):
			texts = append(texts, between(list, tokens[from:i]))
			from = i + 1
		}
	}
	if from < len(tokens) {
		texts = append(texts, between(list, tokens[from:]))
	}
	return texts
}

// parsePart takes one element of an index apart: a column, a call or an
// expression in parentheses, and what may follow. Anything else is an
// expression that wants parentheses.
func parsePart(text string) indexPart {
	p := constraintParser{sql: text, tokens: tokenize(text)}
	whole := indexPart{expr: text}
	var x indexPart
	switch {
	case len(p.tokens) == 0:
		return whole
	case p.tokens[0].is("("):
		x.expr = unwrapped("(" + p.parenthesis() + ")")
	case p.tokens[0].isIdentifier():
		name := p.qualifiedName()
		if len(p.tokens) > 0 && p.tokens[0].is("(") {
			end := min(closing(p.tokens, 0), len(p.tokens)-1)
			x.expr = name + text[p.tokens[0].start:p.tokens[end].end]
			p.tokens = p.tokens[end+1:]
		} else {
			x.column = tokenize(name)[0].value()
		}
	default:
		return whole
	}
	if p.accept("COLLATE") {
		x.collate = p.qualifiedName()
	}
	if len(p.tokens) > 0 && p.tokens[0].isIdentifier() && !slices.ContainsFunc([]string{"ASC", "DESC", "NULLS"}, p.tokens[0].is) {
		// Without the schema, which words leave to the search path.
		names := identifiers(p.qualifiedName())
		x.opclass = quoteIdentifier(names[len(names)-1])
		if len(p.tokens) > 0 && p.tokens[0].is("(") {
			x.opclass += " (" + p.parenthesis() + ")"
		}
	}
	if !p.accept("ASC") {
		x.desc = p.accept("DESC")
	}
	switch {
	case p.accept("NULLS", "FIRST"):
		x.nulls = "first"
	case p.accept("NULLS", "LAST"):
		x.nulls = "last"
	}
	if len(p.tokens) > 0 {
		return whole
	}
	return x
}

// storageOptions returns the options of WITH (…) in one form.
func storageOptions(list string) []string {
	var texts []string
	for _, element := range elements(list) {
		key, value, ok := strings.Cut(element, "=")
		if value = strings.Trim(strings.TrimSpace(value), "'"); !ok {
			value = "true"
		}
		switch strings.ToLower(value) {
		case "on":
			value = "true"
		case "off":
			value = "false"
		}
		texts = append(texts, strings.ToLower(strings.TrimSpace(key))+"="+strings.ToLower(value))
	}
	slices.Sort(texts)
	return texts
}

// index returns the index in the vocabulary of op, with what is the server's
// own choice left out.
func (x indexDef) index() op.Index {
	index := op.Index{Name: x.name, Unique: x.unique, Where: x.where, Options: x.options()}
	if x.method != "btree" {
		index.Method = x.method
	}
	for _, p := range x.parts {
		index.Columns = append(index.Columns, p.keyPart())
	}
	return index
}

func (p indexPart) keyPart() op.KeyPart {
	k := op.KeyPart{Column: p.column, Expr: p.expr, Collate: p.collate, Desc: p.desc}
	// Nulls come last unless the order is descending.
	if first := p.nulls == "first"; p.nulls != "" && first != p.desc {
		k.Nulls = p.nulls
	}
	if p.opclass != "" { // has no field of its own, nor has it in GORM's tags
		if k.Column != "" {
			k.Column, k.Expr = "", quoteIdentifier(p.column)
		} else {
			k.Expr = "(" + k.Expr + ")"
		}
		if k.Collate != "" {
			k.Expr, k.Collate = k.Expr+" COLLATE "+k.Collate, ""
		}
		k.Expr += " " + p.opclass
	}
	return k
}

// options returns the text behind the columns, the predicate excepted.
func (x indexDef) options() string {
	var texts []string
	if len(x.include) > 0 {
		texts = append(texts, "INCLUDE ("+quoteNames(x.include)+")")
	}
	if x.nullsNotDistinct {
		texts = append(texts, "NULLS NOT DISTINCT")
	}
	if len(x.with) > 0 {
		texts = append(texts, "WITH ("+strings.Join(x.with, ", ")+")")
	}
	if x.tablespace != "" {
		texts = append(texts, "TABLESPACE "+quoteIdentifier(x.tablespace))
	}
	return strings.Join(texts, " ")
}
