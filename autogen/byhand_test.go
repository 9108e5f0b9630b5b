package autogen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// shelf is the table that people work on by hand.
type shelf struct {
	ID    uint
	Name  string `gorm:"size:40;not null;default:x;index"`
	Width int    `gorm:"check:width > 0"`
	Free  string `gorm:"size:9"`
}

func (shelf) TableName() string { return "shelves" }

// applied is a project whose revisions have made the models' tables.
func applied(t *testing.T, dialect string, models ...any) *project {
	t.Helper()
	p := newProjectOn(t, dialect)
	o := p.options(models...)
	o.NoVerify = true
	p.add(autogen.Generate(t.Context(), o))
	p.upgrade()
	return p
}

func (p *project) byHand(from autogen.From, to autogen.To, scratch *gorm.DB) diff.Plan {
	p.t.Helper()
	plan, err := autogen.Compare(p.t.Context(), autogen.Options{DB: p.db, Scratch: scratch, Revisions: p.revisions, From: from, To: to})
	if err != nil {
		p.t.Fatalf("from %s to %s: %v", from, to, err)
	}
	return plan
}

// sortedLines returns the lines of operations, whose order depends on the tables.
func sortedLines(ops op.List) []string { return slices.Sorted(slices.Values(lines(ops))) }

// What was done by hand is found in both directions, with a scratch database
// and without one, and another program's table is nobody's drift.
func TestByHand(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		for _, scratch := range []*gorm.DB{nil, testdb.Open(t, dialect)} {
			p := applied(t, dialect, &shelf{})
			for _, to := range []struct {
				from autogen.From
				to   autogen.To
			}{{autogen.FromRevisions, autogen.ToDatabase}, {autogen.FromDatabase, autogen.ToRevisions}} {
				if d := cmp.Diff(diff.Plan{}, p.byHand(to.from, to.to, scratch)); d != "" {
					t.Errorf("from %s to %s, with nothing done by hand:\n%s", to.from, to.to, d)
				}
			}
			p.exec("DROP INDEX idx_shelves_name" + map[string]string{"mysql": " ON shelves"}[dialect])
			p.exec("CREATE INDEX idx_mine ON shelves (width)")
			p.exec("ALTER TABLE shelves ADD COLUMN colour varchar(9)")
			p.exec("ALTER TABLE shelves DROP COLUMN free")
			p.exec("CREATE TABLE others (id integer)")
			there := p.byHand(autogen.FromRevisions, autogen.ToDatabase, scratch)
			colour := map[string]string{"postgres": "character varying(9)"}[dialect]
			if colour == "" {
				colour = "varchar(9)"
			}
			want := []string{
				"add column shelves.colour (" + colour + ")", "create index idx_mine on shelves (width)",
				"drop column shelves.free", "drop index idx_shelves_name on shelves",
			}
			if d := cmp.Diff(want, sortedLines(there.Up)); d != "" {
				t.Errorf("from the revisions to the database (-want +got):\n%s", d)
			}
			if d := cmp.Diff([]diff.Object{{Kind: "table", Name: "others"}}, there.Unmanaged); d != "" {
				t.Errorf("unmanaged (-want +got):\n%s", d)
			}
			if len(there.Questions)+len(there.Incomparable) > 0 {
				t.Errorf("questions %v, incomparable %v", there.Questions, there.Incomparable)
			}
			back := p.byHand(autogen.FromDatabase, autogen.ToRevisions, scratch)
			if d := cmp.Diff([]string{
				"add column shelves.free (string(9))", "create index idx_shelves_name on shelves (name)",
				"drop column shelves.colour", "drop index idx_mine on shelves",
			}, sortedLines(back.Up)); d != "" {
				t.Errorf("from the database to the revisions (-want +got):\n%s", d)
			}
		}
	})
}

// Each kind of change shows.
func TestByHandSees(t *testing.T) {
	for _, test := range []struct{ dialects, sql, want string }{
		{"sqlite postgres mysql", "ALTER TABLE shelves RENAME TO racks", "drop table shelves"},
		{"postgres", "ALTER TABLE shelves ALTER COLUMN name DROP NOT NULL", "alter column shelves.name: nullable"},
		{"postgres", "ALTER TABLE shelves ALTER COLUMN name SET DEFAULT 'y'", "alter column shelves.name: default 'x' → 'y'"},
		{"postgres", "ALTER TABLE shelves ALTER COLUMN width TYPE integer", "alter column shelves.width: type int(64) → integer"},
		{"postgres", "ALTER TABLE shelves DROP CONSTRAINT shelves_pkey", "drop primary key on shelves"},
		{"mysql", "ALTER TABLE shelves MODIFY name varchar(40) NULL DEFAULT 'x'", "alter column shelves.name: nullable"},
		{"mysql", "ALTER TABLE shelves ALTER COLUMN name SET DEFAULT 'y'", "alter column shelves.name: default 'x' → 'y'"},
		{"mysql", "ALTER TABLE shelves MODIFY width int", "alter column shelves.width: type int(64) → int"},
		{"postgres mysql", "ALTER TABLE shelves DROP CONSTRAINT chk_shelves_width", "drop check chk_shelves_width on shelves"},
		{"postgres mysql", "ALTER TABLE shelves ADD CONSTRAINT u UNIQUE (free)", "unique"},
		{"postgres mysql", "ALTER TABLE shelves COMMENT 'said'", "comment"},
	} {
		for _, dialect := range strings.Fields(test.dialects) {
			t.Run(dialect+"/"+test.sql, func(t *testing.T) {
				p := applied(t, dialect, &shelf{})
				sql := test.sql
				if dialect == "postgres" && strings.Contains(sql, "COMMENT") {
					sql = "COMMENT ON TABLE shelves IS 'said'"
				}
				p.exec(sql)
				plan := p.byHand(autogen.FromRevisions, autogen.ToDatabase, nil)
				if got := strings.Join(lines(plan.Up), "\n"); !strings.Contains(got, test.want) {
					t.Errorf("found %q, want %q", got, test.want)
				}
			})
		}
	}
}

// Revisions that are not applied are no drift.
func TestByHandCountsWhatIsApplied(t *testing.T) {
	p := applied(t, "sqlite", &shelf{})
	p.generate(&shelf{}, &Book{})
	if plan := p.byHand(autogen.FromRevisions, autogen.ToDatabase, nil); !plan.Empty() {
		t.Errorf("a revision that is not applied shows: %v", plan.Up)
	}
	p.upgrade()
	p.exec("DROP TABLE books")
	if got, want := lines(p.byHand(autogen.FromRevisions, autogen.ToDatabase, nil).Up), []string{"drop table books"}; !cmp.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// What raw SQL in a revision makes is the revision's; only a database can tell
// what that is.
func TestByHandReplaysRawSQL(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		p.revisions = op.Revisions{{ID: "a", Message: "by SQL", Up: op.List{
			op.Exec{SQL: "CREATE TABLE shelves (id integer NOT NULL PRIMARY KEY, name varchar(40))"},
		}, Down: op.List{op.Exec{SQL: "DROP TABLE shelves"}}}}
		p.upgrade()
		p.exec("CREATE INDEX idx_mine ON shelves (name)")
		o := autogen.Options{DB: p.db, Revisions: p.revisions, From: autogen.FromRevisions, To: autogen.ToDatabase}
		if _, err := autogen.Compare(t.Context(), o); dialect != "sqlite" && (err == nil || !strings.Contains(err.Error(), "only a database can tell")) {
			t.Errorf("without a scratch database the error is %v", err)
		}
		got := lines(p.byHand(autogen.FromRevisions, autogen.ToDatabase, testdb.Open(t, dialect)).Up)
		if d := cmp.Diff([]string{"create index idx_mine on shelves (name)"}, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}

func TestByHandChangesNothing(t *testing.T) {
	p := newProject(t)
	p.generate(&Book{})
	p.upgrade()
	p.exec("CREATE INDEX idx_mine ON books (title)")
	check := p.unchanged()
	p.byHand(autogen.FromDatabase, autogen.ToRevisions, nil)
	check()
}

func TestByHandFilters(t *testing.T) {
	p := applied(t, "sqlite", &shelf{})
	p.exec("CREATE INDEX idx_mine ON shelves (name)")
	plan, err := autogen.Compare(t.Context(), autogen.Options{
		DB: p.db, Revisions: p.revisions, From: autogen.FromRevisions, To: autogen.ToDatabase, Except: []string{"shelves.idx_*"},
	})
	if err != nil || !plan.Empty() {
		t.Errorf("what takes no part shows: %v (%v)", plan.Up, err)
	}
	if d := cmp.Diff([]diff.Object{{Kind: "index", Table: "shelves", Name: "idx_mine"}}, plan.Excluded); d != "" {
		t.Errorf("excluded (-want +got):\n%s", d)
	}
}

func TestToIsRefused(t *testing.T) {
	p := newProject(t)
	for _, test := range []struct {
		o    autogen.Options
		want string
	}{
		{autogen.Options{DB: p.db, To: autogen.ToDatabase}, "comparing the database with themselves"},
		{autogen.Options{DB: p.db, From: autogen.FromRevisions, To: autogen.ToRevisions}, "comparing the revisions with themselves"},
		{autogen.Options{DB: p.db, To: "files"}, `not "files"`},
		{autogen.Options{Scratch: p.db, From: autogen.FromRevisions, To: autogen.ToDatabase}, "Options.DB is not set"},
	} {
		if _, err := autogen.Compare(t.Context(), test.o); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("the error is %v, want one with %q", err, test.want)
		}
	}
	o := p.options(&Book{})
	o.To = autogen.ToRevisions
	if _, err := autogen.Generate(t.Context(), o); err == nil || !strings.Contains(err.Error(), "Options.To is for comparisons") {
		t.Errorf("writing a revision: the error is %v", err)
	}
}
