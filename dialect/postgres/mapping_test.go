package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

// TestMappedOperations: every name of a table in every operation is mapped, and
// nothing else.
func TestMappedOperations(t *testing.T) {
	id := op.Column{Name: "s.id", Type: op.Raw("s.mood"), Comment: "s.t"}
	key := func(to string) op.ForeignKey {
		return op.ForeignKey{Name: "s.fk", Columns: []string{"s.id"}, RefTable: to, RefColumns: []string{"s.id"}}
	}
	for _, test := range []struct{ o, want op.Operation }{
		{op.CreateTable{Name: "s.t", Columns: []op.Column{id}, ForeignKeys: []op.ForeignKey{key("s.t"), key("u"), key("z.t")}},
			op.CreateTable{Name: "p_1.t", Columns: []op.Column{id}, ForeignKeys: []op.ForeignKey{key("p_1.t"), key("u"), key("p_2.t")}}},
		{op.DropTable{Name: "s.t"}, op.DropTable{Name: "p_1.t"}},
		{op.RenameTable{From: "s.t", To: "home.u"}, op.RenameTable{From: "p_1.t", To: "p.u"}},
		{op.SetTableComment{Table: "s.t", From: "s.t", To: "s.u"}, op.SetTableComment{Table: "p_1.t", From: "s.t", To: "s.u"}},
		{op.AddColumn{Table: "s.t", Column: id}, op.AddColumn{Table: "p_1.t", Column: id}},
		{op.DropColumn{Table: "s.t", Column: "s.t"}, op.DropColumn{Table: "p_1.t", Column: "s.t"}},
		{op.RenameColumn{Table: "s.t", From: "s.a", To: "s.b"}, op.RenameColumn{Table: "p_1.t", From: "s.a", To: "s.b"}},
		{op.AlterColumn{Table: "s.t", From: id, To: id}, op.AlterColumn{Table: "p_1.t", From: id, To: id}},
		{op.CreateIndex{Table: "s.t", Index: op.Index{Name: "s.i", Columns: op.Columns("s.id")}}, op.CreateIndex{Table: "p_1.t", Index: op.Index{Name: "s.i", Columns: op.Columns("s.id")}}},
		{op.RenameIndex{Table: "s.t", From: "s.i", To: "s.j"}, op.RenameIndex{Table: "p_1.t", From: "s.i", To: "s.j"}},
		{op.AddForeignKey{Table: "t", ForeignKey: key("s.t")}, op.AddForeignKey{Table: "t", ForeignKey: key("p_1.t")}},
		{op.RenameConstraint{Table: "s.t", From: "s.a", To: "s.b"}, op.RenameConstraint{Table: "p_1.t", From: "s.a", To: "s.b"}},
		{op.DropTable{Name: "t"}, op.DropTable{Name: "t"}},
	} {
		m := &mapping{place: "p", home: "home"}
		got, err := m.operation(test.o)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v (-want +got)\n%s", test.o, diff)
		}
	}
}

func TestPropertyMappingGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &mapping{place: "limbeck_place", home: "home"}
		names := rapid.SliceOfN(rapid.StringMatching(`(home|[a-c]{1,2}|Odd "one")\.[a-c]{1,3}`), 1, 30).Draw(t, "names")
		mapped := map[string]string{}
		for _, name := range names {
			to := m.to(name)
			if was, ok := mapped[to]; ok && was != name {
				t.Fatalf("%q and %q are both %q", was, name, to)
			}
			mapped[to] = name
			if back := m.from(to); back != name {
				t.Fatalf("%q is %q and then %q", name, to, back)
			}
			if got := m.AsLive("DROP TABLE " + quoteTable(to)); got != "DROP TABLE "+quoteTable(name) {
				t.Fatalf("%q is shown as %s", name, got)
			}
		}
	})
}
