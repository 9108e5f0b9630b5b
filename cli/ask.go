package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
)

// generator is autogen.Generate or its like.
type generator func(context.Context, autogen.Options) (autogen.Result, error)

// answering runs generate, and where a person sits at a terminal asks what it
// has to know, one question after the other: an answer may settle others.
func (p *program) answering(ctx context.Context, o *autogen.Options, generate generator) (autogen.Result, error) {
	result, err := generate(ctx, *o)
	if !p.config.asks() {
		return result, err
	}
	in := bufio.NewReader(p.config.In)
	var flags []string
	for {
		var open *autogen.QuestionsError
		if !errors.As(err, &open) {
			if len(flags) > 0 && err == nil {
				p.config.say("the same without questions: %s", strings.Join(flags, " "))
			}
			return result, err
		}
		q, ok := first(open.Questions)
		if !ok {
			return result, err // nothing that an answer would help
		}
		answer, failed := p.ask(ctx, in, q)
		if failed != nil {
			return result, failed
		}
		var g given
		if answer == "" || !g.take(answer) {
			return result, err
		}
		if failed := g.apply(o); failed != nil {
			return result, failed
		}
		flags = append(flags, answer)
		result, err = generate(ctx, *o)
	}
}

// asks reports whether there is somebody to answer.
func (c Config) asks() bool {
	return c.Interactive || isTerminal(c.In) && isTerminal(c.Stderr)
}

// first returns the question to ask first, if one has answers: what is renamed
// decides whether the others come up at all.
func first(questions []diff.Question) (diff.Question, bool) {
	isAboutRename := func(q diff.Question) bool {
		return len(q.Answers) > 0 && strings.HasPrefix(q.Answers[0], "--rename")
	}
	i := slices.IndexFunc(questions, isAboutRename)
	if i < 0 {
		i = slices.IndexFunc(questions, func(q diff.Question) bool { return len(q.Answers) > 0 })
	}
	if i < 0 || slices.ContainsFunc(questions, func(q diff.Question) bool { return len(q.Answers) == 0 }) {
		return diff.Question{}, false
	}
	return questions[i], true
}

// ask asks one question until there is an answer, which it returns as the flag
// that says it; "" where the person wants to stop or is gone.
func (p *program) ask(ctx context.Context, in *bufio.Reader, q diff.Question) (string, error) {
	c := p.config
	c.say("\n%s", q.Text)
	for i, answer := range q.Answers {
		c.say("  %d  %s", i+1, answer)
	}
	c.say("  q  stop, and write nothing")
	for {
		fmt.Fprintf(c.Stderr, "%s or q: ", choices(len(q.Answers)))
		line, err := readLine(ctx, in)
		if err != nil || line == "q" {
			c.say("")
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return "", err
		}
		n, err := strconv.Atoi(line)
		if err != nil || n < 1 || n > len(q.Answers) {
			continue
		}
		answer := q.Answers[n-1]
		// What stands in angle brackets is to be filled in.
		before, rest, open := strings.Cut(answer, "<")
		if !open {
			return answer, nil
		}
		fmt.Fprintf(c.Stderr, "%s: ", strings.TrimRight(rest, ">'"))
		if line, err = readLine(ctx, in); err == nil && line != "" {
			return before + line, nil
		}
	}
}

func choices(n int) string {
	if n == 1 {
		return "1"
	}
	return fmt.Sprintf("1 to %d", n)
}

// readLine reads a line without blanks around it. It returns also when ctx is
// done, though the read goes on then.
func readLine(ctx context.Context, in *bufio.Reader) (string, error) {
	type line struct {
		text string
		err  error
	}
	lines := make(chan line, 1)
	go func() {
		text, err := in.ReadString('\n')
		if text != "" {
			err = nil // the last line may have no end
		}
		lines <- line{strings.TrimSpace(text), err}
	}()
	select {
	case l := <-lines:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
