package words_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// A text that the database could not be asked about is passed over where all
// else agrees, and only where no other words are surely true.
func TestUnasked(t *testing.T) {
	check := func(expr string) op.Table {
		return op.Table{Name: "t", Checks: []op.Check{{Name: "chk", Expr: expr}}}
	}
	generated := func(expr string, stored bool) op.Table {
		return op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Raw("int"), Generated: op.Generated{Expr: expr, Stored: stored}}}}
	}
	column := func(typ string, notNull bool, d op.Default) op.Table {
		return op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Raw(typ), NotNull: notNull, Default: d}}}
	}
	index := func(where, expr string, desc bool) op.Table {
		return op.Table{Name: "t", Indexes: []op.Index{{Name: "idx", Where: where, Columns: []op.KeyPart{{Expr: expr, Desc: desc}}}}}
	}
	loose := rules
	loose.Type = func(a, b op.Column) bool { return a.Type.Text == b.Type.Text }
	loose.Index = func(a, b op.Index) bool { return a.Where == b.Where && cmp.Equal(a.Columns, b.Columns) }
	loose.Generated = func(a, b op.Column) bool { return a.Generated == b.Generated }
	const why = "nobody may ask"
	note := func(part string) []string { return []string{part + ` of table "t" was not compared: ` + why} }
	for _, test := range []struct {
		name    string
		live    op.Table
		said    []op.Table
		unasked words.Kind
		part    string
		want    op.Table
		notes   []string
	}{
		{"a check", check("(a > 1)"), []op.Table{check("a>1")}, words.CheckExpr, "chk", check("a>1"), note(`check "chk"`)},
		{"a check that was asked about", check("(a > 1)"), []op.Table{check("a>1")}, words.CheckExpr, "other", check("(a > 1)"), nil},
		{"a check that is alike is compared", check("a>1"), []op.Table{check("a>1")}, words.CheckExpr, "chk", check("a>1"), nil},
		{"sure words come before doubtful ones", check("a>1"), []op.Table{check("a > 1"), check("a>1")}, words.CheckExpr, "chk", check("a>1"), nil},
		{"of doubtful words the first", check("(a > 1)"), []op.Table{check("a>1"), check("a>2")}, words.CheckExpr, "chk", check("a>1"), note(`check "chk"`)},
		{"a generated column", generated("(b + 1)", true), []op.Table{generated("b+1", true)}, words.GeneratedColumn, "c", generated("b+1", true), note(`expression of generated column "c"`)},
		{"stored is not virtual", generated("(b + 1)", false), []op.Table{generated("b+1", true)}, words.GeneratedColumn, "c", generated("(b + 1)", false), nil},
		{"generated is not plain", generated("", false), []op.Table{generated("b+1", false)}, words.GeneratedColumn, "c", generated("", false), nil},
		{"a default", column("int", true, op.Expr("(1 + 1)")), []op.Table{column("int", true, op.Expr("1+1"))}, words.ColumnDefault, "c", column("int", true, op.Expr("1+1")), note(`default of column "c"`)},
		{"no default is none", column("int", true, op.Default{}), []op.Table{column("int", true, op.Expr("1+1"))}, words.ColumnDefault, "c", column("int", true, op.Default{}), nil},
		{"a type, and what else differs stays", column("s.mood", true, op.Default{}), []op.Table{column("mood", false, op.Default{})}, words.ColumnType, "c", column("mood", true, op.Default{}), note(`type of column "c"`)},
		{"an index", index("(a > 1)", "lower(b)", false), []op.Table{index("a>1", "LOWER(b)", false)}, words.IndexExpr, "idx", index("a>1", "LOWER(b)", false), note(`index "idx"`)},
		{"another direction", index("(a > 1)", "lower(b)", true), []op.Table{index("a>1", "lower(b)", false)}, words.IndexExpr, "idx", index("(a > 1)", "lower(b)", true), nil},
		{"no condition is another", index("", "lower(b)", false), []op.Table{index("a>1", "lower(b)", false)}, words.IndexExpr, "idx", index("", "lower(b)", false), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var says []map[string]words.Saying
			for _, said := range test.said {
				says = append(says, map[string]words.Saying{"t": {
					Word: said, Stored: said, Unasked: map[words.Part]string{{Kind: test.unasked, Name: test.part}: why},
				}})
			}
			got, notes := words.Speak(op.Schema{Tables: []op.Table{test.live}}, says, loose)
			if diff := cmp.Diff(op.Schema{Tables: []op.Table{test.want}}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Errorf("not compared, -want +got\n%s", diff)
			}
		})
	}
}

// The check inside a raw type belongs to its column, in doubt too.
func TestUnaskedInBoundColumn(t *testing.T) {
	word := op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Raw("text CHECK (c > 1)")}}}
	stored := op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Raw("text")}}, Checks: []op.Check{{Name: "t_c_check", Expr: "c > 1"}}}
	live := stored.Clone()
	live.Checks[0].Expr = "(c > 1)"
	says := []map[string]words.Saying{{"t": {
		Word: word, Stored: stored, Bound: map[string]op.Table{"c": {Checks: stored.Checks}},
		Unasked: map[words.Part]string{{Kind: words.CheckExpr, Name: "t_c_check"}: "so"},
	}}}
	got, notes := words.Speak(op.Schema{Tables: []op.Table{live}}, says, rules)
	if diff := cmp.Diff(op.Schema{Tables: []op.Table{word}}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]string{`check "t_c_check" of table "t" was not compared: so`}, notes); diff != "" {
		t.Errorf("not compared, -want +got\n%s", diff)
	}
}
