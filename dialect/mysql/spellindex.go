package mysql

import (
	"fmt"
	"strings"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// refuse says why the server has no such index, or nothing. A unique index
// over some of the rows would be one over all of them here, and refuse rows
// that the model allows. (GORM's driver makes just that.)
func (s server) refuse(table string, x op.Index) error {
	fail := func(why string) error {
		return fmt.Errorf("index %q of table %q: %w: %s", x.Name, table, ddl.ErrUnsupported, why)
	}
	if x.Unique && x.Where != "" {
		return fail(fmt.Sprintf("%s has no partial indexes, and without its condition (%s) this unique one would refuse other rows too; "+
			"add the columns of the condition to it, or make it unique over a generated column that is null elsewhere", s, x.Where))
	}
	for _, p := range x.Columns {
		switch {
		case p.Expr != "" && s.isMaria:
			return fail(fmt.Sprintf("mariadb has no indexes over expressions (%s); put it over a generated column", p.Expr))
		case p.Expr != "" && !s.hasExpressionIndexes():
			return fail(fmt.Sprintf("indexes over expressions (%s) need mysql 8.0.13, this is %s; put it over a generated column", p.Expr, s))
		case p.Collate != "":
			return fail(fmt.Sprintf("%s has no collation (%s) in an index; give it to the column", s, p.Collate))
		case p.Nulls == "first" && p.Desc, p.Nulls == "last" && !p.Desc:
			return fail(fmt.Sprintf("%s takes null for the smallest value and cannot put it %s here; leave out the order of nulls", s, p.Nulls))
		}
	}
	return nil
}

// spellIndex writes an index as it stands inside CREATE TABLE and behind ADD.
func (s server) spellIndex(x op.Index) string {
	return kindOf(x) + " " + quoteName(x.Name) + " (" + s.spellParts(x.Columns) + ")" + s.spellIndexOptions(x)
}

func (s server) createIndex(table string, x op.Index) string {
	return "CREATE " + kindOf(x) + " " + quoteName(x.Name) + " ON " + quoteTable(table) + " (" + s.spellParts(x.Columns) + ")" + s.spellIndexOptions(x)
}

func kindOf(x op.Index) string {
	switch {
	case x.Class != "":
		return x.Class + " INDEX"
	case x.Unique:
		return "UNIQUE INDEX"
	}
	return "INDEX"
}

// spellIndexOptions leaves out the method, as GORM's driver does inside CREATE
// TABLE: InnoDB has one, and gin or gist mean other databases. On other engines
// the options can say USING HASH.
func (s server) spellIndexOptions(x op.Index) string {
	text := ""
	if x.Comment != "" {
		text += " COMMENT " + s.quoteString(x.Comment)
	}
	if options := strings.TrimSpace(x.Options); options != "" {
		text += " " + options
	}
	return text
}

// spellParts writes the parts of a key.
func (s server) spellParts(parts []op.KeyPart) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		text := quoteName(p.Column)
		if p.Expr != "" {
			text = "(" + s.trimmed(p.Expr) + ")"
		}
		if p.Length > 0 {
			text += fmt.Sprintf("(%d)", p.Length)
		}
		if p.Desc {
			text += " DESC"
		}
		texts[i] = text
	}
	return strings.Join(texts, ",")
}
