// Package dialect is what differs between databases, behind one interface:
// reading the live schema, spelling types, turning operations into SQL,
// transactions and locks, and finding the place of an error.
//
// [For] picks the dialect of a *gorm.DB by the name of its dialector:
//
//	d, err := dialect.For(db)
//	current, err := d.Inspect(ctx, conn, ddl.Inquiry{})
//
// This page of the library is what production binaries link; it knows nothing
// of models and of comparing.
package dialect
