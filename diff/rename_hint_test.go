package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func TestHints(t *testing.T) {
	users := func(columns ...string) op.Schema {
		var parts []any
		for _, name := range columns {
			parts = append(parts, col(name, op.Text()))
		}
		return schema(entity("users", parts...))
	}
	column := func(pairs ...string) []diff.Rename {
		var list []diff.Rename
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, diff.Rename{Table: "users", From: pairs[i], To: pairs[i+1]})
		}
		return list
	}
	ask := func(about string, answers ...string) diff.Question {
		return diff.Question{
			About:   about,
			Text:    `Column "` + about + `" is no longer in the models: is it one of the new columns under its old name, or shall it be dropped?`,
			Answers: answers,
		}
	}
	run(t, []comparison{
		{
			name:    "says it",
			current: users("name"), desired: users("full_name"), options: diff.Options{Hints: column("name", "full_name")},
			up: []string{"rename column users.name to full_name"}, down: []string{"rename column users.full_name to name"},
		},
		{
			name:    "one of several old names",
			current: users("title"), desired: users("full_name"), options: diff.Options{Hints: column("name", "full_name", "title", "full_name")},
			up: []string{"rename column users.title to full_name"}, down: []string{"rename column users.full_name to title"},
		},
		{
			name:    "does nothing once the old name is gone",
			current: users("full_name"), desired: users("full_name"), options: diff.Options{Hints: column("name", "full_name")},
		},
		{
			name:    "does nothing while the old name is declared",
			current: users("name"), desired: users("name", "full_name"), options: diff.Options{Hints: column("name", "full_name")},
			up: []string{"add column users.full_name (text)"}, down: []string{"drop column users.full_name"},
		},
		{
			name:    "where both are there the old one may be needed yet",
			current: users("name", "full_name"), desired: users("full_name"), options: diff.Options{Hints: column("name", "full_name")},
			up: []string{"drop column users.name"}, down: []string{"add column users.name (text)"},
			questions: []diff.Question{{
				About: "users.name", Answers: []string{"--drop users.name"},
				Text: `"users.name" would be dropped, which the models call "full_name" now, and both are there: move what is in the old one first, or shall it go, with all that is in it?`,
			}},
		},
		{
			name:    "where both are there and the old one is to go",
			current: users("name", "full_name"), desired: users("full_name"), options: diff.Options{Hints: column("name", "full_name"), Drops: []string{"users.name"}},
			up: []string{"drop column users.name"}, down: []string{"add column users.name (text)"},
		},
		{
			name:    "where both tables are there the old one may be needed yet",
			current: schema(entity("users"), entity("people")), desired: schema(entity("people")),
			options: diff.Options{Hints: []diff.Rename{{From: "users", To: "people"}}},
			up:      []string{"drop table users"}, down: []string{"create table users"},
			questions: []diff.Question{{
				About: "users", Answers: []string{"--drop users"},
				Text: `"users" would be dropped, which the models call "people" now, and both are there: move what is in the old one first, or shall it go, with all that is in it?`,
			}},
		},
		{
			name:    "about a table that is not there, or a column of none",
			current: users("name"), desired: users("name"), options: diff.Options{Hints: []diff.Rename{{From: "people", To: "users"}, {From: "a", To: "b"}, {Table: "none", From: "a", To: "b"}}},
		},
		{
			name:    "a chain",
			current: users("a", "b"), desired: users("b", "c"), options: diff.Options{Hints: column("a", "b", "b", "c")},
			up:   []string{"rename column users.b to c", "rename column users.a to b"},
			down: []string{"rename column users.b to a", "rename column users.c to b"},
		},
		{
			name:    "a chain that was carried out",
			current: users("b", "c"), desired: users("b", "c"), options: diff.Options{Hints: column("a", "b", "b", "c")},
		},
		{
			name:    "an exchange would come again and again",
			current: users("a", "b"), desired: users("a", "b"), options: diff.Options{Hints: column("a", "b", "b", "a")},
		},
		{
			name:    "two that claim the same column are no answer",
			current: users("name"), desired: users("first", "last"), options: diff.Options{Hints: column("name", "first", "name", "last")},
			up:        []string{"add column users.first (text)", "add column users.last (text)", "drop column users.name"},
			down:      []string{"add column users.name (text)", "drop column users.first", "drop column users.last"},
			questions: []diff.Question{ask("users.name", "--rename users.name=first", "--rename users.name=last", "--drop users.name")},
		},
		{
			name:    "two old columns are no answer",
			current: users("a", "b"), desired: users("c"), options: diff.Options{Hints: column("a", "c", "b", "c")},
			up:   []string{"add column users.c (text)", "drop column users.a", "drop column users.b"},
			down: []string{"add column users.a (text)", "add column users.b (text)", "drop column users.c"},
			questions: []diff.Question{
				ask("users.a", "--rename users.a=c", "--drop users.a"), ask("users.b", "--rename users.b=c", "--drop users.b"),
			},
		},
		{
			name:    "a flag counts more",
			current: users("name"), desired: users("first", "last"),
			options: diff.Options{Hints: column("name", "first"), Renames: column("name", "last")},
			up:      []string{"rename column users.name to last", "add column users.first (text)"},
			down:    []string{"drop column users.first", "rename column users.last to name"},
		},
		{
			name:    "so does a drop",
			current: users("name"), desired: users("first"),
			options: diff.Options{Hints: column("name", "first"), Drops: []string{"users.name"}},
			up:      []string{"add column users.first (text)", "drop column users.name"},
			down:    []string{"add column users.name (text)", "drop column users.first"},
		},
		{
			name:    "a flag goes on where a hint makes room",
			current: users("a", "b"), desired: users("b", "c"), options: diff.Options{Renames: column("b", "c"), Hints: column("a", "b")},
			up:   []string{"rename column users.b to c", "rename column users.a to b"},
			down: []string{"rename column users.b to a", "rename column users.c to b"},
		},
		{
			name:    "of a table, and of a column in it",
			current: users("name"), desired: schema(entity("people", col("full_name", op.Text()))),
			options: diff.Options{Hints: []diff.Rename{{From: "users", To: "people"}, {Table: "people", From: "name", To: "full_name"}}},
			up:      []string{"rename table users to people", "rename column people.name to full_name"},
			down:    []string{"rename column people.full_name to name", "rename table people to users"},
		},
	})
}

// Tables may take each other's names, in a chain or in a circle, and then a
// column is meant by the new name of its table.
func TestTablesTakeOverNames(t *testing.T) {
	a, b := entity("a", col("x", op.Text())), entity("b", col("y", op.Text()), ref("fk", "id", "a"))
	newA, newB := entity("a", col("z", op.Text()), ref("fk", "id", "b")), entity("b", col("x", op.Text()))
	c := entity("c", col("y", op.Text()), ref("fk", "id", "b"))
	swap := []diff.Rename{{From: "a", To: "b"}, {From: "b", To: "a"}}
	up := []string{"rename table a to limbeck_swap", "rename table b to a", "rename table limbeck_swap to b", "rename column a.y to z"}
	down := []string{"rename column a.z to y", "rename table b to limbeck_swap", "rename table a to b", "rename table limbeck_swap to a"}
	run(t, []comparison{
		{
			name: "chain", current: schema(a, b), desired: schema(newB, c),
			options: diff.Options{Renames: []diff.Rename{{From: "a", To: "b"}, {From: "b", To: "c"}}},
			up:      []string{"rename table b to c", "rename table a to b"}, down: []string{"rename table b to a", "rename table c to b"},
		},
		{
			name: "circle", current: schema(a, b), desired: schema(newA, newB),
			options: diff.Options{Renames: append(swap, diff.Rename{Table: "a", From: "y", To: "z"})}, up: up, down: down,
		},
		{
			name: "circle, the column by the old name of its table", current: schema(a, b), desired: schema(newA, newB),
			options: diff.Options{Renames: append(swap, diff.Rename{Table: "b", From: "y", To: "z"})}, up: up, down: down,
		},
	})
}
