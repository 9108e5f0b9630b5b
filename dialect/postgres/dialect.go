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

// HasTable reports whether there is an ordinary or partitioned table of that
// name, in the current schema or in the one that the name states.
//
// The current schema is the first on the search path that the account may use.
// Where that is not the one which was meant, a table seems to be missing that
// is there, and the error says so; see hidden.
func (Dialect) HasTable(ctx context.Context, q ddl.Querier, name string) (bool, error) {
	schema, table := splitName(name)
	var found bool
	var home, path, user, unusable, elsewhere string
	err := q.QueryRowContext(ctx, `WITH t AS (SELECT n.nspname::text AS schema
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p') AND c.relname = $1::text AND n.nspname !~ '^pg_')
		SELECT EXISTS (SELECT 1 FROM t WHERE schema = coalesce(nullif($2::text, ''), current_schema()::text)),
			coalesce(current_schema()::text, ''), current_setting('search_path'), current_user::text,
			coalesce((SELECT json_agg(nspname)::text FROM pg_catalog.pg_namespace WHERE NOT has_schema_privilege(oid, 'USAGE')), '[]'),
			coalesce((SELECT min(schema) FROM t), '')`, table, schema).Scan(&found, &home, &path, &user, &unusable, &elsewhere)
	if err == nil && schema == "" {
		err = hidden(home, path, user, unusable, found, elsewhere)
	}
	if err != nil {
		return false, fmt.Errorf("looking for table %q: %w", name, err)
	}
	return found, nil
}

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
