package consent

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kasane/internal/fault"
)

func oral() *Oral {
	return &Oral{Hearer: "井上 拓也", Witness: "中村 由紀", At: clock.Add(-time.Hour), Place: "自宅の居間", Words: "「包括さんには話していい」"}
}

func phone() *Phone {
	return &Phone{Hearer: "井上 拓也", At: clock.Add(-time.Hour), Identified: "生年月日と住所を聞いて確かめた", Words: "「はい、いいです」"}
}

func scribe() *Scribe {
	return &Scribe{Name: "山\uFA11 隆史", Relation: "長男", Reason: "右手がしびれて字が書けないため", Witness: "林 さとみ"}
}

func agent(g Grantor) Input {
	in := input()
	in.Grantor, in.GrantorName, in.GrantorDoc = g, "渡邉\U000E0100 美咲", "戸籍全部事項証明書"
	switch g {
	case GrantorParent:
		in.Details.Agent = &Agent{Kind: AgentParent, Relation: "母"}
	case GrantorGuardian:
		in.Details.Agent = &Agent{Kind: AgentCurator, Power: "福祉サービスの利用契約（代理権目録1）"}
	case GrantorOther:
		in.Details.Agent = &Agent{Relation: "姉", Reason: "本人が意識不明のため"}
	case GrantorSelf:
	}
	return in
}

// TestEachMethodAsksForItsOwnFields: each field of each method, left empty or blank, is refused at that field in words that name it; filled it
// is taken and comes back; and nothing of another method stays.
func TestEachMethodAsksForItsOwnFields(t *testing.T) {
	t.Parallel()
	whole := func(m Method) Input {
		in := input()
		in.Method = m
		in.Details = Details{Oral: oral(), Phone: phone(), Scribe: scribe(), Agent: &Agent{Kind: AgentParent}}
		return in
	}
	for _, c := range []struct {
		method       Method
		field, label string
		spoil        func(*Details)
	}{
		{MethodOral, "details.oral.hearer", "聴取者", func(d *Details) { d.Oral.Hearer = "" }},
		{MethodOral, "details.oral.witness", "立会者", func(d *Details) { d.Oral.Witness = " 　" }},
		{MethodOral, "details.oral.at", "日時", func(d *Details) { d.Oral.At = time.Time{} }},
		{MethodOral, "details.oral.at", "未来", func(d *Details) { d.Oral.At = clock.Add(time.Hour) }},
		{MethodOral, "details.oral.place", "場所", func(d *Details) { d.Oral.Place = "" }},
		{MethodOral, "details.oral.words", "発言の要旨", func(d *Details) { d.Oral.Words = "\n" }},
		{MethodOral, "details.oral.words", "個人番号", func(d *Details) { d.Oral.Words = "123456789018" }},
		{MethodOral, "details.oral.hearer", "聴取者", func(d *Details) { d.Oral = nil }},
		{MethodPhone, "details.phone.hearer", "聴取者", func(d *Details) { d.Phone.Hearer = "" }},
		{MethodPhone, "details.phone.at", "日時", func(d *Details) { d.Phone.At = time.Time{} }},
		{MethodPhone, "details.phone.identified", "本人確認", func(d *Details) { d.Phone.Identified = "" }},
		{MethodPhone, "details.phone.words", "発言の要旨", func(d *Details) { d.Phone.Words = "" }},
		{MethodPhone, "details.phone.hearer", "聴取者", func(d *Details) { d.Phone = nil }},
		{MethodScribe, "details.scribe.name", "代筆者", func(d *Details) { d.Scribe.Name = "" }},
		{MethodScribe, "details.scribe.relation", "続柄", func(d *Details) { d.Scribe.Relation = "" }},
		{MethodScribe, "details.scribe.reason", "理由", func(d *Details) { d.Scribe.Reason = "" }},
		{MethodScribe, "details.scribe.witness", "立会人", func(d *Details) { d.Scribe.Witness = "" }},
		{MethodScribe, "details.scribe.name", "向き", func(d *Details) { d.Scribe.Name = "a\u202Eb" }},
		{MethodScribe, "details.scribe.name", "60", func(d *Details) { d.Scribe.Name = strings.Repeat("あ", 61) }},
	} {
		for _, state := range []State{StatePartial, StateRefused} {
			in := whole(c.method)
			in.State = state
			c.spoil(&in.Details)
			_, err := in.record(clock, FormAt(clock))
			var e *fault.Error
			if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Field != c.field || !strings.Contains(e.Message, c.label) {
				t.Errorf("%s %s: %v (field %q), want %s at %s", state, c.method, err, field(err), c.label, c.field)
			}
		}
	}
	for m, kept := range map[Method]Details{MethodWritten: {}, MethodOral: {Oral: oral()}, MethodPhone: {Phone: phone()}, MethodScribe: {Scribe: scribe()}} {
		r, err := whole(m).record(clock, FormAt(clock))
		if err != nil {
			t.Errorf("%s: %v", m, err)
			continue
		}
		got, want := r.Details, kept
		if (got.Oral == nil) != (want.Oral == nil) || (got.Phone == nil) != (want.Phone == nil) || (got.Scribe == nil) != (want.Scribe == nil) || got.Agent != nil {
			t.Errorf("%s keeps %+v", m, got)
		}
	}
	// Nothing was said yet: nothing of a method is asked for.
	in := input()
	in.State, in.Method, in.Purposes, in.Scope, in.Until = StatePending, "", nil, nil, ""
	if _, err := in.record(clock, FormAt(clock)); err != nil {
		t.Errorf("pending: %v", err)
	}
}

func TestWhoActsForThePersonSaysByWhichRight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		grantor      Grantor
		field, label string
		spoil        func(*Input)
	}{
		{GrantorParent, "details.agent.kind", "立場", func(i *Input) { i.Details.Agent.Kind = AgentCurator }},
		{GrantorParent, "details.agent.relation", "続柄", func(i *Input) { i.Details.Agent.Relation = "" }},
		{GrantorParent, "grantorDoc", "確認書類", func(i *Input) { i.GrantorDoc = "" }},
		{GrantorGuardian, "details.agent.kind", "立場", func(i *Input) { i.Details.Agent.Kind = "" }},
		{GrantorGuardian, "details.agent.power", "代理権の範囲", func(i *Input) { i.Details.Agent.Power = "" }},
		{GrantorGuardian, "grantorDoc", "確認書類", func(i *Input) { i.GrantorDoc = " " }},
		{GrantorOther, "details.agent.relation", "続柄", func(i *Input) { i.Details.Agent.Relation = "" }},
		{GrantorOther, "details.agent.reason", "理由", func(i *Input) { i.Details.Agent.Reason = "" }},
		{GrantorOther, "details.agent.kind", "立場", func(i *Input) { i.Details.Agent = nil }},
	} {
		in := agent(c.grantor)
		c.spoil(&in)
		_, err := in.record(clock, FormAt(clock))
		var e *fault.Error
		if !errors.As(err, &e) || e.Field != c.field || !strings.Contains(e.Message, c.label) {
			t.Errorf("%s: %v (field %q), want %s at %s", c.grantor, err, field(err), c.label, c.field)
		}
	}
	for _, g := range []Grantor{GrantorParent, GrantorGuardian, GrantorOther} {
		r, err := agent(g).record(clock, FormAt(clock))
		if err != nil || r.Details.Agent == nil || r.Details.Agent.Kind.Label() == "" {
			t.Errorf("%s: %+v %v", g, r.Details.Agent, err)
		}
	}
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, field string
		e           Explanation
	}{
		{"unknown way", "details.explanation.way", Explanation{Way: "fax"}},
		{"unknown care", "details.explanation.care", Explanation{Care: []Care{"x"}}},
		{"a care twice", "details.explanation.care", Explanation{Care: []Care{CareRuby, CareRuby}}},
		{"no language", "details.explanation.language", Explanation{Care: []Care{CareInterpreter}, Interpreter: "𠮷田"}},
		{"no interpreter", "details.explanation.interpreter", Explanation{Care: []Care{CareInterpreter}, Language: "タガログ語"}},
		{"no family", "details.explanation.family", Explanation{Care: []Care{CareFamily}}},
	} {
		in := input()
		in.Details.Explanation = c.e
		if _, err := in.record(clock, FormAt(clock)); field(err) != c.field {
			t.Errorf("%s: %v (field %q)", c.name, err, field(err))
		}
	}
	in := input()
	in.Details.Explanation = Explanation{Way: WayVisit, Care: Cares(), Language: "タガログ語", Interpreter: "𠮷田 リサ", Family: "夫"}
	s, _, _ := service()
	if _, err := s.Record(context.Background(), secretary, in); err != nil {
		t.Fatal(err)
	}
	pending := input()
	pending.State, pending.Method, pending.Purposes, pending.Scope, pending.Until = StatePending, "", nil, nil, ""
	pending.Details.Explanation.Way = WayLetter
	if _, err := s.Record(context.Background(), secretary, pending); err != nil {
		t.Fatal(err)
	}
	b, err := s.Board(context.Background(), secretary, "c")
	if err != nil {
		t.Fatal(err)
	}
	list := b.Rows[0].Explained
	if len(list) != 2 || list[0].State != StatePending || list[0].Way != "書面の送付" || list[1].Way != "訪問" || len(list[1].Care) != 6 ||
		list[1].Care[2] != "通訳（タガログ語・𠮷田 リサ）" || list[1].Care[5] != "家族同席（夫）" || list[1].By != "事務 花子" {
		t.Errorf("explanations %+v", list)
	}
	if b.Rows[1].Explained == nil || len(b.Rows[1].Explained) != 0 || b.Rows[1].State != StateNotExplained {
		t.Errorf("who was never told: %+v", b.Rows[1])
	}
}

// TestRecordsFromBefore: a record of before the structured fields reads as it was, and its words stay.
func TestRecordsFromBefore(t *testing.T) {
	t.Parallel()
	old := `{"id":"r","caseId":"c","personId":"p","number":"D2025-0001","state":"refused","grantor":"guardian","grantorName":"髙橋","grantorNote":"保佐人、代理権は福祉サービスの契約",
		"purposes":[],"scope":{},"from":"2025-06-01T00:00:00Z","until":"0001-01-01T00:00:00Z","method":"oral","methodNote":"聴取者 井上、玄関先","explainedBy":"井上",
		"explainedAt":"2025-06-01T00:00:00Z","formVersion":"1","formHash":"","recordedBy":"u","recordedAt":"2025-06-01T00:00:00Z"}`
	var r Record
	if err := json.Unmarshal([]byte(old), &r); err != nil {
		t.Fatal(err)
	}
	if Effective(r, clock) != StateRefused || r.MethodNote == "" || r.GrantorNote == "" || r.Details.Oral != nil {
		t.Errorf("%+v", r)
	}
}
