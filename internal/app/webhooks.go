package app

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"
	"time"

	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/files"
	"kasane/internal/webhooks"
)

// How often it is looked whether something is to be sent to the systems of a municipality, and what is old is forgotten.
const (
	hooksEvery = 2 * time.Second
	tidyEvery  = time.Hour
	termsEvery = 10 * time.Minute
)

// openWebhooks wires 連携先への通知. Nothing is dialled until somebody has set an address up.
func openWebhooks(h *house, towns *files.Towns) (*webhooks.Service, error) {
	roots, err := receiverRoots(h.cfg)
	if err != nil {
		return nil, err
	}
	guard := webhooks.Guard{Networks: h.cfg.WebhookNetworks}
	return webhooks.New(h.store, webhooks.Options{On: h.cfg.Webhooks != "off", Sender: webhooks.NewSender(guard, h.cfg.WebhookHTTPHosts, roots), Guard: guard, Terms: terms{h}, Node: h.self, Log: h.log, Now: h.now,
		SealOf: func(ctx context.Context, tenant string) (webhooks.Sealer, error) { return towns.RingOf(ctx, tenant) }}), nil
}

// terms finds what came to its end by itself.
type terms struct{ h *house }

// EndedConsents implements webhooks.Terms.
func (t terms) EndedConsents(ctx context.Context, tenant string, from, to time.Time) ([]webhooks.Event, error) {
	return t.h.store.EndedConsents(ctx, tenant, from, to)
}

// LateTasks implements webhooks.Terms.
func (t terms) LateTasks(ctx context.Context, tenant string, days int) (out []webhooks.Event, err error) {
	list, err := t.h.meeting.LateTasks(ctx, tenant, days)
	for _, l := range list {
		if e, ok := webhooks.Over(tenant, l.CaseID, l.MeetingID, l.AgencyID, l.Due); ok {
			out = append(out, e)
		}
	}
	return out, err
}

// receiverRoots are the certificates that are believed of receivers: those of the system and those that are named; nil = those of the system.
func receiverRoots(cfg config.Config) (*x509.CertPool, error) {
	if cfg.WebhookCA == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(cfg.WebhookCA)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "証明書のファイル(KASANE_WEBHOOK_CA)を読めません。")
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fault.New(fault.Invalid, "証明書のファイル(KASANE_WEBHOOK_CA)に、証明書がありません。")
	}
	return roots, nil
}

// factWebhooks tells whether the systems of the municipality get what they are told.
func factWebhooks(ctx context.Context, h *house, tenant string) finding {
	x, err := h.hooks.Health(ctx, tenant)
	if err != nil {
		return finding{look, "分かりません。", fault.Message(err)}
	}
	return webhooksFound(x, h.hooks.On())
}

func webhooksFound(x webhooks.Health, on bool) finding {
	const where = "「管理」の「連携用トークン」で、送信先ごとの様子を確かめてください。"
	switch {
	case x.On+x.Off == 0:
		return good("使っていません。")
	case !on:
		return finding{look, "このシステムは、外へ送らない設定（KASANE_WEBHOOKS）になっています。", "送るときは、システムの担当者に相談してください。"}
	case x.Off > 0:
		return finding{look, fmt.Sprintf("止まった送信先が%d件あります。", x.Off), where}
	case x.Failing > 0:
		return finding{look, fmt.Sprintf("届いていない送信先が%d件あります。", x.Failing), "自動でやり直しています。" + where}
	case x.GivenUp > 0:
		return finding{look, fmt.Sprintf("届かないまま送信をあきらめた通知が%d件あります。", x.GivenUp), where}
	}
	return good("送れています。")
}
