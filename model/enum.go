package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm/schema"
)

// EnumValuer is a Go type that lists the values of the enum that it stands for.
// The enum's name is the type of the field's tag, or what GormDataType or, on
// PostgreSQL, GormDBDataType returns; without a name there is no enum.
type EnumValuer interface {
	// EnumValues returns the values in the order in which they compare.
	EnumValues() []string
}

// maxEnumValue is NAMEDATALEN - 1 of PostgreSQL, in bytes. It counts on all
// databases, since nobody misses longer values and one file is for all.
const maxEnumValue = 63

// enums are those that the models declare, by values of [op.Enum] beside them
// and by the types of fields.
type enums struct{ list []op.Enum }

// declare adds an enum, unless there is the same one.
func (e *enums) declare(enum op.Enum) error {
	if strings.TrimSpace(enum.Name) == "" {
		return fmt.Errorf("an enum with the values %q has no name; give it one", enum.Values)
	}
	if len(enum.Values) == 0 {
		return fmt.Errorf("enum %q has no values, so that no row could be written; list them", enum.Name)
	}
	for i, value := range enum.Values {
		switch {
		case slices.Contains(enum.Values[:i], value):
			return fmt.Errorf("enum %q has the value %q twice; leave it out once", enum.Name, value)
		case strings.TrimRight(value, " ") != value || value == "" || strings.ContainsRune(value, 0):
			return fmt.Errorf("enum %q has the value %q, and not all databases keep a value that is empty, ends with a space or holds a zero byte; change it", enum.Name, value)
		case len(value) > maxEnumValue:
			return fmt.Errorf("enum %q has the value %q of %d bytes, and postgres keeps %d of them; make it shorter", enum.Name, value, len(value), maxEnumValue)
		}
	}
	for _, other := range e.list {
		if other.Name == enum.Name && !slices.Equal(other.Values, enum.Values) {
			return fmt.Errorf("enum %q is declared with the values %q and with %q; declare it once", enum.Name, other.Values, enum.Values)
		}
		if other.Name == enum.Name {
			return nil
		}
	}
	e.list = append(e.list, op.Enum{Name: enum.Name, Values: slices.Clone(enum.Values)})
	return nil
}

// named returns the enum that a type's text names. A bare name is folded, as
// SQL does.
func (e *enums) named(text string) (enum op.Enum, ok bool) {
	text = strings.TrimSpace(text)
	for _, enum := range e.list {
		if text == enum.Name || text == `"`+enum.Name+`"` || strings.EqualFold(text, enum.Name) {
			return enum, true
		}
	}
	return op.Enum{}, false
}

// check refuses enums that the database could not hold beside the tables.
func (e *enums) check(s op.Schema, checkName func(string) error) error {
	for _, enum := range e.list {
		if s.Table(enum.Name) != nil {
			return fmt.Errorf("loading models: %q is the name of an enum and of a table, which is one name for two types on postgres; give the enum another", enum.Name)
		}
		if checkName == nil {
			continue
		}
		if err := checkName(enum.Name); err != nil {
			return fmt.Errorf("loading models: enum %q: %w", enum.Name, err)
		}
	}
	return nil
}

// enumType returns the type of a column that is of an enum, and false for other
// columns. A default that is no value of the enum is an error.
func (l Loader) enumType(f *schema.Field, d op.Default) (t op.Type, ok bool, err error) {
	if l.enums == nil {
		return op.Type{}, false, nil
	}
	answers := l.ownAnswers(f)
	text := answers["postgres"]
	if word, portable := wordOf(f); text == "" && !portable {
		text = word.Text
	}
	if text == "" {
		return op.Type{}, false, nil
	}
	if v, isEnum := reflect.New(f.IndirectFieldType).Interface().(EnumValuer); isEnum {
		if err := l.enums.declare(op.Enum{Name: text, Values: v.EnumValues()}); err != nil {
			return op.Type{}, false, fieldErrorf(f, "%w", err)
		}
	}
	enum, ok := l.enums.named(text)
	if !ok {
		return op.Type{}, false, nil
	}
	if d.Kind == op.DefaultString && !slices.Contains(enum.Values, d.Text) {
		return op.Type{}, false, fieldErrorf(f, "the default %q is no value of enum %q; it has %q", d.Text, enum.Name, enum.Values)
	}
	t = op.EnumType(enum.Name, enum.Values...)
	// What the Go type says of other databases counts where it is more than a
	// spelling of the same.
	if text := answers["mysql"]; text != "" {
		if values, ok := op.Raw(text).EnumValues(); !ok || !slices.Equal(values, enum.Values) {
			t = t.On("mysql", text)
		}
	}
	if text := answers["sqlite"]; text != "" && !strings.EqualFold(text, "text") && !strings.EqualFold(text, enum.Name) {
		t = t.On("sqlite", text)
	}
	return t, true, nil
}
