package model

import (
	"maps"
	"slices"

	"gorm.io/gorm/schema"
)

// claim is a schema that wants a table.
type claim struct {
	schema *schema.Schema
	// owner is the many2many relation whose join table this is, if it is one.
	owner *schema.Relationship
}

// generated reports whether GORM made up the struct of a join table.
func (c claim) generated() bool { return c.owner != nil && c.schema.ModelType.Name() == "" }

// name returns the claim for people to read.
func (c claim) name() string {
	if c.generated() {
		return "join table of " + c.owner.Schema.ModelType.String() + "." + c.owner.Name
	}
	return c.schema.ModelType.String()
}

// collector finds the tables of a list of models as GORM's ReorderModels does
// (migrator/migrator.go), with two differences: it walks relations in a fixed
// order, and it keeps every claim to a table where GORM keeps the last.
type collector struct {
	alone bool // IgnoreRelationshipsWhenMigrating
	seen  map[*schema.Schema]bool
	// tables are in the order of their claims, some more than once.
	tables []string
	claims map[string][]claim
}

// collect returns the claims to each table, the one that counts last.
func (l Loader) collect(list []*schema.Schema) [][]claim {
	c := collector{
		alone:  l.DB.IgnoreRelationshipsWhenMigrating,
		seen:   map[*schema.Schema]bool{},
		claims: map[string][]claim{},
	}
	for _, s := range list {
		c.add(claim{schema: s})
	}
	var order []string
	inserted := map[string]bool{}
	var insert func(table string)
	insert = func(table string) {
		if inserted[table] {
			return
		}
		inserted[table] = true
		claims := c.claims[table]
		for _, target := range c.targets(claims[len(claims)-1].schema) {
			// A listed model of the target's table stands for the target.
			if c.claims[target.Table] == nil {
				c.add(claim{schema: target})
			}
			insert(target.Table)
		}
		order = append(order, table)
	}
	// A copy, as in GORM: the loop does not see the join tables of the models
	// that it adds itself.
	for _, table := range slices.Clone(c.tables) {
		insert(table)
	}
	var wanted [][]claim
	for _, table := range order {
		wanted = append(wanted, c.claims[table])
	}
	return wanted
}

// add claims a schema's table and those of its join tables.
func (c *collector) add(cl claim) {
	s := cl.schema
	if c.seen[s] {
		return
	}
	c.seen[s] = true
	c.tables = append(c.tables, s.Table)
	c.claims[s.Table] = append(c.claims[s.Table], cl)
	if c.alone {
		return
	}
	hasToo := map[*schema.Schema]bool{}
	for _, rel := range relations(s) {
		hasToo[rel.FieldSchema] = hasToo[rel.FieldSchema] || rel.Type == schema.HasOne || rel.Type == schema.HasMany
	}
	// Backwards, so that the first of several fields which share a join table
	// has the last word. GORM leaves that to chance.
	for _, rel := range slices.Backward(s.Relationships.Many2Many) {
		if rel.Field.IgnoreMigration || s.Relationships.Relations[rel.Name] != rel {
			continue
		}
		if hasToo[rel.FieldSchema] {
			c.add(claim{schema: rel.FieldSchema})
		}
		c.add(claim{schema: rel.JoinTable, owner: rel})
	}
}

// targets returns the schemas that the foreign keys of s refer to.
func (c *collector) targets(s *schema.Schema) []*schema.Schema {
	if c.alone {
		return nil
	}
	var list []*schema.Schema
	for _, rel := range relations(s) {
		if k := rel.ParseConstraint(); k != nil && k.Schema == s && k.ReferenceSchema != s {
			list = append(list, k.ReferenceSchema)
		}
	}
	return list
}

// relations returns the relations of s that concern migrations, in a fixed
// order. Among them are the has-relations of others that put a key on s.
func relations(s *schema.Schema) []*schema.Relationship {
	if len(s.Relationships.Relations) == 0 {
		return nil
	}
	var list []*schema.Relationship
	for _, name := range slices.Sorted(maps.Keys(s.Relationships.Relations)) {
		if rel := s.Relationships.Relations[name]; rel.Field != nil && !rel.Field.IgnoreMigration {
			list = append(list, rel)
		}
	}
	return list
}
