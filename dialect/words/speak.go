package words

import "github.com/go-limbeck/limbeck/op"

// Speak returns the live schema in the words of the sayings that are true of
// it. Each list of sayings comes from one schema, by folded name of the table;
// the first list that fits counts, for each attribute by itself. Neither live
// nor the sayings are changed.
func Speak(live op.Schema, says []map[string]Saying, r Rules) op.Schema {
	live = live.Clone()
	for i := range live.Tables {
		t := &live.Tables[i]
		var here []Saying
		for _, lookup := range says {
			if s, ok := lookup[r.Fold(t.Name)]; ok {
				here = append(here, s)
			}
		}
		r.speakTable(t, here)
	}
	r.spellNames(&live)
	return live
}

func (r Rules) speakTable(t *op.Table, says []Saying) {
	if len(says) == 0 {
		return
	}
	t.Name = says[0].Word.Name
	if !r.StoresComments {
		t.Comment = says[0].Word.Comment // the first words are as good as any
	}
	var inTypes op.Table
	for i := range t.Columns {
		r.speakColumn(t, &t.Columns[i], says, &inTypes)
	}
	live := *t
	for _, s := range says {
		if r.PrimaryKey(live, s.Stored) {
			t.PrimaryKey, t.PrimaryKeyName = s.Word.PrimaryKey, s.Word.PrimaryKeyName
			break
		}
	}
	for _, s := range says {
		if r.Options(live.Options, s.Stored.Options) {
			t.Options = s.Word.Options
			break
		}
	}
	t.Uniques = speakParts(r, t.Uniques, inTypes.Uniques, says, func(t op.Table) []op.Unique { return t.Uniques }, uniqueName, r.Unique)
	t.ForeignKeys = speakParts(r, t.ForeignKeys, inTypes.ForeignKeys, says, func(t op.Table) []op.ForeignKey { return t.ForeignKeys }, foreignKeyName, r.ForeignKey)
	t.Checks = speakParts(r, t.Checks, inTypes.Checks, says, func(t op.Table) []op.Check { return t.Checks }, checkName, r.Check)
	t.Indexes = speakParts(r, t.Indexes, inTypes.Indexes, says, func(t op.Table) []op.Index { return t.Indexes }, indexName, r.Index)
}

// speakColumn says one column in words. What the text of its type brings along
// beside the column is collected in inTypes.
func (r Rules) speakColumn(t *op.Table, c *op.Column, says []Saying, inTypes *op.Table) {
	live := *c
	var typed, nullable, defaulted, numbered, generated, collated, commented bool
	for _, s := range says {
		i := r.columnIndex(s.Word, live.Name)
		if i < 0 {
			continue
		}
		word, stored := s.Word.Columns[i], s.Stored.Columns[i]
		c.Name = word.Name
		if !r.StoresComments && !commented {
			c.Comment, commented = word.Comment, true
		}
		if brought, ok := s.Bound[r.Fold(word.Name)]; ok {
			if r.sameColumn(live, stored) && r.hasParts(*t, brought) {
				*c = word
				inTypes.Uniques = append(inTypes.Uniques, brought.Uniques...)
				inTypes.ForeignKeys = append(inTypes.ForeignKeys, brought.ForeignKeys...)
				inTypes.Checks = append(inTypes.Checks, brought.Checks...)
				return
			}
			continue
		}
		if !typed && r.Type(live, stored) {
			c.Type, typed = word.Type, true
		}
		if !nullable && live.NotNull == stored.NotNull {
			c.NotNull, nullable = word.NotNull, true
		}
		if !defaulted && r.Default(live, stored) {
			c.Default, defaulted = word.Default, true
		}
		if !numbered && live.AutoIncrement == stored.AutoIncrement {
			c.AutoIncrement, numbered = word.AutoIncrement, true
		}
		if !generated && r.Generated(live, stored) {
			c.Generated, generated = word.Generated, true
		}
		if !collated && r.Collate(live, stored) {
			c.Collate, collated = word.Collate, true
		}
	}
}

func (r Rules) columnIndex(t op.Table, name string) int {
	for i, c := range t.Columns {
		if r.sameName(c.Name, name) {
			return i
		}
	}
	return -1
}
