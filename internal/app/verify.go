package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kasane/internal/archive"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/store"
)

// verify reads the records beside a running server and tells whether any was changed or lost.
func (p Process) verify(ctx context.Context, args []string) int {
	var given given
	cfg, code := p.configure("verify", args, given.flags)
	if code != exitOK {
		return code
	}
	if given.pack != "" {
		return p.verifyPackage(cfg, given)
	}
	return p.verifyStore(ctx, cfg, given)
}

// verifyStore verifies the records of a database.
func (p Process) verifyStore(ctx context.Context, cfg config.Config, given given) int {
	if cfg.DatabaseURL == "" {
		if _, err := os.Stat(filepath.Join(cfg.DataDir, "kasane.db")); err != nil {
			fmt.Fprintf(p.Err, "%s に保存された記録(kasane.db)がありません。--data のフォルダーを確かめてください。\n", cfg.DataDir)
			return exitFail
		}
	}
	trust, err := p.trust(cfg, given)
	if err != nil {
		return p.fail("渡された到達点か鍵を読めません", err)
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		return p.fail("記録を開けません", err)
	}
	defer st.Close()
	report, err := archive.VerifyStore(ctx, st, p.Out, trust)
	if err != nil {
		return p.fail("調べている途中で読めなくなりました", err)
	}
	if !report.OK {
		return exitFail
	}
	return exitOK
}

// fail tells the operator; the cause is his to see.
func (p Process) fail(what string, err error) int {
	fmt.Fprintf(p.Err, "%s: %s\n(%v)\n", what, fault.Message(err), err)
	return exitFail
}
