package papers

import (
	"context"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// VariantGiven is the copy a person gets (本人交付版): with readings, in large type, in plain words. What must not reach the person (本人に非開示) has been
// left out of the model; 「同意範囲外」 is never printed here, for the person need not learn that there is something.
const VariantGiven = "本人交付版"

// invitation is the 開催通知 as the person gets it.
const invitation = "会議の案内"

// given begins such a paper.
func (p *Printer) given(ctx context.Context, h Head, kind string, look Look, fill func(*leaflet)) (Result, error) {
	h.Variant, h.Edit, h.Approval, h.ContentHash, h.Checkpoint, h.FormName, h.Handling = VariantGiven, nil, nil, "", "", "", "本人控え"
	h.Layout = nil
	if kind == invitation { // a letter of its own, not a copy of those to the agencies
		h.Handling, h.DocumentNo = "本人あて", ""
	}
	return p.print(ctx, h, kind, a4Portrait, func(s *sheet) {
		s.stamp = "作った日　"
		fill(&leaflet{sheet: s, look: look})
	})
}

// GivenMinutes prints the 会議録 for the person: what was talked about, what was decided, who does what. What agencies said of the person stays out.
func (p *Printer) GivenMinutes(ctx context.Context, m MinutesDoc, look Look) (Result, error) {
	return p.given(ctx, m.Head, "会議録", look, func(l *leaflet) {
		l.h1(l.say("会議の記録", "話し合いの 記録"))
		t := l.pairs()
		l.row(t, l.say("日時", "いつ"), l.free(span(m.Start, m.End)))
		l.row(t, l.say("場所", "どこで"), l.free(m.Place))
		var who []pdf.Para
		for _, a := range m.Attendees {
			who = append(who, pdf.Para{Text: joinNonEmpty("　", a.Agency, a.Post), Where: "出席者"}, l.named("出席者", a.Name, a.Kana))
		}
		l.row(t, l.say("出席した人", "来た人"), who...)
		l.Table(t)
		l.points(m.Items)
		l.h2(l.say("決まったこと", "きめたこと"))
		var said []string
		for _, d := range m.Decisions {
			if !d.Withheld {
				said = append(said, d.Text)
			}
		}
		l.bullets(said)
		if m.Roles != nil {
			l.shares(m.Roles)
		}
		l.todo(m.Homework)
		l.meetAgain(m.Next)
	})
}

// GivenPlan prints the 支援プラン for the person.
func (p *Printer) GivenPlan(ctx context.Context, m PlanDoc, look Look) (Result, error) {
	return p.given(ctx, m.Head, "支援プラン", look, func(l *leaflet) {
		l.h1(l.say("支援プラン", "あなたを 手伝う 計画"))
		t := l.pairs()
		l.row(t, l.say("氏名", "名前"), l.named("氏名", m.Subject.Name, m.Subject.Kana))
		l.row(t, l.say("プラン期間", "いつから いつまで"), l.free(period(m.From, m.To)))
		l.row(t, l.say("主担当機関", "いちばん 相談する ところ"), pdf.Para{Text: m.LeadAgency})
		l.row(t, l.say("次回の確認", "次に 確かめる日"), l.free(day(m.NextMonitoring)))
		l.Table(t)
		l.h2(l.say("本人・家族の意向", "あなたと 家族の 思い"))
		if !slices.ContainsFunc(m.Wishes, func(w Wish) bool { return !w.Withheld }) {
			l.para("なし", noteStyle)
		}
		for _, w := range m.Wishes {
			if !w.Withheld {
				l.para(w.Who, labelStyle)
				l.long(w.Text)
			}
		}
		l.memoGiven(l.say("今の状況", "今の ようす"), m.Situation)
		l.goalsGiven(&m)
		l.memoGiven(l.say("支援の方針", "どのように 手伝うか"), m.Policy)
		if m.Roles != nil {
			l.shares(m.Roles)
		}
		l.memoGiven(l.say("困ったとき", "困った ときは"), m.Risk)
		if slices.ContainsFunc(m.Services, func(c Check) bool { return c.Checked }) {
			l.h2(l.say("利用する事業", "使う サービス"))
			var on []string
			for _, c := range m.Services {
				if c.Checked {
					on = append(on, c.Label)
				}
			}
			l.bullets(on)
		}
	})
}

// GivenRoles prints the 役割分担表 for the person: not as a matrix, but one item after the other.
func (p *Printer) GivenRoles(ctx context.Context, m RoleMatrixDoc, look Look) (Result, error) {
	return p.given(ctx, m.Head, "役割分担表", look, func(l *leaflet) {
		l.h1(l.say("だれが何をするか", "だれが 何を するか"))
		t := l.pairs()
		l.row(t, l.say("氏名", "名前"), l.named("氏名", m.Subject.Name, m.Subject.Kana))
		l.row(t, l.say("会議の日", "話し合いの日"), l.free(day(m.MeetingDate)))
		l.row(t, l.say("主担当機関", "いちばん 相談する ところ"), pdf.Para{Text: m.LeadAgency})
		l.Table(t)
		l.shares(&m.Matrix)
	})
}

// shares lists what is done, by whom and until when.
func (l *leaflet) shares(m *RoleMatrix) {
	l.h2(l.say("役割分担", "だれが 何を するか"))
	n := 0
	for _, r := range m.Rows {
		if r.Withheld {
			continue
		}
		n++
		l.Need(28 * l.scale())
		st := labelStyle
		st.Size, st.Before = 10.5, 2
		l.Set(l.freeOf(fmt.Sprintf("%d　%s", n, r.Item)), l.style(st))
		t := l.list(52*min(l.scale(), 1.25), l.Inner()-52*min(l.scale(), 1.25))
		for i, c := range r.Cells {
			if c.Withheld || i >= len(m.Agencies) || c.Code == "" || c.Code == "－" {
				continue
			}
			what := []pdf.Para{l.free(c.Content)}
			if c.Content == "" {
				what = []pdf.Para{l.free(codeLabel(c.Code))}
			}
			if when := joinNonEmpty("・", c.Frequency, cellPeriod(c)); when != "" {
				what = append(what, l.free(when))
			}
			who := []pdf.Para{{Text: m.Agencies[i].Name}}
			if c.Person != "" {
				who = append(who, pdf.Para{Text: c.Person, Where: "担当", Name: true})
			}
			t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{{Paras: who, RowHead: true, Fill: &nameFill}, {Paras: what}}})
		}
		if len(t.Rows) > 0 {
			l.Table(t)
		}
	}
	if n == 0 {
		l.para("なし", noteStyle)
	}
}

func (l *leaflet) points(list []MinutesItem) {
	l.h2(l.say("話し合ったこと", "話したこと"))
	n := 0
	for _, i := range list {
		if i.Withheld {
			continue
		}
		n++
		l.Need(28 * l.scale())
		st := labelStyle
		st.Size, st.Before = 10.5, 2
		l.Set(l.freeOf(fmt.Sprintf("%d　%s", n, i.Title)), l.style(st))
		l.long(i.Discussion)
		if i.Conclusion != "" {
			l.long("→ " + i.Conclusion)
		}
	}
	if n == 0 {
		l.para("なし", noteStyle)
	}
}

func (l *leaflet) todo(list []Homework) {
	l.h2(l.say("次の会議までにすること", "次までに すること"))
	var out []string
	for _, h := range list {
		if !h.Withheld {
			out = append(out, joinNonEmpty("　", h.Text, "（"+joinNonEmpty("・", h.Agency, untilDay(h.Due))+"）"))
		}
	}
	l.bullets(out)
}

func untilDay(d jptime.Date) string {
	if d.IsZero() {
		return ""
	}
	return day(d) + "まで"
}

func (l *leaflet) meetAgain(n *NextMeeting) {
	l.h2(l.say("次の会議", "次の 話し合い"))
	if n == nil {
		l.para(l.say("まだ決まっていません。", "まだ きまって いません。"), bodyStyle)
		return
	}
	l.long(joinNonEmpty("　", jptime.FormatDateTime(n.At), n.Place))
	if n.Agenda != "" {
		l.long(n.Agenda)
	}
}

func (l *leaflet) goalsGiven(m *PlanDoc) {
	l.h2(l.say("目標", "これから どう なりたいか"))
	if !m.LongGoal.Withheld && m.LongGoal.Text != "" {
		l.long(joinNonEmpty("　", m.LongGoal.Text, untilDay(m.LongGoal.Due)))
	}
	var out []string
	for _, g := range m.ShortGoals {
		if !g.Withheld {
			out = append(out, joinNonEmpty("　", g.Text, untilDay(g.Due)))
		}
	}
	if len(out) > 0 || m.LongGoal.Withheld || m.LongGoal.Text == "" {
		l.bullets(out)
	}
}

// memoGiven sets a free text with its heading, and neither when there is nothing to give.
func (l *leaflet) memoGiven(title string, m Memo) {
	if m.Withheld || m.Text == "" {
		return
	}
	l.h2(title)
	l.long(m.Text)
}

func (l *leaflet) bullets(list []string) {
	if len(list) == 0 {
		l.para("なし", noteStyle)
	}
	for _, s := range list {
		l.long("・" + s)
	}
}

func (l *leaflet) long(text string) {
	st := bodyStyle
	st.Align = pdf.Start
	l.Set(l.freeOf(text), l.style(st))
}

// free is a text people wrote, for a table.
func (l *leaflet) free(text string) pdf.Para { return l.freeOf(text) }

func (l *leaflet) freeOf(text string) pdf.Para {
	p := pdf.Para{Text: text}
	if l.ruby() {
		p.Runs = freeFurigana(text)
	}
	return p
}

// freeFurigana gives a text people wrote its readings. A word of the list counts only where it stands as a word of its own: two kanji or more, and no
// further kanji before or behind, for a wrong reading is worse than none.
func freeFurigana(text string) []pdf.Run {
	var out []pdf.Run
	plain, before := "", rune(0)
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		if !unicode.Is(unicode.Han, before) {
			i := slices.IndexFunc(dictionary[r], func(w word) bool { return standsAlone(w, text) })
			if i >= 0 {
				w := dictionary[r][i]
				if plain != "" {
					out, plain = append(out, pdf.Run{Text: plain}), ""
				}
				out = append(out, w.runs...)
				text, before = text[len(w.plain):], 0
				continue
			}
		}
		plain, text, before = plain+text[:n], text[n:], r
	}
	if plain != "" {
		out = append(out, pdf.Run{Text: plain})
	}
	return out
}

func standsAlone(w word, text string) bool {
	if len(text) < len(w.plain) || text[:len(w.plain)] != w.plain {
		return false
	}
	for _, r := range w.plain {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	next, _ := utf8.DecodeRuneInString(text[len(w.plain):])
	return utf8.RuneCountInString(w.plain) > 1 && !unicode.Is(unicode.Han, next)
}
