package mysql

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/model"
)

// TestCheckName holds that what is refused is what the server refuses, as a
// table and as a column.
func TestCheckName(t *testing.T) {
	_, conn := open(t)
	for name, want := range map[string]string{
		"":                      "has no name",
		"lead ":                 "ends with a blank",
		"lead\t":                "ends with a blank",
		"lead\n":                "ends with a blank",
		"zoo 🐘":                 "up to U+FFFF",
		"nul\x00x":              "up to U+FFFF",
		strings.Repeat("ü", 65): "65 characters",
		strings.Repeat("ü", 64): "",
		" lead":                 "",
		"a/b\\c":                "",
		"select":                "",
		"a b`c'd\"e%?":          "",
		"Größe – 大きさ":           "",
	} {
		err := Dialect{}.CheckName(name)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v", name, err)
		}
		for _, text := range []string{"CREATE TABLE " + quoteName(name) + " (a int)", "CREATE TABLE limbeck_other (" + quoteName(name) + " int)"} {
			_, refused := conn.ExecContext(t.Context(), text)
			if (refused != nil) != (err != nil) {
				t.Errorf("%q: %v, but the server says %v to %s", name, err, refused, text)
			}
		}
		empty(t, conn)
	}
}

// TestNamesOfModels finds the names where the models are loaded.
func TestNamesOfModels(t *testing.T) {
	db, _ := open(t)
	type Trailing struct {
		ID    uint
		Title string `gorm:"column:lead "`
	}
	type LongIndex struct {
		ID    uint
		Title string `gorm:"size:9;index:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`
	}
	type Fits struct {
		ID    uint
		Title string `gorm:"column:größegrößegrößegrößegrößegrößegrößegrößegrößegrößegrößegrößegröß"` // 64 characters, 90 bytes
	}
	for _, test := range []struct {
		model any
		says  []string
	}{
		{&Trailing{}, []string{"Trailing", `field "Title"`, `"lead "`, "ends with a blank"}},
		{&LongIndex{}, []string{"LongIndex", `field "Title"`, "70 characters"}},
		{&Fits{}, nil},
		{&elephants{}, []string{"elephants", "U+FFFF"}},
		{&elsewhere{}, []string{"elsewhere", `"there "`, "ends with a blank"}},
	} {
		_, err := model.Loader{DB: db.Session(&gorm.Session{}), CheckName: Dialect{}.CheckName}.Load(test.model)
		if (err != nil) != (test.says != nil) {
			t.Errorf("%T: %v", test.model, err)
		}
		for _, text := range test.says {
			if err != nil && !strings.Contains(err.Error(), text) {
				t.Errorf("%T: %v, want %s", test.model, err, text)
			}
		}
	}
}

type (
	elephants struct{ ID uint }
	elsewhere struct{ ID uint }
)

func (elephants) TableName() string { return "🐘" }
func (elsewhere) TableName() string { return "there .t" }
