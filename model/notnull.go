package model

import (
	"regexp"

	"github.com/go-limbeck/limbeck/op"
)

// notNullType is a `type:` tag that ends in NOT NULL, where nothing but a type
// stands before it.
var notNullType = regexp.MustCompile(`(?is)^([a-z]\w*(?:\s+\w+)*(?:\s*\([^()]*\))?(?:\s+\w+)*)\s+NOT\s+NULL$`)

// besidesType are words that are no part of a type. A default answers already
// what existing rows get.
var besidesType = regexp.MustCompile(`(?i)\b(?:DEFAULT|AS|CHECK|REFERENCES|GENERATED|COMMENT|CONSTRAINT|NOT|NULL)\b`)

// takeNotNull moves the NOT NULL of such a tag to where it is seen: a new column
// is asked about what existing rows get, and a change of it is no change of
// type. GORM makes the same column of both.
func takeNotNull(c op.Column) op.Column {
	found := notNullType.FindStringSubmatch(c.Type.Text)
	if found == nil || besidesType.MatchString(found[1]) {
		return c
	}
	c.Type = op.Raw(found[1])
	c.NotNull = true
	return c
}
