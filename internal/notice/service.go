package notice

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// Sender hands a mail over; *SMTP is it.
type Sender interface {
	Send(ctx context.Context, to string, message []byte) error
}

// Options are what a service needs beside its ports.
type Options struct {
	Sender Sender // nil: no mail is sent, and nobody can ask for it
	From   string // address
	Origin string // of the links, with the base path: https://kasane.example.lg.jp/kasane
	Node   string // who claims
	Log    *slog.Logger
	Now    func() time.Time
	// Digested is told how many mails of the morning were made for a municipality, once a day; nil: nobody is.
	Digested func(ctx context.Context, tenant, day string, begun time.Time, mails int) error
}

// Service (お知らせ) keeps who wants to be told, makes the notices and sends them.
type Service struct {
	store    Store
	meetings Meetings
	opt      Options

	mu       sync.Mutex
	trouble  error             // what the mail server has against us, nil while it has nothing
	digested map[string]string // by municipality: the day the digest was made here
}

// New makes the service.
func New(store Store, meetings Meetings, o Options) *Service {
	return &Service{store: store, meetings: meetings, opt: o, digested: map[string]string{}}
}

// On tells whether mails are sent at all.
func (s *Service) On() bool { return s.opt.Sender != nil }

func (s *Service) now() time.Time { return s.opt.Now().UTC().Truncate(time.Microsecond) }

// Account (お知らせの設定) is a person's own, as the page 自分のアカウント shows it.
type Account struct {
	On       bool       `json:"on"` // the municipality's Kasane sends mails
	Address  string     `json:"address"`
	Digest   bool       `json:"digest"`
	Meetings bool       `json:"meetings"`
	Refused  *time.Time `json:"refused"` // the address is not taken, since then
}

// Account returns the own settings.
func (s *Service) Account(ctx context.Context, a access.Actor) (Account, error) {
	if err := access.Require(a, access.ActAccount); err != nil {
		return Account{}, err
	}
	have, err := s.store.NoticeSettings(ctx, a.Tenant, a.UserID)
	return Account{s.On(), have.Address, have.Digest, have.Meetings, have.Refused}, err
}

// Input is what somebody sets. Without an address nothing is sent.
type Input struct {
	Address  string `json:"address"`
	Digest   bool   `json:"digest"`
	Meetings bool   `json:"meetings"`
}

// Save sets the own settings. A new address gets a first mail, at most one a day, so that a mistake is seen.
func (s *Service) Save(ctx context.Context, a access.Actor, in Input) (Account, error) {
	if err := access.Require(a, access.ActAccount); err != nil {
		return Account{}, err
	}
	if in.Address != "" {
		if !s.On() {
			return Account{}, fault.New(fault.Conflict, "このシステムは、まだメールを送る設定になっていません。使うには、システムの担当者に相談してください。").On("address")
		}
		if err := CheckAddress(in.Address); err != nil {
			return Account{}, err
		}
	} else if in.Digest || in.Meetings {
		return Account{}, fault.New(fault.Invalid, "お知らせを受け取るには、メールアドレスを入力してください。").On("address")
	}
	have, err := s.store.NoticeSettings(ctx, a.Tenant, a.UserID)
	if err != nil {
		return Account{}, err
	}
	now := s.now()
	next := Settings{Address: in.Address, Digest: in.Digest, Meetings: in.Meetings}
	var hello *Notice
	if in.Address != "" && (in.Address != have.Address || have.Refused != nil) {
		n := s.hello(a.Tenant, a.UserID, in.Address, now)
		hello = &n
	}
	if err := s.store.SaveNoticeSettings(ctx, a.Tenant, a.UserID, next, hello, a.Audit(now, access.VerbNoticeSettings, a.UserID)); err != nil {
		return Account{}, err
	}
	return s.Account(ctx, a)
}

// Refusals lists the addresses that are refused, to those who manage the accounts: a 機関管理者 those of the own agency.
func (s *Service) Refusals(ctx context.Context, a access.Actor) ([]Refusal, error) {
	if err := access.Require(a, access.ActUsersManage); err != nil {
		return nil, err
	}
	list, err := s.store.NoticeRefusals(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	out := []Refusal{}
	for _, r := range list {
		if access.Can(a, access.ActAdminister) || r.AgencyID == a.AgencyID {
			out = append(out, r)
		}
	}
	return out, nil
}

// waitsLong is when a notice that was not sent is trouble.
const waitsLong = time.Hour

// Sound is the line of /readyz: whether mails go out.
func (s *Service) Sound(ctx context.Context) error {
	if !s.On() {
		return nil
	}
	s.mu.Lock()
	trouble := s.trouble
	s.mu.Unlock()
	if trouble != nil {
		return fault.Wrap(fault.Unavailable, trouble, "お知らせのメールを送れません。メールサーバーの設定(KASANE_SMTP_ADDR など)と、送信を許すアドレス・パスワードを確かめてください。自動でやり直します。")
	}
	q, err := s.store.NoticeQueue(ctx, "")
	if err != nil {
		return err
	}
	if q.Waiting > 0 && s.now().Sub(q.Oldest) > waitsLong {
		return fault.Newf(fault.Unavailable, "お知らせのメールが、%s から送れていません。メールサーバーが動いているか確かめてください。", jptime.FormatDateTime(q.Oldest))
	}
	return nil
}

// Queue tells how the notices of a municipality are.
func (s *Service) Queue(ctx context.Context, tenant string) (Queue, error) {
	return s.store.NoticeQueue(ctx, tenant)
}
