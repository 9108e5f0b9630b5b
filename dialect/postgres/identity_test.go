package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIdentityChanges(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     []string
	}{
		{"", "", nil},
		{"", "increment by 10", []string{"SET INCREMENT BY 10"}},
		{"INCREMENT 10 START WITH 5", "START 5 INCREMENT BY 10", nil},
		{"START WITH 5 MINVALUE 2 MAXVALUE 9 CACHE 3 CYCLE", "", []string{
			"SET START WITH 1", "SET NO MINVALUE", "SET NO MAXVALUE", "SET CACHE 1", "SET NO CYCLE",
		}},
		{"NO CYCLE NO MINVALUE", "increment by -1 maxvalue -5 cycle", []string{"SET INCREMENT BY -1", "SET MAXVALUE -5", "SET CYCLE"}},
	} {
		if d := cmp.Diff(test.want, identityChanges(test.from, test.to)); d != "" {
			t.Errorf("%q to %q: %s", test.from, test.to, d)
		}
	}
}
