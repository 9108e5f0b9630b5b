//go:build unix

package testdb

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// helperVariable makes TestHelperProcess a program that other tests run.
const helperVariable = "LIMBECK_TESTDB_HELPER"

// TestHelperProcess is no test: as a process of its own it starts both servers,
// prints a line on each, and ends when its standard input does.
func TestHelperProcess(t *testing.T) {
	if os.Getenv(helperVariable) == "" {
		t.Skip("run by other tests")
	}
	var alive []io.Closer
	for _, kind := range []string{"postgres", "mysql"} {
		dsn, pipe, err := start(serverScript, kind)
		alive = append(alive, pipe)
		switch {
		case errors.Is(err, errNotInstalled):
			fmt.Println("missing:", strings.ReplaceAll(err.Error(), "\n", " "))
		case err != nil:
			t.Fatal(err)
		default:
			fmt.Println("dsn:", dsn)
		}
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	runtime.KeepAlive(alive)
}

// folderInDSN finds the folder of a server that server.sh has started.
var folderInDSN = regexp.MustCompile(`/[^ ()]*/limbeck-(postgres|mysql)-\w+`)

// However a test binary ends, its servers end and their folders go.
func TestServersEndWithTheProcess(t *testing.T) {
	for _, test := range []struct {
		name string
		end  func(group int, stdin io.Closer) error
	}{
		{"normal end", func(_ int, stdin io.Closer) error { return stdin.Close() }},
		{"killed", func(group int, _ io.Closer) error { return syscall.Kill(-group, syscall.SIGKILL) }},
		{"interrupted", func(group int, _ io.Closer) error { return syscall.Kill(-group, syscall.SIGINT) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run=^TestHelperProcess$")
			cmd.Env = append(os.Environ(), helperVariable+"=1")
			detach(cmd) // so that it can be ended as a terminal does it, by its group
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = cmd.Process.Kill() }()

			var folders []string
			var missing []string
			lines := bufio.NewScanner(stdout)
			for len(folders)+len(missing) < 2 && lines.Scan() {
				if rest, ok := strings.CutPrefix(lines.Text(), "missing: "); ok {
					missing = append(missing, rest)
				} else if folder := folderInDSN.FindString(lines.Text()); folder != "" {
					folders = append(folders, folder)
				} else {
					t.Fatalf("the process said: %s", lines.Text())
				}
			}
			pids := make([]int, len(folders))
			for i, folder := range folders {
				pids[i] = readPID(t, folder)
				if err := syscall.Kill(pids[i], 0); err != nil {
					t.Errorf("the server in %q does not run: %v", folder, err)
				}
			}
			if err := test.end(cmd.Process.Pid, stdin); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // an error, where it was killed
			for i, folder := range folders {
				if !soon(func() bool { return gone(folder) }) {
					t.Errorf("the folder %q is left behind", folder)
				}
				if syscall.Kill(pids[i], 0) == nil {
					t.Errorf("the server of %q still runs", folder)
				}
			}
			if len(missing) > 0 {
				variable := postgresVariable + " and " + mysqlVariable
				ci := os.Getenv("CI")
				if os.Getenv(postgresVariable) != "" && os.Getenv(mysqlVariable) != "" {
					ci = "" // none has to be started
				}
				unavailable(t, variable, ci, fmt.Errorf("%w: %q", errNotInstalled, missing))
			}
		})
	}
}

func readPID(t *testing.T, folder string) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func gone(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

// soon waits for a condition, for as long as a busy machine may take.
func soon(condition func() bool) bool {
	for range 300 {
		if condition() {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	for _, test := range []struct {
		name, kind string
		old, new   string // in server.sh
		missing    bool
		says       string
	}{
		{"no PostgreSQL", "postgres", "need initdb", "need no-such-initdb", true, "apt-get install postgresql"},
		{"no MariaDB", "mysql", "need mariadb-install-db", "need no-such-program", true, "apt-get install mariadb-server"},
		{"initialising fails", "postgres", "as initdb", "as echo no space left; false", false, "no space left"},
		{"the server ends", "postgres", "as postgres", "as echo out of memory", false, "out of memory"},
		{"unknown kind", "oracle", "", "", false, "use postgres or mysql"},
	} {
		t.Run(test.name, func(t *testing.T) {
			script := strings.Replace(serverScript, test.old, test.new, 1)
			if test.old != "" && script == serverScript {
				t.Fatalf("server.sh does not say %q", test.old)
			}
			if !test.missing && test.kind == "postgres" {
				if _, err := exec.LookPath("postgres"); err != nil && gone("/usr/lib/postgresql") {
					t.Skip("PostgreSQL is not installed")
				}
			}
			_, _, err := start(script, test.kind)
			if err == nil {
				t.Fatal("the server started")
			}
			if errors.Is(err, errNotInstalled) != test.missing {
				t.Errorf("the error says that nothing is installed: %t, want %t", !test.missing, test.missing)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("the error does not say %q: %v", test.says, err)
			}
		})
	}
}
