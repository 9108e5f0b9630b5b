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

// scaffoldProject writes the files of a new project into the module that the
// folder belongs to. It overwrites none.
func scaffoldProject(folder, database string) (s scaffold, err error) {
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
	// The URL goes between the quotes of a Go string.
	quoted := strconv.Quote(database)
	facts := struct{ Module, Database string }{module, quoted[1 : len(quoted)-1]}
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
