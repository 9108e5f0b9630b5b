package diff_test

import (
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// runStrictly applies the list step by step and looks after each step whether
// the schema is one that a database would allow. It knows nothing of how the
// order was found: an operation that runs too early or too late leaves a
// reference to nothing, or a name that is there twice.
func runStrictly(list op.List, s op.Schema) (op.Schema, error) {
	s = s.Clone()
	for i, o := range list {
		if err := underView(o, s); err != nil {
			return s, fmt.Errorf("before step %d, %s: %w", i+1, o, err)
		}
		if err := o.Apply(&s); err != nil {
			return s, fmt.Errorf("step %d, %s: %w", i+1, o, err)
		}
		switch r := o.(type) {
		case op.RenameColumn:
			rewriteTexts(s.Table(r.Table), r.From, r.To)
			rewriteViews(&s, func(column, from string) (string, string) {
				if from == r.Table && column == r.From {
					column = r.To
				}
				return column, from
			})
		case op.RenameTable:
			rewriteViews(&s, func(column, from string) (string, string) {
				if from == r.From {
					from = r.To
				}
				return column, from
			})
		}
		if err := broken(s); err != nil {
			return s, fmt.Errorf("after step %d, %s: %w", i+1, o, err)
		}
	}
	return s, nil
}

// broken says what no database would allow in a schema.
func broken(s op.Schema) error {
	relations := map[string]bool{}
	constraints := map[string]bool{}
	use := func(names map[string]bool, name string) error {
		if name != "" && names[name] {
			return fmt.Errorf("the name %q is used twice", name)
		}
		names[name] = true
		return nil
	}
	for _, t := range s.Tables {
		if err := use(relations, t.Name); err != nil {
			return err
		}
		if len(t.Columns) == 0 {
			return fmt.Errorf("table %q has no columns", t.Name)
		}
		if err := use(relations, t.PrimaryKeyName); err != nil {
			return err
		}
		for _, p := range t.PrimaryKey {
			if t.Column(p.Column) == nil {
				return fmt.Errorf("the primary key of %q has no column %q", t.Name, p.Column)
			}
		}
		for _, u := range t.Uniques {
			if err := use(relations, u.Name); err != nil {
				return err
			}
			if !hasParts(&t, u.Columns) {
				return fmt.Errorf("unique %q on %q has no column", u.Name, t.Name)
			}
		}
		for _, x := range t.Indexes {
			if err := use(relations, x.Name); err != nil {
				return err
			}
			if !hasParts(&t, x.Columns) || !hasWords(&t, x.Where) {
				return fmt.Errorf("index %q on %q has no column", x.Name, t.Name)
			}
		}
		for _, c := range t.Checks {
			if err := use(constraints, c.Name); err != nil {
				return err
			}
			if !hasWords(&t, c.Expr) {
				return fmt.Errorf("check %q on %q has no column", c.Name, t.Name)
			}
		}
		for _, c := range t.Columns {
			if !hasWords(&t, c.Generated.Expr) {
				return fmt.Errorf("column %s.%s is computed from nothing", t.Name, c.Name)
			}
		}
		for _, k := range t.ForeignKeys {
			if err := use(constraints, k.Name); err != nil {
				return err
			}
			if err := brokenKey(s, &t, k); err != nil {
				return fmt.Errorf("foreign key %q on %q: %w", k.Name, t.Name, err)
			}
		}
	}
	for _, e := range s.Enums {
		if err := use(relations, e.Name); err != nil {
			return err
		}
	}
	for _, v := range s.Views {
		if err := use(relations, v.Name); err != nil {
			return err
		}
	}
	return brokenTypes(s)
}

func brokenKey(s op.Schema, t *op.Table, k op.ForeignKey) error {
	for _, name := range k.Columns {
		if t.Column(name) == nil {
			return fmt.Errorf("there is no column %q", name)
		}
	}
	target := s.Table(k.RefTable)
	if target == nil {
		return fmt.Errorf("there is no table %q", k.RefTable)
	}
	keys := [][]op.KeyPart{target.PrimaryKey}
	for _, u := range target.Uniques {
		keys = append(keys, u.Columns)
	}
	for _, x := range target.Indexes {
		if x.Unique && x.Where == "" {
			keys = append(keys, x.Columns)
		}
	}
	for _, key := range keys {
		var columns []string
		for _, p := range key {
			columns = append(columns, p.Column)
		}
		slices.Sort(columns)
		if slices.Equal(columns, slices.Sorted(slices.Values(k.RefColumns))) {
			return nil
		}
	}
	return fmt.Errorf("no key of %q is over %v", k.RefTable, k.RefColumns)
}

func hasParts(t *op.Table, parts []op.KeyPart) bool {
	return !slices.ContainsFunc(parts, func(p op.KeyPart) bool { return t.Column(p.Column) == nil })
}
