package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// variants maps old and variant kanji of names to the one that is searched. Compatibility ideographs are already made
// one by NFKC, but for those that have no decomposition, which stand here.
var variants = pairs(
	"髙", "高", "\uFA11", "崎", "碕", "崎", "嵜", "崎", "邉", "辺", "邊", "辺", "齋", "斎", "齊", "斎", "斉", "斎", "濵", "浜",
	"濱", "浜", "𠮷", "吉", "𣘺", "橋", "槗", "橋", "澤", "沢", "廣", "広", "櫻", "桜", "國", "国", "嶋", "島", "嶌", "島",
	"惠", "恵", "眞", "真", "實", "実", "榮", "栄", "壽", "寿", "瀨", "瀬", "德", "徳", "賴", "頼", "緖", "緒", "冨", "富",
	"舘", "館", "龍", "竜", "條", "条", "圓", "円", "兒", "児", "淺", "浅", "應", "応", "學", "学", "來", "来", "藏", "蔵",
	"黑", "黒", "萬", "万", "與", "与", "龜", "亀", "禮", "礼", "鐵", "鉄", "聲", "声", "佛", "仏", "槇", "槙", "曾", "曽",
	"彌", "弥", "禰", "祢", "檜", "桧", "渕", "淵", "渊", "淵", "鷗", "鴎", "靜", "静", "豐", "豊", "增", "増", "薰", "薫",
	"峯", "峰", "埜", "野", "亞", "亜", "驒", "騨",
)

// pairs makes a map of letters that stand two by two.
func pairs(list ...string) map[rune]rune {
	out := make(map[rune]rune, len(list)/2)
	for i := 0; i+1 < len(list); i += 2 {
		out[[]rune(list[i])[0]] = []rune(list[i+1])[0]
	}
	return out
}

// Fold is the search copy of a text: NFKC, hiragana for katakana, lower case, variant kanji made one, without variation
// selectors, joiners, middle dots and white space.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKC.String(s) {
		if r >= '一' { // no variant has a lower code
			if v, ok := variants[r]; ok {
				r = v
			}
		}
		switch {
		case r == '\n': // between the fields of a search copy
			b.WriteRune(r)
		case r >= 'ァ' && r <= 'ヶ':
			b.WriteRune(r - 'ァ' + 'ぁ')
		case isSelector(r), unicode.IsSpace(r), r == '・', r == '\u200C', r == '\u200D':
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFKC.String(b.String()) // what stood between a letter and its mark may be gone
}

func isSelector(r rune) bool {
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r >= 0x180B && r <= 0x180D
}
