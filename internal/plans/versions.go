package plans

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// NewVersion prepares the next version of a plan, for the transaction that freezes the documents and fills the heads.
func (s *Service) NewVersion(ctx context.Context, actor access.Actor, planID, meetingID string, now time.Time) (Version, error) {
	scope := access.Scope{Tenant: actor.Tenant, All: true}
	p, err := s.store.PlanByID(ctx, scope, planID)
	if err != nil {
		return Version{}, err
	}
	versions, err := s.store.PlanVersions(ctx, actor.Tenant, planID)
	if err != nil {
		return Version{}, err
	}
	n := 1
	for _, v := range versions {
		n = max(n, v.N+1)
		if v.State == VersionAgreed {
			return Version{}, fault.New(fault.Conflict, "このプランはすでに合意されています。変更するときは、再プランを作成してください。")
		}
		if v.State == VersionProposed || v.State == VersionFreezing {
			return Version{}, fault.New(fault.Conflict, "このプランは、別の会議で合意の確認をしています。その会議の結果を待ってください。")
		}
	}
	metas, err := s.store.OwnedDocs(ctx, actor.Tenant, live.KindPlan, planID)
	if err != nil {
		return Version{}, err
	}
	v := Version{Tenant: actor.Tenant, PlanID: planID, CaseID: p.CaseID, N: n, State: VersionFreezing, MeetingID: meetingID, FrozenAt: now, FrozenBy: actor.UserID}
	for _, m := range metas {
		v.Docs = append(v.Docs, DocHead{DocID: m.ID, Epoch: m.Epoch, PersonID: m.PersonID, Item: m.Item})
	}
	return v, nil
}

// Fix computes the canonical JSON and hash of a version from its documents, which are frozen at its heads. The same version gives the
// same bytes whoever computes it.
func (s *Service) Fix(ctx context.Context, v Version) (Version, error) {
	p, parts, err := s.At(ctx, v)
	if err != nil {
		return Version{}, err
	}
	docs := make([]DocState, 0, len(parts))
	for _, part := range parts {
		d, ok := part.Source.(*live.Document)
		if !ok {
			return Version{}, fault.Wrap(fault.Internal, errors.New("plans: not a live document"), "")
		}
		state, _ := d.Canonical()
		docs = append(docs, DocState{PersonID: part.PersonID, Item: string(part.Item), State: state})
	}
	v.Canonical, v.Hash = CanonicalPlan(p, docs)
	v.State = VersionProposed
	return v, nil
}

// At reads the documents of a version from their logs. A document that does not stand at its head is Internal: the freeze was broken.
func (s *Service) At(ctx context.Context, v Version) (Plan, []Part, error) {
	p, err := s.store.PlanByID(ctx, access.Scope{Tenant: v.Tenant, All: true}, v.PlanID)
	if err != nil {
		return Plan{}, nil, err
	}
	parts := make([]Part, 0, len(v.Docs))
	for _, h := range v.Docs {
		d, err := s.docs.ReadDocument(ctx, v.Tenant, h.DocID)
		if err != nil {
			return Plan{}, nil, err
		}
		if d.Seq() != h.Head {
			return Plan{}, nil, fault.Wrap(fault.Internal, fmt.Errorf("plans: document %s stands at %d, frozen at %d", h.DocID, d.Seq(), h.Head), "")
		}
		parts = append(parts, Part{Place: Place{DocID: h.DocID, PersonID: h.PersonID, Item: h.Item}, Source: d})
	}
	return p, parts, nil
}

// Whole reads every document of a plan as it stands, for closing and for checks of the meeting; it asks no gate, and what it
// returns must not reach a reader. heads are the sequences that were read.
func (s *Service) Whole(ctx context.Context, tenant, planID string) (p Plan, parts []Part, heads map[string]int64, err error) {
	if p, err = s.store.PlanByID(ctx, access.Scope{Tenant: tenant, All: true}, planID); err != nil {
		return p, nil, nil, err
	}
	metas, err := s.store.OwnedDocs(ctx, tenant, live.KindPlan, planID)
	if err != nil {
		return p, nil, nil, err
	}
	heads = map[string]int64{}
	for _, m := range metas {
		d, err := s.docs.ReadDocument(ctx, tenant, m.ID)
		if err != nil {
			return p, nil, nil, err
		}
		heads[m.ID] = d.Seq()
		parts = append(parts, Part{Place: Place{DocID: m.ID, PersonID: m.PersonID, Item: m.Item}, Source: d})
	}
	return p, parts, heads, nil
}

// Answers returns every role answer of a plan, oldest first, for closing.
func (s *Service) Answers(ctx context.Context, tenant, planID string) ([]RoleAnswer, error) {
	return s.store.PlanAnswers(ctx, tenant, planID)
}

// VersionsOf returns the versions of a plan, newest first, without canonical JSON.
func (s *Service) VersionsOf(ctx context.Context, tenant, planID string) ([]Version, error) {
	return s.store.PlanVersions(ctx, tenant, planID)
}

// ByID returns a plan of the municipality, for services that have decided already.
func (s *Service) ByID(ctx context.Context, tenant, planID string) (Plan, error) {
	return s.store.PlanByID(ctx, access.Scope{Tenant: tenant, All: true}, planID)
}

// VersionOf returns one version with its canonical JSON.
func (s *Service) VersionOf(ctx context.Context, tenant, planID string, n int) (Version, error) {
	return s.store.PlanVersion(ctx, tenant, planID, n)
}

// Readable is what an actor may read of a plan: body with withheld entries, and the household's agencies; for drafts of papers.
func (s *Service) Readable(ctx context.Context, actor access.Actor, meetingID, planID string) (Body, Household, error) {
	r, err := s.read(ctx, actor, meetingID, planID)
	if err != nil {
		return Body{}, Household{}, err
	}
	body := ReadBody(r.plan, r.parts)
	body.Withheld = append(body.Withheld, r.withheld...)
	return body, r.house, nil
}

// sinceAgreed compares with the newest agreed version of this plan or its predecessors; nil if there is none.
func (s *Service) sinceAgreed(ctx context.Context, actor access.Actor, meetingID string, r reading, body Body) ([]Change, error) {
	for id := r.plan.ID; id != ""; {
		versions, err := s.store.PlanVersions(ctx, actor.Tenant, id)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			if v.State == VersionAgreed {
				before, err := s.readStored(ctx, actor, meetingID, id, v.N)
				if err != nil {
					return nil, err
				}
				return Diff(before, body, names(r.house)), nil
			}
		}
		p, err := s.store.PlanByID(ctx, access.Scope{Tenant: actor.Tenant, All: true}, id)
		if err != nil {
			return nil, err
		}
		id = p.PreviousID
	}
	return nil, nil
}

// Compare is the field diff between two versions of a plan; to = 0 means the plan as it stands. Only what the reader may see now
// is compared.
func (s *Service) Compare(ctx context.Context, actor access.Actor, meetingID, planID string, from, to int) ([]Change, error) {
	r, err := s.read(ctx, actor, meetingID, planID)
	if err != nil {
		return nil, err
	}
	before, err := s.readStored(ctx, actor, meetingID, planID, from)
	if err != nil {
		return nil, err
	}
	after := ReadBody(r.plan, r.parts)
	if to != 0 {
		if after, err = s.readStored(ctx, actor, meetingID, planID, to); err != nil {
			return nil, err
		}
	}
	return Diff(before, after, names(r.house)), s.opened(ctx, actor, meetingID, r.plan)
}

// readStored is a stored version as the reader may see it now: the gate is asked today, not then.
func (s *Service) readStored(ctx context.Context, actor access.Actor, meetingID, planID string, n int) (Body, error) {
	if actor.Guest() {
		meetingID = actor.GuestMeeting
	}
	v, err := s.store.PlanVersion(ctx, actor.Tenant, planID, n)
	if err != nil {
		return Body{}, err
	}
	if len(v.Canonical) == 0 {
		return Body{}, fault.New(fault.NotFound, "この版はまだ確定していません。")
	}
	p, parts, err := StoredParts(v.Canonical, v.Docs)
	if err != nil {
		return Body{}, err
	}
	var visible []Part
	gate := s.gate.Round()
	for _, part := range parts {
		rights, err := gate.Rights(ctx, actor, meetingID, live.Meta{Tenant: actor.Tenant, ID: part.DocID, Epoch: 1, Kind: live.KindPlan, CaseID: v.CaseID,
			OwnerID: planID, PersonID: part.PersonID, Item: part.Item, Frozen: true})
		if err != nil {
			return Body{}, err
		}
		if rights.Read {
			visible = append(visible, part)
		}
	}
	return ReadBody(p, visible), nil
}

func names(h Household) map[string]string {
	m := map[string]string{}
	for _, a := range h.Agencies {
		m[a.ID] = a.Name
	}
	return m
}
