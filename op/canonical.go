package op

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// canonical writes revisions in the form that their checksum is taken of. The
// operations of this package are written from their fields, which is many times
// faster than through json.Marshal and the [canonizer]; others go that way.
type canonical struct {
	// sum is given what is complete, and out is what is not yet.
	sum hash.Hash
	out []byte
	// members are those of the structs that were met, in the order of their keys.
	members map[reflect.Type][]memberOf
}

// memberOf is a field as a member of a JSON object.
type memberOf struct {
	key      string
	field    int // -1 for the kind of an operation
	omitZero bool
}

// errNotPlain says that a value has another form in JSON than its fields tell.
var errNotPlain = errors.New("not a plain value")

// list writes operations.
func (c *canonical) list(l List) error {
	c.out = append(c.out, '[')
	for i, o := range l {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		if o == nil {
			return nilOperation(i)
		}
		begin := len(c.out)
		_, err := c.object(reflect.ValueOf(o))
		if errors.Is(err, errNotPlain) {
			c.out = c.out[:begin]
			err = c.foreign(o)
		}
		if err != nil {
			return err
		}
		c.sum.Write(c.out) // it never fails
		c.out = c.out[:0]
	}
	c.out = append(c.out, ']')
	return nil
}

// foreign writes an operation that says itself what it is in JSON.
func (c *canonical) foreign(o Operation) error {
	text, err := json.Marshal(List{o})
	if err != nil {
		return err
	}
	z := canonizer{in: text, at: len("["), out: c.out}
	_, err = z.value()
	c.out = z.out
	return err
}

// value writes a value and reports whether it is empty, so that a member which
// holds it is left out. What is written of such a value counts for nothing.
func (c *canonical) value(v reflect.Value) (isEmpty bool, err error) {
	switch v.Kind() {
	case reflect.String:
		return false, c.text(v.String())
	case reflect.Bool:
		c.out = strconv.AppendBool(c.out, v.Bool())
	case reflect.Int:
		c.out = strconv.AppendInt(c.out, v.Int(), 10)
	case reflect.Slice:
		return c.array(v)
	case reflect.Struct:
		return c.object(v)
	default:
		return false, errNotPlain
	}
	return false, nil
}

func (c *canonical) array(v reflect.Value) (isEmpty bool, err error) {
	n := v.Len()
	c.out = append(c.out, '[')
	for i := range n {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		if _, err := c.value(v.Index(i)); err != nil {
			return false, err
		}
	}
	c.out = append(c.out, ']')
	return n == 0, nil
}

func (c *canonical) object(v reflect.Value) (isEmpty bool, err error) {
	members, err := c.membersOf(v.Type())
	if err != nil {
		return false, err
	}
	begin := len(c.out)
	c.out = append(c.out, '{')
	for _, m := range members {
		before := len(c.out)
		if before > begin+len("{") {
			c.out = append(c.out, ',')
		}
		c.out = append(append(append(c.out, '"'), m.key...), `":`...)
		if m.field < 0 {
			err = c.text(v.Interface().(Operation).Kind())
		} else if field := v.Field(m.field); m.omitZero && field.IsZero() {
			isEmpty = true
		} else {
			isEmpty, err = c.value(field)
		}
		if err != nil {
			return false, err
		}
		if isEmpty {
			c.out, isEmpty = c.out[:before], false
		}
	}
	c.out = append(c.out, '}')
	return len(c.out) == begin+len("{}"), nil
}

// membersOf returns the members of a struct of this package. Another type, or one
// that writes its own JSON, is not plain.
func (c *canonical) membersOf(t reflect.Type) ([]memberOf, error) {
	if members, ok := c.members[t]; ok {
		return members, nil
	}
	if t.Kind() != reflect.Struct || t.PkgPath() != reflect.TypeFor[List]().PkgPath() || t.Implements(reflect.TypeFor[json.Marshaler]()) {
		return nil, errNotPlain
	}
	var members []memberOf
	if t.Implements(reflect.TypeFor[Operation]()) {
		members = append(members, memberOf{key: "kind", field: -1})
	}
	for i := range t.NumField() {
		key, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		// Of a text and of a list, to be empty and to be zero are the same here.
		omitZero := option == "omitzero" || option == "omitempty" && t.Field(i).Type.Kind() != reflect.Struct
		if key == "" || key == "-" || option != "" && !omitZero {
			return nil, errNotPlain
		}
		members = append(members, memberOf{key, i, omitZero})
	}
	slices.SortFunc(members, func(a, b memberOf) int { return cmp.Compare(a.key, b.key) })
	if c.members == nil {
		c.members = map[reflect.Type][]memberOf{}
	}
	c.members[t] = members
	return members, nil
}

// text writes a text as json.Marshal does.
func (c *canonical) text(text string) error {
	for i := range len(text) {
		if b := text[i]; b < ' ' || b >= 0x80 || b == '"' || b == '\\' || b == '<' || b == '>' || b == '&' {
			quoted, err := json.Marshal(text)
			if err != nil {
				return err
			}
			z := canonizer{in: quoted, out: c.out}
			_, err = z.text()
			c.out = z.out
			return err
		}
	}
	c.out = append(append(append(c.out, '"'), text...), '"')
	return nil
}

// nilOperation is the error about an operation that is none, counted from 0.
func nilOperation(i int) error {
	return fmt.Errorf("encoding operation %d: it is nil; take it out of the list", i+1)
}
