package op

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoteGo returns a Go string literal. A raw literal reads better where the
// text has quotes, backslashes or several lines, but Go's grammar bars some
// text from it: a back quote ends it, a carriage return is dropped, and a byte
// order mark or invalid UTF-8 does not compile.
func quoteGo(s string) string {
	readsBetterRaw := strings.ContainsAny(s, "\"\\\n")
	if readsBetterRaw && utf8.ValidString(s) && !strings.ContainsAny(s, "`\r\ufeff") && !hasControl(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && r != '\t' && !strconv.IsPrint(r)
	})
}
