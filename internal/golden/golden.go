package golden

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// Check fails the test where got is not what the file at path holds, and shows
// the difference. The path is relative to the test's package, with slashes.
// With -update it writes the file, and the folder that it stands in.
func Check(t testing.TB, path string, got []byte) {
	t.Helper()
	check(t, filepath.FromSlash(path), got, *update)
}

func check(t testing.TB, path string, got []byte, write bool) {
	t.Helper()
	if write {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Errorf("updating golden file: %v", err)
		} else if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Errorf("updating golden file: %v", err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is no golden file %q; run this test with -update to write it", path)
		return
	}
	if err != nil {
		t.Errorf("reading golden file: %v", err)
		return
	}
	// As text, which go-cmp compares line by line.
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("not what %q holds (-file +got); run with -update if the change is meant:\n%s", path, diff)
	}
}
