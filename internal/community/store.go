package community

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// Store keeps the register. Every method is of one municipality.
type Store interface {
	// Places lists every place, with the name of its agency, in the order of id.
	Places(ctx context.Context, tenant string) ([]Place, error)
	// Place is one of them; NotFound when there is none.
	Place(ctx context.Context, tenant, id string) (Place, error)
	// SavePlace writes a new place (N is 1) or changes one whose N was one less. Conflict when it has changed meanwhile; Invalid on agencyId when the agency
	// is not one of the municipality. issue, if not "", becomes the state of the 地域課題 the place was made of.
	SavePlace(ctx context.Context, tenant string, p Place, issue string, e access.Entry) error
	// PlaceDays lists the activity days of a place that stand, newest first.
	PlaceDays(ctx context.Context, tenant, placeID string) ([]Day, error)
	// AddDay writes a day; NotFound when there is no such place. DropDay takes one back; NotFound when it does not stand.
	AddDay(ctx context.Context, tenant string, d Day, e access.Entry) error
	DropDay(ctx context.Context, tenant, placeID, id string, at time.Time, e access.Entry) error
	// PlaceLinks lists the links of a place, newest first, with the names of persons: for whom the gate shows each.
	PlaceLinks(ctx context.Context, tenant, placeID string) ([]Link, error)
	// AddLink writes a link. NotFound when there is no such place, or no such person in the case.
	AddLink(ctx context.Context, tenant string, l Link, e access.Entry) error
	// SetLink changes the result of a link whose N was one less; Conflict otherwise.
	SetLink(ctx context.Context, tenant string, l Link, e access.Entry) error
	// PlaceCares lists what was done for those who take people in, newest first. AddCare: NotFound when there is no such place.
	PlaceCares(ctx context.Context, tenant, placeID string) ([]Care, error)
	AddCare(ctx context.Context, tenant string, c Care, e access.Entry) error
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Gate tells who may see what of a person outside of meetings; cases.Gatekeeper is it.
type Gate interface {
	CanSee(ctx context.Context, actor access.Actor, meetingID, caseID, personID string, item consent.Item) (consent.Decision, error)
}

// Issues shows a 地域課題 to whom its list shows it; meeting.Service is it. NotFound otherwise.
type Issues interface {
	LocalIssueText(ctx context.Context, actor access.Actor, meetingID, noteID string) (string, error)
}

// What becomes of a 地域課題 by a resource that is made of it: states of the list of 地域課題 (meeting.IssueState).
const (
	IssueMaking = "resource" // 新しい資源へ
	IssueMade   = "done"     // 資源ができた
)
