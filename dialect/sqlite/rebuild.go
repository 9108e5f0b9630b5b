package sqlite

import (
	"fmt"
	"strings"
)

// temporaryPrefix begins the name of a table while it is being rebuilt. None
// is left behind: the whole rebuild is part of one transaction.
const temporaryPrefix = "limbeck_new_"

// rebuild returns the statements that put the new definition in the place of
// the old one, after https://sqlite.org/lang_altertable.html#otheralter.
// Foreign keys are off and the transaction is open already (steps 1, 2); the
// check at its end is the transaction's too (steps 10 to 12).
//
// legacy_alter_table is on for the renaming: without it SQLite would follow
// the new table's name into views, triggers and other tables' keys, and refuse
// while a view has nothing to read from.
func (s *tableState) rebuild() []string {
	old := s.stored.name
	temporary := temporaryPrefix + old
	def := s.def
	def.name = temporary
	// A check may name its own table, which has another name for now.
	texts := []string{unqualified(def.String(), old)}

	var into, from []string
	if s.keepsRowid() {
		into, from = append(into, "rowid"), append(from, "rowid")
	}
	for _, c := range def.columns {
		if source, ok := s.source[fold(c.name)]; ok {
			into, from = append(into, quoteName(c.name)), append(from, source)
		}
	}
	if len(into) > 0 {
		// ABORT overrides the conflict clauses of the table's own constraints,
		// which may say that rows are to be dropped without a word.
		texts = append(texts, fmt.Sprintf("INSERT OR ABORT INTO %s (%s) SELECT %s FROM %s",
			quoteName(temporary), strings.Join(into, ", "), strings.Join(from, ", "), quoteName(old)))
	}
	if autoIncrements(s.stored) && autoIncrements(def) {
		// The counter remembers rows that are gone, so that no id is used twice.
		texts = append(texts,
			"DELETE FROM sqlite_sequence WHERE name = "+quoteString(temporary),
			fmt.Sprintf("INSERT INTO sqlite_sequence (name, seq) SELECT %s, seq FROM sqlite_sequence WHERE name = %s",
				quoteString(temporary), quoteString(old)))
	}
	texts = append(texts,
		"DROP TABLE "+quoteName(old),
		"PRAGMA legacy_alter_table = ON",
		"ALTER TABLE "+quoteName(temporary)+" RENAME TO "+quoteName(old),
		"PRAGMA legacy_alter_table = OFF")
	for _, x := range s.indexes {
		texts = append(texts, x.sql)
	}
	return append(texts, s.triggers...)
}

// keepsRowid reports whether rows have a rowid that is no column of theirs in
// the new table, and that can be named in both.
func (s *tableState) keepsRowid() bool {
	for _, d := range []tableDef{s.stored, s.def} {
		if d.hasOption("WITHOUT ROWID") || d.column("rowid") != nil {
			return false
		}
	}
	key := s.def.table().PrimaryKey
	if len(key) != 1 {
		return true
	}
	c := s.def.column(key[0].Column)
	if c == nil || normalType(c.typeText) != "integer" {
		return true
	}
	// An old mistake that SQLite keeps: DESC with the column (not with the
	// table) makes it an ordinary key.
	inline := c.constraint(primaryKeyConstraint)
	return inline != nil && inline.parts[0].desc
}

func autoIncrements(d tableDef) bool {
	for _, c := range d.table().Columns {
		if c.AutoIncrement {
			return true
		}
	}
	return false
}
