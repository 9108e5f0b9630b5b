package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-limbeck/limbeck/op"
	"gorm.io/gorm/schema"
)

// build returns the table of a claim. Its errors name the struct and the field.
func (l Loader) build(c claim) (t op.Table, err error) {
	err = guard(c.name(), func() error {
		t, err = l.table(c.schema)
		return err
	})
	var known *Error
	if err == nil || errors.As(err, &known) {
		return t, err
	}
	e := &Error{Model: c.name(), Err: err}
	var inField *fieldError
	if errors.As(err, &inField) {
		e.Field, e.Err = inField.field, inField.err
	}
	return op.Table{}, e
}

// fieldError is an error about one field, on its way to [Error].
type fieldError struct {
	field string
	err   error
}

func (e *fieldError) Error() string { return e.field + ": " + e.err.Error() }

func fieldErrorf(f *schema.Field, format string, args ...any) error {
	return &fieldError{field: f.BindName(), err: fmt.Errorf(format, args...)}
}

// table describes what GORM's CreateTable makes of s (migrator/migrator.go).
func (l Loader) table(s *schema.Schema) (op.Table, error) {
	t := op.Table{Name: s.Table}
	if options, ok := l.DB.Get("gorm:table_options"); ok {
		t.Options = strings.TrimSpace(fmt.Sprint(options))
	}
	fields := columns(s)
	t.Columns = make([]op.Column, 0, len(fields))
	for _, f := range fields {
		if strings.Contains(f.DBName, ".") {
			return op.Table{}, fieldErrorf(f, "the column name %q has a dot, which GORM reads as table and column in every query; give it another name", f.DBName)
		}
		c, err := l.column(f)
		if err != nil {
			return op.Table{}, err
		}
		t.Columns = append(t.Columns, c)
	}
	if err := mistaken(s); err != nil {
		return op.Table{}, err
	}
	if len(t.Columns) == 0 {
		return op.Table{}, errors.New("the struct has no column; export its fields, or leave the model out")
	}
	parsed := s.ParseIndexes()
	if err := l.checkNames(s, fields, parsed); err != nil {
		return op.Table{}, err
	}
	t.PrimaryKey = l.primaryKey(s, fields, t)
	var err error
	if t.Indexes, err = l.indexes(s, parsed); err != nil {
		return op.Table{}, err
	}
	t.Uniques = uniques(s)
	if t.Checks, err = checks(s, fields); err != nil {
		return op.Table{}, err
	}
	if !l.DB.DisableForeignKeyConstraintWhenMigrating && !l.DB.IgnoreRelationshipsWhenMigrating {
		own := ownConstraints(s)
		if t.ForeignKeys, err = l.foreignKeys(s, own); err != nil {
			return op.Table{}, err
		}
		l.keyTypes(own, &t)
	}
	for i, k := range t.ForeignKeys {
		if slices.ContainsFunc(t.ForeignKeys[:i], func(other op.ForeignKey) bool { return other.Name == k.Name }) {
			return op.Table{}, fmt.Errorf("two foreign keys of table %q are called %q (a name in the constraint tag of a many2many relation goes to both); leave the name out", t.Name, k.Name)
		}
	}
	return t, nil
}

// columns returns the fields that are columns, in GORM's order.
func columns(s *schema.Schema) []*schema.Field {
	list := make([]*schema.Field, 0, len(s.DBNames))
	for _, name := range s.DBNames {
		if f := s.FieldsByDBName[name]; makesColumn(f) {
			list = append(list, f)
		}
	}
	return list
}

// isColumn reports whether the table gets a column of that name. A field with
// `-` and a column tag has a name without being a column; GORM writes it
// without a type.
func isColumn(s *schema.Schema, name string) bool {
	return makesColumn(s.FieldsByDBName[name])
}

func makesColumn(f *schema.Field) bool {
	return f != nil && !f.IgnoreMigration && f.DataType != ""
}

// isRelation reports whether f is, or could only be, a relation: a field that
// has no type of its own and is not ignored.
func isRelation(f *schema.Field) bool {
	return f.DataType == "" && f.GORMDataType == "" && f.TagSettings["-"] == ""
}

// mistaken finds tags for columns on relation fields. GORM writes broken SQL
// for them (go-gorm/gorm#7126).
func mistaken(s *schema.Schema) error {
	for _, f := range s.Fields {
		if !isRelation(f) {
			continue
		}
		switch {
		case f.Unique:
			return fieldErrorf(f, "a unique tag on a relation makes no constraint; put it on the field of the foreign key")
		case f.DBName != "" && s.FieldsByDBName[f.DBName] == f:
			return fieldErrorf(f, "a relation is no column %q; put the column tag on the field of the foreign key", f.DBName)
		}
	}
	return nil
}

// primaryKey returns the whole key. GORM's driver for SQLite v1.6.0 leaves only
// the auto-increment column of a composite key; that is a bug, mended in the
// driver's unreleased versions, and not repeated here.
func (l Loader) primaryKey(s *schema.Schema, fields []*schema.Field, t op.Table) op.PrimaryKey {
	for _, c := range t.Columns {
		if c.Type.Word == op.WordRaw && saysPrimaryKey(c.Type.Text) {
			return nil
		}
	}
	var key op.PrimaryKey
	for _, f := range s.PrimaryFields {
		if isColumn(s, f.DBName) {
			key = append(key, op.KeyPart{Column: f.DBName})
		}
	}
	if key != nil {
		return key
	}
	// An auto-increment tag alone makes a primary key where the database cannot
	// number other columns.
	for _, f := range fields {
		if f.AutoIncrement && saysPrimaryKey(l.databaseType(f, true)) {
			return op.Columns(f.DBName)
		}
	}
	return nil
}

func saysPrimaryKey(text string) bool {
	return strings.Contains(strings.ToUpper(text), "PRIMARY KEY")
}
