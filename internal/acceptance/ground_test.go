package acceptance

import (
	"fmt"
	"regexp"
	"strings"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/internal/catalogue"
	"github.com/go-limbeck/limbeck/op"
)

// ground is a database with what was done to it.
type ground struct {
	change
	dialect string
	db      *gorm.DB
	// revisions are the one that made the tables, and the change.
	revisions op.Revisions
	// alike gives row n the same value in all columns of a type, so that any two
	// of them fit each other. Otherwise no two columns have a value in common.
	alike bool
	// sure reports whether a value stays when its column changes. Default: it
	// does, or the case says what it becomes.
	sure func(before, after op.Column) bool
	// reads counts the tables that were read.
	reads int
	// problems are what was found.
	problems []string
}

func (g *ground) problem(format string, args ...any) {
	g.problems = append(g.problems, fmt.Sprintf(format, args...))
}

// abroad reports whether the models are in the words of other databases.
func (g *ground) abroad() bool { return g.home != "" && !strings.Contains(g.home, g.dialect) }

// state is what a database holds.
type state struct {
	schema []string
	rows   rows
}

func (g *ground) look() (state, error) {
	schema, err := facts(g.db)
	if err != nil {
		return state{}, err
	}
	rows, err := g.read()
	return state{schema, rows}, err
}

// On SQLite a column of the key may be NOT NULL besides. That it has been so
// before it joined the key, or will be when it leaves, is no difference.
var inKey = regexp.MustCompile(`notnull=\d (.*key=[1-9])`)

// comparable returns a catalogue without what Limbeck does not promise: the
// order of columns, and NOT NULL for a key.
func comparable(lines []string) []string {
	lines = catalogue.Unordered(lines)
	for i, line := range lines {
		lines[i] = inKey.ReplaceAllString(line, "$1")
	}
	return lines
}
