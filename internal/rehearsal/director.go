package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// Title is what practice meetings are called; a number follows.
const Title = "議長の練習"

// Chair is the login of who practises.
const Chair = "kaicho"

// Ports is what a Director stands on.
type Ports struct {
	Meeting *meeting.Service
	Plans   *plans.Service
	Live    *live.Service
	Cases   *cases.Service
	Consent *consent.Service
	// Cast are the people of the demo by login.
	Cast map[string]access.Actor
	Now  func() time.Time
	// Pause between keystrokes; 0 = as a person types.
	Pause time.Duration
	Log   *slog.Logger
}

// Director plays the others in the practice meetings.
type Director struct {
	Ports
	id     string // of the meeting that is played
	caseID string
	planID string
	armed  map[string]time.Time // cues that wait, by key: since when
	done   map[string]bool
	tries  map[string]int
}

// New makes a director; Step does the work.
func New(p Ports) *Director {
	if p.Pause == 0 {
		p.Pause = typeSpeed
	}
	return &Director{Ports: p}
}

// attempts is how often a cue is tried that was refused, before it is left out.
const attempts = 5

// Step looks at the meeting and does what is due. It is called about once a second.
func (d *Director) Step(ctx context.Context) error {
	if err := d.find(ctx); err != nil {
		return err
	}
	room, err := d.Meeting.State(ctx, d.as(desk), d.id)
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	if room.Status == meeting.StatusSealed || room.Status == meeting.StatusCancelled {
		d.id = ""
		return d.find(ctx)
	}
	now := d.Now()
	s := &stage{Director: d, room: room}
	var errs []error
	for _, c := range play(s) {
		switch {
		case d.done[c.key]:
		case d.armed[c.key].IsZero():
			d.armed[c.key] = now
		case now.Sub(d.armed[c.key]) >= c.after:
			errs = append(errs, d.cue(ctx, s, c))
		}
	}
	return errors.Join(errs...)
}

// cue does one cue. One that is refused is tried again: the chair may just have gone on. In the end it is left out, and the practice goes on.
func (d *Director) cue(ctx context.Context, s *stage, c cue) error {
	err := c.do(ctx, s)
	d.tries[c.key]++
	if err == nil || d.tries[c.key] >= attempts {
		d.done[c.key] = true
	}
	if err == nil {
		return nil
	}
	if kind := fault.KindOf(err); kind == fault.Internal || kind == fault.Unavailable {
		return fmt.Errorf("rehearsal: %s: %w", c.key, err)
	}
	d.Log.DebugContext(ctx, "rehearsal: a cue is refused", "cue", c.key, "try", d.tries[c.key])
	return nil
}

func (d *Director) as(login string) access.Actor { return d.Cast[login] }

// find takes up the practice that is not over, or prepares the first one.
func (d *Director) find(ctx context.Context) error {
	if d.id != "" {
		return nil
	}
	list, err := d.Meeting.List(ctx, d.as(desk), meeting.Query{Limit: 200})
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	held := 0
	for _, m := range list {
		if !strings.HasPrefix(m.Title, Title) {
			continue
		}
		if held++; m.Status != meeting.StatusSealed && m.Status != meeting.StatusCancelled {
			return d.takeUp(ctx, m.ID)
		}
	}
	return d.prepare(ctx, held+1)
}

func (d *Director) takeUp(ctx context.Context, id string) error {
	room, err := d.Meeting.State(ctx, d.as(desk), id)
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	d.id, d.caseID, d.planID = id, room.Meeting.CaseID, room.Meeting.PlanID
	d.armed, d.done, d.tries = map[string]time.Time{}, map[string]bool{}, map[string]int{}
	return nil
}

// prepare makes the n-th practice, with a case of its own: nothing is left over from the last one.
func (d *Director) prepare(ctx context.Context, n int) error {
	if err := d.household(ctx); err != nil {
		return fmt.Errorf("rehearsal: household: %w", err)
	}
	p, err := d.Plans.Create(ctx, d.as(desk), d.caseID, "")
	if err != nil {
		return fmt.Errorf("rehearsal: plan: %w", err)
	}
	d.planID = p.ID
	if err := d.writePlan(ctx); err != nil {
		return fmt.Errorf("rehearsal: plan: %w", err)
	}
	start := d.Now().UTC().Truncate(30 * time.Minute).Add(30 * time.Minute)
	in := meeting.Input{CaseID: d.caseID, Type: string(consent.ModeLayered), PlanID: p.ID, Title: fmt.Sprintf("%s %d（相手の機関は自動で動きます）", Title, n),
		PlannedStart: start, PlannedEnd: start.Add(time.Hour), Place: "練習用の会議室", Form: meeting.FormHybrid, ChairID: d.as(Chair).UserID, RecorderID: d.as(desk).UserID,
		Agencies: d.agencies(), Agenda: agenda()}
	made, err := d.Meeting.Create(ctx, d.as(desk), in)
	if err != nil {
		return fmt.Errorf("rehearsal: meeting: %w", err)
	}
	return d.takeUp(ctx, made.ID)
}

// agencies of everybody on the stage, the chair's and the desk's among them.
func (d *Director) agencies() []string {
	out := map[string]bool{d.as(Chair).AgencyID: true, d.as(desk).AgencyID: true}
	for _, login := range players {
		out[d.as(login).AgencyID] = true
	}
	return slices.Sorted(maps.Keys(out))
}

// household opens the practice case: one person who has agreed to everything, so that nothing but the meeting itself is practised.
func (d *Director) household(ctx context.Context) error {
	by := d.as(desk)
	c, err := d.Cases.Create(ctx, by, cases.NewCase{Persons: []cases.PersonInput{{Name: "練習 千代", Kana: "れんしゅう ちよ", Relation: "本人", Birth: "1946-03-03", Sex: "女", Subject: true}}})
	if err != nil {
		return err
	}
	d.caseID = c.ID
	scope := map[string][]consent.Item{}
	for _, agency := range d.agencies() {
		scope[agency] = consent.Items()
		if err := d.Cases.AddMember(ctx, by, c.ID, agency, "練習"); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	detail, err := d.Cases.Get(ctx, by, "", c.ID)
	if err != nil {
		return err
	}
	_, err = d.Consent.Record(ctx, by, consent.Input{CaseID: c.ID, PersonID: detail.Persons[0].ID, State: consent.StateGranted, Grantor: consent.GrantorSelf,
		Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination}, Scope: scope, Until: d.Now().AddDate(0, 11, 0).Format(time.DateOnly),
		Method: consent.MethodWritten, MethodNote: "練習のための記録", ExplainedBy: by.Name, ExplainedAt: d.Now().Add(-time.Hour), ExplainHow: "練習のための記録"})
	return err
}
