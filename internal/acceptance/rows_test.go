package acceptance

import (
	"encoding/hex"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strings"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// rows are those of each table: the columns and their values as text, NULL as
// <null>.
type rows map[string][]map[string]string

// read reads the rows of all tables.
func (g *ground) read() (rows, error) {
	names, err := g.tables()
	if err != nil {
		return nil, err
	}
	all := rows{}
	for _, name := range names {
		if all[name], err = g.readTable(name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (g *ground) readTable(name string) ([]map[string]string, error) {
	columns, err := g.columnsOf(name)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, c := range columns {
		texts = append(texts, g.asText(g.quote(c)))
	}
	// A statement of its own each time: PostgreSQL does not run a prepared one
	// again when the types below it are others.
	g.reads++
	found, err := g.db.Raw(fmt.Sprintf("SELECT %s FROM %s -- %d", strings.Join(texts, ", "), g.quoteTable(name), g.reads)).Rows()
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var list []map[string]string
	for found.Next() {
		cells := make([]*string, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		row := map[string]string{}
		for i, c := range columns {
			row[c] = "<null>"
			if cells[i] != nil {
				row[c] = plain(*cells[i])
			}
		}
		list = append(list, row)
	}
	return list, found.Err()
}

func (g *ground) columnsOf(table string) (names []string, err error) {
	query := map[string]string{
		"sqlite":   "SELECT name FROM pragma_table_xinfo(?)",
		"postgres": "SELECT attname FROM pg_attribute WHERE attrelid = CAST(? AS regclass) AND attnum > 0 AND NOT attisdropped",
		"mysql":    "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) IN (?, CONCAT(DATABASE(), '.', ?))",
	}[g.dialect]
	switch g.dialect {
	case "postgres":
		err = g.db.Raw(query, g.quoteTable(table)).Scan(&names).Error
	case "mysql":
		err = g.db.Raw(query, table, table).Scan(&names).Error
	default:
		err = g.db.Raw(query, table).Scan(&names).Error
	}
	return names, err
}

// asText is an expression for a column's value as text, in which a driver has
// no say.
func (g *ground) asText(column string) string {
	switch g.dialect {
	case "sqlite":
		return "CASE typeof(" + column + ") WHEN 'blob' THEN quote(" + column + ") ELSE CAST(" + column + " AS text) END"
	case "postgres":
		return "CAST(" + column + " AS text)"
	default:
		return "CONCAT(" + column + ")"
	}
}

func (g *ground) quote(name string) string {
	if g.dialect == "mysql" {
		return "`" + name + "`"
	}
	return `"` + name + `"`
}

var (
	number = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	moment = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)( 00:00:00| \d\d:\d\d:\d\d)?(\.\d+)?(\+00)?$`)
	clock  = regexp.MustCompile(`^\d\d:\d\d:\d\d\.0+$`)
	binary = regexp.MustCompile(`^(?:\\x|X')([0-9A-Fa-f]*)'?$`)
)

// plain returns a value in the form that all types of its kind share: a number
// without zeros at its end, a truth as a number, a moment without fractions and
// zones of nought, bytes as the text that they are.
func plain(text string) string {
	switch {
	case text == "true":
		return "1"
	case text == "false":
		return "0"
	case number.MatchString(text) && (text == "0" || !strings.HasPrefix(text, "0") || strings.HasPrefix(text, "0.")):
		if n, ok := new(big.Rat).SetString(text); ok {
			return strings.TrimSuffix(strings.TrimRight(n.FloatString(12), "0"), ".")
		}
	case binary.MatchString(text):
		if bytes, err := hex.DecodeString(binary.FindStringSubmatch(text)[1]); err == nil {
			return string(bytes)
		}
	}
	if clock.MatchString(text) {
		text, _, _ = strings.Cut(text, ".")
	}
	if m := moment.FindStringSubmatch(text); m != nil {
		return m[1] + strings.TrimPrefix(m[2], " 00:00:00") + strings.TrimSuffix(strings.TrimRight(m[3], "0"), ".")
	}
	return text
}

// place is a column of a table.
type place struct{ table, column string }

// moves says where the columns of before are after the last revision's Up.
// Those that are no more, and those that the database computes, are left out.
func (g *ground) moves() (map[place]place, error) {
	before, err := schemaOf(g.revisions[:1])
	if err != nil {
		return nil, err
	}
	after, err := schemaOf(g.revisions)
	if err != nil {
		return nil, err
	}
	all := map[place]place{}
	for _, t := range before.Tables {
		for _, c := range t.Columns {
			to, ok := moved(place{t.Name, c.Name}, g.revisions[len(g.revisions)-1].Up)
			if !ok {
				continue
			}
			table := after.Table(to.table)
			column := *table.Column(to.column)
			column.NotNull = column.NotNull || isKey(*table, column)
			if column.Generated.IsZero() && (g.sure == nil || g.sure(c, column)) {
				all[place{t.Name, c.Name}] = to
			}
		}
	}
	return all, nil
}

func moved(p place, ops op.List) (place, bool) {
	for _, o := range ops {
		switch o := o.(type) {
		case op.RenameTable:
			if o.From == p.table {
				p.table = o.To
			}
		case op.RenameColumn:
			if o.Table == p.table && o.From == p.column {
				p.column = o.To
			}
		case op.DropColumn:
			if o.Table == p.table && o.Column == p.column {
				return p, false
			}
		case op.DropTable:
			if o.Name == p.table {
				return p, false
			}
		}
	}
	return p, true
}

// schemaOf returns what the revisions make, in memory.
func schemaOf(revisions op.Revisions) (s op.Schema, err error) {
	for _, r := range revisions {
		if s, err = r.Up.Apply(s); err != nil {
			return s, fmt.Errorf("applying %q in memory: %w", r.Message, err)
		}
	}
	return s, nil
}

// kept makes sure that every value of before in a column that both sides have
// is there, as it was or as the case says. Down says that both are before's
// side.
func (g *ground) kept(when string, before, now rows, down bool) {
	moves, err := g.moves()
	if err != nil {
		g.problem("%v", err)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		var want []map[string]string
		target := name
		for i, row := range before[name] {
			kept := map[string]string{}
			for column, value := range row {
				to, ok := moves[place{name, column}]
				if !ok {
					continue
				}
				value = given(g.becomes[g.key(name, column)], i, value)
				if down {
					to = place{name, column}
					value = given(g.lost[g.key(name, column)], i, value)
				}
				target = to.table
				kept[to.column] = value
			}
			want = append(want, kept)
		}
		if len(want) == 0 || len(want[0]) == 0 {
			continue // nothing of it is on both sides
		}
		var got []map[string]string
		for _, row := range now[target] {
			row = maps.Clone(row)
			maps.DeleteFunc(row, func(column, _ string) bool { _, ok := want[0][column]; return !ok })
			got = append(got, row)
		}
		if d := gocmp.Diff(sorted(want), sorted(got)); d != "" {
			g.problem("%s, table %q does not hold what it held (-want +got):\n%s", when, target, d)
		}
	}
}

// sorted sorts rows by their values.
func sorted(list []map[string]string) []map[string]string {
	key := func(row map[string]string) string {
		var b strings.Builder
		for _, column := range slices.Sorted(maps.Keys(row)) {
			b.WriteString(row[column] + "\x00")
		}
		return b.String()
	}
	slices.SortFunc(list, func(a, b map[string]string) int { return strings.Compare(key(a), key(b)) })
	return list
}

func given(values []string, i int, value string) string {
	if i >= len(values) || values[i] == "=" {
		return value
	}
	return values[i]
}
