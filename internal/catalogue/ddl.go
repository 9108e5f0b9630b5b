package catalogue

import (
	"regexp"
	"slices"
	"strings"
)

// plain returns DDL without what has no meaning: the quotes of names, double
// spaces, spaces beside parentheses, commas and operators, the case of words
// that are not quoted, ASC and GENERATED ALWAYS. GORM's driver quotes text after
// DEFAULT as a name, which SQLite takes for text; it becomes text here.
func plain(sql string) string {
	var b strings.Builder
	// Quoted things are put aside, so that the cleaning does not reach them.
	var quoted []string
	for i := 0; i < len(sql); i++ {
		quote := sql[i]
		if quote == '[' {
			quote = ']'
		}
		if !strings.ContainsRune("`\"'[", rune(sql[i])) {
			b.WriteByte(sql[i])
			continue
		}
		end := i + 1
		for end < len(sql) && (sql[end] != quote || quote != ']' && end+1 < len(sql) && sql[end+1] == quote) {
			if sql[end] == quote {
				end++
			}
			end++
		}
		text := sql[i+1 : min(end, len(sql))]
		i = end
		isDefault := strings.HasSuffix(strings.TrimRight(b.String(), " "), "DEFAULT")
		switch {
		case quote == '\'':
			text = "'" + text + "'"
		case quote == '"' && isDefault:
			text = "'" + strings.ReplaceAll(strings.ReplaceAll(text, `""`, `"`), "'", "''") + "'"
		}
		if !strings.HasPrefix(text, "'") {
			// As without quotes; signs would divide the definition.
			text = strings.ToUpper(signs.Replace(text))
			if constraint.MatchString(text) {
				text = "⟨" + text + "⟩" // a column of that name
			}
		}
		quoted = append(quoted, text)
		b.WriteByte(0)
	}
	text := strings.ToUpper(strings.Join(strings.Fields(b.String()), " "))
	text = besideSigns.ReplaceAllString(optional.Replace(text), "$1")
	for _, q := range quoted {
		text = strings.Replace(text, "\x00", q, 1)
	}
	return text
}

// optional are words that say nothing more.
var optional = strings.NewReplacer(" ASC", "", " GENERATED ALWAYS AS", " AS")

var signs = strings.NewReplacer("'", "’", "(", "⟮", ")", "⟯", ",", "‚")

var besideSigns = regexp.MustCompile(` ?([(),<>=]+) ?`)

// split divides DDL at its outermost commas.
func split(text string) []string {
	var parts []string
	depth, start, inText := 0, 0, false
	for i, c := range text {
		switch {
		case c == '\'':
			inText = !inText
		case inText:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

var constraint = regexp.MustCompile(`^(CONSTRAINT|PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY)\b`)

// elements returns what stands between the parentheses of CREATE TABLE, the
// columns in their order and the constraints sorted, since GORM writes them in
// a random order; and what stands after them.
func elements(sql string) (columns, constraints []string, options string) {
	text := plain(sql)
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	for _, part := range split(text[open+1 : end]) {
		if constraint.MatchString(part) {
			constraints = append(constraints, part)
		} else {
			columns = append(columns, part)
		}
	}
	slices.Sort(constraints)
	return columns, constraints, text[end+1:]
}
