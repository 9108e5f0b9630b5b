package model

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// settle builds the table of the last claim, which is the one that GORM
// creates, once the others are found to say the same.
func (l Loader) settle(claims []claim) (op.Table, error) {
	last := claims[len(claims)-1]
	t, err := l.build(last)
	if err != nil {
		return op.Table{}, err
	}
	for _, other := range claims[:len(claims)-1] {
		u, err := l.build(other)
		if err != nil {
			return op.Table{}, err
		}
		if !agree(last, other, t, u) {
			return op.Table{}, &Error{Model: last.name(), Err: fmt.Errorf("%w %q: %s and %s disagree on %s; %s",
				ErrTableConflict, t.Name, last.name(), other.name(), disagreement(t, u), advice(last, other))}
		}
	}
	return t, nil
}

// agree reports whether two claims make one table. Both sides of a many2many
// relation make up a struct for the join table, each in its own order and with
// its own names for the foreign keys, and that is no disagreement.
func agree(a, b claim, t, u op.Table) bool {
	if a.generated() || b.generated() {
		t, u = unordered(t), unordered(u)
	}
	return reflect.DeepEqual(op.Schema{Tables: []op.Table{t}}.Sorted(), op.Schema{Tables: []op.Table{u}}.Sorted())
}

func unordered(t op.Table) op.Table {
	t = t.Clone()
	slices.SortFunc(t.Columns, func(a, b op.Column) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(t.PrimaryKey, func(a, b op.KeyPart) int { return cmp.Compare(a.Column, b.Column) })
	t.ForeignKeys = nil
	return t
}

// disagreement names the columns that differ.
func disagreement(t, u op.Table) string {
	var names []string
	for _, c := range t.Columns {
		if d := u.Column(c.Name); d == nil || !reflect.DeepEqual(c, *d) {
			names = append(names, c.Name)
		}
	}
	for _, d := range u.Columns {
		if t.Column(d.Name) == nil {
			names = append(names, d.Name)
		}
	}
	switch len(names) {
	case 0:
		return "its keys, indexes or the order of its columns"
	case 1:
		return fmt.Sprintf("column %q", names[0])
	}
	return fmt.Sprintf("columns %q", names)
}

func advice(a, b claim) string {
	if !a.generated() {
		a, b = b, a
	}
	switch {
	case !a.generated():
		return "list only the complete one, or give the other a TableName of its own"
	case b.generated():
		return "give both the same joinForeignKey and joinReferences, or tables of their own"
	}
	// Only a join table of a generated struct can be set up.
	join := b.schema.ModelType.String()
	owner := a.owner.Schema.ModelType.String()
	return fmt.Sprintf("call db.SetupJoinTable(&%s{}, %q, &%s{}) before", unqualified(owner), a.owner.Name, unqualified(join))
}

func unqualified(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
