package acceptance

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/model"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// TestSameBytes holds law 1 for each case, down to the bytes of the file: no
// order of the models, of what is in the current schema (but for its columns),
// or of the answers makes another one, nor the order that Go gives to maps, nor
// how many processors there are. It needs no server. TestOrderOfInputsMeansNothing
// of package diff does so for random schemas, up to the plan.
func TestSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, name := range dialects {
		t.Run(name, func(t *testing.T) {
			s := stable{dialect: name, db: testdb.Open(t, "sqlite")}
			for i, e := range entries(t) {
				if testing.Short() && i%8 != 0 {
					continue
				}
				s.change = e.change
				want := s.written(t, nil)
				for n := range 4 {
					runtime.GOMAXPROCS(1 + n)
					got := s.written(t, rand.New(rand.NewPCG(uint64(i), uint64(n))))
					if d := gocmp.Diff(want, got); d != "" {
						t.Errorf("%s/%s, in order %d (-order of the case):\n%s", e.topic, e.name, n, d)
						break
					}
				}
			}
		})
	}
}

// stable is a case on a database that is never asked.
type stable struct {
	change
	dialect string
	db      *gorm.DB // whose pool stands in for all others
}

// written returns the file of the case with everything in a random order, or
// what is said instead of it. Without a source of chance the order is the case's.
func (s stable) written(t *testing.T, r *rand.Rand) string {
	t.Helper()
	before, _, err := s.load(t, shuffled(r, s.before))
	if err != nil {
		return err.Error()
	}
	after, hints, err := s.load(t, shuffled(r, s.after))
	if err != nil {
		return err.Error()
	}
	o := diff.Options{Owned: mixed(r, before), Renames: shuffled(r, s.renames), Drops: shuffled(r, s.drops), Backfills: s.backfills, BackfillsDown: s.backfillsDown, JoinTables: shuffled(r, hints.JoinTables)}
	for _, h := range shuffled(r, hints.Renames) {
		o.Hints = append(o.Hints, diff.Rename(h))
	}
	plan, err := diff.Compare(mixed(r, before), mixed(r, after), o)
	if err != nil {
		return err.Error()
	}
	if len(plan.Questions) > 0 {
		return (&autogen.QuestionsError{Questions: plan.Questions}).Error()
	}
	var b bytes.Buffer
	revision := op.Revision{ID: "a", Created: "2026-11-23T10:15:02Z", Message: render.Message(plan.Up), Up: plan.Up, Down: plan.Down}
	if err := render.Go(&b, revision); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	fmt.Fprintln(&b, plan.Cautions, plan.Incomparable, plan.Unmanaged)
	return b.String()
}

// load reads the models with an empty cache.
func (s stable) load(t *testing.T, models []any) (op.Schema, model.Hints, error) {
	t.Helper()
	pool, err := s.db.DB()
	if err != nil {
		t.Fatal(err)
	}
	dialector := map[string]gorm.Dialector{
		"sqlite":   &sqlite.Dialector{Conn: pool},
		"postgres": postgres.New(postgres.Config{Conn: pool}),
		"mysql":    mysql.New(mysql.Config{Conn: pool, SkipInitializeWithVersion: true}),
	}[s.dialect]
	config := configOf(s.elsewhere)
	config.DisableAutomaticPing = true
	db, err := gorm.Open(dialector, config)
	if err != nil {
		t.Fatal(err)
	}
	d, err := dialect.For(db)
	if err != nil {
		t.Fatal(err)
	}
	loader := model.Loader{DB: db, Spell: d.SpellType, CheckName: d.CheckName}
	schema, err := loader.Load(models...)
	if err != nil {
		return op.Schema{}, model.Hints{}, err
	}
	hints, err := loader.Hints(models...)
	return schema, hints, err
}

// mixed returns the same schema in another order; that of columns means
// something.
func mixed(r *rand.Rand, s op.Schema) op.Schema {
	s = s.Clone()
	s.Tables, s.Enums, s.Views = shuffled(r, s.Tables), shuffled(r, s.Enums), shuffled(r, s.Views)
	for i := range s.Tables {
		t := &s.Tables[i]
		t.Uniques, t.Indexes, t.ForeignKeys, t.Checks = shuffled(r, t.Uniques), shuffled(r, t.Indexes), shuffled(r, t.ForeignKeys), shuffled(r, t.Checks)
	}
	return s
}

func shuffled[T any](r *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	if r != nil {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return list
}
