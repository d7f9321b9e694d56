package app

import (
	"context"

	"kasane/frontend"
	"kasane/internal/fault"
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
	local := 0
	for _, n := range nodes {
		if n.Bus == "local" {
			local++
		}
	}
	if local > 0 && len(nodes) > 1 {
		return fault.New(fault.Unavailable, "同じデータベースを複数のノードが使っていますが、REDIS_URL が設定されていないノードがあります。全ノードに設定してください。")
	}
	return nil
}
