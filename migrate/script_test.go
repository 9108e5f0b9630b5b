package migrate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// scripted is a history with what is hard on a script: text with every kind of
// quote, a body with semicolons, a change that SQLite rebuilds the table for,
// a key to another table, and a branch.
var scripted = op.Revisions{
	{
		ID: "a1", Created: "2026-01-01T00:00:00Z", Message: `create "books" 'n' \ more; --` + "\nand authors $limbeck$",
		Up: op.List{
			op.CreateTable{
				Name:       "authors",
				Columns:    []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "name", Type: op.String(100), NotNull: true}},
				PrimaryKey: op.Columns("id"),
			},
			op.CreateTable{
				Name: "books",
				Columns: []op.Column{
					{Name: "id", Type: op.Int(64), AutoIncrement: true},
					{Name: "title", Type: op.String(100), Default: op.Literal(`it's a \ title; --`)},
					{Name: "author_id", Type: op.Int(64)},
				},
				PrimaryKey: op.Columns("id"),
			},
			op.Exec{SQL: "INSERT INTO authors (name) VALUES ('Jane; \"A\"'), ('George'); -- two of them\nINSERT INTO books (title, author_id) VALUES ('Émma ☃', 1), ('Adam''s Bede', 2) -- and no more"},
		},
		Down: op.List{op.DropTable{Name: "books"}, op.DropTable{Name: "authors"}},
	},
	{
		ID: "b2", Parents: []string{"a1"}, Created: "2026-01-02T00:00:00Z", Message: "tighten books",
		Up: op.List{
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "title", Type: op.String(100), Default: op.Literal(`it's a \ title; --`)},
				To:    op.Column{Name: "title", Type: op.String(120), NotNull: true, Default: op.Literal("none")},
			},
			op.AddForeignKey{Table: "books", ForeignKey: op.ForeignKey{Name: "fk_books_author", Columns: []string{"author_id"}, RefTable: "authors", RefColumns: []string{"id"}, OnDelete: "CASCADE"}},
			op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books_title", Columns: op.Columns("title")}},
		},
		Down: op.List{
			op.DropIndex{Table: "books", Name: "idx_books_title"},
			op.DropForeignKey{Table: "books", Name: "fk_books_author"},
			op.AlterColumn{
				Table: "books",
				From:  op.Column{Name: "title", Type: op.String(120), NotNull: true, Default: op.Literal("none")},
				To:    op.Column{Name: "title", Type: op.String(100), Default: op.Literal(`it's a \ title; --`)},
			},
		},
	},
	{
		ID: "x1", Parents: []string{"a1"}, Labels: []string{"shop"}, Created: "2026-01-03T00:00:00Z", Message: "create orders",
		Up: op.List{op.CreateTable{
			Name: "orders", Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}}, PrimaryKey: op.Columns("id"),
		}},
		Down: op.List{op.DropTable{Name: "orders"}},
	},
	{
		ID: "y1", Parents: []string{"a1"}, DependsOn: []string{"shop"}, Created: "2026-01-04T00:00:00Z", Message: "a merge and a dependency",
		Up:   op.List{op.RenameColumn{Table: "authors", From: "name", To: "full_name"}},
		Down: op.List{op.RenameColumn{Table: "authors", From: "full_name", To: "name"}},
	},
}

// bodies are statements with semicolons of their own, by database.
var bodies = map[string]string{
	"sqlite":   "CREATE TRIGGER shout AFTER INSERT ON orders BEGIN UPDATE books SET title = title || '!'; UPDATE authors SET id = id; END",
	"postgres": "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE books SET title = title || '!'; RETURN NEW; END $$; CREATE TRIGGER shout AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION shout()",
	"mysql":    "CREATE TRIGGER shout AFTER INSERT ON orders FOR EACH ROW BEGIN UPDATE books SET title = CONCAT(title, '!'); UPDATE authors SET id = id; END",
}

// TestScriptOfATrigger: a body goes through the client in one piece.
func TestScriptOfATrigger(t *testing.T) {
	for kind, body := range bodies {
		for _, idempotent := range []bool{false, true} {
			if idempotent && kind == "sqlite" {
				continue
			}
			t.Run(fmt.Sprintf("%s idempotent %v", kind, idempotent), func(t *testing.T) {
				t.Parallel()
				db, scratch := newClientDB(t, kind), newClientDB(t, kind)
				m := migrate.New(db.DB, with(scripted, op.Revision{ID: "t1", Parents: []string{"x1"}, Up: op.List{op.Exec{SQL: body}}}))
				script := writeScript(t, m, "t1", migrate.ScriptOptions{Scratch: scratch.DB, Idempotent: idempotent})
				if err := db.run(script + "INSERT INTO orders (id) VALUES (1);\n"); err != nil {
					t.Fatalf("%v, in\n%s", err, script)
				}
				var title string
				if err := db.Raw("SELECT title FROM books WHERE id = 1").Scan(&title).Error; err != nil || title != "Émma ☃!" {
					t.Errorf("title %q, %v", title, err)
				}
			})
		}
	}
}

// TestScriptOutsideATransaction: what cannot run in a transaction stands in the
// script without one, and cannot run on a condition.
func TestScriptOutsideATransaction(t *testing.T) {
	t.Parallel()
	db, scratch := newClientDB(t, "postgres"), newClientDB(t, "postgres")
	revisions := with(scripted[:1], op.Revision{
		ID: "c1", Parents: []string{"a1"}, Message: "index books",
		Up:   op.List{op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_author", Columns: op.Columns("author_id")}, Concurrently: true}},
		Down: op.List{op.DropIndex{Table: "books", Name: "idx_author"}},
	})
	m := migrate.New(db.DB, revisions)
	script := writeScript(t, m, "head", migrate.ScriptOptions{Scratch: scratch.DB})
	if err := db.run(script); err != nil {
		t.Fatalf("%v, in\n%s", err, script)
	}
	var indexes int
	if err := db.Raw("SELECT count(*) FROM pg_indexes WHERE indexname = 'idx_author'").Scan(&indexes).Error; err != nil || indexes != 1 {
		t.Errorf("%d indexes, %v", indexes, err)
	}
	if status, err := m.Status(t.Context()); err != nil || !status.AtHeads() {
		t.Errorf("%+v, %v", status, err)
	}
	var b bytes.Buffer
	err := m.Script(t.Context(), &b, "head", migrate.ScriptOptions{Scratch: scratch.DB, Idempotent: true})
	if !errors.Is(err, ddl.ErrUnsupported) || b.Len() > 0 {
		t.Errorf("idempotent: %v", err)
	}
}

// TestScriptOfAnotherTable: the history goes where the options say.
func TestScriptOfAnotherTable(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres", "mysql"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			db, scratch := newClientDB(t, kind), newClientDB(t, kind)
			m := migrate.New(db.DB, scripted).With(migrate.Options{Table: "my_history"})
			for _, targets := range []string{"heads", "heads:base", "heads"} {
				if err := db.run(writeScript(t, m, targets, migrate.ScriptOptions{Scratch: scratch.DB})); err != nil {
					t.Fatal(err)
				}
			}
			if status, err := m.Status(t.Context()); err != nil || !status.AtHeads() {
				t.Errorf("%+v, %v", status, err)
			}
			if db.Migrator().HasTable(migrate.Table) {
				t.Error("the usual table is there, too")
			}
		})
	}
}

// TestScriptRefusesGo names the step.
func TestScriptRefusesGo(t *testing.T) {
	db := newClientDB(t, "sqlite")
	m := migrate.New(db.DB, op.Revisions{{ID: "g1", Message: "fill", Up: op.List{
		op.Exec{SQL: "SELECT 1"}, migrate.Do("fill isbn", func(context.Context, *gorm.DB) error { t.Error("it was called"); return nil }),
	}}})
	var b bytes.Buffer
	err := m.Script(t.Context(), &b, "head", migrate.ScriptOptions{})
	if !errors.Is(err, migrate.ErrGoStep) || !strings.Contains(err.Error(), `step 2 of revision "g1" (fill), do fill isbn`) || b.Len() > 0 {
		t.Error(err)
	}
	list, err := m.PlanUpgrade(t.Context(), "head", nil)
	if err != nil || len(list) != 1 || len(list[0].Steps) != 2 || len(list[0].Steps[1].Statements) > 0 {
		t.Errorf("a dry run: %+v, %v", list, err)
	}
}

// TestScriptWithoutScratch: what a server needs no look for is planned without
// any, and the rest says what it needs.
func TestScriptWithoutScratch(t *testing.T) {
	plain := slices.Clone(scripted)
	plain[0].Up = plain[0].Up[:2] // without SQL of the user's
	elsewhere := op.Revisions{{ID: "e1", Up: op.List{
		op.CreateTable{Name: "archive.papers", Columns: []op.Column{{Name: "id", Type: op.Int(64)}}},
		op.RenameTable{From: "archive.papers", To: "papers"},
	}}}
	for _, test := range []struct {
		kind      string
		revisions op.Revisions
		targets   string
		ok        bool
	}{
		{"postgres", elsewhere, "head", true},
		{"sqlite", scripted, "heads", true},
		{"postgres", plain, "heads", true},
		{"postgres", plain, "heads:base", true},
		// Rows do not matter there.
		{"postgres", scripted, "a1", true},
		{"postgres", scripted, "a1:b2", true},
		{"postgres", scripted, "b2:base", true},
		{"postgres", append(scripted[:1:1], after("a1", "z1", "DROP TABLE books"), after("z1", "z2", "SELECT 1")), "a1:z2", true}, // planned without looking
		{"postgres", append(with(scripted[:1], after("a1", "z1", "/* UPDATE */ ALTER TABLE books ADD COLUMN x int")),
			op.Revision{ID: "z2", Parents: []string{"z1"}, Up: op.List{op.DropPrimaryKey{Table: "books"}}}), "z1:z2", false},
		{"mysql", plain, "a1", true},
		{"mysql", scripted, "b2:x1", true},
		{"mysql", plain, "heads", false},
	} {
		t.Run(test.kind+" "+test.targets, func(t *testing.T) {
			db, scratch := newClientDB(t, test.kind), newClientDB(t, test.kind)
			m := migrate.New(db.DB, test.revisions)
			var b bytes.Buffer
			err := m.Script(t.Context(), &b, test.targets, migrate.ScriptOptions{})
			if !test.ok {
				if !errors.Is(err, ddl.ErrNoScratch) || b.Len() > 0 {
					t.Errorf("%v\n%s", err, b.String())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := writeScript(t, m, test.targets, migrate.ScriptOptions{Scratch: scratch.DB})
			if diff := cmp.Diff(want, b.String()); diff != "" {
				t.Errorf("with and without a scratch database (-with +without):\n%s", diff)
			}
		})
	}
}

func writeScript(t *testing.T, m *migrate.Migrator, targets string, o migrate.ScriptOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := m.Script(t.Context(), &b, targets, o); err != nil {
		t.Fatalf("a script of %s: %v", targets, err)
	}
	return b.String()
}

// TestScriptsDoWhatUpgradesDo: a script that the database's own client runs
// leaves what the program would have left, up and down and up again.
func TestScriptsDoWhatUpgradesDo(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres", "mysql"} {
		for _, idempotent := range []bool{false, true} {
			if idempotent && kind == "sqlite" {
				continue // which cannot: see TestScriptsRefused
			}
			name := kind
			if idempotent {
				name += " idempotent"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				byScript, byProgram, scratch := newClientDB(t, kind), newClientDB(t, kind), newClientDB(t, kind)
				m := migrate.New(byProgram.DB, scripted)
				o := migrate.ScriptOptions{Scratch: scratch.DB, Idempotent: idempotent}
				for _, step := range []struct{ script, verb, target string }{
					{"base:a1", "up", "a1"},
					{"a1:b2", "up", "b2"},
					{"b2:a1", "down", "a1"},
					{"a1:heads", "up", "heads"},
					{"heads:shop@base", "down", "shop@base"},
					{"b2:", "up", "heads"},
					{"heads:base", "down", "base"},
					{"heads", "up", "heads"},
				} {
					script := writeScript(t, m, step.script, o)
					times := 1
					if idempotent {
						times = 2
					}
					for range times {
						if err := byScript.run(script); err != nil {
							t.Fatalf("%s: %v, in\n%s", step.script, err, script)
						}
					}
					work := m.Upgrade
					if step.verb == "down" {
						work = m.Downgrade
					}
					if _, err := work(context.Background(), step.target); err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(byProgram.content(t), byScript.content(t)); diff != "" {
						t.Fatalf("after %s (-program +script):\n%s\n%s", step.script, diff, script)
					}
				}
				status, err := migrate.New(byScript.DB, scripted).Status(t.Context())
				if err != nil || !status.AtHeads() {
					t.Fatalf("%+v, %v", status, err)
				}
				for _, e := range status.Entries {
					if e.Edited || e.Record.AppliedAt.IsZero() {
						t.Errorf("the record of %s: %+v", e.Revision.ID, e.Record)
					}
				}
				if left := scratch.content(t); len(left) != 1 {
					t.Errorf("the scratch database is not empty: %v", left)
				}
			})
		}
	}
}

// TestScriptsStop where the database is not where they begin, and change
// nothing.
func TestScriptsStop(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres", "mysql"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			db, scratch := newClientDB(t, kind), newClientDB(t, kind)
			m := migrate.New(db.DB, scripted)
			o := migrate.ScriptOptions{Scratch: scratch.DB}
			if _, err := m.Upgrade(t.Context(), "b2"); err != nil {
				t.Fatal(err)
			}
			before := db.content(t)
			for targets, want := range map[string]string{
				"a1:b2": "revision b2 is applied already",
				"x1:y1": "revision x1 is not applied, which y1 depends on",
				"x1:a1": "revision x1 is not applied",
			} {
				err := db.run(writeScript(t, m, targets, o))
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v, want %s", targets, err, want)
				}
				if diff := cmp.Diff(before, db.content(t)); diff != "" {
					t.Errorf("%s has changed something (-before +after):\n%s", targets, diff)
				}
			}
		})
	}
}

// TestScriptUndoesOnSQLite: a row whose parent is not there takes the whole
// revision back.
func TestScriptUndoesOnSQLite(t *testing.T) {
	db := newClientDB(t, "sqlite")
	m := migrate.New(db.DB, scripted)
	if err := db.run(writeScript(t, m, "a1", migrate.ScriptOptions{})); err != nil {
		t.Fatal(err)
	}
	exec(t, db.DB, "INSERT INTO books (title, author_id) VALUES ('nobody''s', 99)")
	before := dump(t, db.DB)
	err := db.run(writeScript(t, m, "current:b2", migrate.ScriptOptions{}))
	if err == nil || !strings.Contains(err.Error(), "rows refer to others that are not there") {
		t.Errorf("%v", err)
	}
	if diff := cmp.Diff(before, dump(t, db.DB)); diff != "" {
		t.Errorf("(-before +after)\n%s", diff)
	}
}

func TestScriptsRefused(t *testing.T) {
	db := newClientDB(t, "sqlite")
	noDown := op.Revision{ID: "n1", Message: "no way back", Up: op.List{op.Exec{SQL: "SELECT 1"}}}
	bound := op.Revision{ID: "o1", Message: "of another", Database: "postgres", Up: op.List{op.Exec{SQL: "SELECT 1"}}}
	for _, test := range []struct {
		name      string
		revisions op.Revisions
		targets   string
		options   migrate.ScriptOptions
		err       error
		text      string
	}{
		{"idempotent on SQLite", scripted, "heads", migrate.ScriptOptions{Idempotent: true}, ddl.ErrUnsupported, "it has no statement that runs on a condition"},
		{"no Down", op.Revisions{noDown}, "head:base", migrate.ScriptOptions{}, migrate.ErrNoDown, `"n1" (no way back); write one in its file first`},
		{"another database", op.Revisions{bound}, "head", migrate.ScriptOptions{}, migrate.ErrOtherDatabase, `"o1" (of another) is for postgres, and this is sqlite`},
		{"unknown", scripted, "a1:z", migrate.ScriptOptions{}, migrate.ErrUnknownTarget, `"z"`},
		{"several heads", scripted, "base:head", migrate.ScriptOptions{}, migrate.ErrAmbiguousTarget, "there are 3 heads"},
		{"steps as the beginning", scripted, "+1:heads", migrate.ScriptOptions{}, migrate.ErrUnknownTarget, "a script begins at a revision, at base or at current"},
		{"current as the end", scripted, "base:current", migrate.ScriptOptions{}, migrate.ErrUnknownTarget, "a script may begin at current"},
		{"what would fail", op.Revisions{{ID: "f", Message: "wrong", Up: op.List{op.DropTable{Name: "none"}}}}, "head", migrate.ScriptOptions{}, nil, `planning revision "f" (wrong) on a scratch database`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			err := migrate.New(db.DB, test.revisions).Script(t.Context(), &b, test.targets, test.options)
			if err == nil || test.err != nil && !errors.Is(err, test.err) || !strings.Contains(err.Error(), test.text) || b.Len() > 0 {
				t.Errorf("%v\n%s", err, b.String())
			}
		})
	}
}
