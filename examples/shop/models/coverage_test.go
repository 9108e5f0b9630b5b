package models_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"github.com/go-limbeck/limbeck/examples/shop/models"
)

// TestModelsCoverGORM holds the promise of the package's page: what is listed
// here stands somewhere in the shop.
func TestModelsCoverGORM(t *testing.T) {
	want := []string{
		"relation belongs_to", "relation has_one", "relation has_many", "relation many_to_many",
		"relation to itself", "relation polymorphic", "relation of two columns",

		"key of two columns", "key of text", "key of one number",

		"index plain", "index unique", "index of several columns", "index where", "index sort", "index collate",
		"index expression", "index length", "index comment", "index named",

		"tag COLUMN", "tag TYPE", "tag SIZE", "tag PRECISION", "tag SCALE", "tag NOT NULL", "tag DEFAULT",
		"tag UNIQUE", "tag CHECK", "tag COMMENT", "tag PRIMARYKEY", "tag AUTOINCREMENT", "tag SERIALIZER",
		"tag EMBEDDED", "tag EMBEDDEDPREFIX", "tag AUTOCREATETIME", "tag AUTOUPDATETIME", "tag -", "tag <-",
		"tag FOREIGNKEY", "tag REFERENCES", "tag CONSTRAINT", "tag BELONGSTO", "tag MANY2MANY",
		"tag JOINFOREIGNKEY", "tag JOINREFERENCES", "tag POLYMORPHIC", "tag POLYMORPHICTYPE",
		"tag POLYMORPHICID", "tag POLYMORPHICVALUE",

		"check named", "check unnamed", "default of the database",

		"go bool", "go int", "go int8", "go int16", "go int32", "go int64", "go uint8", "go uint16", "go uint32",
		"go uint64", "go float64", "go string", "go []uint8", "go time.Time", "go time.Duration",
		"go json.RawMessage", "go map[string]string", "go *string", "go *bool", "go *time.Time",
		"go gorm.DeletedAt", "go sql.NullString", "go sql.NullTime", "go sql.NullBool", "go sql.NullInt16",
		"go sql.NullInt32", "go sql.NullInt64", "go sql.NullByte", "go sql.NullFloat64", "go sql.Null[string]",
	}
	got := features(t)
	for _, feature := range want {
		if !got[feature] {
			t.Errorf("nothing in the shop has the %s; it has:\n%s",
				feature, strings.Join(slices.Sorted(maps.Keys(got)), "\n"))
		}
	}
}

func features(t *testing.T) map[string]bool {
	t.Helper()
	got, cache := map[string]bool{}, &sync.Map{}
	for _, model := range models.All() {
		s, err := schema.Parse(model, cache, schema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		structTags(reflect.TypeOf(model).Elem(), got)
		fieldFeatures(s, got)
		relationFeatures(s, got)
		indexFeatures(s, got)
		for _, check := range s.ParseCheckConstraints() {
			kind := "named"
			if check.Name == (schema.NamingStrategy{}).CheckerName(s.Table, check.Field.DBName) {
				kind = "unnamed"
			}
			got["check "+kind] = true
		}
	}
	return got
}

// structTags walks the Go type itself, for embedded fields and those without a
// column are not in GORM's parsed schema.
func structTags(t reflect.Type, got map[string]bool) {
	for field := range t.Fields() {
		for key := range schema.ParseTagSetting(field.Tag.Get("gorm"), ";") {
			got["tag "+key] = true
		}
	}
}

func fieldFeatures(s *schema.Schema, got map[string]bool) {
	for _, f := range s.Fields {
		if f.DBName == "" {
			continue
		}
		got["go "+f.FieldType.String()] = true
		for key := range f.TagSettings {
			got["tag "+key] = true
		}
		if f.HasDefaultValue && f.DefaultValueInterface == nil && !f.AutoIncrement {
			got["default of the database"] = true
		}
	}
	switch key := s.PrimaryFields; {
	case len(key) == 2:
		got["key of two columns"] = true
	case key[0].DataType == schema.String:
		got["key of text"] = true
	default:
		got["key of one number"] = true
	}
}

func relationFeatures(s *schema.Schema, got map[string]bool) {
	for _, rel := range s.Relationships.Relations {
		got["relation "+string(rel.Type)] = true
		switch {
		case rel.Polymorphic != nil:
			got["relation polymorphic"] = true
		case rel.Type != schema.Many2Many && len(rel.References) == 2:
			got["relation of two columns"] = true
		}
		if rel.FieldSchema == s {
			got["relation to itself"] = true
		}
	}
}

func indexFeatures(s *schema.Schema, got map[string]bool) {
	for _, index := range s.ParseIndexes() {
		first := index.Fields[0]
		for feature, is := range map[string]bool{
			"plain":              index.Class == "" && index.Where == "" && len(index.Fields) == 1,
			"unique":             index.Class == "UNIQUE",
			"of several columns": len(index.Fields) > 1,
			"where":              index.Where != "",
			"comment":            index.Comment != "",
			"named":              index.Name != (schema.NamingStrategy{}).IndexName(s.Table, first.Name),
			"expression":         first.Expression != "",
			"collate":            first.Collate != "",
			"sort":               index.Fields[len(index.Fields)-1].Sort != "",
			"length":             first.Length > 0,
		} {
			if is {
				got["index "+feature] = true
			}
		}
	}
}
