package papers

import (
	"context"
	"strings"
	"testing"

	"kasane/internal/pdf/pdftest"
)

func attendanceExample(blank bool) AttendanceDoc {
	h := exampleHead()
	h.Version, h.ContentHash, h.DocumentNo = 0, "", ""
	d := AttendanceDoc{Head: h, Start: clock(14, 0), End: clock(15, 42), Place: "市役所2階 第3会議室", Form: "併用", Basis: "社会福祉法第106条の4第2項第5号・みなと野市重層的支援会議設置要綱第5条", Chair: chair, Blank: blank, Planned: blank}
	for _, a := range exampleAttendees() {
		l := AttendanceLine{Person: a.Person, Member: a.Member, Appointed: a.Appointed, ProxyFor: a.ProxyFor}
		if !blank {
			l.State, l.Stays, l.SecrecyAt = "出席（"+a.Mode+"）", []Stay{{a.In, a.Out}}, a.SecrecyAt
			if a.ProxyFor != "" {
				l.State = "代理出席\n（" + a.Mode + "）"
			}
		}
		d.Lines = append(d.Lines, l)
	}
	if !blank {
		d.Lines[4].Stays = append(d.Lines[4].Stays, Stay{Start: clock(15, 50)})
		d.Lines = append(d.Lines, AttendanceLine{Person: welfare, Member: true, State: "書面"}, AttendanceLine{Person: Person{Agency: "みなと野市高齢福祉課"}, Member: true, State: "欠席"},
			AttendanceLine{Person: Person{Agency: "本人・家族", Name: "葛\U000E0100城 \uFA10江", Post: "母"}, Family: true, State: "出席（会場）", Stays: []Stay{{clock(14, 5), clock(14, 30)}}, SecrecyAt: clock(14, 4)})
		return d
	}
	d.Lines = append(d.Lines, AttendanceLine{Person: Person{Agency: "みなと野市高齢福祉課"}, Member: true}, AttendanceLine{Person: welfare, Member: true, State: "欠席連絡"})
	return d
}

// The sheet to be signed has a place to sign for everybody and lines to spare, and says what the signature is for; the one after the meeting has the times.
// Spare lines make no page of their own, however many are expected, and there are some wherever the page has room.
func TestSpareLinesMakeNoPage(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 30; n++ {
		m := attendanceExample(true)
		all := m.Lines
		for len(all) < n {
			all = append(all, all[0])
		}
		m.Lines = all[:n]
		without, err := printer().print(context.Background(), m.Head, "出席簿", a4Landscape, func(s *sheet) {
			s.block()
			s.Skip(43) // what stands above the table
			s.Table(toSign(m.Lines, tightLine, 0))
			s.Skip(11)
		})
		if err != nil {
			t.Fatal(err)
		}
		res := must(t)(printer().Attendance(context.Background(), m))
		text := pdftest.Text(t, res.PDF, "-layout")
		pages := strings.Split(strings.TrimRight(text, "\f"), "\f")
		if last := pages[len(pages)-1]; res.Pages > 1 && !strings.Contains(pdftest.Ink(last), pdftest.Ink(m.Lines[n-1].Agency)) {
			t.Errorf("%d people: the last page has nobody on it: %s", n, last)
		}
		if res.Pages > without.Pages {
			t.Errorf("%d people: %d pages, without spare lines %d", n, res.Pages, without.Pages)
		}
		if spare := strings.Count(pdftest.Ink(text), "会場・遠隔") - strings.Count(pdftest.Ink(text), "欠席連絡"); n <= 8 && spare < 2 {
			t.Errorf("%d people: no room for who comes unannounced", n)
		}
	}
}

func TestAttendancePaper(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"blank":  {"出席簿", "みなと野市重層的支援会議設置要綱第5条", "（予定）", "署名は、出席と、この会議で知った秘密", "会場・遠隔", "欠席連絡", "構成員外", "R8.11.16指定", "収納課長 大\uFA11 誠の代理", "当てはまるものに○"},
		"filled": {"出席簿", "出席 8人（うち代理 1人）　書面 1人　欠席 1人", "14:02～15:42", "15:50～", "代理出席", "未確認", "確認13:58", "本人・家族", "重層的支援会議　第3回", "髙橋 \uFA19子"},
	} {
		m := attendanceExample(name == "blank")
		res, err := printer().Attendance(context.Background(), m)
		if err != nil {
			t.Fatal(name, err)
		}
		pdftest.Sound(t, res.PDF)
		text := pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
		for _, w := range want {
			if !strings.Contains(text, pdftest.Ink(w)) {
				t.Errorf("%s: %q is missing in %s", name, w, text)
			}
		}
		for _, l := range m.Lines {
			if !strings.Contains(text, pdftest.Ink(l.Name)) || !strings.Contains(text, pdftest.Ink(l.Agency)) {
				t.Errorf("%s: %s is missing", name, l.Name)
			}
		}
		if name == "blank" && strings.Contains(text, "14:02") {
			t.Error("a sheet to be signed has times")
		}
		if m.Secrecy = true; name == "blank" {
			if text = pdftest.Ink(pdftest.Text(t, must(t)(printer().Attendance(context.Background(), m)).PDF)); !strings.Contains(text, "第106条の6第5項") {
				t.Error("the law is not named")
			}
		}
	}
}
