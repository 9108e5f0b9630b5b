package mysql

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		sql  string
		want []string
	}{
		{"", nil},
		{" ; ;-- nothing\n/* ; */", nil},
		{"SELECT 1; SELECT ';' , \"a;b\", `c;d` ;", []string{"SELECT 1", "SELECT ';' , \"a;b\", `c;d`"}},
		{`SELECT 'a\';b'; SELECT 'c'';d'`, []string{`SELECT 'a\';b'`, `SELECT 'c'';d'`}},
		{"SELECT 1 # ;\n; SELECT 2 -- ;\n", []string{"SELECT 1", "SELECT 2"}},
		{"SELECT 1--1;SELECT 2", []string{"SELECT 1--1", "SELECT 2"}},
		{"/*!50003 SELECT 1 */; SELECT 2", []string{"/*!50003 SELECT 1 */", "SELECT 2"}},
		{"CREATE TABLE begin_end (a int); SELECT 1", []string{"CREATE TABLE begin_end (a int)", "SELECT 1"}},
		{"CREATE OR REPLACE DEFINER=`a`@`%` PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; WHILE 0 DO SELECT 3; END WHILE; END; SELECT 4",
			[]string{"CREATE OR REPLACE DEFINER=`a`@`%` PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; WHILE 0 DO SELECT 3; END WHILE; END", "SELECT 4"}},
		{"CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW SET @a = 1; SELECT 2", []string{"CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW SET @a = 1", "SELECT 2"}},
		{"CREATE FUNCTION f() RETURNS int RETURN (SELECT CASE WHEN 1 THEN 2 END); SELECT 3", []string{"CREATE FUNCTION f() RETURNS int RETURN (SELECT CASE WHEN 1 THEN 2 END)", "SELECT 3"}},
	} {
		list, err := mode{}.splitStatements(test.sql)
		if err != nil {
			t.Errorf("%q: %v", test.sql, err)
		}
		var got []string
		for _, s := range list {
			got = append(got, s.SQL)
		}
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", test.sql, d)
		}
	}
}

func TestSplitByMode(t *testing.T) {
	for _, test := range []struct {
		m    mode
		sql  string
		want int
	}{
		{mode{}, `SELECT 'a\'; SELECT '`, 1},
		{mode{plainBackslash: true}, `SELECT 'a\'; SELECT 'b'`, 2},
		{mode{}, `SELECT "a\"; SELECT "`, 1},
		{mode{ansiQuotes: true}, `SELECT "a\"; SELECT "b"`, 2},
	} {
		list, err := test.m.splitStatements(test.sql)
		if err != nil || len(list) != test.want {
			t.Errorf("%+v %s: %d statements, %v", test.m, test.sql, len(list), err)
		}
	}
}

func TestSplitRefuses(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT 1;\n begin": "line 2, column 2: BEGIN", "COMMIT": "COMMIT", "start transaction": "START TRANSACTION", "ROLLBACK": "ROLLBACK",
		"set autocommit = 0": "SET AUTOCOMMIT", "USE other": "write database.table", "LOCK TABLES t READ": "LOCK TABLES", "UNLOCK TABLES": "UNLOCK TABLES",
		"DELIMITER //": "mysql client", "XA START 'a'": "XA", "SELECT 'a": "not closed", "SELECT /* ": "not closed", "SELECT `a": "not closed",
	} {
		if _, err := (mode{}).splitStatements(sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", sql, err, want)
		}
	}
	for _, sql := range []string{"ROLLBACK TO SAVEPOINT a", "SAVEPOINT a", "SELECT begin FROM t", "SET @a = 1"} {
		if _, err := (mode{}).splitStatements(sql); err != nil {
			t.Errorf("%q: %v", sql, err)
		}
	}
}
