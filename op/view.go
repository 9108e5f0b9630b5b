package op

// View is a query with a name. Declare it beside the models.
type View struct {
	// Name is the view's name, with its schema before a dot where that is not
	// the current one.
	Name string `json:"name"`
	// SQL is the query, without CREATE VIEW … AS.
	SQL string `json:"sql"`
	// Materialized keeps the rows; only PostgreSQL can. It is filled when it is
	// made; to refresh it is the program's affair.
	Materialized bool `json:"materialized,omitzero"`
}

// noun returns what the view is for people to read.
func (v View) noun() string {
	if v.Materialized {
		return "materialized view"
	}
	return "view"
}
