package live_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/text"
	"kasane/internal/ydoc"
)

// TestMyNumberAroundAChange: a change is looked at with what stands around it only; the verdict is that of the whole text all the same, wherever it is
// typed or deleted, and whoever wrote what is beside it.
func TestMyNumberAroundAChange(t *testing.T) {
	t.Parallel()
	pieces := []string{"1234", "56", "7890", "18", "123456789018", "１２３４５６", "7", " ", "-", "ー", "　", "K", "あ", "𠮷", "本人の希望を聞く", ",", "\n"}
	refused, taken := 0, 0
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 7))
		d, clients := empty(t, live.KindPlan), []*livetest.Client{livetest.NewClient(7), livetest.NewClient(8)}
		for range 60 {
			c := clients[rng.IntN(2)]
			update := c.Edit(func(b *ydoc.Builder, doc *ydoc.Doc) {
				at := doc.Define("t:wish", ydoc.KindText)
				for range 1 + rng.IntN(3) {
					places := units(at.Text())
					if n := len(places) - 1; n > 0 && rng.IntN(3) == 0 {
						from := rng.IntN(n)
						b.TextDelete(at, places[from], places[from+1+rng.IntN(min(4, n-from))]-places[from])
					} else {
						b.TextInsert(at, places[rng.IntN(n+1)], strings.Repeat(pieces[rng.IntN(len(pieces))], 1+rng.IntN(2)))
					}
				}
			})
			was := c.Text("wish")
			ch, err := d.Check(agency, full, update)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			applied, err := d.Apply(ch)
			if want := text.LooksLikeMyNumber(was); (live.Code(err) == live.CodeMyNumber) != want {
				t.Fatalf("seed %d: %q holds a number: %t; taken: %v", seed, was, want, err)
			}
			if err != nil {
				refused++
				break
			}
			taken++
			for _, other := range clients {
				if other != c && applied.Update != nil {
					if err := other.Apply(applied.Update); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	if refused < 50 || taken < 2000 {
		t.Errorf("%d changes refused, %d taken: the pieces prove nothing", refused, taken)
	}
}

// units are the places between the characters of s, in UTF-16 units.
func units(s string) []int {
	places, n := []int{0}, 0
	for _, r := range s {
		n += utf16.RuneLen(r)
		places = append(places, n)
	}
	return places
}
