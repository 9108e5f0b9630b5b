package diff_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// tableQuestion is the question whether the old table is one of the new ones.
func tableQuestion(old string, made ...string) []diff.Question {
	var answers []string
	for _, name := range made {
		answers = append(answers, "--rename-table "+old+"="+name)
	}
	return []diff.Question{{
		About:   old,
		Text:    `Table "` + old + `" is no longer in the models: is it a new table under its old name, or shall it be dropped?`,
		Answers: append(answers, "--drop "+old),
	}}
}

func TestRenames(t *testing.T) {
	users := entity("users", notNull("name", op.Text()), index("idx_name", "name"), check("chk_name", "length(name) < 9"))
	renamed := entity("users", notNull("full_name", op.Text()), index("idx_name", "full_name"), check("chk_name", "length(full_name) < 9"))
	people := entity("people", notNull("full_name", op.Text()), index("idx_name", "full_name"), check("chk_name", "length(full_name) < 9"))
	posts := func(target string) op.Table {
		return entity("posts", col("user_id", op.Int(64)), ref("fk", "user_id", target))
	}
	shorter := renamed.Clone()
	shorter.Column("full_name").Type = op.String(50)

	run(t, []comparison{
		{
			name:    "a column, with what is on it",
			current: schema(users), desired: schema(renamed),
			options: diff.Options{Renames: []diff.Rename{{Table: "users", From: "name", To: "full_name"}}},
			up:      []string{"rename column users.name to full_name"},
			down:    []string{"rename column users.full_name to name"},
		},
		{
			name:    "a column that changes as well",
			current: schema(users), desired: schema(shorter),
			options: diff.Options{Renames: []diff.Rename{{Table: "users", From: "name", To: "full_name"}}},
			up:      []string{"rename column users.name to full_name", "alter column users.full_name: type text → string(50)"},
			down:    []string{"alter column users.full_name: type string(50) → text", "rename column users.full_name to name"},
		},
		{
			name:    "a column that is not ours",
			current: schema(users), desired: schema(renamed), isForeign: true,
			options: diff.Options{Renames: []diff.Rename{{Table: "users", From: "name", To: "full_name"}}},
			up:      []string{"rename column users.name to full_name"},
			down:    []string{"rename column users.full_name to name"},
		},
		{
			name:    "a table, a column of it, and the keys that refer to it",
			current: schema(users, posts("users")), desired: schema(people, posts("people")),
			options: diff.Options{Renames: []diff.Rename{{Table: "people", From: "name", To: "full_name"}, {From: "users", To: "people"}}},
			up:      []string{"rename table users to people", "rename column people.name to full_name"},
			down:    []string{"rename column people.full_name to name", "rename table people to users"},
		},
		{
			name:    "a column by the old name of its table",
			current: schema(users), desired: schema(people),
			options: diff.Options{Renames: []diff.Rename{{Table: "users", From: "name", To: "full_name"}, {From: "users", To: "people"}}},
			up:      []string{"rename table users to people", "rename column people.name to full_name"},
			down:    []string{"rename column people.full_name to name", "rename table people to users"},
		},
		{
			name:    "what is still to be dropped in a renamed table is ours",
			current: schema(entity("users", col("a", op.Text()), col("b", op.Text()))), desired: schema(entity("people", col("a", op.Text()))),
			options: diff.Options{Renames: []diff.Rename{{From: "users", To: "people"}}},
			up:      []string{"rename table users to people", "drop column people.b"},
			down:    []string{"add column people.b (text)", "rename table people to users"},
		},
	})
}

func TestQuestionsForRenames(t *testing.T) {
	two := entity("users", col("name", op.Text()), col("is_active", op.Bool()))
	other := entity("users", col("is_admin", op.Bool()), col("full_name", op.Text()))
	up := []string{
		"add column users.is_admin (bool)", "add column users.full_name (text)",
		"drop column users.name", "drop column users.is_active",
	}
	down := []string{
		"add column users.name (text)", "add column users.is_active (bool)",
		"drop column users.is_admin", "drop column users.full_name",
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
			name:    "one for each column that goes, the same type first",
			current: schema(two), desired: schema(other), up: up, down: down,
			questions: []diff.Question{
				ask("users.is_active", "--rename users.is_active=is_admin", "--rename users.is_active=full_name", "--drop users.is_active"),
				ask("users.name", "--rename users.name=full_name", "--rename users.name=is_admin", "--drop users.name"),
			},
		},
		{
			name:    "answered",
			current: schema(two), desired: schema(other), up: up, down: down,
			options: diff.Options{Drops: []string{"users.name", "users.is_active"}},
		},
		{
			name:    "one answered with a rename, one left",
			current: schema(two), desired: schema(other),
			options: diff.Options{Renames: []diff.Rename{{Table: "users", From: "name", To: "full_name"}}},
			up: []string{
				"rename column users.name to full_name", "add column users.is_admin (bool)", "drop column users.is_active",
			},
			down: []string{
				"add column users.is_active (bool)", "drop column users.is_admin", "rename column users.full_name to name",
			},
			questions: []diff.Question{ask("users.is_active", "--rename users.is_active=is_admin", "--drop users.is_active")},
		},
		{
			name:    "nothing new, nothing to ask",
			current: schema(two), desired: schema(entity("users", col("name", op.Text()))),
			up:   []string{"drop column users.is_active"},
			down: []string{"add column users.is_active (bool)"},
		},
		{
			name:    "what is not ours stays and is no question",
			current: schema(two), desired: schema(other), isForeign: true,
			up:        up[:2],
			down:      down[2:],
			unmanaged: []string{"column users.name", "column users.is_active"},
		},
		{
			name:    "tables that share half of their columns, the likest first",
			current: schema(entity("users", col("name", op.Text()), col("age", op.Text()))),
			desired: schema(
				entity("accounts", col("name", op.Text()), col("balance", op.Text())),
				entity("people", col("name", op.Text()), col("age", op.Text())),
				entity("things", col("x", op.Text()), col("y", op.Text())),
			),
			up:        []string{"create table accounts", "create table people", "create table things", "drop table users"},
			down:      []string{"create table users", "drop table accounts", "drop table people", "drop table things"},
			questions: tableQuestion("users", "people", "accounts"),
		},
		{
			name:    "a table whose name is in another schema now",
			current: schema(entity("shop.orders", col("a", op.Text()), col("b", op.Text()))), desired: schema(entity("billing.orders", col("c", op.Text()), col("d", op.Text()), col("e", op.Text())), entity("shop.bills", col("c", op.Text()))),
			up:        []string{"create table billing.orders", "create table shop.bills", "drop table shop.orders"},
			down:      []string{"create table shop.orders", "drop table billing.orders", "drop table shop.bills"},
			questions: tableQuestion("shop.orders", "billing.orders"),
		},
		{
			name:    "a table, answered",
			current: schema(entity("users")), desired: schema(entity("people")),
			options: diff.Options{Drops: []string{"users"}},
			up:      []string{"create table people", "drop table users"},
			down:    []string{"create table users", "drop table people"},
		},
	})
}

func TestAnswersThatDoNotFit(t *testing.T) {
	current := schema(entity("users", col("name", op.Text()), col("age", op.Text()), col("hand", op.Text())), entity("old"), entity("hand"))
	desired := schema(entity("users", col("full_name", op.Text()), col("age", op.Text())), entity("new"))
	owned := schema(entity("users", col("name", op.Text()), col("age", op.Text())), entity("old"))
	column := func(from, to string) diff.Options {
		return diff.Options{Renames: []diff.Rename{{Table: "users", From: from, To: to}}}
	}
	tables := func(pairs ...string) (o diff.Options) {
		for i := 0; i < len(pairs); i += 2 {
			o.Renames = append(o.Renames, diff.Rename{From: pairs[i], To: pairs[i+1]})
		}
		return o
	}
	for _, c := range []struct {
		name    string
		options diff.Options
		want    []string
	}{
		{"column that is not there", column("nme", "full_name"), []string{`"users.nme"`, "those are: name"}},
		{"column that stays", column("age", "full_name"), []string{`"users.age"`, "those are: name"}},
		{"no new column", column("name", "ful_name"), []string{`"ful_name" is not a new column`, "those are: full_name"}},
		{"column that is there", column("name", "age"), []string{`"age" is not a new column`}},
		{"no such table", diff.Options{Renames: []diff.Rename{{Table: "usrs", From: "a", To: "b"}}}, []string{`no table "usrs"`}},
		{"table that is not there", tables("oldd", "new"), []string{`"oldd"`, "those are: hand, old"}},
		{"no new table", tables("old", "users"), []string{`"users" is not a new table`, "those are: new"}},
		{"two tables to one", tables("old", "new", "hand", "new"), []string{`"old"`, "another rename"}},
		{"renamed and dropped", diff.Options{Renames: tables("old", "new").Renames, Drops: []string{"old"}}, []string{`"old"`, "renamed as well"}},
		{"column renamed and dropped", diff.Options{Renames: column("name", "full_name").Renames, Drops: []string{"users.name"}}, []string{`"users.name"`, "renamed as well"}},
		{"drop of nothing", diff.Options{Drops: []string{"usres"}}, []string{`"usres"`, "hand, old, users"}},
		{"drop of a column of nothing", diff.Options{Drops: []string{"usres.name"}}, []string{`"usres"`, "hand, old, users"}},
		{"drop of no column", diff.Options{Drops: []string{"users.nme"}}, []string{`"users.nme"`, "id, name, age, hand"}},
		{"drop of a column that stays", diff.Options{Drops: []string{"users.age"}}, []string{`"users.age"`, "still have it"}},
		{"drop of a table that stays", diff.Options{Drops: []string{"users"}}, []string{`"users"`, "still have it"}},
		{"drop of a column that is not ours", diff.Options{Drops: []string{"users.hand"}}, []string{`"users.hand"`, "no revision made it"}},
		{"drop of a table that is not ours", diff.Options{Drops: []string{"hand"}}, []string{`"hand"`, "no revision made it"}},
		{"backfill of nothing", diff.Options{Backfills: map[string]op.Default{"user.name": op.Literal("")}}, []string{`"user.name"`, "new, users"}},
		{"backfill of no column", diff.Options{Backfills: map[string]op.Default{"users.name": op.Literal("")}}, []string{`"users.name"`, "id, full_name, age"}},
		{"all of them are named", diff.Options{Drops: []string{"x", "y"}}, []string{`"x"`, `"y"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.options.Owned = owned
			_, err := diff.Compare(current, desired, c.options)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q: %v", want, err)
				}
			}
		})
	}
}
