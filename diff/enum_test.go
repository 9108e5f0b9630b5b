package diff_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// enumSchema is a table with a column of the enum state, and the enum.
func enumSchema(values ...string) op.Schema {
	s := schema(entity("orders", col("state", op.EnumType("state", values...))))
	s.Enums = []op.Enum{{Name: "state", Values: values}}
	return s
}

func valueQuestion(value, added, first string) diff.Question {
	return diff.Question{
		About:   "state." + value,
		Text:    `Value "` + value + `" of "state" is no longer in the models: is it one of the new values under its old name, shall it be dropped, or shall rows that hold it get another?`,
		Answers: []string{"--rename state." + value + "=" + added, "--drop state." + value, `--backfill 'state.` + value + `='\''` + first + `'\'''`},
	}
}

func TestEnums(t *testing.T) {
	owned := enumSchema("a", "b")
	live := enumSchema("a", "by hand", "b")
	live.Enums = append(live.Enums, op.Enum{Name: "theirs", Values: []string{"x"}}, op.Enum{Name: "mentioned", Values: []string{"x"}})
	live.Tables[0].Columns = append(live.Tables[0].Columns, col("list", op.Raw("mentioned[]")))
	more := enumSchema("b", "c")
	more.Tables[0].Columns = append(more.Tables[0].Columns, col("list", op.Raw("mentioned[]")))

	held := enumSchema("a")
	held.Tables[0].Columns = held.Tables[0].Columns[:1]
	held.Enums = nil

	mysql := func(text string) op.Schema { return schema(entity("orders", col("state", op.Raw(text)))) }

	run(t, []comparison{
		{
			name: "values that come and go", current: enumSchema("a", "b"), desired: enumSchema("c", "b"),
			up:        []string{"alter enum state: (a, b) → (c, b) in orders.state"},
			down:      []string{"alter enum state: (c, b) → (a, b) in orders.state"},
			questions: []diff.Question{valueQuestion("a", "c", "c")},
		},
		{
			name: "dropped, renamed and replaced", current: enumSchema("a", "b", "x", "y"), desired: enumSchema("b", "c"),
			options: diff.Options{
				Renames: []diff.Rename{{Table: "state", From: "a", To: "c"}}, Drops: []string{"state.x"},
				Backfills: map[string]op.Default{"state.y": op.Expr("'b'")},
			},
			up:   []string{`rename value "a" of enum state to "c" in orders.state`, `alter enum state: (c, b, x, y) → (b, c), "y" becomes "b" in orders.state`},
			down: []string{"alter enum state: (b, c) → (c, b, x, y) in orders.state", `rename value "c" of enum state to "a" in orders.state`},
		},
		{
			name: "what others have made", current: live, desired: more, options: diff.Options{Owned: owned, Drops: []string{"state.a"}},
			up:        []string{"alter enum state: (a, by hand, b) → (by hand, b, c) in orders.state"},
			down:      []string{"alter enum state: (by hand, b, c) → (a, by hand, b) in orders.state"},
			unmanaged: []string{"value by hand on state", "enum theirs"},
		},
		{
			name: "an enum that a column of others is of", current: enumSchema("a"), desired: held,
			options: diff.Options{Owned: op.Schema{Tables: held.Tables, Enums: enumSchema("a").Enums}},
			questions: []diff.Question{{
				About: "state",
				Text:  `Enum "state" would be dropped, but columns that no revision made are of that type (orders.state): change these by hand first, or keep the enum beside the models.`,
			}},
			unmanaged: []string{"column orders.state"},
		},
		{
			name: "an array is a use", current: op.Schema{}, desired: op.Schema{
				Tables: []op.Table{entity("a", col("list", op.Raw("state[]")))}, Enums: []op.Enum{{Name: "state", Values: []string{"a"}}},
			},
			up:   []string{"create enum state (a)", "create table a"},
			down: []string{"drop table a", "drop enum state"},
		},
		{
			name: "an enum of MySQL's", current: mysql("enum('a','b')"), desired: mysql("enum('b','c')"),
			options: diff.Options{Renames: []diff.Rename{{Table: "orders.state", From: "a", To: "c"}}},
			up: []string{
				`alter column orders.state: type enum('a','b') → enum('c','b'), "a" becomes "c"`,
				"alter column orders.state: type enum('c','b') → enum('b','c')",
			},
			down: []string{
				"alter column orders.state: type enum('b','c') → enum('c','b')",
				`alter column orders.state: type enum('c','b') → enum('a','b'), "c" becomes "a"`,
			},
		},
	})
}

func TestAnswersAboutEnums(t *testing.T) {
	current, desired := enumSchema("a", "b"), enumSchema("b", "c")
	for want, o := range map[string]diff.Options{
		`renaming value "state.b": it is not a value that the models have no more; in "state" those are: a`: {Renames: []diff.Rename{{Table: "state", From: "b", To: "c"}}},
		`renaming value "state.a": "b" is not a new value of the models; in "state" those are: c`:           {Renames: []diff.Rename{{Table: "state", From: "a", To: "b"}}},
		`renaming enum "state": it is not an enum that the models have no more`:                             {Renames: []diff.Rename{{From: "state", To: "x"}}},
		`dropping value "state.b": it is not a value that the models have no more`:                          {Drops: []string{"state.b"}},
		`backfilling "state.a": the models have no value "x"; there are: b, c`:                              {Backfills: map[string]op.Default{"state.a": op.Expr("'x'")}},
		`backfilling "state.c": it is not a value that the models have no more`:                             {Backfills: map[string]op.Default{"state.c": op.Expr("'b'")}},
	} {
		_, err := diff.Compare(current, desired, o)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
