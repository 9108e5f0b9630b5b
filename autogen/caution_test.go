package autogen_test

import (
	"os"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/op"
)

// What Down cannot promise stands in the file, until it is told what to do.
func TestCaution(t *testing.T) {
	type pet struct {
		ID   uint
		Code int `gorm:"not null;unique"`
	}
	type petWithout struct{ ID uint }
	const caution = "// Caution: down gives every row 0 in column \"shop_owners.code\", and unique constraint " +
		"\"uni_shop_owners_code\" lets no two rows be alike: where there are rows, say --backfill-down shop_owners.code=<"
	for _, test := range []struct {
		name      string
		backfills map[string]op.Default
		caution   bool
		want      string
	}{
		{"unanswered", nil, true, "Backfill: op.Literal(0)"},
		{"answered", map[string]op.Default{"shop_owners.code": op.Expr("id")}, false, `Backfill: op.Expr("id")`},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newProject(t)
			p.generate(&named[pet]{})
			p.upgrade()
			o := p.options(&named[petWithout]{})
			o.BackfillsDown = test.backfills
			result, err := autogen.Generate(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			file, err := os.ReadFile(result.File)
			if err != nil {
				t.Fatal(err)
			}
			source := string(file)
			if strings.Contains(source, "// Caution") != test.caution || test.caution && !strings.Contains(source, caution) || !strings.Contains(source, test.want) {
				t.Errorf("caution %t, and %s:\n%s", test.caution, test.want, source)
			}
		})
	}
}
