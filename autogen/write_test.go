package autogen

import (
	"errors"
	"os"
	"testing"
)

// TestWriteFails writes into a folder that takes no files from anybody, root
// included.
func TestWriteFails(t *testing.T) {
	const dir = "/proc/self/fdinfo"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("there is no /proc here")
	}
	path, err := folder{dir: dir}.write("x.go", []byte("package x\n"))
	if !errors.Is(err, ErrFolder) || path != "" {
		t.Errorf("write returned %q, %v; want an error that wraps %v", path, err, ErrFolder)
	}
}
