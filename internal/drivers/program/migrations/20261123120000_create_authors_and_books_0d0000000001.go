package migrations

import "github.com/go-limbeck/limbeck/op"

// Create authors and books.
//
// Verified: up, down, up on sqlite 3.49.1.
func init() {
	Revisions.Add(op.Revision{
		ID:      "0d0000000001",
		Created: "2026-11-23T12:00:00Z",
		Message: "create authors and books",
		Up: op.List{
			op.CreateTable{
				Name: "authors",
				Columns: []op.Column{
					{Name: "id", Type: op.Uint(64), AutoIncrement: true},
					{Name: "name", Type: op.String(100), NotNull: true},
					{Name: "bio", Type: op.Text()},
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
					{Name: "title", Type: op.Text()},
					{Name: "pages", Type: op.Int(64)},
					{Name: "price", Type: op.Raw("decimal(10,2)")},
					{Name: "cover", Type: op.Bytes()},
					{Name: "printed", Type: op.Time()},
					{Name: "author_id", Type: op.Uint(64)},
					{Name: "sequel_id", Type: op.Uint(64)},
				},
				PrimaryKey: op.Columns("id"),
				ForeignKeys: []op.ForeignKey{
					{
						Name:       "fk_books_author",
						Columns:    []string{"author_id"},
						RefTable:   "authors",
						RefColumns: []string{"id"},
						OnDelete:   "CASCADE",
					},
					{
						Name:       "fk_books_sequel",
						Columns:    []string{"sequel_id"},
						RefTable:   "books",
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
