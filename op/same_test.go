package op

import (
	"fmt"
	"reflect"
	"testing"
)

// whole has every field of a table and of its parts set, by reflection, so that
// a field that is added later is there too.
func whole() Table {
	var t Table
	fill(reflect.ValueOf(&t).Elem())
	return t
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	default:
		panic(fmt.Sprintf("a %s", v.Type()))
	}
}

// leaves calls fn with every value below v and a way to say where it is.
func leaves(v reflect.Value, path string, fn func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, fn)
		}
	case reflect.Slice:
		leaves(v.Index(0), path+"[0]", fn)
	default:
		fn(path, v)
	}
}

// Every word counts.
func TestSame(t *testing.T) {
	a := whole()
	if b := whole(); !a.Same(&b) {
		t.Fatal("a table is not in the words of itself")
	}
	count := 0
	b := whole()
	leaves(reflect.ValueOf(&b).Elem(), "table", func(path string, v reflect.Value) {
		count++
		before := reflect.New(v.Type()).Elem()
		before.Set(v)
		v.SetZero()
		if a.Same(&b) {
			t.Errorf("%s does not count", path)
		}
		v.Set(before)
	})
	if count < 40 {
		t.Errorf("%d values were tried", count)
	}
	more := whole()
	more.Columns = append(more.Columns, Column{Name: "y"})
	swapped := more.Clone()
	swapped.Columns[0], swapped.Columns[1] = swapped.Columns[1], swapped.Columns[0]
	if a.Same(&more) || !more.Same(&swapped) {
		t.Error("columns do not count, or their order does")
	}
}
