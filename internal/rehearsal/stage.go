package rehearsal

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/text"
)

// stage is the meeting as the desk sees it at one moment.
type stage struct {
	*Director
	room meeting.Room
}

// seen is an event sequence later than any: who plays has always seen the last state.
const seen = 1 << 40

func (s *stage) act(ctx context.Context, by access.Actor, act meeting.Act, params any) error {
	raw, err := json.Marshal(params)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "")
	}
	_, err = s.Meeting.Act(ctx, by, s.id, act, raw, seen)
	return err
}

// enter comes into the room and confirms secrecy where that is asked.
func (s *stage) enter(ctx context.Context, by access.Actor, form meeting.Form) error {
	if err := s.Meeting.Join(ctx, by, s.id, "", form); err != nil {
		return err
	}
	room, err := s.Meeting.State(ctx, by, s.id)
	if err != nil || room.You.Confirmed {
		return err
	}
	return s.act(ctx, by, meeting.ActSecrecy, nil)
}

// here tells whether the agency of somebody is noted as attending.
func (s *stage) here(by access.Actor) bool {
	return slices.ContainsFunc(s.room.Seats, func(l meeting.SeatLine) bool { return l.AgencyID == by.AgencyID && l.Attended })
}

// speaking tells whose turn of the round it is.
func (s *stage) speaking(by access.Actor) bool {
	t := s.room.During.Turns
	return t != nil && slices.ContainsFunc(t.Order, func(x meeting.Turn) bool { return x.AgencyID == by.AgencyID && x.State == "speaking" })
}

// missing tells whether the answer of somebody's agency to the frozen plan is waited for.
func (s *stage) missing(by access.Actor) bool {
	return s.room.Frozen != nil && s.room.Frozen.Hash != "" && slices.Contains(s.room.Answers.Missing, by.AgencyID)
}

// round is how often agreement was asked for, from 1.
func (s *stage) round() int { return len(s.room.Answers.Earlier) + 1 }

// answer says what an agency thinks of the frozen plan.
func (s *stage) answer(ctx context.Context, by access.Actor, answer meeting.Answer, reason string) error {
	if !s.missing(by) {
		return nil
	}
	return s.act(ctx, by, meeting.ActAnswer, map[string]any{"hash": s.room.Frozen.Hash, "answer": answer, "reason": reason, "speaker": by.Name})
}

// accept answers the roles of an agency as they stand.
func (s *stage) accept(ctx context.Context, by access.Actor, answer plans.Answer, reason string) error {
	v, err := s.Meeting.PlanView(ctx, by, s.id)
	if err != nil {
		return err
	}
	for _, a := range v.Body.Actions {
		c, ok := a.Cell(by.AgencyID)
		if !ok || !slices.Contains([]plans.Code{plans.CodeLead, plans.CodeMain, plans.CodeAssist, plans.CodeWatch}, c.Code) {
			continue
		}
		if err := s.act(ctx, by, meeting.ActRole, plans.AnswerInput{ActionID: a.ID, Answer: answer, Reason: reason, CellHash: c.Hash}); err != nil {
			return err
		}
	}
	return nil
}

// typeSpeed is how fast somebody of the play writes.
const typeSpeed = 220 * time.Millisecond

// types writes the text at a key letter by letter, as somebody at a keyboard does. Where something stands already, or somebody else writes meanwhile,
// theirs stays: a practice that goes on after a restart writes nothing twice.
func (s *stage) types(ctx context.Context, by access.Actor, doc, key string, put func(b *live.Builder, written string), words string) error {
	bounds, mine := text.Boundaries(words), ""
	for i := 3; mine != words; i += 3 {
		d, err := s.Live.Load(ctx, by.Tenant, doc)
		if err != nil {
			return err
		}
		if d.Text(key) != mine {
			return nil
		}
		mine = words[:bounds[min(i, len(bounds)-1)]]
		if _, err := s.Live.ServerWrite(ctx, by, doc, func(b *live.Builder) error { put(b, mine); return nil }); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(s.Pause):
		}
	}
	return nil
}

// cell writes into the own cell of the matrix.
func (s *stage) cell(ctx context.Context, by access.Actor, action string, values map[string]any, name, words string) error {
	doc, err := s.planDoc(ctx)
	if err != nil {
		return err
	}
	key := "cell/" + action + "/" + by.AgencyID + "/" + name
	return s.types(ctx, by, doc, key, func(b *live.Builder, written string) {
		b.Cell(action, by.AgencyID, values, map[string]string{name: written})
	}, words)
}

// minutes writes a row into the minutes, as the recorder does.
func (s *stage) minutes(ctx context.Context, kind, row string, ord int, values map[string]any, words string) error {
	by := s.as(desk)
	ref, err := s.Meeting.EnsureDoc(ctx, by, s.id, "", consent.ItemBasic)
	if err != nil {
		return err
	}
	return s.types(ctx, by, ref.DocID, kind+"/"+row+"/text", func(b *live.Builder, written string) {
		b.Row(kind, row, live.Ord(ord), values, map[string]string{"text": written})
	}, words)
}

// planDoc is the document of the plan everything of the practice stands in.
func (d *Director) planDoc(ctx context.Context) (string, error) {
	ref, err := d.Plans.EnsureDoc(ctx, d.as(desk), "", d.planID, "", consent.ItemBasic)
	return ref.DocID, err
}

// writePlan drafts the plan: one 支援項目 has no ◎ yet, for the chair to settle.
func (d *Director) writePlan(ctx context.Context) error {
	doc, err := d.planDoc(ctx)
	if err != nil {
		return err
	}
	id := func(login string) string { return d.as(login).AgencyID }
	due := d.Now().AddDate(0, 3, 0).Format(time.DateOnly)
	_, err = d.Live.ServerWrite(ctx, d.as(desk), doc, func(b *live.Builder) error {
		b.Set("lead", id("houkatsu"))
		b.Set("after_lead", id("houkatsu"))
		b.Set("period_from", d.Now().Format(time.DateOnly))
		b.Set("period_to", d.Now().AddDate(0, 6, 0).Format(time.DateOnly))
		b.Set("next_monitoring", d.Now().AddDate(0, 2, 0).Format(time.DateOnly))
		b.Text("wish", "「一人でも、この家で暮らしたい。人に迷惑はかけたくない。」")
		b.Text("policy", "通いの場につながることから始め、家計と体の心配を一つずつ減らす。")
		b.Row("need", rowNeed, live.Ord(0), map[string]any{"code": "15", "priority": "1"}, map[string]string{"text": "夫を亡くしてから、家にこもりがちになった。"})
		b.Row("goal", rowGoal, live.Ord(0), map[string]any{"need": rowNeed, "kind": "short", "due": due}, map[string]string{"text": "週に一度、出かける先ができる。"})
		b.Row("action", rowVisit, live.Ord(0), map[string]any{"need": rowNeed, "goal": rowGoal}, map[string]string{"text": "見守りの訪問と通いの場への誘い"})
		b.Cell(rowVisit, id("houkatsu"), map[string]any{"code": "lead", "freq": "月2回", "due": due}, map[string]string{"content": "訪問し、体調と困りごとを聞く。"})
		b.Row("action", rowMoney, live.Ord(1), map[string]any{"need": rowNeed, "goal": rowGoal}, map[string]string{"text": "公共料金の支払いを一緒に整理する"})
		b.Cell(rowMoney, id("jiritsu"), map[string]any{"code": "open"}, map[string]string{"content": "主担当は会議で決める。"})
		return nil
	})
	return err
}
