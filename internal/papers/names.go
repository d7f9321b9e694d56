package papers

import (
	"slices"
	"strings"
	"unicode"

	"kasane/internal/text"
)

// Named is somebody (or something) whose name is looked for in free text.
type Named struct {
	Name, Kana, Alias string
	Call              string // what stands instead
	Whole             bool   // an agency or a place: only the whole name counts
}

// Hit is a place of a text, in code points, where a name stands.
type Hit struct {
	From, To int
	Call     string
	Who      int // index in the list of names; -1 when several share the name
}

// Finder finds names in text whatever their writing: variants of kanji, kana of either kind and width, spaces between and without.
type Finder struct {
	patterns []pattern // longest first
}

type pattern struct {
	folded []rune
	call   string
	who    int
	whole  bool // no name of a person: who says it first keeps it
	weak   bool // a part of a name that is a usual word as well: only with a form of address behind it
}

// honorifics are what makes a part of a name a name.
var honorifics = folded("さん", "さま", "様", "氏", "くん", "君", "ちゃん", "殿", "先生", "家", "宅", "夫妻", "兄弟", "姉妹")

// particles may stand around a name written in kana only; tails are what else may follow one.
const particles = "はがをにのともへでやかよ"

var tails = folded("だ", "です", "でし", "なら", "なの", "など", "なん", "まで", "まま", "って", "しか", "たち", "ら", "くらい", "ぐらい", "じゃ", "さえ", "すら", "ばかり")

func folded(list ...string) (out [][]rune) {
	for _, s := range list {
		out = append(out, []rune(text.FoldName(s)))
	}
	return out
}

// sharedCall stands for a family name that several bear.
const sharedCall = "（姓）"

// NewFinder looks for all of them.
func NewFinder(list []Named) *Finder {
	f := &Finder{}
	for i, n := range list {
		for _, whole := range []string{n.Name, n.Alias} {
			f.add(whole, n.Call, i, false)
			if n.Whole {
				if k := len(f.patterns) - 1; k >= 0 && f.patterns[k].who == i {
					f.patterns[k].whole = true
				}
				continue
			}
			parts := nameParts(whole)
			for _, p := range parts {
				f.add(p, n.Call, i, weakPart(p))
			}
			if len(parts) == 0 {
				f.halves(whole, n.Call, i)
			}
		}
		f.add(n.Kana, n.Call, i, len([]rune(text.FoldName(n.Kana))) < 4)
		for _, p := range nameParts(n.Kana) {
			f.add(p, n.Call, i, len([]rune(text.FoldName(p))) < 3)
		}
	}
	slices.SortStableFunc(f.patterns, func(a, b pattern) int { return len(b.folded) - len(a.folded) })
	return f
}

// nameParts are family and given name, when a space tells them apart.
func nameParts(s string) []string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '・' })
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// weakPart: one letter, or two of the alphabet, stand in other words as well.
func weakPart(p string) bool {
	r := []rune(text.FoldName(p))
	return len(r) < 2 || r[0] < 0x250 && len(r) < 3
}

// halves are the possible family and given names of a name without a space.
func (f *Finder) halves(name, call string, who int) {
	r := []rune(text.FoldName(name))
	for n := 1; n < len(r) && len(r) <= 8; n++ {
		weak := len(r) != 4 || n != 2 || !unicode.Is(unicode.Han, r[0]) // of four kanji the family name is two
		f.put(r[:n], call, who, weak)
		f.put(r[n:], call, who, weak)
	}
}

func (f *Finder) add(name, call string, who int, weak bool) {
	if r := []rune(text.FoldName(strings.TrimSpace(name))); len(r) > 0 {
		f.put(r, call, who, weak)
	}
}

func (f *Finder) put(r []rune, call string, who int, weak bool) {
	for i := range f.patterns {
		p := &f.patterns[i]
		if slices.Equal(p.folded, r) {
			p.weak = p.weak && weak
			if p.who != who && p.call != call && !p.whole {
				p.who, p.call = -1, sharedCall
			}
			return
		}
	}
	f.patterns = append(f.patterns, pattern{folded: r, call: call, who: who, weak: weak})
}

// letter is a folded character and where it stands in the text: its code points from and to.
type letter struct {
	r        rune
	from, to int
}

// letters folds a text character by character, so that every folded one knows where it came from.
func letters(s string) []letter {
	runes := []rune(s)
	var out []letter
	for i := 0; i < len(runes); {
		j := i + 1
		for j < len(runes) && belongs(runes[j]) {
			j++
		}
		for _, r := range text.FoldName(string(runes[i:j])) {
			out = append(out, letter{r, i, j})
		}
		i = j
	}
	return out
}

// belongs tells what is a part of the character before it.
func belongs(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Variation_Selector) || r == 0xFF9E || r == 0xFF9F || r == 0x200C || r == 0x200D
}

// Find gives the places in order; they do not overlap.
func (f *Finder) Find(s string) []Hit { return f.find(s, f.at) }

// Doubts are places that may be a name and may be a usual word as well: a name of one letter, a short one in kana, a half of a name that is written without a
// space, with no form of address behind. Only who reads the sentence can tell.
func (f *Finder) Doubts(s string) []Hit { return f.find(s, f.doubtful) }

func (f *Finder) find(s string, at func([]letter, int, pattern) bool) []Hit {
	in := letters(s)
	var out []Hit
	for i := 0; i < len(in); {
		n := 0
		for _, p := range f.patterns {
			if at(in, i, p) {
				n = len(p.folded)
				out = append(out, Hit{From: in[i].from, To: in[i+n-1].to, Call: p.call, Who: p.who})
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

// spelt tells whether the letters of a pattern stand at a place.
func spelt(in []letter, i int, p pattern) bool {
	n := len(p.folded)
	if i+n > len(in) || i > 0 && in[i].from == in[i-1].from || i+n < len(in) && in[i+n].from == in[i+n-1].from { // not inside of one character
		return false
	}
	for k, r := range p.folded {
		if in[i+k].r != r {
			return false
		}
	}
	return true
}

// doubtful: a weak pattern where a word may end. A kanji that goes on in another one (一番) is a part of that word.
func (f *Finder) doubtful(in []letter, i int, p pattern) bool {
	n := len(p.folded)
	if !p.weak || !spelt(in, i, p) {
		return false
	}
	behind, first := in[i+n:], p.folded[0]
	switch {
	case kana(first):
		return (i == 0 || apart(in[i-1].r)) && ends(behind)
	case unicode.Is(unicode.Han, first):
		return len(behind) == 0 || !unicode.Is(unicode.Han, behind[0].r)
	}
	return (i == 0 || !unicode.IsLetter(in[i-1].r)) && (len(behind) == 0 || !unicode.IsLetter(behind[0].r))
}

func (f *Finder) at(in []letter, i int, p pattern) bool {
	n := len(p.folded)
	if !spelt(in, i, p) {
		return false
	}
	behind := in[i+n:]
	if slices.ContainsFunc(honorifics, func(h []rune) bool { return begins(behind, h) }) {
		return true
	}
	if p.weak {
		return false
	}
	return !kana(p.folded[0]) || n > 5 || ends(behind) // plain kana may stand before it: むすめはなこが
}

// ends tells whether a name in kana may end before what follows.
func ends(behind []letter) bool {
	return len(behind) == 0 || apart(behind[0].r) || slices.ContainsFunc(tails, func(w []rune) bool { return begins(behind, w) })
}

func begins(in []letter, word []rune) bool {
	if len(in) < len(word) {
		return false
	}
	for k, r := range word {
		if in[k].r != r {
			return false
		}
	}
	return true
}

func kana(r rune) bool { return r >= 'ぁ' && r <= 'ゖ' || r == 'ー' }

// apart tells whether a name in kana may end here.
func apart(r rune) bool { return !kana(r) || strings.ContainsRune(particles, r) }

// Replace puts for every name what stands instead.
func (f *Finder) Replace(s string) string { return replaced(s, f.Find(s)) }
