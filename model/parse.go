package model

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// parse returns GORM's schemas of the models, in the order of the list.
func (l Loader) parse(models []any) ([]*schema.Schema, error) {
	var list []*schema.Schema
	trial := &sync.Map{}
	for i, m := range models {
		t, err := structOf(m)
		if err != nil {
			return nil, fmt.Errorf("loading model %d of %d: %w", i+1, len(models), err)
		}
		s, err := l.parseStruct(t, trial)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// structOf returns the struct behind what a user may pass. GORM panics for
// some of the values that are refused here.
func structOf(m any) (reflect.Type, error) {
	switch v := m.(type) {
	case nil:
		return nil, fmt.Errorf("%w: nil; pass a struct such as &Book{}", ErrNotModel)
	case string:
		return nil, fmt.Errorf("%w: the text %q; pass the struct of the table", ErrNotModel, v)
	case reflect.Type:
		return nil, fmt.Errorf("%w: the reflect.Type %s; pass a value of it", ErrNotModel, v)
	}
	t := elementOf(reflect.TypeOf(m))
	switch t.Kind() {
	case reflect.Struct:
		return t, nil
	case reflect.Interface:
		return nil, fmt.Errorf("%w: %T; pass the models one by one, as in Load(db, models...)", ErrNotModel, m)
	}
	return nil, fmt.Errorf("%w: %T; pass a struct such as &Book{}", ErrNotModel, m)
}

// parseStruct parses t with the user's *gorm.DB, after a trial with a cache of
// its own: where a method of a model panics, GORM leaves what it has parsed by
// then in the cache, and the next call would take it for the whole.
func (l Loader) parseStruct(t reflect.Type, trial *sync.Map) (s *schema.Schema, err error) {
	err = guard(t.String(), func() error {
		m := reflect.New(t).Interface()
		if s, err := schema.Parse(m, trial, l.DB.NamingStrategy); err != nil {
			if unmapped := unmapped(t, err); unmapped != nil {
				return unmapped
			}
			return &Error{Model: t.String(), Field: fieldOf(s, err), Err: err}
		}
		stmt := &gorm.Statement{DB: l.DB}
		if err := stmt.Parse(m); err != nil {
			return &Error{Model: t.String(), Err: err}
		}
		s = stmt.Schema
		if s.Table == "" {
			return &Error{Model: t.String(), Err: errors.New("the table has no name; give the model a TableName method")}
		}
		return nil
	})
	return s, err
}

// fieldOf returns the field that GORM's error is about, where GORM does not
// name it: those about a default value or a serializer.
func fieldOf(s *schema.Schema, err error) string {
	if s == nil {
		return ""
	}
	for _, f := range s.Fields {
		serializer := f.TagSettings["SERIALIZER"]
		if serializer == "" {
			serializer = f.TagSettings["JSON"]
		}
		if f.HasDefaultValue && strings.HasPrefix(err.Error(), "failed to parse "+f.DefaultValue+" as default value") ||
			serializer != "" && err.Error() == "invalid serializer type "+serializer {
			return f.BindName()
		}
	}
	return ""
}
