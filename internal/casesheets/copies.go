package casesheets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// Copy (写し) is the line that remains of a sheet that was given away: to an agency (機関別), or without names (匿名版).
type Copy struct {
	Tenant, CaseID, Form string
	N                    int    // 第n部, counted for each form of a case without gaps
	Kind                 string // agency, anonymous
	AgencyID, AgencyName string
	SHA256               string
	At                   time.Time
	By, ByName           string
}

// The kinds of copies.
const (
	copyAgency    = "agency"
	copyAnonymous = "anonymous"
)

// ErrTaken: another copy got this number first.
var ErrTaken = fault.New(fault.Conflict, "ほかの人が同時に写しを作っています。もう一度お試しください。")

// attempts bounds how often a number is tried when others make copies of the same sheet at once.
const attempts = 5

// given makes a file and notes it: a copy for somebody else gets its number before it is made, and is given out only after its line and its entry stand.
func (s *Service) given(ctx context.Context, m *material, make func() ([]byte, error)) ([]byte, error) {
	kind := copyAgency
	switch {
	case m.veil != nil:
		kind = copyAnonymous
	case m.agency.ID == "":
		out, err := make()
		if err != nil {
			return nil, err
		}
		return out, s.store.AppendAudit(ctx, m.entry(out))
	}
	for range attempts {
		n, err := s.store.CountSheetCopies(ctx, m.actor.Tenant, m.kase.ID, m.form.ID)
		if err != nil {
			return nil, err
		}
		c := Copy{Tenant: m.actor.Tenant, CaseID: m.kase.ID, Form: m.form.ID, N: n + 1, Kind: kind, AgencyID: m.agency.ID, AgencyName: m.agency.Name, At: m.at, By: m.actor.UserID, ByName: m.actor.Name}
		if kind == copyAgency {
			m.head.CopyFor = fmt.Sprintf("写し　第%d部　%s　%s", c.N, m.agency.Name, jptime.FormatDateTime(m.at))
		}
		out, err := make()
		if err != nil {
			return nil, err
		}
		c.SHA256 = archive.Sum(out)
		e := m.entry(out)
		if kind == copyAnonymous {
			e.Reason = access.ReasonCopy + copyAnonymous
		}
		if err = s.store.AddSheetCopy(ctx, c, e); !errors.Is(err, ErrTaken) {
			return out, err
		}
	}
	return nil, ErrTaken
}
