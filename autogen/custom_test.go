package autogen_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// MakeLog is an operation of the user's own that makes a table, or drops it.
type MakeLog struct {
	Table string `json:"table"`
	Drop  bool   `json:"drop,omitzero"`
}

var _ op.Custom = MakeLog{}

func (MakeLog) Kind() string       { return "make_log" }
func (o MakeLog) GoString() string { return fmt.Sprintf("autogen_test.Log(%q, %t)", o.Table, o.Drop) }

func (o MakeLog) String() string {
	if o.Drop {
		return "no log " + o.Table
	}
	return "log " + o.Table
}

func (o MakeLog) operation() op.Operation {
	if o.Drop {
		return op.DropTable{Name: o.Table}
	}
	return op.CreateTable{Name: o.Table, Columns: []op.Column{{Name: "what", Type: op.Raw("varchar(20)")}}}
}

func (o MakeLog) Apply(s *op.Schema) error { return o.operation().Apply(s) }

func (o MakeLog) SQL(dialect string) (string, error) {
	if o.Drop {
		return "DROP TABLE " + o.Table, nil
	}
	return "CREATE TABLE " + o.Table + " (what varchar(20)); INSERT INTO " + o.Table + " VALUES ('" + dialect + "')", nil
}

// Unknown is one that no database can run, and Refused one that says so itself.
type (
	Unknown struct{}
	Refused struct{ Unknown }
)

func (Unknown) Kind() string                       { return "unknown" }
func (Unknown) String() string                     { return "unknown" }
func (Unknown) Apply(*op.Schema) error             { return nil }
func (Refused) SQL(dialect string) (string, error) { return "", errors.New("not here") }

// An operation of the user's own is tried out, written, applied, written as a
// script and taken back.
func TestCustomOperation(t *testing.T) {
	type gadget struct {
		ID   uint
		Name string
	}
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		with := func(up, down op.Operation) autogen.Options {
			o := p.options(&gadget{})
			o.Scratch = testdb.Open(t, dialect)
			o.Rewrite = func(r *op.Revision) error {
				r.Up, r.Down = append(op.List{up}, r.Up...), append(r.Down, down)
				return nil
			}
			return o
		}
		result := p.add(autogen.Generate(t.Context(), with(MakeLog{Table: "logs"}, MakeLog{Table: "logs", Drop: true})))
		if result.Verified == "" {
			t.Errorf("it was not verified: %s", result.NotVerified)
		}
		file, err := os.ReadFile(result.File)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(file), `autogen_test.Log("logs", false),`) {
			t.Errorf("the file is\n%s", file)
		}
		p.upgrade()
		var got string
		if err := p.db.Raw("SELECT what FROM logs").Scan(&got).Error; err != nil || got != dialect {
			t.Errorf("the table holds %q, %v", got, err)
		}
		o := p.options(&gadget{})
		o.Scratch, o.Drops = testdb.Open(t, dialect), []string{"logs"}
		plan, err := autogen.Compare(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		// What it made is its own, and goes with its model as any other.
		if got := fmt.Sprint(plan.Up); got != "[drop table logs]" {
			t.Errorf("after the upgrade there is %s left", got)
		}
		m := migrate.New(p.db, p.revisions)
		var script bytes.Buffer
		if err := m.Script(t.Context(), &script, "base:head", migrate.ScriptOptions{Scratch: testdb.Open(t, dialect)}); err != nil || !strings.Contains(script.String(), "CREATE TABLE logs (what varchar(20));") {
			t.Errorf("the script is\n%s, %v", &script, err)
		}
		if _, err := m.Downgrade(t.Context(), "base"); err != nil {
			t.Fatal(err)
		}
		if p.db.Migrator().HasTable("logs") {
			t.Error("the table is still there")
		}

		p.revisions = nil
		os.Remove(result.File)
		for _, test := range []struct {
			op   op.Operation
			says string
		}{{Unknown{}, `operations of kind "unknown"; one of your own needs a method SQL, as op.Custom has it`}, {Refused{}, `operation "unknown": not here`}} {
			_, err := autogen.Generate(t.Context(), with(test.op, test.op))
			if !errors.Is(err, ddl.ErrUnsupported) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("the error is %v", err)
			}
		}
		// Without a database for just that, nobody knows what it would do.
		if dialect == "postgres" {
			o := with(MakeLog{Table: "logs"}, MakeLog{Table: "logs", Drop: true})
			o.Scratch = nil
			if result, err := autogen.Generate(t.Context(), o); err != nil || !strings.Contains(result.NotVerified, "raw SQL") {
				t.Errorf("it was verified: %+v, %v", result, err)
			}
		}
	})
}
