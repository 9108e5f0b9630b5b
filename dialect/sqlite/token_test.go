package sqlite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokenize(t *testing.T) {
	for _, test := range []struct {
		sql  string
		kind tokenKind
		text string
	}{
		{"word_1", tokenWord, "word_1"}, {"$x", tokenWord, "$x"}, {"naïve", tokenWord, "naïve"}, {"x", tokenWord, "x"}, {"X1", tokenWord, "X1"},
		{`"a ""b"" c"`, tokenName, `a "b" c`}, {"`a``b`", tokenName, "a`b"}, {"[a ]", tokenName, "a "}, {"[a\"b]", tokenName, `a"b`}, {`""`, tokenName, ""},
		{"'it''s'", tokenString, "it's"}, {"''", tokenString, ""}, {"''''", tokenString, "'"}, {"'--'", tokenString, "--"}, {"'/*'", tokenString, "/*"},
		{"12", tokenNumber, "12"}, {"1.5e-3", tokenNumber, "1.5e-3"}, {".5", tokenNumber, ".5"}, {"0x1F", tokenNumber, "0x1F"}, {"1e+10", tokenNumber, "1e+10"},
		{"x'00FF'", tokenBlob, "x'00FF'"}, {"X''", tokenBlob, "X''"},
		{"(", tokenSign, "("}, {"\x00", tokenSign, "\x00"}, {"-", tokenSign, "-"}, {"/", tokenSign, "/"}, {"]", tokenSign, "]"},
	} {
		// Blanks and comments around it do not count.
		for _, format := range []string{"%", " \t\r\n\f%\n", "/* '\"`[ */%/* open", "-- '(\n% --"} {
			sql := strings.Replace(format, "%", test.sql, 1)
			tokens, err := tokenize(sql)
			if err != nil || len(tokens) != 1 {
				t.Errorf("%q: %+v, %v", sql, tokens, err)
				continue
			}
			if got := tokens[0]; got.kind != test.kind || got.value() != test.text || sql[got.start:got.end] != test.sql {
				t.Errorf("%q: %+v", sql, got)
			}
		}
	}
}

func TestTokenizeSequence(t *testing.T) {
	tokens, err := tokenize("a.b>=0x1f-1e+2--c\n||'d'/*e*/f")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, token := range tokens {
		got = append(got, token.text)
	}
	if diff := cmp.Diff([]string{"a", ".", "b", ">", "=", "0x1f", "-", "1e+2", "|", "|", "'d'", "f"}, got); diff != "" {
		t.Error(diff)
	}
	for _, sql := range []string{"'", `a "b`, "`", "[a", "x'0", "'a''"} {
		if tokens, err := tokenize(sql); err == nil || !strings.Contains(err.Error(), "not closed") {
			t.Errorf("%q: %+v, %v", sql, tokens, err)
		}
	}
}

// FuzzTokenize checks that tokens and the gaps between them are the text, and
// that the gaps hold nothing but blanks and comments.
func FuzzTokenize(f *testing.F) {
	for _, sql := range []string{"", "a 'b' \"c\" [d] `e` x'f' 1.5e+3", "--a\n/*b", "'", "\xff\x00é", "1e+-", "$1 ?2 :a @b"} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		tokens, err := tokenize(sql)
		if err != nil {
			return
		}
		at := 0
		for _, token := range tokens {
			if token.start < at || token.end <= token.start || sql[token.start:token.end] != token.text {
				t.Fatalf("token %+v at %d", token, at)
			}
			again, err := tokenize(sql[at:token.start])
			if err != nil || len(again) > 0 {
				t.Fatalf("the gap %q holds %+v, %v", sql[at:token.start], again, err)
			}
			_ = token.value()
			at = token.end
		}
	})
}

func TestNormal(t *testing.T) {
	for _, same := range [][]string{
		{"a > 0", "A>0", "((a > 0))", `"a" > /* x */ 0`, "[A] >\n0", "`a`>0--x"},
		{"(a) + (b)", "((a) + (b))", "(((a) + (b)))"},
		{"lower(a) = 'X'", "LOWER( a )='X'"},
		{`"select" = 1`, `( "select"=1 )`},
	} {
		for _, sql := range same {
			if normalSQL(sql) != normalSQL(same[0]) {
				t.Errorf("%q and %q are one, not %q and %q", sql, same[0], normalSQL(sql), normalSQL(same[0]))
			}
		}
	}
	for _, pair := range [][2]string{{"a = 'x'", "a = 'X'"}, {"(a) + (b)", "a) + (b"}, {"((a) + (b))", "a + b"}, {"a b", "ab"}, {`"null"`, "null"}, {"'", "a"}, {`"a b"`, "a b"}} {
		if normalSQL(pair[0]) == normalSQL(pair[1]) {
			t.Errorf("%q and %q are two", pair[0], pair[1])
		}
	}
	for text, want := range map[string]string{"VARCHAR (10)": "varchar(10)", "double  precision": "double precision", "Decimal(10, 2)": "decimal(10,2)", "": "", `"My Type"`: "my type"} {
		if got := normalType(text); got != want {
			t.Errorf("normalType(%q) is %q, want %q", text, got, want)
		}
	}
	for in, want := range map[string]string{"t.a > 'T.b'": "a > 'T.b'", `"T" . "a" + [t].b`: ` "a" + b`, "t": "t"} {
		if got := unqualified(in, "t"); got != want {
			t.Errorf("unqualified(%q) is %q, want %q", in, got, want)
		}
	}
}
