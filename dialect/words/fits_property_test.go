package words_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
)

// TestShortWay says live schemas that are what the first words say, in part or as
// a whole, and again where no table may be found to fit: by words that bind more
// in a column that is none.
func TestShortWay(t *testing.T) {
	exact := rules
	exact.StoresComments = true
	exact.Unique = func(a, b op.Unique) bool { return slices.Equal(a.Columns, b.Columns) && a.Options == b.Options }
	exact.ForeignKey = func(a, b op.ForeignKey) bool { b.Name = a.Name; return a.Same(b) }
	exact.Check = func(a, b op.Check) bool { return a.Expr == b.Expr && a.Options == b.Options }
	exact.Index = func(a, b op.Index) bool { b.Name = a.Name; return a.Same(b) }
	fits := 0
	rapid.Check(t, func(t *rapid.T) {
		first := schematest.Schema(t)
		second, live := schematest.Change(t, first), schematest.Change(t, first)
		if rapid.Bool().Draw(t, "is as said") {
			live = first.Clone()
		}
		var stored op.Schema
		for _, table := range live.Tables {
			stored.Tables = append(stored.Tables, say(table)[strings.ToLower(table.Name)].Stored)
		}
		says := func(long bool) []map[string]words.Saying {
			var list []map[string]words.Saying
			for _, schema := range []op.Schema{first, second} {
				lookup := map[string]words.Saying{}
				for _, table := range schema.Tables {
					for name, s := range say(table) {
						if long {
							s.Bound = map[string]op.Table{"no column": {}}
						} else if i := slices.IndexFunc(stored.Tables, func(t op.Table) bool { return t.Name == table.Name }); i >= 0 && exact.Fits(&stored.Tables[i], &s) {
							fits++
						}
						lookup[name] = s
					}
				}
				list = append(list, lookup)
			}
			return list
		}
		short, _ := words.Speak(stored.Clone(), says(false), exact)
		long, _ := words.Speak(stored.Clone(), says(true), exact)
		if d := cmp.Diff(long, short); d != "" {
			t.Errorf("-long way +short\n%s", d)
		}
	})
	if fits == 0 {
		t.Error("no table has fitted")
	}
	t.Logf("%d tables have fitted", fits)
}
