package joining

import (
	"slices"
	"strings"

	"kasane/internal/community"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Suggestion (資源の候補) is a place that may fit, and why.
type Suggestion struct {
	PlaceID    string   `json:"placeId"`
	Name       string   `json:"name"`
	Kind       string   `json:"kind"`
	District   string   `json:"district"`
	Hours      string   `json:"hours"`
	Terms      string   `json:"terms"`
	AgencyName string   `json:"agencyName"`
	Reasons    []string `json:"reasons"` // in words
	Full       bool     `json:"full"`    // 定員に達している
}

// mostSuggested is how many are shown.
const mostSuggested = 12

// suggest puts the places that fit in order: those of the kind first, then by how much fits. taken is how many participants each has now.
func suggest(set sheets.Set, j Joining, places []community.Place, taken map[string]int) []Suggestion {
	type fit struct {
		Suggestion
		score int
	}
	var list []fit
	kinds := kindsFor(set, j.Needs)
	for _, p := range places {
		if _, uses := j.using(p.ID); uses || p.State != community.StateOpen {
			continue
		}
		f := fit{Suggestion: Suggestion{PlaceID: p.ID, Name: p.Name, Kind: set.Label("resource_kind", p.Kind), District: p.District, Hours: p.Hours, Terms: p.Terms, AgencyName: p.AgencyName, Reasons: []string{}}}
		add := func(points int, why string) { f.score += points; f.Reasons = append(f.Reasons, why) }
		if slices.Contains(kinds, p.Kind) {
			add(10, "種類が合う")
		}
		if both := common(j.Fields, p.Fields); len(both) > 0 {
			for i, c := range both {
				both[i] = set.Label("resource_field", c)
			}
			add(3, "分野が合う（"+strings.Join(both, "・")+"）")
		}
		if j.District != "" && text.Fold(j.District) == text.Fold(p.District) {
			add(3, "同じ地区")
		}
		if days := common(weekdays(j.Free), weekdays(p.Hours)); len(days) > 0 {
			add(2, "曜日が合う（"+strings.Join(days, "・")+"）")
		}
		if p.Capacity != nil {
			if f.Full = taken[p.ID] >= *p.Capacity; !f.Full {
				add(1, "空きがある")
			} else {
				f.score -= 5
			}
		}
		if f.score >= 5 {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b fit) int { return b.score - a.score })
	out := []Suggestion{}
	for _, f := range list[:min(mostSuggested, len(list))] {
		out = append(out, f.Suggestion)
	}
	return out
}

// kindsFor are the kinds of resources that answer what is looked for; the list of needs names them in its notes.
func kindsFor(set sheets.Set, needs []string) (out []string) {
	list, _ := set.List("join_need")
	for _, n := range needs {
		c, _ := list.Find(n)
		for k := range strings.SplitSeq(c.Note, ",") {
			if k != "" && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

func common(a, b []string) (out []string) {
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// week are the days of the week as people write them.
var week = []string{"月", "火", "水", "木", "金", "土", "日"}

// weekdays reads the days of the week out of words: 「毎週火・金」「平日」「土日」「毎日」. 祝日, 休日 and a number of days are none.
func weekdays(said string) (out []string) {
	s := text.Fold(said)
	for _, not := range []string{"祝日", "休日", "祝", "今日", "当日", "前日", "翌日", "本日", "日程", "日時", "日中", "曜日"} {
		if not == "曜日" {
			s = strings.ReplaceAll(s, not, "曜")
			continue
		}
		s = strings.ReplaceAll(s, not, "")
	}
	if strings.Contains(s, "毎日") || strings.Contains(s, "いつでも") {
		return slices.Clone(week)
	}
	everyday := strings.Contains(s, "平日")
	s = strings.ReplaceAll(s, "平日", "")
	rs := []rune(s)
	for i, d := range week {
		hit := everyday && i < 5
		for k, r := range rs {
			if string(r) != d {
				continue
			}
			date := (d == "月" || d == "日") && k > 0 && rs[k-1] >= '0' && rs[k-1] <= '9' // 4月, 15日
			hit = hit || !date
		}
		if hit {
			out = append(out, d)
		}
	}
	return out
}
