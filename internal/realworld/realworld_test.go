package realworld

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-limbeck/limbeck/internal/realworld/harness"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/op"
)

// programs are the folders here. Where one names an older version, that is
// where its revisions begin.
var programs = []struct{ name, project, older string }{
	{"gotify28", "gotify v2.8.0", ""},
	{"gotify29", "gotify v2.9.1", "gotify28"},
	{"oneapi", "one-api v0.6.10", ""},
	{"goval09", "goval-dictionary v0.9.2", ""},
	{"goval12", "goval-dictionary v0.12.0", "goval09"},
	{"casbin", "casbin gorm-adapter v3.41.0", ""},
}

func TestRealProjects(t *testing.T) {
	if testing.Short() {
		t.Skip("skipping in short mode: the programs of the real projects take a minute to compile")
	}
	// The programs are compiled behind the back of go test, which repeats an old
	// result as long as this test's own binary stays the same. This call links
	// what they are tested for into it.
	if err := harness.Run(t.Context(), harness.Project{}, nil); err == nil {
		t.Fatal("the harness runs without arguments")
	}
	var report strings.Builder
	built, folder := map[string]string{}, t.TempDir()
	// program returns the path of a program, compiled once.
	program := func(t *testing.T, name string) string {
		if built[name] == "" {
			built[name] = build(t, folder, name)
		}
		return built[name]
	}
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			began := time.Now()
			program(t, p.name)
			fmt.Fprintf(&report, "%-28s compiled in %s\n", p.project, time.Since(began).Round(time.Second/10))
			testdb.Each(t, func(t *testing.T, dialect string) {
				trial := func(name, what string, test func(t *testing.T) (tables int)) {
					verdict, tables := "skipped", 0
					ok := t.Run(name, func(t *testing.T) {
						tables = test(t)
						verdict = "equal"
					})
					if !ok {
						verdict = "DIFFERS"
					}
					fmt.Fprintf(&report, "%-28s %-9s %2d tables  %s: %s\n", p.project, dialect, tables, what, verdict)
				}
				trial("conform", "as AutoMigrate", func(t *testing.T) int {
					folder := t.TempDir()
					run(t, program(t, p.name), "conform", dialect, folder, 2)
					return generated(t, folder, 1)
				})
				if p.older == "" {
					return
				}
				trial("follow", "from "+p.older, func(t *testing.T) int {
					folder, old := t.TempDir(), database(t, dialect)
					run(t, program(t, p.older), "begin", dialect, folder, 0, old)
					run(t, program(t, p.name), "follow", dialect, folder, 1, old)
					return generated(t, folder, 2)
				})
			})
		})
	}
	t.Logf("\n%s", &report)
}

// build compiles the program of that name into a folder and returns its path.
func build(t *testing.T, folder, name string) string {
	t.Helper()
	// go test notes which files a test reads, and does not repeat an old result
	// when one of them has changed.
	for _, source := range []string{"main.go", "go.mod", "go.sum"} {
		if _, err := os.ReadFile(filepath.Join(name, source)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(folder, name)
	out, err := goBuild(name, path)
	if err == nil {
		return path
	}
	reason := fmt.Sprintf("compiling %q: %v\n%s", name, err, out)
	if os.Getenv("CI") != "true" && unreachable(out) {
		t.Skipf("\n*** SKIPPED: NOTHING IS TESTED HERE ***\nthe project cannot be downloaded; %s", reason)
	}
	t.Fatalf("%s\nif that asks for updates to go.mod: go mod tidy -C internal/realworld/%s", reason, name)
	return ""
}

// goBuild compiles the program in a folder and returns what the go command
// says.
func goBuild(folder, output string) (string, error) {
	cmd := exec.Command("go", "build", "-C", folder, "-buildvcs=false", "-o", output, ".")
	// A workspace around the module would not know of the program's own.
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// unreachable reports whether the go command says that it needs the network
// and has none.
func unreachable(out string) bool {
	for _, sign := range []string{"dial tcp", "no such host", "i/o timeout", "TLS handshake timeout", "GOPROXY=off", "proxyconnect"} {
		if strings.Contains(out, sign) {
			return true
		}
	}
	return false
}

// TestUnreachable: a test is skipped for want of a network, and for nothing
// else.
func TestUnreachable(t *testing.T) {
	broken := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module broken\n", "main.go": "package main\n\nfunc main() { missing() }\n"} {
		if err := os.WriteFile(filepath.Join(broken, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := goBuild(broken, os.DevNull); err == nil || unreachable(out) {
		t.Errorf("a program that does not compile: %v, unreachable is %v:\n%s", err, unreachable(out), out)
	}
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOPROXY", "http://127.0.0.1:1") // where nobody listens
	if out, err := goBuild("gotify28", os.DevNull); err == nil || !unreachable(out) {
		t.Errorf("without a network: %v, unreachable is %v:\n%s", err, unreachable(out), out)
	}
	t.Setenv("GOPROXY", "off")
	if out, err := goBuild("gotify28", os.DevNull); err == nil || !unreachable(out) {
		t.Errorf("with GOPROXY=off: %v, unreachable is %v:\n%s", err, unreachable(out), out)
	}
}

// run runs a program on the databases that are named and on some empty ones,
// and fails the test with the differences that it finds.
func run(t *testing.T, path, verb, dialect, folder string, empty int, dsns ...string) {
	t.Helper()
	if dialect == "mysql" {
		empty++ // the scratch database
	}
	for range empty {
		dsns = append(dsns, database(t, dialect))
	}
	args := append([]string{verb, dialect, folder}, dsns...)
	cmd := exec.Command(path, args...)
	// Some projects write files where they are run.
	cmd.Dir = t.TempDir()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(path), verb, err, &stderr)
	}
}

// database returns the DSN of an empty database.
func database(t *testing.T, dialect string) string {
	t.Helper()
	switch dialect {
	case "postgres":
		return testdb.Postgres(t)
	case "mysql":
		return testdb.MySQL(t)
	}
	return filepath.Join(t.TempDir(), "test.db")
}

// generated makes sure that a folder has so many revisions, and that their
// files compile. It returns how many tables they create.
func generated(t *testing.T, folder string, count int) (tables int) {
	t.Helper()
	revisions, err := harness.Revisions(folder)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	if len(revisions) != count || len(files) != count+1 {
		t.Fatalf("%d revisions in the files %q, want %d", len(revisions), files, count)
	}
	if out, err := exec.Command("go", append([]string{"build", "-o", os.DevNull}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("compiling what was generated: %v\n%s", err, out)
	}
	for _, r := range revisions {
		for _, o := range r.Up {
			if _, ok := o.(op.CreateTable); ok {
				tables++
			}
		}
	}
	return tables
}
