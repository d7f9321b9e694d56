package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"

	"kasane/internal/app"
)

// profiled runs Kasane in this process, as its binary would, and writes where its processor time went into path.cpu, and what it allocated into
// path.allocs.
func profiled(path string, args []string) int {
	cpu, err := os.Create(path + ".cpu")
	if err == nil {
		err = pprof.StartCPUProfile(cpu)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() {
		pprof.StopCPUProfile()
		_ = cpu.Close()
		if f, err := os.Create(path + ".allocs"); err == nil {
			_ = pprof.Lookup("allocs").WriteTo(f, 0)
			_ = f.Close()
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return app.Main(ctx, app.Process{Args: args, Lookup: os.LookupEnv, Out: os.Stdout, Err: os.Stderr, Version: "bench"})
}
