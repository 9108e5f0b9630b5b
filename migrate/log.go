package migrate

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/go-limbeck/limbeck/dialect/ddl"
)

const (
	levelDebug = slog.LevelDebug
	levelInfo  = slog.LevelInfo
	levelWarn  = slog.LevelWarn
)

// log tells the logger of the options, if there is one.
func (s *session) log(ctx context.Context, level slog.Level, message string, args ...any) {
	if s.options.Logger != nil {
		s.options.Logger.Log(ctx, level, message, args...)
	}
}

// trace tells GORM's logger of a statement, as GORM does of its own. One that
// failed is in the error that the caller gets.
func (r runner) trace(ctx context.Context, begin time.Time, sql string, rows int64) {
	if r.db != nil && r.db.Config != nil && r.db.Logger != nil {
		r.db.Logger.Trace(ctx, begin, func() (string, int64) { return sql, rows }, nil)
	}
}

// waiting tells who keeps the migration waiting.
func (s *session) waiting(ctx context.Context, holder string) {
	s.log(ctx, levelWarn, "waiting for another migration", "holder", holder)
	if s.options.Hooks.Waiting != nil {
		s.options.Hooks.Waiting(ctx, holder)
	}
}

// finished tells of a revision that is committed.
func (s *session) finished(ctx context.Context, d Done) {
	verb := "applied"
	if d.Down {
		verb = "took back"
	}
	s.log(ctx, levelInfo, verb+" revision", "id", d.Revision.ID, "message", d.Revision.Message,
		"number", d.Number, "of", d.Of, "steps", d.Steps, "rows", d.Rows, "duration", d.Duration)
	if s.options.Hooks.Done != nil {
		s.options.Hooks.Done(ctx, d)
	}
}

func jitter(d time.Duration) time.Duration { return rand.N(d) }

func texts(statements []ddl.Statement) []string {
	list := make([]string, len(statements))
	for i, s := range statements {
		list[i] = s.SQL
	}
	return list
}
