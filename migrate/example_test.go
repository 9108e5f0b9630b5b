package migrate_test

import (
	"context"
	"fmt"
	"log"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// revisions stands for the collection of a migrations package, to which each
// generated file adds itself.
var revisions = op.Revisions{
	{
		ID: "3f9a1c07b2d4", Message: "create books table",
		Up: op.List{op.CreateTable{
			Name: "books",
			Columns: []op.Column{
				{Name: "id", Type: op.Int(64), AutoIncrement: true},
				{Name: "title", Type: op.String(100), NotNull: true},
			},
			PrimaryKey: op.Columns("id"),
		}},
		Down: op.List{op.DropTable{Name: "books"}},
	},
	{
		ID: "8d2e44b1a90c", Parents: []string{"3f9a1c07b2d4"}, Message: "add isbn to books",
		Up:   op.List{op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.String(13)}}},
		Down: op.List{op.DropColumn{Table: "books", Column: "isbn"}},
	},
}

// memory opens a database for the examples. Each connection to :memory: is a
// database of its own, so it has one.
func memory() *gorm.DB {
	db, err := gorm.Open(sqlite.Open(":memory:"))
	if err != nil {
		log.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		log.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	return db
}

// At its start a program brings its database up to date.
func ExampleMigrator_Upgrade() {
	db := memory()
	for range 2 {
		result, err := migrate.New(db, revisions).Upgrade(context.Background(), "head")
		if err != nil {
			log.Fatal(err)
		}
		for _, done := range result.Done {
			fmt.Println("applied", done.Revision.ID, done.Revision.Message)
		}
		fmt.Println(len(result.Done), "revisions,", db.Migrator().HasColumn("books", "isbn"))
	}
	// Output:
	// applied 3f9a1c07b2d4 create books table
	// applied 8d2e44b1a90c add isbn to books
	// 2 revisions, true
	// 0 revisions, true
}

func ExampleMigrator_Downgrade() {
	db := memory()
	m := migrate.New(db, revisions)
	if _, err := m.Upgrade(context.Background(), "head"); err != nil {
		log.Fatal(err)
	}
	for _, target := range []string{"-1", "base"} {
		result, err := m.Downgrade(context.Background(), target)
		if err != nil {
			log.Fatal(err)
		}
		for _, done := range result.Done {
			fmt.Println("took back", done.Revision.ID, done.Revision.Message)
		}
	}
	tables, err := db.Migrator().GetTables()
	if err != nil {
		log.Fatal(err)
	}
	// SQLite keeps this one, in which it counts.
	fmt.Println(tables)
	// Output:
	// took back 8d2e44b1a90c add isbn to books
	// took back 3f9a1c07b2d4 create books table
	// [sqlite_sequence]
}

// Status tells where a database stands, and changes nothing there.
func ExampleMigrator_Status() {
	m := migrate.New(memory(), revisions)
	if _, err := m.Upgrade(context.Background(), "3f9"); err != nil {
		log.Fatal(err)
	}
	status, err := m.Status(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range status.Entries {
		fmt.Printf("%s %-18s  applied %-5v  current %-5v  head %v\n", e.Revision.ID, e.Revision.Message, e.Record != nil, e.Current, e.Head)
	}
	fmt.Println(len(status.Pending()), "to apply")
	// Output:
	// 3f9a1c07b2d4 create books table  applied true   current true   head false
	// 8d2e44b1a90c add isbn to books   applied false  current false  head true
	// 1 to apply
}

// A failure says where it was. Nothing of the revision is kept.
func ExampleRevisionError() {
	broken := append(op.Revisions{}, revisions...)
	broken.Add(op.Revision{
		ID: "c0ffee000001", Parents: []string{"8d2e44b1a90c"}, Message: "fill isbn",
		Up: op.List{op.Exec{SQL: "DELETE FROM books;\nUPDATE books STE isbn = ''"}},
	})
	result, err := migrate.New(memory(), broken).Upgrade(context.Background(), "head")
	fmt.Println(len(result.Done), "applied, then:")
	fmt.Println(err)
	// Output:
	// 2 applied, then:
	// applying revision "c0ffee000001" (fill isbn): step 1, exec DELETE FROM books; UPDATE books STE isbn = '': statement 2 of 2, at line 2, column 14: near "STE": syntax error (in: UPDATE books STE isbn = ''); nothing of this revision was kept
}

// A database whose tables are there already is told so.
func ExampleMigrator_Stamp() {
	db := memory()
	if err := db.Exec("CREATE TABLE books (id integer PRIMARY KEY, title text NOT NULL)").Error; err != nil {
		log.Fatal(err)
	}
	m := migrate.New(db, revisions)
	if err := m.Stamp(context.Background(), "3f9a1c07b2d4", migrate.StampOptions{}); err != nil {
		log.Fatal(err)
	}
	pending, err := m.Pending(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range pending {
		fmt.Println(r.ID, r.Message)
	}
	// Output:
	// 8d2e44b1a90c add isbn to books
}

// A graph puts revisions in order, whatever the order in which the files of a
// package were initialised. It needs no database.
func ExampleNewGraph() {
	graph, err := migrate.NewGraph(op.Revisions{revisions[1], revisions[0]})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range graph.Revisions() {
		fmt.Println(r.ID, r.Message)
	}
	fmt.Println("head", graph.Heads()[0].ID)
	// Output:
	// 3f9a1c07b2d4 create books table
	// 8d2e44b1a90c add isbn to books
	// head 8d2e44b1a90c
}

// Targets are relative to what is applied, and to branches.
func ExampleGraph_UpgradePath() {
	graph, err := migrate.NewGraph(op.Revisions{
		{ID: "a", Message: "create books"},
		{ID: "b", Parents: []string{"a"}, Labels: []string{"shop"}, Message: "create orders"},
		{ID: "c", Parents: []string{"a"}, Labels: []string{"staff"}, Message: "create people"},
	})
	if err != nil {
		log.Fatal(err)
	}
	applied := map[string]bool{"a": true}
	for _, target := range []string{"heads", "shop@head", "+1"} {
		path, err := graph.UpgradePath(target, applied)
		fmt.Println(target, len(path), err)
	}
	// Output:
	// heads 2 <nil>
	// shop@head 1 <nil>
	// +1 0 ambiguous target "+1": each of these could be number 1:
	//   b  create orders (shop)
	//   c  create people (staff)
	// name one of them
}

// A dry run shows the SQL, and changes nothing.
func ExampleMigrator_PlanUpgrade() {
	plan, err := migrate.New(memory(), revisions).PlanUpgrade(context.Background(), "head", nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range plan {
		fmt.Println("--", r.Revision.Message)
		for _, step := range r.Steps {
			for _, s := range step.Statements {
				fmt.Println(s.SQL)
			}
		}
	}
	// Output:
	// -- create books table
	// CREATE TABLE `books` (
	//   `id` integer PRIMARY KEY AUTOINCREMENT,
	//   `title` text NOT NULL
	// )
	// -- add isbn to books
	// ALTER TABLE `books` ADD COLUMN `isbn` text
}
