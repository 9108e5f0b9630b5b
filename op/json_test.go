package op_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// TestJSONRoundTrip: a list survives JSON, and so does its JSON.
func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := op.List(rapid.SliceOfN(anyOperation, 0, 4).Draw(t, "list"))
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got op.List
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(want, got, equateEmpty); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, text)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if len(want) > 0 && string(again) != string(text) {
			t.Fatalf("%s\nbecame\n%s", text, again)
		}
	})
}

// TestJSONOfTheSmallest pins the names that revisions, checksums and other
// tools rely on: the kind, and the fields that are always there.
func TestJSONOfTheSmallest(t *testing.T) {
	want := map[string]string{
		"create_table":      `"name":""`,
		"drop_table":        `"name":""`,
		"rename_table":      `"from":"","to":""`,
		"set_table_comment": `"table":""`,
		"add_column":        `"table":"","column":{"name":""}`,
		"drop_column":       `"table":"","column":""`,
		"rename_column":     `"table":"","from":"","to":""`,
		"alter_column":      `"table":"","from":{"name":""},"to":{"name":""}`,
		"create_index":      `"table":"","index":{"name":"","columns":null}`,
		"drop_index":        `"table":"","name":""`,
		"rename_index":      `"table":"","from":"","to":""`,
		"add_unique":        `"table":"","unique":{"columns":null}`,
		"drop_unique":       `"table":"","name":""`,
		"add_foreign_key":   `"table":"","foreign_key":{"columns":null,"ref_table":""}`,
		"drop_foreign_key":  `"table":"","name":""`,
		"add_check":         `"table":"","check":{"expr":""}`,
		"drop_check":        `"table":"","name":""`,
		"rename_constraint": `"table":"","from":"","to":""`,
		"add_primary_key":   `"table":"","columns":null`,
		"drop_primary_key":  `"table":""`,
		"create_enum":       `"name":"","values":null`,
		"drop_enum":         `"name":""`,
		"rename_enum":       `"from":"","to":""`,
		"add_enum_value":    `"enum":"","value":""`,
		"rename_enum_value": `"enum":"","from":"","to":""`,
		"alter_enum":        `"name":"","from":null,"to":null`,
		"create_view":       `"name":"","sql":""`,
		"drop_view":         `"name":""`,
		"alter_view":        `"from":{"name":"","sql":""},"to":{"name":"","sql":""}`,
		"exec":              `"sql":""`,
	}
	for _, kind := range kinds(t) {
		text := fmt.Sprintf(`[{"kind":%q}]`, kind)
		var list op.List
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if got := list[0].Kind(); got != kind || !reflect.ValueOf(list[0]).IsZero() {
			t.Errorf("%s decodes as %#v", text, list[0])
		}
		got, err := json.Marshal(list)
		if full := fmt.Sprintf(`[{"kind":%q,%s}]`, kind, want[kind]); err != nil || string(got) != full {
			t.Errorf("got  %s, %v\nwant %s", got, err, full)
		}
	}
}

func TestJSONOfASchema(t *testing.T) {
	text, err := json.Marshal(op.Schema{Tables: []op.Table{{
		Name: "books",
		Columns: []op.Column{
			{Name: "id", Type: op.Int(64), AutoIncrement: true},
			{Name: "seen", Type: op.Time(0).On("sqlite", "datetime"), Default: op.Expr("now()").On("mysql", "(now())")},
		},
		PrimaryKey: op.Columns("id"),
	}}})
	const want = `{"tables":[{"name":"books","columns":[` +
		`{"name":"id","type":{"word":"int","args":[64]},"auto_increment":true},` +
		`{"name":"seen","type":{"word":"time","args":[0],"on":[{"dialect":"sqlite","text":"datetime"}]},` +
		`"default":{"kind":"expr","text":"now()","on":[{"dialect":"mysql","text":"(now())"}]}}],` +
		`"primary_key":[{"column":"id"}]}]}`
	if err != nil || string(text) != want {
		t.Errorf("got  %s, %v\nwant %s", text, err, want)
	}
}

func TestJSONErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                        "cannot unmarshal",
		`[{"kind":"make_coffee"}]`:  `decoding operation 1: unknown kind of operation "make_coffee"`,
		`[{"kind":"exec"},{}]`:      `decoding operation 2: unknown kind of operation ""`,
		`[{"kind":"exec","sql":1}]`: "decoding operation 1",
		`[{"kind":1}]`:              "decoding operation 1",
		`[null]`:                    "decoding operation 1",
		`[{"kind":"exec"},{"kind":"Create_Table"}]`: `"Create_Table"`,
	} {
		list := op.List{op.DropTable{Name: "kept"}}
		err := json.Unmarshal([]byte(text), &list)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one that says %q", text, err, want)
		}
		if diff := cmp.Diff(op.List{op.DropTable{Name: "kept"}}, list); diff != "" {
			t.Errorf("%s: the list was changed:\n%s", text, diff)
		}
	}
}

// step is an operation of another package.
type step struct {
	op.Operation `json:"-"`
	Name         string `json:"name"`
}

func (step) Kind() string { return "my \"step\"" }

type number int

func (number) Kind() string           { return "number" }
func (number) String() string         { return "number" }
func (number) Apply(*op.Schema) error { return nil }

type hollow struct{ op.Operation }

func (hollow) Kind() string { return "hollow" }

func (hollow) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }

func TestJSONOfOtherOperations(t *testing.T) {
	text, err := json.Marshal(op.List{step{Name: "x"}, hollow{}})
	if want := `[{"kind":"my \"step\"","name":"x"},{"kind":"hollow"}]`; err != nil || string(text) != want {
		t.Errorf("got %s, %v; want %s", text, err, want)
	}
	if _, err := json.Marshal(op.List{number(1)}); err == nil || !strings.Contains(err.Error(), `"number": the operation is not a JSON object`) {
		t.Errorf("error %v", err)
	}
}

func TestNilOperation(t *testing.T) {
	list := op.List{op.Exec{SQL: "SELECT 1"}, nil}
	if _, err := list.Apply(op.Schema{}); err == nil || !strings.Contains(err.Error(), "step 2") {
		t.Errorf("Apply: error %v, want one that names step 2", err)
	}
	if _, err := (op.Revision{ID: "a", Up: list}).Checksum(); err == nil || !strings.Contains(err.Error(), "operation 2") {
		t.Errorf("Checksum: error %v, want one that names operation 2", err)
	}
}

func TestChecksumOfEmptyLists(t *testing.T) {
	with, err := op.Revision{Up: op.List{op.CreateTable{Name: "t", Columns: []op.Column{}}}, Down: op.List{}}.Checksum()
	if err != nil {
		t.Fatal(err)
	}
	without, err := op.Revision{Up: op.List{op.CreateTable{Name: "t"}}}.Checksum()
	if err != nil {
		t.Fatal(err)
	}
	if with != without {
		t.Errorf("an empty list changes the checksum: %s, %s", with, without)
	}
}

func TestUnnamedConstraintsMayBeSeveral(t *testing.T) {
	s := op.Schema{Tables: []op.Table{{Name: "t"}}}
	list := op.List{
		op.AddUnique{Table: "t", Unique: op.Unique{Columns: op.Columns("a")}},
		op.AddUnique{Table: "t", Unique: op.Unique{Columns: op.Columns("b")}},
		op.AddCheck{Table: "t", Check: op.Check{Expr: "a > 0"}},
		op.AddCheck{Table: "t", Check: op.Check{Expr: "b > 0"}},
		op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Columns: []string{"a"}, RefTable: "t"}},
		op.AddForeignKey{Table: "t", ForeignKey: op.ForeignKey{Columns: []string{"b"}, RefTable: "t"}},
	}
	got, err := list.Apply(s)
	if err != nil {
		t.Fatal(err)
	}
	if table := got.Tables[0]; len(table.Uniques) != 2 || len(table.Checks) != 2 || len(table.ForeignKeys) != 2 {
		t.Errorf("got %+v, want two of each", table)
	}
}
