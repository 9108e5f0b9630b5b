package render_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// run compiles the files as one module, which takes package op from this
// repository, and returns what its main package prints.
func run(t *testing.T, files map[string]string) []byte {
	t.Helper()
	root := command(t, "", "list", "-m", "-f", "{{.Dir}}")
	version := command(t, "", "list", "-m", "-f", "{{.GoVersion}}")
	folder := t.TempDir()
	files["go.mod"] = "module example.com/program\n\ngo " + strings.TrimSpace(string(version)) + "\n\n" +
		"require github.com/go-limbeck/limbeck v0.0.0\n\n" +
		"replace github.com/go-limbeck/limbeck => " + strings.TrimSpace(string(root)) + "\n"
	files["migrations/migrations.go"] = "package migrations\n\n" +
		"import \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return command(t, folder, "run", ".")
}

// command runs the go command in a folder and returns what it prints.
func command(t *testing.T, folder string, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c := exec.Command("go", args...)
	c.Dir, c.Stdout, c.Stderr = folder, &stdout, &stderr
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	if err := c.Run(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return stdout.Bytes()
}

// printJSON is a program that prints the collection as JSON.
const printJSON = `package main

import (
	"encoding/json"
	"fmt"
	"os"

	"example.com/program/migrations"
)

func main() {
	text, err := json.Marshal(migrations.Revisions)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(text)
}
`
