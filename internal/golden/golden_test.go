package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorder stands for a test that is expected to fail.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestCheck(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "new", "a.golden")

	for _, step := range []struct {
		name  string
		got   string
		write bool
		want  []string // parts of the one error; none for success
	}{
		{"missing", "one\ntwo\n", false, []string{"there is no golden file", "-update"}},
		{"update writes", "one\ntwo\n", true, nil},
		{"same", "one\ntwo\n", false, nil},
		{"other", "one\n2\n", false, []string{"a.golden", "-update", "two", "2"}},
		{"one byte more", "one\ntwo\n ", false, []string{"a.golden"}},
		{"update overwrites", "one\n2\n", true, nil},
		{"same again", "one\n2\n", false, nil},
	} {
		r := &recorder{TB: t}
		check(r, path, []byte(step.got), step.write)
		if step.want == nil {
			if len(r.errors) > 0 {
				t.Errorf("%s: %s", step.name, r.errors)
			}
			continue
		}
		if len(r.errors) != 1 {
			t.Fatalf("%s: %d errors, want one: %q", step.name, len(r.errors), r.errors)
		}
		for _, part := range step.want {
			if !strings.Contains(r.errors[0], part) {
				t.Errorf("%s: the error does not say %q:\n%s", step.name, part, r.errors[0])
			}
		}
	}
}

func TestCheckReportsWhatCannotBeReadOrWritten(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"a folder":     folder,
		"below a file": filepath.Join(file, "a.golden"),
	} {
		r := &recorder{TB: t}
		check(r, path, []byte("x"), true)
		if len(r.errors) != 1 {
			t.Errorf("writing %s: %d errors, want one: %q", name, len(r.errors), r.errors)
		}
	}
	r := &recorder{TB: t}
	check(r, folder, []byte("x"), false)
	if len(r.errors) != 1 {
		t.Errorf("reading a folder: %d errors, want one: %q", len(r.errors), r.errors)
	}
}

func TestCheckComparesWithTheFile(t *testing.T) {
	Check(t, "testdata/hello.golden", []byte("hello\n"))
	if *update {
		return // the next line would spoil the file
	}
	r := &recorder{TB: t}
	Check(r, "testdata/hello.golden", []byte("goodbye\n"))
	if len(r.errors) != 1 {
		t.Errorf("%d errors, want one: %q", len(r.errors), r.errors)
	}
}
