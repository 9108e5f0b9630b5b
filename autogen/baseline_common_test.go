package autogen_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/op"
)

// Kept is a model that lacks columns of its table. Its expressions are those of
// the database, which may use them.
type Kept struct {
	ID    uint
	Plain int    `gorm:"check:chk_used,plain > 0;index:idx_used,where:plain > 0;index:idx_said,where:state <> 'old one'"`
	State string `gorm:"check:chk_said,state <> 'old one';index:idx_lower,expression:lower(state)"`
	Twice int    `gorm:"->;type:int GENERATED ALWAYS AS (plain * 2) STORED"`
}

// TestBaselineLeavesOutWhatUsesMore: a baseline has what both sides name, but
// for expressions over columns that the models do not have, under whatever
// quotes; a text that only looks like such a column is none.
func TestBaselineLeavesOutWhatUsesMore(t *testing.T) {
	p := newProject(t)
	p.exec(`CREATE TABLE kepts (id integer PRIMARY KEY AUTOINCREMENT, plain integer, state text, "old one" integer, older integer,
		twice int GENERATED ALWAYS AS (plain * "old one") STORED,
		CONSTRAINT chk_used CHECK (plain > [old one]), CONSTRAINT chk_said CHECK (state <> 'old one'))`,
		"CREATE INDEX idx_used ON kepts (plain) WHERE OLDER > 0",
		"CREATE INDEX idx_lower ON kepts (lower(state || `older`))",
		"CREATE INDEX idx_said ON kepts (plain) WHERE state <> 'old one'")
	result := p.add(autogen.Baseline(t.Context(), p.options(&Kept{})))
	schema, err := result.Revision.Up.Apply(op.Schema{})
	if err != nil {
		t.Fatal(err)
	}
	table := schema.Table("kepts")
	for name, has := range map[string][2]bool{
		"column plain":   {table.Column("plain") != nil, true},
		"column old one": {table.Column("old one") != nil, false},
		"column twice":   {table.Column("twice") != nil, false},
		"check chk_used": {table.Check("chk_used") != nil, false},
		"check chk_said": {table.Check("chk_said") != nil, true},
		"index idx_used": {table.Index("idx_used") != nil, false},
		"index idx_low":  {table.Index("idx_lower") != nil, false},
		"index idx_said": {table.Index("idx_said") != nil, true},
	} {
		if has[0] != has[1] {
			t.Errorf("the baseline has %s: %v", name, has[0])
		}
	}
}
