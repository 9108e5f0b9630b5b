// Package model turns GORM models into the schema that they ask for.
//
// [Load] reads the structs through the user's own *gorm.DB, so that its naming
// strategy, its flags and the join tables set up with SetupJoinTable count, and
// returns what AutoMigrate would create for them on an empty database, as an
// [op.Schema]. It parses and computes; it issues no query.
//
//	db, err := gorm.Open(sqlite.Open("shop.db"), &gorm.Config{})
//	…
//	desired, err := model.Load(db, &Book{}, &Author{})
//
// The tables are those of the models, and those that AutoMigrate adds to them:
// the targets of belongs-to relations, and both ends and the join table of
// many2many ones. The children of has-one and has-many relations are not added,
// and neither is the join table of a model that was itself only added: list
// every model.
//
// # Words and dialects
//
// Column types become portable words such as [op.String]. A type tag that is
// no GORM keyword, and a type that speaks for one database, become [op.Raw].
// A [Loader] with a Spell function also asks the user's dialector and notes
// where its answer is another than the word's usual spelling.
//
// # Enums
//
// An enum is declared beside the models, and a column names it as its type:
//
//	model.Load(db, &Order{}, op.Enum{Name: "order_status", Values: []string{"new", "paid"}})
//
//	type Order struct {
//		ID     uint
//		Status string `gorm:"type:order_status;default:new"`
//	}
//
// Or the Go type of the field declares it ([EnumValuer]). PostgreSQL gets a type
// of that name, MySQL enum('new','paid'), and SQLite, which has nothing of the
// kind, text without a check. AutoMigrate is no oracle here: it makes no type
// on PostgreSQL, fails on MySQL, and on SQLite declares the column by the enum's
// name, which is taken for the same as text.
//
// # Views
//
// A view is declared beside the models too, with its query:
//
//	op.View{Name: "open_orders", SQL: "SELECT id FROM orders WHERE status = 'new'"}
//
// A struct that is mapped to it for reading does not belong into the list.
//
// # Order
//
// The whole list is parsed before anything is built, so the order of the
// models does not matter, with the exceptions that GORM itself makes, and
// which are kept so that the answer is the one of AutoMigrate: of the two
// sides of a many2many relation the model listed last orders the columns of the
// join table, of a join table and a model with the same columns the one listed
// last counts (SetupJoinTable makes them one), and of several owners of
// different key types the one parsed last gives a polymorphic id its type. GORM
// caches what it parsed in the
// *gorm.DB: models that were used with it before have been parsed before.
//
// GORM parses into that cache without locks. Do not call Load while another
// goroutine uses the same *gorm.DB for the first time with one of the models.
//
// # Errors
//
// What GORM accepts and then fails on, or silently decides by chance, is an
// error here: an index on a relation field, two models that disagree about one
// table. Errors about a model are of type [*Error] and name the struct and,
// where there is one, the field. GORM's parser also prints its own errors to
// its global logger.Default; this package prints nothing.
package model
