package meeting

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/plans"
	"kasane/internal/sheets"
)

// material is everything the papers of a meeting are made of. Nothing else may influence them: no clock, no later reading.
type material struct {
	st      State
	events  []Event
	facts   Facts
	plan    plans.Plan
	body    plans.Body
	house   plans.Household
	matrix  plans.Matrix
	minutes Minutes
	parts   []plans.Part // what minutes was read from
	sheets  sheets.Set
	visible func(personID string, item consent.Item) bool
	left    []leftOut // not covered by consent at closing
	at      time.Time // the papers' instant
	draft   bool
	number  string
	version int
	hash    string
	source  []byte // of a record that carries its 元データ

	checkpoint string    // of a record that is sealed
	signature  string    // what it says of its signature
	copyFor    string    // who takes this copy and when; "" prints nothing
	copied     bool      // 写し of what was agreed, as far as its reader may see it
	answersAt  time.Time // answers to roles count up to here; zero: up to at
}

// sealing gathers what is sealed when a meeting has closed: events up to the closing, documents as frozen, facts as given. In a
// 重層的支援会議 documents that no consent covered at that instant are left out.
func (s *Service) sealing(ctx context.Context, st State, events []Event, f Facts) (material, error) {
	m := st.Meeting
	at := st.Closing.At
	mat := material{st: st, events: events, facts: f, at: at, sheets: s.Books.Of(st.Meeting.Tenant).At(day(at)), visible: func(person string, item consent.Item) bool {
		return !f.secret(person, item)
	}}
	if m.Mode == consent.ModeLayered {
		mat.visible = func(person string, item consent.Item) bool { return f.covered(person, item, at) }
	}
	if m.PlanID != "" {
		p, parts, _, err := s.Plans.Whole(ctx, m.Tenant, m.PlanID)
		if err != nil {
			return mat, err
		}
		kept := mat.keep(parts, planRows)
		mat.plan, mat.body = p, plans.ReadBody(p, kept)
	}
	parts, _, err := s.minutesParts(ctx, m.Tenant, m.ID)
	if err != nil {
		return mat, err
	}
	mat.minutes = readMinutes(mat.keep(parts, func(p plans.Part) int { return countRows(p).total() }))
	mat.keepNotes()
	if err := s.addMatrix(ctx, &mat); err != nil {
		return mat, err
	}
	return mat, nil
}

// keep drops what may not be sealed and notes it.
func (m *material) keep(parts []plans.Part, rows func(plans.Part) int) []plans.Part {
	var kept []plans.Part
	for _, p := range parts {
		if m.visible(p.PersonID, p.Item) {
			kept = append(kept, p)
			continue
		}
		n := rows(p)
		if n == 0 {
			continue
		}
		m.leave(p.PersonID, p.Item, n)
	}
	return kept
}

// planRows counts what a document of a plan holds.
func planRows(p plans.Part) int {
	b := plans.ReadBody(plans.Plan{}, []plans.Part{p})
	return len(b.Narratives) + len(b.Needs) + len(b.Goals) + len(b.Actions)
}

// addMatrix makes the role matrix with the answers as of the paper's instant.
func (s *Service) addMatrix(ctx context.Context, mat *material) error {
	if mat.plan.ID == "" {
		return nil
	}
	all, err := s.Plans.Answers(ctx, mat.st.Meeting.Tenant, mat.plan.ID)
	if err != nil {
		return err
	}
	until := mat.at
	if !mat.answersAt.IsZero() {
		until = mat.answersAt
	}
	all = slices.DeleteFunc(all, func(a plans.RoleAnswer) bool { return a.At.After(until) })
	mat.house = mat.facts.household()
	mat.matrix = plans.RoleMatrix(mat.body, mat.house, plans.Current(mat.body, all), mat.st.setting(mat.at))
	return nil
}

// household is the case as package plans sees it.
func (f Facts) household() plans.Household {
	h := plans.Household{CaseID: f.Case.ID, CaseNumber: f.Case.Number}
	for _, p := range f.Persons {
		h.Persons = append(h.Persons, plans.Person{ID: p.ID, Ord: p.Ord, Name: p.Name, Kana: p.Kana, Relation: p.Relation, Subject: p.Subject})
	}
	add := func(a access.Agency, member bool) {
		h.Agencies = append(h.Agencies, plans.MemberAgency{ID: a.ID, Name: a.Name, Short: a.Short, City: a.City, Member: member})
	}
	for _, m := range f.Members {
		if m.Until == nil {
			add(f.agency(m.AgencyID), true)
		}
	}
	for _, a := range f.Agencies {
		if !f.member(a.ID) {
			add(a, false)
		}
	}
	return h
}

// setting is what the matrix has to know of the meeting.
func (s *State) setting(now time.Time) plans.Setting {
	set := plans.Setting{Day: day(now), Meeting: true, Attended: map[string]bool{}, Reasons: map[plans.Row]string{}}
	if s.Meeting.OpenedAt != nil {
		set.Day = day(*s.Meeting.OpenedAt)
	}
	for _, seat := range s.Seats {
		set.Seats = append(set.Seats, seat.AgencyID)
		// Before anybody has come, absence means nothing yet.
		set.Attended[seat.AgencyID] = s.attended(seat.AgencyID) || !slices.ContainsFunc(s.People, Attendee.Attended)
	}
	for _, r := range s.RowReasons {
		set.Reasons[r.row()] = r.Reason
	}
	return set
}

// drafting gathers a draft for one reader: only what the gate lets through, the rest as withheld.
func (s *Service) drafting(ctx context.Context, actor access.Actor, st State, kind PaperKind) (material, error) {
	m := st.Meeting
	now := s.clock()
	f, err := s.Store.MeetingFacts(ctx, m.Tenant, m.CaseID)
	if err != nil {
		return material{}, err
	}
	events, err := s.Store.MeetingEvents(ctx, m.Tenant, m.ID, 0)
	if err != nil {
		return material{}, err
	}
	view := s.Gate.View
	if kind == PaperMinutes {
		view = s.Gate.MinutesView
	}
	can, err := sight(ctx, view, actor, st)
	if err != nil {
		return material{}, err
	}
	mat := material{st: st, events: events, facts: f, at: now, draft: true, sheets: s.Books.Of(st.Meeting.Tenant).At(day(now)), visible: can}
	if r := st.agreedRound(); r != nil && kind != PaperMinutes { // the plan stands as it was agreed to
		mat.draft, mat.copied, mat.answersAt = false, true, st.Closing.At
		mat.version, mat.hash, mat.number = 1, r.Hash, st.Closing.Numbers[kind] // as the record is numbered
	}
	if mat.minutes, err = s.readable(ctx, actor, m.ID); err != nil {
		return mat, err
	}
	if m.PlanID != "" {
		switch mat.body, _, err = s.Plans.Readable(ctx, actor, m.ID, m.PlanID); {
		case fault.Is(err, fault.NotFound): // nothing of it is for this reader: the paper goes without
			return mat, nil
		case err != nil:
			return mat, err
		}
		if mat.plan, err = s.Plans.ByID(ctx, m.Tenant, m.PlanID); err != nil {
			return mat, err
		}
	}
	return mat, s.addMatrix(ctx, &mat)
}

// viewer is one of the gate's views.
type viewer func(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)

// sight is what the gate lets one actor see, asked once for everybody and every item: names, reasons and agenda texts go by it. What
// the gate was not asked about is not seen; whoever has nothing to do with the case sees nothing.
func sight(ctx context.Context, view viewer, actor access.Actor, st State) (func(personID string, item consent.Item) bool, error) {
	v, err := view(ctx, actor, st.Meeting.ID, st.Meeting.CaseID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	type key struct {
		person string
		item   consent.Item
	}
	known := map[key]bool{}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			known[key{p.PersonID, i.Item}] = i.Allow
		}
	}
	return func(person string, item consent.Item) bool { return known[key{person, item}] }, nil
}

// head is what every paper carries.
func (m *material) head() papers.Head {
	return papers.Head{Municipality: m.facts.Municipality, Tenant: m.st.Meeting.Tenant, MeetingKind: m.st.typeName(), MeetingNo: m.st.Meeting.No, CaseID: m.facts.Case.Number,
		DocumentNo: m.number, Version: m.version, Draft: m.draft, Copy: m.copied, At: m.at, ContentHash: m.hash, Checkpoint: m.checkpoint, Signature: m.signature, CopyFor: m.copyFor, Source: m.source}
}

// personName is a 世帯員 as this paper may call it.
func (m *material) personName(id string) string {
	if id == "" {
		return "世帯"
	}
	p := m.facts.person(id)
	switch {
	case p == nil:
		return ""
	case m.visible(id, consent.ItemBasic):
		return p.Name
	}
	// The relation is 基本情報 as well, so only the place in the household remains.
	return "世帯員" + strconv.Itoa(slices.IndexFunc(m.facts.Persons, func(x cases.Person) bool { return x.ID == id })+1)
}

func (m *material) teller() teller {
	return teller{st: &m.st, facts: m.facts, text: m.visible("", consent.ItemBasic), can: m.visible, name: m.personName}
}

// leftNote says in the minutes what was left out, without its text.
func (m *material) leftNote(l leftOut) string {
	return fmt.Sprintf("閉会の時点で同意の範囲にないため、%sの「%s」の記載（%d件）を確定する記録から除いた", m.personName(l.PersonID), l.Item.Label(), l.Rows)
}

// planNumber is プラン番号: the case number with the round.
func (m *material) planNumber() string {
	return fmt.Sprintf("%s-P%02d", m.facts.Case.Number, m.plan.Round)
}

func (m *material) round() string {
	if m.plan.Round <= 1 {
		return "初回"
	}
	return fmt.Sprintf("再プラン第%d回", m.plan.Round-1)
}

// agencyName is the name an agency had in this meeting, else its name now; 本人 and 家族 stand for themselves.
func (m *material) agencyName(id string) string {
	switch id {
	case "":
		return ""
	case plans.ColumnSelf:
		return "本人"
	case plans.ColumnFamily:
		return "家族"
	}
	if seat := m.st.seat(id); seat != nil {
		return seat.Name
	}
	return m.facts.agency(id).Name
}

func (m *material) opened() time.Time {
	if m.st.Meeting.OpenedAt != nil {
		return *m.st.Meeting.OpenedAt
	}
	return m.st.Meeting.PlannedStart
}

func (m *material) fileName(kind string) string {
	return papers.FileName(jptime.DateOf(m.opened()), m.head(), kind)
}

// placeName says whose text it is, and of which item class unless that is 基本情報.
func (m *material) placeName(p plans.Place) string {
	if p.Item == consent.ItemBasic {
		return m.personName(p.PersonID)
	}
	return m.personName(p.PersonID) + "・" + p.Item.Label()
}

// joinTexts puts the texts of several documents one after the other, each under whose it is when there are several.
func (m *material) joinTexts(field string) papers.Memo {
	var parts []string
	var own []plans.Narrative
	for _, n := range m.body.Narratives {
		if n.Field == field {
			own = append(own, n)
		}
	}
	for _, n := range own {
		if len(own) > 1 {
			parts = append(parts, "【"+m.placeName(n.Place)+"】\n"+n.Text)
		} else {
			parts = append(parts, n.Text)
		}
	}
	return papers.Memo{Text: strings.Join(parts, "\n"), Withheld: len(own) == 0 && len(m.body.Withheld) > 0}
}
