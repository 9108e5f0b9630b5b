package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/op"
)

// answers are the flags that answer what a comparison may ask.
type answers struct {
	from string
	// to is empty where a command has no such flag.
	to string
	// files are answers files, given holds the texts after each flag.
	files []string
	given
}

// given are answers as they stand after the flags of these names.
type given struct {
	renames       []string
	tables        []string
	drops         []string
	backfills     []string
	backfillsDown []string
	usings        []string
	usingsDown    []string
}

func (a *answers) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&a.from, "from", string(autogen.FromDatabase), "what the comparison begins with: database, or revisions (needs no database)")
	flags.StringArrayVar(&a.renames, "rename", nil, "a column (or table) goes on under another name: users.name=full_name")
	flags.StringArrayVar(&a.tables, "rename-table", nil, "a table goes on under another name: users=people")
	flags.StringArrayVar(&a.drops, "drop", nil, "a column or table really goes: users.name, users")
	flags.StringArrayVar(&a.backfills, "backfill", nil, "what existing rows get in a column, in SQL: users.born=CURRENT_TIMESTAMP")
	flags.StringArrayVar(&a.backfillsDown, "backfill-down", nil, "the same for the way back, in a column that is dropped or becomes nullable: users.code=id")
	flags.StringArrayVar(&a.usings, "using", nil, "what values become when a column's type changes, in SQL: users.born='to_timestamp(born)'")
	flags.StringArrayVar(&a.usingsDown, "using-down", nil, "the same for the way back")
	flags.StringArrayVar(&a.files, "answers", nil, "a JSON file with answers, or - for standard input")
}

// apply puts the answers of the flags and of the files into options. A file -
// is read from in.
func (a *answers) apply(o *autogen.Options, in io.Reader) error {
	switch o.From = autogen.From(a.from); o.From {
	case autogen.FromDatabase, autogen.FromRevisions:
	default:
		return usageError{fmt.Errorf("--from %q: say database or revisions", a.from)}
	}
	switch o.To = autogen.To(a.to); o.To {
	case "", autogen.ToModels:
	case autogen.ToDatabase, autogen.ToRevisions:
		if a.to == a.from {
			return usageError{fmt.Errorf("--from %s --to %s: that is one thing; say what it is to be compared with", a.from, a.to)}
		}
	default:
		return usageError{fmt.Errorf("--to %q: say models, database or revisions", a.to)}
	}
	for _, file := range a.files {
		g, err := readAnswers(file, in)
		if err != nil {
			return err
		}
		if err := g.apply(o); err != nil {
			return fmt.Errorf("reading answers from %q: %w", file, err)
		}
	}
	return a.given.apply(o)
}

// apply adds the answers to options.
func (g given) apply(o *autogen.Options) error {
	for _, text := range g.renames {
		from, to, ok := strings.Cut(text, "=")
		if !ok || from == "" || to == "" {
			return usageError{fmt.Errorf("--rename %q: the form is users.name=full_name for a column, users=people for a table", text)}
		}
		rename := diff.Rename{From: from, To: to}
		if i := strings.LastIndexByte(from, '.'); i >= 0 {
			rename.Table, rename.From = from[:i], from[i+1:]
		}
		o.Renames = append(o.Renames, rename)
	}
	for _, text := range g.tables {
		from, to, ok := strings.Cut(text, "=")
		if !ok || from == "" || to == "" {
			return usageError{fmt.Errorf("--rename-table %q: the form is users=people", text)}
		}
		o.Renames = append(o.Renames, diff.Rename{From: from, To: to})
	}
	o.Drops = append(o.Drops, g.drops...)
	return errors.Join(
		g.assign("backfill", "users.born=CURRENT_TIMESTAMP", g.backfills, func(column, value string) { set(&o.Backfills, column, op.Expr(value)) }),
		g.assign("backfill-down", "users.code=id", g.backfillsDown, func(column, value string) { set(&o.BackfillsDown, column, op.Expr(value)) }),
		g.assign("using", "users.born=to_timestamp(born)", g.usings, func(column, value string) { set(&o.Usings, column, value) }),
		g.assign("using-down", "users.born=extract(epoch from born)", g.usingsDown, func(column, value string) { set(&o.UsingsDown, column, value) }),
	)
}

// assign takes answers of the form column=SQL apart.
func (given) assign(flag, example string, texts []string, set func(column, value string)) error {
	for _, text := range texts {
		column, value, ok := strings.Cut(text, "=")
		if !ok || column == "" || value == "" {
			return usageError{fmt.Errorf("--%s %q: the form is %s", flag, text, example)}
		}
		set(column, value)
	}
	return nil
}

func set[V any](m *map[string]V, key string, value V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = value
}

// take adds an answer as a question lists it: --drop users.name. It reports
// whether there is such a flag.
func (g *given) take(answer string) bool {
	flag, text, _ := strings.Cut(strings.TrimSpace(answer), " ")
	text = unquoted(strings.TrimSpace(text))
	switch flag {
	case "--rename":
		g.renames = append(g.renames, text)
	case "--rename-table":
		g.tables = append(g.tables, text)
	case "--drop":
		g.drops = append(g.drops, text)
	case "--backfill":
		g.backfills = append(g.backfills, text)
	case "--backfill-down":
		g.backfillsDown = append(g.backfillsDown, text)
	case "--using":
		g.usings = append(g.usings, text)
	case "--using-down":
		g.usingsDown = append(g.usingsDown, text)
	default:
		return false
	}
	return true
}

// unquoted takes away the quotes that a shell would have.
func unquoted(text string) string {
	if len(text) > 1 && strings.HasPrefix(text, "'") && strings.HasSuffix(text, "'") {
		return strings.ReplaceAll(text[1:len(text)-1], `'\''`, "'")
	}
	return text
}

// comparisonFlags are the names of the flags that only a comparison understands.
var comparisonFlags = []string{"from", "rename", "rename-table", "drop", "backfill", "backfill-down", "using", "using-down", "answers", "no-verify"}

// options are those of a comparison. The caller has to close the databases.
func (p *program) options(a *answers) (o autogen.Options, closeAll func(), err error) {
	o = autogen.Options{Models: p.config.Models, Revisions: p.config.Revisions, Table: p.migrateOptions().Table}
	if err := a.apply(&o, p.config.In); err != nil {
		return o, nil, err
	}
	if len(o.Models) == 0 && (o.To == "" || o.To == autogen.ToModels) {
		// No model at all would mean to drop everything that is ours.
		return o, nil, errors.New("reading the models: cli.Config.Models is empty; list your models there, such as &models.Book{}")
	}
	closeAll, err = p.openFor(&o)
	if err == nil && p.config.Autogen != nil {
		p.config.Autogen(&o)
	}
	return o, closeAll, err
}

// openFor opens the databases that a comparison needs.
func (p *program) openFor(o *autogen.Options) (closeAll func(), err error) {
	if o.From == autogen.FromRevisions && o.To != autogen.ToDatabase {
		o.Scratch, closeAll, err = p.openScratch()
		return closeAll, err
	}
	if o.DB, closeAll, err = p.openDatabase(); err != nil || p.config.Scratch == "" {
		return closeAll, err
	}
	// The scratch database is for verifying.
	scratch, closeScratch, err := p.openScratch()
	if err != nil {
		closeAll()
		return nil, err
	}
	closeDB := closeAll
	o.Scratch = scratch
	return func() { closeScratch(); closeDB() }, nil
}
