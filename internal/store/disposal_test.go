package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// desk is the records desk of a sealed world, years later: every period of five years has ended. Two people sit at it.
type desk struct {
	*archive.Service
	first, second access.Actor
	clock         *storetest.Clock
}

func newDesk(t *testing.T, w storetest.World, s *store.Store) desk {
	t.Helper()
	sealed(t, w)
	d := desk{first: w.Holder, second: w.Holder, clock: &storetest.Clock{}}
	d.first.Roles, d.second.Roles = []access.Role{access.RoleRecords}, []access.Role{access.RoleCity}
	d.first.UserID, d.first.Name, d.second.UserID, d.second.Name = "k1", "起案 太郎", "k2", "決裁 花子"
	d.clock.Set(time.Date(2032, 6, 1, 0, 0, 0, 0, time.UTC))
	d.Service = archive.NewService(s, d.clock.Now)
	d.PrintWith(papers.New(pdf.New(pdf.Options{})))
	return d
}

func (d desk) ids(ctx context.Context, t *testing.T, kind archive.Kind) (out []string) {
	t.Helper()
	list, err := linesOf(d.List(ctx, d.first, archive.Filter{Kind: kind}))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		if l.State == archive.StateSealed && l.Kind != archive.KindDisposal {
			out = append(out, l.ID)
		}
	}
	return out
}

func (d desk) propose(ctx context.Context, t *testing.T, ids []string) string {
	t.Helper()
	v, err := d.Propose(ctx, d.first, archive.Proposal{Records: ids, Method: "本文の消去", Reason: "保存期間の満了"})
	if err != nil || v.State != archive.DisposalProposed || v.MayDecide || !v.MayWithdraw || len(v.Records) != len(ids) {
		t.Fatalf("%+v %v", v, err)
	}
	return v.ID
}

// From the end of the period to the tombstone: two people, a certificate in the chain, no byte of the body left anywhere, and the verification content.
func TestDisposal(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		d := newDesk(t, w, s)
		ending, err := d.Ending(ctx, d.first, "")
		if err != nil || len(ending) != 3 || !ending[0].Expired || ending[0].ExpiresOn != "2032-03-31" {
			t.Fatalf("%+v %v", ending, err)
		}
		ids := d.ids(ctx, t, "")
		given := copies.Copy{Tenant: tenant, RecordID: ids[0], N: 1, Kind: copies.KindGiven, Purpose: "本人に渡した", At: time.Now(), By: "u", ByName: "記録 担当"}
		if err := s.AddCopy(ctx, given, w.Holder.Audit(time.Now(), access.VerbArchiveCopy, ids[0])); err != nil {
			t.Fatal(err)
		}
		id := d.propose(ctx, t, ids)
		if _, err := d.Decide(ctx, d.first, id, true, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("who proposed decided: %v", err)
		}
		if _, err := d.Decide(ctx, w.Member, id, true, ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an agency decided: %v", err)
		}
		v, err := d.Decide(ctx, d.second, id, true, "異議なし")
		if err != nil || v.State != archive.DisposalDone || v.Certificate == "" || v.DecidedBy != "決裁 花子" {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := d.Decide(ctx, d.second, id, true, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("decided twice: %v", err)
		}
		for _, rec := range ids {
			if _, _, err := d.Download(ctx, d.first, rec); !fault.Is(err, fault.Gone) {
				t.Errorf("a tombstone was handed out: %v", err)
			}
		}
		if left := store.Count(ctx, s, "archive_record WHERE LENGTH(file) > 0 AND kind <> 'disposal'"); left != 0 {
			t.Errorf("%d bodies are left", left)
		}
		if n := store.Count(ctx, s, "record_copy WHERE by_name <> ''"); n != 1 {
			t.Errorf("that a copy was given out is lost: %d", n)
		}
		given.N = 2
		if err := s.AddCopy(ctx, given, w.Holder.Audit(time.Now(), access.VerbArchiveCopy, ids[0])); !fault.Is(err, fault.Gone) || !strings.Contains(fault.Message(err), "廃棄") {
			t.Errorf("a copy of a record that was disposed of while it was made: %v", err)
		}
		for _, what := range []string{"record_copy WHERE purpose <> ''", "plan_version WHERE LENGTH(canonical) > 0", "archive_record WHERE kind <> 'disposal' AND LENGTH(content) > 0",
			"archive_record WHERE parts IS NOT NULL AND LENGTH(parts) > 0"} {
			if n := store.Count(ctx, s, what); n != 0 {
				t.Errorf("%d of %s are left", n, what)
			}
		}
		l, file, err := d.Download(ctx, d.first, v.Certificate)
		if err != nil || l.Kind != archive.KindDisposal || !strings.HasPrefix(string(file), "%PDF-1.7") || l.Retention != "常用" || l.Number != "KS2032-0001" {
			t.Errorf("certificate: %+v %v", l, err)
		}
		if m, err := d.Match(ctx, d.first, archive.Sum([]byte("%PDF 役割")), ""); err != nil || m.Outcome != archive.MatchGone || m.Record.Number == "" {
			t.Errorf("a file of a disposed record: %+v %v", m, err)
		}
		for _, sequenced := range []bool{false, true} { // the entries count before they have their number, too
			if sequenced {
				if _, err := s.SequenceAudit(ctx, tenant); err != nil {
					t.Fatal(err)
				}
			}
			if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK || rep.Checked != 4 {
				t.Errorf("sequenced %v: %+v %v", sequenced, rep, err)
			}
		}
		if _, err := d.Propose(ctx, d.first, archive.Proposal{Records: []string{v.Certificate}, Method: "x", Reason: "x"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("the certificate was proposed: %v", err)
		}
	})
}

// A body that went without its decision is found, whoever forges what: the mark, the row of the disposal, the certificate, the entry of the log.
func TestFalseGraveIsFound(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		d := newDesk(t, w, s)
		ids := d.ids(ctx, t, archive.KindMatrix)
		id := d.propose(ctx, t, ids)
		if _, err := d.Decide(ctx, d.second, id, true, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SequenceAudit(ctx, tenant); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			says string
			do   [][]any
		}{
			"body gone":       {"改ざん", [][]any{{`UPDATE archive_record SET file = $1, content = $1 WHERE seq = 1`, []byte{}}}},
			"marked as gone":  {"監査ログに廃棄の記録がありません", [][]any{{`UPDATE archive_record SET file = $1, content = $1, disposed_by = 'x' WHERE seq = 1`, []byte{}}}},
			"by the real one": {"監査ログに廃棄の記録がありません", [][]any{{`UPDATE archive_record SET file = $1, content = $1, disposed_by = $2 WHERE seq = 1`, []byte{}, id}}},
			"a forged entry": {"廃棄証明書", [][]any{{`UPDATE archive_record SET file = $1, content = $1, disposed_by = $2 WHERE seq = 1`, []byte{}, id},
				{`INSERT INTO audit_entry (tenant, id, at, actor_id, agency_id, session_id, ip, verb, case_id, meeting_id, target, result, reason, hash)
					SELECT tenant, 'zz', 1, 'k2', '', '', '', 'archive.dispose', '', '', id, 'ok', $1, chain_hash FROM archive_record WHERE seq = 1`, id}}},
			"only the log":          {"印がありません", [][]any{{`UPDATE archive_record SET disposed_by = '' WHERE seq = 2`}}},
			"put back":              {"残っています", [][]any{{`UPDATE archive_record SET file = $1 WHERE seq = 2`, []byte("%PDF 役割")}}},
			"certificate changed":   {"元になった内容", [][]any{{`UPDATE archive_record SET content = $1 WHERE kind = 'disposal'`, []byte("{}")}}},
			"certificate cut off":   {"廃棄証明書", [][]any{{`DELETE FROM archive_record WHERE kind = 'disposal'`}}},
			"the log forgets":       {"監査ログ", [][]any{{`DELETE FROM audit_entry WHERE verb = 'archive.dispose'`}}},
			"drafts blanked, kept":  {"会議録", [][]any{{`UPDATE minutes_version SET content = $1, pdf = $1`, []byte{}}}},
			"version blanked, kept": {"プラン", [][]any{{`UPDATE plan_version SET canonical = $1`, []byte("x")}}},
		} {
			undo := errors.New("undo")
			err := store.Tampered(ctx, s, c.do, func(src archive.Snapshots) error {
				rep, err := archive.Verify(ctx, src, tenant, storetest.Trust())
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				if rep.OK || !slices.ContainsFunc(rep.Problems, func(p archive.Problem) bool { return strings.Contains(p.Message, c.says) }) {
					t.Errorf("%s: %+v", name, rep)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK {
			t.Errorf("untouched: %+v %v", rep, err)
		}
	})
}

// What keeps a record from being disposed of: its period, an extension, any one of several holds, another proposal — also when it comes between 起案 and 決裁.
func TestWhatKeepsARecord(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		d := newDesk(t, w, s)
		ids := d.ids(ctx, t, "")
		plan := ids[:1]
		propose := func() error {
			_, err := d.Propose(ctx, d.first, archive.Proposal{Records: plan, Method: "本文の消去", Reason: "満了"})
			return err
		}
		var holds []string
		for _, why := range []string{"開示請求", "訴訟"} {
			k, err := d.Hold(ctx, d.first, plan[0], why)
			if err != nil || len(k.Holds) == 0 {
				t.Fatalf("%+v %v", k, err)
			}
			holds = append(holds, k.Holds[len(k.Holds)-1].ID)
		}
		for i, h := range holds {
			if err := propose(); !fault.Is(err, fault.Conflict) {
				t.Fatalf("with %d holds: %v", len(holds)-i, err)
			}
			k, err := d.Lift(ctx, d.second, plan[0], h, "終わった")
			if err != nil || k.Held != len(holds)-i-1 {
				t.Fatalf("%+v %v", k, err)
			}
		}
		if _, err := d.Lift(ctx, d.second, plan[0], holds[0], "もう一度"); !fault.Is(err, fault.NotFound) {
			t.Errorf("lifted twice: %v", err)
		}
		id := d.propose(ctx, t, plan)
		if err := propose(); !fault.Is(err, fault.Conflict) {
			t.Errorf("proposed twice: %v", err)
		}
		k, err := d.Hold(ctx, d.first, plan[0], "起案のあとの開示請求")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Decide(ctx, d.second, id, true, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("decided over a hold: %v", err)
		}
		if _, err := d.Lift(ctx, d.first, plan[0], k.Holds[len(k.Holds)-1].ID, "取下げ"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Extend(ctx, d.first, plan[0], "2032-03-31", "短く"); !fault.Is(err, fault.Conflict) {
			t.Errorf("an extension that is none: %v", err)
		}
		if x, err := d.Extend(ctx, d.first, plan[0], "2035-03-31", "歴史資料の選別"); err != nil || x.ExpiresOn != "2035-03-31" || x.Expired || !x.Extended {
			t.Errorf("%+v %v", x, err)
		}
		if _, err := d.Decide(ctx, d.second, id, true, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("decided before its extended end: %v", err)
		}
		if err := d.Withdraw(ctx, d.second, id); !fault.Is(err, fault.Forbidden) {
			t.Errorf("another took the proposal back: %v", err)
		}
		if err := d.Withdraw(ctx, d.first, id); err != nil {
			t.Error(err)
		}
		if ending, err := d.Ending(ctx, d.first, "2034-12-31"); err != nil || len(ending) != 2 {
			t.Errorf("%d end by 2034: %v", len(ending), err)
		}
		refused := d.propose(ctx, t, ids[1:2])
		if _, err := d.Decide(ctx, d.second, refused, false, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("refused without a word: %v", err)
		}
		if v, err := d.Decide(ctx, d.second, refused, false, "まだ使う"); err != nil || v.State != archive.DisposalRefused {
			t.Errorf("%+v %v", v, err)
		}
		if list, err := d.Disposals(ctx, d.first); err != nil || len(list) != 2 || list[0].State != archive.DisposalRefused || list[1].State != archive.DisposalWithdrawn {
			t.Errorf("%+v %v", list, err)
		}
		if n := store.Count(ctx, s, "archive_record WHERE LENGTH(file) = 0"); n != 0 {
			t.Errorf("%d bodies went", n)
		}
		for _, sc := range []access.Scope{{}, access.ScopeOf(w.Member), {Tenant: "m9", Archive: true}} {
			if err := s.AddHold(ctx, sc, archive.Hold{ID: "h9", Record: plan[0], Reason: "x"}, w.Entry("x9", access.VerbArchiveHold)); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v holds: %v", sc, err)
			}
			if got, err := s.ListDisposals(ctx, sc); err != nil || len(got) != 0 {
				t.Errorf("%+v sees %+v %v", sc, got, err)
			}
			if _, err := s.ArchiveDisposal(ctx, sc, id); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v: %v", sc, err)
			}
		}
	})
}

// The table of the municipality decides what is sealed after it, and nothing that was sealed before.
func TestRetentionTable(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		w.Holder.Roles = []access.Role{access.RoleCity, access.RoleSecretariat}
		classes := archive.DefaultClasses()
		classes[0].Years, classes[0].Rule = 10, archive.RuleCalendar
		classes[1].Years, classes[1].Rule = 30, archive.RuleCaseEnd
		classes[0].Source = true
		for what, edit := range map[string]func([]archive.Class) []archive.Class{
			"none":            func(c []archive.Class) []archive.Class { return nil },
			"no name":         func(c []archive.Class) []archive.Class { c[0].Name = " "; return c },
			"no rule":         func(c []archive.Class) []archive.Class { c[0].Rule = "x"; return c },
			"no years":        func(c []archive.Class) []archive.Class { c[0].Years = 0; return c },
			"twice":           func(c []archive.Class) []archive.Class { c[1].Kinds = c[0].Kinds; return c },
			"nowhere":         func(c []archive.Class) []archive.Class { c[0].Kinds = nil; return c },
			"certificate 5年":  func(c []archive.Class) []archive.Class { c[5].Years, c[5].Rule = 5, archive.RuleFiscal; return c },
			"source of none":  func(c []archive.Class) []archive.Class { c[2].Source = true; return c },
			"years for never": func(c []archive.Class) []archive.Class { c[5].Years = 5; return c },
		} {
			if _, err := svc.SaveClasses(ctx, w.Holder, 0, edit(slices.Clone(classes))); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := svc.SaveClasses(ctx, w.Member, 0, classes); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an agency saved the table: %v", err)
		}
		if v, err := svc.SaveClasses(ctx, w.Holder, 0, classes); err != nil || v.Version != 1 {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := svc.SaveClasses(ctx, w.Holder, 0, classes); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved over another: %v", err)
		}
		if f, err := s.MeetingFacts(ctx, tenant, "c1"); err != nil || !slices.Equal(f.Sourced, []meeting.PaperKind{meeting.PaperMinutes}) {
			t.Errorf("papers that carry their 元データ: %v %v", f.Sourced, err)
		}
		sealed(t, w)
		lines, err := linesOf(svc.List(ctx, w.Holder, archive.Filter{Kind: archive.KindMatrix}))
		if err != nil || len(lines) != 1 || lines[0].Retention != "30年" || !lines[0].Waiting || lines[0].ExpiresOn != "" {
			t.Fatalf("%+v %v", lines, err)
		}
		if _, err := svc.Extend(ctx, w.Holder, lines[0].ID, "2099-03-31", "x"); !fault.Is(err, fault.Conflict) {
			t.Errorf("extended before it is known: %v", err)
		}
		c, err := s.Case(ctx, access.ScopeOf(w.Holder), "c1")
		if err != nil {
			t.Fatal(err)
		}
		for i, stage := range []cases.Stage{cases.StageClosed, cases.StageReceived, cases.StageClosed} {
			c.Stage, c.UpdatedAt = stage, storetest.Start.AddDate(i, 0, 0)
			if err := s.UpdateCase(ctx, c, w.Entry(fmt.Sprint("stage", i), access.VerbCaseUpdate)); err != nil {
				t.Fatal(err)
			}
			c.Version++
			k, err := svc.Keeping(ctx, w.Holder, lines[0].ID)
			if err != nil || k.Waiting != (i == 1) || !k.Waiting && k.ExpiresOn != fmt.Sprintf("%d-03-31", 2057+i) {
				t.Errorf("%s: %+v %v", stage, k.Line, err)
			}
		}
	})
}
