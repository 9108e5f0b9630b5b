package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// checkValues refuses a change of a column's type that rows do not go along
// with: SQLite would keep a text which is no number in a column for numbers, or
// round a whole number in one for fractions, and say nothing
// (https://sqlite.org/datatype3.html#type_affinity).
func (s *tableState) checkValues(ctx context.Context, q ddl.Querier, o op.AlterColumn) error {
	what, was := numbers(o.To.Type), numbers(o.From.Type)
	c := s.stored.column(o.To.Name)
	spelled := Dialect{}.SpellType(o.To.Type)
	rounds := o.Using == "" && was != "" && affinityOf(spelled) == realAffinity && affinityOf(Dialect{}.SpellType(o.From.Type)) != realAffinity
	if what == "" || c == nil || o.Using == "" && !rounds && (was == what || was != "" && what == "number") || !o.To.Generated.IsZero() || !o.From.Generated.IsZero() || s.stored.hasOption("STRICT") && !rounds {
		return nil // a STRICT table takes no such value
	}
	value, cast := quoteName(c.name), "NUMERIC"
	if o.Using != "" {
		value = "(" + trimmed(o.Using) + ")"
	}
	if what == "whole number" {
		cast = "INTEGER"
	}
	// Beside a number SQLite reads a text as one, if it is one, and compares it
	// as text otherwise.
	where, problem := fmt.Sprintf("NOT (%s = CAST(%s AS %s))", value, value, cast), fmt.Sprintf("no %s in column %q", what, c.name)
	if rounds {
		// Beyond 2^53 there are whole numbers that no fraction is equal to.
		where = fmt.Sprintf("typeof(%s) = 'integer' AND %s <> CAST(%s AS REAL)", value, value, value)
		problem = fmt.Sprintf("a number in column %q that %s would round", c.name, spelled)
	}
	text, err := rowsOf(s.stored, s.stored.name).describe(ctx, q, where, problem)
	switch {
	case err != nil:
		return fmt.Errorf("checking the values of column %q of table %q: %w", c.name, s.stored.name, err)
	case text != "" && o.Using != "":
		return fmt.Errorf("changing the type of column %q: by %s, %s; mend the expression", c.name, o.Using, text)
	case text != "":
		return fmt.Errorf("changing the type of column %q: %s; mend these rows first, for example with op.Exec at the head of the revision, or let the operation say what their values become (Using)", c.name, text)
	}
	return nil
}

// numbers returns what the values of a type have to be: "whole number",
// "number", or "" for anything. The affinity does not tell: that of a type of
// which SQLite knows nothing, such as json or datetime, is numeric.
func numbers(t op.Type) string {
	switch t.Word {
	case op.WordInt, op.WordUint:
		return "whole number"
	case op.WordFloat, op.WordDecimal, op.WordBool:
		return "number"
	case op.WordRaw:
	default:
		return ""
	}
	text := strings.ToUpper(t.Text)
	has := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(text, part) {
				return true
			}
		}
		return false
	}
	switch {
	case has("POINT", "INTERVAL"):
		return ""
	case has("INT"):
		return "whole number"
	case has("CHAR", "CLOB", "TEXT", "BLOB"):
		return ""
	case has("REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL", "BOOL"):
		return "number"
	}
	return ""
}
