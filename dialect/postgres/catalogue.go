package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// catalogue is what was read of the relations of some schemas.
type catalogue struct {
	// home is the schema whose tables have plain names.
	home    string
	schemas []string
	// spaces are the schemas that are there, as a list of oids in SQL.
	spaces string
	tables []op.Table
	places map[int64]int // from the oid of a relation
	// numbers are those of the columns of each table.
	numbers [][]int
	// counters are the sequences of columns, by relation and number.
	counters map[columnID][]counter
	enums    []op.Enum
	enumAt   map[int64]int // from the oid of a type
	// localTypes are the names of the enums of the home schema.
	localTypes []string
}

type columnID struct {
	relation int64
	number   int
}

// each runs a query without arguments and calls fn for each of its rows.
func each(ctx context.Context, q ddl.Querier, what, query string, fn func(rows *sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("reading %s: %w", what, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return fmt.Errorf("reading %s: %w", what, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading %s: %w", what, err)
	}
	return nil
}

// read reads the tables of the current schema and of those that words name, with
// all that belongs to them, in three queries. They run after keepHome, with an
// empty search path.
//
// The server sorts and joins no more than it must: in catalogues of thousands
// of tables, of whose size it has no statistics, it easily chooses a way that
// takes several times as long. For the same reason schemas are given by their
// oids as soon as these are known.
func read(ctx context.Context, q ddl.Querier, said []op.Schema) (*catalogue, error) {
	c := &catalogue{}
	comments, err := c.readRelations(ctx, q, said)
	if err != nil {
		return nil, err
	}
	if err := c.readColumns(ctx, q); err != nil {
		return nil, err
	}
	for _, comment := range comments {
		c.comment(comment)
	}
	if err := c.readKeys(ctx, q); err != nil {
		return nil, err
	}
	return c, nil
}

// readAnswers reads the temporary tables that ask made. They have the enums of
// the live ones.
func (c *catalogue) readAnswers(ctx context.Context, q ddl.Querier) ([]op.Table, error) {
	answers := &catalogue{home: c.home, enums: c.enums, enumAt: c.enumAt, localTypes: c.localTypes, spaces: "pg_catalog.pg_my_temp_schema()"}
	var rows []relation
	err := each(ctx, q, "the temporary tables", `SELECT c.oid::bigint, c.relnatts, c.relname::text
		FROM pg_catalog.pg_class c WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname LIKE '`+strings.ReplaceAll(askPrefix, "_", `\_`)+`%'`, func(r *sql.Rows) error {
		var row relation
		err := r.Scan(&row.oid, &row.number, &row.name)
		rows = append(rows, row)
		return err
	})
	answers.addTables(rows)
	if err == nil {
		err = answers.readColumns(ctx, q)
	}
	if err == nil {
		err = answers.readKeys(ctx, q)
	}
	return answers.tables, err
}

// name returns the name of a table as it stands in words.
func (c *catalogue) name(schema, table string) string {
	if schema == "" || schema == c.home {
		return table
	}
	return schema + "." + table
}
