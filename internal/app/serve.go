package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"kasane/internal/config"
	"kasane/internal/identity"
)

// How long an ordered stop may take, and how often work is done by itself.
const (
	stopWithin     = 15 * time.Second
	sequenceEvery  = time.Second
	recoverEvery   = 3 * time.Second
	keysEvery      = 10 * time.Second // how soon a new municipality has keys, though nobody has signed in yet
	quotasEvery    = 5 * time.Minute  // how soon /readyz and the metrics know that a municipality comes near a limit
	tallyEvery     = 30 * time.Second // how soon the 集計 knows a choice made in a sheet
	heartbeatEvery = 4 * time.Second
	checkEvery     = 10 * time.Minute        // looks whether the nightly pass over the records is due
	recheckEvery   = 1500 * time.Millisecond // sessions end within 2 s on every node, also without the bus
)

func (p Process) serve(ctx context.Context, command string, args []string) int {
	demoMode := command != "serve"
	cfg, code := p.configure(command, args)
	if code != exitOK {
		return code
	}
	log := logger(cfg, p.Err)
	giveHeapRoom(p.Lookup)
	code = exitOK
	shown := ""
	h, err := build(ctx, cfg, log, time.Now, demoMode, func(shared []byte) string {
		shown = identity.NewSetupCode(shared)
		return shown
	})
	if err != nil {
		return p.fail("起動できません", err)
	}
	h.version = p.Version
	h.openTraces()
	if err := h.openMetrics(); err != nil {
		_ = h.store.Close()
		return p.fail(cfg.MetricsAddr+"(KASANE_METRICS_ADDR)で待ち受けられません(ほかのプログラムが使用中かもしれません)", err)
	}
	if command == "rehearse" {
		if err := h.rehearse(ctx, time.Now); err != nil {
			_ = h.store.Close()
			return p.fail("練習を準備できません", err)
		}
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		_ = h.store.Close()
		return p.fail(cfg.Addr+" で待ち受けられません(ほかのプログラムが使用中かもしれません)", err)
	}
	p.greet(listener.Addr(), cfg, command, shown)
	if err := h.run(ctx, listener); err != nil {
		return p.fail("異常終了しました", err)
	}
	return code
}

// greet tells the operator where to go.
func (p Process) greet(addr net.Addr, cfg config.Config, command, setupCode string) {
	scheme := "http"
	if cfg.TLSCert != "" {
		scheme = "https"
	}
	fmt.Fprintf(p.Out, "重ね(Kasane) %s を起動しました: %s://%s%s/\n", p.Version, scheme, addr, cfg.BasePath)
	if command != "serve" {
		if command == "rehearse" {
			fmt.Fprintln(p.Out, "議長の練習です。「議長」のアカウント(kaicho)でサインインし、会議の一覧から「議長の練習」を開いて、受付を始めてください。")
		}
		fmt.Fprintln(p.Out, "見本の市町村です。画面の案内にあるアカウントでサインインできます。止めるには Ctrl+C を押してください。")
	}
	if setupCode != "" {
		fmt.Fprintf(p.Out, "最初の管理者をブラウザーで登録してください。セットアップコード: %s\n", setupCode)
	}
}

func logger(cfg config.Config, w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.LogLevel)) // validated
	opt := &slog.HandlerOptions{Level: level}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, opt))
	}
	return slog.New(slog.NewTextHandler(w, opt))
}

// run serves until ctx ends, then stops in order: live connections are sent away with what they wrote saved, requests end,
// the work in the background ends, the store closes.
func (h *house) run(ctx context.Context, listener net.Listener) error {
	server := &http.Server{Handler: h.web, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelWarn)}
	background, stopBackground := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBackground()
	group, failed := errgroup.WithContext(background)
	for _, work := range h.works() {
		group.Go(func() error { return work(failed) })
	}
	hubCtx, stopHub := context.WithCancel(failed)
	defer stopHub()
	hubDone := make(chan error, 1)
	go func() { hubDone <- h.hub.Run(hubCtx) }()
	scrapes := h.scrapes()
	group.Go(scrapes.serve)
	group.Go(func() error {
		err := h.listen(server, listener)
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	})

	select {
	case <-ctx.Done():
	case <-failed.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	stopHub()
	var errs []error
	select {
	case err := <-hubDone:
		errs = append(errs, err)
	case <-limit.Done():
		errs = append(errs, errors.New("live connections did not end in time"))
	}
	if err := server.Shutdown(limit); err != nil {
		errs = append(errs, err, server.Close())
	}
	stopBackground()
	errs = append(errs, scrapes.close(), group.Wait())
	if err := errors.Join(h.store.SequenceWaiting(limit), h.heads.flush()); err != nil {
		h.log.Warn("the audit log ends before the last rows", "err", err)
	}
	if err := h.store.Leave(limit, h.self); err != nil {
		h.log.Warn("this node did not sign off", "err", err)
	}
	return errors.Join(append(errs, h.store.Close())...)
}

func (h *house) listen(server *http.Server, l net.Listener) error {
	if h.cfg.TLSCert != "" {
		return server.ServeTLS(l, h.cfg.TLSCert, h.cfg.TLSKey)
	}
	return server.Serve(l)
}

// works are what goes on by itself. A round that fails is logged and tried again: nothing waits for a restart to heal.
func (h *house) works() []func(context.Context) error {
	works := []func(context.Context) error{
		h.identity.Run,
		giveBack,
		h.every("audit", sequenceEvery, func(ctx context.Context) error {
			return errors.Join(h.store.SequenceDue(ctx), h.heads.flush())
		}),
		h.every("closings", recoverEvery, func(ctx context.Context) error {
			_, err := h.meeting.Recover(ctx)
			return err
		}),
		h.every("records", checkEvery, h.nights),
		h.every("tally", tallyEvery, h.tally.Step),
		h.every("backup", checkEvery, h.nightly.step),
		h.every("heartbeat", heartbeatEvery, h.beat()),
		h.every("notices", noticeEvery, h.notices.Look),
		h.jobs.Run,
		h.sendTraces,
		h.every("mail", postEvery, h.notices.Post),
		h.every("webhooks", hooksEvery, h.hooks.Post),
		h.every("old webhooks", tidyEvery, h.hooks.Tidy),
		h.every("terms for webhooks", termsEvery, h.hooks.Look),
		h.every("quotas", quotasEvery, h.quotas.Look),
	}
	works = append(works, h.every("keys", keysEvery, func(ctx context.Context) error { return giveKeys(ctx, h.store, h.towns) }))
	if h.cfg.DatabaseURL == "" {
		works = append(works, h.every("orders", ordersEvery, h.takeOrders))
	}
	if h.rehearsal != nil {
		works = append(works, h.every("rehearsal", rehearseEvery, h.rehearsal.Step))
	}
	if h.bus.run != nil {
		works = append(works, h.bus.run)
	}
	return works
}

// every does a piece of work at once and then again and again, until ctx ends.
func (h *house) every(name string, pause time.Duration, work func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				h.log.WarnContext(ctx, "will be tried again", "work", name, "err", err)
			}
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
		}
	}
}
