package diff_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

func TestConvert(t *testing.T) {
	numbers, times := entity("t", col("at", op.Int(64))), entity("t", notNull("at", op.Time()))
	convert := func(column string, from, to op.Type) (bool, []string) {
		if to.Word == op.WordTime {
			return false, []string{"to_timestamp(" + column + ")"}
		}
		return from.Word == op.WordText, nil
	}
	up := []string{"alter column t.at: type int(64) → time, not null"}
	down := []string{"alter column t.at: type time → int(64), nullable"}
	run(t, []comparison{
		{
			name:    "asks both ways",
			current: schema(numbers), desired: schema(times),
			options: diff.Options{Convert: convert, Backfills: map[string]op.Default{"t.at": op.Expr("now()")}},
			up:      []string{up[0] + ", nulls become now()"}, down: down,
			questions: []diff.Question{
				{
					About: "t.at", Text: `Column "t.at" changes from int(64) to time, and the database has no way to turn one into the other: what do its values become?`,
					Answers: []string{"--using 't.at=to_timestamp(at)'", "--using t.at=<SQL expression of the old value>"},
				},
				{
					About: "t.at", Text: `Column "t.at" changes back from time to int(64), and the database has no way to turn one into the other: what do its values become?`,
					Answers: []string{"--using-down t.at=NULL", "--using-down t.at=<SQL expression of the old value>"},
				},
			},
		},
		{
			name:    "answered",
			current: schema(numbers), desired: schema(times),
			options: diff.Options{
				Convert: convert, Backfills: map[string]op.Default{"t.at": op.Expr("now()")},
				Usings: map[string]string{"t.at": "to_timestamp(at)"}, UsingsDown: map[string]string{"t.at": "NULL"},
			},
			up:   []string{up[0] + ", values become to_timestamp(at), nulls become now()"},
			down: []string{down[0] + ", values become NULL"},
		},
		{
			name:    "where the database can",
			current: schema(entity("t", col("at", op.Text()))), desired: schema(entity("t", col("at", op.Int(64)))),
			options: diff.Options{Convert: func(string, op.Type, op.Type) (bool, []string) { return true, nil }},
			up:      []string{"alter column t.at: type text → int(64)"}, down: []string{"alter column t.at: type int(64) → text"},
		},
		{
			name:    "a column that has another name as well",
			current: schema(numbers), desired: schema(entity("t", col("born", op.Time()))),
			options: diff.Options{
				Renames: []diff.Rename{{Table: "t", From: "at", To: "born"}},
				Usings:  map[string]string{"t.born": "to_timestamp(born)"},
			},
			up:   []string{"rename column t.at to born", "alter column t.born: type int(64) → time, values become to_timestamp(born)"},
			down: []string{"alter column t.born: type time → int(64)", "rename column t.born to at"},
		},
	})
	for answer, want := range map[string]string{
		"t.id":   `converting "t.id": the type of the column does not change`,
		"t.none": `converting "t.none": there is no such column`,
		"u.at":   `converting "u.at": there is no such column`,
	} {
		for _, o := range []diff.Options{{Usings: map[string]string{answer: "1"}}, {UsingsDown: map[string]string{answer: "1"}}} {
			if _, err := diff.Compare(schema(numbers), schema(times), o); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %s", answer, err, want)
			}
		}
	}
}
