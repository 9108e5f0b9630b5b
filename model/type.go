package model

import (
	"maps"
	"reflect"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm/migrator"
	"gorm.io/gorm/schema"
)

// typeOf returns the type of a column: a portable word, with the dialector's
// own spelling where that is another, or raw text.
func (l Loader) typeOf(f *schema.Field) op.Type {
	own := l.ownType(f)
	t, portable := wordOf(f)
	if !portable && own != "" {
		t = op.Raw(own)
	}
	if l.Spell == nil {
		return t
	}
	name := l.DB.Dialector.Name()
	text := l.databaseType(f, false)
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

// ownType returns what the field's Go type says about itself in its method
// GormDBDataType, or "".
func (l Loader) ownType(f *schema.Field) string {
	value := reflect.New(f.IndirectFieldType).Interface()
	if own, ok := value.(migrator.GormDataTypeInterface); ok {
		return own.GormDBDataType(l.DB, copyOf(f, false))
	}
	return ""
}

// databaseType returns what GORM's migrator would write as the field's type.
func (l Loader) databaseType(f *schema.Field, autoIncrement bool) string {
	if own := l.ownType(f); own != "" {
		return own
	}
	return l.DB.Dialector.DataTypeOf(copyOf(f, autoIncrement))
}

// copyOf returns a copy to ask a dialector about: drivers write into the fields
// that they are asked about, and the original belongs to the user's *gorm.DB.
func copyOf(f *schema.Field, autoIncrement bool) *schema.Field {
	c := *f
	c.AutoIncrement = autoIncrement
	c.TagSettings = maps.Clone(f.TagSettings)
	return &c
}
