package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// AttendancePaper is the 出席簿 as PDF: blank to be signed at the door, else who was there. Those who run the meeting take it, nobody else; it is audited.
// It names who takes part and nothing of the household but who of it came (so without the title, which people write freely); why somebody stayed away stands in the 会議録 alone.
func (s *Service) AttendancePaper(ctx context.Context, actor access.Actor, meetingID string, blank bool) (papers.Result, string, error) {
	mat, err := s.doorMaterial(ctx, actor, meetingID, "出席簿")
	if err != nil {
		return papers.Result{}, "", err
	}
	doc, err := mat.attendanceBook(blank)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.Print.Attendance(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	return res, mat.fileName("出席簿"), s.doorTaken(ctx, actor, mat, access.VerbAttendancePaper, res)
}

// attendanceBook is the 出席簿, blank or as recorded. Conflict: it is too late for the one, or too early for the other.
func (m *material) attendanceBook(blank bool) (papers.AttendanceDoc, error) {
	t := m.st.Meeting
	switch {
	case blank && !slices.Contains(signable, t.Status):
		return papers.AttendanceDoc{}, fault.New(fault.Conflict, "署名用の出席簿は、閉会の前に作ってください。閉会の後は、記録した出席の出席簿を作れます。")
	case !blank && t.Status == StatusDraft:
		return papers.AttendanceDoc{}, fault.New(fault.Conflict, "出席の記録は、受付を始めるとできます。受付の前は、署名用の出席簿を作れます。")
	}
	doc := papers.AttendanceDoc{Head: m.head(), Start: t.PlannedStart, End: t.PlannedEnd, Planned: true, Place: t.Place, Form: t.Form.Label(), Basis: m.st.basis(),
		Chair: m.facts.official(t.ChairID), Secrecy: t.Mode == consent.ModeSupport, Blank: blank}
	if t.OpenedAt != nil && !blank {
		doc.Start, doc.End, doc.Planned = *t.OpenedAt, timeOf(t.ClosedAt), false
	}
	if blank {
		doc.Lines = m.expected()
	} else {
		doc.Lines = m.came()
	}
	return doc, nil
}

// doorMaterial is what a paper of the secretariat's is made of. Forbidden: the asker does not run the meeting, or takes no files.
func (s *Service) doorMaterial(ctx context.Context, actor access.Actor, meetingID, paper string) (material, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return material{}, err
	}
	switch {
	case !sub.is(whoDesk):
		return material{}, fault.New(fault.Forbidden, paper+"を作れるのは、議長・記録者・事務局・市の所管課です。")
	case actor.NoCopies:
		return material{}, fault.New(fault.Forbidden, "あなたの機関には、PDFを渡さない設定になっています。事務局に相談してください。")
	case st.Meeting.Status == StatusCancelled:
		return material{}, fault.New(fault.Conflict, "中止した会議の"+paper+"は作れません。")
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return material{}, err
	}
	return material{st: st, facts: f, at: s.clock()}, nil
}

// timeOf is a time that may not have come yet.
func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// doorTaken writes who took such a paper.
func (s *Service) doorTaken(ctx context.Context, actor access.Actor, mat material, verb access.Verb, res papers.Result) error {
	e := actor.Audit(mat.at, verb, mat.st.Meeting.ID).InCase(mat.st.Meeting.CaseID).InMeeting(mat.st.Meeting.ID)
	e.Hash = sum(res.PDF)
	return s.Store.AppendAudit(ctx, e)
}

// expected are the lines of a sheet to be signed: who is known to come, and a line for every seat of which nobody is known yet.
func (m *material) expected() []papers.AttendanceLine {
	var out []papers.AttendanceLine
	for _, seat := range m.st.Seats {
		named := map[string]bool{}
		add := func(p papers.Person) {
			if named[p.Name] {
				return
			}
			named[p.Name] = true
			l := m.seated(seat.AgencyID, p)
			l.Agency, l.ProxyFor = seat.Name, seat.Proxy
			if seat.Excused == "absent" {
				l.State = "欠席連絡"
			}
			out = append(out, l)
		}
		for _, p := range m.st.People {
			if p.AgencyID == seat.AgencyID && !p.Absent && p.Form != FormWritten {
				add(papers.Person{Name: p.Name, Kana: p.Kana, Post: p.Post})
			}
		}
		for _, g := range m.st.Guests {
			if g.AgencyID == seat.AgencyID && !g.Removed {
				add(papers.Person{Name: g.Name, Kana: g.Kana, Post: g.Post})
			}
		}
		if seat.Speaker != "" || len(named) == 0 {
			add(papers.Person{Name: seat.Speaker})
		}
	}
	return out
}

// came are the lines of who was there, on paper or not at all, in the order of the seats.
func (m *material) came() []papers.AttendanceLine {
	var out []papers.AttendanceLine
	people := slices.Clone(m.st.People)
	rank := func(p Attendee) int {
		if i := slices.IndexFunc(m.st.Seats, func(s Seat) bool { return s.AgencyID == p.AgencyID }); i >= 0 {
			return i
		}
		return len(m.st.Seats)
	}
	slices.SortStableFunc(people, func(a, b Attendee) int { return rank(a) - rank(b) })
	there := map[string]bool{}
	for _, p := range people {
		l := m.seated(p.AgencyID, papers.Person{Agency: p.AgencyName, Post: p.Post, Name: p.Name, Kana: p.Kana})
		switch {
		case p.Absent:
			l.State = "欠席"
		case p.Form == FormWritten:
			l.State = "書面"
		case !p.Attended():
			continue
		default:
			if l.ProxyFor = p.Proxy; l.ProxyFor == "" {
				l.ProxyFor = m.st.proxyOf(p.AgencyID)
			}
			if l.State = "出席（" + mode(p.Form) + "）"; l.ProxyFor != "" {
				l.State = "代理出席（" + mode(p.Form) + "）"
			}
			for _, x := range p.Spans {
				l.Stays = append(l.Stays, papers.Stay{Start: x.From, End: timeOf(x.To)})
			}
			l.SecrecyAt = timeOf(p.Secrecy)
		}
		there[p.AgencyID] = true
		out = append(out, l)
	}
	for _, seat := range m.st.Seats {
		if !there[seat.AgencyID] {
			l := m.seated(seat.AgencyID, papers.Person{Agency: seat.Name})
			l.State = "欠席"
			out = append(out, l)
		}
	}
	return out
}

// seated is a line with what the seat says: 構成員, 構成員外 with the day of the 指定, 傍聴; without a seat 本人・家族.
func (m *material) seated(agencyID string, p papers.Person) papers.AttendanceLine {
	l := papers.AttendanceLine{Person: p}
	if agencyID == "" {
		l.Family = true
		if l.Agency == "" {
			l.Agency = "本人・家族"
		}
	}
	if seat := m.st.seat(agencyID); seat != nil {
		l.Member, l.Observer = seat.Member, seat.Observer
		if seat.Designated != nil {
			l.Appointed = jptime.DateOf(*seat.Designated).Short() + "指定"
		}
	}
	return l
}

// proxyOf is whom the person of an agency stands for.
func (s *State) proxyOf(agencyID string) string {
	if seat := s.seat(agencyID); seat != nil {
		return seat.Proxy
	}
	return ""
}
