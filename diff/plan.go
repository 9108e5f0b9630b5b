package diff

import (
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

// Plan is the outcome of a comparison.
type Plan struct {
	// Up leads from the current schema to the desired one, Down back.
	Up   op.List `json:"up,omitzero"`
	Down op.List `json:"down,omitzero"`
	// Unmanaged is what the current schema has, the desired one lacks, and no
	// revision of ours made. It is left alone.
	Unmanaged []Object `json:"unmanaged,omitzero"`
	// Questions are what a person must answer, through [Options], before Up and
	// Down may be written down. Until then both show what would happen without
	// an answer.
	Questions []Question `json:"questions,omitzero"`
	// Incomparable has a sentence for each difference that no operation can
	// remove and that therefore stays. Package autogen adds one for each thing
	// of which the database could not be asked whether it differs.
	Incomparable []string `json:"incomparable,omitzero"`
	// Cautions has a sentence for each value that Down gives to existing rows and
	// that a key or a check may refuse; [Options.BackfillsDown] gives another one.
	// It is no reason to stop: nobody knows yet which rows there will be.
	Cautions []string `json:"cautions,omitzero"`
	// Excluded is what differs and was left alone because a filter of the
	// caller's said so. [Compare] knows no filters and leaves it empty.
	Excluded []Object `json:"excluded,omitzero"`
}

// Empty reports whether there is nothing to do and nothing to ask.
func (p Plan) Empty() bool {
	return len(p.Up) == 0 && len(p.Down) == 0 && len(p.Questions) == 0
}

// Object names one thing of a schema.
type Object struct {
	// Kind is "table", "column", "primary key", "unique constraint", "index",
	// "exclusion constraint", "foreign key", "check", "comment" (of a table),
	// "enum", "value" (of an enum) or "view".
	Kind string `json:"kind"`
	// Table is the table, or enum, that the thing belongs to; empty for these
	// themselves.
	Table string `json:"table,omitzero"`
	// Name is the thing's name. A constraint that has none is named by its
	// definition, such as (price > 0).
	Name string `json:"name,omitzero"`
}

// String returns the object for people to read: table audit_log, column
// books.legacy, index idx_x on books, primary key on books.
func (o Object) String() string {
	switch {
	case o.Table == "":
		return o.Kind + " " + o.Name
	case o.Kind == "column":
		return o.Kind + " " + o.Table + "." + o.Name
	case o.Name == "":
		return o.Kind + " on " + o.Table
	default:
		return fmt.Sprintf("%s %s on %s", o.Kind, o.Name, o.Table)
	}
}

// Question is a choice that the schemas alone do not decide.
type Question struct {
	// About is the column, as "users.name", or the table.
	About string `json:"about"`
	// Text is the question in one sentence.
	Text string `json:"text"`
	// Answers are flags ready to paste, the likeliest first. It is empty where
	// only a change of the models or by hand helps; Text says so.
	Answers []string `json:"answers,omitzero"`
}
