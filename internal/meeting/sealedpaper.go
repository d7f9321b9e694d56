package meeting

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/papers"
	"kasane/internal/plans"
	"kasane/internal/sheets"
)

// copying is a sealed record being read again for a copy.
type copying struct {
	st     State
	events []Event
	facts  Facts
	read   CopyReader
	held   *held
	rec    archive.Kept
	whole  State // the meeting now
	open   bool  // as if no address were secret now, to learn whether that makes a difference
}

// CopyReader is cases.CopyReader; nil reads everything that was sealed.
type CopyReader = cases.CopyReader

// SealedPaper is a sealed record read again as a paper: one of the three is set. Of any other paper of a case Doc is.
type SealedPaper struct {
	Minutes *papers.MinutesDoc
	Plan    *papers.PlanDoc
	Matrix  *papers.RoleMatrixDoc
	Doc     papers.Doc

	Facts  Facts
	Seats  []Seat
	People []Attendee
	Sheets sheets.Set
	Day    time.Time // opening of the meeting
	Mode   consent.Mode
	Then   []FormerName // how the papers of the meeting called the household
	Places []string     // addresses and telephone numbers of the household, as they are registered
}

// head is the paper's head.
func (p *SealedPaper) head() *papers.Head {
	switch {
	case p.Minutes != nil:
		return &p.Minutes.Head
	case p.Plan != nil:
		return &p.Plan.Head
	}
	return &p.Matrix.Head
}

// Paper is the document, whichever it is.
func (p *SealedPaper) Paper() papers.Doc {
	switch {
	case p.Minutes != nil:
		return *p.Minutes
	case p.Plan != nil:
		return *p.Plan
	case p.Matrix != nil:
		return *p.Matrix
	}
	return p.Doc
}

// Sealed reads a record of a meeting again, as far as read lets it through, for a copy made at an instant. What was left out at the sealing stays left
// out, and of a 会議録 with several versions (訂正) it is the text of this version: the whole is what was sealed, letter by letter, and what a reader gets of
// it is made of the parts that were sealed with it. Plan and matrix are made of the sealed plan with the names as they are now. Who calls has looked
// whether the record may be received at all.
func (s *Service) Sealed(ctx context.Context, k archive.Kept, read CopyReader, now time.Time) (SealedPaper, error) {
	rec, content := k.Record, k.Content
	whole, err := s.whole(ctx, rec.Tenant, rec.MeetingID)
	if err != nil {
		return SealedPaper{}, err
	}
	if whole.Closing == nil {
		return SealedPaper{}, fault.Wrap(fault.Internal, fmt.Errorf("meeting %s: a record without a closing", rec.MeetingID), "")
	}
	st, events, err := s.whenSealed(ctx, whole, rec)
	if err != nil {
		return SealedPaper{}, err
	}
	f, err := s.Store.MeetingFacts(ctx, rec.Tenant, rec.CaseID)
	if err != nil {
		return SealedPaper{}, err
	}
	sealed, err := heldBy(rec, content, whole)
	if err != nil {
		return SealedPaper{}, err
	}
	c := copying{st: st, events: events, facts: f, read: read, held: sealed, rec: k, whole: whole}
	mat, err := s.gather(ctx, c)
	if err != nil {
		return SealedPaper{}, err
	}
	out := SealedPaper{Facts: f, Seats: st.Seats, People: st.People, Sheets: mat.sheets, Day: mat.opened(), Mode: st.Meeting.Mode}
	if read == nil { // for who looks for names in it
		if out.Then, err = s.calledThen(ctx, rec, content, f); err != nil {
			return SealedPaper{}, err
		}
		if out.Places, err = s.registeredPlaces(ctx, rec.Tenant, f); err != nil {
			return SealedPaper{}, err
		}
	}
	switch rec.Kind {
	case archive.KindMinutes:
		m := mat.minutesDoc()
		if read == nil {
			if m, err = s.asSealed(ctx, c, m); err != nil {
				return SealedPaper{}, err
			}
		}
		out.Minutes = &m
	case archive.KindPlan, archive.KindMatrix:
		if mat.plan.ID == "" {
			return SealedPaper{}, fault.Wrap(fault.Internal, errNotAgreed, "")
		}
		if rec.Kind == archive.KindPlan {
			p := mat.planDoc()
			out.Plan = &p
		} else {
			m := mat.matrixDoc()
			out.Matrix = &m
		}
	default:
		return SealedPaper{}, fault.New(fault.Conflict, "この種類の文書の写しは、作れません。")
	}
	h := out.head()
	h.At = now
	h.ContentHash, h.Checkpoint, h.CopyFor = "", "", "" // a hash of what is left out would let it be guessed
	if out.Minutes != nil {
		out.Minutes.Answers = papers.WithoutHashes(out.Minutes.Answers)
	}
	return out, nil
}

// asSealed is the 会議録 as its content says it, with the confirmations, which are not a part of that. Where an address that stands in it became a secret since,
// it is the one made anew, without that.
func (s *Service) asSealed(ctx context.Context, c copying, made papers.MinutesDoc) (papers.MinutesDoc, error) {
	if c.facts.anySecret() {
		c.open = true
		mat, err := s.gather(ctx, c)
		if err != nil {
			return made, err
		}
		if !reflect.DeepEqual(mat.minutesDoc(), made) {
			return made, nil
		}
	}
	var m papers.MinutesDoc
	if err := json.Unmarshal(c.rec.Content, &m); err != nil {
		return m, fault.Wrap(fault.Internal, fmt.Errorf("content of a 会議録: %w", err), "")
	}
	m.Confirmation, m.Head = made.Confirmation, made.Head
	m.FormName = made.FormName
	return m, nil
}

// gather gathers what was sealed, as far as the reader of the copy gets it. 住所秘匿 counts as it is now and as it was at the sealing: one of them is enough.
func (s *Service) gather(ctx context.Context, c copying) (material, error) {
	rec, m, at, f := c.rec, c.st.Meeting, c.st.Closing.At, c.facts
	secret := func(person string, item consent.Item) bool { return !c.open && f.secret(person, item) }
	sealed := func(person string, item consent.Item) bool {
		return !c.held.gone[class{person, item}] && !secret(person, item)
	}
	if m.Mode == consent.ModeLayered {
		known := f
		if c.open {
			known.Persons = withoutSecrets(f.Persons)
		}
		sealed = func(person string, item consent.Item) bool {
			return !c.held.gone[class{person, item}] && known.covered(person, item, at)
		}
	}
	read := c.read
	if read == nil {
		read = func(string, consent.Item) (bool, bool) { return true, false }
	}
	mat := material{st: c.st, events: c.events, facts: f, at: at, answersAt: at, sheets: s.Books.Of(c.st.Meeting.Tenant).At(day(at)), visible: func(person string, item consent.Item) bool {
		show, _ := read(person, item)
		return show && sealed(person, item)
	}}
	mat.number, mat.version, mat.copied = rec.Number, rec.Version, true
	if rec.Kind == archive.KindMinutes && c.read == nil && !f.anySecret() {
		mat.at = rec.SealedAt
		return mat, nil // its content says all of it
	}
	// split keeps the parts the copy may hold, and tells of the others where that may be told.
	split := func(parts []plans.Part, hide func(plans.Part)) (kept []plans.Part) {
		for _, p := range parts {
			show, tell := read(p.PersonID, p.Item)
			switch {
			case c.held.without(p), !sealed(p.PersonID, p.Item):
			case show:
				kept = append(kept, p)
			case tell:
				hide(p)
			}
		}
		return kept
	}
	if err := s.copyPlan(ctx, &mat, split); err != nil {
		return mat, err
	}
	if rec.Kind == archive.KindMinutes {
		parts, err := s.minutesSealed(ctx, c)
		if err != nil {
			return mat, err
		}
		var hidden []WithheldRows
		kept := split(parts, func(p plans.Part) {
			if w := countRows(p); w.total() > 0 {
				hidden = append(hidden, w)
			}
		})
		mat.minutes = readMinutes(kept)
		mat.minutes.Withheld = hidden
	}
	if err := s.addMatrix(ctx, &mat); err != nil {
		return mat, err
	}
	mat.at = rec.SealedAt
	return mat, nil
}

// withoutSecrets are persons as if no address of theirs were secret.
func withoutSecrets(list []cases.Person) []cases.Person {
	out := slices.Clone(list)
	for i := range out {
		out[i].AddressSecret = false
	}
	return out
}

// copyPlan reads the plan that was agreed to from its stored version: its documents may have gone on since. A meeting that agreed to none gives none.
func (s *Service) copyPlan(ctx context.Context, mat *material, split func([]plans.Part, func(plans.Part)) []plans.Part) error {
	r := mat.st.round()
	if r == nil || r.Decision == nil || !r.Decision.Outcome.Agreed() {
		return nil
	}
	tenant := mat.st.Meeting.Tenant
	v, err := s.Plans.VersionOf(ctx, tenant, r.PlanID, r.Version)
	if err != nil {
		return err
	}
	if len(v.Canonical) == 0 {
		return fault.New(fault.Gone, "この会議で合意した支援プランは、保存期間が満了し、決裁を経て廃棄されました。区分で選り分ける写し（機関別・本人交付版）は、もう作れません。")
	}
	_, parts, err := plans.StoredParts(v.Canonical, v.Docs)
	if err != nil {
		return err
	}
	if mat.plan, err = s.Plans.ByID(ctx, tenant, r.PlanID); err != nil {
		return err
	}
	var hidden []plans.Withheld
	kept := split(parts, func(p plans.Part) {
		if n := planRows(p); n > 0 {
			b := plans.ReadBody(plans.Plan{}, []plans.Part{p})
			hidden = append(hidden, plans.Withheld{PersonID: p.PersonID, Item: p.Item, Label: p.Item.Label(), Count: n, Actions: len(b.Actions)})
		}
	})
	mat.body = plans.ReadBody(mat.plan, kept)
	mat.body.Withheld = append(mat.body.Withheld, hidden...)
	return nil
}

// Seat tells whether an agency has a seat in the meeting of a record.
func (p *SealedPaper) Seat(agencyID string) bool {
	return slices.ContainsFunc(p.Seats, func(s Seat) bool { return s.AgencyID == agencyID })
}

// CaseAgencies are the agencies a copy can be made for: those of the case now and those with a seat in the meeting.
func (p *SealedPaper) CaseAgencies() []access.Agency {
	var out []access.Agency
	for _, a := range p.Facts.Agencies {
		if p.Seat(a.ID) || p.Facts.member(a.ID) {
			out = append(out, a)
		}
	}
	return out
}
