package casesheets

import (
	"slices"
	"strings"
	"time"

	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// assessment is the sheet with tables of what stands elsewhere in the case.
const assessment = "assessment"

// tables are those of a section: of the インテーク・アセスメントシート the household, its chronicle, the agencies; of a plan what was done so far.
func (m *material) tables(section string) []papers.SheetTable {
	switch m.form.ID + "/" + section {
	case assessment + "/a":
		return []papers.SheetTable{m.household(), m.chronicle()}
	case assessment + "/e":
		return []papers.SheetTable{m.involved()}
	case outreachPlan + "/op_state":
		return []papers.SheetTable{m.relation(), m.lately()}
	case outreachPlan + "/op_aim":
		return []papers.SheetTable{m.next()}
	case joiningPlan + "/jp_wish":
		return []papers.SheetTable{m.wanted()}
	case joiningPlan + "/jp_match":
		return []papers.SheetTable{m.tried()}
	}
	return nil
}

func householdTable() papers.SheetTable {
	return papers.SheetTable{Title: "世帯員", Heads: []string{"氏名", "ふりがな", "続柄", "性別", "生年月日（受付日の年齢）"}, Cols: []float64{38, 38, 22, 20, 52}}
}

func (m *material) household() papers.SheetTable {
	t := householdTable()
	for _, p := range m.persons {
		if !m.named(p.ID) {
			t.Rows = append(t.Rows, papers.SheetTableRow{Withheld: true})
			continue
		}
		t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{m.nameOf(p), m.unveiled(p.Kana, ""), m.called(p), p.Sex, m.bornOf(p)}, Name: 1})
	}
	return t
}

func chronicleTable() papers.SheetTable {
	return papers.SheetTable{Title: "家族年表", Heads: []string{"年月", "だれの", "出来事", "情報源"}, Cols: []float64{34, 28, 74, 34}}
}

// chronicle are the events of all documents that are shown, oldest first; what has no time comes last.
func (m *material) chronicle() papers.SheetTable {
	type event struct {
		when  string
		cells []string
	}
	var list []event
	add := func(person, who string) {
		for _, item := range consent.Items() {
			d := m.docs[class{person, item}]
			if d == nil {
				continue
			}
			for _, l := range d.Rows("event") {
				key := "event/" + l.ID
				list = append(list, event{d.String(key + "/when"), []string{moment(d.String(key + "/when")), who, d.Text(key + "/text"), m.agencyName(d.String(key + "/agency"))}})
			}
		}
	}
	add("", "世帯")
	for _, p := range m.persons {
		who := "世帯員"
		if m.named(p.ID) {
			who = m.called(p)
		}
		add(p.ID, who)
	}
	slices.SortStableFunc(list, func(a, b event) int {
		if (a.when == "") != (b.when == "") {
			return strings.Compare(b.when, a.when)
		}
		return strings.Compare(a.when, b.when)
	})
	t := chronicleTable()
	for _, e := range list {
		t.Rows = append(t.Rows, papers.SheetTableRow{Cells: e.cells})
	}
	return t
}

// moment writes a time of the chronicle in 和暦: a day, a month or a year. The era of a year is that of its end.
func moment(s string) string {
	for _, form := range []string{time.DateOnly, "2006-01"} {
		if t, err := time.Parse(form, s); err == nil {
			d := jptime.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
			if form != time.DateOnly {
				d = d.InMonth()
			}
			return d.Both()
		}
	}
	t, err := time.Parse("2006", s)
	if err != nil {
		return s
	}
	year, _, _ := strings.Cut(jptime.Date{Year: t.Year(), Month: time.December, Day: 31}.Wareki(), "年")
	return year + "年(" + s + ")"
}

func involvedTable() papers.SheetTable {
	return papers.SheetTable{Title: "関わる機関（ケースに登録）", Heads: []string{"機関", "いつから", "関わり方"}, Cols: []float64{62, 40, 68}}
}

// involved are the agencies of the case. How another agency is involved is content of the record: it is for who holds it, and for that agency.
func (m *material) involved() papers.SheetTable {
	t := involvedTable()
	reader := orElse(m.agency.ID, m.actor.AgencyID)
	for _, x := range m.members {
		if x.Until != nil {
			continue
		}
		note := x.Note
		if x.AgencyID != reader && (m.agency.ID != "" || !m.actor.Holder()) {
			note = ""
		}
		t.Rows = append(t.Rows, papers.SheetTableRow{Cells: []string{m.agencyName(x.AgencyID), jptime.FormatDate(x.Since), note}})
	}
	return t
}
