package op

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Type is the type of a column: a portable word that every database spells
// from its own frozen table, or the raw text of one database. Make one with
// [Bool], [Int], [Uint], [Float], [Decimal], [String], [Text], [KeyText],
// [Bytes], [Time], [EnumType] or [Raw].
type Type struct {
	Word Word `json:"word,omitzero"`
	// Args are the word's numbers: bits, characters, precision and scale. No
	// number and the number 0 are different things: Time() leaves the
	// precision to the database, Time(0) asks for none.
	Args []int `json:"args,omitzero"`
	// Text is the text of a Raw type, exactly as it stands in the DDL, or the
	// name of an enum.
	Text string `json:"text,omitzero"`
	// Values are those of an enum.
	Values []string `json:"values,omitzero"`
	// Spellings replace the frozen table's answer on single databases, in the
	// order of their dialects' names.
	Spellings []Spelling `json:"on,omitzero"`
}

// Word is the name of a portable type.
type Word string

// The portable words, and WordRaw for text that is none of them.
const (
	WordBool    Word = "bool"
	WordInt     Word = "int"
	WordUint    Word = "uint"
	WordFloat   Word = "float"
	WordDecimal Word = "decimal"
	WordString  Word = "string"
	WordText    Word = "text"
	WordKeyText Word = "key_text"
	WordBytes   Word = "bytes"
	WordTime    Word = "time"
	WordEnum    Word = "enum"
	WordRaw     Word = "raw"
)

// Spelling is what one database writes for a type or a default instead of the
// portable word's usual form there.
type Spelling struct {
	Dialect string `json:"dialect"`
	Text    string `json:"text"`
}

// Bool is true or false.
func Bool() Type { return Type{Word: WordBool} }

// Int is a signed integer of that many bits: 8, 16, 32 or 64, or any number
// that a size tag gives.
func Int(bits int) Type { return Type{Word: WordInt, Args: []int{bits}} }

// Uint is an unsigned integer of that many bits. Databases without unsigned
// types take a signed one that is large enough.
func Uint(bits int) Type { return Type{Word: WordUint, Args: []int{bits}} }

// Float is a floating-point number of 32 or 64 bits.
func Float(bits int) Type { return Type{Word: WordFloat, Args: []int{bits}} }

// Decimal is an exact number with that many digits in all, and optionally that
// many of them after the point.
func Decimal(precision int, scale ...int) Type {
	return Type{Word: WordDecimal, Args: append([]int{precision}, scale...)}
}

// String is text of at most that many characters.
func String(characters int) Type { return Type{Word: WordString, Args: []int{characters}} }

// Text is text of any length.
func Text() Type { return Type{Word: WordText} }

// KeyText is text without a stated length that a key, an index or a default
// makes GORM shorten where the database asks for it: varchar(191) on MySQL,
// plain text elsewhere. Whether it does follows from tags and not from the
// schema (go-gorm/mysql, getSchemaStringType), hence a word of its own.
func KeyText() Type { return Type{Word: WordKeyText} }

// Bytes is binary data, of at most that many bytes where a number is given.
func Bytes(size ...int) Type { return Type{Word: WordBytes, Args: slices.Clone(size)} }

// Time is a moment, with that many digits of fractional seconds where a number
// is given.
func Time(precision ...int) Type { return Type{Word: WordTime, Args: slices.Clone(precision)} }

// EnumType is the [Enum] of that name, with its values: a type of that name on
// PostgreSQL, enum('a', …) on MySQL, text on SQLite.
func EnumType(name string, values ...string) Type {
	return Type{Word: WordEnum, Text: name, Values: slices.Clone(values)}
}

// Raw is a type in the words of one database, used as it stands.
func Raw(text string) Type { return Type{Word: WordRaw, Text: text} }

// On returns the type with another spelling on one database, which is named as
// GORM's dialector names it: "sqlite", "postgres", "mysql".
func (t Type) On(dialect, text string) Type {
	t.Spellings = withSpelling(t.Spellings, dialect, text)
	return t
}

// SpelledOn returns the spelling that [Type.On] gave for that database, if any.
func (t Type) SpelledOn(dialect string) (text string, ok bool) {
	return spelledOn(t.Spellings, dialect)
}

// Arg returns the word's number i, and whether it is there.
func (t Type) Arg(i int) (n int, ok bool) {
	if i < len(t.Args) {
		return t.Args[i], true
	}
	return 0, false
}

// Equal reports whether both say the same, for go-cmp too.
func (t Type) Equal(u Type) bool {
	return t.Word == u.Word && t.Text == u.Text &&
		slices.Equal(t.Args, u.Args) && slices.Equal(t.Values, u.Values) && slices.Equal(t.Spellings, u.Spellings)
}

// IsZero reports whether no type is stated.
func (t Type) IsZero() bool { return t.Equal(Type{}) }

// String returns the word for people to read: string(100), text, enum state, or
// the raw text itself.
func (t Type) String() string {
	text := string(t.Word)
	switch {
	case t.Word == WordRaw:
		text = t.Text
	case t.Word == WordEnum:
		text = "enum " + t.Text
	case len(t.Args) > 0:
		text += "(" + joinInts(t.Args) + ")"
	}
	return text + spellingsString(t.Spellings)
}

// GoString returns the Go expression that makes the type.
func (t Type) GoString() string {
	var expr string
	switch t.Word {
	case WordRaw:
		expr = "op.Raw(" + quoteGo(t.Text) + ")"
	case WordKeyText:
		expr = "op.KeyText()"
	case WordEnum:
		expr = "op.EnumType(" + quoteGo(t.Text)
		for _, value := range t.Values {
			expr += ", " + quoteGo(value)
		}
		expr += ")"
	case "":
		return "op.Type{}"
	default:
		name := string(t.Word)
		expr = "op." + strings.ToUpper(name[:1]) + name[1:] + "(" + joinInts(t.Args) + ")"
	}
	return expr + spellingsGoString(t.Spellings)
}

func joinInts(list []int) string {
	parts := make([]string, len(list))
	for i, n := range list {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ", ")
}

func withSpelling(list []Spelling, dialect, text string) []Spelling {
	at, found := slices.BinarySearchFunc(list, dialect, func(s Spelling, name string) int {
		return strings.Compare(s.Dialect, name)
	})
	list = slices.Clone(list)
	if found {
		list[at].Text = text
		return list
	}
	return slices.Insert(list, at, Spelling{Dialect: dialect, Text: text})
}

func spelledOn(list []Spelling, dialect string) (string, bool) {
	for _, s := range list {
		if s.Dialect == dialect {
			return s.Text, true
		}
	}
	return "", false
}

func spellingsString(list []Spelling) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, ", %s on %s", s.Text, s.Dialect)
	}
	return b.String()
}

func spellingsGoString(list []Spelling) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, ".On(%s, %s)", quoteGo(s.Dialect), quoteGo(s.Text))
	}
	return b.String()
}
