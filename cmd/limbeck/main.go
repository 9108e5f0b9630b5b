// Command limbeck sets a project up for migrations of its GORM models.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/go-limbeck/limbeck/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := cli.Tool(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
