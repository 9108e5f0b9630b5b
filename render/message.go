package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Message words a change in a few words, for a revision that its author gave
// no message: "create books", "add isbn to books and 2 more changes". It names
// the two most important changes, tables before columns before the rest, and
// counts the others. It is empty for an empty list only.
func Message(up op.List) string {
	changes := changesOf(up)
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.rank, b.rank) })
	var phrases []string
	more := 0
	for _, c := range changes {
		if len(phrases) < 2 {
			phrases = append(phrases, c.phrase())
		} else {
			more += len(c.names)
		}
	}
	text := strings.Join(phrases, " and ")
	if more > 0 {
		text = fmt.Sprintf("%s and %s", strings.Join(phrases, ", "), count(more, "more change"))
	}
	if text = oneLine(text); text == "" && len(up) > 0 {
		return "change the schema"
	}
	return text
}

// change is operations that one phrase speaks of: verb names suffix.
type change struct {
	rank   rank
	verb   string
	names  []string
	noun   string // what the names are: table, column; for counting
	suffix string
}

// rank orders changes by how much they matter to a reader.
type rank int

const (
	createTable rank = iota
	dropTable
	renameTable
	addColumn
	dropColumn
	renameColumn
	alterColumn
	enum
	view
	otherStep
	constraint
	index
	comment
)

// phrase returns "add isbn, pages and 3 more columns to books".
func (c change) phrase() string {
	names := c.names
	text := names[0]
	switch n := len(names); {
	case n > 3:
		text = strings.Join(names[:2], ", ") + " and " + count(n-2, "more "+c.noun)
	case n > 1:
		text = strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.TrimSpace(c.verb + " " + text + c.suffix)
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// changesOf gathers the operations of a list that one phrase can speak of, in
// order of their first. What happens to a table that the list makes or drops is
// part of that.
func changesOf(up op.List) []change {
	whole := map[string]bool{}
	for _, o := range up {
		switch o := o.(type) {
		case op.CreateTable:
			whole[o.Name] = true
		case op.DropTable:
			whole[o.Name] = true
		}
	}
	var list []change
	for _, o := range up {
		c := changeOf(o)
		if c.phrase() == "" || c.rank > renameTable && whole[tableOf(o)] {
			continue
		}
		same := slices.IndexFunc(list, func(d change) bool {
			return d.rank == c.rank && d.verb == c.verb && d.suffix == c.suffix && c.noun != ""
		})
		if same >= 0 {
			list[same].names = append(list[same].names, c.names...)
		} else {
			list = append(list, c)
		}
	}
	return list
}

// changeOf returns the words for one operation. A change without a noun stands
// alone.
func changeOf(o op.Operation) change {
	alone := func(r rank, format string, args ...any) change {
		return change{rank: r, names: []string{fmt.Sprintf(format, args...)}}
	}
	named := func(r rank, verb, name, noun, preposition, table string) change {
		return change{r, verb, []string{name}, noun, " " + preposition + " " + table}
	}
	switch o := o.(type) {
	case nil:
		return alone(otherStep, "")
	case op.CreateTable:
		return change{createTable, "create", []string{o.Name}, "table", ""}
	case op.DropTable:
		return change{dropTable, "drop", []string{o.Name}, "table", ""}
	case op.RenameTable:
		return alone(renameTable, "rename %s to %s", o.From, o.To)
	case op.AddColumn:
		return named(addColumn, "add", o.Column.Name, "column", "to", o.Table)
	case op.DropColumn:
		return named(dropColumn, "drop", o.Column, "column", "from", o.Table)
	case op.RenameColumn:
		return alone(renameColumn, "rename %s to %s on %s", o.From, o.To, o.Table)
	case op.AlterColumn:
		return named(alterColumn, "alter", o.To.Name, "column", "on", o.Table)
	case op.CreateEnum:
		return change{enum, "create", []string{o.Name}, "enum", ""}
	case op.DropEnum:
		return change{enum, "drop", []string{o.Name}, "enum", ""}
	case op.RenameEnum:
		return alone(enum, "rename %s to %s", o.From, o.To)
	case op.AddEnumValue:
		return named(enum, "add", o.Value, "value", "to", o.Enum)
	case op.RenameEnumValue:
		return alone(enum, "rename %s to %s in %s", o.From, o.To, o.Enum)
	case op.AlterEnum:
		return alone(enum, "alter %s", o.Name)
	case op.CreateView:
		return change{view, "create", []string{o.Name}, "view", ""}
	case op.DropView:
		return change{view, "drop", []string{o.Name}, "view", ""}
	case op.AlterView:
		return change{view, "alter", []string{o.To.Name}, "view", ""}
	case op.AddPrimaryKey:
		return alone(constraint, "add primary key to %s", o.Table)
	case op.DropPrimaryKey:
		return alone(constraint, "drop primary key from %s", o.Table)
	case op.AddForeignKey:
		return alone(constraint, "add foreign key %s to %s", o.ForeignKey.Name, o.Table)
	case op.DropForeignKey:
		return alone(constraint, "drop foreign key %s from %s", o.Name, o.Table)
	case op.AddUnique:
		return alone(constraint, "add unique constraint %s to %s", o.Unique.Name, o.Table)
	case op.DropUnique:
		return alone(constraint, "drop unique constraint %s from %s", o.Name, o.Table)
	case op.AddCheck:
		return alone(constraint, "add check %s to %s", o.Check.Name, o.Table)
	case op.DropCheck:
		return alone(constraint, "drop check %s from %s", o.Name, o.Table)
	case op.RenameConstraint:
		return alone(constraint, "rename constraint %s to %s on %s", o.From, o.To, o.Table)
	case op.CreateIndex:
		return alone(index, "create index %s on %s", o.Index.Name, o.Table)
	case op.DropIndex:
		return alone(index, "drop index %s from %s", o.Name, o.Table)
	case op.RenameIndex:
		return alone(index, "rename index %s to %s on %s", o.From, o.To, o.Table)
	case op.SetTableComment:
		return alone(comment, "comment on %s", o.Table)
	}
	return alone(otherStep, "%s", o)
}
