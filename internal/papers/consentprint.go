package papers

import (
	"fmt"
	"slices"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/pdf"
)

// emptyDay is where a date is written by hand.
const emptyDay = "令和　　　年　　　月　　　日"

// dayOrEmpty is a day in words, or the place to write one.
func dayOrEmpty(d jptime.Date) string {
	if d.IsZero() {
		return emptyDay
	}
	return d.Both()
}

// who: the person, with number and day of birth.
func (l *leaflet) who(t *pdf.Table, m ConsentDoc) {
	if m.No != "" {
		l.row(t, l.say("同意書番号", "番号"), pdf.Para{Text: m.No})
	}
	l.row(t, l.say("本人の氏名", "あなたの名前"), l.named("本人の氏名", m.Subject.Name, m.Subject.Kana))
	if !m.Birth.IsZero() {
		l.row(t, l.say("生年月日", "生まれた日"), l.p(m.Birth.Both()))
	}
}

// person is who alone: nothing was agreed to.
func (l *leaflet) person(m ConsentDoc) {
	t := l.pairs()
	l.who(t, m)
	l.row(t, l.say("状態", "今の こと"), l.p(m.State))
	l.Table(t)
}

func (l *leaflet) receiptHead(m ConsentDoc) {
	t := l.pairs()
	l.who(t, m)
	l.row(t, l.say("状態", "今の こと"), l.p(m.State))
	if !m.SignedOn.IsZero() {
		l.row(t, l.say("同意日", "「いいです」と言った日"), l.p(m.SignedOn.Both()))
	}
	if m.Explainer != "" {
		l.row(t, l.say("説明者", "話した人"), l.fixed("説明者", m.Explainer, true))
	}
	if !m.CopyGivenOn.IsZero() {
		l.row(t, l.say("控えの交付", "渡した日"), l.p(m.CopyGivenOn.Both()))
	}
	l.Table(t)
}

// fixed is a text of the record: it has no readings, but its problems are reported.
func (l *leaflet) fixed(field, text string, name bool) pdf.Para {
	return pdf.Para{Text: text, Where: field, Name: name}
}

// scopeOf: what for, to whom, what, in which form, from when until when.
func (l *leaflet) scopeOf(m ConsentDoc, withPerson bool) {
	l.h2(l.say("同意する範囲", "「いいです」と 言う こと"))
	t := l.pairs()
	if withPerson {
		l.who(t, m)
	}
	purposes := []pdf.Para{l.boxes(m.Purposes)}
	if m.PurposeNote != "" {
		purposes = append(purposes, l.fixed("目的の補足", m.PurposeNote, false))
	}
	l.row(t, l.say("利用の目的", "何のため"), purposes...)
	for i, s := range m.Scope {
		name := l.say("提供先の機関", "話す ところ")
		if len(m.Scope) > 1 {
			name = fmt.Sprintf("%s %d", name, i+1)
		}
		agency := l.fixed("提供先の機関", s.Agency, false)
		bold := l.style(labelStyle)
		agency.Style = &bold
		l.row(t, name, agency, l.boxes(s.Items))
	}
	if m.Others != nil {
		l.row(t, l.say("その他会議が必要と認める機関", "そのほかの ところ"), l.boxes(m.Others))
	}
	if len(m.Sources) > 0 {
		l.row(t, l.say("提供元の機関", "話を する ところ"), l.fixed("提供元の機関", strings.Join(m.Sources, "、"), false))
	}
	if len(m.Forms) > 0 {
		l.row(t, l.say("記録形態", "どうやって 話すか"), l.boxes(m.Forms))
	}
	period := dayOrEmpty(m.From) + "から\n" + dayOrEmpty(m.Until) + "まで"
	l.row(t, l.say("有効期間", "いつまで"), l.p(period))
	l.Table(t)
}

// declaration: the signature, who acted for the person, and how it was explained.
func (l *leaflet) declaration(m ConsentDoc) {
	l.h2(l.say("同意の署名", "名前を 書く ところ"))
	if m.Refused {
		l.para(l.say("上の内容について説明を受け、同意しません。", "話を 聞いて、分かりました。「いやです」。"), bodyStyle)
	} else {
		l.para(l.say("上の内容について説明を受け、同意します。", "話を 聞いて、分かりました。「いいです」。"), bodyStyle)
	}
	l.para(dayOrEmpty(m.SignedOn), bodyStyle)
	if !m.Filled || len(m.Strokes) > 0 {
		name := l.say("本人の署名", "あなたの 名前")
		if len(m.Strokes) > 0 {
			name = l.say(fmt.Sprintf("本人の署名（画面への自署、%d画）", len(m.Strokes)), name)
		}
		l.signature(name, m.Strokes)
	}
	t := l.pairs()
	l.row(t, l.say("方法", "どうやって 言うか"), l.boxes(m.Methods))
	for _, f := range m.Details {
		l.field(t, f, m.Filled)
	}
	l.row(t, l.say("同意者", "「いいです」と言う人"), l.boxes(m.Grantor))
	if !m.Filled || m.GrantorName != "" {
		l.row(t, l.say("同意者の氏名（本人でない場合）", "代わりに 言う人の 名前"), l.valueOf("同意者の氏名", m.GrantorName, true))
	}
	if len(m.AgentKinds) > 0 {
		l.row(t, l.say("同意者の立場", "どんな人か"), l.boxes(m.AgentKinds))
	}
	for _, f := range m.Agent {
		l.field(t, f, m.Filled)
	}
	l.row(t, l.say("説明者", "話した人"), l.valueOf("説明者", m.Explainer, true))
	at := emptyDay + "　　　時　　　分"
	if !m.ExplainedAt.IsZero() {
		at = jptime.FormatDateTime(m.ExplainedAt)
	}
	l.row(t, l.say("説明の日時", "話した日"), l.p(at))
	l.row(t, l.say("説明の方法", "どうやって 話したか"), l.boxes(m.Ways))
	care := []pdf.Para{l.boxes(m.Cares)}
	if m.CareNote != "" {
		care = append(care, l.fixed("配慮", m.CareNote, false))
	}
	l.row(t, l.say("配慮", "手伝い"), care...)
	l.Table(t)
	l.Skip(3)
}

// field sets a field with its value; on a sheet to be signed its place is empty.
func (l *leaflet) field(t *pdf.Table, f Field, filled bool) {
	if filled && f.Value == "" {
		return
	}
	l.row(t, f.Label, l.valueOf(f.Label, f.Value, f.Name))
}

func (l *leaflet) valueOf(field, value string, name bool) pdf.Para {
	if value == "" {
		return blank()
	}
	return l.fixed(field, value, name)
}

// withdrawn: what has been taken back since.
func (l *leaflet) withdrawn(m ConsentDoc) {
	if len(m.Withdrawals) == 0 {
		return
	}
	l.h2(l.say("撤回の記録", "やめた こと"))
	t := l.pairs()
	for _, w := range m.Withdrawals {
		l.row(t, jptime.FormatDateTime(w.At), l.fixed("撤回", w.Extent, false))
	}
	l.Table(t)
}

// withdrawal is the body of the 撤回届: of its last withdrawal when there is one, else to be filled in.
func (l *leaflet) withdrawal(m ConsentDoc) {
	var w WithdrawalLine
	done := m.Filled && len(m.Withdrawals) > 0
	if done {
		w = m.Withdrawals[len(m.Withdrawals)-1]
	}
	t := l.pairs()
	if m.No == "" {
		l.row(t, l.say("同意書番号", "番号"), blank())
	}
	l.who(t, m)
	if !m.SignedOn.IsZero() {
		l.row(t, l.say("同意日", "「いいです」と言った日"), l.p(m.SignedOn.Both()))
	}
	l.row(t, l.say("撤回の範囲", "何を やめるか"), l.boxes([]Check{
		{l.say("全部を撤回します", "ぜんぶ やめます"), done && w.Whole}, {l.say("一部を撤回します", "一部だけ やめます"), done && !w.Whole}}))
	var agencies, items []Check
	for _, s := range m.Scope {
		agencies = append(agencies, Check{s.Agency, done && slices.Contains(w.Agencies, s.Agency)})
		for _, c := range s.Items {
			if (c.Checked || !m.Filled) && !hasLabel(items, c.Label) {
				items = append(items, Check{c.Label, done && slices.Contains(w.Items, c.Label)})
			}
		}
	}
	l.row(t, l.say("撤回する機関（一部のとき）", "やめる ところ"), l.plainBoxes(agencies))
	l.row(t, l.say("撤回する項目（一部のとき）", "やめる こと"), l.boxes(items))
	l.Table(t)
	l.Skip(2)
	on := emptyDay
	if done {
		on = jptime.DateOf(w.At).Both()
	}
	l.para(l.say("届け出の日　", "出す日　")+on, bodyStyle)
	if !done {
		l.signature(l.say("本人の署名", "あなたの 名前"), nil)
		l.proxyLines(m)
	}
	l.desk(w, done)
}

func (l *leaflet) proxyLines(m ConsentDoc) {
	t := l.pairs()
	for _, f := range m.Details {
		l.row(t, f.Label, blank())
	}
	if len(t.Rows) > 0 {
		l.Table(t)
	}
}

// desk is what the office fills in.
func (l *leaflet) desk(w WithdrawalLine, done bool) {
	l.h2(l.say("受付欄（担当者が書きます）", "市の 人が 書く ところ"))
	t := l.pairs()
	at := emptyDay + "　　　時　　　分"
	if done {
		at = jptime.FormatDateTime(w.At)
	}
	l.row(t, "受付者", l.valueOf("受付者", w.By, true))
	l.row(t, "申し出の方法", l.valueOf("申し出の方法", w.How, false))
	l.row(t, "反映の時刻", l.p(at))
	l.row(t, "周知先", l.valueOf("周知先", w.Told, false))
	l.row(t, "備考", l.valueOf("備考", w.Note, false))
	l.Table(t)
}

// plainBoxes is boxes for names of agencies: they have no readings.
func (l *leaflet) plainBoxes(list []Check) pdf.Para {
	if len(list) == 0 {
		return blank()
	}
	plain := *l
	plain.look = LookPlain
	return plain.boxes(list)
}

// textVersion names the text that was shown.
func (l *leaflet) textVersion(m ConsentDoc) {
	if m.TextHash == "" {
		return
	}
	text := "文面の版　"
	if m.TextNo > 0 {
		text += fmt.Sprintf("第%d版　", m.TextNo)
	}
	st := smallStyle
	st.Before = 2
	l.Para(text+"ハッシュ　"+short(m.TextHash), st)
}

func hasLabel(list []Check, s string) bool {
	return slices.ContainsFunc(list, func(c Check) bool { return c.Label == s })
}
