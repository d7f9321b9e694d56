package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/seedtest"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// ways is the flow of a case as the manual draws it (受付 → … → 終結), written apart from the program's own table.
const ways = `
received   intake closed
intake     assessment seeking closed suspended
seeking    assessment closed suspended
assessment planning seeking closed suspended
planning   decided assessment seeking suspended
decided    supporting planning
supporting planning closed suspended
closed     received
suspended  received assessment supporting closed suspended`

// drafted is a 起案 as the model remembers it.
type drafted struct {
	id, by  string
	version int64
	steps   int
	signed  []string
	state   string
}

// modelCase is a case as the model says it has to be.
type modelCase struct {
	id      string
	stage   string
	version int64
	papers  []*drafted
	found   *cases.ScreeningInput // スクリーニング of the version
	planned bool
	agreed  bool
	judged  string            // verdict of the newest 評価
	judgeAt time.Time         // when it was recorded
	began   time.Time         // when support began last
	steps   []string          // every move: from, to and what was said
	member  bool              // an agency is of the case
	asks    map[string]string // フォローアップ by id: planned or done
	lead    bool              // somebody has accepted to be 終結後の主担当
}

// evaluated: the 評価 says 終結, and support has not begun anew since.
func (m *modelCase) evaluated() bool { return m.judged == "close" && !m.began.After(m.judgeAt) }

func (m *modelCase) open() *drafted {
	for _, p := range m.papers {
		if p.state == "open" {
			return p
		}
	}
	return nil
}

func (m *modelCase) approved(version int64) bool {
	return slices.ContainsFunc(m.papers, func(p *drafted) bool { return p.state == "approved" && p.version == version })
}

// flowWorld plays one municipality: the services, the model beside them, and what was done, for who reads a failure.
type flowWorld struct {
	t     *testing.T
	ctx   context.Context
	s     *store.Store
	serve *cases.Service
	rnd   *rand.Rand
	clock *storetest.Clock
	steps []string
	may   map[string][]string
	told  []string
	deeds map[string]int
}

// want holds an answer against the model: allowed, or refused in the kind and with the words given.
func (w *flowWorld) want(what string, err error, kind fault.Kind, words string) bool {
	w.t.Helper()
	w.told = append(w.told, fmt.Sprintf("%s → %v", what, err))
	switch {
	case words == "" && err == nil:
		w.deeds["done"]++
		return true
	case words != "" && fault.Is(err, kind) && strings.Contains(fault.Message(err), words):
		w.deeds[words]++
		return false
	}
	w.t.Fatalf("%s: %v, want %q\n%s", what, err, words, strings.Join(w.told, "\n"))
	return false
}

// TestFlowOfCases plays random cases through the flow on both engines: every step is allowed or refused, with its reason, as the model says. KASANE_FLOWS says
// how many (`make soak`: 10,000).
func TestFlowOfCases(t *testing.T) {
	n := 200
	if s := os.Getenv("KASANE_FLOWS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	seed := seedtest.Seed(t)
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		clock := &storetest.Clock{}
		f := &flowWorld{t: t, ctx: ctx, s: s, serve: cases.NewService(s, cases.NewGatekeeper(s, nil, clock.Now), book, clock.Now), clock: clock, rnd: rand.New(rand.NewPCG(seed, 7)),
			may: map[string][]string{}, deeds: map[string]int{}}
		for line := range strings.Lines(strings.TrimSpace(ways)) {
			words := strings.Fields(line)
			f.may[words[0]] = words[1:]
		}
		for range 100 { // the numbers the world has given by hand
			if _, err := s.NextNumber(ctx, tenant, "K2026"); err != nil {
				t.Fatal(err)
			}
		}
		for i := range n {
			f.told = nil
			f.play(i)
		}
		for _, reason := range append(flowReasons, "done") {
			if f.deeds[reason] == 0 {
				t.Errorf("never met: %s: the test is blind there", reason)
			}
		}
	})
}

func (w *flowWorld) actor(id string) access.Actor {
	roles := []access.Role{access.RoleCity}
	if id == "desk" {
		roles = []access.Role{access.RoleSecretariat}
	}
	return access.Actor{Tenant: tenant, UserID: id, Name: id, AgencyID: "a1", Roles: roles}
}

// play is one case, from any stage on.
func (w *flowWorld) play(i int) {
	w.t.Helper()
	m := &modelCase{id: fmt.Sprintf("flow%05d", i), stage: "received", version: 1}
	at := storetest.Start
	turn := w.decides
	switch w.rnd.IntN(6) {
	case 0, 1: // where decisions are made
		m.stage = "planning"
	case 2: // where it is found out whom the case is for
		m.stage, turn = "intake", w.screens
	case 3: // where it is broken off or ended
		m.stage, turn = []string{"seeking", "assessment", "supporting", "suspended"}[w.rnd.IntN(4)], w.ends
	default:
		m.stage = string(cases.Stages()[w.rnd.IntN(9)])
	}
	c := cases.Case{ID: m.id, Tenant: tenant, Number: m.id, Stage: cases.Stage(m.stage), Version: 1, OpenedAt: at, OpenedBy: "u1", UpdatedAt: at}
	p := cases.Person{ID: "p" + m.id, Tenant: tenant, CaseID: m.id, Name: "試験", Relation: "本人", Subject: true, UpdatedAt: at}
	if err := w.s.CreateCase(w.ctx, c, []cases.Person{p}, nil, w.actor("desk").Audit(at, access.VerbCaseCreate, m.id)); err != nil {
		w.t.Fatal(err)
	}
	w.steps = [][]string{nil, {"係長"}, {"係長", "課長"}}[w.rnd.IntN(3)]
	if err := w.serve.SetDecisionSteps(w.ctx, w.actor("city1"), w.steps); err != nil {
		w.t.Fatal(err)
	}
	w.begins(m)
	for range 14 {
		turn(m)
	}
	w.recounts(m)
	got, err := w.s.Case(w.ctx, access.Scope{Tenant: tenant, All: true}, m.id)
	if err != nil || string(got.Stage) != m.stage || got.Version != m.version {
		w.t.Fatalf("%+v %v, the model says %s %d\n%s", got, err, m.stage, m.version, strings.Join(w.told, "\n"))
	}
}

// decides is a turn of all sorts.
func (w *flowWorld) decides(m *modelCase) {
	w.t.Helper()
	switch w.rnd.IntN(13) {
	case 0, 1, 2, 3:
		w.move(m)
	case 4, 5:
		w.draft(m)
	case 6:
		w.screen(m)
	default:
		w.mark(m)
	}
	if w.rnd.IntN(2) == 0 { // on towards where decisions are made
		w.onward(m)
	}
}

// screens is a turn about the インテーク.
func (w *flowWorld) screens(m *modelCase) {
	w.t.Helper()
	if m.stage == "closed" || m.stage == "received" {
		w.onward(m)
	}
	if m.stage == "intake" && (m.found == nil || w.rnd.IntN(2) == 0) {
		w.screen(m)
		return
	}
	to := []cases.Stage{"assessment", "seeking", "closed", "closed", "suspended"}[w.rnd.IntN(5)]
	w.moveTo(m, cases.StageInput{Stage: to, Version: m.version, Code: []string{"", "04"}[w.rnd.IntN(2)], Reason: "理由"})
}

// ends is a turn about 中断 and 終結.
func (w *flowWorld) ends(m *modelCase) {
	w.t.Helper()
	switch w.rnd.IntN(6) {
	case 0:
		w.judge(m)
	case 1:
		w.move(m)
	case 2:
		w.moveTo(m, cases.StageInput{Stage: "suspended", Version: m.version, Code: "08", Until: []string{"2026-09-01", "2026-09-01", "2026-06-01", "2027-06-03"}[w.rnd.IntN(4)]})
	case 3:
		w.moveTo(m, cases.StageInput{Stage: "supporting", Version: m.version})
	default:
		w.moveTo(m, cases.StageInput{Stage: "closed", Version: m.version, Code: "01", Reason: []string{"", "", "転居のため"}[w.rnd.IntN(3)]})
	}
	if w.rnd.IntN(3) == 0 {
		w.follow(m)
		w.again(m)
	}
	if m.stage == "closed" && w.rnd.IntN(3) > 0 {
		w.onward(m)
	}
}

// onward goes to the stage that leads to 支援決定 and through it, with what that takes.
func (w *flowWorld) onward(m *modelCase) {
	w.t.Helper()
	if m.stage == "intake" {
		w.screening(m, cases.ScreeningInput{Version: m.version, Day: "2026-06-01", Result: "4", Grounds: []string{"01"}, Reason: "8050"})
	}
	to := map[string]string{"received": "intake", "intake": "assessment", "seeking": "assessment", "assessment": "planning", "planning": "decided", "decided": "supporting",
		"supporting": "planning", "closed": "received", "suspended": "assessment"}[m.stage]
	w.moveTo(m, cases.StageInput{Stage: cases.Stage(to), Version: m.version})
}

// move tries any stage with anything said.
func (w *flowWorld) move(m *modelCase) {
	all := append(cases.Stages(), "closed", "closed", "suspended")
	in := cases.StageInput{Stage: all[w.rnd.IntN(len(all))], Version: m.version}
	if w.rnd.IntN(4) == 0 {
		in.Version--
	}
	pick := func(list ...string) string { return list[w.rnd.IntN(len(list))] }
	in.Code, in.Reason = pick("", "", "08", "09", "77"), pick("", "", "転居のため")
	if in.Stage == "suspended" {
		in.Code, in.Until = pick("", "04", "08", "09", "01"), pick("", "2026-06-01", "2026-06-02", "2026-09-01", "2027-06-02", "2027-06-03", "いつか")
	} else if in.Stage != "closed" && w.rnd.IntN(5) > 0 {
		in.Code = ""
	}
	if in.Stage != "suspended" && w.rnd.IntN(8) == 0 {
		in.Code, in.Until = "", "2026-09-01"
	}
	w.moveTo(m, in)
}

func (w *flowWorld) moveTo(m *modelCase, in cases.StageInput) {
	w.t.Helper()
	kind, words := w.wantMove(m, in)
	_, err := w.serve.SetStage(w.ctx, w.actor("desk"), m.id, in)
	if w.want(fmt.Sprintf("%s at %d of %d goes to %+v", m.stage, in.Version, m.version, in), err, kind, words) {
		m.steps = append(m.steps, m.stage+" "+string(in.Stage)+" "+in.Code+" "+in.Until+" "+in.Reason)
		if in.Stage == "closed" {
			m.lead = false
		}
		m.stage, m.version, m.found = string(in.Stage), m.version+1, nil
		if m.stage == "supporting" {
			m.began = w.clock.Now()
		}
	}
}

func (w *flowWorld) draft(m *modelCase) {
	w.t.Helper()
	by := []string{"desk", "city1"}[w.rnd.IntN(2)]
	words := ""
	switch {
	case len(w.steps) == 0:
		words = "段を設けていません"
	case m.stage != "planning":
		words = "のケースでできます"
	case m.open() != nil:
		words = "決裁中の起案"
	}
	if w.want(by+" drafts", w.serve.DraftDecision(w.ctx, w.actor(by), m.id, "支援を始める"), fault.Conflict, words) {
		v, err := w.serve.Decisions(w.ctx, w.actor("desk"), m.id)
		if err != nil {
			w.t.Fatal(err)
		}
		m.papers = append(m.papers, &drafted{id: v.Decisions[0].ID, by: by, version: m.version, steps: len(w.steps), state: "open"})
	}
}

func (w *flowWorld) mark(m *modelCase) {
	w.t.Helper()
	if len(m.papers) == 0 {
		return
	}
	p := m.papers[w.rnd.IntN(len(m.papers))]
	if o := m.open(); o != nil && w.rnd.IntN(4) > 0 {
		p = o
	}
	by := []string{"desk", "city1", "city2", "city3"}[w.rnd.IntN(4)]
	if len(p.signed) > 0 && w.rnd.IntN(3) == 0 {
		by = p.signed[0]
	}
	verdict := []cases.Verdict{cases.VerdictApprove, cases.VerdictApprove, cases.VerdictApprove, cases.VerdictReturn, cases.VerdictVoid}[w.rnd.IntN(5)]
	in := cases.MarkInput{N: len(p.signed) + 1, Verdict: verdict}
	if verdict == cases.VerdictReturn && w.rnd.IntN(2) == 0 {
		in.Reason = "内容を足してください"
	}
	kind, words := fault.Conflict, ""
	switch {
	case p.state != "open":
		words = "すでに"
	case verdict == cases.VerdictVoid:
		if by == "desk" && p.by != "desk" {
			kind, words = fault.Forbidden, "取り下げられる"
		}
	case verdict == cases.VerdictReturn && in.Reason == "":
		kind, words = fault.Invalid, "差し戻す理由"
	case p.version != m.version:
		words = "起案のあとにケースの段階"
	case by == "desk":
		kind, words = fault.Forbidden, "市の所管課の職員だけ"
	case by == p.by:
		kind, words = fault.Forbidden, "自分の起案"
	case slices.Contains(p.signed, by):
		kind, words = fault.Forbidden, "前の段を決裁した人"
	}
	if !w.want(fmt.Sprintf("%s says %s on %s", by, verdict, p.id), w.serve.MarkDecision(w.ctx, w.actor(by), m.id, p.id, in), kind, words) {
		return
	}
	switch p.signed = append(p.signed, by); {
	case verdict == cases.VerdictReturn:
		p.state = "returned"
	case verdict == cases.VerdictVoid:
		p.state = "void"
	case len(p.signed) == p.steps:
		p.state = "approved"
	}
}
