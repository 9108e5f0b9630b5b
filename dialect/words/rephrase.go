package words

import (
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// Rephrase returns the schemas in words with the expressions of the first one
// that has the table, wherever the database stores both texts alike: a check
// that a model only spells in another way than the revisions did is no change.
// So is a type in SQL. Nothing but text is taken over, and only between parts of one name that are
// the same in all else. The sayings are those of the schemas, as for [Speak],
// and none is needed of a table that an earlier schema has in the same words.
// What was passed in is not changed.
func Rephrase(said []op.Schema, says []map[string]Saying, r Rules) []op.Schema {
	said = slices.Clone(said)
	for i := 1; i < len(said); i++ {
		isCopy := false
		for j := range said[i].Tables {
			key := r.foldTable(said[i].Tables[j].Name)
			own, ok := says[i][key]
			first, hasFirst := firstSaying(says[:i], key)
			if !ok || !hasFirst {
				continue
			}
			p := rephraser{r, own, first}
			t, changed := p.table(said[i].Tables[j])
			if !changed {
				continue
			}
			if !isCopy {
				said[i].Tables, isCopy = slices.Clone(said[i].Tables), true
			}
			said[i].Tables[j] = t
		}
	}
	return said
}

func firstSaying(says []map[string]Saying, key string) (Saying, bool) {
	for _, lookup := range says {
		if s, ok := lookup[key]; ok {
			return s, true
		}
	}
	return Saying{}, false
}

// RephraseViews does so for the queries of views, whose columns have to have
// the same names too: same tells.
func RephraseViews(said []op.Schema, same func(first, other op.View) (bool, error)) ([]op.Schema, error) {
	said = slices.Clone(said)
	for i := 1; i < len(said); i++ {
		said[i].Views = slices.Clone(said[i].Views)
		for j := range said[i].Views {
			v := &said[i].Views[j]
			first := firstView(said[:i], v.Name)
			if first == nil || first.SQL == v.SQL || first.Materialized != v.Materialized {
				continue
			}
			is, err := same(*first, *v)
			if err != nil {
				return nil, err
			}
			if is {
				v.SQL = first.SQL
			}
		}
	}
	return said, nil
}

func firstView(said []op.Schema, name string) *op.View {
	for i := range said {
		if v := said[i].View(name); v != nil {
			return v
		}
	}
	return nil
}

// RephraseUnasked is [Rephrase] where there is no database to ask: the texts are
// compared as they were said.
func RephraseUnasked(said []op.Schema, r Rules) []op.Schema {
	says := make([]map[string]Saying, len(said))
	for i, schema := range said {
		says[i] = make(map[string]Saying, len(schema.Tables))
		for _, t := range schema.Tables {
			says[i][r.foldTable(t.Name)] = Saying{Word: t, Stored: t}
		}
	}
	return Rephrase(said, says, r)
}

// rephraser puts the texts of one saying of a table into another.
type rephraser struct {
	Rules
	own, first Saying
}

// table returns a copy of the table with the texts of the first words, and
// whether it has any.
func (p rephraser) table(t op.Table) (_ op.Table, changed bool) {
	t = t.Clone()
	for i := range t.Columns {
		c := &t.Columns[i]
		isNamed := func(d op.Column) bool { return d.Name == c.Name }
		own, first := slices.IndexFunc(p.own.Word.Columns, isNamed), slices.IndexFunc(p.first.Word.Columns, isNamed)
		if own < 0 || first < 0 {
			continue
		}
		if typ := p.first.Word.Columns[first].Type; p.sameType(c.Type, typ) {
			c.Type, changed = typ, true
		}
		word, stored, firstStored := p.first.Word.Columns[first], p.own.Stored.Columns[own], p.first.Stored.Columns[first]
		if p.sameDefault(c.Default, word.Default, stored.Default, firstStored.Default) {
			c.Default, changed = word.Default, true
		}
		if p.sameGenerated(c.Generated, word.Generated, stored.Generated, firstStored.Generated) {
			c.Generated, changed = word.Generated, true
		}
	}
	for i, c := range t.Checks {
		_, stored, ok := pick(p.own, checks, c.Name)
		word, firstStored, hasFirst := pick(p.first, checks, c.Name)
		if ok && hasFirst && c.Expr != word.Expr && c.Options == word.Options && p.Text(stored.Expr, firstStored.Expr) {
			t.Checks[i].Expr, changed = word.Expr, true
		}
	}
	for i, x := range t.Indexes {
		_, stored, ok := pick(p.own, indexes, x.Name)
		word, firstStored, hasFirst := pick(p.first, indexes, x.Name)
		if ok && hasFirst && !x.Same(word) && p.sameButText(x, word) && p.sameTexts(x, word, stored, firstStored) {
			t.Indexes[i], changed = word, true
		}
	}
	return t, changed
}

// pick returns the part of that name in words, and as it is stored.
func pick[T any](s Saying, f facet[T], name string) (word, stored T, ok bool) {
	words, all := f.of(&s.Word), f.of(&s.Stored)
	i := slices.IndexFunc(words, func(x T) bool { return f.name(x) == name })
	if name == "" || i < 0 {
		return word, stored, false
	}
	return words[i], all[len(all)-len(words)+i], true
}

// sameType reports whether two types in SQL are the same as they were said. What
// is stored for them may be the same for two that are not, such as numbers of
// other sizes.
func (p rephraser) sameType(word, first op.Type) bool {
	text := word.Text
	word.Text = first.Text
	return word.Word == op.WordRaw && text != first.Text && word.Equal(first) && p.Text(text, first.Text)
}

func (p rephraser) sameDefault(word, first, stored, firstStored op.Default) bool {
	isText := word.Kind == op.DefaultExpr && first.Kind == op.DefaultExpr && word.Text != first.Text &&
		slices.Equal(word.Spellings, first.Spellings)
	if !isText || stored.Kind != firstStored.Kind {
		return false
	}
	return stored.Equal(firstStored) || stored.Kind == op.DefaultExpr && p.Text(stored.Text, firstStored.Text)
}

func (p rephraser) sameGenerated(word, first, stored, firstStored op.Generated) bool {
	return word.Expr != first.Expr && word.Expr != "" && first.Expr != "" && word.Stored == first.Stored &&
		p.Text(stored.Expr, firstStored.Expr)
}

// sameButText reports whether two indexes are the same when their predicates
// and expressions are not looked at.
func (p rephraser) sameButText(x, y op.Index) bool {
	bare := func(x op.Index) op.Index {
		if x.Where != "" {
			x.Where = "?"
		}
		x.Columns = slices.Clone(x.Columns)
		for i := range x.Columns {
			if x.Columns[i].Expr != "" {
				x.Columns[i].Expr = "?"
			}
		}
		return x
	}
	return bare(x).Same(bare(y))
}

// sameTexts compares the predicates and expressions of two indexes that are the
// same in all else. What the database has no place for, such as a predicate on
// MySQL, is compared as it was said.
func (p rephraser) sameTexts(word, first, stored, firstStored op.Index) bool {
	same := func(word, first, stored, firstStored string) bool {
		if stored == "" && firstStored == "" {
			return p.Text(word, first)
		}
		return p.Text(stored, firstStored)
	}
	if len(stored.Columns) != len(word.Columns) || len(firstStored.Columns) != len(word.Columns) || !same(word.Where, first.Where, stored.Where, firstStored.Where) {
		return false
	}
	for i := range word.Columns {
		a, b := stored.Columns[i], firstStored.Columns[i]
		if a.Column != b.Column || a.Collate != b.Collate || !same(word.Columns[i].Expr, first.Columns[i].Expr, a.Expr, b.Expr) {
			return false
		}
	}
	return true
}
