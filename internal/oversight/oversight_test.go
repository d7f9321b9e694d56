package oversight_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/oversight"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

const tenant = "m1"

var (
	officer = access.Actor{Tenant: tenant, UserID: "kansa", AgencyID: "a1", Roles: []access.Role{access.RoleAuditor}}
	desk    = access.Actor{Tenant: tenant, UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}
)

// each runs a test on both engines with a small municipality and the service over it. The clock stands on a Wednesday afternoon in Japan.
func each(t *testing.T, fn func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry))) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.NewWorld(t, s, tenant)
		ctx, n := context.Background(), 0
		fields := func(_ context.Context, _ string, d oversight.Doc, from, to time.Time) ([]string, error) {
			span := "欄 " + d.ID + " " + from.UTC().Format("02T15:04") + "–" + to.UTC().Format("02T15:04")
			return []string{span, span}, nil
		}
		o := oversight.NewService(s, audit.NewWords(bytes.Repeat([]byte{1}, 32)), fields, func() time.Time { return noon.Add(3 * time.Hour) })
		fn(ctx, t, s, o, func(list ...access.Entry) {
			t.Helper()
			for i := range list {
				n++
				list[i].ID, list[i].Tenant = fmt.Sprintf("z%05d", n), tenant
				if list[i].Result == "" {
					list[i].Result = "ok"
				}
			}
			if err := s.AppendAudit(ctx, list...); err != nil {
				t.Fatal(err)
			}
		})
	})
}

var noon = time.Date(2026, 6, 10, 3, 0, 0, 0, time.UTC) // 12:00 in Japan

// names are those of persons of cases in storetest.NewWorld: none may reach who keeps the log.
var names = []string{"田中", "たなか", "さきちゃん"}

func noNames(t *testing.T, what string, v any) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if strings.Contains(string(raw), n) {
			t.Errorf("%s names a person: %s", what, raw)
		}
	}
}

func TestOfficerSeesTheLogAndNoPerson(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry)) {
		add(access.Entry{At: noon, ActorID: "u2", AgencyID: "a2", Verb: access.VerbDocOpen, CaseID: "c1", Target: "d1", IP: "192.0.2.7", SessionID: "s1"},
			access.Entry{At: noon.Add(time.Second), ActorID: "u2", AgencyID: "a2", Verb: access.VerbGateDenied, CaseID: "c1", Target: "d1", Result: "denied", Reason: "scope"},
			access.Entry{At: noon.Add(2 * time.Second), Verb: access.VerbSignInFailed, Result: "failed", Reason: "credentials"})
		p, err := o.Entries(ctx, officer, oversight.Filter{From: "2026-06-10", To: "2026-06-10"})
		if err != nil || len(p.Lines) != 3 || p.Next != "" {
			t.Fatalf("%+v %v", p, err)
		}
		l := p.Lines[2]
		if l.Actor != "渡邉\U000E0100 一" || l.Agency != "社会福祉協議会" || l.VerbLabel != "文書を開いた" || l.CaseNumber != "K2026-0001" || l.What != "記録: 基本情報" || l.ResultLabel != "成功" || l.IP != "192.0.2.7" {
			t.Errorf("%+v", l)
		}
		if p.Lines[1].ReasonLabel != "同意範囲外" || p.Lines[0].Actor != "(サインイン前)" || p.Lines[0].ReasonLabel != "パスワードなどの誤り" {
			t.Errorf("%+v", p.Lines[:2])
		}
		noNames(t, "the list", p)
		// The looking is in the log itself.
		p, err = o.Entries(ctx, officer, oversight.Filter{Verb: access.VerbAuditList, Case: "K2026-0001"})
		if err != nil || len(p.Lines) != 0 {
			t.Errorf("%+v %v", p, err)
		}
		if p, err = o.Entries(ctx, officer, oversight.Filter{Verb: access.VerbAuditList}); err != nil || len(p.Lines) != 2 || p.Lines[0].CaseNumber+p.Lines[1].CaseNumber != "K2026-0001" {
			t.Errorf("%+v %v", p, err)
		}
		for field, f := range map[string]oversight.Filter{"case": {Case: "K2026-9999"}, "verb": {Verb: "no.such"}, "result": {Result: "maybe"}, "limit": {Limit: 501}, "after": {After: "x"}, "from": {From: "2024-01-01"}} {
			_, err := o.Entries(ctx, officer, f)
			var e *fault.Error
			if !fault.Is(err, fault.Invalid) || !asFault(err, &e) || e.Field != field {
				t.Errorf("%+v: %v", f, err)
			}
		}
		for what, err := range map[string]error{"entries": second(o.Entries(ctx, desk, oversight.Filter{})), "seen": second(o.SeenCase(ctx, desk, oversight.Filter{Case: "K2026-0001"})),
			"person": second(o.SeenPerson(ctx, officer, "c1", "p1", oversight.Filter{})), "incident": second(o.Incident(ctx, officer, oversight.IncidentInput{})),
			"form": second(o.IncidentForm(ctx, officer)), "searches": second(o.Searched(ctx, desk, "田中", oversight.Filter{}))} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func asFault(err error, into **fault.Error) bool {
	for err != nil {
		if f, ok := err.(*fault.Error); ok {
			*into = f
			return true
		}
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			return false
		}
		err = u.Unwrap()
	}
	return false
}

// Nothing leaves without its entry: with a log that takes none, no question is answered.
func TestNoAnswerWithoutEntry(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, _ *oversight.Service, _ func(...access.Entry)) {
		deaf := oversight.NewService(deafLog{s}, audit.NewWords(nil), nil, func() time.Time { return noon })
		f := oversight.Filter{}
		_, exportErr := deaf.Export(ctx, officer, f)
		for what, err := range map[string]error{"entries": second(deaf.Entries(ctx, officer, f)), "export": exportErr, "hours": second(deaf.AfterHours(ctx, officer, f)),
			"mass": second(deaf.Mass(ctx, officer, f)), "monthly": second(deaf.Monthly(ctx, officer, f)), "searched": second(deaf.Searched(ctx, officer, "田中", f)),
			"case": second(deaf.SeenCase(ctx, officer, oversight.Filter{Case: "K2026-0001"})), "person": second(deaf.SeenPerson(ctx, desk, "c1", "p1", f))} {
			if !fault.Is(err, fault.Unavailable) {
				t.Errorf("%s is answered without an entry: %v", what, err)
			}
		}
	})
}

type deafLog struct{ *store.Store }

func (deafLog) AppendAudit(context.Context, ...access.Entry) error {
	return fault.New(fault.Unavailable, "")
}

func TestExportIsACSV(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry)) {
		u := identity.Account{User: access.User{ID: "evil", Tenant: tenant, AgencyID: "a1", Login: "evil", Name: "=HYPERLINK(\"http://x\")", Kana: "え", Post: "+1"}}
		if err := s.CreateUser(ctx, u, access.Entry{ID: "new", At: noon.Add(-48 * time.Hour), Tenant: tenant, Verb: access.VerbUserSave}); err != nil {
			t.Fatal(err)
		}
		var list []access.Entry
		for i := range 2345 { // more than two pages
			list = append(list, access.Entry{At: noon.Add(time.Duration(i) * time.Millisecond), ActorID: "evil", AgencyID: "a1", Verb: access.VerbCaseOpen, CaseID: "c1", Target: "c1", IP: "@cmd"})
		}
		add(list...)
		x, err := o.Export(ctx, officer, oversight.Filter{From: "2026-06-10", To: "2026-06-10", Actor: "evil"})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := x.Write(ctx, &b); err != nil {
			t.Fatal(err)
		}
		raw, ok := bytes.CutPrefix(b.Bytes(), []byte("\xEF\xBB\xBF"))
		r := csv.NewReader(bytes.NewReader(raw))
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if !ok || err != nil || len(rows) != 2345+2 || !strings.Contains(string(raw[:400]), "\r\n") {
			t.Fatal(ok, err, len(rows))
		}
		seen := map[string]bool{}
		for _, row := range rows[1 : len(rows)-1] {
			seen[row[14]] = true
			if row[1] != "'=HYPERLINK(\"http://x\")" || row[2] != "'+1" || row[9] != "'@cmd" || row[6] != "K2026-0001" || row[4] != "ケースを開いた" {
				t.Fatal(row)
			}
		}
		if len(seen) != 2345 || rows[len(rows)-1][1] != "2345件" || !strings.HasPrefix(rows[1][0], "2026-06-10 12:00:02.344") {
			t.Error(len(seen), rows[len(rows)-1], rows[1])
		}
		noNames(t, "the export", b.String())
		p, err := o.Entries(ctx, officer, oversight.Filter{Verb: access.VerbAuditExport})
		if err != nil || len(p.Lines) != 1 || p.Lines[0].ActorID != "kansa" {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestWhoSawThisPerson(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry)) {
		docs, err := s.EnsureDocs(ctx, []live.Meta{
			{Tenant: tenant, ID: "s1", Kind: live.KindSection, CaseID: "c1", OwnerID: "p1", PersonID: "p1", Item: consent.ItemHealth},
			{Tenant: tenant, ID: "s2", Kind: live.KindSection, CaseID: "c1", OwnerID: "p2", PersonID: "p2", Item: consent.ItemCare},
			{Tenant: tenant, ID: "s0", Kind: live.KindSection, CaseID: "c1", OwnerID: "c1", Item: consent.ItemIncome}},
			access.Entry{ID: "made", At: noon.Add(-99 * time.Hour), Tenant: tenant, Verb: access.VerbCaseUpdate})
		if err != nil || len(docs) != 3 {
			t.Fatal(docs, err)
		}
		open := func(after time.Duration, user, agency, doc string) access.Entry {
			return access.Entry{At: noon.Add(after), ActorID: user, AgencyID: agency, Verb: access.VerbDocOpen, CaseID: "c1", Target: doc}
		}
		history := open(40*time.Minute, "u2", "a2", "s1.1")
		history.Verb = access.VerbDocHistory
		denied := open(50*time.Minute, "u2", "a2", "s1")
		denied.Result = "denied"
		pdf := access.Entry{At: noon.Add(45 * time.Minute), ActorID: "u1", AgencyID: "a1", Verb: access.VerbPDFDraft, CaseID: "c1", MeetingID: "g1", Target: "g1"}
		elsewhere := open(time.Minute, "u2", "a2", "zz")
		elsewhere.CaseID = "c2"
		add(open(0, "u2", "a2", "s1"), open(10*time.Minute, "u2", "a2", "s2"), open(20*time.Minute, "u2", "a2", "s0"), history, denied, pdf, elsewhere)

		v, err := o.SeenPerson(ctx, desk, "c1", "p1", oversight.Filter{})
		if err != nil || v.CaseNumber != "K2026-0001" {
			t.Fatal(v, err)
		}
		var got []string
		for _, l := range v.Lines {
			got = append(got, l.VerbLabel+" "+l.What)
		}
		if want := []string{"案のPDFの作成・印刷 ", "変更の履歴を見た 記録: 健康・医療", "文書を開いた 記録: 収入・家計・債務", "文書を開いた 記録: 健康・医療"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		if len(v.Agencies) != 2 {
			t.Fatalf("%+v", v.Agencies)
		}
		i := slices.IndexFunc(v.Agencies, func(v oversight.Viewer) bool { return v.ActorID == "u2" })
		if x := v.Agencies[i]; x.Times != 3 || x.Agency != "社会福祉協議会" || !x.First.Equal(noon) || !x.Last.Equal(noon.Add(40*time.Minute)) {
			t.Errorf("%+v", x)
		}
		if _, err := o.SeenPerson(ctx, desk, "c1", "p9", oversight.Filter{}); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		all, err := o.SeenCase(ctx, officer, oversight.Filter{Case: " K2026-0001 "})
		if err != nil || len(all.Lines) != 5 {
			t.Errorf("%+v %v", all, err)
		}
		noNames(t, "who saw the case", all)
		if n := asked(ctx, t, o, access.VerbAuditSeen); n != 2 {
			t.Errorf("%d entries of the questions", n)
		}
	})
}

func asked(ctx context.Context, t *testing.T, o *oversight.Service, v access.Verb) int {
	t.Helper()
	p, err := o.Entries(ctx, officer, oversight.Filter{Verb: v})
	if err != nil {
		t.Fatal(err)
	}
	return len(p.Lines)
}

func TestHabits(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry)) {
		look := func(at time.Time, user string, c int) access.Entry {
			return access.Entry{At: at, ActorID: user, AgencyID: "a2", Verb: access.VerbCaseOpen, CaseID: fmt.Sprint("case", c), Target: "x"}
		}
		night, sunday := time.Date(2026, 6, 9, 13, 0, 0, 0, time.UTC), time.Date(2026, 6, 7, 3, 0, 0, 0, time.UTC)
		add(look(night, "u2", 1), look(sunday, "u2", 1))
		for i := range 12 {
			add(look(noon.Add(time.Duration(i)*4*time.Minute), "u2", i)) // 12 cases in 44 minutes
			add(look(noon.Add(time.Duration(i)*10*time.Minute), "u1", i%10))
		}
		pdf := look(noon.Add(time.Hour), "u2", 1)
		pdf.Verb = access.VerbPDFDraft
		file := look(noon.Add(time.Hour), "u2", 1)
		file.Verb = access.VerbFileGet
		no := look(noon.Add(time.Hour), "u2", 1)
		no.Verb, no.Result = access.VerbGateDenied, "denied"
		may := look(time.Date(2026, 5, 20, 3, 0, 0, 0, time.UTC), "u2", 1)
		add(pdf, file, no, may)

		p, err := o.AfterHours(ctx, officer, oversight.Filter{})
		if err != nil || len(p.Lines) != 2 || !p.Lines[0].At.Equal(night) || !p.Lines[1].At.Equal(sunday) {
			t.Errorf("%+v %v", p, err)
		}
		bursts, err := o.Mass(ctx, officer, oversight.Filter{})
		if err != nil || len(bursts) != 1 || bursts[0].Cases != 12 || bursts[0].Window != "hour" || bursts[0].Actor != "渡邉\U000E0100 一" || !bursts[0].From.Equal(noon) ||
			!bursts[0].To.Equal(noon.Add(time.Hour)) {
			t.Errorf("%+v %v", bursts, err)
		}
		if _, err := o.Set(ctx, officer, oversight.Settings{From: "08:00", To: "22:30", PerHour: 100, PerDay: 9}); err != nil {
			t.Fatal(err)
		}
		if p, err = o.AfterHours(ctx, officer, oversight.Filter{}); err != nil || len(p.Lines) != 0 {
			t.Errorf("%+v %v", p, err)
		}
		if bursts, err = o.Mass(ctx, officer, oversight.Filter{}); err != nil || len(bursts) != 2 || bursts[0].Cases != 12 || bursts[0].Window != "day" || bursts[1].Cases != 10 {
			t.Errorf("%+v %v", bursts, err)
		}
		months, err := o.Monthly(ctx, officer, oversight.Filter{Agency: "a2"})
		if err != nil || len(months) != 3 {
			t.Fatalf("%+v %v", months, err)
		}
		i := slices.IndexFunc(months, func(m oversight.Month) bool { return m.ActorID == "u2" && m.Month == "2026-06" })
		if m := months[i]; m.Opened != 14 || m.Printed != 1 || m.Taken != 1 || m.Denied != 1 || m.Actor != "渡邉\U000E0100 一" {
			t.Errorf("%+v", m)
		}
		if months[0].Month != "2026-05" || months[0].Opened != 1 {
			t.Errorf("%+v", months[0])
		}
	})
}

func TestIncident(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry)) {
		docs, err := s.EnsureDocs(ctx, []live.Meta{
			{Tenant: tenant, ID: "s1", Epoch: 1, Kind: live.KindSection, CaseID: "c1", OwnerID: "p1", PersonID: "p1", Item: consent.ItemHealth},
			{Tenant: tenant, ID: "s2", Epoch: 1, Kind: live.KindSection, CaseID: "c1", OwnerID: "p2", PersonID: "p2", Item: consent.ItemDisability},
			{Tenant: tenant, ID: "s0", Epoch: 1, Kind: live.KindSection, CaseID: "c1", OwnerID: "c1", Item: consent.ItemIncome}},
			access.Entry{ID: "made", At: noon.Add(-99 * time.Hour), Tenant: tenant, Verb: access.VerbCaseUpdate})
		if err != nil || len(docs) != 3 {
			t.Fatal(docs, err)
		}
		for _, d := range []string{"s1", "s0"} { // in s2 nobody ever wrote
			out, err := s.AppendDocs(ctx, []live.Batch{{Tenant: tenant, DocID: d, Epoch: 1, Rows: []live.Row{{Update: []byte{0, 0}, ActorID: "u1", At: noon}}}})
			if err != nil || out[0].Err != nil {
				t.Fatal(out, err)
			}
		}
		open := func(at time.Time, user, doc string) access.Entry {
			return access.Entry{At: at, ActorID: user, AgencyID: "a2", SessionID: "stolen", IP: "192.0.2.66", Verb: access.VerbDocOpen, CaseID: "c1", Target: doc}
		}
		day := time.Date(2026, 6, 9, 15, 0, 0, 0, time.UTC) // 10 June, 0:00 in Japan
		page := open(day.Add(-time.Hour), "u2", "c1")
		page.Verb = access.VerbCaseOpen
		list := open(noon, "u2", "")
		list.Verb, list.CaseID = access.VerbCaseList, ""
		add(page, open(day.Add(-2*time.Hour), "u2", "s1"), open(noon, "u2", "s1"), open(noon, "u2", "s0"), open(noon, "u2", "s2"), open(noon, "u1", "s2"), open(day.Add(-30*time.Hour), "u2", "s2"), list)

		in := oversight.IncidentInput{Filter: oversight.Filter{From: "2026-06-10", To: "2026-06-10", Session: "stolen", Actor: "u2"}, Reason: "leak", Note: "田中さんの情報が"}
		rep, err := o.Incident(ctx, desk, in)
		if err != nil || rep.Persons != 2 || rep.Cases != 1 || !rep.Sensitive || rep.Many || rep.Lists != 1 || !slices.Equal(rep.SensitiveItems, []string{"健康・医療"}) {
			t.Fatalf("%+v %v", rep, err)
		}
		a := rep.Affected[0]
		if a.Name != "田中 \uFA10子" || a.Ord != 1 || len(a.Items) != 2 || a.Items[0].Item != "health" || !a.Items[0].Certain || a.Items[0].Times != 2 || !a.Items[0].First.Equal(day.Add(-2*time.Hour)) ||
			!slices.Equal(a.Items[0].Fields, []string{"欄 s1 " + day.Add(-2*time.Hour).Format("02T15:04") + "–" + day.Add(24*time.Hour).Format("02T15:04")}) || a.Items[1].Item != "income" {
			t.Errorf("%+v", a)
		}
		if b := rep.Affected[1]; len(b.Items) != 1 || b.Items[0].Item != "income" || !b.AddressSecret {
			t.Errorf("the household's income is that of both: %+v", b)
		}
		raw, err := rep.CSV()
		if err != nil || !bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")) || !bytes.Contains(raw, []byte("対象の人数,2\r\n")) || !bytes.Contains(raw, []byte("K2026-0001,1,田中 \uFA10子,たなか つかこ,いいえ,健康・医療,はい,表示した,文書,欄 s1 09T13:00–10T15:00,")) {
			t.Errorf("%s %v", raw, err)
		}
		form, err := o.IncidentForm(ctx, desk)
		if err != nil || len(form.Made) != 1 || form.Made[0].Note != in.Note || form.Made[0].Persons != 2 || form.Made[0].ReasonLabel == "leak" {
			t.Errorf("%+v %v", form.Made, err)
		}
		p, err := o.Entries(ctx, officer, oversight.Filter{Verb: access.VerbIncidentExport})
		if err != nil || len(p.Lines) != 1 || p.Lines[0].Reason != "leak" || p.Lines[0].Target != rep.ID {
			t.Errorf("%+v %v", p, err)
		}
		noNames(t, "the entry of an export", p)

		for field, change := range map[string]func(*oversight.IncidentInput){
			"reason": func(i *oversight.IncidentInput) { i.Reason = "curious" },
			"note":   func(i *oversight.IncidentInput) { i.Note = strings.Repeat("あ", 501) },
			"from":   func(i *oversight.IncidentInput) { i.To = "" },
			"actor":  func(i *oversight.IncidentInput) { i.Actor, i.Session = "", "" },
		} {
			bad := in
			change(&bad)
			_, err := o.Incident(ctx, desk, bad)
			var e *fault.Error
			if !asFault(err, &e) || e.Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		blank := in
		blank.Note = " \n"
		if _, err := o.Incident(ctx, desk, blank); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}

// More than a hundred persons are told, wherever they stand.
func TestIncidentOfMany(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, s *store.Store, o *oversight.Service, add func(...access.Entry)) {
		for i := range 51 {
			id := fmt.Sprintf("big%02d", i)
			var people []cases.Person
			for j := range 2 {
				people = append(people, cases.Person{ID: fmt.Sprint(id, "p", j), Ord: j + 1, Name: "名", Kana: "な", Relation: "本人", Subject: true})
			}
			if err := s.CreateCase(ctx, cases.Case{ID: id, Tenant: tenant, Number: "K2026-1" + id[3:], Stage: cases.StageReceived, Version: 1, OpenedAt: noon, UpdatedAt: noon}, people, nil,
				access.Entry{ID: "e" + id, At: noon.Add(-99 * time.Hour), Tenant: tenant, Verb: access.VerbCaseCreate}); err != nil {
				t.Fatal(err)
			}
			e := access.Entry{At: noon, ActorID: "u2", AgencyID: "a2", Verb: access.VerbCaseOpen, CaseID: id, Target: id}
			add(e)
			if i != 49 && i != 50 {
				continue
			}
			rep, err := o.Incident(ctx, desk, oversight.IncidentInput{Filter: oversight.Filter{From: "2026-06-10", To: "2026-06-10", Agency: "a2"}, Reason: "drill", Note: "訓練"})
			if err != nil || rep.Persons != 2*(i+1) || rep.Many != (i == 50) || rep.Sensitive {
				t.Errorf("%d persons, many %v, sensitive %v, %v", rep.Persons, rep.Many, rep.Sensitive, err)
			}
		}
	})
}
