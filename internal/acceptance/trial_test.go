package acceptance

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// trial is a case on one database.
type trial struct {
	testing.TB
	ground
	pool *testdb.Pool
	// dir holds the files of the revisions.
	dir string
	// files is the revision that was generated, if one was.
	files []written
	// meddle is called with "up", "down" and "up again" when a migration has run. Only the
	// test of these tests has one.
	meddle func(stage string)
}

// prove carries the change out. It returns what it did, for the golden file,
// and what it wrote.
func (c change) prove(tb testing.TB, dialect string, pool *testdb.Pool) (string, []written) {
	tb.Helper()
	t := newTrial(tb, c, dialect, pool)
	outcome, err := t.run()
	if err != nil {
		t.problem("%v", err)
	}
	for _, problem := range t.problems {
		tb.Error(problem)
	}
	return outcome, t.files
}

func newTrial(tb testing.TB, c change, dialect string, pool *testdb.Pool) *trial {
	t := &trial{TB: tb, ground: ground{change: c, dialect: dialect}, pool: pool, dir: folder(tb), meddle: func(string) {}}
	t.db = t.open()
	return t
}

func configOf(there elsewhere) *gorm.Config {
	n := naming{elsewhere: there}
	n.IdentifierMaxLength = 63
	return &gorm.Config{NamingStrategy: n}
}

// anew returns the same database with an empty cache of models.
func (t *trial) anew() (*gorm.DB, error) {
	pool, err := t.db.DB()
	if err != nil {
		return nil, err
	}
	dialector := map[string]gorm.Dialector{
		"sqlite":   &sqlite.Dialector{Conn: pool},
		"postgres": postgres.New(postgres.Config{Conn: pool}),
		"mysql":    mysql.New(mysql.Config{Conn: pool}),
	}[t.dialect]
	config := configOf(elsewhereOf(t.db))
	config.Logger = t.db.Logger
	return gorm.Open(dialector, config)
}

// options compare the models with a database.
func (t *trial) options(db *gorm.DB, models []any) autogen.Options {
	return autogen.Options{DB: db, Models: elsewhereOf(db).models(models), Revisions: t.revisions}
}

// answered are the options of the change itself.
func (t *trial) answered() autogen.Options {
	o := t.options(t.db, t.after)
	there := elsewhereOf(t.db)
	o.Drops, o.Backfills, o.BackfillsDown = there.reals(t.drops), t.backfills, t.backfillsDown
	for _, n := range t.renames {
		n.Table = there.real(n.Table)
		if n.Table == "" {
			n.From, n.To = there.real(n.From), there.real(n.To)
		}
		o.Renames = append(o.Renames, n)
	}
	if t.dialect == "mysql" {
		o.Scratch = t.open()
	}
	return o
}

func (t *trial) run() (outcome string, err error) {
	if err := t.begin(); err != nil {
		if words := t.refused[t.dialect]; words != "" && strings.Contains(err.Error(), words) {
			return "refused from the start: " + words + "\n", nil
		}
		if t.abroad() {
			return "refused from the start, being written for " + t.home + "\n", nil
		}
		return "", fmt.Errorf("making the models before: %w", err)
	}
	before, err := t.look()
	if err != nil {
		return "", err
	}

	o := t.answered()
	o.Dir = t.dir
	result, err := autogen.Generate(t.Context(), o)
	if words, ok := t.refused[t.dialect]; ok {
		if err == nil || words == "" || !strings.Contains(elsewhereOf(t.db).said(err.Error()), words) {
			t.problem("the error is %v, want one with %q", err, words)
		}
		return "refused: " + words + "\n", nil
	}
	if err != nil && t.abroad() {
		return "refused, being written for " + t.home + "\n", nil
	}
	if err != nil {
		return "", fmt.Errorf("generating: %w", err)
	}
	t.shuffled(o, result.Plan)
	if len(result.Plan.Unmanaged) > 0 || len(result.Plan.Incomparable) > 0 {
		t.problem("unmanaged %v, incomparable %v", result.Plan.Unmanaged, result.Plan.Incomparable)
	}
	if result.File == "" {
		return "nothing\n", t.unchanged(before)
	}
	why := t.unproven[t.dialect]
	if (result.Verified == "") != (why != "") || !strings.Contains(result.NotVerified, why) {
		t.problem("not verified: %q, want %q", result.NotVerified, why)
	}
	source, err := os.ReadFile(result.File)
	if err != nil {
		return "", err
	}
	t.files = append(t.files, written{result.Revision, source})
	t.revisions = append(t.revisions, result.Revision)
	return elsewhereOf(t.db).said(outcomeOf(result.Revision)), t.upDownUp(before)
}

// begin makes the tables of the models before, with rows in them.
func (t *trial) begin() error {
	revision, err := t.make(t.db, t.before, t.dir)
	if err != nil {
		return err
	}
	t.revisions = op.Revisions{revision}
	schema, err := revision.Up.Apply(op.Schema{})
	if err != nil {
		return err
	}
	return t.fill(schema)
}

// make makes the tables of models in an empty database.
func (t *trial) make(db *gorm.DB, models []any, dir string) (op.Revision, error) {
	o := autogen.Options{DB: db, Models: elsewhereOf(db).models(models), Dir: dir, NoVerify: true}
	result, err := autogen.Generate(t.Context(), o)
	if err != nil {
		return op.Revision{}, err
	}
	_, err = migrate.New(db, op.Revisions{result.Revision}).Upgrade(t.Context(), "head")
	return result.Revision, err
}

// upDownUp runs the last revision.
func (t *trial) upDownUp(before state) error {
	empty := t.open()
	if _, err := t.make(empty, t.after, folder(t)); err != nil {
		return fmt.Errorf("making the models after: %w", err)
	}
	want, err := facts(empty)
	if err != nil {
		return err
	}
	migrator := migrate.New(t.db, t.revisions)
	for _, again := range []string{"", " again"} {
		if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
			return fmt.Errorf("upgrading%s: %w", again, err)
		}
		t.meddle("up" + again)
		after, err := t.look()
		if err != nil {
			return err
		}
		if d := gocmp.Diff(want, after.schema); d != "" {
			t.problem("upgraded%s, it is not what the models after make of an empty database (-empty +upgraded):\n%s", again, d)
		}
		if again != "" {
			break
		}
		t.silent("upgraded")
		t.kept("upgraded", before.rows, after.rows, false)
		if _, err := migrator.Downgrade(t.Context(), "-1"); err != nil {
			return fmt.Errorf("downgrading: %w", err)
		}
		t.meddle("down")
		back, err := t.look()
		if err != nil {
			return err
		}
		if d := gocmp.Diff(before.schema, back.schema); d != "" {
			t.problem("downgraded, it is not what it was (-before +downgraded):\n%s", d)
		}
		t.kept("downgraded", before.rows, back.rows, true)
	}
	return nil
}

// silent makes sure that autogenerate finds nothing.
func (t *trial) silent(when string) {
	o := t.options(t.db, t.after)
	hasView := slices.ContainsFunc(t.after, func(m any) bool { _, ok := m.(op.View); return ok })
	if t.dialect == "mysql" && hasView { // which it can only compare there
		o.Scratch = t.open()
	}
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.problem("%s, comparing: %v", when, err)
	} else if d := gocmp.Diff(diff.Plan{}, plan); d != "" {
		t.problem("%s, autogenerate is not silent:\n%s", when, d)
	}
}

// unchanged makes sure that generating has changed nothing.
func (t *trial) unchanged(before state) error {
	now, err := t.look()
	if d := gocmp.Diff(before.schema, now.schema); d != "" {
		t.problem("it wrote nothing, and the schema is another one:\n%s", d)
	}
	return err
}

// shuffled makes sure that the order of the models is no matter.
func (t *trial) shuffled(o autogen.Options, want diff.Plan) {
	db, err := t.anew()
	if err != nil {
		t.problem("opening the database again: %v", err)
		return
	}
	o.DB = db
	o.Models = slices.Clone(o.Models)
	slices.Reverse(o.Models)
	got, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.problem("comparing with the models in another order: %v", err)
	} else if d := gocmp.Diff(want, got); d != "" {
		t.problem("with the models in another order the plan is another one (-order of the case):\n%s", d)
	}
}

// outcomeOf lists the operations, and what is in a new table.
func outcomeOf(r op.Revision) string {
	var b strings.Builder
	for _, side := range []struct {
		name string
		ops  op.List
	}{{"up  ", r.Up}, {"down", r.Down}} {
		for _, o := range side.ops {
			fmt.Fprintf(&b, "%s  %s\n", side.name, o)
			for _, inside := range render.Lines(op.List{o})[1:] {
				fmt.Fprintf(&b, "          %s\n", inside.Text)
			}
		}
	}
	return cmp.Or(b.String(), "nothing\n")
}

// folder returns an empty migrations package.
func folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "migrations.go"), []byte(collection), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}
