package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// edit makes one change in the state. It returns the statements that make the
// change without a rebuild, and whether there are such; no statement and true
// is a change that leaves no trace on SQLite.
func (s *tableState) edit(o op.Operation) (plain []string, ok bool, err error) {
	switch o := o.(type) {
	case op.AddColumn:
		return s.addColumn(o)
	case op.DropColumn:
		return s.dropColumn(o)
	case op.AlterColumn:
		return s.alterColumn(o)
	case op.CreateIndex:
		text, err := s.addIndex(o.Index)
		return []string{text}, true, err
	case op.DropIndex:
		_, err := s.dropIndex(o.Name)
		return []string{"DROP INDEX " + s.place.name(o.Name)}, true, err
	case op.RenameIndex:
		return s.renameIndex(o)
	case op.AddUnique:
		return nil, false, s.addConstraint(o.Unique.Name, spellUnique(o.Unique))
	case op.AddForeignKey:
		return nil, false, s.addConstraint(o.ForeignKey.Name, spellForeignKey(o.ForeignKey))
	case op.AddCheck:
		return nil, false, s.addConstraint(o.Check.Name, spellCheck(o.Check))
	case op.DropUnique:
		return nil, false, s.dropConstraint(o.Name, "unique constraint", uniqueConstraint)
	case op.DropForeignKey:
		return nil, false, s.dropConstraint(o.Name, "foreign key", foreignKeyConstraint)
	case op.DropCheck:
		return nil, false, s.dropConstraint(o.Name, "check", checkConstraint)
	case op.RenameConstraint:
		return nil, false, s.renameConstraint(o.From, o.To)
	case op.AddPrimaryKey:
		return nil, false, s.addPrimaryKey(o)
	case op.DropPrimaryKey:
		return nil, false, s.dropPrimaryKey()
	default:
		return nil, false, fmt.Errorf("operation %q changes no table", o.Kind())
	}
}

func (s *tableState) renameIndex(o op.RenameIndex) ([]string, bool, error) {
	x, err := s.dropIndex(o.From)
	if err != nil {
		return nil, false, err
	}
	text := x.sql[:x.nameStart] + quoteName(o.To) + x.sql[x.nameEnd:]
	renamed, err := parseIndex(text)
	if err != nil {
		return nil, false, fmt.Errorf("renaming index %q: %w", o.From, err)
	}
	s.indexes = append(s.indexes, renamed)
	return []string{"DROP INDEX " + s.place.name(o.From), named(text, "INDEX", string(s.place))}, true, nil
}

// addConstraint adds a table constraint at the end, where SQLite wants them.
func (s *tableState) addConstraint(name, text string) error {
	if name != "" && s.hasConstraint(name) {
		return fmt.Errorf("table %q has a constraint %q already", s.def.name, name)
	}
	c, err := newCursor(text)
	if err != nil {
		return fmt.Errorf("adding constraint %q to %q: %w", name, s.def.name, err)
	}
	x, err := c.tableConstraint()
	if err != nil {
		return fmt.Errorf("adding constraint %q to %q: %w", name, s.def.name, err)
	}
	s.def.constraints = append(s.def.constraints, x)
	return nil
}

func (s *tableState) hasConstraint(name string) bool {
	named := func(x constraintDef) bool { return sameName(x.name, name) }
	return slices.ContainsFunc(s.def.constraints, named) ||
		slices.ContainsFunc(s.def.columns, func(c columnDef) bool { return slices.ContainsFunc(c.constraints, named) })
}

// dropConstraint takes a constraint away, whether it stands with the table or
// with a column: the one of that name, or else one that is defined so, one
// without a name before others. A revision that was made where it has no name
// may run where it has one.
func (s *tableState) dropConstraint(name, what string, kind constraintKind) error {
	if s.dropWhere(func(_ string, x constraintDef) bool { return x.kind == kind && sameName(x.name, name) }) ||
		s.dropWhere(func(column string, x constraintDef) bool {
			return x.kind == kind && x.isDefined(s.def.name, column, name)
		}) {
		return nil
	}
	if list := s.unnamed(kind); len(list) > 0 {
		return fmt.Errorf("table %q has no %s %q; those without a name are dropped by their definition instead: %s", s.def.name, what, name, strings.Join(list, ", "))
	}
	return fmt.Errorf("table %q has no %s %q", s.def.name, what, name)
}

// unnamed returns the definitions of the constraints of a kind that have no
// name, in quotes.
func (s *tableState) unnamed(kind constraintKind) []string {
	t := s.def.table()
	var list []string
	add := func(of constraintKind, name, definition string) {
		if of == kind && name == "" {
			list = append(list, fmt.Sprintf("%q", definition))
		}
	}
	for _, u := range t.Uniques {
		add(uniqueConstraint, u.Name, op.PartsString(u.Columns))
	}
	for _, k := range t.ForeignKeys {
		add(foreignKeyConstraint, k.Name, k.String())
	}
	for _, c := range t.Checks {
		add(checkConstraint, c.Name, "("+c.Expr+")")
	}
	return list
}

// dropWhere takes the first constraint away that is meant, and says whether
// there is one. Those of columns come first, each with its column, as Inspect
// shows them.
func (s *tableState) dropWhere(means func(column string, x constraintDef) bool) bool {
	for i := range s.def.columns {
		c := &s.def.columns[i]
		if j := slices.IndexFunc(c.constraints, func(x constraintDef) bool { return means(c.name, x) }); j >= 0 {
			c.constraints = slices.Delete(c.constraints, j, j+1)
			c.text = ""
			return true
		}
	}
	i := slices.IndexFunc(s.def.constraints, func(x constraintDef) bool { return means("", x) })
	if i < 0 {
		return false
	}
	s.def.constraints = slices.Delete(s.def.constraints, i, i+1)
	return true
}

// isDefined reports whether a constraint of that column, or of the table, has
// that definition: (a, b), (price > 0) or (a) references p (id).
func (x constraintDef) isDefined(table, column, definition string) bool {
	parts := x.parts
	if column != "" {
		parts = []keyPart{{column: column}}
	}
	switch {
	case x.kind == checkConstraint:
		return strings.HasPrefix(definition, "(") && normalSQL(unqualified(x.expr, table)) == normalSQL(definition)
	case x.kind == uniqueConstraint:
		return sameName(op.PartsString(opParts(parts)), definition)
	case x.kind == foreignKeyConstraint:
		k := x.foreignKey(partColumns(parts))
		k.Name = ""
		if _, rest, ok := strings.Cut(definition, " references "); ok && len(k.RefColumns) == 0 {
			// Inspect shows the primary key that such a one refers to.
			if _, columns, ok := strings.Cut(rest, " ("); ok {
				columns, _, _ = strings.Cut(columns, ")")
				k.RefColumns = strings.Split(columns, ", ")
			}
		}
		return sameName(k.String(), definition)
	}
	return false
}

func (s *tableState) renameConstraint(from, to string) error {
	if from == "" || to == "" {
		return fmt.Errorf("table %q: a constraint without a name cannot be renamed; drop it and add it", s.def.name)
	}
	if !sameName(from, to) && s.hasConstraint(to) {
		return fmt.Errorf("table %q has a constraint %q already", s.def.name, to)
	}
	for i := range s.def.columns {
		if c := &s.def.columns[i]; renameIn(c.constraints, from, to) {
			c.text = ""
			return nil
		}
	}
	if renameIn(s.def.constraints, from, to) {
		return nil
	}
	return fmt.Errorf("table %q has no constraint %q", s.def.name, from)
}

// renameIn renames the first constraint of that name, and says whether there
// is one. CONSTRAINT and the name are the first words of its text.
func renameIn(list []constraintDef, from, to string) bool {
	for i := range list {
		x := &list[i]
		if !sameName(x.name, from) {
			continue
		}
		tokens, err := tokenize(x.text)
		if err != nil || len(tokens) < 2 {
			continue
		}
		x.text = x.text[:tokens[1].start] + quoteName(to) + x.text[tokens[1].end:]
		x.name = to
		return true
	}
	return false
}

// addPrimaryKey makes the columns the key. A single one that is to number
// itself takes the form that SQLite wants for that.
func (s *tableState) addPrimaryKey(o op.AddPrimaryKey) error {
	if len(s.def.primaryKey()) > 0 {
		return fmt.Errorf("table %q has a primary key already", s.def.name)
	}
	if len(o.Columns) == 1 {
		c := s.def.column(o.Columns[0].Column)
		if c != nil && (o.AutoIncrement || s.auto[fold(c.name)]) && normalType(c.typeText) == "integer" {
			c.constraints = append([]constraintDef{{
				kind: primaryKeyConstraint, name: o.Name, text: constraint(o.Name) + "PRIMARY KEY AUTOINCREMENT",
				parts: []keyPart{{}}, autoIncrement: true,
			}}, c.constraints...)
			c.text = ""
			return nil
		}
	}
	return s.addConstraint(o.Name, constraint(o.Name)+"PRIMARY KEY ("+spellParts(o.Columns)+")")
}

func (s *tableState) dropPrimaryKey() error {
	isKey := func(x constraintDef) bool { return x.kind == primaryKeyConstraint }
	if i := slices.IndexFunc(s.def.constraints, isKey); i >= 0 {
		s.def.constraints = slices.Delete(s.def.constraints, i, i+1)
		return nil
	}
	for i := range s.def.columns {
		c := &s.def.columns[i]
		if j := slices.IndexFunc(c.constraints, isKey); j >= 0 {
			c.constraints = slices.Delete(c.constraints, j, j+1)
			c.text = ""
			return nil
		}
	}
	return fmt.Errorf("table %q has no primary key", s.def.name)
}
