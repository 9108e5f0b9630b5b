package testdb_test

import (
	"testing"

	"github.com/go-limbeck/limbeck/internal/testdb"
)

// A borrower finds nothing of the one before it, and shares with nobody.
func TestPoolLendsEmptyDatabases(t *testing.T) {
	testdb.Each(t, func(t *testing.T, dialect string) {
		pool := testdb.NewPool(t, dialect)
		for range 2 {
			t.Run("", func(t *testing.T) {
				a, b := pool.Open(t), pool.Open(t)
				for i, db := range []interface{ AutoMigrate(...any) error }{a, b} {
					if err := db.AutoMigrate(&book{}); err != nil {
						t.Fatalf("database %d: %v", i, err)
					}
				}
				if err := a.Create(&book{Title: "Emma"}).Error; err != nil {
					t.Fatal(err)
				}
				var n int64
				if err := b.Model(&book{}).Count(&n).Error; err != nil || n != 0 {
					t.Errorf("the other database has %d rows of this one (%v)", n, err)
				}
			})
		}
		t.Run("", func(t *testing.T) {
			if got := tables(t, pool.Open(t)); len(got) != 0 {
				t.Errorf("the database still has the tables %q", got)
			}
		})
	})
}
