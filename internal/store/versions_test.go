package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/seal"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// corrected fills a world with minutes that were sealed, and a year later sealed again (訂正): two drafts, two versions of one 文書番号.
func corrected(t *testing.T, w storetest.World, s *store.Store) (ids [2]string) {
	t.Helper()
	ctx := context.Background()
	for i, word := range []string{"誤記金額", "訂正金額"} {
		n := i + 1
		p := paper(meeting.PaperMinutes, n, word)
		p.Number, p.Title, p.SealedAt = "重層第1号", "第1回　会議録", storetest.Start.AddDate(i, 0, 0)
		rec, err := s.RecordMeeting(ctx, change(t, w, fmt.Sprint("version", n), func(c *meeting.Change) {
			c.Minutes = &meeting.MinutesVersion{N: n, Hash: p.ContentSHA256, Content: p.Content, PDF: []byte("案" + word), SHA256: archive.Sum([]byte("案" + word)), At: p.SealedAt}
			c.Seal = []meeting.Paper{p}
		}))
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = rec.Sealed[0].ID
		if _, err := s.SequenceAudit(ctx, tenant); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

// A version is found by its own words, says which one corrects it, and stands beside the others; a search gives lines, no words.
func TestVersionsOfARecord(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		ids := corrected(t, w, s)
		clerk := w.Holder
		clerk.Roles = []access.Role{access.RoleRecords}
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		for i, word := range []string{"誤記金額", "訂正金額"} {
			got, err := linesOf(svc.Search(ctx, clerk, archive.Filter{Text: word}))
			if err != nil || len(got) != 1 || got[0].ID != ids[i] || got[0].Version != i+1 {
				t.Errorf("%s: %+v %v", word, got, err)
			}
			if corrects := []int{2, 0}[i]; got[0].CorrectedBy != corrects || got[0].MayCorrect != (i == 1) || got[0].Correcting {
				t.Errorf("version %d: %+v", i+1, got[0])
			}
			src, err := s.CopySource(ctx, access.ScopeOf(clerk), ids[i])
			if err != nil || !strings.Contains(string(src.Parts), word) || !strings.Contains(string(src.Content), word) {
				t.Errorf("version %d is made of %s: %v", i+1, src.Parts, err)
			}
			if parts, err := s.SealedParts(ctx, tenant, "g1", i+1); err != nil || string(parts) != string(src.Parts) {
				t.Errorf("parts of version %d: %s %v", i+1, parts, err)
			}
		}
		if got, err := linesOf(svc.Search(ctx, clerk, archive.Filter{Text: "金額"})); err != nil || len(got) != 2 || strings.Contains(fmt.Sprintf("%+v", got), "\"text\"") {
			t.Errorf("%+v %v", got, err)
		}
		k, err := svc.Keeping(ctx, clerk, ids[0])
		if err != nil || len(k.Versions) != 2 || k.Versions[0].ID != ids[1] || k.Versions[0].CorrectedBy != 0 || k.Versions[1].CorrectedBy != 2 || k.CorrectedBy != 2 {
			t.Errorf("%+v %v", k, err)
		}
		if m, err := svc.Match(ctx, clerk, archive.Sum([]byte("%PDF 誤記金額")), ""); err != nil || m.Outcome != archive.MatchOld || m.Newest == nil || m.Newest.ID != ids[1] {
			t.Errorf("the file of the first version: %+v %v", m, err)
		}
		quiet := w.Holder
		quiet.Roles = []access.Role{access.RoleSecretariat}
		if got, err := linesOf(svc.Search(ctx, quiet, archive.Filter{Text: "訂正金額"})); err != nil || len(got) != 1 || got[0].MayCorrect {
			t.Errorf("who may not begin a correction: %+v %v", got, err)
		}
		for _, sc := range []access.Scope{{}, access.ScopeOf(w.Member), {Tenant: "m9", Archive: true}, {Tenant: tenant, All: true}} {
			if _, err := s.ArchiveVersions(ctx, sc, ids[0]); !fault.Is(err, fault.NotFound) {
				t.Errorf("%+v sees the versions: %v", sc, err)
			}
		}
		if err := store.Exec(ctx, s, `UPDATE meeting SET status = 'confirming' WHERE id = 'g1'`); err != nil {
			t.Fatal(err)
		}
		got, err := linesOf(svc.Search(ctx, clerk, archive.Filter{Text: "金額"}))
		if err != nil || len(got) != 2 || !got[0].Correcting || got[0].MayCorrect || got[1].Correcting || got[1].MayCorrect {
			t.Errorf("while it is corrected: %+v %v", got, err)
		}
	})
}

// rechain writes a record of the end of the chain anew as a forger would who knows how the hashes are made.
func rechain(ctx context.Context, t *testing.T, s *store.Store, r archive.Record, change func(*archive.Record)) {
	t.Helper()
	change(&r)
	r.ChainHash = archive.Chain(r)
	for _, q := range [][]any{
		{`UPDATE archive_record SET version = $1, replaces = $2, number = $3, chain_hash = $4 WHERE seq = $5`, r.Version, r.Replaces, r.Number, r.ChainHash, r.Seq},
		{`UPDATE archive_head SET chain_hash = $1`, r.ChainHash},
	} {
		if err := store.Exec(ctx, s, q[0].(string), q[1:]...); err != nil {
			t.Fatal(err)
		}
	}
}

// A version that is missing, swapped or renumbered is found by the verification as such, also where every hash was made to fit.
func TestTamperedVersions(t *testing.T) {
	for name, c := range map[string]struct {
		says   string
		change func(*archive.Record)
	}{
		"pretends to be the first": {"続きになっていません", func(r *archive.Record) { r.Replaces = "" }},
		"names another":            {"版の順が入れ替わっています", func(r *archive.Record) { r.Replaces = "elsewhere" }},
		"leaves one out":           {"続きになっていません", func(r *archive.Record) { r.Version = 3 }},
		"bears another number":     {"文書番号", func(r *archive.Record) { r.Number = "重層第9号" }},
	} {
		t.Run(name, func(t *testing.T) {
			world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
				ids := corrected(t, w, s)
				if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK {
					t.Fatalf("untouched: %+v %v", rep, err)
				}
				r, err := s.ArchiveRecord(ctx, access.Scope{Tenant: tenant, Archive: true}, ids[1])
				if err != nil {
					t.Fatal(err)
				}
				rechain(ctx, t, s, r, c.change)
				rep, err := archive.Verify(ctx, s, tenant, storetest.Trust())
				if err != nil || rep.OK || !says(rep, c.says) {
					t.Errorf("%+v %v", rep.Problems, err)
				}
			})
		})
	}
	t.Run("files swapped", func(t *testing.T) {
		world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
			corrected(t, w, s)
			for _, q := range []string{`UPDATE archive_record SET parts = (SELECT x.parts FROM archive_record x WHERE x.seq = 2) WHERE seq = 1`,
				`UPDATE archive_record SET file = (SELECT x.file FROM archive_record x WHERE x.seq = 1) WHERE seq = 2`} {
				if err := store.Exec(ctx, s, q); err != nil {
					t.Fatal(err)
				}
			}
			rep, err := archive.Verify(ctx, s, tenant, storetest.Trust())
			if err != nil || !says(rep, "情報の区分ごと") || !says(rep, "改ざん") {
				t.Errorf("%+v %v", rep.Problems, err)
			}
		})
	})
}

func says(rep archive.Report, what string) bool {
	for _, p := range rep.Problems {
		if strings.Contains(p.Message, what) {
			return true
		}
	}
	return false
}

// 廃棄 takes each version with everything kept of it, and nothing of a version that still stands; of all of them nothing is left. While a 訂正 is under
// way nothing goes.
func TestDisposalOfVersions(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		d := newDesk(t, w, s)
		clear := func(q string) {
			t.Helper()
			if err := store.Exec(ctx, s, q); err != nil {
				t.Fatal(err)
			}
		}
		clear(`DELETE FROM minutes_version`) // the draft of the common world belongs to no record
		ids := corrected(t, w, s)
		d.clock.Set(time.Date(2040, 6, 1, 0, 0, 0, 0, time.UTC))
		left := func(word string) (n int) { // rows that hold a word in any column
			t.Helper()
			for _, rows := range store.Dump(t, s) {
				for _, row := range rows {
					if strings.Contains(row, word) || strings.Contains(row, strings.Trim(fmt.Sprint([]byte(word)), "[]")) {
						n++
					}
				}
			}
			return n
		}
		first, second := "誤記金額", "訂正金額"
		all := left(second) // the record, its draft, its search copy
		if left(first) != all || all < 3 {
			t.Fatalf("%d and %d rows hold the words", left(first), all)
		}
		clear(`UPDATE meeting SET status = 'closed' WHERE id = 'g1'`)
		if _, err := d.Propose(ctx, d.first, archive.Proposal{Records: ids[:1], Method: "消去", Reason: "満了"}); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "訂正の途中") {
			t.Errorf("while it is corrected: %v", err)
		}
		clear(`UPDATE meeting SET status = 'sealed' WHERE id = 'g1'`)
		for i, after := range [][2]int{{0, all}, {0, 0}} {
			if _, err := d.Decide(ctx, d.second, d.propose(ctx, t, ids[i:i+1]), true, ""); err != nil {
				t.Fatal(err)
			}
			if left(first) != after[0] || left(second) != after[1] {
				t.Errorf("after version %d: %d and %d rows hold the words", i+1, left(first), left(second))
			}
			if _, err := s.SequenceAudit(ctx, tenant); err != nil {
				t.Fatal(err)
			}
			if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK {
				t.Errorf("after version %d: %+v %v", i+1, rep.Problems, err)
			}
		}
	})
}

// A package knows the versions of its papers, also of one that was sealed in another year: one that is missing is found, its text is not in it.
func TestPackageOfVersions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, _ := storetest.Open(t, "sqlite")
	w := storetest.NewWorld(t, s, tenant)
	corrected(t, w, s)
	for year, mine := range map[int]string{2026: "誤記", 2027: "訂正金"} {
		b, out := export(ctx, t, s, year)
		rep, err := archive.VerifyPackage(fstest.MapFS(b), storetest.Trust().Keys, seal.Trust{})
		if err != nil || !rep.OK || out.Records != 1 {
			t.Fatalf("%d: %+v %+v %v", year, out, rep, err)
		}
		for name, f := range b {
			if name != "data/proof.json" && name != "data/ledger.csv" && strings.Contains(string(f.Data), map[string]string{"誤記": "訂正金額", "訂正金": "誤記金額"}[mine]) {
				t.Errorf("%d: %s says what was sealed in the other year", year, name)
			}
		}
		note := map[int]string{2026: "第2版で訂正されています", 2027: "第1版を訂正"}[year]
		if !strings.Contains(string(b["data/ledger.csv"].Data), note) {
			t.Errorf("%d: the ledger does not say %s: %s", year, note, b["data/ledger.csv"].Data)
		}
		cut := dropVersions(t, string(b["data/proof.json"].Data))
		b["data/proof.json"] = &fstest.MapFile{Data: []byte(cut)}
		if rep, err := archive.VerifyPackage(fstest.MapFS(refit(t, b)), storetest.Trust().Keys, seal.Trust{}); err != nil || rep.OK || !says(rep, "版") {
			t.Errorf("%d: a version that is missing: %+v %v", year, rep, err)
		}
	}
}

// dropVersions takes the versions of other years out of a proof.
func dropVersions(t *testing.T, proof string) string {
	t.Helper()
	from := strings.Index(proof, "\n \"versions\": [")
	to := strings.Index(proof, "\n \"sealings\"")
	if from < 0 || to < from {
		t.Fatalf("no versions: %s", proof)
	}
	return proof[:from] + "\n \"versions\": []," + proof[to:]
}

// A 訂正 and a 廃棄 of the same minutes do not pass each other: whichever comes second finds the other.
func TestCorrectionAgainstDisposal(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		corrected(t, w, s)
		begin := func(id string) error {
			_, err := s.RecordMeeting(ctx, change(t, w, id, func(c *meeting.Change) {
				c.Events[0].Kind, c.Events[0].Data = meeting.KindCorrect, []byte(`{"reason":"x"}`)
				c.Meeting.Status = meeting.StatusClosed
			}))
			return err
		}
		gone := func(version int, by string) {
			t.Helper()
			if err := store.Exec(ctx, s, `UPDATE archive_record SET disposed_by = $1 WHERE version = $2`, by, version); err != nil {
				t.Fatal(err)
			}
		}
		gone(1, "d1") // an older version that went keeps nobody from correcting the newest
		if err := begin("first"); err != nil {
			t.Fatal(err)
		}
		gone(2, "d2")
		before := store.Count(ctx, s, "meeting_event")
		if err := begin("second"); !fault.Is(err, fault.Gone) || store.Count(ctx, s, "meeting_event") != before {
			t.Errorf("a correction of what was disposed of: %v", err)
		}
	})
}
