package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// listing are the flags of commands that list revisions.
type listing struct{ json, verbose bool }

func (f *listing) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "show all that is known of each")
}

// detail prints all that is known of a revision but for what it does.
func (p *program) detail(e entry) {
	out := p.config.Stdout
	fmt.Fprintf(out, "revision %s%s\n", e.ID, e.marks())
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(out, "%-8s %s\n", name, text)
		}
	}
	parents := strings.Join(e.Parents, ", ")
	if parents == "" && !e.Foreign {
		parents = "none"
	}
	line("parents", parents)
	line("needs", strings.Join(e.DependsOn, ", "))
	line("labels", strings.Join(e.Labels, ", "))
	line("created", e.Created)
	if r := e.record; r != nil {
		line("applied", fmt.Sprintf("%s in %s, by version %s", r.AppliedAt.UTC().Format(time.DateTime), taken(r.Duration), r.Version))
	}
	line("file", p.file(e.File))
	line("message", strings.ReplaceAll(strings.TrimSpace(e.Message), "\n", "\n         "))
}

// file shows where a revision's file should be.
func (p *program) file(name string) string {
	if name == "" {
		return ""
	}
	if dir, err := p.config.dir(); err == nil {
		return relative(filepath.Join(dir, name))
	}
	return name // the program is not in its module
}
