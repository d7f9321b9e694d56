package meeting_test

import (
	"regexp"
	"strings"
	"testing"

	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/pdf/pdftest"
)

// thawMinutes lets the documents of sealed minutes go on, as a 訂正 does.
func (w *world) thawMinutes() {
	w.t.Helper()
	metas, err := w.store.OwnedDocs(w.ctx, "t", live.KindMinutes, w.id)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range metas {
		w.store.Live.Change("t", m.ID, func(x *live.Meta) { x.Frozen = false })
	}
}

// whenMade is the time a copy says it was made at.
var whenMade = regexp.MustCompile(`(記録九子|作成|作った日)令和.{0,30}?\d\d:\d\d`)

// inkOf is a copy as it reads, without when it was made.
func inkOf(t *testing.T, w *world, svc *copies.Service, id string, wish copies.Wish) string {
	t.Helper()
	wish.Purpose = "試験"
	m, err := svc.Make(w.ctx, clerk, id, wish, true)
	if err != nil {
		t.Fatalf("%s %s: %v", id, wish.Kind, err)
	}
	return whenMade.ReplaceAllString(pdftest.Ink(pdftest.Text(t, m.PDF, "-raw")), "$1")
}

// every is one wish of each kind whose text is that of the record.
var every = []copies.Wish{{Kind: copies.KindAgency, AgencyID: "a2"}, {Kind: copies.KindAgency, AgencyID: "a3"}, {Kind: copies.KindGiven, Look: papers.LookPlain}, {Kind: copies.KindAnonymous}}

// A copy says what was sealed, whatever is written into the documents of the meeting afterwards.
func TestCopyReadsWhatWasSealed(t *testing.T) {
	t.Parallel()
	w, s, svc := sealedWith(t)
	before := map[string]string{}
	for _, wish := range every {
		before[string(wish.Kind)+wish.AgencyID] = inkOf(t, w, svc, "minutes", wish)
	}
	w.thawMinutes()
	w.write(w.doc(live.KindMinutes, "", consent.ItemBasic), func(b *live.Builder) {
		b.Row("decision", "decision99", "z", nil, map[string]string{"text": "あとで書き足した決定"})
	})
	for _, wish := range every {
		got := inkOf(t, w, svc, "minutes", wish)
		if strings.Contains(got, "書き足した") || got != before[string(wish.Kind)+wish.AgencyID] {
			t.Errorf("%s %s: another text than the sealed one", wish.Kind, wish.AgencyID)
		}
	}
	// What was kept with the record is part of it: a copy is not made of anything else.
	for i := range w.store.Sealed {
		w.store.Sealed[i].Parts = []byte("{}")
	}
	for _, wish := range every {
		wish.Purpose = "試験"
		if _, err := svc.Make(w.ctx, clerk, "minutes", wish, true); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s of changed parts: %v", wish.Kind, err)
		}
	}
	_ = s
}

// Records that were sealed before their parts were kept are read from the documents, which stand still.
func TestCopyOfAnOlderRecord(t *testing.T) {
	t.Parallel()
	w, _, svc := sealedWith(t)
	before := inkOf(t, w, svc, "minutes", every[0])
	for i := range w.store.Sealed {
		w.store.Sealed[i].Parts, w.store.Sealed[i].PartsSHA256 = nil, ""
	}
	if got := inkOf(t, w, svc, "minutes", every[0]); got != before || !strings.Contains(got, debt) {
		t.Errorf("an older record: %s", got)
	}
}

// The plan outlives the 会議録 where its years are longer: its copies are made when the 会議録 was disposed of.
func TestCopyOfAPlanWithoutItsMinutes(t *testing.T) {
	t.Parallel()
	w, _, svc := sealedWith(t)
	w.store.DisposeMinutes(w.id)
	for _, wish := range every {
		if got := inkOf(t, w, svc, "plan", wish); !strings.Contains(got, "訪問") {
			t.Errorf("%s %s: %s", wish.Kind, wish.AgencyID, got)
		}
	}
}
