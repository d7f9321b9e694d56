package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"

	"kasane/internal/app"
)

// profiled runs Kasane in this process, as its binary would, and writes where its processor time went into path.cpu, and what it allocated into
// path.allocs. The line "begin" on its input throws away the profile so far, "end" ends it.
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
	go profileWindow(path + ".cpu")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return app.Main(ctx, app.Process{Args: args, Lookup: os.LookupEnv, Out: os.Stdout, Err: os.Stderr, Version: "bench"})
}

// profileWindow narrows the profile to what the bench measures.
func profileWindow(path string) {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		pprof.StopCPUProfile()
		if lines.Text() != "begin" {
			continue
		}
		if f, err := os.Create(path); err == nil {
			_ = pprof.StartCPUProfile(f)
		}
	}
}

// window tells the nodes that what is to be profiled begins or ends.
func (s *server) window(word string) {
	if *profile == "" {
		return
	}
	for _, p := range s.nodes {
		_, _ = io.WriteString(p.input, word+"\n")
	}
}
