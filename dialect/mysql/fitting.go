package mysql

import (
	"slices"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// fitting are those tables of a schema in words that are just what is there,
// where nobody else says anything of them: mostly all. They are found before the
// other words are known, and without asking the server. Only those of the
// connection's own database are among them, called without its name: what a name
// with a database means is found out when all words are there.
type fitting struct {
	server
	rules words.Rules
	// words are the tables, by folded name.
	words map[string]*op.Table
}

func newFitting(s server) *fitting {
	return &fitting{server: s, rules: s.rules(), words: map[string]*op.Table{}}
}

// addByColumns takes in the tables whose columns fit.
func (f *fitting) addByColumns(schema op.Schema, tables []*liveTable) {
	a := adopter{server: f.server, live: f.byName(tables)}
	var saying words.Saying // memory, for one table after the other
	var stored []op.Column
	for i := range schema.Tables {
		word := &schema.Tables[i]
		if database, _, err := splitName(word.Name); err != nil || database != "" {
			continue
		}
		name := f.foldTable(word.Name)
		live := a.live[name]
		if live == nil || live.hasText {
			continue
		}
		stored = slices.Grow(stored[:0], len(word.Columns))[:len(word.Columns)]
		saying.Word, saying.Stored.Columns = *word, stored
		if a.foreseeColumns(word, stored) && f.rules.FitsColumns(&live.Table, &saying) {
			f.words[name] = word
		}
	}
}

// keepBesideColumns leaves out the tables of which the rest does not fit.
func (f *fitting) keepBesideColumns(tables []*liveTable) {
	a := adopter{server: f.server}
	var ( // memory, as above
		saying    words.Saying
		isCertain bool
		t         op.Table
		indexes   []op.Index
	)
	said := func(index string) (isConstraint, isIndex bool) { return saidBy(&saying, index) }
	for _, live := range tables {
		name := f.foldTable(live.Name)
		word := f.words[name]
		if word == nil {
			continue
		}
		saying, isCertain = a.foreseeBesideColumns(*word)
		// The table itself stays as it is: others may have something to say.
		t = live.Table
		indexes = append(indexes[:0], t.Indexes...)
		t.Indexes = indexes
		f.settleKeys(&t, said)
		if t.Comment == saying.Stored.Comment {
			t.Comment = saying.Word.Comment
		}
		isLess := len(saying.Word.Indexes) < len(word.Indexes) // than was said: it cannot be made here
		if live.hasText || isLess || !isCertain || !f.rules.FitsBesideColumns(&t, &saying) {
			delete(f.words, name)
		}
	}
}

// alone returns those tables of the first schema that are among them, and of
// which no other says anything.
func (f *fitting) alone(schemas []op.Schema) map[string]*op.Table {
	alone := map[string]*op.Table{}
	for i, schema := range schemas {
		for j := range schema.Tables {
			word := &schema.Tables[j]
			name := f.foldTable(word.Name)
			if known := f.words[name]; i == 0 && known != nil && known.Same(word) {
				alone[name] = word
			} else {
				delete(alone, name)
			}
		}
	}
	return alone
}

// byName returns the tables by their folded names.
func (s server) byName(tables []*liveTable) map[string]*liveTable {
	m := make(map[string]*liveTable, len(tables))
	for _, t := range tables {
		m[s.foldTable(t.Name)] = t
	}
	return m
}
