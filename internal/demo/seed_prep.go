package demo

import (
	"fmt"

	"kasane/internal/consent"
	"kasane/internal/live"
	"kasane/internal/meeting"
)

// sheet is the 準備シート of one agency before a meeting that is still to come.
type sheet struct {
	login    string // who writes it
	day      int    // from today
	texts    []prose
	handedIn bool
}

// prepare writes a sheet, document by document, and hands it in when it is done.
func (g *gathering) prepare(s sheet) error {
	var places []place
	texts := map[place][]prose{}
	for _, x := range s.texts {
		if texts[x.place] == nil {
			places = append(places, x.place)
		}
		texts[x.place] = append(texts[x.place], x)
	}
	for _, at := range places {
		ref, err := g.meeting.EnsurePrep(g.ctx, g.as(s.login), g.id, "", g.persons[at.person], at.item)
		if err != nil {
			return fmt.Errorf("sheet of %q, %s: %w", at.person, at.item, err)
		}
		write := func(b *live.Builder) error {
			for _, x := range texts[at] {
				b.Text(x.key, g.cal.expand(x.text))
			}
			return nil
		}
		if _, err := g.live.ServerWrite(g.ctx, g.as(s.login), ref.DocID, write); err != nil {
			return fmt.Errorf("sheet of %q, %s: %w", at.person, at.item, err)
		}
	}
	if !s.handedIn {
		return nil
	}
	return g.act(s.login, meeting.ActPrepared, nil)
}

// house1Sheets: 東部包括 has handed in its sheet, the 民生委員 is still at it.
func house1Sheets() []sheet {
	home, health := place{"", consent.ItemBasic}, place{"mother", consent.ItemHealth}
	return []sheet{
		{login: "houkatsu", day: -3, handedIn: true, texts: []prose{
			{home, "picture", "母は身なりを整え、訪ねると必ずお茶を出してくださる。{-149}の初回訪問では、台所に同じ豆腐が7丁あった。暮らしの段取りを一人で続けるのが難しくなってきている。長男は2階の自室にいて、足音で在宅が分かる。"},
			{home, "work", "月1回訪問し、次の約束を母の手帳に大きく書いて帰る。{-35}から、デイサービスの見学の話を少しずつしている。訪問介護の再開は「あの子が嫌がるから」と保留のまま。長男とは、まだ話せていない。"},
			{home, "involve", "社協CSW: 長男への手紙が続いているため。\n民生委員: 夕方の見守りを頼める、いちばん近い人のため。\n訪問看護: 母がいちばん頼りにしているため。"},
			{home, "ask", "訪問看護へ: デイサービスの見学に、一度同行してほしい(来月中)。\n庁内の各課へ: 母あての書面は、訪問の日に合わせて一緒に読めるよう、送る前に知らせてほしい。"},
			{health, "picture", "朝の薬を夜に飲むことがあると、訪問看護から聞いた({-120})。飲み残しは月に6〜8包。"},
			{health, "work", "東町内科に、受診の付き添いと紹介状の頼み方を問い合わせている。返事は来週の予定。"},
			{health, "ask", "保健所へ: もの忘れの相談から受診までの、母が納得しやすい順番を一緒に考えてほしい。"},
		}},
		{login: "minsei", day: -1, texts: []prose{
			{home, "picture", "玄関先で10分ほど話すのが習いになっている。花の手入れと、長男のごはんの話が多い。長男の顔は、もう何年も見ていない。"},
			{home, "work", "今は週に1回のぞいている。夕方に出かける姿を見たときは、声をかけて一緒に帰る。"},
		}},
	}
}
