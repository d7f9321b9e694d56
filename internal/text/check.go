package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"kasane/internal/fault"
)

// GraphemeLen counts what a person calls characters: 𠮷, 邉 with its variation selector and か+゛ count as one each.
func GraphemeLen(s string) int { return uniseg.GraphemeClusterCount(s) }

// Check refuses text that must not be stored. Line feeds and tabs are allowed. The error is fault.Invalid without a field.
func Check(s string) error {
	if !utf8.ValidString(s) {
		return fault.New(fault.Invalid, "文字コードが壊れた文字が含まれています。入力し直してください。")
	}
	for _, r := range s {
		if msg := refusal(r); msg != "" {
			return fault.New(fault.Invalid, msg).With("codePoint", codePoint(r))
		}
	}
	return nil
}

// CheckLine is Check for a single line of at most max graphemes.
func CheckLine(s string, max int) error {
	if strings.ContainsAny(s, "\n\t") {
		return fault.New(fault.Invalid, "改行やタブは使えません。1行で入力してください。")
	}
	return CheckMemo(s, max)
}

// CheckMemo is Check for text of several lines of at most max graphemes.
func CheckMemo(s string, max int) error {
	if err := Check(s); err != nil {
		return err
	}
	if n := GraphemeLen(s); n > max {
		return fault.Newf(fault.Invalid, "%d文字まで入力できます(今は%d文字)。", max, n)
	}
	return nil
}

func refusal(r rune) string {
	switch {
	case r == '\n' || r == '\t':
		return ""
	case unicode.IsControl(r): // C0, DEL, C1; also a carriage return: clients send \n
		return "画面に表示できない制御文字が含まれています。取り除いてください。"
	case r == 0x2028 || r == 0x2029:
		return "特殊な改行文字が含まれています。改行キーで入力し直してください。"
	case bidi(r):
		return "文字の向きを変える特殊な文字が含まれています。取り除いてください。"
	case unicode.Is(unicode.Co, r):
		return "外字(私用領域の文字)は使えません。別の文字にするか、備考に字形を書いてください。"
	case noncharacter(r):
		return "文字として使えない符号が含まれています。取り除いてください。"
	}
	return ""
}

// bidi tells the characters that change the direction of the text around them.
func bidi(r rune) bool {
	return r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

func noncharacter(r rune) bool {
	return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

func codePoint(r rune) string {
	const hex = "0123456789ABCDEF"
	b := []byte("U+")
	started := false
	for shift := 20; shift >= 0; shift -= 4 {
		d := r >> shift & 15
		if started = started || d != 0 || shift < 16; started {
			b = append(b, hex[d])
		}
	}
	return string(b)
}

// Boundaries are the byte offsets in s at which a grapheme cluster (what a reader takes for one character) begins, and len(s).
func Boundaries(s string) []int {
	out := []int{}
	at, state := 0, -1
	for rest := s; rest != ""; {
		var c string
		out = append(out, at)
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(c)
	}
	return append(out, at)
}
