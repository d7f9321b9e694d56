package meeting_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

func twoDates(days int) []meeting.DateOption {
	a, b := start.AddDate(0, 0, days), start.AddDate(0, 0, days+1)
	return []meeting.DateOption{{Start: a, End: a.Add(time.Hour)}, {Start: b, End: b.Add(time.Hour)}}
}

// The agencies answer by their links; the date is fixed, the meeting is planned for it, and the links are dead.
func TestDatesByLink(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.sec, meeting.ActEdit, map[string]any{"title": "髙橋家の支援", "place": "髙橋宅"})
	in := meeting.DatesInput{Options: twoDates(5), Must: []string{"a1"}, Until: "2026-11-27"}
	links, err := w.svc.SetDates(w.ctx, w.sec, w.id, in)
	if err != nil || len(links) != 3 {
		t.Fatalf("%+v %v", links, err)
	}
	token := map[string]string{}
	for _, l := range links {
		token[l.AgencyID] = l.Token
	}
	board := func() meeting.DateBoard {
		t.Helper()
		b, err := w.svc.Dates(w.ctx, w.sec, w.id)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := board()
	first, second := b.Lines[0].ID, b.Lines[1].ID
	if !b.Open || b.Until != "2026-11-27" || b.Best != "" || b.Fixed != "" || len(b.Agencies) != 3 {
		t.Errorf("%+v", b)
	}
	q, err := w.svc.AskDates(w.ctx, token["a3"])
	if err != nil || q.Agency != "地域包括支援センター" || len(q.Options) != 2 || len(q.Answers) != 0 {
		t.Fatalf("%+v %v", q, err)
	}
	page, _ := json.Marshal(q)
	for _, secret := range []string{"髙橋", "K2026", "支援会議", "情報の共有", "役割", "議長", w.id, "社会福祉協議会"} {
		if strings.Contains(string(page), secret) {
			t.Errorf("the page says %q: %s", secret, page)
		}
	}
	say := func(agency string, a, b meeting.DateAnswer) {
		t.Helper()
		if err := w.svc.AnswerDates(w.ctx, token[agency], map[string]meeting.DateAnswer{first: a, second: b}, "192.0.2.9"); err != nil {
			t.Fatal(err)
		}
	}
	say("a3", meeting.DateGood, meeting.DateNo)
	say("a1", meeting.DateNo, meeting.DateCan)
	if b = board(); b.Best != second || b.Lines[0].Can || !b.Lines[1].Can || b.Lines[0].Answers["a3"] != meeting.DateGood || b.Lines[1].No != 1 {
		t.Errorf("%+v", b)
	}
	last := w.store.Audit[len(w.store.Audit)-1]
	if last.Verb != access.VerbDateAnswer || last.AgencyID != "a1" || last.IP != "192.0.2.9" || last.MeetingID != w.id {
		t.Errorf("%+v", last)
	}
	for what, answers := range map[string]map[string]meeting.DateAnswer{"of another poll": {"x": "good"}, "no answer": {first: "maybe"}, "nothing": {}} {
		if err := w.svc.AnswerDates(w.ctx, token["a3"], answers, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	// The candidates change: what stays keeps its answers, what moves is asked anew, nobody gets a second link.
	moved := []meeting.DateOption{b.Lines[1].DateOption, {ID: first, Start: b.Lines[0].Start.Add(time.Hour), End: b.Lines[0].End.Add(time.Hour)}}
	if links, err = w.svc.SetDates(w.ctx, w.sec, w.id, meeting.DatesInput{Options: moved, Must: []string{"a1"}, Until: "2026-11-27"}); err != nil || len(links) != 0 {
		t.Errorf("%+v %v", links, err)
	}
	if b = board(); b.Best != second || len(b.Lines[0].Answers) != 0 || b.Lines[1].Answers["a1"] != meeting.DateCan {
		t.Errorf("%+v", b)
	}
	// A new link makes the one before dead.
	fresh, err := w.svc.RenewDateLink(w.ctx, w.sec, w.id, "a3")
	if err != nil {
		t.Fatal(err)
	}
	dead := func(what, token string) {
		t.Helper()
		_, asked := w.svc.AskDates(w.ctx, token)
		said := w.svc.AnswerDates(w.ctx, token, map[string]meeting.DateAnswer{second: "good"}, "")
		if !fault.Is(asked, fault.Gone) || !fault.Is(said, fault.Gone) || fault.Message(asked) != fault.Message(said) {
			t.Errorf("%s: %v, %v", what, asked, said)
		}
	}
	dead("the link before", token["a3"])
	dead("guessed", strings.Repeat("A", 43))
	dead("no token", "x")
	if q, err = w.svc.AskDates(w.ctx, fresh.Token); err != nil || q.Answers[second] != meeting.DateNo {
		t.Errorf("%+v %v", q, err)
	}
	w.act(w.chair, meeting.ActSeatRemove, map[string]any{"id": "a3"})
	dead("without a seat", fresh.Token)
	room, err := w.svc.FixDate(w.ctx, w.sec, w.id, second)
	if err != nil || !room.Meeting.PlannedStart.Equal(b.Lines[1].Start) || !room.Meeting.PlannedEnd.Equal(b.Lines[1].End) {
		t.Errorf("%+v %v", room.Meeting, err)
	}
	if b = board(); b.Fixed != second {
		t.Errorf("%+v", b)
	}
	dead("fixed", token["a1"])
}

// Links end with their day, and with 受付.
func TestDateLinksEnd(t *testing.T) {
	for what, end := range map[string]func(w *world){
		"the day is over": func(w *world) { w.clock.t = time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC) }, // midnight in Japan
		"受付":              func(w *world) { w.act(w.sec, meeting.ActReception, nil) },
	} {
		w := newWorld(t)
		w.create(consent.ModeSupport, "情報の共有")
		links, err := w.svc.SetDates(w.ctx, w.sec, w.id, meeting.DatesInput{Options: twoDates(5), Until: "2026-11-27"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.svc.AskDates(w.ctx, links[0].Token); err != nil {
			t.Errorf("%s: dead before: %v", what, err)
		}
		end(w)
		if _, err := w.svc.AskDates(w.ctx, links[0].Token); !fault.Is(err, fault.Gone) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The date of a 開催 is one: when it is fixed for one case, the others follow, as long as they were and in their order.
func TestFixedDateMovesTheWholeSitting(t *testing.T) {
	w := newWorld(t)
	ids := w.sittingOf([]string{"a1", "a2"}, []string{"a1", "a2", "a3"}, []string{"a1", "a2"}, []string{"a1", "a2"})
	w.id = ids[3]
	w.act(w.sec, meeting.ActCancel, map[string]string{"reason": "本人の都合"})
	w.id = ids[1]
	if _, err := w.svc.SetDates(w.ctx, w.sec, w.id, meeting.DatesInput{Options: twoDates(5), Until: "2026-11-27"}); err != nil {
		t.Fatal(err)
	}
	b, err := w.svc.Dates(w.ctx, w.sec, w.id)
	if err != nil {
		t.Fatal(err)
	}
	o := b.Lines[1].DateOption
	for range 2 { // the same button again moves nothing further
		if _, err := w.svc.FixDate(w.ctx, w.sec, w.id, o.ID); err != nil {
			t.Fatal(err)
		}
		for i, want := range []time.Time{o.Start.Add(-time.Hour), o.Start, o.End, start} {
			w.id = ids[i]
			if m := w.room(w.sec).Meeting; !m.PlannedStart.Equal(want) || m.PlannedEnd.Sub(m.PlannedStart) != time.Hour {
				t.Errorf("case %d: %s–%s, want %s", i+1, m.PlannedStart, m.PlannedEnd, want)
			}
		}
		w.id = ids[1]
	}
}

// Only who holds the record seeks a date, in preparation; what cannot be is refused beside its field.
func TestDatesRefused(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	good := meeting.DatesInput{Options: twoDates(5), Until: "2026-11-27"}
	for field, spoil := range map[string]func(*meeting.DatesInput){
		"options":           func(x *meeting.DatesInput) { x.Options = nil },
		"options past":      func(x *meeting.DatesInput) { x.Options = twoDates(-3) },
		"options far":       func(x *meeting.DatesInput) { x.Options = twoDates(400) },
		"options twice":     func(x *meeting.DatesInput) { x.Options = append(x.Options, x.Options[0]) },
		"options backwards": func(x *meeting.DatesInput) { x.Options[0].End = x.Options[0].Start },
		"until":             func(x *meeting.DatesInput) { x.Until = "" },
		"until past":        func(x *meeting.DatesInput) { x.Until = "2026-11-22" },
		"until far":         func(x *meeting.DatesInput) { x.Until = "2027-11-22" },
	} {
		in := good
		in.Options = append([]meeting.DateOption(nil), good.Options...)
		spoil(&in)
		_, err := w.svc.SetDates(w.ctx, w.sec, w.id, in)
		var f *fault.Error
		if want, _, _ := strings.Cut(field, " "); !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != want {
			t.Errorf("%s: %v", field, err)
		}
	}
	for who, a := range map[string]access.Actor{"an agency": w.hk, "a stranger": w.out} {
		want := map[string]fault.Kind{"an agency": fault.Forbidden, "a stranger": fault.NotFound}[who]
		_, seen := w.svc.Dates(w.ctx, a, w.id)
		_, set := w.svc.SetDates(w.ctx, a, w.id, good)
		_, link := w.svc.RenewDateLink(w.ctx, a, w.id, "a3")
		_, fix := w.svc.FixDate(w.ctx, a, w.id, "x")
		for _, err := range []error{seen, set, link, fix} {
			if !fault.Is(err, want) {
				t.Errorf("%s: %v", who, err)
			}
		}
	}
	w.act(w.sec, meeting.ActReception, nil)
	if _, err := w.svc.SetDates(w.ctx, w.sec, w.id, good); !fault.Is(err, fault.Conflict) {
		t.Errorf("after 受付: %v", err)
	}
}
