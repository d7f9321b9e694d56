package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// Prepared (準備シートの提出) is the sheet of an agency as it came in.
type Prepared struct {
	AgencyID string
	At       time.Time
	By       string
	Paper    bool // 紙で受領
}

type preparedData struct {
	AgencyID string `json:"agencyId"`
	Paper    bool   `json:"paper,omitempty"`
	Undo     bool   `json:"undo,omitempty"`
}

func foldPrepared(s *State, e Event, d preparedData) {
	s.Prepared = slices.DeleteFunc(s.Prepared, func(p Prepared) bool { return p.AgencyID == d.AgencyID })
	if !d.Undo {
		s.Prepared = append(s.Prepared, Prepared{AgencyID: d.AgencyID, At: e.At, By: e.ActorName, Paper: d.Paper})
	}
}

func (t teller) prepared(d preparedData) string {
	name := t.agency(d.AgencyID)
	switch {
	case d.Undo:
		return name + "の準備シートの提出を取り消した"
	case d.Paper:
		return name + "の準備シートを紙で受け取った"
	}
	return name + "が準備シートを提出した"
}

func (s *State) prepared(agencyID string) *Prepared {
	i := slices.IndexFunc(s.Prepared, func(p Prepared) bool { return p.AgencyID == agencyID })
	if i < 0 {
		return nil
	}
	return &s.Prepared[i]
}

// doPrepared hands in the own agency's sheet, or takes that back. A guest has come for the meeting and speaks in it; the sheet is its agency's.
func doPrepared(ctx context.Context, d *deed) error {
	var in struct {
		Undo bool `json:"undo"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	if d.sub.actor.Guest() {
		return fault.New(fault.Forbidden, "準備シートを提出するのは、機関の職員です。")
	}
	id := d.sub.actor.AgencyID
	if p := d.st.preparedFor(id); p != nil && p.CheckedAt == nil && !in.Undo { // handing in what was entered is to say that it is right
		if err := d.emit(KindPrepFor, prepForData{AgencyID: id, Step: "check"}); err != nil {
			return err
		}
	}
	if p := d.st.prepared(id); (p != nil) == !in.Undo && (p == nil || !p.Paper) {
		return nil // it is so already
	}
	if !in.Undo {
		written, err := d.s.prepWritten(ctx, d.st.Meeting, id)
		if err != nil {
			return err
		}
		if !written {
			return fault.New(fault.Conflict, "準備シートにまだ何も書かれていません。書いてから提出してください。")
		}
	}
	return d.emit(KindPrepared, preparedData{AgencyID: id, Undo: in.Undo})
}

// doPrepPaper notes that a sheet came on paper.
func doPrepPaper(_ context.Context, d *deed) error {
	var in preparedData
	if err := d.read(&in); err != nil {
		return err
	}
	if s := d.st.seat(in.AgencyID); s == nil || s.Observer {
		return fault.New(fault.Invalid, "準備シートを出す機関を、席のある機関から選んでください。").On("agencyId")
	}
	p := d.st.prepared(in.AgencyID)
	if p != nil && !p.Paper {
		return fault.New(fault.Conflict, "この機関の準備シートは、画面から提出されています。")
	}
	if (p != nil) == !in.Undo {
		return nil
	}
	return d.emit(KindPrepared, preparedData{AgencyID: in.AgencyID, Paper: true, Undo: in.Undo})
}

// PrepSheet (準備シート) is the sheet of one agency as a reader may see it.
type PrepSheet struct {
	AgencyID string `json:"agencyId"`
	Name     string `json:"name"`
	Own      bool   `json:"own"`
	// State: "" 未提出 | "done" 提出済み | "paper" 紙で受領
	State string     `json:"state"`
	At    *time.Time `json:"at,omitempty"`
	By    string     `json:"by,omitempty"`
	// For: somebody else entered it (代行入力).
	For *PrepFor `json:"for,omitempty"`
	// MayEnter: the reader enters it for the agency now.
	MayEnter bool `json:"mayEnter"`
	// Docs are the documents of the sheet, with a chip for what is withheld once it was handed in.
	Docs []plans.DocRef `json:"docs"`
}

// PrepBoard is what the agencies prepared, side by side.
type PrepBoard struct {
	Sheets []PrepSheet `json:"sheets"`
	May    bool        `json:"may"` // the own sheet takes writing
}

// Prep lists the 準備シート of a meeting, in the order of the seats: who has handed in, and what of it this reader may open.
func (s *Service) Prep(ctx context.Context, actor access.Actor, meetingID string) (PrepBoard, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return PrepBoard{}, err
	}
	out := PrepBoard{Sheets: []PrepSheet{}}
	out.May = st.gateFacts(actor.Tenant, actor).MayPrepare && !actor.Guest()
	for _, seat := range st.Seats {
		if seat.Observer {
			continue
		}
		sheet := PrepSheet{AgencyID: seat.AgencyID, Name: seat.Name, Own: seat.AgencyID == actor.AgencyID && sub.is(whoSeat) && !actor.Guest()}
		if p := st.prepared(seat.AgencyID); p != nil {
			at := p.At
			sheet.State, sheet.At = map[bool]string{true: "paper", false: "done"}[p.Paper], &at
			if sub.is(whoHolder) || sheet.Own {
				sheet.By = p.By
			}
		}
		if p := st.preparedFor(seat.AgencyID); p != nil {
			f := *p
			if !sub.is(whoHolder) && !sheet.Own {
				f.Teller, f.By, f.CheckedBy = "", "", ""
			}
			sheet.For = &f
			sheet.MayEnter = sub.is(whoHolder) && !sheet.Own && p.CheckedAt == nil && slices.Contains(preparing, st.Meeting.Status)
		}
		if sheet.Docs, err = s.prepRefs(ctx, actor, st.Meeting, seat.AgencyID); err != nil {
			return PrepBoard{}, err
		}
		out.Sheets = append(out.Sheets, sheet)
	}
	return out, nil
}

func (s *Service) prepRefs(ctx context.Context, actor access.Actor, m Meeting, agencyID string) ([]plans.DocRef, error) {
	metas, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindPrep, live.PrepOwner(m.ID, agencyID))
	if err != nil {
		return nil, err
	}
	refs := []plans.DocRef{}
	gate := s.Gate.Round()
	for _, doc := range metas {
		r, err := gate.Rights(ctx, actor, m.ID, doc)
		if err != nil {
			return nil, err
		}
		if !r.Read {
			if !plans.Disclosed(r) || doc.Head == 0 {
				continue
			}
			if d, err := s.Docs.ReadDocument(ctx, m.Tenant, doc.ID); err != nil {
				return nil, err
			} else if len(d.TextKeys()) == 0 { // an empty document tells nothing, so it is not told of either
				continue
			}
		}
		refs = append(refs, plans.Ref(doc, r))
	}
	return refs, nil
}

// prepWritten tells whether an agency has written anything into its sheet.
func (s *Service) prepWritten(ctx context.Context, m Meeting, agencyID string) (bool, error) {
	metas, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindPrep, live.PrepOwner(m.ID, agencyID))
	if err != nil {
		return false, err
	}
	for _, doc := range metas {
		d, err := s.Docs.ReadDocument(ctx, m.Tenant, doc.ID)
		if err != nil {
			return false, err
		}
		if len(d.TextKeys()) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// EnsurePrep gives the document of an agency's sheet for a person and item class, making it when missing: the own one (agencyID ""), or that of
// an agency it is entered for.
func (s *Service) EnsurePrep(ctx context.Context, actor access.Actor, meetingID, agencyID, personID string, item consent.Item) (plans.DocRef, error) {
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
	if agencyID == "" || agencyID == actor.AgencyID {
		agencyID = actor.AgencyID
	} else if err := s.mayPrepareFor(ctx, actor, st, agencyID, personID); err != nil {
		return plans.DocRef{}, err
	}
	now := s.clock()
	m := live.Meta{Tenant: actor.Tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindPrep, CaseID: st.Meeting.CaseID,
		OwnerID: live.PrepOwner(meetingID, agencyID), PersonID: personID, Item: item}
	r, err := s.Gate.Rights(ctx, actor, meetingID, m)
	if err != nil {
		return plans.DocRef{}, err
	}
	if !r.Read || !r.Write {
		return plans.DocRef{}, fault.New(fault.Forbidden, "この対象者の準備シートは、今は書けません。世帯全体の欄に書くか、事務局に相談してください。")
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
