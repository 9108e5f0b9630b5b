package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// freeName returns a name that no index has but the one that goes.
func (d definition) freeName(name, gone string) string {
	for n := 2; ; n++ {
		x := d.table.Index(name)
		if x == nil || sameName(x.Name, gone) {
			return name
		}
		name = fmt.Sprintf("%.60s_%d", name, n)
	}
}

// leads reports whether a key begins with those whole columns in their order, and
// so serves a foreign key over them, as InnoDB and the server above it decide. A
// descending part does on MariaDB (measured on 10.11), and where DESC is read and
// forgotten, but not on MySQL 8. MariaDB keeps a hash beside the rows for a unique
// key over whole texts, which serves none.
func (s server) leads(x op.Index, columns []string) bool {
	if len(x.Columns) < len(columns) || x.Class != "" || x.Method == "HASH" {
		return false
	}
	for i, name := range columns {
		part := x.Columns[i]
		isAside := part.Desc && !s.isMaria && s.hasDescending()
		if !sameName(part.Column, name) || part.Length > 0 || isAside {
			return false
		}
	}
	return true
}

// asShown returns an index as the server will show it: without the length of a
// part that is all of its column, and on MariaDB with the hash of [server.leads].
// Columns that come in the same statement are not looked at.
func (s server) asShown(d definition, x op.Index) op.Index {
	x.Columns = slices.Clone(x.Columns)
	for i, part := range x.Columns {
		column := d.table.Column(part.Column)
		switch {
		case column == nil:
		case part.Length > 0 && strings.HasSuffix(column.Type.Text, fmt.Sprintf("(%d)", part.Length)):
			x.Columns[i].Length = 0
		case part.Length == 0 && s.isMaria && x.Unique && isLarge(column.Type.Text):
			x.Method = "HASH"
		}
	}
	return x
}

// hasKey reports whether one of the keys begins with the columns.
func (s server) hasKey(keys []op.Index, columns ...string) bool {
	return slices.ContainsFunc(keys, func(x op.Index) bool { return s.leads(x, columns) })
}

// allKeys returns the indexes of a table, and its primary key.
func allKeys(t op.Table) []op.Index {
	return append(slices.Clone(t.Indexes), op.Index{Name: primary, Unique: true, Columns: t.PrimaryKey})
}

func columnsOf(parts []op.KeyPart) []string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = p.Column
	}
	return list
}

// withoutNotNull returns a column's definition, as it is shown, for one that may
// be null.
func (s server) withoutNotNull(line string) string {
	tokens, err := s.tokenize(line)
	if err != nil {
		return line
	}
	for i := 0; i+1 < len(tokens); i++ {
		if tokens[i].is("NOT") && tokens[i+1].is("NULL") {
			return line[:tokens[i].start] + "NULL" + line[tokens[i+1].end:]
		}
	}
	return line
}

func (p planner) renameIndex(table, from, to string) ([]string, error) {
	if err := p.checkNames(table, named{"index", to}); err != nil {
		return nil, err
	}
	if p.renamesIndexes() {
		return []string{alter(table, "RENAME INDEX "+quoteName(from)+" TO "+quoteName(to))}, nil
	}
	d, err := p.read(table)
	if err != nil {
		return nil, err
	}
	line, ok := d.keys[fold(from)]
	if !ok {
		return nil, fmt.Errorf("renaming index %q of table %q: there is no such index", from, table)
	}
	return []string{alter(table, "DROP INDEX "+quoteName(from)+", ADD "+p.replaceName(line, from, to))}, nil
}

// replaceName puts another name into the definition of a key or constraint.
func (s server) replaceName(line, from, to string) string {
	tokens, err := s.tokenize(line)
	if err != nil {
		return line
	}
	for _, t := range tokens {
		if (t.kind == tokenName || t.kind == tokenWord) && sameName(s.value(t), from) {
			return line[:t.start] + quoteName(to) + line[t.end:]
		}
	}
	return line
}

func (p planner) addForeignKey(o op.AddForeignKey) ([]string, error) {
	text, err := p.spellForeignKey(o.Table, o.ForeignKey)
	if err != nil {
		return nil, err
	}
	if err := p.checkNames(o.Table, named{"foreign key", o.ForeignKey.Name}); err != nil {
		return nil, err
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	// The index that InnoDB makes for this key may do for a shorter one, whose
	// own goes by itself only where InnoDB made that one too.
	own := op.Index{Name: o.ForeignKey.Name, Columns: op.Columns(o.ForeignKey.Columns...)}
	if own.Name != "" && d.table.Index(own.Name) == nil && !p.hasOther(d, own, o.ForeignKey.Columns) {
		c := &change{planner: p, d: d, added: []op.Index{own}}
		if obsolete := c.settleKeys(); len(obsolete) > 0 {
			return []string{alter(o.Table, strings.Join(append(obsolete, "ADD "+p.spellIndex(own), "ADD "+text), ", "))}, nil
		}
	}
	return []string{alter(o.Table, "ADD "+text)}, nil
}

// dropForeignKey drops with the key the index that InnoDB made for it, unless
// another key rests on it: then it becomes that one's.
func (p planner) dropForeignKey(o op.DropForeignKey) ([]string, error) {
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	drop := alter(o.Table, "DROP FOREIGN KEY "+quoteName(o.Name))
	k := d.table.ForeignKey(o.Name)
	if k == nil {
		return []string{drop}, nil
	}
	at := slices.IndexFunc(d.table.Indexes, func(x op.Index) bool { return isAutomaticFor(*k, x) })
	if at < 0 {
		return []string{drop}, nil
	}
	x := d.table.Indexes[at]
	for _, other := range d.table.ForeignKeys {
		if other.Name == k.Name || !p.leads(x, other.Columns) || p.hasOther(d, x, other.Columns) {
			continue
		}
		if len(other.Columns) == len(x.Columns) {
			rename, err := p.renameIndex(o.Table, x.Name, d.freeName(other.Name, x.Name))
			return append([]string{drop}, rename...), err
		}
		own := op.Index{Name: d.freeName(other.Name, x.Name), Columns: op.Columns(other.Columns...)}
		return []string{drop, alter(o.Table, "DROP INDEX "+quoteName(x.Name)+", ADD "+p.spellIndex(own))}, nil
	}
	return []string{drop + ", DROP INDEX " + quoteName(x.Name)}, nil
}

// hasOther reports whether another key than x begins with the columns.
func (s server) hasOther(d definition, x op.Index, columns []string) bool {
	others := slices.DeleteFunc(allKeys(d.table), func(y op.Index) bool { return y.Name == x.Name })
	return s.hasKey(others, columns...)
}

// renameConstraint finds out what the constraint is. Foreign keys and checks
// have no other name but as others.
func (p planner) renameConstraint(o op.RenameConstraint) ([]string, error) {
	if err := p.checkNames(o.Table, named{"constraint", o.To}); err != nil {
		return nil, err
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	line, isConstraint := d.constraints[fold(o.From)]
	add := "ADD " + p.replaceName(line, o.From, o.To)
	switch k := d.table.ForeignKey(o.From); {
	case k != nil:
		list := []string{alter(o.Table, "DROP FOREIGN KEY "+quoteName(o.From)), alter(o.Table, add)}
		for _, x := range d.table.Indexes {
			if isAutomaticFor(*k, x) { // first, or the server makes a new one in its place
				rename, err := p.renameIndex(o.Table, x.Name, o.To)
				return append(rename, list...), err
			}
		}
		return list, nil
	case isConstraint:
		return []string{alter(o.Table, p.dropCheck(o.From)+", "+add)}, nil
	case d.keys[fold(o.From)] != "":
		return p.renameIndex(o.Table, o.From, o.To)
	}
	return nil, fmt.Errorf("renaming constraint %q of table %q: there is no such constraint", o.From, o.Table)
}
