package mysql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// change is what one ALTER TABLE does: one operation, or a few that make sense
// only together. The server carries out all of a statement or nothing of it.
//
// InnoDB needs an index that begins with the columns of each foreign key, and
// a key that begins with an AUTO_INCREMENT column. It makes the first by itself
// where there is none, and drops it as silently when another one comes, but not
// when the foreign key goes. A change keeps both needs, in the statement that
// would break them, by indexes that go again when they are not needed.
type change struct {
	planner
	// d is the table before.
	d definition
	// before are statements that have to run first. They leave nothing behind
	// that is wrong without the change.
	before  []string
	clauses []string
	// gone are the names of keys that go, added the keys that come. The primary
	// key is called PRIMARY among them.
	gone  []string
	added []op.Index
	// restated are the columns whose definition is written anew, numbered those
	// with AUTO_INCREMENT afterwards.
	restated, numbered []string
}

// autoKey is the name of the key that an AUTO_INCREMENT column has while it is
// in no other: between the operations that add or replace a primary key.
const autoKey = "limbeck_auto_increment"

// primary is the name that the server gives to every primary key.
const primary = "PRIMARY"

// change plans the operations, which are on one table, as one statement.
func (p planner) change(table string, ops op.List) ([]string, error) {
	d, err := p.read(table)
	if err != nil {
		return nil, err
	}
	c := &change{planner: p, d: d}
	for _, column := range d.table.Columns {
		if column.AutoIncrement {
			c.numbered = append(c.numbered, column.Name)
		}
	}
	for _, o := range ops {
		if alter, ok := o.(op.AlterColumn); ok {
			c.restated = append(c.restated, alter.To.Name)
		}
	}
	for _, o := range ops {
		if err := c.include(o); err != nil {
			return nil, err
		}
	}
	settled := c.settleKeys()
	if len(ops) == 1 && len(settled) == 0 {
		if create, ok := ops[0].(op.CreateIndex); ok {
			return []string{p.createIndex(table, create.Index)}, nil
		}
	}
	return append(c.before, alter(table, strings.Join(append(settled, c.clauses...), ", "))), nil
}

func (c *change) include(o op.Operation) error {
	switch o := o.(type) {
	case op.AddColumn:
		return c.addColumn(o)
	case op.AlterColumn:
		return c.alterColumn(o)
	case op.DropColumn:
		if err := c.refuseDropped(o); err != nil {
			return err
		}
		c.numbered = slices.DeleteFunc(c.numbered, func(name string) bool { return sameName(name, o.Column) })
		c.drop("COLUMN", o.Column)
	case op.AddPrimaryKey:
		c.add(op.Index{Name: primary, Unique: true, Columns: o.Columns}, "PRIMARY KEY ("+c.spellParts(o.Columns)+")")
	case op.DropPrimaryKey:
		c.dropPrimaryKey(o)
	case op.CreateIndex:
		if err := c.refuse(o.Table, o.Index); err != nil {
			return err
		}
		c.add(o.Index, c.spellIndex(o.Index))
		return c.checkNames(o.Table, named{"index", o.Index.Name})
	case op.AddUnique:
		c.add(op.Index{Name: o.Unique.Name, Unique: true, Columns: o.Unique.Columns}, c.spellUnique(o.Unique))
		return c.checkNames(o.Table, named{"unique constraint", o.Unique.Name})
	case op.DropIndex:
		c.dropKey(o.Name)
	case op.DropUnique:
		c.dropKey(o.Name)
	case op.AddCheck:
		text, err := c.spellCheck(o.Table, o.Check)
		if err != nil {
			return err
		}
		c.clauses = append(c.clauses, "ADD "+text)
		return c.checkNames(o.Table, named{"check", o.Check.Name})
	case op.DropCheck:
		c.clauses = append(c.clauses, c.planner.dropCheck(o.Name))
	default:
		return fmt.Errorf("operation %q is no change of a table's columns, keys and checks", o.Kind())
	}
	return nil
}

func (c *change) drop(what, name string) {
	c.clauses = append(c.clauses, "DROP "+what+" "+quoteName(name))
}

func (c *change) add(x op.Index, text string) {
	c.added = append(c.added, c.asShown(c.d, x))
	c.clauses = append(c.clauses, "ADD "+text)
}

func (c *change) dropKey(name string) {
	c.gone = append(c.gone, name)
	c.drop("INDEX", name)
}

func (c *change) dropPrimaryKey(o op.DropPrimaryKey) {
	c.gone = append(c.gone, primary)
	c.clauses = append(c.clauses, "DROP PRIMARY KEY")
	for _, name := range o.Nullable {
		// What has been in the key stays NOT NULL otherwise.
		isRestated := slices.ContainsFunc(c.restated, func(other string) bool { return sameName(other, name) })
		if column := c.d.table.Column(name); column != nil && column.NotNull && !column.AutoIncrement && !isRestated {
			c.clauses = append(c.clauses, "MODIFY COLUMN "+quoteName(name)+" "+c.withoutNotNull(c.d.columns[fold(name)]))
		}
	}
}

// settleKeys lists what has to be done about keys beside what the operations
// say: drop the automatic ones that are needed no more, and add what InnoDB
// would have made for each foreign key that rests on nothing else then.
func (c *change) settleKeys() []string {
	var list []string
	keys := slices.Clone(c.added)
	for _, x := range allKeys(c.d.table) {
		switch {
		case slices.ContainsFunc(c.gone, func(name string) bool { return sameName(name, x.Name) }):
		case c.isObsolete(x):
			list = append(list, "DROP INDEX "+quoteName(x.Name))
		default:
			keys = append(keys, x)
		}
	}
	has := func(columns ...string) bool { return c.hasKey(keys, columns...) }
	for _, k := range c.d.table.ForeignKeys {
		if len(c.gone) > 0 && !has(k.Columns...) {
			own := op.Index{Name: c.freeName(k.Name), Columns: op.Columns(k.Columns...)}
			keys = append(keys, own)
			list = append(list, "ADD "+c.spellIndex(own))
		}
	}
	for _, name := range c.numbered {
		before := c.d.table.Column(name)
		isNew := before == nil || !before.AutoIncrement
		if (isNew || len(c.gone) > 0) && !has(name) {
			list = append(list, "ADD UNIQUE INDEX "+quoteName(autoKey)+" ("+quoteName(name)+")")
		}
	}
	return list
}

// isObsolete reports whether a key that was there for a need only is needed no
// more once the change is made. The server drops an index of its own by itself
// where one of the same name comes.
func (c *change) isObsolete(x op.Index) bool {
	isLed := slices.ContainsFunc(c.added, func(y op.Index) bool {
		return c.leads(y, columnsOf(x.Columns)) && !sameName(x.Name, y.Name)
	})
	if !sameName(x.Name, autoKey) {
		return isLed && isAutomatic(c.d.table, x)
	}
	column := x.Columns[0].Column
	isNumbered := slices.ContainsFunc(c.numbered, func(name string) bool { return sameName(name, column) })
	isDropped := slices.Contains(c.clauses, "DROP COLUMN "+quoteName(column)) // and its key with it
	return isLed || !isNumbered && !isDropped
}

// freeName returns a name that no key has once the change is made.
func (c *change) freeName(name string) string {
	for n := 2; ; n++ {
		isGone := slices.ContainsFunc(c.gone, func(gone string) bool { return sameName(gone, name) })
		isAdded := slices.ContainsFunc(c.added, func(x op.Index) bool { return sameName(x.Name, name) })
		if !isAdded && (isGone || c.d.table.Index(name) == nil) {
			return name
		}
		name = fmt.Sprintf("%.60s_%d", name, n)
	}
}
