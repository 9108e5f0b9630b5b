package testdb

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"gorm.io/gorm"
)

//go:embed server.sh
var serverScript string

// What server.sh exits with where the binaries of a server are not installed.
const exitNotInstalled = 3

// patience is what a server may take to create or drop one database on a busy
// machine.
const patience = time.Minute

// errNotInstalled says that there is no server and that none can be started.
var errNotInstalled = errors.New("no database server")

// A server is one that runs, with connections for its administrator.
type server struct {
	dsn   string
	admin *sql.DB
	// The pipe that keeps a server alive that we have started. Nothing is done
	// with it, but the garbage collector would close it.
	alive io.Closer
}

// connect returns the server of a kind ("postgres" or "mysql"): the one whose
// DSN the environment variable holds, otherwise one that it starts. It returns
// errNotInstalled where there is neither.
func connect(kind, variable string, dialector func(dsn string) (gorm.Dialector, error)) (*server, error) {
	s := &server{dsn: os.Getenv(variable)}
	origin := "that " + variable + " names" // it may hold a password
	if s.dsn == "" {
		origin = "that was started"
		var err error
		if s.dsn, s.alive, err = start(serverScript, kind); err != nil {
			return nil, err
		}
	}
	d, err := dialector(s.dsn)
	if err != nil {
		return nil, fmt.Errorf("opening the %s server %s: %w", kind, origin, err)
	}
	db, err := gorm.Open(d, silent{})
	if err != nil {
		return nil, fmt.Errorf("connecting to the %s server %s: %w", kind, origin, err)
	}
	if s.admin, err = db.DB(); err != nil {
		return nil, fmt.Errorf("connecting to the %s server %s: %w", kind, origin, err)
	}
	return s, nil
}

// start starts a server with the script and returns the DSN of its administrator. It serves
// until the pipe is closed, which nobody does: the end of this process does it,
// whatever its reason.
func start(script, kind string, args ...string) (dsn string, alive io.Closer, err error) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		return "", nil, fmt.Errorf("%w: starting one needs a shell: %w", errNotInstalled, err)
	}
	cmd := exec.Command(shell, append([]string{"-c", script, "server.sh", kind}, args...)...)
	detach(cmd)
	var said bytes.Buffer
	cmd.Stderr = &said
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return "", nil, fmt.Errorf("starting a %s server: %w", kind, err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, fmt.Errorf("starting a %s server: %w", kind, err)
	}
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("starting a %s server: %w", kind, err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err == nil {
		return strings.TrimSuffix(line, "\n"), stdin, nil
	}
	// It has ended without an answer, and has said why.
	err = cmd.Wait()
	reason := strings.TrimSpace(said.String())
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == exitNotInstalled {
		return "", nil, fmt.Errorf("%w: %s", errNotInstalled, reason)
	}
	return "", nil, fmt.Errorf("starting a %s server: %w: %s", kind, err, reason)
}

// exec runs one statement as the server's administrator.
func (s *server) exec(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := s.admin.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("running %q: %w", statement, err)
	}
	return nil
}

// newName returns a name that no other database has, on a server that other
// test binaries may use at the same time.
func newName() string {
	return "limbeck_test_" + strings.ToLower(rand.Text())
}
