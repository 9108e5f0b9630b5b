package words_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// TestFits changes one thing after the other of a live table that is what the
// words say.
func TestFits(t *testing.T) {
	word := op.Table{
		Name: "t",
		Columns: []op.Column{
			{Name: "id", Type: op.Int(64), NotNull: true, AutoIncrement: true},
			{Name: "a", Type: op.String(9), Default: op.Literal("x"), Collate: "c"},
			{Name: "g", Type: op.Int(64), Generated: op.Generated{Expr: "id"}},
		},
		PrimaryKey:  op.Columns("id"),
		Uniques:     []op.Unique{{Name: "u", Columns: op.Columns("a")}},
		Indexes:     []op.Index{{Name: "x", Columns: op.Columns("a")}, {Name: "y", Columns: op.Columns("g")}},
		ForeignKeys: []op.ForeignKey{{Name: "f", Columns: []string{"id"}, RefTable: "t", RefColumns: []string{"id"}}},
		Checks:      []op.Check{{Name: "k", Expr: "a > 1"}},
		Options:     "o",
	}
	saying := say(word)["t"]
	live := func() op.Table { return saying.Stored.Clone() }

	same := live()
	if !rules.Fits(&same, &saying) {
		t.Fatal("it does not fit")
	}
	got, _ := words.Speak(op.Schema{Tables: []op.Table{live()}}, []map[string]words.Saying{{"t": saying}}, rules)
	if d := cmp.Diff(op.Schema{Tables: []op.Table{word}}, got); d != "" {
		t.Errorf("-words +spoken\n%s", d)
	}
	got.Tables[0].Columns[0].Name = "changed" // the table is the caller's
	if saying.Word.Columns[0].Name != "id" {
		t.Error("the words were changed")
	}

	for name, change := range map[string]func(*op.Table){
		"name of a column":     func(t *op.Table) { t.Columns[0].Name = "ID" },
		"type":                 func(t *op.Table) { t.Columns[0].Type = op.Raw("other") },
		"not null":             func(t *op.Table) { t.Columns[0].NotNull = false },
		"auto-increment":       func(t *op.Table) { t.Columns[0].AutoIncrement = false },
		"default":              func(t *op.Table) { t.Columns[1].Default = op.Literal("y") },
		"collation":            func(t *op.Table) { t.Columns[1].Collate = "d" },
		"expression":           func(t *op.Table) { t.Columns[2].Generated.Expr = "a" },
		"column more":          func(t *op.Table) { t.Columns = append(t.Columns, op.Column{Name: "z"}) },
		"column less":          func(t *op.Table) { t.Columns = t.Columns[:2] },
		"primary key":          func(t *op.Table) { t.PrimaryKey = nil },
		"unique constraint":    func(t *op.Table) { t.Uniques[0].Columns = op.Columns("g") },
		"no unique constraint": func(t *op.Table) { t.Uniques = nil },
		"index":                func(t *op.Table) { t.Indexes[1].Columns = op.Columns("a") },
		"name of an index":     func(t *op.Table) { t.Indexes[1].Name = "z" },
		"order of indexes":     func(t *op.Table) { t.Indexes[0], t.Indexes[1] = t.Indexes[1], t.Indexes[0] },
		"index more":           func(t *op.Table) { t.Indexes = append(t.Indexes, op.Index{Name: "z"}) },
		"foreign key":          func(t *op.Table) { t.ForeignKeys[0].Columns = []string{"a"} },
		"check":                func(t *op.Table) { t.Checks[0].Expr = "a > 2" },
		"check without a name": func(t *op.Table) { t.Checks[0].Name = "" },
		"options":              func(t *op.Table) { t.Options = "p" },
	} {
		changed := live()
		change(&changed)
		if rules.Fits(&changed, &saying) {
			t.Errorf("%s: it fits", name)
		}
	}

	bound := saying
	bound.Bound = map[string]op.Table{"a": {}}
	if rules.Fits(&same, &bound) {
		t.Error("a column that binds more fits")
	}
	stores := rules
	stores.StoresComments = true
	same.Columns[0].Comment = "c"
	if !rules.Fits(&same, &saying) || stores.Fits(&same, &saying) {
		t.Error("a comment counts where it is stored")
	}
	same.Columns[0].Comment, same.Comment = "", "c"
	if !rules.Fits(&same, &saying) || stores.Fits(&same, &saying) {
		t.Error("the comment of the table counts where it is stored")
	}
}

// TestKnownToFit: what is known is not looked at again.
func TestKnownToFit(t *testing.T) {
	word := op.Table{Name: "t", Columns: []op.Column{{Name: "c", Type: op.Int(32)}}, Indexes: []op.Index{{Name: "x", Columns: op.Columns("c")}}}
	live := word.Clone()
	live.Columns[0].Type, live.Indexes = op.Raw("int"), append(live.Indexes, op.Index{Name: "of the database's own"})
	got, _ := words.Speak(op.Schema{Tables: []op.Table{live}}, []map[string]words.Saying{{"t": {Word: word, Fits: true}}}, rules)
	if d := cmp.Diff(op.Schema{Tables: []op.Table{word}}, got); d != "" {
		t.Errorf("-words +spoken\n%s", d)
	}
}
