package diff

import (
	"regexp"
	"slices"

	"github.com/go-limbeck/limbeck/op"
)

// besideDefault returns the value for rows that are there when a column with a
// default comes. Databases give the default to all of them, which a key may not
// take: then a column that may be null has none in them. Otherwise it asks. A
// reference is asked about in any case, since the default may be meant.
func (f *filler) besideDefault(before, t *op.Table, c op.Column) op.Default {
	about := place{t.Name, c.Name}
	k, ok := f.clash(before, t, c)
	switch {
	case !ok:
		return op.Default{}
	case mayBeNull(t, c) && k.takesNulls && !(k.refers && f.ask):
		return op.Expr("NULL")
	case !f.ask:
		f.caution(about, c.Default, k.why())
		return op.Default{}
	}
	var answers []string
	if k.refers {
		answers = append(answers, flag(f.flag, about.String()+"="+c.Default.String()))
	}
	if mayBeNull(t, c) {
		answers = append(answers, flag(f.flag, about.String()+"=NULL"))
	}
	for _, other := range t.Columns {
		if other.Name == c.Name || !k.refers && k.has(other.Name) {
			answers = append(answers, toFillIn(f.flag, place{t.Name, other.Name}, sqlValue))
		}
	}
	f.question(about, defaultText(about, c.Default), k.why(), answers)
	return op.Default{}
}

// clash returns the key that may refuse the default of a new column in all rows
// at once. Where a unique key is all of such columns, it is found for the first
// one, and for those that may be null: a null in one of them is enough.
func (f *filler) clash(before, t *op.Table, c op.Column) (rowKey, bool) {
	keys := keysWith(t, c.Name)
	i := slices.IndexFunc(keys, func(k rowKey) bool {
		if k.refers {
			return !f.refersToNothing(before, t, k)
		}
		becomesNull := func(c op.Column) bool { return mayBeNull(t, c) && k.takesNulls }
		otherIsFirst := true
		for _, other := range t.Columns {
			switch {
			case other.Name == c.Name:
				otherIsFirst = false
			case !k.has(other.Name):
			case !f.isAlike(before, other), !becomesNull(c) && (otherIsFirst || becomesNull(other)):
				return false
			}
		}
		return f.isAlike(before, c) && !op.Mentions(k.where, c.Name)
	})
	if i < 0 {
		return rowKey{}, false
	}
	return keys[i], true
}

// refersToNothing reports whether a new column leaves the reference null in all
// rows that are there.
func (f *filler) refersToNothing(before, t *op.Table, k rowKey) bool {
	return slices.ContainsFunc(t.Columns, func(c op.Column) bool {
		value := c.Default
		if answer, ok := f.answers[place{t.Name, c.Name}]; ok {
			value = answer
		}
		return k.has(c.Name) && before.Column(c.Name) == nil && mayBeNull(t, c) && c.Generated.IsZero() && !givesValue(value)
	})
}

// isAlike reports whether a column is new and gets the same default in all rows
// that are there.
func (f *filler) isAlike(before *op.Table, c op.Column) bool {
	_, isGiven := f.answers[place{before.Name, c.Name}]
	return before.Column(c.Name) == nil && !isGiven && !c.AutoIncrement && c.Generated.IsZero() && isConstant(c.Default)
}

// mayBeNull reports whether the column takes nulls, which one of the primary key
// does not though it may not say so.
func mayBeNull(t *op.Table, c op.Column) bool { return !c.NotNull && !hasColumn(t.PrimaryKey, c.Name) }

// givesValue reports whether there is a default that is not null.
func givesValue(d op.Default) bool {
	isNull := d.Kind == op.DefaultExpr && len(d.Spellings) == 0 && nullWord.MatchString(d.Text)
	return !d.IsZero() && d.Kind != op.DefaultDatabase && !isNull
}

// isLiteral reports whether the default is a value and no expression.
func isLiteral(d op.Default) bool {
	switch d.Kind {
	case op.DefaultString, op.DefaultNumber, op.DefaultBool, op.DefaultBytes:
		return true
	}
	return false
}

var (
	nullWord = regexp.MustCompile(`(?i)^[\s(]*null[\s)]*$`)
	// clock matches the functions that tell the time at which a statement or a
	// transaction began.
	clock = regexp.MustCompile(`(?i)\b(?:now|current_timestamp|current_date|current_time|localtimestamp|localtime|curdate|curtime)\s*\(\s*\d*\s*\)`)
	call  = regexp.MustCompile(`[\pL\d_"]\s*\(`)
	quote = regexp.MustCompile(`'(?:[^']|'')*'`)
)

// isConstant reports whether the default is surely the same in all rows that are
// there when its column comes. Databases evaluate an expression for each of
// them, so that a function may give each another value (gen_random_uuid(),
// nextval('s')); only the time is that of the statement.
func isConstant(d op.Default) bool {
	isSame := func(sql string) bool {
		return !call.MatchString(clock.ReplaceAllString(quote.ReplaceAllString(sql, ""), ""))
	}
	return givesValue(d) && (isLiteral(d) || isSame(d.Text)) &&
		!slices.ContainsFunc(d.Spellings, func(s op.Spelling) bool { return !isSame(s.Text) })
}
