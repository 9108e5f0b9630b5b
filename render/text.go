package render

import (
	"io"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// Line is one line of a list of operations as people read it.
type Line struct {
	// Sign says what happens: "+" something is added, "-" something goes, "~"
	// something changes, "*" anything else is done, such as SQL. It is empty
	// for a line that tells more of the one above it.
	Sign string
	// Indent is how many levels the line stands below the one it belongs to.
	Indent int
	// Text has no line breaks or control characters, whatever the names in it.
	Text string
}

// String returns the line as [Text] writes it.
func (l Line) String() string {
	text := strings.Repeat("    ", l.Indent)
	if l.Sign != "" {
		text += l.Sign + " "
	}
	return text + l.Text
}

// Text writes the list for people to read, a line for each step and below a new
// table a line for each thing in it. What is done to one table stands together,
// at the place of its first step. The error is the writer's.
func Text(w io.Writer, up op.List) error {
	var b strings.Builder
	for _, line := range Lines(up) {
		b.WriteString(line.String() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Lines returns what [Text] writes, for callers with colours of their own.
func Lines(up op.List) []Line {
	var groups [][]Line
	groupOf := map[string]int{} // by table
	for _, o := range up {
		if o == nil {
			continue
		}
		table := tableOf(o)
		at, ok := groupOf[table]
		if !ok || table == "" {
			at = len(groups)
			groups = append(groups, nil)
			groupOf[table] = at
		}
		groups[at] = append(groups[at], linesOf(o)...)
	}
	var list []Line
	for _, group := range groups {
		list = append(list, group...)
	}
	return list
}

func linesOf(o op.Operation) []Line {
	list := []Line{{Sign: sign(o.Kind()), Text: oneLine(o.String())}}
	if o, ok := o.(op.CreateTable); ok {
		list = append(list, tableLines(op.Table(o))...)
	}
	return list
}

// sign reads off the kind what happens, so that operations of other packages
// ("create_view") have theirs too.
func sign(kind string) string {
	verb, _, _ := strings.Cut(kind, "_")
	switch verb {
	case "create", "add":
		return "+"
	case "drop":
		return "-"
	case "rename", "alter", "set":
		return "~"
	}
	return "*"
}
