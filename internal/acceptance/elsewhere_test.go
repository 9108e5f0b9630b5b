package acceptance

import (
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/catalogue"
	"github.com/go-limbeck/limbeck/op"
)

// elsewhere are the schemas beside the current one that the models of a case
// have tables in, by the word that they have there: shop and billing, and on
// MySQL, where they are other databases of the server, what these are called.
type elsewhere map[string]string

// apart says that the case has tables in other schemas: models whose names
// begin with Shop or Billing, and things (see [naming]).
func (c change) apart() change {
	c.elsewhere = elsewhere{"shop": "shop", "billing": "billing"}
	return c
}

// open returns an empty database with the schemas that the case needs and
// cannot make.
func (t *trial) open() *gorm.DB {
	t.Helper()
	there := maps.Clone(t.elsewhere)
	db := t.pool.Open(t, configOf(there))
	if t.dialect != "mysql" {
		return db
	}
	for word := range there {
		name := "limbeck_" + word + "_" + strings.ToLower(rand.Text()[:6])
		if err := db.Exec("CREATE DATABASE " + name + " CHARACTER SET utf8mb4").Error; err != nil {
			t.Fatalf("creating a database for the models of %s: %v", word, err)
		}
		t.Cleanup(func() { // whatever refers to it
			if err := db.Exec("SET STATEMENT foreign_key_checks = 0 FOR DROP DATABASE " + name).Error; err != nil {
				t.Errorf("dropping the database for the models of %s: %v", word, err)
			}
		})
		there[word] = name
	}
	return db
}

// elsewhereOf returns the schemas that the models of a case are in on a
// database.
func elsewhereOf(db *gorm.DB) elsewhere {
	n, _ := db.NamingStrategy.(naming)
	return n.elsewhere
}

// said returns text in which the schemas have the words of the case.
func (e elsewhere) said(text string) string {
	for word, name := range e {
		text = strings.ReplaceAll(text, name, word)
	}
	return text
}

// real returns the name of a table, or of what is in it, on the database.
func (e elsewhere) real(name string) string {
	word, rest, _ := strings.Cut(name, ".")
	if e[word] == "" {
		return name
	}
	return e[word] + "." + rest
}

// models returns the models with the real names in their views.
func (e elsewhere) models(list []any) []any {
	list = slices.Clone(list)
	for i, m := range list {
		if v, ok := m.(op.View); ok {
			v.Name = e.real(v.Name)
			for word, name := range e {
				v.SQL = strings.ReplaceAll(v.SQL, word+".", name+".")
			}
			list[i] = v
		}
	}
	return list
}

func (e elsewhere) reals(names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, e.real(name))
	}
	return list
}

// facts reads the catalogue of a database, and that of the others where the
// models have tables.
func facts(db *gorm.DB) ([]string, error) {
	lines, err := catalogue.Read(db)
	there := elsewhereOf(db)
	if err != nil || len(there) == 0 || db.Name() != "mysql" {
		return comparable(lines), err
	}
	here := db.Migrator().CurrentDatabase()
	err = db.Connection(func(db *gorm.DB) error {
		for word, name := range there {
			if err := db.Exec("USE " + name).Error; err != nil {
				return err
			}
			more, err := catalogue.Read(db)
			if err != nil {
				return err
			}
			for _, line := range catalogue.Unordered(more) {
				lines = append(lines, "in "+word+": "+line)
			}
		}
		return db.Exec("USE `" + here + "`").Error
	})
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(there.said(line), here, "here")
	}
	return comparable(lines), err
}

// tables lists all tables of the models on the database, as revisions call them.
func (g *ground) tables() ([]string, error) {
	names, err := g.db.Migrator().GetTables()
	if err != nil {
		return nil, err
	}
	there := slices.Collect(maps.Values(elsewhereOf(g.db)))
	var views, more []string
	switch g.dialect {
	case "mysql": // for which GORM lists views too
		if err := g.db.Raw("SELECT table_name FROM information_schema.views WHERE table_schema = DATABASE()").Scan(&views).Error; err != nil {
			return nil, err
		}
		err = g.db.Raw("SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema IN ?", append(there, "")).Scan(&more).Error
	case "postgres":
		err = g.db.Raw("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ?", append(there, "")).Scan(&more).Error
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		return slices.Contains(views, name) || strings.HasPrefix(name, "limbeck_") || strings.HasPrefix(name, "sqlite_")
	})
	return append(names, more...), err
}

// quoteTable quotes the name of a table, and that of the schema before it.
func (g *ground) quoteTable(name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		parts[i] = g.quote(part)
	}
	return strings.Join(parts, ".")
}

// key is what a case calls a column when it says its values.
func (g *ground) key(table, column string) string {
	return fmt.Sprintf("%s.%s", elsewhereOf(g.db).said(table), column)
}
