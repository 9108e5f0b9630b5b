package postgres

import (
	"slices"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/dialect/words"
	"github.com/go-limbeck/limbeck/op"
)

// apart divides the unique constraints of a table into those that can stand in
// its CREATE TABLE and those that have to be added after it: of constraints
// over the same columns that stand there, the server makes only one, and lets
// the primary key take the name of the other.
func apart(t op.Table) (inside, after []op.Unique) {
	taken := [][]op.KeyPart{t.PrimaryKey}
	for _, u := range t.Uniques {
		if slices.ContainsFunc(taken, func(parts []op.KeyPart) bool { return slices.Equal(parts, u.Columns) }) {
			after = append(after, u)
			continue
		}
		inside, taken = append(inside, u), append(taken, u.Columns)
	}
	return inside, after
}

// seeMerged gives a live table the unique constraint that became its primary
// key (see apart), where words have one of that name: AutoMigrate makes such a
// table of a field with the tags primaryKey and unique.
func seeMerged(live *op.Table, lookups []map[string]words.Saying, r words.Rules) {
	if live.PrimaryKeyName == "" || live.Unique(live.PrimaryKeyName) != nil {
		return
	}
	for _, lookup := range lookups {
		s, ok := lookup[r.Fold(live.Name)]
		if !ok {
			continue
		}
		if u := s.Stored.Unique(live.PrimaryKeyName); u != nil && sameUnique(op.Unique{Columns: live.PrimaryKey}, *u) {
			live.Uniques = append(live.Uniques, *u)
			live.PrimaryKeyName = ""
			return
		}
	}
}

// dropUnique drops a constraint. One that is the primary key (see seeMerged)
// only gives its name back.
func (p *planner) dropUnique(o op.DropUnique) error {
	drop := "DROP CONSTRAINT " + quoteName(o.Name)
	if _, ok := p.q.(ddl.Unseen); ok {
		p.alter(o.Table, drop)
		return nil
	}
	key, err := p.primaryKeyName(o.Table)
	if err != nil {
		return err
	}
	if key == o.Name {
		_, table := splitName(o.Table)
		drop = "RENAME CONSTRAINT " + quoteName(key) + " TO " + quoteName(chosenName(table, "", "pkey"))
	}
	p.alter(o.Table, drop)
	return nil
}
