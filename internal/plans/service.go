package plans

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// Service is what can be done with plans outside of the acts of a meeting.
type Service struct {
	store  Store
	docs   Docs
	gate   live.Gate
	now    func() time.Time
	lately Lately
}

// NewService makes the service.
func NewService(store Store, docs Docs, gate live.Gate, now func() time.Time) *Service {
	return &Service{store: store, docs: docs, gate: gate, now: now}
}

func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Create makes the next plan of a case: empty, or (previousID not "") with the documents of the previous one as they stand, rows
// keeping their ids. Holders only. Conflict when previousID is not the newest plan of the case.
func (s *Service) Create(ctx context.Context, actor access.Actor, caseID, previousID string) (Plan, error) {
	if !actor.Holder() {
		return Plan{}, fault.New(fault.Forbidden, "プランを作成できるのは、多機関協働担当と市所管課です。")
	}
	h, err := s.store.PlanHousehold(ctx, actor.Tenant, caseID)
	if err != nil {
		return Plan{}, err
	}
	now := s.clock()
	p := Plan{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, PreviousID: previousID, CreatedAt: now, CreatedBy: actor.UserID, CreatedFor: actor.AgencyID}
	docs, err := s.first(ctx, actor, p, h, now)
	if err != nil {
		return Plan{}, err
	}
	return s.store.CreatePlan(ctx, p, docs, actor.Audit(now, access.VerbPlanCreate, p.ID).InCase(caseID))
}

// first lists the documents a plan begins with: 基本情報 of the household and of every person, and what the previous plan had.
func (s *Service) first(ctx context.Context, actor access.Actor, p Plan, h Household, now time.Time) ([]NewDoc, error) {
	var docs []NewDoc
	have := map[Place]bool{}
	add := func(person string, item consent.Item, initial []byte, clients map[uint64]string) {
		at := Place{PersonID: person, Item: item}
		if have[at] {
			return
		}
		have[at] = true
		docs = append(docs, NewDoc{Meta: live.Meta{Tenant: actor.Tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindPlan, CaseID: p.CaseID,
			OwnerID: p.ID, PersonID: person, Item: item}, Initial: initial, Clients: clients})
	}
	if p.PreviousID != "" {
		prev, err := s.store.PlanByID(ctx, access.Scope{Tenant: actor.Tenant, All: true}, p.PreviousID)
		if err != nil {
			return nil, err
		}
		if prev.CaseID != p.CaseID {
			return nil, fault.New(fault.Invalid, "前回のプランは同じケースのものを選んでください。").On("previous")
		}
		metas, err := s.store.OwnedDocs(ctx, actor.Tenant, live.KindPlan, prev.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range metas {
			d, err := s.docs.ReadDocument(ctx, actor.Tenant, m.ID)
			if err != nil {
				return nil, err
			}
			state, err := d.State()
			if err != nil {
				return nil, err
			}
			if len(d.Keys()) == 0 && len(d.TextKeys()) == 0 {
				state = nil
			}
			// Whoever wrote the previous plan is in its log; here the text comes from the one who made the copy.
			add(m.PersonID, m.Item, state, nil)
		}
	}
	add("", consent.ItemBasic, nil, nil)
	for _, person := range h.Persons {
		add(person.ID, consent.ItemBasic, nil, nil)
	}
	return docs, nil
}

// reading is a plan as one actor may read it.
type reading struct {
	plan     Plan
	house    Household
	refs     []DocRef
	parts    []Part // readable ones
	withheld []Withheld
	member   bool // the gate knows the actor as somebody of this case or meeting
}

// read asks the gate for every document of a plan.
func (s *Service) read(ctx context.Context, actor access.Actor, meetingID, planID string) (reading, error) {
	if actor.Tenant == "" {
		return reading{}, fault.New(fault.Unauthorized, "")
	}
	if actor.Guest() {
		meetingID = actor.GuestMeeting
	}
	scope := access.ScopeOf(actor)
	if meetingID != "" && !actor.Holder() { // its plan and those before it; the gate decides for each document
		scope = access.Scope{Tenant: actor.Tenant, MeetingID: meetingID}
	}
	p, err := s.store.PlanByID(ctx, scope, planID)
	if err != nil {
		return reading{}, err
	}
	r := reading{plan: p, member: actor.Holder()}
	if r.house, err = s.store.PlanHousehold(ctx, actor.Tenant, p.CaseID); err != nil {
		return reading{}, err
	}
	metas, err := s.store.OwnedDocs(ctx, actor.Tenant, live.KindPlan, p.ID)
	if err != nil {
		return reading{}, err
	}
	gate := s.gate.Round()
	for _, m := range metas {
		if err := s.readOne(ctx, gate, actor, meetingID, m, &r); err != nil {
			return reading{}, err
		}
	}
	if !r.member {
		return reading{}, fault.New(fault.NotFound, "")
	}
	return r, nil
}

func (s *Service) readOne(ctx context.Context, gate live.Gate, actor access.Actor, meetingID string, m live.Meta, r *reading) error {
	rights, err := gate.Rights(ctx, actor, meetingID, m)
	if err != nil {
		return err
	}
	ref := Ref(m, rights)
	if !rights.Read && !Disclosed(rights) {
		return nil // not even that it exists
	}
	r.member = true
	d, err := s.docs.ReadDocument(ctx, actor.Tenant, m.ID)
	if err != nil {
		return err
	}
	part := Part{Place: Place{DocID: m.ID, PersonID: m.PersonID, Item: m.Item}, Source: d}
	if rights.Read {
		r.refs = append(r.refs, ref)
		r.parts = append(r.parts, part)
		return nil
	}
	if rows, actions := count(part); rows > 0 {
		r.refs = append(r.refs, ref)
		r.withheld = append(r.withheld, Withheld{PersonID: m.PersonID, Item: m.Item, Label: m.Item.Label(), Count: rows, Actions: actions})
	}
	return nil
}

// Ref is a document as its rights show it; a document that may not be read has no wire name and no id.
func Ref(m live.Meta, r live.Rights) DocRef {
	ref := DocRef{Kind: m.Kind, PersonID: m.PersonID, Item: m.Item, ItemLabel: m.Item.Label(), Read: r.Read, Write: r.Read && r.Write,
		OwnAgencyOnly: r.OwnAgencyOnly, Frozen: m.Frozen, Reason: r.Reason}
	if r.Read {
		ref.Doc, ref.DocID = m.Name(), m.ID
	}
	if ref.Write && m.Frozen {
		ref.Write, ref.Reason = false, "frozen"
	}
	if ref.Write {
		ref.Reason = ""
	} else {
		ref.ReasonLabel = reasonLabel(ref.Reason)
	}
	return ref
}

// Disclosed tells whether the reader may know that there is something withheld: only where consent is what is missing. Address
// secrecy and people without any tie to the case learn nothing.
func Disclosed(r live.Rights) bool { return DisclosedFor(consent.Reason(r.Reason)) }

// DisclosedFor is Disclosed for an answer of the gate.
func DisclosedFor(r consent.Reason) bool {
	switch r {
	case consent.ReasonConsent, consent.ReasonNoConsent, consent.ReasonScope, consent.ReasonPurpose, consent.ReasonWithdrawn, consent.ReasonExpired:
		return true
	}
	return false
}

func reasonLabel(code string) string {
	switch code {
	case "frozen":
		return "合意の確認のため固定しています"
	case "closed":
		return "閉会したため書き込めません"
	case "role":
		return "閲覧のみです"
	case "consent":
		return "同意範囲外"
	case "member":
		return "構成員ではありません"
	}
	return consent.Reason(code).Label()
}

// Get is the plan for one reader, in the context of a meeting or ("") outside of any.
func (s *Service) Get(ctx context.Context, actor access.Actor, meetingID, planID string) (View, error) {
	return s.GetIn(ctx, actor, meetingID, planID, Setting{Day: s.clock().In(jst).Format(time.DateOnly)})
}

// GetIn is Get with what the meeting knows: who has a seat, who came, which rows go on without ◎ and why.
func (s *Service) GetIn(ctx context.Context, actor access.Actor, meetingID, planID string, set Setting) (View, error) {
	r, err := s.read(ctx, actor, meetingID, planID)
	if err != nil {
		return View{}, err
	}
	answers, err := s.store.PlanAnswers(ctx, actor.Tenant, planID)
	if err != nil {
		return View{}, err
	}
	versions, err := s.store.PlanVersions(ctx, actor.Tenant, planID)
	if err != nil {
		return View{}, err
	}
	body := ReadBody(r.plan, r.parts)
	body.Withheld = append(body.Withheld, r.withheld...)
	v := View{Plan: r.plan, Docs: orEmpty(r.refs), Withheld: body.Withheld, Body: body, Answers: Current(body, answers), Versions: orEmpty(versions)}
	v.Matrix = RoleMatrix(body, r.house, v.Answers, set)
	if w, err := s.handedOver(ctx, r, body, versions); err != nil {
		return View{}, err
	} else if w.Code != "" {
		v.Matrix.Warnings = append(v.Matrix.Warnings, w)
	}
	v.Columns, v.Warnings = v.Matrix.Columns, v.Matrix.Warnings
	v.Frozen = proposed(versions)
	v.Abilities = Abilities{
		Edit:   slices.ContainsFunc(r.refs, func(d DocRef) bool { return d.Write }),
		Answer: actor.AgencyID != "" && slices.ContainsFunc(v.Columns, func(c Column) bool { return c.ID == actor.AgencyID }) && !actor.HasAny(access.RoleObserver),
		Ensure: v.Frozen == nil && slices.ContainsFunc(r.refs, func(d DocRef) bool { return d.Write }),
		Take:   !actor.Guest() && !actor.NoCopies && (actor.Holder() || actor.HasAny(access.RoleAgency, access.RoleChair)),
	}
	if v.Diff, err = s.sinceAgreed(ctx, actor, meetingID, r, body); err != nil {
		return View{}, err
	}
	return v, s.opened(ctx, actor, meetingID, r.plan)
}

// opened writes down that somebody has read a plan.
func (s *Service) opened(ctx context.Context, actor access.Actor, meetingID string, p Plan) error {
	now := s.clock()
	return s.lately.Once(now, actor.Tenant+" "+actor.UserID+" "+actor.SessionID, meetingID+" "+p.ID, func() error {
		return s.store.AppendAudit(ctx, actor.Audit(now, access.VerbPlanOpen, p.ID).InCase(p.CaseID).InMeeting(meetingID))
	})
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// proposed is the version agreement is asked for now, if any.
func proposed(versions []Version) *Version {
	for i := range versions {
		if versions[i].State == VersionProposed || versions[i].State == VersionFreezing {
			return &versions[i]
		}
	}
	return nil
}

// EnsureDoc gives the document of a person and item class for rows of that class, making it when missing. The gate decides as if it
// existed. Conflict while the plan is frozen.
func (s *Service) EnsureDoc(ctx context.Context, actor access.Actor, meetingID, planID, personID string, item consent.Item) (DocRef, error) {
	r, err := s.read(ctx, actor, meetingID, planID)
	if err != nil {
		return DocRef{}, err
	}
	if actor.Guest() {
		meetingID = actor.GuestMeeting
	}
	if !item.Valid() || (personID != "" && !slices.ContainsFunc(r.house.Persons, func(p Person) bool { return p.ID == personID })) {
		return DocRef{}, fault.New(fault.Invalid, "対象者と情報の区分を選び直してください。").On("item")
	}
	now := s.clock()
	m := live.Meta{Tenant: actor.Tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindPlan, CaseID: r.plan.CaseID, OwnerID: planID, PersonID: personID, Item: item}
	rights, err := s.gate.Rights(ctx, actor, meetingID, m)
	if err != nil {
		return DocRef{}, err
	}
	if !rights.Read || !rights.Write {
		return DocRef{}, fault.New(fault.Forbidden, "この区分の情報は、同意の範囲により書き込めません。")
	}
	metas, err := s.store.OwnedDocs(ctx, actor.Tenant, live.KindPlan, planID)
	if err != nil {
		return DocRef{}, err
	}
	if slices.ContainsFunc(metas, func(m live.Meta) bool { return m.Frozen }) {
		return DocRef{}, fault.New(fault.Conflict, "プランは合意の確認のため固定されています。直すときは議長に編集の再開を求めてください。")
	}
	got, err := s.store.EnsureDocs(ctx, []live.Meta{m}, actor.Audit(now, access.VerbDocOpen, m.ID).InCase(m.CaseID).InMeeting(meetingID))
	if err != nil {
		return DocRef{}, err
	}
	return Ref(got[0], rights), nil
}

// AnswerRole records the answer of the actor's own agency outside of a meeting's acts (事後の引受, 持ち帰りの回答).
func (s *Service) AnswerRole(ctx context.Context, actor access.Actor, meetingID, planID string, in AnswerInput) (AnswerView, error) {
	a, err := s.PrepareAnswer(ctx, actor, meetingID, planID, in)
	if err != nil {
		return AnswerView{}, err
	}
	e := actor.Audit(a.At, access.VerbRoleAnswer, planID).InMeeting(meetingID)
	e.Hash = a.CellHash
	if err := s.store.AddPlanAnswer(ctx, a, e); err != nil {
		return AnswerView{}, err
	}
	return AnswerView{RoleAnswer: a, Label: a.Answer.Label()}, nil
}

// PrepareAnswer checks an answer against what the actor may read now and makes the record, for the transaction of a meeting.
func (s *Service) PrepareAnswer(ctx context.Context, actor access.Actor, meetingID, planID string, in AnswerInput) (RoleAnswer, error) {
	if actor.HasAny(access.RoleObserver) && !actor.HasAny(access.RoleAgency, access.RoleSecretariat, access.RoleCity) {
		return RoleAnswer{}, fault.New(fault.Forbidden, "助言者は役割に回答しません。")
	}
	r, err := s.read(ctx, actor, meetingID, planID)
	if err != nil {
		return RoleAnswer{}, err
	}
	return MakeAnswer(actor, ReadBody(r.plan, r.parts), in, meetingID, s.clock())
}
