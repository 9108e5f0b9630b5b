package words_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// rules are those of a database that knows two types and folds case.
var rules = words.Rules{
	Fold:       strings.ToLower,
	Type:       func(a, b op.Column) bool { return a.Type.Text == b.Type.Text },
	Default:    func(a, b op.Column) bool { return a.Default.Equal(b.Default) },
	Generated:  func(a, b op.Column) bool { return a.Generated == b.Generated },
	Collate:    func(a, b op.Column) bool { return a.Collate == b.Collate },
	PrimaryKey: func(a, b op.Table) bool { return cmp.Equal(a.PrimaryKey, b.PrimaryKey) },
	Options:    func(a, b string) bool { return a == b },
	Unique:     func(a, b op.Unique) bool { return cmp.Equal(a.Columns, b.Columns) },
	ForeignKey: func(a, b op.ForeignKey) bool { return cmp.Equal(a.Columns, b.Columns) },
	Check:      func(a, b op.Check) bool { return a.Expr == b.Expr },
	Index:      func(a, b op.Index) bool { return cmp.Equal(a.Columns, b.Columns) },
}

// say makes a saying whose stored form has text and int for all types.
func say(t op.Table) map[string]words.Saying {
	stored := t.Clone()
	for i, c := range stored.Columns {
		kind := "text"
		if c.Type.Word == op.WordInt {
			kind = "int"
		}
		stored.Columns[i].Type = op.Raw(kind)
	}
	return map[string]words.Saying{strings.ToLower(t.Name): {Word: t, Stored: stored}}
}

func TestSpeak(t *testing.T) {
	id := func(ty op.Type) op.Column { return op.Column{Name: "id", Type: ty, NotNull: true} }
	title := func(ty op.Type, d op.Default) op.Column { return op.Column{Name: "title", Type: ty, Default: d} }
	table := func(columns ...op.Column) op.Table { return op.Table{Name: "books", Columns: columns} }
	with := func(t op.Table, change func(*op.Table)) op.Table { change(&t); return t }
	for _, test := range []struct {
		name string
		live op.Table
		said []op.Table
		want op.Table
	}{
		{
			"nothing said", table(id(op.Raw("int"))), nil, table(id(op.Raw("int"))),
		},
		{
			"true words", table(id(op.Raw("int")), title(op.Raw("text"), op.Default{})),
			[]op.Table{table(id(op.Int(64)), title(op.String(9), op.Default{}))},
			table(id(op.Int(64)), title(op.String(9), op.Default{})),
		},
		{
			"the first true words count", table(id(op.Raw("int"))),
			[]op.Table{table(id(op.Int(32))), table(id(op.Int(64)))},
			table(id(op.Int(32))),
		},
		{
			"the first words that have a column give its name, whatever its type", table(op.Column{Name: "Id", Type: op.Raw("int")}),
			[]op.Table{table(op.Column{Name: "ID", Type: op.Int(64)}), table(op.Column{Name: "iD", Type: op.Int(32)})},
			table(op.Column{Name: "ID", Type: op.Int(64)}),
		},
		{
			"untrue words are passed over, attribute by attribute", table(title(op.Raw("text"), op.Literal("x"))),
			[]op.Table{table(title(op.Int(8), op.Literal("x"))), table(title(op.String(9), op.Literal("y")))},
			table(title(op.String(9), op.Literal("x"))),
		},
		{
			"drift stays", table(title(op.Raw("blob"), op.Literal("x"))),
			[]op.Table{table(title(op.String(9), op.Default{}))},
			table(title(op.Raw("blob"), op.Literal("x"))),
		},
		{
			"names take the case of the words, in keys too",
			with(op.Table{Name: "Books", Columns: []op.Column{{Name: "ID", Type: op.Raw("int"), NotNull: true}}},
				func(t *op.Table) { t.Indexes = []op.Index{{Name: "x", Columns: op.Columns("ID")}} }),
			[]op.Table{table(id(op.Int(64)))},
			with(table(id(op.Int(64))), func(t *op.Table) { t.Indexes = []op.Index{{Name: "x", Columns: op.Columns("id")}} }),
		},
		{
			"an unnamed check takes the name of the one that says the same",
			with(table(), func(t *op.Table) { t.Checks = []op.Check{{Expr: "a"}, {Expr: "b"}} }),
			[]op.Table{with(table(), func(t *op.Table) { t.Checks = []op.Check{{Name: "chk", Expr: "b"}} })},
			with(table(), func(t *op.Table) { t.Checks = []op.Check{{Expr: "a"}, {Name: "chk", Expr: "b"}} }),
		},
		{
			"a comment that the database cannot keep comes from the first words",
			table(), []op.Table{with(table(), func(t *op.Table) { t.Comment = "c" }), with(table(), func(t *op.Table) { t.Comment = "d" })},
			with(table(), func(t *op.Table) { t.Comment = "c" }),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			live := op.Schema{Tables: []op.Table{test.live}}.Clone()
			var says []map[string]words.Saying
			for _, said := range test.said {
				says = append(says, say(said))
			}
			got, notCompared := words.Speak(live, says, rules)
			if len(notCompared) > 0 {
				t.Errorf("not compared: %v", notCompared)
			}
			if diff := cmp.Diff(op.Schema{Tables: []op.Table{test.want}}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			for i, said := range test.said {
				if diff := cmp.Diff(say(said), says[i]); diff != "" {
					t.Errorf("the words were changed:\n%s", diff)
				}
			}
		})
	}
}

// A raw type that carries constraints is the same only as a whole.
func TestBoundColumns(t *testing.T) {
	word := op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Raw("text CHECK (c > 1)")}}}
	stored := op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Raw("text")}}, Checks: []op.Check{{Expr: "c > 1"}}}
	brought := op.Table{Checks: stored.Checks}
	says := []map[string]words.Saying{{"t": {Word: word, Stored: stored, Bound: map[string]op.Table{"c": brought}}}}

	got, _ := words.Speak(op.Schema{Tables: []op.Table{stored}}, says, rules)
	if diff := cmp.Diff(op.Schema{Tables: []op.Table{word}}, got); diff != "" {
		t.Errorf("with its check, -want +got\n%s", diff)
	}
	bare := op.Schema{Tables: []op.Table{{Name: "t", Columns: stored.Columns}}}
	got, _ = words.Speak(bare, says, rules)
	if diff := cmp.Diff(bare, got); diff != "" {
		t.Errorf("without its check, -want +got\n%s", diff)
	}
}
