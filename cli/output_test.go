package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

var lines = op.List{
	op.CreateTable{Name: "books", Columns: []op.Column{{Name: "id", Type: op.Int(64)}}},
	op.DropTable{Name: "old"},
}

const plain = "+ create table books\n    id int(64)\n- drop table old\n"

func TestLinesAreColouredOnTerminalsOnly(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	var b bytes.Buffer
	printLines(&b, lines)
	if diff := cmp.Diff(plain, b.String()); diff != "" {
		t.Errorf("into a buffer (-want +got):\n%s", diff)
	}
	path := filepath.Join(t.TempDir(), "out")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	printLines(file, lines)
	if text, err := os.ReadFile(path); err != nil || string(text) != plain {
		t.Errorf("into a file: %q, %v", text, err)
	}
}

func TestColouredLines(t *testing.T) {
	var b bytes.Buffer
	writeLines(&b, lines, true)
	const want = "\x1b[32m+ create table books\x1b[0m\n\x1b[32m    id int(64)\x1b[0m\n\x1b[31m- drop table old\x1b[0m\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTaken(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "<1ms", 999 * time.Microsecond: "<1ms", time.Millisecond: "1ms", 1499 * time.Microsecond: "1ms", 90*time.Second + time.Microsecond: "1m30s",
	} {
		if got := taken(d); got != want {
			t.Errorf("%d ns: %s, want %s", d, got, want)
		}
	}
}

func TestExitCode(t *testing.T) {
	interrupted, cancel := context.WithCancel(context.Background())
	cancel()
	running := context.Background()
	broken := errors.New("broken")
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want int
	}{
		{"done", running, nil, ExitOK},
		{"done before the interrupt", interrupted, nil, ExitOK},
		{"error", running, broken, ExitError},
		{"interrupt", interrupted, broken, ExitInterrupted},
		{"differences", running, fmt.Errorf("checking: %w", errDifferent), ExitDifferent},
		{"usage", running, fmt.Errorf("reading: %w", usageError{broken}), ExitUsage},
	} {
		if got := ExitCode(c.ctx, c.err); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if !errors.Is(usageError{broken}, broken) {
		t.Error("an error of the command line hides its cause")
	}
}
