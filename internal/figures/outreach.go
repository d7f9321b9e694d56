package figures

import "slices"

// ways are the methods of アウトリーチ that are counted by themselves; what a municipality has added counts as その他.
var ways = []struct{ code, label string }{{"visit", "訪問"}, {"along", "同行"}, {"phone", "電話"}, {"letter", "手紙"}, {"mail", "メール・SNS"}, {"other", "その他"}}

// wayOf is the place of a method in ways.
func wayOf(method string) int {
	for i, w := range ways {
		if w.code == method {
			return i
		}
	}
	return len(ways) - 1
}

// outreach is what was done to reach people (活動): the law asks how often, not only with what success.
func (s span) outreach(contacts []Contact) Group {
	each := make([]behind, len(ways))
	var met, all behind
	var tried, reached [12]float64
	for _, c := range contacts {
		m, ok := s.month(c.At)
		if !ok {
			continue
		}
		each[wayOf(c.Method)].add(m, c.CaseID)
		all.add(m, c.CaseID)
		if c.Met {
			met.add(m, c.CaseID)
		}
		if slices.Contains([]string{"visit", "along"}, c.Method) {
			tried[m]++
			if c.Met {
				reached[m] += 100
			}
		}
	}
	out := Group{Title: "アウトリーチ", Programme: ProgrammeOutreach, Figures: []Figure{
		s.once(Figure{ID: "outreach-cases", Label: "働きかけたケース", Unit: UnitDistinct, Reported: true, Personal: true, Definition: "働きかけの記録がその月にあるケース。年計は、年度の中で1度だけ数えます。"}, all),
	}}
	for i, w := range ways {
		out.Figures = append(out.Figures, s.cases(Figure{ID: "outreach-" + w.code, Label: w.label + "の回数", Unit: UnitEach, Reported: true, Personal: true,
			Definition: "方法が「" + w.label + "」の働きかけの記録の数。あった日で数え、訂正された記録は訂正後の1回です。"}, each[i]))
	}
	out.Figures = append(out.Figures,
		s.cases(Figure{ID: "outreach-met", Label: "本人と会えた回数", Unit: UnitEach, Reported: true, Personal: true, Definition: "会えた人に「本人」がある働きかけの記録の数。方法によりません。"}, met),
		s.mean(Figure{ID: "outreach-rate", Label: "本人に会えた率", Unit: UnitPercent, Office: true, Definition: "訪問と同行の記録のうち、本人と会えたものの割合。少ない回数が計算で分かるため、提出・公表用には出しません。"}, reached, tried))
	return out
}
