package plans

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/live"
)

// Store keeps plans, their versions and the answers to roles. One type implements every store of Kasane, so
// methods are named after plans or shared with the same signature. All reads with a Scope return NotFound (or nothing)
// outside of it; the zero Scope sees nothing.
// A guest's scope (MeetingID) sees the plan that meeting discusses and its predecessors' versions.
//
// Freezing, reopening and agreeing are part of a meeting's transaction: see meeting.Change.
type Store interface {
	Leads
	// CreatePlan writes the plan row, its documents (with their first update, if any, as row 1 by the actor of the entry, and its client
	// ids bound as given) and the audit entry in one transaction. Round is given by the store: 1 + the highest round of the case; the plan with it is
	// returned. Conflict if p.PreviousID is not the newest plan of the case (or is "" while there is one).
	CreatePlan(ctx context.Context, p Plan, docs []NewDoc, e access.Entry) (Plan, error)
	// PlanByID returns one plan. NotFound outside of the scope.
	PlanByID(ctx context.Context, s access.Scope, id string) (Plan, error)
	// PlansOfCase returns the plans of a case, newest round first.
	PlansOfCase(ctx context.Context, s access.Scope, caseID string) ([]Plan, error)
	// OwnedDocs returns the documents of an owner (plan id for KindPlan, meeting id for KindMinutes) ordered by person id,
	// item, id.
	OwnedDocs(ctx context.Context, tenant string, kind live.Kind, ownerID string) ([]live.Meta, error)
	// EnsureDocs is the one of cases.Store: it returns, in the order asked, the document of each (kind, case, owner, person,
	// item), creating the missing ones.
	EnsureDocs(ctx context.Context, want []live.Meta, e access.Entry) ([]live.Meta, error)
	// PlanVersions returns the versions of a plan, newest first, without Canonical.
	PlanVersions(ctx context.Context, tenant, planID string) ([]Version, error)
	// PlanVersion returns one version with Canonical. NotFound if there is none.
	PlanVersion(ctx context.Context, tenant, planID string, n int) (Version, error)
	// PlanAnswers returns every role answer of the plan, oldest first (ties by id).
	PlanAnswers(ctx context.Context, tenant, planID string) ([]RoleAnswer, error)
	// AddPlanAnswer appends an answer given outside of a meeting, with its audit entry.
	AddPlanAnswer(ctx context.Context, a RoleAnswer, e access.Entry) error
	// PlanHousehold reads persons and agencies of a case in one transaction. NotFound if there is no such case.
	PlanHousehold(ctx context.Context, tenant, caseID string) (Household, error)
	// AppendAudit writes entries of reads and refusals, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Docs reads documents as committed; live.Service is it. Whoever calls has asked the gate.
type Docs interface {
	ReadDocument(ctx context.Context, tenant, docID string) (*live.Document, error)
}
