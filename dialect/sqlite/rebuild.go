package sqlite

import (
	"fmt"
	"slices"
	"strings"
)

// oldPrefix and newPrefix begin the name of a table that stands beside the one
// that keeps the name. None is left behind: the whole rebuild is part of one
// transaction.
const (
	oldPrefix = "limbeck_old_"
	newPrefix = "limbeck_new_"
)

// rebuild returns the statements that put the new definition in the place of
// the old one, after https://sqlite.org/lang_altertable.html#otheralter.
// Foreign keys are off and the transaction is open already (steps 1, 2); the
// check at its end is the transaction's too (steps 10 to 12).
func (s *tableState) rebuild() []string {
	var texts []string
	if s.namesItself() {
		texts = s.newBeside()
	} else {
		texts = s.oldAside()
	}
	for _, x := range s.indexes {
		texts = append(texts, named(x.sql, "INDEX", string(s.place)))
	}
	for _, sql := range s.triggers {
		texts = append(texts, named(sql, "TRIGGER", string(s.place)))
	}
	return append(texts, s.temporary...)
}

// oldAside renames the old table and makes the new one under its own name: so
// its statement is stored as it was written, a constraint that fails names it,
// and what ANALYZE found out stays. SQLite warns of that order because a
// renaming reaches into views, triggers and other tables' keys; it does not
// where legacy_alter_table is on and foreign_keys is off.
func (s *tableState) oldAside() []string {
	old, table := s.free(oldPrefix), s.stored.name
	texts := s.rename(table, old)
	texts = append(texts, s.def.createAs(string(s.place)))
	texts = append(texts, s.copyRows(old, table)...)
	return append(texts, "DROP TABLE "+s.place.name(old))
}

// newBeside is the order of SQLite's own page, for tables that name themselves
// in a check or a generated column: under another name the old one would not be
// valid (legacy_alter_table leaves these names as they are). The new one goes
// without them, as it has another name for a time.
func (s *tableState) newBeside() []string {
	table, temporary := s.stored.name, s.free(newPrefix)
	def := s.def
	def.nameText = quoteName(temporary)
	texts := []string{unqualified(def.createAs(string(s.place)), table)}
	texts = append(texts, s.copyRows(table, temporary)...)
	move := func(from, to string) {
		if s.analyzed {
			texts = append(texts, fmt.Sprintf("UPDATE %ssqlite_stat1 SET tbl = %s WHERE tbl = %s", s.place, quoteString(to), quoteString(from)))
		}
	}
	move(table, temporary+".")
	texts = append(texts, "DROP TABLE "+s.place.name(table))
	move(temporary+".", table)
	return append(texts, s.rename(temporary, table)...)
}

// rename returns the statements that rename a table and nothing else.
func (s *tableState) rename(from, to string) []string {
	return []string{
		"PRAGMA legacy_alter_table = ON",
		"ALTER TABLE " + s.place.name(from) + " RENAME TO " + quoteName(to),
		"PRAGMA legacy_alter_table = OFF",
	}
}

// namesItself reports whether the definition that stands in the database has
// the table's own name before a column.
func (s *tableState) namesItself() bool {
	text := s.stored.String()
	return unqualified(text, s.stored.name) != text
}

// free returns a name for a second table that no other has.
func (s *tableState) free(prefix string) string {
	name := prefix + s.stored.name
	for slices.ContainsFunc(s.taken, func(other string) bool { return sameName(name, other) }) {
		name += "_"
	}
	return name
}

// copyRows returns the statements that copy the rows of one table, and its
// counter, to the other.
func (s *tableState) copyRows(from, to string) []string {
	var texts []string
	if text := s.insertRows(from, to); text != "" {
		texts = append(texts, text)
	}
	if autoIncrements(s.stored) && autoIncrements(s.def) {
		// The counter remembers rows that are gone, so that no id is used twice.
		texts = append(texts,
			fmt.Sprintf("DELETE FROM %ssqlite_sequence WHERE name = %s", s.place, quoteString(to)),
			fmt.Sprintf("INSERT INTO %ssqlite_sequence (name, seq) SELECT %s, seq FROM %ssqlite_sequence WHERE name = %s",
				s.place, quoteString(to), s.place, quoteString(from)))
	}
	return texts
}

// insertRows returns the statement that copies the rows, or "" where no column
// of them stays. ABORT overrides the conflict clauses of the table's own
// constraints, which may say that rows are to be dropped without a word.
func (s *tableState) insertRows(old, table string) string {
	head := "INSERT OR ABORT INTO " + s.place.name(table)
	if s.copiesWhole() {
		return head + " SELECT * FROM " + s.place.name(old)
	}
	var into, from []string
	if rowid := s.rowid(); rowid != "" {
		into, from = append(into, rowid), append(from, rowid)
	}
	for _, c := range s.def.columns {
		if source, ok := s.source[fold(c.name)]; ok {
			into, from = append(into, quoteName(c.name)), append(from, source)
		}
	}
	if len(into) == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%s) SELECT %s FROM %s", head, strings.Join(into, ", "), strings.Join(from, ", "), s.place.name(old))
}

// copiesWhole reports whether each row is copied as it is, in the same columns
// and under the same key. SQLite then moves records without taking them apart
// (https://sqlite.org/src/file/src/insert.c, xferOptimization), which halves
// the time. Where rows have a rowid beside their columns it would number them
// anew.
func (s *tableState) copiesWhole() bool {
	if s.hasHiddenRowid(s.stored) || s.hasHiddenRowid(s.def) {
		return false
	}
	return slices.EqualFunc(s.stored.columns, s.def.columns, func(a, b columnDef) bool {
		return a.name == b.name && s.source[fold(b.name)] == quoteName(a.name) &&
			a.constraint(generatedConstraint) == nil && b.constraint(generatedConstraint) == nil
	})
}

// rowid returns a name by which the rowid is copied, or "" where rows have none
// that is no column of theirs in the new table, or that cannot be named in both.
func (s *tableState) rowid() string {
	if s.stored.hasOption("WITHOUT ROWID") || !s.hasHiddenRowid(s.def) {
		return ""
	}
	for _, name := range rowidNames {
		if s.stored.column(name) == nil && s.def.column(name) == nil {
			return name
		}
	}
	return ""
}

// rowidNames are the names of the rowid, those excepted that a column has.
var rowidNames = []string{"rowid", "_rowid_", "oid"}

// hasHiddenRowid reports whether the rows of a table have a rowid that is no
// column of theirs.
func (s *tableState) hasHiddenRowid(d tableDef) bool {
	if d.hasOption("WITHOUT ROWID") {
		return false
	}
	key := d.table().PrimaryKey
	if len(key) != 1 {
		return true
	}
	c := d.column(key[0].Column)
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
