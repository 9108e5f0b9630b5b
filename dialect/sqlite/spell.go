package sqlite

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// SpellType returns the column type that stands for t on SQLite. The table is
// frozen: it is what gorm.io/driver/sqlite v1.6.0 writes, and a committed
// revision keeps its meaning whatever later drivers do.
func (Dialect) SpellType(t op.Type) string {
	if text, ok := t.SpelledOn(Name); ok {
		return text
	}
	switch t.Word {
	case op.WordBool:
		return "numeric"
	case op.WordInt, op.WordUint:
		return "integer"
	case op.WordFloat, op.WordDecimal:
		return "real"
	case op.WordString, op.WordText, op.WordKeyText, op.WordEnum:
		return "text"
	case op.WordBytes:
		return "blob"
	case op.WordTime:
		return "datetime"
	default:
		return t.Text
	}
}

// spellDefault returns the text after DEFAULT, or "" for none. Strings stand
// in double quotes because GORM writes them so and compares the stored text
// with its own; in this place SQLite's grammar takes them as strings.
func spellDefault(d op.Default) string {
	if text, ok := d.SpelledOn(Name); ok {
		return defaultTerm(text)
	}
	switch d.Kind {
	case op.DefaultString:
		return `"` + strings.ReplaceAll(d.Text, `"`, `""`) + `"`
	case op.DefaultNumber, op.DefaultBool:
		return d.Text
	case op.DefaultBytes:
		return "x'" + d.Text + "'"
	case op.DefaultExpr:
		return defaultTerm(d.Text)
	default:
		return ""
	}
}

// defaultTerm adds the parentheses that SQLite wants around any default that
// is no literal (GORM leaves them out and fails: `default:now()`).
func defaultTerm(text string) string {
	tokens, err := tokenize(text)
	if err != nil || len(tokens) == 0 {
		return text
	}
	text = trimmed(text)
	if first := tokens[0]; len(tokens) > 1 && (first.is("+") || first.is("-")) && tokens[1].kind == tokenNumber {
		tokens = tokens[1:]
	}
	if len(tokens) == 1 || tokens[0].is("(") && closing(tokens, 0) == len(tokens)-1 {
		return text
	}
	return "(" + text + ")"
}

// spellColumn returns a column definition. The primary key stands with the
// column only where it has to: for AUTOINCREMENT.
func spellColumn(c op.Column, keyHere bool) string {
	var b strings.Builder
	writeColumn(&b, c, keyHere)
	return b.String()
}

func writeColumn(b *strings.Builder, c op.Column, keyHere bool) {
	writeName(b, c.Name)
	if text := (Dialect{}).SpellType(c.Type); text != "" {
		b.WriteString(" ")
		b.WriteString(text)
	}
	if keyHere {
		b.WriteString(" PRIMARY KEY AUTOINCREMENT")
	}
	if c.NotNull && !typeHasNotNull(c.Type) {
		b.WriteString(" NOT NULL")
	}
	if text := spellDefault(c.Default); text != "" {
		b.WriteString(" DEFAULT ")
		b.WriteString(text)
	}
	if c.Collate != "" {
		b.WriteString(" COLLATE ")
		b.WriteString(c.Collate)
	}
	if !c.Generated.IsZero() {
		b.WriteString(" ")
		b.WriteString(spellGenerated(c.Generated))
	}
}

func spellGenerated(g op.Generated) string {
	kind := "VIRTUAL"
	if g.Stored {
		kind = "STORED"
	}
	return fmt.Sprintf("GENERATED ALWAYS AS (%s) %s", trimmed(g.Expr), kind)
}

// numbersItself reports whether the column gets PRIMARY KEY AUTOINCREMENT:
// SQLite has it only for a key of one integer column. GORM's driver v1.6.0
// writes it for a column of a composite key too and so loses the rest of the
// key; that is not repeated here.
func numbersItself(t op.Table, c op.Column) bool {
	return c.AutoIncrement && len(t.PrimaryKey) == 1 && t.PrimaryKey[0].Column == c.Name &&
		sameName((Dialect{}).SpellType(c.Type), "integer")
}

// createTable returns the statement that makes a table; its indexes are
// statements of their own.
func createTable(t op.Table) string {
	var b strings.Builder
	b.Grow(64 + 32*len(t.Columns) + 96*len(t.ForeignKeys)) // about
	b.WriteString("CREATE TABLE ")
	writeName(&b, t.Name)
	before := " (\n  "
	next := func() *strings.Builder {
		b.WriteString(before)
		before = ",\n  "
		return &b
	}
	keyDone := false
	for _, c := range t.Columns {
		here := numbersItself(t, c)
		keyDone = keyDone || here || len(t.PrimaryKey) > 0 && typeHasKey(c)
		writeColumn(next(), c, here)
	}
	if len(t.PrimaryKey) > 0 && !keyDone {
		next().WriteString(constraint(t.PrimaryKeyName) + "PRIMARY KEY (" + spellParts(t.PrimaryKey) + ")")
	}
	for _, k := range t.ForeignKeys {
		next().WriteString(spellForeignKey(k))
	}
	for _, u := range t.Uniques {
		next().WriteString(spellUnique(u))
	}
	for _, c := range t.Checks {
		next().WriteString(spellCheck(c))
	}
	if before[0] == ' ' {
		next() // SQLite refuses a table without columns, in its own words
	}
	b.WriteString("\n)")
	if options := strings.TrimSpace(t.Options); options != "" {
		b.WriteString(" ")
		b.WriteString(options)
	}
	return b.String()
}

// typeHasKey reports whether the text of a raw type makes the column the
// primary key, as in `type:integer PRIMARY KEY AUTOINCREMENT`.
func typeHasKey(c op.Column) bool {
	d, err := columnFrom(c)
	return err == nil && d.constraint(primaryKeyConstraint) != nil
}

// typeHasNotNull reports whether the text of a raw type says NOT NULL, perhaps
// with what is to be done on conflict; said again, it would do nothing special.
func typeHasNotNull(t op.Type) bool {
	if t.Word != op.WordRaw {
		return false
	}
	tokens, err := tokenize(t.Text)
	if err != nil {
		return false
	}
	for i := range tokens[:max(len(tokens)-1, 0)] {
		if tokens[i].is("NOT") && tokens[i+1].is("NULL") {
			return true
		}
	}
	return false
}

func constraint(name string) string {
	if name == "" {
		return ""
	}
	return "CONSTRAINT " + quoteName(name) + " "
}

// spellUnique writes a unique constraint, with what it does on conflict. Other
// options are those of other databases.
func spellUnique(u op.Unique) string {
	text := constraint(u.Name) + "UNIQUE (" + spellParts(u.Columns) + ")"
	if strings.HasPrefix(u.Options, "ON CONFLICT ") {
		text += " " + u.Options
	}
	return text
}

func spellCheck(c op.Check) string {
	return constraint(c.Name) + "CHECK (" + trimmed(c.Expr) + ")"
}

func spellForeignKey(k op.ForeignKey) string {
	text := constraint(k.Name) + "FOREIGN KEY (" + quoteNames(k.Columns) + ") REFERENCES " + quoteName(k.RefTable)
	if len(k.RefColumns) > 0 {
		text += "(" + quoteNames(k.RefColumns) + ")"
	}
	if k.OnDelete != "" {
		text += " ON DELETE " + k.OnDelete
	}
	if k.OnUpdate != "" {
		text += " ON UPDATE " + k.OnUpdate
	}
	if k.Deferrable != "" {
		text += " " + k.Deferrable
	}
	return text
}

// createIndex writes the statement that makes an index. Access methods are a
// matter of other databases; FULLTEXT and SPATIAL say something that a plain
// index would not keep, so they are refused.
func createIndex(table string, x op.Index) (string, error) {
	if x.Class != "" {
		return "", fmt.Errorf("creating index %q on %q: sqlite has no %s index; leave it out of the model for sqlite, or use an FTS5 or R-tree table by op.Exec", x.Name, table, x.Class)
	}
	unique := ""
	if x.Unique {
		unique = "UNIQUE "
	}
	text := "CREATE " + unique + "INDEX " + quoteName(x.Name) + " ON " + quoteName(table) + "(" + spellParts(x.Columns) + ")"
	if x.Where != "" {
		text += " WHERE " + trimmed(x.Where)
	}
	return text, nil
}
