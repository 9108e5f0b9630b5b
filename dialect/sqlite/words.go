package sqlite

import (
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// rules say what is the same to SQLite. It stores no comments.
var rules = words.Rules{
	Fold:       fold,
	Type:       sameType,
	Default:    sameDefault,
	Generated:  sameGenerated,
	Collate:    func(a, b op.Column) bool { return sameName(a.Collate, b.Collate) },
	PrimaryKey: func(a, b op.Table) bool { return sameParts(a.PrimaryKey, b.PrimaryKey) },
	Options:    sameOptions,
	Unique:     sameUnique,
	ForeignKey: sameForeignKey,
	Check:      sameCheck,
	Index:      sameIndex,
	Text:       sameExpr,
}

// Rephrase compares what is not stored by its words. Views are left alone: which
// columns a query has only SQLite can tell.
func (Dialect) Rephrase(said []op.Schema) []op.Schema { return words.RephraseUnasked(said, rules) }

// sayings returns the tables of a schema in words by their folded names, with
// what SQLite would store for them: found by writing the table as SQL and
// reading that back. Words that cannot be written on SQLite are left out; they
// cannot be what is there either.
func sayings(schema op.Schema) map[string]words.Saying {
	var written []op.Table
	var stored op.Schema
	places := map[string]int{}
	for _, word := range schema.Tables {
		word, t, ok := store(word)
		if !ok {
			continue
		}
		places[fold(word.Name)] = len(stored.Tables)
		written, stored.Tables = append(written, word), append(stored.Tables, t)
	}
	fillReferences(&stored, places)
	says := make(map[string]words.Saying, len(written))
	for i, word := range written {
		s := words.Saying{Word: word, Stored: stored.Tables[i]}
		for j, c := range word.Columns {
			// A raw type may carry constraints in its text.
			if c.Type.Word == op.WordRaw && (typeHasNotNull(c.Type) || normalType(s.Stored.Columns[j].Type.Text) != normalType((Dialect{}).SpellType(c.Type))) {
				if s.Bound == nil {
					s.Bound = map[string]op.Table{}
				}
				s.Bound[fold(c.Name)] = broughtBy(s, c)
			}
		}
		says[fold(word.Name)] = s
	}
	return says
}

// store returns what SQLite would store for a table in words, and the words
// without indexes that SQLite has no kind of.
func store(t op.Table) (word, stored op.Table, ok bool) {
	d, err := parseTable(createTable(t))
	if err != nil {
		return op.Table{}, op.Table{}, false
	}
	word, stored = t, d.table()
	for i, c := range word.Columns {
		if _, isSpelled := c.Type.SpelledOn(Name); c.Type.Word == op.WordEnum && !isSpelled {
			stored.Columns[i].Type = c.Type
		}
	}
	word.Indexes = nil
	for _, x := range t.Indexes {
		text, err := createIndex(t.Name, x)
		if err != nil {
			continue
		}
		d, err := parseIndex(text)
		if err != nil {
			continue
		}
		word.Indexes = append(word.Indexes, x)
		stored.Indexes = append(stored.Indexes, d.index())
	}
	return word, stored, true
}

// broughtBy returns the keys and checks that stand inside the raw type of a
// column.
func broughtBy(s words.Saying, word op.Column) op.Table {
	d, err := columnFrom(word)
	if err != nil {
		return op.Table{}
	}
	brought := tableDef{name: s.Word.Name, columns: []columnDef{d}}.table()
	if len(brought.ForeignKeys) > 0 { // as stored, with the columns that they refer to
		brought.ForeignKeys = nil
		for _, k := range s.Stored.ForeignKeys[:len(s.Stored.ForeignKeys)-len(s.Word.ForeignKeys)] {
			if len(k.Columns) == 1 && sameName(k.Columns[0], word.Name) {
				brought.ForeignKeys = append(brought.ForeignKeys, k)
			}
		}
	}
	return brought
}
