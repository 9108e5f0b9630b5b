package sqlite

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// tableState is a table as it stands in the database, and as the operations
// planned so far will leave it.
type tableState struct {
	stored   tableDef // as it stands
	def      tableDef // as it will be
	indexes  []indexDef
	triggers []string
	// temporary are the statements of temporary triggers on the table.
	temporary []string
	place     place
	// taken are the names that a second table cannot have.
	taken []string
	// analyzed says that the database has what ANALYZE found out.
	analyzed bool
	// watched says that the database has triggers or views, which may mention
	// the table: then a rebuild takes a column away, since ALTER TABLE DROP
	// COLUMN reads all of them and refuses where one was broken before.
	watched bool
	// source maps a column of the new table to the expression over the old one
	// that fills it. A column without one gets its default.
	source map[string]string
	// auto names the columns that are to number themselves once they are the
	// primary key.
	auto map[string]bool
}

// readTable reads how a table stands now.
func readTable(ctx context.Context, q ddl.Querier, table string) (*tableState, error) {
	list, err := objects(ctx, q, `tbl_name = ? COLLATE NOCASE OR type IN ('view', 'trigger') OR name LIKE 'limbeck\_%' ESCAPE '\'`, table)
	if err != nil {
		return nil, err
	}
	s := &tableState{source: map[string]string{}, auto: map[string]bool{}}
	if s.place, err = readPlace(ctx, q, table); err != nil {
		return nil, err
	}
	if s.temporary, err = s.place.temporaryTriggers(ctx, q, table); err != nil {
		return nil, err
	}
	if err := q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1')").Scan(&s.analyzed); err != nil {
		return nil, fmt.Errorf("reading sqlite_master: %w", err)
	}
	found := false
	for _, o := range list {
		s.taken = append(s.taken, o.name)
		if o.kind != "view" && o.kind != "trigger" && !sameName(o.table, table) {
			continue
		}
		switch o.kind {
		case "table":
			if s.stored, err = parseTable(o.sql); err != nil {
				return nil, fmt.Errorf("reading the definition of table %q: %w", table, err)
			}
			s.stored.name, found = o.name, true
		case "index":
			x, err := parseIndex(o.sql)
			if err != nil {
				return nil, fmt.Errorf("reading the definition of index %q on %q: %w", o.name, table, err)
			}
			s.indexes = append(s.indexes, x)
		case "trigger":
			s.watched = true
			if sameName(o.table, table) {
				s.triggers = append(s.triggers, o.sql)
			}
		case "view":
			s.watched = true
		}
	}
	if !found {
		return nil, fmt.Errorf("there is no table %q in the database", table)
	}
	s.def = s.stored.clone()
	for _, c := range s.def.columns {
		if c.constraint(generatedConstraint) == nil {
			s.source[fold(c.name)] = quoteName(c.name)
		}
	}
	for _, c := range s.stored.table().Columns {
		s.auto[fold(c.Name)] = c.AutoIncrement
	}
	return s, nil
}

func (d tableDef) clone() tableDef {
	d.columns = slices.Clone(d.columns)
	for i := range d.columns {
		d.columns[i].constraints = slices.Clone(d.columns[i].constraints)
	}
	d.constraints = slices.Clone(d.constraints)
	return d
}

// primaryKey returns the names of the primary key's columns.
func (d *tableDef) primaryKey() []string {
	t := d.table()
	names := make([]string, len(t.PrimaryKey))
	for i, p := range t.PrimaryKey {
		names[i] = p.Column
	}
	return names
}

// mentions reports whether a constraint of the table, another column or an
// index says anything of the column, in which case ALTER TABLE cannot drop it.
// It may answer yes for a column of another table of that name, which costs a
// rebuild and nothing else.
func (s *tableState) mentions(column string) bool {
	texts := []string{}
	for _, c := range s.def.columns {
		if !sameName(c.name, column) {
			texts = append(texts, c.String())
			continue
		}
		for _, x := range c.constraints {
			switch x.kind {
			case primaryKeyConstraint, uniqueConstraint, foreignKeyConstraint:
				return true
			}
		}
	}
	for _, x := range s.def.constraints {
		texts = append(texts, x.text)
	}
	for _, x := range s.indexes {
		texts = append(texts, x.sql)
	}
	for _, text := range texts {
		tokens, err := tokenize(text)
		if err != nil || slices.ContainsFunc(tokens, func(t token) bool { return sameName(t.value(), column) }) {
			return true
		}
	}
	return false
}

// index returns the place of the index of that name, or -1.
func (s *tableState) index(name string) int {
	return slices.IndexFunc(s.indexes, func(x indexDef) bool { return sameName(x.name, name) })
}

// addIndex adds an index and returns the statement that makes it.
func (s *tableState) addIndex(x op.Index) (string, error) {
	text, err := createIndex(s.def.name, x)
	if err != nil {
		return "", err
	}
	if s.index(x.Name) >= 0 {
		return "", fmt.Errorf("table %q has an index %q already", s.def.name, x.Name)
	}
	d, err := parseIndex(text)
	if err != nil {
		return "", fmt.Errorf("creating index %q on %q: %w", x.Name, s.def.name, err)
	}
	s.indexes = append(s.indexes, d)
	return named(text, "INDEX", string(s.place)), nil
}

func (s *tableState) dropIndex(name string) (indexDef, error) {
	i := s.index(name)
	if i < 0 {
		return indexDef{}, fmt.Errorf("table %q has no index %q", s.def.name, name)
	}
	x := s.indexes[i]
	s.indexes = slices.Delete(s.indexes, i, i+1)
	return x, nil
}
