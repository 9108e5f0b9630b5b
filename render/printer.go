package render

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-limbeck/limbeck/op"
)

// lineWidth is about how long a line may be before a literal is broken over
// several. An indentation counts as four.
const lineWidth = 100

// printer writes values as Go expressions, laid out as gofmt does it.
type printer struct {
	imports *imports
	inDown  bool
	// toFillIn is File.ToFillIn.
	toFillIn bool
	// loose says that something was written which only gofmt knows how to lay out.
	loose bool
}

// place is where an expression stands.
type place struct {
	context context
	depth   int // of indentation
	before  int // columns on the line before and after the expression
}

// context is what the surroundings say about the type of an expression.
type context int

const (
	inField     context = iota // known, but a composite literal repeats it
	inList                     // known, and a composite literal leaves it out
	inInterface                // not known
)

func (at place) inside(c context, before int) place {
	return place{context: c, depth: at.depth + 1, before: before}
}

func (at place) fits(text string) bool {
	return !strings.Contains(text, "\n") &&
		4*at.depth+at.before+utf8.RuneCountInString(text) <= lineWidth
}

// revision returns the literal of a revision, one field a line.
func (p *printer) revision(r op.Revision) (string, error) {
	return p.structure(reflect.ValueOf(r), place{depth: 1})
}

// value returns the expression of any value that has one.
func (p *printer) value(v reflect.Value, at place) (string, error) {
	if text, ok := word(v); ok {
		return p.asIs(text), nil
	}
	var text string
	switch v.Kind() {
	case reflect.Struct:
		return p.structure(v, at)
	case reflect.Slice, reflect.Array:
		return p.list(v, at)
	case reflect.Interface:
		return p.dynamic(v, at)
	case reflect.String:
		text = p.asIs(quote(v.String()))
	case reflect.Bool:
		text = strconv.FormatBool(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		text = strconv.FormatInt(v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		text = strconv.FormatUint(v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		x := v.Float()
		if math.IsNaN(x) || math.IsInf(x, 0) || x == 0 && math.Signbit(x) {
			return "", fmt.Errorf("the number %v has no Go literal", x)
		}
		text = strconv.FormatFloat(x, 'g', -1, v.Type().Bits())
	default:
		return "", fmt.Errorf("a %s has no Go literal; operations in files are plain values", v.Kind())
	}
	if at.context != inInterface || v.Type() == reflect.TypeFor[string]() || v.Type() == reflect.TypeFor[bool]() {
		return text, nil
	}
	name, err := p.imports.typeName(v.Type())
	return name + "(" + text + ")", err
}

func (p *printer) dynamic(v reflect.Value, at place) (string, error) {
	if v.IsNil() {
		return "nil", nil
	}
	return p.value(v.Elem(), place{context: inInterface, depth: at.depth, before: at.before})
}

func (p *printer) structure(v reflect.Value, at place) (string, error) {
	open, err := p.opening(v, at)
	if err != nil {
		return "", err
	}
	isRevision := v.Type() == reflect.TypeFor[op.Revision]()
	var fields []item
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		toFillIn := isRevision && p.toFillIn && (field.Name == "Up" || field.Name == "Down")
		// A file need not say how it is called.
		if omitted(value) && !toFillIn || isRevision && field.Name == "File" {
			continue
		}
		if !field.IsExported() {
			return "", fmt.Errorf("field %s of %s: it is not exported, so that a file cannot set it", field.Name, v.Type())
		}
		p.loose = p.loose || len(field.Name) > longKey
		p.inDown = p.inDown || isRevision && field.Name == "Down"
		text, err := p.value(value, at.inside(inField, len(field.Name)+len(": ,")))
		if err != nil {
			return "", fmt.Errorf("field %s: %w", field.Name, err)
		}
		fields = append(fields, item{field.Name, text})
	}
	return join(open+"{", fields, "}", isRevision, at), nil
}

// omitted reports whether a field is left out of its literal.
func omitted(v reflect.Value) bool {
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

func (p *printer) list(v reflect.Value, at place) (string, error) {
	if names, ok := columns(v); ok && at.context != inInterface {
		items := make([]item, len(names))
		for i, name := range names {
			items[i].text = p.asIs(name)
		}
		return join("op.Columns(", items, ")", false, at), nil
	}
	open, err := p.opening(v, at)
	if err != nil {
		return "", err
	}
	operations := v.Type() == reflect.TypeFor[op.List]()
	kind := v.Type().Elem().Kind()
	var items []item
	for i := range v.Len() {
		var text string
		var err error
		if operations {
			text, err = p.operation(v.Index(i), at.inside(inList, len(",")))
		} else {
			text, err = p.value(v.Index(i), at.inside(inList, len(",")))
		}
		if err != nil {
			return "", fmt.Errorf("item %d: %w", i+1, err)
		}
		items = append(items, item{text: text})
	}
	broken := len(items) > 0 && (kind == reflect.Struct || kind == reflect.Interface)
	return join(open+"{", items, "}", broken, at), nil
}

// operation returns the literal of an operation, below a comment where there
// is something to know before it is run.
func (p *printer) operation(v reflect.Value, at place) (string, error) {
	if v.IsNil() {
		return "", errors.New("the operation is nil")
	}
	text, err := p.ownText(v.Elem())
	if text == "" && err == nil {
		text, err = p.value(v, at)
	}
	if err != nil {
		return "", fmt.Errorf("operation %s: %w", v.Elem().Type(), err)
	}
	o := v.Interface().(op.Operation)
	// That a Down drops what its Up made goes without saying.
	if why := hazard(o); why != "" && !(p.inDown && drops(o)) {
		text = commentLine(oneLine(why)) + indentation(at.depth) + text
	}
	return text, nil
}

// opening returns the type that stands before the brace of a composite
// literal.
func (p *printer) opening(v reflect.Value, at place) (string, error) {
	if at.context == inList {
		return "", nil
	}
	return p.imports.typeName(v.Type())
}
