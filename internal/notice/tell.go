package notice

import (
	"context"
	"errors"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// When the digest is made, and how many days of meetings it counts.
const (
	digestFrom = 7 // o'clock in Japan
	digestTo   = 17
	digestDays = 7
	lookLease  = 10 * time.Minute
	keptFor    = 90 * 24 * time.Hour
)

// Told (知らせた結果) is what came of telling of a meeting.
type Told struct {
	Queued  int      `json:"queued"`  // mails that go out now
	Before  int      `json:"before"`  // people who were told already
	Without []string `json:"without"` // agencies of which nobody gets mails: they have to be told in another way
}

// Tell tells those of a meeting who want it when it is. Again, it tells only those who do not know this date yet.
func (s *Service) Tell(ctx context.Context, a access.Actor, meetingID string) (Told, error) {
	if err := access.Require(a, access.ActMeetingCreate); err != nil {
		return Told{}, err
	}
	if ok, err := s.meetings.Sees(ctx, a, meetingID); err != nil || !ok {
		return Told{}, errors.Join(err, notFound(ok))
	}
	if !s.On() {
		return Told{}, fault.New(fault.Conflict, "このシステムは、まだメールを送る設定になっていません。開催通知(PDF)か予定ファイルで知らせてください。")
	}
	p, err := s.meetings.Planned(ctx, a.Tenant, meetingID)
	if err != nil {
		return Told{}, err
	}
	if !p.Called && !p.Cancelled {
		return Told{}, fault.New(fault.Conflict, "この会議はもう始まっています。予定を知らせられるのは、開会の前だけです。")
	}
	g, err := s.gather(ctx, a.Tenant, p, false)
	if err != nil {
		return Told{}, err
	}
	n, err := s.store.QueueNotices(ctx, g.list, a.Audit(s.now(), access.VerbNoticeMeeting, meetingID).InMeeting(meetingID))
	return Told{Queued: n, Before: g.before, Without: g.without}, err
}

func notFound(found bool) error {
	if found {
		return nil
	}
	return fault.New(fault.NotFound, "")
}

// gathered are the mails about a meeting.
type gathered struct {
	list    []Notice
	before  int      // people who know already
	without []string // agencies nobody of which gets a mail
}

// gather makes the mails about a meeting, or only those to people who were told something else before. Who is kept from the case (閲覧遮断) gets none.
func (s *Service) gather(ctx context.Context, tenant string, p Planned, toldOnly bool) (g gathered, err error) {
	readers, err := s.store.NoticeReaders(ctx, tenant)
	if err != nil {
		return g, err
	}
	told, err := s.store.ToldOf(ctx, tenant, p.ID)
	if err != nil {
		return g, err
	}
	now, reached := s.now(), map[string]bool{}
	for _, r := range readers {
		seat := slices.ContainsFunc(p.Agencies, func(x Seat) bool { return x.ID == r.Actor.AgencyID })
		last := told[r.Actor.UserID]
		if !r.Meetings || !seat && !slices.Contains(p.Users, r.Actor.UserID) || toldOnly && last.Count == 0 {
			continue
		}
		sees, err := s.meetings.Sees(ctx, r.Actor, p.ID)
		if err != nil {
			return g, err
		}
		if !sees {
			continue
		}
		reached[r.Actor.AgencyID] = true
		if n, news := s.meeting(r, p, last, now); news {
			g.list = append(g.list, n)
		} else {
			g.before++
		}
	}
	g.without = []string{}
	for _, x := range p.Agencies {
		if !reached[x.ID] {
			g.without = append(g.without, x.Name)
		}
	}
	return g, nil
}

// Look makes what is due: the digest of the morning, and the news of meetings that were told of and moved or called off since. One node of several does it.
func (s *Service) Look(ctx context.Context) error {
	if !s.On() {
		return nil
	}
	now := s.now()
	mine, err := s.store.TakeLease(ctx, "", "notice look", s.opt.Node, now, now.Add(lookLease))
	if err != nil || !mine {
		return err
	}
	err = errors.Join(s.followUp(ctx, now), s.digests(ctx, now), s.store.PruneNotices(ctx, now.Add(-keptFor)))
	return errors.Join(err, s.store.EndLease(context.WithoutCancel(ctx), "", "notice look", s.opt.Node))
}

// followUp tells of another date, and of meetings that were called off; who was told this already is left out by the store.
func (s *Service) followUp(ctx context.Context, now time.Time) error {
	told, err := s.store.NotifiedMeetings(ctx, now)
	if err != nil {
		return err
	}
	var errs []error
	for tenant, ids := range told {
		for _, id := range ids {
			p, err := s.meetings.Planned(ctx, tenant, id)
			if err != nil || !p.Called && !p.Cancelled || !p.Start.After(now) {
				errs = append(errs, err)
				continue
			}
			g, err := s.gather(ctx, tenant, p, true)
			if err == nil && len(g.list) > 0 {
				_, err = s.store.QueueNotices(ctx, g.list)
			}
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// digests makes the mails of the morning of working days.
func (s *Service) digests(ctx context.Context, now time.Time) error {
	local := now.In(jptime.JST)
	if h := local.Hour(); h < digestFrom || h >= digestTo || local.Weekday() == time.Saturday || local.Weekday() == time.Sunday {
		return nil
	}
	day := local.Format(time.DateOnly)
	towns, err := s.store.ListMunicipalities(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, m := range towns {
		s.mu.Lock()
		done := s.digested[m.ID] == day
		s.mu.Unlock()
		if done {
			continue
		}
		n, err := s.digestOf(ctx, m.ID, day, now)
		if s.opt.Digested != nil && err == nil {
			err = s.opt.Digested(ctx, m.ID, day, now, n)
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		s.mu.Lock()
		s.digested[m.ID] = day
		s.mu.Unlock()
	}
	return errors.Join(errs...)
}

func (s *Service) digestOf(ctx context.Context, tenant, day string, now time.Time) (made int, err error) {
	readers, err := s.store.NoticeReaders(ctx, tenant)
	if err != nil {
		return 0, err
	}
	for _, r := range readers {
		if !r.Digest {
			continue
		}
		c, err := s.meetings.Waits(ctx, r.Actor, digestDays)
		if err != nil {
			return made, err
		}
		if n, ok := s.digest(r, c, day, now); ok {
			queued, err := s.store.QueueNotices(ctx, []Notice{n})
			if err != nil {
				return made, err
			}
			made += queued
		}
	}
	return made, nil
}
