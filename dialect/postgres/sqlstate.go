package postgres

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

// SQLSTATE codes, https://www.postgresql.org/docs/current/errcodes-appendix.html
const (
	lockNotAvailable      = "55P03"
	deadlockDetected      = "40P01"
	insufficientPrivilege = "42501"
	duplicatePrepared     = "42P05"
	unknownPrepared       = "26000"
	notNullViolation      = "23502"
	foreignKeyViolation   = "23503"
	uniqueViolation       = "23505"
	checkViolation        = "23514"
	queryCanceled         = "57014"
	invalidText           = "22P02"
	noTransaction         = "25P01"
	failedTransaction     = "25P02"
)

// sqlState returns the code of a server's error, whatever the driver, or "".
func sqlState(err error) string {
	var coded interface{ SQLState() string }
	if errors.As(err, &coded) {
		return coded.SQLState()
	}
	return ""
}

func isLocked(err error) bool {
	state := sqlState(err)
	return state == lockNotAvailable || state == deadlockDetected
}

// position returns the place in the statement that a server's error states: a
// number of characters from 1.
func position(err error) (int, bool) {
	n, fault := strconv.Atoi(field(err, "Position"))
	return n, fault == nil && n > 0
}

// Details returns the DETAIL and the HINT of a server's error, "" where it has
// none.
func (Dialect) Details(err error) (detail, hint string) {
	return field(err, "Detail"), field(err, "Hint")
}

// explained wraps a server's error with its DETAIL and HINT.
func explained(doing string, err error) error {
	return fmt.Errorf("%s: %w%s", doing, err, ddl.Beside(Dialect{}.Details(err)))
}

// field returns a field of a server's error, or "". Drivers keep them in fields
// of the names that the protocol's description has and offer no methods;
// numbers are numbers (pgx) or texts (lib/pq).
func field(err error, name string) string {
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.ValueOf(err)
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			continue
		}
		switch f := v.FieldByName(name); f.Kind() {
		case reflect.Int, reflect.Int32, reflect.Int64:
			return strconv.FormatInt(f.Int(), 10)
		case reflect.String:
			return f.String()
		}
	}
	return ""
}
