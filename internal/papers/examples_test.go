package papers

import (
	"time"

	"kasane/internal/jptime"
)

// A fictional household (8050), with the names that break ordinary software.

const (
	planHash   = "9f2c4e61b7a3d805e1c6f4a29b837d5066ef10c2943b8a7d51e0f6c3a2b9d4e8"
	minuteHash = "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b"
)

func clock(h, m int) time.Time     { return time.Date(2026, 11, 23, h, m, 0, 0, jptime.JST) }
func date(y, m, d int) jptime.Date { return jptime.Date{Year: y, Month: time.Month(m), Day: d} }

func exampleHead() Head {
	return Head{
		Municipality: "みなと野市", MeetingKind: "重層的支援会議", MeetingNo: 3, CaseID: "K2025-0012",
		DocumentNo: "福総第2026-0417号", Version: 2, At: clock(17, 20), ContentHash: minuteHash,
	}
}

var (
	chair     = Person{Agency: "みなと野市福祉総務課", Post: "課長", Name: "髙橋 \uFA19子", Kana: "たかはし かみこ"}
	recorder  = Person{Agency: "みなと野市福祉総務課", Post: "主事", Name: "山\uFA11 大輔", Kana: "やまざき だいすけ"}
	csw       = Person{Agency: "みなと野市社会福祉協議会", Post: "CSW", Name: "渡邉\U000E0100 さくら", Kana: "わたなべ さくら"}
	houkatsu  = Person{Agency: "東部地域包括支援センター", Post: "主任介護支援専門員", Name: "𠮷田 健一", Kana: "よしだ けんいち"}
	health    = Person{Agency: "県東部保健所", Post: "保健師", Name: "\uFA10本 葉子", Kana: "つかもと ようこ"}
	selfHelp  = Person{Agency: "自立相談支援センター", Post: "相談支援員", Name: "Nguyễn Thị Thu Hà", Kana: "グエン ティ トゥ ハー"}
	taxOffice = Person{Agency: "みなと野市収納課", Post: "係長", Name: "葛\U000E0100城 剛", Kana: "かつらぎ つよし"}
	welfare   = Person{Agency: "民生委員児童委員協議会", Post: "民生委員", Name: "齋藤 濵代", Kana: "さいとう はまよ"}
)

func exampleMatrix() RoleMatrix {
	agree := func(c MatrixCell, who string, m int) MatrixCell {
		c.Answer, c.AnsweredBy, c.AnsweredAt = "引受", who, clock(15, m)
		return c
	}
	return RoleMatrix{
		Agencies: []MatrixAgency{
			{Name: "本人（母）・家族"}, {Name: "東部地域包括支援センター", Lead: true}, {Name: "社会福祉協議会（CSW）"}, {Name: "県東部保健所"},
			{Name: "自立相談支援センター"}, {Name: "収納課"}, {Name: "民生委員", Absent: true},
		},
		Rows: []MatrixRow{
			{No: "1", Issue: "介護", Item: "母の介護サービスの見直しと服薬の管理", Cells: []MatrixCell{
				{Code: "本", Content: "薬カレンダーを使い、飲んだら印を付ける。"},
				agree(MatrixCell{Code: "◎", Content: "区分変更の申請を支援し、訪問看護と通所介護の導入を調整する。", Person: "𠮷田", Frequency: "週1回", Start: date(2026, 12, 1), Due: date(2027, 1, 31), Contact: "電話", Progress: "実施中"}, "𠮷田 健一", 12),
				{},
				agree(MatrixCell{Code: "△", Content: "主治医との連絡、認知症の診断の調整", Person: "\uFA10本", Frequency: "随時"}, "\uFA10本 葉子", 13),
				{}, {},
				{Code: "見", Content: "郵便物と雨戸の様子を見る。", Person: "齋藤", Frequency: "週2回", Answer: "提案中"},
			}},
			{No: "2", Issue: "社会的孤立・ひきこもり", Item: "長男との関係づくり（手紙・訪問）", Cells: []MatrixCell{
				{}, {Code: "情", Content: "母の訪問時の様子を知らせる。"},
				agree(MatrixCell{Code: "◎", Content: "手紙を月2回届け、母の訪問に同行して短く声をかける。本人が嫌がる日は無理をしない。", Person: "渡邉\U000E0100", Frequency: "月2回", Due: date(2027, 3, 31)}, "渡邉\U000E0100 さくら", 15),
				{Code: "○", Content: "こころの健康相談へのつなぎ、家族教室の案内", Person: "\uFA10本", Frequency: "月1回", Due: date(2027, 3, 31), Answer: "条件付き", Condition: "長男に会えるまでは家族への支援に限る。", AnsweredBy: "\uFA10本 葉子", AnsweredAt: clock(15, 18)},
				{Code: "△", Content: "就労準備支援の見学（本人の希望が出てから）"}, {}, {},
			}},
			{No: "3", Issue: "経済的困窮・滞納", Item: "家計の立て直しと国保税の分納", Cells: []MatrixCell{
				{Code: "本", Content: "通帳と請求書を一つの箱に集める。"}, {}, {Code: "△", Content: "日常生活自立支援事業の説明"}, {},
				agree(MatrixCell{Code: "◎", Content: "家計改善支援、収支の表を母と作る。", Person: "Nguyễn", Frequency: "月1回", Due: date(2026, 12, 25)}, "Nguyễn Thị Thu Hà", 20),
				{Code: "○", Content: "分納の相談に応じ、差押えの前に必ず知らせる。", Person: "葛\U000E0100城", Due: date(2026, 12, 10), Answer: "持ち帰り", Condition: "課内の決裁が要るため、11月30日までに回答する。", AnsweredBy: "葛\U000E0100城 剛", AnsweredAt: clock(15, 22)},
				{},
			}},
			{No: "4", Issue: "病気", Item: "ここにあるはずの内容は印字されない", Withheld: true, Cells: []MatrixCell{{Code: "◎", Content: "漏れてはならない病名"}}},
			{No: "5", Issue: "住まい", Item: "屋根の雨漏りの応急修理", NoLeadReason: "所有者（別居の長女）の意向を確かめてから決める。", Cells: []MatrixCell{
				{}, {Code: "？", Content: "長女への連絡の方法"}, {Code: "？", Content: "ボランティアによる応急処置の可否"}, {}, {}, {}, {},
			}},
		},
		Limits: []Limit{
			{Agency: "県東部保健所", Text: "夜間・休日の訪問はできない。緊急時は精神科救急情報センターへつなぐ。"},
			{Agency: "収納課", Text: "個別の納付の記録は、同意の範囲にある機関にだけ示す。"},
			{Agency: "民生委員", Text: "漏れてはならない事情", Withheld: true},
		},
	}
}

func exampleMatrixDoc() RoleMatrixDoc {
	return RoleMatrixDoc{
		Head: exampleHead(), Subject: Person{Name: "葛\U000E0100城 \uFA10江", Kana: "かつらぎ つかえ"}, PlanNo: "P2025-0012-2（再プラン第1回）",
		LeadAgency: "東部地域包括支援センター", MeetingDate: date(2026, 11, 23), Matrix: exampleMatrix(),
	}
}

func exampleAttendees() []Attendee {
	at := func(p Person, mode string, in, out time.Time) Attendee {
		return Attendee{Person: p, Mode: mode, In: in, Out: out, Member: true, SecrecyAt: clock(13, 58)}
	}
	list := []Attendee{
		at(chair, "会場", clock(13, 55), clock(15, 42)), at(recorder, "会場", clock(13, 50), clock(15, 42)),
		at(houkatsu, "会場", clock(13, 56), clock(15, 42)), at(csw, "会場", clock(13, 56), clock(15, 42)),
		at(health, "遠隔", clock(14, 2), clock(15, 42)), at(selfHelp, "遠隔", clock(13, 59), clock(15, 25)), at(taxOffice, "会場", clock(14, 10), clock(15, 42)),
	}
	list[5].Member, list[5].Appointed = false, "R8.11.16指定"
	list[6].ProxyFor, list[6].SecrecyAt = "収納課長 大\uFA11 誠", time.Time{}
	return list
}
