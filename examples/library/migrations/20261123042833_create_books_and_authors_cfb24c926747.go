package migrations

import "github.com/go-limbeck/limbeck/op"

// Create books and authors.
//
// Verified: up, down, up on sqlite 3.49.1.
func init() {
	Revisions.Add(op.Revision{
		ID:      "cfb24c926747",
		Created: "2026-11-23T04:28:33Z",
		Message: "create books and authors",
		Up: op.List{
			op.CreateTable{
				Name: "authors",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "name", Type: op.String(100), NotNull: true},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_authors_name", Unique: true, Columns: op.Columns("name")},
				},
			},
			op.CreateTable{
				Name: "books",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "created_at", Type: op.Time(), NotNull: true},
					{Name: "updated_at", Type: op.Time(), NotNull: true},
					{Name: "title", Type: op.String(100), NotNull: true},
					{Name: "isbn", Type: op.String(13)},
					{Name: "year", Type: op.Int(64)},
					{Name: "author_id", Type: op.Uint(64)},
				},
				PrimaryKey: op.Columns("id"),
				Indexes: []op.Index{
					{Name: "idx_books_author_id", Columns: op.Columns("author_id")},
					{Name: "idx_books_isbn", Unique: true, Columns: op.Columns("isbn")},
					{Name: "idx_books_title", Columns: op.Columns("title")},
				},
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_books_author",
						Columns:    []string{"author_id"},
						RefTable:   "authors",
						RefColumns: []string{"id"},
						OnDelete:   "SET NULL",
					},
				},
			},
		},
		Down: op.List{
			op.DropTable{Name: "books"},
			op.DropTable{Name: "authors"},
		},
	})
}
