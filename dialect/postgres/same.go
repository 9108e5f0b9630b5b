package postgres

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// rules say what is the same to PostgreSQL, where home is the schema whose
// tables have plain names: both forms come from the same reading.
func rules(home string) words.Rules {
	return words.Rules{
		Fold:           func(name string) string { return strings.TrimPrefix(name, home+".") },
		StoresComments: true,
		Type:           func(a, b op.Column) bool { return sameType(home, a.Type, b.Type) },
		Default:        sameDefault,
		Generated:      sameGenerated,
		Collate:        func(a, b op.Column) bool { return sameCollate(a.Collate, b.Collate) },
		PrimaryKey:     samePrimaryKey,
		Options:        func(a, b string) bool { return normalSQL(a) == normalSQL(b) },
		Unique:         sameUnique,
		ForeignKey:     func(a, b op.ForeignKey) bool { return sameForeignKey(home, a, b) },
		Check: func(a, b op.Check) bool {
			return sameText(a.Expr, b.Expr) && normalSQL(a.Options) == normalSQL(b.Options)
		},
		Index: sameIndex,
		Text:  sameText,
	}
}

// Rephrase compares the tokens of expressions and queries, of which those that
// are the same have the same columns here too.
func (Dialect) Rephrase(said []op.Schema) []op.Schema {
	said = words.RephraseUnasked(said, rules(""))
	rephrased, err := words.RephraseViews(said, func(first, other op.View) (bool, error) { return sameText(first.SQL, other.SQL), nil })
	if err != nil {
		return said
	}
	return rephrased
}

func sameText(a, b string) bool { return a == b || normalSQL(a) == normalSQL(b) }

func sameType(home string, live, stored op.Type) bool {
	if live.Word == op.WordEnum {
		return sameEnum(home, live, stored)
	}
	// A type that could not be asked about stands without its schema.
	return sameText(live.Text, stored.Text) || home != "" && sameText(strings.TrimPrefix(live.Text, quoteIdentifier(home)+"."), stored.Text)
}

func sameGenerated(a, b op.Column) bool {
	return a.Generated.Stored == b.Generated.Stored && sameText(a.Generated.Expr, b.Generated.Expr)
}

// sameCollate compares two names. One without a schema was found on the search
// path, so that only the names count.
func sameCollate(a, b string) bool {
	x, y := identifiers(a), identifiers(b)
	if len(x) == 0 || len(y) == 0 {
		return len(x) == len(y)
	}
	n := min(len(x), len(y))
	return slices.Equal(x[len(x)-n:], y[len(y)-n:])
}

// identifiers returns the parts of a name without quotes.
func identifiers(text string) []string {
	var names []string
	for _, t := range tokenize(text) {
		if t.isIdentifier() {
			names = append(names, t.value())
		}
	}
	return names
}

// samePrimaryKey compares the columns, and the name where the words have one:
// without it any name is the server's own choice.
func samePrimaryKey(live, stored op.Table) bool {
	_, table := splitName(live.Name)
	nameOf := func(t op.Table) string {
		if t.PrimaryKeyName == "" {
			return chosenName(table, "", "pkey")
		}
		return t.PrimaryKeyName
	}
	return slices.EqualFunc(live.PrimaryKey, stored.PrimaryKey, func(a, b op.KeyPart) bool { return a.Column == b.Column }) &&
		(stored.PrimaryKeyName == "" || nameOf(live) == nameOf(stored))
}

func sameUnique(a, b op.Unique) bool {
	return slices.EqualFunc(a.Columns, b.Columns, func(a, b op.KeyPart) bool { return a.Column == b.Column }) &&
		uniqueOptions(a.Options) == uniqueOptions(b.Options)
}

func sameForeignKey(home string, a, b op.ForeignKey) bool {
	fold := rules(home).Fold
	a, b = deferralApart(a), deferralApart(b)
	return slices.Equal(a.Columns, b.Columns) &&
		fold(a.RefTable) == fold(b.RefTable) &&
		slices.Equal(a.RefColumns, b.RefColumns) &&
		normalAction(a.OnDelete) == normalAction(b.OnDelete) &&
		normalAction(a.OnUpdate) == normalAction(b.OnUpdate) &&
		normalDeferrable(a.Deferrable) == normalDeferrable(b.Deferrable) &&
		normalMatch(a.Match) == normalMatch(b.Match)
}

// deferralApart returns the key with the clause that GORM's constraint tag can
// only say behind an action, as in OnDelete:SET NULL DEFERRABLE, in its own
// place.
func deferralApart(k op.ForeignKey) op.ForeignKey {
	for _, action := range []*string{&k.OnDelete, &k.OnUpdate} {
		words := strings.Fields(*action)
		at := slices.IndexFunc(words, func(w string) bool {
			return strings.EqualFold(w, "deferrable") || strings.EqualFold(w, "initially")
		})
		if at > 0 && strings.EqualFold(words[at-1], "not") {
			at--
		}
		if at >= 0 {
			*action = strings.Join(words[:at], " ")
			k.Deferrable = strings.Join(append(words[at:], k.Deferrable), " ")
		}
	}
	return k
}

func normalAction(action string) string {
	if text := normalSQL(action); text != "no action" {
		return text
	}
	return ""
}

func normalMatch(match string) string {
	if text := strings.ToUpper(strings.TrimSpace(match)); text != "SIMPLE" {
		return text
	}
	return ""
}

// normalDeferrable returns the clause in one form: what is the default is left
// out, and DEFERRED implies DEFERRABLE.
func normalDeferrable(clause string) string {
	text := " " + normalSQL(clause) + " "
	has := func(words string) bool { return strings.Contains(text, " "+words+" ") }
	var list []string
	switch {
	case has("initially deferred"):
		list = append(list, "deferrable initially deferred")
	case has("deferrable") && !has("not deferrable"):
		list = append(list, "deferrable")
	}
	if has("not valid") {
		list = append(list, "not valid")
	}
	return strings.Join(list, " ")
}

// uniqueOptions returns the options of a unique constraint in one form: those
// of its index, and when it is checked.
func uniqueOptions(options string) string {
	return parseIndex("CREATE INDEX i ON t (c) "+options).options() + " " + normalDeferrable(options)
}

func sameIndex(a, b op.Index) bool {
	method := func(x op.Index) string {
		if m := strings.ToLower(x.Method); m != "btree" {
			return m
		}
		return ""
	}
	return a.Unique == b.Unique && method(a) == method(b) && sameText(a.Where, b.Where) && sameText(a.Options, b.Options) &&
		slices.EqualFunc(a.Columns, b.Columns, func(a, b op.KeyPart) bool {
			return a.Column == b.Column && sameText(a.Expr, b.Expr) && a.Desc == b.Desc && a.Nulls == b.Nulls &&
				sameCollate(a.Collate, b.Collate)
		})
}
