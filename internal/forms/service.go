package forms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

// fresh is how long a book is believed without asking the store: a change made at another node is known after that time.
const fresh = time.Second

// Service keeps the changes and gives each municipality its book. It is safe for concurrent use.
type Service struct {
	store Store
	base  *sheets.Book
	log   *slog.Logger
	now   func() time.Time

	mu    sync.Mutex
	books map[string]held // by municipality
}

type held struct {
	stamp string
	book  *sheets.Book
	asked time.Time
}

// NewService makes the service over the shipped forms.
func NewService(st Store, base *sheets.Book, log *slog.Logger, now func() time.Time) *Service {
	return &Service{store: st, base: base, log: log, now: now, books: map[string]held{}}
}

// Desk is what the page of the forms shows.
type Desk struct {
	Today    string       `json:"today"`
	Versions []Version    `json:"versions"`
	Draft    sheets.Draft `json:"draft"` // the newest change, to go on from, as it would look
}

// Desk gives the changes made so far and the newest state of the forms.
func (s *Service) Desk(ctx context.Context, actor access.Actor) (Desk, error) {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return Desk{}, err
	}
	list, err := s.store.FormVersions(ctx, actor.Tenant)
	if err != nil {
		return Desk{}, fmt.Errorf("forms: %w", err)
	}
	d := Desk{Today: s.today(), Versions: append([]Version{}, list...)}
	start := sheets.Amendment{EffectiveFrom: d.Today}
	if n := len(list); n > 0 {
		start = list[n-1].Change
		start.EffectiveFrom = max(start.EffectiveFrom, d.Today)
	}
	d.Draft, err = sheets.NewDraft(s.base, start, inForce(list, d.Today))
	return d, err
}

// Preview shows how the forms would look with a change, and refuses one that may not be.
func (s *Service) Preview(ctx context.Context, actor access.Actor, c sheets.Amendment) (sheets.Draft, error) {
	list, err := s.checked(ctx, actor, c)
	if err != nil {
		return sheets.Draft{}, err
	}
	return sheets.NewDraft(s.base, c, inForce(list, s.today()))
}

// Publish makes a change that applies from its day on. n is how many changes the person has seen.
func (s *Service) Publish(ctx context.Context, actor access.Actor, n int, c sheets.Amendment) (Version, error) {
	if _, err := s.checked(ctx, actor, c); err != nil {
		return Version{}, err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	v := Version{N: n + 1, Change: c, At: now, By: actor.UserID, ByName: actor.Name}
	e := actor.Audit(now, access.VerbFormsPublish, fmt.Sprintf("forms-%d", v.N))
	var err error
	if e.Hash, err = digest(c); err != nil {
		return Version{}, err
	}
	if err := s.store.AddFormVersion(ctx, actor.Tenant, v, e); err != nil {
		return Version{}, fmt.Errorf("forms: %w", err)
	}
	s.forget(actor.Tenant)
	return v, nil
}

// Withdraw takes back the last change, if its day has not come.
func (s *Service) Withdraw(ctx context.Context, actor access.Actor, n int) error {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	e := actor.Audit(now, access.VerbFormsWithdraw, fmt.Sprintf("forms-%d", n))
	if err := s.store.DropFormVersion(ctx, actor.Tenant, n, s.today(), e); err != nil {
		return fmt.Errorf("forms: %w", err)
	}
	s.forget(actor.Tenant)
	return nil
}

// checked holds a change against those made before.
func (s *Service) checked(ctx context.Context, actor access.Actor, c sheets.Amendment) ([]Version, error) {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return nil, err
	}
	list, err := s.store.FormVersions(ctx, actor.Tenant)
	if err != nil {
		return nil, fmt.Errorf("forms: %w", err)
	}
	today := s.today()
	if d, err := time.Parse(time.DateOnly, c.EffectiveFrom); err != nil || d.Year() > 2200 {
		return nil, fault.New(fault.Invalid, "適用開始日を入力してください。").On("effectiveFrom")
	}
	if c.EffectiveFrom < today {
		return nil, fault.New(fault.Invalid, "適用開始日は今日以後にしてください。過ぎた日の様式は変えられません。").On("effectiveFrom")
	}
	if n := len(list); n > 0 && c.EffectiveFrom < list[n-1].Change.EffectiveFrom {
		return nil, fault.New(fault.Invalid, "適用開始日が、すでに予定している変更より前です。先にその予定を取り消すか、後の日にしてください。").On("effectiveFrom")
	}
	return list, c.Check(s.base, inForce(list, today))
}

// inForce is the change that applies on a day, nil if none.
func inForce(list []Version, day string) *sheets.Amendment {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Change.EffectiveFrom <= day {
			return &list[i].Change
		}
	}
	return nil
}

// Of implements sheets.Books. It is asked at every edit of a form, so the store is asked once a second at most.
func (s *Service) Of(tenant string) *sheets.Book {
	now := s.now()
	s.mu.Lock()
	have, ok := s.books[tenant]
	if ok && now.Sub(have.asked) < fresh && now.Sub(have.asked) >= 0 {
		s.mu.Unlock()
		return have.book
	}
	if !ok {
		have.book = s.base
	}
	have.asked = now
	s.books[tenant] = have // whoever comes meanwhile takes the old one, instead of asking, too
	s.mu.Unlock()
	next, err := s.look(tenant, have)
	if err != nil {
		s.log.Warn("forms: the changes of a municipality cannot be read; the last ones known are used", "err", err)
		return have.book
	}
	s.mu.Lock()
	s.books[tenant] = next
	s.mu.Unlock()
	return next.book
}

func (s *Service) look(tenant string, have held) (held, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	stamp, err := s.store.FormStamp(ctx, tenant)
	if err != nil || stamp == have.stamp {
		return have, err
	}
	list, err := s.store.FormVersions(ctx, tenant)
	if err != nil {
		return have, err
	}
	var changes []sheets.Amendment
	for _, v := range list {
		changes = append(changes, v.Change)
	}
	book, err := s.base.Amended(changes)
	if err != nil {
		return have, err
	}
	return held{stamp: stamp, book: book, asked: have.asked}, nil
}

func (s *Service) forget(tenant string) {
	s.mu.Lock()
	delete(s.books, tenant)
	s.mu.Unlock()
}

func (s *Service) today() string { return jptime.DateOf(s.now()).String() }

func digest(c sheets.Amendment) (string, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "")
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
