package cli

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
)

//go:embed scaffold/*.tmpl
var scaffolds embed.FS

// programDir is where the scaffolded program stands in the module.
const programDir = "cmd/migrate"

// scaffolded are the files of a scaffold, as paths in the module.
var scaffolded = []string{"migrations/migrations.go", programDir + "/main.go"}

// scaffold is what setting a project up did.
type scaffold struct {
	// root is the module's folder.
	root string
	// written and kept are paths of files: those that are new, and those that
	// were there and have been left alone.
	written, kept []string
}

// drivers are those of GORM that a scaffold can be made for.
var drivers = []string{"sqlite", "postgres", "mysql"}

// scaffoldProject writes the files of a new project into the module that the
// folder belongs to. It overwrites none. The database counts for SQLite; for
// servers the program reads URLs, which hold passwords, from its environment.
func scaffoldProject(folder, driver, database string) (s scaffold, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("setting a project up: %w", err)
		}
	}()
	if s.root, err = moduleRoot(folder); err != nil {
		return s, fmt.Errorf("%w; make a module first: go mod init example.com/mine", err)
	}
	module, err := modulePath(filepath.Join(s.root, "go.mod"))
	if err != nil {
		return s, err
	}
	templates, err := template.ParseFS(scaffolds, "scaffold/*.tmpl")
	if err != nil {
		return s, err
	}
	facts := struct {
		Module, Driver, URL string
		Env                 bool // the URLs come from the environment
	}{module, driver, urlExpression(database), driver != "sqlite"}
	for _, name := range scaffolded {
		file := filepath.Join(s.root, filepath.FromSlash(name))
		if _, err := os.Lstat(file); err == nil {
			s.kept = append(s.kept, file)
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return s, err
		}
		var text bytes.Buffer
		if err := templates.ExecuteTemplate(&text, path.Base(name)+".tmpl", facts); err != nil {
			return s, fmt.Errorf("writing %q: %w", name, err)
		}
		source, err := format.Source(text.Bytes())
		if err != nil {
			return s, fmt.Errorf("writing %q: %w", name, err)
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return s, err
		}
		if err := os.WriteFile(file, source, 0o644); err != nil {
			return s, err
		}
		s.written = append(s.written, file)
	}
	return s, nil
}

// urlExpression returns the Go expression for a SQLite database: a plain path
// counts from the module's root wherever the program is started.
func urlExpression(database string) string {
	quoted := strconv.Quote(database)
	if database == "" || database == ":memory:" || strings.HasPrefix(database, "file:") {
		return quoted
	}
	return "cli.FromRoot(" + quoted + ")"
}
