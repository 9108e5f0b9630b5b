package cli_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/cli"
	"github.com/go-limbeck/limbeck/op"
)

// branched is a project with two branches with labels, of which the second
// depends on the first.
func branched(t *testing.T) cli.Config {
	t.Helper()
	c := books(t)
	c.Models = nil
	table := func(name string) op.Revision {
		return op.Revision{
			Up:   op.List{op.CreateTable{Name: name, Columns: []op.Column{{Name: "id", Type: op.Int(64), AutoIncrement: true}}, PrimaryKey: op.Columns("id")}},
			Down: op.List{op.DropTable{Name: name}},
		}
	}
	c.Revisions = nil
	for _, r := range []op.Revision{
		{ID: "aaa", Message: "create books"},
		{ID: "shop1", Parents: []string{"aaa"}, Labels: []string{"shop"}, Message: "create orders"},
		{ID: "shop2", Parents: []string{"shop1"}, Message: "create invoices"},
		{ID: "staff1", Parents: []string{"aaa"}, Labels: []string{"staff"}, Message: "create people"},
		{ID: "staff2", Parents: []string{"staff1"}, DependsOn: []string{"shop1"}, Message: "create sales"},
	} {
		made := table(r.Message[len("create "):])
		r.Up, r.Down, r.Created, r.File = made.Up, made.Down, "2026-11-23T10:00:00Z", r.ID+".go"
		c.Revisions = append(c.Revisions, r)
	}
	return c
}

func TestBranchesOfADatabase(t *testing.T) {
	const twoHeads = "\n  shop2  create invoices\n  staff2  create sales\n"
	play(t, branched(t), []step{
		{"heads", outcome{0, "shop2  create invoices (on shop, head)\nstaff2  create sales (on staff, head)\n", ""}},
		{"heads --resolve-dependencies", outcome{0, "shop2  create invoices (on shop, head)\nstaff2  create sales (on staff, head)\n", ""}},
		{"branches", outcome{0, "aaa  create books\n  -> shop1  create orders (on shop)\n  -> staff1  create people (on staff)\n", ""}},
		{"branches -v", outcome{0, "revision aaa\nparents  none\ncreated  2026-11-23T10:00:00Z\nfile     ../migrations/aaa.go\nmessage  create books\n", ""}},
		{"current --check-heads", outcome{2, "", "base: no revision is applied\n5 revisions are not applied; next: upgrade heads\n"}},
		{"upgrade head", outcome{1, "", "error: ambiguous target: there are 2 heads:" + twoHeads + "name one of them, take \"heads\" for all, or join them (merge)\n"}},
		{"upgrade staff@head", outcome{0, "applied aaa  create books (TIME)\napplied shop1  create orders (TIME)\napplied staff1  create people (TIME)\napplied staff2  create sales (TIME)\n", ""}},
		{"current", outcome{0, "staff2  create sales (on staff, head, current)\n", "1 revision is not applied; next: upgrade heads\n"}},
		{"upgrade shop@+1", outcome{0, "applied shop2  create invoices (TIME)\n", ""}},
		{"current --check-heads", outcome{0, "shop2  create invoices (on shop, head, current)\nstaff2  create sales (on staff, head, current)\n", ""}},
		{"downgrade -1", outcome{1, "", "error: ambiguous target \"-1\": the database is at 2 heads:" + twoHeads + "name the revision to go back to\n"}},
		{"downgrade shop@-1", outcome{0, "took back shop2  create invoices (TIME)\n", ""}},
		{"show shop@current", outcome{0, "revision shop1\nparents  aaa\nlabels   shop\ncreated  2026-11-23T10:00:00Z\nfile     ../migrations/shop1.go\nmessage  create orders\n\n" +
			"up\n+ create table orders\n    id int(64), auto-increment\n    primary key (id)\n\ndown\n- drop table orders\n", ""}},
		{"downgrade shop@base", outcome{0, "took back staff2  create sales (TIME)\ntook back shop1  create orders (TIME)\n", ""}},
		{"history -i", outcome{0, "staff2  not applied          create sales (on staff, head)\nstaff1  YYYY-MM-DD hh:mm:ss  create people (on staff, current)\n" +
			"shop2   not applied          create invoices (on shop, head)\nshop1   not applied          create orders (on shop)\naaa     YYYY-MM-DD hh:mm:ss  create books\n", ""}},
		{"stamp shop2 staff1", outcome{0, "", "stamped with shop2 staff1; nothing was run\n"}},
		{"stamp staff@-1", outcome{0, "", "stamped with staff@-1; nothing was run\n"}},
		{"stamp -1 --purge", outcome{1, "", "error: unknown target \"-1\": it counts from where the database is, which purging forgets; name a revision\n"}},
		{"stamp -1", outcome{0, "", "stamped with -1; nothing was run\n"}},
		{"current", outcome{0, "shop1  create orders (on shop, current)\n", "3 revisions are not applied; next: upgrade heads\n"}},
		{"stamp shop aaa", outcome{1, "", "error: ambiguous target \"shop aaa\": revision \"shop1\" (create orders, in shop1.go) builds on another of them; name it alone\n"}},
		{"stamp base", outcome{0, "", "stamped with base; nothing was run\n"}},
	})
}

func TestHistoryRanges(t *testing.T) {
	c := branched(t)
	all := "staff2  create sales (on staff, head)\nstaff1  create people (on staff)\nshop2  create invoices (on shop, head)\nshop1  create orders (on shop)\naaa  create books\n"
	play(t, c, []step{
		{"history", outcome{0, all, ""}},
		{"history -r :", outcome{0, all, ""}},
		{"history -r shop:shop@head", outcome{0, "shop2  create invoices (on shop, head)\nshop1  create orders (on shop)\n", ""}},
		{"history -r -1:staff@head", outcome{0, "staff2  create sales (on staff, head)\nstaff1  create people (on staff)\n", ""}},
		{"history --range=:shop1", outcome{0, "shop1  create orders (on shop)\naaa  create books\n", ""}},
		{"history -r staff1:shop2", outcome{1, "", "error: unknown target \"staff1:shop2\": what is after the colon does not build on what is before it\n"}},
		{"history -r shop1", outcome{1, "", "error: unknown target \"shop1\": a range has the form from:to, one of which may be left out\n"}},
		{"history -r :current", outcome{0, "", ""}},
		{"history -v -r staff2:", outcome{0, "revision staff2 (on staff, head)\nparents  staff1\nneeds    shop1\ncreated  2026-11-23T10:00:00Z\nfile     ../migrations/staff2.go\nmessage  create sales\n", ""}},
	})
	mustRun(t, c, "upgrade", "shop1")
	play(t, c, []step{
		{"history -r :current", outcome{0, "shop1  create orders (on shop, current)\naaa  create books\n", ""}},
		{"history -i -r current:", outcome{0, "staff2  not applied          create sales (on staff, head)\nshop2   not applied          create invoices (on shop, head)\nshop1   YYYY-MM-DD hh:mm:ss  create orders (on shop, current)\n", ""}},
	})
}

// TestVerboseCurrent tells who applied it, and how long that took.
func TestVerboseCurrent(t *testing.T) {
	c := branched(t)
	mustRun(t, c, "upgrade", "shop1")
	got := run(c, "current", "-v")
	got.Stdout = madeIn.ReplaceAllString(got.Stdout, "in TIME")
	want := outcome{0, "revision shop1 (on shop, current)\nparents  aaa\nlabels   shop\ncreated  2026-11-23T10:00:00Z\n" +
		"applied  YYYY-MM-DD hh:mm:ss in TIME, by version (devel)\nfile     ../migrations/shop1.go\nmessage  create orders\n", "3 revisions are not applied; next: upgrade heads\n"}
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// TestListsAsJSON: each list is one JSON value, an empty one too.
func TestListsAsJSON(t *testing.T) {
	c := branched(t)
	none := c
	none.Revisions = nil
	const shop1 = `{
    "id": "shop1",
    "parents": [
      "aaa"
    ],
    "labels": [
      "shop"
    ],
    "branches": [
      "shop"
    ],
    "message": "create orders",
    "created": "2026-11-23T10:00:00Z",
    "file": "shop1.go"
  }`
	play(t, none, []step{
		{"heads --json", outcome{0, "[]\n", ""}},
		{"branches --json", outcome{0, "[]\n", ""}},
		{"heads", outcome{0, "", "there are no revisions yet; next: revision --autogenerate\n"}},
		{"history --json", outcome{0, "[]\n", "there are no revisions yet; next: revision --autogenerate\n"}},
		{"current --json", outcome{0, "[]\n", "base: no revision is applied\n"}},
		{"show --json heads", outcome{0, "[]\n", ""}},
		{"show --json base", outcome{0, "[]\n", ""}},
	})
	play(t, c, []step{
		{"history --json -r shop1:shop1", outcome{0, "[\n  " + shop1 + "\n]\n", ""}},
	})
	if got := run(c, "branches", "--json"); got.Code != 0 || !contains(got.Stdout, `"children": [`, `"id": "staff1"`) {
		t.Errorf("%+v", got)
	}
	if got := run(c, "show", "heads", "--json"); got.Code != 0 || !contains(got.Stdout, `"id": "shop2"`, `"id": "staff2"`, `"kind": "create_table"`) {
		t.Errorf("%+v", got)
	}
}
