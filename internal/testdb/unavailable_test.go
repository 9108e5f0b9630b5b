package testdb

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// recorder is a test that notes how it was ended.
type recorder struct {
	testing.TB
	how, text string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatalf(format string, args ...any) {
	r.how, r.text = "failed", fmt.Sprintf(format, args...)
}

func (r *recorder) Skipf(format string, args ...any) {
	r.how, r.text = "skipped", fmt.Sprintf(format, args...)
}

func TestUnavailable(t *testing.T) {
	missing := fmt.Errorf("%w: initdb is not installed; install postgresql", errNotInstalled)
	broken := errors.New("initdb failed: no space left")
	for _, test := range []struct {
		name, ci string
		reason   error
		how      string
		says     []string
	}{
		{"not installed", "", missing, "skipped", []string{"SKIPPED", "install postgresql", "LIMBECK_TEST_X"}},
		{"not installed, CI=false", "false", missing, "skipped", []string{"SKIPPED"}},
		{"not installed in CI", "true", missing, "failed", []string{"install postgresql", "LIMBECK_TEST_X", "CI=true"}},
		{"broken", "", broken, "failed", []string{"no space left"}},
		{"broken in CI", "true", broken, "failed", []string{"no space left"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r recorder
			unavailable(&r, "LIMBECK_TEST_X", test.ci, test.reason)
			if r.how != test.how {
				t.Errorf("the test was %q, want %q", r.how, test.how)
			}
			for _, want := range test.says {
				if !strings.Contains(r.text, want) {
					t.Errorf("the message does not say %q:\n%s", want, r.text)
				}
			}
		})
	}
}
