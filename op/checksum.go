package op

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Checksum returns a digest of what the revision does, up and down. It starts
// with the version of its own rule, "v1:". Under that rule it is the SHA-256
// of the two lists as JSON with sorted keys and without empty members, so that
// fields which a later version adds do not change it until they are used, and
// a list that is empty counts as one that is not there.
func (r Revision) Checksum() (string, error) { return new(canonical).checksum(r) }

// Checksums returns of each operation the checksum of a revision that does it, and
// nothing else, up.
func (l List) Checksums() ([]string, error) {
	var c canonical
	list := make([]string, len(l))
	for i := range l {
		var err error
		if list[i], err = c.checksum(Revision{Up: l[i : i+1]}); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (c *canonical) checksum(r Revision) (string, error) {
	c.sum, c.out = sha256.New(), append(c.out[:0], '{')
	parts := []struct {
		key  string
		list List
	}{{`"down":`, r.Down}, {`"up":`, r.Up}}
	for i, part := range parts {
		if len(part.list) == 0 {
			continue
		}
		if i > 0 && len(parts[0].list) > 0 {
			c.out = append(c.out, ',')
		}
		c.out = append(c.out, part.key...)
		if err := c.list(part.list); err != nil {
			return "", fmt.Errorf("taking the checksum of revision %q: %w", r.ID, err)
		}
	}
	c.sum.Write(append(c.out, '}'))
	return "v1:" + hex.EncodeToString(c.sum.Sum(nil)), nil
}

// canonizer rewrites what json.Marshal returns: no blanks, keys in order, no
// member that is null or has nothing in it. It works on the text and makes no
// values.
type canonizer struct {
	in  []byte
	at  int
	out []byte
}

// member is one of an object: its key, and where it stands in out.
type member struct {
	key        string
	start, end int
	isEmpty    bool
}

// value writes the next value and reports whether it is empty.
func (c *canonizer) value() (isEmpty bool, err error) {
	switch first := c.in[c.at]; first {
	case '{':
		return c.object()
	case '[':
		return c.array()
	case '"':
		_, err := c.text()
		return false, err
	default: // a number, or a word
		start := c.at
		for c.at < len(c.in) && !bytes.ContainsRune([]byte(",]}"), rune(c.in[c.at])) {
			c.at++
		}
		c.out = append(c.out, c.in[start:c.at]...)
		return first == 'n', nil
	}
}

func (c *canonizer) array() (isEmpty bool, err error) {
	c.out = append(c.out, '[')
	for c.at++; c.in[c.at] != ']'; {
		if c.in[c.at] == ',' {
			c.out = append(c.out, ',')
			c.at++
		}
		if _, err := c.value(); err != nil {
			return false, err
		}
		isEmpty = true // not any more
	}
	c.at++
	c.out = append(c.out, ']')
	return !isEmpty, nil
}

func (c *canonizer) object() (isEmpty bool, err error) {
	begin := len(c.out)
	var members []member
	for c.at++; c.in[c.at] != '}'; {
		if c.in[c.at] == ',' {
			c.at++
		}
		m := member{start: len(c.out)}
		if m.key, err = c.text(); err != nil {
			return false, err
		}
		c.at++ // the colon
		c.out = append(c.out, ':')
		if m.isEmpty, err = c.value(); err != nil {
			return false, err
		}
		if m.end = len(c.out); m.isEmpty {
			c.out, m.end = c.out[:m.start], m.start
		}
		members = append(members, m)
	}
	c.at++
	slices.SortStableFunc(members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
	sorted := make([]byte, 0, len(c.out)-begin+len(members)+2)
	sorted = append(sorted, '{')
	for i, m := range members {
		if m.isEmpty || i+1 < len(members) && members[i+1].key == m.key {
			continue // of members with one name, which only strange code writes, the last counts
		}
		if len(sorted) > 1 {
			sorted = append(sorted, ',')
		}
		sorted = append(sorted, c.out[m.start:m.end]...)
	}
	c.out = append(append(c.out[:begin], sorted...), '}')
	return len(sorted) == 1, nil
}

// text writes the next text and returns it without its quotes. With a backslash
// in it there may be several ways to write it, and only one counts.
func (c *canonizer) text() (string, error) {
	start := c.at
	isPlain := true
	for c.at++; c.in[c.at] != '"'; c.at++ {
		if c.in[c.at] == '\\' {
			isPlain = false
			c.at++
		}
	}
	c.at++
	raw := c.in[start:c.at]
	if isPlain {
		c.out = append(c.out, raw...)
		return string(raw[1 : len(raw)-1]), nil
	}
	var text string
	err := json.Unmarshal(raw, &text)
	again, errAgain := json.Marshal(text)
	c.out = append(c.out, again...)
	return text, errors.Join(err, errAgain)
}
