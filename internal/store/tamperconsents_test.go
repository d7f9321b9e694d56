package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"kasane/internal/archive"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// The database says more than the people did, or less: a scope widened, a refusal turned round, a withdrawal lost, a record nobody recorded, the text
// exchanged. `kasane verify` says so, because the log holds the hash of each record as it was recorded.
func TestTamperedConsentsAreFound(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		day := storetest.Start.Add(24 * time.Hour)
		no := storetest.NewConsent(tenant, "r2", "p2")
		no.State, no.Scope, no.Purposes, no.RecordedAt = consent.StateRefused, map[string][]consent.Item{}, nil, day
		no.Method, no.Details.Oral = consent.MethodOral, &consent.Oral{Hearer: "井上", Witness: "中村", At: day, Place: "玄関", Words: "「いやだ」"}
		if err := s.InsertConsent(ctx, no, storetest.Shown(), w.Recorded("n1", no)); err != nil {
			t.Fatal(err)
		}
		wd := consent.Withdrawal{ID: "w1", RecordID: "r1", At: day, By: "u1", ByName: "髙橋", Items: []consent.Item{consent.ItemIncome}, How: consent.NoticePhone, Told: []string{"a2"}}
		if err := s.Withdraw(ctx, tenant, wd, nil, w.Withdrawn("n2", wd)); err != nil {
			t.Fatal(err)
		}
		problems := func() string {
			t.Helper()
			rep, err := archive.Verify(ctx, s, tenant, archive.Trust{})
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, p := range rep.Problems {
				all = append(all, p.Message)
			}
			return strings.Join(all, "\n")
		}
		if got := problems(); got != "" {
			t.Fatalf("untouched: %s", got)
		}
		columns := `tenant, case_id, person_id, state, grantor, grantor_name, grantor_note, grantor_doc, purposes, purpose_note, scope, others, sources, forms, valid_from, valid_until,
			method, method_note, explained_by, explained_at, explain_how, evidence_file, evidence_sha256, signature, copy_given_at, form_version, form_hash, recorded_by, recorded_at, details`
		for name, c := range map[string]struct{ do, undo, says string }{
			"scope widened":            {`UPDATE consent_record SET scope = '{"a2":["basic","income","health"]}' WHERE id = 'r1'`, `UPDATE consent_record SET scope = '{"a2":["basic","income"]}' WHERE id = 'r1'`, "同意の記録(D2026-r1)"},
			"a no turned into a yes":   {`UPDATE consent_record SET state = 'granted' WHERE id = 'r2'`, `UPDATE consent_record SET state = 'refused' WHERE id = 'r2'`, "同意の記録(D2026-r2)"},
			"the end put off":          {`UPDATE consent_record SET valid_until = valid_until + 1 WHERE id = 'r1'`, `UPDATE consent_record SET valid_until = valid_until - 1 WHERE id = 'r1'`, "同意の記録(D2026-r1)"},
			"other words in the mouth": {`UPDATE consent_record SET details = replace(details, 'いやだ', 'いいよ') WHERE id = 'r2'`, `UPDATE consent_record SET details = replace(details, 'いいよ', 'いやだ') WHERE id = 'r2'`, "同意の記録(D2026-r2)"},
			"another person":           {`UPDATE consent_record SET person_id = 'p2' WHERE id = 'r1'`, `UPDATE consent_record SET person_id = 'p1' WHERE id = 'r1'`, "同意の記録(D2026-r1)"},
			"a withdrawal undone":      {`UPDATE consent_withdrawal SET items = '["basic"]' WHERE id = 'w1'`, `UPDATE consent_withdrawal SET items = '["income"]' WHERE id = 'w1'`, "同意の撤回(D2026-r1)"},
			"a withdrawal put off":     {`UPDATE consent_withdrawal SET at = at + 1 WHERE id = 'w1'`, `UPDATE consent_withdrawal SET at = at - 1 WHERE id = 'w1'`, "同意の撤回(D2026-r1)"},
			"a record nobody recorded": {`INSERT INTO consent_record (id, number, renews, ` + columns + `) SELECT 'r9', 'D2026-r9', '', ` + columns + ` FROM consent_record WHERE id = 'r1'`,
				`DELETE FROM consent_record WHERE id = 'r9'`, "同意の記録(D2026-r9)"},
			"a withdrawal nobody made": {`INSERT INTO consent_withdrawal (tenant, id, record_id, at, by_user, by_name, agencies, items, note) SELECT tenant, 'w9', record_id, at, by_user, by_name, agencies, items, note FROM consent_withdrawal WHERE id = 'w1'`,
				`DELETE FROM consent_withdrawal WHERE id = 'w9'`, "同意の撤回(D2026-r1)"},
			"another text": {`UPDATE consent_text SET body = replace(body, '同意します', '同意しません')`, `UPDATE consent_text SET body = replace(body, '同意しません', '同意します')`, "同意書の文面の第1版"},
		} {
			for step, statement := range []string{c.do, c.undo} {
				if err := store.Exec(ctx, s, statement); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if got := problems(); step == 0 && !strings.Contains(got, c.says) || step == 1 && got != "" {
					t.Errorf("%s, step %d: %q, want %s", name, step, got, c.says)
				}
			}
		}
		for name, c := range map[string]struct{ do, says string }{
			"a withdrawal lost": {`DELETE FROM consent_withdrawal WHERE id = 'w1'`, "監査ログにある同意の撤回(D2026-r1)"},
			"a refusal lost":    {`DELETE FROM consent_record WHERE id = 'r2'`, "監査ログにある同意の記録(ID r2)"},
		} {
			if err := store.Exec(ctx, s, c.do); err != nil {
				t.Fatal(err)
			}
			if got := problems(); !strings.Contains(got, c.says) {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
}

// Records from before the desk have entries that hold another hash: they are no alarm.
func TestConsentsFromBeforeAreNoAlarm(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		if err := store.Exec(ctx, s, `UPDATE consent_record SET details = '{}'`); err != nil {
			t.Fatal(err)
		}
		rep, err := archive.Verify(ctx, s, tenant, archive.Trust{})
		if err != nil || !rep.OK {
			t.Errorf("%+v %v", rep, err)
		}
	})
}

// Several desks record at once with a text nobody has used yet: it is kept once, and nobody is sent away.
func TestOneTextFromManyDesks(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		text, other := storetest.Shown(), storetest.Shown()
		text.Title, other.Title = "新しい題", "もう一つの題"
		done := make(chan error, 8)
		for i := range 8 {
			go func() {
				r := storetest.NewConsent(tenant, "s"+string(rune('0'+i)), []string{"p1", "p2"}[i%2])
				shown := text
				if i%4 == 3 {
					shown = other
				}
				r.FormHash = shown.Hash()
				done <- s.InsertConsent(ctx, r, shown, w.Recorded("s"+string(rune('0'+i)), r))
			}()
		}
		for range 8 {
			if err := <-done; err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			} else if err != nil {
				t.Errorf("sent away: %v", err)
			}
		}
		list, err := s.ConsentTexts(ctx, tenant)
		if err != nil || len(list) != 3 || list[1].No != 2 || list[2].No != 3 {
			t.Errorf("%+v %v", list, err)
		}
	})
}
