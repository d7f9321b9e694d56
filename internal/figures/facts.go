package figures

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// Case is what is counted of a case: when, where it stands, and of its 本人 the sex and the day of birth.
type Case struct {
	ID        string
	Stage     cases.Stage
	Opened    time.Time
	Updated   time.Time
	Ended     *time.Time // 終結日; a case that goes on has none
	Sex       string
	Birth     string // ISO date, may be partial or ""
	Consents  []Consent
	Addressed bool // has a 本人
}

// Consent is when a consent of a case was in force.
type Consent struct {
	From, Until time.Time
	Withdrawn   *time.Time // in whole
}

// Plan is an agreed plan: when its meeting closed, and the how-manieth of its case it is.
type Plan struct {
	CaseID string
	Agreed time.Time
	Round  int
}

// Contact is what is counted of a 働きかけ記録: when, how, and whether the person was met. What was corrected counts as it was corrected.
type Contact struct {
	CaseID string
	At     time.Time
	Method string
	Met    bool // 本人
}

// Meeting is what is counted of a meeting that was closed.
type Meeting struct {
	ID       string
	CaseID   string
	Sitting  string // 開催: several cases in one; "" stands alone
	Mode     consent.Mode
	Opened   time.Time
	Closed   time.Time
	Sealed   *time.Time // first version of the 会議録
	Agencies int        // 出席機関
	People   int        // 出席者
	Remote   int        // of them from afar
	Issues   int        // 地域課題メモ put into the list
}

// Step (段階の経過) is a case that came to a stage.
type Step struct {
	CaseID string
	Stage  cases.Stage
	At     time.Time
	Gap    bool // what came after it is not known: the next step is where the case was found
}

// Intake is what is counted of a 相談の受付: codes, and no word.
type Intake struct {
	CaseID     string
	At         time.Time
	AgencyName string
	Route      string
	Triage     string
	Urgency    string
	Fields     []string
}

// Handed is what is counted of a つなぎ.
type Handed struct {
	CaseID string
	At     time.Time
	State  string
}

// Store reads the facts; the store is it. A scope is of who asks: a case its reader is kept from (閲覧遮断) is not counted for them, or it could be found by subtracting.
type Store interface {
	// FigureCases gives every case of the scope.
	FigureCases(ctx context.Context, sc access.Scope) ([]Case, error)
	// FigurePlans gives the plans first agreed to in [from, to).
	FigurePlans(ctx context.Context, sc access.Scope, from, to time.Time) ([]Plan, error)
	// FigureContacts gives the contacts of アウトリーチ in [from, to).
	FigureContacts(ctx context.Context, sc access.Scope, from, to time.Time) ([]Contact, error)
	// EachClosedMeeting gives the meetings closed in [from, to) with their events.
	EachClosedMeeting(ctx context.Context, sc access.Scope, from, to time.Time, fn func(m Meeting, as meeting.Meeting, events []meeting.Event) error) error
	// FigureArea gives the 社会資源台帳, kinds as codes.
	FigureArea(ctx context.Context, sc access.Scope) (Area, error)
	// FigureNetwork gives the agencies, who works in which running case, and the つなぎ since a moment.
	FigureNetwork(ctx context.Context, sc access.Scope, from time.Time) (NetworkFacts, error)
	// FigureAnswers counts the choices in the sheets of the cases opened in [from, to), as far as they were read (Tally).
	FigureAnswers(ctx context.Context, sc access.Scope, from, to time.Time) ([]Answered, error)
	// FigureSteps gives the way of every case through its stages: by case, each in order.
	FigureSteps(ctx context.Context, sc access.Scope) ([]Step, error)
	// FigureIntakes gives the 受付 in [from, to), FigureReferrals the つなぎ.
	FigureIntakes(ctx context.Context, sc access.Scope, from, to time.Time) ([]Intake, error)
	FigureReferrals(ctx context.Context, sc access.Scope, from, to time.Time) ([]Handed, error)
	// FigureLines gives number and first letters of cases, as far as the scope lets them through, by number.
	FigureLines(ctx context.Context, sc access.Scope, ids []string) ([]Line, error)
	// FigureTargets gives the targets of a 年度.
	FigureTargets(ctx context.Context, tenant string, year int) ([]Target, error)
	// SaveTargets changes targets, all of them or none. Conflict: one is no longer what it was.
	SaveTargets(ctx context.Context, by access.Actor, year int, changes []TargetChange, at time.Time, e access.Entry) error
	CourseStore
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// attend fills in what only the events tell.
func (m *Meeting) attend(as meeting.Meeting, events []meeting.Event) error {
	st, err := meeting.Fold(as, events)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, p := range st.People {
		if !p.Attended() {
			continue
		}
		m.People++
		if p.Form == meeting.FormRemote {
			m.Remote++
		}
		there[p.AgencyID] = true
	}
	for _, seat := range st.Seats {
		if !seat.Observer && seat.Excused != "absent" && there[seat.AgencyID] {
			m.Agencies++
		}
	}
	for _, n := range st.Notes {
		if n.Kind == meeting.NoteLocal && n.Shared && n.State != "dropped" {
			m.Issues++
		}
	}
	return nil
}
