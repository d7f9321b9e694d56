package app

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"time"

	"kasane/frontend"
	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/cases"
	"kasane/internal/casesheets"
	"kasane/internal/community"
	"kasane/internal/config"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/demo"
	"kasane/internal/desk"
	"kasane/internal/fault"
	"kasane/internal/figures"
	"kasane/internal/files"
	"kasane/internal/firstrun"
	"kasane/internal/forms"
	"kasane/internal/gaiji"
	"kasane/internal/handouts"
	"kasane/internal/identity"
	"kasane/internal/imports"
	"kasane/internal/intake"
	"kasane/internal/jobs"
	"kasane/internal/joining"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/metrics"
	"kasane/internal/notice"
	"kasane/internal/outreach"
	"kasane/internal/oversight"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
	"kasane/internal/quota"
	"kasane/internal/realtime"
	"kasane/internal/rehearsal"
	"kasane/internal/reviews"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/traces"
	"kasane/internal/web"
	"kasane/internal/webhooks"
)

// house is everything of one process, wired.
type house struct {
	cfg        config.Config
	log        *slog.Logger
	self       string    // name of this process among the nodes: two on one machine may share KASANE_NODE
	started    time.Time // of this process
	now        func() time.Time
	store      *store.Store
	bus        bus
	heads      *heads
	nightly    *nightly
	tally      *figures.Tally
	towns      *files.Towns
	version    string // of this program
	neighbours *neighbours
	hub        *realtime.Hub
	bell       *bell
	identity   *identity.Service
	cases      *cases.Service
	consent    *consent.Service
	live       *live.Service
	plans      *plans.Service
	meeting    *meeting.Service
	archive    *archive.Service
	notices    *notice.Service
	jobs       *jobs.Service
	quotas     *quota.Service
	hooks      *webhooks.Service
	sockets    crowd               // live connections by municipality, of the other nodes
	rehearsal  *rehearsal.Director // nil unless a chair practises
	traces     *traces.Sender      // nil: not asked for
	metrics    *metrics.Registry   // nil: not asked for
	scraped    net.Listener        // where metrics are answered; nil: nowhere
	web        http.Handler
}

// bus is a realtime.Bus with its life. The in-process one needs none.
type bus struct {
	realtime.Bus
	kind string // busLocal or busRedis
	run  func(context.Context) error
}

// build wires the house, from the ground up: store, domain, live connections, web. What it opened is closed again when it
// fails. now is the clock of everything that is recorded and decided.
func build(ctx context.Context, cfg config.Config, log *slog.Logger, now func() time.Time, demoMode bool, setupCode func(shared []byte) string) (_ *house, err error) {
	h := &house{cfg: cfg, log: log, self: cfg.Node + "/" + access.NewID(now()), started: now(), now: now}
	signer, err := openSigner(cfg)
	if err != nil {
		return nil, err
	}
	h.heads = openHeads(cfg.DataDir, log)
	h.nightly = &nightly{h: h, now: now}
	if err := makeBackupDir(cfg.BackupDir); err != nil {
		return nil, err
	}
	h.store, err = store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, Log: log, Now: now, Signer: signer, Signed: h.heads.signed})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.store.Close())
		}
	}()
	if h.bus, err = openBus(cfg, log); err != nil {
		return nil, err
	}
	book, err := sheets.Builtin()
	if err != nil {
		return nil, err
	}
	keys, err := fileRing(cfg, files.LoadRing) // given, or made once in the data folder
	if err != nil {
		return nil, err
	}
	towns := files.NewTowns(h.store, keys, now)
	h.quotas = quota.New(h.store, now, h.connected, h.sockets.nodes)
	safe := files.New(h.store, towns, now).LimitBy(h.quotas.Room)
	h.identity, err = h.openIdentity(ctx, demoMode, setupCode, keys, towns, now)
	if err != nil {
		return nil, err
	}

	books := forms.NewService(h.store, book, log, now)
	gate := cases.NewGatekeeper(h.store, nil, now)
	words, err := openWords(cfg)
	if err != nil {
		return nil, err
	}
	words = words.ByTown(wordKeys(towns, log))
	h.towns = towns
	h.cases = cases.NewService(h.store, gate, books, now)
	h.cases.MarkSearches(words)
	h.consent = consent.NewService(h.store, nil, now)
	h.live = live.NewService(h.store, gate, now, live.WithFields(cases.SectionFields(books, now)))
	h.plans = plans.NewService(h.store, h.live, gate, now)
	bell := &bell{store: h.store, log: log}
	h.bell = bell
	engine := pdf.New(pdf.Options{ExtraFont: cfg.ExtraFont})
	letters := gaiji.NewService(h.store, engine, now)
	printer := papers.New(engine)
	printer.DrawWith(letters)
	sealer, err := openSealer(cfg, log, now, demoMode)
	if err != nil {
		return nil, err
	}
	h.meeting = meeting.NewService(meeting.Ports{Store: h.store, Plans: h.plans, Docs: h.live, Gate: gate, Print: printer, Seal: sealer, Tell: bell, Books: books,
		Log: log, Now: now, Node: cfg.Node})
	gate.SetMeetings(h.meeting)
	h.consent.SetMeetingNotes(h.meeting)
	sealed := archive.NewService(h.store, now)
	sealed.MarkSearches(words)
	sealed.PrintWith(printer)
	sealed.SealWith(sealer)
	h.archive = sealed
	sealed.Believe(func() archive.Trust {
		roots, err := signatures(cfg, given{})
		if err != nil {
			log.Error("the certificates cannot be read", "err", err)
		}
		return archive.Trust{Keys: audit.Keys{signer.Public()}, Anchors: h.heads.anchors(), Signatures: roots}
	})

	h.notices = openNotices(h, h.meeting)
	if h.hooks, err = openWebhooks(h, towns); err != nil {
		return nil, err
	}

	door := &door{identity: h.identity, meeting: h.meeting, store: h.store, live: h.live, log: log, now: now}
	settings := web.Settings{BasePath: cfg.BasePath, PublicURL: cfg.PublicURL, Hosts: cfg.Hosts, TrustedProxies: cfg.TrustedProxies, SecureCookie: cfg.SecureCookie == "always"}
	h.neighbours = newNeighbours()
	h.neighbours.listen(h.bus, h.self, now)
	line := door.config(h.bus)
	line.Apart = h.apart
	line.Traced = h.traced()
	h.hub = realtime.NewHub(line)
	bell.hub = h.hub
	h.live.OnWrite(h.hub.Touch)

	h.tally = figures.NewTally(h.store, h.live, books, func() string { return jptime.DateOf(now()).String() })
	reach, looks := outreach.New(h.store, gate, h.live, books, now), reviews.New(h.store, gate, h.plans, books, now)
	reach.PrintWith(printer)
	looks.PrintWith(printer)
	town := firstrun.New(h.store, h.identity, books, now)
	hosted := slices.Collect(maps.Values(cfg.Hosts))
	town.BindCodes(func(code string) bool { return slices.Contains(hosted, code) })
	counter := intake.New(h.store, gate, books, printer, words, now)
	lists := imports.New(h.store, counter, books, now)
	h.jobs = openJobs(h, towns, lists)
	forms, papersDesk := casesheets.New(h.store, gate, h.live, h.identity, h.cases, books, printer, now), desk.NewService(h.consent, h.store, printer, books, now)
	handed := handouts.New(h.store, gate, safe, now)
	handed.PrintWith(printer, h.meeting)
	copied := copies.NewService(h.store, h.meeting, gate, h.identity, printer, now)
	copied.OpenCabinet(copies.Cabinet{Reviews: looks, Sheets: forms, Course: reach, Meetings: h.meeting, Handouts: handed, Consents: papersDesk, Referrals: counter})
	h.web, err = web.New(web.Deps{Log: log, Now: now, Settings: settings, Dist: frontend.Dist(), Realtime: sockets(h.hub), Ready: h.checks(), Answered: h.answered(), Status: h.status, Notices: h.notices,
		Audit: h.store, Identity: h.identity, FirstRun: town, Files: safe, Handouts: handed, Cases: h.cases, Intake: counter, Imports: lists, Jobs: h.jobs, Gate: gate, Docs: h.live, Consent: h.consent,
		Gaiji: letters, Desk: papersDesk, Plans: h.plans, Meeting: h.meeting,
		Sheets: books, Forms: books, Lists: h.store, Archive: sealed, Figures: figures.NewService(h.store, books, h.tally, printer, now), Tokens: identity.NewTokens(h.store, now), Webhooks: h.hooks, Joining: joining.NewService(h.store, gate, books, now), Community: community.NewService(h.store, gate, h.meeting, books, now), Outreach: reach, Reviews: looks, CaseSheets: forms, Copies: copied, Oversight: oversight.NewService(h.store, words, fieldsOf(h.live, books), now), TokenAsks: h.quotas.Ask, CaseChanged: bell.caseChanged, EndSession: h.hub.EndSession, Recheck: h.hub.Recheck})
	if err != nil {
		return nil, err
	}
	if demoMode {
		err = h.seed(ctx, printer, sealer)
	}
	return h, err
}

// openIdentity asks for the first administrator when there is nobody yet: the code stands on the terminal only.
func (h *house) openIdentity(ctx context.Context, demoMode bool, setupCode func([]byte) string, keys files.Ring, towns *files.Towns, now func() time.Time) (*identity.Service, error) {
	opt := identity.Options{Now: now, Quota: h.quotas, Seal: keys, SealOf: sealOf(towns)}
	if c := h.cfg; c.OIDCIssuer != "" {
		opt.OIDC = &identity.OIDCOptions{Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret, Claim: c.OIDCClaim, Name: c.OIDCName,
			Redirect: c.PublicURL + c.BasePath + "/api/oidc/callback", Home: c.PublicURL + c.BasePath + "/"}
	}
	if demoMode {
		opt.DemoAccounts = demo.Accounts()
	}
	have, err := h.store.ListMunicipalities(ctx)
	if err != nil {
		return nil, err
	}
	if len(have) == 0 && !demoMode {
		opt.SetupCode = setupCode([]byte(h.cfg.FileKey))
	}
	return identity.New(h.store, opt), nil
}

// seed makes the demo municipality when it is not there. A folder that holds a real one is refused.
func (h *house) seed(ctx context.Context, printer meeting.Printer, sealer meeting.Sealer) error {
	have, err := h.store.ListMunicipalities(ctx)
	if err != nil {
		return err
	}
	for _, m := range have {
		if !m.Demo {
			return fault.New(fault.Conflict, "このフォルダーには本番の記録があります。見本は別のフォルダーで起動してください(--data)。")
		}
	}
	return demo.Seed(ctx, h.store, printer, time.Now(), demo.SealedBy(sealer))
}

// sockets puts the two websocket dialects, and the line over plain HTTP, on their paths.
func sockets(h *realtime.Hub) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/hp", h.Hocuspocus())
	mux.Handle("/yws/", h.YWebsocket())
	mux.Handle("POST /hp/line", h.OpenLine())
	mux.Handle("DELETE /hp/line", h.CloseLine())
	mux.Handle("POST /hp/line/up", h.LineUp())
	mux.Handle("POST /hp/line/down", h.LineDown())
	return mux
}
