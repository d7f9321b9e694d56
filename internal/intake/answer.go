package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// ShownPart is a part of a つなぎ as one reader may see it now.
type ShownPart struct {
	Label    string     `json:"label"`
	Lines    []PartLine `json:"lines"`
	Withheld bool       `json:"withheld"`
}

// ReferralView is a つなぎ as one reader may see it now.
type ReferralView struct {
	ReferralLine
	ByName string `json:"byName"`
	ByPost string `json:"byPost"`
	Reason string `json:"reason"`
	// Over: the receiver gave it back, or it was taken back: what was in it is not for the receiver any more.
	Over        bool        `json:"over"`
	Parts       []ShownPart `json:"parts"`
	Answers     []Answer    `json:"answers"`
	MayAnswer   bool        `json:"mayAnswer"`
	MayWithdraw bool        `json:"mayWithdraw"`
	MayPrint    bool        `json:"mayPrint"`
}

var noReferral = fault.New(fault.NotFound, "このつなぎは見つかりません。取り下げられたか、見る権限がない可能性があります。")

// open reads a つなぎ for its reader. Everything it holds is asked of the gate at this moment.
func (s *Service) open(ctx context.Context, actor access.Actor, id string) (Referral, ReferralView, error) {
	r, err := s.reader(ctx, actor)
	if err != nil {
		return Referral{}, ReferralView{}, err
	}
	x, err := s.store.Referral(ctx, access.ScopeOf(actor), id)
	if err != nil {
		return Referral{}, ReferralView{}, err
	}
	line, ok, err := r.line(ctx, x)
	if err != nil || !ok {
		if err == nil {
			err = noReferral
		}
		return Referral{}, ReferralView{}, err
	}
	v := ReferralView{ReferralLine: line, ByName: x.ByName, ByPost: x.ByPost, Reason: x.Reason, Parts: []ShownPart{}, Answers: slices.Clone(x.Answers),
		MayAnswer: x.MayAnswer(actor), MayWithdraw: x.MayWithdraw(actor), MayPrint: !actor.NoCopies && (x.State.Open() || x.State == StateAccepted)}
	for i := range v.Answers {
		v.Answers[i].Label = v.Answers[i].Word.State().Label()
	}
	receiver := !actor.Holder() && actor.AgencyID == x.To
	if v.Over = !x.State.Open() && x.State != StateAccepted; v.Over && receiver {
		v.Reason = ""
		return x, v, nil
	}
	shown, err := s.shown(ctx, actor, x)
	if err != nil {
		return Referral{}, ReferralView{}, err
	}
	for _, p := range x.Parts {
		part := ShownPart{Label: p.Label, Lines: p.Lines}
		if !shown(p) {
			part.Lines, part.Withheld = []PartLine{}, true
		}
		v.Parts = append(v.Parts, part)
	}
	return x, v, nil
}

// shown answers for the parts of a つなぎ: the receiver sees what it may be given now, the sender what it sees of the case now.
func (s *Service) shown(ctx context.Context, actor access.Actor, x Referral) (func(Part) bool, error) {
	if actor.Holder() {
		return func(Part) bool { return true }, nil
	}
	if actor.AgencyID == x.To {
		return s.passes(ctx, x)
	}
	p, err := s.look(ctx, actor, x.CaseID)
	return func(q Part) bool { return q.Plain() || p.sees(q.PersonID, q.Item) }, err
}

// passes answers for the parts of a つなぎ by what its receiver may be given at this moment.
func (s *Service) passes(ctx context.Context, x Referral) (func(Part) bool, error) {
	v, err := s.gate.PassView(ctx, x.Tenant, x.CaseID, x.To)
	may := answers(v)
	return func(q Part) bool { return q.Plain() || may(q.PersonID, q.Item) }, err
}

// Referral opens a つなぎ.
func (s *Service) Referral(ctx context.Context, actor access.Actor, id string) (ReferralView, error) {
	x, v, err := s.open(ctx, actor, id)
	if err != nil {
		return v, err
	}
	return v, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbReferralOpen, x.ID).InCase(x.CaseID))
}

// Answer answers a つなぎ or takes it back; it returns its case. 受領 makes the agency a member of the case.
func (s *Service) Answer(ctx context.Context, actor access.Actor, id string, in Reply) (string, error) {
	x, _, err := s.open(ctx, actor, id)
	if err != nil {
		return "", err
	}
	now := s.clock()
	a, err := x.answer(actor, in, now)
	if err != nil {
		return "", err
	}
	e := actor.Audit(now, access.VerbReferralAnswer, x.ID).InCase(x.CaseID)
	e.Reason = string(in.Answer)
	return x.CaseID, s.store.AnswerReferral(ctx, x, a, e)
}

// Sheet is the つなぎシート: what the receiver may see of it now, and of that what the reader sees.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, id string) (papers.Result, string, error) {
	x, v, err := s.open(ctx, actor, id)
	if err != nil {
		return papers.Result{}, "", err
	}
	switch {
	case actor.NoCopies:
		return papers.Result{}, "", fault.New(fault.Forbidden, "あなたの機関には、PDFを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	case !v.MayPrint:
		return papers.Result{}, "", fault.New(fault.Conflict, "終わったつなぎのシートは作れません。")
	}
	may, err := s.passes(ctx, x)
	if err != nil {
		return papers.Result{}, "", err
	}
	d, err := s.sheet(ctx, actor, x, v, may)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.print.Referral(ctx, d)
	if err != nil {
		return papers.Result{}, "", err
	}
	sum := sha256.Sum256(res.PDF)
	e := actor.Audit(d.At, access.VerbReferralSheet, x.ID).InCase(x.CaseID)
	e.Hash = hex.EncodeToString(sum[:])
	return res, papers.FileName(jptime.DateOf(x.At), d.Head, "つなぎシート"), s.store.AppendAudit(ctx, e)
}

// SheetDoc is the つなぎシート of a case with all that was handed over, for who holds the case. The reading is in the log.
func (s *Service) SheetDoc(ctx context.Context, actor access.Actor, caseID, id string) (papers.ReferralDoc, error) {
	x, v, err := s.open(ctx, actor, id)
	switch {
	case err != nil:
		return papers.ReferralDoc{}, err
	case x.CaseID != caseID || !actor.Holder():
		return papers.ReferralDoc{}, noReferral
	}
	if err := s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbReferralOpen, x.ID).InCase(x.CaseID)); err != nil {
		return papers.ReferralDoc{}, err
	}
	return s.sheet(ctx, actor, x, v, func(Part) bool { return true })
}

// Listed are the つなぎ of a case, for those who hold it.
func (s *Service) Listed(ctx context.Context, actor access.Actor, caseID string) ([]papers.Listed, error) {
	list, err := s.ReferralsOf(ctx, actor, caseID)
	var out []papers.Listed
	for _, x := range list {
		out = append(out, papers.Listed{ID: x.ID, Title: "つなぎシート", Note: jptime.FormatDateTime(x.At) + "　" + x.ToName})
	}
	return out, err
}

// sheet is the つなぎシート of what may be passed on.
func (s *Service) sheet(ctx context.Context, actor access.Actor, x Referral, v ReferralView, may func(Part) bool) (papers.ReferralDoc, error) {
	town, err := s.store.MunicipalityName(ctx, actor.Tenant)
	if err != nil {
		return papers.ReferralDoc{}, err
	}
	now := s.clock()
	d := papers.ReferralDoc{Head: papers.Head{Municipality: town, Tenant: actor.Tenant, CaseID: x.CaseNumber, At: now, Version: 0}, From: x.FromName,
		By: papers.Person{Post: x.ByPost, Name: x.ByName}, To: x.ToName, Sent: x.At, Reason: x.Reason, State: x.State.Label()}
	if actor.Outside {
		d.CopyFor = actor.AgencyName + "　" + actor.Name + "　" + jptime.FormatDateTime(now)
	}
	d.Wish, _ = jptime.Parse(x.Wish)
	for i, p := range x.Parts {
		part := papers.ReferralPart{Title: p.Label, Withheld: v.Parts[i].Withheld || !may(p)}
		for _, l := range p.Lines {
			if !part.Withheld {
				part.Fields = append(part.Fields, papers.Field{Label: l.Label, Value: l.Value, Name: l.Name})
			}
		}
		d.Parts = append(d.Parts, part)
	}
	return d, nil
}

// Days are after how many days without an answer a つなぎ is 未確認.
func (s *Service) Days(ctx context.Context, actor access.Actor) (int, error) {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return 0, err
	}
	return s.store.ReferralDays(ctx, actor.Tenant)
}

// SetDays changes that number.
func (s *Service) SetDays(ctx context.Context, actor access.Actor, days int) error {
	if err := access.Require(actor, access.ActAdminister); err != nil {
		return err
	}
	if days < 1 || days > MaxDays {
		return fault.Newf(fault.Invalid, "日数は1日から%d日までです。", MaxDays).On("days")
	}
	return s.store.SaveReferralDays(ctx, actor.Tenant, days, actor.Audit(s.clock(), access.VerbReferralDays, ""))
}
