package mysql

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// server is what there is to know of a server and the session on it before SQL
// for it can be written or read.
type server struct {
	mode
	isMaria bool
	version [3]int
	// database is the session's default one, "" where it has none.
	database string
	// modes is sql_mode as it stands, strict whether it refuses values that do
	// not fit, instead of cutting them off.
	modes  string
	strict bool
	// ignoresCase says that the names of tables are folded; those of columns,
	// keys and constraints always are.
	ignoresCase bool
	// types are the texts of types that were read, in normal form: a schema has
	// few of them, in many columns.
	types *knownTypes
	// known are views and triggers that were read, nil where each is to be read
	// anew.
	known *knownDependents
}

type knownTypes map[string]normalForm

type normalForm struct {
	text    string
	certain bool
}

// normalType is [mode.normalType], which it remembers.
func (s server) normalType(text string) (normal string, certain bool) {
	if s.types == nil {
		return s.mode.normalType(text)
	}
	n, ok := (*s.types)[text]
	if !ok {
		n.text, n.certain = s.mode.normalType(text)
		(*s.types)[text] = n
	}
	return n.text, n.certain
}

// mode is the part of sql_mode that decides how quotes are read.
type mode struct {
	// ansiQuotes makes names of what stands in double quotes.
	ansiQuotes bool
	// plainBackslash makes a backslash in a string stand for itself.
	plainBackslash bool
}

// Remember asks the server for its version and the session's modes.
func (Dialect) Remember(ctx context.Context, q ddl.Querier) (ddl.Querier, error) {
	switch q.(type) {
	case rehearsal, ddl.Unseen: // which Plan has to know
		return q, nil
	case ddl.Remembered:
		return q, nil
	}
	s, err := askServer(ctx, q)
	if err != nil {
		return nil, err
	}
	s.known, s.types = newKnownDependents(), &knownTypes{}
	return ddl.Remembered{Querier: q, Facts: s}, nil
}

// askServer reads the facts in one query, unless they are remembered.
func askServer(ctx context.Context, q ddl.Querier) (server, error) {
	if r, ok := q.(ddl.Remembered); ok {
		if s, ok := r.Facts.(server); ok {
			return s, nil
		}
	}
	var version, modes string
	var database *string
	var lower int
	err := q.QueryRowContext(ctx, "SELECT VERSION(), @@SESSION.sql_mode, DATABASE(), @@lower_case_table_names").
		Scan(&version, &modes, &database, &lower)
	if err != nil {
		return server{}, fmt.Errorf("asking the server for its version and modes: %w", err)
	}
	s := newServer(version, modes)
	s.ignoresCase = lower != 0
	if database != nil {
		s.database = *database
	}
	return s, nil
}

func newServer(version, modes string) server {
	s := server{isMaria: strings.Contains(strings.ToLower(version), "mariadb"), version: versionNumbers(version), modes: modes}
	for name := range strings.SplitSeq(modes, ",") {
		switch name {
		case "STRICT_TRANS_TABLES", "STRICT_ALL_TABLES":
			s.strict = true
		case "ANSI_QUOTES":
			s.ansiQuotes = true
		case "NO_BACKSLASH_ESCAPES":
			s.plainBackslash = true
		}
	}
	return s
}

var numbers = regexp.MustCompile(`(\d+)\.(\d+)(?:\.(\d+))?`)

// versionNumbers reads the numbers of a version. MariaDB behind a replication
// hack says "5.5.5-10.4.7-MariaDB", where the second group is the true one.
func versionNumbers(text string) (v [3]int) {
	text = strings.TrimPrefix(text, "5.5.5-")
	m := numbers.FindStringSubmatch(text)
	for i := 1; i < len(m); i++ {
		v[i-1], _ = strconv.Atoi(m[i])
	}
	return v
}

// since reports whether the server is at least the given version of MySQL, or
// of MariaDB if it is one. A zero version is for never.
func (s server) since(mySQL, maria [3]int) bool {
	want := mySQL
	if s.isMaria {
		want = maria
	}
	if want == never {
		return false
	}
	for i := range want {
		if s.version[i] != want[i] {
			return s.version[i] > want[i]
		}
	}
	return true
}

var never = [3]int{}

func (s server) hasChecks() bool            { return s.since([3]int{8, 0, 16}, [3]int{10, 2, 1}) }
func (s server) hasExpressionIndexes() bool { return s.since([3]int{8, 0, 13}, never) }
func (s server) hasDescending() bool        { return s.since([3]int{8, 0, 1}, [3]int{10, 8, 0}) }
func (s server) renamesColumns() bool       { return s.since([3]int{8, 0, 3}, [3]int{10, 5, 2}) }
func (s server) renamesIndexes() bool       { return s.since([3]int{5, 7, 1}, [3]int{10, 5, 2}) }

// String names the server in errors.
func (s server) String() string {
	name := "mysql"
	if s.isMaria {
		name = "mariadb"
	}
	return fmt.Sprintf("%s %d.%d.%d", name, s.version[0], s.version[1], s.version[2])
}

// fold returns a name in the form in which the server compares names of
// columns, keys and constraints.
func fold(name string) string { return strings.ToLower(name) }

// foldTable does so for the names of tables and databases, which are files to
// the server: variable lower_case_table_names.
func (s server) foldTable(name string) string {
	if s.ignoresCase {
		return fold(name)
	}
	return name
}

func sameName(a, b string) bool { return a == b || fold(a) == fold(b) }
