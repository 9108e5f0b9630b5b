package mysql

import (
	"math/big"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// rules say what is the same to the server. Both sides are in stored form;
// names are compared by the caller.
func (s server) rules() words.Rules {
	return words.Rules{
		Fold:           fold,
		FoldTable:      s.foldTable,
		StoresComments: true,
		Type:           func(a, b op.Column) bool { return s.sameSQL(a.Type.Text, b.Type.Text) },
		Default:        s.sameDefault,
		Generated: func(a, b op.Column) bool {
			return a.Generated.Stored == b.Generated.Stored && s.sameSQL(a.Generated.Expr, b.Generated.Expr)
		},
		Collate:    func(a, b op.Column) bool { return sameCollation(a.Collate, b.Collate) },
		PrimaryKey: func(a, b op.Table) bool { return s.sameParts(a.PrimaryKey, b.PrimaryKey) },
		Options:    s.sameOptions,
		Unique:     func(a, b op.Unique) bool { return s.sameParts(a.Columns, b.Columns) },
		ForeignKey: s.sameForeignKey,
		Check:      func(a, b op.Check) bool { return s.sameSQL(a.Expr, b.Expr) },
		Index:      s.sameIndex,
		Text:       s.sameExpr,
	}
}

// sameSQL compares two texts in normal form.
func (m mode) sameSQL(a, b string) bool { return a == b || m.normalSQL(a) == m.normalSQL(b) }

// sameDefault compares literals by their value in a column of that type.
func (s server) sameDefault(live, stored op.Column) bool {
	a, b := live.Default, stored.Default
	if a.IsZero() || b.IsZero() {
		return s.isNull(a) && s.isNull(b)
	}
	normal := stored.Type.Text
	if x, y := digits(a), digits(b); x != "" && x == y {
		return true
	}
	if isLiteral(a) && isLiteral(b) {
		if isNumber(normal) {
			x, y := numberOf(a, normal), numberOf(b, normal)
			return x != nil && y != nil && x.Cmp(y) == 0
		}
		return a.Text == b.Text
	}
	return a.Kind == b.Kind && normalNow(s.normalSQL(a.Text)) == normalNow(s.normalSQL(b.Text))
}

func isLiteral(d op.Default) bool {
	return d.Kind == op.DefaultString || d.Kind == op.DefaultNumber || d.Kind == op.DefaultBool
}

// digits returns a number as it was said, or a bool as one, and "" for the rest.
func digits(d op.Default) string {
	switch {
	case d.Kind == op.DefaultNumber:
		return d.Text
	case d.Kind == op.DefaultBool && d.Text == "true":
		return "1"
	case d.Kind == op.DefaultBool && d.Text == "false":
		return "0"
	}
	return ""
}

// isNull reports whether a column gets a null: without a default, or by one
// that says so.
func (s server) isNull(d op.Default) bool {
	return d.IsZero() || d.Kind == op.DefaultExpr && s.normalSQL(d.Text) == "null"
}

// numberOf returns the value of a literal, rounded as the column rounds.
func numberOf(d op.Default, normal string) *big.Rat {
	switch d.Text {
	case "true":
		return big.NewRat(1, 1)
	case "false":
		return new(big.Rat)
	}
	r, ok := new(big.Rat).SetString(strings.TrimSpace(d.Text))
	if !ok {
		return nil
	}
	switch base(normal) {
	case "float":
		f, _ := r.Float32()
		return new(big.Rat).SetFloat64(float64(f))
	case "double":
		f, _ := r.Float64()
		return new(big.Rat).SetFloat64(f)
	case "decimal":
		_, scale, _ := strings.Cut(strings.TrimSuffix(strings.Fields(normal)[0], ")"), ",")
		digits := 0
		for _, c := range scale {
			digits = digits*10 + int(c-'0')
		}
		rounded, _ := new(big.Rat).SetString(r.FloatString(digits))
		return rounded
	}
	return r
}

// sameCollation knows that utf8 is another name of utf8mb3.
func sameCollation(a, b string) bool {
	normal := func(name string) string { return strings.Replace(fold(name), "utf8mb3", "utf8", 1) }
	return a == b || normal(a) == normal(b)
}

func (s server) sameParts(a, b []op.KeyPart) bool {
	return slices.EqualFunc(a, b, func(a, b op.KeyPart) bool {
		return sameName(a.Column, b.Column) && s.sameSQL(a.Expr, b.Expr) && a.Desc == b.Desc && a.Length == b.Length
	})
}

// sameIndex leaves out the method: InnoDB has one, and calls it by others'
// names in some places.
func (s server) sameIndex(a, b op.Index) bool {
	return a.Unique == b.Unique && a.Class == b.Class && a.Comment == b.Comment &&
		s.sameSQL(a.Options, b.Options) && s.sameParts(a.Columns, b.Columns)
}

func (s server) sameForeignKey(a, b op.ForeignKey) bool {
	target := func(k op.ForeignKey) string {
		return strings.TrimPrefix(s.foldTable(k.RefTable), s.foldTable(s.database)+".")
	}
	return s.refuseForeignKey("", b) == nil && slices.EqualFunc(a.Columns, b.Columns, sameName) &&
		target(a) == target(b) &&
		slices.EqualFunc(a.RefColumns, b.RefColumns, sameName) &&
		normalAction(a.OnDelete) == normalAction(b.OnDelete) &&
		normalAction(a.OnUpdate) == normalAction(b.OnUpdate)
}

// normalAction returns an action in one form. InnoDB does the same for NO
// ACTION, for RESTRICT and for none.
func normalAction(action string) string {
	switch action = strings.ToUpper(strings.Join(strings.Fields(action), " ")); action {
	case "NO ACTION", "RESTRICT":
		return ""
	}
	return action
}

// sameOptions compares what the words say; of what they do not say, anything
// will do.
func (s server) sameOptions(live, said string) bool {
	if said == "" {
		return true
	}
	have := s.options(live)
	for _, o := range s.options(said) {
		if o.key == "AUTO_INCREMENT" || o.key == "COMMENT" {
			continue // data, and what has a field of its own
		}
		if o.key == "CHARSET" && o.value == "utf8mb3" {
			o.value = "utf8"
		}
		if !slices.ContainsFunc(have, func(h option) bool { return h.key == o.key && (h.value == o.value || sameCollation(h.value, o.value)) }) {
			return false
		}
	}
	return true
}

// commentIn returns the comment that table options give, the last of several.
func (s server) commentIn(options string) (comment string) {
	for _, o := range s.options(options) {
		if o.key == "COMMENT" {
			comment = o.value
		}
	}
	return comment
}

type option struct{ key, value string }

// options reads table options: words in any order, with and without = and
// DEFAULT.
func (s server) options(text string) []option {
	tokens, err := s.tokenize(text)
	if err != nil {
		return []option{{key: text}}
	}
	c := cursor{mode: s.mode, sql: text, tokens: tokens}
	var list []option
	for !c.done() {
		if c.accept(",") {
			continue
		}
		if c.peek().is("PARTITION") {
			break // kept by the server in another spelling
		}
		c.accept("DEFAULT")
		o := option{key: strings.ToUpper(c.next().text)}
		if o.key == "CHARACTER" && c.accept("SET") {
			o.key = "CHARSET"
		}
		c.accept("=")
		o.value = c.value(c.next())
		if o.key != "COMMENT" {
			o.value = fold(o.value)
		}
		list = append(list, o)
	}
	return list
}
