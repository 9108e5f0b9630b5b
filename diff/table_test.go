package diff_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestTables(t *testing.T) {
	books := entity("books", notNull("title", op.String(100)), index("idx_books_title", "title"), check("chk_title", "length(title) < 100"))
	commented := books.Clone()
	commented.Comment = "on the shelf"
	strict := books.Clone()
	strict.Options = "STRICT"

	a := entity("a", col("b_id", op.Int(64)), ref("fk_ab", "b_id", "b"))
	b := entity("b", col("a_id", op.Int(64)), ref("fk_ba", "a_id", "a"), col("b_id", op.Int(64)), ref("fk_bb", "b_id", "b"))

	run(t, []comparison{
		{name: "nothing at all"},
		{name: "no change", current: schema(books), desired: schema(books)},
		{
			name: "a new one carries its parts", desired: schema(books),
			up:   []string{"create table books"},
			down: []string{"drop table books"},
		},
		{
			name: "one that is gone", current: schema(books),
			up:   []string{"drop table books"},
			down: []string{"create table books"},
		},
		{
			name: "created after what it refers to, dropped before it",
			desired: schema(
				entity("a", col("z_id", op.Int(64)), ref("fk_az", "z_id", "z")),
				entity("z"),
			),
			up:   []string{"create table z", "create table a"},
			down: []string{"drop table a", "drop table z"},
		},
		{
			name: "a circle is split where it points forward", desired: schema(b, a),
			up:   []string{"create table a", "create table b", "add foreign key fk_ab on a (b_id) references b (id)"},
			down: []string{"drop foreign key fk_ab on a", "drop table b", "drop table a"},
		},
		{
			name: "a circle is dropped", current: schema(b, a),
			up:   []string{"drop foreign key fk_ab on a", "drop table b", "drop table a"},
			down: []string{"create table a", "create table b", "add foreign key fk_ab on a (b_id) references b (id)"},
		},
		{
			name: "a circle of keys without names stays in the tables",
			desired: schema(
				entity("a", col("b_id", op.Int(64)), ref("", "b_id", "b")),
				entity("b", col("a_id", op.Int(64)), ref("", "a_id", "a")),
			),
			up:   []string{"create table a", "create table b"},
			down: []string{"drop table b", "drop table a"},
		},
		{
			name: "comment", current: schema(books), desired: schema(commented),
			up:   []string{`set the comment of table books to "on the shelf"`},
			down: []string{"remove the comment of table books"},
		},
		{
			name: "comment that is gone", current: schema(commented), desired: schema(books),
			up:   []string{"remove the comment of table books"},
			down: []string{`set the comment of table books to "on the shelf"`},
		},
		{
			name: "options cannot change", current: schema(books), desired: schema(strict),
			incomparable: []string{`table "books" has the options "" and should have "STRICT": no operation changes table options, write an op.Exec for it`},
		},
		{
			name: "options of a new table", desired: schema(strict),
			up:   []string{"create table books"},
			down: []string{"drop table books"},
		},
	})
}
