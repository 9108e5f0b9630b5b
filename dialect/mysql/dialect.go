package mysql

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Name is the dialect's name, as GORM's driver gives it for MySQL and MariaDB.
const Name = "mysql"

// Dialect is MySQL and MariaDB. The zero value is ready to use.
type Dialect struct{}

// Name returns "mysql".
func (Dialect) Name() string { return Name }

// Version returns the server's own name and version, such as "mysql 8.0.36" or
// "mariadb 10.11.6". What its builder has added to the number is left out.
func (Dialect) Version(ctx context.Context, q ddl.Querier) (string, error) {
	var version string
	if err := q.QueryRowContext(ctx, "SELECT VERSION()").Scan(&version); err != nil {
		return "", fmt.Errorf("asking the server for its version: %w", err)
	}
	product := "mysql"
	if strings.Contains(strings.ToLower(version), "mariadb") {
		product = "mariadb"
	}
	// Old clients believe in servers only up to version 5; MariaDB calls itself
	// 5.5.5-10.11.6-MariaDB for their sake, as replication and proxies show it.
	number, _, _ := strings.Cut(strings.TrimPrefix(version, "5.5.5-"), "-")
	return product + " " + number, nil
}

// Bind returns the placeholder of argument n in a statement.
func (Dialect) Bind(int) string { return "?" }

// IsMissing reports whether an error is ER_NO_SUCH_TABLE.
func (Dialect) IsMissing(err error) bool {
	return slices.ContainsFunc(ddl.Causes(err), func(err error) bool { return strings.HasPrefix(err.Error(), "Error 1146 ") })
}

// HasTables reports of each name whether there is a base table of it. A name may
// be qualified with a database.
func (Dialect) HasTables(ctx context.Context, q ddl.Querier, names ...string) ([]bool, error) {
	var args []any
	text := func(name string) string {
		// Arguments cost a trip more, to prepare the statement. What a backslash
		// means is up to sql_mode.
		if !strings.Contains(name, `\`) {
			return mode{}.quoteString(name)
		}
		args = append(args, name)
		return "?"
	}
	found := make([]bool, len(names))
	var counts []string
	var targets []any
	for i, name := range names {
		database, table, err := splitName(name)
		if err != nil {
			return nil, fmt.Errorf("looking for table %q: %w", name, err)
		}
		schema := "DATABASE()"
		if database != "" {
			schema = text(database)
		}
		counts = append(counts, "EXISTS (SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = "+schema+" AND TABLE_NAME = "+text(table)+" AND "+ordinary+")")
		targets = append(targets, &found[i])
	}
	if len(names) == 0 {
		return nil, nil
	}
	if err := q.QueryRowContext(ctx, "SELECT "+strings.Join(counts, ", "), args...).Scan(targets...); err != nil {
		return nil, fmt.Errorf("looking for table %q: %w", names[0], err)
	}
	return found, nil
}
