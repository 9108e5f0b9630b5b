package ddl_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

func TestPosition(t *testing.T) {
	const text = "ab\näö c\n\nd"
	for offset, want := range map[int][2]int{-1: {1, 1}, 0: {1, 1}, 2: {1, 3}, 3: {2, 1}, 5: {2, 2}, 8: {2, 4}, 10: {3, 1}, 11: {4, 1}, 99: {4, 2}} {
		if line, column := ddl.Position(text, offset); line != want[0] || column != want[1] {
			t.Errorf("offset %d is at %d:%d, want %v", offset, line, column, want)
		}
	}
}

func TestStatementErrorShortens(t *testing.T) {
	cause := errors.New("no")
	err := error(&ddl.StatementError{SQL: "SELECT\n\t" + strings.Repeat("é", 300), Number: 1, Of: 2, Line: 1, Column: 1, Err: cause})
	if !errors.Is(err, cause) {
		t.Error("the cause is not wrapped")
	}
	if text := err.Error(); !strings.Contains(text, "in: SELECT é") || !strings.HasSuffix(text, "é…)") {
		t.Errorf("got %s", text)
	}
}

func ExampleStatementError() {
	fmt.Println(&ddl.StatementError{SQL: "SELEC 1", Number: 2, Of: 3, Line: 4, Column: 5, Exact: true, Err: errors.New("syntax error")})
	// Output: statement 2 of 3, at line 4, column 5: syntax error (in: SELEC 1)
}

func TestCauses(t *testing.T) {
	a, b := errors.New("a"), errors.New("b")
	got := ddl.Causes(fmt.Errorf("x: %w, %w", errors.Join(a, fmt.Errorf("y: %w", b)), &ddl.StatementError{Err: a}))
	if fmt.Sprint(got) != "[a b a]" || ddl.Causes(nil) != nil || fmt.Sprint(ddl.Causes(a)) != "[a]" {
		t.Errorf("%v", got)
	}
}
