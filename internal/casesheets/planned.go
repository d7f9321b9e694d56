package casesheets

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/joining"
	"kasane/internal/jptime"
	"kasane/internal/outreach"
	"kasane/internal/papers"
)

// The plans of アウトリーチ等事業 and 参加支援事業: sheets with tables of what was done so far.
const (
	outreachPlan = "outreach_plan"
	joiningPlan  = "joining_plan"
)

// contactsShown is how many of the newest contacts a plan tells.
const contactsShown = 10

// done reads what was done, for the plans alone.
func (s *Service) done(ctx context.Context, m *material) (err error) {
	scope := access.Scope{Tenant: m.actor.Tenant, All: true} // each row is held against the gate below
	switch m.form.ID {
	case outreachPlan:
		if m.contacts, err = s.store.OutreachEntries(ctx, scope, m.kase.ID); err != nil {
			return err
		}
		m.visits, err = s.store.OutreachVisits(ctx, scope, m.kase.ID)
	case joiningPlan:
		m.joinings, err = s.store.Joinings(ctx, scope, m.kase.ID)
	}
	return err
}

// who is the person a row is about, as far as the gate tells.
func (m *material) who(person string) string {
	for _, p := range m.persons {
		if p.ID == person && m.named(person) {
			return m.called(p)
		}
	}
	if person == "" {
		return "世帯"
	}
	return "世帯員"
}

// standing are the entries that are shown and that no other took the place of, newest first.
func (m *material) standing() []outreach.Entry {
	replaced := map[string]bool{}
	for _, x := range m.contacts {
		replaced[x.Replaces] = true
	}
	return slices.DeleteFunc(slices.Clone(m.contacts), func(x outreach.Entry) bool {
		return replaced[x.ID] || x.Kind != outreach.KindOutreach || !m.show[class{x.PersonID, x.Item}]
	})
}

// relation is 関係の段階 step by step, oldest first; a stage said again is no step.
func (m *material) relation() papers.SheetTable {
	t := papers.SheetTable{Title: "関係の段階（記録から）", Heads: []string{"年月日", "だれと", "段階", "記録した機関"}, Cols: []float64{46, 28, 46, 50}}
	at := map[string]string{}
	for _, x := range slices.Backward(m.standing()) {
		if x.Relation == "" || at[x.PersonID] == x.Relation {
			continue
		}
		at[x.PersonID] = x.Relation
		t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{jptime.FormatDate(x.At), m.who(x.PersonID), m.set.Label("relation_stage", x.Relation), m.agencyCalled(x.AgencyName)}})
	}
	return t
}

// lately are the newest contacts, without their words, which stand in 支援経過記録.
func (m *material) lately() papers.SheetTable {
	t := papers.SheetTable{Title: "最近の働きかけ（記録から。内容は支援経過記録にあります）", Heads: []string{"日時", "だれに", "方法", "会えた人", "対応した機関"}, Cols: []float64{38, 24, 32, 34, 42}}
	list := m.standing()
	for _, x := range list[:min(len(list), contactsShown)] {
		var met []string
		for _, c := range x.Met {
			met = append(met, m.set.Label("outreach_met", c))
		}
		t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{jptime.FormatShort(x.At), m.who(x.PersonID), m.set.Label("outreach_method", x.Method), strings.Join(met, "、"), m.agencyCalled(x.AgencyName)}})
	}
	return t
}

// next are the visits that are planned. Whom they go to and when is of 支援経過.
func (m *material) next() papers.SheetTable {
	t := papers.SheetTable{Title: "訪問の予定", Heads: []string{"年月日", "時刻", "だれに", "機関"}, Cols: []float64{50, 26, 34, 60}}
	for _, v := range m.visits {
		if v.State == outreach.VisitPlanned && m.show[class{v.PersonID, consent.ItemProgress}] {
			t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{isoDay(v.Day), m.unveiled(v.Clock, ""), m.who(v.PersonID), m.agencyName(v.AgencyID)}})
		}
	}
	return t
}

// joined are the 参加支援 that are shown: of a person whose name the gate shows, and of a class it shows.
func (m *material) joined() []joining.Joining {
	return slices.DeleteFunc(slices.Clone(m.joinings), func(j joining.Joining) bool { return !m.named(j.PersonID) || !m.show[class{j.PersonID, j.Item}] })
}

// wanted is what is looked for.
func (m *material) wanted() papers.SheetTable {
	t := papers.SheetTable{Title: "求めているもの（参加支援の記録から）", Heads: []string{"だれの", "求めているもの", "行ける曜日・時間", "担当機関", "始めた日"}, Cols: []float64{22, 52, 32, 34, 30}}
	for _, j := range m.joined() {
		var needs []string
		for _, n := range j.Needs {
			needs = append(needs, m.set.Label("join_need", n))
		}
		what := strings.Join(nonEmpty(strings.Join(needs, "、"), j.Wish), "\n")
		t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{m.who(j.PersonID), what, j.Free, m.agencyCalled(j.AgencyName), shortDay(j.OpenedOn)}})
	}
	return t
}

// tried is where the person went: 見学・体験, 利用, 定着支援.
func (m *material) tried() papers.SheetTable {
	t := papers.SheetTable{Title: "見学・体験・利用・定着支援（参加支援の記録から）", Heads: []string{"日", "だれの", "種別", "場所", "結果", "内容"}, Cols: []float64{22, 20, 24, 34, 24, 46}}
	outcomes := map[joining.Kind]string{joining.KindTrial: "join_trial", joining.KindSettle: "join_going", joining.KindStop: "join_stop", joining.KindEnd: "join_end"}
	for _, j := range m.joined() {
		for _, x := range j.Steps {
			came := ""
			if x.Outcome != "" {
				came = m.set.Label(outcomes[x.Kind], x.Outcome)
			}
			t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{shortDay(x.Day), m.who(j.PersonID), x.Kind.Label(), m.unveiled(x.PlaceName, anonReceiver), came, x.Body}})
		}
	}
	return t
}

// isoDay and shortDay write a day of the records, as it stands when it is none.
func isoDay(s string) string {
	if d, err := jptime.Parse(s); err == nil {
		return d.Both()
	}
	return s
}

func shortDay(s string) string {
	if d, err := jptime.Parse(s); err == nil {
		return d.Short()
	}
	return s
}
