package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// colours are the escape codes of signs. They are used on a terminal only, and
// never with NO_COLOR (https://no-color.org).
var colours = map[string]string{"+": "\x1b[32m", "-": "\x1b[31m", "~": "\x1b[33m", "*": "\x1b[36m"}

func coloured(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}

// isTerminal reports whether a stream of any kind is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// printLines writes operations for people, a line each.
func printLines(w io.Writer, ops op.List) {
	writeLines(w, ops, coloured(w))
}

func writeLines(w io.Writer, ops op.List, colour bool) {
	current := ""
	for _, line := range render.Lines(ops) {
		if line.Sign != "" {
			current = colours[line.Sign]
		}
		if colour && current != "" {
			fmt.Fprintf(w, "%s%s\x1b[0m\n", current, line)
		} else {
			fmt.Fprintln(w, line)
		}
	}
}

// oneLine shows text of several lines as one, for output of a line each.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// taken shows how long something took. Less than a millisecond is not nothing.
func taken(d time.Duration) string {
	if d < time.Millisecond {
		return "<1ms"
	}
	return d.Round(time.Millisecond).String()
}

// say writes a sentence to standard error.
func (c Config) say(format string, args ...any) {
	fmt.Fprintf(c.Stderr, format+"\n", args...)
}

// sayAside tells what a comparison found and leaves alone.
func (c Config) sayAside(plan diff.Plan) {
	for _, sentence := range plan.Cautions {
		c.say("caution: %s", sentence)
	}
	for _, sentence := range plan.Incomparable {
		c.say("not comparable: %s", sentence)
	}
	c.sayObjects("unmanaged, left alone", plan.Unmanaged)
	c.sayObjects("different, and left out by a filter", plan.Excluded)
}

func (c Config) sayObjects(what string, objects []diff.Object) {
	if len(objects) == 0 {
		return
	}
	names := make([]string, len(objects))
	for i, o := range objects {
		names[i] = o.String()
	}
	c.say("%s: %s", what, strings.Join(names, ", "))
}

// sayAgree tells that a comparison found nothing to do.
func (c Config) sayAgree(plan diff.Plan, o autogen.Options) {
	if len(plan.Incomparable) > 0 {
		c.say("nothing to do that a revision could do")
		return
	}
	c.say("nothing to do: the %s and the %s agree", cmp.Or(o.To, autogen.ToModels), o.From)
}

func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
