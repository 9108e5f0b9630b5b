package autogen_test

import (
	"os"
	"strings"
	"testing"
)

// What Down cannot promise stands in the file.
func TestCaution(t *testing.T) {
	type pet struct {
		ID   uint
		Code int `gorm:"not null;unique"`
	}
	type petWithout struct{ ID uint }
	p := newProject(t)
	p.generate(&named[pet]{})
	p.upgrade()
	result := p.generate(&named[petWithout]{})
	source, err := os.ReadFile(result.File)
	if err != nil {
		t.Fatal(err)
	}
	const want = "// Caution: down gives every row 0 in column \"shop_owners.code\", which a key or a check of it may refuse:"
	if !strings.Contains(string(source), want) {
		t.Errorf("the file lacks %q:\n%s", want, source)
	}
}
