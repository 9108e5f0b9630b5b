package schematest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/go-limbeck/limbeck/internal/schematest"
	"github.com/go-limbeck/limbeck/op"
	"pgregory.net/rapid"
)

func TestDrawnSchemasAreValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := schematest.Schema(t)
		if err := invalid(s); err != nil {
			t.Fatalf("schema: %v", err)
		}
		s = schematest.Change(t, s)
		if err := invalid(s); err != nil {
			t.Fatalf("changed schema: %v", err)
		}
	})
}

// The generator is of use only if it draws the difficult things at all.
func TestDrawsAreVaried(t *testing.T) {
	seen := map[string]int{}
	for seed := range 400 {
		s := rapid.Custom(schematest.Schema).Example(seed)
		b := rapid.Custom(func(t *rapid.T) op.Schema { return schematest.Change(t, s) }).Example(seed)
		home := map[string]string{}
		for _, tab := range s.Tables {
			for _, x := range tab.Indexes {
				home[x.Name] = tab.Name
			}
			for _, k := range tab.ForeignKeys {
				seen["foreign key"]++
				if k.RefTable == tab.Name {
					seen["self reference"]++
				} else if refersTo(s.Table(k.RefTable), tab.Name) {
					seen["circle"]++
				}
				if len(k.Columns) > 1 {
					seen["foreign key of two columns"]++
				}
			}
			if len(tab.PrimaryKey) == 0 {
				seen["no primary key"]++
			}
		}
		for _, tab := range b.Tables {
			for _, x := range tab.Indexes {
				if was, ok := home[x.Name]; ok && was != tab.Name {
					seen["index that moved"]++
				}
			}
		}
	}
	for _, what := range []string{"foreign key", "self reference", "circle", "foreign key of two columns", "no primary key", "index that moved"} {
		if seen[what] < 3 {
			t.Errorf("%s: drawn %d times", what, seen[what])
		}
	}
}

func refersTo(t *op.Table, name string) bool {
	for _, k := range t.ForeignKeys {
		if k.RefTable == name {
			return true
		}
	}
	return false
}

// invalid says what is wrong with a schema, in a way of its own.
func invalid(s op.Schema) error {
	names := map[string]bool{}
	use := func(name string) error {
		if names[name] || name == "" {
			return fmt.Errorf("name %q is used twice", name)
		}
		names[name] = true
		return nil
	}
	for _, t := range s.Tables {
		if err := use(t.Name); err != nil {
			return err
		}
		if len(t.Columns) == 0 {
			return fmt.Errorf("table %s has no columns", t.Name)
		}
		columns := map[string]op.Column{}
		for _, c := range t.Columns {
			if _, ok := columns[c.Name]; ok {
				return fmt.Errorf("%s.%s is there twice", t.Name, c.Name)
			}
			columns[c.Name] = c
			if c.AutoIncrement && (len(t.PrimaryKey) != 1 || t.PrimaryKey[0].Column != c.Name) {
				return fmt.Errorf("%s.%s numbers rows and is not the key", t.Name, c.Name)
			}
		}
		parts := t.PrimaryKey
		for _, u := range t.Uniques {
			parts = append(parts, u.Columns...)
			if err := use(u.Name); err != nil {
				return err
			}
		}
		for _, x := range t.Indexes {
			parts = append(parts, x.Columns...)
			if err := use(x.Name); err != nil {
				return err
			}
		}
		for _, p := range parts {
			if _, ok := columns[p.Column]; !ok {
				return fmt.Errorf("a key of %s has no column %q", t.Name, p.Column)
			}
		}
		for _, c := range t.Checks {
			if err := use(c.Name); err != nil {
				return err
			}
		}
		for _, k := range t.ForeignKeys {
			if err := use(k.Name); err != nil {
				return err
			}
			ref := s.Table(k.RefTable)
			if ref == nil || len(k.Columns) != len(k.RefColumns) || len(k.Columns) == 0 {
				return fmt.Errorf("foreign key %s on %s: %s", k.Name, t.Name, k)
			}
			for i, name := range k.Columns {
				to := ref.Column(k.RefColumns[i])
				if c, ok := columns[name]; !ok || to == nil || !to.Type.Equal(c.Type) {
					return fmt.Errorf("foreign key %s on %s: %s", k.Name, t.Name, k)
				}
				if k.OnDelete == "SET NULL" && columns[name].NotNull {
					return fmt.Errorf("foreign key %s on %s sets a column to null that may not be", k.Name, t.Name)
				}
			}
			if !hasKey(ref, k.RefColumns) {
				return fmt.Errorf("foreign key %s on %s: %s is no key", k.Name, t.Name, k)
			}
		}
	}
	return nil
}

// hasKey reports whether there is a key over the columns, in any order.
func hasKey(t *op.Table, columns []string) bool {
	keys := [][]op.KeyPart{t.PrimaryKey}
	for _, u := range t.Uniques {
		keys = append(keys, u.Columns)
	}
	for _, x := range t.Indexes {
		if x.Unique && x.Where == "" {
			keys = append(keys, x.Columns)
		}
	}
	for _, key := range keys {
		var names []string
		for _, p := range key {
			names = append(names, p.Column)
		}
		if slices.Equal(slices.Sorted(slices.Values(names)), slices.Sorted(slices.Values(columns))) {
			return true
		}
	}
	return false
}
