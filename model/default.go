package model

import (
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// defaultOf returns the default of a column as GORM understands the tag: a
// value of the Go type where it could parse one, raw SQL otherwise. Keys that
// number themselves count as having a default, without a value.
func (l Loader) defaultOf(f *schema.Field) (op.Default, error) {
	if !f.HasDefaultValue {
		return op.Default{}, nil
	}
	switch v := f.DefaultValueInterface.(type) {
	case bool:
		return op.Literal(v), nil
	case int64:
		return op.Literal(v), nil
	case uint64:
		return op.Literal(v), nil
	case float64:
		return op.Literal(v), nil
	case string:
		return op.Literal(v), nil
	case time.Time:
		// GORM completes a text without a date by the day on which it runs.
		if !strings.Contains(f.DefaultValue, v.Format("06")) {
			return op.Default{}, fieldErrorf(f, "the default %q of a time has no year, so that GORM reads another day in it every day; write a whole date or an expression such as CURRENT_TIMESTAMP", f.DefaultValue)
		}
		return op.Literal(l.timeText(v)), nil
	}
	switch f.DefaultValue {
	case "":
		return op.Default{}, nil
	case "(-)":
		return op.DatabaseDefault(), nil
	}
	return op.Expr(f.DefaultValue), nil
}

// timeText returns a moment as GORM writes it in DDL. The dialector does that,
// since the MySQL driver moves it into the location of its DSN.
func (l Loader) timeText(v time.Time) string {
	stmt := &gorm.Statement{Vars: []any{v}}
	l.DB.Dialector.BindVarTo(stmt, stmt, v)
	return strings.Trim(l.DB.Dialector.Explain(stmt.SQL.String(), v), `'"`)
}
