package sqlite

import (
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

// The functions here say whether two stored forms mean the same to SQLite.
// Names do not count; they are compared by the caller.

func sameType(live, stored op.Column) bool {
	if stored.Type.Word == op.WordEnum {
		// AutoMigrate declares the column by the enum's name.
		normal := normalType(live.Type.Text)
		return normal == "text" || normal == normalType(stored.Type.Text)
	}
	return normalType(live.Type.Text) == normalType(stored.Type.Text)
}

func sameDefault(a, b op.Column) bool {
	if a.Default.IsZero() || b.Default.IsZero() {
		return isNull(a.Default) && isNull(b.Default)
	}
	return normalDefault(spellDefault(a.Default)) == normalDefault(spellDefault(b.Default))
}

// isNull reports whether a column gets a null: without a default, or by one
// that says so.
func isNull(d op.Default) bool {
	return d.IsZero() || d.Kind == op.DefaultExpr && normalSQL(d.Text) == "null"
}

func sameGenerated(a, b op.Column) bool {
	return a.Generated.Stored == b.Generated.Stored && normalSQL(a.Generated.Expr) == normalSQL(b.Generated.Expr)
}

func sameUnique(a, b op.Unique) bool {
	return sameParts(a.Columns, b.Columns) && a.Options == b.Options
}

func sameCheck(a, b op.Check) bool { return normalSQL(a.Expr) == normalSQL(b.Expr) }

func sameIndex(a, b op.Index) bool {
	return a.Unique == b.Unique && sameParts(a.Columns, b.Columns) && normalSQL(a.Where) == normalSQL(b.Where)
}

func sameForeignKey(a, b op.ForeignKey) bool {
	return slices.EqualFunc(a.Columns, b.Columns, sameName) &&
		sameName(a.RefTable, b.RefTable) &&
		slices.EqualFunc(a.RefColumns, b.RefColumns, sameName) &&
		normalAction(a.OnDelete) == normalAction(b.OnDelete) &&
		normalAction(a.OnUpdate) == normalAction(b.OnUpdate) &&
		normalDeferrable(a.Deferrable) == normalDeferrable(b.Deferrable)
}

func sameParts[T ~[]op.KeyPart](a, b T) bool {
	return slices.EqualFunc(a, b, func(a, b op.KeyPart) bool {
		return sameName(a.Column, b.Column) && normalSQL(a.Expr) == normalSQL(b.Expr) && a.Desc == b.Desc &&
			sameName(a.Collate, b.Collate) && normalNulls(a) == normalNulls(b)
	})
}

// normalNulls returns the place of nulls, which SQLite puts first unless the
// order is descending.
func normalNulls(p op.KeyPart) string {
	switch {
	case p.Nulls != "":
		return strings.ToLower(p.Nulls)
	case p.Desc:
		return "last"
	default:
		return "first"
	}
}

func normalAction(action string) string {
	if action = strings.ToUpper(strings.Join(strings.Fields(action), " ")); action == "NO ACTION" {
		return ""
	}
	return action
}

// normalDeferrable returns the clause in one form: only INITIALLY DEFERRED
// makes SQLite wait (https://sqlite.org/foreignkeys.html#fk_deferred).
func normalDeferrable(clause string) string {
	if normalAction(clause) == "DEFERRABLE INITIALLY DEFERRED" {
		return "DEFERRED"
	}
	return ""
}

// sameOptions compares without order: STRICT, WITHOUT ROWID is the same as
// WITHOUT ROWID, STRICT.
func sameOptions(a, b string) bool {
	return slices.Equal(slices.Sorted(slices.Values(optionList(a))), slices.Sorted(slices.Values(optionList(b))))
}
