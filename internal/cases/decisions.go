package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// DecisionState (起案の状態).
type DecisionState string

// The states.
const (
	DecisionOpen     DecisionState = "open"     // 決裁中
	DecisionApproved DecisionState = "approved" // 決裁済み
	DecisionReturned DecisionState = "returned" // 差戻し
	DecisionVoid     DecisionState = "void"     // 取下げ
)

// Label is the Japanese word of the state.
func (s DecisionState) Label() string {
	return map[DecisionState]string{DecisionOpen: "決裁中", DecisionApproved: "決裁済み", DecisionReturned: "差戻し", DecisionVoid: "取下げ"}[s]
}

// Verdict is what is said at one step of a 決裁.
type Verdict string

// The verdicts. A 起案 is taken back by who made it.
const (
	VerdictApprove Verdict = "approve" // 承認
	VerdictReturn  Verdict = "return"  // 差戻し
	VerdictVoid    Verdict = "void"    // 取下げ
)

// maxSteps is how many hands a 起案 goes through at most.
const maxSteps = 8

// Decision (支援決定の起案) asks the municipality to decide on support. It holds for the case as it stood when it was made: once the case has gone to another
// stage, another one is needed.
type Decision struct {
	ID          string         `json:"id"`
	Tenant      string         `json:"-"`
	CaseID      string         `json:"-"`
	CaseVersion int64          `json:"-"`
	Note        string         `json:"note"`
	Steps       []string       `json:"steps"`
	ByID        string         `json:"-"`
	ByName      string         `json:"byName"`
	ByPost      string         `json:"byPost"`
	At          time.Time      `json:"at"`
	State       DecisionState  `json:"state"`
	Marks       []DecisionMark `json:"marks"` // in order of the steps
}

// DecisionMark is what one hand said.
type DecisionMark struct {
	N       int       `json:"n"`
	Verdict Verdict   `json:"verdict"`
	Reason  string    `json:"reason"`
	ByID    string    `json:"-"`
	ByName  string    `json:"byName"`
	ByPost  string    `json:"byPost"`
	At      time.Time `json:"at"`
}

// next says whose turn it is, from 1; 0 nobody's.
func (d Decision) next() int {
	if d.State != DecisionOpen {
		return 0
	}
	return len(d.Marks) + 1
}

// mayMark refuses who may not speak at the next step: the city decides, nobody twice, and nobody on what they have asked for themselves.
func (d Decision) mayMark(a access.Actor) error {
	switch {
	case !a.Has(access.RoleCity) || a.Guest():
		return fault.New(fault.Forbidden, "決裁できるのは、市の所管課の職員だけです。")
	case d.ByID == a.UserID:
		return fault.New(fault.Forbidden, "自分の起案は決裁できません。ほかの職員に頼んでください。")
	case slices.ContainsFunc(d.Marks, func(m DecisionMark) bool { return m.ByID == a.UserID }):
		return fault.New(fault.Forbidden, "前の段を決裁した人は、続けて決裁できません。次の職員に頼んでください。")
	}
	return nil
}

// DecisionView is 支援決定 of a case for who holds the record.
type DecisionView struct {
	Steps     []string       `json:"steps"` // as they are set now; none: no 決裁 is needed
	Decisions []DecisionLine `json:"decisions"`
	MayDraft  bool           `json:"mayDraft"`
	// Decided: the case may go to 支援決定.
	Decided bool `json:"decided"`
}

// DecisionLine is a 起案 with what the reader may do.
type DecisionLine struct {
	Decision
	StateLabel string `json:"stateLabel"`
	Step       string `json:"step"` // whose turn it is
	MayMark    bool   `json:"mayMark"`
	MayVoid    bool   `json:"mayVoid"`
	// Past: it was of an earlier stage of the case and counts no more.
	Past bool `json:"past"`
}

// Decisions tells who holds the record where 支援決定 stands.
func (s *Service) Decisions(ctx context.Context, actor access.Actor, caseID string) (DecisionView, error) {
	v := DecisionView{Steps: []string{}, Decisions: []DecisionLine{}}
	if err := holder(actor); err != nil {
		return v, err
	}
	c, list, steps, err := s.decisionsOf(ctx, actor, caseID)
	if err != nil {
		return v, err
	}
	v.Steps = append(v.Steps, steps...)
	open := false
	for _, d := range slices.Backward(list) {
		l := DecisionLine{Decision: d, StateLabel: d.State.Label(), Past: d.CaseVersion != c.Version}
		if d.State == DecisionOpen {
			open = true
			l.Step, l.MayMark, l.MayVoid = d.Steps[d.next()-1], !l.Past && d.mayMark(actor) == nil, d.ByID == actor.UserID || actor.Has(access.RoleCity)
		}
		v.Decided = v.Decided || d.State == DecisionApproved && !l.Past
		v.Decisions = append(v.Decisions, l)
	}
	v.Decided = v.Decided || len(steps) == 0
	v.MayDraft = len(steps) > 0 && c.Stage == StagePlanning && !open && !v.Decided
	return v, nil
}

func (s *Service) decisionsOf(ctx context.Context, actor access.Actor, caseID string) (Case, []Decision, []string, error) {
	scope := access.ScopeOf(actor)
	c, err := s.store.Case(ctx, scope, caseID)
	if err != nil {
		return c, nil, nil, fmt.Errorf("case: %w", err)
	}
	list, err := s.store.Decisions(ctx, scope, caseID)
	if err != nil {
		return c, nil, nil, fmt.Errorf("decisions: %w", err)
	}
	steps, err := s.store.DecisionSteps(ctx, actor.Tenant)
	return c, list, steps, err
}

// DraftDecision asks for 支援決定 (起案). Conflict: the case is in another stage, one is under way, or no 決裁 is needed here.
func (s *Service) DraftDecision(ctx context.Context, actor access.Actor, caseID, note string) error {
	if err := holder(actor); err != nil {
		return err
	}
	for _, err := range []error{text.Required("note", "起案の内容", note), text.Memo("note", "起案の内容", note, 1000)} {
		if err != nil {
			return err
		}
	}
	c, _, steps, err := s.decisionsOf(ctx, actor, caseID)
	switch {
	case err != nil:
		return err
	case len(steps) == 0:
		return fault.New(fault.Conflict, "この市町村では、支援決定に決裁の段を設けていません。そのまま「支援決定」に進められます。")
	case c.Stage != StagePlanning:
		return fault.Newf(fault.Conflict, "支援決定の起案は、「%s」のケースでできます(今は「%s」です)。", StagePlanning.Label(), c.Stage.Label())
	}
	now := s.time()
	d := Decision{ID: access.NewID(now), Tenant: actor.Tenant, CaseID: caseID, CaseVersion: c.Version, Note: note, Steps: steps, ByID: actor.UserID, ByName: actor.Name,
		ByPost: actor.Post, At: now, State: DecisionOpen}
	return s.store.AddDecision(ctx, d, actor.Audit(now, access.VerbDecisionDraft, d.ID).InCase(caseID))
}

// MarkInput is what is said on a 起案. N is the step the actor saw.
type MarkInput struct {
	N       int     `json:"n"`
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason"`
}

// MarkDecision approves a 起案 at its next step, returns it, or takes it back.
func (s *Service) MarkDecision(ctx context.Context, actor access.Actor, caseID, id string, in MarkInput) error {
	if err := holder(actor); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	c, list, _, err := s.decisionsOf(ctx, actor, caseID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(d Decision) bool { return d.ID == id })
	if i < 0 {
		return fault.New(fault.NotFound, "この起案は見つかりません。画面を更新してください。")
	}
	d := list[i]
	if err := d.checkMark(actor, c, in); err != nil {
		return err
	}
	now := s.time()
	m := DecisionMark{N: d.next(), Verdict: in.Verdict, Reason: in.Reason, ByID: actor.UserID, ByName: actor.Name, ByPost: actor.Post, At: now}
	state := map[Verdict]DecisionState{VerdictReturn: DecisionReturned, VerdictVoid: DecisionVoid, VerdictApprove: DecisionOpen}[in.Verdict]
	if in.Verdict == VerdictApprove && m.N == len(d.Steps) {
		state = DecisionApproved
	}
	e := actor.Audit(now, access.VerbDecisionMark, d.ID).InCase(caseID)
	e.Reason = string(in.Verdict)
	return s.store.MarkDecision(ctx, d, m, state, e)
}

func (d Decision) checkMark(actor access.Actor, c Case, in MarkInput) error {
	switch {
	case d.State != DecisionOpen:
		return fault.Newf(fault.Conflict, "この起案は、すでに「%s」です。", d.State.Label())
	case in.N != d.next():
		return fault.New(fault.Conflict, "ほかの人が先に決裁しました。画面を更新してください。")
	case in.Verdict == VerdictVoid:
		if d.ByID != actor.UserID && !actor.Has(access.RoleCity) {
			return fault.New(fault.Forbidden, "起案を取り下げられるのは、起案した人と市の所管課です。")
		}
		return nil
	case in.Verdict != VerdictApprove && in.Verdict != VerdictReturn:
		return fault.New(fault.Invalid, "承認か差戻しを選んでください。").On("verdict")
	case in.Verdict == VerdictReturn && text.Required("reason", "理由", in.Reason) != nil:
		return fault.New(fault.Invalid, "差し戻す理由を書いてください。").On("reason")
	case c.Version != d.CaseVersion:
		return fault.New(fault.Conflict, "起案のあとにケースの段階が変わりました。取り下げて、あらためて起案してください。")
	}
	return d.mayMark(actor)
}

// DecisionSteps are the hands a 起案 goes through.
func (s *Service) DecisionSteps(ctx context.Context, actor access.Actor) ([]string, error) {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return nil, err
	}
	return s.store.DecisionSteps(ctx, actor.Tenant)
}

// SetDecisionSteps changes them; a 起案 that is under way goes on with those it began with.
func (s *Service) SetDecisionSteps(ctx context.Context, actor access.Actor, steps []string) error {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return err
	}
	if len(steps) > maxSteps {
		return fault.Newf(fault.Invalid, "決裁の段は%dまでです。", maxSteps).On("steps")
	}
	for i, l := range steps {
		if err := text.Line("steps", "決裁の段", l, 20); err != nil {
			return err
		}
		if text.Required("steps", "決裁の段", l) != nil || slices.Contains(steps[:i], l) {
			return fault.New(fault.Invalid, "決裁の段に、空欄または同じ名前が2つあります。").On("steps")
		}
	}
	return s.store.SaveDecisionSteps(ctx, actor.Tenant, steps, actor.Audit(s.time(), access.VerbDecisionSteps, ""))
}
