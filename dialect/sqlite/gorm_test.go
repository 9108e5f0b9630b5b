package sqlite

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/go-limbeck/limbeck/op"
)

type owner struct {
	ID   uint
	Name string `gorm:"size:100;not null;uniqueIndex"`
	Pets []pet
}

type pet struct {
	ID        uint64 `gorm:"primaryKey"`
	OwnerID   uint
	Tag       string    `gorm:"unique"`
	Kind      string    `gorm:"default:cat;check:kind_known,kind IN ('cat', 'dog, (old)')"`
	Weight    float64   `gorm:"default:1.5;check:weight_ok,weight > 0"`
	Tame      bool      `gorm:"not null;default:true"`
	Empty     string    `gorm:"default:''"`
	Born      time.Time `gorm:"index:idx_born,sort:desc"`
	Made      time.Time `gorm:"default:CURRENT_TIMESTAMP"`
	Photo     []byte
	Price     string         `gorm:"type:decimal(10,2)"`
	DeletedAt gorm.DeletedAt `gorm:"index"`
	Secret    string         `gorm:"index:idx_part,where:tame = 1"`
}

type visit struct {
	PetID uint64 `gorm:"primaryKey;autoIncrement:false"`
	Day   string `gorm:"primaryKey"`
}

type keyed struct {
	ID   int    `gorm:"type:integer PRIMARY KEY AUTOINCREMENT"`
	Code string `gorm:"type:text COLLATE NOCASE NOT NULL"`
}

// zoo is what the models say in the vocabulary of op.
func zoo() op.Schema {
	return op.Schema{Tables: []op.Table{
		{
			Name: "owners",
			Columns: []op.Column{
				{Name: "id", Type: op.Uint(64), AutoIncrement: true},
				{Name: "name", Type: op.String(100), NotNull: true},
			},
			PrimaryKey: op.Columns("id"),
			Indexes:    []op.Index{{Name: "idx_owners_name", Unique: true, Columns: op.Columns("name")}},
		},
		{
			Name: "pets",
			Columns: []op.Column{
				{Name: "id", Type: op.Uint(64), AutoIncrement: true},
				{Name: "owner_id", Type: op.Uint(64)},
				{Name: "tag", Type: op.Text()},
				{Name: "kind", Type: op.KeyText(), Default: op.Literal("cat")},
				{Name: "weight", Type: op.Float(64), Default: op.Literal(1.5)},
				{Name: "tame", Type: op.Bool(), NotNull: true, Default: op.Literal(true)},
				{Name: "empty", Type: op.KeyText(), Default: op.Literal("")},
				{Name: "born", Type: op.Time()},
				{Name: "made", Type: op.Time(), Default: op.Expr("CURRENT_TIMESTAMP")},
				{Name: "photo", Type: op.Bytes()},
				{Name: "price", Type: op.Raw("decimal(10,2)")},
				{Name: "deleted_at", Type: op.Time()},
				{Name: "secret", Type: op.KeyText()},
			},
			PrimaryKey: op.Columns("id"),
			Indexes: []op.Index{
				{Name: "idx_born", Columns: []op.KeyPart{{Column: "born", Desc: true}}},
				{Name: "idx_pets_deleted_at", Columns: op.Columns("deleted_at")},
				{Name: "idx_part", Columns: op.Columns("secret"), Where: "tame = 1"},
			},
			ForeignKeys: []op.ForeignKey{{Name: "fk_owners_pets", Columns: []string{"owner_id"}, RefTable: "owners", RefColumns: []string{"id"}}},
			Uniques:     []op.Unique{{Name: "uni_pets_tag", Columns: op.Columns("tag")}},
			Checks: []op.Check{
				{Name: "kind_known", Expr: "kind IN ('cat', 'dog, (old)')"},
				{Name: "weight_ok", Expr: "weight > 0"},
			},
		},
		{
			Name:       "visits",
			Columns:    []op.Column{{Name: "pet_id", Type: op.Uint(64)}, {Name: "day", Type: op.KeyText()}},
			PrimaryKey: op.Columns("pet_id", "day"),
		},
		{
			Name: "keyeds",
			Columns: []op.Column{
				{Name: "id", Type: op.Raw("integer PRIMARY KEY AUTOINCREMENT")},
				{Name: "code", Type: op.Raw("text COLLATE NOCASE NOT NULL")},
			},
			PrimaryKey: op.Columns("id"),
		},
	}}
}

func autoMigrate(t *testing.T, path string, models ...any) {
	t.Helper()
	db, err := gorm.Open(gormsqlite.Open(path), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AutoMigrate(models...); err != nil {
		t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	pool.Close()
}

// TestAutoMigrateFindsNothingToDo runs GORM's own AutoMigrate over tables that
// op.CreateTable has made: GORM reads the stored text with regular expressions
// and must find in it what it wants.
func TestAutoMigrateFindsNothingToDo(t *testing.T) {
	path := tempFile(t)
	conn := openConn(t, path)
	create(t, conn, zoo())
	before := master(t, conn)
	// Not keyed: the driver v1.6.0 rebuilds a table with constraints in the
	// type of a column each time, its own tables too.
	autoMigrate(t, path, &owner{}, &pet{}, &visit{})
	if diff := cmp.Diff(before, master(t, conn)); diff != "" {
		t.Errorf("AutoMigrate changed (-before +after):\n%s", diff)
	}
}

// TestSameAsAutoMigrate compares what op.CreateTable makes with what GORM's
// AutoMigrate makes, by SQLite's own account of them and by ours.
func TestSameAsAutoMigrate(t *testing.T) {
	dir := t.TempDir()
	ours, theirs := openConn(t, filepath.Join(dir, "ours.db")), openConn(t, filepath.Join(dir, "theirs.db"))
	create(t, ours, zoo())
	autoMigrate(t, filepath.Join(dir, "theirs.db"), &owner{}, &pet{}, &visit{}, &keyed{})
	for _, query := range []string{
		"SELECT m.name, x.* FROM sqlite_master m, pragma_table_xinfo(m.name) x WHERE m.type = 'table' ORDER BY 1, 2",
		"SELECT m.name, x.* FROM sqlite_master m, pragma_foreign_key_list(m.name) x WHERE m.type = 'table' ORDER BY 1, 2, 3",
		`SELECT m.name, l.name, l."unique", l.origin, l.partial, x.* FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_xinfo(l.name) x WHERE m.type = 'table' ORDER BY 1, 2, seqno`,
	} {
		if diff := cmp.Diff(dump(t, theirs, query), dump(t, ours, query)); diff != "" {
			t.Errorf("%s (-GORM +ours):\n%s", query, diff)
		}
	}
	for name, conn := range map[string]*sql.Conn{"ours": ours, "GORM's": theirs} {
		if diff := cmp.Diff(zoo().Sorted(), inspect(t, conn, zoo()).Sorted()); diff != "" {
			t.Errorf("%s (-words +inspected):\n%s", name, diff)
		}
	}
}
