package main

import "fmt"

// text is one record to be set: what each engine gets, in its own way of saying it.
type text struct {
	Title  string   `json:"title"`
	Blocks []block  `json:"blocks"`
	Head   []string `json:"head"`
}

// block is one 議題: a heading, paragraphs, a table.
type block struct {
	Heading string     `json:"heading"`
	Paras   []string   `json:"paras"`
	Rows    [][]string `json:"rows"`
}

var said = []string{
	"母は「介護を受けながら、家で暮らしたい」と話し、長男は「（仕事を）続けられるか心配だ。」と述べた。地域包括支援センターは、要介護認定の更新(令和9年2月)までに、通所の回数をふやす方法を調べる。",
	"生活保護のケースワーカー、CSW、訪問看護ステーションの3者で、毎週水曜日の10時に電話をかわす。つながらないときは、その日のうちに訪問する。「様子を見る」は約束に数えない。",
	"渡邉\U000E0100さん(民生委員)から、夜間の見守りは「週2回までならできる」との申し出があった。髙橋さんは、見守りの記録をどこに書くか、誰が読むかを先に決めたいと述べた。",
	"ひきこもり地域支援センターは、本人と会えていない。手紙(3通)への返事はないが、玄関先の袋は受け取られている。無理に会おうとせず、6か月をめどに関係をつくる。",
	"Wi-Fiの契約が切れており、学校のタブレットが使えない。教育委員会は、モバイルルーターの貸与を〇月中に手配する。Nguyễn Thị Thu Hàさんの通訳は、国際交流協会に頼む。",
}

var planned = [][]string{
	{"服薬の管理", "物忘れが進み、朝夕の薬の飲み忘れが週に4回ある。一包化とお薬カレンダーで、本人が自分で確かめられるようにする。", "◎ 訪問看護が調整する"},
	{"家計の立て直し", "滞納(国民健康保険料、水道料金)の額を確かめ、分納の相談に同行する。督促状は、本人の前で一緒に開ける。", "○ 自立相談支援機関"},
	{"長男の日中の居場所", "「人が少なく、話しかけられない所」が本人の希望。図書館の開館直後、週1回30分から試す。", "◎ 参加支援事業者"},
	{"住まいの安全", "2階への階段に手すりがない。福祉用具の貸与(介護保険)と、ごみの搬出(環境課、減免あり)を並べて進める。", "○ 地域包括、△ 環境課"},
}

// record makes a record of n blocks; the same n gives the same record.
func record(n int) text {
	t := text{Title: "第12回 重層的支援会議 会議録", Head: []string{"№", "項目", "検討内容", "結論"}}
	for i := range n {
		b := block{Heading: fmt.Sprintf("議題%d　𠮷田家の支援プランについて", i+1)}
		for k := range 3 {
			b.Paras = append(b.Paras, said[(i+k)%len(said)]+said[(i+k+2)%len(said)])
		}
		for k := range 4 {
			p := planned[(i+k)%len(planned)]
			b.Rows = append(b.Rows, []string{fmt.Sprint(k + 1), p[0], p[1], p[2]})
		}
		t.Blocks = append(t.Blocks, b)
	}
	return t
}
