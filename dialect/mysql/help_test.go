package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// open returns an empty database and one connection to it.
func open(t testing.TB) (*gorm.DB, *sql.Conn) {
	t.Helper()
	db := testdb.Open(t, "mysql")
	return db, connect(t, db)
}

// connect returns another connection.
func connect(t testing.TB, db *gorm.DB) *sql.Conn {
	t.Helper()
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// tester is a *testing.T or a *rapid.T.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func exec(t tester, q ddl.Querier, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := q.ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%v, in:\n%s", err, s)
		}
	}
}

// dump returns the rows of a query as lines of text.
func dump(t tester, q ddl.Querier, query string, args ...any) []string {
	t.Helper()
	rows, err := q.QueryContext(context.Background(), query, args...)
	if err != nil {
		t.Fatalf("%v, in:\n%s", err, query)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for rows.Next() {
		cells, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.String
			if !c.Valid {
				texts[i] = "<null>"
			}
		}
		list = append(list, strings.Join(texts, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// shown returns every table as the server shows it, without its counter and
// with its keys sorted: an account that knows nothing of our reading.
func shown(t tester, q ddl.Querier) []string {
	t.Helper()
	var list []string
	for _, name := range dump(t, q, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1") {
		var same, text string
		if err := q.QueryRowContext(context.Background(), "SHOW CREATE TABLE "+quoteName(name)).Scan(&same, &text); err != nil {
			t.Fatal(err)
		}
		var columns, keys []string
		last := ""
		for line := range strings.SplitSeq(text, "\n") {
			line = strings.TrimSuffix(line, ",")
			switch {
			case strings.HasPrefix(line, "  `"):
				columns = append(columns, line)
			case strings.HasPrefix(line, "  "):
				// Which of two foreign keys over one column gave its index a name
				// depends on GORM's order, which is random.
				keys = append(keys, automatic.ReplaceAllString(line, "KEY `fk`"))
			case strings.HasPrefix(line, ") "):
				words := strings.Fields(line)
				for _, w := range words {
					if !strings.HasPrefix(w, "AUTO_INCREMENT=") {
						last += " " + w
					}
				}
			}
		}
		list = append(list, fmt.Sprintf("%s %s\n%s\n%s", name, last, strings.Join(columns, "\n"), strings.Join(sorted(keys), "\n")))
	}
	return list
}

var automatic = regexp.MustCompile("^  KEY `fk_[^`]*`")

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// migrate carries the operations out as package migrate does: each step planned
// after the one before has run.
func migrate(conn *sql.Conn, ops ...op.Operation) (statements []string, err error) {
	ctx := context.Background()
	d := Dialect{}
	lock, err := d.Lock(ctx, conn, ddl.LockOptions{Wait: 10 * time.Second})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Release(ctx)) }()
	err = d.Transact(ctx, conn, func() error {
		for rest := op.List(ops); len(rest) > 0; {
			step, err := d.Plan(ctx, conn, rest)
			if err != nil {
				return err
			}
			if err := ddl.Run(ctx, conn, d, step.Statements); err != nil {
				return err
			}
			for _, s := range step.Statements {
				statements = append(statements, s.SQL)
			}
			rest = rest[len(step.Ops):]
		}
		return nil
	})
	return statements, err
}

func mustMigrate(t tester, conn *sql.Conn, ops ...op.Operation) []string {
	t.Helper()
	statements, err := migrate(conn, ops...)
	if err != nil {
		t.Fatalf("%v\nafter:\n%s", err, strings.Join(statements, ";\n"))
	}
	return statements
}

func inspect(t tester, q ddl.Querier, words ...op.Schema) op.Schema {
	t.Helper()
	r, err := Dialect{}.Inspect(context.Background(), q, ddl.Inquiry{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return r.Schema
}

// empty drops every table.
func empty(t tester, conn *sql.Conn) {
	t.Helper()
	if err := emptyDatabase(context.Background(), conn); err != nil {
		t.Fatal(err)
	}
}
