package mysql

import (
	"cmp"

	"github.com/go-limbeck/limbeck/op"
)

func (r *catalogue) indexesQuery() string {
	extra := "NULL, NULL"
	switch {
	case r.hasExpressionIndexes():
		extra = "EXPRESSION, NULLIF(IS_VISIBLE, 'YES')"
	case r.isMaria && r.since(never, [3]int{10, 6, 0}):
		extra = "NULL, NULLIF(IGNORED, 'NO')"
	}
	return `SELECT TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, NON_UNIQUE, COLUMN_NAME, NULLIF(COLLATION, 'A'), SUB_PART,
		NULLIF(INDEX_TYPE, 'BTREE'), IF(LENGTH(INDEX_COMMENT), INDEX_COMMENT, NULL), ` + extra + `
		FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ?`
}

func (r *catalogue) takeIndexes(rows []row) {
	r.perTable(rows, byNameAndNumber, func(t *liveTable, rows []row) {
		indexes := r.byName(rows)
		t.Indexes = make([]op.Index, 0, len(indexes))
		for _, rows := range indexes {
			parts := make([]op.KeyPart, len(rows))
			for i, row := range rows {
				parts[i] = op.KeyPart{Column: row.text(4), Desc: row.text(5) == "D", Length: row.number(6)}
				t.hasText = t.hasText || !row.isNull(9)
			}
			if rows[0].text(1) == "PRIMARY" {
				t.PrimaryKey = parts
				continue
			}
			t.Indexes = append(t.Indexes, t.takeIndex(rows[0], parts))
		}
	})
}

// takeIndex reads what all rows of an index say alike.
func (t *liveTable) takeIndex(row row, parts []op.KeyPart) op.Index {
	x := op.Index{Name: row.text(1), Unique: row.text(3) == "0", Columns: parts, Comment: row.text(8)}
	switch kind := row.text(7); kind {
	case "FULLTEXT", "SPATIAL":
		x.Class = kind
		t.hasText = t.hasText || kind == "FULLTEXT" // its parser
		for i := range parts {
			parts[i].Length = 0
		}
	default:
		x.Method = kind
	}
	t.hasText = t.hasText || !row.isNull(10)
	return x
}

func (r *catalogue) takeKeys(rows []row) {
	r.perTable(rows, byNameAndNumber, func(t *liveTable, rows []row) {
		keys := r.byName(rows)
		t.ForeignKeys = make([]op.ForeignKey, len(keys))
		for i, rows := range keys {
			k := &t.ForeignKeys[i]
			k.Name, k.RefTable = rows[0].text(1), rows[0].text(5)
			if database := rows[0].text(4); database != r.database {
				k.RefTable = database + "." + k.RefTable
			}
			// Both in one piece of memory.
			names := make([]string, 2*len(rows))
			k.Columns, k.RefColumns = names[:len(rows):len(rows)], names[len(rows):]
			for j, row := range rows {
				k.Columns[j], k.RefColumns[j] = row.text(3), row.text(6)
			}
		}
	})
}

func (r *catalogue) takeRules(rows []row) {
	known := make([]int, len(r.tables)) // keys
	for _, row := range rows {
		t := r.table(row.text(0))
		if t == nil {
			continue
		}
		if k := t.ForeignKey(row.text(1)); k != nil {
			known[t.number]++
			k.OnDelete, k.OnUpdate = normalAction(row.text(2)), normalAction(row.text(3))
		}
	}
	for i, t := range r.tables {
		if known[i] < len(t.ForeignKeys) {
			t.bareKeys, t.hasText = true, true
		}
	}
}

// byNameAndNumber puts rows in order that have the name of an index or a key,
// and a place in it, after the table's name.
func byNameAndNumber(a, b row) int {
	if c := cmp.Compare(a.text(1), b.text(1)); c != 0 {
		return c
	}
	return a.number(2) - b.number(2)
}

// byName returns such rows index by index, or key by key. The list is good until
// the next call.
func (r *catalogue) byName(rows []row) [][]row {
	r.names = r.names[:0]
	begin := 0
	for i := range rows {
		if i+1 == len(rows) || rows[i+1].text(1) != rows[i].text(1) {
			r.names = append(r.names, rows[begin:i+1])
			begin = i + 1
		}
	}
	return r.names
}
