package render

import (
	"strings"
	"unicode/utf8"
)

// longKey is up to how many bytes the keys of a literal are short enough to be
// aligned whatever they are; from then on gofmt compares their lengths.
const longKey = 40

// longText is shorter than what gofmt holds to be too long for one line.
const longText = 100_000

// item is a part of a composite literal or of a list of arguments: a value, below
// a key if there is one.
type item struct{ key, text string }

func (x item) String() string {
	if x.key == "" {
		return x.text
	}
	return x.key + ": " + x.text
}

// asIs returns an expression whose text is not broken into lines here.
func (p *printer) asIs(text string) string {
	p.loose = p.loose || len(text) > longText
	return text
}

// join puts a literal on one line where it fits and nothing in it is broken, else
// each item on a line, as gofmt does it: keys of values that stand on one line
// are followed by blanks up to the longest key among their neighbours.
func join(open string, items []item, end string, broken bool, at place) string {
	var b strings.Builder
	if !broken || len(items) == 0 {
		b.WriteString(open)
		for i, x := range items {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(x.String())
		}
		b.WriteString(end)
		if line := b.String(); at.fits(line) || len(items) == 0 {
			return line
		}
		b.Reset()
	}
	b.WriteString(open)
	b.WriteString("\n")
	indent := indentation(at.depth + 1)
	for len(items) > 0 {
		n, width := neighbours(items)
		for _, x := range items[:n] {
			b.WriteString(indent)
			if x.key != "" {
				b.WriteString(x.key)
				b.WriteString(":")
				b.WriteString(strings.Repeat(" ", width+1-utf8.RuneCountInString(x.key)))
			}
			b.WriteString(x.text)
			b.WriteString(",\n")
		}
		items = items[n:]
	}
	b.WriteString(indentation(at.depth))
	b.WriteString(end)
	return b.String()
}

// neighbours returns how many items at the head of a list are aligned with each
// other, and the width of the longest key among them.
func neighbours(items []item) (n, width int) {
	for n < len(items) && !strings.Contains(items[n].text, "\n") {
		width = max(width, utf8.RuneCountInString(items[n].key))
		n++
	}
	if n == 0 {
		return 1, utf8.RuneCountInString(items[0].key)
	}
	return n, width
}

func indentation(depth int) string { return strings.Repeat("\t", depth) }
