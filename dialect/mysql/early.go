package mysql

import (
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// foreseeEarly returns the sayings about those tables of a schema in words that
// are there and about which the server need not be asked, by folded name. They
// are those of the connection's own database, called without its name: what a
// name with a database means is found out when all words are there.
func (s server) foreseeEarly(schema op.Schema, tables []*liveTable) map[string]words.Saying {
	a := adopter{server: s, live: s.byName(tables)}
	early := make(map[string]words.Saying, len(schema.Tables))
	for i := range schema.Tables {
		word := schema.Tables[i]
		if database, _, err := splitName(word.Name); err != nil || database != "" {
			continue
		}
		if name := a.foldTable(word.Name); a.live[name] != nil {
			if saying, isCertain := a.foresee(word); isCertain {
				early[name] = saying
			}
		}
	}
	return early
}

// fitEarly marks the sayings that are true of their tables, where nobody else
// says anything of these.
func (s server) fitEarly(early map[string]words.Saying, tables []*liveTable) {
	rules := s.rules()
	only := []map[string]words.Saying{early}
	var ( // memory, for one table after the other
		saying  words.Saying
		t       op.Table
		indexes []op.Index
		ok      bool
	)
	for _, live := range tables {
		name := s.foldTable(live.Name)
		if saying, ok = early[name]; !ok || live.hasText {
			continue
		}
		// The table itself stays as it is: others may have something to say.
		t = live.Table
		indexes = append(indexes[:0], t.Indexes...)
		t.Indexes = indexes
		s.settleKeys(&t, only)
		s.settleComment(&t, only)
		if rules.Fits(&t, &saying) {
			saying.Fits = true
			early[name] = saying
		}
	}
}

// fitsAlone reports whether one saying about the table fits it and there is no
// other.
func (s server) fitsAlone(t *liveTable, lookups []map[string]words.Saying) bool {
	name, fits, count := s.foldTable(t.Name), false, 0
	for _, lookup := range lookups {
		if saying, ok := lookup[name]; ok {
			fits = saying.Fits && !t.hasText
			count++
		}
	}
	return fits && count == 1
}

// byName returns the tables by their folded names.
func (s server) byName(tables []*liveTable) map[string]*liveTable {
	m := make(map[string]*liveTable, len(tables))
	for _, t := range tables {
		m[s.foldTable(t.Name)] = t
	}
	return m
}
