package reviews

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/plans"
)

// Kind tells モニタリング from 評価.
type Kind string

// The kinds.
const (
	KindMonitor    Kind = "monitor"    // モニタリング
	KindEvaluation Kind = "evaluation" // 評価
)

// Mark is what is said of a goal: a code of the list progress, in a 評価 of goal_result.
type Mark struct {
	Goal string `json:"goal"`
	Code string `json:"code"`
}

// Said is what belongs to a person and a class of information.
type Said struct {
	Change        string   `json:"change"`        // 本人の変化
	Voice         string   `json:"voice"`         // 本人の感想・希望
	Found         string   `json:"found"`         // 新たな課題, 残された課題
	View          string   `json:"view"`          // 支援者の意見
	Changes       []string `json:"changes"`       // 見られた変化, codes of the list change
	AgencyChanges []string `json:"agencyChanges"` // 支援機関側の変化
	EndReason     string   `json:"endReason"`     // 終結理由
	After         string   `json:"after"`         // 終結後の見守り・再相談先
}

// Record is one モニタリング or 評価. Names are as known at that time.
type Record struct {
	ID, Tenant       string
	Kind             Kind
	CaseID, PlanID   string
	Day              string // 実施日, ISO
	AgencyID         string
	AgencyName       string
	UserID, UserName string
	Goals            []Mark
	Verdict          string // of the list monitor_verdict, in a 評価 of evaluation
	NextDay          string // next モニタリング, "" = none
	PersonID         string // whose the words are; "" = the household
	Item             consent.Item
	Said             Said
	Replaces         string
	RecordedAt       time.Time
}

// PlanRef is the newest agreed plan of a case.
type PlanRef struct {
	ID    string
	Round int
}

// Watched is an agreed plan of a case that goes on, with what its newest モニタリング said.
type Watched struct {
	CaseID, CaseNumber string
	PlanID             string
	Round              int
	LastDay            string // "" = none was made
	NextDay            string
}

// Store keeps records. Whoever reads has asked the gate; the scope limits to the cases somebody can have to do with.
type Store interface {
	// Reviews returns those of a case, newest first, corrected ones too; at most 300. NotFound outside the scope.
	Reviews(ctx context.Context, s access.Scope, caseID string) ([]Record, error)
	// AddReview stores one with its audit entry. What is there already, word by word, stays, and added is false. Conflict: the id is taken by something
	// else, or what it corrects was corrected. NotFound: no such plan of the case, or nothing of the agency to correct.
	AddReview(ctx context.Context, r Record, e access.Entry) (added bool, err error)
	// AgreedPlan finds the newest agreed plan of a case; the zero one when there is none. NotFound outside the scope.
	AgreedPlan(ctx context.Context, s access.Scope, caseID string) (PlanRef, error)
	// WatchedPlans returns, by number of the case descending and behind after, the newest agreed plan of each case that is neither 終結 nor 中断.
	WatchedPlans(ctx context.Context, s access.Scope, after string, limit int) ([]Watched, error)
	// CountAgreedPlans is that of meeting.Overdues.
	CountAgreedPlans(ctx context.Context, s access.Scope) (int, error)
	// Case and Persons are those of cases.Store.
	Case(ctx context.Context, s access.Scope, id string) (cases.Case, error)
	Persons(ctx context.Context, s access.Scope, caseID string) ([]cases.Person, error)
	MunicipalityName(ctx context.Context, tenant string) (string, error)
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Gate is what is asked of the gatekeeper.
type Gate interface {
	Fieldwork(ctx context.Context, actor access.Actor, caseID string) (cases.FieldRights, error)
}

// Plans reads a plan as an actor may read it outside of meetings.
type Plans interface {
	Readable(ctx context.Context, actor access.Actor, meetingID, planID string) (plans.Body, plans.Household, error)
}
