package postgres

import (
	"errors"
	"reflect"
	"strconv"
)

// SQLSTATE codes, https://www.postgresql.org/docs/current/errcodes-appendix.html
const (
	lockNotAvailable      = "55P03"
	deadlockDetected      = "40P01"
	insufficientPrivilege = "42501"
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
// number of characters from 1. Drivers keep it in a field Position, as a number
// (pgx) or a text (lib/pq).
func position(err error) (int, bool) {
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.ValueOf(err)
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			continue
		}
		switch f := v.FieldByName("Position"); f.Kind() {
		case reflect.Int, reflect.Int32, reflect.Int64:
			return int(f.Int()), f.Int() > 0
		case reflect.String:
			n, err := strconv.Atoi(f.String())
			return n, err == nil && n > 0
		}
	}
	return 0, false
}
