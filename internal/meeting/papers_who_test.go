package meeting

import (
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/papers"
	"kasane/internal/plans"
)

var noon = time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)

func everything(string, consent.Item) bool { return true }

// A 発言要旨 names who was there for the agency, not who was planned to come.
func TestSpeakerOfAStatementWasThere(t *testing.T) {
	t.Parallel()
	there := func(name, agency string) Attendee {
		return Attendee{Name: name, AgencyID: agency, Spans: []Span{{From: noon}}}
	}
	absent := Attendee{Name: "予定 太郎", AgencyID: "a", Absent: true, Spans: []Span{}}
	answers := func(names ...string) (out []Round) {
		for _, n := range names {
			out = append(out, Round{Answers: []SeatAnswer{{AgencyID: "b", Speaker: "他所 五郎"}, {AgencyID: "a", Speaker: n}}})
		}
		return out
	}
	for _, c := range []struct {
		name   string
		people []Attendee
		rounds []Round
		want   string
	}{
		{"nobody of the agency", []Attendee{there("他所 五郎", "b")}, nil, ""},
		{"planned and absent", []Attendee{absent}, nil, ""},
		{"planned and there", []Attendee{there("来賓 花子", "a"), there("予定 太郎", "a")}, answers("来賓 花子"), "予定 太郎"},
		{"a guest came instead", []Attendee{absent, there("来賓 花子", "a"), there("他所 五郎", "b")}, nil, "来賓 花子"},
		{"of several who answered", []Attendee{there("来賓 花子", "a"), there("来賓 次郎", "a")}, answers("来賓 次郎"), "来賓 次郎"},
		{"of several who answered last", []Attendee{there("来賓 花子", "a"), there("来賓 次郎", "a")}, append(answers("来賓 次郎", "来賓 花子"), Round{}), "来賓 花子"},
		{"several, nobody answered", []Attendee{there("来賓 花子", "a"), there("来賓 次郎", "a")}, nil, ""},
		{"several, answered by none of them", []Attendee{there("来賓 花子", "a"), there("来賓 次郎", "a")}, answers("予定 太郎"), ""},
	} {
		m := material{visible: everything, st: State{Seats: []Seat{{AgencyID: "a", Name: "包括", Speaker: "予定 太郎"}, {AgencyID: "b", Name: "社協"}}, People: c.people, Rounds: c.rounds}}
		m.minutes.Speeches = []Speech{{Agency: "a", Text: "見守る"}}
		var d papers.MinutesDoc
		m.prose(&d)
		if got := d.Statements[0]; got.Agency != "包括" || got.Speaker != c.want {
			t.Errorf("%s: %q said by %q, want %q", c.name, got.Agency, got.Speaker, c.want)
		}
	}
}

// 事後受諾 is said of an absent agency only when it took on one of its roles as that role stands.
func TestAcceptedThoughAbsent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		present bool
		answers []plans.AnswerView
		want    bool
	}{
		{"nothing said", false, nil, false},
		{"accepted", false, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "a", Answer: plans.AnswerAccept}}}, true},
		{"conditional", false, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "a", Answer: plans.AnswerConditional}}}, true},
		{"taken back", false, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "a", Answer: plans.AnswerTakeback}}}, false},
		{"declined", false, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "a", Answer: plans.AnswerDecline}}}, false},
		{"changed since", false, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "a", Answer: plans.AnswerAccept}, Void: true}}, false},
		{"another agency", false, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "b", Answer: plans.AnswerAccept}}}, false},
		{"present", true, []plans.AnswerView{{RoleAnswer: plans.RoleAnswer{AgencyID: "a", Answer: plans.AnswerAccept}}}, false},
	} {
		cells := []plans.Cell{{Column: "a", Code: plans.CodeMain}}
		m := material{visible: everything, matrix: plans.Matrix{Columns: []plans.Column{{ID: "a", Kind: "agency", Name: "包括", Present: c.present}},
			Rows: []plans.MatrixRow{{Action: plans.Action{Cells: cells}}, {Action: plans.Action{Cells: cells}, Answers: c.answers}}}}
		got := m.roleMatrix().Agencies
		if len(got) != 1 || got[0].Absent == c.present || got[0].AcceptedLater != c.want {
			t.Errorf("%s: %+v, want accepted %v", c.name, got, c.want)
		}
	}
}

// What was agreed with whom is listed in the order in which the agencies joined the case.
func TestConsentScopeInOrderOfMembers(t *testing.T) {
	t.Parallel()
	f := Facts{Persons: []cases.Person{{ID: "p", Name: "髙橋 花子", Subject: true}},
		Members:  []cases.Member{{AgencyID: "c"}, {AgencyID: "a"}},
		Agencies: []access.Agency{{ID: "a", Name: "甲"}, {ID: "b", Name: "乙"}, {ID: "c", Name: "丙"}},
		Consents: []consent.Record{{ID: "r", PersonID: "p", State: consent.StateGranted, From: noon.Add(-time.Hour), Until: noon.Add(time.Hour), RecordedAt: noon.Add(-time.Hour),
			Scope: map[string][]consent.Item{"a": {consent.ItemBasic}, "b": {consent.ItemBasic}, "c": {consent.ItemBasic}}}}}
	m := material{facts: f, at: noon, visible: everything}
	if got, want := m.consentLine("p").Scope, "丙（基本情報）、甲（基本情報）、乙（基本情報）"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	var ids []string
	for _, a := range f.household().Agencies {
		ids = append(ids, a.ID)
	}
	if !slices.Equal(ids, []string{"c", "a", "b"}) {
		t.Errorf("columns %v", ids)
	}
}
