package autogen_test

import (
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
)

type persons struct{}

func (persons) TableName() string { return "persons" }

// Person has every kind of text that PostgreSQL stores in another way.
type (
	Person struct {
		persons
		ID    uint
		Age   int    `gorm:"check:chk_age,age IN (13, 14);default:length('ab')"`
		Name  string `gorm:"index:idx_name,expression:LOWER(name),where:name <> ''"`
		Twice int    `gorm:"->;type:bigint GENERATED ALWAYS AS (length(name || 'x')) STORED"`
	}
	PersonOlder struct {
		persons
		ID    uint
		Age   int    `gorm:"check:chk_age,age IN (17, 18);default:length('ab')"`
		Name  string `gorm:"index:idx_name,expression:LOWER(name),where:name <> ''"`
		Twice int    `gorm:"->;type:bigint GENERATED ALWAYS AS (length(name || 'x')) STORED"`
	}
)

// restrictions are what keeps a session from asking the server. They hold for
// the one connection of the pool.
var restrictions = map[string]struct {
	set func(name string) []string
	why string
}{
	"an account without TEMPORARY": {func(name string) []string {
		role := "poor_" + name
		return []string{
			"CREATE ROLE " + role, fmt.Sprintf("REVOKE ALL ON DATABASE %q FROM PUBLIC", name),
			"GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role, "SET ROLE " + role,
		}
	}, "may not make temporary tables"},
	"a read-only session": {func(string) []string {
		return []string{"SET default_transaction_read_only = on"}
	}, "default_transaction_read_only"},
	"an event trigger": {func(string) []string {
		return []string{
			`CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no DDL in production'; END $$`,
			"CREATE EVENT TRIGGER no_ddl ON ddl_command_start EXECUTE FUNCTION refuse()",
		}
	}, "the event trigger no_ddl would run"},
}

// TestWhatMayNotBeAskedIsReported: text that the server has rewritten is no
// difference where nobody may ask it, but reported; with a scratch database it
// is compared.
func TestWhatMayNotBeAskedIsReported(t *testing.T) {
	things := []string{
		`check "chk_age" of table "persons"`, `default of column "age" of table "persons"`,
		`expression of generated column "twice" of table "persons"`, `index "idx_name" of table "persons"`,
	}
	for name, restriction := range restrictions {
		t.Run(name, func(t *testing.T) {
			for _, made := range []string{"by AutoMigrate", "by revisions"} {
				t.Run(made, func(t *testing.T) {
					p := newPostgresProject(t)
					if made == "by revisions" {
						p.generate(&Person{})
						p.upgrade()
					} else if err := p.db.AutoMigrate(&Person{}); err != nil {
						t.Fatal(err)
					}
					p.restrict(restriction.set)

					plan, err := autogen.Compare(t.Context(), p.options(&Person{}))
					if err != nil {
						t.Fatal(err)
					}
					same(t, []string(nil), lines(plan.Up))
					if len(plan.Incomparable) != len(things) {
						t.Fatalf("reported: %q", plan.Incomparable)
					}
					for i, sentence := range plan.Incomparable {
						for _, part := range []string{things[i] + " was not compared: ", restriction.why, "; name a scratch database to compare it"} {
							if !strings.Contains(sentence, part) {
								t.Errorf("%s\ndoes not say %q", sentence, part)
							}
						}
					}
					if result, err := autogen.Generate(t.Context(), p.options(&Person{})); err != nil || result.File != "" {
						t.Errorf("wrote %q, %v", result.File, err)
					}

					o := p.options(&Person{})
					o.Scratch = testdb.Open(t, "postgres")
					oneConnection(t, o.Scratch)
					plan, err = autogen.Compare(t.Context(), o)
					if err != nil {
						t.Fatal(err)
					}
					same(t, []string(nil), lines(plan.Up))
					same(t, []string(nil), plan.Incomparable)

					// And what differs, differs.
					o.Models = []any{&PersonOlder{}}
					if plan, err = autogen.Compare(t.Context(), o); err != nil {
						t.Fatal(err)
					}
					if made == "by revisions" {
						same(t, []string{"drop check chk_age on persons", "add check chk_age on persons (age IN (17, 18))"}, lines(plan.Up))
					}
					same(t, []string(nil), plan.Incomparable)
				})
			}
		})
	}
}

// A change of the models is found without asking: it is one of the words that
// the revisions used.
func TestChangeOfWordsIsFoundWithoutAsking(t *testing.T) {
	p := newPostgresProject(t)
	p.generate(&Person{})
	p.upgrade()
	p.restrict(restrictions["a read-only session"].set)
	plan, err := autogen.Compare(t.Context(), p.options(&PersonOlder{}))
	if err != nil {
		t.Fatal(err)
	}
	same(t, []string{"drop check chk_age on persons", "add check chk_age on persons (age IN (17, 18))"}, lines(plan.Up))
}

func newPostgresProject(t *testing.T) *project {
	t.Helper()
	p := &project{t: t, dir: t.TempDir(), db: testdb.Open(t, "postgres")}
	p.write("migrations.go", collection)
	return p
}

// restrict lays a restriction on the database for the rest of the test.
func (p *project) restrict(set func(name string) []string) {
	p.t.Helper()
	name := p.query("SELECT current_database()")[0]
	oneConnection(p.t, p.db)
	p.exec(set(name)...)
	p.t.Cleanup(func() {
		p.exec("RESET ROLE", "SET default_transaction_read_only = off", "DROP EVENT TRIGGER IF EXISTS no_ddl",
			"DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'poor_"+name+"') THEN DROP OWNED BY poor_"+name+"; DROP ROLE poor_"+name+"; END IF; END $$")
	})
}

func oneConnection(t *testing.T, db *gorm.DB) {
	t.Helper()
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
}
