package autogen

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"github.com/go-limbeck/limbeck/render"
)

// variable is the name of the collection that generated files add themselves
// to.
const variable = "Revisions"

// folder is a migrations package as its source says it.
type folder struct {
	dir string
	// packageName is that of the file with the collection: a program to be run
	// with go run may stand in the same folder.
	packageName string
	// written are the revisions that stand in its files, by id.
	written map[string]written
	// declares says that the collection is declared in it.
	declares bool
}

// openFolder reads the package that a new revision goes into, and refuses one
// that the program is not in step with.
func openFolder(o Options) (folder, error) {
	f, err := readFolder(o.Dir)
	if err != nil {
		return folder{}, err
	}
	return f, f.agree(o.Revisions)
}

// readFolder reads the package without compiling it.
func readFolder(dir string) (folder, error) {
	if dir == "" {
		return folder{}, fmt.Errorf("%w: Options.Dir is not set", ErrFolder)
	}
	f := folder{dir: dir, written: map[string]written{}}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return folder{}, fmt.Errorf("%w: there is no folder %q; run limbeck init, or make the folder with a file that declares `var %s op.Revisions`", ErrFolder, dir, variable)
	}
	if err != nil {
		return folder{}, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !isSource(name) {
			continue
		}
		if err := f.readFile(name); err != nil {
			return folder{}, err
		}
	}
	if !f.declares {
		return folder{}, fmt.Errorf("%w: no file in %q declares `var %s op.Revisions`; run limbeck init, or add it", ErrFolder, dir, variable)
	}
	return f, nil
}

// isSource reports whether the go command would build the file.
func isSource(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") &&
		!strings.HasPrefix(name, "_") && !strings.HasPrefix(name, ".")
}

func (f *folder) readFile(name string) error {
	path := filepath.Join(f.dir, name)
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFolder, err) // which begins with the path
	}
	if declaresCollection(file) {
		f.declares, f.packageName = true, file.Name.Name
	}
	list := writtenIn(file)
	for _, id := range slices.Sorted(maps.Keys(list)) {
		r := list[id]
		if other, ok := f.written[id]; ok {
			return fmt.Errorf("%w: revision %s stands in %s and in %s; take one of them away, or give it another id", ErrFolder, id, other.file, name)
		}
		r.file = name
		f.written[id] = r
	}
	return nil
}

func declaresCollection(file *ast.File) bool {
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if ok && slices.ContainsFunc(v.Names, func(id *ast.Ident) bool { return id.Name == variable }) {
				return true
			}
		}
	}
	return false
}

// agree refuses a folder and a program that hold different revisions: a
// program that was built before the newest file was written would give the
// next file a wrong parent, or write the same change twice.
func (f folder) agree(revisions op.Revisions) error {
	compiled := map[string]bool{}
	var missing, moved []string
	for _, r := range revisions {
		compiled[r.ID] = true
		w, ok := f.written[r.ID]
		if !ok {
			missing = append(missing, fmt.Sprintf("%s (%s)", r.ID, r.Message))
			continue
		}
		for _, field := range []struct {
			name     string
			compiled []string
			file     names
		}{{"parents", r.Parents, w.parents}, {"dependencies", r.DependsOn, w.dependsOn}, {"labels", r.Labels, w.labels}} {
			if !field.file.unknown && !slices.Equal(field.file.list, field.compiled) {
				moved = append(moved, fmt.Sprintf("%s for %s in %s (%s, and the file says %s)", field.name, r.ID, w.file, listed(field.compiled), listed(field.file.list)))
			}
		}
	}
	var extra []string
	for id, w := range f.written {
		if !compiled[id] {
			extra = append(extra, fmt.Sprintf("%s in %s", id, w.file))
		}
	}
	slices.Sort(missing)
	slices.Sort(moved)
	slices.Sort(extra)
	switch {
	case len(extra) > 0:
		return fmt.Errorf("%w: this program was built without %s; build it again (go run does), and see that it imports the package in %q", ErrStale, strings.Join(extra, ", "), f.dir)
	case len(missing) > 0:
		return fmt.Errorf("%w: the program has %s, and no file in %q has; build it again (go run does), or restore the file", ErrStale, strings.Join(missing, ", "), f.dir)
	case len(moved) > 0:
		return fmt.Errorf("%w: this program was built with other %s; build it again (go run does)", ErrStale, strings.Join(moved, ", "))
	}
	return nil
}

func listed(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = strconv.Quote(id)
	}
	return strings.Join(quoted, ", ")
}

// addFile writes a revision's file under the revision's own name.
func (f folder) addFile(file render.File) (path string, err error) {
	name, err := render.FileName(file.Revision)
	if err != nil {
		return "", err
	}
	var source bytes.Buffer
	if err := file.WriteGo(&source); err != nil {
		return "", err
	}
	return f.write(name, source.Bytes())
}

// write puts a new file into the folder: whole, or not at all.
func (f folder) write(name string, source []byte) (path string, err error) {
	path = filepath.Join(f.dir, name)
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%w: the file %q is there already", ErrFolder, path)
	}
	draft, err := os.CreateTemp(f.dir, ".limbeck-*")
	if err != nil {
		return "", fmt.Errorf("%w: writing into %q: %w; make the folder writable", ErrFolder, f.dir, err)
	}
	defer os.Remove(draft.Name()) // fails where it was renamed, as it should
	_, err = draft.Write(source)
	err = errors.Join(err, draft.Chmod(0o644), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return "", fmt.Errorf("%w: writing %q: %w", ErrFolder, path, err)
	}
	return path, nil
}
