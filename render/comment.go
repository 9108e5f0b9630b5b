package render

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// docComment returns the comment above func init: the message as a sentence,
// then the file's own lines.
func (f File) docComment() string {
	text := oneLine(f.Revision.Message)
	if text == "" {
		text = "revision " + oneLine(f.Revision.ID)
	}
	comment := commentLine(sentence(text))
	if strings.TrimSpace(f.Comment) == "" {
		return comment
	}
	comment += "//\n"
	for line := range strings.Lines(strings.TrimSpace(f.Comment)) {
		comment += commentLine(oneLine(line))
	}
	return comment
}

// sentence gives a phrase a capital and a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

// commentLine returns the text, which is one line, as a line of comment.
// Directives such as //go:build have no space after the slashes and so cannot
// arise, but the old form of build constraints has one: gofmt moves it up to
// the package clause.
func commentLine(text string) string {
	text = strings.TrimLeft(text, "+ ")
	if text == "" {
		return "//\n"
	}
	return "// " + text + "\n"
}

// oneLine returns text from outside so that it stays on its line, in a comment
// or on a terminal: white space becomes one space, and what Go source bars
// from comments or a terminal would obey is left out.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !strconv.IsPrint(r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
