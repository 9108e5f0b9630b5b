package mysql

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// ordinary is the condition for the tables that hold rows of the user's.
const ordinary = "TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')"

// liveTable is a table as the catalogue shows it.
type liveTable struct {
	op.Table
	// key is the table's name in the catalogue, by which its rows are found.
	key string
	// collation is the one that its columns have without their own.
	collation string
	// hasText says that there is more to the table than the catalogue says in
	// one form on all servers; SHOW CREATE TABLE says it.
	hasText bool
	// bareKeys says that the catalogue hides the actions of foreign keys from
	// this account; SHOW CREATE TABLE does not.
	bareKeys bool
	// isJSON are the columns that MariaDB checks to be JSON.
	isJSON map[string]bool
	// updated are the columns with ON UPDATE.
	updated []string
}

// readCatalogue reads the tables of one database by a fixed number of queries.
func readCatalogue(ctx context.Context, q ddl.Querier, s server, database string) ([]*liveTable, error) {
	r := catalogue{ctx: ctx, q: q, server: s, database: database, byName: map[string]*liveTable{}}
	for _, read := range []func() error{r.readTables, r.readChecks, r.readColumns, r.readIndexes, r.readForeignKeys} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("reading the catalogue of database %q: %w", database, err)
		}
	}
	return r.tables, nil
}

type catalogue struct {
	server
	ctx      context.Context
	q        ddl.Querier
	database string
	tables   []*liveTable
	byName   map[string]*liveTable
}

// each calls fn with each row, in which NULL is the empty string and not valid.
// The ? of the query is the database: as text, since a statement with arguments
// costs a trip more, to prepare it.
func (r *catalogue) each(query string, fn func(row []sql.NullString)) error {
	rows, err := r.q.QueryContext(r.ctx, strings.Replace(query, "?", r.quoteString(r.database), 1))
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	row, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fn(row)
	}
	return rows.Err()
}

func (r *catalogue) readTables() error {
	return r.each(`SELECT TABLE_NAME, ENGINE, TABLE_COLLATION, TABLE_COMMENT, CREATE_OPTIONS
		FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND `+ordinary+` ORDER BY TABLE_NAME`, func(row []sql.NullString) {
		name := row[0].String
		if strings.Contains(name, ".") {
			return // no qualified name can say it
		}
		t := &liveTable{key: name, collation: row[2].String, isJSON: map[string]bool{}}
		t.Name, t.Comment = name, row[3].String
		charset, _, _ := strings.Cut(t.collation, "_")
		t.Options = strings.TrimSpace(fmt.Sprintf("ENGINE=%s DEFAULT CHARSET=%s COLLATE=%s %s", row[1].String, charset, t.collation, row[4].String))
		r.tables, r.byName[name] = append(r.tables, t), t
	})
}

// readChecks finds the tables that have checks; the checks themselves are read
// with the rest of these tables' text. Those that only keep JSON are no text.
func (r *catalogue) readChecks() error {
	if !r.hasChecks() {
		return nil
	}
	query := "SELECT TABLE_NAME, '', '' FROM information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ? AND CONSTRAINT_TYPE = 'CHECK'"
	if r.isMaria {
		query = "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?"
	}
	return r.each(query, func(row []sql.NullString) {
		t := r.byName[row[0].String]
		if t == nil {
			return
		}
		tokens, err := r.tokenize(row[2].String)
		if r.isMaria && err == nil && isJSONCheck(tokens, r.value, row[1].String) {
			t.isJSON[fold(row[1].String)] = true
			return
		}
		t.hasText = true
	})
}

func (r *catalogue) readColumns() error {
	return r.each(`SELECT TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, IS_NULLABLE, COLUMN_TYPE, COLLATION_NAME, EXTRA, COLUMN_COMMENT, GENERATION_EXPRESSION
		FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION`, func(row []sql.NullString) {
		t := r.byName[row[0].String]
		if t == nil {
			return
		}
		normal, certain := r.normalType(row[4].String)
		c := op.Column{Name: row[1].String, NotNull: row[3].String == "NO", Comment: row[7].String}
		if row[5].String != t.collation {
			c.Collate = row[5].String
		}
		if normal == "longtext" && t.isJSON[fold(c.Name)] {
			normal = "json"
		}
		if normal == "json" {
			c.Collate = ""
		}
		c.Type = op.Raw(normal)
		t.hasText = t.hasText || row[8].String != "" || !certain && base(normal) != "enum" && base(normal) != "set" && base(normal) != "timestamp"
		extra := " " + strings.ToLower(row[6].String)
		isExpr := strings.Contains(extra, "default_generated")
		extra = strings.TrimSpace(strings.Replace(extra, " default_generated", "", 1))
		updated := ""
		if _, after, found := strings.Cut(extra, "on update "); found {
			updated, extra = after, ""
			t.updated = append(t.updated, c.Name)
		}
		switch extra {
		case "":
		case "auto_increment":
			c.AutoIncrement = true
		default:
			t.hasText = true
		}
		if row[2].Valid {
			c.Default = r.catalogueDefault(normal, row[2].String, isExpr)
			isBits := strings.HasPrefix(c.Default.Text, "b'")
			t.hasText = t.hasText || c.Default.Kind == op.DefaultExpr && !isNow(c.Default.Text) && !isBits
		}
		if updated != "" {
			if c.Default.IsZero() {
				c.Default = op.Expr("NULL")
			}
			c.Default = op.Expr(r.spellDefaultText(c.Default) + " ON UPDATE " + updated)
		}
		t.Columns = append(t.Columns, c)
	})
}

// catalogueDefault reads COLUMN_DEFAULT: SQL on MariaDB, the bare value of a
// literal on MySQL.
func (r *catalogue) catalogueDefault(normal, text string, isExpr bool) op.Default {
	if !r.isMaria && !isExpr {
		isBits := strings.HasPrefix(text, "b'") && base(normal) == "bit"
		isMoment := (base(normal) == "datetime" || base(normal) == "timestamp") && isNow(text) // before 8.0 EXTRA does not tell
		if isBits || isMoment {
			return op.Expr(text)
		}
		return literal(normal, text)
	}
	tokens, err := r.tokenize(text)
	if err != nil {
		return op.Expr(text)
	}
	return r.toDefault(normal, text, tokens)
}

func (r *catalogue) readIndexes() error {
	extra := "NULL, 'NO'"
	switch {
	case r.hasExpressionIndexes():
		extra = "EXPRESSION, IF(IS_VISIBLE = 'NO', 'YES', 'NO')"
	case r.isMaria && r.since(never, [3]int{10, 6, 0}):
		extra = "NULL, IGNORED"
	}
	return r.each(`SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE, INDEX_COMMENT, `+extra+`
		FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`, func(row []sql.NullString) {
		t := r.byName[row[0].String]
		if t == nil {
			return
		}
		part := op.KeyPart{Column: row[3].String, Desc: row[4].String == "D"}
		if row[1].String == "PRIMARY" {
			part.Length, _ = strconv.Atoi(row[5].String)
			t.PrimaryKey = append(t.PrimaryKey, part)
			return
		}
		last := len(t.Indexes) - 1
		if last < 0 || t.Indexes[last].Name != row[1].String {
			x := op.Index{Name: row[1].String, Unique: row[2].String == "0", Comment: row[7].String}
			switch row[6].String {
			case "BTREE":
			case "FULLTEXT", "SPATIAL":
				x.Class = row[6].String
				t.hasText = t.hasText || x.Class == "FULLTEXT" // its parser
			default:
				x.Method = row[6].String
			}
			t.hasText = t.hasText || row[8].Valid || row[9].String == "YES"
			t.Indexes, last = append(t.Indexes, x), last+1
		}
		x := &t.Indexes[last]
		if x.Class == "" {
			part.Length, _ = strconv.Atoi(row[5].String)
		}
		x.Columns = append(x.Columns, part)
	})
}

func (r *catalogue) readForeignKeys() error {
	type id struct{ table, name string }
	keys, known := map[id]*op.ForeignKey{}, map[*op.ForeignKey]bool{}
	var order []id
	err := r.each(`SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
		FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL
		ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`, func(row []sql.NullString) {
		place := id{row[0].String, row[1].String}
		k := keys[place]
		if k == nil {
			k = &op.ForeignKey{Name: place.name, RefTable: row[4].String}
			if row[3].String != r.database {
				k.RefTable = row[3].String + "." + k.RefTable
			}
			keys[place], order = k, append(order, place)
		}
		k.Columns = append(k.Columns, row[2].String)
		k.RefColumns = append(k.RefColumns, row[5].String)
	})
	if err != nil || len(order) == 0 {
		return err
	}
	err = r.each(`SELECT TABLE_NAME, CONSTRAINT_NAME, DELETE_RULE, UPDATE_RULE
		FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?`, func(row []sql.NullString) {
		if k := keys[id{row[0].String, row[1].String}]; k != nil {
			known[k] = true
			k.OnDelete, k.OnUpdate = normalAction(row[2].String), normalAction(row[3].String)
		}
	})
	for _, place := range order {
		if t := r.byName[place.table]; t != nil {
			t.ForeignKeys = append(t.ForeignKeys, *keys[place])
			if !known[keys[place]] {
				t.bareKeys, t.hasText = true, true
			}
		}
	}
	return err
}
