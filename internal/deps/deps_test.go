package deps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/go-limbeck/limbeck"

// rules say what each package may import outside its tests: packages of ours
// by their path in the module, and those of others by the path of the module
// or package that they are in. The standard library is open to all. A package
// without a rule fails the test: whoever adds one says here where it stands.
//
// The rules are a statement of policy: a build that breaks them is mended, not
// they.
var rules = map[string][]string{
	"op":               {},
	"model":            {"op", "gorm.io/gorm"},
	"dialect/ddl":      {"op"},
	"dialect/words":    {"op"},
	"dialect/sqlite":   {"op", "dialect/ddl", "dialect/words"},
	"dialect/postgres": {"op", "dialect/ddl", "dialect/words"},
	"dialect/mysql":    {"op", "dialect/ddl", "dialect/words"},
	"dialect":          {"op", "dialect/ddl", "dialect/sqlite", "dialect/postgres", "dialect/mysql", "gorm.io/gorm"},
	"diff":             {"op"},
	"render":           {"op"},
	"migrate":          {"op", "dialect", "dialect/ddl", "gorm.io/gorm"},
	"autogen":          {"op", "model", "dialect", "dialect/ddl", "dialect/sqlite", "diff", "render", "migrate", "gorm.io/gorm"},
	"cli": {"op", "diff", "render", "migrate", "autogen",
		"gorm.io/gorm", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"},
	"cmd/limbeck": {"cli"},

	// Programs and help for tests. No room may import these.
	"examples/...": {"...", "gorm.io/gorm", "gorm.io/driver"},
	"internal/...": {"...", "github.com/google/go-cmp", "pgregory.net/rapid", "gorm.io/gorm", "gorm.io/driver"},
}

// production is what a program that applies revisions links; writing them
// needs more, which it must not link, not even through others.
var (
	production = []string{"op", "dialect", "dialect/ddl", "dialect/words", "dialect/sqlite", "dialect/postgres", "dialect/mysql", "migrate"}
	writing    = []string{"ariga.io/atlas", "github.com/spf13",
		module + "/model", module + "/diff", module + "/render", module + "/autogen", module + "/cli"}
)

// drivers are for users to bring: no room links one.
var drivers = []string{"gorm.io/driver", "github.com/mattn/go-sqlite3", "github.com/glebarez", "modernc.org/sqlite",
	"github.com/jackc", "github.com/lib/pq", "github.com/go-sql-driver"}

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
}

func list(t *testing.T) map[string]pkg {
	t.Helper()
	readSources(t)
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", "./...")
	cmd.Dir = "../.."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	packages := map[string]pkg{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages[p.ImportPath] = p
	}
}

// readSources opens all Go files of the module: go test repeats an old result
// while the files that the test has opened itself stay the same, and does not
// know what go list reads.
func readSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") && entry.Name() != "go.mod" {
			return err
		}
		_, err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImports(t *testing.T) {
	packages := list(t)
	for _, complaint := range complaints(packages) {
		t.Error(complaint)
	}
	for name := range rules {
		if _, ok := packages[module+"/"+name]; !ok && !strings.HasSuffix(name, "/...") {
			t.Errorf("there is a rule for package %q, which does not exist", name)
		}
	}
}

// complaints returns what breaks the rules, a line each.
func complaints(packages map[string]pkg) []string {
	var list []string
	complain := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	for path, p := range packages {
		name, ours := strings.CutPrefix(path, module+"/")
		if !ours {
			continue
		}
		allowed, ok := ruleOf(name)
		if !ok {
			complain("package %q has no rule; add one, and say so in the design", name)
			continue
		}
		for _, imported := range p.Imports {
			if imported != "C" && !packages[imported].Standard && !may(allowed, imported) {
				complain("package %q may not import %q", name, imported)
			}
		}
		banned := bans(name)
		for _, dep := range p.Deps {
			if slices.ContainsFunc(banned, func(ban string) bool { return within(dep, ban) }) {
				complain("package %q may not link %q", name, dep)
			}
		}
	}
	slices.Sort(list)
	return list
}

func ruleOf(name string) (allowed []string, ok bool) {
	if allowed, ok = rules[name]; ok {
		return allowed, true
	}
	first, _, _ := strings.Cut(name, "/")
	allowed, ok = rules[first+"/..."]
	return allowed, ok
}

// bans returns what a package must not link. It looks at more than the rules
// do: at what comes in with packages of others.
func bans(name string) []string {
	switch first, _, _ := strings.Cut(name, "/"); {
	case first == "examples", first == "internal":
		return nil
	case slices.Contains(production, name):
		return slices.Concat(drivers, writing)
	default:
		return drivers
	}
}

// may reports whether one of the words of a rule allows the import: "..." is
// everything of ours, another word without a dot is one package of ours.
func may(allowed []string, imported string) bool {
	name, ours := strings.CutPrefix(imported, module+"/")
	return slices.ContainsFunc(allowed, func(word string) bool {
		if ours {
			return word == "..." || word == name
		}
		return within(imported, word)
	})
}

// within reports whether a package is the other or below it.
func within(path, parent string) bool {
	return path == parent || strings.HasPrefix(path, parent+"/")
}

// TestComplaints: the rules are ones that can be broken.
func TestComplaints(t *testing.T) {
	for _, test := range []struct {
		name string
		pkg  pkg
		want string
	}{
		{"op and GORM", pkg{ImportPath: "op", Imports: []string{"gorm.io/gorm"}}, `package "op" may not import "gorm.io/gorm"`},
		{"op and a leaf", pkg{ImportPath: "op", Imports: []string{module + "/dialect/ddl"}}, `package "op" may not import "` + module + `/dialect/ddl"`},
		{"the standard library", pkg{ImportPath: "op", Imports: []string{"strings"}}, ""},
		{"backwards", pkg{ImportPath: "migrate", Imports: []string{module + "/diff"}}, `package "migrate" may not import "` + module + `/diff"`},
		{"below a room is another room", pkg{ImportPath: "diff", Imports: []string{module + "/op/more"}}, `package "diff" may not import "` + module + `/op/more"`},
		{"a library and a driver", pkg{ImportPath: "cli", Imports: []string{"gorm.io/driver/sqlite"}}, `package "cli" may not import "gorm.io/driver/sqlite"`},
		{"an example and a driver", pkg{ImportPath: "examples/books/models", Imports: []string{"gorm.io/driver/sqlite", module + "/cli"}}, ""},
		{"a room and help for tests", pkg{ImportPath: "render", Imports: []string{module + "/internal/golden"}}, `package "render" may not import "` + module + `/internal/golden"`},
		{"below GORM", pkg{ImportPath: "model", Imports: []string{"gorm.io/gorm/schema"}}, ""},
		{"beside GORM", pkg{ImportPath: "model", Imports: []string{"gorm.io/gormlike"}}, `package "model" may not import "gorm.io/gormlike"`},
		{"Atlas from afar", pkg{ImportPath: "migrate", Deps: []string{"ariga.io/atlas/sql/schema"}}, `package "migrate" may not link "ariga.io/atlas/sql/schema"`},
		{"a driver from afar", pkg{ImportPath: "cmd/limbeck", Deps: []string{"gorm.io/driver/mysql"}}, `package "cmd/limbeck" may not link "gorm.io/driver/mysql"`},
		{"an example and a driver from afar", pkg{ImportPath: "examples/books", Deps: []string{"gorm.io/driver/sqlite"}}, ""},
		{"the model from afar", pkg{ImportPath: "dialect/sqlite", Deps: []string{module + "/model"}}, `package "dialect/sqlite" may not link "` + module + `/model"`},
		{"a new room", pkg{ImportPath: "lint"}, `package "lint" has no rule; add one, and say so in the design`},
		{"a new room in a room", pkg{ImportPath: "op/more"}, `package "op/more" has no rule; add one, and say so in the design`},
	} {
		test.pkg.ImportPath = module + "/" + test.pkg.ImportPath
		packages := map[string]pkg{test.pkg.ImportPath: test.pkg, "strings": {Standard: true}}
		if got := strings.Join(complaints(packages), "\n"); got != test.want {
			t.Errorf("%s:\n%s\nwant:\n%s", test.name, got, test.want)
		}
	}
}
