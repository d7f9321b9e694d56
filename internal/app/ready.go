package app

import (
	"context"
	"time"

	"kasane/frontend"
	"kasane/internal/fault"
	"kasane/internal/realtime"
	"kasane/internal/store"
	"kasane/internal/web"
)

// checks are the lines of /readyz. A node that is not ready still serves: it says loudly what is missing.
func (h *house) checks() []web.Check {
	return []web.Check{
		{Name: "database", Label: "データベース", Run: h.store.Ping},
		{Name: "bus", Label: "ほかのノードとの連絡(Redis)", Run: func(context.Context) error {
			if !h.bus.Up() {
				return fault.New(fault.Unavailable, "Redisにつながりません。編集は保存され、ほかのノードには少し遅れて届きます。自動でつなぎ直します。")
			}
			return nil
		}},
		// A record that was changed is for people to look into; the node serves as well as before.
		{Name: "records", Label: "確定文書の照合", Run: h.archive.Sound, Notice: true},
		{Name: "backup", Label: "夜間の控え", Run: h.nightly.sound, Notice: true},
		{Name: "quotas", Label: "市町村の上限", Run: h.quotas.Sound, Notice: true},
		{Name: "mail", Label: "お知らせのメール", Run: h.notices.Sound, Notice: true},
		{Name: "nodes", Label: "ノードの構成", Run: h.lonely},
		{Name: "client", Label: "画面", Run: func(context.Context) error {
			if !frontend.Built() {
				return fault.New(fault.Unavailable, "画面のファイルが組み込まれていません。make build で作り直してください。")
			}
			return nil
		}},
	}
}

// lonely finds the one silent mistake of a set-up: several nodes on one database that cannot call each other.
func (h *house) lonely(ctx context.Context) error {
	nodes, err := h.store.LiveNodes(ctx)
	if err != nil {
		return err
	}
	if err := unconnected(nodes, h.self, h.started); err != nil {
		return err
	}
	if h.bus.Up() && h.neighbours.outOfHearing() {
		return fault.New(fault.Unavailable, "同じデータベースを使うほかのノードの声が、Redisから聞こえません。全ノードの REDIS_URL が同じRedisを指しているか、どのノードからもRedisに届くかを確かめてください。")
	}
	return nil
}

// running leaves out what was last heard of before this node started. It has most likely died: it may well be this very node before its restart.
func running(nodes []store.Node, self string, started time.Time) (out []store.Node) {
	for _, n := range nodes {
		if n.ID == self || !n.Seen.Before(started) {
			out = append(out, n)
		}
	}
	return out
}

// unconnected judges the nodes heard of.
func unconnected(nodes []store.Node, self string, started time.Time) error {
	others, local := 0, 0
	for _, n := range running(nodes, self, started) {
		if n.ID != self {
			others++
		}
		if n.Bus == busLocal {
			local++
		}
	}
	if local > 0 && others > 0 {
		return fault.New(fault.Unavailable, "同じデータベースを複数のノードが使っていますが、REDIS_URL が設定されていないノードがあります。全ノードに設定してください。")
	}
	return nil
}

// beat tells other nodes that this one lives, and the operator, once, when they cannot call each other: nobody may be asking /readyz.
func (h *house) beat() func(context.Context) error {
	told := false
	return func(ctx context.Context) error {
		if err := h.store.Heartbeat(ctx, h.self, h.bus.kind); err != nil {
			return err
		}
		if err := h.sockets.tell(ctx, h.store, h.self, h.hub.ByTenant()); err != nil {
			return err
		}
		// Said on the bus, too: who is in the database and not heard there is out of hearing. A failure shows as that.
		h.neighbours.calls()
		limited, cancel := context.WithTimeout(ctx, time.Second)
		_ = h.bus.Publish(limited, realtime.Post{Topic: topicNodes, Data: []byte(h.self)})
		cancel()
		if nodes, err := h.store.LiveNodes(ctx); err == nil {
			h.sockets.heard(nodes, h.self)
			h.neighbours.look(running(nodes, h.self, h.started), h.self, time.Now())
		}
		err := h.lonely(ctx)
		if bad := fault.Is(err, fault.Unavailable); bad != told && (bad || err == nil) {
			told = bad
			if bad {
				h.log.ErrorContext(ctx, fault.Message(err), "node", h.cfg.Node)
			}
		}
		return nil
	}
}
