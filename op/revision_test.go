package op_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// TestChecksum pins digests: databases hold them, so they never change for a
// revision that does not.
func TestChecksum(t *testing.T) {
	create := op.CreateTable{
		Name: "books",
		Columns: []op.Column{
			{Name: "id", Type: op.Int(64), AutoIncrement: true},
			{Name: "title", Type: op.String(100).On("mysql", "varchar(99)"), NotNull: true, Default: op.Literal("<&>")},
			{Name: "no", Type: op.Uint(64), Default: op.Literal(uint64(18446744073709551615))},
		},
		PrimaryKey: op.Columns("id"),
	}
	for _, test := range []struct {
		name string
		r    op.Revision
		want string
	}{
		{"nothing", op.Revision{ID: "a"}, "v1:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},
		{"up", op.Revision{ID: "a", Up: op.List{create}}, "v1:348be0ba8adffafb6f7780f7c9afa52eb48e3d0cb845a9d29182982675fb6424"},
		{"up and down", op.Revision{ID: "a", Up: op.List{create}, Down: op.List{op.DropTable{Name: "books"}}}, "v1:690b3fdffad9689d5497af72d2fad8bfec42a6f8ca86ce906222331733d665a4"},
		{"another package's step", op.Revision{ID: "a", Up: op.List{step{Name: "x"}}}, "v1:e442a727ada70fd086d5b864bb755ac44a4d8e578623d4c7370618e6dfe90c71"},
	} {
		if got, err := test.r.Checksum(); err != nil || got != test.want {
			t.Errorf("%s: %q, %v; want %q", test.name, got, err, test.want)
		}
	}
}

// TestChecksumIsOfTheWork: names and dates may be mended, the work may not.
func TestChecksumIsOfTheWork(t *testing.T) {
	sum := func(r op.Revision) string {
		t.Helper()
		text, err := r.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	step := op.DropTable{Name: "books"}
	want := sum(op.Revision{Up: op.List{step}})
	if got := sum(op.Revision{
		ID: "a", Parents: []string{"b"}, DependsOn: []string{"c"}, Labels: []string{"d"}, Created: "e", Message: "f", File: "g", Up: op.List{step},
	}); got != want {
		t.Errorf("what is not work changes the checksum")
	}
	seen := map[string]string{}
	for name, r := range map[string]op.Revision{
		"nothing":      {},
		"up":           {Up: op.List{step}},
		"down":         {Down: op.List{step}},
		"twice":        {Up: op.List{step, step}},
		"another name": {Up: op.List{op.DropTable{Name: "Books"}}},
		"another kind": {Up: op.List{op.CreateTable{Name: "books"}}},
		"large number": {Up: op.List{op.AddColumn{Column: op.Column{Type: op.Int(1<<53 + 1)}}}},
		"and its even": {Up: op.List{op.AddColumn{Column: op.Column{Type: op.Int(1 << 53)}}}},
		"order":        {Up: op.List{op.Exec{SQL: "a"}, op.Exec{SQL: "b"}}},
		"other order":  {Up: op.List{op.Exec{SQL: "b"}, op.Exec{SQL: "a"}}},
	} {
		text := sum(r)
		if other, ok := seen[text]; ok {
			t.Errorf("%s and %s have one checksum", name, other)
		}
		seen[text] = name
		if digits, ok := strings.CutPrefix(text, "v1:"); !ok || len(digits) != 64 {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestChecksumsDiffer: no two lists that differ have one checksum, and no list
// has two.
func TestChecksumsDiffer(t *testing.T) {
	seen := map[string]op.List{}
	rapid.Check(t, func(t *rapid.T) {
		list := op.List(rapid.SliceOfN(anyOperation, 0, 2).Draw(t, "list"))
		sum, err := op.Revision{Up: list}.Checksum()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := (op.Revision{Up: list}).Checksum(); err != nil || again != sum {
			t.Fatalf("%s, then %s, %v", sum, again, err)
		}
		if other, ok := seen[sum]; ok && !cmp.Equal(list, other, equateEmpty) {
			t.Fatalf("one checksum:\n%#v\n%#v", list, other)
		}
		seen[sum] = list
	})
}

func TestChecksumErrors(t *testing.T) {
	_, err := op.Revision{ID: "3f9a", Down: op.List{number(1)}}.Checksum()
	if err == nil || !strings.Contains(err.Error(), `taking the checksum of revision "3f9a"`) || !strings.Contains(err.Error(), `"number"`) {
		t.Errorf("error %v, want the revision's id and the operation's kind", err)
	}
}

// TestListApplyNamesTheStep that does not fit, and returns no schema.
func TestListApplyNamesTheStep(t *testing.T) {
	got, err := op.List{
		op.DropTable{Name: "notes"},
		op.AddColumn{Table: "notes", Column: op.Column{Name: "x", Type: op.Text()}},
	}.Apply(library())
	const want = `applying step 2, add column notes.x (text): the step does not fit the schema: there is no table "notes"`
	if err == nil || err.Error() != want || !errors.Is(err, op.ErrConflict) {
		t.Errorf("error %v\nwant  %s", err, want)
	}
	if diff := cmp.Diff(op.Schema{}, got); diff != "" {
		t.Errorf("a schema came with the error:\n%s", diff)
	}
}

func TestEmptyListApply(t *testing.T) {
	got, err := op.List(nil).Apply(library())
	if diff := cmp.Diff(library(), got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestRevisionsAdd(t *testing.T) {
	var r op.Revisions
	r.Add()
	r.Add(op.Revision{ID: "a"})
	r.Add(op.Revision{ID: "b"}, op.Revision{ID: "a"}) // that one is repeated is said later
	r.Add(op.Revision{ID: "c", File: "elsewhere.go"})
	const here = "revision_test.go"
	want := op.Revisions{{ID: "a", File: here}, {ID: "b", File: here}, {ID: "a", File: here}, {ID: "c", File: "elsewhere.go"}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Error(diff)
	}
}
