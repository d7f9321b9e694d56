package jpl

import (
	"strings"
	"unicode"
)

// Line breaking classes after JIS X 4051 (禁則処理).
const (
	notAtStart = "、。，．・：；？！‼⁇⁈⁉゛゜´｀¨＾ヽヾゝゞ々〻ー―…‥）〕］｝〉》」』】〙〗〟’”｠»％‰℃°′″" +
		"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ,.:;?!)]}%"
	notAtEnd    = "（〔［｛〈《「『【〘〖〝‘“｟«￥＄￡＃＠〒№｢([{$#@"
	neverSplit  = "…‥―—"
	mayHang     = "、。，．,."
	afterNumber = "年月日時分秒円人件名回歳頁号条項％%"
)

var (
	startBad = set(notAtStart)
	endBad   = set(notAtEnd)
	closers  = set("、。，．」』）〕］｝〉》】〙〗")
	openers  = set("「『（〔［｛〈《【〘〖")
)

func set(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}

// wordish tells the characters of Latin words, numbers, dates, mail addresses and URLs.
func wordish(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("'-_/.,:@&+=~", r))
}

// isMark tells combining marks, which belong to the character before them.
func isMark(r rune) bool { return r >= 0x300 && unicode.Is(unicode.Mn, r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

// forbidden says that no line may end between a and b on any account short of there being no other place.
func forbidden(a, b rune) bool {
	return b == ' ' || startBad[b] || endBad[a] || isMark(b) ||
		a == b && strings.ContainsRune(neverSplit, a)
}

// canBreak says whether a line may end between a and b.
func canBreak(a, b rune) bool {
	switch {
	case forbidden(a, b):
		return false
	case a == ' ':
		return true
	case wordish(a) && wordish(b):
		return strings.ContainsRune("/&=", a) && !digit(b) && b != a // inside a long URL
	case digit(a) && strings.ContainsRune(afterNumber, b), a == '第' && digit(b):
		return false // 12|月 and 第|3回 stay together
	}
	return true
}
