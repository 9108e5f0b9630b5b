package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// renameColumn restates the column's definition, as it is shown, where the
// server has no other way.
func (p planner) renameColumn(o op.RenameColumn) ([]string, error) {
	if err := p.checkNames(o.Table, named{"column", o.To}); err != nil {
		return nil, err
	}
	if err := p.refuseDependents(fmt.Sprintf("renaming column %q of table %q", o.From, o.Table), o.Table, o.From); err != nil {
		return nil, err
	}
	rename := "RENAME COLUMN " + quoteName(o.From) + " TO " + quoteName(o.To)
	if p.renamesColumns() && p.isMaria {
		return []string{alter(o.Table, rename)}, nil
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	line, ok := d.columns[fold(o.From)]
	if !ok {
		return nil, fmt.Errorf("renaming column %q of table %q: there is no such column", o.From, o.Table)
	}
	if !p.renamesColumns() {
		rename = "CHANGE COLUMN " + quoteName(o.From) + " " + quoteName(o.To) + " " + line
	}
	drop, add := p.namingColumn(d, o)
	return []string{alter(o.Table, strings.Join(slices.Concat(drop, []string{rename}, add), ", "))}, nil
}

// namingColumn lists the drops of what has the column's name in its text, and
// what adds it again with the new name. MariaDB rewrites such text by itself;
// MySQL refuses the new name while there is any: errors 3108 (computed columns),
// 3837 (indexes over expressions) and 3959 (checks).
func (p planner) namingColumn(d definition, o op.RenameColumn) (drop, add []string) {
	if p.isMaria {
		return nil, nil
	}
	computed := d.computedFrom(o.From)
	stands := func(parts []op.KeyPart) bool {
		return slices.ContainsFunc(parts, func(part op.KeyPart) bool {
			return op.Mentions(part.Expr, o.From) ||
				slices.ContainsFunc(computed, func(name string) bool { return sameName(name, part.Column) || op.Mentions(part.Expr, name) })
		})
	}
	var keys []string
	for _, x := range d.table.Indexes {
		if stands(x.Columns) {
			drop = append(drop, "DROP INDEX "+quoteName(x.Name))
			keys = append(keys, "ADD "+p.renameInLine(d.keys[fold(x.Name)], o, 1))
		}
	}
	for _, k := range d.table.Checks {
		if slices.ContainsFunc(append([]string{o.From}, computed...), func(name string) bool { return op.Mentions(k.Expr, name) }) {
			drop = append(drop, p.dropCheck(k.Name))
			keys = append(keys, "ADD "+p.renameInLine(d.constraints[fold(k.Name)], o, 1))
		}
	}
	for _, name := range slices.Backward(computed) {
		drop = append(drop, "DROP COLUMN "+quoteName(name))
	}
	for _, name := range computed {
		add = append(add, "ADD COLUMN "+quoteName(name)+" "+p.renameInLine(d.columns[fold(name)], o, 0))
	}
	return drop, append(add, keys...)
}

// renameInLine puts the column's new name into a line of SHOW CREATE TABLE,
// where all names are quoted, but for the first few, which are those of other
// things.
func (s server) renameInLine(line string, o op.RenameColumn, skip int) string {
	tokens, err := s.tokenize(line)
	if err != nil {
		return line
	}
	var b strings.Builder
	done, seen := 0, 0
	for _, t := range tokens {
		if t.kind != tokenName {
			continue
		}
		if seen++; seen > skip && sameName(s.value(t), o.From) {
			b.WriteString(line[done:t.start] + quoteName(o.To))
			done = t.end
		}
	}
	return b.String() + line[done:]
}
