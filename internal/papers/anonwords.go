package papers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kasane/internal/text"
)

// What stands in a 匿名版 instead of things that tell who or where somebody is.
const (
	anonymousPhone   = "（電話番号）"
	anonymousAddress = "（住所）"
	anonymousPlace   = "（地名・施設）"
)

const (
	arabic   = `[0-9０-９]`
	kanjiNum = `[〇零一二三四五六七八九十百]`
	anyNum   = `[0-9０-９〇零一二三四五六七八九]`
	anyHyph  = `[-－−‐‑–—―ーｰ]`
	anyGap   = `(?:` + anyHyph + `|[ 　()（）])`
	weekday  = `(?:\s*[（(][月火水木金土日][）)])?`
	further  = `(?:[のノ]?(?:` + arabic + `|` + kanjiNum + `)|丁目|番地?|号|` + anyHyph + `)*`
	town     = `(?:[\p{Han}]{2,3}[都道府県])?[\p{Han}ぁ-んァ-ヶー々]{1,7}[市区町村郡字][\p{Han}ぁ-んァ-ヶー々]{0,8}?`
)

// general is a kind of thing that is put in other words wherever it stands.
type general struct {
	find *regexp.Regexp
	put  func(string) string             // what stands instead
	ok   func(s string, at, to int) bool // whether a place counts, by what stands around; nil: every one
}

func always(s string) func(string) string { return func(string) string { return s } }

var generals = []general{
	{find: regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`), put: always("（メールアドレス）")},
	{find: regexp.MustCompile(`〒\s*` + anyNum + `{3}` + anyHyph + `?` + anyNum + `{4}`), put: always("（郵便番号）")},
	{find: regexp.MustCompile(`[0０]` + arabic + `{1,4}(?:` + anyHyph + `|[(（])` + arabic + `{1,4}(?:` + anyHyph + `|[)）])` + arabic + `{3,4}`), put: always(anonymousPhone)},
	{find: regexp.MustCompile(`[0０〇零](?:` + anyGap + `{0,2}` + anyNum + `){9,10}`), put: always(anonymousPhone), ok: noNumberAround},
	{find: regexp.MustCompile(`[A-ZＡ-Ｚ]` + arabic + `{4}` + anyHyph + arabic + `{4,}`), put: always(anonymousCase)},
	{find: regexp.MustCompile(town + arabic + `+(?:丁目|番地?|号|` + anyHyph + arabic + `+)` + further), put: always(anonymousAddress)},
	{find: regexp.MustCompile(town + kanjiNum + `+(?:丁目|番地|番` + kanjiNum + `+号)` + further), put: always(anonymousAddress)},
	{find: regexp.MustCompile(`(?:` + arabic + `|` + kanjiNum + `){1,3}丁目` + further), put: always(anonymousAddress)},
	{find: regexp.MustCompile(`(?:` + arabic + `{1,2}|` + kanjiNum + `{1,3})月\s*(?:` + arabic + `{1,2}|` + kanjiNum + `{1,3})日` + weekday), put: toMonth},
	{find: regexp.MustCompile(`[12１２]` + arabic + `{3}[-－/／.．]` + arabic + `{1,2}[-－/／.．]` + arabic + `{1,2}` + weekday), put: yearMonth, ok: noNumberAround},
	{find: regexp.MustCompile(`[RHSTMＲＨＳＴＭ]\s?` + arabic + `{1,2}[-－/／.．・]` + arabic + `{1,2}[-－/／.．・]` + arabic + `{1,2}` + weekday), put: eraMonth, ok: noNumberAround},
	{find: regexp.MustCompile(`(?:1[0-2]|0?[1-9])[/／](?:3[01]|[12][0-9])` + weekday), put: slashMonth, ok: noNumberAround},
	{find: regexp.MustCompile(`(?:1[0-2]|0?[1-9])[/／](?:3[01]|[12][0-9]|0?[1-9])\s*[（(][月火水木金土日][）)]`), put: slashMonth, ok: noNumberAround},
}

// noNumberAround: a part of a longer number is something else.
func noNumberAround(s string, at, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	behind, _ := utf8.DecodeRuneInString(s[to:])
	return !numeral(before) && before != '/' && !numeral(behind) && behind != '/'
}

func numeral(r rune) bool {
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("〇零一二三四五六七八九", r)
}

// The one rule for days: the month stays, the day goes.

func toMonth(s string) string {
	i := strings.Index(s, "月")
	return s[:i+len("月")]
}

func yearMonth(s string) string {
	p := numbersIn(s)
	return strconv.Itoa(p[0]) + "年" + strconv.Itoa(p[1]) + "月"
}

func eraMonth(s string) string {
	p := numbersIn(s)
	return string([]rune(s)[0]) + strconv.Itoa(p[0]) + "." + strconv.Itoa(p[1])
}

func slashMonth(s string) string { return strconv.Itoa(numbersIn(s)[0]) + "月" }

// numbersIn reads the numbers in a text.
func numbersIn(s string) []int {
	var out []int
	for _, f := range strings.FieldsFunc(text.Fold(s), func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(f)
		if err == nil {
			out = append(out, n)
		}
	}
	return out
}

// generalHits are the places of all general things.
func generalHits(s string) []Hit {
	var out []Hit
	for _, g := range generals {
		out = append(out, placesOf(g.find, s, g.ok, g.put)...)
	}
	return out
}

// placesOf finds an expression, in code points.
func placesOf(e *regexp.Regexp, s string, ok func(string, int, int) bool, put func(string) string) []Hit {
	var out []Hit
	for _, m := range e.FindAllStringIndex(s, -1) {
		if ok != nil && !ok(s, m[0], m[1]) {
			continue
		}
		m[0] += sentenceBefore(s[m[0]:m[1]])
		from := utf8.RuneCountInString(s[:m[0]])
		out = append(out, Hit{From: from, To: from + utf8.RuneCountInString(s[m[0]:m[1]]), Call: put(s[m[0]:m[1]]), Who: -1})
	}
	return out
}

// sentenceBefore is how much of what looks like an address is the sentence before it: 家は汐見町3丁目.
func sentenceBefore(s string) int {
	end := strings.IndexAny(s, "市区町村字郡")
	cut, han := 0, true // han: nothing before it, or a kanji: みなと野市 is no sentence
	for i, r := range s {
		if i >= end {
			break
		}
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		if strings.ContainsRune("はがをにともへで", r) && han && unicode.Is(unicode.Han, next) {
			cut = i + utf8.RuneLen(r)
		}
		han = i > 0 && han || unicode.Is(unicode.Han, r)
	}
	return cut
}

// merged puts places in order and makes one of those that overlap: the longest says what stands there.
func merged(list []Hit) []Hit {
	slices.SortStableFunc(list, func(a, b Hit) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	var out []Hit
	longest := 0
	for _, h := range list {
		if n := len(out); n > 0 && h.From < out[n-1].To {
			if h.To-h.From > longest {
				out[n-1].Call, longest = h.Call, h.To-h.From
			}
			out[n-1].To = max(out[n-1].To, h.To)
			continue
		}
		out, longest = append(out, h), h.To-h.From
	}
	return out
}

// replaced puts for every place what stands instead. The places are in order and do not overlap.
func replaced(s string, hits []Hit) string {
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

// Words that look like names of places, houses, schools and hospitals, and numbers that look like a part of an address or a telephone number.
var (
	placeWord = regexp.MustCompile(`[\p{Han}ァ-ヶー々]{1,8}(?:[都道府県市区町村郡]|団地|荘|アパート|マンション|ハイツ|コーポ|ハイム|駅|公園|神社|小学校|中学校|高校|高等学校|大学|保育園|幼稚園|こども園|病院|医院|診療所|クリニック|薬局)`)
	loneNum   = regexp.MustCompile(`(?:` + arabic + `{1,4}` + anyHyph + `){1,2}` + arabic + `{1,4}`)
	monthOnly = regexp.MustCompile(`^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])$`)
	// commonPlace are words of the office, not names.
	commonPlace = strings.Fields("当市 本市 他市 各市 全市 市町村 市区町村 他市町村 都道府県 当県 本県 他県 地区 学区 校区 各地区 町内 自治区 行政区 特別区 政令市 当町 当村 他区 総合病院 精神科病院 専門病院 入院先病院 公立病院 民間病院")
)

// placeDoubts are words that may name a place.
func placeDoubts(s string) []Hit {
	words := placesOf(placeWord, s, func(s string, at, to int) bool { return !slices.Contains(commonPlace, s[at:to]) }, always(anonymousPlace))
	return append(words, placesOf(loneNum, s, func(s string, at, to int) bool {
		return noNumberAround(s, at, to) && !monthOnly.MatchString(s[at:to])
	}, always("（番号）"))...)
}
