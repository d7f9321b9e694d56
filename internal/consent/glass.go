package consent

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Glass (緊急時の閲覧, break-glass) lets a システム管理者, who sees no case, read one in a disaster: the holders cannot be reached and a child is in danger.
// It is for one case, on a basis, with a reason, for a while, and reads alone. 利害関係者の閲覧遮断, 住所秘匿 and 特定機関に非開示 stay. From the first moment every
// holder of the record is told, until one of them who is somebody else has looked at it (事後確認).
type Glass struct {
	ID       string     `json:"id"`
	Tenant   string     `json:"-"`
	CaseID   string     `json:"caseId"`
	Number   string     `json:"number"` // ケースID, when read
	UserID   string     `json:"userId"`
	UserName string     `json:"userName"`
	Basis    Basis      `json:"basis"`
	Reason   string     `json:"reason"`
	At       time.Time  `json:"at"`
	Until    time.Time  `json:"until"`
	EndedBy  string     `json:"endedBy"`
	EndedAt  *time.Time `json:"endedAt"`

	ReviewedBy   string     `json:"reviewedBy"`
	ReviewedName string     `json:"reviewedName"`
	ReviewedAt   *time.Time `json:"reviewedAt"`
	Finding      Finding    `json:"finding"`
	Note         string     `json:"note"`
}

// Finding is what the review found (事後確認の結果).
type Finding string

// The findings.
const (
	FindingProper   Finding = "proper"   // 適切
	FindingImproper Finding = "improper" // 不適切
)

// Label is what the screen says; "" while nothing was found.
func (f Finding) Label() string {
	switch f {
	case FindingProper:
		return "適切"
	case FindingImproper:
		return "不適切"
	}
	return ""
}

// Bounds of a glass.
const (
	GlassUsual = time.Hour
	GlassMost  = 4 * time.Hour
)

// Ends is when it is over: its own end, or the earlier one somebody made.
func (g Glass) Ends() time.Time {
	if g.EndedAt != nil && g.EndedAt.Before(g.Until) {
		return *g.EndedAt
	}
	return g.Until
}

// Live tells whether it holds at a moment.
func (g Glass) Live(at time.Time) bool { return !at.Before(g.At) && at.Before(g.Ends()) }

// GlassInput is a glass as entered. Minutes 0 means the usual hour.
type GlassInput struct {
	Number  string `json:"number"`
	Basis   Basis  `json:"basis"`
	Reason  string `json:"reason"`
	Minutes int    `json:"minutes"`
}

func (in GlassInput) check() error {
	switch {
	case strings.TrimSpace(in.Number) == "" || text.GraphemeLen(in.Number) > 60:
		return fault.New(fault.Invalid, "ケース番号を入力してください(例:K2026-0012)。").On("number")
	case in.Basis.Label() == "":
		return fault.New(fault.Invalid, "根拠を選んでください。").On("basis")
	case in.Minutes < 1 || time.Duration(in.Minutes)*time.Minute > GlassMost:
		return fault.Newf(fault.Invalid, "時間は1分から%.0f分までにしてください。", GlassMost.Minutes()).On("minutes")
	case strings.TrimSpace(in.Reason) == "":
		return fault.New(fault.Invalid, "理由を入力してください。なぜ事務局・所管課を待てないかを書いてください。").On("reason")
	}
	return text.Memo("reason", "理由", in.Reason, 500)
}

// BreakGlass opens one case to the actor for reading. Administrators only. NotFound: no such case, or one the actor is kept from. Conflict: the actor holds the
// record anyway, or has another one open. A refused attempt is written down.
func (s *Service) BreakGlass(ctx context.Context, actor access.Actor, in GlassInput) (Glass, error) {
	if err := access.Require(actor, access.ActGlassBreak); err != nil {
		return Glass{}, err
	}
	if in.Minutes == 0 {
		in.Minutes = int(GlassUsual / time.Minute)
	}
	if err := in.check(); err != nil {
		return Glass{}, err
	}
	if actor.Holder() {
		return Glass{}, fault.New(fault.Conflict, "あなたは記録の保有者なので、緊急時の閲覧は要りません。ケースの一覧から開いてください。")
	}
	now := s.moment()
	g := Glass{ID: access.NewID(now), Tenant: actor.Tenant, Number: strings.TrimSpace(in.Number), UserID: actor.UserID, UserName: actor.Name, Basis: in.Basis,
		Reason: in.Reason, At: now, Until: now.Add(time.Duration(in.Minutes) * time.Minute)}
	caseID, err := s.store.GlassCase(ctx, actor.Tenant, actor.UserID, g.Number)
	if err != nil {
		return Glass{}, s.unbroken(ctx, actor, "", err)
	}
	g.CaseID = caseID
	e := actor.Audit(now, access.VerbGlassBreak, g.ID).InCase(caseID)
	e.Reason = string(g.Basis)
	if e.Hash, err = hash(g); err != nil {
		return Glass{}, err
	}
	if err := s.store.InsertGlass(ctx, g, e); err != nil {
		return Glass{}, s.unbroken(ctx, actor, caseID, err)
	}
	return g, nil
}

// unbroken writes down that somebody tried, and gives the cause back.
func (s *Service) unbroken(ctx context.Context, actor access.Actor, caseID string, cause error) error {
	e := actor.Audit(s.now(), access.VerbGlassBreak, "").InCase(caseID).Denied(fault.KindOf(cause).String())
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return fmt.Errorf("audit of a refusal: %w", err)
	}
	return fmt.Errorf("break glass: %w", cause)
}

// GlassNow is the case the actor may read now by 緊急時の閲覧, with the glass; nil for everybody else.
func (s *Service) GlassNow(ctx context.Context, actor access.Actor) (*Glass, error) {
	if !access.Can(actor, access.ActGlassBreak) || actor.Holder() {
		return nil, nil
	}
	list, err := s.OwnGlasses(ctx, actor)
	if err != nil {
		return nil, err
	}
	now := s.moment()
	for _, g := range list {
		if g.Live(now) {
			return &g, nil
		}
	}
	return nil, nil
}

// OwnGlasses are those of the actor, newest first.
func (s *Service) OwnGlasses(ctx context.Context, actor access.Actor) ([]Glass, error) {
	if err := access.Require(actor, access.ActGlassBreak); err != nil {
		return nil, err
	}
	list, err := s.store.OwnGlasses(ctx, actor.Tenant, actor.UserID)
	if err != nil {
		return nil, fmt.Errorf("own glasses: %w", err)
	}
	return list, nil
}

// Glasses lists those of the municipality, newest first, for who holds the record and who keeps the log; open: those alone that nobody has reviewed.
func (s *Service) Glasses(ctx context.Context, actor access.Actor, open bool) ([]Glass, error) {
	if err := access.Require(actor, access.ActGlassRead); err != nil {
		return nil, err
	}
	list, err := s.store.Glasses(ctx, access.ScopeOf(actor), open)
	if err != nil {
		return nil, fmt.Errorf("glasses: %w", err)
	}
	return list, nil
}

// EndGlass takes it back at once, also on open connections: whoever broke it, or a holder of the record.
func (s *Service) EndGlass(ctx context.Context, actor access.Actor, id string) (Glass, error) {
	if err := access.Require(actor, access.ActGlassEnd); err != nil {
		return Glass{}, err
	}
	g, err := s.glass(ctx, actor, id)
	if err != nil {
		return Glass{}, err
	}
	now := s.moment()
	if !g.Live(now) {
		return Glass{}, fault.New(fault.Conflict, "この緊急時の閲覧は、もう終わっています。")
	}
	g.EndedBy, g.EndedAt = actor.UserID, &now
	e := actor.Audit(now, access.VerbGlassEnd, id).InCase(g.CaseID)
	return g, s.store.EndGlass(ctx, g, e)
}

func (s *Service) glass(ctx context.Context, actor access.Actor, id string) (Glass, error) {
	if access.Can(actor, access.ActGlassReview) {
		g, err := s.store.Glass(ctx, access.ScopeOf(actor), id)
		if err != nil {
			return Glass{}, fmt.Errorf("glass: %w", err)
		}
		return g, nil
	}
	list, err := s.OwnGlasses(ctx, actor)
	if err != nil {
		return Glass{}, err
	}
	for _, g := range list {
		if g.ID == id {
			return g, nil
		}
	}
	return Glass{}, fault.New(fault.NotFound, "緊急時の閲覧の記録が見つかりません。")
}

// ReviewInput is a review as entered.
type ReviewInput struct {
	Finding Finding `json:"finding"`
	Note    string  `json:"note"`
}

// ReviewGlass (事後確認) says afterwards whether it was right. Holders only, once, and never whoever broke it. Conflict: one's own, not over yet, or reviewed.
func (s *Service) ReviewGlass(ctx context.Context, actor access.Actor, id string, in ReviewInput) (Glass, error) {
	if err := access.Require(actor, access.ActGlassReview); err != nil {
		return Glass{}, err
	}
	switch {
	case in.Finding.Label() == "":
		return Glass{}, fault.New(fault.Invalid, "結果(適切・不適切)を選んでください。").On("finding")
	case strings.TrimSpace(in.Note) == "":
		return Glass{}, fault.New(fault.Invalid, "確認した内容を入力してください。").On("note")
	}
	if err := text.Memo("note", "確認した内容", in.Note, 500); err != nil {
		return Glass{}, err
	}
	g, err := s.store.Glass(ctx, access.ScopeOf(actor), id)
	now := s.moment()
	switch {
	case err != nil:
		return Glass{}, fmt.Errorf("glass: %w", err)
	case g.UserID == actor.UserID:
		return Glass{}, fault.New(fault.Conflict, "自分が行った緊急時の閲覧は、自分では確認できません。別の担当者に依頼してください。")
	case g.Live(now):
		return Glass{}, fault.New(fault.Conflict, "この緊急時の閲覧はまだ続いています。終わってから、または終わらせてから確認してください。")
	case g.ReviewedAt != nil:
		return Glass{}, fault.New(fault.Conflict, "この緊急時の閲覧は、もう確認されています。")
	}
	g.ReviewedBy, g.ReviewedName, g.ReviewedAt, g.Finding, g.Note = actor.UserID, actor.Name, &now, in.Finding, in.Note
	e := actor.Audit(now, access.VerbGlassReview, id).InCase(g.CaseID)
	e.Reason = string(g.Finding)
	if e.Hash, err = hash(g); err != nil {
		return Glass{}, err
	}
	return g, s.store.ReviewGlass(ctx, g, e)
}

// moment is now as the store keeps it.
func (s *Service) moment() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
