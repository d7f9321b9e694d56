package papers

import (
	"context"
	"strings"

	"kasane/internal/pdf"
)

// GivenEvaluation prints the 評価シート for the person: what came of the goals, what has changed, what follows and where to turn to. What the staff thinks and
// what has changed among the agencies stays out, as 発言要旨 do of a 会議録.
func (p *Printer) GivenEvaluation(ctx context.Context, m EvaluationDoc, look Look) (Result, error) {
	return p.given(ctx, m.Head, m.Name(), look, func(l *leaflet) {
		title := "支援のふりかえり（評価シート）"
		if m.Monitor {
			title = "支援の確認（モニタリング記録）"
		}
		l.h1(l.say(title, "これまでの ふりかえり"))
		t := l.pairs()
		if m.Subject != "" {
			l.row(t, l.say("氏名", "名前"), l.named("氏名", m.Subject, ""))
		}
		l.row(t, "ふりかえった日", l.free(day(m.Day)))
		l.row(t, l.say("対象のプラン", "どの 計画か"), l.free(roundName(m.Round)))
		l.row(t, l.say("これからの支援", "これから"), l.free(l.say(m.Result, easyResult(m.Result))))
		l.row(t, l.say("作成", "書いた ところ"), pdf.Para{Text: m.Agency}, l.named("作成", m.By, ""))
		if !m.Next.IsZero() {
			l.row(t, l.say("次回の予定", "次に 確かめる日"), l.free(day(m.Next)))
		}
		l.Table(t)
		l.h2(l.say("目標の達成状況", "目標は どう なったか"))
		if len(m.Goals) == 0 {
			l.para("なし", noteStyle)
		}
		for _, g := range m.Goals {
			l.long("・" + joinNonEmpty("　", g.Text, untilDay(g.Due)))
			l.long("　→ " + l.say(g.Result, easyGoal(g.Result)))
		}
		l.memoGiven(l.say("見られた変化", "よく なった こと・変わった こと"), m.Changes)
		l.memoGiven(l.say("本人の様子", "あなたの ようす"), m.Change)
		l.memoGiven(l.say("本人の意見・希望", "あなたの 思い"), m.Voice)
		l.memoGiven(l.say("これからの課題", "これから 考える こと"), m.Left)
		l.memoGiven(l.say("終結の理由", "支援を おわる わけ"), m.Reason)
		l.memoGiven(l.say("これからの見守りと相談先", "困った ときに 相談する ところ"), m.After)
	})
}

// GivenNotice prints the 案内 of a meeting for the person: when, where, who comes, what is talked about, and what they may ask for.
func (p *Printer) GivenNotice(ctx context.Context, m NoticeDoc, look Look) (Result, error) {
	return p.given(ctx, m.Head, invitation, look, func(l *leaflet) {
		l.h1(l.say(invitation, "話し合いの お知らせ"))
		l.para(l.say("あなたと、これからの支援について話し合う会議を開きます。", "あなたの これからの ことを、みんなで 話します。"), bodyStyle)
		l.Skip(2)
		t := l.pairs()
		l.row(t, l.say("日時", "いつ"), l.free(span(m.Start, m.End)))
		l.row(t, l.say("場所", "どこで"), l.free(m.Place+bracket(m.Form)))
		var who []pdf.Para
		for _, a := range m.Invited {
			who = append(who, pdf.Para{Text: a, Where: "来る機関"})
		}
		l.row(t, l.say("来る機関", "来る ところ"), who...)
		if m.Contact != "" {
			l.row(t, l.say("連絡先", "聞きたい とき"), l.free(joinNonEmpty("　", m.Municipality, m.Contact)))
		}
		l.Table(t)
		l.h2(l.say("話し合うこと", "話す こと"))
		l.bullets(m.Letters[0].Agenda)
		l.h2(l.say("来る前に", "来る 前に"))
		for _, s := range [][2]string{
			{"来るかどうかは、あなたが決められます。家族や、話しやすい人と一緒に来ることもできます。", "来るか 来ないか、あなたが きめて ください。家族や 友だちと いっしょに 来ても いいです。"},
			{"話したくないことは、話さなくてかまいません。", "話したく ない ことは、話さなくて いいです。"},
			{"通訳、手話、車いすなど、必要な手伝いがあれば、連絡先に知らせてください。", "ことばや からだの ことで、手伝いが いる ときは、先に 言って ください。"},
			{"会議は非公開です。会議で話したことは、同意した範囲でだけ使います。", "ここで 話した ことを、関係の ない 人には 言いません。"},
		} {
			l.long("・" + l.say(s[0], s[1]))
		}
	})
}

// easyResult is 会議での評価 in plain words.
func easyResult(result string) string {
	switch result {
	case "終結":
		return "この 支援は おわります"
	case "再プランして継続":
		return "計画を 作りなおして、支援を つづけます"
	case "中断":
		return "支援を いったん 止めます"
	case "継続":
		return "支援を つづけます"
	case "再プラン":
		return "計画を 作りなおします"
	case "終結検討":
		return "支援を おわるか、話し合います"
	}
	return result
}

// easyGoal is 達成の状況 in plain words.
func easyGoal(result string) string {
	switch result {
	case "達成":
		return "できました"
	case "一部達成":
		return "すこし できました"
	case "未達成":
		return "まだ です"
	case "未着手":
		return "これから です"
	case "実施中":
		return "やって います"
	case "完了":
		return "できました"
	case "中止":
		return "やめました"
	}
	return result
}

// GivenSheet prints a plan that is a sheet (参加支援プラン, アウトリーチ等プラン) for the person. Who calls has left the fields that are for the person only.
func (p *Printer) GivenSheet(ctx context.Context, m SheetDoc, look Look) (Result, error) {
	return p.given(ctx, m.Head, m.Title, look, func(l *leaflet) {
		l.h1(m.Title)
		if t := l.pairs(); len(m.About) > 0 {
			for _, f := range m.About {
				if f.Name && !f.Withheld {
					l.row(t, l.say(f.Label, "名前"), l.named(f.Label, f.Value, ""))
				}
			}
			if len(t.Rows) > 0 {
				l.Table(t)
			}
		}
		for _, part := range m.Parts {
			for _, x := range part.Sections {
				l.sheetGiven(x)
			}
		}
	})
}

// sheetGiven sets the answers of a section, and neither heading nor label where there is none.
func (l *leaflet) sheetGiven(x SheetSection) {
	t := l.pairs()
	for _, r := range x.Rows {
		if r.Withheld || r.Kind == SheetSign {
			continue
		}
		answer := r.Plain()
		if r.Kind == SheetChosen {
			answer = r.chosen("\n")
		}
		if strings.TrimSpace(answer) == "" {
			continue
		}
		value := l.free(answer)
		if r.Kind == SheetName {
			value = l.named(r.Label, r.Text, "")
		}
		l.row(t, l.say(r.Label, easyLabel(r.Label)), value)
	}
	if len(t.Rows) > 0 {
		l.h2(x.Title)
		for i := range t.Rows {
			t.Rows[i].NoSplit = false // a memo may be longer than a page
		}
		l.Table(t)
	}
}

// easyLabels are labels of the plans in plain words. One that is not among them stands as it is, with its reading.
var easyLabels = map[string]string{
	"プラン作成日": "計画を 作った日", "プラン見直し予定日": "計画を 見なおす日", "プラン作成機関": "計画を 作った ところ", "プラン作成者": "計画を 作った人",
	"作成日": "計画を 作った日", "見直し予定日": "計画を 見なおす日", "作成機関": "計画を 作った ところ", "作成者": "計画を 作った人",
	"本人の希望・関心": "やって みたい こと", "社会参加の段階": "どんな ところで やるか", "マッチング先(協力事業者)": "行く ところ", "体験日": "ためして みる日",
	"報酬・交通費・保険": "お金・交通費・保険", "定着支援": "つづける ための 手伝い", "署名日": "名前を 書いた日",
	"接触方法": "会う 方法", "訪問頻度": "どのくらい 会うか", "関係構築の目標": "目標",
}

func easyLabel(label string) string {
	if e := easyLabels[label]; e != "" {
		return e
	}
	return label
}
