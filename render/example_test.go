package render_test

import (
	"fmt"
	"os"

	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

var createBooks = op.Revision{
	ID:      "3f9a1c07b2d4",
	Parents: []string{"8d2e44b1a90c"},
	Created: "2026-11-23T10:15:02Z",
	Message: "create books table",
	Up: op.List{
		op.CreateTable{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), AutoIncrement: true},
				{Name: "title", Type: op.String(100), NotNull: true},
			},
			PrimaryKey: op.Columns("id"),
			Indexes: []op.Index{
				{Name: "idx_books_title", Columns: op.Columns("title")},
			},
		},
	},
	Down: op.List{
		op.DropTable{Name: "books"},
	},
}

func ExampleGo() {
	if err := render.Go(os.Stdout, createBooks); err != nil {
		fmt.Println(err)
	}
	// Output:
	// package migrations
	//
	// import "github.com/go-limbeck/limbeck/op"
	//
	// // Create books table.
	// func init() {
	// 	Revisions.Add(op.Revision{
	// 		ID:      "3f9a1c07b2d4",
	// 		Parents: []string{"8d2e44b1a90c"},
	// 		Created: "2026-11-23T10:15:02Z",
	// 		Message: "create books table",
	// 		Up: op.List{
	// 			op.CreateTable{
	// 				Name: "books",
	// 				Columns: []op.Column{
	// 					{Name: "id", Type: op.Int(64), AutoIncrement: true},
	// 					{Name: "title", Type: op.String(100), NotNull: true},
	// 				},
	// 				PrimaryKey: op.Columns("id"),
	// 				Indexes: []op.Index{
	// 					{Name: "idx_books_title", Columns: op.Columns("title")},
	// 				},
	// 			},
	// 		},
	// 		Down: op.List{
	// 			op.DropTable{Name: "books"},
	// 		},
	// 	})
	// }
}

func ExampleFile_WriteGo() {
	err := render.File{
		Package:  "history",
		Variable: "All",
		Comment:  "verified: up, down, up on sqlite 3.45",
		Revision: op.Revision{
			ID:      "5d0c9b1e7a42",
			Message: "drop authors",
			Up:      op.List{op.DropTable{Name: "authors"}},
		},
	}.WriteGo(os.Stdout)
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// package history
	//
	// import "github.com/go-limbeck/limbeck/op"
	//
	// // Drop authors.
	// //
	// // verified: up, down, up on sqlite 3.45
	// func init() {
	// 	All.Add(op.Revision{
	// 		ID:      "5d0c9b1e7a42",
	// 		Message: "drop authors",
	// 		Up: op.List{
	// 			// Data is lost: the rows of table authors.
	// 			op.DropTable{Name: "authors"},
	// 		},
	// 	})
	// }
}

func ExampleFileName() {
	name, err := render.FileName(createBooks)
	fmt.Println(name, err)
	// Output: 20261123101502_create_books_table_3f9a1c07b2d4.go <nil>
}

func ExampleMessage() {
	fmt.Println(render.Message(createBooks.Up))
	fmt.Println(render.Message(op.List{
		op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books_isbn", Columns: op.Columns("isbn")}},
		op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.String(13)}},
	}))
	// Output:
	// create books
	// add isbn to books and create index idx_books_isbn on books
}

func ExampleText() {
	up := append(op.List{
		op.AlterColumn{
			Table: "authors",
			From:  op.Column{Name: "name", Type: op.Text()},
			To:    op.Column{Name: "name", Type: op.Text(), NotNull: true},
		},
	}, createBooks.Up...)
	up = append(up, op.DropColumn{Table: "authors", Column: "age"})
	if err := render.Text(os.Stdout, up); err != nil {
		fmt.Println(err)
	}
	// Output:
	// ~ alter column authors.name: not null
	// - drop column authors.age
	// + create table books
	//     id int(64), auto-increment
	//     title string(100), not null
	//     primary key (id)
	//     index idx_books_title (title)
}
