package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// hazard says in a sentence what a person must know before the operation is
// run on rows that matter, or returns "".
func hazard(o op.Operation) string {
	switch o := o.(type) {
	case op.DropTable:
		return fmt.Sprintf("Data is lost: the rows of table %s.", o.Name)
	case op.DropColumn:
		return fmt.Sprintf("Data is lost: the values of column %s.%s.", o.Table, o.Column)
	case op.AlterColumn:
		if o.From.Generated.IsZero() && !o.To.Generated.IsZero() {
			return fmt.Sprintf("Data is lost: the values of column %s.%s give way to what it computes.", o.Table, o.To.Name)
		}
		return typeHazard(o.From.Type, o.To.Type, o.Replace)
	case op.AlterEnum:
		return valuesHazard(o.From, o.To, o.Replace)
	}
	return ""
}

// drops reports whether the operation's hazard is that something goes.
func drops(o op.Operation) bool {
	switch o.(type) {
	case op.DropTable, op.DropColumn:
		return true
	}
	return false
}

func typeHazard(from, to op.Type, replace []op.Replacement) string {
	before, wasEnum := from.EnumValues()
	after, isEnum := to.EnumValues()
	switch {
	case from.Equal(to):
		return ""
	case wasEnum && isEnum:
		return valuesHazard(before, after, replace)
	case family(from) == "" || family(from) != family(to):
		return fmt.Sprintf("Values are converted, which may fail or lose some: %s becomes %s.", from, to)
	case narrower(from, to):
		return fmt.Sprintf("Values may not fit: %s is narrower than %s.", to, from)
	}
	return ""
}

// family names the types among which a database keeps values as they are, as
// long as they fit. It is empty for those of which only the database knows:
// raw text, and words with a spelling of their own somewhere.
func family(t op.Type) string {
	if len(t.Spellings) > 0 {
		return ""
	}
	switch t.Word {
	case op.WordInt, op.WordUint:
		return "integer"
	case op.WordString, op.WordText, op.WordKeyText:
		return "text"
	case op.WordRaw:
		return ""
	}
	return string(t.Word)
}

// narrower reports whether a value of the one type may not fit the other, of
// the same family.
func narrower(from, to op.Type) bool {
	switch to.Word {
	case op.WordInt, op.WordUint:
		return narrowerInteger(from, to)
	case op.WordDecimal:
		scale, toScale := size(from, 1, 0), size(to, 1, 0)
		return toScale < scale || size(to, 0, 0)-toScale < size(from, 0, 0)-scale
	case op.WordTime:
		// Six digits are the most that a database keeps.
		return size(to, 0, 6) < size(from, 0, 6)
	}
	room := length(to)
	if to.Word == op.WordKeyText {
		room = 191 // on MySQL
	}
	return room < length(from)
}

func narrowerInteger(from, to op.Type) bool {
	bits, toBits := size(from, 0, 64), size(to, 0, 64)
	switch {
	case from.Word == to.Word:
		return toBits < bits
	case to.Word == op.WordUint:
		return true // negative values
	default:
		return toBits <= bits // the sign takes a bit
	}
}

// length is how many characters, bytes or bits fit.
func length(t op.Type) int {
	const unlimited = int(^uint(0) >> 1)
	if t.Word == op.WordText || t.Word == op.WordKeyText {
		return unlimited
	}
	return size(t, 0, unlimited)
}

func size(t op.Type, arg, otherwise int) int {
	if n, ok := t.Arg(arg); ok {
		return n
	}
	return otherwise
}

// valuesHazard names the values of an enum that go and have no replacement.
func valuesHazard(from, to []string, replace []op.Replacement) string {
	var gone []string
	for _, value := range from {
		isReplaced := slices.ContainsFunc(replace, func(r op.Replacement) bool { return r.From == value })
		if !slices.Contains(to, value) && !isReplaced {
			gone = append(gone, strconv.Quote(value))
		}
	}
	if len(gone) == 0 {
		return ""
	}
	return "Refused where rows hold a value that goes: " + strings.Join(gone, ", ") + "."
}
