package sqlite

import (
	"context"
	"fmt"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// Kind says how a statement goes together with transactions: VACUUM and the
// attaching of files stand alone, a pragma is a setting. (That of journal_mode
// stays in the file, and can be told again.)
func (Dialect) Kind(sql string) ddl.Kind {
	tokens, err := tokenize(sql)
	if err != nil || len(tokens) == 0 {
		return ddl.Undoable // and the database will complain of it
	}
	switch c := (cursor{tokens: tokens}); {
	case c.accept("VACUUM"), c.accept("DETACH"):
		return ddl.Alone
	case c.accept("PRAGMA"), c.accept("ATTACH"):
		return ddl.Setting
	}
	return ddl.Undoable
}

// Mark returns nothing: no statement that stands alone changes the schema.
func (Dialect) Mark(context.Context, ddl.Querier, string) (string, error) { return "", nil }

// Recover returns false: what stands alone can run again.
func (Dialect) Recover(context.Context, ddl.Querier, string, string) (bool, error) { return false, nil }

// MayRunInside refuses statements that need foreign keys off while they are on,
// inside a transaction of the caller's, where they cannot be switched: to drop
// a table, which a rebuild does too, would delete or null the rows that refer to
// it.
func (Dialect) MayRunInside(ctx context.Context, q ddl.Querier, statements []ddl.Statement) error {
	for _, s := range statements {
		tokens, err := tokenize(s.SQL)
		if err != nil {
			return err
		}
		if c := (cursor{tokens: tokens}); !c.accept("DROP", "TABLE") {
			continue
		}
		var on bool
		if err := q.QueryRowContext(ctx, "PRAGMA foreign_keys").Scan(&on); err != nil {
			return fmt.Errorf("reading pragma foreign_keys: %w", err)
		}
		if on {
			return fmt.Errorf("a table has to be dropped or rebuilt, for which foreign keys must be off, and inside a transaction they cannot be switched; " +
				"run migrations on a *gorm.DB that is not inside one, or with PRAGMA foreign_keys = OFF before it begins")
		}
	}
	return nil
}
