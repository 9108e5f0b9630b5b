package acceptance

import (
	"fmt"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// backfills are columns that cannot give all rows the same value: their default
// on the way up, the zero of their type on the way back.
func backfills() []change {
	type Owner struct {
		ID   uint
		Name string `gorm:"size:40"`
	}
	with := func(tag string) change { return from("", f[int]("B", "")).to(f[int]("A", tag), f[int]("B", "")) }
	two := func(b field) change {
		return from("").to(f[int]("A", "default:7;not null;uniqueIndex:idx_ab"), b)
	}
	without := func(tag string) change { return from("", f[int]("A", tag), f[int]("B", "")).to(f[int]("B", "")) }
	refer := func(c change, fields ...field) change {
		owned := append(thing(append(fields, f[*Owner]("Owner", "foreignKey:OwnerID"))...), &Owner{})
		if len(c.before) == 0 {
			return change{before: append(thing(), &Owner{}), after: owned}
		}
		return change{before: owned, after: append(thing(), &Owner{})}
	}
	up, down := change{}, change{before: []any{nil}}
	id, maybe := f[uint]("OwnerID", "not null;default:1"), f[*uint]("OwnerID", "default:1")
	const unique, indexed = "default:7;not null;unique", "default:7;not null;uniqueIndex"

	list := []change{}
	add := func(name string, c change) {
		c.name = name
		list = append(list, c)
	}
	add("a default, unique", with(unique).refuses(all, "--backfill things.a="))
	add("a default, unique, answered", with(unique).filling("things.a", "id * 2"))
	add("a default, uniquely indexed", with(indexed).refuses(all, `unique index "idx_things_a" lets no two rows be alike`))
	add("a default, uniquely indexed, answered", with(indexed).filling("things.a", "id * 2"))
	add("a default, unique, may be null", from("").to(f[*int]("A", "default:7;unique")))
	add("a default, unique, may be null, answered", from("").to(f[*int]("A", "default:7;unique")).filling("things.a", "id * 2"))
	add("two defaults, unique together", two(f[int]("B", "default:8;not null;uniqueIndex:idx_ab")).refuses(all, "--backfill things.b="))
	add("two defaults, unique together, answered", two(f[int]("B", "default:8;not null;uniqueIndex:idx_ab")).filling("things.b", "id"))
	add("two defaults, unique together, one may be null", two(f[*int]("B", "default:8;uniqueIndex:idx_ab")))
	add("a default, unique with an old column", from("", f[int]("B", "not null")).to(f[int]("A", "default:7;not null;uniqueIndex:idx_ab"), f[int]("B", "not null;uniqueIndex:idx_ab")))
	add("a default, in the key", change{before: things(f[int]("B", "not null")), after: things(f[int]("A", "default:7;primaryKey;autoIncrement:false"), f[int]("B", "not null"))}.
		refuses(all, "the primary key lets no two rows be alike"))
	add("a default, in the key, answered", change{before: things(f[int]("B", "not null")), after: things(f[int]("A", "default:7;primaryKey;autoIncrement:false"), f[int]("B", "not null"))}.
		filling("things.a", "b"))
	add("the time, unique", from("").to(f[time.Time]("A", "default:CURRENT_TIMESTAMP;not null;unique")).refuses(all, "--backfill things.a="))
	add("another default in each row", from("").to(f[string]("A", "type:uuid;default:gen_random_uuid();not null;unique")).at("postgres"))
	add("another default in each row, may be null", from("").to(f[string]("A", "type:uuid;default:gen_random_uuid();unique")).at("postgres"))
	add("another default in each row", from("").to(f[string]("A", "type:char(36);default:(uuid());not null;unique")).at("mysql"))
	add("another default in each row", from("").to(f[string]("A", "type:text;default:(hex(randomblob(16)));not null;unique")).at("sqlite"))
	add("nulls become a default, unique", of[*int]("", "unique", unique).refuses(all, "--backfill things.a="))
	add("nulls become a default, unique, answered", of[*int]("", "unique", unique).filling("things.a", "id + 90").made("things.a", "=", "=", "93"))
	add("nulls become a default, unique with another", from("", f[int]("A", "uniqueIndex:idx_ab"), f[int]("B", "uniqueIndex:idx_ab")).
		to(f[int]("A", "not null;default:7;uniqueIndex:idx_ab"), f[int]("B", "uniqueIndex:idx_ab")).refuses(all, "--backfill things.a=7"))
	add("in the type tag", with("type:int NOT NULL"))
	add("in the type tag, answered", with("type:int NOT NULL").filling("things.a", "id * 2"))
	add("in the type tag, with a default", with("type:int DEFAULT 7 NOT NULL"))
	add("in the type tag, on a column with nulls", of[*int]("", "type:int", "type:int NOT NULL").filling("things.a", "id + 90").made("things.a", "=", "=", "93"))
	add("a reference with a default", refer(up, id).refuses(all, "--backfill things.owner_id=1"))
	add("a reference with a default, answered", refer(up, id).filling("things.owner_id", "id"))
	add("a reference with a default, as it is meant", refer(up, id).filling("things.owner_id", "1"))
	add("a reference with a default, may be null", refer(up, maybe).refuses(all, "--backfill things.owner_id=NULL"))
	add("a reference with a default, may be null, answered", refer(up, maybe).filling("things.owner_id", "NULL"))

	add("back: unique", without("not null;unique").fillingDown("things.a", "id"))
	add("back: a default, unique", without(unique).fillingDown("things.a", "id"))
	add("back: a default, unique, may be null", from("", f[*int]("A", "default:7;unique")).to())
	add("back: a check", without("not null;check:a > 0").fillingDown("things.a", "5"))
	add("back: a reference", refer(down, f[uint]("OwnerID", "not null")).fillingDown("things.owner_id", "id"))
	add("back: a reference with a default, may be null", refer(down, maybe))
	add("back: a key", change{before: things(f[int]("A", "primaryKey;autoIncrement:false"), f[int]("B", "not null")), after: things(f[int]("B", "not null"))}.fillingDown("things.a", "b"))
	add("back: not null", of[int]("", "not null;unique", "unique").fillingDown("things.a", "id"))
	add("back: no such need", without("").fillingDown("things.b", "id").refuses(all, "leave the answer out"))
	return list
}

// TestBackfillBesideDefault: rows that are there when a column comes get the
// Backfill, and rows that come later the Default.
func TestBackfillBesideDefault(t *testing.T) {
	text := func(notNull bool, d op.Default) op.Column {
		return op.Column{Name: "c", Type: op.String(20), NotNull: notNull, Default: d}
	}
	const none = "<null>"
	for _, test := range []struct {
		name     string
		column   op.Column
		backfill op.Default
		// want are the values of two rows that are there, and of one that comes
		// later, which is given one where "" stands.
		want [3]string
	}{
		{"not null, value", text(true, op.Default{}), op.Literal("x"), [3]string{"x", "x", ""}},
		{"not null, of the row", text(true, op.Default{}), op.Expr("name"), [3]string{"one", "two", ""}},
		{"not null, left to the database", text(true, op.DatabaseDefault()), op.Literal("x"), [3]string{"x", "x", ""}},
		{"not null, left to the database, of the row", text(true, op.DatabaseDefault()), op.Expr("name"), [3]string{"one", "two", ""}},
		{"not null, default and value", text(true, op.Literal("d")), op.Literal("x"), [3]string{"x", "x", "d"}},
		{"not null, default and expression", text(true, op.Literal("d")), op.Expr("'x'"), [3]string{"x", "x", "d"}},
		{"not null, default, of the row", text(true, op.Literal("d")), op.Expr("name"), [3]string{"one", "two", "d"}},
		{"not null, expression, of the row", text(true, op.Expr("(lower('D'))")), op.Expr("name"), [3]string{"one", "two", "d"}},
		{"nullable, value", text(false, op.Default{}), op.Literal("x"), [3]string{"x", "x", none}},
		{"nullable, of the row", text(false, op.Default{}), op.Expr("name"), [3]string{"one", "two", none}},
		{"nullable, default and null", text(false, op.Literal("d")), op.Expr("NULL"), [3]string{none, none, "d"}},
		{"nullable, default and value", text(false, op.Literal("d")), op.Literal("x"), [3]string{"x", "x", "d"}},
		{"nullable, default, of the row", text(false, op.Literal("d")), op.Expr("nullif(name, 'one')"), [3]string{none, "two", "d"}},
		{"nullable, expression and null", text(false, op.Expr("(lower('D'))")), op.Expr("null"), [3]string{none, none, "d"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			testdb.Each(t, func(t *testing.T, dialect string) {
				db := testdb.Open(t, dialect)
				make := op.CreateTable{Name: "things", PrimaryKey: op.Columns("id"), Columns: []op.Column{
					{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "name", Type: op.String(20), NotNull: true},
				}}
				migrator := migrate.New(db, op.Revisions{
					{ID: "a", Created: "2026-11-23T10:15:02Z", Message: "make", Up: op.List{make}, Down: op.List{op.DropTable{Name: "things"}}},
					{
						ID: "b", Parents: []string{"a"}, Created: "2026-11-23T10:15:03Z", Message: "add",
						Up:   op.List{op.AddColumn{Table: "things", Column: test.column, Backfill: test.backfill}},
						Down: op.List{op.DropColumn{Table: "things", Column: "c"}},
					},
				})
				exec := func(sql string) {
					t.Helper()
					if err := db.Exec(sql).Error; err != nil {
						t.Fatalf("%s: %v", sql, err)
					}
				}
				if _, err := migrator.Upgrade(t.Context(), "a"); err != nil {
					t.Fatal(err)
				}
				exec("INSERT INTO things (name) VALUES ('one'), ('two')")
				for i := range 2 {
					if _, err := migrator.Upgrade(t.Context(), "head"); err != nil {
						t.Fatal(err)
					}
					want := test.want
					if want[2] == "" {
						want[2] = "given"
						exec("INSERT INTO things (name, c) VALUES ('three', 'given')")
					} else {
						exec("INSERT INTO things (name) VALUES ('three')")
					}
					var got []string
					// Each time another text: a plan that the driver keeps has a type.
					if err := db.Raw(fmt.Sprintf("SELECT coalesce(c, '<null>') FROM things WHERE %d = %[1]d ORDER BY id", i)).Scan(&got).Error; err != nil {
						t.Fatal(err)
					}
					if d := gocmp.Diff(want[:], got); d != "" {
						t.Errorf("(-want +got)\n%s", d)
					}
					exec("DELETE FROM things WHERE name = 'three'")
					if _, err := migrator.Downgrade(t.Context(), "-1"); err != nil {
						t.Fatal(err)
					}
				}
			})
		})
	}
}
