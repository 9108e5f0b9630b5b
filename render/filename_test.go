package render_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

func TestFileName(t *testing.T) {
	const noon, id = "2026-11-23T10:15:02Z", "3f9a1c07b2d4"
	for _, test := range []struct{ created, message, id, want string }{
		{noon, "create books", id, "20261123101502_create_books_3f9a1c07b2d4.go"},
		{noon, "Create Books!", id, "20261123101502_create_books_3f9a1c07b2d4.go"},
		{noon, "  add isbn, pages to books ", id, "20261123101502_add_isbn_pages_to_books_3f9a1c07b2d4.go"},
		{noon, "user_id → account__id", id, "20261123101502_user_id_account_id_3f9a1c07b2d4.go"},
		{noon, "../../etc/passwd\x00\n", id, "20261123101502_etc_passwd_3f9a1c07b2d4.go"},
		{noon, "", id, "20261123101502_3f9a1c07b2d4.go"},
		{noon, "図書を作る", id, "20261123101502_3f9a1c07b2d4.go"},
		{noon, "café\xff", id, "20261123101502_caf_3f9a1c07b2d4.go"},
		{noon, "for linux_test", id, "20261123101502_for_linux_test_3f9a1c07b2d4.go"},
		// 40 characters at most, cut at a word.
		{noon, "abcdefghi abcdefghi abcdefghi abcdefghij", id, "20261123101502_abcdefghi_abcdefghi_abcdefghi_abcdefghij_3f9a1c07b2d4.go"},
		{noon, "abcdefghi abcdefghi abcdefghi abcdefghijk", id, "20261123101502_abcdefghi_abcdefghi_abcdefghi_3f9a1c07b2d4.go"},
		{noon, "abcdefghi abcdefghi abcdefghi abcdefghij k", id, "20261123101502_abcdefghi_abcdefghi_abcdefghi_abcdefghij_3f9a1c07b2d4.go"},
		{noon, strings.Repeat("a", 50), id, "20261123101502_" + strings.Repeat("a", 40) + "_3f9a1c07b2d4.go"},
		// In UTC.
		{"2026-11-23T01:15:02+02:00", "x", id, "20261122231502_x_3f9a1c07b2d4.go"},
		{"2026-11-23T10:15:02.999Z", "x", id, "20261123101502_x_3f9a1c07b2d4.go"},
		// Ids given by hand.
		{noon, "x", "0001", "20261123101502_x_0001.go"},
		{noon, "x", "First-One_2", "20261123101502_x_First-One_2.go"},
		{noon, "x", "testing", "20261123101502_x_testing.go"},
		{noon, "x", "linux_x", "20261123101502_x_linux_x.go"},
	} {
		got, err := render.FileName(op.Revision{ID: test.id, Created: test.created, Message: test.message})
		if err != nil || got != test.want {
			t.Errorf("%q at %s: %q, %v; want %q", test.message, test.created, got, err, test.want)
		}
	}
}

func TestFileNameErrors(t *testing.T) {
	const noon = "2026-11-23T10:15:02Z"
	for _, test := range []struct{ created, id, want string }{
		{"", "3f9a", "2026-11-23T10:15:02Z"},
		{"yesterday", "3f9a", `"yesterday"`},
		{"2026-11-23 10:15:02", "3f9a", "want a time"},
		{noon, "", "no id"},
		{noon, "a/b", `'/'`},
		{noon, `a\b`, `'\\'`},
		{noon, "..", `'.'`},
		{noon, "a b", `' '`},
		{noon, "a\x00", `'\x00'`},
		{noon, "ä", `'ä'`},
		{noon, "a\xff", "in it"},
		{noon, "test", "skip"},
		{noon, "x_test", "skip"},
		{noon, "linux", "skip"},
		{noon, "windows", "skip"},
		{noon, "amd64", "skip"},
		{noon, "wasm", "skip"},
		{noon, "first_darwin_arm64", "skip"},
		{noon, "first_arm64", "skip"},
	} {
		got, err := render.FileName(op.Revision{ID: test.id, Created: test.created, Message: "create books"})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("id %q at %q: %q, error %v; want one that says %q", test.id, test.created, got, err, test.want)
		}
	}
}

// TestFileNamesAreSafe: whatever the message, the name is one plain element of
// a path.
func TestFileNamesAreSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, err := render.FileName(op.Revision{
			ID: "3f9a1c07b2d4", Created: "2026-11-23T10:15:02Z", Message: rapid.OneOf(anyText, rapid.StringMatching(`[A-Za-z0-9_ ]{0,90}`)).Draw(t, "message"),
		})
		if err != nil {
			t.Fatal(err)
		}
		slug, ok := strings.CutPrefix(name, "20261123101502_")
		if !ok {
			t.Fatal(name)
		}
		slug, ok = strings.CutSuffix(slug, "3f9a1c07b2d4.go")
		if !ok || len(slug) > 41 || strings.Trim(slug, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || strings.Contains(slug, "__") {
			t.Fatal(name)
		}
	})
}
