package papers

import (
	"context"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

func noticeExample() NoticeDoc {
	h := exampleHead()
	h.FormName, h.Version, h.ContentHash = "様式第1号（第5条関係）", 0, ""
	return NoticeDoc{Head: h, Number: "み福総第417号", Issued: date(2026, 11, 16), From: "みなと野市福祉総務課長", Sender: "髙木 誠司", Basis: "みなと野市重層的支援会議設置要綱第5条",
		Start: clock(14, 0), End: clock(15, 0), Place: "市役所2階 第3会議室", Form: "併用", Link: "https://kasane.example/meetings/01jabc", Reply: date(2026, 11, 20),
		Contact: "福祉総務課 包括支援係　佐々木\n電話 000-000-0000", Letters: []NoticeLetter{
			{Agency: "東部地域包括支援センター", Agenda: []string{"プランの適切性の協議", "社会資源の充足状況の把握と開発に向けた検討"}},
			{Agency: "民生委員・児童委員", More: true}}}
}

// Each agency has a letter of its own: number, day in 和暦, addressee, sender, the points, 以上; and nothing that is told to another one.
func TestNoticePaper(t *testing.T) {
	t.Parallel()
	res, err := printer().Notice(context.Background(), noticeExample())
	if err != nil || res.Pages != 2 {
		t.Fatal(res.Pages, err)
	}
	text := pdftest.Ink(pdftest.Text(t, res.PDF))
	first, second, ok := strings.Cut(text, pdftest.Ink("民生委員・児童委員　御中"))
	if !ok {
		t.Fatal(text)
	}
	for _, want := range []string{"様式第1号", "み福総第417号", "令和8年11月16日", "東部地域包括支援センター　御中", "髙木 誠司", "開催について（通知）", "記", "市役所2階 第3会議室（併用）", "（1）プランの適切性の協議",
		"令和8年11月20日", "準備シート", "本人が同意した範囲", "以上", "000-000-0000"} {
		if !strings.Contains(first, pdftest.Ink(want)) {
			t.Errorf("%q is missing in %s", want, first)
		}
	}
	if strings.Contains(second, pdftest.Ink("プランの適切性")) || !strings.Contains(second, pdftest.Ink("会議の場で示します")) {
		t.Errorf("the second letter: %s", second)
	}
	m := noticeExample()
	m.Number, m.Secrecy, m.Letters = "", true, m.Letters[:1]
	res, err = printer().Notice(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	if text = pdftest.Ink(pdftest.Text(t, res.PDF)); !strings.Contains(text, pdftest.Ink("第106条の6第5項")) || strings.Contains(text, pdftest.Ink("本人が同意した範囲")) {
		t.Errorf("secrecy in a 支援会議: %s", text)
	}
}
