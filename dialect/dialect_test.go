package dialect_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// named is a dialector of another database.
type named struct{ gorm.Dialector }

func (named) Name() string { return "oracle" }

func TestFor(t *testing.T) {
	for name, test := range map[string]struct {
		db   *gorm.DB
		want string
	}{
		"nil":          {nil, "has no dialector"},
		"no dialector": {&gorm.DB{Config: &gorm.Config{}}, "has no dialector"},
		"no config":    {&gorm.DB{}, "has no dialector"},
		"unknown":      {&gorm.DB{Config: &gorm.Config{Dialector: named{}}}, `"oracle"; this version knows sqlite`},
	} {
		_, err := dialect.For(test.db)
		if !errors.Is(err, dialect.ErrUnknown) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

// open opens an empty database in memory.
func open() *gorm.DB {
	db, err := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		panic(err)
	}
	return db
}

func ExampleFor() {
	d, err := dialect.For(open())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Name(), d.SpellType(op.String(100)), d.SpellType(op.Bool()))
	// Output: sqlite text numeric
}

func ExampleDialect_Inspect() {
	db := open()
	db.Exec("CREATE TABLE books (id integer PRIMARY KEY, title text)")
	d, _ := dialect.For(db)
	pool, _ := db.DB()

	live, _ := d.Inspect(context.Background(), pool, ddl.Inquiry{})
	fmt.Println(live.Schema.Tables[0].Column("title").Type)

	// In the words of a model, which say the same.
	words := op.Schema{Tables: []op.Table{{Name: "books", Columns: []op.Column{{Name: "title", Type: op.String(100)}}}}}
	live, _ = d.Inspect(context.Background(), pool, ddl.Inquiry{Words: []op.Schema{words}})
	fmt.Println(live.Schema.Tables[0].Column("title").Type)
	// Output:
	// text
	// string(100)
}

func ExampleDialect_Plan() {
	ctx := context.Background()
	db := open()
	db.Exec("CREATE TABLE books (id integer PRIMARY KEY, title text)")
	d, _ := dialect.For(db)
	pool, _ := db.DB()
	conn, _ := pool.Conn(ctx)
	defer conn.Close()

	err := d.Transact(ctx, conn, func() error {
		step, err := d.Plan(ctx, conn, op.List{
			op.AddColumn{Table: "books", Column: op.Column{Name: "isbn", Type: op.String(13)}},
			op.CreateIndex{Table: "books", Index: op.Index{Name: "idx_books_isbn", Columns: op.Columns("isbn")}},
		})
		if err != nil {
			return err
		}
		for _, s := range step.Statements {
			fmt.Println(s.SQL)
		}
		return ddl.Run(ctx, conn, d, step.Statements)
	})
	fmt.Println(err)
	// Output:
	// ALTER TABLE `books` ADD COLUMN `isbn` text
	// CREATE INDEX `idx_books_isbn` ON `books`(`isbn`)
	// <nil>
}
