package text

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Initial is the first letter of a reading (ふりがな), hiragana for Japanese: たなか → 「た」, ガルシア → 「が」,
// MARIA → 「M」. "" for an empty reading. It is all that a list may show of a name.
func Initial(kana string) string {
	g, _, _, _ := uniseg.FirstGraphemeClusterInString(strings.TrimLeft(kana, " \u3000"), -1)
	var b strings.Builder
	for _, r := range g {
		switch {
		case r >= 'ァ' && r <= 'ヶ':
			r -= 'ァ' - 'ぁ'
		case r >= 'ａ' && r <= 'ｚ':
			r -= 'ａ' - 'A'
		case r >= 'Ａ' && r <= 'Ｚ':
			r -= 'Ａ' - 'A'
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// IsKana tells whether a reading consists of kana, or of Latin letters for those who have no kana, with spaces, 「・」
// and 「ー」 between.
func IsKana(s string) bool {
	for _, r := range s {
		switch {
		case r >= 'ぁ' && r <= 'ゖ', r == 'ゝ', r == 'ゞ', r >= 'ァ' && r <= 'ヺ', r == 'ー', r == 'ヽ', r == 'ヾ', r == '・',
			r == 0x3099, r == 0x309A, // combining marks, kept as entered
			r == ' ', r == '\u3000', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-', r == '\'', r == '.',
			r >= 0xC0 && r <= 0x24F && r != 0xD7 && r != 0xF7, r >= 0x1E00 && r <= 0x1EFF:
		default:
			return false
		}
	}
	return true
}
