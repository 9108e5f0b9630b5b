package model

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/migrator"
	"gorm.io/gorm/schema"
)

// typeOf returns the type of a column: a portable word, with the dialector's
// own spelling where that is another, or raw text.
func (l Loader) typeOf(f *schema.Field) op.Type {
	own := ownType(l.DB, f)
	t, portable := wordOf(f)
	if l.Spell == nil {
		if !portable && own != "" {
			return op.Raw(own)
		}
		return t
	}
	if own != "" {
		return l.ownTypes(t, portable, f)
	}
	name := l.DB.Dialector.Name()
	text := l.ask(f, false)
	if name == "mysql" && f.DataType == schema.Time {
		// The driver writes NULL after nullable times (datetime(3) NULL); that is
		// said by the column and not by its type.
		text = strings.TrimSuffix(text, " NULL")
	}
	if !strings.EqualFold(strings.TrimSpace(text), strings.TrimSpace(l.Spell(t))) {
		t = t.On(name, text)
	}
	return t
}

// wordOf returns the word for the field's data type as GORM sees it, after
// relations have given foreign keys the types of what they refer to. A type
// that GORM has no word for is its raw text, and not portable.
func wordOf(f *schema.Field) (t op.Type, portable bool) {
	switch f.DataType {
	case schema.Bool:
		return op.Bool(), true
	case schema.Int:
		return op.Int(f.Size), true
	case schema.Uint:
		return op.Uint(f.Size), true
	case schema.Float:
		switch {
		case f.Precision <= 0:
			return op.Float(f.Size), true
		case f.Scale > 0:
			return op.Decimal(f.Precision, f.Scale), true
		}
		return op.Decimal(f.Precision), true
	case schema.String:
		switch {
		case f.Size > 0:
			return op.String(f.Size), true
		case f.Size == 0 && isShortened(f):
			return op.KeyText(), true
		}
		return op.Text(), true
	case schema.Time:
		// By the tag and not by the number, because the MySQL driver writes its
		// default precision into the field.
		if f.TagSettings["PRECISION"] == "" {
			return op.Time(), true
		}
		return op.Time(max(f.Precision, 0)), true
	case schema.Bytes:
		if f.Size > 0 {
			return op.Bytes(f.Size), true
		}
		return op.Bytes(), true
	}
	return op.Raw(string(f.DataType)), false
}

// isShortened is the condition under which GORM's MySQL driver makes
// varchar(191) of unsized text (getSchemaStringType).
func isShortened(f *schema.Field) bool {
	return f.PrimaryKey || f.HasDefaultValue || f.TagSettings["INDEX"] != "" || f.TagSettings["UNIQUE"] != ""
}

// ownType returns what the field's Go type says about itself on a database, in
// its method GormDBDataType, or "".
func ownType(db *gorm.DB, f *schema.Field) string {
	if !speaks(f) {
		return ""
	}
	return reflect.New(f.IndirectFieldType).Interface().(migrator.GormDataTypeInterface).GormDBDataType(db, copyOf(f))
}

// speaks reports whether the field's Go type says something about itself.
func speaks(f *schema.Field) bool {
	return reflect.PointerTo(f.IndirectFieldType).Implements(speaksForItself)
}

var speaksForItself = reflect.TypeFor[migrator.GormDataTypeInterface]()

// ownTypes returns the type of a field whose Go type speaks for itself, with
// what it says on each database, so that it does not matter on which of them
// the file is made: datatypes.JSON is jsonb on Postgres and JSON elsewhere.
func (l Loader) ownTypes(word op.Type, portable bool, f *schema.Field) op.Type {
	names, answers := l.dialects(), l.ownAnswers(f)
	t := word
	if !portable {
		base := answers["sqlite"]
		for _, name := range names {
			if base == "" {
				base = answers[name]
			}
		}
		t = op.Raw(base)
	}
	for _, name := range names {
		if text := answers[name]; text != "" && (portable || text != t.Text) {
			t = t.On(name, text)
		}
	}
	return t
}

// dialects returns the names of the databases to ask about.
func (l Loader) dialects() []string {
	names := []string{"mysql", "postgres", "sqlite"}
	if here := l.DB.Dialector.Name(); !slices.Contains(names, here) {
		names = append(names, here)
	}
	return names
}

// ownAnswers returns what the field's Go type says of itself on each database.
func (l Loader) ownAnswers(f *schema.Field) map[string]string {
	if !speaks(f) {
		return nil
	}
	answers := map[string]string{}
	for _, name := range l.dialects() {
		db := l.DB
		if name != l.DB.Dialector.Name() {
			db = &gorm.DB{Config: &gorm.Config{Dialector: named{name}}}
		}
		// The method may want more of the database than its name, which it gets
		// only from the user's own.
		_ = guard("", func() error { answers[name] = ownType(db, f); return nil })
	}
	return answers
}

// named is a dialector that is known by its name only.
type named struct{ name string }

func (d named) Name() string                                 { return d.name }
func (named) Initialize(*gorm.DB) error                      { return nil }
func (named) Migrator(*gorm.DB) gorm.Migrator                { return nil }
func (named) DataTypeOf(*schema.Field) string                { return "" }
func (named) DefaultValueOf(*schema.Field) clause.Expression { return clause.Expr{} }
func (named) BindVarTo(clause.Writer, *gorm.Statement, any)  {}
func (named) QuoteTo(clause.Writer, string)                  {}
func (named) Explain(sql string, _ ...any) string            { return sql }

// databaseType returns what GORM's migrator would write as the field's type.
func (l Loader) databaseType(f *schema.Field, autoIncrement bool) string {
	if own := ownType(l.DB, f); own != "" {
		return own
	}
	return l.ask(f, autoIncrement)
}

// ask returns what the dialector says of a field, whatever its Go type says of
// itself. What it is asked about is a copy, in the same memory each time.
func (l Loader) ask(f *schema.Field, autoIncrement bool) string {
	settings := l.asked.TagSettings
	clear(settings)
	if len(f.TagSettings) > 0 {
		maps.Copy(settings, f.TagSettings)
	}
	*l.asked = *f
	l.asked.AutoIncrement, l.asked.TagSettings = autoIncrement, settings
	return l.DB.Dialector.DataTypeOf(l.asked)
}

// copyOf returns a copy to ask about: drivers and types write into the fields
// that they are asked about, and the original belongs to the user's *gorm.DB.
func copyOf(f *schema.Field) *schema.Field {
	c := *f
	c.AutoIncrement = false
	c.TagSettings = maps.Clone(f.TagSettings)
	return &c
}
