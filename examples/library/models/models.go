package models

// All returns one pointer to every model, a table before those that refer to
// it.
func All() []any {
	return []any{&Author{}, &Book{}}
}
