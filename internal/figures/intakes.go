package figures

import (
	"cmp"
	"slices"

	"kasane/internal/intake"
	"kasane/internal/sheets"
)

// UnitWhere counts each agency once in its column.
const UnitWhere Unit = "機関（実）"

// AddIntakes counts 相談の受付 and つなぎ into the table, as its first group.
func (t *Table) AddIntakes(set sheets.Set, taken []Intake, handed []Handed) {
	s := span{t.Year, t.At}
	var all, urgent, joint, given, accepted behind
	var agencies [12]map[string]bool
	for m := range agencies {
		agencies[m] = map[string]bool{}
	}
	for _, x := range taken {
		m, ok := s.month(x.At)
		if !ok {
			continue
		}
		all.add(m, x.CaseID)
		agencies[m][x.AgencyName] = true
		if x.Urgency == "now" {
			urgent.add(m, x.CaseID)
		}
		if x.Triage == string(intake.TriageJoint) {
			joint.add(m, x.CaseID)
		}
	}
	for _, x := range handed {
		m, ok := s.month(x.At)
		if !ok || x.State == string(intake.StateWithdrawn) {
			continue
		}
		given.add(m, x.CaseID)
		if x.State == string(intake.StateAccepted) {
			accepted.add(m, x.CaseID)
		}
	}
	t.Groups = slices.Insert(t.Groups, 0, Group{Title: "相談の受付（包括的相談支援）", Programme: ProgrammeConsult, Figures: []Figure{
		s.cases(Figure{ID: "intakes", Label: "相談受付件数", Unit: UnitCases, Reported: true, Personal: true, Definition: "受付の日時がその月にある「相談の受付」の数。どの窓口で受けたものも、匿名のものも、情報提供だけで終わったものも数えます。"}, all),
		s.cases(Figure{ID: "intakes-urgent", Label: "うち緊急度が「即日」", Unit: UnitCases, Personal: true, Definition: "上のうち、緊急度が「即日」のもの。"}, urgent),
		s.cases(Figure{ID: "intakes-joint", Label: "うち多機関協働へ", Unit: UnitCases, Reported: true, Personal: true, Definition: "上のうち、受付の判断が（今）「多機関協働へ」のもの。"}, joint),
		s.distinct(Figure{ID: "intakes-agencies", Label: "相談を受け付けた機関", Unit: UnitWhere, Definition: "その月に相談を受け付けた機関。同じ機関は1度だけ、年計でも1度だけ数えます。"}, agencies),
		s.cases(Figure{ID: "handed", Label: "つなぎの件数", Unit: UnitEach, Reported: true, Personal: true, Definition: "つないだ日時がその月にある「つなぎ」の数。取り下げたものは数えません。"}, given),
		s.cases(Figure{ID: "handed-accepted", Label: "うち受領されたもの", Unit: UnitEach, Personal: true, Definition: "上のうち、相手の機関が（今）受領しているもの。"}, accepted),
	}})
	t.Shares = append(t.Shares,
		t.taken("intake-triage", "受付の判断", "年度の中の「相談の受付」を、今の受付の判断ごとに数えたもの。", taken, func(x Intake) string { return cmp.Or(intake.Triage(x.Triage).Label(), "記録なし") }),
		t.taken("intake-route", "相談経路", "年度の中の「相談の受付」を、相談経路ごとに数えたもの。", taken, func(x Intake) string { return cmp.Or(set.Label("route", x.Route), "記録なし") }))
}

// taken spreads the 受付 of the year over what is said of each, the most first.
func (t *Table) taken(id, title, definition string, list []Intake, of func(Intake) string) Share {
	s := span{t.Year, t.At}
	x := Share{ID: id, Title: title, Unit: UnitCases, Definition: definition, Reported: true, Drill: true, Rows: []Row{}}
	for _, i := range list {
		if _, ok := s.month(i.At); !ok {
			continue
		}
		label := of(i)
		at := slices.IndexFunc(x.Rows, func(r Row) bool { return r.Label == label })
		if at < 0 {
			x.Rows, at = append(x.Rows, Row{Label: label}), len(x.Rows)
		}
		x.Rows[at].Count++
		x.Rows[at].of = append(x.Rows[at].of, i.CaseID)
		x.Total++
	}
	slices.SortStableFunc(x.Rows, func(a, b Row) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Label, b.Label)) })
	return x
}
