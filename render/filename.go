package render

import (
	"errors"
	"fmt"
	"go/build"
	"io"
	"strings"
	"time"

	"github.com/go-limbeck/limbeck/op"
)

// slugLength is how much of the message a file name holds.
const slugLength = 40

// FileName returns the name of the revision's file, made of its time in UTC,
// its message and its id: 20261123101502_create_books_3f9a1c07b2d4.go. A
// message without ASCII letters and digits is left out.
//
// It returns an error where Created is no time in RFC 3339, and where the id
// has signs other than ASCII letters, digits, '_' and '-' or would make Go skip
// the file, as it skips names that end in _test.go or _windows.go.
func FileName(r op.Revision) (string, error) {
	created, err := time.Parse(time.RFC3339, r.Created)
	if err != nil {
		return "", fmt.Errorf("naming the file of revision %q: Created is %q, want a time such as %q", r.ID, r.Created, "2026-11-23T10:15:02Z")
	}
	if err := checkID(r.ID); err != nil {
		return "", fmt.Errorf("naming the file of revision %q: %w", r.ID, err)
	}
	parts := []string{created.UTC().Format("20060102150405")}
	if s := slug(r.Message); s != "" {
		parts = append(parts, s)
	}
	return strings.Join(append(parts, r.ID), "_") + ".go", nil
}

func checkID(id string) error {
	if id == "" {
		return errors.New("it has no id")
	}
	for _, r := range id {
		if !isWord(r) && r != '_' && r != '-' {
			return fmt.Errorf("its id has %q in it; ids are made of letters, digits, '_' and '-'", r)
		}
	}
	compiled, err := compiledEverywhere("x_" + id + ".go")
	if err != nil {
		return err
	}
	if !compiled {
		return errors.New("Go would skip a file with that id at the end of its name; choose another id")
	}
	return nil
}

// compiledEverywhere reports whether Go compiles a file of that name into the
// package whatever the system. It asks go/build, which knows the names of all
// systems, what a system of no name would do.
func compiledEverywhere(name string) (bool, error) {
	if strings.HasSuffix(name, "_test.go") {
		return false, nil
	}
	unknown := build.Context{
		GOOS:     "none",
		GOARCH:   "none",
		Compiler: "gc",
		OpenFile: func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("package x\n")), nil
		},
	}
	return unknown.MatchFile("", name)
}

// slug returns the message in lower-case ASCII words joined by underscores, cut
// at a word where it is long.
func slug(message string) string {
	words := strings.FieldsFunc(message, func(r rune) bool { return !isWord(r) })
	text := strings.ToLower(strings.Join(words, "_"))
	if len(text) <= slugLength {
		return text
	}
	if at := strings.LastIndexByte(text[:slugLength+1], '_'); at > 0 {
		return text[:at]
	}
	return text[:slugLength]
}

func isWord(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
