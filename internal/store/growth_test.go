package store_test

import (
	"context"
	"database/sql"
	"testing"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/figures"
	"kasane/internal/intake"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// grown makes the cases from..to of a municipality on PostgreSQL: each with a household of one, an agency, a closed meeting with its plan, a 受付 and a contact. The older ones are of
// earlier 年度, however many there are; of the agency a2 and of the year that is counted there are always as many.
func grown(t *testing.T, raw *sql.DB, from, to int) {
	t.Helper()
	begin := storetest.Start.UnixMicro()
	for _, q := range []string{
		`INSERT INTO case_file (tenant, id, number, stage, version, opened_at, opened_by, updated_at, access_seq)
			SELECT 't1', 'x' || k, 'K' || to_char(1900 + k / 100, 'FM0000') || '-' || to_char(k, 'FM00000'), CASE WHEN k % 50 = 0 THEN 'decided' ELSE 'supporting' END, 1,
			$1::bigint - (k + 400)::bigint * 86400000000, 'u1', $1::bigint, 0 FROM generate_series($2::int, $3::int) k`,
		`INSERT INTO person (tenant, id, case_id, ord, name, kana, alias, relation, birth, sex, subject, address_secret, withheld_from, updated_at, fold)
			SELECT 't1', 'xp' || k, 'x' || k, 1, n, 'かな', '', '本人', '', '', 1, 0, '[]', $1::bigint, n || chr(10) || 'かな' || chr(10)
			FROM (SELECT k, chr(20000 + k) || chr(20001 + k) || chr(20002 + k) AS n FROM generate_series($2::int, $3::int) k) q`,
		`INSERT INTO name_pair (tenant, pair, case_id) SELECT 't1', substr(fold, i, 2), case_id FROM person, generate_series(1, 2) i WHERE tenant = 't1' AND id LIKE 'xp%' AND $1::bigint > 0
			AND substr(id, 3)::int BETWEEN $2::int AND $3::int`,
		`INSERT INTO case_member (tenant, case_id, agency_id, since, ord, note)
			SELECT 't1', 'x' || k, CASE WHEN k <= 20 THEN 'a2' ELSE 'a3' END, $1::bigint, 1, '' FROM generate_series($2::int, $3::int) k`,
		`INSERT INTO plan (tenant, id, case_id, round, previous_id, created_at, created_by, created_for)
			SELECT 't1', 'xl' || k, 'x' || k, 1, '', $1::bigint, 'u1', 'a1' FROM generate_series($2::int, $3::int) k`,
		`INSERT INTO meeting (tenant, id, case_id, plan_id, no, title, type_id, type, mode, planned_start, planned_end, place, form, chair_id, deputy_ids, recorder_id, status, seq, opened_at, closed_at,
			created_at, created_by) SELECT 't1', 'xg' || k, 'x' || k, 'xl' || k, 1, '', 'layered', '{}', 'layered', at, at, '', 'room', 'u1', '[]', 'u1', 'sealed', 4, at, at, at, 'u1'
			FROM (SELECT k, CASE WHEN k <= 20 THEN $1::bigint ELSE $1::bigint - (k + 400)::bigint * 86400000000 END AS at FROM generate_series($2::int, $3::int) k) q`,
		`INSERT INTO meeting_agency (tenant, meeting_id, agency_id) SELECT 't1', 'xg' || k, CASE WHEN k <= 20 THEN 'a2' ELSE 'a3' END FROM generate_series($2::int, $3::int) k WHERE $1::bigint > 0`,
		`INSERT INTO meeting_event (tenant, meeting_id, seq, kind, at, actor_id, actor_name, actor_post, agency_id, agency_name, data)
			SELECT 't1', 'xg' || k, i, 'x', $1::bigint, 'u1', '', '', 'a1', '', '{}' FROM generate_series($2::int, $3::int) k, generate_series(1, 4) i`,
		`INSERT INTO plan_version (tenant, plan_id, n, case_id, state, hash, docs, meeting_id, frozen_at, frozen_by)
			SELECT 't1', 'xl' || k, 1, 'x' || k, 'agreed', '', '[]', 'xg' || k, $1::bigint, 'u1' FROM generate_series($2::int, $3::int) k`,
		`INSERT INTO intake (tenant, id, case_id, person_id, agency_id, agency_name, by_user, by_name, at, asker, asker_name, asker_relation, name, kana, birth, route, age_band, district, contact, trouble,
			fields, urgency, danger, consent, triage, note, triage_by, triage_name, triage_at)
			SELECT 't1', 'xi' || k, 'x' || k, 'xp' || k, 'a2', '', 'u1', '', $1::bigint - k, 'self', '', '', '', '', '', '', '', '', '', '', '[]', '', 0, '', 'own', '', 'u1', '', $1::bigint
			FROM generate_series($2::int, $3::int) k`,
		`INSERT INTO outreach_entry (tenant, id, case_id, person_id, item, agency_id, agency_name, user_id, user_name, at, method, met, place, body, relation, replaces, recorded_at, kind)
			SELECT 't1', 'xo' || k, 'x' || k, '', 'progress', 'a2', '', 'u1', '', $1::bigint - (k + 400)::bigint * 86400000000, 'visit', '[]', '', '', '', '', $1::bigint, 'outreach' FROM generate_series($2::int, $3::int) k`,
		`INSERT INTO webhook_delivery (tenant, endpoint_id, id, kind, body, at, state, tries, claim, due_at, tried_at, ended_at, code, why)
			SELECT 't1', 'ha1', 'xw' || k, 'case.created', '{}', $1::bigint + k, CASE WHEN k % 7 = 0 THEN 'failed' ELSE 'sent' END, 1, 1, 0, $1::bigint, $1::bigint - k, 200, '' FROM generate_series($2::int, $3::int) k`,
	} {
		if _, err := raw.Exec(q, begin, from, to); err != nil {
			t.Fatalf("%.60s: %v", q, err)
		}
	}
	for _, q := range []string{`ANALYZE`, `SELECT pg_stat_force_next_flush()`} { // what this read itself is not to be told later, when a question is counted
		if _, err := raw.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
}

// hot are the questions that are asked all day, each of a page or of one 年度.
func hot(s *store.Store) map[string]func(ctx context.Context) error {
	holder, member := access.Scope{Tenant: "t1", All: true, UserID: "u1"}, access.Scope{Tenant: "t1", AgencyID: "a2", UserID: "u2"}
	from := storetest.Start.AddDate(0, -1, 0)
	list := func(sc access.Scope, q cases.Query) func(context.Context) error {
		q.Limit = 20
		return func(ctx context.Context) error { _, err := s.Cases(ctx, sc, q); return err }
	}
	meetings := func(sc access.Scope, q meeting.Query) func(context.Context) error {
		q.Limit = 20
		return func(ctx context.Context) error { _, err := s.ListMeetings(ctx, sc, q); return err }
	}
	return map[string]func(context.Context) error{
		"cases":                  list(holder, cases.Query{}),
		"cases deep inside":      list(holder, cases.Query{After: "K1902-00200"}),
		"cases of a stage":       list(holder, cases.Query{Stage: cases.StageDecided}),
		"cases of an agency":     list(member, cases.Query{}),
		"cases with an agency":   list(holder, cases.Query{AgencyID: "a2"}),
		"name":                   list(holder, cases.Query{Number: string([]rune{20500, 20501, 20502})}),
		"two letters":            list(holder, cases.Query{Number: string([]rune{20700, 20701})}),
		"one letter":             list(holder, cases.Query{Number: string(rune(20600))}),
		"number":                 list(holder, cases.Query{Number: "1905-0050"}),
		"meetings":               meetings(holder, meeting.Query{}),
		"meetings of an agency":  meetings(member, meeting.Query{}),
		"meetings that are over": meetings(holder, meeting.Query{Statuses: []meeting.Status{meeting.StatusClosed, meeting.StatusConfirming, meeting.StatusSealed}}),
		"intakes": func(ctx context.Context) error {
			_, err := s.Intakes(ctx, holder, intake.Query{Limit: 20})
			return err
		},
		"meetings of a 年度": func(ctx context.Context) error {
			return s.EachClosedMeeting(ctx, holder, from, storetest.Start.AddDate(0, 1, 0), func(figures.Meeting, meeting.Meeting, []meeting.Event) error { return nil })
		},
		"plans of a 年度": func(ctx context.Context) error {
			_, err := s.FigurePlans(ctx, holder, from, storetest.Start.AddDate(0, 1, 0))
			return err
		},
		"agreed plans of an agency": func(ctx context.Context) error { _, err := s.AgreedPlans(ctx, member, "", 20); return err },
		"how many they are":         func(ctx context.Context) error { _, err := s.CountAgreedPlans(ctx, member); return err },
		"contacts of a 年度": func(ctx context.Context) error {
			_, err := s.FigureContacts(ctx, holder, storetest.Start.AddDate(0, 0, -450), storetest.Start.AddDate(0, 0, -405))
			return err
		},
		"sheets of a 年度": func(ctx context.Context) error {
			_, err := s.FigureAnswers(ctx, holder, from, storetest.Start.AddDate(0, 1, 0))
			return err
		},
		"what waits to be sent": func(ctx context.Context) error {
			_, err := s.ClaimWebhooks(ctx, storetest.Start, storetest.Start, 32, 4)
			return err
		},
		"what was sent": func(ctx context.Context) error { _, err := s.WebhookDeliveries(ctx, "t1", "ha1", 20); return err },
		"addresses of systems": func(ctx context.Context) error {
			_, err := s.Webhooks(ctx, "t1", storetest.Start)
			return err
		},
		"how these are":   func(ctx context.Context) error { _, err := s.WebhookHealth(ctx, "t1", storetest.Start); return err },
		"leads that wait": func(ctx context.Context) error { _, err := s.OpenLeads(ctx, holder, "", 20); return err },
	}
}

// TestHotQueriesStayFlat: four times the cases, and a page of a list, a search or a 年度 still looks at as many rows. PostgreSQL counts them itself; nothing is timed.
func TestHotQueriesStayFlat(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "postgres")
	o.MaxConns, o.Now = 1, (&storetest.Clock{}).Now
	raw, err := sql.Open("pgx", o.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	// Of a table this small the whole is read sooner than an index; what is asked is whether there is another way when it is not small.
	if _, err := raw.Exec(`DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET enable_seqscan = off'; END $$`); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	hookWorld(ctx, t, storetest.NewWorld(t, s, "t1"), s)
	touched := func() (n int) {
		t.Helper()
		if err := store.Exec(ctx, s, `SELECT pg_stat_force_next_flush()`); err != nil { // the store has one connection: the next end of a transaction tells what it did
			t.Fatal(err)
		}
		if err := s.Ping(ctx); err != nil {
			t.Fatal(err)
		}
		if err := raw.QueryRow(`SELECT (SELECT COALESCE(SUM(seq_tup_read), 0) FROM pg_stat_user_tables) + (SELECT COALESCE(SUM(idx_tup_read), 0) FROM pg_stat_user_indexes)`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	var first map[string]int
	for _, size := range [][2]int{{1, 600}, {601, 2400}} {
		grown(t, raw, size[0], size[1])
		now := map[string]int{}
		for name, ask := range hot(s) {
			before := touched()
			if err := ask(ctx); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			now[name] = touched() - before
		}
		if first == nil {
			first = now
			continue
		}
		for name, n := range now {
			if t.Logf("%s: %d rows, then %d", name, first[name], n); n > first[name]*3/2+50 {
				t.Errorf("%s looks at %d rows of 2,400 cases, and looked at %d of 600", name, n, first[name])
			}
		}
	}
}
