package postgres

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// saying is a table in words with what the server would store for it, as far
// as that can be told here, and the questions that only the server can answer.
type saying struct {
	words.Saying
	questions []question
	// classed are the indexes whose words state operator classes, by their
	// places in Stored.
	classed map[int]*indexDef
}

// question is a text that the server may rewrite. The clause makes it part of a
// temporary table; set takes what was read back.
type question struct {
	about  words.Part
	column int    // of a default; -1 for a check
	clause string // DEFAULT …, or CHECK (…)
	set    func(answer op.Table, check string)
	// answered says that set was called; refused is the server's error where it
	// did not take the clause.
	answered bool
	refused  error
}

// defs takes the columns of the words apart, for those that ask about them.
func (s *saying) defs() []columnDef {
	list := make([]columnDef, len(s.Word.Columns))
	for i, c := range s.Word.Columns {
		list[i] = define(s.Word.Name, c)
	}
	return list
}

// say computes what the server would store for a table in words.
func (k knownTypes) say(word op.Table) *saying {
	s := &saying{}
	stored := op.Table{Name: word.Name, Comment: word.Comment, Options: word.Options, PrimaryKey: slices.Clone(word.PrimaryKey), PrimaryKeyName: word.PrimaryKeyName}
	stored.Columns = make([]op.Column, 0, len(word.Columns))
	stored.Uniques, stored.ForeignKeys = slices.Grow(stored.Uniques, len(word.Uniques)), slices.Grow(stored.ForeignKeys, len(word.ForeignKeys))
	for i, c := range word.Columns {
		d := k.define(word.Name, c)
		stored.Columns = append(stored.Columns, s.column(i, d, k))
		stored.Uniques = append(stored.Uniques, d.brought.Uniques...)
		stored.ForeignKeys = append(stored.ForeignKeys, d.brought.ForeignKeys...)
		stored.Checks = append(stored.Checks, d.brought.Checks...)
		if len(d.brought.PrimaryKey) > 0 {
			stored.PrimaryKey, stored.PrimaryKeyName = d.brought.PrimaryKey, d.brought.PrimaryKeyName
		}
		if d.rest != "" || d.serial && !c.AutoIncrement {
			if s.Bound == nil {
				s.Bound = map[string]op.Table{}
			}
			s.Bound[c.Name] = d.brought
		}
	}
	for _, p := range stored.PrimaryKey {
		if c := stored.Column(p.Column); c != nil {
			c.NotNull = true
		}
	}
	for _, u := range word.Uniques {
		if u.Name == "" {
			u.Name = chosenName(word.Name, joinColumns(u.Columns), "key")
		}
		stored.Uniques = append(stored.Uniques, u)
	}
	for _, k := range word.ForeignKeys {
		if k.Name == "" {
			k.Name = chosenName(word.Name, strings.Join(k.Columns, "_"), "fkey")
		}
		stored.ForeignKeys = append(stored.ForeignKeys, k)
	}
	for _, c := range word.Checks {
		if c.Name == "" {
			c.Name = chosenName(word.Name, onlyColumn(word, c.Expr), "check")
		}
		stored.Checks = append(stored.Checks, c)
	}
	s.Word, s.Stored = word, stored
	for i, c := range stored.Checks {
		s.ask(words.Part{Kind: words.CheckExpr, Name: c.Name}, "("+trimmed(c.Expr)+")", func(text string) { s.Stored.Checks[i].Expr = text })
	}
	s.Word.Indexes = nil
	s.indexes(word.Indexes)
	return s
}

// column returns the stored form of a column and asks what it must.
func (s *saying) column(i int, d columnDef, k knownTypes) op.Column {
	// The questions keep no more of the definition than this.
	name, bare := d.word.Name, d.typ
	c := op.Column{Name: name, NotNull: d.notNull, AutoIncrement: d.serial, Generated: d.generated, Collate: d.collate, Comment: d.word.Comment}
	typ, known := k.stored(d.typ)
	_, isSpelled := d.word.Type.SpelledOn(Name)
	isEnum := d.word.Type.Word == op.WordEnum && !isSpelled
	if isEnum {
		typ, known = d.typ, true
	}
	if !known {
		typ = d.typ
		s.questions = append(s.questions, question{about: words.Part{Kind: words.ColumnType, Name: c.Name}, column: i, set: func(answer op.Table, _ string) {
			if got := answer.Column(name); got != nil {
				own := s.Stored.Columns[i].Type.Text
				s.Stored.Columns[i].Type = op.Raw(got.Type.Text + strings.TrimPrefix(own, bare))
			}
		}})
	}
	if d.identity != "" {
		typ += " " + d.identitySQL()
	}
	if c.Type = op.Raw(typ); isEnum {
		c.Type = op.EnumType(d.word.Type.Text, d.word.Type.Values...)
	}
	if !c.Generated.IsZero() {
		s.ask(words.Part{Kind: words.GeneratedColumn, Name: c.Name}, "(("+withCast(trimmed(c.Generated.Expr), typ)+") IS NOT NULL)", func(text string) { s.Stored.Columns[i].Generated.Expr = withoutTest(text) })
		return c
	}
	word := d.word.Default
	if text := spellDefault(word); d.def != text || d.rest != "" && d.def != "" { // it stands in the type
		word = op.Expr(d.def)
	}
	if _, isSpelled := word.SpelledOn(Name); isEnum && word.Kind == op.DefaultString && !isSpelled {
		c.Default = word
		return c
	}
	if !known && d.def != "" {
		c.Default = op.Expr(d.def)
	} else {
		var certain bool
		if c.Default, certain = plainDefault(typ, word, d.def); certain {
			return c
		}
	}
	s.questions = append(s.questions, question{about: words.Part{Kind: words.ColumnDefault, Name: c.Name}, column: i, clause: "DEFAULT " + d.def, set: func(answer op.Table, _ string) {
		if got := answer.Column(name); got != nil {
			s.Stored.Columns[i].Default = got.Default
		}
	}})
	return c
}

// withCast gives a lone string the type of its column, which the server gives
// it there, and not in a condition.
func withCast(expr, stored string) string {
	switch base := baseType(stored); {
	case len(tokenize(expr)) != 1 || !strings.HasPrefix(expr, "'"):
		return expr
	case base == "character":
		return expr + "::bpchar" // character alone is character(1)
	default:
		return expr + "::" + base
	}
}

// indexes fills the stored indexes. Those that the server has no kind of
// cannot be what is there and are left out of the words.
func (s *saying) indexes(list []op.Index) {
	s.Word.Indexes, s.Stored.Indexes = slices.Grow(s.Word.Indexes, len(list)), slices.Grow(s.Stored.Indexes, len(list))
	for _, word := range list {
		if isPlain(word) {
			s.Word.Indexes, s.Stored.Indexes = append(s.Word.Indexes, word), append(s.Stored.Indexes, word)
			continue
		}
		text, err := createIndex(s.Word.Name, word)
		if err != nil {
			continue
		}
		def, about := parseIndex(text), words.Part{Kind: words.IndexExpr, Name: word.Name}
		at := len(s.Stored.Indexes)
		if slices.ContainsFunc(def.parts, func(p indexPart) bool { return p.opclass != "" }) {
			if s.classed == nil {
				s.classed = map[int]*indexDef{}
			}
			s.classed[at] = &def
		}
		s.Word.Indexes = append(s.Word.Indexes, word)
		s.Stored.Indexes = append(s.Stored.Indexes, def.index())
		for i, part := range def.parts {
			if part.expr != "" {
				s.ask(about, "(("+part.expr+") IS NOT NULL)", func(text string) {
					def.parts[i].expr = withoutTest(text)
					s.Stored.Indexes[at] = def.index()
				})
			}
		}
		if def.where != "" {
			s.ask(about, "("+def.where+")", func(text string) {
				def.where = text
				s.Stored.Indexes[at] = def.index()
			})
		}
	}
}

// isPlain reports whether an index is of columns alone, and so stored as it is
// said.
func isPlain(x op.Index) bool {
	if x.Name == "" || x.Class != "" || x.Method != "" || x.Where != "" || x.Options != "" || x.Comment != "" {
		return false
	}
	return !slices.ContainsFunc(x.Columns, func(p op.KeyPart) bool { return p != op.KeyPart{Column: p.Column, Desc: p.Desc} || p.Column == "" })
}

// leaveOutDefaults takes the operator classes out that the server would take by
// itself and does not show. The keys of defaults are method and class.
func (s *saying) leaveOutDefaults(defaults map[string]bool) {
	for at, def := range s.classed {
		for i := range def.parts {
			if defaults[strings.ToLower(def.method)+" "+def.parts[i].opclass] {
				def.parts[i].opclass = ""
			}
		}
		s.Stored.Indexes[at] = def.index()
	}
}

// ask adds the question what becomes of a condition.
func (s *saying) ask(about words.Part, condition string, set func(text string)) {
	s.questions = append(s.questions, question{about: about, column: -1, clause: "CHECK " + condition, set: func(_ op.Table, check string) {
		if check != "" {
			set(check)
		}
	}})
}

// withoutTest returns the expression of (expression IS NOT NULL).
func withoutTest(check string) string {
	return unwrapped(strings.TrimSuffix(unwrapped(check), " IS NOT NULL"))
}

func joinColumns(parts []op.KeyPart) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.Column
	}
	return strings.Join(names, "_")
}

// onlyColumn returns the column that a condition names where it names just one,
// after which the server calls the check.
func onlyColumn(t op.Table, expr string) string {
	only := ""
	for _, token := range tokenize(expr) {
		if token.isIdentifier() && t.Column(token.value()) != nil && token.value() != only {
			if only != "" {
				return ""
			}
			only = token.value()
		}
	}
	return only
}
