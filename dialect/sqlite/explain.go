package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// refusals are SQLite's messages for rows that a constraint does not let in.
var refusals = regexp.MustCompile(`(NOT NULL|UNIQUE|CHECK) constraint failed|datatype mismatch|cannot store \w+ value in`)

// Explain counts the rows that stood in the way of a statement that copies rows
// into a table or makes a unique index, and names some. SQLite itself stops at
// the first and does not say which it was. The rows are put into a table without
// constraints, which is rolled back, since only there they are what they would
// have become: with the new types and collations.
func (Dialect) Explain(ctx context.Context, q ddl.Querier, statement string, cause error) error {
	if _, pool := q.(*sql.DB); pool || !refusals.MatchString(cause.Error()) {
		return cause // a pool would take savepoints for statements of anybody
	}
	text, err := offenders(ctx, q, statement, cause.Error())
	if err != nil || text == "" {
		return cause // the database's own words stand, whatever kept us from more
	}
	help := "mend or delete these rows first, for example with op.Exec at the head of the revision"
	if strings.Contains(cause.Error(), "NOT NULL") {
		help += ", or let the operation say what they get (Backfill)"
	}
	return fmt.Errorf("%s; %s: %w", text, help, cause)
}

// offenders describes the rows in the way of a statement, or returns "".
func offenders(ctx context.Context, q ddl.Querier, statement, message string) (text string, err error) {
	if x, err := parseIndex(statement); err == nil {
		d, err := readDefinition(ctx, q, x.table)
		if err != nil {
			return "", err
		}
		return rowsOf(d, x.table).repeated(ctx, q, fmt.Sprintf("index %q", x.name), x.parts, x.where)
	}
	insert, ok := parseInsert(statement)
	if !ok {
		return "", nil
	}
	d, err := readDefinition(ctx, q, insert.table)
	if err != nil {
		return "", err
	}
	const savepoint = "limbeck_explain"
	if _, err := q.ExecContext(ctx, "SAVEPOINT "+savepoint); err != nil {
		return "", err
	}
	defer func() {
		always := context.WithoutCancel(ctx)
		_, undo := q.ExecContext(always, "ROLLBACK TO "+savepoint)
		_, release := q.ExecContext(always, "RELEASE "+savepoint)
		err = errors.Join(err, undo, release)
	}()
	const rows = "limbeck_rows"
	for _, sql := range []string{"DROP TABLE IF EXISTS main." + rows, d.lax().createAs("main."), "INSERT INTO main." + rows + insert.rest} {
		if _, err := q.ExecContext(ctx, sql); err != nil {
			return "", err
		}
	}
	r := rowsOf(d, rows)
	if slices.ContainsFunc(r.key, insert.leavesOut) { // the key is numbered anew
		r.key = nil
		if slices.ContainsFunc(rowidNames, func(name string) bool { return slices.Contains(insert.columns, name) }) {
			r.key = []string{"rowid"}
		}
	}
	return r.offend(ctx, q, d, message)
}

// readDefinition reads the definition of a table as it stands.
func readDefinition(ctx context.Context, q ddl.Querier, table string) (tableDef, error) {
	list, err := objects(ctx, q, "type = 'table' AND name = ? COLLATE NOCASE", table)
	if err != nil {
		return tableDef{}, err
	}
	if len(list) == 0 {
		return tableDef{}, fmt.Errorf("there is no table %q in the database", table)
	}
	d, err := parseTable(list[0].sql)
	d.name = list[0].name
	return d, err
}

// lax returns the table without its constraints, under another name. What a
// column computes stays, and what makes values what they are: its type, its
// collation, and the default of a column that is new.
func (d tableDef) lax() tableDef {
	l := tableDef{name: "limbeck_rows"}
	for _, c := range d.columns {
		bare := columnDef{name: c.name, typeText: c.typeText}
		for _, x := range c.constraints {
			if x.kind == collateConstraint || x.kind == generatedConstraint || x.kind == defaultConstraint {
				x.text = unqualified(x.text, d.name)
				bare.constraints = append(bare.constraints, x)
			}
		}
		l.columns = append(l.columns, bare)
	}
	return l
}

// insert is an INSERT statement of the form that a rebuild copies rows with.
type insert struct {
	table   string
	columns []string // nil for all
	rest    string   // what stands behind the table's name
}

// leavesOut reports whether the statement says nothing of a column.
func (x insert) leavesOut(column string) bool {
	return x.columns != nil && !slices.ContainsFunc(x.columns, func(name string) bool { return sameName(name, column) })
}

func parseInsert(sql string) (insert, bool) {
	c, err := newCursor(sql)
	if err != nil || !c.accept("INSERT") {
		return insert{}, false
	}
	if c.accept("OR") {
		c.next()
	}
	if !c.accept("INTO") {
		return insert{}, false
	}
	var x insert
	if x.table, err = c.name(); err == nil && c.accept(".") {
		x.table, err = c.name()
	}
	if err != nil {
		return insert{}, false
	}
	x.rest = " " + sql[c.peek().start:]
	if c.peek().is("(") {
		if x.columns, err = c.names(); err != nil {
			return insert{}, false
		}
	}
	return x, c.peek().is("SELECT")
}
