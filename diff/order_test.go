package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestOrder(t *testing.T) {
	run(t, []comparison{
		{
			name: "neighbours work on one table",
			current: schema(
				entity("a", col("old", op.Text()), index("idx_a_old", "old")),
				entity("b", col("old", op.Text()), index("idx_b_old", "old")),
			),
			desired: schema(
				entity("a", index("idx_a_id", "id")),
				entity("b", index("idx_b_id", "id")),
			),
			up: []string{
				"drop index idx_a_old on a", "drop column a.old", "create index idx_a_id on a (id)",
				"drop index idx_b_old on b", "drop column b.old", "create index idx_b_id on b (id)",
			},
			down: []string{
				"drop index idx_a_id on a", "add column a.old (text)", "create index idx_a_old on a (old)",
				"drop index idx_b_id on b", "add column b.old (text)", "create index idx_b_old on b (old)",
			},
		},
		{
			name: "a circle of three and one that hangs on it",
			desired: schema(
				entity("a", col("c_id", op.Int(64)), ref("fk_ac", "c_id", "c")),
				entity("b", col("a_id", op.Int(64)), ref("fk_ba", "a_id", "a")),
				entity("c", col("b_id", op.Int(64)), ref("fk_cb", "b_id", "b")),
				entity("0", col("c_id", op.Int(64)), ref("fk_0c", "c_id", "c")),
			),
			up: []string{
				"create table a", "create table b", "create table c", "create table 0",
				"add foreign key fk_ac on a (c_id) references c (id)",
			},
			down: []string{
				"drop foreign key fk_ac on a", "drop table 0", "drop table c", "drop table b", "drop table a",
			},
		},
		{
			name: "the index below a foreign key comes first, though its name is taken",
			current: schema(
				entity("a", col("x", op.Int(64)), ref("fk_old", "x", "a")),
				entity("z", index("idx", "id")),
			),
			desired: schema(
				entity("a", col("x", op.Int(64)), deleting(ref("fk_new", "x", "a")), index("idx", "x")),
				entity("z"),
			),
			up: []string{
				"drop foreign key fk_old on a", "drop index idx on z",
				"create index idx on a (x)", "add foreign key fk_new on a (x) references a (id) on delete cascade",
			},
			down: []string{
				"drop foreign key fk_new on a", "drop index idx on a", "add foreign key fk_old on a (x) references a (id)",
				"create index idx on z (id)",
			},
		},
		{
			name: "a column changes when its old parts are gone, though these wait for another table",
			current: schema(
				entity("a", col("x", op.Text()), unique("uni", "x"), ref("fk_self", "id", "a")),
				entity("b", col("x", op.Text()), toA("fk_b", "x")),
			),
			desired: schema(
				entity("a", col("x", op.Int(64)), check("chk", "x > 1")),
				entity("b", col("x", op.Text())),
			),
			up: []string{
				"drop foreign key fk_self on a", "drop foreign key fk_b on b",
				"drop unique constraint uni on a", "alter column a.x: type text → int(64)", "add check chk on a (x > 1)",
			},
			down: []string{
				"drop check chk on a", "alter column a.x: type int(64) → text", "add unique constraint uni on a (x)",
				"add foreign key fk_self on a (id) references a (id)", "add foreign key fk_b on b (x) references a (x)",
			},
		},
		{
			name: "a reference to no column in particular",
			desired: schema(
				table("a", col("z", op.Text()), op.ForeignKey{Name: "fk", Columns: []string{"z"}, RefTable: "z"}),
				table("z", col("z", op.Text())),
			),
			up:   []string{"create table z", "create table a"},
			down: []string{"drop table a", "drop table z"},
		},
		{
			name:    "columns that refer to a new table",
			current: schema(entity("books")),
			desired: schema(entity("books", col("author_id", op.Int(64)), ref("fk_books_author", "author_id", "writers")), entity("writers")),
			up: []string{
				"create table writers", "add column books.author_id (int(64))",
				"add foreign key fk_books_author on books (author_id) references writers (id)",
			},
			down: []string{
				"drop foreign key fk_books_author on books", "drop column books.author_id", "drop table writers",
			},
		},
	})
}
