package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// errNoModule says that a folder is not in a Go module.
var errNoModule = errors.New("there is no go.mod in this folder or above it")

// FromRoot returns a relative path joined to the module's root, the folder of
// the nearest go.mod at or above the working folder: for a file that is to be
// the same one wherever in the module a program is run, as with go generate. An
// absolute path comes back as it is, and so does every path where there is no
// go.mod, as around a deployed program.
func FromRoot(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	working, err := os.Getwd()
	if err != nil {
		return path
	}
	root, err := moduleRoot(working)
	if err != nil {
		return path
	}
	return filepath.Join(root, path)
}

// dir returns the migrations folder. A relative one counts from the folder of
// the nearest go.mod at or above the working folder.
func (c Config) dir() (string, error) {
	if filepath.IsAbs(c.Dir) {
		return c.Dir, nil
	}
	working, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("finding the migrations folder: %w", err)
	}
	root, err := moduleRoot(working)
	if err != nil {
		return "", fmt.Errorf("finding the migrations folder %q: %w; run the command inside the module, or give cli.Config.Dir an absolute path", c.Dir, err)
	}
	return filepath.Join(root, c.Dir), nil
}

// moduleRoot returns the nearest folder with a go.mod, from the given one
// upwards. Where there is none, it returns [errNoModule].
func moduleRoot(from string) (string, error) {
	for dir := from; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && !info.IsDir() {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errNoModule
		}
	}
}

// modulePath returns the path that a go.mod file gives its module, in any of
// the forms that https://go.dev/ref/mod#go-mod-file-module allows.
func modulePath(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var words []string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "//")
		line = strings.NewReplacer("(", " ( ", ")", " ) ").Replace(line)
		words = append(words, strings.Fields(line)...)
	}
	for i, word := range words {
		if word != "module" {
			continue
		}
		rest := words[i+1:]
		if len(rest) > 0 && rest[0] == "(" {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			break
		}
		if unquoted, err := strconv.Unquote(rest[0]); err == nil {
			return unquoted, nil
		}
		return rest[0], nil
	}
	return "", fmt.Errorf("%q names no module", file)
}

// relative shows a path as seen from the working folder where that is shorter.
func relative(path string) string {
	working, err := os.Getwd()
	if err != nil {
		return path
	}
	short, err := filepath.Rel(working, path)
	if err != nil || len(short) > len(path) {
		return path
	}
	return short
}
