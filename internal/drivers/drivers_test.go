package drivers

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	// What the program is tested for is linked into this test, which go test
	// would otherwise not repeat when it changes.
	_ "github.com/go-limbeck/limbeck/autogen"
	_ "github.com/go-limbeck/limbeck/migrate"
)

// TestBothDrivers runs one program over both drivers, compiled with C and
// without. What it generates, and what it makes of a database, has to be the
// same to the letter.
func TestBothDrivers(t *testing.T) {
	if testing.Short() {
		t.Skip("skipping in short mode: SQLite in Go takes minutes to compile the first time")
	}
	readSources(t)
	withC, withoutC := build(t, "1"), build(t, "0")
	want, err := run(withC, "work", "mattn", filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatalf("%v\n%s", err, want)
	}
	for _, needed := range []string{"2 rows of table \"books\" have values in (author_id)", "\nbooks | 4\n", "== up again\n", "chk_books_title"} {
		if !strings.Contains(want, needed) {
			t.Errorf("the program does not say %q:\n%s", needed, want)
		}
	}
	for name, program := range map[string]string{"with C": withC, "without C": withoutC} {
		t.Run("modernc "+name, func(t *testing.T) {
			got, err := run(program, "work", "modernc", filepath.Join(t.TempDir(), "test.db"))
			if err != nil {
				t.Fatalf("%v\n%s", err, got)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-mattn +modernc:\n%s", diff)
			}
		})
	}
	committed := files(t, "program/migrations")
	for _, driver := range []string{"mattn", "modernc"} {
		t.Run("generate "+driver, func(t *testing.T) {
			folder := t.TempDir()
			if out, err := run(withC, "generate", driver, folder); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if diff := cmp.Diff(committed, files(t, folder)); diff != "" {
				t.Errorf("-committed +generated (the package comment says how to write them anew):\n%s", diff)
			}
		})
	}
	if out, err := run(withoutC, "work", "mattn", filepath.Join(t.TempDir(), "test.db")); err == nil || !strings.Contains(out, "requires cgo") {
		t.Errorf("compiled without C, the driver in C works all the same: %v\n%s", err, out)
	}
}

// build compiles the program, with a C compiler or without.
func build(t *testing.T, cgo string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "program"+cgo)
	cmd := exec.Command("go", "build", "-C", "program", "-buildvcs=false", "-o", path, ".")
	// A workspace around the module would not know of the program's own.
	cmd.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED="+cgo)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return path
	}
	unreachable := slices.ContainsFunc([]string{"dial tcp", "no such host", "i/o timeout", "GOPROXY=off", "proxyconnect"}, func(sign string) bool {
		return strings.Contains(string(out), sign)
	})
	if os.Getenv("CI") != "true" && unreachable {
		t.Skipf("\n*** SKIPPED: NOTHING IS TESTED HERE ***\nthe drivers cannot be downloaded: %s", out)
	}
	t.Fatalf("compiling the program: %v\n%s\nif that asks for updates to go.mod: go mod tidy -C internal/drivers/program", err, out)
	return ""
}

func run(program string, args ...string) (string, error) {
	out, err := exec.Command(program, args...).CombinedOutput()
	return string(out), err
}

// version is where a file says which SQLite it was verified on.
var version = regexp.MustCompile(`on sqlite [0-9.]+`)

// files returns the files of a folder by name.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list[filepath.Base(path)] = version.ReplaceAllString(string(text), "on sqlite")
	}
	return list
}

// readSources opens the program's files: go test does not repeat a result while
// those that the test itself has read stay the same.
func readSources(t *testing.T) {
	t.Helper()
	for _, pattern := range []string{"program/*", "program/*/*.go"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if info, err := os.Stat(path); err == nil && info.IsDir() {
				continue
			}
			if _, err := os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}
