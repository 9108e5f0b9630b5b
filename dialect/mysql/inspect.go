package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// Inspect reads the base tables of the connection's database, and those tables
// of other databases that the words name, and of views those that the words
// name. Sequences, temporary tables and tables with a dot in their name are left
// alone. It changes nothing; see the package comment for how texts are compared.
// Where a schema in words says the same as the database, the result is said in
// its words; the first that fits counts.
func (d Dialect) Inspect(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
	q, done, err := oneConnection(ctx, q)
	if err != nil {
		return ddl.Reading{}, err
	}
	defer done()
	finish, err := d.Look(ctx, q, inquiry.Words)
	if err != nil {
		return ddl.Reading{}, err
	}
	return finish(ctx, q, inquiry)
}

// oneConnection returns one of a pool, and what gives it back: temporary tables
// and settings of the session belong to one connection.
func oneConnection(ctx context.Context, q ddl.Querier) (one ddl.Querier, done func(), err error) {
	pool, ok := q.(interface {
		Conn(context.Context) (*sql.Conn, error)
	})
	if !ok {
		return q, func() {}, nil
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("connecting to the database: %w", err)
	}
	return conn, func() { _ = conn.Close() }, nil
}

// Look reads the connection's own database, for which no words are needed, and
// finds out what would be stored for those that are known already, as far as it
// need not ask. What it returns reads the other databases that words name, and
// asks about their text.
func (Dialect) Look(ctx context.Context, q ddl.Querier, said []op.Schema) (ddl.Finish, error) {
	q, done, err := oneConnection(ctx, q)
	if err != nil {
		return nil, err
	}
	defer done()
	s, err := askServer(ctx, q)
	if err != nil {
		return nil, err
	}
	if s.database == "" {
		return nil, fmt.Errorf("reading the schema: the connection has no database; name one in the DSN")
	}
	s.types = &knownTypes{}
	fitting := newFitting(s)
	own, err := readCatalogue(ctx, q, s, s.database, func(tables []*liveTable) {
		if len(said) > 0 {
			fitting.addByColumns(said[0], tables)
		}
	})
	if err != nil {
		return nil, err
	}
	fitting.keepBesideColumns(own)
	return func(ctx context.Context, q ddl.Querier, inquiry ddl.Inquiry) (ddl.Reading, error) {
		q, done, err := oneConnection(ctx, q)
		if err != nil {
			return ddl.Reading{}, err
		}
		defer done()
		live, err := withOthers(ctx, q, s, own, inquiry.Words)
		if err != nil {
			return ddl.Reading{}, err
		}
		return speak(ctx, q, s, live, inquiry, fitting)
	}, nil
}

// speak says the tables in words.
func speak(ctx context.Context, q ddl.Querier, s server, live []*liveTable, inquiry ddl.Inquiry, fitting *fitting) (ddl.Reading, error) {
	a := adopter{ctx: ctx, q: q, server: s, live: s.byName(live), scratch: inquiry.Scratch, refusals: map[string]string{}, made: map[string]bool{}}
	lists := words.Distinct(inquiry.Words)
	known := fitting.alone(lists)
	lookups, err := a.lookups(lists, known)
	if err != nil {
		return ddl.Reading{}, err
	}
	schema := op.Schema{Tables: make([]op.Table, 0, len(live))}
	for _, t := range live {
		if t.hasText {
			if err := readText(ctx, q, s, t); err != nil {
				return ddl.Reading{}, err
			}
		}
		if _, fits := known[s.foldTable(t.Name)]; !fits {
			s.settleKeys(&t.Table, func(index string) (isConstraint, isIndex bool) { return s.said(t.Name, index, lookups) })
			s.settleComment(&t.Table, lookups)
		}
		schema.Tables = append(schema.Tables, t.Table)
	}
	spoken, notCompared := words.Speak(schema, lookups, s.rules())
	spoken.Enums = words.Enums(inquiry.Words, spoken)
	v := viewReader{a, inquiry.Words}
	views, asked, unseen, err := v.read()
	if err != nil {
		return ddl.Reading{}, err
	}
	spoken.Views = views
	rephrased, err := words.RephraseViews(words.Rephrase(inquiry.Words, lookups, s.rules()), func(first, other op.View) (bool, error) {
		return v.same(asked, first, other)
	})
	return ddl.Reading{Schema: spoken, Words: rephrased, NotCompared: append(notCompared, unseen...)}, err
}

// withOthers adds to the tables of the connection's own database those tables of
// other databases that the words name.
func withOthers(ctx context.Context, q ddl.Querier, s server, own []*liveTable, said []op.Schema) ([]*liveTable, error) {
	byName := make(map[string]*liveTable, len(own))
	for _, t := range own {
		byName[s.foldTable(t.key)] = t
	}
	others := map[string][]string{}
	var order []string
	for _, schema := range said {
		for _, t := range schema.Tables {
			database, table, err := splitName(t.Name)
			switch {
			case err != nil:
				return nil, err
			case database == "":
			case s.foldTable(database) == s.foldTable(s.database):
				if live := byName[s.foldTable(table)]; live != nil {
					live.Name = t.Name
				}
			default:
				if others[database] == nil {
					order = append(order, database)
				}
				others[database] = append(others[database], s.foldTable(table))
			}
		}
	}
	for _, database := range order {
		list, err := readCatalogue(ctx, q, s, database, nil)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			if !slices.Contains(others[database], s.foldTable(t.key)) {
				continue
			}
			t.Name = database + "." + t.key
			for i := range t.ForeignKeys {
				qualify(&t.ForeignKeys[i], database, s.database)
			}
			own = append(own, t)
		}
	}
	return own, nil
}

// qualify says the target of a key in another database from here.
func qualify(k *op.ForeignKey, database, here string) {
	if !strings.Contains(k.RefTable, ".") {
		k.RefTable = database + "." + k.RefTable
	}
	k.RefTable = strings.TrimPrefix(k.RefTable, here+".")
}

// readText replaces what the catalogue said of a table by what SHOW CREATE
// TABLE says, which has the text of expressions as the server would write it
// for a temporary table too.
func readText(ctx context.Context, q ddl.Querier, s server, t *liveTable) error {
	def, err := readDefinition(ctx, q, s, t.Name)
	if err != nil {
		return err
	}
	read := def.table
	if t.bareKeys {
		for i := range t.ForeignKeys {
			if k := read.ForeignKey(t.ForeignKeys[i].Name); k != nil {
				t.ForeignKeys[i].OnDelete, t.ForeignKeys[i].OnUpdate = normalAction(k.OnDelete), normalAction(k.OnUpdate)
			}
		}
	}
	read.ForeignKeys, read.Options, read.Comment = t.ForeignKeys, t.Options, t.Comment
	for i := range read.Columns {
		dropCollation(&read.Columns[i], t.collation)
	}
	t.Table = read
	return nil
}

// dropCollation leaves out the collation that the table gives.
func dropCollation(c *op.Column, collation string) {
	if sameCollation(c.Collate, collation) {
		c.Collate = ""
	}
}

// settleKeys calls unique keys what the words call them, as said tells, and
// leaves out the indexes that InnoDB made for foreign keys.
func (s server) settleKeys(t *op.Table, said func(index string) (isConstraint, isIndex bool)) {
	t.Indexes = slices.DeleteFunc(t.Indexes, func(x op.Index) bool {
		isConstraint, isIndex := said(x.Name)
		switch {
		case isIndex:
		case isConstraint && x.Unique:
			t.Uniques = append(t.Uniques, op.Unique{Name: x.Name, Columns: x.Columns})
			return true
		case isAutomatic(*t, x), x.Name == autoKey:
			return true
		}
		return false
	})
}

// settleComment leaves the comment out where words say it in their options.
func (s server) settleComment(t *op.Table, lookups []map[string]words.Saying) {
	for _, lookup := range lookups {
		if saying, ok := lookup[s.foldTable(t.Name)]; ok && t.Comment == saying.Stored.Comment {
			t.Comment = saying.Word.Comment
			return
		}
	}
}

// said reports as what the first words that have the name know it. What raw
// types bring along is in the stored form only.
func (s server) said(table, name string, lookups []map[string]words.Saying) (isConstraint, isIndex bool) {
	for _, lookup := range lookups {
		saying, ok := lookup[s.foldTable(table)]
		if !ok {
			continue
		}
		if isConstraint, isIndex = saidBy(&saying, name); isConstraint || isIndex {
			return isConstraint, isIndex
		}
	}
	return false, false
}

func saidBy(saying *words.Saying, name string) (isConstraint, isIndex bool) {
	return slices.ContainsFunc(saying.Stored.Uniques, func(u op.Unique) bool { return sameName(u.Name, name) }),
		slices.ContainsFunc(saying.Stored.Indexes, func(x op.Index) bool { return sameName(x.Name, name) })
}

// isAutomatic reports whether an index is the one that InnoDB makes for a
// foreign key without one: of the key's columns, by the key's name, or by that
// of its first column where the key has a name of the server's.
func isAutomatic(t op.Table, x op.Index) bool {
	return slices.ContainsFunc(t.ForeignKeys, func(k op.ForeignKey) bool { return isAutomaticFor(k, x) })
}

func isAutomaticFor(k op.ForeignKey, x op.Index) bool {
	if x.Unique || x.Class != "" || x.Comment != "" || x.Options != "" || len(x.Columns) != len(k.Columns) {
		return false
	}
	for i, part := range x.Columns {
		if !sameName(part.Column, k.Columns[i]) || part.Desc || part.Length > 0 || part.Expr != "" {
			return false
		}
	}
	return sameName(x.Name, k.Name) || strings.Contains(k.Name, "_ibfk_") && sameName(x.Name, k.Columns[0])
}
