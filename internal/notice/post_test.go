package notice_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/notice"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// meetings are what the tests say they are.
type meetings struct {
	mu      sync.Mutex
	counts  map[string]notice.Counts // by user
	planned notice.Planned
	barred  string // user
}

func (m *meetings) Waits(_ context.Context, a access.Actor, _ int) (notice.Counts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.counts[a.UserID], nil
}
func (m *meetings) Planned(context.Context, string, string) (notice.Planned, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.planned, nil
}
func (m *meetings) Sees(_ context.Context, a access.Actor, _ string) (bool, error) {
	return a.UserID != m.barred, nil
}

// post is a mail server with a mood.
type post struct {
	mu   sync.Mutex
	says error
	sent []string // recipient: subject
	wait func()
}

func (p *post) Send(_ context.Context, to string, message []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wait != nil {
		p.wait()
	}
	if p.says != nil {
		return p.says
	}
	p.sent = append(p.sent, to)
	return nil
}

// office is one municipality with three people, on one engine.
type office struct {
	t     *testing.T
	store *store.Store
	clock time.Time
	met   *meetings
	out   *post
	a, b  *notice.Service // two nodes
	desk  access.Actor
	staff access.Actor
	other access.Actor
}

func newOffice(t *testing.T, s *store.Store) *office {
	t.Helper()
	ctx := context.Background()
	w := storetest.NewWorld(t, s, "m1")
	o := &office{t: t, store: s, clock: storetest.Start.Add(time.Hour), met: &meetings{counts: map[string]notice.Counts{}}, out: &post{}}
	user := func(id, agency string, role access.Role) access.Actor {
		u := access.User{ID: id, Tenant: "m1", AgencyID: agency, Login: id, Name: "氏名 " + id, Roles: []access.Role{role}}
		if err := s.CreateUser(ctx, identity.Account{User: u}, w.Entry("x"+id, access.VerbUserSave)); err != nil {
			t.Fatal(err)
		}
		return access.Actor{Tenant: "m1", UserID: id, AgencyID: agency, Roles: u.Roles}
	}
	list, err := s.ListAgencies(ctx, "m1")
	if err != nil || len(list) < 2 {
		t.Fatal(list, err)
	}
	o.desk, o.staff, o.other = user("desk", list[0].ID, access.RoleSecretariat), user("staff", list[1].ID, access.RoleAgency), user("other", list[1].ID, access.RoleAgency)
	node := func(name string) *notice.Service {
		return notice.New(s, o.met, notice.Options{Sender: o.out, From: "kasane@shiomi.example", Origin: "https://kasane.example", Node: name, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return o.clock }})
	}
	o.a, o.b = node("a"), node("b")
	o.met.planned = notice.Planned{ID: "g1", Start: o.clock.Add(72 * time.Hour), End: o.clock.Add(74 * time.Hour), Called: true,
		Agencies: []notice.Seat{{ID: list[1].ID, Name: "二番目の機関"}, {ID: "a9", Name: "だれもいない機関"}}, Calendar: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"}
	return o
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) wants(a access.Actor, address string, digest, meets bool) {
	o.t.Helper()
	_, err := o.a.Save(context.Background(), a, notice.Input{Address: address, Digest: digest, Meetings: meets})
	o.ok(err)
}

// post lets both nodes send what is due, and gives what went out since.
func (o *office) post() []string {
	o.t.Helper()
	o.ok(o.a.Post(context.Background()))
	o.ok(o.b.Post(context.Background()))
	o.out.mu.Lock()
	defer o.out.mu.Unlock()
	sent := o.out.sent
	o.out.sent = nil
	slices.Sort(sent)
	return sent
}

func (o *office) expect(what string, want ...string) {
	o.t.Helper()
	if got := o.post(); fmt.Sprint(got) != fmt.Sprint(want) {
		o.t.Errorf("%s: sent to %v, want %v", what, got, want)
	}
}

// The digest goes out once a working day to those who want it and for whom something waits, whichever node makes it.
func TestDigestOnceADay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o, ctx := newOffice(t, s), context.Background()
		o.wants(o.staff, "staff@b.example", true, false)
		o.wants(o.other, "other@b.example", false, true)
		o.expect("first mails", "other@b.example", "staff@b.example")
		o.met.counts = map[string]notice.Counts{"staff": {Answers: 2}, "other": {Late: 1}}
		look := func(at string) {
			t.Helper()
			o.clock, _ = time.Parse(time.RFC3339, at)
			o.ok(o.a.Look(ctx))
			o.ok(o.b.Look(ctx))
		}
		look("2026-12-01T06:59:00+09:00") // Tuesday
		o.expect("before seven")
		look("2026-12-01T07:00:00+09:00")
		look("2026-12-01T07:01:00+09:00")
		o.expect("in the morning", "staff@b.example")
		look("2026-12-01T16:59:00+09:00")
		o.expect("again on the same day")
		look("2026-12-02T08:00:00+09:00")
		o.expect("on the next day", "staff@b.example")
		look("2026-12-05T08:00:00+09:00") // Saturday
		o.expect("on a Saturday")
		o.met.counts = nil
		look("2026-12-07T08:00:00+09:00")
		o.expect("when nothing waits")
		o.met.counts = map[string]notice.Counts{"staff": {Answers: 2}}
		o.wants(o.staff, "", false, false)
		look("2026-12-08T08:00:00+09:00")
		o.expect("after they do not want it any more")
	})
}

// A meeting is told once for each date; a new date and that it was called off are told to those who know; who is kept from the case is not told.
func TestMeetingIsTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o, ctx := newOffice(t, s), context.Background()
		o.wants(o.staff, "staff@b.example", false, true)
		o.wants(o.other, "other@b.example", false, true)
		o.wants(o.desk, "desk@a.example", false, true) // no seat
		o.post()
		o.met.barred = "other"
		tell := func(queued, before int) {
			t.Helper()
			got, err := o.a.Tell(ctx, o.desk, "g1")
			o.ok(err)
			if got.Queued != queued || got.Before != before || fmt.Sprint(got.Without) != "[だれもいない機関]" {
				t.Errorf("%+v", got)
			}
		}
		tell(1, 0)
		tell(0, 1)
		o.expect("told", "staff@b.example")
		first := o.met.planned
		look := func() {
			t.Helper()
			o.clock = o.clock.Add(time.Minute)
			o.ok(o.a.Look(ctx))
			o.ok(o.b.Look(ctx))
		}
		look()
		o.expect("nothing new")
		o.met.planned.Start, o.met.planned.End = first.Start.Add(time.Hour), first.End.Add(time.Hour)
		look()
		look()
		o.expect("moved", "staff@b.example")
		o.met.planned = first
		look()
		o.expect("moved back", "staff@b.example")
		o.met.planned.Called, o.met.planned.Cancelled = false, true
		look()
		look()
		o.expect("called off", "staff@b.example")
		if _, err := o.a.Tell(ctx, o.staff, "g1"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an agency tells: %v", err)
		}
		o.met.planned.Cancelled = false
		if _, err := o.a.Tell(ctx, o.desk, "g1"); !fault.Is(err, fault.Conflict) {
			t.Errorf("told of one that has begun: %v", err)
		}
		o.met.barred = "desk"
		if _, err := o.a.Tell(ctx, o.desk, "g1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("told by somebody who does not see it: %v", err)
		}
	})
}

// What the server says decides: later is tried again, later and later, and given up; refused ends the address; unsure is never sent again.
func TestWhatTheServerSays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o, ctx := newOffice(t, s), context.Background()
		again := func(after time.Duration) { o.clock = o.clock.Add(after) }
		o.out.says = notice.Later
		o.wants(o.staff, "staff@b.example", true, true)
		o.expect("the server is away")
		o.out.says = nil
		o.expect("at once")
		again(time.Minute)
		o.expect("after a minute", "staff@b.example")

		o.out.says = notice.Setup
		o.wants(o.staff, "new@b.example", true, true)
		o.expect("the password is wrong")
		if err := o.sound(ctx); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "KASANE_SMTP") {
			t.Errorf("nobody is told that no mail goes out: %v", err)
		}
		o.out.says = nil
		again(time.Minute)
		o.expect("mended", "new@b.example")
		if err := o.sound(ctx); err != nil {
			t.Error(err)
		}

		o.out.says = notice.Unsure
		o.wants(o.other, "other@b.example", true, true)
		o.post()
		o.out.says = nil
		again(time.Hour)
		o.expect("nobody knows whether it was taken")

		o.out.says = notice.Later
		o.wants(o.other, "patient@b.example", true, true)
		for range 12 {
			o.post()
			again(3 * time.Hour)
		}
		o.out.says = nil
		o.expect("given up, it is too late now")

		o.out.says = notice.Refused
		o.wants(o.staff, "typo@b.example", true, true)
		o.post()
		o.out.says = nil
		if a, err := o.a.Account(ctx, o.staff); err != nil || a.Refused == nil {
			t.Errorf("%+v %v", a, err)
		}
		o.met.counts = map[string]notice.Counts{"staff": {Answers: 1}}
		o.clock, _ = time.Parse(time.RFC3339, "2026-12-08T08:00:00+09:00")
		o.ok(o.a.Look(ctx))
		o.expect("to an address that is refused")
		admin := access.Actor{Tenant: "m1", UserID: "x", Roles: []access.Role{access.RoleAdmin}}
		list, err := o.a.Refusals(ctx, admin)
		if err != nil || len(list) != 1 || list[0].UserID != "staff" || list[0].Code != 550 {
			t.Errorf("%+v %v", list, err)
		}
		elsewhere := access.Actor{Tenant: "m1", UserID: "y", AgencyID: o.desk.AgencyID, Roles: []access.Role{access.RoleStaffAdmin}}
		if list, err := o.a.Refusals(ctx, elsewhere); err != nil || len(list) != 0 {
			t.Errorf("a 機関管理者 of another agency sees %+v %v", list, err)
		}
		o.wants(o.staff, "right@b.example", true, true)
		o.expect("set anew", "right@b.example")
		if q, err := o.a.Queue(ctx, "m1"); err != nil || q.Refused != 0 || q.Waiting != 0 {
			t.Errorf("%+v %v", q, err)
		}
	})
}

func (o *office) sound(ctx context.Context) error { return errors.Join(o.a.Sound(ctx), o.b.Sound(ctx)) }

// Two nodes and many rounds at the same time: each mail goes out once. One whose node died in the middle is not sent again.
func TestEachMailOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o, ctx := newOffice(t, s), context.Background()
		var list []notice.Notice
		for i := range 60 {
			list = append(list, notice.Notice{ID: fmt.Sprintf("n%02d", i), Tenant: "m1", UserID: "staff", About: fmt.Sprintf("x/%d", i%30), Kind: notice.KindHello, Subject: "x", Body: "x", Created: o.clock, Due: o.clock, Expires: o.clock.Add(time.Hour)})
		}
		o.wants(o.staff, "staff@b.example", true, true)
		o.post()
		if n, err := s.QueueNotices(ctx, list); err != nil || n != 30 {
			t.Fatal(n, err)
		}
		if n, err := s.QueueNotices(ctx, list); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		var work sync.WaitGroup
		for range 4 {
			for _, node := range []*notice.Service{o.a, o.b} {
				work.Go(func() {
					if err := node.Post(ctx); err != nil {
						t.Error(err)
					}
				})
			}
		}
		work.Wait()
		if n := len(o.out.sent); n != 30 {
			t.Errorf("%d mails of 30", n)
		}
		o.out.sent = nil

		o.ok2(s.QueueNotices(ctx, []notice.Notice{{ID: "died", Tenant: "m1", UserID: "staff", About: "died", Kind: notice.KindHello, Subject: "x", Body: "x", Created: o.clock, Due: o.clock, Expires: o.clock.Add(time.Hour)}}))
		claimed, err := s.ClaimNotices(ctx, o.clock, o.clock.Add(time.Minute), 10) // and then its node dies
		if err != nil || len(claimed) != 1 {
			t.Fatal(claimed, err)
		}
		o.clock = o.clock.Add(2 * time.Minute)
		o.expect("claimed by a node that died")
		if q, err := o.a.Queue(ctx, ""); err != nil || q.Waiting != 0 {
			t.Errorf("%+v %v", q, err)
		}
	})
}

func (o *office) ok2(_ int, err error) { o.t.Helper(); o.ok(err) }

// An address can be changed as often as one likes; first mails go to at most five of them in a day, so that nobody floods strangers.
func TestFirstMailsAreFew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		o := newOffice(t, s)
		sent := 0
		for i := range 9 {
			o.wants(o.staff, fmt.Sprintf("a%d@b.example", i), true, false)
			sent += len(o.post())
		}
		if sent != notice.HelloMost {
			t.Errorf("%d first mails", sent)
		}
		o.clock = o.clock.Add(25 * time.Hour)
		o.wants(o.staff, "later@b.example", true, false)
		o.expect("on the next day", "later@b.example")
	})
}

// Without a mail server nobody can ask for mails, and nothing is done.
func TestWithoutAMailServer(t *testing.T) {
	t.Parallel()
	s, _ := storetest.Open(t, "sqlite")
	o, ctx := newOffice(t, s), context.Background()
	off := notice.New(s, o.met, notice.Options{Node: "off", Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return o.clock }})
	if a, err := off.Account(ctx, o.staff); err != nil || a.On {
		t.Errorf("%+v %v", a, err)
	}
	if _, err := off.Save(ctx, o.staff, notice.Input{Address: "a@b.example"}); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	if _, err := off.Tell(ctx, o.desk, "g1"); !fault.Is(err, fault.Conflict) {
		t.Error(err)
	}
	if _, err := off.Save(ctx, access.Actor{Tenant: "m1", UserID: "g", Roles: []access.Role{access.RoleGuest}, GuestMeeting: "g1"}, notice.Input{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a guest sets an address: %v", err)
	}
	if err := errors.Join(off.Look(ctx), off.Post(ctx), off.Sound(ctx)); err != nil {
		t.Error(err)
	}
}
