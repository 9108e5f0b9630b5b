package ddl

// Remembered is a connection with what a dialect has asked of its session, so
// that it need not be asked for each step again. That holds until the user's own
// statements run there.
type Remembered struct {
	Querier
	// Facts are the dialect's own.
	Facts any
}
