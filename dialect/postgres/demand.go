package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// demand is what a statement asks of the rows of a table.
type demand interface {
	// describe counts the rows that do not meet it and names some, or returns ""
	// where it finds none.
	describe(ctx context.Context, s search) (string, error)
}

// search is a search for rows that stood in the way.
type search struct {
	q ddl.Querier
	// state is the code of the server's error.
	state string
	// hurried stops at the first few, without counting the others.
	hurried bool
}

// The demands. A check and a reference that were not validated at first are read
// in the catalogue.
type (
	present struct {
		someRows
		columns []string
		isNew   bool
	}
	checked struct {
		someRows
		name, condition string
	}
	distinct struct {
		someRows
		what  string
		parts []indexPart
		where string
		// nullsToo says that nulls are the same too.
		nullsToo bool
		isKey    bool
	}
	referring struct {
		someRows
		columns   []string
		target    string // as SQL
		targets   []string
		matchFull bool
	}
	retyped struct {
		someRows
		column, typ, using string
	}
	validated struct {
		someRows
		name string
	}
)

// parseDemand returns what a statement asks of the rows, or nil where it asks
// nothing, or several things at once.
func parseDemand(statement string) demand {
	p := &constraintParser{sql: statement, tokens: tokenize(statement)}
	if n := len(p.tokens); n > 0 && p.tokens[n-1].is(";") {
		p.tokens = p.tokens[:n-1]
	}
	if slices.ContainsFunc(p.tokens, func(t token) bool { return t.is(";") }) {
		return nil
	}
	if p.accept("CREATE", "UNIQUE", "INDEX") {
		return parseUniqueIndex(p)
	}
	if !p.accept("ALTER", "TABLE") {
		return nil
	}
	p.accept("IF", "EXISTS")
	p.accept("ONLY")
	rows := someRows{table: p.qualifiedName()}
	p.accept("*")
	if len(elements(between(p.sql, p.tokens))) != 1 {
		return nil
	}
	switch {
	case p.accept("ALTER"):
		p.accept("COLUMN")
		return parseAlterColumn(p, rows)
	case p.accept("VALIDATE", "CONSTRAINT"):
		return validated{rows, p.identifier()}
	case p.accept("ADD"):
		return parseAdd(p, rows)
	}
	return nil
}

func parseUniqueIndex(p *constraintParser) demand {
	x := parseIndex(p.sql)
	p.accept("CONCURRENTLY")
	p.accept("IF", "NOT", "EXISTS")
	if !p.accept("ON") {
		x.name = p.identifier()
		p.accept("ON")
	}
	p.accept("ONLY")
	rows := someRows{table: p.qualifiedName()}
	// What stood before the name is in the way of parseIndex.
	rest := parseIndex("CREATE UNIQUE INDEX i ON t " + between(p.sql, p.tokens))
	return distinct{someRows: rows, what: fmt.Sprintf("index %q", x.name), parts: rest.parts, where: rest.where, nullsToo: rest.nullsNotDistinct}
}

func parseAlterColumn(p *constraintParser, rows someRows) demand {
	column := p.identifier()
	if p.accept("SET", "NOT", "NULL") {
		return present{someRows: rows, columns: []string{column}}
	}
	p.accept("SET", "DATA")
	if !p.accept("TYPE") {
		return nil
	}
	n := slices.IndexFunc(p.tokens, func(t token) bool { return t.is("COLLATE") || t.is("USING") })
	if n < 0 {
		n = len(p.tokens)
	}
	x := retyped{someRows: rows, column: column, typ: between(p.sql, p.tokens[:n])}
	p.tokens = p.tokens[n:]
	if p.accept("COLLATE") {
		p.qualifiedName()
	}
	if p.accept("USING") {
		x.using = between(p.sql, p.tokens)
	}
	return x
}

func parseAdd(p *constraintParser, rows someRows) demand {
	name := ""
	if p.accept("CONSTRAINT") {
		name = p.identifier()
	}
	switch {
	case p.accept("CHECK"):
		return checked{rows, name, p.parenthesis()}
	case p.accept("UNIQUE"):
		nullsToo := p.accept("NULLS", "NOT", "DISTINCT")
		p.accept("NULLS", "DISTINCT")
		what := "unique constraint"
		if name != "" {
			what += fmt.Sprintf(" %q", name)
		}
		return distinct{someRows: rows, what: what, parts: columnParts(p), nullsToo: nullsToo}
	case p.accept("PRIMARY", "KEY"):
		return distinct{someRows: rows, what: "the primary key", parts: columnParts(p), isKey: true}
	case p.accept("FOREIGN", "KEY"):
		x := referring{someRows: rows, columns: columnNames(p.parenthesis())}
		p.accept("REFERENCES")
		x.target = p.qualifiedName()
		x.targets = columnNames(p.parenthesis())
		x.matchFull = p.accept("MATCH", "FULL")
		return x
	}
	p.accept("COLUMN")
	p.accept("IF", "NOT", "EXISTS")
	return present{someRows: rows, columns: []string{p.identifier()}, isNew: true}
}

func columnParts(p *constraintParser) []indexPart {
	var parts []indexPart
	for _, name := range columnNames(p.parenthesis()) {
		parts = append(parts, indexPart{column: name})
	}
	return parts
}

func columnNames(list string) []string {
	var names []string
	for _, t := range tokenize(list) {
		if t.isIdentifier() {
			names = append(names, t.value())
		}
	}
	return names
}

func (x present) describe(ctx context.Context, s search) (string, error) {
	if s.state != notNullViolation {
		return "", nil
	}
	for _, column := range x.columns {
		condition := quoteName(column) + " IS NULL"
		if x.isNew {
			condition = "true"
		}
		text, err := x.count(ctx, s, condition, fmt.Sprintf("no value in column %q, which is NOT NULL", column))
		if err != nil || text != "" {
			return text, err
		}
	}
	return "", nil
}

func (x checked) describe(ctx context.Context, s search) (string, error) {
	if s.state != checkViolation {
		return "", nil
	}
	what := "values that the check (" + x.condition + ") does not allow"
	if x.name != "" {
		what = fmt.Sprintf("values that the check %q (%s) does not allow", x.name, x.condition)
	}
	rows := x.someRows
	rows.extra, rows.where = "("+x.condition+"\n) AS limbeck_ok", "true" // it may name the table
	return rows.count(ctx, s, "NOT limbeck_ok", what)
}

// describe counts the rows whose values others have too. Those of a primary key
// must be there, which is another matter to the server.
func (x distinct) describe(ctx context.Context, s search) (string, error) {
	if s.state == notNullViolation && x.isKey {
		var columns []string
		for _, part := range x.parts {
			columns = append(columns, part.column)
		}
		return present{someRows: x.someRows, columns: columns}.describe(ctx, s)
	}
	if s.state != uniqueViolation {
		return "", nil
	}
	var terms, names, conditions []string
	for _, part := range x.parts {
		term, name := quoteName(part.column), part.column
		if part.expr != "" {
			term, name = "("+part.expr+"\n)", part.expr
		}
		if !x.nullsToo {
			conditions = append(conditions, term+" IS NOT NULL")
		}
		if part.collate != "" {
			term += " COLLATE " + part.collate
		}
		terms, names = append(terms, term), append(names, name)
	}
	if x.where != "" {
		conditions = append(conditions, "("+x.where+"\n)")
	}
	if len(conditions) == 0 {
		conditions = []string{"true"}
	}
	rows := x.someRows
	rows.extra = fmt.Sprintf("count(*) OVER (PARTITION BY %s) AS limbeck_n", strings.Join(terms, ", "))
	rows.where = strings.Join(conditions, " AND ")
	return rows.count(ctx, s, "limbeck_n > 1", fmt.Sprintf("values in (%s) that others have too, against %s", strings.Join(names, ", "), x.what))
}

func (x referring) describe(ctx context.Context, s search) (string, error) {
	if s.state != foreignKeyViolation {
		return "", nil
	}
	if len(x.targets) == 0 {
		key, err := someRows{table: x.target}.key(ctx, s.q)
		if err != nil {
			return "", err
		}
		for _, column := range key {
			x.targets = append(x.targets, column.name)
		}
	}
	if len(x.targets) != len(x.columns) {
		return "", nil
	}
	var present, same []string
	for i, column := range x.columns {
		own := "limbeck_row." + quoteName(column)
		present = append(present, own+" IS NOT NULL")
		same = append(same, "limbeck_target."+quoteName(x.targets[i])+" = "+own)
	}
	both := " AND "
	if x.matchFull {
		both = " OR " // null only as a whole
	}
	_, name := splitName(nameOf(x.target))
	refer := "refer"
	condition := fmt.Sprintf("(%s) AND NOT EXISTS (SELECT FROM %s AS limbeck_target WHERE %s)", strings.Join(present, both), x.target, strings.Join(same, " AND "))
	return x.countAs(ctx, s, condition, refer+"s", refer, fmt.Sprintf("by (%s) to rows of %q that do not exist", strings.Join(x.columns, ", "), name))
}

// describe converts the values one by one, as an assignment does, which the
// change of type does too: a cast would cut off what is too long. A function
// with an exception handler is the one way to go on after one that fails.
func (x retyped) describe(ctx context.Context, s search) (string, error) {
	value := x.using
	if value == "" {
		value = "limbeck_row." + quoteName(x.column)
	}
	const tag = "$limbeck$"
	if strings.Contains(value+x.typ, tag) {
		return "", nil
	}
	_, alias := splitName(nameOf(x.table)) // by which an expression may call it
	for _, text := range []string{
		fmt.Sprintf(`CREATE FUNCTION pg_temp.limbeck_fits(limbeck_row %s) RETURNS boolean LANGUAGE plpgsql AS %s
#variable_conflict use_column
DECLARE limbeck_value %s;
BEGIN
	SELECT %s
	INTO limbeck_value FROM (SELECT limbeck_row.*) AS %s;
	RETURN true;
EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
	RETURN false;
END %[2]s`, x.table, tag, x.typ, value, quoteName(alias)),
		"SET LOCAL transaction_read_only = on",
	} {
		if _, err := s.q.ExecContext(ctx, text); err != nil {
			return "", err
		}
	}
	return x.count(ctx, s, "NOT pg_temp.limbeck_fits(limbeck_row)", fmt.Sprintf("values in column %q that do not fit %s", x.column, x.typ))
}

// describe reads what the constraint says.
func (x validated) describe(ctx context.Context, s search) (string, error) {
	var def string
	err := s.q.QueryRowContext(ctx, "SELECT pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint WHERE conrelid = to_regclass($1::text) AND conname = $2::text", x.table, x.name).Scan(&def)
	if err != nil {
		return "", err
	}
	d := parseAdd(&constraintParser{sql: def, tokens: tokenize(def)}, x.someRows)
	switch d := d.(type) {
	case checked:
		d.name = x.name
		return d.describe(ctx, s)
	case referring:
		return d.describe(ctx, s)
	}
	return "", nil
}
