package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/go-limbeck/limbeck/autogen"
)

func (p *program) revision() *cobra.Command {
	var (
		a                                answers
		place                            placement
		message                          string
		autogenerate, baseline, noVerify bool
	)
	cmd := &cobra.Command{
		Use:   "revision",
		Short: "Write a revision file; apply nothing",
		Long: "Write a revision file into the migrations folder.\n\n" +
			"With --autogenerate it holds what separates the database, or the revisions,\n" +
			"from the models; where nothing does, no file is written. With --baseline it\n" +
			"describes what the models and a database made by other means have in common,\n" +
			"and the database is stamped with it. With neither it is empty, to be filled in.\n\n" +
			"It builds on the only head. Where there are several, merge joins them, or\n" +
			"--head names the one that is meant.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := revisionUsage(cmd, autogenerate, baseline, message); err != nil {
				return wrongUsage(cmd, err)
			}
			dir, err := p.config.dir()
			if err != nil {
				return err
			}
			if !autogenerate && !baseline {
				o := autogen.Options{Dir: dir, Message: message, Revisions: p.config.Revisions}
				place.apply(&o)
				result, err := autogen.Empty(o)
				if err != nil {
					return err
				}
				p.wrote(result, "fill in its Up and Down, then upgrade "+headAfter(p.config.Revisions, result))
				return nil
			}
			o, closeAll, err := p.options(&a)
			if err != nil {
				return err
			}
			defer closeAll()
			o.Dir, o.Message, o.NoVerify = dir, message, noVerify
			place.apply(&o)
			generate, next := autogen.Generate, "review the file, then upgrade "
			if baseline {
				generate, next = autogen.Baseline, "review the file; the database is stamped with it, and nothing of it was run"
			}
			result, err := p.answering(cmd.Context(), &o, generate)
			if err == nil || result.Plan.Questions != nil {
				p.config.sayAside(result.Plan)
			}
			if err != nil {
				return err
			}
			if result.File == "" {
				p.config.sayAgree(result.Plan, o)
				return nil
			}
			printLines(p.config.Stderr, result.Revision.Up)
			if !baseline {
				next += headAfter(p.config.Revisions, result)
			}
			p.wrote(result, next)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&autogenerate, "autogenerate", false, "compare, and write the difference")
	flags.BoolVar(&baseline, "baseline", false, "take over a database that was made by other means")
	flags.StringVarP(&message, "message", "m", "", "what the revision does (default: made from the change)")
	flags.BoolVar(&noVerify, "no-verify", false, "do not run the revision on a scratch database first")
	a.register(cmd)
	place.register(cmd)
	flags.StringVar(&place.head, "head", "", "what the revision builds on: an id, a label, shop@head; base begins a line of its own (default: the only head)")
	return cmd
}

// revisionUsage refuses flags that would have no effect, one of which may be
// what the caller thinks that he asked for.
func revisionUsage(cmd *cobra.Command, autogenerate, baseline bool, message string) error {
	switch {
	case autogenerate && baseline:
		return errors.New("--autogenerate and --baseline exclude each other")
	case autogenerate:
		return nil
	}
	for _, name := range comparisonFlags {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s needs --autogenerate", name)
		}
	}
	if !baseline && message == "" {
		return errors.New(`what is it to hold? --autogenerate for what the models have new, --baseline for a database that is there already, or -m "what it will do" for an empty one`)
	}
	return nil
}

// wrote tells of a new file: its path is the result.
func (p *program) wrote(result autogen.Result, next string) {
	p.config.say("revision %s: %s", result.Revision.ID, oneLine(result.Revision.Message))
	if result.Verified != "" {
		p.config.say("verified: up, down, up on %s", result.Verified)
	} else if result.NotVerified != "" {
		p.config.say("not verified: %s", result.NotVerified)
	}
	fmt.Fprintln(p.config.Stdout, relative(result.File))
	p.config.say("next: %s", next)
}
