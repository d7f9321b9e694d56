package webhooks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/jptime"
)

// How far back it is looked for what came to its end by itself, and from when on in a day for what takes reading.
const (
	termsBack = 7 // days
	termsFrom = 7 // o'clock in Japan
)

// Terms finds what came to its end by itself. No deed tells of it, so it is looked for.
type Terms interface {
	// EndedConsents are the consents whose last day was over within (from, to].
	EndedConsents(ctx context.Context, tenant string, from, to time.Time) ([]Event, error)
	// LateTasks are the tasks of minutes whose term was over within so many days and that are open.
	LateTasks(ctx context.Context, tenant string, days int) ([]Event, error)
}

// Look tells of consents that have ended, and once a day of tasks that are late, where an address wants to know. Of several nodes one does it; what was told is not told again.
func (s *Service) Look(ctx context.Context) error {
	if !s.opt.On || s.opt.Terms == nil {
		return nil
	}
	wanted, err := s.store.WebhooksWanted(ctx)
	var errs []error
	for tenant, kinds := range wanted {
		if slices.Contains(kinds, KindConsent) {
			now := s.now()
			list, err := s.opt.Terms.EndedConsents(ctx, tenant, now.AddDate(0, 0, -termsBack), now)
			errs = append(errs, err, s.tell(ctx, list))
		}
		if slices.Contains(kinds, KindTaskLate) {
			errs = append(errs, s.lateTasks(ctx, tenant))
		}
	}
	return errors.Join(append(errs, err)...)
}

func (s *Service) tell(ctx context.Context, list []Event) error {
	if len(list) == 0 {
		return nil
	}
	return s.store.TellWebhooks(ctx, list)
}

// lateTasks looks once a day. A day on which no node lived is made up for on the next.
func (s *Service) lateTasks(ctx context.Context, tenant string) error {
	now := s.now()
	if now.In(jptime.JST).Hour() < termsFrom {
		return nil
	}
	tomorrow := jptime.DateOf(now).AddDays(1).Time()
	const name = "webhook tasks"
	mine, err := s.store.TakeLease(ctx, tenant, name, s.opt.Node, now, tomorrow)
	if err != nil || !mine {
		return err
	}
	list, err := s.opt.Terms.LateTasks(ctx, tenant, termsBack)
	if err = errors.Join(err, s.tell(ctx, list)); err != nil {
		return errors.Join(err, s.store.EndLease(context.WithoutCancel(ctx), tenant, name, s.opt.Node)) // another round tries again
	}
	return nil
}

// Over is the event that a task of a meeting is past its term; false where that cannot be read. It goes to the municipality alone: what an agency sees of a task, its gate says, and nobody asks it here.
func Over(tenant, caseID, meetingID, agencyID, due string) (Event, bool) {
	d, err := jptime.Parse(due)
	return Event{Tenant: tenant, Kind: KindTaskLate, CaseID: caseID, MeetingID: meetingID, Target: meetingID, Once: meetingID + "/" + agencyID + "/" + due, At: d.AddDays(1).Time().UTC()}, err == nil
}

// EventID is the id of an event: of one that happens once it is always the same.
func (e Event) EventID(now time.Time) string {
	if e.Once == "" {
		return access.NewID(now)
	}
	sum := sha256.Sum256([]byte(e.Tenant + "\x00" + string(e.Kind) + "\x00" + e.Once))
	return "o" + hex.EncodeToString(sum[:12]) // as long as the others
}
