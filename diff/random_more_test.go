package diff_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

// addEnums gives a schema enums, and some columns their types.
func addEnums(t *rapid.T, s *op.Schema) {
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"mood", "size"}), 0, 2, rapid.ID).Draw(t, "enums") {
		values := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 1, 4, rapid.ID).Draw(t, "values")
		s.Enums = append(s.Enums, op.Enum{Name: name, Values: values})
	}
	for i := range s.Tables {
		for j := range s.Tables[i].Columns {
			c := &s.Tables[i].Columns[j]
			if len(s.Enums) > 0 && !c.AutoIncrement && c.Generated.IsZero() && rapid.IntRange(0, 4).Draw(t, "is of an enum") == 0 {
				e := rapid.SampledFrom(s.Enums).Draw(t, "enum")
				c.Type, c.Default = op.EnumType(e.Name, e.Values...), op.Default{}
			}
		}
	}
}

// addViews gives a schema views over its tables, and one over these.
func addViews(t *rapid.T, s *op.Schema) {
	for i := range s.Tables {
		if rapid.Bool().Draw(t, "has a view") {
			column := rapid.SampledFrom(append([]op.Column{{Name: "*"}}, s.Tables[i].Columns...)).Draw(t, "column of a view").Name
			s.Views = append(s.Views, op.View{Name: "v_" + s.Tables[i].Name, SQL: "SELECT " + column + " FROM " + s.Tables[i].Name})
		}
	}
	if len(s.Views) > 0 && rapid.Bool().Draw(t, "has a view over a view") {
		s.Views = append(s.Views, op.View{Name: "a_view", SQL: "SELECT * FROM " + rapid.SampledFrom(s.Views).Draw(t, "view").Name})
	}
}

// viewParts takes the query of a random view apart, without the package's own
// scanner.
func viewParts(v op.View) (column, from string) {
	m := regexp.MustCompile(`^SELECT (\S+) FROM (\S+)$`).FindStringSubmatch(v.SQL)
	return m[1], m[2]
}

// rewriteViews does to queries what a database does when something is renamed.
func rewriteViews(s *op.Schema, rename func(column, from string) (string, string)) {
	for i := range s.Views {
		column, from := rename(viewParts(s.Views[i]))
		s.Views[i].SQL = "SELECT " + column + " FROM " + from
	}
}

// brokenTypes says what no database would allow of enums and views.
func brokenTypes(s op.Schema) error {
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			if c.Type.Word != op.WordEnum {
				continue
			}
			if e := s.Enum(c.Type.Text); e == nil || !slices.Equal(e.Values, c.Type.Values) {
				return fmt.Errorf("column %s.%s is of an enum that is not there: %v", t.Name, c.Name, c.Type.Values)
			}
		}
	}
	for _, v := range s.Views {
		column, from := viewParts(v)
		table := s.Table(from)
		if table == nil && s.View(from) == nil || table != nil && column != "*" && table.Column(column) == nil {
			return fmt.Errorf("view %q reads from nothing", v.Name)
		}
	}
	return nil
}

// underView says whether a step changes what a view stands on.
func underView(o op.Operation, s op.Schema) error {
	touched := map[string]bool{}
	switch o := o.(type) {
	case op.DropColumn:
		touched[o.Table+"."+o.Column] = true
	case op.AlterColumn:
		touched[o.Table+"."+o.To.Name] = !o.From.Type.Equal(o.To.Type) || o.From.Generated != o.To.Generated
	case op.AddColumn:
		touched[o.Table+".*"] = true
	case op.AlterEnum:
		for _, c := range o.In {
			touched[c.String()] = true
		}
	case op.DropView, op.AlterView:
		name := o.String()[strings.LastIndexByte(o.String(), ' ')+1:]
		for _, v := range s.Views {
			if _, from := viewParts(v); from == name {
				return fmt.Errorf("view %q still reads from view %q", v.Name, name)
			}
		}
	}
	for _, v := range s.Views {
		column, from := viewParts(v)
		for place, is := range touched {
			table, c, _ := strings.Cut(place, ".")
			if is && table == from && (column == "*" || c == column) {
				return fmt.Errorf("view %q stands on %s", v.Name, place)
			}
		}
	}
	return nil
}
