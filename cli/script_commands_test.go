package cli_test

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are what scripts can say beside testscript's own commands.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":       exits,
	"files":       files,
	"interrupted": interrupted,
	"locked":      locked,
	"module":      module,
	"replace":     replace,
	"setenv":      setenv,
	"sql":         runSQL,
}

func usage(ts *testscript.TestScript, neg bool, args []string, least int, text string) {
	if neg || len(args) < least {
		ts.Fatalf("usage: %s", text)
	}
}

// exits runs a program, which has to end with exactly that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 2, "exits code program args...")
	wantCode(ts, ts.Exec(args[1], args[2:]...), args[0])
}

func wantCode(ts *testscript.TestScript, err error, want string) {
	code := 0
	if err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

// files demands that a pattern matches so many files.
func files(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 2, "files number pattern")
	list, err := filepath.Glob(ts.MkAbs(args[1]))
	ts.Check(err)
	if strconv.Itoa(len(list)) != args[0] {
		ts.Fatalf("%d files match %s, want %s: %s", len(list), args[1], args[0], strings.Join(list, " "))
	}
}

// interrupted runs a program, sends it an interrupt when it has begun to write
// to the database, another one when it has said that it got it, and demands an
// exit code.
func interrupted(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 3, "interrupted code database program args...")
	db := open(ts, args[1]+"?_busy_timeout=0&_txlock=immediate")
	defer db.Close()
	cmd := exec.Command(args[2], args[3:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Stdout = ts.Stdout()
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	done := make(chan error, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			fmt.Fprintln(ts.Stderr(), lines.Text())
			if strings.HasPrefix(lines.Text(), "stopping ") {
				_ = cmd.Process.Signal(os.Interrupt)
			}
		}
		done <- cmd.Wait()
	}()
	// Whether it has begun is seen by its lock.
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		tx, err := db.Begin()
		if err != nil {
			break
		}
		ts.Check(tx.Rollback())
		select {
		case err := <-done:
			ts.Fatalf("the program ended before it wrote: %v", err)
		default:
		}
		if time.Now().After(deadline) {
			_ = cmd.Process.Kill()
			ts.Fatalf("the program does not write")
		}
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	wantCode(ts, <-done, args[0])
}

// locked runs a program while a transaction of somebody else writes.
func locked(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 3, "locked code database program args...")
	db := open(ts, args[1]+"?_txlock=immediate")
	defer db.Close()
	tx, err := db.Begin()
	ts.Check(err)
	defer tx.Rollback()
	wantCode(ts, ts.Exec(args[2], args[3:]...), args[0])
}

// module makes the working folder a module that sees this library, as go get
// would from a published one.
func module(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 1, "module path")
	const library = "github.com/go-limbeck/limbeck"
	ts.Check(ts.Exec("go", "mod", "init", args[0]))
	ts.Check(ts.Exec("go", "mod", "edit", "-require="+library+"@v0.0.0", "-replace="+library+"="+ts.Getenv("REPO")))
	sums, err := os.ReadFile(filepath.Join(ts.Getenv("REPO"), "go.sum"))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("go.sum"), sums, 0o666))
}

// replace replaces a text that stands in a file once. \n and \t mean a new line and a tab.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 3, "replace old new file")
	lines := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	old, new := lines.Replace(args[0]), lines.Replace(args[1])
	text := ts.ReadFile(args[2])
	if n := strings.Count(text, old); n != 1 {
		ts.Fatalf("%q stands %d times in %s, want once", old, n, args[2])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.Replace(text, old, new, 1)), 0o666))
}

// setenv keeps what the last program printed, a single line.
func setenv(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 1, "setenv name")
	text := strings.TrimSpace(ts.ReadFile("stdout"))
	if text == "" || strings.Contains(text, "\n") {
		ts.Fatalf("not one line: %q", text)
	}
	ts.Setenv(args[0], text)
}

// runSQL runs a statement on a SQLite file and prints the rows, a line each.
func runSQL(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, args, 2, "sql file statement")
	db := open(ts, args[0])
	defer db.Close()
	ts.Check(printRows(ts.Stdout(), db, args[1]))
}

func printRows(w io.Writer, db *sql.DB, query string) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		texts := make([]string, len(values))
		for i, v := range values {
			if texts[i] = v.String; !v.Valid {
				texts[i] = "NULL"
			}
		}
		fmt.Fprintln(w, strings.Join(texts, "|"))
	}
	return rows.Err()
}

func open(ts *testscript.TestScript, file string) *sql.DB {
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(ts.MkAbs(file)))
	ts.Check(err)
	db.SetMaxOpenConns(1)
	return db
}
