package demo

import (
	"fmt"

	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/joining"
)

// spot is a 社会資源 of the demo.
type spot struct {
	agency string // key
	by     string // login of who registers it
	in     community.Input
	days   []came
	links  []brought
	// accompanied: the first household is accompanied there.
	accompanied bool
}

// came is an activity day, counted from today.
type came struct {
	day    int
	counts community.Counts
	note   string
}

// brought is somebody who was brought to a resource: a person of a household, or ("") a resident.
type brought struct {
	day          int
	home, person string
	by           string
	role         community.Role
	result       community.Result
	on           int
}

func people(n int) *int { return &n }

func spots() []spot {
	at := func(lat, lng float64) (a, b *float64) { return &lat, &lng }
	lat, lng := at(35.452301, 139.641002)
	return []spot{
		{"csw", "csw", community.Input{Name: "まちの縁側 こもれび", Kind: "ibasho", Fields: []string{"kaigo", "shogai", "konkyu"}, District: "東部", Address: "重ね市東町2-4-1", Lat: lat, Lng: lng, Capacity: people(15),
			Hours: "毎週火・金 10時〜15時（祝日は休み）", Contact: "社協 地域福祉係", Terms: "どなたでも。無料。見学は予約なしでどうぞ。話さず過ごすだけの席もあります。", State: community.StateOpen, Note: "1階に段差なし。駐車場2台。"},
			[]came{{-24, community.Counts{Young: 1, Working: 3, Elder: 9}, "芋煮の会"}, {-17, community.Counts{Working: 2, Elder: 8}, ""}, {-10, community.Counts{Children: 2, Young: 1, Working: 4, Elder: 10}, "開設1年の集い"}, {-3, community.Counts{Working: 3, Elder: 7}, ""}},
			[]brought{{-30, "", "", "csw", community.RoleBearer, "", 0}}, true},
		{"csw", "csw", community.Input{Name: "みんなの食卓 重ね", Kind: "kodomo", Fields: []string{"kodomo", "konkyu"}, District: "西部", Address: "重ね市西本町5-12 西公民館", Capacity: people(40), Hours: "第2・第4土曜 11時30分〜",
			Contact: "みんなの食卓実行委員会（社協が取次ぎ）", Terms: "こどもは無料、おとなは300円。前日までに予約。食物アレルギーは相談。", State: community.StateOpen},
			[]came{{-28, community.Counts{Children: 23, Young: 4, Working: 9, Elder: 3}, ""}, {-14, community.Counts{Children: 19, Young: 5, Working: 8, Elder: 4}, "もちつき"}}, nil, false},
		{"houkatsu", "houkatsu", community.Input{Name: "東町いきいきサロン", Kind: "salon", Fields: []string{"kaigo"}, District: "東部", Address: "東町自治会館", Capacity: people(20), Hours: "毎週水曜 13時30分〜15時", Contact: "東部地域包括支援センター",
			Terms: "65歳以上の方と、その家族。体操のできる服装で。", State: community.StateOpen}, []came{{-12, community.Counts{Elder: 14}, ""}, {-5, community.Counts{Elder: 16}, "認知症の講話"}}, nil, false},
		{"jiritsu", "jiritsu", community.Input{Name: "しごと体験工房 きっかけ", Kind: "shuro", Fields: []string{"shogai", "konkyu"}, District: "中央", Address: "重ね市中央1-8-3", Capacity: people(6), Hours: "平日 10時〜12時（週1回から）",
			Contact: "くらしサポート重ね", Terms: "面談のうえ見学・体験。交通費は実費（上限あり）。対人が苦手な方は一人作業から。", State: community.StateOpen}, nil, nil, false},
		{"sumai", "jimukyoku", community.Input{Name: "すまいの縁側 見守りつき住宅", Kind: "kyoju", Fields: []string{"kaigo", "shogai", "konkyu"}, District: "中央", Capacity: people(3), Hours: "入居の相談は平日 9時〜17時", Contact: "居住支援法人 すまいの縁側",
			Terms: "保証人は不要。生活費の見通しを一緒に立てます。", State: community.StateOpen}, nil, nil, false},
		{"minsei", "jimukyoku", community.Input{Name: "東部地区 ゆるやか見守り隊", Kind: "mimamori", Fields: []string{"kaigo"}, District: "東部", Hours: "週1回の声かけ", Contact: "民生委員・児童委員 東部地区", Terms: "本人か家族の希望がある世帯。", State: community.StateOpen}, nil, nil, false},
		{"kokusai", "jimukyoku", community.Input{Name: "にほんごサロン ことばの森", Kind: "ibasho", Fields: []string{"kodomo"}, District: "中央", Address: "国際交流協会 2階", Hours: "毎週日曜 14時〜16時", Contact: "重ね市国際交流協会", Terms: "外国にルーツのある方。こども連れ歓迎。", State: community.StatePaused,
			Note: "会場の工事のため、来年4月まで休み。"}, nil, nil, false},
		{"csw", "jimukyoku", community.Input{Name: "東部の立ち寄り場（仮称）", Kind: "ibasho", Fields: []string{"konkyu"}, District: "東部", Hours: "平日の午後を予定", Terms: "40代以上で、家から一歩出たい人。", State: community.StatePreparing,
			Note: "空き店舗を下見中。"}, nil, nil, false},
	}
}

// accompanied is the 参加支援 of the mother of the first household: a visit, the use, and how it goes.
func (s *seeder) accompanied(place *string) []deed {
	at := func(n int, name string, do func(o *home) error) deed {
		return deed{s.cal.at(n, 18, 30), name, func() error { return do(s.homes["household 1"]) }}
	}
	day := func(n int) string { return s.cal.day(n).String() }
	step := func(in joining.StepInput) func(o *home) error {
		return func(o *home) error {
			b, err := s.joining.Board(s.ctx, s.as("jimukyoku"), o.caseID)
			if err != nil {
				return err
			}
			j := b.Joinings[0]
			in.N = j.N
			in.PlaceID = *place
			return s.joining.Step(s.ctx, s.as("jimukyoku"), o.caseID, j.ID, in)
		}
	}
	return []deed{
		at(-50, "参加支援", func(o *home) error {
			return s.joining.Open(s.ctx, s.as("jimukyoku"), o.caseID, joining.Input{PersonID: o.persons["mother"], Item: consent.ItemProgress, Needs: []string{"place", "people"}, Fields: []string{"kaigo"}, Aim: "ibasho",
				Wish: "昔なじみとお茶が飲みたい。息子のことを聞かれない所がいい。", Free: "火曜・水曜の午後", District: "東部", OpenedOn: day(-50)})
		}),
		at(-47, "見学", step(joining.StepInput{Kind: joining.KindTrial, Day: day(-47), Outcome: "want", Body: "中村さんと二人で見学。帰りに「また来たい」と話す。"})),
		at(-40, "利用開始", step(joining.StepInput{Kind: joining.KindStart, Day: day(-40), Body: "週1回、火曜の午後から。"})),
		at(-12, "定着支援", step(joining.StepInput{Kind: joining.KindSettle, Day: day(-12), Method: "there", Outcome: "well", Body: "編み物を教える役になっている。足元の悪い日は休む。"})),
	}
}

// spotsOf makes the register: each place two months ago, its days and links on their days.
func (s *seeder) spotsOf() (deeds []deed) {
	for _, x := range spots() {
		id := ""
		deeds = append(deeds, deed{s.cal.at(-60, 11, 0), "place " + x.in.Name, func() error {
			x.in.AgencyID = s.agencies[x.agency].ID
			p, err := s.community.Save(s.ctx, s.as(x.by), "", x.in)
			id = p.ID
			return err
		}})
		for _, d := range x.days {
			deeds = append(deeds, deed{s.cal.at(d.day, 17, 30), "day at " + x.in.Name, func() error {
				return s.community.AddDay(s.ctx, s.as(x.by), id, community.DayInput{Day: s.cal.day(d.day).String(), Counts: d.counts, Note: d.note})
			}})
		}
		if x.accompanied {
			deeds = append(deeds, s.accompanied(&id)...)
		}
		for _, l := range x.links {
			deeds = append(deeds, s.bringing(&id, x.in.Name, l)...)
		}
	}
	return deeds
}

func (s *seeder) bringing(place *string, name string, l brought) []deed {
	deeds := []deed{{s.cal.at(l.day, 18, 0), "somebody at " + name, func() error {
		in := community.LinkInput{Role: l.role, Since: s.cal.day(l.day).String()}
		if l.home != "" {
			o := s.homes[l.home]
			in.CaseID, in.PersonID = o.caseID, o.persons[l.person]
		}
		return s.community.AddLink(s.ctx, s.as(l.by), *place, in)
	}}}
	if l.result == community.ResultNone {
		return deeds
	}
	return append(deeds, deed{s.cal.at(l.on, 18, 0), "result at " + name, func() error {
		d, err := s.community.Get(s.ctx, s.as(l.by), *place)
		if err != nil {
			return err
		}
		for _, x := range d.Links {
			if (x.CaseID != "") == (l.home != "") && x.Since == s.cal.day(l.day).String() {
				return s.community.SetResult(s.ctx, s.as(l.by), *place, x.ID, community.ResultInput{Result: l.result, ResultOn: s.cal.day(l.on).String(), N: x.N})
			}
		}
		return fmt.Errorf("nobody was brought to %s", name)
	}})
}
