package webhooks

import (
	"context"
	"log/slog"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Bounds of addresses.
const (
	endpointsMost  = 10  // of a municipality
	urlMost        = 500 // characters
	noteMost       = 60
	deliveriesMost = 50 // shown of an address
	testsMost      = 20 // of an address, an hour
	overlapMost    = 7 * 24
)

// Sealer seals a municipality's secrets; each opens in its own place only.
type Sealer interface {
	SealSecret(place string, plain []byte) []byte
	OpenSecret(place string, sealed []byte) ([]byte, error)
}

// Options are what a service needs beside its store.
type Options struct {
	On     bool // this installation sends (KASANE_WEBHOOKS)
	Sender *Sender
	Guard  Guard // of the addresses that are written as numbers: told at once what would be refused when it is dialled
	SealOf func(ctx context.Context, tenant string) (Sealer, error)
	Terms  Terms // what ends by itself; nil: nothing is looked for
	Node   string
	Log    *slog.Logger
	Now    func() time.Time
}

// Service (連携先への通知) keeps the addresses and sends to them.
type Service struct {
	store Store
	opt   Options
}

// New makes the service.
func New(store Store, o Options) *Service { return &Service{store, o} }

func (s *Service) now() time.Time { return s.opt.Now().UTC().Truncate(time.Microsecond) }

// Desk is the page of the addresses.
type Desk struct {
	On        bool       `json:"on"` // this installation sends
	Most      int        `json:"most"`
	Kinds     []Choice   `json:"kinds"`
	Endpoints []Shown    `json:"endpoints"`
	Backoff   []int      `json:"backoff"` // seconds between the tries
	Gone      Vanishings `json:"gone"`
}

// Vanishings say when something goes by itself.
type Vanishings struct {
	Deliveries int `json:"deliveries"` // days a delivery is shown
	Failing    int `json:"failing"`    // days after which an address of which nothing gets through is switched off
}

// Shown is an address as the page shows it.
type Shown struct {
	ID           string     `json:"id"`
	AgencyID     string     `json:"agencyId"`
	AgencyName   string     `json:"agencyName"`
	URL          string     `json:"url"`
	Note         string     `json:"note"`
	Kinds        []Kind     `json:"kinds"`
	At           time.Time  `json:"at"`
	ByName       string     `json:"byName"`
	OffAt        *time.Time `json:"offAt"`
	OffWhy       OffWhy     `json:"offWhy"`
	OffLabel     string     `json:"offLabel"`
	FailingSince *time.Time `json:"failingSince"`
	Waiting      int64      `json:"waiting"`
	SentAt       *time.Time `json:"sentAt"`
	OldUntil     *time.Time `json:"oldUntil"` // until then the old secret signs, too
}

var offLabels = map[OffWhy]string{OffByHand: "止めています", OffGone: "相手が「もう受け取らない」と答えたため、止めました", OffFailing: "何日も届かないため、止めました"}

func shown(p Endpoint) Shown {
	return Shown{ID: p.ID, AgencyID: p.AgencyID, AgencyName: p.AgencyName, URL: p.URL, Note: p.Note, Kinds: append([]Kind{}, p.Kinds...), At: p.At, ByName: p.ByName, OffAt: p.OffAt, OffWhy: p.OffWhy,
		OffLabel: offLabels[p.OffWhy], FailingSince: p.FailingSince, Waiting: p.Waiting, SentAt: p.SentAt, OldUntil: p.OldUntil}
}

// Desk lists the addresses of the municipality.
func (s *Service) Desk(ctx context.Context, a access.Actor) (Desk, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return Desk{}, err
	}
	list, err := s.store.Webhooks(ctx, a.Tenant, s.now())
	out := Desk{On: s.opt.On, Most: endpointsMost, Kinds: Choices(), Endpoints: []Shown{}, Gone: Vanishings{int(keptFor / (24 * time.Hour)), int(failsFor / (24 * time.Hour))}}
	for _, b := range backoff {
		out.Backoff = append(out.Backoff, int(b/time.Second))
	}
	for _, p := range list {
		out.Endpoints = append(out.Endpoints, shown(p))
	}
	return out, err
}

// Input is an address as it is entered.
type Input struct {
	AgencyID string `json:"agencyId"` // whose system it is; fixed once it is there
	URL      string `json:"url"`
	Note     string `json:"note"`
	Kinds    []Kind `json:"kinds"`
	On       bool   `json:"on"`
}

// Made is told once.
type Made struct {
	Secret   string `json:"secret"` // never again
	Endpoint Shown  `json:"endpoint"`
}

// Add makes an address.
func (s *Service) Add(ctx context.Context, a access.Actor, in Input) (Made, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return Made{}, err
	}
	list, err := s.store.ListAgencies(ctx, a.Tenant)
	if err != nil {
		return Made{}, err
	}
	i := slices.IndexFunc(list, func(g access.Agency) bool { return g.ID == in.AgencyID && g.Active })
	if i < 0 {
		return Made{}, fault.New(fault.Invalid, "どの機関のシステムか選んでください。").On("agencyId")
	}
	now := s.now()
	p := Endpoint{Tenant: a.Tenant, ID: access.NewID(now), AgencyID: list[i].ID, AgencyName: list[i].Name, City: list[i].City, At: now, By: a.UserID, ByName: a.Name}
	if err := s.fill(&p, in); err != nil {
		return Made{}, err
	}
	key, x, err := s.secret(ctx, p, now)
	if err != nil {
		return Made{}, err
	}
	if err := s.store.AddWebhook(ctx, p, x, endpointsMost, a.Audit(now, access.VerbWebhookSave, p.ID)); err != nil {
		return Made{}, err
	}
	return Made{key, shown(p)}, nil
}

// secret makes a key: as it is shown, and sealed.
func (s *Service) secret(ctx context.Context, p Endpoint, now time.Time) (string, Secret, error) {
	seal, err := s.opt.SealOf(ctx, p.Tenant)
	if err != nil {
		return "", Secret{}, err
	}
	key, x := newSecret(), Secret{Tenant: p.Tenant, ID: access.NewID(now), EndpointID: p.ID, At: now}
	x.Sealed = seal.SealSecret(SecretPlace(x.Tenant, x.ID), key)
	return showSecret(key), x, nil
}

// fill checks what was entered.
func (s *Service) fill(p *Endpoint, in Input) error {
	if err := text.Line("note", "メモ", in.Note, noteMost); err != nil {
		return err
	}
	if err := s.checkURL(in.URL); err != nil {
		return err
	}
	p.URL, p.Note, p.Kinds = in.URL, in.Note, nil
	for _, k := range kinds {
		if slices.Contains(in.Kinds, k.kind) {
			if k.reach == ReachCity && !p.City {
				return fault.Newf(fault.Invalid, "「%s」は、市の機関のシステムだけに知らせられます。", k.label).On("kinds")
			}
			p.Kinds = append(p.Kinds, k.kind)
		}
	}
	if len(p.Kinds) == 0 || len(p.Kinds) != len(in.Kinds) {
		return fault.New(fault.Invalid, "知らせることを1つ以上選んでください。").On("kinds")
	}
	return nil
}

// checkURL says in words what a request would fail of.
func (s *Service) checkURL(raw string) error {
	bad := func(format string, args ...any) error { return fault.Newf(fault.Invalid, format, args...).On("url") }
	if err := text.Line("url", "送信先のURL", raw, urlMost); err != nil {
		return err
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || strings.ContainsAny(raw, " 　\\") || u.Hostname() == "" || u.Opaque != "" || u.Scheme != "https" && u.Scheme != "http":
		return bad("https:// から始まるURLを入力してください。")
	case u.User != nil:
		return bad("URLに、利用者名やパスワードを入れないでください。署名で、かさねからのものか確かめられます。")
	case u.Fragment != "" || strings.HasSuffix(raw, "#"):
		return bad("URLの # から後は送られません。除いて入力してください。")
	case u.Scheme == "http" && !s.opt.Sender.PlainAllowed(u):
		return bad("http:// の送信先は使えません。https:// にするか、閉じたネットワークのときは、システムの担当者に設定（KASANE_WEBHOOK_HTTP_HOSTS）を頼んでください。")
	}
	a, err := netip.ParseAddr(u.Hostname())
	if err == nil {
		return addressFault(s.opt.Guard.Check(a))
	}
	if numeric.MatchString(u.Hostname()) {
		return bad("アドレスを数字で書くときは、192.0.2.1 の形で入力してください。")
	}
	return nil
}

// numeric are the old ways to write an address as a number, which some resolvers still read.
var numeric = regexp.MustCompile(`(?i)(^|\.)(\d+|0x[0-9a-f]*)\.?$`)

// addressFault says what a refused address means.
func addressFault(err error) error {
	refused, ok := err.(*refusedAddress)
	switch {
	case err == nil:
		return nil
	case !ok:
		return err
	case refused.private:
		return fault.New(fault.Invalid, whyLabels[WhyPrivate]).On("url")
	}
	return fault.New(fault.Invalid, whyLabels[WhyInside]).On("url")
}

// Change changes an address, or switches it off or on again.
func (s *Service) Change(ctx context.Context, a access.Actor, id string, in Input) (Shown, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return Shown{}, err
	}
	now := s.now()
	p, err := s.store.Webhook(ctx, a.Tenant, id, now)
	if err != nil {
		return Shown{}, err
	}
	if err := s.fill(&p, in); err != nil {
		return Shown{}, err
	}
	switch {
	case in.On:
		p.OffAt, p.OffWhy, p.FailingSince = nil, "", nil
	case p.OffAt == nil:
		p.OffAt, p.OffWhy = &now, OffByHand
	}
	if err := s.store.SaveWebhook(ctx, p, a.Audit(now, access.VerbWebhookSave, p.ID)); err != nil {
		return Shown{}, err
	}
	p, err = s.store.Webhook(ctx, a.Tenant, id, now)
	return shown(p), err
}

// Remove removes an address.
func (s *Service) Remove(ctx context.Context, a access.Actor, id string) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	return s.store.RemoveWebhook(ctx, a.Tenant, id, a.Audit(s.now(), access.VerbWebhookRemove, id))
}

// NewSecret puts another secret in force. For so many hours the old one signs, too.
func (s *Service) NewSecret(ctx context.Context, a access.Actor, id string, hours int) (Made, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return Made{}, err
	}
	if hours < 0 || hours > overlapMost {
		return Made{}, fault.Newf(fault.Invalid, "両方の鍵で署名する時間は、0時間から%d時間までで入力してください。", overlapMost).On("hours")
	}
	now := s.now()
	p, err := s.store.Webhook(ctx, a.Tenant, id, now)
	if err != nil {
		return Made{}, err
	}
	key, x, err := s.secret(ctx, p, now)
	if err != nil {
		return Made{}, err
	}
	if err := s.store.ChangeWebhookSecret(ctx, x, now.Add(time.Duration(hours)*time.Hour), a.Audit(now, access.VerbWebhookSecret, p.ID)); err != nil {
		return Made{}, err
	}
	p, err = s.store.Webhook(ctx, a.Tenant, id, now)
	return Made{key, shown(p)}, err
}
