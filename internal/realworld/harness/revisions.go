package harness

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// dataFile holds the revisions of a folder as data.
const dataFile = "revisions.json"

const source = `package migrations

import "github.com/go-limbeck/limbeck/op"

var Revisions op.Revisions
`

// generate writes the next revision for a database into the folder, and
// returns all revisions there are.
func (w *work) generate(db *gorm.DB) (op.Revisions, error) {
	revisions, err := Revisions(w.folder)
	if err != nil {
		return nil, err
	}
	if len(revisions) == 0 {
		if err := os.WriteFile(filepath.Join(w.folder, "migrations.go"), []byte(source), 0o666); err != nil {
			return nil, fmt.Errorf("writing the migrations package: %w", err)
		}
	}
	result, err := autogen.Generate(w.ctx, autogen.Options{
		DB: db, Scratch: w.scratch, Models: w.project.Models, Revisions: revisions, Dir: w.folder,
	})
	if err != nil {
		return nil, fmt.Errorf("generating revision %d: %w", len(revisions)+1, err)
	}
	if result.File == "" {
		return nil, fmt.Errorf("generating revision %d: there is nothing to do", len(revisions)+1)
	}
	if result.Verified == "" {
		w.differs("revision %d was not verified: %s", len(revisions)+1, result.NotVerified)
	}
	for _, sentence := range complaints(result.Plan) {
		w.differs("generating revision %d: %s", len(revisions)+1, sentence)
	}
	revisions = append(revisions, result.Revision)
	text, err := json.MarshalIndent(revisions, "", "\t")
	if err != nil {
		return nil, fmt.Errorf("encoding the revisions: %w", err)
	}
	if err := os.WriteFile(filepath.Join(w.folder, dataFile), text, 0o666); err != nil {
		return nil, fmt.Errorf("writing the revisions: %w", err)
	}
	// What another program will work with.
	return Revisions(w.folder)
}

// Revisions reads the revisions of a folder: none at first.
func Revisions(folder string) (op.Revisions, error) {
	text, err := os.ReadFile(filepath.Join(folder, dataFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the revisions: %w", err)
	}
	var revisions op.Revisions
	if err := json.Unmarshal(text, &revisions); err != nil {
		return nil, fmt.Errorf("decoding the revisions: %w", err)
	}
	return revisions, nil
}

// nothing holds that autogenerate finds nothing but what is not ours.
func (w *work) nothing(when string, o autogen.Options, unmanaged ...string) error {
	o.Models, o.Scratch = w.project.Models, w.scratch
	plan, err := autogen.Compare(w.ctx, o)
	if err != nil {
		return fmt.Errorf("comparing %s: %w", when, err)
	}
	var found []string
	for _, object := range plan.Unmanaged {
		found = append(found, object.String())
	}
	if d := cmp.Diff(unmanaged, found); d != "" {
		w.differs("%s, what is not ours (-want +got):\n%s", when, d)
	}
	plan.Unmanaged = nil
	for _, o := range plan.Up {
		w.differs("%s, autogenerate wants to: %s", when, o)
	}
	for _, sentence := range complaints(plan) {
		w.differs("%s: %s", when, sentence)
	}
	if len(plan.Down) > 0 && len(plan.Up) == 0 {
		w.differs("%s, there is a way down and none up: %v", when, plan.Down)
	}
	return nil
}

// complaints are what a plan cannot do, or will not do without an answer.
func complaints(p diff.Plan) []string {
	var list []string
	for _, object := range p.Unmanaged {
		list = append(list, "not ours: "+object.String())
	}
	for _, q := range p.Questions {
		list = append(list, "question: "+q.Text+" "+strings.Join(q.Answers, " or "))
	}
	for _, sentence := range p.Incomparable {
		list = append(list, "not comparable: "+sentence)
	}
	return list
}
