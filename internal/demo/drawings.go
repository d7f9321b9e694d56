package demo

import (
	"fmt"
	"strconv"

	"kasane/internal/consent"
	"kasane/internal/live"
)

// drawing is 世帯の図 of a household.
type drawing struct {
	events []event
	kin    []kin
	ties   []tie
	links  []link
	bonds  []bond
}

// event is a line of the 家族年表: so many years ago, told by an agency ("" = the person).
type event struct {
	place
	years  int
	agency string
	text   string
}

// kin is a relative who is no 世帯員; born and died are years ago, 0 = unknown.
type kin struct {
	key, name, sex string
	born, died     int
}

// tie joins two people by the keys of persons or relatives.
type tie struct{ a, b, kind string }

// bond is how two people stand to each other, by the keys of persons or relatives; the first of them is a person.
type bond struct{ a, b, kind string }

// link is a line of the エコマップ, to an agency by its key or to what is only named.
type link struct{ person, agency, name, kind, flow string }

func house1Drawing() drawing {
	home, mother, son := place{"", consent.ItemFamily}, place{"mother", consent.ItemBasic}, place{"son", consent.ItemBasic}
	return drawing{
		events: []event{
			{home, 52, "", "現住所に自宅を建てる。"}, {place{"son", consent.ItemWork}, 32, "", "大学を卒業して食品会社に就職。"},
			{place{"son", consent.ItemWork}, 22, "", "退職。"}, {son, 22, "", "自室で過ごすようになる。"},
			{place{"mother", consent.ItemFamily}, 12, "", "夫が亡くなる。"}, {home, 6, "minsei", "長女が長男に外へ出るよう勧め、口論になる。以後、長女は帰省していない。"},
			{place{"mother", consent.ItemHealth}, 2, "houkatsu", "台所で転倒し、救急搬送。"}, {place{"mother", consent.ItemCare}, 2, "houkatsu", "要介護1。"},
			{place{"mother", consent.ItemCare}, 1, "houkatsu", "訪問介護を週2回利用。長男が「知らない人を入れるな」と言い、3か月で中止。"},
			{mother, 0, "minsei", "集金の日を何度も間違えることに民生委員が気づき、包括へ相談。"},
		},
		kin: []kin{{"father", "夫", "male", 84, 12}, {"daughter", "長女", "female", 57, 0}, {"inlaw", "長女の夫", "male", 0, 0}},
		ties: []tie{{"father", "mother", "married"}, {"father", "son", "child"}, {"mother", "son", "child"}, {"father", "daughter", "child"},
			{"mother", "daughter", "child"}, {"daughter", "inlaw", "married"}},
		links: []link{{"mother", "houkan", "", "strong", "from"}, {"mother", "houkatsu", "", "plain", "from"}, {"mother", "minsei", "", "strong", "both"},
			{"mother", "", "隣家の奥さん", "strong", "both"}, {"mother", "", "長女", "weak", "from"}, {"son", "", "長女", "tense", ""},
			{"son", "csw", "", "weak", "from"}, {"son", "", "前の勤め先", "cut", ""}, {"", "jiritsu", "", "weak", "from"}, {"", "zeimu", "", "tense", "from"}},
		bonds: []bond{{"mother", "son", "fused"}, {"mother", "daughter", "distant"}, {"son", "daughter", "conflict"}},
	}
}

func house2Drawing() drawing {
	home := place{"", consent.ItemFamily}
	return drawing{
		events: []event{
			{place{"mother", consent.ItemFamily}, 15, "", "結婚。"}, {place{"daughter", consent.ItemFamily}, 14, "", "生まれる。"},
			{place{"brother", consent.ItemFamily}, 7, "", "生まれる。"}, {place{"mother", consent.ItemAbuse}, 7, "", "このころから夫の暴言と物を壊す行為が続く。"},
			{place{"mother", consent.ItemAbuse}, 1, "", "長女の前で殴られ、翌朝に子ども二人を連れて家を出る。"}, {home, 1, "kodomo", "重ね市に転入。"},
			{place{"daughter", consent.ItemSchool}, 0, "ssw", "欠席が月12日となり、SSWが家庭訪問。"},
		},
		kin:   []kin{{"father", "父", "male", 0, 0}, {"granny", "母方の祖母", "female", 68, 0}},
		ties:  []tie{{"father", "mother", "separated"}, {"father", "daughter", "child"}, {"mother", "daughter", "child"}, {"father", "brother", "child"}, {"mother", "brother", "child"}, {"granny", "mother", "child"}},
		links: []link{{"mother", "kodomo", "", "strong", "both"}, {"daughter", "ssw", "", "plain", "from"}, {"mother", "sora", "", "plain", "from"}},
	}
}

// draw writes what of the drawing belongs into the document of a person and item.
func (o *home) draw(b *live.Builder, who string, item consent.Item) {
	d := o.h.drawing
	for i, e := range d.events {
		if e.person != who || e.item != item {
			continue
		}
		values := map[string]any{"when": strconv.Itoa(o.cal.today.Year - e.years)}
		if e.agency != "" {
			values["agency"] = o.agencies[e.agency].ID
		}
		b.Row("event", rowID("event", i), live.Ord(i), values, map[string]string{"text": e.text})
	}
	if item == consent.ItemFamily {
		o.bonds(b, who)
	}
	if who != "" || item != consent.ItemFamily {
		return
	}
	people := map[string]string{"": ""}
	for key, id := range o.persons {
		people[key] = id
	}
	for i, k := range d.kin {
		people[k.key] = rowID("kin", i)
		values := map[string]any{"sex": k.sex}
		if k.born != 0 {
			values["birth"] = strconv.Itoa(o.cal.today.Year - k.born)
		}
		if k.died != 0 {
			values["dead"], values["death"] = true, strconv.Itoa(o.cal.today.Year-k.died)
		}
		b.Row("kin", rowID("kin", i), live.Ord(i), values, map[string]string{"text": k.name})
	}
	for i, t := range d.ties {
		b.Row("tie", rowID("tie", i), live.Ord(i), map[string]any{"a": people[t.a], "b": people[t.b], "kind": t.kind}, nil)
	}
	for i, l := range d.links {
		values, texts := map[string]any{"person": people[l.person], "kind": l.kind, "flow": l.flow}, map[string]string{}
		if l.agency != "" {
			values["agency"] = o.agencies[l.agency].ID
		} else {
			texts["text"] = l.name
		}
		b.Row("link", rowID("link", i), live.Ord(i), values, texts)
	}
}

// bonds writes the halves that belong to a person, or to the relatives, who stand in the document of the household.
func (o *home) bonds(b *live.Builder, who string) {
	kin := map[string]string{}
	for i, k := range o.h.drawing.kin {
		kin[k.key] = rowID("kin", i)
	}
	for i, x := range o.h.drawing.bonds {
		for _, half := range []struct{ end, key, kind string }{{"a", x.a, x.kind}, {"b", x.b, ""}} {
			values := map[string]any{"end": half.end}
			if half.kind != "" {
				values["kind"] = half.kind
			}
			relative := kin[half.key]
			if relative != "" {
				values["who"] = relative
			}
			if relative == "" && half.key == who || relative != "" && who == "" {
				b.Row("bond", rowID("bond", i), live.Ord(i), values, nil)
			}
		}
	}
}

func rowID(kind string, i int) string { return fmt.Sprintf("%s%010d", kind, i) }
