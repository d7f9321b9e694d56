package store

import (
	"context"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

var noMeeting = fault.New(fault.NotFound, "会議が見つかりません。削除されたか、見る権限がない可能性があります。")

const meetingColumns = `g.tenant, g.id, g.case_id, g.plan_id, g.no, g.title, g.type, g.mode, g.planned_start, g.planned_end, g.place, g.form,
	g.chair_id, g.deputy_ids, g.recorder_id, g.status, g.seq, g.opened_at, g.closed_at, g.created_at, g.created_by`

func scanMeeting(scan func(...any) error) (m meeting.Meeting, err error) {
	var typ, mode, form, deputies, status string
	var start, end, created int64
	var opened, closed nullInt
	if err := scan(&m.Tenant, &m.ID, &m.CaseID, &m.PlanID, &m.No, &m.Title, &typ, &mode, &start, &end, &m.Place, &form,
		&m.ChairID, &deputies, &m.RecorderID, &status, &m.Seq, &opened, &closed, &created, &m.CreatedBy); err != nil {
		return m, err
	}
	m.Mode, m.Form, m.Status = consent.Mode(mode), meeting.Form(form), meeting.Status(status)
	m.PlannedStart, m.PlannedEnd, m.CreatedAt = at(start), at(end), at(created)
	m.OpenedAt, m.ClosedAt = atPtr(opened), atPtr(closed)
	if err := fromJSON(typ, &m.Type); err != nil {
		return m, err
	}
	return m, fromJSON(deputies, &m.DeputyIDs)
}

// CreateMeeting implements meeting.Meetings.
func (s *Store) CreateMeeting(ctx context.Context, m meeting.Meeting, docs []live.Meta, events []meeting.Event, e access.Entry) (meeting.Meeting, error) {
	err := s.lockingWrite(ctx, func(t *tx) error {
		if err := lockCase(ctx, t, m.Tenant, m.CaseID); err != nil {
			return err
		}
		return insertMeeting(ctx, t, &m, docs, events, e)
	})
	return m, err
}

// insertMeeting writes a meeting with what belongs to it, once its case is locked, and gives it its number.
func insertMeeting(ctx context.Context, t *tx, m *meeting.Meeting, docs []live.Meta, events []meeting.Event, e access.Entry) error {
	if err := t.row(ctx, `SELECT COALESCE(MAX(no), 0) + 1 FROM meeting WHERE tenant = $1 AND case_id = $2 AND type_id = $3 AND status <> 'cancelled'`,
		m.Tenant, m.CaseID, m.Type.ID).Scan(&m.No); err != nil {
		return err
	}
	m.Seq = int64(len(events))
	if _, err := t.exec(ctx, `INSERT INTO meeting (tenant, id, case_id, plan_id, no, title, type_id, type, mode, planned_start, planned_end,
			place, form, chair_id, deputy_ids, recorder_id, status, seq, opened_at, closed_at, created_at, created_by)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
		m.Tenant, m.ID, m.CaseID, m.PlanID, m.No, m.Title, m.Type.ID, toJSON(m.Type), string(m.Mode), micros(m.PlannedStart),
		micros(m.PlannedEnd), m.Place, string(m.Form), m.ChairID, listJSON(m.DeputyIDs), m.RecorderID, string(m.Status), m.Seq,
		microsPtr(m.OpenedAt), microsPtr(m.ClosedAt), micros(m.CreatedAt), m.CreatedBy); err != nil {
		return err
	}
	if err := setSeats(ctx, t, *m); err != nil {
		return err
	}
	if err := insertEvents(ctx, t, m.Tenant, m.ID, 0, events); err != nil {
		return err
	}
	if err := insertDocs(ctx, t, docs); err != nil {
		return err
	}
	return t.audit(ctx, e)
}

// setSeats replaces the seats that scopes look at.
func setSeats(ctx context.Context, t *tx, m meeting.Meeting) error {
	have, err := seatsOf(ctx, t, m.Tenant, m.ID)
	if err != nil || sameSet(have, m.Agencies) {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM meeting_agency WHERE tenant = $1 AND meeting_id = $2`, m.Tenant, m.ID); err != nil {
		return err
	}
	for _, a := range m.Agencies {
		if _, err := t.exec(ctx, `INSERT INTO meeting_agency (tenant, meeting_id, agency_id) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`,
			m.Tenant, m.ID, a); err != nil {
			return err
		}
	}
	return nil
}

func seatsOf(ctx context.Context, t *tx, tenant, id string) (out []string, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var a string
		err := scan(&a)
		out = append(out, a)
		return err
	}, `SELECT agency_id FROM meeting_agency WHERE tenant = $1 AND meeting_id = $2 ORDER BY agency_id`, tenant, id)
	return out, err
}

func sameSet(a, b []string) bool {
	set := map[string]bool{}
	for _, x := range b {
		set[x] = true
	}
	n := 0
	for _, x := range a {
		if !set[x] {
			return false
		}
		n++
	}
	return n == len(set)
}

// insertEvents writes events after seq.
func insertEvents(ctx context.Context, t *tx, tenant, meetingID string, seq int64, events []meeting.Event) error {
	for _, e := range events {
		seq++
		if _, err := t.exec(ctx, `INSERT INTO meeting_event (tenant, meeting_id, seq, kind, at, actor_id, actor_name, actor_post, agency_id, agency_name, data)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, tenant, meetingID, seq, string(e.Kind), micros(e.At), e.ActorID, e.ActorName,
			e.ActorPost, e.AgencyID, e.AgencyName, rawJSON(e.Data)); err != nil {
			return err
		}
	}
	return nil
}

// MeetingByID implements meeting.Meetings.
func (s *Store) MeetingByID(ctx context.Context, sc access.Scope, id string) (m meeting.Meeting, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := meetingScope(sc, &p) + ` AND g.id = ` + p.add(id)
		if m, err = scanMeeting(t.row(ctx, `SELECT `+meetingColumns+` FROM meeting g WHERE `+where, p.v...).Scan); err != nil {
			return orMissing(err, noMeeting)
		}
		m.Agencies, err = seatsOf(ctx, t, m.Tenant, m.ID)
		return err
	})
	return m, err
}

// meetingQuery is the condition of a query on meetings, alias g, but for its page.
func meetingQuery(sc access.Scope, p *params, q meeting.Query) []string {
	where := []string{meetingScope(sc, p)}
	if sc.AgencyID != "" && !sc.All && sc.MeetingID == "" {
		// What the scope says already, said so that the meetings of an agency are gone through, and not all there are.
		where = append(where, `g.id IN (SELECT qa.meeting_id FROM meeting_agency qa WHERE qa.tenant = `+p.add(sc.Tenant)+` AND qa.agency_id = `+p.add(sc.AgencyID)+`)`)
	}
	if q.CaseID != "" {
		where = append(where, `g.case_id = `+p.add(q.CaseID))
	}
	if len(q.Statuses) > 0 {
		var in []string
		for _, st := range q.Statuses {
			in = append(in, p.add(string(st)))
		}
		where = append(where, `g.status IN (`+strings.Join(in, ",")+`)`)
	}
	if !q.From.IsZero() {
		where = append(where, `g.planned_start >= `+p.add(micros(q.From)))
	}
	if !q.To.IsZero() {
		where = append(where, `g.planned_start < `+p.add(micros(q.To)))
	}
	return where
}

// ListMeetings implements meeting.Meetings.
func (s *Store) ListMeetings(ctx context.Context, sc access.Scope, q meeting.Query) (out []meeting.Listed, err error) {
	var p params
	where := meetingQuery(sc, &p, q)
	if !q.After.Start.IsZero() {
		start, id := p.add(micros(q.After.Start)), p.add(q.After.ID)
		where = append(where, `(g.planned_start < `+start+` OR g.planned_start = `+start+` AND g.id < `+id+`)`)
	}
	limit := q.Limit
	if limit == 0 {
		limit = 100
	}
	query := `SELECT ` + meetingColumns + `, c.number, COALESCE(sm.sitting_id, ''), COALESCE(sm.pos, 0) FROM meeting g
		JOIN case_file c ON c.tenant = g.tenant AND c.id = g.case_id
		LEFT JOIN sitting_meeting sm ON sm.tenant = g.tenant AND sm.meeting_id = g.id WHERE ` + strings.Join(where, " AND ") + ` ORDER BY g.planned_start DESC, g.id DESC LIMIT ` + p.add(min(max(limit, 1), 200))
	err = s.read(ctx, func(t *tx) error {
		out = nil
		var cases []string
		err := t.query(ctx, func(scan func(...any) error) error {
			var number, sitting string
			var pos int
			m, err := scanMeeting(func(into ...any) error { return scan(append(into, &number, &sitting, &pos)...) })
			out = append(out, meeting.Listed{Ref: meeting.Ref{ID: m.ID, CaseID: m.CaseID, CaseNumber: number, TypeName: m.Type.Name, Mode: m.Mode,
				No: m.No, Title: m.Title, Status: m.Status, PlannedStart: m.PlannedStart, PlannedEnd: m.PlannedEnd, Place: m.Place, Form: m.Form, Sitting: sitting, Pos: pos}})
			cases = append(cases, m.CaseID)
			return err
		}, query, p.v...)
		if err != nil {
			return err
		}
		kana, err := subjectKanaOf(ctx, t, sc, distinct(cases))
		for i := range out {
			out[i].SubjectKana = kana[out[i].CaseID]
		}
		return err
	})
	return out, err
}

// MeetingEvents implements meeting.Meetings.
func (s *Store) MeetingEvents(ctx context.Context, tenant, meetingID string, after int64) (out []meeting.Event, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		e := meeting.Event{Tenant: tenant, MeetingID: meetingID}
		var kind, data string
		var us int64
		err := scan(&e.Seq, &kind, &us, &e.ActorID, &e.ActorName, &e.ActorPost, &e.AgencyID, &e.AgencyName, &data)
		e.Kind, e.At, e.Data = meeting.Kind(kind), at(us), []byte(data)
		out = append(out, e)
		return err
	}, `SELECT seq, kind, at, actor_id, actor_name, actor_post, agency_id, agency_name, data FROM meeting_event
		WHERE tenant = $1 AND meeting_id = $2 AND seq > $3 ORDER BY seq`, tenant, meetingID, after)
	return out, s.classify(err)
}

// MeetingFacts implements meeting.Around.
func (s *Store) MeetingFacts(ctx context.Context, tenant, caseID string) (f meeting.Facts, err error) {
	err = s.read(ctx, func(t *tx) error {
		f = meeting.Facts{}
		if f.Case, err = caseInScope(ctx, t, access.Scope{Tenant: tenant, All: true}, caseID); err != nil {
			return err
		}
		if err := t.row(ctx, `SELECT name FROM municipality WHERE id = $1`, tenant).Scan(&f.Municipality); err != nil {
			return err
		}
		if f.Persons, err = personsOf(ctx, t, tenant, caseID); err != nil {
			return err
		}
		if f.Members, err = membersOf(ctx, t, tenant, caseID); err != nil {
			return err
		}
		if f.Agencies, err = agenciesOf(ctx, t.q, tenant); err != nil {
			return err
		}
		if f.Users, err = usersOf(ctx, t.q, tenant); err != nil {
			return err
		}
		if f.Leads, err = leadsOf(ctx, t, tenant, caseID); err != nil {
			return err
		}
		if f.Consents, err = consentsOf(ctx, t, tenant, caseID); err != nil {
			return err
		}
		table, err := retentionTable(ctx, t, tenant)
		for _, kind := range []meeting.PaperKind{meeting.PaperMinutes, meeting.PaperPlan} {
			if table.Sourced(archive.Kind(kind)) {
				f.Sourced = append(f.Sourced, kind)
			}
		}
		return err
	})
	return f, err
}

// MeetingTypes implements meeting.Around.
func (s *Store) MeetingTypes(ctx context.Context, tenant string) (out []meeting.Type, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var body string
		if err := scan(&body); err != nil {
			return err
		}
		var t meeting.Type
		err := fromJSON(body, &t)
		out = append(out, t)
		return err
	}, `SELECT body FROM meeting_type WHERE tenant = $1 ORDER BY id, effective_from`, tenant)
	return out, s.classify(err)
}

// SaveMeetingType implements meeting.Around.
func (s *Store) SaveMeetingType(ctx context.Context, tenant string, typ meeting.Type, replace bool, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if replace {
			if _, err := t.exec(ctx, `DELETE FROM meeting_type WHERE tenant = $1 AND id = $2 AND effective_from = $3`, tenant, typ.ID, typ.EffectiveFrom); err != nil {
				return err
			}
		}
		if err := t.must(ctx, fault.New(fault.Conflict, "この会議種別には同じ適用開始日の設定がもうあります。"),
			`INSERT INTO meeting_type (tenant, id, effective_from, body) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`,
			tenant, typ.ID, typ.EffectiveFrom, toJSON(typ)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}
