package papers

import (
	"context"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

// A 守秘義務確認書 to be signed is a sheet for each, with the duty as the kind of meeting has it; the list says who has confirmed, when and how.
func TestSecrecyPaper(t *testing.T) {
	t.Parallel()
	blank := must(t)(printer().Secrecy(context.Background(), secrecyExample(true)))
	pdftest.Sound(t, blank.PDF)
	if n := len(secrecyExample(true).Lines); blank.Pages != n {
		t.Errorf("%d pages for %d people", blank.Pages, n)
	}
	inOrder(t, blank, "みなと野市", "御中", "守秘義務確認書（誓約書）", "支援会議", "（予定）", "第106条の6第5項", "撮影・録音", "髙橋 \uFA19子", "署名", "山\uFA11 大輔")
	list := must(t)(printer().Secrecy(context.Background(), secrecyExample(false)))
	pdftest.Sound(t, list.PDF)
	says(t, list, "守秘義務確認書", "確認した内容", "確認 6人　未確認 1人", "髙橋 \uFA19子", "画面", "𠮷田 健一", "書面", "葛\U000E0100城 剛", "未確認")
	m := secrecyExample(true)
	m.Law, m.MeetingKind = false, "重層的支援会議"
	if text := pdftest.Ink(pdftest.Text(t, must(t)(printer().Secrecy(context.Background(), m)).PDF)); strings.Contains(text, "106条の6第5項") || !strings.Contains(text, "法令・契約が定める守秘義務") {
		t.Error("the duty of a 支援会議 is named where it does not hold")
	}
}

// The 資料受渡簿 tells of each paper who had it and whether it was taken back, of those one may not see how many there are; the one for the room has room for both.
func TestHandoverPaper(t *testing.T) {
	t.Parallel()
	res := must(t)(printer().Handover(context.Background(), handoverExample(false)))
	pdftest.Sound(t, res.PDF)
	says(t, res, "資料受渡簿", "閉会の7日後", "1　アセスメントシート（写し）.pdf", "まだ（閲覧の期限まで）", "東部地域包括支援センター", "画面で開いた", "写しを受け取った", "2　家計の表.xlsx", "15:40", "回収", "まだ、だれも受け取っていません", withheld+"の資料が1件")
	blank := must(t)(printer().Handover(context.Background(), handoverExample(true)))
	pdftest.Sound(t, blank.PDF)
	says(t, blank, "資料受渡簿", "資料の名前", "Ａ", "Ｅ", "Ａ　受領", "東部地域包括支援センター", "𠮷田 健一")
	empty := handoverExample(false)
	empty.Items, empty.Unseen = nil, 0
	inOrder(t, must(t)(printer().Handover(context.Background(), empty)), "資料受渡簿", "なし")
}

// says looks for words as they were set, wherever they stand.
func says(t *testing.T, res Result, words ...string) {
	t.Helper()
	text := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
	for _, w := range words {
		if !strings.Contains(text, pdftest.Ink(w)) {
			t.Errorf("%q is missing: %s", w, text)
		}
	}
}

// No label of a role leaves a lone character on a line of its own, however narrow the columns are.
func TestRoleLabelsLeaveNoLoneCharacter(t *testing.T) {
	t.Parallel()
	m := exampleMatrixDoc()
	for len(m.Matrix.Agencies) < 19 {
		m.Matrix.Agencies = append(m.Matrix.Agencies, m.Matrix.Agencies[len(m.Matrix.Agencies)%7])
	}
	codes := []string{"本", "△", "情", "◎", "見"}
	for i := range m.Matrix.Rows {
		m.Matrix.Rows[i].Cells = nil
		for k := range m.Matrix.Agencies {
			m.Matrix.Rows[i].Cells = append(m.Matrix.Rows[i].Cells, MatrixCell{Code: codes[(i+k)%len(codes)], Content: "内容"})
		}
	}
	text := pdftest.Text(t, must(t)(printer().RoleMatrix(context.Background(), m)).PDF, "-layout")
	for _, line := range strings.Split(text, "\n") {
		for _, word := range strings.Fields(line) {
			if word == "と" || word == "み" || word == "援" || word == "こと" {
				t.Fatalf("%q stands alone: %s", word, line)
			}
		}
	}
}
