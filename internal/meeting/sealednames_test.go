package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/pdf/pdftest"
)

// TestNamesAndPlacesOfThen: a person was renamed after the sealing, and lives somewhere that is registered: neither the name of then, which the plan itself does
// not know any more, nor the address in another writing is left in a 匿名版, and the name is a candidate of a 開示用 copy.
func TestNamesAndPlacesOfThen(t *testing.T) {
	t.Parallel()
	w, _, svc := sealedSaying(t, debt+"、高橋崎塚子さんは汐見町三丁目四番五号、〇一二ー三四五ー六七八九、前は磯辺町2-7の浜風荘")
	docs, err := w.store.EnsureDocs(w.ctx, []live.Meta{{Tenant: "t", ID: "home", Kind: live.KindSection, CaseID: "c", OwnerID: "p1", PersonID: "p1", Item: consent.ItemAddress}},
		w.sec.Audit(w.clock.now(), access.VerbDocOpen, "home"))
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"潮県", "潮県見本市磯辺町2丁目7番", "潮県見本市磯辺町2丁目7番 浜風荘", "潮県見本市磯辺町2丁目7番 浜", ""} { // and taken back when they moved
		w.write(docs[0].ID, func(b *live.Builder) { b.Text("f/address", typed) })
	}
	w.write(docs[0].ID, func(b *live.Builder) {
		b.Set("f/address", "潮県見本市汐見町3丁目4番5号")
		b.Set("f/tel_home", "012-345-6789")
	})
	w.store.Edit(func(f *meeting.Facts) {
		f.Persons[0].Name, f.Persons[0].Kana = "鵺野 鏡", "ぬえの かがみ"
	})
	for _, kind := range []string{"minutes", "plan", "matrix"} {
		in, err := svc.Texts(w.ctx, clerk, kind)
		if err != nil {
			t.Fatal(err)
		}
		m, err := svc.Make(w.ctx, clerk, kind, copies.Wish{Kind: copies.KindAnonymous, Sum: in.Anonymous.Sum, Purpose: "研修"}, false)
		if err != nil {
			t.Fatal(err)
		}
		got := pdftest.Ink(pdftest.Text(t, m.PDF, "-raw"))
		for _, not := range []string{"塚", "鵺", "汐見町", "三丁目", "〇一二", "磯辺", "浜風"} {
			if strings.Contains(got, not) {
				t.Errorf("%s: %q is left: %s", kind, not, got)
			}
		}
		if !strings.Contains(got, "（住所）、（電話番号）") {
			t.Errorf("%s: %s", kind, got)
		}
		named := false
		for _, h := range in.Hints {
			for _, x := range h.Marks {
				r := []rune(in.Texts[x.No].Text)
				named = named || h.ID == "person1" && strings.Contains(string(r[x.From:x.To]), "塚")
			}
		}
		if !named {
			t.Errorf("%s: the name of then is no candidate: %+v", kind, in.Hints)
		}
	}
}
