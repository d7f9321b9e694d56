package papers

import (
	"fmt"

	"kasane/internal/pdf"
)

// kinds words the kinds of problem for readers.
var kinds = map[pdf.Kind]string{
	pdf.NoGlyph:       "字形がなく、〓で印字",
	pdf.VariationLost: "異体字の指定が失われ、標準の字形で印字",
	pdf.InvalidText:   "壊れた文字コードのため、〓で印字",
	pdf.Dropped:       "印字しない制御文字のため、除外",
}

// maxListed bounds the list; the screen shows them all.
const maxListed = 100

// problems lists, on a draft, every character that is not printed as it was written.
func (s *sheet) problems() {
	found := s.Faces.Problems
	if !s.head.Draft || len(found) == 0 {
		return
	}
	if g := s.Geometry(); s.paper.W < s.paper.H && g.W > g.H { // after landscape pages
		s.Turn(s.paper)
	}
	s.Heading(2, "印字できない文字（案にのみ表示）", sectionStyle)
	s.Para(fmt.Sprintf("次の%d件は、入力されたとおりには印字されていません。氏名欄のものは、確定の前に外字の登録などの手当てが必要です。", len(found)), noteStyle)
	t := table([]float64{10, 62, 22, 40, s.Inner() - 134}, "№", "場所", "欄", "文字コード", "状態")
	for i, p := range found[:min(len(found), maxListed)] {
		field := "本文"
		if p.Name {
			field = "氏名"
		}
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{
			pdf.Text(fmt.Sprint(i + 1)), pdf.Text(p.Where), pdf.Text(field), pdf.Text(p.Code), pdf.Text(kinds[p.Kind]),
		}})
	}
	s.Table(t)
	if len(found) > maxListed {
		s.Para(fmt.Sprintf("ほか%d件", len(found)-maxListed), noteStyle)
	}
	s.Faces.Problems = found // the list itself is no further problem
}
