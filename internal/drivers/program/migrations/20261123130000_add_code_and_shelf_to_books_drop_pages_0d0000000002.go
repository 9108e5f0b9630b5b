package migrations

import "github.com/go-limbeck/limbeck/op"

// Add code and shelf to books, drop pages from books and 6 more changes.
//
// Verified: up, down, up on sqlite 3.49.1.
func init() {
	Revisions.Add(op.Revision{
		ID:      "0d0000000002",
		Parents: []string{"0d0000000001"},
		Created: "2026-11-23T13:00:00Z",
		Message: "add code and shelf to books, drop pages from books and 6 more changes",
		Up: op.List{
			op.AddColumn{Table: "books", Column: op.Column{Name: "code", Type: op.String(20)}},
			op.AddColumn{
				Table:    "books",
				Column:   op.Column{Name: "shelf", Type: op.Text(), NotNull: true},
				Backfill: op.Literal("a"),
			},
			// Values may not fit: key_text is narrower than text.
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "title", Type: op.Text()},
				To: op.Column{
					Name:    "title",
					Type:    op.KeyText(),
					NotNull: true,
					Default: op.Literal("untitled"),
				},
				Backfill: op.Literal("untitled"),
			},
			// Values are converted, which may fail or lose some: decimal(10,2) becomes decimal(12,2).
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "price", Type: op.Raw("decimal(10,2)")},
				To:    op.Column{Name: "price", Type: op.Raw("decimal(12,2)")},
			},
			// Data is lost: the values of column books.pages.
			op.DropColumn{Table: "books", Column: "pages"},
			op.AddUnique{
				Table:  "books",
				Unique: op.Unique{Name: "uni_books_code", Columns: op.Columns("code")},
			},
			op.CreateIndex{
				Table: "books",
				Index: op.Index{Name: "idx_books_author_id", Columns: op.Columns("author_id")},
			},
			op.CreateIndex{
				Table: "books",
				Index: op.Index{
					Name:    "idx_books_price",
					Columns: op.Columns("price"),
					Where:   "price > 0",
				},
			},
			op.AddCheck{
				Table: "books",
				Check: op.Check{Name: "chk_books_title", Expr: "title <> ''"},
			},
		},
		Down: op.List{
			op.DropCheck{Table: "books", Name: "chk_books_title"},
			op.DropIndex{Table: "books", Name: "idx_books_author_id"},
			op.DropIndex{Table: "books", Name: "idx_books_price"},
			op.DropUnique{Table: "books", Name: "uni_books_code"},
			op.AddColumn{Table: "books", Column: op.Column{Name: "pages", Type: op.Int(64)}},
			op.AlterColumn{
				Table: "books",
				From: op.Column{
					Name:    "title",
					Type:    op.KeyText(),
					NotNull: true,
					Default: op.Literal("untitled"),
				},
				To: op.Column{Name: "title", Type: op.Text()},
			},
			// Values are converted, which may fail or lose some: decimal(12,2) becomes decimal(10,2).
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "price", Type: op.Raw("decimal(12,2)")},
				To:    op.Column{Name: "price", Type: op.Raw("decimal(10,2)")},
			},
			op.DropColumn{Table: "books", Column: "code"},
			op.DropColumn{Table: "books", Column: "shelf"},
		},
	})
}
