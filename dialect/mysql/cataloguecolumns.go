package mysql

import (
	"strings"

	"github.com/go-limbeck/limbeck/op"
)

func (r *catalogue) columnsQuery() string {
	// What most columns have comes as NULL, which takes no memory. A comment of
	// blanks is none that NULLIF could tell from an empty one.
	return `SELECT TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT, NULLIF(IS_NULLABLE, 'YES'), COLLATION_NAME,
		NULLIF(EXTRA, ''), IF(LENGTH(COLUMN_COMMENT), COLUMN_COMMENT, NULL), NULLIF(GENERATION_EXPRESSION, '')
		FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?`
}

func (r *catalogue) takeColumns(rows []row) {
	byPosition := func(a, b row) int { return a.number(1) - b.number(1) }
	r.perTable(rows, byPosition, func(t *liveTable, rows []row) {
		t.Columns = make([]op.Column, len(rows))
		for i, row := range rows {
			r.takeColumn(t, &t.Columns[i], row)
		}
	})
}

func (r *catalogue) takeColumn(t *liveTable, c *op.Column, row row) {
	normal, certain := r.normalType(row.text(3))
	c.Name, c.NotNull, c.Comment = row.text(2), row.text(5) == "NO", row.text(8)
	if collation := row.text(6); collation != t.collation {
		c.Collate = collation
	}
	if normal == "longtext" && t.isJSON[fold(c.Name)] {
		normal = "json"
	}
	if normal == "json" {
		c.Collate = ""
	}
	c.Type = op.Raw(normal)
	if !certain {
		switch base(normal) {
		case "enum", "set", "timestamp":
		default:
			t.hasText = true
		}
	}
	t.hasText = t.hasText || row.text(9) != ""
	extra, isExpr, updated := strings.ToLower(row.text(7)), false, ""
	if extra != "" {
		isExpr = strings.Contains(" "+extra, " default_generated")
		extra = strings.TrimSpace(strings.Replace(" "+extra, " default_generated", "", 1))
	}
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
	if !row.isNull(4) {
		c.Default = r.shownDefault(shownDefault{normal, row.text(4), isExpr})
		isBits := strings.HasPrefix(c.Default.Text, "b'")
		t.hasText = t.hasText || c.Default.Kind == op.DefaultExpr && !isNow(c.Default.Text) && !isBits
	}
	if updated != "" {
		if c.Default.IsZero() {
			c.Default = op.Expr("NULL")
		}
		c.Default = op.Expr(r.spellDefaultText(c.Default) + " ON UPDATE " + updated)
	}
}

// shownDefault is [catalogue.catalogueDefault], which it remembers.
func (r *catalogue) shownDefault(d shownDefault) op.Default {
	known, ok := r.known.defaults[d]
	if !ok {
		known = r.catalogueDefault(d.normal, d.text, d.isExpr)
		r.known.defaults[d] = known
	}
	return known
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
