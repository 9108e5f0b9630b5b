package mysql

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// rehearsal marks a disposable database of a server that has others, too.
type rehearsal struct {
	ddl.Querier
	database string
}

// refuse returns an error for an operation on a table of another database: a
// disposable one on the same server would not hold it, and trying it out would
// change, and on the way back drop, the live table.
func (r rehearsal) refuse(o op.Operation) error {
	names, err := tablesOf(o)
	if err != nil {
		return err
	}
	for _, name := range names {
		if database, _, _ := splitName(name); database != "" && database != r.database {
			return fmt.Errorf("%w for table %q: it is in another database of the server, whichever database is named for this", ddl.ErrNoScratch, name)
		}
	}
	return nil
}

// tablesOf returns the names of tables in an operation. They are read from its
// JSON form, so that no operation is forgotten.
func tablesOf(o op.Operation) (names []string, err error) {
	data, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
	}
	var fields any
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, fmt.Errorf("reading operation %q: %w", o.Kind(), err)
	}
	ofTable := map[string]bool{"table": true, "ref_table": true}
	top := map[string]bool{}
	switch o.Kind() {
	case "create_table", "drop_table", "create_view", "drop_view":
		top["name"] = true
	case "rename_table":
		top["from"], top["to"] = true, true
	}
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, depth+1)
			}
		case map[string]any:
			for key, x := range v {
				name, ok := x.(string)
				if ok && (ofTable[key] || depth == 0 && top[key]) {
					names = append(names, name)
				}
				walk(x, depth+1)
			}
		}
	}
	walk(fields, 0)
	slices.Sort(names)
	return names, nil
}
