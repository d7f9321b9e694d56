package meeting

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// minutesDoc is the 会議録 as a paper: a view of the events plus the prose.
func (m *material) minutesDoc() papers.MinutesDoc {
	st := m.st
	d := papers.MinutesDoc{Head: m.head(), LegalBasis: st.basis(), Retention: fmt.Sprintf("%d年", st.Meeting.Type.Retention),
		Place: st.Meeting.Place, Form: st.Meeting.Form.Label(), Chair: m.facts.official(st.Meeting.ChairID), Recorder: m.facts.official(st.Meeting.RecorderID)}
	d.FormName, d.Layout = st.Meeting.Type.FormName, st.Meeting.Type.layout(PaperMinutes)
	if st.Convened != nil {
		d.Convener.Name = st.Convened.Convener
	}
	if st.Meeting.OpenedAt != nil {
		d.Start = *st.Meeting.OpenedAt
	}
	if st.Meeting.ClosedAt != nil {
		d.End = *st.Meeting.ClosedAt
	}
	m.attendance(&d)
	m.subjectsAndConsent(&d)
	m.prose(&d)
	m.results(&d)
	d.Events = m.happenings()
	d.Next = m.next()
	m.confirmation(&d)
	d.Corrections = m.history()
	return d
}

func (m *material) attendance(d *papers.MinutesDoc) {
	var family []string
	for _, p := range m.st.People {
		who := papers.Person{Agency: p.AgencyName, Post: p.Post, Name: p.Name, Kana: p.Kana}
		if p.AgencyID == "" && p.Attended() {
			family = append(family, strings.TrimSpace(p.Name+"　"+p.Post))
		}
		switch {
		case p.Absent:
			d.Absentees = append(d.Absentees, papers.Absentee{Person: who, Reason: m.said(lastReason(p))})
			continue
		case p.Form == FormWritten:
			d.Absentees = append(d.Absentees, papers.Absentee{Person: who, Reason: strings.TrimSpace("書面で参加　" + m.said(lastReason(p)))})
			continue
		case !p.Attended():
			continue
		}
		a := papers.Attendee{Person: who, Mode: mode(p.Form), In: p.Spans[0].From, ProxyFor: p.Proxy}
		if to := p.Spans[len(p.Spans)-1].To; to != nil {
			a.Out = *to
		}
		if p.Secrecy != nil {
			a.SecrecyAt = *p.Secrecy
		}
		if seat := m.st.seat(p.AgencyID); seat != nil {
			a.Member = seat.Member
			if seat.Designated != nil {
				a.Appointed = jptime.FormatDateTime(*seat.Designated) + "指定"
			}
			if a.ProxyFor == "" {
				a.ProxyFor = seat.Proxy
			}
		}
		d.Attendees = append(d.Attendees, a)
	}
	for _, seat := range m.st.Seats {
		if !m.st.attended(seat.AgencyID) && !slices.ContainsFunc(m.st.People, func(p Attendee) bool { return p.AgencyID == seat.AgencyID && (p.Absent || p.Form == FormWritten) }) {
			d.Absentees = append(d.Absentees, papers.Absentee{Person: papers.Person{Agency: seat.Name}, Reason: m.said(seat.Excuse)})
		}
	}
	d.Family = strings.Join(family, "、")
}

// said is a text people wrote beside the documents, for those who may see such.
func (m *material) said(text string) string {
	if !m.visible("", consent.ItemBasic) {
		return ""
	}
	return text
}

func lastReason(p Attendee) string {
	if n := len(p.Corrections); n > 0 {
		return p.Corrections[n-1].Reason
	}
	return ""
}

func (m *material) subjectsAndConsent(d *papers.MinutesDoc) {
	var names, kana []string
	for _, p := range m.facts.subjects() {
		names = append(names, m.personName(p.ID))
		if m.visible(p.ID, consent.ItemBasic) {
			kana = append(kana, p.Kana)
		}
		d.Consents = append(d.Consents, m.consentLine(p.ID))
	}
	d.Cases = []papers.CaseLine{{CaseID: m.facts.Case.Number, Subject: strings.Join(names, "、"), Kana: strings.Join(kana, "、"), Kind: m.kind()}}
	if m.st.Meeting.Mode == consent.ModeSupport {
		d.NoConsent = &papers.NoConsent{Basis: m.st.basis()}
		if m.st.Convened != nil && m.visible("", consent.ItemBasic) {
			d.NoConsent.Reason = m.st.Convened.Reason
		}
	}
}

// kind is 案件の種別: what the agenda says, else what plan and round say.
func (m *material) kind() string {
	var said []string
	for _, a := range m.st.Agenda {
		if l := a.Kind.Label(); l != "" && !slices.Contains(said, l) {
			said = append(said, l)
		}
	}
	switch {
	case len(said) > 0:
		return strings.Join(said, "・")
	case m.plan.ID == "":
		return AgendaShare.Label()
	case m.plan.Round > 1:
		return AgendaReplan.Label()
	}
	return AgendaNew.Label()
}

func (m *material) consentLine(personID string) papers.ConsentLine {
	l := papers.ConsentLine{Person: m.personName(personID), State: consent.StateNotExplained.Label()}
	var known []consent.Record
	for _, r := range m.facts.Consents {
		if !r.RecordedAt.After(m.at) {
			known = append(known, r)
		}
	}
	r, ok := consent.InForce(personID, m.at, known)
	if !ok { // nothing was said yet: the newest record tells how far the asking has come
		for _, k := range known {
			if k.PersonID == personID {
				l.State = k.State.Label()
			}
		}
		return l
	}
	l.State = consent.Effective(r, m.at).Label()
	if !m.visible(personID, consent.ItemBasic) { // what was agreed with whom is the person's own
		return l
	}
	l.No = r.Number
	l.On, l.Until = jptime.DateOf(r.From), jptime.DateOf(r.Until.Add(-time.Microsecond))
	var parts []string
	left := r.Left(m.at)
	for _, a := range m.facts.household().Agencies { // those of the case first, as they joined it
		if items := left[a.ID]; len(items) > 0 {
			labels := make([]string, 0, len(items))
			for _, i := range items {
				labels = append(labels, i.Label())
			}
			parts = append(parts, a.Name+"（"+strings.Join(labels, "・")+"）")
		}
	}
	l.Scope = strings.Join(parts, "、")
	return l
}

func (m *material) prose(d *papers.MinutesDoc) {
	for i, p := range m.minutes.Points {
		title := p.Title
		if k := slices.IndexFunc(m.st.Agenda, func(a AgendaItem) bool { return a.ID == p.Agenda }); title == "" && k >= 0 && m.visible(m.st.Agenda[k].Person, m.st.Agenda[k].Item) {
			title = m.st.Agenda[k].Title
		}
		d.Items = append(d.Items, papers.MinutesItem{No: strconv.Itoa(i + 1), Title: title, Discussion: p.Content, Conclusion: p.Conclusion, Remains: p.Remaining})
	}
	for _, s := range m.minutes.Speeches {
		said := papers.Statement{Agency: m.agencyName(s.Agency), Text: s.Text}
		if !m.st.carriedHere(s.ID) { // what was said in another meeting was not said by who is here
			said.Speaker = m.st.voice(s.Agency)
		}
		d.Statements = append(d.Statements, said)
	}
	for i, l := range m.minutes.Decisions {
		decided := papers.Decision{No: strconv.Itoa(i + 1), Text: l.Text}
		if !m.st.carriedHere(l.ID) {
			decided.Method = m.method()
		}
		d.Decisions = append(d.Decisions, decided)
	}
	for i, h := range m.minutes.Homework {
		d.Homework = append(d.Homework, papers.Homework{No: strconv.Itoa(i + 1), Agency: m.agencyName(h.Agency), Person: h.Who, Text: h.Text, Due: dateOf(h.Due)})
	}
	var locals []string
	for _, l := range m.minutes.Locals {
		locals = append(locals, l.Text)
	}
	memos, hidden := m.localNotes()
	d.Community.Text = strings.Join(append(locals, memos...), "\n")
	d.Community.Withheld = hidden && d.Community.Text == ""
	m.hidden(d)
}

// voice is who spoke for an agency: the planned speaker if there, else the only one there, else who of them gave the newest answer of
// the seat. "" when that does not tell: the paper then names the agency alone.
func (s *State) voice(agencyID string) string {
	seat := s.seat(agencyID)
	if seat == nil {
		return ""
	}
	var there []string
	for _, p := range s.People {
		if p.AgencyID == agencyID && p.Attended() {
			there = append(there, p.Name)
		}
	}
	switch {
	case slices.Contains(there, seat.Speaker):
		return seat.Speaker
	case len(there) == 1:
		return there[0]
	}
	for _, r := range slices.Backward(s.Rounds) {
		for _, a := range r.Answers {
			if a.AgencyID == agencyID && slices.Contains(there, a.Speaker) {
				return a.Speaker
			}
		}
	}
	return ""
}

// hidden adds a line without text for every row of a draft that its reader may not see.
func (m *material) hidden(d *papers.MinutesDoc) {
	for _, w := range m.minutes.Withheld {
		for range w.Points {
			d.Items = append(d.Items, papers.MinutesItem{No: strconv.Itoa(len(d.Items) + 1), Withheld: true})
		}
		for range w.Speeches {
			d.Statements = append(d.Statements, papers.Statement{Withheld: true})
		}
		for range w.Decisions {
			d.Decisions = append(d.Decisions, papers.Decision{No: strconv.Itoa(len(d.Decisions) + 1), Withheld: true})
		}
		for range w.Homework {
			d.Homework = append(d.Homework, papers.Homework{No: strconv.Itoa(len(d.Homework) + 1), Withheld: true})
		}
		d.Community.Withheld = d.Community.Withheld || w.Local > 0 && d.Community.Text == ""
	}
}

// method is 採決方法 in words.
func (m *material) method() string {
	r := m.st.round()
	switch {
	case r == nil || r.Decision == nil:
		return ""
	case r.Decision.Outcome == OutcomeApproved:
		return "全員了承"
	case r.Decision.Outcome == OutcomeConditional:
		return "条件付き"
	}
	return "異論記録"
}

// results: the answers of the last asking, only when they are revealed, and what the chair made of them.
func (m *material) results(d *papers.MinutesDoc) {
	if m.plan.ID != "" {
		roles := m.roleMatrix()
		d.Roles = &roles
	}
	d.Leads = m.leads()
	r := m.st.round()
	if r == nil {
		return
	}
	if r.Decision != nil {
		d.Result = r.Decision.Outcome.Label()
	}
	if r.Revealed == nil {
		return
	}
	for _, a := range r.Answers {
		name := a.Speaker
		if a.Proxy != "" {
			name += "（" + a.Proxy + "の代理）"
		}
		if a.Oral {
			name += "（口頭、記録 " + a.By + "）"
		}
		out := papers.Answer{Agency: a.AgencyName, Name: name, Answer: a.Answer.Label(), At: a.At, PlanVersion: fmt.Sprintf("第%d版", r.Version), PlanHash: r.Hash}
		if m.visible("", consent.ItemBasic) && a.Spot.seen(m.visible) {
			out.Reason = answerText(a)
		}
		d.Answers = append(d.Answers, out)
	}
}

func answerText(a SeatAnswer) string {
	parts := []string{}
	for _, p := range [...][2]string{{"部分: ", a.Part}, {"", a.Reason}, {"代案: ", a.Instead}, {"期限: ", a.Due}} {
		if p[1] != "" {
			parts = append(parts, p[0]+p[1])
		}
	}
	return strings.Join(parts, "　")
}

// happenings are the events that stand in the minutes, and what was left out at closing.
func (m *material) happenings() []papers.Event {
	t := m.teller()
	var out []papers.Event
	for _, e := range m.events {
		if !slices.Contains(minuted, e.Kind) || m.inAnswers(e) {
			continue
		}
		if l, ok := t.line(e); ok {
			out = append(out, papers.Event{At: e.At, Who: strings.TrimSpace(l.Agency + "　" + l.Who), Text: l.Text})
		}
	}
	for _, l := range m.left {
		out = append(out, papers.Event{At: m.closedAt(), Who: "Kasane", Text: m.leftNote(l)})
	}
	return out
}

// inAnswers tells whether an answer stands in the block of answers already, or will when all have answered. Objections and answers to earlier versions do
// not: they are kept as what happened. An objection that is not revealed yet is told as little as any other answer: a line for it alone, even without
// its words, would tell a draft's reader who objects.
func (m *material) inAnswers(e Event) bool {
	if e.Kind != KindAnswered {
		return false
	}
	var d answeredData
	r := m.st.round()
	return json.Unmarshal(e.Data, &d) == nil && r != nil && r.Hash == d.Hash && (d.Answer != AnswerObject || r.Revealed == nil)
}

func (m *material) closedAt() time.Time {
	if m.st.Closing != nil {
		return m.st.Closing.At
	}
	return m.at
}

func (m *material) next() *papers.NextMeeting {
	n := m.st.Next
	if n == nil || n.Date == "" && n.Agenda == "" {
		return nil
	}
	out := &papers.NextMeeting{}
	if m.visible("", consent.ItemBasic) {
		out.Agenda = n.Agenda
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", n.Date+" "+n.Time, jst)
	switch {
	case err == nil:
		out.At = at
	case n.Date != "": // no hour yet: a paper must not show one
		out.Agenda = strings.TrimSpace(dateOf(n.Date).Both() + "（時刻は未定）\n" + out.Agenda)
	}
	return out
}

func (m *material) confirmation(d *papers.MinutesDoc) {
	c := papers.Confirmation{Author: d.Recorder, WrittenAt: m.at}
	if c.Author.Name == "" {
		c.Author = d.Chair
	}
	version := m.version
	if p := m.st.Proposed; p != nil {
		version = p.Version
	}
	for _, seat := range m.st.Seats {
		if !m.st.attended(seat.AgencyID) {
			continue
		}
		line := papers.AgencyConfirmation{Agency: seat.Name, State: "未確認"}
		if m.st.Final != nil {
			line.State = "期限経過みなし"
		}
		for _, x := range m.st.Confirmed {
			if x.AgencyID != seat.AgencyID || x.Version != version {
				continue
			}
			line.Name, line.At, line.State = x.By, x.At, "確認済"
			if !x.OK {
				line.State, line.Opinion = "意見あり", m.said(x.Opinion)
			}
		}
		c.Agencies = append(c.Agencies, line)
	}
	if m.st.Final != nil {
		c.ChairAt = m.st.Final.At
	}
	d.Confirmation = c
}
