package papers

import "strings"

// The documents of a case with the planted household in every field that takes words.

func plantMinutes() MinutesDoc {
	m := exampleMinutes()
	m.Cases = []CaseLine{{CaseID: "K2025-0012", Subject: "纐纈 燐音", Kana: "こうけつ りんね", Kind: "新規"}}
	m.Items[0].Discussion, m.Statements[0].Text, m.Decisions[0].Text, m.Homework[0].Text = plantedText, plantedText, plantedText, plantedText
	m.Consents[0].Person = "纐纈 篤胤"
	m.Community = Memo{Text: plantedText}
	m.Events = []Event{{At: clock(15, 1), Who: "東部地域包括支援センター　纐纈 篤胤", Text: plantedText}}
	return m
}

func plantPlan() PlanDoc {
	p := examplePlan()
	p.Subject, p.Birth = Person{Name: "纐纈 燐音", Kana: "こうけつ りんね"}, date(1944, 6, 3)
	p.Household = []HouseholdMember{{Name: "纐纈 篤胤", Kana: "こうけつ あつたね", Relation: "長男", Birth: date(1972, 1, 2), Note: plantedText}}
	p.Situation, p.Policy, p.Risk = Memo{Text: plantedText}, Memo{Text: plantedText}, Memo{Text: plantedText}
	p.Wishes = []Wish{{Who: "纐纈 燐音", Text: plantedText}}
	p.Consent = PlanConsent{Signed: true, SignedOn: date(2026, 11, 1), Signer: "纐纈 燐音"}
	return p
}

func plantMatrix() RoleMatrixDoc {
	m := exampleMatrixDoc()
	m.Subject = Person{Name: "纐纈 燐音", Kana: "こうけつ りんね"}
	m.Matrix.Rows[0].Item, m.Matrix.Rows[0].Cells[1].Content = plantedText, plantedText
	m.Matrix.Limits = append(m.Matrix.Limits, Limit{Agency: "県東部保健所", Text: plantedText})
	return m
}

// caseHead is the head of a paper that is no record.
func caseHead() Head {
	h := exampleHead()
	h.MeetingKind, h.MeetingNo, h.DocumentNo, h.Version, h.ContentHash = "", 0, "", 0, ""
	return h
}

func plantEvaluation() EvaluationDoc {
	w := Memo{Text: plantedText}
	return EvaluationDoc{Head: caseHead(), Round: 2, Day: date(2026, 11, 23), Agency: houkatsu.Agency, By: houkatsu.Name, Result: "再プランして継続", About: "本人（こ）", Subject: "纐纈 燐音", Item: "支援経過",
		Goals:   []EvaluatedGoal{{"長期目標", "燐音さんが家の中で安心して過ごせる", date(2027, 3, 31), "一部達成"}, {"短期目標", plantedText, date(2026, 12, 31), "達成"}},
		Changes: Memo{Text: "孤立の解消、生活習慣の改善"}, Agencies: Memo{Text: "役割分担が明確になった"}, Change: w, Left: w, Voice: w, View: w, Reason: w, After: w}
}

func plantMonitor() EvaluationDoc {
	m := plantEvaluation()
	m.Monitor, m.Next, m.Result, m.Changes, m.Agencies, m.Reason, m.After = true, date(2027, 1, 25), "継続", Memo{}, Memo{}, Memo{}, Memo{}
	m.Goals[0].Result, m.Goals[1].Result = "実施中", "完了"
	return m
}

func plantPrep() PrepDoc {
	m := prepExample()
	m.Sheets[0].Parts = append(m.Sheets[0].Parts[:1], PrepPart{About: "纐纈 燐音", Item: "支援経過", Answers: []string{plantedText, "", plantedText, ""}})
	m.Sheets[0].Entered = "代行入力：" + csw.Name + "（纐纈篤胤さんから聞き取り）"
	m.ContentHash = ""
	return m
}

func plantCourse() CourseDoc {
	return CourseDoc{Head: caseHead(), Entries: []CourseEntry{
		{At: clock(10, 0), Method: "訪問", Who: "長男（こ）", Subject: "纐纈 篤胤", With: "会えず", Agency: csw.Agency, By: csw.Name, Item: "支援経過", Text: plantedText},
		{At: clock(15, 30), Method: "電話", Who: "世帯", With: "鵺丸さん", Agency: houkatsu.Agency, By: houkatsu.Name, Item: "健康・医療", Text: "同行の相談。", Next: plantedText},
	}}
}

func plantScreening() ScreeningDoc {
	m := screeningExample()
	m.Subject.Value, m.To, m.Reason = "纐纈 燐音", plantedText, plantedText
	m.Gone, m.GoneTo = "「アセスメント」に進めました（令和8年11月21日　"+houkatsu.Agency+"　"+houkatsu.Name+"）", "「アセスメント」に進めました"
	m.Earlier = []EarlierScreening{{date(2026, 9, 4), "③現時点で本人同意はとれていない", houkatsu.Agency, houkatsu.Name, Memo{Text: plantedText}}}
	return m
}

func plantSheet() SheetDoc {
	choices := []SheetChoice{{Label: "本人来所"}, {Label: "家族・知人から", Checked: true, Other: true, Words: "長男の篤胤"}, {Label: "関係機関からの紹介"}}
	return SheetDoc{Head: caseHead(), Title: "相談受付・申込票（本人同意あり）", Version: "2026-04（令和8年4月1日から）",
		About: []Field{{Label: "ケースID", Value: "K2025-0012"}, {Label: "氏名", Value: "纐纈 燐音", Name: true}},
		Parts: []SheetPart{{Sections: []SheetSection{{Title: "受付", Rows: []SheetRow{
			{Label: "ふりがな", Kind: SheetName, Text: "こうけつ りんね"}, {Label: "受付日", Kind: SheetDay, Day: date(2026, 10, 1)}, {Label: "相談の経路", Kind: SheetChosen, Choices: choices},
			{Label: "住所", Kind: SheetWide, Text: "みなと野市汐見町3丁目4番5号"}, {Label: "相談の内容", Kind: SheetLong, Text: plantedText, Lines: 5},
			{Label: "本人の署名", Kind: SheetSign, Text: "署名あり", Note: "支援を申し込みます"}},
			Tables: []SheetTable{{Title: "世帯員", Heads: []string{"氏名", "続柄", "状況"}, Cols: []float64{50, 30, 90}, Rows: []SheetTableRow{{Cells: []string{"纐纈 篤胤", "長男", plantedText}, Name: 1}}}}}}},
			{Person: "長男　纐纈 篤胤", Sections: []SheetSection{{Title: "健康", Rows: []SheetRow{{Label: "受診の状況", Kind: SheetLong, Text: plantedText}}}}}}}
}

// plantJoining is a plan that is a sheet, with the fields that are for the person.
func plantJoining() SheetDoc {
	m := plantSheet()
	m.Title, m.Parts = "参加支援プラン", []SheetPart{{Sections: []SheetSection{
		{Title: "本人の希望", Rows: []SheetRow{{Label: "本人の希望・関心", Kind: SheetLong, Text: plantedText}, {Label: "社会参加の段階", Kind: SheetChosen, Choices: []SheetChoice{{Label: "居場所", Checked: true}, {Label: "就労体験"}, {Label: "その他", Checked: true, Words: "畑の手伝い"}}},
			{Label: "漏れてはならない", Kind: SheetLong, Text: "漏れてはならない", Withheld: true}, {Label: "体験日", Kind: SheetDay, Day: date(2026, 12, 5)}, {Label: "空の欄", Kind: SheetLong}}},
		{Title: "書かれていない節", Rows: []SheetRow{{Label: "空の欄", Kind: SheetText}}}}}}
	return m
}

func plantAttendance() AttendanceDoc {
	m := attendanceExample(false)
	m.Lines = append(m.Lines, AttendanceLine{Person: Person{Agency: "本人・家族", Name: "纐纈 燐音", Kana: "こうけつ りんね", Post: "本人"}, Family: true, State: "出席（会場）", Stays: []Stay{{clock(14, 5), clock(14, 30)}}},
		AttendanceLine{Person: Person{Agency: "本人・家族", Name: "纐纈 篤胤", Kana: "こうけつ あつたね", Post: "鵺丸"}, Family: true, State: "欠席"})
	m.Place = "纐纈篤胤さん宅"
	return m
}

func plantNotice() NoticeDoc {
	m := noticeExample()
	m.Invited = []string{houkatsu.Agency, csw.Agency}
	m.Place, m.Contact = "纐纈燐音さん宅（こうけつ）", "福祉総務課　纐纈の担当"
	for i := range m.Letters {
		m.Letters[i].Agenda = append(m.Letters[i].Agenda, plantedText)
	}
	return m
}

func plantReferral() ReferralDoc {
	return ReferralDoc{Head: caseHead(), From: houkatsu.Agency, By: houkatsu, To: csw.Agency, Sent: clock(10, 0), Wish: date(2026, 12, 1), Reason: plantedText, State: "受領",
		Parts: []ReferralPart{{Title: "長男　纐纈 篤胤", Fields: []Field{{Label: "氏名", Value: "纐纈 篤胤", Name: true}, {Label: "ふりがな", Value: "こうけつ あつたね"}, {Label: "相談の内容", Value: plantedText}}}}}
}

func plantConsent() ConsentDoc {
	h := caseHead()
	h.DocumentNo, h.Handling = "同2026-0031", "取扱注意"
	items := []Check{{"基本情報", true}, {"健康・医療", true}}
	return ConsentDoc{Head: h, Look: LookPlain, Filled: true, Title: "個人情報の共有についての同意書", Paragraphs: []string{"みなと野市は、あなたと家族を支えるために、次の機関と情報を共有します。"}, Withdraw: "同意は、いつでもやめることができます。",
		TextNo: 1, TextHash: strings.Repeat("ab", 32), No: "同2026-0031", State: "一部同意", Subject: Person{Name: "纐纈 燐音", Kana: "こうけつ りんね"}, Birth: date(1944, 6, 3),
		Purposes: []Check{{"支援プランの作成", true}}, PurposeNote: plantedText, Scope: []ScopeLine{{houkatsu.Agency, items}, {csw.Agency, items[:1]}}, Sources: []string{"みなと野内科"}, Forms: []Check{{"紙", true}},
		From: date(2026, 11, 1), Until: date(2027, 10, 31), Grantor: []Check{{"その他代理", true}}, GrantorName: "纐纈 篤胤", Agent: []Field{{Label: "続柄", Value: "長男（鵺丸）"}},
		Methods: []Check{{"電子署名・タッチ署名", true}}, Strokes: []Stroke{{{0.1, 0.2}, {0.6, 0.7}}, {{0.3, 0.8}, {0.9, 0.1}}}, SignedOn: date(2026, 11, 1),
		Explainer: csw.Name, ExplainedAt: clock(10, 0), Ways: []Check{{"対面", true}}, Cares: []Check{{"家族同席", true}}, CareNote: "纐纈篤胤さんが同席", Contact: "みなと野市",
		Withdrawals: []WithdrawalLine{{At: clock(16, 0), Extent: "鵺丸さんに関すること", By: csw.Name, How: "電話", Told: houkatsu.Agency, Note: plantedText, Agencies: []string{csw.Agency}, Items: []string{"基本情報"}}}}
}

func secrecyExample(blank bool) SecrecyDoc {
	d := SecrecyDoc{Head: attendanceExample(blank).Head, Start: clock(14, 0), End: clock(15, 42), Planned: blank, Place: "市役所2階 第3会議室", Basis: "社会福祉法第106条の6第1項・みなと野市支援会議設置要綱第3条", Law: true, Blank: blank}
	d.MeetingKind = "支援会議"
	for i, a := range exampleAttendees() {
		l := SecrecyLine{Person: a.Person, Membership: "構成員"}
		if !blank && i != 6 {
			l.At, l.How = clock(13, 50+i), "画面"
		}
		d.Lines = append(d.Lines, l)
	}
	if blank {
		d.Lines = append(d.Lines, SecrecyLine{})
	} else {
		d.Lines[2].How = "書面"
	}
	return d
}

func handoverExample(blank bool) HandoverDoc {
	d := HandoverDoc{Head: attendanceExample(blank).Head, Start: clock(14, 0), End: clock(15, 42), Planned: blank, Place: "市役所2階 第3会議室", Days: 7, Ends: clock(15, 42).AddDate(0, 0, 7), Blank: blank}
	if blank {
		d.People = attendanceExample(true).Lines
		return d
	}
	d.Unseen = 1
	d.Items = []HandoverItem{
		{Name: "アセスメントシート（写し）.pdf", Item: "基本情報", By: "福祉総務課　山\uFA11 大輔", At: clock(13, 30), Receipts: []HandoverReceipt{{houkatsu.Agency, houkatsu.Name, "画面で開いた", clock(14, 3)}, {csw.Agency, csw.Name, "写しを受け取った", clock(14, 5)}, {selfHelp.Agency, selfHelp.Name, "画面で開いた", clock(14, 6)}}},
		{Name: "家計の表.xlsx", Item: "収入・家計・債務", By: "自立相談支援センター　" + selfHelp.Name, At: clock(13, 40), TakenBack: clock(15, 40)},
	}
	return d
}

func plantSecrecy() SecrecyDoc {
	d := secrecyExample(false)
	d.Place = "纐纈燐音さん宅"
	d.Lines = append(d.Lines, SecrecyLine{Person: Person{Agency: "本人・家族", Name: "纐纈 燐音", Kana: "こうけつ りんね"}, At: clock(14, 1), How: "書面"}, SecrecyLine{Person: Person{Agency: "本人・家族", Name: "纐纈 篤胤", Post: "鵺丸"}})
	return d
}

func plantHandover() HandoverDoc {
	d := handoverExample(false)
	d.Place = "纐纈燐音さん宅"
	d.Items = append(d.Items, HandoverItem{Name: "纐纈篤胤さんの診断書（鵺丸）.pdf", Item: "健康・医療", By: "みなと野内科　こうけつ", At: clock(14, 0), Receipts: []HandoverReceipt{{"本人・家族", "纐纈 燐音", "画面で開いた", clock(14, 9)}}})
	return d
}
