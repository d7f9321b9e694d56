package app

import (
	"maps"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// The rule of who may receive what (domain.md §3 and §6.5), said once more in plain words over what this test itself had recorded. Nothing here asks
// the product: consent.Decide, the gate and the fold of a meeting's events are what is tested.

// reader is somebody who receives something: a person with an account, or a guest of one meeting.
type reader struct {
	id, tenant, agency string
	name, login        string
	role               access.Role
	meeting            string // of a guest
	session, cookie    string
	agencyName         string
}

func (p *reader) holds() bool { return p.role == access.RoleSecretariat || p.role == access.RoleCity }
func (p *reader) guest() bool { return p.role == access.RoleGuest }

// asker is a reader at one request or on one socket, in the context of a meeting ("" = of none).
type asker struct {
	*reader
	session string
	meeting string
	paper   bool   // the paper of the minutes, which those who were there read until it is final
	any     bool   // the server chooses the meeting; of a reading in a meeting, among those in the same legal form
	copy    bool   // to keep, not for the screen
	counter bool   // a page of the 受付
	passing string // the つなぎ that is read
}

// facts are all that was recorded at one moment.
type facts struct {
	cases    map[string]*caseFacts
	meetings map[string]*meetingFacts
	dead     map[string]bool // sessions that have ended
	taken    map[string]bool // hand-outs that were taken back
	days     int             // after 閉会, until 資料回収
	// screenOnly: municipalities in which agencies outside the city take no copies.
	screenOnly map[string]bool
}

type caseFacts struct {
	id       string
	persons  []personFacts
	now      map[string]bool // agencies that are members
	ever     map[string]bool // agencies that were members at any time
	barred   map[string]bool // people who are kept from the case
	forms    []form
	urgent   []urgency
	panes    []pane
	passings []passing // つなぎ
}

type personFacts struct {
	id       string
	subject  bool
	hidden   bool // 住所秘匿
	withheld []string
}

// form is a consent form as it was recorded.
type form struct {
	id, person  string
	said        consent.State
	purposes    []consent.Purpose
	scope       map[string][]consent.Item
	others      []consent.Item
	spoken      time.Time // the day on which the person said it
	from, until time.Time
	taken       []taking
}

// urgency is an emergency disclosure to an agency that has not ended.
type urgency struct {
	id, agency string
	persons    []string
	items      []consent.Item
}

// taking is a withdrawal: everything to everybody, or a part of it.
type taking struct {
	agencies []string
	items    []consent.Item
	known    int // forms of the case that had been recorded by then
}

type meetingFacts struct {
	id, file, plan string
	support        bool
	running, after bool // 受付 … 閉会; 閉会 … 確定
	seats          map[string]seatFacts
	officers       map[string]bool // 議長, 職務代理, 記録者
	sworn          map[string]bool // who confirmed secrecy
	there          map[string]bool // who has been there
	guests         map[string]bool // true: let in, and not taken out
	closedAt       time.Time
	whenClosed     *caseFacts
	whenFinal      *caseFacts      // when its minutes became final
	asked          bool            // the minutes are to be confirmed
	handed         map[string]bool // agencies whose 準備シート is in
	carried        map[string]bool // words of other meetings that were copied into its minutes
}

type seatFacts struct {
	member, designated, observer bool
}

func (f *facts) clone() *facts {
	out := &facts{cases: map[string]*caseFacts{}, meetings: map[string]*meetingFacts{}, dead: maps.Clone(f.dead), taken: maps.Clone(f.taken),
		days: f.days, screenOnly: maps.Clone(f.screenOnly)}
	for id, c := range f.cases {
		out.cases[id] = c.clone()
	}
	for id, m := range f.meetings {
		n := *m
		n.seats, n.officers, n.sworn, n.there, n.guests = maps.Clone(m.seats), maps.Clone(m.officers), maps.Clone(m.sworn), maps.Clone(m.there), maps.Clone(m.guests)
		n.carried, n.handed = maps.Clone(m.carried), maps.Clone(m.handed)
		out.meetings[id] = &n
	}
	return out
}

func (c *caseFacts) clone() *caseFacts {
	n := *c
	n.persons, n.now, n.ever, n.forms = slices.Clone(c.persons), maps.Clone(c.now), maps.Clone(c.ever), slices.Clone(c.forms)
	n.barred, n.urgent, n.panes = maps.Clone(c.barred), slices.Clone(c.urgent), slices.Clone(c.panes)
	n.passings = slices.Clone(c.passings)
	for i := range n.forms {
		n.forms[i].taken = slices.Clone(n.forms[i].taken)
	}
	return &n
}

// may tells whether a secret may reach somebody at an instant.
func (f *facts) may(a asker, s *secret, at time.Time) bool {
	if a.any {
		for id, m := range f.meetings {
			if here := f.meetings[a.meeting]; here != nil && here.support != m.support {
				continue
			}
			if f.may(asker{reader: a.reader, session: a.session, meeting: id, paper: a.paper, copy: a.copy}, s, at) {
				return true
			}
		}
		return a.meeting == "" && f.may(asker{reader: a.reader, session: a.session, paper: a.paper, copy: a.copy}, s, at)
	}
	c := f.cases[s.file]
	switch {
	case f.dead[a.session] || a.tenant != s.tenant: // signed out; nothing crosses from one municipality into another
		return false
	case f.taken[s.paper]:
		return false
	case s.user != "" && s.user == a.id: // what one wrote of one's own 緊急時の閲覧
		return true
	case s.place == inCare:
		return ofPlace(a, s)
	case c.barred[a.id]: // 利害関係者の閲覧遮断, whatever the role
		return false
	case a.holds(): // who collects the information has it
		return true
	case a.copy && !f.takesFiles(a):
		return false
	case s.place == inKeeping:
		return a.role == access.RoleRecords
	case s.place == inGlass:
		return a.role == access.RoleAuditor
	case c.throughGlass(a, s, at):
		return true
	case s.place == inEvidence:
		return a.role == access.RoleRecords
	case a.role != access.RoleAgency && a.role != access.RoleChair && a.role != access.RoleObserver && !a.guest():
		return false // 記録・監査・管理: no case body
	case c.handed(a, s, at) || c.counted(a, s):
		return true
	case s.place == inReferral:
		return false
	case s.agency != "" && s.agency == a.agency: // its own words
		return true
	case c.ever[a.agency] && !c.now[a.agency]: // removed from the case: nothing, in meetings too
		return false
	case s.place == inNote || s.place == inRecord:
		return false
	case s.place == inHandout:
		return f.maySeePaper(a, s, at)
	case s.place == inSafety: // whoever may go there is warned, on the screen; not an agency from which somebody of the household is kept
		return a.meeting == "" && !a.paper && !a.guest() && a.role != access.RoleObserver && c.now[a.agency] &&
			!slices.ContainsFunc(c.persons, func(p personFacts) bool { return slices.Contains(p.withheld, a.agency) })
	case s.place == inOutreach && a.meeting != "":
		return false
	case c.kept(s, a.agency):
		return false
	case a.meeting == "":
		return !a.guest() && a.role != access.RoleObserver && c.now[a.agency] && s.meeting == "" &&
			(c.covers(s, a.agency, at, consent.PurposeCoordination) || c.covers(s, a.agency, at, consent.PurposePlan))
	}
	m := f.meetings[a.meeting]
	if m == nil || m.file != c.id || !m.takesPart(a.reader) || !m.holdsWord(s) {
		return false
	}
	if s.place == inPrep && !m.handed[s.agency] {
		return false
	}
	// After 閉会 those who were there read its minutes until they are final, and what they are asked to confirm as a whole.
	open := m.running || m.after && m.there[a.id] && (s.meeting != "" || a.paper && (m.asked || !m.support))
	open = open && (m.running || s.place != inPrep)
	if m.support { // by law, to 構成員 and designated agencies, after 守秘義務確認, while it runs
		seat := m.seats[a.agency]
		return open && m.sworn[a.id] && (seat.member || seat.designated)
	}
	if a.guest() && !(open && m.sworn[a.id]) {
		return false
	}
	return c.covers(s, a.agency, at, consent.PurposeConference)
}

// takesFiles: guests, advisers, and agencies that take no copies read on the screen only.
func (f *facts) takesFiles(a asker) bool {
	m := f.meetings[a.meeting]
	return !a.guest() && a.role != access.RoleObserver && !f.screenOnly[a.tenant] && !(m != nil && m.seats[a.agency].observer)
}

func (m *meetingFacts) takesPart(p *reader) bool {
	if p.guest() {
		return m.guests[p.id] // of one meeting at a time
	}
	_, seated := m.seats[p.agency]
	return seated || m.officers[p.id]
}

// concerned are the persons whose will counts for a text: the one it is about, or for the household every 本人.
func (c *caseFacts) concerned(s *secret) []personFacts {
	var out []personFacts
	for _, p := range c.persons {
		if p.id == s.person || s.person == "" && p.subject {
			out = append(out, p)
		}
	}
	return out
}

// kept: 住所秘匿 and 特定機関に非開示 win over consent and over every meeting. The address of the household is that of everybody in it.
func (c *caseFacts) kept(s *secret, agency string) bool {
	for _, p := range c.persons {
		if s.item == consent.ItemAddress && p.hidden && (s.person == "" || s.person == p.id) {
			return true
		}
	}
	return slices.ContainsFunc(c.concerned(s), func(p personFacts) bool { return slices.Contains(p.withheld, agency) })
}

// covers: everybody concerned has, as their newest word, said yes to this agency, item and purpose for this instant, and not taken it back.
func (c *caseFacts) covers(s *secret, agency string, at time.Time, purpose consent.Purpose) bool {
	persons := c.concerned(s)
	if len(persons) > 0 && slices.ContainsFunc(c.urgent, func(u urgency) bool {
		return u.agency == agency && slices.Contains(u.items, s.item) && !slices.ContainsFunc(persons, func(p personFacts) bool { return !slices.Contains(u.persons, p.id) })
	}) {
		return true // 緊急開示 stands in for consent
	}
	for _, p := range persons {
		r := c.lastWord(p.id, at)
		if r == nil || !r.gives(agency, s.item, purpose, at) {
			return false
		}
	}
	return len(persons) > 0
}

// lastWord is the form that counts: of those that have begun and in which the person said something, the one that was said on the last day; of two of
// one day, the one recorded later.
func (c *caseFacts) lastWord(person string, at time.Time) *form {
	var last *form
	no := -1
	for i := range c.forms {
		r := &c.forms[i]
		said := r.said == consent.StateGranted || r.said == consent.StatePartial || r.said == consent.StateRefused
		if r.person == person && said && !r.from.After(at) && (last == nil || !r.spoken.Before(last.spoken)) {
			last, no = r, i
		}
	}
	for i := range c.forms { // who takes everything back takes back as well what they had said before and had not begun
		whole := func(t taking) bool { return len(t.agencies) == 0 && len(t.items) == 0 && t.known > no }
		if x := &c.forms[i]; last != nil && x.person == person && slices.ContainsFunc(x.taken, whole) {
			return x
		}
	}
	return last
}

func (r *form) gives(agency string, item consent.Item, purpose consent.Purpose, at time.Time) bool {
	if r.said == consent.StateRefused || !at.Before(r.until) || !slices.Contains(r.purposes, purpose) {
		return false
	}
	items, named := r.scope[agency]
	if !named {
		items = r.others
	}
	return slices.Contains(items, item) && !slices.ContainsFunc(r.taken, func(w taking) bool {
		return (len(w.agencies) == 0 || slices.Contains(w.agencies, agency)) && (len(w.items) == 0 || slices.Contains(w.items, item))
	})
}

// sealable tells whether a word may stand in a record that a meeting sealed: in a 重層的支援会議 what some agency could have had when it closed; an
// address that is kept secret never.
func (m *meetingFacts) sealable(s *secret, minutes bool) bool {
	c := m.whenClosed
	if c == nil || c.id != s.file || !m.holdsWord(s) || s.place == inGlass || s.place == inRecord || s.place == inNote || s.place == inEvidence || s.place == inHandout || s.place == inPrep ||
		s.place == inOutreach || s.place == inSafety {
		return false
	}
	lifted := minutes && m.whenFinal != nil && !m.whenFinal.kept(s, "") // 住所秘匿 ended before the final minutes were made
	if s.item == consent.ItemAddress && c.kept(s, "") && !lifted {
		return false
	}
	if m.support {
		return true
	}
	for _, p := range c.concerned(s) {
		r := c.lastWord(p.id, m.closedAt)
		if r == nil {
			return false
		}
		some := false
		for _, agency := range append(slices.Collect(maps.Keys(r.scope)), "その他") {
			for _, purpose := range []consent.Purpose{consent.PurposeConference, consent.PurposePlan} {
				some = some || r.gives(agency, s.item, purpose, m.closedAt)
			}
		}
		if !some {
			return false
		}
	}
	return true
}
