package archive

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Check (夜間の照合) is what the pass over everything sealed found, which goes on by itself every night.
type Check struct {
	At       time.Time `json:"at"`
	Took     int64     `json:"tookMs"`
	OK       bool      `json:"ok"`
	Checked  int       `json:"checked"`
	Entries  int64     `json:"entries"`
	Problems []Problem `json:"problems"` // the first 100
}

// Checks keep what was found.
type Checks interface {
	// NewestChecks returns the newest check of each municipality that has one.
	NewestChecks(ctx context.Context) (map[string]Check, error)
	// SaveCheck writes a check and its entry.
	SaveCheck(ctx context.Context, tenant string, c Check, e access.Entry) error
}

// The hours of the night in which the pass is made, how old a check may become when a night was missed, and how long a new installation
// waits for its first.
const (
	nightFrom  = 1 // o'clock in Japan
	nightTo    = 5
	tooOld     = 36 * time.Hour
	firstAfter = 10 * time.Minute
	maxKept    = 100
)

// due tells whether a pass is to be made now. last is zero when there was none; started is when this process began.
func due(last, started, now time.Time) bool {
	if last.IsZero() {
		return now.Sub(started) >= firstAfter
	}
	local := now.In(jst)
	night := time.Date(local.Year(), local.Month(), local.Day(), nightFrom, 0, 0, 0, jst)
	return local.Hour() >= nightFrom && local.Hour() < nightTo && last.Before(night) || now.Sub(last) >= tooOld
}

// ChecksDue names the municipalities whose time for the pass has come; started is when this process began.
func (s *Service) ChecksDue(ctx context.Context, started time.Time) (out []string, err error) {
	newest, err := s.store.NewestChecks(ctx)
	if err != nil {
		return nil, err
	}
	var list []access.Municipality
	if err := s.store.AtOneMoment(ctx, func(src Source) (err error) {
		list, err = src.ListMunicipalities(ctx)
		return err
	}); err != nil {
		return nil, err
	}
	for _, m := range list {
		if due(newest[m.ID].At, started, s.now()) {
			out = append(out, m.ID)
		}
	}
	return out, nil
}

// CheckNow makes the pass of one municipality and keeps what it found. When one ended since a moment it is not made again: that one is returned.
func (s *Service) CheckNow(ctx context.Context, tenant string, since time.Time, total func(int), step func()) (Check, error) {
	newest, err := s.store.NewestChecks(ctx)
	if err != nil {
		return Check{}, err
	}
	if c, ok := newest[tenant]; ok && c.At.After(since) {
		return c, nil
	}
	begun := s.now()
	rep, err := Verify(ctx, counted{s.store, total, step}, tenant, s.trust())
	if err != nil {
		return Check{}, err
	}
	now := s.now()
	c := Check{At: now, Took: now.Sub(begun).Milliseconds(), OK: rep.OK, Checked: rep.Checked, Entries: rep.Entries, Problems: rep.Problems[:min(len(rep.Problems), maxKept)]}
	e := access.System(tenant).Audit(now, access.VerbArchiveCheck, "")
	if !rep.OK {
		e = e.Failed("tampered")
	}
	return c, s.store.SaveCheck(ctx, tenant, c, e)
}

// LastCheck returns the newest nightly check; NotFound before the first.
func (s *Service) LastCheck(ctx context.Context, a access.Actor) (Check, error) {
	if err := access.Require(a, access.ActArchiveVerify); err != nil {
		return Check{}, err
	}
	newest, err := s.store.NewestChecks(ctx)
	if err != nil {
		return Check{}, err
	}
	c, ok := newest[a.Tenant]
	if !ok {
		return Check{}, fault.New(fault.NotFound, "夜間の照合はまだ行われていません。")
	}
	return c, nil
}

// Sound tells the operator whether the newest check of every municipality found everything as it was sealed.
func (s *Service) Sound(ctx context.Context) error {
	newest, err := s.store.NewestChecks(ctx)
	if err != nil {
		return err
	}
	for _, c := range newest {
		if !c.OK {
			return fault.New(fault.Conflict, "確定した文書の夜間の照合で、問題が見つかっています。「記録の保管」の画面か kasane verify で確かめてください。")
		}
	}
	return nil
}
