package words_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// squeeze is how a database stores expressions in these tests.
func squeeze(sql string) string { return strings.ToLower(strings.Join(strings.Fields(sql), "")) }

// storeTexts makes a saying of a database that stores expressions like that, and
// no predicates.
func storeTexts(s op.Schema) map[string]words.Saying {
	says := map[string]words.Saying{}
	for _, word := range s.Tables {
		t := word.Clone()
		for i := range t.Columns {
			t.Columns[i].Default.Text = squeeze(t.Columns[i].Default.Text)
			t.Columns[i].Generated.Expr = squeeze(t.Columns[i].Generated.Expr)
		}
		for i := range t.Checks {
			t.Checks[i].Expr = squeeze(t.Checks[i].Expr)
		}
		for i := range t.Indexes {
			t.Indexes[i].Where = ""
			for j := range t.Indexes[i].Columns {
				t.Indexes[i].Columns[j].Expr = squeeze(t.Indexes[i].Columns[j].Expr)
			}
		}
		// A raw type has brought one along.
		t.Checks = append([]op.Check{{Name: "t_c_check", Expr: "c"}}, t.Checks...)
		says[strings.ToLower(word.Name)] = words.Saying{Word: word, Stored: t}
	}
	return says
}

func TestRephrase(t *testing.T) {
	check := func(c op.Check) op.Table { return op.Table{Name: "t", Checks: []op.Check{c}} }
	column := func(c op.Column) op.Table { c.Name = "c"; return op.Table{Name: "t", Columns: []op.Column{c}} }
	byDefault := func(d op.Default) op.Table { return column(op.Column{Default: d}) }
	index := func(x op.Index) op.Table { x.Name = "i"; return op.Table{Name: "t", Indexes: []op.Index{x}} }
	on := func(parts ...op.KeyPart) op.Table { return index(op.Index{Columns: parts}) }
	for _, test := range []struct {
		name          string
		first, second op.Table
		same          bool
	}{
		{"check", check(op.Check{Name: "k", Expr: "a > 0"}), check(op.Check{Name: "k", Expr: "A>0"}), true},
		{"another check", check(op.Check{Name: "k", Expr: "a > 0"}), check(op.Check{Name: "k", Expr: "a > 1"}), false},
		{"check of another name", check(op.Check{Name: "k", Expr: "a > 0"}), check(op.Check{Name: "l", Expr: "A>0"}), false},
		{"check with an option", check(op.Check{Name: "k", Expr: "a > 0"}), check(op.Check{Name: "k", Expr: "A>0", Options: "NOT VALID"}), false},
		{"default", byDefault(op.Expr("now()")), byDefault(op.Expr("NOW( )")), true},
		{"another default", byDefault(op.Expr("now()")), byDefault(op.Expr("then()")), false},
		{"a text is no expression", byDefault(op.Literal("a")), byDefault(op.Literal("A")), false},
		{"a text becomes an expression", byDefault(op.Literal("now()")), byDefault(op.Expr("now()")), false},
		{"default on another database", byDefault(op.Expr("now()").On("mysql", "x")), byDefault(op.Expr("NOW()").On("mysql", "y")), false},
		{"generated", column(op.Column{Generated: op.Generated{Expr: "a * 2"}}), column(op.Column{Generated: op.Generated{Expr: "A*2"}}), true},
		{"virtual becomes stored", column(op.Column{Generated: op.Generated{Expr: "a * 2"}}), column(op.Column{Generated: op.Generated{Expr: "A*2", Stored: true}}), false},
		{"generated, then plain", column(op.Column{Generated: op.Generated{Expr: "a * 2"}}), column(op.Column{}), false},
		{"type", column(op.Column{Type: op.Raw("numeric(10,2)")}), column(op.Column{Type: op.Raw("NUMERIC(10, 2)")}), true},
		{"another type", column(op.Column{Type: op.Raw("numeric(10,2)")}), column(op.Column{Type: op.Raw("NUMERIC(10, 3)")}), false},
		{"type on another database", column(op.Column{Type: op.Raw("text").On("mysql", "x")}), column(op.Column{Type: op.Raw("TEXT").On("mysql", "y")}), false},
		{"a word is no text", column(op.Column{Type: op.Text()}), column(op.Column{Type: op.Raw("text")}), false},
		{"expression", on(op.KeyPart{Expr: "lower(a)"}), on(op.KeyPart{Expr: "LOWER( a )"}), true},
		{"another expression beside it", on(op.KeyPart{Expr: "lower(a)"}, op.KeyPart{Expr: "b+1"}), on(op.KeyPart{Expr: "LOWER(a)"}, op.KeyPart{Expr: "b+2"}), false},
		{"column and expression", on(op.KeyPart{Column: "a"}), on(op.KeyPart{Expr: "a"}), false},
		{"order of an expression", on(op.KeyPart{Expr: "lower(a)"}), on(op.KeyPart{Expr: "LOWER(a)", Desc: true}), false},
		{"predicate that is not stored, in the same words", index(op.Index{Where: "a > 0"}), index(op.Index{Where: "A>0"}), true},
		{"predicate that is not stored", index(op.Index{Where: "a > 0"}), index(op.Index{Where: "a > 1"}), false},
		{"index gets unique", index(op.Index{Where: "a > 0"}), index(op.Index{Where: "A>0", Unique: true}), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			said := []op.Schema{{Tables: []op.Table{test.first}}, {Tables: []op.Table{test.second}}}
			before := []op.Schema{said[0].Clone(), said[1].Clone()}
			want := test.second
			if test.same {
				want = test.first
			}
			r := rules
			r.Text = func(a, b string) bool { return squeeze(a) == squeeze(b) }
			for name, got := range map[string][]op.Schema{
				"asked":   words.Rephrase(said, []map[string]words.Saying{storeTexts(said[0]), storeTexts(said[1])}, r),
				"unasked": words.RephraseUnasked(said, r),
			} {
				if diff := cmp.Diff([]op.Schema{said[0], {Tables: []op.Table{want}}}, got); diff != "" {
					t.Errorf("%s, -want +got\n%s", name, diff)
				}
			}
			if diff := cmp.Diff(before, said); diff != "" {
				t.Errorf("the words were changed:\n%s", diff)
			}
		})
	}
}

func TestRephraseViews(t *testing.T) {
	view := func(sql string, materialized bool) op.Schema {
		return op.Schema{Views: []op.View{{Name: "v", SQL: sql, Materialized: materialized}}}
	}
	same := func(first, other op.View) (bool, error) { return squeeze(first.SQL) == squeeze(other.SQL), nil }
	for _, test := range []struct {
		name          string
		first, second op.Schema
		want          op.Schema
	}{
		{"the same", view("SELECT 1", false), view("select  1", false), view("SELECT 1", false)},
		{"another", view("SELECT 1", false), view("SELECT 2", false), view("SELECT 2", false)},
		{"materialized", view("SELECT 1", false), view("select 1", true), view("select 1", true)},
		{"new", op.Schema{}, view("select 1", true), view("select 1", true)},
	} {
		got, err := words.RephraseViews([]op.Schema{test.first, test.second}, same)
		if diff := cmp.Diff([]op.Schema{test.first, test.want}, got); diff != "" || err != nil {
			t.Errorf("%s: %v, -want +got\n%s", test.name, err, diff)
		}
	}
}
