package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// sealed fills a world with three records, a draft, a plan version and a sequenced audit log.
func sealed(t *testing.T, w storetest.World) {
	t.Helper()
	ctx := context.Background()
	if _, err := w.Store.SequenceAudit(ctx, tenant); err != nil {
		t.Fatal(err)
	}
	cp, err := w.Store.AuditCheckpoint(ctx, tenant)
	if err != nil || cp == "" {
		t.Fatalf("%q %v", cp, err)
	}
	canonical := []byte(`{"plan":"pl1"}`)
	for i, edit := range []func(*meeting.Change){
		func(c *meeting.Change) {
			c.NewVersion = &plans.Version{PlanID: "pl1", CaseID: "c1", MeetingID: "g1", N: 1, State: plans.VersionProposed, Hash: archive.Sum(canonical), Canonical: canonical}
			c.Minutes = &meeting.MinutesVersion{N: 1, Hash: archive.Sum([]byte("m1")), Content: []byte("m1"), PDF: []byte("p1"), SHA256: archive.Sum([]byte("p1")), At: storetest.Start}
			c.Seal = []meeting.Paper{paper(meeting.PaperPlan, 1, "田中\uFA10子"), paper(meeting.PaperMatrix, 1, "役割")}
		},
		func(c *meeting.Change) { c.Seal = []meeting.Paper{paper(meeting.PaperPlan, 2, "訂正")} },
	} {
		c := change(t, w, fmt.Sprint("seal", i), edit)
		for j := range c.Seal {
			c.Seal[j].Checkpoint = cp
		}
		if _, err := w.Store.RecordMeeting(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Store.SequenceAudit(ctx, tenant); err != nil {
		t.Fatal(err)
	}
}

func TestArchive(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		lines, err := linesOf(svc.List(ctx, w.Holder, archive.Filter{}))
		if err != nil || len(lines) != 4 || lines[0].State != archive.StateDraft || lines[0].KindLabel != "会議録" || lines[1].Version != 2 {
			t.Fatalf("%+v %v", lines, err)
		}
		l := lines[2]
		if l.Kind != archive.KindMatrix || l.Retention != "5年" || l.StartsOn != "2027-04-01" || l.ExpiresOn != "2032-03-31" || l.Pages != 3 || l.CaseNumber != "K2026-0001" {
			t.Errorf("%+v", l)
		}
		for q, want := range map[string]int{"塚子": 1, "ｋ２０２６": 4, "重層第plan": 2, "なし": 0, "_v2": 1, "%": 0} {
			got, err := linesOf(svc.Search(ctx, w.Holder, archive.Filter{Text: q}))
			if err != nil || len(got) != want {
				t.Errorf("search %q: %d, want %d, %v", q, len(got), want, err)
			}
		}
		for f, want := range map[archive.Filter]int{{Year: 2026}: 4, {Year: 2025}: 0, {Kind: archive.KindPlan}: 2, {Kind: archive.KindMinutes}: 1} {
			if got, err := linesOf(svc.List(ctx, w.Holder, f)); err != nil || len(got) != want {
				t.Errorf("%+v: %d, want %d, %v", f, len(got), want, err)
			}
		}
		if _, err := linesOf(svc.List(ctx, w.Holder, archive.Filter{Kind: "x"})); !fault.Is(err, fault.Invalid) {
			t.Errorf("unknown kind: %v", err)
		}
		if _, err := linesOf(svc.Search(ctx, w.Holder, archive.Filter{Text: " "})); !fault.Is(err, fault.Invalid) {
			t.Errorf("empty search: %v", err)
		}
		if _, err := linesOf(svc.List(ctx, w.Member, archive.Filter{})); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a member lists the archive: %v", err)
		}
		before := store.Count(ctx, s, "audit_entry")
		got, file, err := svc.Download(ctx, w.Holder, l.ID)
		if err != nil || got.ID != l.ID || string(file) != "%PDF 役割" || store.Count(ctx, s, "audit_entry") != before+1 {
			t.Errorf("%+v %q %v", got, file, err)
		}
		if _, _, err := svc.Download(ctx, w.Holder, "none"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		r, err := s.ArchiveRecord(ctx, access.ScopeOf(w.Holder), lines[1].ID)
		if err != nil || r.Replaces != lines[3].ID || r.Seq != 3 || archive.Chain(r) != r.ChainHash {
			t.Errorf("%+v %v", r, err)
		}
		rep, err := svc.VerifyAll(ctx, w.Holder, "")
		if err != nil || !rep.OK || rep.Checked != 3 || rep.Entries < 10 {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// Whatever is done to a stored record, to the order or the end of the chain, to other hashed content or to the audit log, the
// verification finds it, and names the file where it is one.
func TestTamperIsFound(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK || rep.Checked != 3 {
			t.Fatalf("untouched: %+v %v", rep, err)
		}
		var root []byte
		if err := s.AtOneMoment(ctx, func(src archive.Source) error {
			points, err := src.AuditCheckpoints(ctx, tenant)
			root = points[len(points)-1].Root[:]
			return err
		}); err != nil {
			t.Fatal(err)
		}
		const matrix = "R080601_matrix_v1.pdf"
		flipped := []byte("%PDF 役割")
		flipped[3] ^= 1
		for name, c := range map[string]struct {
			file string // must be named, "" = none
			says string
			do   [][]any
		}{
			"file byte":      {matrix, "改ざん", [][]any{{`UPDATE archive_record SET file = $1 WHERE seq = 2`, flipped}}},
			"file cut":       {matrix, "改ざん", [][]any{{`UPDATE archive_record SET file = $1 WHERE seq = 2`, []byte{}}}},
			"file and hash":  {matrix, "記録", [][]any{{`UPDATE archive_record SET file = $1, file_sha256 = $2 WHERE seq = 2`, flipped, archive.Sum(flipped)}}},
			"content":        {matrix, "元になった内容", [][]any{{`UPDATE archive_record SET content = $1 WHERE seq = 2`, []byte("{}")}}},
			"parts":          {matrix, "情報の区分ごと", [][]any{{`UPDATE archive_record SET parts = $1 WHERE seq = 2`, []byte("{}")}}},
			"parts gone":     {matrix, "情報の区分ごと", [][]any{{`UPDATE archive_record SET parts = NULL WHERE seq = 2`}}},
			"parts unsaid":   {matrix, "記録", [][]any{{`UPDATE archive_record SET parts = NULL, parts_sha256 = '' WHERE seq = 2`}}},
			"title":          {matrix, "記録", [][]any{{`UPDATE archive_record SET title = '別' WHERE seq = 2`}}},
			"retention":      {matrix, "記録", [][]any{{`UPDATE archive_record SET retention_until = '2026-01-01' WHERE seq = 2`}}},
			"removed":        {"", "2番目", [][]any{{`DELETE FROM archive_record WHERE seq = 2`}}},
			"last cut":       {"", "末尾", [][]any{{`DELETE FROM archive_record WHERE seq = 3`}}},
			"cut with head":  {"", "監査ログにある確定文書", [][]any{{`DELETE FROM archive_record WHERE seq = 3`}, {`UPDATE archive_head SET seq = 2, chain_hash = (SELECT chain_hash FROM archive_record WHERE seq = 2)`}}},
			"all gone":       {"", "監査ログにある確定文書", [][]any{{`DELETE FROM archive_record`}, {`DELETE FROM archive_head`}}},
			"swapped places": {matrix, "つながり", [][]any{{`UPDATE archive_record SET seq = 9 WHERE seq = 2`}, {`UPDATE archive_record SET seq = 2 WHERE seq = 3`}, {`UPDATE archive_record SET seq = 3 WHERE seq = 9`}}},
			"swapped files":  {matrix, "改ざん", [][]any{{`UPDATE archive_record SET file = (SELECT o.file FROM archive_record o WHERE o.seq = 1) WHERE seq = 2`}}},
			"plan version":   {"", "プラン", [][]any{{`UPDATE plan_version SET canonical = $1`, []byte("{}")}}},
			"minutes":        {"", "会議録", [][]any{{`UPDATE minutes_version SET content = $1`, []byte("x")}}},
			"minutes file":   {"", "会議録", [][]any{{`UPDATE minutes_version SET pdf = $1`, []byte("x")}}},
			"audit row":      {"", "書き換え", [][]any{{`UPDATE audit_entry SET actor_id = 'u9' WHERE leaf = 2`}}},
			"audit row gone": {"", "監査ログ", [][]any{{`DELETE FROM audit_entry WHERE leaf = 4`}}},
			"audit cut":      {"", "末尾", [][]any{{`DELETE FROM audit_entry WHERE leaf > 3`}}},
			"audit cut, points too": {"", "監査ログ", [][]any{{`DELETE FROM audit_entry WHERE leaf > 3`},
				{`DELETE FROM audit_checkpoint`}}},
			"root longer":  {"", "到達点", [][]any{{`UPDATE audit_checkpoint SET root = $1 WHERE size = (SELECT MAX(size) FROM audit_checkpoint)`, append(slices.Clone(root), 0)}}},
			"prev damaged": {"", "到達点", [][]any{{`UPDATE audit_checkpoint SET prev = prev || '0' WHERE size = (SELECT MIN(size) FROM audit_checkpoint)`}}},
			"search words": {matrix, "検索", [][]any{{`UPDATE archive_text SET fold = 'x' WHERE seq = 2`}}},
			"search sign":  {matrix, "検索", [][]any{{`UPDATE archive_sig SET sig = $1 WHERE seq = 2`, []byte{0}}}},
			"words gone":   {matrix, "検索", [][]any{{`DELETE FROM archive_text WHERE seq = 2`}}},
			"search copy":  {matrix, "検索", [][]any{{`UPDATE archive_record SET fold = 'x' WHERE seq = 2`}}},
			"checkpoint":   {"", "到達点", [][]any{{`UPDATE audit_checkpoint SET root = $1 WHERE size = (SELECT MIN(size) FROM audit_checkpoint)`, make([]byte, 32)}}},
		} {
			undo := errors.New("undo")
			err := store.Tampered(ctx, s, c.do, func(src archive.Snapshots) error {
				rep, err := archive.Verify(ctx, src, tenant, storetest.Trust())
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				named := c.file == "" || slices.ContainsFunc(rep.Problems, func(p archive.Problem) bool { return p.FileName == c.file && p.Number != "" })
				said := slices.ContainsFunc(rep.Problems, func(p archive.Problem) bool { return strings.Contains(p.Message, c.says) })
				if rep.OK || !named || !said {
					t.Errorf("%s: %+v", name, rep)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := store.Exec(ctx, s, `UPDATE archive_record SET file = $1 WHERE seq = 2`, flipped); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		rep, err := archive.VerifyStore(ctx, s, &out, storetest.Trust())
		if err != nil || rep.OK || !strings.Contains(out.String(), matrix) || !strings.Contains(out.String(), "1件の問題") || !strings.Contains(out.String(), "架空市m1") {
			t.Errorf("%+v %v\n%s", rep, err, out.String())
		}
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		lines, err := linesOf(svc.List(ctx, w.Holder, archive.Filter{Kind: archive.KindMatrix}))
		if err != nil || len(lines) != 1 {
			t.Fatal(lines, err)
		}
		if _, _, err := svc.Download(ctx, w.Holder, lines[0].ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("a tampered file was handed out: %v", err)
		}
		if one, err := svc.VerifyAll(ctx, w.Holder, lines[0].ID); err != nil || one.OK || len(one.Problems) != 1 {
			t.Errorf("%+v %v", one, err)
		}
	})
}

// Several meetings seal at once: one chain, whole.
func TestSealAtOnce(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				id := fmt.Sprint("s", i)
				m, err := s.CreateMeeting(ctx, storetest.NewMeeting(tenant, id, ""), nil, nil, w.Entry("m"+id, access.VerbMeetingCreate))
				if err != nil {
					t.Error(err)
					return
				}
				c := meeting.Change{Tenant: tenant, MeetingID: id, Expect: m.Seq, Meeting: m, Audit: w.Entry("a"+id, access.VerbMeetingAct),
					Seal: []meeting.Paper{paper(meeting.PaperPlan, 1, id), paper(meeting.PaperMatrix, 1, id)}}
				if _, err := s.RecordMeeting(ctx, c); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK || rep.Checked != 12 {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// Entries come in from many sides while several nodes sequence: no number twice, no gap, one tree.
func TestSequencer(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for j := range 15 {
					if err := s.AppendAudit(ctx, w.Entry(fmt.Sprintf("x%d-%d", i, j), access.VerbCaseOpen), w.Entry(fmt.Sprintf("y%d-%d", i, j), access.VerbCaseOpen)); err != nil {
						t.Error(err)
					}
				}
			})
			wg.Go(func() {
				for range 10 {
					if err := s.SequenceWaiting(ctx); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if _, err := s.SequenceAudit(ctx, tenant); err != nil {
			t.Fatal(err)
		}
		if n, err := s.SequenceAudit(ctx, tenant); n != 0 || err != nil {
			t.Errorf("sequenced again: %d %v", n, err)
		}
		rep, err := archive.Verify(ctx, s, tenant, storetest.Trust())
		if err != nil || !rep.OK || rep.Entries != int64(store.Count(ctx, s, "audit_entry")) || rep.Entries < 120 {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

func TestNodes(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			s, clock := storetest.Open(t, engine)
			live := func() (ids []string) {
				nodes, err := s.LiveNodes(ctx)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range nodes {
					ids = append(ids, n.ID+"/"+n.Bus)
				}
				return ids
			}
			for _, n := range []string{"n1", "n2"} {
				if err := s.Heartbeat(ctx, n, "local"); err != nil {
					t.Fatal(err)
				}
			}
			if got := live(); !slices.Equal(got, []string{"n1/local", "n2/local"}) {
				t.Errorf("%v", got)
			}
			clock.Advance(store.NodeTimeout)
			if err := s.Heartbeat(ctx, "n2", "redis"); err != nil {
				t.Fatal(err)
			}
			if got := live(); !slices.Equal(got, []string{"n2/redis"}) {
				t.Errorf("%v", got)
			}
			if err := s.Leave(ctx, "n2"); err != nil {
				t.Fatal(err)
			}
			if got := live(); len(got) != 0 {
				t.Errorf("%v", got)
			}
		})
	}
}

// A version of minutes is 案 until what it says is sealed, whatever the number of the version that was sealed.
func TestSealedMinutesAreNoDraft(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealed(t, w)
		drafts := func() int {
			t.Helper()
			list, err := s.ArchiveDrafts(ctx, access.ScopeOf(w.Holder), archive.Query{})
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		put := func(id string, n int, text string, edition int) {
			t.Helper()
			p := paper(meeting.PaperMinutes, edition, text)
			c := change(t, w, id, func(c *meeting.Change) {
				c.Minutes = &meeting.MinutesVersion{N: n, Hash: p.ContentSHA256, Content: p.Content, PDF: []byte(text), SHA256: archive.Sum([]byte(text)), At: storetest.Start}
				if edition > 0 {
					c.Seal = []meeting.Paper{p}
				}
			})
			if _, err := w.Store.RecordMeeting(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		put("second", 2, "二", 1) // corrected once before it was sealed
		if n := drafts(); n != 0 {
			t.Errorf("the minutes are sealed, and stand %d times as 案", n)
		}
		put("third", 3, "三", 0) // opened again
		if n := drafts(); n != 1 {
			t.Errorf("%d drafts while the sealed minutes are being corrected", n)
		}
		put("fourth", 4, "四", 2)
		if n := drafts(); n != 0 {
			t.Errorf("%d drafts after the correction was sealed", n)
		}
	})
}
