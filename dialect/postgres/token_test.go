package postgres

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-limbeck/limbeck/op"
)

func TestTokenize(t *testing.T) {
	for sql, want := range map[string]string{
		`a "b""c" 'd''e' 1.5e-3 x::int`: `a|"b""c"|'d''e'|1.5e-3|x|::|int`,
		`E'\'' B'01' U&'x' U&"y" n'z'`:  `E'\''|B'01'|U&'x'|U&"y"|n'z'`,
		`$$a;b$$ $x$ $$ $x$ $1`:         `$$a;b$$|$x$ $$ $x$|$|1`,
		"a -- b\nc /* d /* e */ f */ g": `a|c|g`,
		`'open`:                         `'open`,
		`"open`:                         `"open`,
		`/* open`:                       ``,
		`$a$ open`:                      `$a$ open`,
		`été.x$1`:                       `été|.|x$1`,
	} {
		var texts []string
		for _, token := range tokenize(sql) {
			texts = append(texts, token.text)
		}
		if got := strings.Join(texts, "|"); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
	}
}

// TestPropertyTokensAreTheText: whatever the text, tokens lie in it in order and
// nothing but blanks and comments between them.
func TestPropertyTokensAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sql := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"'", `"`, "$", "$$", "a", "E", "\\", "(", ")", ";", " ", "--", "\n", "/*", "*/", "1", ".", "é", ":", "U&", "BEGIN ", "END"})).Draw(t, "parts"), "")
		end := 0
		for _, token := range tokenize(sql) {
			if token.start < end || token.end <= token.start || sql[token.start:token.end] != token.text {
				t.Fatalf("%q: %+v after %d", sql, token, end)
			}
			end = token.end
		}
		_, _ = splitStatements(sql)
		_ = normalSQL(sql)
		_, _ = storedType(sql)
		_ = parseIndex("CREATE INDEX i ON t (" + sql + ")")
		_ = define("t", op.Column{Name: "c", Type: op.Raw(sql)})
	})
}

func TestSplit(t *testing.T) {
	const body = "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END"
	for sql, want := range map[string][]string{
		"":                        nil,
		" ; ; ":                   nil,
		"a; b -- ;\n;c":           {"a", "b", "c"},
		"a ';' \";\" $$;$$ /*;*/": {"a ';' \";\" $$;$$"},
		"CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); x": {"CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "x"},
		body + "; x":                 {body, "x"},
		"ROLLBACK TO s; SAVEPOINT s": {"ROLLBACK TO s", "SAVEPOINT s"},
	} {
		list, err := splitStatements(sql)
		var got []string
		for _, s := range list {
			got = append(got, s.SQL)
		}
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%q: %v\n%s", sql, err, d)
		}
	}
	for _, sql := range []string{"BEGIN", "begin work", "START TRANSACTION", "COMMIT", "END", "ABORT", "ROLLBACK", "x; ROLLBACK WORK", "PREPARE TRANSACTION 'x'", "/* */ commit"} {
		if _, err := splitStatements(sql); err == nil || !strings.Contains(err.Error(), "does not belong in a revision") {
			t.Errorf("%q: %v", sql, err)
		}
	}
}

func TestQuote(t *testing.T) {
	for got, want := range map[string]string{
		quoteTable(`a."b`):            `"a"."""b"`,
		quoteString(`it's`):           `'it''s'`,
		quoteString(`a\'b`):           `E'a\\''b'`,
		chosenName("t", "c", "key"):   "t_c_key",
		chosenName("s.t", "", "pkey"): "t_pkey",
		chosenName(strings.Repeat("a", 40), strings.Repeat("b", 40), "fkey"): strings.Repeat("a", 29) + "_" + strings.Repeat("b", 28) + "_fkey",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
