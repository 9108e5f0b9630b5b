package ddl

// Script is how a database takes a script: what stands around the statements,
// so that running the text with the database's own client does what an upgrade
// does.
type Script struct {
	// Client is the command that runs a script, for people.
	Client string
	// Open and Close stand around the whole script, as they are.
	Open, Close string
	// Begin and Commit stand around what happens whole or not at all.
	Begin, Commit []string
	// Now is an expression for the time as text: UTC, RFC 3339, nine digits after
	// the second.
	Now string
	// Quote returns a text as a literal.
	Quote func(text string) string
	// Demand returns statements that fail with a message where a condition, of
	// the form EXISTS (…) or NOT EXISTS (…), does not hold.
	Demand func(condition, message string) []string
	// Guard returns statements that do what others do where a condition holds,
	// and nothing otherwise. It is nil where a database has no way to.
	Guard func(condition string, statements []string) []string
	// End returns what ends a statement for the client.
	End func(statement string) string
}
