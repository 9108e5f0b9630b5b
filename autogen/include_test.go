package autogen_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

type (
	shopOwner struct {
		ID   uint
		Name string
	}
	shopOwnerMore struct {
		ID     uint
		Name   string `gorm:"size:50"`
		Legacy string `gorm:"index"`
		Age    int    `gorm:"check:chk_age,age <> length(legacy);index:idx_age"`
	}
	shopPet struct {
		ID      uint
		OwnerID uint
		Owner   shopOwnerMore
	}
)

func (shopOwner) TableName() string     { return "shop_owners" }
func (shopOwnerMore) TableName() string { return "shop_owners" }
func (shopPet) TableName() string       { return "shop_pets" }

// What a filter leaves out is left alone on both sides, with all that stands on
// it, and named; what it takes in is found as without it.
func TestFilters(t *testing.T) { testdb.Each(t, testFilters) }

func testFilters(t *testing.T, dialect string) {
	object := func(kind, table, name string) diff.Object { return diff.Object{Kind: kind, Table: table, Name: name} }
	for _, test := range []struct {
		name     string
		change   func(*autogen.Options)
		up       []string
		excluded []diff.Object
	}{
		{
			"a table by pattern", func(o *autogen.Options) { o.Except = []string{"*_pets"} },
			[]string{"add column shop_owners.legacy (key_text)", "add column shop_owners.age (int(64))", "add check chk_age on shop_owners (age <> length(legacy))",
				"create index idx_age on shop_owners (age)", "create index idx_shop_owners_legacy on shop_owners (legacy)",
				"alter column shop_owners.name: type text → string(50)"},
			[]diff.Object{object("table", "", "shop_pets")},
		},
		{
			"tables by pattern", func(o *autogen.Options) { o.Only = []string{"nothing*"} }, nil,
			[]diff.Object{object("table", "", "shop_owners"), object("table", "", "shop_pets")},
		},
		{
			"a column by pattern, and what stands on it", func(o *autogen.Options) { o.Except = []string{"*.legacy", "shop_pets"} },
			[]string{"add column shop_owners.age (int(64))", "create index idx_age on shop_owners (age)", "alter column shop_owners.name: type text → string(50)"},
			[]diff.Object{object("table", "", "shop_pets"), object("check", "shop_owners", "chk_age"),
				object("column", "shop_owners", "legacy"), object("index", "shop_owners", "idx_shop_owners_legacy")},
		},
		{
			"a table that another one refers to", func(o *autogen.Options) {
				o.Include = func(i autogen.Item) bool { return i.Kind != "table" || i.Name != "shop_owners" }
			},
			[]string{"create table shop_pets"},
			[]diff.Object{object("table", "", "shop_owners")},
		},
		{
			"by the object in hand", func(o *autogen.Options) {
				o.Include = func(i autogen.Item) bool {
					column, ok := i.Desired.(op.Column)
					return (!ok || column.Type.Word != op.WordInt) && i.Kind != "foreign key" && i.Name != "shop_pets"
				}
			},
			[]string{"add column shop_owners.legacy (key_text)", "create index idx_shop_owners_legacy on shop_owners (legacy)",
				"alter column shop_owners.name: type text → string(50)"},
			[]diff.Object{object("table", "", "shop_pets"), object("check", "shop_owners", "chk_age"), object("column", "shop_owners", "age"), object("index", "shop_owners", "idx_age")},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newProject(t)
			p.db = testdb.Open(t, dialect)
			p.generate(&shopOwner{})
			p.upgrade()
			o := p.options(&shopOwnerMore{}, &shopPet{})
			o.Scratch = testdb.Open(t, dialect)
			test.change(&o)
			plan, err := autogen.Compare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			var up []string
			for _, step := range plan.Up {
				up = append(up, step.String())
			}
			slices.Sort(up)
			slices.Sort(test.up)
			if diff := cmp.Diff(test.up, up); diff != "" {
				t.Errorf("up (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.excluded, plan.Excluded); diff != "" {
				t.Errorf("excluded (-want +got):\n%s", diff)
			}
			if len(plan.Unmanaged) > 0 {
				t.Errorf("unmanaged: %v", plan.Unmanaged)
			}
			if len(up) == 0 {
				return
			}
			// Generated with the filter, verified, applied: nothing is left.
			if result := p.add(autogen.Generate(t.Context(), o)); result.Verified == "" {
				t.Errorf("it was not verified: %s", result.NotVerified)
			}
			p.upgrade()
			o.Revisions = p.revisions
			if plan, err = autogen.Compare(t.Context(), o); err != nil || !plan.Empty() {
				t.Errorf("after the upgrade there is %v left, %v", plan.Up, err)
			}
			if _, err := migrate.New(p.db, p.revisions).Downgrade(t.Context(), "base"); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// A filter keeps what it leaves out from being dropped, too.
func TestFilterKeeps(t *testing.T) {
	p := newProject(t)
	p.generate(&shopOwnerMore{}, &shopPet{})
	p.upgrade()
	o := p.options(&shopOwner{})
	o.Except = []string{"shop_pets", "shop_owners.legacy", "shop_owners.chk_age", "shop_owners.age", "shop_owners.idx_*"}
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Up) != 1 || plan.Up[0].String() != "alter column shop_owners.name: type string(50) → text" || len(plan.Questions)+len(plan.Unmanaged) > 0 {
		t.Errorf("plan: %v, questions %v, unmanaged %v", plan.Up, plan.Questions, plan.Unmanaged)
	}
	if len(plan.Excluded) != 6 {
		t.Errorf("excluded: %v", plan.Excluded)
	}
}

// Tables that take part bring their enums, and a view takes part by its own name.
func TestOnlyOfEnumsAndViews(t *testing.T) {
	type thing struct {
		ID   uint
		Mood string `gorm:"type:mood"`
	}
	p := newProject(t)
	o := p.options(&thing{}, &shopOwner{}, op.Enum{Name: "mood", Values: []string{"good"}}, op.Enum{Name: "size", Values: []string{"big"}},
		op.View{Name: "things_seen", SQL: "SELECT id FROM things"}, op.View{Name: "shop_seen", SQL: "SELECT id FROM shop_owners"})
	o.Only = []string{"thing*"}
	plan, err := autogen.Compare(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(plan.Up); got != "[create enum mood (good) create table things create view things_seen]" {
		t.Errorf("up: %s", got)
	}
	if got := fmt.Sprint(plan.Excluded); got != "[enum size table shop_owners view shop_seen]" {
		t.Errorf("excluded: %s", got)
	}
}

// A side that does not have an object gives a filter nil.
func TestItemOfNewTable(t *testing.T) {
	p := newProject(t)
	o := p.options(&shopOwner{})
	o.Include = func(i autogen.Item) bool {
		if i.Current != nil || i.Desired == nil {
			t.Errorf("%s is %#v and becomes %#v", i.Object, i.Current, i.Desired)
		}
		return true
	}
	if _, err := autogen.Compare(t.Context(), o); err != nil {
		t.Fatal(err)
	}
}

func TestBadPattern(t *testing.T) {
	p := newProject(t)
	o := p.options(&shopOwner{})
	o.Except = []string{"a["}
	if _, err := autogen.Compare(t.Context(), o); err == nil || !strings.Contains(err.Error(), `reading the pattern "a["`) {
		t.Errorf("the error is %v", err)
	}
}

// A baseline describes what takes part.
func TestBaselineOfWhatTakesPart(t *testing.T) {
	p := newProject(t)
	if err := p.db.AutoMigrate(&shopOwnerMore{}, &shopPet{}); err != nil {
		t.Fatal(err)
	}
	o := p.options(&shopOwnerMore{}, &shopPet{})
	o.Except = []string{"shop_pets", "*.legacy"}
	result, err := autogen.Baseline(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	made, err := result.Revision.Up.Apply(op.Schema{})
	if err != nil {
		t.Fatal(err)
	}
	if made.Table("shop_pets") != nil || made.Table("shop_owners").Column("legacy") != nil || made.Table("shop_owners").Column("age") == nil {
		t.Errorf("it describes %v", made)
	}
}

func TestOpinions(t *testing.T) {
	type opinion struct {
		kind, column string
		says         autogen.Opinion
	}
	for _, test := range []struct {
		opinion
		want string
	}{
		{opinion{"type", "name", autogen.NoOpinion}, "[alter column shop_owners.name: type text → string(50)]"},
		{opinion{"type", "name", autogen.Same}, "[]"},
		{opinion{"type", "id", autogen.Different}, "[alter column shop_owners.id: type integer → uint(64) alter column shop_owners.name: type text → string(50)]"},
		{opinion{"default", "name", autogen.Different}, "[alter column shop_owners.name: type text → string(50)]"},
	} {
		t.Run(fmt.Sprint(test.opinion), func(t *testing.T) {
			type owner struct {
				ID   uint
				Name string `gorm:"size:50"`
			}
			p := newProject(t)
			p.generate(&shopOwner{})
			p.upgrade()
			p.db = p.db.Table("") // as opened
			o := p.options(&named[owner]{})
			asked := 0
			ask := func(kind string) autogen.Comparison {
				return func(table string, live, desired op.Column) autogen.Opinion {
					asked++
					if table != "shop_owners" || live.Name != desired.Name || live.Type.Word != op.WordRaw {
						t.Errorf("asked about %s: %v and %v", table, live, desired)
					}
					if kind == test.kind && live.Name == test.column {
						return test.says
					}
					return autogen.NoOpinion
				}
			}
			o.CompareType, o.CompareDefault = ask("type"), ask("default")
			plan, err := autogen.Compare(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(plan.Up); got != test.want || asked != 4 || len(plan.Questions) > 0 {
				t.Errorf("asked %d times: %s, want %s; questions %v", asked, got, test.want, plan.Questions)
			}
			if _, err := autogen.Generate(t.Context(), o); err != nil {
				t.Error(err)
			}
		})
	}
}

// named puts any struct into the table of the owners.
type named[T any] struct {
	It T `gorm:"embedded"`
}

func (named[T]) TableName() string { return "shop_owners" }

func TestRewrite(t *testing.T) {
	p := newProject(t)
	p.generate(&shopOwner{})
	p.upgrade()
	o := p.options(&shopOwnerMore{})
	o.Rewrite = func(r *op.Revision) error {
		if len(r.Parents) != 1 || r.ID == "" {
			t.Errorf("the revision is %v", r)
		}
		r.Message = "rewritten"
		r.Up = slices.DeleteFunc(slices.Clone(r.Up), func(o op.Operation) bool { return strings.Contains(o.String(), "idx_age") })
		r.Down = slices.DeleteFunc(slices.Clone(r.Down), func(o op.Operation) bool { return strings.Contains(o.String(), "idx_age") })
		r.Up = append(r.Up, op.Exec{SQL: "UPDATE shop_owners SET legacy = 'x'"})
		return nil
	}
	preview, err := autogen.Diff(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	result := p.add(autogen.Generate(t.Context(), o))
	if diff := cmp.Diff(preview.Up, result.Revision.Up); diff != "" || preview.Message != "rewritten" {
		t.Errorf("the preview of %q shows something else: %s", preview.Message, diff)
	}
	if result.Verified == "" || result.Revision.Message != "rewritten" ||
		!slices.Contains(result.Plan.Incomparable, "create index idx_age on shop_owners (age): it was rewritten away") {
		t.Errorf("result: %+v", result)
	}
	p.upgrade()

	// The lists are those that are tried out.
	wrong := p.options(&shopOwnerMore{})
	wrong.Rewrite = func(r *op.Revision) error { r.Down = nil; return nil }
	var verify *autogen.VerifyError
	if _, err := autogen.Generate(t.Context(), wrong); !errors.As(err, &verify) || verify.Stage != "down" {
		t.Errorf("without a down, the error is %v", err)
	}
	none := p.options(&shopOwnerMore{})
	none.Rewrite = func(r *op.Revision) error { r.Up, r.Down = nil, nil; return nil }
	if result, err := autogen.Generate(t.Context(), none); err != nil || result.File != "" {
		t.Errorf("with nothing left, %q was written, %v", result.File, err)
	}
	bad := p.options(&shopOwnerMore{})
	bad.Rewrite = func(r *op.Revision) error { r.Up = op.List{nil}; return nil }
	if _, err := autogen.Generate(t.Context(), bad); err == nil || !strings.Contains(err.Error(), "step 1 of a list is nil") {
		t.Errorf("with a nil step, the error is %v", err)
	}
	failing := p.options(&shopOwnerMore{})
	failing.Rewrite = func(*op.Revision) error { return errors.New("no") }
	if _, err := autogen.Generate(t.Context(), failing); err == nil || !strings.Contains(err.Error(), "rewriting revision") {
		t.Errorf("the error is %v", err)
	}
}
