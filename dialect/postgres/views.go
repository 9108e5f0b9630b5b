package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// viewPrefix begins the names of the temporary views that say how the server
// writes a query.
const viewPrefix = "limbeck_view_"

// viewReading is what is known of the views that words name. No others are
// looked at.
type viewReading struct {
	home  string
	words []op.View // of all words, in order
	// reason says why the server may not be asked, or is empty.
	reason string
	// stored are the queries as the server writes them, by place in words.
	stored map[int]string
	live   map[string]op.View
}

func newViewReading(home string, said []op.Schema) *viewReading {
	v := &viewReading{home: home, stored: map[int]string{}, live: map[string]op.View{}}
	for _, s := range said {
		v.words = append(v.words, s.Views...)
	}
	return v
}

// ask reads which of the views are there, and makes temporary views of what the
// words say of them. It belongs before the search path is emptied, and read
// after that.
func (v *viewReading) ask(ctx context.Context, q ddl.Querier) error {
	if len(v.words) == 0 {
		return nil
	}
	if err := v.readLive(ctx, q); err != nil || len(v.live) == 0 {
		return err
	}
	var err error
	if v.reason, err = cannotAsk(ctx, q); err != nil || v.reason != "" {
		return err
	}
	for i, word := range v.words {
		if _, isThere := v.live[v.fold(word.Name)]; !isThere || slices.Contains(v.words[:i], word) {
			continue
		}
		err := attempt(ctx, q, func() error {
			_, err := q.ExecContext(ctx, "CREATE TEMPORARY VIEW "+viewPrefix+strconv.Itoa(i)+" AS "+word.SQL)
			return err
		})
		// What is refused, because it reads what is not there yet, is not what
		// is there.
		if err != nil && sqlState(err) == "" {
			return fmt.Errorf("asking the server about view %q: %w", word.Name, err)
		}
	}
	return nil
}

func (v *viewReading) fold(name string) string { return strings.TrimPrefix(name, v.home+".") }

// names is the condition for the views that words name.
func (v *viewReading) names() string {
	pairs := []string{"('', '')"}
	for _, word := range v.words {
		schema, name := splitName(word.Name)
		if schema == "" {
			schema = v.home
		}
		pairs = append(pairs, "("+quoteString(schema)+", "+quoteString(name)+")")
	}
	return "(n.nspname, c.relname) IN (" + strings.Join(pairs, ", ") + ")"
}

func (v *viewReading) readLive(ctx context.Context, q ddl.Querier) error {
	c := catalogue{home: v.home}
	return each(ctx, q, "the views", `SELECT n.nspname::text, c.relname::text, c.relkind = 'm', pg_get_viewdef(c.oid)
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('v', 'm') AND `+v.names(), func(rows *sql.Rows) error {
		var schema, name string
		var view op.View
		err := rows.Scan(&schema, &name, &view.Materialized, &view.SQL)
		view.Name = c.name(schema, name)
		view.SQL = query(view.SQL)
		v.live[view.Name] = view
		return err
	})
}

// query returns what the server shows without the semicolon at its end.
func query(text string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), ";"))
}

// read reads the queries as the server writes them.
func (v *viewReading) read(ctx context.Context, q ddl.Querier) error {
	if len(v.live) == 0 {
		return nil
	}
	if err := v.readLive(ctx, q); err != nil { // now with schemas
		return err
	}
	return each(ctx, q, "the temporary views", `SELECT c.relname::text, pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c
		WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind = 'v' AND c.relname LIKE 'limbeck\_view\_%'`, func(rows *sql.Rows) error {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return err
		}
		if i, err := strconv.Atoi(strings.TrimPrefix(name, viewPrefix)); err == nil {
			v.stored[i] = query(text)
		}
		return nil
	})
}

// spoken returns the views that are there, in words where these are true.
func (v *viewReading) spoken(c *catalogue) (views []op.View, notCompared []string) {
	done := map[string]bool{}
	for i, word := range v.words {
		name := v.fold(word.Name)
		live, isThere := v.live[name]
		if !isThere || done[name] || live.Materialized != word.Materialized {
			continue
		}
		if stored, answered := v.stored[i]; v.reason == "" && (!answered || stored != live.SQL) {
			continue
		}
		if v.reason != "" {
			notCompared = append(notCompared, fmt.Sprintf("view %q was not compared: %s", word.Name, v.reason))
		}
		views, done[name] = append(views, word), true
	}
	for name, live := range v.live {
		if !done[name] {
			live.SQL = c.local(live.SQL)
			views = append(views, live)
		}
	}
	slices.SortFunc(views, func(a, b op.View) int { return strings.Compare(a.Name, b.Name) })
	return views, notCompared
}

// same reports whether two views in words are one to the server, which names
// their columns too where it writes them.
func (v *viewReading) same(first, other op.View) (bool, error) {
	a, isAsked := v.stored[slices.Index(v.words, first)]
	b, isOtherAsked := v.stored[slices.Index(v.words, other)]
	if isAsked && isOtherAsked {
		return a == b, nil
	}
	return sameText(first.SQL, other.SQL), nil
}
