package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// askPrefix begins the names of the temporary tables.
const askPrefix = "limbeck_ask_"

// ask makes a temporary table for each saying with questions, whose columns,
// defaults and checks are the questions: number i becomes limbeck_ask_i. While
// it is made it has the table's own name, which expressions may use.
//
// All are made in one go. Where the server refuses something, which may be a
// type or a function that only other words know, the tables are made piece by
// piece, and what is refused stays unanswered.
func ask(ctx context.Context, q ddl.Querier, list []*saying) error {
	var batch []string
	for i, s := range list {
		batch = append(batch, s.create(i)...)
	}
	if len(batch) == 0 {
		return nil
	}
	err := attempt(ctx, q, func() error {
		_, err := q.ExecContext(ctx, strings.Join(batch, ";\n"))
		return err
	})
	if err == nil || sqlState(err) == "" {
		return err
	}
	for i, s := range list {
		if err := s.createByPieces(ctx, q, i); err != nil {
			return err
		}
	}
	return nil
}

// temporaryName is the name while the table is made.
func (s *saying) temporaryName() string {
	_, name := splitName(s.Word.Name)
	return quoteName(name)
}

func (s *saying) create(i int) []string {
	lines := s.columnLines(func(int) bool { return true }, true)
	for j, question := range s.questions {
		if question.column < 0 {
			lines = append(lines, "CONSTRAINT "+checkName(j)+" "+question.clause)
		}
	}
	return []string{
		"CREATE TEMPORARY TABLE " + s.temporaryName() + " (" + strings.Join(lines, ", ") + ")",
		s.rename(i),
	}
}

func (s *saying) rename(i int) string {
	return "ALTER TABLE pg_temp." + s.temporaryName() + " RENAME TO " + askPrefix + strconv.Itoa(i)
}

func checkName(question int) string { return "limbeck_" + strconv.Itoa(question) }

// columnLines defines the columns that keep picks, as plain ones.
func (s *saying) columnLines(keep func(i int) bool, defaults bool) []string {
	var lines []string
	for i, d := range s.defs() {
		if !keep(i) {
			continue
		}
		line := quoteName(d.word.Name) + " " + d.typ
		for _, question := range s.questions {
			if defaults && question.column == i && question.clause != "" {
				line += " " + question.clause
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// createByPieces makes the table of what the server accepts. A column of a type
// that may not be there is tried in a table of its own, and checks are not
// validated, because adding either to a table can run functions.
func (s *saying) createByPieces(ctx context.Context, q ddl.Querier, i int) error {
	try := func(texts ...string) (refused, err error) {
		err = attempt(ctx, q, func() error {
			for _, text := range texts {
				if _, err := q.ExecContext(ctx, text); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil && sqlState(err) == "" {
			return nil, fmt.Errorf("asking the server about table %q: %w", s.Word.Name, err)
		}
		return err, nil
	}
	refused, err := try(s.create(i)...)
	if refused == nil || err != nil {
		return err
	}
	for j := range s.questions {
		s.questions[j].refused = refused
	}
	defs := s.defs()
	bad := make([]error, len(defs))
	for j, d := range defs {
		if _, known := storedType(d.typ); known {
			continue
		}
		if bad[j], err = try("CREATE TEMPORARY TABLE limbeck_probe (c "+d.typ+")", "DROP TABLE pg_temp.limbeck_probe"); err != nil {
			return err
		}
	}
	lines := s.columnLines(func(j int) bool { return bad[j] == nil }, false)
	refused, err = try("CREATE TEMPORARY TABLE " + s.temporaryName() + " (" + strings.Join(lines, ", ") + ")")
	if refused != nil || err != nil {
		return err
	}
	for j := range s.questions {
		question := &s.questions[j]
		change := "ADD CONSTRAINT " + checkName(j) + " " + question.clause + " NOT VALID"
		if question.column >= 0 {
			change = "ALTER COLUMN " + quoteName(defs[question.column].word.Name) + " SET " + question.clause
			question.refused = bad[question.column]
		}
		if question.clause == "" || question.column >= 0 && question.refused != nil {
			continue
		}
		if question.refused, err = try("ALTER TABLE pg_temp." + s.temporaryName() + " " + change); err != nil {
			return err
		}
	}
	_, err = try(s.rename(i))
	return err
}

// takeAnswers gives the answers in the temporary tables to those who asked.
func takeAnswers(asked []*saying, tables []op.Table) {
	for _, t := range tables {
		if i, err := strconv.Atoi(strings.TrimPrefix(t.Name, askPrefix)); err == nil && i < len(asked) {
			asked[i].answer(t)
		}
	}
}

// answer gives the answers to those who asked.
func (s *saying) answer(t op.Table) {
	for j := range s.questions {
		question := &s.questions[j]
		if question.refused != nil {
			continue
		}
		text := ""
		if c := t.Check(checkName(j)); c != nil {
			text = c.Expr
		}
		question.set(t, text)
		question.answered = true
	}
}
