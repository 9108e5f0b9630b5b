package soak

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
)

var (
	together = flag.Int("soak.together", 1, "how often many processes start at once, on each database")
	kills    = flag.Int("soak.kills", 6, "how many processes are killed, on each database")
	seed     = flag.Uint64("soak.seed", 1, "of the random moments; 0 takes another one each time")
)

// Where a process of ours finds its database.
const (
	dialectVariable = "LIMBECK_SOAK_DIALECT"
	dsnVariable     = "LIMBECK_SOAK_DSN"
)

// TestMain lends the test binary to the processes.
func TestMain(m *testing.M) {
	if dialect := os.Getenv(dialectVariable); dialect != "" {
		if err := upgrade(dialect, os.Getenv(dsnVariable)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	os.Exit(m.Run())
}

// upgrade is what a process does: it says that it is ready, waits for the start,
// and prints what it has applied.
func upgrade(dialect, dsn string) error {
	db, err := open(dialect, dsn)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	list, _ := revisions()
	result, err := migrate.New(db, list).With(migrate.Options{LockTimeout: 5 * time.Minute}).Upgrade(context.Background(), "head")
	for _, d := range result.Done {
		fmt.Println(d.Revision.ID)
	}
	return err
}

func open(dialect, dsn string) (*gorm.DB, error) {
	var dialector gorm.Dialector
	switch dialect {
	case "sqlite":
		dialector = sqlite.Open(dsn)
	case "postgres":
		dialector = postgres.Open(dsn)
	default:
		dialector = mysql.Open(dsn)
	}
	return gorm.Open(dialector, &gorm.Config{Logger: logger.Discard})
}

// database returns the DSN of an empty database.
func database(t *testing.T, dialect string) string {
	switch dialect {
	case "sqlite":
		return filepath.Join(t.TempDir(), "test.db") + "?_foreign_keys=on"
	case "postgres":
		return testdb.Postgres(t)
	default:
		return testdb.MySQL(t)
	}
}

// process is one that upgrades a database.
type process struct {
	cmd            *exec.Cmd
	start          io.Closer
	stdout, stderr bytes.Buffer
	read           chan struct{}
}

// prepare starts a process up to the moment at which it would begin.
func prepare(t *testing.T, dialect, dsn string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0]), read: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), dialectVariable+"="+dialect, dsnVariable+"="+dsn)
	p.cmd.Stderr = &p.stderr
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.start = stdin
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	if line, err := lines.ReadString('\n'); err != nil || line != "ready\n" {
		_ = p.cmd.Wait()
		t.Fatalf("a process does not get ready: %q, %v: %s", line, err, p.stderr.String())
	}
	go func() {
		defer close(p.read)
		_, _ = io.Copy(&p.stdout, lines)
	}()
	return p
}

// wait returns what the process has applied.
func (p *process) wait() ([]string, error) {
	<-p.read
	err := p.cmd.Wait()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, p.stderr.String())
	}
	return strings.Fields(p.stdout.String()), err
}

// random returns the source of the random moments, and says which it is.
func random(t *testing.T) *rand.Rand {
	n := *seed
	if n == 0 {
		n = rand.Uint64()
	}
	t.Logf("-soak.seed=%d", n)
	return rand.New(rand.NewPCG(n, 0))
}

// finished makes sure that a database is at head and that each step has had its
// effect once.
func finished(t *testing.T, dialect, dsn string) {
	t.Helper()
	db, err := open(dialect, dsn)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	list, names := revisions()
	status, err := migrate.New(db, list).Status(t.Context())
	if err != nil || len(status.Pending()) > 0 || len(status.Foreign) > 0 || status.Unfinished != nil {
		t.Errorf("not at head: %d to apply, %d not ours, %v, %v", len(status.Pending()), len(status.Foreign), status.Unfinished, err)
	}
	var effects []string
	if err := db.Table("effects").Order("name").Pluck("name", &effects).Error; err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	slices.Sort(effects)
	if !slices.Equal(effects, names) {
		t.Errorf("effects %q, want %q", effects, names)
	}
	var n, rows int
	if err := db.Table("counters").Select("sum(n)").Scan(&n).Error; err != nil || n != len(names) {
		t.Errorf("the counter is at %d, want %d; %v", n, len(names), err)
	}
	for i := 2; i < length; i += 5 {
		for j := range 24 {
			name := fmt.Sprintf("t%d_%d", i, j)
			if there, want := db.Migrator().HasTable(name), j < 6 || j >= 12; there != want {
				t.Errorf("there is a table %q: %v, want %v", name, there, want)
			}
		}
	}
	for i := 5; i < length; i += 5 {
		if err := db.Table(fmt.Sprintf("t%d_done", i)).Select("count(*)").Scan(&rows).Error; err != nil || rows != 3 {
			t.Errorf("table %d has %d rows, want 3; %v", i, rows, err)
		}
	}
}
