package desk

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kasane/internal/consent"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
)

var out = flag.String("out", "", "write the papers as PDF into this folder")

// made is every paper in every look.
func made(t *testing.T) map[string]papers.Result {
	t.Helper()
	p, ctx := papers.New(pdf.New(pdf.Options{})), context.Background()
	all := map[string]papers.Result{}
	put := func(name string, r papers.Result, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = r
	}
	for _, look := range papers.Looks() {
		n := "_" + string(look)
		r, err := p.Consent(ctx, docOf(empty(), look, false))
		put("consent_blank"+n, r, err)
		r, err = p.Consent(ctx, docOf(whole(), look, true))
		put("consent_filled"+n, r, err)
		r, err = p.WithdrawalSheet(ctx, docOf(empty(), look, false))
		put("withdrawal_blank"+n, r, err)
		r, err = p.WithdrawalSheet(ctx, docOf(withdrawn(), look, true))
		put("withdrawal_filled"+n, r, err)
		r, err = p.Receipt(ctx, receiptOf(withdrawn(), look))
		put("receipt"+n, r, err)
	}
	r, err := p.Consent(ctx, docOf(scribed(), papers.LookPlain, true))
	put("consent_scribed", r, err)
	r, err = p.Consent(ctx, docOf(oral(), papers.LookPlain, true))
	put("consent_oral", r, err)
	return all
}

func text(t *testing.T, r papers.Result) string {
	t.Helper()
	return strings.Join(strings.Fields(pdftest.Text(t, r.PDF, "-raw")), "")
}

// TestPapersAreSound: every paper in every look is a sound archive file, holds what it must and nothing that was not given.
func TestPapersAreSound(t *testing.T) {
	t.Parallel()
	all := made(t)
	for name, r := range all {
		pdftest.Sound(t, r.PDF)
		if *out != "" {
			if err := os.WriteFile(filepath.Join(*out, name+".pdf"), r.PDF, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if len(r.Problems) > 0 {
			t.Errorf("%s: problems %v", name, r.Problems)
		}
		got := text(t, r)
		if !strings.Contains(got, "葛\U000E0100城\uFA10江") {
			t.Errorf("%s does not hold the name as it was written", name)
		}
		if strings.Contains(name, "filled") || strings.HasPrefix(name, "receipt") {
			if !strings.Contains(got, "D2026-0031") {
				t.Errorf("%s has no number", name)
			}
		}
	}
	for _, c := range []struct{ paper, holds string }{
		{"consent_blank_normal", "情報共有に関する同意書"}, {"consent_blank_normal", "☐健康・医療"}, {"consent_blank_normal", "代筆の理由"}, {"consent_blank_normal", "☐成年後見人"},
		{"consent_blank_normal", "☐やさしい日本語"}, {"consent_blank_normal", "みなと野市収納課"},
		{"consent_filled_normal", "☑健康・医療"}, {"consent_filled_normal", "画面への自署、2画"}, {"consent_filled_normal", "𠮷田健一"}, {"consent_filled_normal", "同席した家族長男"},
		{"consent_filled_normal", "令和9年6月9日"}, {"consent_filled_normal", "文面の版第1版"},
		{"consent_blank_easy", "あなたの"}, {"consent_filled_easy", "名前や生まれた日"}, {"consent_blank_large", "☐家族"},
		{"withdrawal_blank_normal", "☐全部を撤回します"}, {"withdrawal_blank_normal", "受付者"}, {"withdrawal_blank_normal", "☐健康・医療"}, {"withdrawal_blank_easy", "☐お"}, {"withdrawal_filled_normal", "☑一部を撤回します"},
		{"withdrawal_filled_normal", "☑健康・医療"}, {"withdrawal_filled_normal", "☐みなと野市収納課"}, {"withdrawal_filled_normal", "窓口太郎"}, {"withdrawal_filled_normal", "周知先東部地域包括支援センター、みなと野市社会福祉協議会（CSW）"},
		{"receipt_normal", "同意書の控え"}, {"receipt_normal", "みなと野市収納課：全項目"}, {"receipt_normal", "同意は、いつでも全部または一部を撤回できます。"}, {"receipt_easy", "大切に"},
		{"consent_scribed", "代筆の理由右手の麻痺で字が書けないため"}, {"consent_scribed", "☑保佐人"}, {"consent_scribed", "代理権の範囲福祉サービスの利用契約の締結・変更・解除（代理行為目録１）"},
		{"consent_oral", "発言の要旨「ほっといてくれ」"}, {"consent_oral", "立会者中村由紀"}, {"consent_oral", "同意しません。"}, {"consent_oral", "状態不同意"}, {"receipt_normal", "☑介護"},
	} {
		if got := text(t, all[c.paper]); !strings.Contains(got, c.holds) {
			t.Errorf("%s does not hold %q:\n%s", c.paper, c.holds, got)
		}
	}
	for _, c := range []struct{ paper, not string }{
		{"consent_filled_normal", "司法"}, {"receipt_normal", "司法"}, {"consent_oral", "☑健康"}, {"consent_oral", "上の内容について説明を受け、同意します"}, {"receipt_easy", "警察"}, {"receipt_normal", "☑収入"}, {"receipt_normal", "☑健康"}, {"consent_blank_normal", "D2026"}, {"consent_filled_normal", "☐"},
	} {
		if strings.Contains(text(t, all[c.paper]), c.not) {
			t.Errorf("%s holds %q", c.paper, c.not)
		}
	}
	for name, r := range all { // a box goes to the next line with its label, and nothing but a box or a word begins a line
		for _, line := range strings.Split(pdftest.Text(t, r.PDF, "-raw"), "\n") {
			if line = strings.TrimRight(line, " "); strings.HasSuffix(line, "☐") || strings.HasSuffix(line, "☑") || strings.HasPrefix(line, "　☐") {
				t.Errorf("%s: a line is %q", name, line)
			}
		}
	}
	if n := all["consent_blank_large"].Pages; n < all["consent_blank_normal"].Pages {
		t.Errorf("large print takes %d pages", n)
	}
	if !strings.Contains(text(t, all["receipt_ruby"]), "どういしょ") || strings.Contains(text(t, all["receipt_normal"]), "どういしょ") {
		t.Error("readings stand where they do not belong, or not where they do")
	}
}

// TestSameRecordSameBytes: a paper of a record does not depend on when it is printed.
func TestSameRecordSameBytes(t *testing.T) {
	t.Parallel()
	p, ctx := papers.New(pdf.New(pdf.Options{})), context.Background()
	a, err := p.Receipt(ctx, receiptOf(withdrawn(), papers.LookRuby))
	if err != nil {
		t.Fatal(err)
	}
	later := model{Whole: withdrawn(), c: theCase(), look: papers.LookRuby, filled: true, left: true, now: said.AddDate(3, 0, 0), forms: forms()}
	d, err := later.doc()
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Receipt(ctx, d)
	if err != nil || !bytes.Equal(a.PDF, b.PDF) {
		t.Errorf("other bytes three years later: %v", err)
	}
}

// TestEveryFixedWordHasAReading: in the looks with readings no kanji of Kasane's own words is left without one.
func TestEveryFixedWordHasAReading(t *testing.T) {
	t.Parallel()
	var all []string
	for _, f := range consent.FormTexts() {
		all = append(all, append(append([]string{f.Title, f.Withdraw}, f.Paragraphs...), f.Easy...)...)
	}
	for _, look := range []papers.Look{papers.LookRuby, papers.LookEasy} {
		for _, w := range []consent.Whole{empty(), whole(), withdrawn()} {
			d := docOf(w, look, w.Record.ID != "")
			for _, list := range [][]papers.Check{d.Purposes, d.Others, d.Forms, d.Grantor, d.AgentKinds, d.Methods, d.Ways, d.Cares} {
				for _, c := range list {
					all = append(all, c.Label)
				}
			}
			for _, s := range d.Scope {
				for _, c := range s.Items {
					all = append(all, c.Label)
				}
			}
			for _, f := range append(d.Agent, d.Details...) {
				all = append(all, f.Label)
			}
			all = append(all, d.State)
		}
	}
	for _, s := range all {
		if kanji := papers.Unread(s); kanji != "" {
			t.Errorf("%q: no reading for %q", s, kanji)
		}
	}
	if len(all) < 100 {
		t.Errorf("only %d texts looked at", len(all))
	}
}
