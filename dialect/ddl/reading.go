package ddl

import (
	"context"
	"database/sql"

	"github.com/go-limbeck/limbeck/op"
)

// Inquiry is what a dialect is asked about a live schema. The zero value asks
// for what the catalogue shows.
type Inquiry struct {
	// Words are schemas in the words of models and of revisions. Where one of
	// them would come out as what is there, the reading is said in its words;
	// the first that fits counts.
	Words []op.Schema
	// Scratch is an empty database of the same kind that the user has named for
	// trying things out. How the server would write an expression is asked
	// there where the live database may not be asked. Nothing stays in it.
	// Default: none.
	Scratch *sql.DB
}

// Reading is a live schema as it was read.
type Reading struct {
	Schema op.Schema
	// Words are those of the inquiry, and where an expression or a view of one
	// is only spelled in another way than in the first of them that has it, so
	// that the database stores both alike, it is spelled as there.
	Words []op.Schema
	// NotCompared has a sentence for each part that has the name and all other
	// attributes of one in words, but a text of which nobody could say whether
	// it is the same. The schema has the words there.
	NotCompared []string
}

// Finish ends a reading that was begun before the words were known. It may be
// given another connection than the one on which it was begun, and is called
// once.
type Finish func(ctx context.Context, q Querier, inquiry Inquiry) (Reading, error)
