package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-limbeck/limbeck/examples/library/migrations"
	"github.com/go-limbeck/limbeck/examples/library/models"
)

const usage = `usage: library serve [-addr :8080] [-db library.db]
       library migrate <command>    (library migrate --help lists them)
`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(64)
	}
	switch command := os.Args[1]; command {
	case "serve":
		os.Exit(serveMain(os.Args[2:]))
	case "migrate":
		migrateMain(os.Args[2:])
	case "-h", "-help", "--help", "help":
		fmt.Print(usage)
	default:
		fmt.Fprintf(os.Stderr, "library: there is no command %q\n%s", command, usage)
		os.Exit(64)
	}
}

// serveMain runs the service until it is interrupted and returns the exit code.
func serveMain(args []string) int {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	cfg := config{Models: models.All(), Revisions: migrations.Revisions, Log: log}

	flags := flag.NewFlagSet("library serve", flag.ContinueOnError)
	flags.StringVar(&cfg.Addr, "addr", fromEnv("LIBRARY_ADDR", ":8080"), "`address` to listen on")
	flags.StringVar(&cfg.Database, "db", databaseFile(), "SQLite `file`")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 64
	case flags.NArg() > 0:
		fmt.Fprintf(os.Stderr, "library serve takes no arguments, but got %q\n", flags.Args())
		return 64
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, cfg); err != nil {
		log.Error("the library stopped", "error", err)
		return 1
	}
	return 0
}

func databaseFile() string { return fromEnv("LIBRARY_DB", "library.db") }

func fromEnv(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}
