// Command kasane runs 重層的支援会議: `kasane help` says how.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"kasane/internal/app"
)

var version = "dev" // set by the build

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Main(ctx, app.Process{Args: os.Args[1:], Lookup: os.LookupEnv, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Version: version})
	stop()
	os.Exit(code)
}
