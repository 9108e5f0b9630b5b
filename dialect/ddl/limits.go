package ddl

import "time"

// Limits are how long the statements of a revision may take. 0 leaves the
// session as it is.
type Limits struct {
	// Lock is how long a statement waits for a table or row that others keep.
	Lock time.Duration
	// Statement is how long a statement may run.
	Statement time.Duration
}
