package acceptance

import (
	"errors"
	"regexp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/catalogue"
	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// TestProperty holds laws 1 and 2 on each database, with rows in all tables, for
// a random schema and a random neighbour of it: what a case of TestAcceptance
// holds, but for the models. A change that the rows do not allow fails, and then
// nothing has happened, where the database can undo.
//
// scripts/soak draws thousands. A draw that fails is kept in testdata/rapid and
// comes first the next time.
func TestProperty(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		pool := testdb.NewPool(t, dialect)
		n, misfits := 0, 0
		rapid.Check(t, func(rt *rapid.T) {
			a := schematest.Schema(rt)
			b := schematest.Change(rt, a)
			if dialect == "mysql" {
				a, b = schematest.ForMySQL(a), schematest.ForMySQL(b)
			}
			n++
			p := &pair{T: rt, ground: ground{dialect: dialect, alike: true, sure: isSure}, pool: pool, a: a, b: b}
			if !p.hold() {
				misfits++
			}
		})
		t.Logf("%s: %d of %d changes did not fit the rows", dialect, misfits, n)
	})
}

// pair is two schemas, of which the second is to follow the first.
type pair struct {
	*rapid.T
	ground
	pool *testdb.Pool
	a, b op.Schema
}

// hold reports whether the rows allowed the change.
func (p *pair) hold() bool {
	p.db = p.pool.Open(p.T)
	first, second := p.plan(op.Schema{}, p.a), p.plan(p.a, p.b)
	p.revisions = op.Revisions{
		{ID: "a", Created: "2026-11-23T10:15:02Z", Message: "make a", Up: first.Up, Down: first.Down},
		{ID: "b", Parents: []string{"a"}, Created: "2026-11-23T10:15:03Z", Message: "change a into b", Up: second.Up, Down: second.Down},
	}
	ctx := p.T.Context()
	migrator := migrate.New(p.db, p.revisions)
	if _, err := migrator.Upgrade(ctx, "a"); err != nil {
		p.Fatalf("making a: %v", err)
	}
	if err := p.fill(p.a); err != nil {
		if misfit.MatchString(err.Error()) {
			return false // such as a unique bool
		}
		p.Fatalf("filling a: %v", err)
	}
	before := p.mustLook()
	if _, err := migrator.Upgrade(ctx, "b"); err != nil {
		return p.undone("up", err, before)
	}
	after := p.mustLook()
	p.same("up", p.fresh(), after.schema)
	p.kept("up", before.rows, after.rows, false)
	if _, err := migrator.Downgrade(ctx, "-1"); err != nil {
		return p.undone("down", err, after)
	}
	back := p.mustLook()
	p.same("down", before.schema, back.schema)
	p.kept("down", before.rows, back.rows, true)
	if _, err := migrator.Upgrade(ctx, "b"); err != nil {
		return p.undone("up again", err, back)
	}
	p.same("up again", after.schema, p.mustLook().schema)
	for _, problem := range p.problems {
		p.Errorf("%s\nup %s\ndown %s", problem, second.Up, second.Down)
	}
	return true
}

// plan compares two schemas. Every column that asks for a value gets one.
func (p *pair) plan(from, to op.Schema) diff.Plan {
	o := diff.Options{Owned: from, Drops: schematest.Gone(from, to)}
	for range 2 {
		plan, err := diff.Compare(from, to, o)
		if err != nil {
			p.Fatalf("comparing: %v", err)
		}
		if len(plan.Questions) == 0 {
			return plan
		}
		o.Backfills = map[string]op.Default{}
		for _, q := range plan.Questions {
			for _, t := range to.Tables {
				for _, c := range t.Columns {
					if t.Name+"."+c.Name == q.About {
						o.Backfills[q.About] = op.Expr(p.usual(c, 9))
					}
				}
			}
		}
	}
	p.Fatalf("it asks although everything is answered")
	panic("unreachable")
}

// fresh returns the catalogue of an empty database in which b was made.
func (p *pair) fresh() []string {
	db := p.pool.Open(p.T)
	plan := p.plan(op.Schema{}, p.b)
	only := op.Revisions{{ID: "b", Created: "2026-11-23T10:15:02Z", Message: "make b", Up: plan.Up, Down: plan.Down}}
	if _, err := migrate.New(db, only).Upgrade(p.T.Context(), "head"); err != nil {
		p.Fatalf("making b: %v", err)
	}
	lines, err := catalogue.Read(db)
	if err != nil {
		p.Fatal(err)
	}
	return comparable(lines)
}

func (p *pair) mustLook() state {
	s, err := p.look()
	if err != nil {
		p.Fatal(err)
	}
	return s
}

func (p *pair) same(when string, want, got []string) {
	if d := gocmp.Diff(want, got); d != "" {
		p.problem("%s: the schema is another one (-want +got):\n%s", when, d)
	}
}

// misfit is what the databases say to rows that a constraint or a type does not
// allow.
var misfit = regexp.MustCompile(`constraint failed|SQLSTATE 2[23]|Error (1048|1062|1138|1264|1265|1292|1366|1406|1452|1451|4025)\b|do not exist|cannot be NULL|mend these rows first`)

// undone makes sure that a change which the rows do not allow has not happened.
func (p *pair) undone(when string, err error, before state) bool {
	var failed *migrate.RevisionError
	if !errors.As(err, &failed) || !misfit.MatchString(err.Error()) {
		p.Fatalf("%s: %v\nfrom %+v\nto %+v", when, err, p.a, p.b)
	}
	if p.dialect != "mysql" { // which commits each statement
		if d := gocmp.Diff(before, p.mustLook(), gocmp.AllowUnexported(state{})); d != "" {
			p.Fatalf("%s failed (%v), and left (-before +after):\n%s", when, err, d)
		}
	}
	return false
}

// isSure reports whether a value stays for certain: the column has the same kind
// of type, and a null need not become something else.
func isSure(before, after op.Column) bool {
	if after.NotNull && !before.NotNull {
		return false
	}
	if before.Type.Equal(after.Type) {
		return true
	}
	return slices.ContainsFunc([][]op.Word{{op.WordInt, op.WordUint}, {op.WordString, op.WordText, op.WordKeyText}}, func(kind []op.Word) bool {
		return slices.Contains(kind, before.Type.Word) && slices.Contains(kind, after.Type.Word)
	})
}
