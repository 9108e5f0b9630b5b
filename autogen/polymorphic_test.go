package autogen_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
)

type (
	Toy struct {
		ID        uint
		OwnerID   uint
		OwnerType string `gorm:"size:20"`
	}
	Hamster struct {
		ID   uint
		Name string `gorm:"size:20"`
		Toys []Toy  `gorm:"polymorphic:Owner"`
	}
	Gerbil struct {
		ID   uint
		Name string `gorm:"size:20"`
		Toys []Toy  `gorm:"polymorphic:Owner"`
	}
	GerbilWithValue struct {
		gerbils
		ID   uint
		Name string `gorm:"size:20"`
		Toys []Toy  `gorm:"polymorphic:Owner;polymorphicValue:hamsters"`
	}
)

type gerbils struct{}

func (gerbils) TableName() string { return "gerbils" }

// Rows that name the table by its old name are told of, where GORM looks for
// the new one.
func TestRenameTableThatRowsName(t *testing.T) {
	p := newProject(t)
	p.generate(&Hamster{}, &Toy{})
	p.upgrade()
	rename := []diff.Rename{{From: "hamsters", To: "gerbils"}}
	o := p.options(&Gerbil{}, &Toy{})
	o.Renames = rename
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	same(t, []string{`rows of table "toys" name the table "hamsters" in column "owner_type", and GORM will look for "gerbils" there; ` +
		`add op.Exec{SQL: "UPDATE toys SET owner_type = 'gerbils' WHERE owner_type = 'hamsters'"} to Up, and the reverse to Down`}, plan.Incomparable)
	result := p.add(autogen.Generate(t.Context(), o))
	if text := strings.Join(strings.Fields(p.files()[filepath.Base(result.File)]), " "); !strings.Contains(text, `Not part of this revision: rows of table "toys" name`) {
		t.Errorf("the file does not say so:\n%s", p.files()[filepath.Base(result.File)])
	}
	p.upgrade()
	if plan, err := autogen.Compare(t.Context(), p.options(&Gerbil{}, &Toy{})); err != nil || len(plan.Incomparable) > 0 {
		t.Errorf("after the upgrade: %v, %v", plan.Incomparable, err)
	}

	p = newProject(t)
	p.generate(&Hamster{}, &Toy{})
	p.upgrade()
	o = p.options(&GerbilWithValue{}, &Toy{})
	o.Renames = rename
	if plan, err := autogen.Compare(t.Context(), o); err != nil || len(plan.Incomparable) > 0 {
		t.Errorf("with a value of its own: %v, %v", plan.Incomparable, err)
	}
}
