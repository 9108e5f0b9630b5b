package op_test

import (
	"errors"
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

func ExampleRevisions_Add() {
	var revisions op.Revisions
	revisions.Add(op.Revision{
		ID:      "3f9a1c07b2d4",
		Message: "create books",
		Up: op.List{
			op.CreateTable{
				Name:       "books",
				Columns:    []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}},
				PrimaryKey: op.Columns("id"),
			},
		},
		Down: op.List{
			op.DropTable{Name: "books"},
		},
	})
	for _, r := range revisions {
		fmt.Println(r.ID, r.Message)
	}
	// Output: 3f9a1c07b2d4 create books
}

func ExampleList_Apply() {
	up := op.List{
		op.CreateTable{Name: "books", Columns: []op.Column{{Name: "name", Type: op.Text()}}},
		op.RenameColumn{Table: "books", From: "name", To: "title"},
	}
	schema, err := up.Apply(op.Schema{})
	fmt.Println(schema.Table("books").Column("title").Type, err)

	_, err = up.Apply(schema)
	fmt.Println(errors.Is(err, op.ErrConflict))
	fmt.Println(err)
	// Output:
	// text <nil>
	// true
	// applying step 1, create table books: the step does not fit the schema: table "books" is there already
}

func ExampleOperation() {
	for _, o := range (op.List{
		op.AddColumn{
			Table:    "books",
			Column:   op.Column{Name: "isbn", Type: op.String(13), NotNull: true},
			Backfill: op.Literal(""),
		},
		op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books_isbn", Columns: op.Columns("isbn"), Unique: true}},
		op.Exec{SQL: "UPDATE books SET isbn = '0'"},
	}) {
		fmt.Println(o)
	}
	// Output:
	// add column books.isbn (string(13), not null), existing rows get ''
	// create unique index idx_books_isbn on books (isbn)
	// exec UPDATE books SET isbn = '0'
}

func ExampleType_On() {
	fmt.Printf("%#v\n", op.Text().On("mysql", "varchar(100)"))
	// Output: op.Text().On("mysql", "varchar(100)")
}
