package mysql

import (
	"context"
	"database/sql"
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
	// scratch is where the server is asked that may not be asked here, or nil.
	scratch *sql.DB
	// refusals are why no temporary tables can be made in a database, "" where
	// they can be.
	refusals map[string]string
	// made are the temporary tables that are there now.
	made map[string]bool
}

// Rephrase knows no mode of a server, and takes no string in quotes for a name or
// the other way round. Views are left alone: which columns a query has only the
// server can tell.
func (Dialect) Rephrase(said []op.Schema) []op.Schema {
	return words.RephraseUnasked(said, server{}.rules())
}

// lookups returns the sayings of each schema, and leaves no temporary table.
func (a adopter) lookups(schemas []op.Schema, known map[string]*op.Table) (lookups []map[string]words.Saying, err error) {
	defer func() {
		if undo := a.dropTrials(); err == nil {
			err = undo
		}
	}()
	for _, schema := range schemas {
		says, err := a.sayings(schema, known)
		if err != nil {
			return nil, err
		}
		lookups = append(lookups, says)
	}
	return lookups, nil
}

// sayings returns the tables of a schema in words that are there, by folded
// name, with what would be stored for them. Those that are known to be what is
// there are not looked at.
func (a adopter) sayings(schema op.Schema, known map[string]*op.Table) (map[string]words.Saying, error) {
	says := make(map[string]words.Saying, len(schema.Tables))
	var uncertain []string
	for i := range schema.Tables {
		word := &schema.Tables[i]
		name := a.foldTable(word.Name)
		switch {
		case a.live[name] == nil:
		case known[name] != nil:
			says[name] = words.Saying{Word: *word, Fits: true}
		default:
			s, isCertain := a.foresee(*word)
			says[name] = s
			if !isCertain {
				uncertain = append(uncertain, name)
			}
		}
	}
	for _, name := range uncertain {
		live, s := a.live[name], says[name]
		asked, err := a.ask(s, live)
		if err != nil {
			return nil, err
		}
		// The text as the server writes it stands on the other side too.
		live.hasText = true
		says[name] = asked
	}
	return says, nil
}

// foresee says what is stored for a table, as far as that follows from the
// words alone, and whether that is everything: there is no text that the server
// may write in another way. Parts that cannot be made here are left out of the
// words; they cannot be what is there either.
func (a adopter) foresee(word op.Table) (s words.Saying, isCertain bool) {
	s, isCertain = a.foreseeBesideColumns(word)
	s.Stored.Columns = make([]op.Column, len(word.Columns))
	return s, a.foreseeColumns(&word, s.Stored.Columns) && isCertain
}

// foreseeColumns does so for the columns, into stored.
func (a adopter) foreseeColumns(word *op.Table, stored []op.Column) (isCertain bool) {
	copy(stored, word.Columns)
	isCertain = true
	live := a.live[a.foldTable(word.Name)]
	for i := range stored {
		normal, isKnown := a.normalType(Dialect{}.SpellType(word.Columns[i].Type))
		a.foreseeColumn(word, &stored[i], normal)
		if live != nil {
			dropCollation(&stored[i], live.collation)
		}
		isCertain = isCertain && isCertainAs(&word.Columns[i], normal, isKnown)
	}
	return isCertain
}

// foreseeBesideColumns does so for the rest. Of the words' memory only what
// changes is copied.
func (a adopter) foreseeBesideColumns(word op.Table) (_ words.Saying, isCertain bool) {
	isRefused := func(x op.Index) bool { return a.refuse(word.Name, x) != nil }
	if slices.ContainsFunc(word.Indexes, isRefused) {
		word.Indexes = slices.DeleteFunc(slices.Clone(word.Indexes), isRefused)
	}
	stored := word
	stored.Columns, stored.Indexes = nil, slices.Clone(word.Indexes)
	stored.Uniques, stored.ForeignKeys, stored.Checks = slices.Clone(word.Uniques), slices.Clone(word.ForeignKeys), slices.Clone(word.Checks)
	isCertain = len(word.Checks) == 0
	if stored.Comment == "" {
		stored.Comment = a.commentIn(word.Options)
	}
	stored.PrimaryKey = a.foreseeParts(stored.PrimaryKey)
	for i := range stored.Uniques {
		stored.Uniques[i].Columns = a.foreseeParts(stored.Uniques[i].Columns)
	}
	for i := range stored.Indexes {
		x := &stored.Indexes[i]
		isCertain = isCertain && a.isCertainIndex(word, *x)
		x.Where, x.Method = "", ""
		x.Columns = a.foreseeParts(x.Columns)
	}
	for i := range stored.ForeignKeys {
		k := &stored.ForeignKeys[i]
		k.RefTable = strings.TrimPrefix(k.RefTable, a.server.database+".")
	}
	return words.Saying{Word: word, Stored: stored}, isCertain
}

func (a adopter) foreseeColumn(t *op.Table, c *op.Column, normal string) {
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
}

func (a adopter) foreseeParts(parts []op.KeyPart) []op.KeyPart {
	isStored := func(p op.KeyPart) bool { return p.Nulls == "" && (!p.Desc || a.hasDescending()) }
	if !slices.ContainsFunc(parts, func(p op.KeyPart) bool { return !isStored(p) }) {
		return parts
	}
	parts = slices.Clone(parts)
	for i := range parts {
		parts[i].Nulls = ""
		parts[i].Desc = parts[i].Desc && a.hasDescending()
	}
	return parts
}

// isCertainIndex reports whether foresee knows all about an index of the table.
func (a adopter) isCertainIndex(word op.Table, x op.Index) bool {
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
	return strings.TrimSpace(x.Options) == "" &&
		!slices.ContainsFunc(x.Columns, func(p op.KeyPart) bool { return p.Expr != "" || x.Class == "" && getsLength(p) })
}

// isCertainColumn reports whether foresee knows all about a column.
func (a adopter) isCertainColumn(c op.Column) bool {
	normal, isKnown := a.normalType(Dialect{}.SpellType(c.Type))
	return isCertainAs(&c, normal, isKnown)
}

// isCertainAs does so where its type in normal form is known.
func isCertainAs(c *op.Column, normal string, isKnown bool) bool {
	isEnum := c.Type.Word == op.WordEnum && base(normal) == "enum" && !strings.Contains(normal, `\`)
	if !isKnown && !isEnum || !c.Generated.IsZero() {
		return false
	}
	if c.Default.IsZero() || c.Default.Kind == op.DefaultDatabase {
		return true
	}
	_, isSpelled := c.Default.SpelledOn(Name)
	return !isSpelled && isLiteral(c.Default) && (isNumber(normal) || (isChars(normal) || isEnum) && c.Default.Kind == op.DefaultString)
}
