package app

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"time"

	"kasane/internal/fault"
	"kasane/internal/quota"
	"kasane/internal/store"
)

// townQuota shows what a municipality may use, or sets what is named, beside a running server or without one.
func (p Process) townQuota(ctx context.Context, args []string) int {
	name, args := takeName(args)
	var storage string
	var members, connections, requests int
	given := map[string]bool{}
	var set *flag.FlagSet
	cfg, code := p.configure("municipality quota", args, func(f *flag.FlagSet) {
		f.StringVar(&storage, "storage", "", "")
		f.IntVar(&members, "members", 0, "")
		f.IntVar(&connections, "connections", 0, "")
		f.IntVar(&requests, "requests", 0, "")
		set = f
	})
	if code != exitOK {
		return code
	}
	set.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if name == "" {
		fmt.Fprint(p.Err, "市町村の名称(または団体コード)を指定してください。\n例: kasane municipality quota 潮見市 --storage 20GB --members 500 --connections 600 --requests 300\n")
		return exitUsage
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return p.fail("記録を開けません", err)
	}
	m, err := townNamed(ctx, st, name)
	var l quota.Limits
	if err == nil {
		l, err = st.Quota(ctx, m.ID)
	}
	said := ""
	if err == nil && !given["storage"] && !given["members"] && !given["connections"] && !given["requests"] {
		said, err = sayLimits(ctx, st, m.ID, l)
	}
	if cerr := st.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return p.fail("上限を読めません", err)
	}
	if said != "" {
		fmt.Fprintf(p.Out, "%s: %s\n", m.Name, said)
		return exitOK
	}
	if given["storage"] {
		l.Storage, err = quota.ParseSize(storage)
	}
	for word, x := range map[string]struct{ from, to *int }{"members": {&members, &l.Members}, "connections": {&connections, &l.Connections}, "requests": {&requests, &l.Requests}} {
		if given[word] {
			*x.to = *x.from
		}
	}
	if err == nil {
		err = l.Valid()
	}
	if err == nil {
		_, err = p.carryOut(ctx, cfg, order{Deed: "quota", Tenant: m.ID, Name: m.Name, By: operator(), At: time.Now(), Quota: &l})
	}
	if err != nil {
		return p.fail("上限を変えていません", err)
	}
	fmt.Fprintf(p.Out, "%s の上限を決めました: %s。30秒以内に効きます。会議・閉会・記録の確定・入力は、上限に達しても止まりません。\n", m.Name, limitWords(l))
	return exitOK
}

func limitWords(l quota.Limits) string {
	var out []string
	for _, x := range quota.Compare(l, quota.Use{}) {
		out = append(out, x.Label+" "+x.Limit)
	}
	if len(out) == 0 {
		return "上限なし"
	}
	return strings.Join(out, "、")
}

// sayLimits says what is used of the limits, as far as a command beside the server can know it.
func sayLimits(ctx context.Context, st *store.Store, tenant string, l quota.Limits) (string, error) {
	u, err := st.Kept(ctx, tenant)
	if err != nil {
		return "", err
	}
	nodes, err := st.LiveNodes(ctx)
	for _, n := range nodes {
		u.Connections += n.Sockets[tenant]
	}
	var out []string
	for _, x := range quota.Compare(l, u) {
		s := fmt.Sprintf("%s %s / %s(%d%%)", x.Label, x.Used, x.Limit, x.Percent)
		if x.Name == "requests" { // only the nodes count them
			s = x.Label + " " + x.Limit
		}
		if x.Near() {
			s += "←まもなく上限"
			if x.Percent >= 100 {
				s = strings.TrimSuffix(s, "まもなく上限") + "上限に達しました"
			}
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return "上限なし", err
	}
	return strings.Join(out, "、"), err
}

func limitsOfAll(ctx context.Context, st *store.Store) (map[string]string, error) {
	all, err := st.Quotas(ctx)
	out := map[string]string{}
	for tenant, l := range all {
		if err == nil {
			out[tenant], err = sayLimits(ctx, st, tenant, l)
		}
	}
	return out, err
}

// crowd is what this node knows of the live connections at the others.
type crowd struct {
	mu     sync.Mutex
	others map[string]int // by municipality
	count  int            // nodes, with this one
	told   map[string]int
}

// heard takes what the nodes said of themselves.
func (c *crowd) heard(nodes []store.Node, self string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.others, c.count = map[string]int{}, 1
	for _, n := range nodes {
		if n.ID == self {
			continue
		}
		c.count++
		for tenant, k := range n.Sockets {
			c.others[tenant] += k
		}
	}
}

// tell says to the others what is at this node, when it has changed.
func (c *crowd) tell(ctx context.Context, st *store.Store, self string, here map[string]int) error {
	c.mu.Lock()
	same := maps.Equal(c.told, here)
	c.mu.Unlock()
	if same {
		return nil
	}
	if err := st.TellSockets(ctx, self, here); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = here
	return nil
}

func (c *crowd) nodes() int { c.mu.Lock(); defer c.mu.Unlock(); return max(1, c.count) }

func (c *crowd) elsewhere(tenant string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.others[tenant]
}

// connected is how many live connections a municipality has, here and, as of the last heartbeats, elsewhere.
func (h *house) connected(tenant string) int {
	return h.hub.ByTenant()[tenant] + h.sockets.elsewhere(tenant)
}

// factQuota (上限) warns from four fifths on, and says what to do.
func factQuota(ctx context.Context, h *house, tenant string) finding {
	lines, err := h.quotas.Lines(ctx, tenant)
	switch {
	case err != nil:
		return finding{look, "分かりません。", fault.Message(err)}
	case len(lines) == 0:
		return good("上限は決められていません。")
	}
	worst, said, advice := fine, []string{}, []string{}
	for _, l := range lines {
		if !l.Near() {
			continue
		}
		worst = max(worst, look)
		if l.Percent >= 100 {
			worst = wrong
		}
		said, advice = append(said, fmt.Sprintf("%sが上限%sの%d%%です(%s)。", l.Label, l.Limit, l.Percent, l.Used)), append(advice, l.Advice)
	}
	if worst == fine {
		return good("どれも上限の8割より下です(%s)。", usedWords(lines))
	}
	return finding{worst, strings.Join(said, ""), strings.Join(advice, "") + "会議・閉会・記録の確定・入力は、上限に達しても止まりません。"}
}

func usedWords(lines []quota.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%s %s / %s", l.Label, l.Used, l.Limit))
	}
	return strings.Join(out, "、")
}
