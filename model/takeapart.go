package model

import "github.com/go-limbeck/limbeck/op"

// TakeApart returns the column with what its raw type says beside the type where
// columns say it: `varchar(20) NOT NULL` and `int GENERATED ALWAYS AS (a * 2)
// STORED` are types only in GORM's tags. [Loader] returns such columns, and what
// is compared with them has to be taken apart as well.
func TakeApart(c op.Column) op.Column {
	if c.Type.Word != op.WordRaw || len(c.Type.Spellings) > 0 {
		return c
	}
	return takeNotNull(takeComputed(c))
}
