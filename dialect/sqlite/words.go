package sqlite

import (
	"github.com/go-limbeck/limbeck/op"
)

// speak says the live schema in the words of others, wherever they would come
// out as what is there. Both sides are compared in one form: what a word
// becomes is found by writing it as SQL and reading that back.
func speak(live op.Schema, words []op.Schema) op.Schema {
	lookups := make([]map[string]saying, len(words))
	for i, w := range words {
		lookups[i] = sayings(w)
	}
	for i := range live.Tables {
		t := &live.Tables[i]
		var says []saying
		for _, lookup := range lookups {
			if s, ok := lookup[fold(t.Name)]; ok {
				says = append(says, s)
			}
		}
		speakTable(t, says)
	}
	spellNames(&live)
	return live
}

// saying is a table in words, and what SQLite would store for it.
type saying struct {
	word, stored op.Table
}

// sayings returns the tables of a schema in words by their folded names. Words
// that cannot be written on SQLite are left out; they cannot be what is there
// either.
func sayings(words op.Schema) map[string]saying {
	var written []op.Table
	var stored op.Schema
	places := map[string]int{}
	for _, word := range words.Tables {
		word, t, ok := store(word)
		if !ok {
			continue
		}
		places[fold(word.Name)] = len(stored.Tables)
		written, stored.Tables = append(written, word), append(stored.Tables, t)
	}
	fillReferences(&stored, places)
	says := make(map[string]saying, len(written))
	for i, word := range written {
		says[fold(word.Name)] = saying{word: word, stored: stored.Tables[i]}
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

func speakTable(t *op.Table, says []saying) {
	if len(says) == 0 {
		return
	}
	// SQLite stores no comments, so the first words are as good as any.
	t.Name, t.Comment = says[0].word.Name, says[0].word.Comment
	var inTypes op.Table
	for i := range t.Columns {
		speakColumn(t, &t.Columns[i], says, &inTypes)
	}
	for _, s := range says {
		if sameParts(t.PrimaryKey, s.stored.PrimaryKey) {
			t.PrimaryKey, t.PrimaryKeyName = s.word.PrimaryKey, s.word.PrimaryKeyName
			break
		}
	}
	for _, s := range says {
		if sameOptions(t.Options, s.stored.Options) {
			t.Options = s.word.Options
			break
		}
	}
	t.Uniques = speakAll(t.Uniques, inTypes.Uniques, says, func(t op.Table) []op.Unique { return t.Uniques }, uniqueName, sameUnique)
	t.ForeignKeys = speakAll(t.ForeignKeys, inTypes.ForeignKeys, says, func(t op.Table) []op.ForeignKey { return t.ForeignKeys }, foreignKeyName, sameForeignKey)
	t.Checks = speakAll(t.Checks, inTypes.Checks, says, func(t op.Table) []op.Check { return t.Checks }, checkName, sameCheck)
	t.Indexes = speakAll(t.Indexes, inTypes.Indexes, says, func(t op.Table) []op.Index { return t.Indexes }, indexName, sameIndex)
}

// speakColumn says one column in words. What the text of its type brings along
// beside the column is collected in inTypes.
func speakColumn(t *op.Table, c *op.Column, says []saying, inTypes *op.Table) {
	live := *c
	var typed, nullable, defaulted, numbered, generated, collated, commented bool
	for _, s := range says {
		i := columnIndex(s.word, live.Name)
		if i < 0 {
			continue
		}
		word, stored := s.word.Columns[i], s.stored.Columns[i]
		c.Name = word.Name
		if !commented {
			c.Comment, commented = word.Comment, true
		}
		// A raw type may carry constraints in its text; then only the whole
		// column can be the same.
		if word.Type.Word == op.WordRaw && normalType(stored.Type.Text) != normalType((Dialect{}).SpellType(word.Type)) {
			if brought := s.broughtBy(word); sameColumn(live, stored) && hasParts(*t, brought) {
				*c = word
				inTypes.Uniques = append(inTypes.Uniques, brought.Uniques...)
				inTypes.ForeignKeys = append(inTypes.ForeignKeys, brought.ForeignKeys...)
				inTypes.Checks = append(inTypes.Checks, brought.Checks...)
				return
			}
			continue
		}
		if !typed && sameType(live, stored) {
			c.Type, typed = word.Type, true
		}
		if !nullable && live.NotNull == stored.NotNull {
			c.NotNull, nullable = word.NotNull, true
		}
		if !defaulted && sameDefault(live, stored) {
			c.Default, defaulted = word.Default, true
		}
		if !numbered && live.AutoIncrement == stored.AutoIncrement {
			c.AutoIncrement, numbered = word.AutoIncrement, true
		}
		if !generated && sameGenerated(live, stored) {
			c.Generated, generated = word.Generated, true
		}
		if !collated && sameName(live.Collate, stored.Collate) {
			c.Collate, collated = word.Collate, true
		}
	}
}

func columnIndex(t op.Table, name string) int {
	for i, c := range t.Columns {
		if sameName(c.Name, name) {
			return i
		}
	}
	return -1
}
