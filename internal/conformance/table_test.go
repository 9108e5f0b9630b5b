package conformance

import (
	"fmt"
	"reflect"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
	"gorm.io/gorm/utils/tests"

	shop "github.com/go-limbeck/limbeck/examples/shop/models"
)

// table returns all rows: whole sets of models first, then one thing at a time.
func table() []row {
	return excepted(slices.Concat(sets(), configs(), types(), tags(), defaults(), indexes(), tables(), names(), relations(), manyToMany(), bugs(), columns(), sqliteRows(), postgresRows(), mysqlRows()))
}

// each makes a row of each model, called by the name of its type.
func each(models ...any) []row {
	rows := make([]row, len(models))
	for i, m := range models {
		rows[i] = together(m)
	}
	return rows
}

// together makes one row of several models, called by the name of the first.
func together(models ...any) row {
	return row{name: reflect.TypeOf(models[0]).Elem().Name(), models: models}
}

func sets() []row {
	type Book struct {
		ID    uint
		Title string `gorm:"size:100;not null"`
	}
	rows := each(&Book{})
	for _, m := range gormModels() {
		one := together(m)
		one.name = "utils/tests " + one.name
		rows = append(rows, one)
	}
	reversed := gormModels()
	slices.Reverse(reversed)
	return append(rows,
		row{name: "utils/tests together", models: gormModels()},
		row{name: "utils/tests together, reversed", models: reversed},
		row{name: "store", models: store()},
		row{name: "shop", models: shop.All(), setUp: setUpShop},
	)
}

func gormModels() []any {
	return []any{
		&tests.User{}, &tests.Account{}, &tests.Pet{}, &tests.Toy{}, &tests.Tools{}, &tests.Company{},
		&tests.Language{}, &tests.Coupon{}, &tests.CouponProduct{}, &tests.Order{}, &tests.Parent{}, &tests.Child{},
	}
}

// configs are the settings of gorm.Config that change a schema.
func configs() []row {
	var rows []row
	for name, config := range map[string]gorm.Config{
		"a prefix":       {NamingStrategy: schema.NamingStrategy{TablePrefix: "app_"}},
		"singular names": {NamingStrategy: schema.NamingStrategy{SingularTable: true}},
		"case kept":      {NamingStrategy: schema.NamingStrategy{NoLowerCase: true}},
		"short names":    {NamingStrategy: schema.NamingStrategy{IdentifierMaxLength: 20}},
		"no keys":        {DisableForeignKeyConstraintWhenMigrating: true},
		"no relations":   {IgnoreRelationshipsWhenMigrating: true},
	} {
		rows = append(rows, row{name: fmt.Sprint("utils/tests with ", name), models: gormModels(), config: config})
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return rows
}

// setUpShop gives PostgreSQL the collation of SQLite that the models name.
func setUpShop(db *gorm.DB) error {
	if db.Dialector.Name() == "postgres" {
		if err := db.Exec(`CREATE COLLATION nocase FROM "C"`).Error; err != nil {
			return err
		}
	}
	return shop.Setup(db)
}
