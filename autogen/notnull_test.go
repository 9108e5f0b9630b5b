package autogen_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/autogen"
	"github.com/go-limbeck/limbeck/internal/testdb"
	"github.com/go-limbeck/limbeck/migrate"
	"github.com/go-limbeck/limbeck/op"
)

// What a revision said with the type is no change when the models say it of the
// column: NOT NULL is taken out of type tags, and expressions are.
func TestRevisionSaidItWithTheType(t *testing.T) {
	type Part struct {
		ID   uint
		Name string `gorm:"type:varchar(20) NOT NULL"`
		One  int
		Two  int `gorm:"->;type:int GENERATED ALWAYS AS (one * 2) STORED"`
	}
	revisions := op.Revisions{{
		ID: "1d9a1c07b2d4", Created: "2026-11-23T10:15:02Z", Message: "create parts",
		Up: op.List{op.CreateTable{
			Name: "parts",
			Columns: []op.Column{
				{Name: "id", Type: op.Uint(64), AutoIncrement: true},
				{Name: "name", Type: op.Raw("varchar(20) NOT NULL")},
				{Name: "one", Type: op.Int(64)},
				{Name: "two", Type: op.Raw("int GENERATED ALWAYS AS (one * 2) STORED")},
			},
			PrimaryKey: op.Columns("id"),
		}},
		Down: op.List{op.DropTable{Name: "parts"}},
	}}
	testdb.Each(t, func(t *testing.T, dialect string) {
		db := testdb.Open(t, dialect)
		if _, err := migrate.New(db, revisions).Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		got, err := autogen.Compare(t.Context(), autogen.Options{DB: db, Models: []any{&Part{}}, Revisions: revisions})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Up)+len(got.Down) > 0 {
			t.Errorf("up %v\ndown %v", got.Up, got.Down)
		}
	})
}
