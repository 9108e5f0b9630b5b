package autogen_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
)

type events struct{}

func (events) TableName() string { return "events" }

type (
	EventBySeconds struct {
		events
		ID uint
		At int64 `gorm:"not null;index;default:5"`
	}
	EventByTime struct {
		events
		ID uint
		At time.Time `gorm:"not null;index"`
	}
	EventByText struct {
		events
		ID    uint
		Count *string `gorm:"size:20;uniqueIndex;default:'7'"`
	}
	EventByNumber struct {
		events
		ID    uint
		Count *int `gorm:"uniqueIndex;default:8"`
	}
)

// seconds returns the expressions for both ways.
func seconds(dialect string) (toTime, toNumber string) {
	switch dialect {
	case "postgres":
		return "to_timestamp(at)", "extract(epoch from at)"
	case "mysql":
		return "from_unixtime(at)", "unix_timestamp(at)"
	default:
		return "datetime(at, 'unixepoch')", "CAST(strftime('%s', at) AS INTEGER)"
	}
}

// A change of type for which the database has no cast is asked about on
// PostgreSQL, and done by an expression everywhere.
func TestConvertByExpression(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		p.generate(&EventBySeconds{})
		p.upgrade()
		p.exec("INSERT INTO events (at) VALUES (86400), (172800)")
		before := p.catalogue()

		if dialect == "postgres" {
			_, err := autogen.Generate(t.Context(), p.options(&EventByTime{}))
			var questions *autogen.QuestionsError
			if !errors.As(err, &questions) || len(questions.Questions) != 2 {
				t.Fatalf("got %v, want two questions", err)
			}
			wantError(t, err,
				`Column "events.at" changes from int(64) to time, and the database has no way to turn one into the other: what do its values become?`+
					"\n    --using 'events.at=to_timestamp(at)'\n    --using events.at=<SQL expression of the old value>",
				`Column "events.at" changes back from time to int(64)`,
				"\n    --using-down 'events.at=extract(epoch from at)'")
		}
		o := p.options(&EventByTime{})
		toTime, toNumber := seconds(dialect)
		o.Usings, o.UsingsDown = map[string]string{"events.at": toTime}, map[string]string{"events.at": toNumber}
		r := p.add(autogen.Generate(t.Context(), o))
		if !strings.Contains(p.files()[filepath.Base(r.File)], "Using: ") {
			t.Errorf("the file has no Using:\n%s", p.files()[filepath.Base(r.File)])
		}
		if r.Revision.Database != dialect {
			t.Errorf("the revision is for %q, want %q", r.Revision.Database, dialect)
		}
		for range 2 {
			p.upgrade()
			var at []time.Time
			if err := p.db.Table("events").Order("id").Pluck("at", &at).Error; err != nil {
				t.Fatal(err)
			}
			if len(at) != 2 || at[1].Sub(at[0]) != 24*time.Hour {
				t.Errorf("the times are %v", at)
			}
			if plan, err := autogen.Compare(t.Context(), p.options(&EventByTime{})); err != nil || !plan.Empty() {
				t.Errorf("after up there is left: %v, %v, %v", lines(plan.Up), plan.Questions, err)
			}
			p.downgrade("-1")
			same(t, before, p.catalogue())
			same(t, []string{"86400", "172800"}, p.query("SELECT at FROM events ORDER BY id"))
		}
	})
}

// Text that is a number becomes one without any help, and text that is none is
// refused, by every database, with the rows as they were. (The queries differ
// since pgx remembers what type a query has.)
func TestConvertTextToNumber(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		p.generate(&EventByText{})
		p.upgrade()
		p.exec("INSERT INTO events (count) VALUES ('12'), (NULL), ('many')")
		p.generate(&EventByNumber{})
		if err := p.tryUpgrade(); err == nil {
			t.Error("text became a number")
		} else {
			t.Log(err)
		}
		same(t, []string{"12", "many"}, p.query("SELECT count FROM events WHERE count IS NOT NULL ORDER BY id"))
		p.exec("UPDATE events SET count = '13' WHERE count = 'many'")
		for range 2 {
			p.upgrade()
			p.exec("INSERT INTO events (id) VALUES (9)")
			same(t, []string{"12", "13", "8"}, p.query("SELECT count AS number FROM events WHERE count IS NOT NULL ORDER BY id"))
			p.downgrade("-1")
			p.exec("DELETE FROM events WHERE id = 9", "INSERT INTO events (id) VALUES (9)")
			same(t, []string{"12", "13", "7"}, p.query("SELECT count FROM events WHERE count IS NOT NULL ORDER BY id"))
			p.exec("DELETE FROM events WHERE id = 9")
		}
	})
}

func TestUsingThatDoesNotFit(t *testing.T) {
	p := withRows(t)
	o := p.options(&Book{})
	o.Usings = map[string]string{"books.title": "1", "books.none": "2"}
	_, err := autogen.Generate(t.Context(), o)
	wantError(t, err, `converting "books.none": there is no such column`)
	o.Usings = map[string]string{"books.title": "1"}
	_, err = autogen.Generate(t.Context(), o)
	wantError(t, err, `converting "books.title": the type of the column does not change`)
}

// tryUpgrade returns the error of an upgrade.
func (p *project) tryUpgrade() error {
	_, err := migrate.New(p.db, p.revisions).Upgrade(p.t.Context(), "heads")
	return err
}
