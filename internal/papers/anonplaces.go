package papers

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kasane/internal/text"
)

// homes finds what is registered of where a household lives and how it is called – addresses, telephone numbers – whatever the writing: full width, kanji
// numerals, 丁目・番・号 or hyphens, with the prefecture or without.
type homes struct {
	phones []*regexp.Regexp
	places [][]rune // addresses and parts of them, numbers and hyphens made one
}

// newHomes reads registered values; what is neither an address nor a number is passed over.
func newHomes(values []string) homes {
	var h homes
	for _, v := range values {
		v = strings.TrimSpace(v)
		digits := strings.Join(strings.FieldsFunc(text.Fold(v), func(r rune) bool { return r < '0' || r > '9' }), " ")
		switch bare := strings.ReplaceAll(digits, " ", ""); {
		case v == "":
		case addressLike.MatchString(v):
			h.address(v)
		case len(bare) >= 9 && len(bare) <= 11 && utf8.RuneCountInString(v) <= 20:
			h.phones = append(h.phones, numberIn(bare))
			if parts := strings.Fields(digits); len(parts) == 3 { // as neighbours say it, without the area code
				h.phones = append(h.phones, numberIn(parts[1]+parts[2]))
			}
		case len(bare) == 7 && utf8.RuneCountInString(v) <= 9: // 郵便番号
			h.phones = append(h.phones, numberIn(bare))
		}
	}
	return h
}

var addressLike = regexp.MustCompile(`[都道府県市区町村郡字]|丁目|番地`)

// digitsOf are the ways a digit is written.
var digitsOf = map[rune]string{'0': "0０〇零", '1': "1１一", '2': "2２二", '3': "3３三", '4': "4４四", '5': "5５五", '6': "6６六", '7': "7７七", '8': "8８八", '9': "9９九"}

// numberIn finds a number with or without hyphens, spaces and brackets.
func numberIn(digits string) *regexp.Regexp {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 {
			b.WriteString(anyGap + `{0,2}`)
		}
		b.WriteString("[" + digitsOf[d] + "]")
	}
	return regexp.MustCompile(b.String())
}

var (
	postcode  = regexp.MustCompile(`^〒?\s*[0-9０-９]{3}[-－−]?[0-9０-９]{4}\s*`)
	province  = regexp.MustCompile(`^(?:東京都|北海道|京都府|大阪府|\p{Han}{2,3}県)`)
	city      = regexp.MustCompile(`^.{1,8}?[市郡]`)
	ward      = regexp.MustCompile(`^.{1,4}?区`)
	townOf    = regexp.MustCompile(`^[^0-9０-９〇零一二三四五六七八九十百\s]{2,}`)
	townNamed = regexp.MustCompile(`^[^0-9０-９\s]{1,7}?[町村]`)
	number    = regexp.MustCompile(`[0-9０-９〇零一二三四五六七八九十百号室階のF]+$`)
)

// address keeps an address whole, without what everybody in the town shares, its town and its building alone.
func (h *homes) address(v string) {
	v = postcode.ReplaceAllString(v, "")
	fields := strings.Fields(v)
	if len(fields) == 0 {
		return
	}
	rest := fields[0]
	h.place(strings.Join(fields, ""))
	for _, e := range []*regexp.Regexp{province, city, ward} {
		if cut := e.FindString(rest); cut != "" && len(cut) < len(rest) {
			rest = rest[len(cut):]
		}
	}
	rest = strings.TrimPrefix(rest, "大字")
	h.place(rest)
	h.place(strings.TrimPrefix(townOf.FindString(rest), "字"))
	h.place(townNamed.FindString(rest))
	for _, house := range fields[1:] {
		h.place(house)
		h.place(number.ReplaceAllString(house, ""))
	}
}

func (h *homes) place(s string) {
	var out []rune
	for _, l := range addressLetters(s) {
		out = append(out, l.r)
	}
	for len(out) > 0 && out[len(out)-1] == '-' {
		out = out[:len(out)-1]
	}
	if len(out) >= 2 && slices.ContainsFunc(out, func(r rune) bool { return r > 0x2FFF }) {
		h.places = append(h.places, out)
	}
}

// hits are the places where one of them stands.
func (h homes) hits(s string) []Hit {
	var out []Hit
	for _, e := range h.phones {
		out = append(out, placesOf(e, s, noNumberAround, always(anonymousPhone))...)
	}
	if len(h.places) == 0 {
		return out
	}
	in, runes := addressLetters(s), []rune(s)
	digit := func(i int) bool { return i >= 0 && i < len(in) && in[i].r >= '0' && in[i].r <= '9' }
	for i := range in {
		for _, p := range h.places {
			if n := len(p); spelt(in, i, pattern{folded: p}) && !(digit(i) && digit(i-1)) && !(digit(i+n-1) && digit(i+n)) {
				to := in[i+n-1].to
				if i+n < len(in) && strings.ContainsRune("丁番号", runes[in[i+n].from]) { // …5号
					to = in[i+n].to
				}
				out = append(out, Hit{From: in[i].from, To: to, Call: anonymousAddress, Who: -1})
			}
		}
	}
	return out
}

// addressLetters folds a text as addresses are compared: every number in Arabic digits, and one hyphen for 丁目, 番地, 番, 号 and の between numbers.
func addressLetters(s string) []letter {
	in := letters(s)
	var out []letter
	for i := 0; i < len(in); {
		if n, value := numberAt(in, i); n > 0 {
			for _, d := range value {
				out = append(out, letter{d, in[i].from, in[i+n-1].to})
			}
			i += n
			continue
		}
		if n := joinAt(in, i); n > 0 && len(out) > 0 && out[len(out)-1].r >= '0' && out[len(out)-1].r <= '9' {
			out = append(out, letter{'-', in[i].from, in[i+n-1].to})
			i += n
			continue
		}
		out = append(out, in[i])
		i++
	}
	return out
}

var joints = folded("丁目", "番地の", "番地", "番", "号", "の", "-", "‐", "−", "–", "—", "―", "ー")

// joinAt is how many letters at a place join two numbers of an address.
func joinAt(in []letter, i int) int {
	for _, j := range joints {
		if begins(in[i:], j) {
			return len(j)
		}
	}
	return 0
}

// numberAt reads a number in kanji or Arabic digits; n is how many letters it takes, 0 for none.
func numberAt(in []letter, i int) (n int, value string) {
	const units = "〇一二三四五六七八九"
	total, run, tens := 0, "", false
	for ; i+n < len(in); n++ {
		r := in[i+n].r
		k := strings.IndexRune(units, r)
		switch {
		case r >= '0' && r <= '9':
			run += string(r)
		case k >= 0:
			run += string(rune('0' + k/len("〇")))
		case (r == '十' || r == '百') && len(run) < 2:
			unit := 10
			if r == '百' {
				unit = 100
			}
			times := 1
			if run != "" {
				times = int(run[0] - '0')
			}
			total, run, tens = total+times*unit, "", true
		default:
			return n, written(total, run, tens)
		}
	}
	return n, written(total, run, tens)
}

func written(total int, run string, tens bool) string {
	if !tens {
		return run
	}
	for _, d := range run {
		total += int(d - '0')
	}
	out := ""
	for ; total > 0; total /= 10 {
		out = string(rune('0'+total%10)) + out
	}
	return out
}
