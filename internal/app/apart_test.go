package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/handouts"
	"kasane/internal/realtime/redisbus/redistest"
	"kasane/internal/store/storetest"
)

// How many municipalities share the installation in a run of the tests, and how many random runs are made in them. `make soak` has 200 and 1,000.
const (
	apartTowns = 6
	apartRuns  = 4
	apartRich  = 4 // one in so many has a meeting that came to sealed records, a guest, hand-outs and visits
)

// land is an installation that many municipalities share: two nodes on PostgreSQL and Redis. In everything of each municipality stand words that stand nowhere else.
type land struct {
	t      *testing.T
	site   site
	nodes  [2]*house
	urls   [2]string
	words  *words
	client *http.Client
	towns  []*borough
	sealed int // municipalities with a sealed record
	heard  *earshot
}

// borough is one of its municipalities, as far as the test made it.
type borough struct {
	id, name, code, host string
	password             string // of its administrator, as the command said it
	token                string // 連携用トークン
	town                 *town  // its people, cases, meetings and papers, by node 0
}

// TestTownsStayApart: of what stands in one municipality no byte reaches another one's people, nor a stranger, nor the bus, the logs and the metrics of both nodes. Each random run
// takes three municipalities; their people read, search, print, type and write at both nodes, with the ids of all three, by the host names of others and by crooked paths.
//
// KASANE_APART=n makes n runs, from KASANE_SEED (1) on, among KASANE_TOWNS municipalities; KASANE_APART_STATE names a file that keeps the next seed.
func TestTownsStayApart(t *testing.T) {
	t.Parallel()
	first, runs := leakNumber(t, "KASANE_SEED", 1), leakNumber(t, "KASANE_APART", apartRuns)
	last, state := first+runs, os.Getenv("KASANE_APART_STATE")
	if b, err := os.ReadFile(state); err == nil {
		if first, err = strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64); err != nil {
			t.Fatalf("%s: %v", state, err)
		}
	}
	l := newLand(t, int(leakNumber(t, "KASANE_TOWNS", apartTowns)))
	var sum counts
	notThere := 0
	for seed := first; seed < last && !t.Failed(); seed++ {
		w := l.visit(t, seed)
		if w.leak != "" {
			t.Fatalf("seed %d: %s\nagain: KASANE_APART=1 KASANE_SEED=%d go test -run TestTownsStayApart ./internal/app\n%s", seed, w.leak, seed, w.story())
		}
		if os.Getenv("KASANE_LEAKS_TELL") != "" {
			t.Log(w.story())
		}
		sum.received, sum.frames, sum.plain, sum.slowed = sum.received+w.counts.received, sum.frames+w.counts.frames, sum.plain+w.counts.plain, sum.slowed+w.counts.slowed
		for _, status := range w.tried {
			if status == http.StatusNotFound {
				notThere++
			}
		}
		if state != "" {
			if err := os.WriteFile(state, fmt.Append(nil, seed+1), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	l.quiet()
	t.Logf("%d municipalities, %d of them with sealed records, %d words, %d runs: %d answers and %d frames held words of their own, %d lines over plain HTTP, %d requests came too fast, %d messages on the bus",
		len(l.towns), l.sealed, len(l.words.known), last-first, sum.received, sum.frames, sum.plain, sum.slowed, l.heard.messages())
	t.Logf("of the tries to change what is another one's %d were refused as not there", notThere)
	if n := int(last - first); n > 0 && (sum.received < 8*n || sum.frames < n || l.heard.messages() < n || notThere < n) {
		t.Error("hardly anything was received: nothing was tried")
	}
}

// TestStrayWordIsFound: the same with a word that strays into the next municipality, which has to be found.
func TestStrayWordIsFound(t *testing.T) {
	t.Parallel()
	l := newLand(t, 3)
	from, to := l.towns[0].town.homes[0], l.towns[1].town.homes[0]
	word := from.names[from.persons[0]].Name
	l.sql(`UPDATE person SET name = $1 WHERE tenant = $2`, word, to.tenant)
	for seed := range uint64(20) {
		if w := l.visit(t, seed+1); w.leak != "" {
			if !strings.Contains(w.leak, word) {
				t.Errorf("seed %d: %s", seed+1, w.leak)
			}
			return
		}
	}
	t.Error("20 visits, and nobody noticed")
}

// newLand starts two nodes and lets so many municipalities move in.
func newLand(t *testing.T, towns int) *land {
	t.Helper()
	l := &land{t: t, words: newWords(rand.New(rand.NewPCG(3, 6))), heard: &earshot{},
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64}}}
	l.heard.words = l.words
	l.site = newSite(t, storetest.Empty(t), drillKey)
	bus := redistest.Start(t)
	l.heard.tap(t, bus.URL())
	hosts := map[string]string{}
	for i := range towns {
		b := &borough{name: fmt.Sprintf("%d番の町", i), code: fmt.Sprintf("9%05d", i)}
		if i%2 == 0 {
			b.host = fmt.Sprintf("town%d.example.lg.jp", i)
			hosts[b.host] = b.code
		}
		l.towns = append(l.towns, b)
	}
	for i := range l.nodes {
		l.node(i, bus.URL(), hosts)
	}
	for i, b := range l.towns {
		l.moveIn(b, i%apartRich == 0)
	}
	if l.sealed == 0 {
		t.Error("no meeting came to a sealed record")
	}
	return l
}

// node starts one of the two.
func (l *land) node(i int, bus string, hosts map[string]string) {
	l.t.Helper()
	cfg := config.Defaults()
	cfg.DataDir, cfg.DatabaseURL, cfg.RedisURL, cfg.FileKey, cfg.Node = l.t.TempDir(), l.site.cfg.DatabaseURL, bus, drillKey, fmt.Sprint("node", i)
	cfg.Hosts, cfg.MetricsAddr = hosts, "127.0.0.1:0"
	h, err := build(l.t.Context(), cfg, slog.New(slog.NewTextHandler(l.heard, nil)), time.Now, false, func([]byte) string { return "" })
	must(l.t, err)
	must(l.t, h.openMetrics())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(l.t, err)
	l.nodes[i], l.urls[i] = h, "http://"+listener.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.run(ctx, listener) }()
	l.t.Cleanup(func() {
		l.client.CloseIdleConnections()
		cancel()
		if err := <-ended; err != nil {
			l.t.Errorf("node %d: %v", i, err)
		}
	})
}

// view is what a run sees: the people and ids of some municipalities, by one of the nodes.
func (l *land) view(t *testing.T, seed uint64, node int) *town {
	return &town{t: t, unseated: map[[2]string]bool{}, rnd: rand.New(rand.NewPCG(seed, 5)), loose: rand.New(rand.NewPCG(seed, 7)), dir: t.TempDir(), client: l.client, words: l.words, apart: true, stop: func() {},
		h: l.nodes[node], url: l.urls[node],
		past: []chapter{{facts: &facts{cases: map[string]*caseFacts{}, meetings: map[string]*meetingFacts{}, dead: map[string]bool{}, taken: map[string]bool{}, screenOnly: map[string]bool{},
			days: handouts.DefaultDays}, from: time.Now()}}}
}

// moveIn makes a municipality by the command of the product, and lets people live there.
func (l *land) moveIn(b *borough, rich bool) {
	l.t.Helper()
	code, out := l.site.run("municipality add", "--name", b.name, "--code", b.code, "--agency", b.name+"の福祉課", "--admin", "管理 花子", "--login", "kanri")
	if code != exitOK {
		l.t.Fatal(out)
	}
	_, rest, _ := strings.Cut(out, "はじめのパスワード: ")
	b.password, _, _ = strings.Cut(rest, "\n")
	ctx := l.t.Context()
	list, err := l.nodes[0].store.ListMunicipalities(ctx)
	must(l.t, err)
	b.id = list[slices.IndexFunc(list, func(m access.Municipality) bool { return m.Code == b.code })].ID
	seed, _ := strconv.ParseUint(b.code, 10, 64)
	w := l.view(l.t, seed, 0)
	b.town = w
	l.people(w, b)
	f := w.found(w.as("desk"), w.neighbours(b.id), 1)
	w.homes = append(w.homes, f)
	w.bringTo(f)
	for range 2 {
		w.consent(f, f.persons[0], "granted")
	}
	w.convene(f, true)
	if rich {
		l.enrich(w, f)
	}
	if w.leak != "" || w.t.Failed() {
		l.t.Fatal(w.leak)
	}
}

// quiet: nothing of anybody stands in what the installation tells its operators, and what it says on the bus.
func (l *land) quiet() {
	l.t.Helper()
	for i, h := range l.nodes {
		res, err := l.client.Get("http://" + h.scraped.Addr().String() + "/metrics")
		must(l.t, err)
		b, err := io.ReadAll(res.Body)
		must(l.t, err)
		must(l.t, res.Body.Close())
		l.heard.look(fmt.Sprint("the metrics of node ", i), b)
	}
	for _, s := range l.heard.found() {
		l.t.Error(s)
	}
}

// earshot keeps what somebody overhears who is none of the people: the log of the nodes, the bus, the metrics.
type earshot struct {
	words *words
	mu    sync.Mutex
	count int
	said  []string
}

// Write takes a line of a log.
func (e *earshot) Write(line []byte) (int, error) {
	e.look("a line of the log", line)
	return len(line), nil
}

func (e *earshot) look(where string, data []byte) {
	for _, s := range e.words.find(data) {
		e.note(fmt.Sprintf("%s holds %v: %.200q", where, s, data))
	}
}

func (e *earshot) note(what string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said = append(e.said, what)
}

func (e *earshot) found() []string { e.mu.Lock(); defer e.mu.Unlock(); return slices.Clone(e.said) }

func (e *earshot) messages() int { e.mu.Lock(); defer e.mu.Unlock(); return e.count }
