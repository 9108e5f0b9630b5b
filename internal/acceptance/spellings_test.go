package acceptance

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// What is only spelled in another way is no change, however it is asked for,
// and what is nearly the same is one.

// places are where models have SQL of their own.
var places = map[string]func(sql string) []any{
	"check": func(sql string) []any { return thing(text, f[int]("B", "check:chk_x,"+sql)) },
	"default": func(sql string) []any {
		return thing(f[string]("A", "size:40;default:("+sql+")"), f[int]("B", ""))
	},
	"generated": func(sql string) []any {
		return thing(text, f[int]("B", ""), f[int64]("C", "->;type:bigint GENERATED ALWAYS AS ("+sql+") STORED"))
	},
	"type":      func(sql string) []any { return thing(f[string]("A", "type:"+sql), f[int]("B", "")) },
	"predicate": func(sql string) []any { return thing(text, f[int]("B", "index:idx_x,where:"+sql)) },
	"expression": func(sql string) []any {
		return thing(f[string]("A", "size:40;index:idx_x,expression:"+sql), f[int]("B", ""))
	},
	"view": func(sql string) []any { return beside(thing(text, f[int]("B", "")), op.View{Name: "v", SQL: sql}) },
}

var text = f[string]("A", "size:40")

func TestSpellings(t *testing.T) {
	const notMySQL = "sqlite postgres"
	cases := []struct {
		place, before, after string
		// same are the databases on which it is no change, out are those that
		// do not take it.
		same, out string
	}{
		{"check", "b > 0", "B  >  0", all, ""},
		{"check", "b > 0 and a <> 'x'", "b>0\n\tAND a<>'x'", all, ""},
		{"check", "b > 0", "b > 0 -- always", all, ""},
		{"check", "b > 0", "/* it's > */ b > 0", all, ""},
		{"check", "b > 0", "(b > 0)", all, ""},
		{"check", "b > 0 AND b < 9", "(b > 0) AND (b < 9)", "postgres mysql", ""}, // SQLite keeps what was written
		{"check", "b > 0", "`b` > 0", "sqlite mysql", "postgres"},
		{"check", "b > 0", `"b" > 0`, notMySQL, "mysql"},
		{"check", "b > 0", "[B] > 0", "sqlite", "postgres mysql"},
		{"check", "b != 0", "b <> 0", "postgres mysql", ""},
		{"check", "b > 0", "b >= 0", "", ""},
		{"check", "b > 0", "b > 00", "postgres mysql", ""},
		{"check", "a <> 'A'", "a <> 'a'", "", ""},
		{"check", "a <> 'a b'", "a <> 'a  b'", "", ""},
		{"check", "a <> '/* x */'", "a <> ''", "", ""},
		{"check", "a <> 'x -- y'", "a <> 'x'", "", ""},
		{"check", "a <> 'it''s'", "a <> 'its'", "", ""},
		{"check", `a <> "X"`, `a <> "x"`, "", "postgres"}, // texts, since there are no such columns
		{"check", `a <> "x"`, `a <> 'x'`, "mysql", "postgres"},
		{"check", `a <> "a"`, `a <> 'a'`, "mysql", ""},
		{"check", `"B" > 0`, `"b" > 0`, "", "mysql postgres"}, // nobody says that it is no text
		{"check", "b > 0", "0 < b", "", ""},
		{"check", "b > 0 AND a <> 'x' OR b < -9", "b > 0 AND (a <> 'x' OR b < -9)", "", ""},
		{"default", "lower('ABC')", "LOWER( 'ABC' )", all, ""},
		{"default", "lower('ABC')", "(lower('ABC'))", all, ""},
		{"default", "lower('ABC')", "lower('abc')", "", ""},
		{"default", "lower('ABC')", "upper('ABC')", "", ""},
		{"generated", "b * 2", "B*2", all, ""},
		{"generated", "b * 2", "(b /* twice */ * 2)", all, ""},
		{"generated", "b * 2", "b * 20", "", ""},
		{"type", "varchar(40)", "VARCHAR( 40 )", all, ""},
		{"type", "varchar(40)", "varchar(41)", "", ""},
		{"type", "enum('a','b')", "ENUM('a', 'b')", "mysql", "sqlite postgres"},
		{"type", "enum('a','b')", "enum('a','b','c')", "", "sqlite postgres"},
		{"predicate", "b > 0", "B>0", all, ""},
		{"predicate", "b > 0", "(b > 0)", all, ""},
		{"predicate", "b > 0", "b >= 0", "", ""},
		{"predicate", "a <> 'A'", "a <> 'a'", "", ""},
		{"expression", "lower(a)", "LOWER( A )", notMySQL, "mysql"},
		{"expression", "lower(a)", "upper(a)", "", "mysql"},
		{"expression", "(a || 'X')", "(a || 'x')", "", "mysql"},
		{"view", "SELECT id, a FROM things WHERE a <> 'x'", "select id,\n\ta\nfrom things -- all\nwhere a <> 'x'", all, ""},
		{"view", "SELECT id, upper(a) AS big FROM things", "SELECT id, UPPER( a ) AS big FROM things", all, ""},
		{"view", "SELECT id, a FROM things WHERE a <> 'x'", "SELECT id, a FROM things WHERE a <> 'X'", "", ""},
		{"view", "SELECT id, upper(a) AS big FROM things", "SELECT id, upper(a) AS Big FROM things", "postgres", ""},
		{"view", "SELECT id, b+1 FROM things", "SELECT id, b + 1 FROM things", "postgres", ""}, // it is the column's name elsewhere
		{"view", "SELECT id, b FROM things", "SELECT ID, B FROM things", notMySQL, ""},         // which calls its columns so
		{"view", "SELECT id FROM things LIMIT 5", "select id from things limit 5", all, ""},
		{"view", "SELECT id, b FROM things", "SELECT b, id FROM things", "", ""},
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		pool := testdb.NewPool(t, dialect)
		for _, c := range cases {
			if strings.Contains(c.out, dialect) {
				continue
			}
			t.Run(c.place+" "+c.before+" "+c.after, func(t *testing.T) {
				t.Parallel()
				s := newTrial(t, change{before: places[c.place](c.before), after: places[c.place](c.after)}, dialect, pool)
				revision, err := s.make(s.db, s.before, s.dir)
				if err != nil {
					t.Fatal(err)
				}
				s.revisions = op.Revisions{revision}
				want := strings.Contains(c.same, dialect)
				for _, from := range []autogen.From{autogen.FromDatabase, autogen.FromRevisions} {
					o := s.answered()
					o.From, o.Dir = from, s.dir
					plan, err := autogen.Compare(t.Context(), o)
					if err != nil {
						t.Fatal(err)
					}
					if got := len(plan.Up)+len(plan.Down)+len(plan.Questions) == 0; got != want || len(plan.Incomparable) > 0 {
						t.Errorf("from %v, up %v, down %v, questions %v, incomparable %v, want no change: %v", from, plan.Up, plan.Down, plan.Questions, plan.Incomparable, want)
					}
					if preview, err := autogen.Diff(t.Context(), o); err != nil || preview.Empty() != want {
						t.Errorf("from %v, diff says %v, %v", from, preview.Up, err)
					}
					if from == autogen.FromDatabase && !want {
						continue // it would write a file
					}
					if result, err := autogen.Generate(t.Context(), o); err != nil || (result.File == "") != want {
						t.Errorf("from %v, generate writes %q, %v", from, result.File, err)
					}
				}
			})
		}
	})
}

// TestSpellingsAreNoChange holds that for random spellings of all places at
// once, asked of the database and of the revisions alone.
func TestSpellingsAreNoChange(t *testing.T) {
	models := func(dialect string, say func(sql string) string) []any {
		expression := "index:idx_x"
		if dialect != "mysql" {
			expression += ",expression:" + say("lower ( a )")
		}
		return beside(thing(
			f[string]("A", "size:40;"+expression+";check:chk_a,"+say("a <> 'It''s  -- /* no' and length ( a ) < 50 or a is null")),
			f[int]("B", "index:idx_y,where:"+say("b > 0 and b <> - 1")+";check:chk_b,"+say("b between 0 and 1000 or not ( b in ( 1 ) )")),
			f[int64]("C", "->;type:bigint GENERATED ALWAYS AS ("+say("b * ( 2 + 1 )")+") STORED"),
			f[string]("D", "size:40;default:("+say("lower ( 'A  b' )")+")"),
		), op.View{Name: "v", SQL: say("select id , lower ( a ) as big from things where a <> 'X  y' and b > 1")})
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		pool := testdb.NewPool(t, dialect)
		s := newTrial(t, change{before: models(dialect, func(sql string) string { return sql })}, dialect, pool)
		revision, err := s.make(s.db, s.before, s.dir)
		if err != nil {
			t.Fatal(err)
		}
		s.revisions = op.Revisions{revision}
		options := s.answered()
		rapid.Check(t, func(rt *rapid.T) {
			o := options
			if o.DB, err = s.anew(); err != nil {
				rt.Fatal(err)
			}
			o.Models = models(dialect, func(sql string) string { return spelled(rt, sql) })
			compare := func() {
				plan, err := autogen.Compare(rt.Context(), o)
				if err != nil {
					rt.Fatal(err)
				}
				if !plan.Empty() || len(plan.Questions) > 0 || len(plan.Incomparable) > 0 {
					rt.Fatalf("from %v: %+v", o.From, plan)
				}
			}
			for _, o.From = range []autogen.From{autogen.FromDatabase, autogen.FromRevisions} {
				compare()
			}
			if dialect == "mysql" { // where no server replays the revisions then
				o.Scratch = nil
				o.Models[len(o.Models)-1] = s.before[len(s.before)-1] // only it tells what columns a view has
				compare()
			}
		})
	})
}

// spelled writes SQL, in which single blanks stand between tokens, in another
// way: with other blanks and comments, and words in other letters. Names that
// a program sees keep theirs.
func spelled(t *rapid.T, sql string) string {
	var b strings.Builder
	for i, token := range tokensOf(sql) {
		if i > 0 {
			b.WriteString(rapid.SampledFrom([]string{" ", "  ", "\t", "\n", " /* it's */ ", " -- so\n"}).Draw(t, "blank"))
		}
		isWord := token[0] >= 'a' && token[0] <= 'z'
		if isWord && !slices.Contains([]string{"id", "big", "things"}, token) && rapid.Bool().Draw(t, "capitals") {
			token = strings.ToUpper(token)
		}
		b.WriteString(token)
	}
	if rapid.Bool().Draw(t, "in parentheses") && !strings.HasPrefix(sql, "select") {
		return "(" + b.String() + "\n)"
	}
	return b.String()
}

// tokensOf splits at blanks outside of strings.
func tokensOf(sql string) []string {
	var list []string
	isOpen := false
	for i, part := range strings.Split(sql, " ") {
		if isOpen && i > 0 {
			list[len(list)-1] += " " + part
		} else {
			list = append(list, part)
		}
		if strings.Count(part, "'")%2 == 1 {
			isOpen = !isOpen
		}
	}
	return list
}
