package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
	"kasane/internal/text"
)

// Handover (主担当の引き継ぎ) of a 支援項目: the agency with ◎ offers it, another accepts or not. Until it is accepted the ◎ stays where it is.
type Handover struct {
	ID       string       `json:"id"`
	DocID    string       `json:"docId"`
	ActionID string       `json:"actionId"`
	PersonID string       `json:"personId"` // with Item whose row it is, and of which class: the offer is shown to whom the row is shown
	Item     consent.Item `json:"item"`
	From     string       `json:"from"`
	FromName string       `json:"fromName"`
	To       string       `json:"to"`
	ToName   string       `json:"toName"`
	Stay     plans.Code   `json:"stay"` // what the offering agency goes on with
	Note     string       `json:"note"`
	By       string       `json:"by"`
	At       time.Time    `json:"at"`
	DoneAt   *time.Time   `json:"doneAt,omitempty"`
	DoneBy   string       `json:"doneBy,omitempty"`
	Accepted bool         `json:"accepted"`
	Reason   string       `json:"reason"`
}

type handoverData struct {
	DocID    string       `json:"docId"`
	ActionID string       `json:"actionId"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	From     string       `json:"from"`
	FromName string       `json:"fromName"`
	To       string       `json:"to"`
	ToName   string       `json:"toName"`
	Stay     plans.Code   `json:"stay"`
	Note     string       `json:"note"`
}

type handoverDoneData struct {
	ID       string `json:"id"`
	FromName string `json:"fromName"`
	ToName   string `json:"toName"`
	Accept   bool   `json:"accept"`
	Reason   string `json:"reason"`
}

func foldHandover(s *State, e Event, d handoverData) {
	s.Handovers = append(s.Handovers, Handover{ID: eventID("h", e), DocID: d.DocID, ActionID: d.ActionID, PersonID: d.PersonID, Item: d.Item, From: d.From,
		FromName: d.FromName, To: d.To, ToName: d.ToName, Stay: d.Stay, Note: d.Note, By: e.ActorName, At: e.At})
}

func foldHandoverDone(s *State, e Event, d handoverDoneData) {
	for i := range s.Handovers {
		if h := &s.Handovers[i]; h.ID == d.ID && h.DoneAt == nil {
			at := e.At
			h.DoneAt, h.DoneBy, h.Accepted, h.Reason = &at, e.ActorName, d.Accept, d.Reason
		}
	}
}

func needHandover(s State, sub subject) string {
	if why := needSpeaking(s, sub); why != "" {
		return why
	}
	if slices.ContainsFunc(s.Handovers, func(h Handover) bool {
		return h.DoneAt == nil && (h.To == sub.actor.AgencyID || h.From == sub.actor.AgencyID)
	}) {
		return ""
	}
	return "あなたの機関への、主担当の引き継ぎの申し出はありません。"
}

// rowOf finds a 支援項目 as the actor may read it. Ids of rows are made by clients, so the document belongs to the name.
func (d *deed) rowOf(ctx context.Context, docID, actionID string) (plans.Action, error) {
	m := d.st.Meeting
	if m.PlanID == "" {
		return plans.Action{}, fault.New(fault.Conflict, "この会議にはプランがありません。")
	}
	body, _, err := d.s.Plans.Readable(ctx, d.sub.actor, m.ID, m.PlanID)
	if err != nil {
		return plans.Action{}, err
	}
	for _, a := range body.Actions {
		if a.ID == actionID && a.DocID == docID {
			return a, nil
		}
	}
	return plans.Action{}, fault.New(fault.NotFound, "この支援項目は見つかりません。画面を更新してください。").On("actionId")
}

func doHandover(ctx context.Context, d *deed) error {
	in := handoverData{Stay: plans.CodeMain}
	if err := d.read(&in); err != nil {
		return err
	}
	if err := text.Memo("note", "申し送り", in.Note, 500); err != nil {
		return err
	}
	action, err := d.rowOf(ctx, in.DocID, in.ActionID)
	if err != nil {
		return err
	}
	own := d.sub.actor.AgencyID
	to := d.st.seat(in.To)
	switch c, ok := action.Cell(own); {
	case !ok || c.Code != plans.CodeLead:
		return fault.New(fault.Conflict, "この支援項目の主担当（◎）は、あなたの機関ではありません。").On("actionId")
	case in.To == own || to == nil || to.Observer:
		return fault.New(fault.Invalid, "引き継ぐ先の機関を、席のある機関から選んでください。").On("to")
	case !slices.Contains([]plans.Code{plans.CodeMain, plans.CodeAssist, plans.CodeWatch, plans.CodeInform, plans.CodeNone}, in.Stay):
		return fault.New(fault.Invalid, "引き継いだあとの、あなたの機関の役割を選んでください。").On("stay")
	case slices.ContainsFunc(d.st.Handovers, func(h Handover) bool {
		return h.DoneAt == nil && h.DocID == in.DocID && h.ActionID == in.ActionID
	}):
		return fault.New(fault.Conflict, "この支援項目には、返事を待っている申し出があります。取り下げてから申し出てください。")
	}
	in.PersonID, in.Item, in.From, in.FromName, in.ToName = action.PersonID, action.Item, own, d.st.seatName(own), to.Name
	return d.emit(KindHandover, in)
}

func (s *State) seatName(agencyID string) string {
	if seat := s.seat(agencyID); seat != nil {
		return seat.Name
	}
	return ""
}

// doHandoverAnswer: the agency asked accepts or refuses, the one that offered may take it back. With the acceptance both cells change in
// the plan, and the new ◎ is accepted as it then stands: one transaction.
func doHandoverAnswer(ctx context.Context, d *deed) error {
	var in handoverDoneData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	i := slices.IndexFunc(d.st.Handovers, func(h Handover) bool { return h.ID == in.ID && h.DoneAt == nil })
	if i < 0 {
		return fault.New(fault.NotFound, "この申し出は見つからないか、すでに返事がされています。")
	}
	h := d.st.Handovers[i]
	own := d.sub.actor.AgencyID
	switch {
	case own != h.To && (own != h.From || in.Accept):
		return fault.New(fault.Forbidden, "返事ができるのは、引き継ぎを頼まれた機関です。")
	case own == h.To && !in.Accept && text.Required("reason", "理由", in.Reason) != nil:
		return fault.New(fault.Invalid, "引き受けられない理由を書いてください。").On("reason")
	}
	in.FromName, in.ToName = h.FromName, h.ToName
	if err := d.emit(KindHandoverDone, in); err != nil {
		return err
	}
	d.audit = access.VerbRoleAnswer
	if !in.Accept {
		return nil
	}
	return d.handOver(ctx, h)
}

// handOver moves the ◎ of a row.
func (d *deed) handOver(ctx context.Context, h Handover) error {
	action, err := d.rowOf(ctx, h.DocID, h.ActionID)
	if err != nil {
		return err
	}
	if c, ok := action.Cell(h.From); !ok || c.Code != plans.CodeLead {
		return fault.New(fault.Conflict, "申し出のあとに、この支援項目の主担当（◎）が変わりました。申し出を取り下げて、もう一度確かめてください。")
	}
	m := d.st.Meeting
	metas, err := d.s.Store.OwnedDocs(ctx, m.Tenant, live.KindPlan, m.PlanID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(metas, func(x live.Meta) bool { return x.ID == h.DocID })
	if i < 0 {
		return fault.New(fault.NotFound, "")
	}
	r, err := d.s.Gate.Rights(ctx, d.sub.actor, m.ID, metas[i])
	if err != nil {
		return err
	}
	if !r.Read || !r.Write || metas[i].Frozen {
		return fault.New(fault.Forbidden, "この区分の情報は、同意の範囲または会議の状態により書き込めません。")
	}
	r.OwnAgencyOnly = false // the other cell is that of the agency that offered
	batch, err := d.s.Docs.Prepare(ctx, d.sub.actor, metas[i], r, func(b *live.Builder) error {
		b.Cell(h.ActionID, h.From, map[string]any{"code": string(h.Stay)}, nil)
		b.Cell(h.ActionID, h.To, map[string]any{"code": string(plans.CodeLead)}, nil)
		return nil
	})
	if err != nil {
		return err
	}
	d.change.Append = append(d.change.Append, batch)
	cell, _ := action.Cell(h.To)
	cell.Column, cell.Code = h.To, plans.CodeLead
	by := d.sub.actor
	a := plans.RoleAnswer{ID: access.NewID(d.now), Tenant: m.Tenant, PlanID: m.PlanID, DocID: h.DocID, ActionID: h.ActionID, AgencyID: by.AgencyID, AgencyName: by.AgencyName,
		Answer: plans.AnswerAccept, CellHash: plans.CellHash(action.Text, cell), UserID: by.UserID, UserName: by.Name, UserPost: by.Post, MeetingID: m.ID, At: d.now}
	d.change.Role = &a
	return d.emit(KindRole, a)
}

// handovers are the offers about rows the reader may see.
func (s *State) handovers(can func(string, consent.Item) bool) []Handover {
	out := []Handover{}
	for _, h := range s.Handovers {
		if can(h.PersonID, h.Item) {
			out = append(out, h)
		}
	}
	return out
}

func (t teller) handover(d handoverData) string {
	s := d.FromName + "が" + d.ToName + "に主担当（◎）の引き継ぎを申し出た"
	if t.can(d.PersonID, d.Item) {
		s += t.because(d.Note)
	}
	return s
}

func (t teller) handoverDone(d handoverDoneData) string {
	s := d.ToName + "が" + d.FromName + "からの主担当（◎）の引き継ぎを"
	if d.Accept {
		return s + "引き受けた"
	}
	s += "引き受けなかった、または申し出が取り下げられた"
	for _, h := range t.st.Handovers {
		if h.ID == d.ID && t.can(h.PersonID, h.Item) {
			s += t.because(d.Reason)
		}
	}
	return s
}
