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

// particles may stand around a name written in kana only.
const particles = "はがをにのともへでやかよ"

func folded(list ...string) (out [][]rune) {
	for _, s := range list {
		out = append(out, []rune(text.Fold(s)))
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
		f.add(n.Kana, n.Call, i, len([]rune(text.Fold(n.Kana))) < 4)
		for _, p := range nameParts(n.Kana) {
			f.add(p, n.Call, i, len([]rune(text.Fold(p))) < 3)
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
	r := []rune(text.Fold(p))
	return len(r) < 2 || r[0] < 0x250 && len(r) < 3
}

// halves are the possible family and given names of a name without a space.
func (f *Finder) halves(name, call string, who int) {
	r := []rune(text.Fold(name))
	for n := 1; n < len(r) && len(r) <= 8; n++ {
		f.put(r[:n], call, who, true)
		f.put(r[n:], call, who, true)
	}
}

func (f *Finder) add(name, call string, who int, weak bool) {
	if r := []rune(text.Fold(strings.TrimSpace(name))); len(r) > 0 {
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
		for _, r := range text.Fold(string(runes[i:j])) {
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
func (f *Finder) Find(s string) []Hit {
	in := letters(s)
	var out []Hit
	for i := 0; i < len(in); {
		n := 0
		for _, p := range f.patterns {
			if f.at(in, i, p) {
				n = len(p.folded)
				out = append(out, Hit{From: in[i].from, To: in[i+n-1].to, Call: p.call, Who: p.who})
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

func (f *Finder) at(in []letter, i int, p pattern) bool {
	n := len(p.folded)
	if i+n > len(in) || i > 0 && in[i].from == in[i-1].from || i+n < len(in) && in[i+n].from == in[i+n-1].from { // not inside of one character
		return false
	}
	for k, r := range p.folded {
		if in[i+k].r != r {
			return false
		}
	}
	behind := in[i+n:]
	if slices.ContainsFunc(honorifics, func(h []rune) bool { return begins(behind, h) }) {
		return true
	}
	if p.weak {
		return false
	}
	if !kana(p.folded[0]) || n > 5 {
		return true
	}
	return (i == 0 || apart(in[i-1].r)) && (len(behind) == 0 || apart(behind[0].r))
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
func (f *Finder) Replace(s string) string {
	hits := f.Find(s)
	if len(hits) == 0 {
		return s
	}
	runes, at := []rune(s), 0
	var b strings.Builder
	for _, h := range hits {
		b.WriteString(string(runes[at:h.From]))
		b.WriteString(h.Call)
		at = h.To
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}
