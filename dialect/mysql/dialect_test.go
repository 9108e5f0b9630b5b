package mysql

import (
	"regexp"
	"testing"
)

func TestVersion(t *testing.T) {
	_, conn := open(t)
	got, err := Dialect{}.Version(t.Context(), conn)
	if err != nil || !regexp.MustCompile(`^(mariadb|mysql) \d+\.\d+\.\d+$`).MatchString(got) {
		t.Errorf("%q, %v", got, err)
	}
}
