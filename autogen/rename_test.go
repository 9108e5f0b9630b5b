package autogen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/internal/catalogue"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// renaming is models before and after, and rows that have to come through.
type renaming struct {
	name          string
	before, after []any
	answer        func(*autogen.Options)
	insert        []string
	// up are the operations, "" where they are no matter.
	up []string
	// rows is a query and what it shows after up; old the same before it.
	rows, old string
	want      []string
	// insertAfter works after up, with what the database numbers and fills.
	insertAfter []string
	// not is the one database that has no such thing.
	not string
}

func runRenamings(t *testing.T, cases []renaming) {
	t.Helper()
	for _, c := range cases {
		testdb.Each(t, func(t *testing.T, dialect string) {
			if dialect == c.not {
				return
			}
			t.Run(c.name, func(t *testing.T) { c.run(t, dialect) })
		})
	}
}

func (c renaming) run(t *testing.T, dialect string) {
	p := newProjectOn(t, dialect)
	p.generate(c.before...)
	p.upgrade()
	p.exec(c.insert...)
	before, rows := p.catalogue(), p.rows(c.old)

	o := p.options(c.after...)
	if c.answer != nil {
		c.answer(&o)
	}
	result := p.add(autogen.Generate(t.Context(), o))
	if c.up != nil {
		same(t, c.up, lines(result.Revision.Up))
	}
	if dialect != "mysql" && result.Verified == "" {
		t.Errorf("not verified: %s", result.NotVerified)
	}
	anew := newProjectOn(t, dialect)
	anew.generate(c.after...)
	anew.upgrade()
	for range 2 {
		p.upgrade()
		if d := cmp.Diff(anew.catalogue(), p.catalogue()); d != "" {
			t.Errorf("after %q the schema is not what a new database has (-want +got):\n%s", lines(result.Revision.Up), d)
		}
		same(t, c.want, p.rows(c.rows))
		if plan, err := autogen.Compare(t.Context(), p.options(c.after...)); err != nil || !plan.Empty() {
			t.Errorf("after up there is left: %v, %v, %v", lines(plan.Up), plan.Questions, err)
		}
		p.downgrade("-1")
		if d := cmp.Diff(before, p.catalogue()); d != "" {
			t.Errorf("after %q the schema is not what it was (-want +got):\n%s", lines(result.Revision.Down), d)
		}
		same(t, rows, p.rows(c.old))
	}
	p.upgrade()
	p.exec(c.insertAfter...)
}

// catalogue returns the facts about the schema. SQLite puts quotes around a
// name that it writes into an expression, so that letter case would tell.
func (p *project) catalogue() []string {
	p.t.Helper()
	list, err := catalogue.Read(p.db)
	if err != nil {
		p.t.Fatal(err)
	}
	list = catalogue.Unordered(list)
	if p.db.Name() == "sqlite" {
		for i := range list {
			list[i] = strings.ToLower(list[i])
		}
		slices.Sort(list)
	}
	return list
}

// rows returns what a query shows, the columns of a row joined by a bar.
func (p *project) rows(query string) []string {
	p.t.Helper()
	if query == "" {
		return nil
	}
	rows, err := p.db.Raw(query).Rows()
	if err != nil {
		p.t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		p.t.Fatal(err)
	}
	var list []string
	for rows.Next() {
		values, pointers := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			p.t.Fatal(err)
		}
		texts := make([]string, len(values))
		for i, v := range values {
			if text, ok := v.([]byte); ok {
				v = string(text)
			}
			texts[i] = fmt.Sprint(v)
		}
		list = append(list, strings.Join(texts, "|"))
	}
	if err := rows.Err(); err != nil {
		p.t.Fatal(err)
	}
	return list
}

type person struct{}

func (person) TableName() string { return "people" }

type (
	// A person's name has everything on it that can be on a column.
	PersonWithName struct {
		person
		ID     uint
		Name   string `gorm:"size:40;not null;default:'?';index:idx_people_name;uniqueIndex:idx_people_age_name;check:chk_people_name,length(name) > 0;comment:the name"`
		Age    int    `gorm:"uniqueIndex:idx_people_age_name;check:age_or_name,age > 0 OR name <> 'x'"`
		Code   string `gorm:"size:20;unique"`
		BossID *uint  `gorm:"index"`
		Boss   *PersonWithName
	}
	PersonWithFullName struct {
		person
		ID       uint
		FullName string `gorm:"renamedFrom:name;size:40;not null;default:'?';index:idx_people_full_name;uniqueIndex:idx_people_age_full_name;check:chk_people_full_name,length(full_name) > 0;comment:the name"`
		Age      int    `gorm:"uniqueIndex:idx_people_age_full_name;check:age_or_name,age > 0 OR full_name <> 'x'"`
		Key      string `gorm:"renamedFrom:code;size:20;unique"`
		ChiefID  *uint  `gorm:"index;renamedFrom:boss_id"`
		Chief    *PersonWithFullName
	}
)

type (
	// Texts in SQL speak of the column: a computed one and a predicate.
	PersonComputed struct {
		person
		ID    uint
		Name  string `gorm:"size:40;index:idx_named,where:name <> 'x'"`
		Upper string `gorm:"size:40;->;generated:upper(name)"`
	}
	PersonComputedTitle struct {
		person
		ID    uint
		Title string `gorm:"size:40;renamedFrom:name;index:idx_named,where:title <> 'x'"`
		Upper string `gorm:"size:40;->;generated:upper(title)"`
	}
	// An index over an expression, and one with a predicate.
	PersonIndexed struct {
		person
		ID   uint
		Name string `gorm:"size:40;index:idx_people_lower,expression:lower(name);uniqueIndex:idx_people_named,where:name <> ''"`
	}
	PersonIndexedAnew struct {
		person
		ID    uint
		Title string `gorm:"size:40;renamedFrom:name;index:idx_people_lowered,expression:lower(title);uniqueIndex:idx_people_titled,where:title <> ''"`
	}
	// Renamed, and another type, and not null as well.
	PersonShort struct {
		person
		ID   uint
		Name *string `gorm:"size:10;index:idx_people_name"`
		Pin  *int32
	}
	PersonLong struct {
		person
		ID    uint
		Title string `gorm:"size:80;not null;default:none;renamedFrom:name;index:idx_people_title"`
		Code  int64  `gorm:"not null;renamedFrom:pin"`
	}
	// Two columns, and what is named after them.
	PersonAB struct {
		person
		ID uint
		A  string `gorm:"size:20;index;unique;check:a <> 'no'"`
		B  string `gorm:"size:20;index;unique;check:b <> 'no'"`
	}
	PersonBC struct {
		person
		ID uint
		B  string `gorm:"size:20;index;unique;check:b <> 'no';renamedFrom:a"`
		C  string `gorm:"size:20;index;unique;check:c <> 'no';renamedFrom:b"`
	}
	// The key of a table, to which others refer.
	PersonID struct {
		person
		ID   uint
		Pets []PetOfPersonID `gorm:"foreignKey:OwnerID"`
	}
	PetOfPersonID struct {
		pets
		ID      uint
		OwnerID uint
	}
	PersonNo struct {
		person
		No   uint            `gorm:"primaryKey;autoIncrement;renamedFrom:id"`
		Pets []PetOfPersonNo `gorm:"foreignKey:OwnerID"`
	}
	PetOfPersonNo struct {
		pets
		ID      uint
		OwnerID uint
	}
	// Structs in structs.
	Place struct {
		Street string `gorm:"size:40;index"`
		Town   string `gorm:"size:40"`
	}
	NewPlace struct {
		Road string `gorm:"size:40;index;renamedFrom:street"`
		Town string `gorm:"size:40"`
	}
	PersonAtHome struct {
		person
		ID   uint
		Home Place `gorm:"embedded;embeddedPrefix:home_"`
		Work Place `gorm:"embedded;embeddedPrefix:work_"`
	}
	PersonInHouse struct {
		person
		ID    uint
		House NewPlace `gorm:"embedded;embeddedPrefix:house_;renamedFrom:home_"`
		Work  NewPlace `gorm:"embedded;embeddedPrefix:work_"`
	}
	// Only names of indexes and constraints differ.
	PersonNamed struct {
		person
		ID     uint
		Name   string `gorm:"size:20;index:idx_one;uniqueIndex:uidx_one;check:chk_one,name <> ''"`
		BossID *uint
		Boss   *PersonNamed `gorm:"constraint:fk_one,OnDelete:SET NULL"`
	}
	PersonNamedAnew struct {
		person
		ID     uint
		Name   string `gorm:"size:20;index:idx_two;uniqueIndex:uidx_two;check:chk_two,name <> ''"`
		BossID *uint
		Boss   *PersonNamedAnew `gorm:"constraint:fk_two,OnDelete:SET NULL"`
	}
)

type pets struct{}

func (pets) TableName() string { return "pets" }

func TestRenameColumn(t *testing.T) {
	columns := func(pairs ...string) func(*autogen.Options) {
		return func(o *autogen.Options) {
			for i := 0; i < len(pairs); i += 2 {
				o.Renames = append(o.Renames, diff.Rename{Table: "people", From: pairs[i], To: pairs[i+1]})
			}
		}
	}
	ab := []string{"INSERT INTO people (a, b) VALUES ('a1', 'b1')", "INSERT INTO people (a, b) VALUES ('a2', 'b2')"}
	runRenamings(t, []renaming{
		{
			name:   "with all that can be on it",
			before: []any{&PersonWithName{}}, after: []any{&PersonWithFullName{}},
			insert: []string{"INSERT INTO people (name, age, code, boss_id) VALUES ('Ann', 30, 'a', NULL)", "INSERT INTO people (name, age, code, boss_id) VALUES ('Bob', 20, 'b', 1)"},
			rows:   "SELECT id, full_name, age, " + "chief_id FROM people ORDER BY id", old: "SELECT id, name, age, boss_id FROM people ORDER BY id",
			want:        []string{"1|Ann|30|<nil>", "2|Bob|20|1"},
			insertAfter: []string{"INSERT INTO people (age, chief_id) VALUES (20, 2)"},
		},
		{
			name:   "that others are computed from",
			before: []any{&PersonComputed{}}, after: []any{&PersonComputedTitle{}},
			insert: []string{"INSERT INTO people (name) VALUES ('ann')"},
			up:     []string{"rename column people.name to title"},
			rows:   "SELECT title, upper FROM people", old: "SELECT name, upper FROM people", want: []string{"ann|ANN"},
			insertAfter: []string{"INSERT INTO people (title) VALUES ('bob')"},
		},
		{
			name: "that indexes compute with", not: "mysql",
			before: []any{&PersonIndexed{}}, after: []any{&PersonIndexedAnew{}},
			insert: []string{"INSERT INTO people (name) VALUES ('ann')"},
			up: []string{
				"rename column people.name to title", "rename index idx_people_lower on people to idx_people_lowered",
				"rename index idx_people_named on people to idx_people_titled",
			},
			rows: "SELECT title FROM people", old: "SELECT name FROM people", want: []string{"ann"},
		},
		{
			name:   "and its type, and that it may be null",
			before: []any{&PersonShort{}}, after: []any{&PersonLong{}},
			insert: []string{"INSERT INTO people (name, pin) VALUES ('ann', 7)", "INSERT INTO people (pin) VALUES (8)"},
			rows:   "SELECT title, code FROM people ORDER BY id", old: "SELECT pin FROM people ORDER BY id", want: []string{"ann|7", "none|8"},
			insertAfter: []string{"INSERT INTO people (code) VALUES (1)"},
		},
		{
			name:   "to the name of one that is renamed",
			before: []any{&PersonAB{}}, after: []any{&PersonBC{}}, insert: ab,
			rows: "SELECT b, c FROM people ORDER BY id", old: "SELECT a, b FROM people ORDER BY id", want: []string{"a1|b1", "a2|b2"},
		},
		{
			name:   "in exchange for another",
			before: []any{&PersonAB{}}, after: []any{&PersonAB{}}, insert: ab, answer: columns("a", "b", "b", "a"),
			rows: "SELECT a, b FROM people ORDER BY id", old: "SELECT a, b FROM people ORDER BY id", want: []string{"b1|a1", "b2|a2"},
		},
		{
			name:   "that is the key",
			before: []any{&PersonID{}, &PetOfPersonID{}}, after: []any{&PersonNo{}, &PetOfPersonNo{}},
			insert: []string{"INSERT INTO people (id) VALUES (1)", "INSERT INTO pets (owner_id) VALUES (1)"},
			up:     []string{"rename column people.id to no"},
			rows:   "SELECT no, owner_id FROM people JOIN pets ON owner_id = no", old: "SELECT people.id, owner_id FROM people JOIN pets ON owner_id = people.id", want: []string{"1|1"},
		},
		{
			name:   "with its prefix",
			before: []any{&PersonAtHome{}}, after: []any{&PersonInHouse{}},
			insert: []string{"INSERT INTO people (home_street, home_town, work_street, work_town) VALUES ('a', 'b', 'c', 'd')"},
			rows:   "SELECT house_road, house_town, work_road, work_town FROM people", old: "SELECT home_street, home_town, work_street, work_town FROM people",
			want: []string{"a|b|c|d"},
		},
		{
			name:   "is not needed where only indexes and constraints have other names",
			before: []any{&PersonNamed{}}, after: []any{&PersonNamedAnew{}},
			insert: []string{"INSERT INTO people (name) VALUES ('a')"},
			up: []string{
				"rename index idx_one on people to idx_two", "rename index uidx_one on people to uidx_two",
				"rename constraint fk_one on people to fk_two", "rename constraint chk_one on people to chk_two",
			},
			rows: "SELECT name FROM people", old: "SELECT name FROM people", want: []string{"a"},
		},
	})
}

type (
	PersonByHand struct {
		person
		ID   uint
		Name string `gorm:"size:40;check:chk_people_name,length(name) > 0"`
	}
	PersonByHandAnew struct {
		person
		ID    uint
		Title string `gorm:"size:40;renamedFrom:label,name;check:chk_people_name,length(title) > 0"`
	}
)

// What raw SQL made has no words of a revision: a column that is renamed there
// does not seem to change its type for that.
func TestRenameColumnOfRawSQL(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		p := newProjectOn(t, dialect)
		r, err := autogen.Empty(p.options(&PersonByHand{}))
		if err == nil {
			t.Fatal("an empty revision wants a message")
		}
		o := p.options(&PersonByHand{})
		o.Message = "people"
		if r, err = autogen.Empty(o); err != nil {
			t.Fatal(err)
		}
		id := map[string]string{"sqlite": "integer PRIMARY KEY AUTOINCREMENT", "postgres": "bigserial PRIMARY KEY", "mysql": "bigint unsigned AUTO_INCREMENT PRIMARY KEY"}[dialect]
		text := map[string]string{"sqlite": "text"}[dialect]
		if text == "" {
			text = "varchar(40)"
		}
		r.Revision.Up = op.List{op.Exec{SQL: "CREATE TABLE people (id " + id + ", name " + text + ", CONSTRAINT chk_people_name CHECK (length(name) > 0))"}}
		p.revisions = op.Revisions{r.Revision}
		p.upgrade()
		plan, err := autogen.Compare(t.Context(), p.options(&PersonByHandAnew{}))
		if err != nil {
			t.Fatal(err)
		}
		same(t, []string{"rename column people.name to title"}, lines(plan.Up))
		same(t, []string{"rename column people.title to name"}, lines(plan.Down))
	})
}
