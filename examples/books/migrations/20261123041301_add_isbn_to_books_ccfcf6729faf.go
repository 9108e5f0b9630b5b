package migrations

import "github.com/go-limbeck/limbeck/op"

// Add isbn to books.
//
// Verified: up, down, up on sqlite 3.49.1.
func init() {
	Revisions.Add(op.Revision{
		ID:      "ccfcf6729faf",
		Parents: []string{"0530d74aa828"},
		Created: "2026-11-23T04:13:01Z",
		Message: "add isbn to books",
		Up: op.List{
			op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.Text()}},
		},
		Down: op.List{
			op.DropColumn{Table: "books", Column: "isbn"},
		},
	})
}
