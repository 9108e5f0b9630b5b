package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// refuseDependents refuses to rename or drop what a view or a trigger uses: their
// text stays as it is, and they fail from then on. column is "" where it is about
// the table itself.
func (p planner) refuseDependents(what, table, column string, among ...string) error {
	broken, err := p.dependents(table, column, nil, among...)
	if err != nil || len(broken) == 0 {
		return err
	}
	return fmt.Errorf("%s would break %s, which %s leaves as it is; drop it before and create it again after, with op.Exec", what, strings.Join(broken, ", "), p.server)
}

// onlyViews is the one kind that matters where a table goes: its triggers go with
// it, and whether others read it their text does not say for certain.
const onlyViews = "view"

// dependents lists the views and triggers that use a table, or a column of it,
// but for the views that go, and for triggers where it says [onlyViews].
func (p planner) dependents(table, column string, gone []string, kinds ...string) ([]string, error) {
	database, plain, err := splitName(table)
	if err != nil {
		return nil, err
	}
	if database == "" {
		database = p.database
	}
	list, err := p.readDependents(database, slices.Equal(kinds, []string{onlyViews}))
	if err != nil {
		return nil, fmt.Errorf("looking for what depends on table %q: %w", table, err)
	}
	var broken []string
	for _, d := range list {
		if d.kind == "view" && slices.ContainsFunc(gone, func(view string) bool { return sameName(view, d.name) }) {
			continue
		}
		uses := p.mentions(d.tokens, plain)
		switch {
		case column == "" && d.kind == "view":
			uses = p.qualifies(d.tokens, database, plain) // as the server shows it
		case column == "":
		case d.kind == "view":
			uses = p.selects(d.tokens, plain, column)
		default:
			uses = uses && p.mentions(d.tokens, column) ||
				sameName(d.on, plain) && (p.qualifies(d.tokens, "NEW", column) || p.qualifies(d.tokens, "OLD", column))
		}
		if uses {
			broken = append(broken, fmt.Sprintf("%s %q", d.kind, d.name))
		}
	}
	return broken, nil
}

func (p planner) refuseDropped(o op.DropColumn) error {
	return p.refuseDependents(fmt.Sprintf("dropping column %q of table %q", o.Column, o.Table), o.Table, o.Column)
}

// mentions reports whether a text has a name in it.
func (s server) mentions(tokens []token, name string) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return s.names(t, name) })
}

func (s server) names(t token, name string) bool {
	return (t.kind == tokenWord || t.kind == tokenName) && sameName(s.value(t), name)
}

// qualifies reports whether a text has "of.name" in it.
func (s server) qualifies(tokens []token, of, name string) bool {
	for i := 2; i < len(tokens); i++ {
		if s.names(tokens[i-2], of) && tokens[i-1].is(".") && s.names(tokens[i], name) {
			return true
		}
	}
	return false
}

// selects reports whether the query of a view uses a column. The server shows
// each column with its table before it, or with the name that the query calls
// the table by: from `shop`.`users` `u`.
func (s server) selects(tokens []token, table, column string) bool {
	if s.qualifies(tokens, table, column) {
		return true
	}
	for i := 1; i < len(tokens); i++ {
		if s.names(tokens[i-1], table) && tokens[i].kind == tokenName && s.qualifies(tokens, s.value(tokens[i]), column) {
			return true
		}
	}
	return false
}
