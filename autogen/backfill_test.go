package autogen_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

type things struct{}

func (things) TableName() string { return "things" }

type (
	Mood string

	Thing struct {
		things
		ID    uint
		Maybe *string `gorm:"size:20"`
	}
	// Each column of a ThingWithZeros has a zero value that means "not set".
	ThingWithZeros struct {
		things
		ID     uint
		Maybe  string  `gorm:"size:20;not null"`
		Flag   bool    `gorm:"not null"`
		Count  int     `gorm:"not null"`
		Small  uint8   `gorm:"not null"`
		Ratio  float64 `gorm:"not null"`
		Price  float64 `gorm:"not null;precision:10;scale:2"`
		Name   string  `gorm:"size:20;not null"`
		Long   string  `gorm:"not null"`
		Mood   Mood    `gorm:"size:10;not null"`
		Data   []byte  `gorm:"not null"`
		Number int     `gorm:"type:int;not null"`
		Yes    bool    `gorm:"type:boolean;not null"`
		Amount float64 `gorm:"type:decimal(10,2);not null"`
		Code   string  `gorm:"type:varchar(10);not null"`
		Given  string  `gorm:"size:20;not null;default:given"`
	}
	// None of these has one.
	ThingWithout struct {
		things
		ID     uint
		Maybe  *string   `gorm:"size:20"`
		Since  time.Time `gorm:"not null"`
		Day    time.Time `gorm:"type:date;not null"`
		Key    string    `gorm:"size:20;not null;unique"`
		Part   int       `gorm:"not null;uniqueIndex:idx_part"`
		NextID uint      `gorm:"not null"`
		Next   *ThingWithout
		State  string `gorm:"size:10;not null;check:state_known,state IN ('new', 'old')"`
		Doc    string `gorm:"type:json;not null"`
	}
)

// Rows that are there get the zero value of the Go type, which is what a
// program would have read for a null.
func TestBackfillWithZeros(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		p.generate(&Thing{})
		p.upgrade()
		p.exec("INSERT INTO things (maybe) VALUES ('x'), (NULL)")
		p.generate(&ThingWithZeros{})
		for range 2 {
			p.upgrade()
			var got []ThingWithZeros
			if err := p.db.Order("id").Find(&got).Error; err != nil {
				t.Fatal(err)
			}
			want := []ThingWithZeros{{ID: 1, Maybe: "x", Data: []byte{}, Given: "given"}, {ID: 2, Data: []byte{}, Given: "given"}}
			if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(ThingWithZeros{})); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if err := p.db.Exec("INSERT INTO things (maybe) VALUES (NULL)").Error; err == nil {
				t.Error("a null was taken")
			}
			plan, err := autogen.Compare(t.Context(), p.options(&ThingWithZeros{}))
			if err != nil || !plan.Empty() {
				t.Errorf("after up there is left: %v, %v, %v", lines(plan.Up), plan.Questions, err)
			}
			p.downgrade("-1")
			p.exec("UPDATE things SET maybe = NULL WHERE maybe = ''")
		}
	})
}

// Where a zero would be a lie, the value is asked for, and every row gets it
// before the column is made NOT NULL.
func TestBackfillAsks(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		p.generate(&Thing{})
		p.upgrade()
		p.exec("INSERT INTO things (maybe) VALUES ('x'), ('y')")
		_, err := autogen.Generate(t.Context(), p.options(&ThingWithout{}))
		var open *autogen.QuestionsError
		if !errors.As(err, &open) {
			t.Fatalf("got %v, want questions", err)
		}
		var about []string
		for _, q := range open.Questions {
			about = append(about, q.About)
			same(t, []string{"--backfill " + q.About + "=<SQL literal or expression>"}, q.Answers)
		}
		same(t, []string{"things.day", "things.doc", "things.key", "things.next_id", "things.part", "things.since", "things.state"}, about)

		o := p.options(&ThingWithout{})
		o.Backfills = map[string]op.Default{
			"things.day": op.Expr("'2020-01-02'"), "things.doc": op.Expr("'{}'"), "things.key": op.Expr("maybe"), "things.next_id": op.Expr("id"),
			"things.part": op.Expr("id + 1"), "things.since": op.Expr("'2020-01-02 03:04:05'"), "things.state": op.Expr("'old'"),
		}
		p.add(autogen.Generate(t.Context(), o))
		for range 2 {
			p.upgrade()
			var got []ThingWithout
			if err := p.db.Order("id").Find(&got).Error; err != nil {
				t.Fatal(err)
			}
			if len(got) != 2 {
				t.Fatalf("the rows are %+v", got)
			}
			for i, g := range got {
				if g.Key != []string{"x", "y"}[i] || g.Part != i+2 || g.NextID != g.ID || g.State != "old" || g.Doc != "{}" || g.Day.Format(time.DateOnly) != "2020-01-02" || g.Since.Year() != 2020 {
					t.Errorf("a row is %+v", g)
				}
			}
			p.downgrade("-1")
			same(t, []string{"x", "y"}, p.query("SELECT maybe FROM things ORDER BY id"))
		}
	})
}
