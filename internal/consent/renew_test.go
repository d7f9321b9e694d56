package consent

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// at makes a service whose clock the test moves.
func at(start time.Time) (*Service, *fake, *time.Time) {
	f := newFake()
	now := start
	return NewService(f, nil, func() time.Time { now = now.Add(time.Millisecond); return now }), f, &now
}

func renewal(id string, explained time.Time, until string) RenewInput {
	return RenewInput{RecordID: id, Until: until, Method: MethodWritten, ExplainedBy: "中村 由紀", ExplainedAt: explained,
		Details: Details{Explanation: Explanation{Way: WayVisit}}}
}

func TestRenew(t *testing.T) {
	t.Parallel()
	s, f, now := at(clock)
	ctx := context.Background()
	in := input()
	in.Others = []Item{ItemBasic, ItemFamily}
	old, err := s.Record(ctx, secretary, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: old.ID, Agencies: []string{"a"}, Items: []Item{ItemCare}}); err != nil {
		t.Fatal(err)
	}
	*now = clock.AddDate(0, 11, 0)
	day := *now
	r, err := s.Renew(ctx, secretary, renewal(old.ID, day.Add(-time.Hour), "2028-05-10"))
	if field(err) != "until" {
		t.Errorf("longer than a year: %v %v", r.Until, err)
	}
	r, err = s.Renew(ctx, secretary, renewal(old.ID, day.Add(-time.Hour), "2028-05-09"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Renews != old.ID || r.State != StatePartial || r.ExplainedBy != "中村 由紀" || r.Number == old.Number || !r.From.After(old.From) {
		t.Errorf("renewed %+v", r)
	}
	if !slices.Equal(r.Scope["a"], []Item{ItemBasic}) || !slices.Equal(r.Scope["b"], []Item{ItemHealth}) || !slices.Equal(r.Others, []Item{ItemBasic, ItemFamily}) {
		t.Errorf("what was withdrawn came back: %v %v", r.Scope, r.Others)
	}
	if cur, _ := InForce("p", now.Add(time.Hour), f.records); cur.ID != r.ID {
		t.Errorf("in force is %s", cur.Number)
	}
	if _, err := s.Renew(ctx, secretary, renewal(old.ID, day, "2028-04-30")); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), r.Number) {
		t.Errorf("renewed twice: %v", err)
	}
	if e := f.audit[len(f.audit)-1]; e.Verb != access.VerbConsentRecord || e.Target != r.ID {
		t.Errorf("audit %+v", e)
	}
}

func TestRenewRefuses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, c := range []struct {
		name, field string
		kind        fault.Kind
		prepare     func(*Service, *time.Time, *Record)
		spoil       func(*RenewInput)
	}{
		{"the old explanation", "explainedAt", fault.Invalid, nil, func(i *RenewInput) { i.ExplainedAt = clock.Add(-time.Hour) }},
		{"no explanation", "explainedAt", fault.Invalid, nil, func(i *RenewInput) { i.ExplainedAt = time.Time{} }},
		{"nobody explained", "explainedBy", fault.Invalid, nil, func(i *RenewInput) { i.ExplainedBy = "" }},
		{"begins with the old one", "from", fault.Invalid, nil, func(i *RenewInput) { i.From = "2026-06-01" }},
		{"no method", "method", fault.Invalid, nil, func(i *RenewInput) { i.Method = "" }},
		{"oral without words", "details.oral.hearer", fault.Invalid, nil, func(i *RenewInput) { i.Method = MethodOral }},
		{"wholly withdrawn", "", fault.Conflict, func(s *Service, _ *time.Time, r *Record) {
			_, _ = s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID})
		}, nil},
		{"a refusal came after", "", fault.Conflict, func(s *Service, now *time.Time, _ *Record) {
			no := input()
			no.State, no.Scope, no.Purposes, no.Until, no.From = StateRefused, nil, nil, "", ""
			no.ExplainedAt = now.Add(-time.Minute)
			_, _ = s.Record(ctx, secretary, no)
		}, nil},
		{"not there", "", fault.NotFound, nil, func(i *RenewInput) { i.RecordID = "x" }},
	} {
		s, f, now := at(clock)
		old, err := s.Record(ctx, secretary, input())
		if err != nil {
			t.Fatal(err)
		}
		*now = clock.AddDate(0, 11, 0)
		if c.prepare != nil {
			c.prepare(s, now, &old)
		}
		in := renewal(old.ID, now.Add(-time.Hour), "2028-04-30")
		if c.spoil != nil {
			c.spoil(&in)
		}
		before := len(f.records)
		if _, err := s.Renew(ctx, secretary, in); !fault.Is(err, c.kind) || field(err) != c.field {
			t.Errorf("%s: %v (field %q)", c.name, err, field(err))
		}
		if len(f.records) != before {
			t.Errorf("%s: stored", c.name)
		}
		if _, err := s.Renew(ctx, helper, in); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.NotFound) {
			t.Errorf("an agency renews: %v", err)
		}
	}
}

func TestRenewAfterExpiry(t *testing.T) {
	t.Parallel()
	s, _, now := at(clock)
	ctx := context.Background()
	old, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	*now = clock.AddDate(1, 1, 0)
	r, err := s.Renew(ctx, secretary, renewal(old.ID, now.Add(-time.Hour), "2028-07-09"))
	if err != nil || len(r.Scope["a"]) != 2 || r.From.Before(old.Until) {
		t.Errorf("%+v %v", r, err)
	}
}

func TestEnding(t *testing.T) {
	t.Parallel()
	s, f, now := at(clock)
	ctx := context.Background()
	old, err := s.Record(ctx, secretary, input()) // until 2027-05-31
	if err != nil {
		t.Fatal(err)
	}
	list := func(days int) []Ending {
		t.Helper()
		l, err := s.Ending(ctx, secretary, days)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if l := list(30); len(l) != 0 {
		t.Errorf("a year before: %+v", l)
	}
	*now = time.Date(2027, 5, 2, 0, 0, 0, 0, jst)
	if l := list(28); len(l) != 0 {
		t.Errorf("29 days before, asked for 28: %+v", l)
	}
	l := list(29)
	if len(l) != 1 || l[0].DaysLeft != 29 || l[0].Expired || l[0].Number != old.Number || l[0].PersonID != "p" || !l[0].Subject || l[0].CaseNumber == "" {
		t.Errorf("29 days before: %+v", l)
	}
	*now = time.Date(2027, 5, 31, 23, 0, 0, 0, jst)
	if l := list(1); len(l) != 1 || l[0].DaysLeft != 0 || l[0].Expired {
		t.Errorf("on the last day: %+v", l)
	}
	*now = time.Date(2027, 6, 1, 0, 0, 1, 0, jst)
	if l := list(1); len(l) != 1 || l[0].DaysLeft != -1 || !l[0].Expired {
		t.Errorf("on the day after: %+v", l)
	}
	if _, err := s.Renew(ctx, secretary, renewal(old.ID, *now, "2028-05-31")); err != nil {
		t.Fatal(err)
	}
	if l := list(30); len(l) != 0 {
		t.Errorf("renewed: %+v", l)
	}
	if _, err := s.Ending(ctx, secretary, 400); field(err) != "days" {
		t.Errorf("too far: %v", err)
	}
	if _, err := s.Ending(ctx, helper, 30); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency reads the list: %v", err)
	}
	if e := f.audit[len(f.audit)-1]; e.Result != "denied" {
		t.Errorf("the refusal is not in the log: %+v", e)
	}
}

// TestEndingKnowsARenewalInAdvance: a record that begins tomorrow takes the ending one off the list.
func TestEndingKnowsARenewalInAdvance(t *testing.T) {
	t.Parallel()
	s, _, now := at(clock)
	ctx := context.Background()
	old, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	*now = time.Date(2027, 5, 20, 0, 0, 0, 0, jst)
	in := renewal(old.ID, *now, "2028-05-31")
	in.From = "2027-06-01"
	if b, _ := s.Board(ctx, secretary, "c"); b.Rows[0].Renewable != old.ID {
		t.Errorf("the board offers %q", b.Rows[0].Renewable)
	}
	r, err := s.Renew(ctx, secretary, in)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := s.Board(ctx, secretary, "c"); b.Rows[0].Renewable != "" {
		t.Errorf("renewed, and the board offers %q", b.Rows[0].Renewable)
	}
	if _, err := s.Renew(ctx, secretary, in); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), r.Number) {
		t.Errorf("renewed twice in advance: %v", err)
	}
	l, err := s.Ending(ctx, secretary, 30)
	if err != nil || len(l) != 0 {
		t.Errorf("%+v %v", l, err)
	}
}
