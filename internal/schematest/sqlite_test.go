package schematest_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
	_ "github.com/mattn/go-sqlite3"
	"pgregory.net/rapid"
)

// SQLite itself says whether a drawn schema is one that it can execute. The
// check of foreign keys fails where one of them refers to no key.
func TestSQLiteTakesDrawnSchemas(t *testing.T) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	rapid.Check(t, func(t *rapid.T) {
		s := schematest.Change(t, schematest.Schema(t))
		script := "BEGIN;\n" + ddl(s) + "PRAGMA foreign_key_check;"
		_, err := db.Exec(script)
		if _, rollbackErr := db.Exec("ROLLBACK"); err == nil {
			err = rollbackErr
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, script)
		}
	})
}

// ddl is plain DDL, without what a dialect has to care for.
func ddl(s op.Schema) string {
	var b strings.Builder
	for _, t := range s.Tables {
		var parts []string
		for _, c := range t.Columns {
			part := c.Name + " " + string(c.Type.Word)
			if c.AutoIncrement {
				part = c.Name + " integer PRIMARY KEY AUTOINCREMENT"
			} else if c.NotNull {
				part += " NOT NULL"
			}
			if !c.Default.IsZero() {
				part += " DEFAULT " + c.Default.String()
			}
			parts = append(parts, part)
		}
		if len(t.PrimaryKey) > 0 && !t.Column(t.PrimaryKey[0].Column).AutoIncrement {
			parts = append(parts, "PRIMARY KEY "+list(t.PrimaryKey))
		}
		for _, u := range t.Uniques {
			parts = append(parts, fmt.Sprintf("CONSTRAINT %s UNIQUE %s", u.Name, list(u.Columns)))
		}
		for _, k := range t.ForeignKeys {
			parts = append(parts, fmt.Sprintf("CONSTRAINT %s FOREIGN KEY %s", k.Name, k))
		}
		for _, c := range t.Checks {
			parts = append(parts, fmt.Sprintf("CONSTRAINT %s CHECK (%s)", c.Name, c.Expr))
		}
		fmt.Fprintf(&b, "CREATE TABLE %s (%s);\n", t.Name, strings.Join(parts, ", "))
		for _, x := range t.Indexes {
			unique, where := "", ""
			if x.Unique {
				unique = "UNIQUE "
			}
			if x.Where != "" {
				where = " WHERE " + x.Where
			}
			fmt.Fprintf(&b, "CREATE %sINDEX %s ON %s %s%s;\n", unique, x.Name, t.Name, list(x.Columns), where)
		}
	}
	return b.String()
}

func list(parts []op.KeyPart) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.String()
	}
	return "(" + strings.Join(texts, ", ") + ")"
}
