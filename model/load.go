package model

import (
	"errors"
	"slices"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
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
	// asked is where the fields stand that the dialector is asked about.
	asked *schema.Field
}

// Load is [Load] with the loader's options.
func (l Loader) Load(models ...any) (op.Schema, error) {
	w, err := l.read(models)
	if err != nil {
		return op.Schema{}, err
	}
	return w.load()
}

// LoadWithHints is [Loader.Load] and [Loader.Hints] in one, for half the work.
func (l Loader) LoadWithHints(models ...any) (op.Schema, Hints, error) {
	w, err := l.read(models)
	if err != nil {
		return op.Schema{}, Hints{}, err
	}
	s, err := w.load()
	if err != nil {
		return op.Schema{}, Hints{}, err
	}
	h, err := w.hints()
	return s, h, err
}

// wanted is what a list of models asks for.
type wanted struct {
	Loader
	declared declared
	// tables are the claims to each, in GORM's order.
	tables [][]claim
}

// read parses a list of models.
func (l Loader) read(models []any) (wanted, error) {
	if l.DB == nil || l.DB.Config == nil || l.DB.Dialector == nil || l.DB.Statement == nil {
		return wanted{}, errors.New("loading models: the *gorm.DB is not open; pass the one that gorm.Open returned")
	}
	if l.DB.Statement.Table != "" {
		return wanted{}, errors.New("loading models: db.Table(…) would put every model into one table; pass a plain *gorm.DB and give the model a TableName method")
	}
	models, declared, err := takeDeclared(models)
	if err != nil {
		return wanted{}, err
	}
	l.enums, l.asked = declared.enums, &schema.Field{TagSettings: map[string]string{}}
	w := wanted{Loader: l, declared: declared}
	// The whole set first: parsing a model can change the columns and the
	// constraints of the models it relates to.
	parsed, err := l.parse(models)
	if err != nil {
		return wanted{}, err
	}
	err = guard("(relations)", func() error {
		w.tables = l.collect(parsed)
		return nil
	})
	return w, err
}

// load builds the tables.
func (w wanted) load() (op.Schema, error) {
	var s op.Schema
	if len(w.tables) > 0 {
		s.Tables = make([]op.Table, 0, len(w.tables))
	}
	names := indexNames{}
	for _, claims := range w.tables {
		t, err := w.settle(claims)
		if err != nil {
			return op.Schema{}, err
		}
		if err := names.take(w.DB.Dialector.Name(), claims[len(claims)-1], t); err != nil {
			return op.Schema{}, err
		}
		s.Tables = append(s.Tables, t)
	}
	if err := w.enums.check(s, w.CheckName); err != nil {
		return op.Schema{}, err
	}
	s.Enums = slices.Clone(w.enums.list)
	if err := w.declared.views.check(s, w.CheckName); err != nil {
		return op.Schema{}, err
	}
	s.Views = slices.Clone(w.declared.views.list)
	s.Sort()
	return s, nil
}
