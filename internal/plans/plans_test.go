package plans

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// The vectors were computed with JSON.stringify and SHA-256 in a browser engine: what the client hashes has to be the same.
const (
	cellVector = "f517de9ca069b45cbfc70106db54f2c7d9b57b355f4313e879206bce61e7463c"
	planVector = "4b5b34147a7e39b02149a636276c71dfd947abc790c9de6b4e1b1a5311f8ca1e"
)

func TestHashesAgreeWithTheBrowser(t *testing.T) {
	t.Parallel()
	c := Cell{Code: CodeLead, Content: "\u0001\t邉\U000E0100\\", Due: "2027-03-31", Freq: "week1", Who: "髙橋 \uFA11\U00020BB7"}
	if got := CellHash("週1回の\"訪問\"\n\u2028<a&b>", c); got != cellVector {
		t.Errorf("cell %s", got)
	}
	docs := []DocState{{"p1", "income", []byte(`{"v":{"map":{"a":1}}}`)}, {"", "basic", []byte(`{}`)}}
	if _, got := CanonicalPlan(Plan{ID: "p", CaseID: "c", Round: 2}, docs); got != planVector {
		t.Errorf("plan %s", got)
	}
	if docs[0].PersonID != "p1" {
		t.Error("the caller's slice was sorted")
	}
}

// part builds a document of a plan.
func part(t *testing.T, at Place, write func(*live.Builder)) Part {
	t.Helper()
	m := live.Meta{Tenant: "t", ID: at.DocID, Epoch: 1, Kind: live.KindPlan, PersonID: at.PersonID, Item: at.Item}
	update, clients, err := live.Draft(m, access.System("t"), func(b *live.Builder) error { write(b); return nil })
	if err != nil {
		t.Fatal(err)
	}
	m.Head = 1
	d, err := live.NewDocument(live.Loaded{Meta: m, Rows: []live.Row{{Seq: 1, Update: update}}, Clients: clients})
	if err != nil {
		t.Fatal(err)
	}
	return Part{Place: at, Source: d}
}

func twoParts(t *testing.T) []Part {
	house := part(t, Place{"d1", "", "basic"}, func(b *live.Builder) {
		b.Set("lead", "a1")
		b.Set("programs", `["sanka","outreach"]`)
		b.Text("policy", "見守る")
		b.Row("action", "bbbbbbbbbb", "a1", nil, map[string]string{"text": "二番"})
		b.Row("action", "aaaaaaaaaa", "a3", nil, map[string]string{"text": "四番"})
		b.Row("action", "dddddddddd", "a0", map[string]any{"del": true}, map[string]string{"text": "消した"})
		b.Cell("bbbbbbbbbb", "a1", map[string]any{"code": "lead", "due": "2026-01-01"}, map[string]string{"content": "訪問"})
		b.Cell("bbbbbbbbbb", "a2", map[string]any{"code": ""}, nil)
		b.Cell("dddddddddd", "a2", map[string]any{"code": "lead"}, nil)
	})
	income := part(t, Place{"d2", "p1", "income"}, func(b *live.Builder) {
		b.Set("lead", "a9") // the household's entry wins
		b.Text("wish", "返したい")
		b.Row("action", "cccccccccc", "a2", nil, map[string]string{"text": "三番"})
		b.Row("need", "nnnnnnnnnn", "a0", map[string]any{"code": "10"}, map[string]string{"text": "債務"})
	})
	return []Part{income, house}
}

func TestBodyMergesDocuments(t *testing.T) {
	t.Parallel()
	b := ReadBody(Plan{ID: "p"}, twoParts(t))
	var order []string
	for _, a := range b.Actions {
		order = append(order, a.Text+"/"+string(a.Item))
	}
	if got := strings.Join(order, " "); got != "二番/basic 三番/income 四番/basic" {
		t.Errorf("actions: %s", got)
	}
	if b.Lead != "a1" || strings.Join(b.Programs, " ") != "sanka outreach" || len(b.Narratives) != 2 || b.Narratives[0].Field != "wish" {
		t.Errorf("%+v", b)
	}
	if len(b.Actions[0].Cells) != 1 || b.Actions[0].Cells[0].Hash == "" {
		t.Errorf("empty cells are no cells: %+v", b.Actions[0].Cells)
	}
	if rows, actions := count(twoParts(t)[0]); rows != 3 || actions != 1 {
		t.Errorf("withheld count %d %d", rows, actions)
	}
}

func TestStoredVersionReadsLikeTheDocuments(t *testing.T) {
	t.Parallel()
	parts := twoParts(t)
	var docs []DocState
	var heads []DocHead
	for _, p := range parts {
		state, _ := p.Source.(*live.Document).Canonical()
		docs = append(docs, DocState{p.PersonID, string(p.Item), state})
		heads = append(heads, DocHead{DocID: p.DocID, PersonID: p.PersonID, Item: p.Item})
	}
	canonical, _ := CanonicalPlan(Plan{ID: "p", CaseID: "c", Round: 3}, docs)
	p, stored, err := StoredParts(canonical, heads)
	if err != nil || p.Round != 3 || p.ID != "p" {
		t.Fatal(p, err)
	}
	if d := Diff(ReadBody(p, stored), ReadBody(p, parts), nil); len(d) != 0 {
		t.Errorf("%+v", d)
	}
	if b := ReadBody(p, stored); b.Actions[0].DocID != "d1" || b.Actions[0].Cells[0].Hash != ReadBody(p, parts).Actions[0].Cells[0].Hash {
		t.Errorf("%+v", b.Actions[0])
	}
}

func TestMatrixWarnings(t *testing.T) {
	t.Parallel()
	house := Household{Agencies: []MemberAgency{{ID: "a1", Name: "甲", Member: true}, {ID: "a2", Name: "乙", Member: true}, {ID: "a3", Name: "丙"}}}
	cell := func(col string, code Code) Cell {
		c := Cell{Column: col, Code: code}
		c.Hash = CellHash("行", c)
		return c
	}
	with := func(c Cell, f func(*Cell)) Cell {
		f(&c)
		c.Hash = CellHash("行", c)
		return c
	}
	ok := func(agency string, c Cell, a Answer) RoleAnswer {
		return RoleAnswer{ActionID: "x", AgencyID: agency, Answer: a, CellHash: c.Hash}
	}
	lead := cell("a1", CodeLead)
	for _, c := range []struct {
		name    string
		cells   []Cell
		answers []RoleAnswer
		set     Setting
		want    string // code, * when it stops 閉会
	}{
		{"fine", []Cell{lead}, []RoleAnswer{ok("a1", lead, AnswerAccept)}, Setting{}, ""},
		{"conditional is an answer", []Cell{lead}, []RoleAnswer{ok("a1", lead, AnswerConditional)}, Setting{}, ""},
		{"nobody leads", []Cell{cell("a2", CodeInform)}, nil, Setting{}, "no_lead*"},
		{"nobody leads, with reason", []Cell{cell("a2", CodeInform)}, nil, Setting{Reasons: map[Row]string{{ActionID: "x"}: "本人が決める"}}, "no_lead"},
		{"two lead", []Cell{lead, cell("a2", CodeLead)}, []RoleAnswer{ok("a1", lead, AnswerAccept), ok("a2", cell("a2", CodeLead), AnswerAccept)}, Setting{}, "two_leads*"},
		{"unanswered", []Cell{lead, cell("a2", CodeMain)}, nil, Setting{}, "unanswered* unanswered"},
		{"absent", []Cell{lead}, nil, Setting{Meeting: true, Attended: map[string]bool{"a2": true}}, "lead_absent*"},
		{"absent and accepted later", []Cell{lead}, []RoleAnswer{ok("a1", lead, AnswerAccept)}, Setting{Meeting: true}, ""},
		{"declined", []Cell{lead}, []RoleAnswer{ok("a1", lead, AnswerDecline)}, Setting{}, "declined*"},
		{"taken back", []Cell{lead}, []RoleAnswer{ok("a1", lead, AnswerTakeback)}, Setting{}, "takeback*"},
		{"changed after", []Cell{with(lead, func(c *Cell) { c.Content = "x" })}, []RoleAnswer{ok("a1", lead, AnswerAccept)}, Setting{}, "void*"},
		{"due before", []Cell{with(lead, func(c *Cell) { c.Due = "2026-11-22" })}, []RoleAnswer{ok("a1", with(lead, func(c *Cell) { c.Due = "2026-11-22" }), AnswerAccept)}, Setting{Day: "2026-11-23"}, "due_before"},
		{"same day", []Cell{with(lead, func(c *Cell) { c.Due = "2026-11-23" })}, []RoleAnswer{ok("a1", with(lead, func(c *Cell) { c.Due = "2026-11-23" }), AnswerAccept)}, Setting{Day: "2026-11-23"}, ""},
		{"due before start", []Cell{lead, with(cell(ColumnSelf, CodeSelf), func(c *Cell) { c.Start, c.Due = "2027-02-01", "2027-01-01" })}, []RoleAnswer{ok("a1", lead, AnswerAccept)}, Setting{}, "due_before_start"},
		{"open", []Cell{lead, cell("a2", CodeOpen)}, []RoleAnswer{ok("a1", lead, AnswerAccept)}, Setting{}, "open_cell"},
		{"person leads", []Cell{lead, cell(ColumnFamily, CodeLead)}, []RoleAnswer{ok("a1", lead, AnswerAccept)}, Setting{}, "lead_person"},
		{"long", []Cell{with(lead, func(c *Cell) { c.Content = strings.Repeat("\U00020BB7", 201) })}, []RoleAnswer{ok("a1", with(lead, func(c *Cell) { c.Content = strings.Repeat("\U00020BB7", 201) }), AnswerAccept)}, Setting{}, "too_long"},
		{"no member", []Cell{lead, cell("a3", CodeMain)}, []RoleAnswer{ok("a1", lead, AnswerAccept), ok("a3", cell("a3", CodeMain), AnswerAccept)}, Setting{}, "not_member"},
	} {
		body := Body{Lead: "a1", AfterLead: "a1", Actions: []Action{{ID: "x", Text: "行", Cells: c.cells}}}
		var got []string
		for _, w := range RoleMatrix(body, house, Current(body, c.answers), c.set).Warnings {
			s := w.Code
			if w.Blocking {
				s += "*"
			}
			if w.Message == "" {
				t.Errorf("%s: %s says nothing", c.name, s)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestLoadOfOneAgency(t *testing.T) {
	t.Parallel()
	b := Body{Lead: "a1", AfterLead: "a1"}
	for i := range 5 {
		b.Actions = append(b.Actions, Action{ID: string(rune('a' + i)), Cells: []Cell{{Column: "a1", Code: CodeLead}}})
	}
	m := RoleMatrix(b, Household{Agencies: []MemberAgency{{ID: "a1", Name: "甲", Member: true}}}, nil, Setting{})
	if m.Columns[0].Leads != 5 || !slices.ContainsFunc(m.Warnings, func(w Warning) bool { return w.Code == "overload" }) {
		t.Errorf("%+v", m.Columns)
	}
}

func TestAnswerInput(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC) // the 24th in Japan
	cell := Cell{Column: "a1", Code: CodeMain}
	cell.Hash = CellHash("行", cell)
	body := Body{PlanID: "p", Actions: []Action{{ID: "x", Text: "行", Cells: []Cell{cell, {Column: "a2", Code: CodeInform, Hash: "h"}}}}}
	me := access.Actor{Tenant: "t", UserID: "u", AgencyID: "a1"}
	for _, c := range []struct {
		in    AnswerInput
		kind  fault.Kind
		field string
	}{
		{AnswerInput{ActionID: "x", Answer: AnswerAccept, CellHash: cell.Hash}, 0, ""},
		{AnswerInput{ActionID: "x", Answer: AnswerTakeback, Due: "2026-11-24", CellHash: cell.Hash}, 0, ""},
		{AnswerInput{ActionID: "x", Answer: AnswerTakeback, Due: "2026-11-23", CellHash: cell.Hash}, fault.Invalid, "due"},
		{AnswerInput{ActionID: "x", Answer: AnswerTakeback, CellHash: cell.Hash}, fault.Invalid, "due"},
		{AnswerInput{ActionID: "x", Answer: AnswerAccept, Due: "2026-12-01", CellHash: cell.Hash}, fault.Invalid, "due"},
		{AnswerInput{ActionID: "x", Answer: AnswerDecline, Reason: " \u3000", CellHash: cell.Hash}, fault.Invalid, "reason"},
		{AnswerInput{ActionID: "x", Answer: AnswerConditional, CellHash: cell.Hash}, fault.Invalid, "reason"},
		{AnswerInput{ActionID: "x", Answer: "yes", CellHash: cell.Hash}, fault.Invalid, "answer"},
		{AnswerInput{ActionID: "x", AgencyID: "a2", Answer: AnswerAccept, CellHash: "h"}, fault.Forbidden, ""},
		{AnswerInput{ActionID: "y", Answer: AnswerAccept, CellHash: cell.Hash}, fault.NotFound, "actionId"},
		{AnswerInput{ActionID: "x", Answer: AnswerAccept, CellHash: "other"}, fault.Conflict, ""},
		{AnswerInput{ActionID: "x", Answer: AnswerDecline, Reason: "\u202Eabc", CellHash: cell.Hash}, fault.Invalid, "reason"},
	} {
		_, err := MakeAnswer(me, body, c.in, "", now)
		if c.kind == 0 && err != nil || c.kind != 0 && !fault.Is(err, c.kind) {
			t.Errorf("%+v: %v", c.in, err)
		}
		if f, ok := err.(*fault.Error); ok && f.Field != c.field {
			t.Errorf("%+v: field %q, want %q", c.in, f.Field, c.field)
		}
	}
	if _, err := MakeAnswer(access.Actor{Tenant: "t", UserID: "v", AgencyID: "a2"}, body, AnswerInput{ActionID: "x", Answer: AnswerAccept, CellHash: "h"}, "", now); !fault.Is(err, fault.Conflict) {
		t.Errorf("情報共有のみ is no role to accept: %v", err)
	}
}

func TestCurrentPicksTheNewest(t *testing.T) {
	t.Parallel()
	cell := Cell{Column: "a1", Code: CodeLead, Hash: "now"}
	body := Body{Actions: []Action{{ID: "x", Cells: []Cell{cell}}}}
	at := time.Unix(0, 0)
	got := Current(body, []RoleAnswer{
		{ActionID: "x", AgencyID: "a1", Answer: AnswerDecline, CellHash: "now", At: at.Add(2)},
		{ActionID: "x", AgencyID: "a1", Answer: AnswerAccept, CellHash: "old", At: at},
		{ActionID: "x", AgencyID: "a2", Answer: AnswerAccept, CellHash: "now", At: at}, // its cell was emptied
		{ActionID: "gone", AgencyID: "a1", Answer: AnswerAccept, At: at},
	})
	if len(got) != 2 || got[0].Answer != AnswerDecline || got[0].Void || !got[1].Void {
		t.Errorf("%+v", got)
	}
}

func TestShadowRowBringsOutNoAnswer(t *testing.T) {
	t.Parallel()
	hidden := RoleAnswer{DocID: "health", ActionID: "row1", AgencyID: "a1", Answer: AnswerDecline, Reason: "透析のため", At: time.Unix(2, 0)}
	own := RoleAnswer{DocID: "basic", ActionID: "row1", AgencyID: "a1", Answer: AnswerAccept, At: time.Unix(1, 0)}
	body := Body{Actions: []Action{{Place: Place{DocID: "basic"}, ID: "row1", Text: "同じIDの行"}}}
	if got := Current(body, []RoleAnswer{own, hidden}); len(got) != 1 || got[0].DocID != "basic" || got[0].Reason != "" {
		t.Errorf("an answer to a row of another document: %+v", got)
	}
}

func TestVersionDoesNotNameItsDocuments(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(View{Versions: []Version{{N: 1, Docs: []DocHead{{DocID: "secret-doc", PersonID: "p2", Item: "abuse", Head: 7}}}},
		Frozen: &Version{Docs: []DocHead{{DocID: "secret-doc"}}}})
	if err != nil || strings.Contains(string(b), "secret-doc") || strings.Contains(string(b), "abuse") {
		t.Errorf("%s %v", b, err)
	}
}

func TestNothingIsReadOnALineThatWasNotWritten(t *testing.T) {
	t.Parallel()
	var l Lately
	now := time.Unix(0, 0)
	broken, lines := errors.New("no database"), 0
	write := func(err error) func() error {
		return func() error { lines++; return err }
	}
	if err := l.Once(now, "s", "plan", write(broken)); !errors.Is(err, broken) {
		t.Errorf("read without a line: %v", err)
	}
	for range 3 {
		if err := l.Once(now.Add(time.Second), "s", "plan", write(nil)); err != nil {
			t.Fatal(err)
		}
	}
	if lines != 2 {
		t.Errorf("%d lines", lines)
	}
	if err := l.Once(now.Add(time.Second), "s", "other", write(broken)); err == nil {
		t.Error("another thing")
	}
	if err := l.Once(now.Add(time.Second+lateness), "s", "plan", write(broken)); err == nil {
		t.Error("later")
	}
}

// TestRowIdInAnotherDocument: ids of rows are made by clients; the same id in another document is another row, with its own reason and answers.
func TestRowIdInAnotherDocument(t *testing.T) {
	t.Parallel()
	lead := Cell{Column: "a1", Code: CodeLead}
	lead.Hash = CellHash("行", lead)
	basic := Place{DocID: "d1", PersonID: "p1", Item: consent.ItemBasic}
	health := Place{DocID: "d2", PersonID: "p1", Item: consent.ItemHealth}
	body := Body{Lead: "a1", AfterLead: "a1", Actions: []Action{{Place: basic, ID: "x", Text: "行", Cells: []Cell{lead}}, {Place: health, ID: "x", Text: "行", Cells: []Cell{lead}}}}
	given := []AnswerView{{RoleAnswer: RoleAnswer{DocID: "d1", ActionID: "x", AgencyID: "a1", Answer: AnswerDecline, CellHash: lead.Hash}}}
	set := Setting{Reasons: map[Row]string{{PersonID: "p1", Item: consent.ItemHealth, ActionID: "x"}: "透析の日程が決まらない"}}
	m := RoleMatrix(body, Household{}, given, set)
	if r := m.Rows[0]; r.Reason != "" || len(r.Answers) != 1 {
		t.Errorf("the row of 基本情報: %+v", r)
	}
	if r := m.Rows[1]; r.Reason == "" || len(r.Answers) != 0 {
		t.Errorf("the row of 健康: %+v", r)
	}
}
