package meeting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/live"
)

// lease is how long a node may take to render before another one finishes the closing.
const lease = time.Minute

// blockers lists everything that stands against 閉会 now: what the events say, and what the documents say.
func (s *Service) blockers(ctx context.Context, st State) ([]Blocker, error) {
	out := st.closeBlockers()
	m := st.Meeting
	r := st.round()
	agreed := r != nil && r.Decision != nil && r.Decision.Outcome.Agreed()
	if agreed && m.PlanID != "" {
		f, err := s.Store.MeetingFacts(ctx, m.Tenant, m.CaseID)
		if err != nil {
			return nil, err
		}
		mat, err := s.now(ctx, st, f)
		if err != nil {
			return nil, err
		}
		for _, w := range mat.matrix.Warnings {
			if w.Blocking {
				out = append(out, Blocker{"role_" + w.Code, w.Message, w.ActionID})
			}
		}
	}
	if m.Mode == consent.ModeLayered && m.PlanID != "" {
		return out, nil // the plan and its result are what was decided
	}
	parts, _, err := s.minutesParts(ctx, m.Tenant, m.ID)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(readMinutes(parts).Decisions, func(l Line) bool { return l.Text != "" }) {
		out = append(out, Blocker{"no_decision", "決定事項がありません。会議録に決定事項を1つ以上書いてください。", ""})
	}
	return out, nil
}

// now is the material as it would be sealed at this moment.
func (s *Service) now(ctx context.Context, st State, f Facts) (material, error) {
	at := s.clock()
	st.Closing = &ClosingState{At: at, Seq: st.Meeting.Seq}
	return s.sealing(ctx, st, nil, f)
}

// doClose is transaction A: everything the papers depend on is fixed. Rendering and transaction B follow (finish).
func doClose(ctx context.Context, d *deed) error {
	st := d.st
	found, err := d.s.blockers(ctx, *st)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fault.Newf(fault.Conflict, "閉会の前に確かめることが%d件あります。%s", len(found), found[0].Message).With("blockers", found)
	}
	c, err := d.closing(ctx)
	if err != nil {
		return err
	}
	d.change.PutClosing = &c
	if d.change.Freeze, err = d.documents(ctx); err != nil {
		return err
	}
	d.after = func(ctx context.Context) error {
		c, err := d.s.Store.ClosingOf(ctx, c.Tenant, c.MeetingID)
		if err != nil {
			return err
		}
		return d.s.finish(ctx, c)
	}
	return d.numbered()
}

// numbered emits the event of the closing; its numbers are drawn in the transaction: none is lost when it fails.
func (d *deed) numbered() error {
	kinds := []PaperKind{PaperMinutes}
	if r := d.st.round(); r != nil && r.Decision != nil && r.Decision.Outcome.Agreed() {
		kinds = append(kinds, PaperPlan, PaperMatrix)
	}
	if err := d.emit(KindClosing, closingData{Numbers: map[PaperKind]string{}}); err != nil {
		return err
	}
	at := len(d.change.Events) - 1
	year := jptime.DateOf(d.now).FiscalYear()
	d.change.Draw = &Draw{Series: "document/" + strconv.Itoa(year), Count: len(kinds), Put: func(c *Change, first int) error {
		numbers := map[PaperKind]string{}
		for i, k := range kinds {
			numbers[k] = fmt.Sprintf("KS%d-%04d", year, first+i)
		}
		raw, err := json.Marshal(closingData{Numbers: numbers})
		if err != nil {
			return fault.Wrap(fault.Internal, err, "")
		}
		c.Events[at].Data, c.PutClosing.Numbers = raw, numbers
		return nil
	}}
	return nil
}

// documents lists everything that stands still from the closing on: the minutes and the plan.
func (d *deed) documents(ctx context.Context) ([]string, error) {
	m := d.st.Meeting
	metas, err := d.s.Store.OwnedDocs(ctx, m.Tenant, live.KindMinutes, m.ID)
	if err != nil {
		return nil, err
	}
	if m.PlanID != "" {
		plan, err := d.s.Store.OwnedDocs(ctx, m.Tenant, live.KindPlan, m.PlanID)
		if err != nil {
			return nil, err
		}
		metas = append(metas, plan...)
	}
	ids := make([]string, 0, len(metas))
	for _, m := range metas {
		ids = append(ids, m.ID)
	}
	slices.Sort(ids)
	return ids, nil
}

// closing fixes time, checkpoint and facts.
func (d *deed) closing(ctx context.Context) (Closing, error) {
	m := d.st.Meeting
	f, err := d.know(ctx)
	if err != nil {
		return Closing{}, err
	}
	raw, err := json.Marshal(factsRecord(f))
	if err != nil {
		return Closing{}, fault.Wrap(fault.Internal, err, "")
	}
	c := Closing{Tenant: m.Tenant, MeetingID: m.ID, Seq: m.Seq + 1, At: d.now, By: d.sub.actor.UserID, Facts: raw,
		LeaseBy: d.s.Node, LeaseUntil: d.now.Add(lease)}
	if c.Checkpoint, err = d.s.Store.AuditCheckpoint(ctx, m.Tenant); err != nil {
		return Closing{}, err
	}
	return c, nil
}

// factsRecord leaves out of the stored copy what papers never say: logins and the evidence of consents.
func factsRecord(f Facts) Facts {
	f.Users = slices.Clone(f.Users)
	for i := range f.Users {
		u := &f.Users[i]
		*u = access.User{ID: u.ID, AgencyID: u.AgencyID, Name: u.Name, Kana: u.Kana, Post: u.Post}
	}
	f.Consents = slices.Clone(f.Consents)
	for i := range f.Consents {
		f.Consents[i].Signature, f.Consents[i].EvidenceFile = nil, ""
		f.Consents[i].Withdrawals = slices.Clone(f.Consents[i].Withdrawals)
		for j := range f.Consents[i].Withdrawals {
			f.Consents[i].Withdrawals[j].EvidenceFile = ""
		}
	}
	return f
}
