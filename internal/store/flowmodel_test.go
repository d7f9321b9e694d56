package store_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/plans"
	"kasane/internal/reviews"
	"kasane/internal/store"
)

// flowReasons are the refusals that have to be met, so that the model is known to look everywhere.
var flowReasons = []string{"へは進められません", "ほかの人がこのケースを先に変更", "市町村の決裁が済んでいません", "自分の起案", "前の段を決裁した人", "市の所管課の職員だけ", "決裁中の起案", "起案のあとにケースの段階", "すでに",
	"のケースでできます", "差し戻す理由", "段を設けていません", "スクリーニングの結果がまだ", "スクリーニングの結果が④", "スクリーニングの結果が③", "スクリーニングの結果が①", "スクリーニングの結果が⑤",
	"つなぎ先がまだ確認", "中断の理由を選んで", "再開予定日を入れて", "明日以降の日", "1年以内", "「その他」のときは", "理由を選び直して", "中断するときだけ", "目標ごとの評価", "終結の理由を選んで", "終結後の主担当を引き受けた",
	"スクリーニングの結果を選んで", "判断の理由", "必要な理由を1つ以上", "③と④のときだけ", "つなぎ先を入力", "つなぎ先は、②", "つなぎ確認日は、②", "未来", "のケースで記録します",
	"フォローアップは、終結した", "関わる機関の中から", "すでに記録", "再受付は、終結した"}

// wantMove is what the manual says of a move: allowed ("" words), or why not.
func (w *flowWorld) wantMove(m *modelCase, in cases.StageInput) (fault.Kind, string) {
	to := string(in.Stage)
	codes := map[string]string{"suspended": "04 06 07 08 09", "closed": "01 02 03 04 05 06 07 08 09"}[to]
	switch {
	case in.Code != "" && !slices.Contains(strings.Fields(codes), in.Code):
		return fault.Invalid, "理由を選び直して"
	case in.Until != "" && to != "suspended":
		return fault.Invalid, "中断するときだけ"
	case in.Version != m.version:
		return fault.Conflict, "ほかの人がこのケースを先に変更"
	case !slices.Contains(w.may[m.stage], to):
		return fault.Conflict, "へは進められません"
	}
	if m.stage == "intake" {
		if words := m.unscreened(to); words != "" {
			return fault.Conflict, words
		}
	}
	switch {
	case to == "decided" && len(w.steps) > 0 && !m.approved(m.version):
		return fault.Conflict, "市町村の決裁が済んでいません"
	case to == "suspended":
		return fault.Invalid, wantPause(in)
	case to == "closed":
		return m.wantEnd(in)
	}
	return 0, ""
}

// unscreened is what the スクリーニング has against leaving the インテーク.
func (m *modelCase) unscreened(to string) string {
	if m.found == nil {
		return "スクリーニングの結果がまだ"
	}
	r := m.found.Result
	switch {
	case to == "assessment" && r != "4":
		return "スクリーニングの結果が④"
	case to == "seeking" && r != "3":
		return "スクリーニングの結果が③"
	case to == "suspended" && r != "5":
		return "スクリーニングの結果が⑤"
	case to == "closed" && !strings.Contains("125", r):
		return "スクリーニングの結果が①"
	case to == "closed" && r == "2" && m.found.ConfirmedOn == "":
		return "つなぎ先がまだ確認"
	}
	return ""
}

func wantPause(in cases.StageInput) string {
	switch {
	case in.Code == "":
		return "中断の理由を選んで"
	case in.Code == "09" && in.Reason == "":
		return "「その他」のときは"
	case !strings.HasPrefix(in.Until, "20"):
		return "再開予定日を入れて"
	case in.Until <= "2026-06-01":
		return "明日以降の日"
	case in.Until > "2027-06-02":
		return "1年以内"
	}
	return ""
}

func (m *modelCase) wantEnd(in cases.StageInput) (fault.Kind, string) {
	told := m.stage == "received" || m.stage == "intake"
	switch {
	case !told && m.agreed && !m.evaluated():
		return fault.Conflict, "目標ごとの評価"
	case !told && in.Code == "":
		return fault.Invalid, "終結の理由を選んで"
	case m.planned && !m.lead && in.Reason == "":
		return fault.Conflict, "終結後の主担当を引き受けた"
	}
	return 0, ""
}

// begins gives half of the cases a plan, and of these half an agreed one and somebody who comes after.
func (w *flowWorld) begins(m *modelCase) {
	w.t.Helper()
	if w.rnd.IntN(2) == 0 {
		return
	}
	m.planned, m.agreed = true, w.rnd.IntN(2) == 0
	if err := store.MakePlan(w.ctx, w.s, tenant, m.id, "pl"+m.id, m.agreed); err != nil {
		w.t.Fatal(err)
	}
	if w.rnd.IntN(2) == 0 {
		return
	}
	at, desk := w.clock.Now(), w.actor("desk")
	if err := w.s.AddMember(w.ctx, tenant, cases.Member{CaseID: m.id, AgencyID: "a2", Since: at}, desk.Audit(at, access.VerbMemberAdd, "a2")); err != nil {
		w.t.Fatal(err)
	}
	o := plans.LeadOffer{ID: "lo" + m.id, Tenant: tenant, CaseID: m.id, Kind: plans.LeadAfter, To: "a2", ToName: "社協", ByID: "desk", At: at}
	if err := w.s.AddLeadOffer(w.ctx, o, desk.Audit(at, access.VerbLeadOffer, o.ID)); err != nil {
		w.t.Fatal(err)
	}
	a := plans.LeadAnswer{ID: "la" + m.id, Tenant: tenant, OfferID: o.ID, Answer: plans.AnswerAccept, UserID: "u2", AgencyID: "a2", At: at}
	if err := w.s.AnswerLead(w.ctx, a, desk.Audit(at, access.VerbLeadAnswer, o.ID)); err != nil {
		w.t.Fatal(err)
	}
	m.lead, m.member = true, true
}

// follow plans a フォローアップ, or records one: of a case that is 終結, and each once.
func (w *flowWorld) follow(m *modelCase) {
	w.t.Helper()
	desk := w.actor("desk")
	ended := func() (fault.Kind, string) {
		switch {
		case m.stage != "closed":
			return fault.Conflict, "フォローアップは、終結した"
		case !m.member:
			return fault.Invalid, "関わる機関の中から"
		}
		return 0, ""
	}
	if !m.member && w.rnd.IntN(2) == 0 {
		at := w.clock.Now()
		if err := w.s.AddMember(w.ctx, tenant, cases.Member{CaseID: m.id, AgencyID: "a2", Since: at}, desk.Audit(at, access.VerbMemberAdd, "a2")); err != nil {
			w.t.Fatal(err)
		}
		m.member = true
	}
	kind, words := ended()
	if w.want(m.stage+" is to be asked after", w.serve.PlanFollowup(w.ctx, desk, m.id, cases.FollowupInput{AgencyID: "a2", DueOn: "2026-06-20"}), kind, words) {
		if m.asks == nil {
			m.asks = map[string]string{}
		}
		list, err := w.s.Followups(w.ctx, access.Scope{Tenant: tenant, All: true}, m.id)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, x := range list {
			if m.asks[x.ID] == "" {
				m.asks[x.ID] = "planned"
			}
		}
	}
	ids := slices.Sorted(maps.Keys(m.asks))
	for _, id := range append(ids, ids...) { // each twice
		in := cases.HeardInput{DoneOn: "2026-06-01", Method: "phone", Result: "01"}
		kind, words := fault.Conflict, ""
		if w.rnd.IntN(2) == 0 {
			in.NextOn = "2026-07-01"
			kind, words = ended()
		}
		if m.asks[id] == "done" {
			kind, words = fault.Conflict, "すでに記録"
		}
		if w.want(m.stage+" is asked after", w.serve.DoFollowup(w.ctx, desk, m.id, id, in), kind, words) {
			m.asks[id] = "done"
		}
	}
}

// again takes the household in as a new case: of a case that is 終結 alone; the new one knows where it comes from.
func (w *flowWorld) again(m *modelCase) {
	w.t.Helper()
	words := ""
	if m.stage != "closed" {
		words = "再受付は、終結した"
	}
	c, err := w.serve.Again(w.ctx, w.actor("desk"), m.id, cases.AgainInput{Persons: []string{"p" + m.id}, Reason: "また困っている"})
	if !w.want(m.stage+" is taken in again", err, fault.Conflict, words) {
		return
	}
	links, err := w.s.CaseLinks(w.ctx, access.Scope{Tenant: tenant, All: true}, c.ID)
	if err != nil || len(links) != 1 || links[0].CaseID != m.id || links[0].Later {
		w.t.Fatalf("%+v %v", links, err)
	}
}

// judge records an 評価 of the agreed plan.
func (w *flowWorld) judge(m *modelCase) {
	w.t.Helper()
	if !m.agreed {
		return
	}
	at := w.clock.Now()
	verdict := []string{"close", "close", "replan"}[w.rnd.IntN(3)]
	r := reviews.Record{ID: access.NewID(at), Tenant: tenant, Kind: reviews.KindEvaluation, CaseID: m.id, PlanID: "pl" + m.id, Day: "2026-06-01", AgencyID: "a1", UserID: "desk", Verdict: verdict,
		Item: "progress", RecordedAt: at}
	if _, err := w.s.AddReview(w.ctx, r, w.actor("desk").Audit(at, access.VerbReviewRecord, r.ID)); err != nil {
		w.t.Fatal(err)
	}
	w.told = append(w.told, "評価: "+verdict)
	m.judged, m.judgeAt = verdict, at
}

// screen records a スクリーニング of any shape.
func (w *flowWorld) screen(m *modelCase) {
	pick := func(list ...string) string { return list[w.rnd.IntN(len(list))] }
	in := cases.ScreeningInput{Version: m.version, Day: pick("2026-06-01", "2026-05-30", "2026-05-30", "2026-06-02"), Result: pick("1", "2", "2", "2", "3", "4", "5", "6"), Reason: pick("理由", "理由", "理由", "")}
	if strings.Contains("34", in.Result) != (w.rnd.IntN(5) == 0) {
		in.Grounds = []string{"02", "04"}
	}
	if (in.Result == "2") != (w.rnd.IntN(6) == 0) {
		in.To, in.ConfirmedOn = pick("地域包括", "地域包括", ""), pick("", "", "2026-05-31")
	}
	if w.rnd.IntN(8) == 0 {
		in.Version--
	}
	if w.rnd.IntN(12) == 0 {
		in.ConfirmedOn = "2026-05-31"
	}
	w.screening(m, in)
}

func (w *flowWorld) screening(m *modelCase, in cases.ScreeningInput) {
	w.t.Helper()
	joint, passed := strings.Contains("34", in.Result), in.Result == "2"
	kind, words := fault.Invalid, ""
	switch {
	case in.Result == "6":
		words = "スクリーニングの結果を選んで"
	case in.Day > "2026-06-01":
		words = "未来"
	case in.Reason == "":
		words = "判断の理由"
	case joint && len(in.Grounds) == 0:
		words = "必要な理由を1つ以上"
	case !joint && len(in.Grounds) > 0:
		words = "③と④のときだけ"
	case passed && in.To == "":
		words = "つなぎ先を入力"
	case !passed && in.To != "":
		words = "つなぎ先は、②"
	case !passed && in.ConfirmedOn != "":
		words = "つなぎ確認日は、②"
	case m.stage != "intake":
		kind, words = fault.Conflict, "のケースで記録します"
	case in.Version != m.version:
		kind, words = fault.Conflict, "ほかの人がこのケースを先に変更"
	}
	if w.want(fmt.Sprintf("%s is screened: %+v", m.stage, in), w.serve.Screen(w.ctx, w.actor("desk"), m.id, in), kind, words) {
		m.found = &in
	}
}

// recounts holds what stands in the books against what was done: no move is lost, none stands there that was refused.
func (w *flowWorld) recounts(m *modelCase) {
	w.t.Helper()
	steps, err := w.s.CaseSteps(w.ctx, access.Scope{Tenant: tenant, All: true}, m.id)
	if err != nil {
		w.t.Fatal(err)
	}
	got := []string{}
	for i, x := range steps {
		if x.Version != int64(i)+2 {
			w.t.Fatalf("version %d of the move %d", x.Version, i)
		}
		got = append(got, string(x.From)+" "+string(x.To)+" "+x.Code+" "+x.Until+" "+x.Reason)
	}
	if !slices.Equal(got, append([]string{}, m.steps...)) {
		w.t.Fatalf("moves %q, done %q\n%s", got, m.steps, strings.Join(w.told, "\n"))
	}
}
