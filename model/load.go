package model

import (
	"errors"
	"slices"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
)

// Load returns the schema that the models ask for, in the order of
// [op.Schema.Sorted]: what db.AutoMigrate(models...) would create on an empty
// database. Models are structs, pointers to them (nil ones too) or slices of
// them, as for AutoMigrate, and beside them the enums ([op.Enum]) that columns
// are of, and views ([op.View]). No query is issued.
//
// Errors about a model are of type [*Error]; [ErrNotModel] and
// [ErrTableConflict] tell two kinds apart.
func Load(db *gorm.DB, models ...any) (op.Schema, error) {
	return Loader{DB: db}.Load(models...)
}

// Loader loads models and notes where the user's database driver spells a type
// in its own way.
type Loader struct {
	// DB is the user's own, with its naming strategy and flags.
	DB *gorm.DB
	// Spell returns what a word is on the database of DB, from the frozen table
	// of its dialect. Where DB's dialector answers something else for a field,
	// the type carries that answer (see [op.Type.On]).
	// Default: nil, the dialector is not asked.
	Spell func(op.Type) string
	// CheckName returns an error for a name that the database could not hold.
	// Default: nil, any will do.
	CheckName func(name string) error

	enums *enums
}

// Load is [Load] with the loader's options.
func (l Loader) Load(models ...any) (op.Schema, error) {
	if l.DB == nil || l.DB.Config == nil || l.DB.Dialector == nil || l.DB.Statement == nil {
		return op.Schema{}, errors.New("loading models: the *gorm.DB is not open; pass the one that gorm.Open returned")
	}
	if l.DB.Statement.Table != "" {
		return op.Schema{}, errors.New("loading models: db.Table(…) would put every model into one table; pass a plain *gorm.DB and give the model a TableName method")
	}
	models, declared, err := takeDeclared(models)
	if err != nil {
		return op.Schema{}, err
	}
	l.enums = declared.enums
	// The whole set first: parsing a model can change the columns and the
	// constraints of the models it relates to.
	parsed, err := l.parse(models)
	if err != nil {
		return op.Schema{}, err
	}
	var wanted [][]claim
	err = guard("(relations)", func() error {
		wanted = l.collect(parsed)
		return nil
	})
	if err != nil {
		return op.Schema{}, err
	}
	var s op.Schema
	if len(wanted) > 0 {
		s.Tables = make([]op.Table, 0, len(wanted))
	}
	names := indexNames{}
	for _, claims := range wanted {
		t, err := l.settle(claims)
		if err != nil {
			return op.Schema{}, err
		}
		if err := names.take(l.DB.Dialector.Name(), claims[len(claims)-1], t); err != nil {
			return op.Schema{}, err
		}
		s.Tables = append(s.Tables, t)
	}
	if err := l.enums.check(s, l.CheckName); err != nil {
		return op.Schema{}, err
	}
	s.Enums = slices.Clone(l.enums.list)
	if err := declared.views.check(s, l.CheckName); err != nil {
		return op.Schema{}, err
	}
	s.Views = slices.Clone(declared.views.list)
	s.Sort()
	return s, nil
}
