package op_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

func TestMentions(t *testing.T) {
	for _, c := range []struct {
		sql  string
		want bool
	}{
		{"name <> ''", true},
		{"length(NAME) > 1", true},
		{`"name" = 1`, true},
		{`"Name" = 1`, false},
		{"`name` = 1", true},
		{"[name] = 1", true},
		{"users.name = 1", true},
		{"x = 'name'", false},
		{"x = 'it''s name'", false},
		{"name(x)", false},
		{"full_name = 1", false},
		{"name2 = 1", false},
		{"x -- name\n = 1", false},
		{"x /* name */ = 1", false},
		{"x = 1name", false},
		{"größe = name", true},
		{"", false},
		{"'", false},
		{`"`, false},
		{"[", false},
		{"/*", false},
	} {
		if got := op.Mentions(c.sql, "name"); got != c.want {
			t.Errorf("%q: %v", c.sql, got)
		}
	}
}

func TestWrittenAs(t *testing.T) {
	for want, expressions := range map[string][]string{
		"order":   {"order > 0", "x = 'order'", "y > order"},
		`"order"`: {`"order" > 0`, "", `x > "order"`},
		"`order`": {"`order` > 0 -- order"},
		"[order]": {"t.[order] > 0"},
		"ORDER":   {"ORDER > 0"},
	} {
		if got := op.WrittenAs("order", expressions...); got != want {
			t.Errorf("%q: %s, want %s", expressions, got, want)
		}
	}
	for _, none := range [][]string{nil, {"x > 0", "order(1)"}, {"order > 0", `"order" > 0`}, {`"Order" > 0`}} {
		if got := op.WrittenAs("order", none...); got != "" {
			t.Errorf("%q: %s", none, got)
		}
	}
}

func TestRenameIn(t *testing.T) {
	for _, c := range []struct{ sql, to, want string }{
		{"length(name) < 9 AND name <> 'name'", "full_name", "length(full_name) < 9 AND full_name <> 'name'"},
		{`"name" <> 1`, "full_name", `"full_name" <> 1`},
		{"`name` <> 1", "a`b", "`a``b` <> 1"},
		{"[name] <> 1", "full_name", "[full_name] <> 1"},
		{"name <> 1", "full name", `"full name" <> 1`},
		{"other <> 1", "full_name", "other <> 1"},
	} {
		table := func(sql, column string) op.Schema {
			return op.Schema{Tables: []op.Table{{
				Name: "t", Columns: []op.Column{{Name: column}, {Name: "g", Generated: op.Generated{Expr: sql}}},
				Checks:  []op.Check{{Name: "c", Expr: sql}},
				Indexes: []op.Index{{Name: "i", Where: sql, Columns: []op.KeyPart{{Expr: sql}}}},
			}}}
		}
		got, err := op.List{op.RenameColumn{Table: "t", From: "name", To: c.to}}.Apply(table(c.sql, "name"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(table(c.want, c.to), got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.sql, diff)
		}
	}
}

// The text of a type may bring a clause along; the type itself is no column.
func TestRenameColumnInTypes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"text", "text"},
		{"text GENERATED ALWAYS AS (upper(text)) STORED", "text GENERATED ALWAYS AS (upper(body)) STORED"},
		{"text as (upper(text))", "text as (upper(body))"},
		{"text CHECK (text <> 'text')", "text CHECK (body <> 'text')"},
		{"enum('as', 'text')", "enum('as', 'text')"},
	} {
		of := func(name, text string) op.Schema {
			return op.Schema{Tables: []op.Table{{Name: "t", Columns: []op.Column{
				{Name: name, Type: op.Text()}, {Name: "g", Type: op.Raw(text)}, {Name: "h", Type: op.Text().On("postgres", text)},
			}}}}
		}
		before := of("text", c.text)
		got, err := op.List{op.RenameColumn{Table: "t", From: "text", To: "body"}}.Apply(before)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(of("body", c.want), got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
		if diff := cmp.Diff(of("text", c.text), before); diff != "" {
			t.Errorf("%q changed what it was applied to (-want +got):\n%s", c.text, diff)
		}
	}
}
