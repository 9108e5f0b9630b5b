package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// viewReader reads the views that words name; no others are looked at. The
// server stores another text than was written, and has no temporary views that
// would show it, so that it is asked in the scratch database, beside copies of
// the tables. Without one a view counts as what the first words say that have
// it, and is reported as not compared.
type viewReader struct {
	adopter
	said []op.Schema
}

func (r viewReader) read() (views []op.View, asked map[op.View]string, notCompared []string, err error) {
	live, err := r.stored()
	if err != nil || len(live) == 0 {
		return nil, nil, nil, err
	}
	why := "the server has no temporary views to ask how it would write the query; name a scratch database to compare it"
	_, isOurs := r.q.(rehearsal) // where the words were carried out
	switch {
	case isOurs:
		if asked, err = r.askHere(); err != nil {
			return nil, nil, nil, err
		}
	case r.scratch != nil:
		if asked, err = r.ask(); err != nil {
			return nil, nil, nil, err
		}
		why = "the scratch database refused it"
	}
	done := map[string]bool{}
	for _, schema := range r.said {
		for _, first := range schema.Views {
			key := r.viewKey(first.Name)
			text, isThere := live[key]
			if !isThere || done[key] {
				continue
			}
			done[key] = true
			word, fits := r.fitting(key, text, asked)
			_, isAsked := asked[first]
			switch {
			case fits:
				views = append(views, word)
			case isAsked || first.Materialized:
				views = append(views, op.View{Name: first.Name, SQL: strings.ReplaceAll(text, quoteName(r.database)+".", "")})
			default:
				views = append(views, first)
				if !isOurs {
					notCompared = append(notCompared, fmt.Sprintf("view %q was not compared: %s", first.Name, why))
				}
			}
		}
	}
	return views, asked, notCompared, nil
}

// same reports whether two views in words are one to the server. Where it could
// not be asked how it would write them, it tells at least whether their columns
// have the same names: one without an alias has the text of its expression for
// a name. No row is read.
func (r viewReader) same(asked map[op.View]string, first, other op.View) (bool, error) {
	a, isAsked := asked[first]
	b, isOtherAsked := asked[other]
	if isAsked && isOtherAsked {
		return a == b, nil
	}
	if !r.sameExpr(first.SQL, other.SQL) || !r.ignoresCase && !r.sameLetters(first.SQL, other.SQL) {
		return false, nil
	}
	var names [2][]string
	for i, query := range []string{first.SQL, other.SQL} {
		rows, err := r.q.QueryContext(r.ctx, "SELECT * FROM ("+query+"\n) AS limbeck_asks LIMIT 0")
		if err != nil {
			return false, r.ctx.Err() // it reads what is not there
		}
		names[i], err = rows.Columns()
		if err := errors.Join(err, rows.Close()); err != nil {
			return false, fmt.Errorf("asking for the columns of view %q: %w", first.Name, err)
		}
	}
	return slices.Equal(names[0], names[1]), nil
}

// sameLetters reports whether two queries are the same in the letter case of
// every word, as names of tables need it where they are files.
func (r viewReader) sameLetters(a, b string) bool {
	x, err := r.inner(a)
	y, other := r.inner(b)
	return err == nil && other == nil && slices.EqualFunc(x, y, func(a, b token) bool { return a.text == b.text })
}

// fitting returns the first words that come out as what is there.
func (r viewReader) fitting(key, text string, asked map[op.View]string) (op.View, bool) {
	for _, schema := range r.said {
		for _, word := range schema.Views {
			if stored, ok := asked[word]; ok && r.viewKey(word.Name) == key && stored == text {
				return word, true
			}
		}
	}
	return op.View{}, false
}

// viewKey is a view's name as the server compares it, without the connection's
// own database.
func (r viewReader) viewKey(name string) string {
	return r.foldTable(strings.TrimPrefix(name, r.database+"."))
}

// stored returns the queries of the views that are there, by key.
func (r viewReader) stored() (map[string]string, error) {
	live := map[string]string{}
	wanted := map[string]bool{}
	databases := []any{r.database}
	for _, schema := range r.said {
		for _, v := range schema.Views {
			wanted[r.viewKey(v.Name)] = true
			if database, _, _ := splitName(v.Name); database != "" && !slices.Contains(databases, any(database)) {
				databases = append(databases, database)
			}
		}
	}
	if len(wanted) == 0 {
		return live, nil
	}
	rows, err := r.q.QueryContext(r.ctx, "SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA IN (?"+strings.Repeat(", ?", len(databases)-1)+")", databases...)
	if err != nil {
		return nil, fmt.Errorf("reading the views: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var database, name, text string
		if err := rows.Scan(&database, &name, &text); err != nil {
			return nil, fmt.Errorf("reading the views: %w", err)
		}
		if key := r.viewKey(database + "." + name); wanted[key] {
			live[key] = text
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the views: %w", err)
	}
	return live, nil
}

// askedView is the name of a view while the server is asked.
const askedView = "limbeck_asks"

// ask makes what the words say in the scratch database, one view after the
// other, and returns what the server makes of those that it takes.
func (r viewReader) ask() (asked map[op.View]string, err error) {
	conn, err := r.scratch.Conn(r.ctx)
	if err != nil {
		return nil, fmt.Errorf("connecting to the scratch database: %w", err)
	}
	defer conn.Close()
	var name string
	if err := conn.QueryRowContext(r.ctx, "SELECT DATABASE()").Scan(&name); err != nil {
		return nil, fmt.Errorf("asking for the name of the scratch database: %w", err)
	}
	there, err := scratchObjects(r.ctx, conn)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 {
		return nil, nil // it is in use; nothing is asked
	}
	defer func() { err = errors.Join(err, emptyDatabase(context.WithoutCancel(r.ctx), conn)) }()
	if err := r.copyTables(conn); err != nil {
		return nil, err
	}
	return r.askAll(conn, name)
}

// askHere asks in a disposable place, where all tables are, about the views that
// are said in several ways.
func (r viewReader) askHere() (map[op.View]string, error) {
	several := viewReader{adopter: r.adopter}
	for _, schema := range r.said {
		for _, v := range schema.Views {
			isRestated := func(other op.Schema) bool { o := other.View(v.Name); return o != nil && *o != v }
			if slices.ContainsFunc(r.said, isRestated) {
				several.said = append(several.said, op.Schema{Views: []op.View{v}})
			}
		}
	}
	return several.askAll(r.q, r.database)
}

// askAll asks in a database of that name.
func (r viewReader) askAll(q ddl.Querier, database string) (asked map[op.View]string, err error) {
	asked = map[op.View]string{}
	// A view may read others: those of the first words stand in for them.
	for grown := true; grown; {
		grown = false
		for _, schema := range r.said {
			for _, v := range schema.Views {
				if _, known := asked[v]; known || v.Materialized {
					continue
				}
				text, ok, err := r.askOne(q, v, database)
				if err != nil {
					return nil, err
				}
				if ok {
					asked[v], grown = text, true
					_, _ = q.ExecContext(r.ctx, "CREATE VIEW "+quoteName(r.viewKey(v.Name))+" AS "+v.SQL) // or there is one
				}
			}
		}
	}
	return asked, nil
}

// askOne reports false for a query that the server refuses.
func (r viewReader) askOne(q ddl.Querier, v op.View, database string) (text string, ok bool, err error) {
	if _, err := q.ExecContext(r.ctx, "CREATE VIEW "+askedView+" AS "+v.SQL); err != nil {
		return "", false, r.ctx.Err()
	}
	err = q.QueryRowContext(r.ctx, "SELECT VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?", askedView).Scan(&text)
	if _, undo := q.ExecContext(context.WithoutCancel(r.ctx), "DROP VIEW "+askedView); err == nil {
		err = undo
	}
	return strings.ReplaceAll(text, quoteName(database)+".", quoteName(r.database)+"."), err == nil, err
}

// copyTables makes the live tables that views read, without keys to others.
func (r viewReader) copyTables(conn *sql.Conn) error {
	for _, t := range r.live {
		isRead := false
		for _, schema := range r.said {
			for _, v := range schema.Views {
				isRead = isRead || op.Reads(v.SQL, t.Name)
			}
		}
		if !isRead || strings.Contains(t.Name, ".") {
			continue
		}
		d, err := readDefinition(r.ctx, r.q, r.server, t.Name)
		if err != nil {
			return err
		}
		table := d.table.Clone()
		table.ForeignKeys, table.Checks, table.Options = nil, nil, ""
		text, err := r.createTable(table)
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(r.ctx, text); err != nil {
			return fmt.Errorf("copying table %q to the scratch database: %w", t.Name, err)
		}
	}
	return nil
}
