package consent

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

var (
	clock     = time.Date(2026, 6, 10, 1, 2, 3, 456789, time.UTC)
	secretary = access.Actor{Tenant: "t", UserID: "u1", Name: "事務 花子", AgencyID: "s", Roles: []access.Role{access.RoleSecretariat}}
	helper    = access.Actor{Tenant: "t", UserID: "u2", AgencyID: "a", Roles: []access.Role{access.RoleAgency}}
)

type notes struct {
	made, told int
	err        error
	begin      func() // runs after the notes were made
}

func (n *notes) ConsentWithdrawn(_ context.Context, _ access.Actor, r Record, w Withdrawal) ([]Note, error) {
	n.made++
	id := "m"
	if n.begin != nil {
		id = strings.Repeat("m", n.made)
		n.begin()
	}
	return []Note{{MeetingID: id, Kind: "consent_withdrawn", At: w.At, Data: json.RawMessage(`{"number":"` + r.Number + `"}`)}}, n.err
}

func (n *notes) Noted(context.Context, string, []Note) { n.told++ }

func service() (*Service, *fake, *notes) {
	f, n := newFake(), &notes{}
	now := clock
	return NewService(f, n, func() time.Time { now = now.Add(time.Millisecond); return now }), f, n
}

func input() Input {
	return Input{CaseID: "c", PersonID: "p", State: StatePartial, Grantor: GrantorSelf, Purposes: []Purpose{PurposeConference},
		Scope: map[string][]Item{"a": {ItemBasic, ItemCare}, "b": {ItemHealth}}, From: "2026-06-01", Until: "2027-05-31",
		Method: MethodWritten, ExplainedBy: "事務 花子", ExplainedAt: clock.Add(-time.Hour)}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	s, f, _ := service()
	r, err := s.Record(context.Background(), secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	if r.Number != "D2026-0001" || r.Tenant != "t" || r.RecordedBy != "u1" || len(r.FormHash) != 64 {
		t.Errorf("record %+v", r)
	}
	if want := time.Date(2026, 5, 31, 15, 0, 0, 0, time.UTC); !r.From.Equal(want) {
		t.Errorf("From %v, want %v", r.From, want)
	}
	if want := time.Date(2027, 5, 31, 15, 0, 0, 0, time.UTC); !r.Until.Equal(want) {
		t.Errorf("Until %v, want the end of the last day %v", r.Until, want)
	}
	if r.RecordedAt.Nanosecond()%1000 != 0 {
		t.Errorf("RecordedAt %v is finer than the store", r.RecordedAt)
	}
	if e := f.audit[0]; e.Verb != access.VerbConsentRecord || e.Target != r.ID || e.CaseID != "c" || e.Hash == "" {
		t.Errorf("audit %+v", e)
	}
	again, err := s.Record(context.Background(), secretary, input())
	if err != nil || again.Number != "D2026-0002" {
		t.Errorf("second record %q %v", again.Number, err)
	}
}

func TestRecordRefusesWithFieldAndMessage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, field, says string
		spoil             func(*Input)
	}{
		{"no person", "personId", "対象者", func(i *Input) { i.PersonID = "" }},
		{"person of another case", "personId", "世帯員の中に", func(i *Input) { i.PersonID = "x" }},
		{"no state", "state", "状態", func(i *Input) { i.State = "" }},
		{"withdrawn is no input", "state", "撤回", func(i *Input) { i.State = StateWithdrawn }},
		{"no purpose", "purposes", "目的", func(i *Input) { i.Purposes = nil }},
		{"unknown purpose", "purposes", "目的", func(i *Input) { i.Purposes = []Purpose{"x"} }},
		{"nothing given", "scope", "1つ以上", func(i *Input) { i.Scope = map[string][]Item{"a": nil} }},
		{"unknown item", "scope", "項目", func(i *Input) { i.Scope["a"] = []Item{"x"} }},
		{"an item twice", "scope", "項目", func(i *Input) { i.Scope["a"] = []Item{ItemCare, ItemCare} }},
		{"unknown agency", "scope", "登録されていない", func(i *Input) { i.Scope["z"] = []Item{ItemCare} }},
		{"unknown source", "sources", "登録されていない", func(i *Input) { i.Sources = []string{"z"} }},
		{"no end", "until", "終了日", func(i *Input) { i.Until = "" }},
		{"end before beginning", "until", "前", func(i *Input) { i.Until = "2026-05-31" }},
		{"longer than a year", "until", "2027年5月31日", func(i *Input) { i.Until = "2027-06-01" }},
		{"not a date", "until", "日付", func(i *Input) { i.Until = "2026-02-30" }},
		{"no method", "method", "方法", func(i *Input) { i.Method = "" }},
		{"scribe without a word", "details.scribe.name", "代筆者", func(i *Input) { i.Method = MethodScribe }},
		{"oral without a word", "details.oral.hearer", "聴取者", func(i *Input) { i.Method = MethodOral; i.MethodNote = "聴取者 井上" }},
		{"unknown method", "method", "方法", func(i *Input) { i.Method = "fax" }},
		{"no explainer", "explainedBy", "説明者", func(i *Input) { i.ExplainedBy = "" }},
		{"no time of explanation", "explainedAt", "説明した日時", func(i *Input) { i.ExplainedAt = time.Time{} }},
		{"explained tomorrow", "explainedAt", "未来", func(i *Input) { i.ExplainedAt = clock.Add(24 * time.Hour) }},
		{"no grantor", "grantor", "同意者", func(i *Input) { i.Grantor = "" }},
		{"parent without name", "grantorName", "氏名", func(i *Input) { i.Grantor = GrantorParent }},
		{"guardian of no kind", "details.agent.kind", "立場", func(i *Input) { i.Grantor, i.GrantorName = GrantorGuardian, "髙橋" }},
		{"no strokes", "signature", "署名", func(i *Input) { i.Method = MethodSignature }},
		{"strokes out of the field", "signature", "署名", func(i *Input) { i.Signature = json.RawMessage(`[[{"x":0,"y":0},{"x":2,"y":0}]]`) }},
		{"too many points", "signature", "署名", func(i *Input) {
			i.Signature = json.RawMessage(`[[` + strings.Repeat(`{"x":0,"y":0},`, maxPoints) + `{"x":0,"y":0}]]`)
		}},
		{"too many strokes", "signature", "署名", func(i *Input) {
			i.Signature = json.RawMessage(`[` + strings.Repeat(`[{"x":0,"y":0}],`, maxStrokes) + `[{"x":0,"y":0}]]`)
		}},
		{"strokes with more", "signature", "署名", func(i *Input) { i.Signature = json.RawMessage(`[[{"x":0,"y":0,"z":1}]]`) }},
		{"unknown form", "formHash", "文面", func(i *Input) { i.FormHash = "00" }},
		{"個人番号", "methodNote", "個人番号", func(i *Input) { i.MethodNote = "番号 1234-5678-9018" }},
		{"bidi", "explainHow", "向き", func(i *Input) { i.ExplainHow = "a\u202Eb" }},
	} {
		s, f, _ := service()
		in := input()
		c.spoil(&in)
		_, err := s.Record(context.Background(), secretary, in)
		var e *fault.Error
		if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Field != c.field || !strings.Contains(e.Message, c.says) {
			t.Errorf("%s: %v (field %q)", c.name, err, field(err))
		}
		if len(f.records) != 0 {
			t.Errorf("%s: stored", c.name)
		}
	}
}

func field(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

func TestLeapDayPeriod(t *testing.T) {
	t.Parallel()
	in := input()
	in.From, in.Until = "2028-03-01", "2029-02-28"
	r, err := in.record(clock, FormAt(clock))
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2029, 2, 28, 15, 0, 0, 0, time.UTC); !r.Until.Equal(want) {
		t.Errorf("Until %v", r.Until)
	}
	in.Until = "2029-03-01"
	if _, err := in.record(clock, FormAt(clock)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a year and a day: %v", err)
	}
}

func TestOnlyHolders(t *testing.T) {
	t.Parallel()
	s, f, _ := service()
	ctx := context.Background()
	r, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	for _, actor := range []access.Actor{helper, {}, {Tenant: "t", Roles: []access.Role{access.RoleAdmin}},
		{Tenant: "t", GuestMeeting: "m", Roles: []access.Role{access.RoleSecretariat}}} {
		_, e1 := s.Record(ctx, actor, input())
		_, e2 := s.Withdraw(ctx, actor, WithdrawInput{RecordID: r.ID})
		_, e3 := s.ListForCase(ctx, actor, "c")
		_, e4 := s.Board(ctx, actor, "c")
		for i, err := range []error{e1, e2, e3, e4} {
			if !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v call %d: %v", actor, i, err)
			}
		}
	}
	if len(f.records) != 1 || len(f.records[0].Withdrawals) != 0 {
		t.Error("something was written")
	}
	stranger := secretary
	stranger.Tenant = "other"
	if _, err := s.ListForCase(ctx, stranger, "c"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another municipality: %v", err)
	}
	if !slices.ContainsFunc(f.audit, func(e access.Entry) bool { return e.Result == "denied" && e.ActorID == "u2" }) {
		t.Error("the refusal is not in the log")
	}
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	s, f, n := service()
	ctx := context.Background()
	r, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID, Agencies: []string{"z"}}); field(err) != "agencies" {
		t.Errorf("agency that is not on the form: %v", err)
	}
	r, err = s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID, Agencies: []string{"a"}, Items: []Item{ItemCare}, Note: "電話で申し出"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Withdrawals) != 1 || len(f.notes) != 1 || n.told != 1 || string(f.notes[0].Data) != `{"number":"D2026-0001"}` {
		t.Errorf("withdrawals %v notes %v told %d", r.Withdrawals, f.notes, n.told)
	}
	q := Question{Persons: []string{"p"}, AgencyID: "a", Item: ItemCare, Purpose: PurposeConference, At: clock.Add(time.Hour)}
	if d := Decide(q, Facts{Member: true, Mode: ModeLayered}, f.records); d.Reason != ReasonWithdrawn {
		t.Errorf("care after the withdrawal: %v", d)
	}
	q.Item = ItemBasic
	if d := Decide(q, Facts{Member: true, Mode: ModeLayered}, f.records); !d.Allow {
		t.Errorf("basic after the withdrawal of care: %v", d)
	}
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); !fault.Is(err, fault.Conflict) {
		t.Errorf("withdrawn twice: %v", err)
	}
}

func TestWithdrawSaysWhoTookItAndWhoWasTold(t *testing.T) {
	t.Parallel()
	s, _, _ := service()
	ctx := context.Background()
	r, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]WithdrawInput{
		"how":        {How: "fax"},
		"told":       {Told: []string{"a", "z"}},
		"receivedBy": {ReceivedBy: strings.Repeat("あ", 61)},
		"items":      {Items: []Item{"x"}},
	} {
		in.RecordID = r.ID
		if _, err := s.Withdraw(ctx, secretary, in); field(err) != name {
			t.Errorf("%s: %v (field %q)", name, err, field(err))
		}
	}
	r, err = s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID, Items: []Item{ItemCare}, ReceivedBy: "窓口 太郎", How: NoticePhone, Told: []string{"a", "b"}})
	if err != nil {
		t.Fatal(err)
	}
	if w := r.Withdrawals[0]; w.ReceivedBy != "窓口 太郎" || w.How != NoticePhone || !slices.Equal(w.Told, []string{"a", "b"}) || w.ByName != secretary.Name {
		t.Errorf("%+v", w)
	}
}

func TestWithdrawIsOneDeed(t *testing.T) {
	t.Parallel()
	s, f, n := service()
	ctx := context.Background()
	r, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	f.fail = fault.New(fault.Unavailable, "")
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); !fault.Is(err, fault.Unavailable) || n.told != 0 {
		t.Errorf("store is down: %v, told %d", err, n.told)
	}
	f.fail, n.err = nil, fault.New(fault.Unavailable, "")
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); !fault.Is(err, fault.Unavailable) || len(f.records[0].Withdrawals) != 0 {
		t.Errorf("the minutes cannot take it: %v %v", err, f.records[0].Withdrawals)
	}
}

// TestWithdrawWhileAMeetingBegins: a meeting that enters 受付 between the making of the notes and the transaction is noted all the same.
func TestWithdrawWhileAMeetingBegins(t *testing.T) {
	t.Parallel()
	s, f, n := service()
	ctx := context.Background()
	r, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	n.begin = func() { f.running = []string{"mm"} } // after the first look
	if r, err = s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID, Agencies: []string{"a"}}); err != nil {
		t.Fatal(err)
	}
	if n.made != 2 || n.told != 1 || len(f.notes) != 1 || f.notes[0].MeetingID != "mm" || len(r.Withdrawals) != 1 || !f.notes[0].At.Equal(r.Withdrawals[0].At) {
		t.Errorf("made %d told %d notes %+v", n.made, n.told, f.notes)
	}
	n.begin = func() { f.running = []string{"never noted"} }
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); !fault.Is(err, fault.Conflict) || n.made != 2+attempts || n.told != 1 {
		t.Errorf("%v after %d tries, told %d", err, n.made-2, n.told)
	}
}

func TestWithdrawOfAReplacedRecord(t *testing.T) {
	t.Parallel()
	s, _, _ := service()
	ctx := context.Background()
	old, _ := s.Record(ctx, secretary, input())
	if _, err := s.Record(ctx, secretary, input()); err != nil {
		t.Fatal(err)
	}
	_, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: old.ID})
	if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "D2026-0002") {
		t.Errorf("replaced record: %v", err)
	}
	no := input()
	no.State, no.Scope, no.Purposes, no.Until = StateRefused, nil, nil, ""
	r, err := s.Record(ctx, secretary, no)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a refusal cannot be withdrawn: %v", err)
	}
}

func TestBoard(t *testing.T) {
	t.Parallel()
	s, _, _ := service()
	ctx := context.Background()
	b, err := s.Board(ctx, secretary, "c")
	if err != nil {
		t.Fatal(err)
	}
	if b.Ready || b.Rows[0].PersonID != "p" || b.Rows[0].Asked || b.Rows[0].State != StateNotExplained || !b.Rows[1].Minor || b.Rows[0].Minor {
		t.Errorf("empty board %+v", b)
	}
	ask := input()
	ask.State, ask.Purposes, ask.Scope, ask.Until, ask.Method = StatePending, nil, nil, "", ""
	if _, err := s.Record(ctx, secretary, ask); err != nil {
		t.Fatal(err)
	}
	if b, _ = s.Board(ctx, secretary, "c"); !b.Rows[0].Asked || b.Rows[0].State != StatePending || b.Ready || b.Rows[0].AskedBy != "事務 花子" {
		t.Errorf("asked %+v", b.Rows[0])
	}
	r, _ := s.Record(ctx, secretary, input())
	b, _ = s.Board(ctx, secretary, "c")
	if row := b.Rows[0]; !b.Ready || row.State != StatePartial || row.DaysLeft != 355 || row.Attempts != 2 || len(row.Scope) != 2 {
		t.Errorf("granted %+v", row)
	}
	if _, err := s.Withdraw(ctx, secretary, WithdrawInput{RecordID: r.ID}); err != nil {
		t.Fatal(err)
	}
	if b, _ = s.Board(ctx, secretary, "c"); b.Ready || b.Rows[0].State != StateWithdrawn || b.Rows[0].Scope != nil {
		t.Errorf("withdrawn %+v", b.Rows[0])
	}
}

func TestMinor(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 0, 0, 0, 0, jst)
	for birth, want := range map[string]bool{"2008-06-11": false, "2008-06-12": true, "2008-06-10": false, "2012": true, "1990-05": false, "": false, "?": false, "2012-13-40": false} {
		if got := minor(birth, now); got != want {
			t.Errorf("minor(%q) = %v", birth, got)
		}
	}
}

func TestFormTexts(t *testing.T) {
	t.Parallel()
	// A text that records name must stay word for word as it was. If this fails, add a new version instead.
	if got := FormTexts()[0].Hash(); got != "8b8bf55e9a8ecc33894a65aec33353a42df35ec6d5b228b106d286821885500c" {
		t.Errorf("hash of the first form text is %s", got)
	}
}
