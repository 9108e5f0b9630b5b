package postgres

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/op"
)

// A change of type works on a row where Convert says so, for every pair of types.
// Where it says no the server may still take the text of one for the other, such
// as 1 for one second or for the network 1.0.0.0/8: that has to be said.
func TestConvertIsWhatTheServerDoes(t *testing.T) {
	values := map[string]string{
		"smallint": "1", "integer": "1", "bigint": "1", "numeric(10,2)": "1", "real": "1", "double precision": "1",
		"boolean": "true", "uuid": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "json": "1", "jsonb": "1",
		"date": "2020-01-02", "timestamp": "2020-01-02 03:04:05", "timestamptz(3)": "2020-01-02 03:04:05+00",
		"time": "03:04:05", "timetz": "03:04:05+00", "interval": "01:00:00", "inet": "10.0.0.1", "cidr": "10.0.0.0/8", "macaddr": "08:00:2b:01:02:03",
		"text": "x", "varchar(60)": "x", "bytea": "x", "integer[]": "{1}", "text[]": "{1}",
	}
	// readable are types with those whose text they read by chance.
	const numbers = "smallint integer bigint numeric(10,2) real double precision json jsonb"
	readable := map[string]string{"interval": numbers + " integer[] text[]", "cidr": numbers, "macaddr": "date", "timetz": "interval"}
	var types []string
	for name := range values {
		types = append(types, name)
	}
	db := open(t)
	for _, from := range types {
		for _, to := range types {
			value := values[from]
			switch {
			case from == "text" || from == "varchar(60)" || from == "bytea":
				value = values[to]
			case (from == "json" || from == "jsonb") && to == "boolean":
				value = "true"
			}
			before, after := op.Column{Name: "c", Type: op.Raw(from)}, op.Column{Name: "c", Type: op.Raw(to)}
			want, _ := Dialect{}.Convert("c", before.Type, after.Type)
			run(t, db.conn, "BEGIN", "CREATE TABLE t (c "+from+")", fmt.Sprintf("INSERT INTO t VALUES ('%s')", value))
			_, err := carryOut(t.Context(), db.conn, op.AlterColumn{Table: "t", From: before, To: after})
			run(t, db.conn, "ROLLBACK")
			if want != (err == nil) && !(err == nil && (strings.HasSuffix(to, "[]") || readable[to] != "" && strings.Contains(readable[to], from))) {
				t.Errorf("from %s to %s: Convert says %v, the server %v", from, to, want, err)
			}
		}
	}
}

func TestConvertSuggests(t *testing.T) {
	for _, c := range []struct {
		column, from, to string
		want             []string
	}{
		{"born", "bigint", "timestamptz", []string{"to_timestamp(born)"}},
		{"Born", "bigint", "date", []string{`to_timestamp("Born")::date`}},
		{"born", "timestamp", "bigint", []string{"extract(epoch from born)"}},
		{"tag", "integer", "integer[]", []string{"ARRAY[tag]::integer[]"}},
		{"born", "uuid", "bigint", nil},
	} {
		ok, got := Dialect{}.Convert(c.column, op.Raw(c.from), op.Raw(c.to))
		if ok || !cmp.Equal(c.want, got) {
			t.Errorf("from %s to %s: %v, %q, want %q", c.from, c.to, ok, got, c.want)
		}
	}
	if ok, _ := (Dialect{}).Convert("c", op.Raw("point"), op.Int(64)); !ok {
		t.Error("what is not known here is left to the server")
	}
}
