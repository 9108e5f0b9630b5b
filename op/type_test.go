package op_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

func TestTypeText(t *testing.T) {
	for _, test := range []struct {
		typ          op.Type
		text, goText string
	}{
		{op.Type{}, "", "op.Type{}"},
		{op.Bool(), "bool", "op.Bool()"},
		{op.Int(64), "int(64)", "op.Int(64)"},
		{op.Uint(8), "uint(8)", "op.Uint(8)"},
		{op.Float(32), "float(32)", "op.Float(32)"},
		{op.Decimal(12), "decimal(12)", "op.Decimal(12)"},
		{op.Decimal(12, 2), "decimal(12, 2)", "op.Decimal(12, 2)"},
		{op.String(100), "string(100)", "op.String(100)"},
		{op.Text(), "text", "op.Text()"},
		{op.KeyText(), "key_text", "op.KeyText()"},
		{op.Bytes(), "bytes", "op.Bytes()"},
		{op.Bytes(16), "bytes(16)", "op.Bytes(16)"},
		{op.Time(), "time", "op.Time()"},
		{op.Time(0), "time(0)", "op.Time(0)"},
		{op.Time(3), "time(3)", "op.Time(3)"},
		{op.EnumType("state", "new", `"paid"`), "enum state", "op.EnumType(\"state\", \"new\", `\"paid\"`)"},
		{op.EnumType("state", "a").On("mysql", "char(1)"), "enum state, char(1) on mysql", `op.EnumType("state", "a").On("mysql", "char(1)")`},
		{op.Raw("enum('a')"), "enum('a')", `op.Raw("enum('a')")`},
		{op.Raw(`"my type"`), `"my type"`, "op.Raw(`\"my type\"`)"},
		{
			op.Text().On("mysql", "varchar(100)"),
			"text, varchar(100) on mysql", `op.Text().On("mysql", "varchar(100)")`,
		},
		{
			op.Int(8).On("sqlite", "b").On("mysql", "a").On("sqlite", "c"),
			"int(8), a on mysql, c on sqlite", `op.Int(8).On("mysql", "a").On("sqlite", "c")`,
		},
	} {
		if got := test.typ.String(); got != test.text {
			t.Errorf("String: %q, want %q", got, test.text)
		}
		if got := test.typ.GoString(); got != test.goText {
			t.Errorf("GoString: %s, want %s", got, test.goText)
		}
	}
}

// TestStringLiterals: text from outside becomes a Go literal that compiles and
// means the text.
func TestStringLiterals(t *testing.T) {
	for text, want := range map[string]string{
		"":           `""`,
		"plain":      `"plain"`,
		"it's":       `"it's"`,
		`say "hi"`:   "`say \"hi\"`",
		`back\slash`: "`back\\slash`",
		"two\nlines": "`two\nlines`",
		"\"\ttab":    "`\"\ttab`",
		"\"`":        "\"\\\"`\"",
		"\"\r":       `"\"\r"`,
		"\"\ufeff":   `"\"\ufeff"`,
		"\"\xff":     `"\"\xff"`,
		"\"\x00":     `"\"\x00"`,
		"\"\u202e":   `"\"\u202e"`, // turns the direction of what follows
		"日本":         `"日本"`,
		"\"日本":       "`\"日本`",
	} {
		if got := op.Raw(text).GoString(); got != "op.Raw("+want+")" {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestDefaultText(t *testing.T) {
	for _, test := range []struct {
		value        op.Default
		text, goText string
	}{
		{op.Default{}, "none", "op.Default{}"},
		{op.Literal("draft"), "'draft'", `op.Literal("draft")`},
		{op.Literal("it's"), "'it''s'", `op.Literal("it's")`},
		{op.Literal(""), "''", `op.Literal("")`},
		{op.Literal(true), "true", "op.Literal(true)"},
		{op.Literal([]byte{}), "x''", `op.Literal([]byte(""))`},
		{op.Literal([]byte{0, 'a', 0xff}), "x'0061ff'", `op.Literal([]byte("\x00a\xff"))`},
		{op.Literal(false), "false", "op.Literal(false)"},
		{op.Literal(0), "0", "op.Literal(0)"},
		{op.Literal(-5), "-5", "op.Literal(-5)"},
		{op.Literal(int64(math.MinInt64)), "-9223372036854775808", "op.Literal(int64(-9223372036854775808))"},
		{op.Literal(uint64(math.MaxUint64)), "18446744073709551615", "op.Literal(uint64(18446744073709551615))"},
		{op.Literal(2.5), "2.5", "op.Literal(2.5)"},
		{op.Literal(2.0), "2", "op.Literal(2)"},
		{op.Literal(1e21), "1000000000000000000000", "op.Literal(1000000000000000000000.0)"},
		{op.Expr("now()"), "now()", `op.Expr("now()")`},
		{op.DatabaseDefault(), "set by the database", "op.DatabaseDefault()"},
		{
			op.Expr("now()").On("sqlite", "CURRENT_TIMESTAMP").On("mysql", "x"),
			"now(), x on mysql, CURRENT_TIMESTAMP on sqlite",
			`op.Expr("now()").On("mysql", "x").On("sqlite", "CURRENT_TIMESTAMP")`,
		},
	} {
		if got := test.value.String(); got != test.text {
			t.Errorf("String: %q, want %q", got, test.text)
		}
		if got := test.value.GoString(); got != test.goText {
			t.Errorf("GoString: %s, want %s", got, test.goText)
		}
	}
}

// TestOnLeavesTheOriginal: On is a method of a value.
func TestOnLeavesTheOriginal(t *testing.T) {
	base := op.Text().On("mysql", "a").On("sqlite", "b")
	other := base.On("mysql", "c").On("postgres", "d")
	if diff := cmp.Diff(op.Text().On("mysql", "a").On("sqlite", "b"), base); diff != "" {
		t.Error(diff)
	}
	for dialect, want := range map[string]string{"mysql": "c", "postgres": "d", "sqlite": "b"} {
		if got, ok := other.SpelledOn(dialect); !ok || got != want {
			t.Errorf("on %s: %q, %v; want %q", dialect, got, ok, want)
		}
	}
	if got, ok := other.SpelledOn("oracle"); ok {
		t.Errorf("on oracle: %q", got)
	}
	literal := op.Literal(1).On("mysql", "a")
	if got, ok := literal.On("mysql", "b").SpelledOn("mysql"); !ok || got != "b" {
		t.Errorf("default on mysql: %q, %v", got, ok)
	}
	if got, _ := literal.SpelledOn("mysql"); got != "a" {
		t.Errorf("the original says %q", got)
	}
}

// TestEqual: what is set in any way is a difference, and no number is not 0.
func TestEqual(t *testing.T) {
	types := []op.Type{
		{}, op.Time(), op.Time(0), op.Time(3), op.Text(), op.KeyText(), op.Raw("text"), op.Raw(""), op.Int(8), op.Uint(8),
		op.Decimal(8), op.Decimal(8, 0), op.Text().On("mysql", "a"), op.Text().On("mysql", "b"), op.Text().On("sqlite", "a"),
	}
	for i, a := range types {
		for j, b := range types {
			if a.Equal(b) != (i == j) {
				t.Errorf("%#v equals %#v: %v", a, b, a.Equal(b))
			}
		}
		if a.IsZero() != (i == 0) {
			t.Errorf("%#v is zero: %v", a, a.IsZero())
		}
	}
	defaults := []op.Default{
		{}, op.DatabaseDefault(), op.Literal(""), op.Expr(""), op.Literal("1"), op.Literal(1), op.Expr("1"), op.Literal(true), op.Literal("true"),
		op.Literal(1).On("mysql", "a"), op.Literal(1).On("mysql", "b"),
	}
	for i, a := range defaults {
		for j, b := range defaults {
			if a.Equal(b) != (i == j) {
				t.Errorf("%#v equals %#v: %v", a, b, a.Equal(b))
			}
		}
		if a.IsZero() != (i == 0) {
			t.Errorf("%#v is zero: %v", a, a.IsZero())
		}
	}
}

func TestTypeArg(t *testing.T) {
	typ := op.Decimal(12, 2)
	for i, want := range []int{12, 2} {
		if got, ok := typ.Arg(i); !ok || got != want {
			t.Errorf("Arg(%d) = %d, %v; want %d", i, got, ok, want)
		}
	}
	if got, ok := typ.Arg(2); ok {
		t.Errorf("Arg(2) = %d", got)
	}
	if _, ok := op.Time().Arg(0); ok {
		t.Error("Time() has a precision")
	}
}

func TestEnumValues(t *testing.T) {
	for _, test := range []struct {
		typ  op.Type
		want []string
		ok   bool
	}{
		{op.EnumType("state", "a", "b"), []string{"a", "b"}, true},
		{op.Raw("enum('a','b')"), []string{"a", "b"}, true},
		{op.Raw(" ENUM ( 'it''s' , 'b, c)' ) CHARACTER SET latin1"), []string{"it's", "b, c)"}, true},
		{op.Raw("enum('')"), []string{""}, true},
		{op.Raw("enumeration"), nil, false},
		{op.Raw("enum"), nil, false},
		{op.Raw("enum('a'"), nil, false},
		{op.Raw("enum('a' 'b')"), nil, false},
		{op.Raw("enum(a)"), nil, false},
		{op.Raw("set('a','b')"), nil, false},
		{op.Text(), nil, false},
	} {
		got, ok := test.typ.EnumValues()
		if ok != test.ok || ok && !cmp.Equal(got, test.want) {
			t.Errorf("%s: %q, %v; want %q, %v", test.typ, got, ok, test.want, test.ok)
		}
	}
}
