package papers

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf/pdftest"
)

// strangers are names nobody has told the Anonymity about, in every place a paper has for a name.
func strangers() (MinutesDoc, PlanDoc, RoleMatrixDoc) {
	m, p, r := plantMinutes(), plantPlan(), plantMatrix()
	m.Convener = Person{Name: "蜷川 梓"}
	m.Attendees = append(slices.Clone(m.Attendees), Attendee{Person: Person{Name: "蜷川 椿", Post: "隣人"}, In: clock(14, 0), SecrecyAt: clock(13, 59)},
		Attendee{Person: Person{Agency: "蜷川法律事務所", Post: "弁護士", Name: "蜷川 蕗"}, ProxyFor: "蜷川 楓", Appointed: "令和8年11月16日(2026-11-16) 10:00指定"})
	m.Absentees = []Absentee{{Person: Person{Agency: "蜷川法律事務所", Name: "蜷川 柚"}, Proxy: "蜷川 樟"}}
	m.Family = "纐纈 篤胤　長男、蜷川 椿　隣人"
	m.Statements[0].Speaker, m.Homework[0].Person, m.Answers[0].Name = "蜷川 榛", "蜷川 欅", "蜷川 楢（蜷川 樒の代理）（口頭、記録 蜷川 梶）"
	m.Events = append(slices.Clone(m.Events), Event{Who: "蜷川 柾", Text: "入室"}, Event{Who: "蜷川法律事務所　蜷川　檀", Text: "入室"})
	m.Roles.Rows[0].Cells[1].Person, m.Roles.Rows[0].Cells[1].AnsweredBy = "蜷川", "蜷川 栂"
	m.Leads = []LeadLine{{Kind: "終結後の主担当", Agency: "蜷川法律事務所", State: "引受", By: "蜷川 桐", At: clock(14, 30), Due: date(2026, 12, 1)}}
	p.AfterAgency, p.After = "蜷川法律事務所", After{State: "引受", By: "蜷川 桐", On: date(2026, 11, 30)}
	p.Author.Name, p.Meeting.DecidedBy.Name = "蜷川 椛", "蜷川 椹"
	p.Priorities[0].Person = "蜷川 榁"
	p.Emergency[1].Name = "蜷川 楡"
	p.Extra[0].Fields = []Field{{Label: "主治医", Value: "蜷川 楮", Name: true}}
	p.Roles.Rows[0].Cells[1].Person = "蜷川 梶"
	r.Matrix.Rows[0].Cells[1].Person, r.Matrix.Rows[0].Cells[0].Person = "蜷川 栢", "蜷川 桧"
	return m, p, r
}

// TestAnonymousVersionNamesNoStranger: who was typed in and is no account, no agency and no household is a name all the same.
func TestAnonymousVersionNamesNoStranger(t *testing.T) {
	t.Parallel()
	m, p, r := strangers()
	a := Anonymity{Household: hiddenHouse, Births: []jptime.Date{date(1944, 6, 3)}}
	word := regexp.MustCompile(`本人|家族A|世帯|（(?:職員|出席者|世帯員|関係者|代理|口頭|姓)）|の代理|担当：|【[\p{Han}\p{Hiragana}]+】|関係機関|Kasane|[　、\s]`)
	for name, print := range map[string]func() (Result, error){
		"minutes": func() (Result, error) { return printer().Minutes(context.Background(), a.Minutes(m)) },
		"plan":    func() (Result, error) { return printer().Plan(context.Background(), a.Plan(p)) },
		"matrix":  func() (Result, error) { return printer().RoleMatrix(context.Background(), a.RoleMatrix(r)) },
	} {
		res := must(t)(print())
		_, text := gone(t, name, res.PDF, "蜷川", "𠮷田", "大輔")
		if at := strings.IndexAny(text, "梓椿蕗楓柚樟榛欅楢樒梶柾檀栂椛椹榁楡楮栢桧桐"); at >= 0 {
			t.Errorf("%s: a given name is left: %q", name, text[max(0, at-30):at+3])
		}
	}
	seen := 0
	watch := func(h *Head) {
		h.Edit = a.Watch(func(x Printed, _ []Doubt) {
			if got := a.Edit()(x); x.Name {
				seen++
				if left := word.ReplaceAllString(got, ""); left != "" {
					t.Errorf("%s, %s: %q is printed as %q", x.Section, x.Field, x.Text, got)
				}
			}
		})
	}
	am, ap, ar := a.Minutes(m), a.Plan(p), a.RoleMatrix(r)
	watch(&am.Head)
	watch(&ap.Head)
	watch(&ar.Head)
	must(t)(printer().Minutes(context.Background(), am))
	must(t)(printer().Plan(context.Background(), ap))
	must(t)(printer().RoleMatrix(context.Background(), ar))
	if seen < 50 {
		t.Errorf("only %d names were looked at", seen)
	}
	if text := pdftest.Ink(pdftest.Text(t, must(t)(printer().Minutes(context.Background(), a.Minutes(m))).PDF, "-raw")); !strings.Contains(text, "家族A、（出席者）") || !strings.Contains(text, "（職員）（代理）（口頭）") {
		t.Errorf("who sat there and who answered is not told: %s", text)
	}
}

// TestAnonymousVersionTellsMonths: no day and no hour is left, neither in the cells nor at the edges, and the kind of meeting is the general one.
func TestAnonymousVersionTellsMonths(t *testing.T) {
	t.Parallel()
	m, p, r := strangers()
	m.MeetingKind, p.MeetingKind, r.MeetingKind = "汐見町虐待対応会議", "汐見町虐待対応会議", "汐見町虐待対応会議"
	m.Items[1].Discussion = "令和8年11月25日（水）に訪問。十一月二十五日、R8.11.25、2026-11-25、2026/11/25、11/25に電話。1日3回、3日後。"
	a := Anonymity{Household: hiddenHouse, Meeting: "重層的支援会議"}
	day := regexp.MustCompile(`[0-9０-９一二三十]+月[0-9０-９一二三四五六七八九十]+日|[12][0-9]{3}[-/][0-9]{2}[-/][0-9]{2}|[RHS][0-9]+\.[0-9]+\.[0-9]+|[0-9]{1,2}:[0-9]{2}|11/25`)
	for name, res := range map[string]Result{"minutes": must(t)(printer().Minutes(context.Background(), a.Minutes(m))), "plan": must(t)(printer().Plan(context.Background(), a.Plan(p))),
		"matrix": must(t)(printer().RoleMatrix(context.Background(), a.RoleMatrix(r)))} {
		pdftest.Sound(t, res.PDF)
		_, text := gone(t, name, res.PDF, "汐見町虐待対応", "虐待対応会議")
		if got := day.FindAllString(text, -1); len(got) > 0 {
			t.Errorf("%s: days are left: %q", name, got)
		}
		for _, want := range map[string][]string{"minutes": {"1日3回、3日後", "令和8年11月に訪問", "写しの作成令和8年11月", "確認", "重層的支援会議会議録"},
			"plan": {"令和8年12月(2026-12)～令和9年11月(2027-11)", "重層的支援会議の結果", "令和9年1月(2027-01)", "80歳代"}, "matrix": {"令和8年11月(2026-11)", "R8.12～R9.1"}}[name] {
			if !strings.Contains(text, pdftest.Ink(want)) {
				t.Errorf("%s does not say %q: %s", name, want, text)
			}
		}
	}
	if got := a.Minutes(m).At; !got.Equal(time.Date(2026, 11, 1, 0, 0, 0, 0, jptime.JST)) {
		t.Errorf("the file is of %v", got)
	}
	if m.Attendees[0].SecrecyAt.IsZero() || p.From.Day != 1 || m.Start.IsZero() {
		t.Error("the paper itself was changed")
	}
}

// TestAnonymousWords: names, numbers and addresses in every writing people use.
func TestAnonymousWords(t *testing.T) {
	t.Parallel()
	edit := Anonymity{Municipality: "みなと野市", Household: []Named{{Name: "瀧澤 穗波", Kana: "たきざわ ほなみ", Call: "本人"}, {Name: "瀧澤 一", Kana: "たきざわ はじめ", Call: "家族A"},
		{Name: "渋谷花子", Kana: "しぶや はなこ", Call: "家族B"}, {Name: "関口 穗波", Kana: "せきぐち ほなみ", Call: "本人"}},
		Places: []string{"〒123-4567 潮県みなと野市汐見町三丁目4番5号　なぎさ荘201", "012-345-6789", "１２３－４５６７", "平日の10時から"}}.Edit()
	for in, want := range map[string]string{
		"滝沢穂波と瀧澤穗波": "本人と本人", "むすめほなみが": "むすめ本人が", "ほなみだけ": "本人だけ", "ほなみち": "ほなみち", "澁谷が花子に": "家族Bが家族Bに",
		"關口さんだった頃":    "本人さんだった頃",
		"0123456789へ": "（電話番号）へ", "０１２３４５６７８９": "（電話番号）", "〇一二－三四五－六七八九": "（電話番号）", "012 345 6789": "（電話番号）", "345-6789に": "（電話番号）に", "09012345678。": "（電話番号）。",
		"会員番号 1201234567890": "会員番号 1201234567890",
		"汐見町3-4-5":           "（住所）", "汐見町３丁目４番５号に": "（住所）に", "汐見町三丁目四番五号": "（住所）", "汐見町の家": "（住所）の家", "なぎさ荘の201": "（住所）の201", "みなと野市汐見町三ー四ー五": "当市（住所）",
		"郵便 123-4567": "郵便 （電話番号）",
		"白浜市磯町二丁目の":   "（住所）の", "四丁目の角": "（住所）の角", "地区一番の元気": "地区一番の元気", "家は磯町二丁目3番": "家は（住所）", "みさと野市磯町2-3へ": "（住所）へ",
		"令和8年11月25日(2026-11-25)に": "令和8年11月(2026年11月)に", "昭和十九年六月三日生": "昭和十九年六月生", "R8.11.25（水）": "R8.11", "11/25（水）": "11月", "1/2に減額": "1/2に減額", "5/3(日)": "5月", "2026/11/25": "2026年11月",
		"平日の10時から": "平日の10時から",
		"25日に訪問":   "某日に訪問", "二十五日（水）の夜": "某日の夜", "今月３日に": "今月某日に", "翌月10日までに": "翌月某日までに", "同25日は不在": "同某日は不在", "24日、25日に": "24日、某日に", "先月の25日午前": "先月の某日午前",
		"1日に3回": "1日に3回", "3日に一度": "3日に一度", "10日後に": "10日後に", "週3日に増やす": "週3日に増やす", "退院後5日に": "退院後5日に", "毎月15日に年金": "毎月15日に年金", "20日間は": "20日間は", "月10日まで": "月10日まで", "40日に": "40日に", "125日に": "125日に", "約10日までかかる": "約10日までかかる",
	} {
		if got := edit(Printed{Text: in}); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// TestLoneDaysAreDoubts: a day of the month that may be a number of days as well is for somebody to decide.
func TestLoneDaysAreDoubts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{"25日の訪問": {"25日"}, "24日、電話": {"24日"}, "5日と決めた": {"5日"}, "3日の入院": {"3日"}, "1日の暮らし": nil, "3日間の入院": nil, "25日に訪問": nil, "4月25日の訪問": nil, "平日の昼": nil} {
		var got []string
		Anonymity{}.Watch(func(_ Printed, list []Doubt) {
			for _, d := range list {
				got = append(got, d.Word)
			}
		})(Printed{Text: in})
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

// TestDoubtsAreAsked: what may be a name and may be a word is neither replaced nor passed over in silence.
func TestDoubtsAreAsked(t *testing.T) {
	t.Parallel()
	a := Anonymity{Household: []Named{{Name: "瀧澤 一", Kana: "たきざわ はじめ", Call: "家族A"}, {Name: "林太郎", Kana: "はやし たろう", Call: "家族B"}, {Name: "瀧澤 雪", Kana: "たきざわ ゆき", Call: "家族C"}}}
	ask := func(s string) (out []string) {
		edit := a.Watch(func(_ Printed, list []Doubt) {
			for _, d := range list {
				out = append(out, d.Before+"["+d.Word+"→"+d.Call+"]"+d.After)
			}
		})
		edit(Printed{No: 7, Text: s})
		return out
	}
	for in, want := range map[string][]string{
		"長男一は元気":        {"長男[一→家族A]は元気"},
		"一番、一般、統一した":    {"一番、一般、統[一→家族A]した"},
		"一さんと":          nil,
		"太郎が林に来た":       {"[太郎→家族B]が林に来た", "太郎が[林→家族B]に来た"},
		"ゆきが降る":         {"[ゆき→家族C]が降る"},
		"ゆきさき":          nil,
		"汐見町の祭り":        {"[汐見町→（地名・施設）]の祭り"},
		"地区の集まり、市町村":    nil,
		"内線 26-1234":    {"内線 [26-1234→（番号）]"},
		"090-1234-5678": nil,
	} {
		if got := ask(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	a.Hide = map[int][]Hit{7: {{From: 2, To: 3, Call: "家族A"}}}
	if got := a.Edit()(Printed{No: 7, Text: "長男一は一番"}); got != "長男家族Aは一番" {
		t.Errorf("what was decided becomes %q", got)
	}
	if got := a.Edit()(Printed{No: 8, Text: "長男一は一番"}); got != "長男一は一番" {
		t.Errorf("another text becomes %q", got)
	}
}
