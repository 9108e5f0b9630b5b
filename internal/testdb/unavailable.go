package testdb

import (
	"errors"
	"testing"
)

// unavailable ends a test that has not got its server, for the reason given.
// Only a server that is not installed is a reason to skip, and not in CI (ci
// is the value of the environment variable of that name).
func unavailable(t testing.TB, variable, ci string, reason error) {
	t.Helper()
	switch {
	case !errors.Is(reason, errNotInstalled):
		t.Fatalf("%v", reason)
	case ci == "true":
		t.Fatalf("%v (or set %s to the DSN of a server); with CI=true this is not skipped", reason, variable)
	default:
		t.Skipf("\n*** SKIPPED: NOTHING IS TESTED HERE ***\n%v\n(or set %s to the DSN of a server)", reason, variable)
	}
}
