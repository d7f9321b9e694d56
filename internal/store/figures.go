package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/figures"
	"kasane/internal/meeting"
	"kasane/internal/outreach"
	"kasane/internal/plans"
)

// FigureCases implements figures.Store.
func (s *Store) FigureCases(ctx context.Context, sc access.Scope) (out []figures.Case, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var p params
		where := caseScope(sc, &p, "c.tenant", "c.id")
		place := map[string]int{}
		err := t.query(ctx, func(scan func(...any) error) error {
			var c figures.Case
			var stage string
			var opened, updated int64
			var ended, subject nullInt
			var sex, birth sql.NullString
			err := scan(&c.ID, &stage, &opened, &updated, &ended, &subject, &sex, &birth)
			c.Stage, c.Opened, c.Updated, c.Ended = cases.Stage(stage), at(opened), at(updated), atPtr(ended)
			c.Sex, c.Birth, c.Addressed = sex.String, birth.String, subject.Valid
			place[c.ID] = len(out)
			out = append(out, c)
			return err
		}, `SELECT c.id, c.stage, c.opened_at, c.updated_at, c.ended_at, p.ord, p.sex, p.birth FROM case_file c
			LEFT JOIN person p ON p.tenant = c.tenant AND p.case_id = c.id AND p.subject = 1 AND p.ord = (SELECT MIN(q.ord) FROM person q WHERE q.tenant = c.tenant AND q.case_id = c.id AND q.subject = 1)
			WHERE `+where+` ORDER BY c.opened_at, c.id`, p.v...)
		if err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var id string
			var from, until int64
			var gone nullInt
			err := scan(&id, &from, &until, &gone)
			if i, ok := place[id]; ok {
				out[i].Consents = append(out[i].Consents, figures.Consent{From: at(from), Until: at(until), Withdrawn: atPtr(gone)})
			}
			return err
		}, `SELECT r.case_id, r.valid_from, r.valid_until, (SELECT MIN(w.at) FROM consent_withdrawal w
				WHERE w.tenant = r.tenant AND w.record_id = r.id AND w.agencies = '[]' AND w.items = '[]')
			FROM consent_record r WHERE r.tenant = $1 AND r.state IN ($2, $3) ORDER BY r.recorded_at, r.id`, sc.Tenant, string(consent.StateGranted), string(consent.StatePartial))
	})
	return out, err
}

// FigurePlans implements figures.Store. A plan that was agreed to anew counts where it was agreed to first.
func (s *Store) FigurePlans(ctx context.Context, sc access.Scope, from, to time.Time) (out []figures.Plan, err error) {
	p := params{v: []any{sc.Tenant, string(plans.VersionAgreed), micros(from), micros(to)}}
	where := caseScope(sc, &p, "v.tenant", "v.case_id")
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x figures.Plan
		var us int64
		err := scan(&x.CaseID, &x.Round, &us)
		x.Agreed = at(us)
		out = append(out, x)
		return err
	}, `SELECT v.case_id, p.round, MIN(g.closed_at) FROM plan_version v JOIN plan p ON p.tenant = v.tenant AND p.id = v.plan_id
		JOIN meeting g ON g.tenant = v.tenant AND g.id = v.meeting_id
		WHERE `+where+` AND v.state = $2 AND g.closed_at IS NOT NULL AND v.plan_id IN (SELECT w.plan_id FROM meeting h
			JOIN plan_version w ON w.tenant = h.tenant AND w.meeting_id = h.id AND w.state = $2 WHERE h.tenant = $1 AND h.closed_at >= $3 AND h.closed_at < $4)
		GROUP BY v.case_id, p.id, p.round HAVING MIN(g.closed_at) >= $3 AND MIN(g.closed_at) < $4 ORDER BY 3, 1, 2`, p.v...)
	return out, s.classify(err)
}

// FigureContacts implements figures.Store.
func (s *Store) FigureContacts(ctx context.Context, sc access.Scope, from, to time.Time) (out []figures.Contact, err error) {
	p := params{v: []any{micros(from), micros(to), string(outreach.KindOutreach)}}
	where := caseScope(sc, &p, "x.tenant", "x.case_id")
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var c figures.Contact
		var us int64
		var met string
		var who []string
		if err := scan(&c.CaseID, &us, &c.Method, &met); err != nil {
			return err
		}
		if err := fromJSON(met, &who); err != nil {
			return err
		}
		c.At, c.Met = at(us), slices.Contains(who, outreach.MetPerson)
		out = append(out, c)
		return nil
	}, `SELECT x.case_id, x.at, x.method, x.met FROM outreach_entry x WHERE `+where+` AND x.at >= $1 AND x.at < $2 AND x.kind = $3
		AND NOT EXISTS (SELECT 1 FROM outreach_entry y WHERE y.tenant = x.tenant AND y.replaces = x.id AND y.replaces <> '') ORDER BY x.at, x.id`, p.v...)
	return out, s.classify(err)
}

// EachClosedMeeting implements figures.Store. The events of some meetings at a time are in memory.
func (s *Store) EachClosedMeeting(ctx context.Context, sc access.Scope, from, to time.Time, fn func(figures.Meeting, meeting.Meeting, []meeting.Event) error) error {
	type closed struct {
		m  figures.Meeting
		as meeting.Meeting
	}
	var list []closed
	p := params{v: []any{micros(from), micros(to)}}
	where := caseScope(sc, &p, "g.tenant", "g.case_id")
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var c closed
		var sitting sql.NullString
		var sealed nullInt
		var err error
		c.as, err = scanMeeting(func(into ...any) error { return scan(append(into, &sitting, &sealed)...) })
		if err != nil {
			return err
		}
		c.m = figures.Meeting{ID: c.as.ID, CaseID: c.as.CaseID, Sitting: sitting.String, Mode: c.as.Mode, Opened: c.as.CreatedAt, Closed: *c.as.ClosedAt, Sealed: atPtr(sealed)}
		if c.as.OpenedAt != nil {
			c.m.Opened = *c.as.OpenedAt
		}
		list = append(list, c)
		return nil
	}, `SELECT `+meetingColumns+`, sm.sitting_id, a.sealed_at FROM meeting g
		LEFT JOIN sitting_meeting sm ON sm.tenant = g.tenant AND sm.meeting_id = g.id
		LEFT JOIN archive_record a ON a.tenant = g.tenant AND a.meeting_id = g.id AND a.kind = 'minutes' AND a.version = 1
		WHERE `+where+` AND g.closed_at >= $1 AND g.closed_at < $2 ORDER BY g.closed_at, g.id`, p.v...)
	if err != nil {
		return s.classify(err)
	}
	for chunk := range slices.Chunk(list, meetingsAtOnce) {
		ids := make([]string, 0, len(chunk))
		for _, c := range chunk {
			ids = append(ids, c.m.ID)
		}
		events, err := s.eventsOf(ctx, sc.Tenant, ids)
		if err != nil {
			return err
		}
		for _, c := range chunk {
			if err := fn(c.m, c.as, events[c.m.ID]); err != nil {
				return err
			}
		}
	}
	return nil
}

// meetingsAtOnce bounds of how many meetings the events are in memory.
const meetingsAtOnce = 50

// eventsOf reads the events of some meetings, each in order.
func (s *Store) eventsOf(ctx context.Context, tenant string, ids []string) (map[string][]meeting.Event, error) {
	out := map[string][]meeting.Event{}
	p := params{v: []any{tenant}}
	var in []string
	for _, id := range ids {
		in = append(in, p.add(id))
	}
	err := each(ctx, s.r, func(scan func(...any) error) error {
		e := meeting.Event{Tenant: tenant}
		var kind, data string
		var us int64
		err := scan(&e.MeetingID, &e.Seq, &kind, &us, &e.ActorID, &e.ActorName, &e.ActorPost, &e.AgencyID, &e.AgencyName, &data)
		e.Kind, e.At, e.Data = meeting.Kind(kind), at(us), []byte(data)
		out[e.MeetingID] = append(out[e.MeetingID], e)
		return err
	}, `SELECT meeting_id, seq, kind, at, actor_id, actor_name, actor_post, agency_id, agency_name, data FROM meeting_event
		WHERE tenant = $1 AND meeting_id IN (`+strings.Join(in, ",")+`) ORDER BY meeting_id, seq`, p.v...)
	return out, s.classify(err)
}
