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
	"kasane/internal/live"
	"kasane/internal/plans"
)

// CarryList (支援会議から引き継ぐ) is what the minutes of the 支援会議 of a case hold that a 重層的支援会議 of it may take over. Nothing is
// chosen in it.
type CarryList struct {
	Meetings []CarryMeeting `json:"meetings"` // oldest first, those with rows only
}

// CarryMeeting is one 支援会議 with its rows.
type CarryMeeting struct {
	ID          string     `json:"id"`
	No          int        `json:"no"`
	Label       string     `json:"label"` // 「第1回支援会議」
	Date        string     `json:"date"`  // ISO day it was opened, else planned
	Title       string     `json:"title"`
	StatusLabel string     `json:"statusLabel"`
	Rows        []CarryRow `json:"rows"`
}

// CarryRow is one row of minutes. Meeting, Doc and Row name it.
type CarryRow struct {
	Meeting   string       `json:"meeting"`
	Doc       string       `json:"doc"`
	Row       string       `json:"row"`
	Kind      string       `json:"kind"` // point | speech | decision | homework
	KindLabel string       `json:"kindLabel"`
	PersonID  string       `json:"personId"` // "" = the household
	Person    string       `json:"person"`
	Item      consent.Item `json:"item"`
	ItemLabel string       `json:"itemLabel"`
	Text      string       `json:"text"`
	Agency    string       `json:"agency"`  // whose word or task it is, else who wrote it
	Carried   bool         `json:"carried"` // already
	Why       string       `json:"why"`     // why it cannot be carried, and what to do; "" = it can
	Sees      []string     `json:"sees"`    // agencies with a seat that will see it, by id
}

// carryKinds are the rows of minutes that are carried, with their words. 地域課題 concerns nobody by name and is written anew.
var carryKinds = []struct{ kind, label string }{{"point", "検討した項目"}, {"speech", "発言要旨"}, {"decision", "決定事項"}, {"homework", "宿題"}}

func carryLabel(kind string) string {
	for _, k := range carryKinds {
		if k.kind == kind {
			return k.label
		}
	}
	return kind
}

// carriedRow is one row that was copied: where it stands and where it came from. Its words are in the documents only.
type carriedRow struct {
	Meeting  string       `json:"meeting"`
	No       int          `json:"no"`
	On       string       `json:"on"` // ISO day
	Doc      string       `json:"doc"`
	Row      string       `json:"row"`
	Kind     string       `json:"kind"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	To       string       `json:"to"` // id of the new row
}

func (r carriedRow) from() [3]string { return [3]string{r.Meeting, r.Doc, r.Row} }

// carriedHere tells whether a row of this meeting's minutes came from another meeting: nobody said or decided it here.
func (s *State) carriedHere(rowID string) bool {
	return slices.ContainsFunc(s.Carried, func(r carriedRow) bool { return r.To == rowID })
}

// candidate is a row of a 支援会議 with what copying it needs.
type candidate struct {
	CarryRow
	no     int
	on     string
	ord    string // of the copy
	to     string // id of the copy
	agency string // id
	values map[string]any
	texts  map[string]string
}

// Carryable lists what a holder may carry into a 重層的支援会議. Each document read is written down as opened.
func (s *Service) Carryable(ctx context.Context, actor access.Actor, meetingID string) (CarryList, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return CarryList{}, err
	}
	if err := st.judge(sub, ActCarry); err != nil {
		return CarryList{}, err
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return CarryList{}, err
	}
	list, all, err := s.candidates(ctx, actor, &st, f)
	if err != nil {
		return CarryList{}, err
	}
	sees, err := s.seenBy(ctx, actor, &st)
	if err != nil {
		return CarryList{}, err
	}
	out := CarryList{Meetings: []CarryMeeting{}}
	var opened []access.Entry
	now := s.clock()
	for _, m := range list {
		for _, c := range all {
			if c.Meeting != m.ID {
				continue
			}
			c.Sees = sees(c.PersonID, c.Item)
			m.Rows = append(m.Rows, c.CarryRow)
			if !slices.ContainsFunc(opened, func(e access.Entry) bool { return e.Target == c.Doc }) {
				opened = append(opened, actor.Audit(now, access.VerbDocOpen, c.Doc).InCase(st.Meeting.CaseID).InMeeting(c.Meeting))
			}
		}
		if len(m.Rows) > 0 {
			out.Meetings = append(out.Meetings, m)
		}
	}
	if len(opened) == 0 { // that there is nothing was looked at, too
		opened = append(opened, actor.Audit(now, access.VerbMeetingOpen, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID))
	}
	return out, s.Store.AppendAudit(ctx, opened...)
}

// candidates reads the minutes of the 支援会議 of the case that have begun, as far as the gate lets the actor read them.
func (s *Service) candidates(ctx context.Context, actor access.Actor, st *State, f Facts) ([]CarryMeeting, []candidate, error) {
	listed, err := s.Store.ListMeetings(ctx, access.ScopeOf(actor), Query{CaseID: st.Meeting.CaseID, Limit: 200})
	if err != nil {
		return nil, nil, err
	}
	var list []CarryMeeting
	var all []candidate
	for _, l := range listed {
		if l.Mode != consent.ModeSupport || l.Status == StatusDraft || l.Status == StatusCancelled || l.ID == st.Meeting.ID {
			continue
		}
		m, err := s.Store.MeetingByID(ctx, access.ScopeOf(actor), l.ID)
		if err != nil {
			return nil, nil, err
		}
		when := m.PlannedStart
		if m.OpenedAt != nil {
			when = *m.OpenedAt
		}
		head := CarryMeeting{ID: m.ID, No: m.No, Label: carryFrom(m.No), Date: day(when), Title: m.Title, StatusLabel: m.Status.Label(), Rows: []CarryRow{}}
		rows, err := s.rowsOf(ctx, actor, head, f)
		if err != nil {
			return nil, nil, err
		}
		list, all = append(list, head), append(all, rows...)
	}
	slices.SortStableFunc(list, func(a, b CarryMeeting) int { return cmp.Or(strings.Compare(a.Date, b.Date), a.No-b.No) })
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Or(strings.Compare(a.on, b.on), a.no-b.no) })
	now := s.clock()
	for i := range all {
		c := &all[i]
		c.Why = f.uncarriable(c.PersonID, c.Item, now)
		c.Carried = slices.ContainsFunc(st.Carried, func(r carriedRow) bool { return r.from() == [3]string{c.Meeting, c.Doc, c.Row} })
	}
	return list, all, nil
}

func carryFrom(no int) string { return "第" + strconv.Itoa(no) + "回支援会議" }

// rowsOf reads the rows of one 支援会議, by person and kind in their order.
func (s *Service) rowsOf(ctx context.Context, actor access.Actor, m CarryMeeting, f Facts) ([]candidate, error) {
	metas, err := s.Store.OwnedDocs(ctx, actor.Tenant, live.KindMinutes, m.ID)
	if err != nil {
		return nil, err
	}
	var out []candidate
	gate := s.Gate.Round()
	for _, meta := range metas {
		r, err := gate.Rights(ctx, actor, m.ID, meta)
		if err != nil {
			return nil, err
		}
		if !r.Read || meta.Head == 0 {
			continue
		}
		d, err := s.Docs.ReadDocument(ctx, actor.Tenant, meta.ID)
		if err != nil {
			return nil, err
		}
		authors, err := s.Docs.Authors(ctx, actor.Tenant, meta.ID)
		if err != nil {
			return nil, err
		}
		part := plans.Part{Place: plans.Place{DocID: meta.ID, PersonID: meta.PersonID, Item: meta.Item}, Source: d}
		for _, c := range candidatesIn(readMinutes([]plans.Part{part})) {
			c.Meeting, c.no, c.on, c.Doc = m.ID, m.No, m.Date, meta.ID
			c.KindLabel, c.PersonID, c.Person = carryLabel(c.Kind), meta.PersonID, f.personLabel(meta.PersonID)
			c.Item, c.ItemLabel = meta.Item, meta.Item.Label()
			if c.Agency = f.agency(c.agency).Name; c.agency == "" || c.Agency == "" {
				c.Agency = writers(d, authors, c)
			}
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(f.place(a.PersonID)-f.place(b.PersonID), carryRank(a.Kind)-carryRank(b.Kind))
	})
	return out, nil
}

// candidatesIn makes rows of what one document of minutes says; empty ones are left out.
func candidatesIn(m Minutes) []candidate {
	var out []candidate
	add := func(kind, id, agency, text string, values map[string]any, texts map[string]string) {
		if strings.TrimSpace(text) != "" {
			out = append(out, candidate{CarryRow: CarryRow{Kind: kind, Row: id, Text: text, Sees: []string{}}, agency: agency, values: values, texts: texts})
		}
	}
	for _, p := range m.Points {
		var said []string
		for _, x := range [...][2]string{{"", p.Title}, {"", p.Content}, {"結論: ", p.Conclusion}, {"残された課題: ", p.Remaining}} {
			if x[1] != "" {
				said = append(said, x[0]+x[1])
			}
		}
		add("point", p.ID, "", strings.Join(said, "\n"), nil,
			map[string]string{"title": p.Title, "content": p.Content, "conclusion": p.Conclusion, "remaining": p.Remaining})
	}
	for _, x := range m.Speeches {
		add("speech", x.ID, x.Agency, x.Text, nil, map[string]string{"text": x.Text})
	}
	for _, l := range m.Decisions {
		add("decision", l.ID, "", l.Text, nil, map[string]string{"text": l.Text})
	}
	for _, h := range m.Homework {
		add("homework", h.ID, h.Agency, h.Text, map[string]any{"who": h.Who, "due": h.Due}, map[string]string{"text": h.Text})
	}
	return out
}

// writers are the agencies whose people wrote the words of a row, as known when they wrote.
func writers(d *live.Document, authors map[uint64]live.Author, c candidate) string {
	var names []string
	for name := range c.texts {
		for _, p := range d.Passages(c.Kind+"/"+c.Row+"/"+name, authors) {
			if n := p.Author.AgencyName; n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, "、")
}

func carryRank(kind string) int {
	return slices.IndexFunc(carryKinds, func(k struct{ kind, label string }) bool { return k.kind == kind })
}

// place is where a person stands in the household; the household itself comes first.
func (f Facts) place(personID string) int {
	for i, p := range f.Persons {
		if p.ID == personID {
			return i + 1
		}
	}
	return 0
}

// personLabel is a 世帯員 as holders read it.
func (f Facts) personLabel(id string) string {
	if id == "" {
		return "世帯"
	}
	if p := f.person(id); p != nil {
		return p.Name
	}
	return ""
}

// uncarriable says why a row of a person and item cannot be carried into a 重層的支援会議 at an instant, and what to do; "" when it can.
func (f Facts) uncarriable(personID string, item consent.Item, at time.Time) string {
	ids := f.concerned(personID)
	switch {
	case f.secret(personID, item):
		return "住所秘匿のため、住所・連絡先は引き継げません。事務局と市所管課が、支援会議の会議録で確かめてください。"
	case len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return !f.consents(id, at) }):
		if personID == "" && len(ids) != 1 {
			return "対象者全員の有効な同意がそろっていないため引き継げません。同意を記録してから、もう一度選んでください。"
		}
		return "有効な同意がないため引き継げません。同意を記録してから、もう一度選んでください。"
	case !f.sharable(personID, item, at):
		return "同意の範囲に「" + item.Label() + "」がないため引き継げません。この項目を含む同意を記録してから、もう一度選んでください。"
	}
	return ""
}

// consents tells whether the person's consent is in force for the conference.
func (f Facts) consents(personID string, at time.Time) bool {
	_, ok := validRecord(f.Consents, personID, at, consent.PurposeConference)
	return ok
}

// sharable is covered for the conference alone: for everyone concerned at least one agency may have the item there.
func (f Facts) sharable(personID string, item consent.Item, at time.Time) bool {
	return !slices.ContainsFunc(f.concerned(personID), func(id string) bool { return !f.someAgency(id, item, at, consent.PurposeConference) })
}

// seenBy asks the gate, for each agency with a seat, what its people will see in this meeting.
func (s *Service) seenBy(ctx context.Context, actor access.Actor, st *State) (func(personID string, item consent.Item) []string, error) {
	type look struct {
		agency string
		can    func(string, consent.Item) bool
	}
	var looks []look
	for _, seat := range st.Seats {
		as := func(ctx context.Context, a access.Actor, meetingID, caseID string) (cases.View, error) {
			return s.Gate.ViewAs(ctx, a, meetingID, caseID, seat.AgencyID)
		}
		can, err := sight(ctx, as, actor, *st)
		if err != nil {
			return nil, err
		}
		looks = append(looks, look{seat.AgencyID, can})
	}
	return func(person string, item consent.Item) []string {
		out := []string{}
		for _, l := range looks {
			if l.can(person, item) {
				out = append(out, l.agency)
			}
		}
		return out
	}, nil
}

// sayCarried words the event for one reader: only the rows this reader may see are counted, and without any it says nothing.
func (t teller) sayCarried(d carriedData) string {
	var parts []string
	for i, r := range d.Rows {
		if slices.ContainsFunc(d.Rows[:i], func(x carriedRow) bool { return x.Meeting == r.Meeting }) {
			continue
		}
		var counts []string
		for _, k := range carryKinds {
			n := 0
			for _, x := range d.Rows {
				if x.Meeting == r.Meeting && x.Kind == k.kind && t.can(x.PersonID, x.Item) {
					n++
				}
			}
			if n > 0 {
				counts = append(counts, k.label+strconv.Itoa(n)+"件")
			}
		}
		if len(counts) > 0 {
			parts = append(parts, carryFrom(r.No)+"（"+dateOf(r.On).Wareki()+"）から、"+strings.Join(counts, "・"))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "、") + "を引き継いだ"
}
