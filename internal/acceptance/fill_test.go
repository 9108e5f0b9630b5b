package acceptance

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/op"
)

// rowCount is how many rows each table gets: two full ones, and one with a null
// wherever there may be one.
const rowCount = 3

// fill puts rows into all tables. Row n of a table refers to row n of another.
func (g *ground) fill(s op.Schema) error {
	unchecked := map[string][2]string{
		"sqlite":   {"PRAGMA foreign_keys = off", "PRAGMA foreign_keys = on"},
		"postgres": {"SET session_replication_role = replica", "RESET session_replication_role"},
		"mysql":    {"SET foreign_key_checks = 0", "SET foreign_key_checks = 1"},
	}[g.dialect]
	return g.db.Connection(func(db *gorm.DB) error {
		if err := db.Exec(unchecked[0]).Error; err != nil {
			return err
		}
		for _, table := range s.Tables {
			for n := range rowCount {
				if err := g.insert(db, s, table, n); err != nil {
					return fmt.Errorf("inserting a row into %q: %w", table.Name, err)
				}
			}
		}
		return db.Exec(unchecked[1]).Error
	})
}

func (g *ground) insert(db *gorm.DB, s op.Schema, table op.Table, n int) error {
	var names, values []string
	for _, c := range table.Columns {
		if !c.Generated.IsZero() || isNumbered(table, c) && g.values[g.key(table.Name, c.Name)] == nil {
			continue // the database has its 1, 2, 3
		}
		names = append(names, g.quote(c.Name))
		values = append(values, g.value(s, table, c, n))
	}
	into := "INSERT INTO " + g.quoteTable(table.Name)
	switch {
	case len(names) > 0:
		into += " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
	case g.dialect == "mysql":
		into += " () VALUES ()"
	default:
		into += " DEFAULT VALUES"
	}
	return db.Exec(into).Error
}

// isNumbered reports whether the database gives the column its values.
func isNumbered(table op.Table, c op.Column) bool {
	return c.AutoIncrement && len(table.PrimaryKey) == 1 && table.PrimaryKey[0].Column == c.Name
}

// value returns what row n has in a column: what the case says, what the row
// that it refers to has, or the usual value.
func (g *ground) value(s op.Schema, table op.Table, c op.Column, n int) string {
	if given := g.values[g.key(table.Name, c.Name)]; given != nil {
		return given[n]
	}
	if n == rowCount-1 && !c.NotNull && !isKey(table, c) && !c.AutoIncrement {
		return "NULL"
	}
	for _, key := range table.ForeignKeys {
		i := slices.Index(key.Columns, c.Name)
		target := s.Table(key.RefTable)
		if i < 0 || target == nil || key.RefTable == table.Name && key.RefColumns[i] == c.Name {
			continue
		}
		if to := target.Column(key.RefColumns[i]); to != nil {
			return g.value(s, *target, *to, n)
		}
	}
	if isNumbered(table, c) {
		return strconv.Itoa(n + 1)
	}
	if g.alike {
		return g.usual(c, n+1)
	}
	at := slices.IndexFunc(table.Columns, func(other op.Column) bool { return other.Name == c.Name })
	return g.usual(c, 10*at+n+1)
}

// usual returns a value for a column, another one for each number up to 99.
func (g *ground) usual(c op.Column, n int) string {
	d, err := dialect.For(g.db)
	if err != nil {
		return "NULL" // never: it is open
	}
	return usual(g.dialect, strings.ToLower(d.SpellType(c.Type)), n)
}

// isKey reports whether the column is of the primary key.
func isKey(table op.Table, c op.Column) bool {
	return slices.ContainsFunc(table.PrimaryKey, func(p op.KeyPart) bool { return p.Column == c.Name })
}

// usual returns a value for a type, another one for each number up to 99, that
// shows when it is lost or cut.
func usual(dialect, spelled string, n int) string {
	has := func(beginnings ...string) bool {
		return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(spelled, b) })
	}
	if elem, ok := strings.CutSuffix(spelled, "[]"); ok {
		return "ARRAY[" + usual(dialect, elem, n) + "]::" + spelled
	}
	switch {
	case has("bool", "tinyint(1)") || dialect == "sqlite" && spelled == "numeric":
		return "'" + strconv.Itoa(n%2) + "'"
	case has("interval"):
		return fmt.Sprintf("'%d hours'", n)
	case has("int", "bigint", "smallint", "tinyint", "mediumint", "serial", "bigserial", "smallserial", "year"):
		return strconv.Itoa(n)
	case has("numeric", "decimal", "real", "double", "float"):
		return strconv.Itoa(n) + ".5"
	case has("datetime", "timestamp"):
		return fmt.Sprintf("'2001-02-03 04:05:%02d'", n%60)
	case has("date"):
		return fmt.Sprintf("'2001-02-%02d'", n%28+1)
	case has("time"):
		return fmt.Sprintf("'04:05:%02d'", n%60)
	case has("json"):
		return fmt.Sprintf(`'{"a": %d}'`, n)
	case has("uuid"):
		return fmt.Sprintf("'00000000-0000-0000-0000-0000000000%02d'", n)
	case has("bytea"):
		return fmt.Sprintf(`'\x61%02d'`, n)
	case has("bit"):
		return fmt.Sprintf("b'%b'", n%2)
	case has("blob") && dialect == "sqlite":
		return fmt.Sprintf("x'61%02d'", n)
	case has("enum", "set"):
		return "'" + strings.Split(spelled, "'")[1] + "'"
	case has("char(", "varchar(", "character") && shorterThan(spelled, 12):
		return fmt.Sprintf("'%d'", n)
	}
	return fmt.Sprintf("'it''s \"%d\" ü'", n)
}

// shorterThan reads the length of a text type.
func shorterThan(spelled string, n int) bool {
	_, after, _ := strings.Cut(spelled, "(")
	length, _, _ := strings.Cut(after, ")")
	has, err := strconv.Atoi(strings.TrimSpace(length))
	return err == nil && has < n
}
