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
	list := make([]*schema.Schema, 0, len(models))
	stmt := &gorm.Statement{DB: l.DB}
	for i, m := range models {
		t, err := structOf(m)
		if err != nil {
			return nil, fmt.Errorf("loading model %d of %d: %w", i+1, len(models), err)
		}
		s, err := l.parseStruct(stmt, t)
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

// parseStruct parses t with the user's *gorm.DB, which knows of join tables that
// were set up. The statement is memory, of which only the schema counts.
func (l Loader) parseStruct(stmt *gorm.Statement, t reflect.Type) (s *schema.Schema, err error) {
	err = guard(t.String(), func() error {
		m := reflect.New(t).Interface()
		err := stmt.Parse(m)
		if s = stmt.Schema; err == nil && lacking(s) > 0 {
			err = l.parseAgain(m, s)
		}
		if err != nil {
			if unmapped := unmapped(t, err); unmapped != nil {
				return unmapped
			}
			return &Error{Model: t.String(), Field: fieldOf(s, err), Err: err}
		}
		if s.Table == "" {
			return &Error{Model: t.String(), Err: errors.New("the table has no name; give the model a TableName method")}
		}
		return nil
	})
	return s, err
}

// parseAgain parses a model without GORM's cache. Where a method of a model has
// panicked before, GORM has left what it had parsed by then in the cache, and
// answers it as if it were the whole; without the cache it panics again.
func (l Loader) parseAgain(m any, cached *schema.Schema) error {
	s, err := schema.Parse(m, &sync.Map{}, l.DB.NamingStrategy)
	if err == nil && lacking(s) < lacking(cached) {
		err = errors.New("GORM has parsed it in part only, because a method of a model panicked then; open a new *gorm.DB")
	}
	return err
}

// lacking counts the fields that GORM's parser (schema/schema.go) takes for
// relations and that are none yet.
func lacking(s *schema.Schema) (n int) {
	for _, f := range s.Fields {
		if f.DataType == "" && f.GORMDataType == "" && (f.Creatable || f.Updatable || f.Readable) && s.Relationships.Relations[f.Name] == nil {
			n++
		}
	}
	return n
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
