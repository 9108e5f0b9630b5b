package diff_test

import (
	"fmt"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func ExampleCompare() {
	id := op.Column{Name: "id", Type: op.Int(64), AutoIncrement: true}
	current := op.Schema{Tables: []op.Table{
		{Name: "books", Columns: []op.Column{id}, PrimaryKey: op.Columns("id")},
		{Name: "audit_log", Columns: []op.Column{id}},
	}}
	desired := op.Schema{Tables: []op.Table{
		{
			Name:       "books",
			Columns:    []op.Column{id, {Name: "author_id", Type: op.Int(64)}},
			PrimaryKey: op.Columns("id"),
			ForeignKeys: []op.ForeignKey{
				{Name: "fk_books_author", Columns: []string{"author_id"}, RefTable: "writers", RefColumns: []string{"id"}},
			},
		},
		{Name: "writers", Columns: []op.Column{id}, PrimaryKey: op.Columns("id")},
	}}

	plan, err := diff.Compare(current, desired, diff.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range plan.Up {
		fmt.Println("up:  ", o)
	}
	for _, o := range plan.Down {
		fmt.Println("down:", o)
	}
	for _, o := range plan.Unmanaged {
		fmt.Println("left alone:", o)
	}
	// Output:
	// up:   create table writers
	// up:   add column books.author_id (int(64))
	// up:   add foreign key fk_books_author on books (author_id) references writers (id)
	// down: drop foreign key fk_books_author on books
	// down: drop column books.author_id
	// down: drop table writers
	// left alone: table audit_log
}
