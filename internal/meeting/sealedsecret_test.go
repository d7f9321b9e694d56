package meeting_test

import (
	"fmt"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
)

// TestAddressSecretThenOrNow: 住所秘匿 keeps an address out of every copy when it stands now, and when it stood as the record was sealed and was lifted since:
// the record does not hold it, and no copy may hold more than that.
func TestAddressSecretThenOrNow(t *testing.T) {
	t.Parallel()
	const address = "見本町のアパート"
	for _, c := range []struct{ then, now, stands bool }{{false, false, true}, {true, false, false}, {false, true, false}, {true, true, false}} {
		w := newWorld(t)
		items := []consent.Item{consent.ItemBasic, consent.ItemAddress}
		w.grant(items, "a1", "a2", "a3")
		w.create(consent.ModeLayered, "")
		w.fill()
		ref, err := w.plans.EnsureDoc(w.ctx, w.sec, "", w.planID, "p1", consent.ItemAddress)
		if err != nil {
			t.Fatal(err)
		}
		w.write(ref.DocID, func(b *live.Builder) {
			b.Row("action", "action0009", "a9", nil, map[string]string{"text": address + "を訪ねる"})
			b.Cell("action0009", "a2", map[string]any{"code": "lead"}, nil)
		})
		if ref, err = w.svc.EnsureDoc(w.ctx, w.sec, w.id, "p1", consent.ItemAddress); err != nil {
			t.Fatal(err)
		}
		w.write(ref.DocID, func(b *live.Builder) {
			b.Row("decision", "decision09", "a9", nil, map[string]string{"text": address + "で会う"})
		})
		secret := func(v bool) {
			w.store.Edit(func(f *meeting.Facts) { f.Persons[0].AddressSecret, f.Persons[0].UpdatedAt = v, w.clock.now() })
		}
		w.toAgreed()
		secret(c.then)
		w.act(w.chair, meeting.ActClose, nil)
		room := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
		for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
			w.act(a, meeting.ActConfirm, map[string]any{"hash": room.Minutes.Hash, "ok": true})
		}
		w.act(w.chair, meeting.ActFinal, nil)
		secret(c.now)
		svc := copies.NewService(&shelf{w: w}, w.svc, cases.NewGatekeeper(w.store, w.svc, w.clock.now), takers{}, papers.New(pdf.New(pdf.Options{})), w.clock.now)
		for _, kind := range []string{"minutes", "plan", "matrix"} {
			in, err := svc.Texts(w.ctx, clerk, kind)
			if err != nil {
				t.Fatal(err)
			}
			for _, wish := range []copies.Wish{{Kind: copies.KindAgency, AgencyID: "a2"}, {Kind: copies.KindGiven, Look: papers.LookPlain}, {Kind: copies.KindAnonymous, Sum: in.Anonymous.Sum},
				{Kind: copies.KindRedacted, Sum: in.Sum, Unmarked: "全部開示の決定"}} {
				wish.Purpose = "試験"
				m, err := svc.Make(w.ctx, clerk, kind, wish, false)
				if err != nil {
					t.Fatalf("%s %s: %v", kind, wish.Kind, err)
				}
				what := fmt.Sprintf("%s, %s, secret at the sealing: %v, now: %v", kind, wish.Kind, c.then, c.now)
				if got := strings.Contains(pdftest.Ink(pdftest.Text(t, m.PDF, "-raw")), "アパート"); got != c.stands {
					t.Errorf("%s: the address stands there: %v", what, got)
				}
			}
		}
	}
}
