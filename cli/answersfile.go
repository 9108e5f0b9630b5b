package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
)

// answersFile is the form of an answers file. Answers takes what the questions
// of check --json list, word for word; the other fields say the same in parts.
type answersFile struct {
	Answers       []string          `json:"answers"`
	Renames       map[string]string `json:"renames"`
	RenameTables  map[string]string `json:"rename_tables"`
	Drops         []string          `json:"drops"`
	Backfills     map[string]string `json:"backfills"`
	BackfillsDown map[string]string `json:"backfills_down"`
	Usings        map[string]string `json:"usings"`
	UsingsDown    map[string]string `json:"usings_down"`
}

// readAnswers reads an answers file, or in for the name -.
func readAnswers(name string, in io.Reader) (given, error) {
	var (
		text []byte
		err  error
	)
	if name == "-" {
		text, err = io.ReadAll(in)
	} else {
		text, err = os.ReadFile(name)
	}
	if err != nil {
		return given{}, fmt.Errorf("reading answers: %w", err)
	}
	var f answersFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err = decoder.Decode(&f); err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is more than one JSON value")
		}
	}
	if err != nil {
		return given{}, fmt.Errorf(`reading answers from %q: %w; the form is {"renames": {"users.name": "full_name"}, "rename_tables": {"users": "people"}, "drops": ["users.age"], "backfills": {"users.born": "CURRENT_TIMESTAMP"}}, or {"answers": ["--drop users.age"]}`, name, err)
	}
	return f.given(name)
}

// given returns the answers in the form of flags.
func (f answersFile) given(name string) (given, error) {
	g := given{
		renames: assignments(f.Renames), tables: assignments(f.RenameTables),
		drops: f.Drops, backfills: assignments(f.Backfills), backfillsDown: assignments(f.BackfillsDown),
		usings: assignments(f.Usings), usingsDown: assignments(f.UsingsDown),
	}
	for _, answer := range f.Answers {
		if !g.take(answer) {
			return given{}, fmt.Errorf("reading answers from %q: %q is no answer; a question lists those that it may have", name, answer)
		}
	}
	return g, nil
}

func assignments(m map[string]string) []string {
	var list []string
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, key+"="+m[key])
	}
	return list
}
