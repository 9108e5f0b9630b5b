package sqlite

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

func TestSplitStatements(t *testing.T) {
	for sql, want := range map[string][]ddl.Statement{
		"":                  nil,
		" ;; -- x\n;":       nil,
		"SELECT 1":          {{SQL: "SELECT 1", Line: 1, Column: 1}},
		"SELECT 1;SELECT 2": {{SQL: "SELECT 1", Line: 1, Column: 1}, {SQL: "SELECT 2", Line: 1, Column: 10}},
		"-- a;\n SELECT ';' /* ; */ ;\n\n  SELECT \";\";": {{SQL: "SELECT ';'", Line: 2, Column: 2}, {SQL: `SELECT ";"`, Line: 4, Column: 3}},
		"CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE t SET end = NEW.end; END; SELECT 2": {
			{SQL: "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; UPDATE t SET end = NEW.end; END", Line: 1, Column: 1},
			{SQL: "SELECT 2", Line: 1, Column: 106},
		},
		"create temp trigger a after insert on t begin select case 1 when 1 then case 2 when 3 then 4 end end; end": {
			{SQL: "create temp trigger a after insert on t begin select case 1 when 1 then case 2 when 3 then 4 end end; end", Line: 1, Column: 1},
		},
		"SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 3": {{SQL: "SELECT CASE 1 WHEN 1 THEN 2 END", Line: 1, Column: 1}, {SQL: "SELECT 3", Line: 1, Column: 34}},
		"SELECT 'ä'; SELECT 2":                      {{SQL: "SELECT 'ä'", Line: 1, Column: 1}, {SQL: "SELECT 2", Line: 1, Column: 13}},
		"SAVEPOINT a; ROLLBACK TO a; ROLLBACK TRANSACTION TO a; RELEASE a": {
			{SQL: "SAVEPOINT a", Line: 1, Column: 1}, {SQL: "ROLLBACK TO a", Line: 1, Column: 14},
			{SQL: "ROLLBACK TRANSACTION TO a", Line: 1, Column: 29}, {SQL: "RELEASE a", Line: 1, Column: 56},
		},
	} {
		got, err := splitStatements(sql)
		if err != nil {
			t.Errorf("%q: %v", sql, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q:\n%s", sql, diff)
		}
	}
}

func TestSplitRefuses(t *testing.T) {
	for sql, want := range map[string]string{
		"BEGIN": "line 1, column 1: BEGIN", "SELECT 1;\n  commit;": "line 2, column 3: COMMIT", "END TRANSACTION": "END",
		"ROLLBACK": "ROLLBACK", "/* x */ rollback transaction": "column 9: ROLLBACK", "SELECT 'open": "not closed",
	} {
		if _, err := splitStatements(sql); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", sql, err, want)
		}
	}
}

func TestStatementErrorPlace(t *testing.T) {
	for name, test := range map[string]struct {
		sql          string
		number       int
		line, column int
		exact        bool
	}{
		"syntax":              {"SELECT 1;\nSELECT\n  1 FORM t", 2, 3, 10, true}, // 1 AS FORM, then t
		"syntax at once":      {"SELEC 1", 1, 1, 1, true},
		"second on a line":    {"SELECT 1; UPDATE here SET a = 1", 2, 1, 18, true},
		"repeated word":       {"UPDATE t SET a = a, a = , a = 1", 1, 1, 25, true},
		"unicode before":      {"SELECT 'äöü', nope", 1, 1, 15, true},
		"no table":            {"SELECT 1;\nINSERT INTO nope VALUES (1)", 2, 2, 13, true},
		"no column":           {"UPDATE t\nSET b = 1", 1, 2, 5, true},
		"column ambiguous":    {"SELECT nope, nope FROM t", 1, 1, 1, false},
		"qualified column":    {"SELECT t.nope FROM t", 1, 1, 10, true},
		"function":            {"SELECT\nnofun(1)", 1, 2, 1, true},
		"incomplete":          {"SELECT 1;\nSELECT (", 2, 2, 9, true},
		"exists":              {"CREATE TABLE  t (a)", 1, 1, 15, true},
		"constraint":          {"SELECT 1;\n INSERT INTO u VALUES (NULL)", 2, 2, 2, false},
		"keyword in a string": {"SELECT 'FROM' FROM FROM", 1, 1, 20, true},
	} {
		t.Run(name, func(t *testing.T) {
			conn := openMemory(t)
			exec(t, conn, "CREATE TABLE t (a)", "CREATE TABLE u (a NOT NULL)")
			list, err := splitStatements(test.sql)
			if err != nil {
				t.Fatal(err)
			}
			var got *ddl.StatementError
			if err := ddl.Run(context.Background(), conn, Dialect{}, list); !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if got.Number != test.number || got.Line != test.line || got.Column != test.column || got.Exact != test.exact {
				t.Errorf("got %v", got)
			}
			if got := master(t, conn); len(got) != 2 {
				t.Errorf("locating ran something: %v", got)
			}
		})
	}
}
