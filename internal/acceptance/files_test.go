package acceptance

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// A written revision is one that was proven, and its file.
type written struct {
	revision op.Revision
	source   []byte
}

// compile compiles all files as one package of one program, and compares what
// they hold with the revisions that were run.
func compile(t *testing.T, files []written) {
	t.Helper()
	root := command(t, "", "list", "-m", "-f", "{{.Dir}}\n{{.GoVersion}}")
	dir, version, _ := strings.Cut(strings.TrimSpace(string(root)), "\n")
	folder := t.TempDir()
	write := func(name string, text []byte) {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module example.com/program\n\ngo "+version+"\n\nrequire github.com/go-limbeck/limbeck v0.0.0\n\nreplace github.com/go-limbeck/limbeck => "+dir+"\n"))
	write("main.go", []byte(printJSON))
	write("migrations/migrations.go", []byte(collection))
	want := map[string]string{}
	for i, w := range files {
		w.revision.File = strconv.Itoa(i) + ".go"
		write("migrations/"+w.revision.File, w.source)
		want[w.revision.ID] = asJSON(t, w.revision)
	}
	var held []json.RawMessage
	if err := json.Unmarshal(command(t, folder, "run", "."), &held); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, text := range held {
		var id struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(text, &id); err != nil {
			t.Fatal(err)
		}
		got[id.ID] = string(text)
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("the files hold other revisions than those that were run (-run +file):\n%s", d)
	}
}

func asJSON(t *testing.T, r op.Revision) string {
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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

const collection = "package migrations\n\nimport \"github.com/go-limbeck/limbeck/op\"\n\nvar Revisions op.Revisions\n"

// printJSON is a program that prints the collection as JSON.
const printJSON = `package main

import (
	"encoding/json"
	"os"

	"example.com/program/migrations"
)

func main() {
	if err := json.NewEncoder(os.Stdout).Encode(migrations.Revisions); err != nil {
		panic(err)
	}
}
`
