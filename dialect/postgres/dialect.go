package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Name is the dialect's name, as GORM's driver for PostgreSQL gives it.
const Name = "postgres"

// Dialect is PostgreSQL. The zero value is ready to use.
type Dialect struct{}

// Name returns "postgres".
func (Dialect) Name() string { return Name }

// Version returns "postgres" and the server's version, such as "postgres 15.18".
// Who has built the server, which it says in parentheses, is left out.
func (Dialect) Version(ctx context.Context, q ddl.Querier) (string, error) {
	var version string
	if err := q.QueryRowContext(ctx, "SELECT current_setting('server_version')").Scan(&version); err != nil {
		return "", fmt.Errorf("asking postgres for its version: %w", err)
	}
	number, _, _ := strings.Cut(version, " ")
	return Name + " " + number, nil
}

// Bind returns the placeholder of argument n, from 1.
func (Dialect) Bind(n int) string { return "$" + strconv.Itoa(n) }

// Transactional reports that a revision which fails leaves nothing behind.
func (Dialect) Transactional() bool { return true }

// HasTables reports of each name whether there is an ordinary or partitioned
// table of it, in the current schema or in the one that the name states.
//
// The current schema is the first on the search path that the account may use.
// Where that is not the one which was meant, a table seems to be missing that
// is there, and the error says so; see hidden.
func (Dialect) HasTables(ctx context.Context, q ddl.Querier, names ...string) ([]bool, error) {
	list := make([]string, len(names))
	for i, name := range names {
		schema, table := splitName(name)
		list[i] = fmt.Sprintf("(%d, %s::text, %s::text)", i, quoteString(table), quoteString(schema))
	}
	if len(list) == 0 {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+namesakes+` AND s.nspname = coalesce(nullif(w.stated, ''), current_schema()::text)),
			coalesce(current_schema()::text, ''), current_setting('search_path'), current_user::text,
			coalesce((SELECT json_agg(nspname)::text FROM pg_catalog.pg_namespace WHERE NOT has_schema_privilege(oid, 'USAGE')), '[]'),
			coalesce((SELECT min(s.nspname::text) FROM `+namesakes+`), '')
		FROM (VALUES `+strings.Join(list, ", ")+`) w(place, name, stated) ORDER BY w.place`)
	if err != nil {
		return nil, fmt.Errorf("looking for table %q: %w", names[0], err)
	}
	defer rows.Close()
	var there []bool
	for rows.Next() {
		var found bool
		var home, path, user, unusable, elsewhere string
		err := rows.Scan(&found, &home, &path, &user, &unusable, &elsewhere)
		name := names[len(there)]
		if schema, _ := splitName(name); err == nil && schema == "" {
			err = hidden(home, path, user, unusable, found, elsewhere)
		}
		if err != nil {
			return nil, fmt.Errorf("looking for table %q: %w", name, err)
		}
		there = append(there, found)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("looking for table %q: %w", names[0], err)
	}
	return there, nil
}

// namesakes are the tables of the name w.name in schemas of users.
const namesakes = `pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p') AND c.relname = w.name AND s.nspname !~ '^pg_'`

// hidden returns an error where the current schema, home, is probably not the
// one that was meant: a schema before it on the search path may not be used by
// the account, or the table is in another schema and nobody has set a path. A
// path that was set is believed, since many programs have a schema for each
// customer, and each a table of that name.
func hidden(home, path, user, unusable string, found bool, elsewhere string) error {
	var list []string
	if err := json.Unmarshal([]byte(unusable), &list); err != nil {
		return err
	}
	for _, name := range identifiers(path) {
		if name == "$user" {
			name = user
		}
		if name == home {
			break
		}
		if slices.Contains(list, name) {
			return fmt.Errorf("the account %s may not use schema %s, which is on its search path (%s), so what is in there is not seen; "+
				"GRANT USAGE ON SCHEMA %s TO %s, or set a search_path without it", quoteIdentifier(user), quoteIdentifier(name), path, quoteIdentifier(name), quoteIdentifier(user))
		}
	}
	const unset = `"$user", public`
	if !found && elsewhere != "" && path == unset {
		return fmt.Errorf("it is not in the current schema (%s) but in schema %s, and the search path is the default (%s); "+
			"say where this program's tables are: search_path=%s in the DSN, or search_path=%s if they are to be made there", cmp.Or(home, "none"), elsewhere, path, elsewhere, cmp.Or(home, "public"))
	}
	return nil
}
