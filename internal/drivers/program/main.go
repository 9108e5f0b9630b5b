// Command program works with one folder of revisions through either driver for
// SQLite.
//
//	program generate mattn|modernc FOLDER   writes the revisions
//	program work     mattn|modernc FILE     uses them, and prints what comes of it
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	_ "modernc.org/sqlite"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/drivers/program/migrations"
	"github.com/go-limbeck/limbeck/internal/drivers/program/models"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 3 {
		return errors.New("want generate DRIVER FOLDER, or work DRIVER FILE")
	}
	switch args[0] {
	case "generate":
		return generate(ctx, args[1], args[2])
	case "work":
		return work(ctx, args[1], args[2])
	}
	return fmt.Errorf("unknown verb %q", args[0])
}

// open opens a database with foreign keys on, as a program would.
func open(driver, path string) (*gorm.DB, *sql.DB, error) {
	name, dsn := "sqlite3", path+"?_foreign_keys=1"
	if driver == "modernc" {
		name, dsn = "sqlite", path+"?_pragma=foreign_keys(1)"
	}
	pool, err := sql.Open(name, dsn)
	if err != nil {
		return nil, nil, fmt.Errorf("opening %q with %s: %w", path, driver, err)
	}
	pool.SetMaxOpenConns(1)
	db, err := gorm.Open(sqlite.Dialector{Conn: pool}, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return nil, nil, fmt.Errorf("opening %q with %s: %w", path, driver, errors.Join(err, pool.Close()))
	}
	return db, pool, nil
}

// generate writes the revisions of both generations into a folder.
func generate(ctx context.Context, driver, folder string) error {
	db, pool, err := open(driver, ":memory:")
	if err != nil {
		return err
	}
	defer pool.Close()
	const source = "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\n// Revisions are all there are.\nvar Revisions op.Revisions\n"
	if err := os.WriteFile(filepath.Join(folder, "migrations.go"), []byte(source), 0o666); err != nil {
		return err
	}
	if old, err := filepath.Glob(filepath.Join(folder, "2026*.go")); err != nil {
		return err
	} else {
		for _, file := range old {
			if err := os.Remove(file); err != nil {
				return err
			}
		}
	}
	var revisions op.Revisions
	for i, generation := range [][]any{models.First(), models.Second()} {
		options := autogen.Options{
			DB: db, Models: generation, Revisions: revisions, Dir: folder,
			Now:   func() time.Time { return time.Date(2026, 11, 23, 12+i, 0, 0, 0, time.UTC) },
			NewID: func() string { return fmt.Sprintf("0d0000000%03d", i+1) },
		}
		if i > 0 {
			options.Drops = []string{"books.pages"}
			options.Backfills = map[string]op.Default{"books.shelf": op.Literal("a"), "books.title": op.Literal("untitled")}
		}
		result, err := autogen.Generate(ctx, options)
		if err != nil {
			return fmt.Errorf("generating revision %d: %w", i+1, err)
		}
		revisions = append(revisions, result.Revision)
		if _, err := migrate.New(db, revisions).Upgrade(ctx, "head"); err != nil {
			return err
		}
	}
	return nil
}

// work applies the revisions to a database with rows, takes them back, and
// applies them again.
func work(ctx context.Context, driver, path string) error {
	db, pool, err := open(driver, path)
	if err != nil {
		return err
	}
	defer pool.Close()
	migrator := migrate.New(db, migrations.Revisions)
	first := migrations.Revisions[0].ID
	if _, err := migrator.Upgrade(ctx, first); err != nil {
		return err
	}
	if err := rows(db); err != nil {
		return fmt.Errorf("inserting rows: %w", err)
	}
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"up", func() error { _, err := migrator.Upgrade(ctx, "head"); return err }},
		{"down", func() error { _, err := migrator.Downgrade(ctx, first); return err }},
		{"up again", func() error { _, err := migrator.Upgrade(ctx, "head"); return err }},
		{"refused", func() error {
			return refused(ctx, db)
		}},
	} {
		if err := step.run(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("== %s\n", step.name)
		if err := dump(ctx, pool); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	plan, err := autogen.Compare(ctx, autogen.Options{DB: db, Models: models.Second(), Revisions: migrations.Revisions})
	if err != nil {
		return err
	}
	if !plan.Empty() {
		return fmt.Errorf("the models differ afterwards: %v", plan.Up)
	}
	return nil
}

// rows inserts rows that refer to one another, and uses up an id.
func rows(db *gorm.DB) error {
	bio := "it's \"short\" ⛵"
	printed := time.Date(2026, 11, 23, 10, 15, 2, 0, time.UTC)
	authors := []*models.Author{{Name: "Borges", Bio: &bio}, {Name: "Ocampo"}}
	if err := db.Create(authors).Error; err != nil {
		return err
	}
	sequel := uint(1)
	books := []*models.Book{
		{Title: "Ficciones", Pages: 174, Price: 12.5, Cover: []byte{0, 1, 0xff}, Printed: printed, AuthorID: 1},
		{Title: "El Aleph", Pages: 146, Price: 7, Printed: printed, AuthorID: 1, SequelID: &sequel},
		{Title: "Viaje olvidado", AuthorID: 2},
		{Title: "gone", AuthorID: 2},
	}
	if err := db.Create(books).Error; err != nil {
		return err
	}
	return db.Delete(&models.Book{}, 4).Error
}

// refused runs a revision that rows do not meet, and prints why.
func refused(ctx context.Context, db *gorm.DB) error {
	bad := op.Revision{
		ID: "bad", Parents: []string{migrations.Revisions[1].ID}, Message: "too much",
		Up: op.List{op.AddUnique{Table: "books", Unique: op.Unique{Name: "uni_author", Columns: op.Columns("author_id")}}},
	}
	_, err := migrate.New(db, append(migrations.Revisions[:2:2], bad)).Upgrade(ctx, "head")
	if err == nil {
		return errors.New("it was not refused")
	}
	_, why, _ := strings.Cut(err.Error(), ": statement ")
	why, _, _ = strings.Cut(why, "; mend")
	fmt.Println(why)
	return nil
}

// dump prints what the database holds and what SQLite thinks of it.
func dump(ctx context.Context, pool *sql.DB) error {
	for _, query := range []string{
		"SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
		"SELECT id, message, checksum FROM " + migrate.Table + " ORDER BY id",
		"SELECT * FROM sqlite_sequence ORDER BY name",
		"SELECT id, quote(name), quote(bio) FROM authors ORDER BY id",
		"SELECT id, title, quote(price), quote(cover), author_id, sequel_id FROM books ORDER BY id",
		"SELECT name, type FROM pragma_table_xinfo('books')",
		"PRAGMA foreign_keys", "PRAGMA legacy_alter_table", "PRAGMA integrity_check", "PRAGMA foreign_key_check",
	} {
		if err := list(ctx, pool, query); err != nil {
			return fmt.Errorf("%w, in: %s", err, query)
		}
	}
	return nil
}

func list(ctx context.Context, pool *sql.DB, query string) error {
	result, err := pool.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer result.Close()
	columns, err := result.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(sql.NullString)
	}
	for result.Next() {
		if err := result.Scan(values...); err != nil {
			return err
		}
		cells := make([]string, len(values))
		for i, value := range values {
			cells[i] = value.(*sql.NullString).String
		}
		fmt.Println(strings.Join(cells, " | "))
	}
	return result.Err()
}
