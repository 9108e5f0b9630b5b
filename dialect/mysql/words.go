package mysql

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// adopter finds out what the server would store for tables in words.
type adopter struct {
	server
	ctx  context.Context
	q    ddl.Querier
	live map[string]*liveTable
}

// sayings returns the tables of a schema in words that are there, by folded
// name, with what would be stored for them.
func (a adopter) sayings(schema op.Schema) (map[string]words.Saying, error) {
	says := map[string]words.Saying{}
	for _, word := range schema.Tables {
		live := a.live[fold(word.Name)]
		if live == nil || live.Name != word.Name && !a.ignoresCase {
			continue
		}
		says[fold(word.Name)] = a.foresee(word)
	}
	for _, word := range schema.Tables {
		live, s := a.live[fold(word.Name)], says[fold(word.Name)]
		if live == nil || s.Word.Name == "" || a.isCertain(s.Word) {
			continue
		}
		asked, err := a.ask(s, live)
		if err != nil {
			return nil, err
		}
		// The text as the server writes it stands on the other side too.
		live.hasText = true
		says[fold(word.Name)] = asked
	}
	return says, nil
}

// foresee says what is stored for a table, as far as that follows from the
// words alone. Parts that cannot be made here are left out of the words; they
// cannot be what is there either.
func (a adopter) foresee(word op.Table) words.Saying {
	word = word.Clone()
	word.Indexes = slices.DeleteFunc(word.Indexes, func(x op.Index) bool { return a.refuse(word.Name, x) != nil })
	stored := word.Clone()
	for i := range stored.Columns {
		a.foreseeColumn(&stored, &stored.Columns[i])
	}
	if stored.Comment == "" {
		stored.Comment = a.commentIn(word.Options)
	}
	a.foreseeParts(stored.PrimaryKey)
	for _, u := range stored.Uniques {
		a.foreseeParts(u.Columns)
	}
	for i := range stored.Indexes {
		x := &stored.Indexes[i]
		x.Where, x.Method = "", ""
		a.foreseeParts(x.Columns)
	}
	for i := range stored.ForeignKeys {
		k := &stored.ForeignKeys[i]
		database, _, _ := splitName(word.Name)
		if database != "" && database != a.server.database {
			qualify(k, database, a.server.database)
		}
	}
	return words.Saying{Word: word, Stored: stored}
}

func (a adopter) foreseeColumn(t *op.Table, c *op.Column) {
	normal, _ := a.normalType(Dialect{}.SpellType(c.Type))
	c.Type = op.Raw(normal)
	isKey := slices.ContainsFunc(t.PrimaryKey, func(p op.KeyPart) bool { return sameName(p.Column, c.Name) })
	c.NotNull = c.NotNull || isKey || c.AutoIncrement
	if text, ok := c.Default.SpelledOn(Name); ok {
		if tokens, err := a.tokenize(text); err == nil {
			c.Default = a.toDefault(normal, a.trimmed(text), tokens)
		}
	} else if c.Default.Kind == op.DefaultDatabase || a.isNull(c.Default) {
		c.Default = op.Default{}
	} else if c.Default.Kind == op.DefaultExpr {
		written := a.spellExpr(c.Default.Text, normal)
		if tokens, err := a.tokenize(written); err == nil {
			c.Default = a.toDefault(normal, a.trimmed(written), tokens)
		}
	}
	if live := a.live[fold(t.Name)]; live != nil {
		dropCollation(c, live.collation)
	}
}

func (a adopter) foreseeParts(parts []op.KeyPart) {
	for i := range parts {
		parts[i].Nulls = ""
		parts[i].Desc = parts[i].Desc && a.hasDescending()
	}
}

// isCertain reports whether foresee knows everything: there is no text that
// the server may write in another way.
func (a adopter) isCertain(word op.Table) bool {
	// MariaDB gives the part of an index over a text without a length one, by the
	// bytes of its characters.
	getsLength := func(p op.KeyPart) bool {
		c := word.Column(p.Column)
		if c == nil || p.Length > 0 {
			return false
		}
		normal, _ := a.normalType(Dialect{}.SpellType(c.Type))
		return isLarge(normal)
	}
	uncertainIndex := func(x op.Index) bool {
		return strings.TrimSpace(x.Options) != "" || slices.ContainsFunc(x.Columns, func(p op.KeyPart) bool { return p.Expr != "" || x.Class == "" && getsLength(p) })
	}
	return len(word.Checks) == 0 && !slices.ContainsFunc(word.Indexes, uncertainIndex) &&
		!slices.ContainsFunc(word.Columns, func(c op.Column) bool { return !a.isCertainColumn(c) })
}

func (a adopter) isCertainColumn(c op.Column) bool {
	normal, certain := a.normalType(Dialect{}.SpellType(c.Type))
	isEnum := base(normal) == "enum" && c.Type.Word == op.WordEnum && !strings.Contains(normal, `\`)
	if !certain && !isEnum || !c.Generated.IsZero() {
		return false
	}
	if c.Default.IsZero() || c.Default.Kind == op.DefaultDatabase {
		return true
	}
	_, isSpelled := c.Default.SpelledOn(Name)
	return !isSpelled && isLiteral(c.Default) && (isNumber(normal) || (isChars(normal) || isEnum) && c.Default.Kind == op.DefaultString)
}

// ask makes the table as a temporary one, under names of our own and without
// foreign keys, reads it back and removes it. A server that refuses leaves what
// was foreseen; so does a text that is wrong here.
func (a adopter) ask(s words.Saying, live *liveTable) (words.Saying, error) {
	trial := s.Word.Clone()
	trial.Name, trial.ForeignKeys, trial.Comment = temporaryName, nil, ""
	trial.Options = "COLLATE=" + live.collation // that of columns without their own
	if database, _, _ := splitName(s.Word.Name); database != "" {
		trial.Name = database + "." + temporaryName
	}
	for i := range trial.Uniques {
		trial.Uniques[i].Name = fmt.Sprintf("limbeck_u%d", i)
	}
	for i := range trial.Checks {
		trial.Checks[i].Name = fmt.Sprintf("limbeck_c%d", i)
	}
	trial.Indexes = nil
	for i, x := range s.Word.Indexes {
		if x.Class == "" { // InnoDB has no other kinds on temporary tables
			x.Name = fmt.Sprintf("limbeck_i%d", i)
			trial.Indexes = append(trial.Indexes, x)
		}
	}
	for _, c := range trial.Columns { // between two primary keys
		if c.AutoIncrement && !(definition{table: trial}).hasKey(c.Name) {
			trial.Indexes = append(trial.Indexes, op.Index{Name: autoKey, Unique: true, Columns: op.Columns(c.Name)})
		}
	}
	def, err := a.trial(trial)
	if err != nil {
		return s, a.ctx.Err()
	}
	return a.asked(s, def, live), nil
}

// temporaryName shadows no table of the user's.
const temporaryName = "limbeck_asks"

// trial makes a temporary table and returns it as it is shown.
func (a adopter) trial(t op.Table) (def definition, err error) {
	text, err := a.createTable(t)
	if err != nil {
		return def, err
	}
	text = strings.Replace(text, "CREATE TABLE", "CREATE TEMPORARY TABLE", 1)
	if _, err := a.q.ExecContext(a.ctx, text); err != nil {
		return def, err
	}
	defer func() {
		// Also when the caller's context is done.
		_, undo := a.q.ExecContext(context.WithoutCancel(a.ctx), "DROP TEMPORARY TABLE IF EXISTS "+quoteTable(t.Name))
		if err == nil {
			err = undo
		}
	}()
	return readDefinition(a.ctx, a.q, a.server, t.Name)
}

// asked takes what the server shows for the words, and keeps apart what the
// raw types of columns bring along.
func (a adopter) asked(s words.Saying, def definition, live *liveTable) words.Saying {
	read := def.table
	for i := range read.Columns {
		dropCollation(&read.Columns[i], live.collation)
	}
	stored := s.Stored
	stored.Columns, stored.PrimaryKey = read.Columns, read.PrimaryKey
	for i := range stored.Checks {
		if c := read.Check(fmt.Sprintf("limbeck_c%d", i)); c != nil {
			stored.Checks[i].Expr = c.Expr
		}
	}
	for i := range stored.Indexes {
		if x := read.Index(fmt.Sprintf("limbeck_i%d", i)); x != nil {
			name := stored.Indexes[i].Name
			stored.Indexes[i] = *x
			stored.Indexes[i].Name = name
		}
	}
	var brought []op.Unique
	for _, x := range read.Indexes {
		if !strings.HasPrefix(x.Name, "limbeck_") && x.Unique {
			brought = append(brought, op.Unique{Name: x.Name, Columns: x.Columns})
		}
	}
	stored.Uniques = append(slices.Clone(brought), stored.Uniques...)
	for i, c := range s.Word.Columns {
		if !a.bindsMore(c) || i >= len(read.Columns) {
			continue
		}
		if s.Bound == nil {
			s.Bound = map[string]op.Table{}
		}
		var with op.Table
		for _, u := range brought {
			if len(u.Columns) == 1 && sameName(u.Columns[0].Column, c.Name) {
				with.Uniques = append(with.Uniques, u)
			}
		}
		if len(s.Word.PrimaryKey) == 0 && len(read.PrimaryKey) == 1 && sameName(read.PrimaryKey[0].Column, c.Name) {
			with.PrimaryKey = read.PrimaryKey
		}
		s.Bound[fold(c.Name)] = with
	}
	s.Stored = stored
	return s
}

// bindsMore reports whether the text of a type says more than a type: NOT NULL,
// a default, a key, a collation.
func (a adopter) bindsMore(c op.Column) bool {
	cursor, err := newCursor(a.mode, Dialect{}.SpellType(c.Type))
	if err != nil {
		return true
	}
	return cursor.typeName().name == "serial" || !cursor.done()
}
