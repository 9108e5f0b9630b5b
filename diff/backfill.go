package diff

import (
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// filler chooses the values that existing rows get in new columns, and in those
// that may not be null any more. The zero value never asks.
type filler struct {
	// flag is the answers' name: backfill, or backfill-down.
	flag    string
	answers map[place]op.Default
	replace map[string][]op.Replacement
	// zeros are those that the types do not tell, by column.
	zeros map[string]op.Default
	// renamed says that things had other names a moment ago.
	renamed bool
	ask     bool

	used      map[place]bool
	questions []Question
	// cautions has a sentence for each value that may be refused and about which
	// nobody was asked.
	cautions []string
}

// backfillDown is the flag for Down.
const backfillDown = "backfill-down"

// answer returns the value that somebody gave.
func (f *filler) answer(t *op.Table, column string) (value op.Default, ok bool) {
	about := place{t.Name, column}
	if value, ok = f.answers[about]; ok {
		f.used[about] = true
	}
	return value, ok
}

// unused returns an error for an answer that no column needed.
func (f *filler) unused() error {
	for _, about := range sortedPlaces(f.answers) {
		if !f.used[about] {
			return fmt.Errorf("backfilling %q on the way down: down neither adds the column nor makes it not null; leave the answer out", about)
		}
	}
	return nil
}

// forNew returns the value for a column that is added to a table with rows, or
// no default where none is needed. A column of the key needs one too, whether
// it says NOT NULL or leaves that to the key.
func (f *filler) forNew(before, t *op.Table, c op.Column) op.Default {
	if c.AutoIncrement || !c.Generated.IsZero() {
		return op.Default{}
	}
	if answer, ok := f.answer(t, c.Name); ok {
		return answer
	}
	switch {
	case givesValue(c.Default):
		return f.besideDefault(before, t, c)
	case mayBeNull(t, c):
		return op.Default{}
	default:
		return f.value(t, c)
	}
}

// forAltered returns the value for the nulls of a column that may have none any
// more. A column that leaves the key had none.
func (f *filler) forAltered(before, t *op.Table, from, to op.Column) op.Default {
	hadNone := from.NotNull || hasColumn(before.PrimaryKey, from.Name)
	if hadNone || !to.NotNull || to.AutoIncrement || !to.Generated.IsZero() {
		return op.Default{}
	}
	if answer, ok := f.answer(t, to.Name); ok {
		return answer
	}
	return f.value(t, to)
}

// value returns the column's literal default, or the zero value that a Go
// program reads for a null. Where that would be a lie (a moment that never was,
// a reference to row 0, the same key twice) or a check may refuse it, it asks,
// and returns no value.
func (f *filler) value(t *op.Table, c op.Column) op.Default {
	about := place{t.Name, c.Name}
	value, isHonest := zeroOf(c.Type)
	if told, ok := f.zeros[about.String()]; ok {
		value, isHonest = told, true
	}
	why, answers := "", []string{toFillIn(f.flag, about, sqlValue)}
	text := fmt.Sprintf("Column %q may not be null", about)
	switch keys := keysWith(t, c.Name); {
	case isLiteral(c.Default):
		value, isHonest = c.Default, true
		text = defaultText(about, c.Default)
		why = whyAll(keys)
		if !slices.ContainsFunc(keys, func(k rowKey) bool { return k.isOnly(t, c.Name) }) {
			answers = append([]string{flag(f.flag, about.String()+"="+value.String())}, answers...)
		}
	case len(keys) > 0:
		why = whyAll(keys)
	case isHonest || !f.ask:
		why = checkWith(t, c.Name, value)
	}
	if isHonest && why == "" {
		return value
	}
	if !f.ask {
		if why != "" {
			f.caution(about, value, why)
		}
		return value
	}
	if c.Default.IsZero() || c.Default.Kind == op.DefaultDatabase {
		text += " and has no default"
	}
	f.question(about, text, why, answers)
	return op.Default{}
}

// sqlValue is what an answer has to be.
const sqlValue = "SQL literal or expression"

// defaultText begins the question about a column with a default.
func defaultText(about place, value op.Default) string {
	return fmt.Sprintf("Column %q has the default %s, which existing rows without a value would get", about, value)
}

func (f *filler) question(about place, text, why string, answers []string) {
	end := ": which value do existing rows get?"
	if why != "" {
		end = ", and " + why + end
	}
	f.questions = append(f.questions, Question{About: about.String(), Text: text + end, Answers: answers})
}

// caution says what Down does. Up asks for a value that nobody can guess; Down
// may never run.
func (f *filler) caution(about place, value op.Default, why string) {
	f.cautions = append(f.cautions, fmt.Sprintf("down gives every row %s in column %q, and %s: where there are rows, say %s, or write another Backfill into the file",
		value, about, why, toFillIn(f.flag, about, sqlValue)))
}
