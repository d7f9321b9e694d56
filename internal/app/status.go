package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/seal"
	"kasane/internal/web"
)

// How long the page 稼働状況 takes at most, and how long a record may wait for its seal, or an entry for its number, before that is trouble.
const (
	statusWithin = 5 * time.Second
	waitsTooLong = time.Minute
)

// fact (稼働状況の1行) is one thing the page says. It has no paths, no addresses and no words of engineers in what is so; what to do may say whom to call.
type fact struct {
	name, label string
	ask         func(ctx context.Context, h *house, tenant string) finding
}

// facts in the order in which people ask: is what I write kept, can it be brought back, do the records hold.
var statusFacts = []fact{
	{"database", "記録の保存", func(ctx context.Context, h *house, _ string) finding {
		return h.checked(ctx, "database", wrong, "編集したことは保存されています。")
	}},
	{"disk", "保存場所の空き", factDisk},
	{"speed", "速さ", factSpeed},
	{"nodes", "サーバーの台数と連絡", factNodes},
	{"backup", "夜間の控え", factBackup},
	{"sealing", "閉会した会議の確定", factSealing},
	{"records", "確定した文書の照合", func(ctx context.Context, h *house, _ string) finding {
		return h.checked(ctx, "records", wrong, "毎晩の照合で、問題は見つかっていません。")
	}},
	{"audit", "監査ログの到達点", factAudit},
	{"signature", "電子署名", factSignature},
	{"mail", "お知らせのメール", factMail},
	{"webhooks", "連携先への通知", factWebhooks},
	{"quota", "この市町村の上限", factQuota},
	{"clock", "サーバーの時計", func(ctx context.Context, h *house, _ string) finding {
		return askClock(ctx, &doctor{now: h.now})[0]
	}},
	{"version", "プログラム", func(_ context.Context, h *house, _ string) finding {
		return good("重ね(Kasane) %s、%s から動いています。", h.version, jptime.FormatDateTime(h.started))
	}},
}

// status says how the installation is, to the 課 of a municipality. It asks the same questions as /readyz and `kasane doctor`.
func (h *house) status(ctx context.Context, a access.Actor) []web.StatusLine {
	ctx, cancel := context.WithTimeout(ctx, statusWithin)
	defer cancel()
	out := make([]web.StatusLine, 0, len(statusFacts))
	for _, f := range statusFacts {
		found := f.ask(ctx, h, a.Tenant)
		state := [...]string{web.StatusFine, web.StatusLook, web.StatusWrong}[found.verdict]
		out = append(out, web.StatusLine{Name: f.name, Label: f.label, State: state, What: found.what, Advice: found.advice})
	}
	return out
}

// checked is a check of /readyz as a finding: what it says when it is not well has its advice within.
func (h *house) checked(ctx context.Context, name string, as verdict, well string) finding {
	for _, c := range h.checks() {
		if c.Name != name {
			continue
		}
		if err := c.Run(ctx); err != nil {
			return finding{as, "確かめる必要があります。", fault.Message(err)}
		}
	}
	return good("%s", well)
}

func factDisk(_ context.Context, h *house, _ string) finding {
	free, ok := freeBytes(existing(h.cfg.DataDir))
	if !ok {
		return finding{look, "空きを調べられません。", "システムの担当者に、データの置き場所を確かめてもらってください。"}
	}
	return spare(free)
}

// slowLately is how long something slow is spoken of.
const slowLately = 15 * time.Minute

// factSpeed tells whether what is written is kept at once, at this node since its start.
func factSpeed(_ context.Context, h *house, _ string) finding {
	s := h.hub.Stats()
	queries, asked := h.store.Slow()
	return speedOf(time.Now(), s.SlowAcks, s.LastSlow, queries, asked)
}

// speedOf judges how often, and when at last, saving and asking took long.
func speedOf(now time.Time, saves int64, saved time.Time, queries int64, asked time.Time) finding {
	if now.Sub(saved) < slowLately {
		return finding{look, fmt.Sprintf("%s に、書いたことの保存に時間がかかりました（動き始めてから%d回）。", jptime.FormatDateTime(saved), saves),
			"書いたことは失われません。続くときは、システムの担当者に、ログの「slow room」「slow commit」「slow query」の行を見てもらってください。"}
	}
	if now.Sub(asked) < slowLately {
		return finding{look, fmt.Sprintf("%s に、記録を調べるのに時間がかかりました（動き始めてから%d回）。", jptime.FormatDateTime(asked), queries),
			"画面の開くのが遅く感じられるときは、システムの担当者に、ログの「slow query」の行を見てもらってください。"}
	}
	return good("この15分、遅れはありません。")
}

func factNodes(ctx context.Context, h *house, _ string) finding {
	if h.cfg.DatabaseURL == "" {
		return good("1台で動いています。")
	}
	if f := h.checked(ctx, "nodes", wrong, ""); f.verdict != fine {
		return f
	}
	nodes, err := h.store.LiveNodes(ctx)
	if err != nil {
		return finding{look, "ほかのサーバーの様子が分かりません。", fault.Message(err)}
	}
	if f := h.checked(ctx, "bus", look, ""); f.verdict != fine {
		return f
	}
	return good("%d台で動いています。", max(1, len(running(nodes, h.self, h.started))))
}

func factBackup(ctx context.Context, h *house, _ string) finding {
	if !h.nightly.on() {
		return finding{look, "夜間の控えは設定されていません。", "故障や誤りのときに元へ戻せません。システムの担当者に設定を頼んでください(手引きは docs/operations.ja.md)。"}
	}
	if f := h.checked(ctx, "backup", wrong, ""); f.verdict != fine {
		return f
	}
	at, ok := h.nightly.newest()
	if !ok {
		return finding{look, "控えがまだ1つもありません。", "まもなく最初の控えが書き出されます。1時間たっても変わらないときは、システムの担当者に知らせてください。"}
	}
	return good("最後の控えは %s のものです。", jptime.FormatDateTime(at))
}

func factSealing(ctx context.Context, h *house, tenant string) finding {
	n, since, err := h.store.Waits(ctx, tenant)
	switch {
	case err != nil:
		return finding{look, "分かりません。", fault.Message(err)}
	case n == 0:
		return good("確定を待っている会議はありません。")
	case h.now().Sub(since) > waitsTooLong:
		return finding{wrong, jptime.FormatDateTime(since) + " に閉会した会議の記録が、まだ確定していません。", "自動でやり直しています。書いたことは失われていません。10分たっても変わらないときは、システムの担当者に、ログの「closing not finished」の行を見てもらってください。"}
	}
	return good("閉会したばかりの会議の記録を、確定しています。")
}

func factAudit(ctx context.Context, h *house, tenant string) finding {
	at, waits, err := h.store.NewestCheckpoint(ctx, tenant)
	switch {
	case err != nil:
		return finding{look, "分かりません。", fault.Message(err)}
	case !waits.IsZero() && h.now().Sub(waits) > waitsTooLong:
		return finding{wrong, jptime.FormatDateTime(waits) + " からの記録に、順番の番号が付いていません。", "自動でやり直しています。記録は失われていません。10分たっても変わらないときは、システムの担当者に知らせてください。"}
	case at.IsZero():
		return good("まだ記録がありません。")
	}
	return good("%s まで、順番とハッシュが付いています。", jptime.FormatDateTime(at))
}

func factSignature(_ context.Context, h *house, _ string) finding {
	a, err := seal.Open(caDir(h.cfg))
	switch {
	case errors.Is(err, seal.ErrNone):
		return finding{look, "認証局がないため、記録は電子署名なしで確定します。", "電子署名を付けるときは、システムの担当者に頼んでください(手引きは docs/records.ja.md)。"}
	case err != nil || len(a.Seals()) == 0:
		return finding{wrong, "署名用証明書を読めないため、記録は電子署名なしで確定します。", "システムの担当者に、kasane doctor で調べてもらってください。"}
	}
	list := a.Seals()
	return lasts(list[len(list)-1].NotAfter, h.now())
}

func factMail(ctx context.Context, h *house, tenant string) finding {
	if !h.notices.On() {
		return good("使っていません。")
	}
	if f := h.checked(ctx, "mail", wrong, ""); f.verdict != fine {
		return f
	}
	q, err := h.notices.Queue(ctx, tenant)
	switch {
	case err != nil:
		return finding{look, "分かりません。", fault.Message(err)}
	case q.Refused > 0:
		return finding{look, fmt.Sprintf("届かないアドレスが%d件あります。", q.Refused), "「管理」の「職員」に名前が出ます。本人に、「自分のアカウント」でアドレスを直してもらってください。"}
	}
	return good("送れています。")
}
