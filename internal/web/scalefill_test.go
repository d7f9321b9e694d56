package web

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/text"
)

// growth (規模) fills a municipality: two cases that went through the house, one that was only taken in and one whose meeting is sealed, are written again and again,
// each with people, agency, day and stage of its own. What is written is what the program wrote, row by row, so that everything that reads it finds what it looks for.
type growth struct {
	*scene
	agencies []string
	r        *rand.Rand
	tables   map[string][]string // columns
	insert   map[string]string
}

// mould is a case to be written again: its rows by table, the ids in it, and when it was opened.
type mould struct {
	rows   map[string][][]any
	order  []string
	ids    []string
	opened int64
}

// grow makes n cases over the six 年度 up to now, every third with a plan, a sealed meeting and its papers.
func (s *scene) grow(n int) {
	s.t.Helper()
	g := &growth{scene: s, r: rand.New(rand.NewPCG(106, 5)), tables: map[string][]string{}, insert: map[string]string{}}
	g.more(39)
	s.desk.get("/api/figures") // the choices of the sheets are read
	full, short := g.mould(s.caseID), g.mould(s.taken)
	for k := 1; k <= n; {
		tx, err := s.raw.Begin()
		s.ok(err)
		stmts := map[string]*sql.Stmt{}
		for range 500 {
			if k > n {
				break
			}
			m := short
			if k%3 == 0 {
				m = full
			}
			g.write(tx, stmts, m, k, n)
			k++
		}
		s.ok(tx.Commit())
	}
}

// more gives the municipality agencies.
func (g *growth) more(n int) {
	boss := access.Actor{Tenant: g.tenant, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
	g.agencies = []string{g.welfare.ID}
	for i := range n {
		a, err := g.ids.SaveAgency(context.Background(), boss, "", identity.AgencyInput{Name: fmt.Sprintf("第%d相談支援センター", i+1), Short: fmt.Sprint("相", i+1), Category: "csw"})
		g.ok(err)
		g.agencies = append(g.agencies, a.ID)
	}
}

// mould reads everything that belongs to a case.
func (g *growth) mould(caseID string) mould {
	m := mould{rows: map[string][][]any{}}
	g.ok(g.raw.QueryRow(`SELECT opened_at FROM case_file WHERE id = $1`, caseID).Scan(&m.opened))
	for _, x := range []struct{ table, where string }{
		{"case_file", "id = $1"}, {"person", "case_id = $1"}, {"case_member", "case_id = $1"}, {"consent_record", "case_id = $1"},
		{"doc", "case_id = $1"}, {"doc_update", "doc_id IN (SELECT id FROM doc WHERE case_id = $1)"}, {"doc_client", "doc_id IN (SELECT id FROM doc WHERE case_id = $1)"},
		{"doc_snapshot", "doc_id IN (SELECT id FROM doc WHERE case_id = $1)"}, {"sheet_reading", "doc_id IN (SELECT id FROM doc WHERE case_id = $1)"},
		{"sheet_answer", "case_id = $1"}, {"plan", "case_id = $1"}, {"plan_version", "case_id = $1"}, {"role_answer", "plan_id IN (SELECT id FROM plan WHERE case_id = $1)"},
		{"meeting", "case_id = $1"}, {"meeting_agency", "meeting_id IN (SELECT id FROM meeting WHERE case_id = $1)"},
		{"meeting_event", "meeting_id IN (SELECT id FROM meeting WHERE case_id = $1)"}, {"minutes_version", "meeting_id IN (SELECT id FROM meeting WHERE case_id = $1)"},
		{"archive_record", "case_id = $1"}, {"archive_text", "seq IN (SELECT seq FROM archive_record WHERE case_id = $1)"}, {"archive_sig", "seq IN (SELECT seq FROM archive_record WHERE case_id = $1)"},
		{"outreach_entry", "case_id = $1"}, {"intake", "case_id = $1"}, {"referral", "case_id = $1"}, {"lead_offer", "case_id = $1"},
		{"joining", "case_id = $1"}, {"joining_step", "joining_id IN (SELECT id FROM joining WHERE case_id = $1)"}, {"plan_review", "case_id = $1"},
		{"audit_entry", "id IN (SELECT id FROM audit_entry WHERE case_id = $1 ORDER BY id LIMIT 12)"},
	} {
		m.rows[x.table] = g.rows(x.table, x.where, caseID)
		if len(m.rows[x.table]) > 0 {
			m.order = append(m.order, x.table)
		}
		if i := slices.Index(g.tables[x.table], "id"); i >= 0 {
			for _, row := range m.rows[x.table] {
				m.ids = append(m.ids, row[i].(string))
			}
		}
	}
	return m
}

func (g *growth) rows(table, where, caseID string) (out [][]any) {
	rows, err := g.raw.Query(`SELECT * FROM `+table+` WHERE `+where, caseID)
	g.ok(err)
	defer rows.Close()
	g.tables[table], err = rows.Columns()
	g.ok(err)
	marks := make([]string, len(g.tables[table]))
	for i := range marks {
		marks[i] = fmt.Sprint("$", i+1)
	}
	g.insert[table] = `INSERT INTO ` + table + ` (` + strings.Join(g.tables[table], ",") + `) VALUES (` + strings.Join(marks, ",") + `)`
	for rows.Next() {
		row := make([]any, len(g.tables[table]))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		g.ok(rows.Scan(into...))
		out = append(out, row)
	}
	g.ok(rows.Err())
	return out
}

// write writes a case once more: the kth of n.
func (g *growth) write(tx *sql.Tx, stmts map[string]*sql.Stmt, m mould, k, n int) {
	now := g.clock.Now()
	opened := time.Date(2021, 4, 1, 1, 0, 0, 0, time.UTC)
	opened = opened.Add(now.Sub(opened) / time.Duration(n+1) * time.Duration(k))
	shift := opened.UnixMicro() - m.opened
	pairs := []string{g.welfare.ID, g.agencies[k%len(g.agencies)]}
	for _, id := range m.ids {
		pairs = append(pairs, id, fmt.Sprintf("%013d", k)+id[13:])
	}
	if k%2 == 0 {
		pairs = append(pairs, `"mode":"support"`, `"mode":"layered"`)
	}
	renamed := strings.NewReplacer(pairs...)
	values := map[string]any{}
	for _, table := range m.order {
		if stmts[table] == nil {
			stmt, err := tx.Prepare(g.insert[table])
			g.ok(err)
			stmts[table] = stmt
		}
		for _, row := range m.rows[table] {
			clear(values)
			g.own(table, k, opened, values)
			out := make([]any, len(row))
			for i, v := range row {
				out[i] = g.again(v, shift, now.UnixMicro(), renamed)
				if own, ok := values[g.tables[table][i]]; ok && (v != nil || own == nil || g.tables[table][i] == "ended_at") {
					out[i] = own
				}
			}
			if strings.HasPrefix(table, "archive_") {
				i := slices.Index(g.tables[table], "seq")
				out[i] = row[i].(int64) + int64(k)*10
			}
			_, err := stmts[table].Exec(out...)
			g.ok(err)
			if table == "person" {
				g.pairs(tx, values["fold"].(string), out[slices.Index(g.tables[table], "case_id")].(string))
			}
		}
	}
}

// pairs writes what the search finds a name by, and the way of the case, as the store does.
func (g *growth) pairs(tx *sql.Tx, fold, caseID string) {
	letters := []rune(fold)
	for i := range letters {
		_, err := tx.Exec(`INSERT INTO name_pair (tenant, pair, case_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, g.tenant, string(letters[i:min(i+2, len(letters))]), caseID)
		g.ok(err)
	}
	_, err := tx.Exec(`INSERT INTO stage_entry (tenant, case_id, n, stage, at, gap) SELECT tenant, id, 1, 'received', opened_at, 0 FROM case_file WHERE id = $1
		UNION ALL SELECT tenant, id, 2, stage, updated_at, 0 FROM case_file WHERE id = $1 AND stage <> 'received'`, caseID)
	g.ok(err)
	_, err = tx.Exec(`INSERT INTO name_paired (tenant, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, g.tenant, caseID)
	g.ok(err)
}

// again is a value as it stands in another case: other ids, and instants moved by as much as the case was.
func (g *growth) again(v any, shift, now int64, renamed *strings.Replacer) any {
	switch v := v.(type) {
	case int64:
		if v > 1e15 && v < 4e15 {
			return min(v+shift, max(v, now))
		}
	case string:
		return renamed.Replace(v)
	case []byte:
		return []byte(renamed.Replace(string(v))) // every id is as long as the one it takes the place of
	}
	return v
}

var (
	scaleNames  = []string{"佐藤", "鈴木", "高橋", "田中", "渡邉", "伊藤", "山本", "中村", "小林", "加藤", "吉田", "山﨑", "森", "阿部", "池田", "橋本", "山下", "石川", "中島", "前田", "藤田", "後藤", "小川", "岡田", "村上", "長谷川", "近藤", "石井", "齊藤", "坂本"}
	scaleKana   = []string{"さとう", "すずき", "たかはし", "たなか", "わたなべ", "いとう", "やまもと", "なかむら", "こばやし", "かとう", "よしだ", "やまざき", "もり", "あべ", "いけだ", "はしもと", "やました", "いしかわ", "なかじま", "まえだ", "ふじた", "ごとう", "おがわ", "おかだ", "むらかみ", "はせがわ", "こんどう", "いしい", "さいとう", "さかもと"}
	scaleGiven  = []string{"正", "花", "和子", "健", "美咲", "翔太", "幸子", "茂", "洋子", "大輔", "恵", "隆", "由美", "誠", "久美子", "拓也", "愛", "博", "節子", "直樹", "陽菜", "勝", "真由美", "修", "千代", "蓮", "葵", "清", "道子", "亮"}
	scaleGivenK = []string{"ただし", "はな", "かずこ", "けん", "みさき", "しょうた", "さちこ", "しげる", "ようこ", "だいすけ", "めぐみ", "たかし", "ゆみ", "まこと", "くみこ", "たくや", "あい", "ひろし", "せつこ", "なおき", "ひな", "まさる", "まゆみ", "おさむ", "ちよ", "れん", "あおい", "きよし", "みちこ", "りょう"}
)

// own is what differs from case to case beside ids and times.
func (g *growth) own(table string, k int, opened time.Time, v map[string]any) {
	year := opened.In(jst).AddDate(0, -3, 0).Year()
	switch table {
	case "case_file":
		stages := cases.Stages()
		stage := stages[g.r.IntN(len(stages))]
		v["number"], v["stage"] = fmt.Sprintf("K%04d-%04d", year, k), string(stage)
		v["ended_at"] = nil
		if stage == cases.StageClosed {
			v["ended_at"] = opened.Add(100 * 24 * time.Hour).UnixMicro()
		}
	case "person":
		a, b := g.r.IntN(len(scaleNames)), g.r.IntN(len(scaleGiven))
		v["name"], v["kana"] = scaleNames[a]+" "+scaleGiven[b], scaleKana[a]+" "+scaleGivenK[b]
		v["fold"] = text.Fold(v["name"].(string) + "\n" + v["kana"].(string) + "\n")
		v["birth"], v["sex"] = fmt.Sprintf("%04d-%02d-%02d", 1930+g.r.IntN(90), 1+g.r.IntN(12), 1+g.r.IntN(28)), []string{"男", "女", "その他", ""}[g.r.IntN(4)]
	case "consent_record":
		v["number"] = fmt.Sprintf("D%04d-%05d", year, k)
	case "meeting":
		v["mode"] = []string{"layered", "support"}[k%2]
	case "archive_record":
		v["number"] = fmt.Sprintf("福重-%d-%05d", year, k)
	case "audit_entry":
		v["leaf"], v["leaf_hash"] = nil, nil
	}
}

// template brings one case to its sealed meeting, with tasks whose term is over, and takes another one in.
func (s *scene) template() {
	s.t.Helper()
	s.desk, s.city, s.chair, s.agency = s.as("secretariat"), s.as("city"), s.as("chair"), s.as("agency")
	var got caseBody
	s.desk.get("/api/cases/"+s.caseID).into(s.t, &got)
	s.person = got.Persons[0].ID
	var file, plan struct{ ID string }
	s.desk.upload(s.caseID, "同意書.pdf", []byte("%PDF-1.4\ntrailer<<>>\n%%EOF\n")).into(s.t, &file)
	s.file = file.ID
	s.consents()
	s.desk.post("/api/cases/"+s.caseID+"/plans", map[string]string{"previous": ""}).into(s.t, &plan)
	s.sealedPlan = plan.ID
	s.sealed = s.call(s.desk, s.sealedPlan)
	s.rows(s.sealedPlan)
	s.hold(s.sealed)
	s.minuted(s.desk, s.sealed, "", "basic", func(b *live.Builder) {
		for i, agency := range []string{s.welfare.ID, s.house.city.ID} {
			b.Row("homework", fmt.Sprintf("homework%02d", i), fmt.Sprint("a", i), map[string]any{"agency": agency, "due": s.clock.Now().AddDate(0, 0, -10).Format(time.DateOnly)}, map[string]string{"text": "訪問の日を決める"})
		}
	})
	s.seal()
	s.places()
	s.joining()
	s.outreach()
	s.intakes()
	var room meeting.Room
	s.desk.get("/api/meetings/"+s.sealed).into(s.t, &room)
}
