package migrate_test

import (
	"errors"
	"os"
	osexec "os/exec"
	"slices"
	"strings"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// clientDB is a database that its own command-line client reaches, too.
type clientDB struct {
	*gorm.DB
	client []string
}

func newClientDB(t *testing.T, kind string) clientDB {
	t.Helper()
	var dialector gorm.Dialector
	var client []string
	switch kind {
	case "sqlite":
		file := tempFile(t)
		dialector, client = sqlite.Open(file), []string{"sqlite3", file}
	case "postgres":
		dsn := testdb.Postgres(t)
		// A prepared query does not survive that its table changes.
		dialector = postgres.New(postgres.Config{DSN: dsn, PreferSimpleProtocol: true})
		client = []string{"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", dsn}
	case "mysql":
		dsn := testdb.MySQL(t)
		dialector = mysql.Open(dsn)
		c, err := driver.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		client = []string{"mysql", "--no-defaults", "--default-character-set=latin1", "--user=" + c.User, "--password=" + c.Passwd}
		if c.Net == "unix" {
			client = append(client, "--socket="+c.Addr)
		} else {
			host, port, _ := strings.Cut(c.Addr, ":")
			client = append(client, "--protocol=tcp", "--host="+host, "--port="+port)
		}
		client = append(client, c.DBName)
	}
	if _, err := osexec.LookPath(client[0]); err != nil {
		t.Skipf("there is no %s to run a script with", client[0])
	}
	db, err := gorm.Open(dialector, &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	pool := poolOf(t, db)
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { pool.Close() })
	return clientDB{db, client}
}

// run runs a script with the client.
func (d clientDB) run(script string) error {
	cmd := osexec.Command(d.client[0], d.client[1:]...)
	cmd.Stdin = strings.NewReader(script)
	cmd.Env = append(os.Environ(), "PGOPTIONS=-c client_min_messages=warning", "PGCLIENTENCODING=LATIN1")
	out, err := cmd.CombinedOutput()
	if err != nil || len(out) > 0 {
		return errors.Join(err, errors.New(string(out)))
	}
	return nil
}

// content is the schema, the rows and the history without its times.
func (d clientDB) content(t *testing.T) map[string]any {
	t.Helper()
	dialect, err := dialect.For(d.DB)
	if err != nil {
		t.Fatal(err)
	}
	reading, err := dialect.Inspect(t.Context(), poolOf(t, d.DB), ddl.Inquiry{})
	if err != nil {
		t.Fatal(err)
	}
	schema := reading.Schema
	slices.SortFunc(schema.Tables, func(a, b op.Table) int { return strings.Compare(a.Name, b.Name) })
	content := map[string]any{"schema": schema}
	for _, table := range schema.Tables {
		query := "SELECT * FROM " + table.Name + " ORDER BY id"
		if table.Name == migrate.Table {
			query = "SELECT id, message, checksum, tool_version FROM " + migrate.Table + " ORDER BY id"
		}
		var list []map[string]any
		if err := d.Raw(query).Scan(&list).Error; err != nil {
			t.Fatal(err)
		}
		content[table.Name] = list
	}
	return content
}
