package op_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// slowChecksum is the rule, word for word: through maps, which encode with
// sorted keys, and numbers stay as written.
func slowChecksum(t *rapid.T, r op.Revision) string {
	text, err := json.Marshal(struct {
		Up   op.List `json:"up,omitzero"`
		Down op.List `json:"down,omitzero"`
	}{r.Up, r.Down})
	if err != nil {
		t.Fatal(err)
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	if text, err = json.Marshal(withoutEmpty(value)); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return "v1:" + hex.EncodeToString(sum[:])
}

// withoutEmpty removes members that are null, or lists or objects with nothing
// in them.
func withoutEmpty(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, member := range v {
			if member = withoutEmpty(member); isEmpty(member) {
				delete(v, key)
			} else {
				v[key] = member
			}
		}
	case []any:
		for i := range v {
			v[i] = withoutEmpty(v[i])
		}
	}
	return value
}

func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// strange is an operation that writes any JSON.
type strange struct{ text string }

func (strange) Kind() string                   { return "strange" }
func (strange) String() string                 { return "strange" }
func (strange) Apply(*op.Schema) error         { return nil }
func (s strange) MarshalJSON() ([]byte, error) { return []byte(s.text), nil }

func TestChecksumKeepsItsRule(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "a", "\\", `"`, "<b>&", "\u2028", "\xff", "\ufffd", "\n\t\x00", "é", `\u0041`}))
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		leaves := []*rapid.Generator[any]{
			text.AsAny(), rapid.Float64().AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny(), rapid.Just[any](nil), rapid.Just[any](json.Number("1.50e+3")),
		}
		if depth > 0 {
			leaves = append(leaves, rapid.SliceOfN(value(depth-1), 0, 3).AsAny(), rapid.MapOfN(text, value(depth-1), 0, 4).AsAny())
		}
		return rapid.OneOf(leaves...)
	}
	rapid.Check(t, func(t *rapid.T) {
		var list op.List
		for _, members := range rapid.SliceOfN(rapid.MapOfN(text, value(3), 0, 4), 0, 3).Draw(t, "steps") {
			b, err := json.Marshal(members)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, strange{string(b)})
		}
		list = append(list, op.Exec{SQL: text.Draw(t, "sql")}, op.CreateTable{
			Name: text.Draw(t, "name"), Columns: []op.Column{{Name: "c", Type: op.String(rapid.Int().Draw(t, "n")), Comment: text.Draw(t, "comment")}},
		})
		r := op.Revision{Up: list, Down: rapid.SampledFrom([]op.List{nil, {}, {op.DropTable{}}}).Draw(t, "down")}
		got, err := r.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		if want := slowChecksum(t, r); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
	for _, text := range []string{` { "b" : [ 1 , { } ] , "a" : "\/" } `, `{"a":1,"a":2}`, `{"a":1,"\u0061":[]}`, `{"a":"\u003c\ud83d\ude00"}`, `{"b":{"c":{"d":null}}}`} {
		r := op.Revision{Up: op.List{strange{text}}}
		got, err := r.Checksum()
		rapid.Check(t, func(t *rapid.T) {
			if want := slowChecksum(t, r); err != nil || got != want {
				t.Errorf("%s: %s, want %s, %v", text, got, want, err)
			}
		})
	}
}

// TestChecksumOfEveryVerb: what is written from the fields is what goes through
// JSON, for every verb and every field.
func TestChecksumOfEveryVerb(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := op.Revision{Up: rapid.SliceOfN(anyOperation, 0, 4).Draw(t, "up"), Down: rapid.SliceOfN(anyOperation, 0, 2).Draw(t, "down")}
		got, err := r.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		if want := slowChecksum(t, r); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

// TestChecksums: each operation has its own, whatever stands before it.
func TestChecksums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := op.List(rapid.SliceOfN(anyOperation, 0, 5).Draw(t, "operations"))
		list = append(list, strange{`{"a":[1,2]}`})
		got, err := list.Checksums()
		if err != nil || len(got) != len(list) {
			t.Fatal(got, err)
		}
		for i := range list {
			if want := slowChecksum(t, op.Revision{Up: list[i : i+1]}); got[i] != want {
				t.Errorf("operation %d: %s, want %s", i+1, got[i], want)
			}
		}
	})
}

// TestChecksumAllocatesLittle: a program takes the checksums of all its revisions
// at start-up. A table more costs no more than room for its text.
func TestChecksumAllocatesLittle(t *testing.T) {
	count := func(n int) float64 {
		table := op.CreateTable{
			Name:        "t",
			Columns:     []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}, {Name: "title", Type: op.String(100), Default: op.Literal("x")}},
			PrimaryKey:  op.Columns("id"),
			Indexes:     []op.Index{{Name: "i", Columns: op.Columns("title")}},
			ForeignKeys: []op.ForeignKey{{Columns: []string{"id"}, RefTable: "u"}},
		}
		r := op.Revision{Up: slices.Repeat(op.List{table}, n), Down: slices.Repeat(op.List{op.DropTable{Name: "t"}}, n)}
		return testing.AllocsPerRun(3, func() {
			if _, err := r.Checksum(); err != nil {
				t.Fatal(err)
			}
		})
	}
	if more := count(200) - count(100); more > 20 {
		t.Errorf("%.0f allocations for 100 tables more", more)
	}
}
