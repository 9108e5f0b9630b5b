package migrations

import "github.com/go-limbeck/limbeck/op"

// Create books table.
//
// Verified: up, down, up on sqlite 3.49.1.
func init() {
	Revisions.Add(op.Revision{
		ID:      "0530d74aa828",
		Created: "2026-11-23T04:12:56Z",
		Message: "create books table",
		Up: op.List{
			op.CreateTable{
				Name: "books",
				Columns: []op.Column{
					{Name: "id", Type: op.Int(64), AutoIncrement: true},
					{Name: "title", Type: op.String(100)},
				},
				PrimaryKey: op.Columns("id"),
			},
		},
		Down: op.List{
			op.DropTable{Name: "books"},
		},
	})
}
