package mysql

import (
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

func TestKind(t *testing.T) {
	for sql, want := range map[string]ddl.Kind{
		"INSERT INTO t VALUES (1)": ddl.Undoable, "update t set a = 1": ddl.Undoable, "WITH x AS (SELECT 1) DELETE FROM t": ddl.Undoable,
		"(SELECT 1)": ddl.Undoable, "-- a comment\nSELECT 1": ddl.Undoable, "CALL p()": ddl.Undoable, "LOAD DATA INFILE 'x' INTO TABLE t": ddl.Undoable,
		"SET @a = 1": ddl.Setting, "CREATE TEMPORARY TABLE t (a int)": ddl.Setting, "DROP TEMPORARY TABLE t": ddl.Setting,
		"CREATE TABLE t (a int)": ddl.Alone, "/*!50003 CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @a = 1 */": ddl.Alone,
		"ALTER TABLE t ADD b int": ddl.Alone, "RENAME TABLE t TO u": ddl.Alone, "TRUNCATE t": ddl.Alone, "ANALYZE TABLE t": ddl.Alone, "GRANT SELECT ON t TO u": ddl.Alone,
		"": ddl.Undoable, "'": ddl.Undoable,
	} {
		if got := (Dialect{}).Kind(sql); got != want {
			t.Errorf("%q is of kind %v, want %v", sql, got, want)
		}
	}
}

// TestRecover: each statement is known to have taken effect when it has, and not
// before; rows that come and go make no difference.
func TestRecover(t *testing.T) {
	_, conn := open(t)
	d := Dialect{}
	for _, sql := range []string{
		"CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, b int)",
		"ALTER TABLE t ADD c int, ADD KEY k (c)",
		"ALTER TABLE `t` DROP KEY k",
		"CREATE INDEX k ON t (c)",
		"RENAME TABLE t TO u",
		"CREATE TABLE p (id int PRIMARY KEY); ",
		"ALTER TABLE u ADD CONSTRAINT fk FOREIGN KEY (c) REFERENCES p (id)",
		"ALTER TABLE u COMMENT = 'x'",
		"CREATE VIEW v AS SELECT id FROM u",
		"CREATE OR REPLACE VIEW v AS SELECT c FROM u",
		"CREATE TRIGGER g BEFORE INSERT ON u FOR EACH ROW SET NEW.b = 1",
		"DROP TRIGGER g",
		"CREATE PROCEDURE f() SELECT 1",
		"DROP PROCEDURE f",
		"DROP VIEW v",
		"DROP TABLE u, p",
		"CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, b int)",
	} {
		mark, err := d.Mark(t.Context(), conn, sql)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		if took, err := d.Recover(t.Context(), conn, sql, mark); took || err != nil {
			t.Errorf("%s has not run yet: %v, %v", sql, took, err)
		}
		exec(t, conn, sql)
		if took, err := d.Recover(t.Context(), conn, sql, mark); !took || err != nil {
			t.Errorf("%s has run: %v, %v", sql, took, err)
		}
	}
	// A statement that finds its table there fails, and has no effect then either.
	var here string
	if err := conn.QueryRowContext(t.Context(), "SELECT DATABASE()").Scan(&here); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"CREATE TABLE t (a int)", "CREATE TABLE `t`(a int)", "CREATE TABLE " + here + ".t (a int)", "CREATE TABLE `" + here + "`.`t` (a int)"} {
		mark, err := d.Mark(t.Context(), conn, sql)
		if took, again := d.Recover(t.Context(), conn, sql, mark); took || again != nil || err != nil || mark != markThere {
			t.Errorf("%s fails: mark %q, %v, %v, %v", sql, mark, took, err, again)
		}
	}
	// Of these the name alone says nothing.
	for _, sql := range []string{"CREATE TABLE IF NOT EXISTS t (a int)", "CREATE TABLE t LIKE u", "CREATE TABLE t AS (SELECT 1)", "CREATE OR REPLACE TABLE t (a int)", "CREATE TABLE t SELECT (1)"} {
		if mark, err := d.Mark(t.Context(), conn, sql); err != nil || len(mark) != 64 {
			t.Errorf("%s: mark %q, %v", sql, mark, err)
		}
	}
	// Earlier versions took a digest of every statement.
	s, err := askServer(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	const later = "CREATE TABLE later (a int)"
	digest, err := s.digest(t.Context(), conn, later)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []bool{false, true} {
		if took, err := d.Recover(t.Context(), conn, later, digest); took != want || err != nil {
			t.Errorf("by a digest it took effect: %v, %v; want %v", took, err, want)
		}
		if !want {
			exec(t, conn, later)
		}
	}
	mark, err := d.Mark(t.Context(), conn, "ALTER TABLE t ADD c int")
	if err != nil {
		t.Fatal(err)
	}
	exec(t, conn, "INSERT INTO t (b) VALUES (1), (2)", "CREATE TABLE elsewhere (a int)")
	if took, err := d.Recover(t.Context(), conn, "ALTER TABLE t ADD c int", mark); took || err != nil {
		t.Errorf("only rows and other tables have changed: %v, %v", took, err)
	}
}
