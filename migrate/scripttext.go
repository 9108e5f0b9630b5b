package migrate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// script is the text of a script as it is written.
type script struct {
	ddl.Script
	graph   *Graph
	dialect dialect.Dialect
	// q is a database of the same kind, which is only asked what it is.
	q          ddl.Querier
	history    history
	idempotent bool
	// applied are the revisions that have run where the text has come to.
	applied map[string]bool
	// hasTable says that the text has seen to the history table.
	hasTable bool
	text     strings.Builder
}

// write writes the whole script.
func (s *script) write(ctx context.Context, list []Planned) error {
	s.applied = maps.Clone(s.applied)
	s.comment("Written by Limbeck %s for %s. Run it with: %s < this file", Version(), s.dialect.Name(), s.Client)
	if len(list) == 0 {
		s.comment("There is nothing to do.")
		return nil
	}
	s.text.WriteString(s.Open)
	for _, p := range list {
		if err := s.revision(ctx, p); err != nil {
			return err
		}
	}
	s.text.WriteString("\n" + s.Close)
	return nil
}

// revision writes what happens together: one revision and its record.
func (s *script) revision(ctx context.Context, p Planned) error {
	r, verb := p.Revision, "Apply"
	if p.Down {
		verb = "Take back"
	}
	s.text.WriteString("\n")
	s.comment("%s revision %s: %s", verb, r.ID, r.Message)
	alone := s.dialect.Transactional() && outside(r, p.ops()) != ""
	if !alone {
		s.statements(s.Begin...)
	} else if s.idempotent && len(s.Begin) > 0 {
		return fmt.Errorf("%w: revision %s cannot run in a transaction (%s), and so not on a condition; leave out --idempotent, or let the program upgrade", ddl.ErrUnsupported, named(r), outside(r, p.ops()))
	}
	create, err := s.tableStatements(ctx)
	if err != nil {
		return err
	}
	s.statements(create...)
	record, err := s.record(p)
	if err != nil {
		return err
	}
	var work []string
	for _, step := range p.Steps {
		for _, statement := range step.Statements {
			work = append(work, strings.TrimRight(statement.SQL, "; \n\t"))
		}
	}
	if work = append(work, record); s.idempotent {
		s.statements(s.Guard(s.isApplied(r.ID, p.Down), work)...)
	} else {
		s.demands(p)
		s.statements(work...)
	}
	if s.applied[r.ID] = !p.Down; p.Down {
		delete(s.applied, r.ID)
		s.dropTable()
	}
	if !alone {
		s.statements(s.Commit...)
	}
	return nil
}

// demands are that the database is where the revision needs it.
func (s *script) demands(p Planned) {
	r := p.Revision
	if p.Down {
		s.statements(s.Demand(s.isApplied(r.ID, true), fmt.Sprintf("revision %s is not applied", r.ID))...)
		return
	}
	s.statements(s.Demand(s.isApplied(r.ID, false), fmt.Sprintf("revision %s is applied already", r.ID))...)
	for _, i := range s.graph.needs[s.graph.place[r.ID]] {
		id, verb := s.graph.order[i].ID, "depends"
		if slices.Contains(r.Parents, id) {
			verb = "builds"
		}
		s.statements(s.Demand(s.isApplied(id, true), fmt.Sprintf("revision %s is not applied, which %s %s on", id, r.ID, verb))...)
	}
}

// table is the name of the history table, without quotes where it needs none.
func (s *script) table() string {
	if s.history.table == Table {
		return Table
	}
	return s.dialect.QuoteTable(s.history.table)
}

// isApplied is the condition that a revision is applied, or is not.
func (s *script) isApplied(id string, yes bool) string {
	not := "NOT "
	if yes {
		not = ""
	}
	return not + "EXISTS (SELECT 1 FROM " + s.table() + " WHERE id = " + s.Quote(id) + ")"
}

// tableStatements make the history table where it may not be there.
func (s *script) tableStatements(ctx context.Context) ([]string, error) {
	if s.hasTable || len(s.applied) > 0 && !s.idempotent {
		return nil, nil
	}
	s.hasTable = true
	step, err := s.dialect.Plan(ctx, s.q, op.List{s.history.columns()})
	if err != nil {
		return nil, fmt.Errorf("making the history table: %w", err)
	}
	var list []string
	for _, statement := range step.Statements {
		list = append(list, strings.Replace(statement.SQL, "CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ", 1))
	}
	return list, nil
}

// dropTable removes the history table with the last revision, as a downgrade
// does.
func (s *script) dropTable() {
	if len(s.applied) > 0 {
		return
	}
	empty, drop := "NOT EXISTS (SELECT 1 FROM "+s.table()+")", "DROP TABLE "+s.table()
	if s.idempotent {
		s.statements(s.Guard(empty, []string{drop})...)
		return
	}
	s.statements(s.Demand(empty, "there are revisions that this script does not know")...)
	s.statements(drop)
}

// record is the statement that writes down what was done.
func (s *script) record(p Planned) (string, error) {
	r := p.Revision
	if p.Down {
		return "DELETE FROM " + s.table() + " WHERE id = " + s.Quote(r.ID), nil
	}
	checksum, err := r.Checksum()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("INSERT INTO %s (id, message, checksum, applied_at, duration_ms, tool_version) VALUES (%s, %s, %s, %s, 0, %s)",
		s.table(), s.Quote(r.ID), s.Quote(r.Message), s.Quote(checksum), s.Now, s.Quote(Version())), nil
}

func (s *script) statements(list ...string) {
	for _, statement := range list {
		if strings.Contains(statement[strings.LastIndexByte(statement, '\n')+1:], "--") {
			statement += "\n" // it may end in a comment
		}
		s.text.WriteString(s.End(statement) + "\n")
	}
}

// comment writes a line, whatever a message has in it.
func (s *script) comment(format string, args ...any) {
	s.text.WriteString("-- " + strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ") + "\n")
}
