package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// comparison is one row of the tables in these tests. Everything current is
// ours unless options.Owned says otherwise or isForeign is set.
type comparison struct {
	name             string
	current, desired op.Schema
	options          diff.Options
	isForeign        bool

	up, down     []string
	unmanaged    []string
	questions    []diff.Question
	incomparable []string
}

func run(t *testing.T, cases []comparison) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if len(c.options.Owned.Tables) == 0 && !c.isForeign {
				c.options.Owned = c.current
			}
			plan, err := diff.Compare(c.current, c.desired, c.options)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "up", c.up, lines(plan.Up))
			same(t, "down", c.down, lines(plan.Down))
			same(t, "unmanaged", c.unmanaged, lines(plan.Unmanaged))
			same(t, "questions", c.questions, plan.Questions)
			same(t, "incomparable", c.incomparable, plan.Incomparable)
		})
	}
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func lines[T interface{ String() string }](list []T) []string {
	var texts []string
	for _, v := range list {
		texts = append(texts, v.String())
	}
	return texts
}

func schema(tables ...op.Table) op.Schema { return op.Schema{Tables: tables} }

// table returns a table of these parts: columns, a primary key, constraints.
func table(name string, parts ...any) op.Table {
	t := op.Table{Name: name}
	for _, part := range parts {
		switch p := part.(type) {
		case op.Column:
			t.Columns = append(t.Columns, p)
		case op.PrimaryKey:
			t.PrimaryKey = p
		case op.Unique:
			t.Uniques = append(t.Uniques, p)
		case op.Index:
			t.Indexes = append(t.Indexes, p)
		case op.ForeignKey:
			t.ForeignKeys = append(t.ForeignKeys, p)
		case op.Check:
			t.Checks = append(t.Checks, p)
		}
	}
	return t
}

// entity is a table with an auto-increment id.
func entity(name string, parts ...any) op.Table {
	id := op.Column{Name: "id", Type: op.Int(64), AutoIncrement: true}
	return table(name, append([]any{id, primary("id")}, parts...)...)
}

func col(name string, t op.Type) op.Column { return op.Column{Name: name, Type: t} }

func notNull(name string, t op.Type) op.Column { return op.Column{Name: name, Type: t, NotNull: true} }

func primary(columns ...string) op.PrimaryKey { return op.Columns(columns...) }

func unique(name string, columns ...string) op.Unique {
	return op.Unique{Name: name, Columns: op.Columns(columns...)}
}

func index(name string, columns ...string) op.Index {
	return op.Index{Name: name, Columns: op.Columns(columns...)}
}

func uniqueIndex(name string, columns ...string) op.Index {
	return op.Index{Name: name, Unique: true, Columns: op.Columns(columns...)}
}

// ref is a foreign key to the id of another table.
func ref(name, column, target string) op.ForeignKey {
	return op.ForeignKey{Name: name, Columns: []string{column}, RefTable: target, RefColumns: []string{"id"}}
}

func check(name, expr string) op.Check { return op.Check{Name: name, Expr: expr} }

// deleting is the key that deletes rows with those that they refer to.
func deleting(k op.ForeignKey) op.ForeignKey {
	k.OnDelete = "CASCADE"
	return k
}
