package meeting

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// OverdueLine (期限を過ぎた宿題) is a task of minutes that is open after its term.
type OverdueLine struct {
	CaseID      string `json:"caseId"` // "": the reader knows the case from its meeting only
	CaseNumber  string `json:"caseNumber"`
	MeetingID   string `json:"meetingId"`
	Meeting     string `json:"meeting"` // 「重層的支援会議　第2回」
	DocID       string `json:"docId"`
	Row         string `json:"row"`
	AgencyName  string `json:"agencyName"` // "" nobody was named
	Who         string `json:"who"`
	Due         string `json:"due"` // ISO
	Days        int    `json:"days"`
	Text        string `json:"text"`
	StatusLabel string `json:"statusLabel"`
	Mine        bool   `json:"mine"` // of the reader's agency, which ticks it in the meeting
}

// OverdueList is a page of the red list over all cases, the longest overdue of it first.
type OverdueList struct {
	Lines []OverdueLine `json:"lines"`
	// Looked and Total: how many meetings (or plans) were looked through for this page, and how many there are in all.
	Looked int `json:"looked"`
	Total  int `json:"total"`
	// Next asks for the page after this one; "" there is none.
	Next string `json:"next"`
}

// overduePage is how many meetings or plans one page looks through.
const overduePage = 200

// over are the meetings whose tasks count.
var over = []Status{StatusClosed, StatusConfirming, StatusSealed}

// overdueAsker refuses who has no red list.
func overdueAsker(actor access.Actor) error {
	switch {
	case actor.Tenant == "":
		return fault.New(fault.Unauthorized, "")
	case actor.Guest():
		return fault.New(fault.Forbidden, "期限を過ぎた宿題の一覧は、職員だけが見られます。")
	}
	return nil
}

// Overdue lists the tasks past their term of all cases the actor sees: all of them to those who hold the record and to the chair of their meeting, to
// others those of their own agency. The gate is asked for each document as the followup asks it; but a list is no meeting, so what a 支援会議 heard
// without consent stays with those who hold the record. after is Next of the page before.
func (s *Service) Overdue(ctx context.Context, actor access.Actor, after string) (OverdueList, error) {
	out := OverdueList{Lines: []OverdueLine{}}
	if err := overdueAsker(actor); err != nil {
		return out, err
	}
	scope := access.ScopeOf(actor)
	scope.Archive = false
	q := Query{Statuses: over, Limit: overduePage}
	var err error
	if q.After, err = readMark(after); err != nil {
		return out, err
	}
	listed, err := s.Store.ListMeetings(ctx, scope, q)
	if err != nil {
		return out, err
	}
	if out.Total, err = s.Store.CountMeetings(ctx, scope, Query{Statuses: over}); err != nil {
		return out, err
	}
	if out.Looked = len(listed); out.Looked == overduePage {
		last := listed[out.Looked-1]
		out.Next = Mark{last.PlannedStart, last.ID}.text()
	}
	r := s.overdueReader(actor, scope)
	entries := []access.Entry{actor.Audit(r.now, access.VerbOverdue, "")}
	for _, l := range listed {
		lines, err := r.meeting(ctx, l)
		if err != nil {
			return OverdueList{}, err
		}
		for i, line := range lines {
			if !slices.ContainsFunc(lines[:i], func(x OverdueLine) bool { return x.DocID == line.DocID }) {
				entries = append(entries, actor.Audit(r.now, access.VerbDocOpen, line.DocID).InCase(l.CaseID).InMeeting(l.ID))
			}
		}
		out.Lines = append(out.Lines, lines...)
	}
	slices.SortStableFunc(out.Lines, func(a, b OverdueLine) int { return compareDue(a.Due, b.Due, a.CaseNumber, b.CaseNumber) })
	return out, s.Store.AppendAudit(ctx, entries...)
}

func compareDue(dueA, dueB, numberA, numberB string) int {
	return cmp.Or(cmp.Compare(dueA, dueB), cmp.Compare(numberA, numberB))
}

// text is the mark as a page is asked for by; readMark reads it.
func (m Mark) text() string { return strconv.FormatInt(m.Start.UnixMicro(), 10) + "." + m.ID }

func readMark(s string) (Mark, error) {
	if s == "" {
		return Mark{}, nil
	}
	start, id, ok := strings.Cut(s, ".")
	us, err := strconv.ParseInt(start, 10, 64)
	if !ok || err != nil || us <= 0 || id == "" || len(id) > 64 {
		return Mark{}, fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("after")
	}
	return Mark{time.UnixMicro(us).UTC(), id}, nil
}

func (s *Service) overdueReader(actor access.Actor, scope access.Scope) *overdueReader {
	return &overdueReader{s: s, actor: actor, scope: scope, now: s.clock(), facts: map[string]Facts{}, known: map[string]bool{}}
}

// overdueReader reads the list for one actor at one moment.
type overdueReader struct {
	s     *Service
	actor access.Actor
	scope access.Scope
	now   time.Time
	facts map[string]Facts // by case
	known map[string]bool  // cases the actor may open
}

// meeting reads the lines of one meeting. Most have none, so its events are read last.
func (r *overdueReader) meeting(ctx context.Context, l Listed) ([]OverdueLine, error) {
	if l.Mode != consent.ModeLayered && !r.actor.Holder() {
		return nil, nil
	}
	late, err := r.late(ctx, l.ID)
	if err != nil || len(late) == 0 {
		return nil, err
	}
	st, sub, err := r.s.load(ctx, r.actor, l.ID)
	if fault.Is(err, fault.NotFound) || err == nil && st.you(sub).MustConfirm {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := sub.is(whoHolder | whoChair)
	var out []OverdueLine
	for _, h := range late {
		tick := st.tick(h)
		if tick.Status == "done" || tick.Status == "dropped" || !all && h.Agency != r.actor.AgencyID {
			continue
		}
		if err := r.know(ctx, l.CaseID); err != nil {
			return nil, err
		}
		line := OverdueLine{CaseNumber: l.CaseNumber, MeetingID: l.ID, Meeting: l.TypeName + "　第" + strconv.Itoa(l.No) + "回", DocID: h.DocID, Row: h.ID,
			AgencyName: r.facts[l.CaseID].agency(h.Agency).Name, Who: h.Who, Due: h.Due, Days: daysLate(h.Due, r.now), Text: h.Text,
			StatusLabel: tickLabels[tick.Status], Mine: h.Agency != "" && h.Agency == r.actor.AgencyID}
		if r.known[l.CaseID] {
			line.CaseID = l.CaseID
		}
		out = append(out, line)
	}
	return out, nil
}

// late reads the tasks past their term from the documents of the minutes that the gate shows the actor.
func (r *overdueReader) late(ctx context.Context, meetingID string) ([]Homework, error) {
	metas, err := r.s.Store.OwnedDocs(ctx, r.actor.Tenant, live.KindMinutes, meetingID)
	if err != nil {
		return nil, err
	}
	var parts []plans.Part
	gate := r.s.Gate.Round()
	for _, m := range metas {
		if m.Head == 0 {
			continue
		}
		rights, err := gate.Rights(ctx, r.actor, meetingID, m)
		if err != nil {
			return nil, err
		}
		if !rights.Read {
			continue
		}
		d, err := r.s.Docs.ReadDocument(ctx, r.actor.Tenant, m.ID)
		if err != nil {
			return nil, err
		}
		parts = append(parts, plans.Part{Place: plans.Place{DocID: m.ID, PersonID: m.PersonID, Item: m.Item}, Source: d})
	}
	return slices.DeleteFunc(readMinutes(parts).Homework, func(h Homework) bool { return daysLate(h.Due, r.now) <= 0 }), nil
}

// know reads once what is told of a case beside the tasks: its agencies, and whether the actor may open it.
func (r *overdueReader) know(ctx context.Context, caseID string) error {
	if _, ok := r.facts[caseID]; ok {
		return nil
	}
	f, err := r.s.Store.MeetingFacts(ctx, r.actor.Tenant, caseID)
	if err != nil {
		return err
	}
	var c cases.Case
	if c, err = r.s.Store.Case(ctx, r.scope, caseID); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	r.facts[caseID], r.known[caseID] = f, c.ID != ""
	return nil
}

// tick is the newest word on a task; the zero one is 未着手.
func (s *State) tick(h Homework) Tick {
	i := slices.IndexFunc(s.Ticks, func(t Tick) bool { return t.DocID == h.DocID && t.Row == h.ID })
	if i < 0 {
		return Tick{}
	}
	return s.Ticks[i]
}

// daysLate counts the days since a term; none without a term that can be read.
func daysLate(due string, now time.Time) int {
	d := dateOf(due)
	if d.IsZero() {
		return 0
	}
	return int(dateOf(day(now)).Time().Sub(d.Time()) / (24 * time.Hour))
}
