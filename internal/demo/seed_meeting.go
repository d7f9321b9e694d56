package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// seen is an event sequence later than any: the demo has always seen the last state.
const seen = 1 << 40

// gathering is a meeting being made.
type gathering struct {
	*home
	m  session
	id string
}

// session lists the deeds of a meeting: called a week before, and held if it is over.
func (o *home) session(m session) []deed {
	g := &gathering{home: o, m: m}
	name := o.name + ", " + m.title
	deeds := []deed{{o.cal.at(min(m.day-7, -3), 14, 0), name, g.call}}
	for _, s := range m.sheets {
		deeds = append(deeds, deed{o.cal.at(s.day, 11, 0), name + ", sheet of " + s.login, func() error { return g.prepare(s) }})
	}
	if m.past == nil {
		return deeds
	}
	at := func(day, minute int, what string, do func() error) {
		deeds = append(deeds, deed{o.cal.at(m.day, m.hour, 0).AddDate(0, 0, day).Add(time.Duration(minute) * time.Minute), name + ": " + what, do})
	}
	at(0, -15, "reception", func() error { return g.act("jimukyoku", meeting.ActReception, nil) })
	for i, s := range m.seats {
		at(0, -12+i, s.speaker+" joins", func() error { return g.join(s.speaker) })
	}
	at(0, 0, "opening", func() error { return g.act("kaicho", meeting.ActOpen, nil) })
	minute := 0
	for i, p := range meeting.DefaultPhases() {
		if i > 0 {
			at(0, minute, p.ID, func() error { return g.act("kaicho", meeting.ActPhase, map[string]any{"id": p.ID}) })
		}
		minute += p.Minutes
	}
	if m.past.agreed {
		at(0, minute-9, "roles", g.roles)
		at(0, minute-6, "agreement", g.agree)
	}
	at(0, minute-4, "minutes", g.minutes)
	at(0, minute-3, "agenda", g.resolve)
	at(0, minute-2, "next meeting", func() error {
		n := m.past.next
		return g.act("jimukyoku", meeting.ActNext, map[string]any{"date": o.cal.expand(n[0]), "time": n[1], "agenda": n[2]})
	})
	at(0, minute-1, "closing", func() error { return g.act("kaicho", meeting.ActClose, nil) })
	at(1, -240, "minutes to confirm", func() error {
		return g.act("jimukyoku", meeting.ActPropose, map[string]any{"until": o.cal.day(m.day + 10).String()})
	})
	for i, s := range m.seats {
		at(2, i*7, s.speaker+" confirms", func() error { return g.confirm(s.speaker) })
	}
	at(3, -180, "final minutes", func() error { return g.act("kaicho", meeting.ActFinal, nil) })
	return deeds
}

func (g *gathering) act(login string, act meeting.Act, params map[string]any) error {
	_, err := g.room(login, act, params)
	return err
}

func (g *gathering) room(login string, act meeting.Act, params map[string]any) (meeting.Room, error) {
	raw, err := json.Marshal(params)
	if err != nil {
		return meeting.Room{}, fmt.Errorf("%s: %w", act, err)
	}
	r, err := g.meeting.Act(g.ctx, g.as(login), g.id, act, raw, seen)
	if err != nil {
		return r, fmt.Errorf("%s: %w", act, err)
	}
	return r, nil
}

// call makes the meeting with seats, speakers, designations and agenda.
func (g *gathering) call() error {
	start := g.cal.at(g.m.day, g.m.hour, 0)
	if g.m.day == 0 { // today's meeting begins within the hour, whenever the demo is started
		start = g.now.UTC().Truncate(30 * time.Minute).Add(30 * time.Minute)
	}
	in := meeting.Input{CaseID: g.caseID, Type: g.m.typeID, Title: g.m.title, PlannedStart: start,
		PlannedEnd: start.Add(time.Duration(g.m.minutes) * time.Minute), Place: g.m.place, Form: g.m.form,
		Convener: g.m.convened[0], Basis: g.m.convened[1], Reason: g.m.convened[2],
		ChairID: g.users["kaicho"].ID, RecorderID: g.users["jimukyoku"].ID, Agencies: []string{}}
	if g.m.withPlan {
		in.PlanID = g.planID
	}
	for _, s := range g.m.seats {
		in.Agencies = append(in.Agencies, g.agencies[s.agency].ID)
	}
	for _, a := range g.m.agenda {
		a.Person = g.persons[a.Person]
		in.Agenda = append(in.Agenda, &a)
	}
	made, err := g.meeting.Create(g.ctx, g.as("jimukyoku"), in)
	if err != nil {
		return err
	}
	g.id = made.ID
	for _, s := range g.m.seats {
		id := g.agencies[s.agency].ID
		if err := g.act("jimukyoku", meeting.ActSeat, map[string]any{"agencyId": id, "member": s.member, "observer": s.observer, "speaker": g.users[s.speaker].Name}); err != nil {
			return err
		}
		if s.designated == "" {
			continue
		}
		if err := g.act("jimukyoku", meeting.ActDesignate, map[string]any{"agencyId": id, "reason": s.designated}); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) join(login string) error {
	if err := g.meeting.Join(g.ctx, g.as(login), g.id, "", meeting.FormRoom); err != nil {
		return err
	}
	return g.act(login, meeting.ActSecrecy, nil)
}

func (g *gathering) resolve() error {
	r, err := g.meeting.State(g.ctx, g.as("jimukyoku"), g.id)
	if err != nil {
		return err
	}
	for _, a := range r.Agenda {
		if err := g.act("jimukyoku", meeting.ActAgendaState, map[string]any{"id": a.ID, "state": "resolved"}); err != nil {
			return err
		}
	}
	return nil
}

// minutes writes the record, document by document, in the order of the rows.
func (g *gathering) minutes() error {
	var places []place
	rows := map[place][]int{}
	for i, r := range g.m.past.minutes {
		if rows[r.place] == nil {
			places = append(places, r.place)
		}
		rows[r.place] = append(rows[r.place], i)
	}
	for _, at := range places {
		ref, err := g.meeting.EnsureDoc(g.ctx, g.as("jimukyoku"), g.id, g.persons[at.person], at.item)
		if err != nil {
			return fmt.Errorf("minutes of %q, %s: %w", at.person, at.item, err)
		}
		write := func(b *live.Builder) error {
			for _, i := range rows[at] {
				g.row(b, i, g.m.past.minutes[i])
			}
			return nil
		}
		if _, err := g.live.ServerWrite(g.ctx, g.as("jimukyoku"), ref.DocID, write); err != nil {
			return fmt.Errorf("minutes of %q, %s: %w", at.person, at.item, err)
		}
	}
	return nil
}

func (g *gathering) row(b *live.Builder, i int, r row) {
	values := map[string]any{}
	for key, v := range r.values {
		text, _ := v.(string)
		if key == "agency" {
			text = g.agencies[text].ID
		}
		values[key] = g.cal.expand(text)
	}
	texts := map[string]string{}
	for key, v := range r.texts {
		texts[key] = g.cal.expand(v)
	}
	b.Row(r.kind, fmt.Sprintf("demo%08d", i), live.Ord(i), values, texts)
}

func (g *gathering) confirm(login string) error {
	r, err := g.meeting.State(g.ctx, g.as(login), g.id)
	if err != nil {
		return err
	}
	if r.Minutes == nil {
		return fault.New(fault.Conflict, "会議録の案がありません。")
	}
	return g.act(login, meeting.ActConfirm, map[string]any{"hash": r.Minutes.Hash, "ok": true})
}
