package cli_test

import (
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/op"
)

func TestMessageOfSeveralLines(t *testing.T) {
	c := books(t)
	several := createBooks
	several.Message = "create books\n\n\tand nothing else"
	c.Revisions = op.Revisions{several}
	play(t, c, []step{
		{"history -i", outcome{0, "aaa111  not applied          create books and nothing else (head)\n", ""}},
		{"heads", outcome{0, "aaa111  create books and nothing else (head)\n", ""}},
		{"check", outcome{2, "not applied: aaa111  create books and nothing else (head)\n", "next: upgrade head; or, if the schema is there already, stamp head\n"}},
		{"upgrade head", outcome{0, "applied aaa111  create books and nothing else (TIME)\n", ""}},
		{"current", outcome{0, "aaa111  create books and nothing else (head, current)\n", ""}},
	})
	if got := run(c, "current", "--json").Stdout; !strings.Contains(got, `"create books\n\n\tand nothing else"`) {
		t.Errorf("machines get another message: %s", got)
	}
}

// TestUpgradeTakesNoStepsBack: a target that looks like a flag is one all the
// same, and the error is about targets.
func TestUpgradeTakesNoStepsBack(t *testing.T) {
	help := run(books(t), "help", "upgrade").Stdout
	play(t, books(t), []step{
		{"upgrade -1", outcome{1, "", "error: unknown target \"-1\" for an upgrade; \"base\" and \"-n\" are for downgrade\n"}},
		{"upgrade --help", outcome{0, help, ""}},
		{"upgrade -x", outcome{64, "", "error: unknown shorthand flag: 'x' in -x; see limbeck upgrade --help\n"}},
	})
}

// TestUpgradeOfWhatIsThere: a schema made by other means is stamped.
func TestUpgradeOfWhatIsThere(t *testing.T) {
	c := books(t)
	const next = "\nnext: if all that it makes is there already, say so: stamp "
	mustRun(t, c, "upgrade", "head")
	mustRun(t, c, "stamp", "base")
	if got := run(c, "upgrade", "head"); got.Code != 1 || !strings.Contains(got.Stderr, "already exists") || !strings.HasSuffix(got.Stderr, next+"aaa111\n") {
		t.Errorf("a table that is there: %+v", got)
	}
	mustRun(t, c, "stamp", "aaa111")
	if got := run(c, "upgrade", "head"); got.Code != 1 || !strings.HasSuffix(got.Stderr, next+"bbb222\n") {
		t.Errorf("a column that is there: %+v", got)
	}
	mustRun(t, c, "stamp", "bbb222")
	// Elsewhere the advice would be a wrong one.
	c.Revisions = append(c.Revisions, op.Revision{ID: "ccc333", Parents: []string{"bbb222"}, Up: op.List{op.Exec{SQL: "CREATE TABLE books (id)"}}, Down: op.List{
		op.CreateTable(op.Table{Name: "books", Columns: []op.Column{{Name: "id", Type: op.Int(64)}}})}})
	if got := run(c, "upgrade", "head"); got.Code != 1 || strings.Contains(got.Stderr, "next:") {
		t.Errorf("by Exec: %+v", got)
	}
	mustRun(t, c, "stamp", "head")
	if got := run(c, "downgrade", "-1"); got.Code != 1 || !strings.Contains(got.Stderr, "already exists") || strings.Contains(got.Stderr, "next:") {
		t.Errorf("downgrade: %+v", got)
	}
}
