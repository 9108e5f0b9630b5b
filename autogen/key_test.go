package autogen_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

type seats struct{}

func (seats) TableName() string { return "seats" }

type (
	SeatByNothing struct {
		seats
		No   *uint
		Hall *int
		Code *string `gorm:"size:20"`
	}
	SeatByNo struct {
		seats
		No   uint `gorm:"primaryKey"`
		Hall *int
		Code *string `gorm:"size:20"`
	}
	SeatByNoAndHall struct {
		seats
		No   uint    `gorm:"primaryKey;autoIncrement"`
		Hall int     `gorm:"primaryKey;autoIncrement:false"`
		Code *string `gorm:"size:20"`
	}
	SeatByCode struct {
		seats
		No   uint `gorm:"not null"`
		Hall *int
		Code string `gorm:"size:20;primaryKey"`
	}
	SeatByHallAndNo struct {
		seats
		Hall int     `gorm:"primaryKey;autoIncrement:false"`
		No   uint    `gorm:"primaryKey;autoIncrement:false"`
		Code *string `gorm:"size:20"`
	}
)

// A column that joins a primary key has to be filled first, and may be null
// again when it leaves.
func TestNullableColumnJoinsTheKey(t *testing.T) {
	concat := func(dialect string) op.Default {
		if dialect == "mysql" {
			return op.Expr("concat('x', no)")
		}
		return op.Expr("'x' || no")
	}
	plain := func(d op.Default) func(string) op.Default { return func(string) op.Default { return d } }
	keyed := []string{"INSERT INTO seats (no, hall, code) VALUES (1, 1, 'a'), (2, NULL, NULL), (3, NULL, 'b')"}
	for _, c := range []struct {
		name     string
		old, new any
		rows     []string
		column   string
		value    func(dialect string) op.Default
		filled   string
		want     []string
	}{
		{"widened", &SeatByNo{}, &SeatByNoAndHall{}, keyed, "hall", plain(op.Literal(7)), "7", []string{"1:1:a", "2:7:", "3:7:b"}},
		{"replaced", &SeatByNo{}, &SeatByCode{}, keyed, "code", concat, "'x2'", []string{"1:1:a", "2::x2", "3::b"}},
		{"widened in front", &SeatByNo{}, &SeatByHallAndNo{}, keyed, "hall", plain(op.Literal(7)), "7", []string{"1:1:a", "2:7:", "3:7:b"}},
		{"added", &SeatByNothing{}, &SeatByCode{}, keyed, "code", concat, "'x2'", []string{"1:1:a", "2::x2", "3::b"}},
		{"added and numbered", &SeatByNothing{}, &SeatByNo{}, []string{"INSERT INTO seats (no, hall, code) VALUES (1, 1, 'a'), (2, NULL, NULL), (NULL, NULL, 'b')"},
			"no", plain(op.Literal(77)), "77", []string{"1:1:a", "2::", "77::b"}},
	} {
		testdb.Each(t, func(t *testing.T, dialect string) {
			t.Run(c.name, func(t *testing.T) {
				p := newProjectOn(t, dialect)
				p.generate(c.old)
				p.upgrade()
				p.exec(c.rows...)
				before := p.seats()

				_, err := autogen.Generate(t.Context(), p.options(c.new))
				var questions *autogen.QuestionsError
				if !errors.As(err, &questions) || len(questions.Questions) != 1 || questions.Questions[0].About != "seats."+c.column {
					t.Fatalf("got %v, want a question about %s", err, c.column)
				}
				o := p.options(c.new)
				o.Backfills = map[string]op.Default{"seats." + c.column: c.value(dialect)}
				r := p.add(autogen.Generate(t.Context(), o))
				for range 2 {
					p.upgrade()
					if got := p.seats(); !cmp.Equal(c.want, got) {
						t.Errorf("rows after %v:\n%s", r.Revision.Up, cmp.Diff(c.want, got))
					}
					if p.db.Exec("UPDATE seats SET "+c.column+" = NULL").Error == nil {
						t.Error("the key takes nulls")
					}
					plan, err := autogen.Compare(t.Context(), p.options(c.new))
					if err != nil || !plan.Empty() {
						t.Errorf("after up: %+v, %v", plan, err)
					}
					p.downgrade("-1")
					p.exec("UPDATE seats SET " + c.column + " = NULL WHERE " + c.column + " = " + c.filled) // as it was
					if got := p.seats(); !cmp.Equal(before, got) {
						t.Errorf("rows after %v:\n%s", r.Revision.Down, cmp.Diff(before, got))
					}
				}
			})
		})
	}
}

// seats returns the rows of the table.
func (p *project) seats() []string {
	p.t.Helper()
	var rows []struct {
		No   *uint
		Hall *int
		Code *string
	}
	if err := p.db.Table("seats").Order("coalesce(no, 77)").Find(&rows).Error; err != nil {
		p.t.Fatal(err)
	}
	var list []string
	for _, r := range rows {
		no, hall, code := "77", "", ""
		if r.No != nil {
			no = fmt.Sprint(*r.No)
		}
		if r.Hall != nil {
			hall = fmt.Sprint(*r.Hall)
		}
		if r.Code != nil {
			code = *r.Code
		}
		list = append(list, fmt.Sprintf("%s:%s:%s", no, hall, code))
	}
	return list
}
