package sqlite

import "testing"

func TestViewQuery(t *testing.T) {
	for sql, want := range map[string]string{
		"CREATE VIEW v AS SELECT 1":                                        "SELECT 1",
		"CREATE VIEW IF NOT EXISTS main.\"v w\" as\n select a as b -- x\n": "select a as b",
		"CREATE VIEW v (a, b) AS SELECT 1, 2":                              "(a, b) AS SELECT 1, 2",
		"CREATE VIEW [as]AS VALUES (1)":                                    "VALUES (1)",
	} {
		if got, err := viewQuery(sql); err != nil || got != want {
			t.Errorf("%s: %q, %v", sql, got, err)
		}
	}
	for _, sql := range []string{"", "CREATE TABLE v (a)", "CREATE VIEW", "CREATE VIEW 'x"} {
		if _, err := viewQuery(sql); err == nil {
			t.Errorf("%q gives no error", sql)
		}
	}
}
