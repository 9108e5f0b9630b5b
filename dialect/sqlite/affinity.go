package sqlite

import "strings"

// affinity is what SQLite turns the values of a column into where it can.
type affinity string

const (
	integerAffinity affinity = "INTEGER"
	textAffinity    affinity = "TEXT"
	blobAffinity    affinity = "BLOB" // which turns nothing into anything
	realAffinity    affinity = "REAL"
	numericAffinity affinity = "NUMERIC"
)

// affinityOf follows the rules at https://sqlite.org/datatype3.html#determination_of_column_affinity
// in their order.
func affinityOf(typeText string) affinity {
	text := strings.ToUpper(typeText)
	for _, rule := range []struct {
		affinity
		parts []string
	}{
		{integerAffinity, []string{"INT"}},
		{textAffinity, []string{"CHAR", "CLOB", "TEXT"}},
		{blobAffinity, []string{"BLOB"}},
		{realAffinity, []string{"REAL", "FLOA", "DOUB"}},
	} {
		for _, part := range rule.parts {
			if strings.Contains(text, part) {
				return rule.affinity
			}
		}
	}
	if strings.TrimSpace(text) == "" {
		return blobAffinity
	}
	return numericAffinity
}

// hasFractions reports whether the column is one for numbers with fractions.
func (a affinity) hasFractions() bool { return a == realAffinity || a == numericAffinity }

// exactText returns an expression for a value that becomes text. SQLite writes a
// fraction with 15 digits, which is another number where it takes 17 to say it.
func exactText(value string) string {
	return "CASE WHEN typeof(" + value + ") = 'real' AND CAST(CAST(" + value + " AS TEXT) AS REAL) <> " + value +
		" THEN printf('%!.17g', " + value + ") ELSE " + value + " END"
}
