package figures

import (
	"slices"
	"time"

	"kasane/internal/jptime"
)

// UnitPeople counts people as often as they come.
const UnitPeople Unit = "人（延べ）"

// UnitPlaces counts resources.
const UnitPlaces Unit = "か所"

// Area (地域づくり) is what is counted of the 社会資源台帳: no name of anybody is in it.
type Area struct {
	Places []Place
	Days   []PlaceDay
	Links  []PlaceLink
	Joined []Joining
}

// Place is a 社会資源: its kind in words, whether it can be used now, and when it came.
type Place struct {
	Kind    string
	Open    bool
	Made    time.Time
	Opened  *time.Time // 利用可 for the first time
	OfIssue bool       // made of a 地域課題
}

// PlaceDay is an activity day with those who came, by generation in the order of generations.
type PlaceDay struct {
	Day  string // ISO
	Came [4]int
}

// PlaceLink is somebody who was brought to a resource on a day.
type PlaceLink struct {
	Since  string
	CaseID string // "" somebody of the area, without a name
}

// Joining is a 参加支援: whose it is and when it was open, and the days of its steps.
type Joining struct {
	CaseID   string
	PersonID string
	Opened   string // ISO
	Ended    string // "" goes on
	Steps    []JoiningStep
}

// JoiningStep is a step: what it was, where, and on which day.
type JoiningStep struct {
	Kind    string // joining.Kind
	Planned bool   // still to come when it was written
	PlaceID string
	Day     string
}

var generations = [4]string{"こども", "若者", "現役世代", "高齢者"}

// dayOf is the month of the 年度 an ISO day falls into.
func (s span) dayOf(day string) (int, bool) {
	at, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	if err != nil {
		return 0, false
	}
	return s.month(at)
}

// AddArea counts the 社会資源台帳 into the table.
func (t *Table) AddArea(a Area) {
	s := span{t.Year, t.At}
	var made, opened, grown, days, came [12]int
	var brought behind
	for _, p := range a.Places {
		if m, ok := s.month(p.Made); ok {
			made[m]++
		}
		if p.Opened == nil {
			continue
		}
		if m, ok := s.month(*p.Opened); ok {
			opened[m]++
			if p.OfIssue {
				grown[m]++
			}
		}
	}
	var by [4]int
	for _, d := range a.Days {
		m, ok := s.dayOf(d.Day)
		if !ok {
			continue
		}
		days[m]++
		for i, n := range d.Came {
			came[m] += n
			by[i] += n
		}
	}
	for _, l := range a.Links {
		if m, ok := s.dayOf(l.Since); ok {
			brought.add(m, l.CaseID)
		}
	}
	s.joined(t, a.Joined)
	g := t.group("地域")
	g.Figures = append(g.Figures,
		s.count(Figure{ID: "places-made", Label: "社会資源の登録数", Unit: UnitPlaces, Definition: "社会資源台帳に登録した日がその月にある資源の数。準備中のものも含みます。"}, made),
		s.count(Figure{ID: "places-opened", Label: "新しく利用できるようになった資源", Unit: UnitPlaces, Definition: "はじめて「利用可」になった日がその月にある資源の数。"}, opened),
		s.count(Figure{ID: "places-grown", Label: "うち地域課題からつくった資源", Unit: UnitPlaces, Definition: "上のうち、地域課題の一覧の「資源をつくる」から登録したもの。"}, grown),
		s.count(Figure{ID: "place-days", Label: "地域の活動日数", Unit: UnitTimes, Definition: "活動日がその月にある、活動の記録の数。同じ日でも資源ごと・活動ごとに数えます。"}, days),
		s.count(Figure{ID: "place-people", Label: "地域の活動の参加者数", Unit: UnitPeople, Reported: true, Personal: true, Definition: "上の活動に参加した人の延べ数。"}, came),
		s.cases(Figure{ID: "place-links", Label: "コーディネート件数", Unit: UnitEach, Personal: true, Definition: "つないだ日がその月にある、社会資源へのコーディネートの記録の数。同じ人を2か所につなげば2件です。名前を残さない住民も含みます。"}, brought))
	t.Shares = append(t.Shares, kinds(a.Places), Share{ID: "generations", Title: "地域の活動の参加者の世代", Unit: UnitPeople, Definition: "年度の中の活動に参加した人の延べ数を、世代ごとに数えたもの。",
		Rows:  []Row{{Label: generations[0], Count: by[0]}, {Label: generations[1], Count: by[1]}, {Label: generations[2], Count: by[2]}, {Label: generations[3], Count: by[3]}},
		Total: by[0] + by[1] + by[2] + by[3]})
}

// group finds a group of the table, or begins one.
func (t *Table) group(title string) *Group {
	i := slices.IndexFunc(t.Groups, func(g Group) bool { return g.Title == title })
	if i < 0 {
		t.Groups, i = append(t.Groups, Group{Title: title, Programme: ProgrammeArea}), len(t.Groups)
	}
	return &t.Groups[i]
}

// kinds are the resources that can be used now, by kind in the order they come.
func kinds(list []Place) Share {
	x := Share{ID: "places", Title: "利用できる社会資源（種類別）", Unit: UnitPlaces, Public: true, Definition: "今「利用可」の資源の数。年度によらず、今の状態です。", Rows: []Row{}}
	for _, p := range list {
		if !p.Open {
			continue
		}
		i := slices.IndexFunc(x.Rows, func(r Row) bool { return r.Label == p.Kind })
		if i < 0 {
			x.Rows, i = append(x.Rows, Row{Label: p.Kind}), len(x.Rows)
		}
		x.Rows[i].Count++
		x.Total++
	}
	slices.SortStableFunc(x.Rows, func(a, b Row) int { return b.Count - a.Count })
	return x
}
