package sqlite

import (
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestIsVerbatim(t *testing.T) {
	word := op.Table{
		Name:        "books",
		Columns:     []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "title", Type: op.Text()}, {Name: "author_id", Type: op.Int(64)}},
		PrimaryKey:  op.Columns("id"),
		Indexes:     []op.Index{{Name: "idx_title", Columns: op.Columns("title")}},
		ForeignKeys: []op.ForeignKey{{Name: "fk", Columns: []string{"author_id"}, RefTable: "authors", RefColumns: []string{"id"}}},
	}
	table := object{kind: "table", name: "books", table: "books", sql: createTable(word)}
	text, err := createIndex("books", word.Indexes[0])
	if err != nil {
		t.Fatal(err)
	}
	index := object{kind: "index", name: "idx_title", table: "books", sql: text}
	other := func(o object, change func(*object)) object { change(&o); return o }
	loose := word.Clone()
	loose.ForeignKeys[0].RefColumns = nil
	for _, test := range []struct {
		name    string
		word    op.Table
		table   object
		indexes []object
		want    bool
	}{
		{"as written", word, table, []object{index}, true},
		{"another blank", word, other(table, func(o *object) { o.sql += " " }), []object{index}, false},
		{"another letter case", word, other(table, func(o *object) { o.name = "Books" }), []object{index}, false},
		{"no index", word, table, nil, false},
		{"one index more", word, table, []object{index, other(index, func(o *object) { o.name = "x" })}, false},
		{"an index of another name", word, table, []object{other(index, func(o *object) { o.name = "x" })}, false},
		{"another index", word, table, []object{other(index, func(o *object) { o.sql += " WHERE 1" })}, false},
		{"a reference without columns", loose, object{kind: "table", name: "books", sql: createTable(loose)}, []object{index}, false},
	} {
		if got := isVerbatim(&test.word, test.table, test.indexes); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
