package op

// Custom is an operation of another package that says in SQL what it does. It
// runs as [Exec] does, at any place in a list, and like that owns nothing but
// what its Apply makes.
//
// An operation that is none of this package and no Custom can be written into a
// file (by its fields, or as its GoString says), and no database can run it.
type Custom interface {
	Operation
	// SQL returns one statement or several, separated by semicolons, for a
	// database by the name that its dialector has in GORM: "sqlite",
	// "postgres", "mysql". It returns the same each time. An error is for a
	// database that has nothing of the kind.
	SQL(dialect string) (string, error)
}
