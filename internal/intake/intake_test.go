package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// Two people are like each other by folded names, readings and birth dates, never by one letter or by 匿名.
func TestAlike(t *testing.T) {
	t.Parallel()
	has := named{name: "髙橋 \uFA10子", kana: "たかはし つかこ", alias: "さきちゃん", birth: "1941-02-03"}
	for _, x := range []struct {
		w    Wanted
		why  string
		sure bool
	}{
		{Wanted{Name: "高橋塚子"}, "氏名が同じ", true},
		{Wanted{Name: "髙橋　塚子", Birth: "1941-02-03"}, "氏名が同じ 生年月日が同じ", true},
		{Wanted{Name: "高橋"}, "氏名が似ている", false},
		{Wanted{Name: "高橋", Birth: "1950-01-01"}, "", false},
		{Wanted{Name: "高"}, "", false},
		{Wanted{Kana: "タカハシ　ツカコ"}, "ふりがなが同じ", false},
		{Wanted{Kana: "たかは"}, "ふりがなが似ている", false},
		{Wanted{Kana: "たか"}, "", false},
		{Wanted{Name: "さきちゃん"}, "氏名が同じ", true},
		{Wanted{Birth: "1941-02-03"}, "生年月日が同じ", false},
		{Wanted{Name: "田中", Birth: "1941-02-03"}, "", false},
		{Wanted{Name: "高橋塚子", Birth: "1950-01-01"}, "氏名が同じ 生年月日は違う", false},
		{Wanted{}, "", false},
	} {
		why, score := alike(x.w, has)
		if strings.Join(why, " ") != x.why || score >= sure != x.sure || (score > 0) != (x.why != "") {
			t.Errorf("%+v: %v %d", x.w, why, score)
		}
	}
	if why, _ := alike(Wanted{Name: "匿名"}, named{alias: "匿名"}); len(why) != 0 {
		t.Errorf("two who gave no name: %v", why)
	}
	many := []named{}
	for i := range 15 {
		many = append(many, named{c: cases.Case{ID: string(rune('a' + i)), Number: string(rune('a' + i))}, name: "高橋塚子"}, named{c: cases.Case{ID: string(rune('a' + i))}, name: "高橋"})
	}
	if f := search(Wanted{Name: "高橋塚子"}, many, "b"); f.Count != 14 || len(f.Lines) != shownAtOnce || slices.ContainsFunc(f.Lines, func(l Similar) bool { return l.CaseID == "b" }) {
		t.Errorf("%d %d", f.Count, len(f.Lines))
	}
}

// A つなぎ waits too long from the day after its term: that of 確認中, the wished day, or so many days after it was sent.
func TestLate(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 6, 1, 1, 0, 0, 0, time.UTC) // 10:00 in Japan
	on := func(day int) time.Time { return time.Date(2026, 6, day, 14, 59, 0, 0, time.UTC) }
	asked := Referral{At: sent, State: StateAsked}
	wished, checking := asked, asked
	wished.Wish = "2026-06-04"
	checking.State, checking.Wish, checking.Answers = StateChecking, "2026-06-02", []Answer{{Word: WordCheck, Due: "2026-06-20"}}
	done := wished
	done.State = StateAccepted
	for _, x := range []struct {
		r    Referral
		day  int
		want int
	}{{asked, 8, 0}, {asked, 9, 1}, {asked, 11, 3}, {wished, 4, 0}, {wished, 5, 1}, {checking, 20, 0}, {checking, 21, 1}, {done, 30, 0}} {
		if got := x.r.Late(on(x.day), 7); got != x.want {
			t.Errorf("%s on the %d.: %d days, want %d", x.r.State, x.day, got, x.want)
		}
	}
}

// Who answers is of the agency that was asked, who takes back of the one that sent or of those who hold the record; every answer has its own words.
func TestAnswersOfAReferral(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 1, 0, 0, 0, time.UTC)
	who := func(agency string, roles ...access.Role) access.Actor {
		return access.Actor{Tenant: "t", UserID: "u", AgencyID: agency, Roles: roles}
	}
	to, from, desk := who("b", access.RoleAgency), who("a", access.RoleAgency), who("c", access.RoleSecretariat)
	open := Referral{From: "a", To: "b", State: StateAsked}
	over := open
	over.State = StateDeclined
	for what, x := range map[string]struct {
		r    Referral
		by   access.Actor
		in   Reply
		want fault.Kind
	}{
		"accept":               {open, to, Reply{Answer: WordAccept}, 0},
		"by the sender":        {open, from, Reply{Answer: WordAccept}, fault.Forbidden},
		"by the desk":          {open, desk, Reply{Answer: WordAccept}, fault.Forbidden},
		"by an adviser":        {open, who("b", access.RoleObserver), Reply{Answer: WordAccept}, fault.Forbidden},
		"without a reason":     {open, to, Reply{Answer: WordDecline, Reason: "　"}, fault.Invalid},
		"decline":              {open, to, Reply{Answer: WordDecline, Reason: "地区が違う"}, 0},
		"check without a day":  {open, to, Reply{Answer: WordCheck}, fault.Invalid},
		"check in the past":    {open, to, Reply{Answer: WordCheck, Due: "2026-05-31"}, fault.Invalid},
		"check for ever":       {open, to, Reply{Answer: WordCheck, Due: "2027-05-31"}, fault.Invalid},
		"check":                {open, to, Reply{Answer: WordCheck, Due: "2026-06-01"}, 0},
		"a day with 受領":        {open, to, Reply{Answer: WordAccept, Due: "2026-06-02"}, fault.Invalid},
		"withdrawn":            {open, from, Reply{Answer: WordWithdraw}, 0},
		"withdrawn by desk":    {open, desk, Reply{Answer: WordWithdraw}, 0},
		"withdrawn by another": {open, to, Reply{Answer: WordWithdraw}, fault.Forbidden},
		"over":                 {over, to, Reply{Answer: WordAccept}, fault.Conflict},
		"no word":              {open, to, Reply{Answer: "perhaps"}, fault.Invalid},
	} {
		_, err := x.r.answer(x.by, x.in, now)
		if (x.want == 0) != (err == nil) || err != nil && !fault.Is(err, x.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A reason names nobody who is not handed over, in whatever form of the kanji, by whichever part of the name.
func TestReasonNamesNobody(t *testing.T) {
	t.Parallel()
	all := func(string, consent.Item) bool { return true }
	p := place{persons: []cases.Person{{ID: "p1", Name: "髙橋 節", Kana: "たかはし せつ"}, {ID: "p2", Name: "髙橋 一郎"}}, gate: all, sees: all}
	given := []Part{{PersonID: "p1", Item: consent.ItemBasic}}
	for reason, want := range map[string][2]bool{"介護の相談": {true, true}, "高橋さんの介護": {false, false}, "タカハシさんのこと": {false, true}, "一郎さんの介護": {false, false},
		"季節の変わり目に": {true, true}} {
		for i, parts := range [][]Part{nil, given} {
			if err := p.namesNobody(reason, parts); (err == nil) != want[i] {
				t.Errorf("%s, %d parts: %v", reason, len(parts), err)
			}
		}
	}
}

// What says of nobody who it is holds no name, no day and no place.
func TestPlainPart(t *testing.T) {
	t.Parallel()
	r := Record{PersonID: "p1", Name: "髙橋 節", Kana: "たかはし せつ", Birth: "1941-02-03", District: "東町", Contact: "080-1111", Trouble: "迷子", AskerName: "娘の人",
		Asker: AskerFamily, Fields: []string{"care"}, Urgency: "now", Danger: true, At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	all := func(string, consent.Item) bool { return true }
	p := place{rec: r, has: true, persons: []cases.Person{{ID: "p1", Name: r.Name}}, gate: all, sees: all}
	plain, n := "", 0
	for _, part := range p.parts(testBook(t)) {
		if !part.Plain() {
			n++
			continue
		}
		for _, l := range part.Lines {
			plain += l.Label + l.Value + "\n"
		}
	}
	if n != 4 || !strings.Contains(plain, "80代") || !strings.Contains(plain, "高齢・介護") || !strings.Contains(plain, "即日") {
		t.Errorf("%d parts, %s", n, plain)
	}
	for _, secret := range []string{"橋", "節", "1941", "東町", "080", "迷子", "娘"} {
		if strings.Contains(plain, secret) {
			t.Errorf("%s stands in what says of nobody who it is: %s", secret, plain)
		}
	}
}
