package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/diff"
	"github.com/go-limbeck/limbeck/migrate"
)

// finding is what check and diff found, in the form of --json.
type finding struct {
	// Revisions are those that are not applied or were edited since.
	Revisions []entry `json:"revisions,omitzero"`
	diff.Plan
	// The rest is there with diff.
	Message  string `json:"message,omitzero"`
	Verified string `json:"verified,omitzero"`
	// NotVerified says why there is no SQL.
	NotVerified string   `json:"not_verified,omitzero"`
	SQL         []string `json:"sql,omitzero"`

	// behind says that revisions are not applied. Then the models would be
	// compared with the wrong thing, and are not compared.
	behind bool
	// all is the target that they are applied with.
	all string
	// edited is what can be done about revisions that were edited, if any were.
	edited string
}

func (f finding) different() bool { return len(f.Revisions) > 0 || !f.Plan.Empty() }

func (p *program) check() *cobra.Command {
	return p.comparison(&cobra.Command{
		Use:   "check",
		Short: "Exit 0 where database, revisions and models agree, 2 where not",
	}, func(ctx context.Context, o autogen.Options, f *finding) (err error) {
		f.Plan, err = autogen.Compare(ctx, o)
		return err
	})
}

func (p *program) diff() *cobra.Command {
	return p.comparison(&cobra.Command{
		Use:   "diff",
		Short: "Show what revision --autogenerate would write, and its SQL",
	}, func(ctx context.Context, o autogen.Options, f *finding) error {
		preview, err := autogen.Diff(ctx, o)
		if err != nil {
			return err
		}
		f.Plan, f.Verified, f.NotVerified = preview.Plan, preview.Verified, preview.NotVerified
		if !f.Plan.Empty() {
			f.Message = preview.Message
		}
		for _, step := range preview.Steps {
			for _, s := range step.Statements {
				f.SQL = append(f.SQL, s.SQL)
			}
		}
		return nil
	})
}

// comparison makes a command of a comparison of the models.
func (p *program) comparison(cmd *cobra.Command, compare func(context.Context, autogen.Options, *finding) error) *cobra.Command {
	var (
		a      answers
		asJSON bool
	)
	cmd.Args = cobra.NoArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		o, closeAll, err := p.options(&a)
		if err != nil {
			return err
		}
		defer closeAll()
		var f finding
		if o.DB != nil {
			if err := f.readHistory(cmd.Context(), o); err != nil {
				return err
			}
		}
		// What was done by hand is measured by the revisions that are applied.
		f.behind = f.behind && o.To == autogen.ToModels
		if !f.behind {
			if err := compare(cmd.Context(), o, &f); err != nil {
				return err
			}
		}
		if asJSON {
			err = printJSON(p.config.Stdout, f)
		} else {
			p.report(f, o)
		}
		if err == nil && f.different() {
			return errDifferent
		}
		return err
	}
	a.register(cmd)
	cmd.Flags().StringVar(&a.to, "to", string(autogen.ToModels), "what that is compared with: models; database, to see what was changed by hand; or revisions")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// readHistory finds revisions that are not applied or were edited.
func (f *finding) readHistory(ctx context.Context, o autogen.Options) error {
	graph, err := migrate.NewGraph(o.Revisions)
	if err != nil {
		return err
	}
	status, err := migrate.New(o.DB, o.Revisions).With(migrate.Options{Table: o.Table}).Status(ctx)
	if err != nil || len(status.Foreign) > 0 {
		return err // of foreign revisions the comparison says all
	}
	if err := status.UnfinishedError(); err != nil {
		return err // nobody knows what would be compared
	}
	f.all = allHeads(graph)
	for _, e := range status.Entries {
		if e.Record == nil || e.Edited {
			f.Revisions = append(f.Revisions, entryOf(graph, e))
		}
		f.behind = f.behind || e.Record == nil
		if e.Edited {
			f.edited = nextForEdited(graph, status)
		}
	}
	return nil
}

// report prints a finding for people: what it is on standard output, what can
// be done about it on standard error, one thing at a time.
func (p *program) report(f finding, o autogen.Options) {
	c := p.config
	for _, e := range f.Revisions {
		line := e.editedLine()
		if e.AppliedAt == nil {
			line = "not applied: " + e.String()
		}
		fmt.Fprintln(c.Stdout, line)
	}
	if f.behind {
		c.say("next: %s", cmp.Or(f.edited, "upgrade "+f.all+"; or, if the schema is there already, stamp "+f.all))
		return
	}
	if len(f.Up) > 0 {
		c.say("the %s and the %s differ:", o.From, o.To)
	}
	printLines(c.Stdout, f.Up)
	for _, sql := range f.SQL {
		fmt.Fprintf(c.Stdout, "\n%s;\n", strings.TrimSuffix(sql, ";"))
	}
	if f.NotVerified != "" {
		c.say("not verified, and no SQL to show: %s", f.NotVerified)
	}
	for _, q := range f.Questions {
		c.say("to be decided: %s", q.Text)
		for _, answer := range q.Answers {
			c.say("    %s", answer)
		}
	}
	c.sayAside(f.Plan)
	switch {
	case f.edited != "":
		c.say("next: %s", f.edited)
	case f.Plan.Empty() && len(f.Revisions) > 0:
		c.say("next: upgrade head")
	case f.Plan.Empty():
		c.sayAgree(f.Plan, o)
	default:
		c.say("next: %s", next(f, o))
	}
}

// next is what to do about what was found: the command that writes it, or the
// choice where the database was changed by hand.
func next(f finding, o autogen.Options) string {
	switch o.To {
	case autogen.ToDatabase:
		return "undo this by hand (diff --to revisions says how), or take it into the models and write a revision --from revisions"
	case autogen.ToRevisions:
		return "do this by hand, or take what is there into the models and write a revision --from revisions"
	}
	next := "revision --autogenerate"
	if o.From == autogen.FromRevisions {
		next += " --from revisions"
	}
	if len(f.Questions) > 0 {
		next += ", with an answer to each question"
	}
	return next
}
