package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// InnoDB needs an index that begins with the columns of each foreign key, and
// a key that begins with an AUTO_INCREMENT column. It makes the first by itself
// where there is none, and drops it as silently when another one comes, but not
// when the foreign key goes. The plans below keep both needs, in the statement
// that would break them, by indexes that go again when they are not needed.

// autoKey is the name of the key that an AUTO_INCREMENT column has while it is
// in no other: between the operations that add or replace a primary key.
const autoKey = "limbeck_auto_increment"

func (p planner) addIndex(o op.CreateIndex) ([]string, error) {
	x := o.Index
	if err := p.refuse(o.Table, x); err != nil {
		return nil, err
	}
	if err := p.checkNames(o.Table, named{"index", x.Name}); err != nil {
		return nil, err
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	if obsolete := d.obsoleteBy(x); len(obsolete) > 0 {
		return []string{alter(o.Table, strings.Join(append(obsolete, "ADD "+p.spellIndex(x)), ", "))}, nil
	}
	return []string{p.createIndex(o.Table, x)}, nil
}

func (p planner) addUnique(o op.AddUnique) ([]string, error) {
	if err := p.checkNames(o.Table, named{"unique constraint", o.Unique.Name}); err != nil {
		return nil, err
	}
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	list := d.obsoleteBy(op.Index{Name: o.Unique.Name, Columns: o.Unique.Columns})
	return []string{alter(o.Table, strings.Join(append(list, "ADD "+p.spellUnique(o.Unique)), ", "))}, nil
}

// obsoleteBy lists the drops of the automatic indexes that are not needed once
// another index is there.
func (d definition) obsoleteBy(x op.Index) []string {
	var list []string
	for _, old := range d.table.Indexes {
		isSame := sameName(old.Name, x.Name)
		if sameName(old.Name, autoKey) && leads(x.Columns, []string{old.Columns[0].Column}) ||
			!isSame && isAutomatic(d.table, old) && x.Class == "" && leads(x.Columns, columnsOf(old.Columns)) {
			list = append(list, "DROP INDEX "+quoteName(old.Name))
		}
	}
	return list
}

// dropKey drops an index or a unique constraint.
func (p planner) dropKey(table, name string) ([]string, error) {
	d, err := p.read(table)
	if err != nil {
		return nil, err
	}
	list := append(d.replacing(p.server, name), "DROP INDEX "+quoteName(name))
	return []string{alter(table, strings.Join(list, ", "))}, nil
}

// replacing lists what has to be added when a key goes: what InnoDB would have
// made for each foreign key that rests on nothing else then.
func (d definition) replacing(s server, name string) []string {
	var list []string
	keys := [][]op.KeyPart{}
	if name != primary {
		keys = append(keys, d.table.PrimaryKey)
	}
	for _, x := range d.table.Indexes {
		if !sameName(x.Name, name) && x.Class == "" {
			keys = append(keys, x.Columns)
		}
	}
	has := func(columns []string) bool {
		return slices.ContainsFunc(keys, func(parts []op.KeyPart) bool { return leads(parts, columns) })
	}
	for _, k := range d.table.ForeignKeys {
		if !has(k.Columns) {
			keys = append(keys, op.Columns(k.Columns...))
			list = append(list, "ADD "+s.spellIndex(op.Index{Name: d.freeName(k.Name, name), Columns: op.Columns(k.Columns...)}))
		}
	}
	for _, c := range d.table.Columns {
		if c.AutoIncrement && !slices.ContainsFunc(keys, func(parts []op.KeyPart) bool { return leads(parts, []string{c.Name}) }) {
			list = append(list, "ADD UNIQUE INDEX "+quoteName(autoKey)+" ("+quoteName(c.Name)+")")
		}
	}
	return list
}

// primary is the name that the server gives to every primary key.
const primary = "PRIMARY"

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

// leads reports whether the key begins with those whole columns, in any order
// among themselves for one column and in this order for several.
func leads(parts []op.KeyPart, columns []string) bool {
	if len(parts) < len(columns) {
		return false
	}
	for i, name := range columns {
		if !sameName(parts[i].Column, name) || parts[i].Length > 0 || parts[i].Desc {
			return false
		}
	}
	return true
}

func columnsOf(parts []op.KeyPart) []string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = p.Column
	}
	return list
}

func (p planner) addPrimaryKey(o op.AddPrimaryKey) ([]string, error) {
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	list := d.obsoleteBy(op.Index{Name: primary, Columns: o.Columns})
	return []string{alter(o.Table, strings.Join(append(list, "ADD PRIMARY KEY ("+p.spellParts(o.Columns)+")"), ", "))}, nil
}

func (p planner) dropPrimaryKey(o op.DropPrimaryKey) ([]string, error) {
	d, err := p.read(o.Table)
	if err != nil {
		return nil, err
	}
	list := append(d.replacing(p.server, primary), "DROP PRIMARY KEY")
	for _, name := range o.Nullable {
		// What has been in the key stays NOT NULL otherwise.
		if c := d.table.Column(name); c != nil && c.NotNull && !c.AutoIncrement {
			list = append(list, "MODIFY COLUMN "+quoteName(name)+" "+p.withoutNotNull(d.columns[fold(name)]))
		}
	}
	return []string{alter(o.Table, strings.Join(list, ", "))}, nil
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
	if obsolete := d.obsoleteBy(own); own.Name != "" && len(obsolete) > 0 && d.table.Index(own.Name) == nil && !d.hasOther(own, o.ForeignKey.Columns) {
		return []string{alter(o.Table, strings.Join(append(obsolete, "ADD "+p.spellIndex(own), "ADD "+text), ", "))}, nil
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
		if other.Name == k.Name || !leads(x.Columns, other.Columns) || d.hasOther(x, other.Columns) {
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
func (d definition) hasOther(x op.Index, columns []string) bool {
	return leads(d.table.PrimaryKey, columns) || slices.ContainsFunc(d.table.Indexes, func(y op.Index) bool {
		return y.Name != x.Name && y.Class == "" && leads(y.Columns, columns)
	})
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
