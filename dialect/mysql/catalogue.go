package mysql

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// ordinary is the condition for the tables that hold rows of the user's.
const ordinary = "TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')"

// liveTable is a table as the catalogue shows it.
type liveTable struct {
	op.Table
	// key is the table's name in the catalogue, by which its rows are found.
	key string
	// number is its place among the tables of its database.
	number int
	// collation is the one that its columns have without their own.
	collation string
	// hasText says that there is more to the table than the catalogue says in
	// one form on all servers; SHOW CREATE TABLE says it.
	hasText bool
	// bareKeys says that the catalogue hides the actions of foreign keys from
	// this account; SHOW CREATE TABLE does not.
	bareKeys bool
	// isJSON are the columns that MariaDB checks to be JSON.
	isJSON map[string]bool
	// updated are the columns with ON UPDATE.
	updated []string
}

// catalogue reads the tables of one database.
type catalogue struct {
	server
	ctx      context.Context
	q        ddl.Querier
	database string
	tables   []*liveTable
	found    map[string]*liveTable
	// last is the table that was found last: rows of one table come together.
	last *liveTable
	// names is memory for byName.
	names [][]row
	// known are what texts of the catalogue mean that stand there many times.
	known knownTexts
}

type knownTexts struct {
	options  map[tableOptions]string
	defaults map[shownDefault]op.Default
}

type tableOptions struct{ engine, collation, others string }

type shownDefault struct {
	normal, text string
	isExpr       bool
}

// readCatalogue reads the tables of one database by a fixed number of queries.
// In between it calls tell, if that is not nil, when all but their indexes and
// primary keys is known.
func readCatalogue(ctx context.Context, q ddl.Querier, s server, database string, tell func([]*liveTable)) ([]*liveTable, error) {
	r := newCatalogue(ctx, q, s, database)
	if err := r.read(tell); err != nil {
		return nil, fmt.Errorf("reading the catalogue of database %q: %w", database, err)
	}
	return r.tables, nil
}

func newCatalogue(ctx context.Context, q ddl.Querier, s server, database string) *catalogue {
	return &catalogue{
		ctx: ctx, q: q, server: s, database: database, found: map[string]*liveTable{},
		known: knownTexts{map[tableOptions]string{}, map[shownDefault]op.Default{}},
	}
}

// read looks at the rows of one query while the server works on the next.
func (r *catalogue) read(tell func([]*liveTable)) error {
	look, done := make(chan func(), 8), make(chan struct{})
	go func() {
		defer close(done)
		for f := range look {
			f()
		}
	}()
	err := r.ask(func(f func()) { look <- f }, tell)
	close(look)
	<-done
	return err
}

// ask asks one query after the other. What is to be made of the rows is later's.
func (r *catalogue) ask(later func(func()), tell func([]*liveTable)) error {
	parts := r.parts()
	answers, err := r.rows(r.together(parts))
	if err != nil {
		return err
	}
	later(func() {
		for i, rows := range apart(answers, len(parts)) {
			parts[i].take(rows)
		}
	})
	columns, err := r.rows(r.columnsQuery())
	if err != nil {
		return err
	}
	later(func() {
		r.takeColumns(columns)
		if tell != nil {
			tell(r.tables)
		}
	})
	indexes, err := r.rows(r.indexesQuery())
	if err != nil {
		return err
	}
	later(func() { r.takeIndexes(indexes) })
	return nil
}

// rows returns those that a query gives. Each ? of the query is the database: as
// text, since a statement with arguments costs a trip more, to prepare it. The
// queries leave sorting to us, which have little of it to do.
func (r *catalogue) rows(query string) ([]row, error) {
	return readRows(r.ctx, r.q, strings.ReplaceAll(query, "?", r.quoteString(r.database)))
}

// table returns the table of that name, or nil where we do not read it.
func (r *catalogue) table(name string) *liveTable {
	if r.last == nil || r.last.key != name {
		r.last = r.found[name]
	}
	return r.last
}

// perTable calls take for each table with its rows, whose first value is its
// name, in order.
func (r *catalogue) perTable(rows []row, order func(a, b row) int, take func(t *liveTable, rows []row)) {
	ends := make([]int, len(r.tables))
	for _, row := range rows {
		if t := r.table(row.text(0)); t != nil {
			ends[t.number]++
		}
	}
	count := 0
	for i, n := range ends {
		ends[i], count = count, count+n
	}
	sorted := make([]row, count)
	for _, row := range rows {
		if t := r.table(row.text(0)); t != nil {
			sorted[ends[t.number]] = row
			ends[t.number]++
		}
	}
	begin := 0
	for i, t := range r.tables {
		if list := sorted[begin:ends[i]]; len(list) > 0 {
			if !slices.IsSortedFunc(list, order) {
				slices.SortStableFunc(list, order)
			}
			take(t, list)
		}
		begin = ends[i]
	}
}

func (r *catalogue) takeTables(rows []row) {
	r.tables = make([]*liveTable, 0, len(rows))
	for _, row := range rows {
		name := row.text(0)
		if strings.Contains(name, ".") {
			continue // no qualified name can say it
		}
		t := &liveTable{key: name, collation: row.text(2)}
		t.Name, t.Comment = name, row.text(3)
		t.Options = r.optionsOf(tableOptions{row.text(1), t.collation, row.text(4)})
		r.tables, r.found[name] = append(r.tables, t), t
	}
	slices.SortFunc(r.tables, func(a, b *liveTable) int { return cmp.Compare(a.key, b.key) })
	for i, t := range r.tables {
		t.number = i
	}
}

func (r *catalogue) optionsOf(o tableOptions) string {
	text, ok := r.known.options[o]
	if !ok {
		charset, _, _ := strings.Cut(o.collation, "_")
		text = strings.TrimSpace(fmt.Sprintf("ENGINE=%s DEFAULT CHARSET=%s COLLATE=%s %s", o.engine, charset, o.collation, o.others))
		r.known.options[o] = text
	}
	return text
}

// takeChecks finds the tables that have checks; the checks themselves are read
// with the rest of these tables' text. Those that only keep JSON are no text.
func (r *catalogue) takeChecks(rows []row) {
	for _, row := range rows {
		t := r.table(row.text(0))
		if t == nil {
			continue
		}
		if r.isMaria {
			tokens, err := r.tokenize(row.text(2))
			if name := row.text(1); err == nil && isJSONCheck(tokens, r.value, name) {
				if t.isJSON == nil {
					t.isJSON = map[string]bool{}
				}
				t.isJSON[fold(name)] = true
				continue
			}
		}
		t.hasText = true
	}
}
