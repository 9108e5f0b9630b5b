package mysql

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// row is one of the rows that a query has given. They are kept in memory, so that
// the server can be asked the next thing before anybody looks at them.
type row struct {
	*block
	// first is the index of the row's first value in ends.
	first int
}

// block has the values of many rows in one piece of memory, which their texts
// share: of a catalogue there are many rows, and little in each.
type block struct {
	values strings.Builder
	// ends are where the values end, one after the other. That of NULL is
	// complemented.
	ends []int32
}

// text returns a value, and "" for NULL.
func (r row) text(i int) string {
	i += r.first
	start, end := int32(0), r.ends[i]
	if i > 0 {
		start = max(r.ends[i-1], ^r.ends[i-1])
	}
	return r.values.String()[start:max(end, ^end)]
}

func (r row) isNull(i int) bool { return r.ends[r.first+i] < 0 }

// number returns a value that is a number, and 0 for NULL.
func (r row) number(i int) int {
	n, _ := strconv.Atoi(r.text(i))
	return n
}

// readRows asks one query and returns all of its rows.
func readRows(ctx context.Context, q ddl.Querier, query string) ([]row, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	width := len(columns)
	values, into := make([]sql.RawBytes, width), make([]any, width)
	for i := range values {
		into[i] = &values[i]
	}
	// A block has room for texts of four bytes: names are longer, and what is NULL
	// has none.
	const least, most = 4 << 10, 64 << 10
	var blocks []*block
	var last *block
	count := 0
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		size := 0
		for _, v := range values {
			size += len(v)
		}
		if last == nil || cap(last.ends)-len(last.ends) < width || last.values.Cap()-last.values.Len() < size {
			room := max(min(least<<min(len(blocks), 8), most), size)
			last = &block{ends: make([]int32, 0, max(room/4, width))}
			last.values.Grow(room)
			blocks = append(blocks, last)
		}
		for _, v := range values {
			last.values.Write(v)
			end := int32(last.values.Len())
			if v == nil {
				end = ^end
			}
			last.ends = append(last.ends, end)
		}
		count++
	}
	list := make([]row, 0, count)
	for _, b := range blocks {
		for i := 0; i < len(b.ends); i += width {
			list = append(list, row{b, i})
		}
	}
	return list, rows.Err()
}
