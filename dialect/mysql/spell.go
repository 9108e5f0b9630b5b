package mysql

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// spellColumn writes a column definition without its name.
func (s server) spellColumn(c op.Column) string {
	text := Dialect{}.SpellType(c.Type)
	var room [8]string
	parts := append(room[:0], text)
	if c.Collate != "" {
		parts = append(parts, "COLLATE "+c.Collate)
	}
	if !c.Generated.IsZero() {
		kind := "VIRTUAL"
		if c.Generated.Stored {
			kind = "STORED"
		}
		parts = append(parts, fmt.Sprintf("GENERATED ALWAYS AS (%s) %s", s.trimmed(c.Generated.Expr), kind))
	}
	normal, _ := s.normalType(text)
	switch {
	case c.NotNull && !(s.isMaria && !c.Generated.IsZero()): // MariaDB does not take it there
		parts = append(parts, "NOT NULL")
	case !c.NotNull && base(normal) == "timestamp" && !strings.Contains(strings.ToUpper(text), "NULL"):
		// Without explicit_defaults_for_timestamp it would be NOT NULL and
		// change with every update.
		parts = append(parts, "NULL")
	}
	if text := s.spellDefault(c, normal); text != "" {
		parts = append(parts, "DEFAULT "+text)
	}
	if c.AutoIncrement {
		parts = append(parts, "AUTO_INCREMENT")
	}
	if c.Comment != "" {
		parts = append(parts, "COMMENT "+s.quoteString(c.Comment))
	}
	return strings.Join(parts, " ")
}

// spellDefault returns the text after DEFAULT, or "" for none.
func (s server) spellDefault(c op.Column, normal string) string {
	d := c.Default
	if text, ok := d.SpelledOn(Name); ok {
		d = op.Expr(text)
	}
	switch d.Kind {
	case op.DefaultExpr:
		return s.spellExpr(d.Text, normal)
	case op.DefaultString, op.DefaultBytes:
		if d.Kind == op.DefaultString {
			d.Text = withoutOffset(d.Text, normal)
		}
		text := s.spellDefaultText(d)
		if !s.isMaria && isLarge(normal) {
			return "(" + text + ")" // MySQL takes only an expression here
		}
		return text
	default:
		return s.spellDefaultText(d)
	}
}

func (s server) spellDefaultText(d op.Default) string {
	switch d.Kind {
	case op.DefaultString:
		return s.quoteString(d.Text)
	case op.DefaultNumber, op.DefaultBool, op.DefaultExpr:
		return d.Text
	case op.DefaultBytes:
		return "x'" + d.Text + "'"
	default:
		return ""
	}
}

// moment is a time as GORM writes it for other databases, with an offset that
// MySQL and MariaDB do not take in a literal.
var moment = regexp.MustCompile(`^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)

// withoutOffset returns the same moment in UTC, or its day for a date.
func withoutOffset(text, normal string) string {
	isDate := normal == "date"
	if !isDate && base(normal) != "datetime" && base(normal) != "timestamp" || !moment.MatchString(text) {
		return text
	}
	t, err := time.Parse("2006-01-02T15:04:05.999999999Z07:00", strings.Replace(text, " ", "T", 1))
	switch {
	case err != nil:
		return text
	case isDate:
		return t.UTC().Format("2006-01-02")
	case base(normal) == "timestamp" && t.IsZero():
		return "1970-01-02 00:00:00" // the first day that it has in every time zone
	}
	return t.UTC().Format("2006-01-02 15:04:05.999999999")
}

// spellExpr writes a default that is SQL, with what GORM's tag may say behind
// it: ON UPDATE. The server wants parentheses around anything but a literal and
// the time of day, and this with the column's own precision.
func (s server) spellExpr(text, normal string) string {
	tokens, err := s.tokenize(text)
	if err != nil || len(tokens) == 0 {
		return text
	}
	text = s.trimmed(text)
	shift := tokens[0].start
	for i := range tokens {
		tokens[i].start -= shift
		tokens[i].end -= shift
	}
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].is("ON") && tokens[i+1].is("UPDATE") {
			value := s.spellTerm(text[:tokens[i-1].end], tokens[:i], normal)
			update := tokens[i+2:]
			if len(update) == 0 {
				return text
			}
			return value + " ON UPDATE " + s.spellTerm(text[update[0].start:], update, normal)
		}
	}
	return s.spellTerm(text, tokens, normal)
}

func (s server) spellTerm(text string, tokens []token, normal string) string {
	if isNow(text) {
		if _, digits, found := strings.Cut(normal, "("); found && !strings.Contains(text, "(") || strings.HasSuffix(text, "()") {
			if digits = strings.TrimSuffix(digits, ")"); digits != "" {
				return "CURRENT_TIMESTAMP(" + digits + ")"
			}
		}
		return text
	}
	first := tokens[0]
	n := len(tokens)
	if first.isAny("+", "-") && n > 1 {
		first, n = tokens[1], n-1
	}
	isConstant := first.kind == tokenString || first.kind == tokenNumber || first.kind == tokenLiteral || first.isAny("NULL", "TRUE", "FALSE")
	if n == 1 && isConstant || first.is("(") && closing(tokens, 0) == len(tokens)-1 {
		return text
	}
	// A raw default may have attributes behind it that stand outside.
	if slices.ContainsFunc(tokens[1:], func(t token) bool { return t.isAny("COMMENT", "CHECK", "COLLATE", "AUTO_INCREMENT", "INVISIBLE") }) {
		return text
	}
	return "(" + text + ")"
}

// createTable writes the statement that makes a table, with its indexes inside
// as GORM writes it.
func (s server) createTable(t op.Table) (string, error) {
	lines := make([]string, 0, len(t.Columns)+1+len(t.Indexes)+len(t.ForeignKeys)+len(t.Uniques)+len(t.Checks))
	keyDone := false
	for _, c := range t.Columns {
		if _, isOwn := c.Type.SpelledOn(Name); isOwn || c.Type.Word == op.WordRaw {
			keyDone = keyDone || strings.Contains(strings.ToUpper(Dialect{}.SpellType(c.Type)), "PRIMARY KEY")
		}
		lines = append(lines, quoteName(c.Name)+" "+s.spellColumn(c))
	}
	if len(t.PrimaryKey) > 0 && !keyDone {
		lines = append(lines, "PRIMARY KEY ("+s.spellParts(t.PrimaryKey)+")")
	}
	for _, x := range t.Indexes {
		if err := s.refuse(t.Name, x); err != nil {
			return "", err
		}
		lines = append(lines, s.spellIndex(x))
	}
	for _, k := range t.ForeignKeys {
		text, err := s.spellForeignKey(t.Name, k)
		if err != nil {
			return "", err
		}
		lines = append(lines, text)
	}
	for _, u := range t.Uniques {
		lines = append(lines, s.spellUnique(u))
	}
	for _, c := range t.Checks {
		text, err := s.spellCheck(t.Name, c)
		if err != nil {
			return "", err
		}
		lines = append(lines, text)
	}
	text := "CREATE TABLE " + quoteTable(t.Name) + " (\n  " + strings.Join(lines, ",\n  ") + "\n)"
	if options := strings.TrimSpace(t.Options); options != "" {
		text += " " + options
	}
	if t.Comment != "" {
		text += " COMMENT=" + s.quoteString(t.Comment)
	}
	return text, nil
}

func constraint(name string) string {
	if name == "" {
		return ""
	}
	return "CONSTRAINT " + quoteName(name) + " "
}

func (s server) spellUnique(u op.Unique) string {
	return constraint(u.Name) + "UNIQUE (" + s.spellParts(u.Columns) + ")"
}

// spellCheck refuses where the server would read the check and forget it.
func (s server) spellCheck(table string, c op.Check) (string, error) {
	if !s.hasChecks() {
		return "", fmt.Errorf("check %q of table %q: %w: %s reads checks and does not keep them; leave it out of the model, or use mysql 8.0.16 or later", c.Name, table, ddl.ErrUnsupported, s)
	}
	expr, off := strings.CutSuffix(c.Expr, "/* NOT ENFORCED */")
	text := constraint(c.Name) + "CHECK (" + s.trimmed(expr) + ")"
	if off {
		text += " NOT ENFORCED"
	}
	return text, nil
}

func (s server) spellForeignKey(table string, k op.ForeignKey) (string, error) {
	if err := s.refuseForeignKey(table, k); err != nil {
		return "", err
	}
	text := constraint(k.Name) + "FOREIGN KEY (" + quoteNames(k.Columns) + ") REFERENCES " + quoteTable(s.target(table, k))
	if len(k.RefColumns) > 0 {
		text += "(" + quoteNames(k.RefColumns) + ")"
	}
	if k.OnDelete != "" {
		text += " ON DELETE " + k.OnDelete
	}
	if k.OnUpdate != "" {
		text += " ON UPDATE " + k.OnUpdate
	}
	return text, nil
}

// target returns the name of the table that a key refers to. The server looks
// for a plain one beside the table of the key, which can be in another database,
// and not in the session's.
func (s server) target(table string, k op.ForeignKey) string {
	isElsewhere := strings.Contains(table, ".") && !strings.HasPrefix(s.foldTable(table), s.foldTable(s.database)+".")
	if !isElsewhere || strings.Contains(k.RefTable, ".") || s.database == "" {
		return k.RefTable
	}
	return s.database + "." + k.RefTable
}

// refuseForeignKey returns an error for a key that the server cannot have: what it
// says is never what is there.
func (s server) refuseForeignKey(table string, k op.ForeignKey) error {
	if clause := strings.ToUpper(strings.TrimSpace(k.Deferrable)); clause != "" && clause != "NOT DEFERRABLE" {
		return fmt.Errorf("foreign key %q of table %q: %w: %s checks references at once and never later; leave %s out", k.Name, table, ddl.ErrUnsupported, s, clause)
	}
	if match := strings.ToUpper(strings.TrimSpace(k.Match)); match != "" && match != "SIMPLE" {
		return fmt.Errorf("foreign key %q of table %q: %w: %s reads MATCH %s, and does not act on it; leave it out", k.Name, table, ddl.ErrUnsupported, s, match)
	}
	return nil
}
