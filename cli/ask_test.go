package cli_test

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/cli"
)

func TestAnswersAtATerminal(t *testing.T) {
	for _, test := range []struct {
		name, in string
		code     int
		says     []string
		files    int
	}{
		{"the first", "7\n\n1\n", 0, []string{
			"\nColumn \"books.number\" is no longer in the models: is it one of the new columns under its old name, or shall it be dropped?\n" +
				"  1  --rename books.number=isbn\n  2  --drop books.number\n  q  stop, and write nothing\n1 to 2 or q: 1 to 2 or q: 1 to 2 or q: ",
			"~ rename column books.number to isbn\n", "the same without questions: --rename books.number=isbn\n",
		}, 4},
		{"the second", "2", 0, []string{"- drop column books.number\n"}, 4},
		{"stop", "q\n", cli.ExitError, []string{"error: nothing was written", "\n    --rename books.number=isbn\n"}, 3},
		{"nobody there", "", cli.ExitError, []string{"error: nothing was written"}, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := renamedISBN(t)
			c.In, c.Interactive = strings.NewReader(test.in), true
			got := runRevision(c, "--autogenerate")
			if got.Code != test.code {
				t.Errorf("exit code %d, want %d", got.Code, test.code)
			}
			for _, part := range test.says {
				if !strings.Contains(got.Stderr, part) {
					t.Errorf("it does not say\n%s\nbut\n%s", part, got.Stderr)
				}
			}
			if n := count(t, "migrations/*"); n != test.files {
				t.Errorf("%d files in migrations, want %d", n, test.files)
			}
		})
	}
}

// An interrupt ends the waiting.
func TestInterruptedQuestion(t *testing.T) {
	c := renamedISBN(t)
	in, out := io.Pipe()
	defer out.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var said, printed strings.Builder
	c.In, c.Interactive, c.Stdout = in, true, &printed
	c.Stderr = writerFunc(func(p []byte) (int, error) {
		if strings.HasSuffix(string(p), "or q: ") {
			cancel()
		}
		return said.Write(p)
	})
	if code := cli.Run(ctx, c, []string{"revision", "--autogenerate"}); code != cli.ExitInterrupted {
		t.Errorf("exit code %d, want %d: %s", code, cli.ExitInterrupted, said.String())
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// What check --json asks can be put into an answers file as it is.
func TestAnswersFileFromQuestions(t *testing.T) {
	c := renamedISBN(t)
	got := run(c, "check", "--json")
	var finding struct {
		Questions []struct{ Answers []string }
	}
	if err := json.Unmarshal([]byte(got.Stdout), &finding); err != nil || len(finding.Questions) != 1 {
		t.Fatalf("check --json: %v, %+v", err, got)
	}
	text, err := json.Marshal(map[string]any{"answers": finding.Questions[0].Answers[:1]})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("answers.json", text, 0o666); err != nil {
		t.Fatal(err)
	}
	if got := runRevision(c, "--autogenerate", "--answers", "answers.json"); got.Code != 0 || !strings.Contains(got.Stderr, "~ rename column books.number to isbn") {
		t.Errorf("with the answers file: %+v", got)
	}
}
