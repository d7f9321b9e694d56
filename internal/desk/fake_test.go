package desk

import (
	"encoding/json"
	"time"

	"kasane/internal/consent"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

var said = time.Date(2026, 6, 10, 5, 30, 0, 0, time.UTC)

func forms() []sheets.Code {
	b, err := sheets.Builtin()
	if err != nil {
		panic(err)
	}
	l, _ := b.At("2026-06-10").List("record_form")
	return l.Codes
}

func theCase() Case {
	return Case{Municipality: "みなと野市", Number: "K2026-0012", Members: []Agency{{"houkatsu", "東部地域包括支援センター"}, {"csw", "みなと野市社会福祉協議会（CSW）"}, {"tax", "みなと野市収納課"}}}
}

// whole is a partial consent of an old woman, in her own hand on the screen.
func whole() consent.Whole {
	given := said.Add(time.Hour)
	f := consent.FormTexts()[0]
	return consent.Whole{
		Record: consent.Record{ID: "01r", Tenant: "m1", CaseID: "c1", PersonID: "p1", Number: "D2026-0031", State: consent.StatePartial, Grantor: consent.GrantorSelf,
			GrantorDoc: "介護保険被保険者証", Purposes: []consent.Purpose{consent.PurposeConference, consent.PurposePlan, consent.PurposeCoordination}, PurposeNote: "冬の間の見守り",
			Scope: map[string][]consent.Item{"houkatsu": {consent.ItemBasic, consent.ItemFamily, consent.ItemHealth, consent.ItemCare, consent.ItemAddress},
				"csw": {consent.ItemBasic, consent.ItemFamily}, "tax": {consent.ItemBasic, consent.ItemIncome}},
			Sources: []string{"houkatsu"}, Forms: []string{"paper", "screen"}, From: time.Date(2026, 6, 9, 15, 0, 0, 0, time.UTC), Until: time.Date(2027, 6, 9, 15, 0, 0, 0, time.UTC),
			Method: consent.MethodSignature, ExplainedBy: "𠮷田 健一", ExplainedAt: said, ExplainHow: "居間で",
			Details:     consent.Details{Explanation: consent.Explanation{Way: consent.WayVisit, Care: []consent.Care{consent.CareRuby, consent.CareRead, consent.CareFamily}, Family: "長男"}},
			Signature:   json.RawMessage(`[[{"x":0.1,"y":0.2,"t":0},{"x":0.2,"y":0.8,"t":9}],[{"x":0.3,"y":0.2,"t":20},{"x":0.6,"y":0.7,"t":30},{"x":0.9,"y":0.3,"t":40}]]`),
			CopyGivenAt: &given, FormVersion: f.Version, FormHash: f.Hash(), RecordedBy: "u1", RecordedAt: said.Add(10 * time.Minute)},
		Person: consent.Party{PersonID: "p1", Name: "葛\U000E0100城 \uFA10江", Kana: "かつらぎ つかえ", Relation: "本人", Birth: "1944-05-03", Subject: true},
		Names:  map[string]string{"houkatsu": "東部地域包括支援センター", "csw": "みなと野市社会福祉協議会（CSW）", "tax": "みなと野市収納課"},
		Text:   consent.KeptText{No: 1, Hash: f.Hash(), Text: f, KeptAt: said},
	}
}

// withdrawn is whole after 収納課 was taken off and 健康・医療 was taken back.
func withdrawn() consent.Whole {
	w := whole()
	w.Record.Withdrawals = []consent.Withdrawal{
		{ID: "w1", RecordID: "01r", At: said.AddDate(0, 2, 0), By: "u1", ByName: "事務 花子", Agencies: []string{"tax"}, Note: "電話で申し出。"},
		{ID: "w2", RecordID: "01r", At: said.AddDate(0, 3, 0), By: "u1", ByName: "事務 花子", ReceivedBy: "窓口 太郎", How: consent.NoticeSheet, Items: []consent.Item{consent.ItemHealth}, Told: []string{"houkatsu", "csw"}},
	}
	return w
}

// scribed is a consent by a curator, written by somebody else.
func scribed() consent.Whole {
	w := whole()
	r := &w.Record
	r.Grantor, r.GrantorName, r.GrantorDoc = consent.GrantorGuardian, "髙橋 誠", "登記事項証明書"
	r.Method, r.Signature = consent.MethodScribe, nil
	r.Details.Agent = &consent.Agent{Kind: consent.AgentCurator, Power: "福祉サービスの利用契約の締結・変更・解除（代理行為目録１）"}
	r.Details.Scribe = &consent.Scribe{Name: "山\uFA11 隆史", Relation: "長男", Reason: "右手の麻痺で字が書けないため", Witness: "林 さとみ"}
	return w
}

// oral is a refusal by word of mouth.
func oral() consent.Whole {
	w := whole()
	r := &w.Record
	r.State, r.Purposes, r.Scope, r.Sources, r.Forms, r.Until, r.Signature = consent.StateRefused, nil, map[string][]consent.Item{}, nil, nil, time.Time{}, nil
	r.Method = consent.MethodOral
	r.Details.Oral = &consent.Oral{Hearer: "井上 拓也", Witness: "中村 由紀", At: said, Place: "自宅の玄関先", Words: "「ほっといてくれ」"}
	return w
}

func empty() consent.Whole {
	w := whole()
	w.Record = consent.Record{Tenant: "m1", CaseID: "c1", PersonID: "p1"}
	return w
}

func receiptOf(w consent.Whole, look papers.Look) papers.ConsentDoc {
	d, err := model{Whole: w, c: theCase(), look: look, filled: true, left: true, now: said.AddDate(0, 6, 0), forms: forms()}.doc()
	if err != nil {
		panic(err)
	}
	return d
}

func docOf(w consent.Whole, look papers.Look, filled bool) papers.ConsentDoc {
	d, err := model{Whole: w, c: theCase(), look: look, filled: filled, now: said.AddDate(0, 6, 0), forms: forms()}.doc()
	if err != nil {
		panic(err)
	}
	return d
}
