package model

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"gorm.io/gorm/schema"
)

// unmappedError is about a field for whose Go type GORM has no column. GORM's
// own words hold the field's value, for some types an address that differs
// from run to run.
type unmappedError struct {
	field reflect.StructField
	cause error
}

// Error names the type and says what can be done.
func (e *unmappedError) Error() string {
	text := fmt.Sprintf("unsupported data type %s: GORM has no column for it; ", e.field.Type)
	settings := settingsOf(e.field)
	if name := settings["SERIALIZER"]; name != "" {
		text += fmt.Sprintf("its serializer %q is not known: register it with schema.RegisterSerializer, or else ", name)
	}
	return text + `leave the field out (gorm:"-"), give it a serializer (gorm:"serializer:json") or a column type (gorm:"type:text"), or give the Go type the methods Scan and Value`
}

// Unwrap returns GORM's error.
func (e *unmappedError) Unwrap() error { return e.cause }

// unmapped returns the error for a field that GORM cannot map, or nil where
// GORM's error is about something else. The field may be one of a struct that
// the model relates to.
func unmapped(model reflect.Type, err error) error {
	if !errors.Is(err, schema.ErrUnsupportedDataType) {
		return nil
	}
	const begin, middle = "failed to parse field: ", ", error: "
	for rest := err.Error(); ; {
		after, ok := strings.CutPrefix(rest, begin)
		name, cause, cut := strings.Cut(after, middle)
		if !ok || !cut {
			return nil
		}
		field, path, ok := findField(model, name)
		if !ok {
			return nil
		}
		if !strings.HasPrefix(cause, begin) {
			return &Error{Model: model.String(), Field: path, Err: &unmappedError{field, err}}
		}
		model, rest = elementOf(field.Type), cause
	}
}

// findField returns a field of the struct or of one that is embedded in it,
// with the dotted path to it.
func findField(t reflect.Type, name string) (field reflect.StructField, path string, ok bool) {
	if t.Kind() != reflect.Struct {
		return field, "", false
	}
	for i := range t.NumField() {
		f := t.Field(i)
		settings := settingsOf(f)
		if !f.IsExported() || settings["-"] != "" {
			continue
		}
		if f.Name == name {
			return f, name, true
		}
		if settings["EMBEDDED"] == "" && !f.Anonymous {
			continue
		}
		if field, path, ok := findField(elementOf(f.Type), name); ok {
			return field, f.Name + "." + path, true
		}
	}
	return field, "", false
}

func settingsOf(f reflect.StructField) map[string]string {
	return schema.ParseTagSetting(f.Tag.Get("gorm"), ";")
}

// elementOf returns the type behind pointers and lists.
func elementOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t
}
