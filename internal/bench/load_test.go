package bench

import (
	"testing"

	"gorm.io/gorm"

	"github.com/go-limbeck/limbeck/dialect"
	"github.com/go-limbeck/limbeck/model"
)

// BenchmarkLoad: models to a schema, beside GORM's own parsing.
func BenchmarkLoad(b *testing.B) {
	each(b, func(b *testing.B, name string, n int) {
		s := subject{dialect: name, models: models(n, false)}
		s.db, s.wire = open(b, name)
		d, err := dialect.For(s.db)
		if err != nil {
			b.Fatal(err)
		}
		r := s.race()
		r.run(b, "floor", func(b *testing.B, db *gorm.DB) { parse(b, db, s.models) })
		r.run(b, "limbeck", func(b *testing.B, db *gorm.DB) {
			if _, err := (model.Loader{DB: db, Spell: d.SpellType, CheckName: d.CheckName}).Load(s.models...); err != nil {
				b.Fatal(err)
			}
		})
	})
}
