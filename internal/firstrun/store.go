package firstrun

import (
	"context"
	"time"

	"kasane/internal/access"
)

// Step (段階) is one of the seven. Stable: stored.
type Step string

// The steps, in their order.
const (
	StepTown      Step = "town"      // 自治体
	StepAgencies  Step = "agencies"  // 関係機関
	StepKinds     Step = "kinds"     // 会議種別
	StepRetention Step = "retention" // 保存年限
	StepLogo      Step = "logo"      // ロゴ
	StepSignIn    Step = "signin"    // サインインの決まり
	StepSummary   Step = "summary"   // 確認と控え
)

// Steps lists them in their order.
func Steps() []Step {
	return []Step{StepTown, StepAgencies, StepKinds, StepRetention, StepLogo, StepSignIn, StepSummary}
}

// Mark says that somebody is done with a step.
type Mark struct {
	Step   Step
	At     time.Time
	ByID   string
	ByName string
}

// Kept is what is kept of a municipality here.
type Kept struct {
	Town  Town
	Demo  bool
	Since time.Time // the municipality was made
	// Logo is the stamp of its mark, "" = none.
	Logo          string
	Width, Height int
	Marks         []Mark
	Aside         bool // a demo that was never asked is aside
}

// Store keeps them. Every mutation writes its audit entry in the same transaction.
type Store interface {
	// FirstRun reads what is kept of a municipality; NotFound when there is none.
	FirstRun(ctx context.Context, tenant string) (Kept, error)
	// SaveTown sets name, code and year. Conflict on "code" when another municipality of the installation has it; two may have none.
	SaveTown(ctx context.Context, tenant string, t Town, e access.Entry) error
	// SaveLogo puts the mark in the place of the one before.
	SaveLogo(ctx context.Context, tenant string, l Logo, m Mark, e access.Entry) error
	// DropLogo takes the mark away; no error when there is none.
	DropLogo(ctx context.Context, tenant string, e access.Entry) error
	// Logo reads the mark; NotFound when there is none.
	Logo(ctx context.Context, tenant string) (Logo, error)
	// MarkStep says that a step is done, or (done false) that it is open again. A mark that stands keeps who made it.
	MarkStep(ctx context.Context, tenant string, m Mark, done bool, e access.Entry) error
	// PutAside says whether the screens go on asking.
	PutAside(ctx context.Context, tenant string, aside bool, e access.Entry) error
}
