package cli_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-limbeck/limbeck/cli"
)

// TestMain lends the test binary to the scripts as the command limbeck.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"limbeck": func() { os.Exit(cli.Tool(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts plays testdata/scripts: what users do, with modules and programs
// of their own that are built and run. The commands that are not testscript's
// are in script_commands_test.go.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("the scripts build programs")
	}
	goEnv := goSettings(t)
	repository, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/scripts",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                scriptCommands,
		UpdateScripts:       flag.Lookup("update").Value.String() == "true", // internal/golden's
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, goEnv...)
			env.Setenv("REPO", repository)
			env.Setenv("NO_COLOR", "1")
			return nil
		},
	})
}

// goSettings let the go command work without network, on the caches that
// building this test has warmed.
func goSettings(t *testing.T) []string {
	t.Helper()
	// A user's module needs the go.mod files of all our modules, also of those
	// of which building this test needs no package. Where they are missing, this
	// is what fetches them.
	if out, err := exec.Command("go", "mod", "graph").CombinedOutput(); err != nil {
		t.Fatalf("go mod graph: %v\n%s", err, out)
	}
	settings := []string{"GOPROXY=off", "GOFLAGS=-mod=mod", "GOTOOLCHAIN=local", "GOWORK=off", "CGO_ENABLED=1"}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatalf("go env %s: %v", name, err)
		}
		settings = append(settings, fmt.Sprintf("%s=%s", name, strings.TrimSpace(string(out))))
	}
	if runtime.GOOS == "windows" {
		settings = append(settings, "LocalAppData="+os.Getenv("LocalAppData"))
	}
	return settings
}
