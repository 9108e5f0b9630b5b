package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Speak returns the live schema in the words of the sayings that are true of
// it. Each list of sayings comes from one schema, by folded name of the table;
// the first list that fits counts, for each attribute by itself. The sayings are
// not changed; what is returned is live itself, in their words and sharing their
// memory.
//
// A part that is like the one of its name in all but a text that is unasked
// counts as the same where no words are surely true; notCompared has a sentence
// for each.
func Speak(live op.Schema, says []map[string]Saying, r Rules) (spoken op.Schema, notCompared []string) {
	var sayings []Saying // memory for those of one table
	for i := range live.Tables {
		t := &live.Tables[i]
		name := r.foldTable(t.Name)
		sayings = sayings[:0]
		for _, lookup := range says {
			if s, ok := lookup[name]; ok {
				sayings = append(sayings, s)
			}
		}
		switch {
		case len(sayings) == 0:
		case sayings[0].Fits, r.Fits(t, &sayings[0]):
			sayings[0].sayAll(t)
		default:
			here := make(judges, len(sayings))
			for n := range sayings {
				here[n] = &judge{Rules: &r, saying: &sayings[n]}
			}
			notCompared = append(notCompared, r.speakTable(t, here)...)
		}
	}
	r.spellNames(&live)
	return live, notCompared
}

func (r *Rules) speakTable(t *op.Table, says judges) (notCompared []string) {
	t.Name = says[0].saying.Word.Name
	if !r.StoresComments {
		t.Comment = says[0].saying.Word.Comment // the first words are as good as any
	}
	var inTypes op.Table
	for i := range t.Columns {
		notCompared = append(notCompared, r.speakColumn(t, &t.Columns[i], says, &inTypes)...)
	}
	live := *t
	for _, j := range says {
		s := j.saying
		if r.PrimaryKey(live, s.Stored) {
			t.PrimaryKey, t.PrimaryKeyName = s.Word.PrimaryKey, s.Word.PrimaryKeyName
			break
		}
	}
	for _, j := range says {
		s := j.saying
		if r.Options(live.Options, s.Stored.Options) {
			t.Options = s.Word.Options
			break
		}
	}
	p := partSpeaker{r, says, &notCompared}
	t.Uniques = speakParts(p, t.Uniques, inTypes.Uniques, uniques)
	t.ForeignKeys = speakParts(p, t.ForeignKeys, inTypes.ForeignKeys, foreignKeys)
	t.Checks = speakParts(p, t.Checks, inTypes.Checks, checks)
	t.Indexes = speakParts(p, t.Indexes, inTypes.Indexes, indexes)
	return notCompared
}

// speakColumn says one column in words. What the text of its type brings along
// beside the column is collected in inTypes.
func (r *Rules) speakColumn(t *op.Table, c *op.Column, says judges, inTypes *op.Table) (notCompared []string) {
	live := *c
	var named, typed, nullable, defaulted, numbered, generated, collated, commented bool
	for _, lenient := range []bool{false, true} {
		if typed && nullable && defaulted && numbered && generated && collated {
			break
		}
		for _, j := range says {
			s := j.saying
			i := r.columnIndex(&s.Word, live.Name)
			if i < 0 {
				continue
			}
			j.begin(lenient)
			word, stored := &s.Word.Columns[i], s.Stored.Columns[i]
			if !named {
				// The first words count: one that is to be renamed has its old name.
				c.Name, named = word.Name, true
			}
			if !r.StoresComments && !commented {
				c.Comment, commented = word.Comment, true
			}
			if brought, ok := s.Bound[r.Fold(word.Name)]; ok {
				if typed && nullable && defaulted && numbered && generated && collated {
					continue // other words are surely true
				}
				if parts, ok := j.partsOf(*t, brought); ok && j.sameColumn(live, stored) {
					*c = *word
					inTypes.Uniques = append(inTypes.Uniques, parts.Uniques...)
					inTypes.ForeignKeys = append(inTypes.ForeignKeys, parts.ForeignKeys...)
					inTypes.Checks = append(inTypes.Checks, parts.Checks...)
					return j.report()
				}
				continue
			}
			if !typed && j.sameType(live, stored) {
				c.Type, typed = word.Type, true
			}
			if !nullable && live.NotNull == stored.NotNull {
				c.NotNull, nullable = word.NotNull, true
			}
			if !defaulted && j.sameDefault(live, stored) {
				c.Default, defaulted = word.Default, true
			}
			if !numbered && live.AutoIncrement == stored.AutoIncrement {
				c.AutoIncrement, numbered = word.AutoIncrement, true
			}
			if !generated && j.sameGenerated(live, stored) {
				c.Generated, generated = word.Generated, true
			}
			if !collated && r.Collate(live, stored) {
				c.Collate, collated = word.Collate, true
			}
			notCompared = append(notCompared, j.report()...)
		}
	}
	return notCompared
}

func (r *Rules) columnIndex(t *op.Table, name string) int {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return i
		}
	}
	return slices.IndexFunc(t.Columns, func(c op.Column) bool { return r.sameName(c.Name, name) })
}
