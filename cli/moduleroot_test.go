package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFromRoot(t *testing.T) {
	root := realPath(t, t.TempDir())
	deep := filepath.Join(root, "cmd", "migrate")
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	absolute := filepath.Join(root, "other", "test.db")
	want := func(folder, path, want string) {
		t.Helper()
		t.Chdir(folder)
		if got := FromRoot(path); got != want {
			t.Errorf("in %s, %q becomes %q, want %q", folder, path, got, want)
		}
	}
	// A deployed program has no go.mod near it.
	want(deep, "test.db", "test.db")
	want(deep, absolute, absolute)
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module x\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{root, deep} {
		want(folder, "test.db", filepath.Join(root, "test.db"))
		want(folder, filepath.Join("data", "test.db"), filepath.Join(root, "data", "test.db"))
		want(folder, absolute, absolute)
	}
}

// realPath is the folder as os.Getwd will name it.
func realPath(t *testing.T, path string) string {
	t.Helper()
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	return real
}
