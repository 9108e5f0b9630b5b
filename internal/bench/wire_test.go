package bench

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// wire stands between database/sql and a driver. It counts what goes to the
// database and back, and may make each trip last longer, as a network does.
type wire struct {
	driver.Connector
	trips   atomic.Int64
	bytes   atomic.Int64 // that the database sent
	latency time.Duration
	// heard gets each statement, where it is set.
	heard func(sql string)
}

// dial connects to a server, whose bytes are counted.
func (w *wire) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return counted{conn, w}, nil
}

type counted struct {
	net.Conn
	wire *wire
}

// Read counts what comes.
func (c counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.wire.bytes.Add(int64(n))
	return n, err
}

func (w *wire) trip(sql string) {
	w.trips.Add(1)
	if w.heard != nil {
		w.heard(sql)
	}
	if w.latency > 0 {
		time.Sleep(w.latency)
	}
}

// Connect returns a connection whose trips are counted.
func (w *wire) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := w.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &wired{conn.(fullConn), w}, nil
}

// fullConn is what the drivers of all three databases have.
type fullConn interface {
	driver.Conn
	driver.QueryerContext
	driver.ExecerContext
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.Pinger
}

type wired struct {
	fullConn
	wire *wire
}

func (c *wired) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.fullConn.QueryContext(ctx, query, args)
	if !errors.Is(err, driver.ErrSkip) { // or it is prepared
		c.wire.trip(query)
	}
	return rows, err
}

func (c *wired) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.fullConn.ExecContext(ctx, query, args)
	if !errors.Is(err, driver.ErrSkip) {
		c.wire.trip(query)
	}
	return result, err
}

func (c *wired) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.wire.trip(query)
	s, err := c.fullConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return wiredStmt{s.(fullStmt), c.wire, query}, nil
}

// fullStmt is what the prepared statements of all three drivers have.
type fullStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type wiredStmt struct {
	fullStmt
	wire *wire
	sql  string
}

func (s wiredStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.wire.trip(s.sql)
	return s.fullStmt.ExecContext(ctx, args)
}

func (s wiredStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.wire.trip(s.sql)
	return s.fullStmt.QueryContext(ctx, args)
}

func (c *wired) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	c.wire.trip("BEGIN")
	return c.fullConn.BeginTx(ctx, opts)
}

// CheckNamedValue lets the driver have values of its own, where it has any.
func (c *wired) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.fullConn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// ResetSession makes the connection ready for its next user.
func (c *wired) ResetSession(ctx context.Context) error {
	if r, ok := c.fullConn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid says whether the connection may be used again.
func (c *wired) IsValid() bool {
	if v, ok := c.fullConn.(driver.Validator); ok {
		return v.IsValid()
	}
	return true
}
