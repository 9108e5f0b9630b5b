package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func TestOwnership(t *testing.T) {
	users := entity("users", col("name", op.Text()))
	extended := entity("users", col("name", op.Text()), col("legacy", op.Text()), unique("uni_x", "legacy"),
		index("idx_x", "legacy"), check("chk_x", "length(legacy) < 9"), ref("fk_x", "id", "users"))
	extended.Comment = "by hand"
	named := table("users", col("name", op.Text()))
	keyed := table("users", col("name", op.Text()), primary("name"))

	run(t, []comparison{
		{
			name: "without revisions nothing is dropped", isForeign: true,
			current: schema(extended, entity("audit_log")), desired: schema(users),
			unmanaged: []string{
				"table audit_log", "column users.legacy", "unique constraint uni_x on users", "index idx_x on users",
				"foreign key fk_x on users", "check chk_x on users", "comment on users",
			},
		},
		{
			name:    "only what revisions made is dropped",
			current: schema(extended, entity("audit_log")), desired: schema(users),
			options: diff.Options{Owned: schema(entity("users", index("idx_x", "legacy")))},
			up:      []string{"drop index idx_x on users"},
			down:    []string{"create index idx_x on users (legacy)"},
			unmanaged: []string{
				"table audit_log", "column users.legacy", "unique constraint uni_x on users",
				"foreign key fk_x on users", "check chk_x on users", "comment on users",
			},
		},
		{
			name: "what the models name may be replaced", isForeign: true,
			current: schema(entity("users", col("name", op.Text()), index("idx", "name"))),
			desired: schema(entity("users", col("name", op.String(9)), index("idx", "id"))),
			up: []string{
				"drop index idx on users", "alter column users.name: type text → string(9)", "create index idx on users (id)",
			},
			down: []string{
				"drop index idx on users", "alter column users.name: type string(9) → text", "create index idx on users (name)",
			},
		},
		{
			name: "what is not ours does not step aside for a type",
			current: schema(entity("users", col("age", op.Int(32)), unique("uni_age", "age"), check("chk_ours", "age <> '1'"), check("chk_theirs", "age <> '2'")),
				entity("audit", col("age", op.Int(32)), op.ForeignKey{Name: "fk_theirs", Columns: []string{"age"}, RefTable: "users", RefColumns: []string{"age"}})),
			desired: schema(entity("users", col("age", op.Text()), unique("uni_age", "age"), check("chk_ours", "age <> '1'"))),
			options: diff.Options{Owned: schema(entity("users", col("age", op.Int(32)), unique("uni_age", "age"), check("chk_ours", "age <> '1'")))},
			up: []string{
				"drop check chk_ours on users", "alter column users.age: type int(32) → text", "add check chk_ours on users (age <> '1')",
			},
			down: []string{
				"drop check chk_ours on users", "alter column users.age: type text → int(32)", "add check chk_ours on users (age <> '1')",
			},
			unmanaged: []string{"table audit", "check chk_theirs on users"},
		},
		{
			name: "primary key that is not ours", isForeign: true,
			current: schema(keyed), desired: schema(named),
			unmanaged: []string{"primary key on users"},
		},
	})
}

func TestWhatStandsInTheWay(t *testing.T) {
	authors := entity("authors", col("code", op.Text()), unique("uni_code", "code"))
	audit := entity("audit", col("author_id", op.Int(64)), ref("fk_audit", "author_id", "authors"))
	nameless := entity("audit", col("author_id", op.Int(64)), ref("", "author_id", "authors"))
	byCode := entity("audit", col("code", op.Text()), op.ForeignKey{Name: "fk_audit", Columns: []string{"code"}, RefTable: "authors", RefColumns: []string{"code"}})
	users := entity("users", col("name", op.Text()), col("legacy", op.Text()))
	excluding := entity("users", col("name", op.Text()), col("legacy", op.Text()),
		op.Index{Name: "exc", Method: op.Exclusion, Columns: []op.KeyPart{{Expr: "EXCLUDE USING gist (id WITH =)"}}})
	partial := index("idx_hand", "name")
	partial.Where = "legacy IS NULL"
	used := entity("users", col("name", op.Text()), col("legacy", op.Text()), partial, check("chk_hand", "legacy <> ''"))
	checked := entity("users", col("name", op.Text()), col("legacy", op.Text()), check("", "legacy <> ''"))
	wanted := entity("users", col("name", op.Text()))

	run(t, []comparison{
		{
			name:    "a key of somebody else's table",
			current: schema(authors, audit), options: diff.Options{Owned: schema(authors)},
			unmanaged: []string{"table audit"},
			questions: []diff.Question{{
				About: "authors",
				Text:  `Table "authors" would be dropped, but foreign key fk_audit of table "audit", which stays, refers to it: drop that by hand first, or keep the table in the models.`,
			}},
		},
		{
			name:    "the user agreed to drop the table, which no revision could",
			current: schema(authors, nameless), options: diff.Options{Owned: schema(authors), Drops: []string{"authors"}},
			unmanaged: []string{"table audit"},
			questions: []diff.Question{{
				About: "authors",
				Text:  `Table "authors" would be dropped, but foreign key (author_id) references authors (id) of table "audit", which stays, refers to it: drop that by hand first, or keep the table in the models.`,
			}},
		},
		{
			name:    "a table that the models still refer to",
			current: schema(authors, audit), desired: schema(audit),
			incomparable: []string{`table "authors" stays, although the models have it no more: their foreign key fk_audit of table "audit" refers to it`},
		},
		{
			name:    "what stays keeps what it refers to",
			current: schema(entity("top"), entity("middle", col("top_id", op.Int(64)), ref("fk_middle", "top_id", "top")), entity("hand", col("m", op.Int(64)), ref("fk_hand", "m", "middle"))),
			options: diff.Options{Owned: schema(entity("top"), entity("middle", col("top_id", op.Int(64))))},
			questions: []diff.Question{
				{
					About: "middle",
					Text:  `Table "middle" would be dropped, but foreign key fk_hand of table "hand", which stays, refers to it: drop that by hand first, or keep the table in the models.`,
				},
				{
					About: "top",
					Text:  `Table "top" would be dropped, but foreign key fk_middle of table "middle", which stays, refers to it: drop that by hand first, or keep the table in the models.`,
				},
			},
			unmanaged: []string{"table hand"},
		},
		{
			name:    "columns in our table that somebody else added",
			current: schema(users), options: diff.Options{Owned: schema(wanted)},
			questions: []diff.Question{{
				About:   "users",
				Text:    `Table "users" would be dropped, but it has columns that no revision made (legacy): shall it go, with all that is in it?`,
				Answers: []string{"--drop users"},
			}},
		},
		{
			name:    "an exclusion constraint is called so",
			current: schema(excluding),
			desired: schema(users), options: diff.Options{Owned: schema(users)},
			unmanaged: []string{"exclusion constraint exc on users"},
		},
		{
			name:    "an index and a check on a column",
			current: schema(used), desired: schema(wanted), options: diff.Options{Owned: schema(users)},
			unmanaged: []string{"index idx_hand on users", "check chk_hand on users"},
			questions: []diff.Question{{
				About: "users.legacy",
				Text:  `Column "users.legacy" would be dropped, but no revision made what uses it (index idx_hand, check chk_hand): drop that by hand first, or keep the column in the models.`,
			}},
		},
		{
			name:    "an index and a check, and the user agreed to what no revision could do",
			current: schema(used), desired: schema(wanted), options: diff.Options{Owned: schema(users), Drops: []string{"users.legacy"}},
			unmanaged: []string{"index idx_hand on users", "check chk_hand on users"},
			questions: []diff.Question{{
				About: "users.legacy",
				Text:  `Column "users.legacy" would be dropped, but no revision made what uses it (index idx_hand, check chk_hand): drop that by hand first, or keep the column in the models.`,
			}},
		},
		{
			name:    "a check that nothing can drop",
			current: schema(checked), desired: schema(wanted), options: diff.Options{Owned: schema(users)},
			unmanaged: []string{"check (legacy <> '') on users"},
			questions: []diff.Question{{
				About: "users.legacy",
				Text:  `Column "users.legacy" would be dropped, but no revision made what uses it (check (legacy <> '')): drop that by hand first, or keep the column in the models.`,
			}},
		},
		{
			name:    "a key of somebody else's table to a column",
			current: schema(authors, byCode), desired: schema(entity("authors")), options: diff.Options{Owned: schema(authors)},
			unmanaged: []string{"table audit"},
			questions: []diff.Question{{
				About: "authors.code",
				Text:  `Column "authors.code" would be dropped, but no revision made what uses it (foreign key fk_audit on audit): drop that by hand first, or keep the column in the models.`,
			}},
			incomparable: []string{`unique constraint uni_code on "authors" stays as it is: foreign key fk_audit on audit, which no revision made, rests on it`},
		},
		{
			name:    "a key of somebody else's table to a unique constraint",
			current: schema(authors, byCode), desired: schema(entity("authors", col("code", op.Text()))), options: diff.Options{Owned: schema(authors)},
			unmanaged:    []string{"table audit"},
			incomparable: []string{`unique constraint uni_code on "authors" stays as it is: foreign key fk_audit on audit, which no revision made, rests on it`},
		},
		{
			name:      "a key that waits for what cannot change",
			current:   schema(table("a", notNull("x", op.Int(64)), notNull("y", op.Int(64)), primary("x")), entity("audit", col("x", op.Int(64)), toA("fk_audit", "x"))),
			desired:   schema(table("a", notNull("x", op.Int(64)), notNull("y", op.Int(64)), primary("y")), entity("b", col("y", op.Int(64)), toA("fk_b", "y"))),
			options:   diff.Options{Owned: schema(table("a", notNull("x", op.Int(64)), notNull("y", op.Int(64)), primary("x")))},
			up:        []string{"create table b"},
			down:      []string{"drop table b"},
			unmanaged: []string{"table audit"},
			incomparable: []string{
				`foreign key fk_b on b is not made: the key of "a" that it needs is not made either`,
				`the primary key on "a" stays as it is: foreign key fk_audit on audit, which no revision made, rests on it`,
			},
		},
	})
}

// toA is a foreign key from a column to the same column of table a.
func toA(name, column string) op.ForeignKey {
	return op.ForeignKey{Name: name, Columns: []string{column}, RefTable: "a", RefColumns: []string{column}}
}
