package acceptance

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// mood is an enum that AutoMigrate can make: it says what it is everywhere.
type mood string

func (mood) EnumValues() []string { return []string{"sad", "ok"} }
func (mood) GormDBDataType(db *gorm.DB, _ *schema.Field) string {
	return map[string]string{"postgres": "mood", "mysql": "ENUM('sad', 'ok')", "sqlite": "text"}[db.Dialector.Name()]
}

// newOwner returns a trial on an empty database.
func newOwner(t *testing.T, dialect string) *trial {
	return newTrial(t, change{}, dialect, testdb.NewPool(t, dialect))
}

func (t *trial) exec(statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if err := t.db.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
}

func lines[T interface{ String() string }](list []T) []string {
	texts := []string{}
	for _, x := range list {
		texts = append(texts, x.String())
	}
	return texts
}

// TestEnumsAfterAutoMigrate: what GORM makes of an enum is what we want.
func TestEnumsAfterAutoMigrate(t *testing.T) {
	type Person struct {
		ID   uint
		Mood mood `gorm:"not null;default:ok"`
		Was  *mood
	}
	for _, dialect := range dialects {
		t.Run(dialect, func(t *testing.T) {
			o := newOwner(t, dialect)
			if dialect == "postgres" {
				o.exec("CREATE TYPE mood AS ENUM ('sad', 'ok')")
			}
			if err := o.db.AutoMigrate(&Person{}); err != nil {
				t.Fatal(err)
			}
			plan, err := autogen.Compare(t.Context(), o.options(o.db, []any{&Person{}}))
			if err != nil {
				t.Fatal(err)
			}
			if len(plan.Up)+len(plan.Down)+len(plan.Unmanaged)+len(plan.Questions)+len(plan.Incomparable) > 0 {
				t.Errorf("up %v, unmanaged %v, questions %v, incomparable %v", plan.Up, plan.Unmanaged, plan.Questions, plan.Incomparable)
			}
		})
	}
}

// TestEnumOfSQLitesAutoMigrate: there AutoMigrate declares the column by the
// name in the tag.
func TestEnumOfSQLitesAutoMigrate(t *testing.T) {
	type Order struct {
		ID    uint
		State string `gorm:"type:state"`
	}
	o := newOwner(t, "sqlite")
	if err := o.db.AutoMigrate(&Order{}); err != nil {
		t.Fatal(err)
	}
	plan, err := autogen.Compare(t.Context(), o.options(o.db, []any{&Order{}, op.Enum{Name: "state", Values: []string{"new"}}}))
	if err != nil || !plan.Empty() {
		t.Errorf("up %v, %v", plan.Up, err)
	}
}

// TestBaselineWithEnumsAndViews takes a database over that has both.
func TestBaselineWithEnumsAndViews(t *testing.T) {
	type Order struct {
		ID    uint
		State string `gorm:"type:state;not null;default:new"`
	}
	models := []any{&Order{}, op.Enum{Name: "state", Values: []string{"new", "paid"}}, op.View{Name: "paid_orders", SQL: "SELECT id FROM orders WHERE state = 'paid'"}}
	for _, dialect := range dialects {
		t.Run(dialect, func(t *testing.T) {
			o := newOwner(t, dialect)
			switch dialect {
			case "postgres":
				o.exec("CREATE TYPE state AS ENUM ('new', 'paid')", "CREATE TABLE orders (id bigserial PRIMARY KEY, state state NOT NULL DEFAULT 'new')")
			case "mysql":
				o.exec("CREATE TABLE orders (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, state enum('new','paid') NOT NULL DEFAULT 'new')")
			default:
				o.exec("CREATE TABLE orders (id integer PRIMARY KEY AUTOINCREMENT, state text NOT NULL DEFAULT 'new')")
			}
			o.exec("INSERT INTO orders (state) VALUES ('paid')", "CREATE VIEW paid_orders AS SELECT id FROM orders WHERE state = 'paid'")
			options := o.options(o.db, models)
			options.Dir = o.dir
			if dialect == "mysql" {
				options.Scratch = o.open()
			}
			result, err := autogen.Baseline(t.Context(), options)
			if err != nil {
				t.Fatal(err)
			}
			if d := gocmp.Diff([]string{"create enum state (new, paid)", "create table orders", "create view paid_orders"}, lines(result.Revision.Up)); d != "" {
				t.Error(d)
			}
			if result.Verified == "" {
				t.Errorf("not verified: %s", result.NotVerified)
			}
			o.revisions, o.after = op.Revisions{result.Revision}, models
			o.silent("taken over")
			for _, problem := range o.problems {
				t.Error(problem)
			}
		})
	}
}

// TestEnumsOfOthers: types, and values of our types, that nobody of us made are
// reported and stay, also where ours change beside them.
func TestEnumsOfOthers(t *testing.T) {
	type Order struct {
		ID    uint
		State string `gorm:"type:state;not null;default:new"`
	}
	state := func(values ...string) []any { return []any{&Order{}, op.Enum{Name: "state", Values: values}} }
	o := newOwner(t, "postgres")
	o.after = state("new", "paid")
	if err := func() error {
		r, err := o.make(o.db, o.after, o.dir)
		o.revisions = op.Revisions{r}
		return err
	}(); err != nil {
		t.Fatal(err)
	}
	o.exec("CREATE TYPE theirs AS ENUM ('x')", "ALTER TYPE state ADD VALUE 'odd' AFTER 'new'", "ALTER TABLE orders ADD COLUMN extra theirs DEFAULT 'x' CHECK (extra = 'x')",
		"ALTER TABLE orders ADD COLUMN more state[] DEFAULT '{new}' CHECK (more <> '{paid}')", "INSERT INTO orders (state) VALUES ('odd')")
	options := o.options(o.db, state("sent", "new", "paid"))
	options.Dir = o.dir
	result, err := autogen.Generate(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if d := gocmp.Diff([]string{`add value "sent" to enum state before "new" in orders.state`}, lines(result.Revision.Up)); d != "" {
		t.Error(d)
	}
	want := []string{"column orders.extra", "column orders.more", "check orders_extra_check on orders", "check orders_more_check on orders", "value odd on state", "enum theirs"}
	if d := gocmp.Diff(want, lines(result.Plan.Unmanaged)); d != "" {
		t.Error(d)
	}
	if result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
}
