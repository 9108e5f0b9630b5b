package main

import "testing"

func TestServeMainExitCodes(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want int
	}{
		{"help", []string{"-help"}, 0},
		{"unknown flag", []string{"-port", "80"}, 64},
		{"argument", []string{"library.db"}, 64},
		{"database in no folder", []string{"-addr", "127.0.0.1:0", "-db", t.TempDir() + "/none/library.db"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := serveMain(c.args); got != c.want {
				t.Errorf("serveMain(%q) = %d, want %d", c.args, got, c.want)
			}
		})
	}
}

func TestFromEnv(t *testing.T) {
	t.Setenv("LIBRARY_DB", "")
	if got := databaseFile(); got != "library.db" {
		t.Errorf("without LIBRARY_DB the file is %q, want %q", got, "library.db")
	}
	t.Setenv("LIBRARY_DB", "other.db")
	if got := databaseFile(); got != "other.db" {
		t.Errorf("with LIBRARY_DB=other.db the file is %q", got)
	}
}
