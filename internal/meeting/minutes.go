package meeting

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// Minutes is the prose of the 会議録 as read from its documents, in the order of the rows.
type Minutes struct {
	Points    []Point
	Speeches  []Speech
	Decisions []Line
	Homework  []Homework
	Locals    []Line
	Withheld  []WithheldRows
}

// Line is a row of one text.
type Line struct {
	plans.Place
	ID, Ord, Text string
}

// Point (検討した項目).
type Point struct {
	plans.Place
	ID, Ord, Agenda                       string
	Title, Content, Conclusion, Remaining string
}

// Speech (発言要旨).
type Speech struct {
	plans.Place
	ID, Ord, Agency, Text string
}

// Homework (宿題).
type Homework struct {
	plans.Place
	ID, Ord, Agency, Who, Due, Text string
}

// WithheldRows counts what a reader may not see, or what may not be sealed, per document.
type WithheldRows struct {
	PersonID                                     string
	Item                                         consent.Item
	Points, Speeches, Decisions, Homework, Local int
}

func (w WithheldRows) total() int { return w.Points + w.Speeches + w.Decisions + w.Homework + w.Local }

// readMinutes merges the documents of the minutes.
func readMinutes(parts []plans.Part) Minutes {
	var m Minutes
	for _, p := range parts {
		for _, l := range p.Rows("point") {
			at := "point/" + l.ID + "/"
			m.Points = append(m.Points, Point{Place: p.Place, ID: l.ID, Ord: l.Ord, Agenda: p.String(at + "agenda"), Title: p.Text(at + "title"),
				Content: p.Text(at + "content"), Conclusion: p.Text(at + "conclusion"), Remaining: p.Text(at + "remaining")})
		}
		for _, l := range p.Rows("speech") {
			at := "speech/" + l.ID + "/"
			m.Speeches = append(m.Speeches, Speech{Place: p.Place, ID: l.ID, Ord: l.Ord, Agency: p.String(at + "agency"), Text: p.Text(at + "text")})
		}
		for _, l := range p.Rows("homework") {
			at := "homework/" + l.ID + "/"
			m.Homework = append(m.Homework, Homework{Place: p.Place, ID: l.ID, Ord: l.Ord, Agency: p.String(at + "agency"), Who: p.String(at + "who"),
				Due: p.String(at + "due"), Text: p.Text(at + "text")})
		}
		m.Decisions = append(m.Decisions, lines(p, "decision")...)
		m.Locals = append(m.Locals, lines(p, "local")...)
	}
	slices.SortFunc(m.Points, func(a, b Point) int { return byOrd(a.Ord, a.ID, b.Ord, b.ID) })
	slices.SortFunc(m.Speeches, func(a, b Speech) int { return byOrd(a.Ord, a.ID, b.Ord, b.ID) })
	slices.SortFunc(m.Homework, func(a, b Homework) int { return byOrd(a.Ord, a.ID, b.Ord, b.ID) })
	slices.SortFunc(m.Decisions, func(a, b Line) int { return byOrd(a.Ord, a.ID, b.Ord, b.ID) })
	slices.SortFunc(m.Locals, func(a, b Line) int { return byOrd(a.Ord, a.ID, b.Ord, b.ID) })
	return m
}

func byOrd(ordA, idA, ordB, idB string) int {
	return cmp.Or(strings.Compare(ordA, ordB), strings.Compare(idA, idB))
}

func lines(p plans.Part, kind string) []Line {
	var out []Line
	for _, l := range p.Rows(kind) {
		out = append(out, Line{Place: p.Place, ID: l.ID, Ord: l.Ord, Text: p.Text(kind + "/" + l.ID + "/text")})
	}
	return out
}

// countRows is what is told of a document that is withheld.
func countRows(p plans.Part) WithheldRows {
	return WithheldRows{PersonID: p.PersonID, Item: p.Item, Points: len(p.Rows("point")), Speeches: len(p.Rows("speech")),
		Decisions: len(p.Rows("decision")), Homework: len(p.Rows("homework")), Local: len(p.Rows("local"))}
}

// minutesParts reads every document of the minutes; what it returns must not reach a reader unfiltered.
func (s *Service) minutesParts(ctx context.Context, tenant, meetingID string) ([]plans.Part, []live.Meta, error) {
	metas, err := s.Store.OwnedDocs(ctx, tenant, live.KindMinutes, meetingID)
	if err != nil {
		return nil, nil, err
	}
	parts := make([]plans.Part, 0, len(metas))
	for _, m := range metas {
		d, err := s.Docs.ReadDocument(ctx, tenant, m.ID)
		if err != nil {
			return nil, nil, err
		}
		parts = append(parts, plans.Part{Place: plans.Place{DocID: m.ID, PersonID: m.PersonID, Item: m.Item}, Source: d})
	}
	return parts, metas, nil
}

// readable splits the documents of the minutes by the gate's answer for an actor.
func (s *Service) readable(ctx context.Context, actor access.Actor, meetingID string) (Minutes, error) {
	parts, metas, err := s.minutesParts(ctx, actor.Tenant, meetingID)
	if err != nil {
		return Minutes{}, err
	}
	var seen []plans.Part
	var hidden []WithheldRows
	gate := s.Gate.Round()
	for i, m := range metas {
		r, err := gate.Rights(ctx, actor, meetingID, m)
		if err != nil {
			return Minutes{}, err
		}
		if r.Read {
			seen = append(seen, parts[i])
		} else if w := countRows(parts[i]); plans.Disclosed(r) && w.total() > 0 {
			hidden = append(hidden, w)
		}
	}
	out := readMinutes(seen)
	out.Withheld = hidden
	return out, nil
}

// docRefs lists the documents of the minutes for an actor, and the chips for what is withheld.
func (s *Service) docRefs(ctx context.Context, actor access.Actor, meetingID string) ([]plans.DocRef, error) {
	metas, err := s.Store.OwnedDocs(ctx, actor.Tenant, live.KindMinutes, meetingID)
	if err != nil {
		return nil, err
	}
	refs := []plans.DocRef{}
	gate := s.Gate.Round()
	for _, m := range metas {
		r, err := gate.Rights(ctx, actor, meetingID, m)
		if err != nil {
			return nil, err
		}
		if !r.Read {
			if !plans.Disclosed(r) || m.Head == 0 { // an empty document tells nothing, so it is not told of either
				continue
			}
			d, err := s.Docs.ReadDocument(ctx, actor.Tenant, m.ID)
			if err != nil {
				return nil, err
			}
			if countRows(plans.Part{Source: d}).total() == 0 {
				continue
			}
		}
		refs = append(refs, plans.Ref(m, r))
	}
	return refs, nil
}

// EnsureDoc gives the document of the minutes for a person and item class, making it when missing. The gate decides as if it existed.
func (s *Service) EnsureDoc(ctx context.Context, actor access.Actor, meetingID, personID string, item consent.Item) (plans.DocRef, error) {
	st, _, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return plans.DocRef{}, err
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return plans.DocRef{}, err
	}
	if !item.Valid() || (personID != "" && f.person(personID) == nil) {
		return plans.DocRef{}, fault.New(fault.Invalid, "対象者と情報の区分を選び直してください。").On("item")
	}
	now := s.clock()
	m := live.Meta{Tenant: actor.Tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindMinutes, CaseID: st.Meeting.CaseID, OwnerID: meetingID, PersonID: personID, Item: item}
	r, err := s.Gate.Rights(ctx, actor, meetingID, m)
	if err != nil {
		return plans.DocRef{}, err
	}
	if !r.Read || !r.Write {
		return plans.DocRef{}, fault.New(fault.Forbidden, "この区分の情報は、同意の範囲または会議の状態により書き込めません。")
	}
	if s := st.Meeting.Status; s == StatusClosing || s == StatusConfirming || s == StatusSealed || s == StatusClosed && !st.Amending {
		return plans.DocRef{}, fault.New(fault.Conflict, "会議録は固定されています。直すときは「会議録を修正する」を選んでください。")
	}
	got, err := s.Store.EnsureDocs(ctx, []live.Meta{m}, actor.Audit(now, access.VerbDocOpen, m.ID).InCase(m.CaseID).InMeeting(meetingID))
	if err != nil {
		return plans.DocRef{}, err
	}
	if got[0].ID == m.ID {
		s.DocMade(ctx, actor.Tenant, meetingID)
	}
	return plans.Ref(got[0], r), nil
}

// DocMade rings the bell after a document of minutes or plan was made while the meeting runs: screens that do not know of it open it now.
func (s *Service) DocMade(ctx context.Context, tenant, meetingID string) {
	if s.Tell == nil {
		return
	}
	m, err := s.Store.MeetingByID(ctx, access.Scope{Tenant: tenant, All: true}, meetingID)
	if err != nil {
		s.Log.WarnContext(ctx, "meeting: participants are told late of a new document", "meeting", meetingID, "err", err)
		return
	}
	s.Tell.MeetingChanged(ctx, tenant, m.ID, m.Seq)
}
