package postgres

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	gormpostgres "gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/draws"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// dialect is the interface that package dialect asks for.
var _ interface {
	Name() string
	Version(ctx context.Context, q ddl.Querier) (string, error)
	SpellType(op.Type) string
	Inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error)
	HasTables(ctx context.Context, q ddl.Querier, names ...string) ([]bool, error)
	Bind(n int) string
	Plan(ctx context.Context, q ddl.Querier, ops op.List) (ddl.Step, error)
	Transact(ctx context.Context, q ddl.Querier, fn func() error) error
	Transactional() bool
	Locate(ctx context.Context, q ddl.Querier, sql string, err error) (offset int, ok bool)
	Rehearse(ctx context.Context, pool *sql.DB, disposable bool, fn func(q ddl.Querier, transact func(func() error) error) error) error
} = Dialect{}

// TestMain draws few cases, since each costs many statements; -rapid.checks
// asks for more.
func TestMain(m *testing.M) {
	draws.Fix()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		_ = flag.Set("rapid.checks", "20")
	}
	os.Exit(m.Run())
}

// database is an empty database with one connection of it.
type database struct {
	dsn  string
	gorm *gorm.DB
	pool *sql.DB
	conn *sql.Conn
}

func open(t testing.TB) database {
	t.Helper()
	dsn := testdb.Postgres(t)
	db, err := gorm.Open(gormpostgres.Open(dsn), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return database{dsn: dsn, gorm: db, pool: pool, conn: conn}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func run(t failer, q ddl.Querier, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := q.ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%v, in:\n%s", err, s)
		}
	}
}

// rowsOf returns the rows of a query as lines of text.
func rowsOf(t failer, q ddl.Querier, query string) []string {
	t.Helper()
	list := []string{}
	err := each(context.Background(), q, "rows", query, func(rows *sql.Rows) error {
		names, err := rows.Columns()
		if err != nil {
			return err
		}
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return err
		}
		var cells []string
		for _, v := range values {
			cells = append(cells, fmt.Sprint(*v.(*any)))
		}
		list = append(list, strings.Join(cells, "|"))
		return nil
	})
	if err != nil {
		t.Fatalf("%v, in:\n%s", err, query)
	}
	return list
}

// migrate carries the operations out as package migrate does.
func migrate(conn *sql.Conn, ops ...op.Operation) (statements []string, err error) {
	ctx := context.Background()
	err = Dialect{}.Transact(ctx, conn, func() error {
		statements, err = carryOut(ctx, conn, ops...)
		return err
	})
	return statements, err
}

func carryOut(ctx context.Context, q ddl.Querier, ops ...op.Operation) (statements []string, err error) {
	for rest := op.List(ops); len(rest) > 0; {
		step, err := Dialect{}.Plan(ctx, q, rest)
		if err != nil {
			return statements, err
		}
		for _, s := range step.Statements {
			statements = append(statements, s.SQL)
		}
		if err := ddl.Run(ctx, q, Dialect{}, step.Statements); err != nil {
			return statements, err
		}
		rest = rest[len(step.Ops):]
	}
	return statements, nil
}

func mustMigrate(t failer, conn *sql.Conn, ops ...op.Operation) []string {
	t.Helper()
	statements, err := migrate(conn, ops...)
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(statements, "\n"))
	}
	return statements
}

func mustInspect(t failer, q ddl.Querier, words ...op.Schema) op.Schema {
	t.Helper()
	r, err := Dialect{}.Inspect(context.Background(), q, ddl.Inquiry{Words: words})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r.Schema
}

// dump returns what pg_dump says of the schema, sorted so that the order in
// which things were made does not count.
func dump(t testing.TB, dsn string) []string {
	t.Helper()
	text, err := exec.Command("pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--dbname="+dsn).Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("\n*** SKIPPED: NOTHING IS TESTED HERE ***\nthere is no pg_dump to compare by; install the PostgreSQL client")
	}
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	var list []string
	for _, statement := range strings.Split(regexp.MustCompile(`(?m)^(--|\\(un)?restrict).*$`).ReplaceAllString(string(text), ""), ";\n") {
		lines := strings.Split(strings.TrimSpace(statement), "\n")
		if strings.HasPrefix(lines[0], "CREATE TABLE") { // columns keep their order, checks have none
			for i, l := range lines {
				lines[i] = strings.TrimSuffix(l, ",")
			}
			slices.SortStableFunc(lines, func(a, b string) int {
				isCheck := func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), "CONSTRAINT") }
				if isCheck(a) && isCheck(b) {
					return strings.Compare(a, b)
				}
				return 0
			})
		}
		list = append(list, strings.Join(lines, "\n"))
	}
	slices.Sort(list)
	return list
}
