package autogen_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// GORM's parser prints its errors, which are wanted here, to a global logger.
func TestMain(m *testing.M) {
	logger.Default = logger.Discard
	m.Run()
}

// books names the table of a struct that embeds it. GORM sees no column in it,
// since it is not exported.
type books struct{}

func (books) TableName() string { return "books" }

// Book grows from version to version.
type (
	Book struct {
		books
		ID    uint
		Title string `gorm:"size:100;not null"`
	}
	BookWithISBN struct {
		books
		ID    uint
		Title string `gorm:"size:100;not null"`
		Isbn  string
	}
)

const collection = "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"

// project is a user's: a database file, a migrations folder, and the
// revisions that would be compiled in after each generated file.
type project struct {
	t         *testing.T
	db        *gorm.DB
	file, dir string
	revisions op.Revisions
}

func newProject(t *testing.T) *project {
	t.Helper()
	p := &project{t: t, file: filepath.Join(t.TempDir(), "test.db"), dir: t.TempDir()}
	p.db = open(t, p.file)
	p.write("migrations.go", collection)
	return p
}

// newProjectOn is one with a database of that kind.
func newProjectOn(t *testing.T, dialect string) *project {
	t.Helper()
	p := &project{t: t, dir: t.TempDir(), db: testdb.Open(t, dialect)}
	p.write("migrations.go", collection)
	return p
}

func open(t testing.TB, url string) *gorm.DB {
	t.Helper()
	db, err := gorm.Open(sqlite.Open(url), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return db
}

func (p *project) write(name, source string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(source), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// options have a clock and a counter, so that results are the same each time.
func (p *project) options(models ...any) autogen.Options {
	number := len(p.revisions)
	return autogen.Options{
		DB: p.db, Models: models, Revisions: p.revisions, Dir: p.dir,
		Now:   func() time.Time { return time.Date(2026, 11, 23, 10, 15, number, 0, time.UTC) },
		NewID: func() string { return []string{"3f9a1c07b2d4", "8d2e44b1a90c", "aa00bb11cc22", "bb11cc22dd33"}[number] },
	}
}

// add takes a result as if the program had been built again.
func (p *project) add(result autogen.Result, err error) autogen.Result {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	if result.File == "" {
		p.t.Fatal("no file was written")
	}
	p.revisions = append(slices.Clone(p.revisions), result.Revision)
	return result
}

func (p *project) generate(models ...any) autogen.Result {
	p.t.Helper()
	return p.add(autogen.Generate(p.t.Context(), p.options(models...)))
}

func (p *project) upgrade() {
	p.t.Helper()
	if _, err := migrate.New(p.db, p.revisions).Upgrade(p.t.Context(), "heads"); err != nil {
		p.t.Fatal(err)
	}
}

func (p *project) downgrade(target string) {
	p.t.Helper()
	if _, err := migrate.New(p.db, p.revisions).Downgrade(p.t.Context(), target); err != nil {
		p.t.Fatal(err)
	}
}

func (p *project) exec(statements ...string) {
	p.t.Helper()
	for _, sql := range statements {
		if err := p.db.Exec(sql).Error; err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *project) query(sql string) []string {
	p.t.Helper()
	var list []string
	if err := p.db.Raw(sql).Scan(&list).Error; err != nil {
		p.t.Fatal(err)
	}
	return list
}

// schema returns all that is stored of the schema, but for the history.
func (p *project) schema() []string {
	p.t.Helper()
	return p.query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT IN ('limbeck_revisions', 'sqlite_sequence') ORDER BY type, name")
}

// files returns the folder's files with their contents.
func (p *project) files() map[string]string {
	p.t.Helper()
	return filesOf(p.t, p.dir)
}

func filesOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			files[e.Name()] = "(folder)"
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(text)
	}
	return files
}

// unchanged returns a function that fails the test where the folder or the
// database file is not what it was, byte for byte.
func (p *project) unchanged() func() {
	p.t.Helper()
	database := func() []byte {
		text, err := os.ReadFile(p.file)
		if err != nil && !os.IsNotExist(err) {
			p.t.Fatal(err)
		}
		return text
	}
	files, bytes := p.files(), database()
	return func() {
		p.t.Helper()
		same(p.t, files, p.files())
		if !cmp.Equal(bytes, database()) {
			p.t.Error("the database file has changed")
		}
	}
}

func same(t testing.TB, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func lines(list op.List) []string {
	var text []string
	for _, o := range list {
		text = append(text, o.String())
	}
	return text
}

// stamp says that the database is at head.
func (p *project) stamp() {
	p.t.Helper()
	if err := migrate.New(p.db, p.revisions).Stamp(p.t.Context(), "head", migrate.StampOptions{}); err != nil {
		p.t.Fatal(err)
	}
}
