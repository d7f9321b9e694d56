package casesheets_test

import (
	"bytes"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/casesheets"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/joining"
	"kasane/internal/live"
	"kasane/internal/outreach"
	"kasane/internal/papers"
	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/store/storetest"
)

// telling is everything planted that tells who or where somebody is, or on which day something was.
var telling = []string{"田中", "\uFA10子", "つかこ", "﨑夫", "さきお", "さきちゃん", "渡邉", "はじめ", "髙橋", "社会福祉協議会", "社協", "就労支援センター", "福祉課", "汐見町", "磯辺", "090-0000-1234", "09000001234", "K2026-0001", "架空市",
	"1971", "11月20日", "2026-11-20", "25日に", "よしえ", "見知らぬ来談者", "13:45"}

func (d *desk) planted() {
	d.Helper()
	d.fill()
	d.write("p1", consent.ItemAddress, func(b *live.Builder) { b.Text("f/address", "潮県架空市磯辺1丁目2番") })
	d.write("p1", consent.ItemAddress, func(b *live.Builder) {
		b.Text("f/address", "潮県架空市汐見町3丁目4番")
		b.Text("f/tel_mobile", "090-0000-1234")
	})
	d.write("", consent.ItemFamily, func(b *live.Builder) {
		b.Text("f/visitor_name", "見知らぬ来談者 よしえ")
		b.Row("event", "event0000003", "a2", map[string]any{"when": "2026-11-20", "agency": "a2"}, map[string]string{"text": "田中つかこが磯辺から汐見町へ移った"})
	})
	d.write("p1", consent.ItemProgress, func(b *live.Builder) {
		b.Text("f/trouble", "塚子さんは25日に社協の渡邉さんと会い、さきちゃんのことで汐見町三ー四に電話（09000001234）。長男の﨑夫は在宅。")
		b.Text("f/need_other", "架空市の田中サキオの世話")
		b.Text("f/jp_hope", "田中さんは電車が好き")
	})
	x := outreach.Entry{ID: "entry-of-the-test-901", Tenant: tenant, CaseID: "c1", Kind: outreach.KindOutreach, PersonID: "p1", Item: consent.ItemProgress, AgencyID: "a3", AgencyName: "就労支援センター", UserID: "u3",
		UserName: "森", At: storetest.Start, Method: "visit", Met: []string{"family"}, Body: "本文", Relation: "talk", RecordedAt: storetest.Start}
	_, err := d.store.AddOutreach(d.ctx, x, "", nil, d.w.Entry("log901", access.VerbOutreachLog))
	d.ok(err)
	j := joining.Joining{ID: "j9", CaseID: "c1", PersonID: "p1", Item: consent.ItemProgress, Needs: []string{"place"}, Wish: "汐見町の近く", Free: "水曜 13:45", AgencyID: "a1", AgencyName: "福祉課", OpenedOn: "2026-11-20", N: 1, At: storetest.Start, By: "u1", ByName: "髙橋"}
	d.ok(d.store.AddJoining(d.ctx, tenant, j, d.w.Entry("join9", access.VerbJoiningSave)))
}

// anonymous makes the 匿名版 with every doubt hidden.
func (d *desk) anonymous(form, as string) []byte {
	d.Helper()
	open, err := d.svc.Doubts(d.ctx, d.holder, "c1", form)
	d.ok(err)
	w := casesheets.AnonymousWish{As: as, Sum: open.Sum}
	for _, x := range open.Doubts {
		w.Hide = append(w.Hide, papers.Mark{No: x.No, From: x.From, To: x.To})
	}
	file, name, err := d.svc.Anonymous(d.ctx, d.holder, "c1", form, w)
	d.ok(err)
	if !strings.HasPrefix(name, "匿名版_") || strings.Contains(name, "K2026") {
		d.Errorf("the file is called %s", name)
	}
	return file
}

// No planted word is in any byte of a 匿名版, on paper or in a file for a spreadsheet; people and agencies are called the same all through, and what is no secret stays.
func TestTheAnonymousSheet(t *testing.T) {
	d := newDesk(t)
	d.planted()
	for _, form := range []string{"uketsuke", "assessment", "outreach_plan", "joining_plan"} {
		pdf := d.anonymous(form, "pdf")
		pdftest.Sound(t, pdf)
		for _, msg := range pdfa.Lint(pdf) {
			t.Error(msg)
		}
		texts := map[string]string{"pdf": pdftest.Ink(pdftest.Text(t, pdf, "-raw")), "bytes": string(pdf), "xlsx": pdftest.Ink(unpacked(t, d.anonymous(form, "xlsx"))), "csv": pdftest.Ink(string(d.anonymous(form, "csv")))}
		for name, text := range texts {
			for _, word := range telling {
				if name == "bytes" && len(word) < 6 { // four digits stand somewhere in every file
					continue
				}
				if strings.Contains(text, pdftest.Ink(word)) {
					t.Errorf("%s as %s tells %q: %s", form, name, word, text)
				}
			}
		}
		want := map[string][]string{"uketsuke": {"匿名版", "本人", "50歳代", "（職員）", "（関係者）", "某日", "家族A", "☑ ひきこもり・不登校", "（省略）"}, "assessment": {"家族A", "（住所）", "借家・賃貸", "123,456円", "令和6年4月(2024-04)", "50歳代", "令和8年11月(2026-11)"},
			"outreach_plan": {"本人", "会話できる"}, "joining_plan": {"☐ 就労体験", "本人", "安心して過ごせる居場所"}}[form]
		for _, w := range want {
			if !strings.Contains(texts["pdf"], pdftest.Ink(w)) {
				t.Errorf("%s lacks %q: %s", form, w, texts["pdf"])
			}
		}
		if again := d.anonymous(form, "pdf"); !bytes.Equal(again, pdf) {
			t.Errorf("%s: the same content gives other bytes", form)
		}
	}
}

// A 匿名版 is made by who has decided about every doubt of the text as it is, by those who hold the record alone; both are in the log.
func TestWhoMakesAnAnonymousSheet(t *testing.T) {
	d := newDesk(t)
	d.planted()
	d.write("p1", consent.ItemHealth, func(b *live.Builder) { b.Text("f/doctor", "浜辺病院") })
	make := func(a access.Actor, w casesheets.AnonymousWish) error {
		_, _, err := d.svc.Anonymous(d.ctx, a, "c1", "assessment", w)
		return err
	}
	open, err := d.svc.Doubts(d.ctx, d.holder, "c1", "assessment")
	d.ok(err)
	found := false
	for _, x := range open.Doubts {
		found = found || x.Word == "浜辺病院"
	}
	if !found {
		t.Errorf("a hospital is no doubt: %+v", open.Doubts)
	}
	if err := make(d.holder, casesheets.AnonymousWish{As: "pdf"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("undecided: %v", err)
	}
	if err := make(d.holder, casesheets.AnonymousWish{As: "doc", Sum: open.Sum}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no form of a file: %v", err)
	}
	if err := make(d.holder, casesheets.AnonymousWish{As: "pdf", Sum: open.Sum, Hide: []papers.Mark{{No: 9999}}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a doubt that is none: %v", err)
	}
	for _, a := range []access.Actor{d.csw, d.job} {
		if _, err := d.svc.Doubts(d.ctx, a, "c1", "assessment"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", a.UserID, err)
		}
		if err := make(a, casesheets.AnonymousWish{As: "pdf", Sum: open.Sum}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", a.UserID, err)
		}
	}
	before := d.made()
	d.ok(make(d.holder, casesheets.AnonymousWish{As: "csv", Sum: open.Sum}))
	if log := d.audit(); len(log) != before+1 || log[0].Reason != access.ReasonCopy+"anonymous" || len(log[0].Hash) != 64 {
		t.Errorf("%+v", log[0])
	}
	d.write("p1", consent.ItemHealth, func(b *live.Builder) { b.Text("f/doctor", "岬病院") })
	if err := make(d.holder, casesheets.AnonymousWish{As: "pdf", Sum: open.Sum}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a text that has changed: %v", err)
	}
}
