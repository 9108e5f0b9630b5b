package words

import (
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

// Part is a part of a table whose text a database may write in another way
// than it was said.
type Part struct {
	Kind Kind
	// Name is that of the column, check or index in [Saying.Stored].
	Name string
}

// Kind is the kind of a [Part], as people read it.
type Kind string

// The kinds of parts that a database may rewrite.
const (
	ColumnType      Kind = "type of column"
	ColumnDefault   Kind = "default of column"
	GeneratedColumn Kind = "expression of generated column"
	CheckExpr       Kind = "check"
	IndexExpr       Kind = "index"
)

// judge compares a live table with one saying.
type judge struct {
	*Rules
	saying *Saying
	// lenient passes over texts that the database could not be asked about.
	lenient bool
	// passed are the parts that it passed over.
	passed []Part
}

// judges are those of all sayings about a table, in order.
type judges []*judge

// begin makes the judge ready for the next part.
func (j *judge) begin(lenient bool) { j.lenient, j.passed = lenient, nil }

// passes reports whether the judge passes over a part, and notes it.
func (j *judge) passes(kind Kind, name string) bool {
	p := Part{kind, name}
	if _, unasked := j.saying.Unasked[p]; !j.lenient || !unasked {
		return false
	}
	j.passed = append(j.passed, p)
	return true
}

func (j *judge) sameType(live, stored op.Column) bool {
	return j.Type(live, stored) || j.passes(ColumnType, stored.Name)
}

func (j *judge) sameDefault(live, stored op.Column) bool {
	return j.Default(live, stored) || !live.Default.IsZero() && j.passes(ColumnDefault, stored.Name)
}

func (j *judge) sameGenerated(live, stored op.Column) bool {
	return j.Generated(live, stored) ||
		!live.Generated.IsZero() && live.Generated.Stored == stored.Generated.Stored && j.passes(GeneratedColumn, stored.Name)
}

// sameColumn reports whether two columns are the same in all that is stored.
func (j *judge) sameColumn(live, stored op.Column) bool {
	return j.sameType(live, stored) && live.NotNull == stored.NotNull && j.sameDefault(live, stored) &&
		live.AutoIncrement == stored.AutoIncrement && j.sameGenerated(live, stored) && j.Collate(live, stored) &&
		(!j.StoresComments || live.Comment == stored.Comment)
}

func (j *judge) sameUnique(live, stored op.Unique) bool { return j.Unique(live, stored) }

func (j *judge) sameForeignKey(live, stored op.ForeignKey) bool { return j.ForeignKey(live, stored) }

func (j *judge) sameCheck(live, stored op.Check) bool {
	if j.Check(live, stored) {
		return true
	}
	live.Expr = stored.Expr
	return j.Check(live, stored) && j.passes(CheckExpr, stored.Name)
}

func (j *judge) sameIndex(live, stored op.Index) bool {
	if j.Index(live, stored) {
		return true
	}
	if len(live.Columns) != len(stored.Columns) || (live.Where == "") != (stored.Where == "") {
		return false
	}
	live.Where = stored.Where
	parts := make([]op.KeyPart, len(live.Columns))
	for i, p := range live.Columns {
		if p.Expr != "" && stored.Columns[i].Expr != "" {
			p.Expr = stored.Columns[i].Expr
		}
		if stored.Columns[i].Length == 0 {
			p.Length = 0 // the server's own choice
		}
		parts[i] = p
	}
	live.Columns = parts
	return j.Index(live, stored) && j.passes(IndexExpr, stored.Name)
}

// report returns a sentence for each part that was passed over.
func (j *judge) report() []string {
	var list []string
	for _, p := range j.passed {
		list = append(list, fmt.Sprintf("%s %q of table %q was not compared: %s", p.Kind, p.Name, j.saying.Word.Name, j.saying.Unasked[p]))
	}
	return list
}
