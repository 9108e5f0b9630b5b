package migrate_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"

	gomysql "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// scissors cut all connections at the n-th message to the server, before it is
// sent or right behind it, and let no new one come: for the server, the program
// is dead.
type scissors struct {
	lock   sync.Mutex
	left   int
	behind bool
	closed bool
	all    []net.Conn
}

func (s *scissors) dial(ctx context.Context, network, address string) (net.Conn, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.closed {
		return nil, io.ErrClosedPipe
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	s.all = append(s.all, conn)
	return cutting{conn, s}, nil
}

type cutting struct {
	net.Conn
	scissors *scissors
}

// Write sends a message, or is where the connection is cut.
func (c cutting) Write(p []byte) (int, error) {
	s := c.scissors
	s.lock.Lock()
	defer s.lock.Unlock()
	s.left--
	if s.left > 0 {
		return c.Conn.Write(p)
	}
	if s.behind && !s.closed {
		_, _ = c.Conn.Write(p)
	}
	s.closed = true
	for _, conn := range s.all {
		conn.Close()
	}
	return 0, io.ErrClosedPipe
}

// throughScissors opens a database whose connections the scissors cut.
func throughScissors(t *testing.T, dialect, dsn string, s *scissors) *gorm.DB {
	t.Helper()
	var pool *sql.DB
	var dialector gorm.Dialector
	switch dialect {
	case "postgres":
		config, err := pgx.ParseConfig(dsn)
		if err != nil {
			t.Fatal(err)
		}
		config.DialFunc = s.dial
		pool = stdlib.OpenDB(*config)
		dialector = postgres.New(postgres.Config{Conn: pool})
	case "mysql":
		config, err := gomysql.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		network, through := config.Net, fmt.Sprintf("scissors%p", s)
		gomysql.RegisterDialContext(through, func(ctx context.Context, address string) (net.Conn, error) { return s.dial(ctx, network, address) })
		t.Cleanup(func() { gomysql.DeregisterDialContext(through) })
		config.Net, config.Logger = through, &gomysql.NopLogger{}
		connector, err := gomysql.NewConnector(config)
		if err != nil {
			t.Fatal(err)
		}
		pool = sql.OpenDB(connector)
		dialector = mysql.New(mysql.Config{Conn: pool, SkipInitializeWithVersion: true})
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { pool.Close() })
	db, err := gorm.Open(dialector, &gorm.Config{Logger: logger.Discard, DisableAutomaticPing: true})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// severed is a history with every kind of step. Each effect may be there once.
func severed() op.Revisions {
	effect := func(name string) op.Exec { return op.Exec{SQL: "INSERT INTO effects VALUES ('" + name + "')"} }
	number := func(name string) op.Column { return op.Column{Name: name, Type: op.Int(64)} }
	return op.Revisions{{
		ID: "c1", Message: "first",
		Up: op.List{
			op.CreateTable{Name: "effects", Columns: []op.Column{{Name: "name", Type: op.String(20)}}},
			op.CreateTable{Name: "one", Columns: []op.Column{number("a"), number("b")}, Indexes: []op.Index{{Name: "idx_one_a", Columns: op.Columns("a")}}},
			op.CreateTable{Name: "passing", Columns: []op.Column{number("a")}},
			op.CreateTable{Name: "stays", Columns: []op.Column{number("a")}},
			effect("exec"),
			op.AddColumn{Table: "one", Column: number("c")},
			op.DropTable{Name: "passing"},
			op.CreateTable{Name: "passing", Columns: []op.Column{number("b")}},
			op.CreateTable{Name: "two", Columns: []op.Column{number("a")}},
		},
	}, {
		ID: "c2", Message: "second", Parents: []string{"c1"},
		Up: op.List{
			migrate.Do("go step", func(_ context.Context, tx *gorm.DB) error { return tx.Exec(effect("do").SQL).Error }),
			op.CreateIndex{Table: "one", Index: op.Index{Name: "idx_one_c", Columns: op.Columns("c")}},
			op.DropColumn{Table: "one", Column: "b"},
			effect("last"),
			op.CreateTable{Name: "first", Columns: []op.Column{number("a")}},
			op.CreateTable{Name: "second", Columns: []op.Column{number("a")}},
			op.DropTable{Name: "first"},
			op.DropTable{Name: "second"},
			op.CreateTable{Name: "first", Columns: []op.Column{number("b")}},
			op.CreateTable{Name: "second", Columns: []op.Column{number("b")}},
		},
	}}
}

// TestCutAtEachMessage: wherever the program dies, the next run goes on so that
// each effect is there once.
func TestCutAtEachMessage(t *testing.T) {
	for _, dialect := range []string{"postgres", "mysql"} {
		for _, behind := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/behind=%t", dialect, behind), func(t *testing.T) {
				t.Parallel()
				cuts := 0
				each := 1
				if dialect == "postgres" {
					each = 5 // one transaction, and making a database takes long
				}
				for n := 2; ; n += each { // the first one opens the connection
					var dsn string
					if dialect == "postgres" {
						dsn = testdb.Postgres(t)
					} else {
						dsn = testdb.MySQL(t)
					}
					s := &scissors{left: n, behind: behind}
					_, err := migrate.New(throughScissors(t, dialect, dsn, s), severed()).Upgrade(t.Context(), "head")
					if !s.closed {
						if err != nil {
							t.Fatalf("no message was cut, and yet: %v", err)
						}
						break
					}
					cuts++
					db := throughScissors(t, dialect, dsn, &scissors{left: 1 << 30})
					if _, again := migrate.New(db, severed()).Upgrade(t.Context(), "head"); again != nil {
						t.Fatalf("cut at message %d (%v), and then: %v", n, err, again)
					}
					for query, want := range map[string]int{
						"SELECT count(*) FROM effects":                   3,
						"SELECT count(DISTINCT name) FROM effects":       3,
						"SELECT count(*) FROM limbeck_revisions":         2,
						"SELECT count(*) + count(a) + count(c) FROM one": 0,
						"SELECT count(*) + count(b) FROM passing":        0,
						"SELECT count(first.b) FROM first, second":       0,
						"SELECT count(*) FROM two, stays":                0,
					} {
						if got := count(t, db, query); got != want {
							t.Fatalf("cut at message %d (%v): %s: %d, want %d", n, err, query, got, want)
						}
					}
					poolOf(t, db).Close()
				}
				if cuts < 10 {
					t.Errorf("%d cuts only", cuts)
				}
				t.Logf("%d cuts", cuts)
			})
		}
	}
}
