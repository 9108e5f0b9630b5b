package mysql

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-limbeck/limbeck/dialect/ddl"
	"github.com/go-limbeck/limbeck/op"
)

// TestUsingInAPrimaryKey: it is refused before anything has run, with the reason
// and the way that is left.
func TestUsingInAPrimaryKey(t *testing.T) {
	conn := seats(t)
	before := shown(t, conn)
	_, err := migrate(conn, op.AlterColumn{Table: "seats", From: id(false), To: column("id", op.String(20), true, false), Using: "concat('s', id)"})
	if !errors.Is(err, ddl.ErrUnsupported) || !strings.Contains(err.Error(), "would have no value") || !strings.Contains(err.Error(), "op.Exec") {
		t.Errorf("got %v", err)
	}
	if d := cmp.Diff(before, shown(t, conn)); d != "" {
		t.Error(d)
	}
}
