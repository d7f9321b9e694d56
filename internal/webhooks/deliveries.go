package webhooks

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Sent is a delivery as the page shows it.
type Sent struct {
	ID         string     `json:"id"`
	Kind       Kind       `json:"kind"`
	KindLabel  string     `json:"kindLabel"`
	At         time.Time  `json:"at"`
	State      State      `json:"state"`
	StateLabel string     `json:"stateLabel"`
	Tries      int        `json:"tries"`
	TriedAt    *time.Time `json:"triedAt"`
	Next       *time.Time `json:"next"` // when it is tried again
	Code       int        `json:"code"` // of the last answer, 0 = none
	Why        Why        `json:"why"`
	WhyLabel   string     `json:"whyLabel"`
	MayAgain   bool       `json:"mayAgain"`
}

var stateLabels = map[State]string{StateWaiting: "送信待ち", StateSending: "送信中", StateSent: "届いた", StateFailed: "送信をあきらめた", StateDropped: "送らなかった（送信先を止めたため）"}

var whyLabels = map[Why]string{
	WhyAnswer:   "相手のシステムが、受け取れないと答えました。",
	WhyRedirect: "相手のシステムが、別の場所へ送るよう答えました。転送には従いません。送信先のURLを直してください。",
	WhyTimeout:  "10秒以内に答えがありませんでした。",
	WhyName:     "送信先の名前（ホスト名）が見つかりません。URLを確かめてください。",
	WhyConnect:  "送信先につながりません。相手のシステムが動いているか、通信が許されているか確かめてください。",
	WhyTLS:      "送信先の証明書を確かめられません。相手の証明書を直すか、独自の認証局のときは、システムの担当者に設定（KASANE_WEBHOOK_CA）を頼んでください。",
	WhyInside:   "この送信先には送れません。かさねのサーバー自身や、その内側の特別なアドレスです。",
	WhyPrivate:  "庁内などの閉じたネットワークのアドレスには、設定がないと送れません。システムの担当者に設定（KASANE_WEBHOOK_NETWORKS）を頼んでください。",
	WhyPlain:    "http:// の送信先には、設定がないと送れません。システムの担当者に設定（KASANE_WEBHOOK_HTTP_HOSTS）を頼むか、https:// にしてください。",
	WhyLocked:   "署名の鍵を開けません。鍵を作り直してください。",
}

// Deliveries lists the newest of an address.
func (s *Service) Deliveries(ctx context.Context, a access.Actor, id string) ([]Sent, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return nil, err
	}
	p, err := s.store.Webhook(ctx, a.Tenant, id, s.now())
	if err != nil {
		return nil, err
	}
	list, err := s.store.WebhookDeliveries(ctx, a.Tenant, p.ID, deliveriesMost)
	out := make([]Sent, 0, len(list))
	for _, d := range list {
		x := Sent{ID: d.ID, Kind: d.Kind, KindLabel: d.Kind.Label(), At: d.At, State: d.State, StateLabel: stateLabels[d.State], Tries: d.Tries, TriedAt: d.TriedAt, Code: d.Code, Why: d.Why,
			WhyLabel: whyLabels[d.Why], MayAgain: d.EndedAt != nil && p.OffAt == nil}
		if d.State == StateWaiting {
			x.Next = &d.Due
		}
		out = append(out, x)
	}
	return out, err
}

// Test sends a message of which nothing depends. How it went stands among the deliveries.
func (s *Service) Test(ctx context.Context, a access.Actor, id string) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	if !s.opt.On {
		return fault.New(fault.Conflict, "このシステムは、外へ送らない設定（KASANE_WEBHOOKS）になっています。使うには、システムの担当者に相談してください。")
	}
	now := s.now()
	d := Delivery{Tenant: a.Tenant, EndpointID: id, ID: access.NewID(now), Kind: KindTest, At: now, State: StateWaiting, Due: now}
	d.Body = Event{Tenant: a.Tenant, Kind: KindTest, At: now, Target: id}.Body()
	return s.store.TestWebhook(ctx, d, now.Add(-time.Hour), testsMost, a.Audit(now, access.VerbWebhookTest, id))
}

// Again sends one that has ended once more, with the same id: a receiver that had it knows it again.
func (s *Service) Again(ctx context.Context, a access.Actor, endpoint, id string) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	now := s.now()
	e := a.Audit(now, access.VerbWebhookAgain, endpoint)
	e.Reason = id
	return s.store.AgainWebhook(ctx, a.Tenant, endpoint, id, now, e)
}

// Health tells how the addresses of a municipality are, for 稼働状況.
func (s *Service) Health(ctx context.Context, tenant string) (Health, error) {
	return s.store.WebhookHealth(ctx, tenant, s.now().Add(-failsFor))
}

// On tells whether this installation sends at all.
func (s *Service) On() bool { return s.opt.On }
