package joining

import (
	"context"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/community"
)

// Store keeps it.
type Store interface {
	// Joinings lists those of a case ("" = of every case) in the scope, by day of their beginning, each with its steps in their order. Whoever shows one has
	// asked the gate.
	Joinings(ctx context.Context, s access.Scope, caseID string) ([]Joining, error)
	// JoiningPage lists those of every case in the scope, of one state or all that go on, quiet longest first, with their steps; after is a Cursor. CountJoinings
	// counts them by state.
	JoiningPage(ctx context.Context, s access.Scope, q Query) ([]Joining, error)
	CountJoinings(ctx context.Context, s access.Scope) (map[State]int, error)
	// AddJoining writes one. NotFound when the case has no such person, Conflict when the person has one of the class that is open.
	AddJoining(ctx context.Context, tenant string, j Joining, e access.Entry) error
	// SaveJoining changes what is looked for where n is one less; Conflict otherwise.
	SaveJoining(ctx context.Context, tenant string, j Joining, e access.Entry) error
	// AddStep adds a step where n of the joining is one less, and ends the joining with a KindEnd; Conflict otherwise. agencyID is of who writes it. A KindStart is written into the
	// コーディネート of the place as well, a KindStop as its result. NotFound when there is no such place.
	AddStep(ctx context.Context, tenant string, j Joining, x Step, agencyID string, e access.Entry) error
	// Places is that of community.Store. Taken tells how many participants are at each place now.
	Places(ctx context.Context, tenant string) ([]community.Place, error)
	Taken(ctx context.Context, tenant string) (map[string]int, error)
	// Persons is that of cases.Store.
	Persons(ctx context.Context, s access.Scope, caseID string) ([]cases.Person, error)
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Query asks for a page.
type Query struct {
	State State // "" = whatever goes on
	After Cursor
	Limit int
}

// Cursor is the place of a line in the list: the page after it begins there.
type Cursor struct{ LastOn, ID string }

// Gate tells what somebody sees of a case; cases.Gatekeeper is it.
type Gate interface {
	View(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
}
