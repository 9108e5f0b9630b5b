package diff

import (
	"fmt"

	"github.com/go-limbeck/limbeck/op"
)

// converter says what the values of a column become whose type changes. The
// zero value leaves it to the database.
type converter struct {
	// flag is the answers' name: using, or using-down.
	flag    string
	answers map[place]string
	convert func(column string, from, to op.Type) (ok bool, using []string)

	used      map[place]bool
	questions []Question
}

// using returns the expression for the new values, or "" where the database
// has a way of its own. Where there is neither it asks.
func (v *converter) using(table string, from, to op.Column) string {
	if from.Type.Equal(to.Type) || !from.Generated.IsZero() || !to.Generated.IsZero() {
		return ""
	}
	about := place{table, to.Name}
	if answer, ok := v.answers[about]; ok {
		v.used[about] = true
		return answer
	}
	if v.convert == nil {
		return ""
	}
	ok, suggestions := v.convert(to.Name, from.Type, to.Type)
	if ok {
		return ""
	}
	var answers []string
	for _, text := range suggestions {
		answers = append(answers, flag(v.flag, about.String()+"="+text))
	}
	if !to.NotNull {
		answers = append(answers, flag(v.flag, about.String()+"=NULL"))
	}
	v.questions = append(v.questions, Question{
		About: about.String(),
		Text: fmt.Sprintf("Column %q %s from %s to %s, and the database has no way to turn one into the other: what do its values become?",
			about, map[bool]string{true: "changes back", false: "changes"}[v.flag == usingDown], from.Type, to.Type),
		Answers: append(answers, toFillIn(v.flag, about, "SQL expression of the old value")),
	})
	return ""
}

// usingDown is the flag for Down.
const usingDown = "using-down"

// unused returns an error for an answer that no column needed.
func (v *converter) unused() error {
	for _, about := range sortedPlaces(v.answers) {
		if !v.used[about] {
			return fmt.Errorf("converting %q: the type of the column does not change; leave the answer out", about)
		}
	}
	return nil
}
