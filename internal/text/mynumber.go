package text

import (
	"bytes"

	"kasane/internal/fault"
)

// LooksLikeMyNumber tells whether the text holds an 個人番号(マイナンバー): twelve digits that stand alone and pass its check digit.
// Kasane must not store such numbers.
//
// The digits may be half or full width, written together or divided by one kind of separator (1234 5678 9018, 1234-5678-9018). They do not
// stand alone as a part of a longer run (1234 5678 9018 2222 is a card, thirteen digits are a 法人番号) or with a Latin letter at either end
// (K123456789018, a hash). About one in eleven other 12-digit numbers passes by chance, so a refusal names the way out.
func LooksLikeMyNumber(s string) bool {
	var run []byte // digits, each separator between them as one '-' or ' '
	var before, last rune
	gaps := 0
	for _, r := range s {
		d, sep := digit(r), separator(r)
		switch {
		case d >= 0:
			if len(run) == 0 {
				before = last
			}
			run, gaps = append(run, byte('0'+d)), 0
		case len(run) == 0: // what most of a text is made of
		case sep != 0 && gaps == 0:
			run, gaps = append(run, sep), 1
		case sep != 0 && gaps < 3: // 「1234 - 5678」
			gaps++
			if sep == '-' {
				run[len(run)-1] = '-'
			}
		default:
			if heldIn(run, latin(before), latin(r) && gaps == 0) {
				return true
			}
			run, gaps = run[:0], 0
		}
		last = r
	}
	return heldIn(run, latin(before), false)
}

// MyNumber refuses a text that holds an 個人番号. The fault names no field.
func MyNumber(s string) error {
	if !LooksLikeMyNumber(s) {
		return nil
	}
	return fault.New(fault.Invalid, "個人番号(マイナンバー)の形をした12桁の数字があります。個人番号は保存できません。その数字を消してください。"+
		"ほかの番号のときは、「No123…」のように番号のすぐ前に英字を付けてください。").With("code", "my_number")
}

// heldIn looks through a run of digits and separators; joined tells whether a letter touches its first or its last digit.
func heldIn(run []byte, joinedFirst, joinedLast bool) bool {
	if len(run) < 12 {
		return false
	}
	run = bytes.TrimRight(run, "- ")
	words := bytes.Split(run, []byte{' '})
	for i, w := range words {
		joined := i == 0 && joinedFirst || i == len(words)-1 && joinedLast
		if !joined && myNumber(bytes.ReplaceAll(w, []byte{'-'}, nil)) {
			return true
		}
	}
	return len(words) > 1 && !joinedFirst && !joinedLast && !bytes.ContainsRune(run, '-') && myNumber(bytes.Join(words, nil))
}

func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// separator is what a number is divided by: ' ' and '-' in all their shapes, 0 for everything else.
func separator(r rune) byte {
	switch r {
	case ' ', '\u00A0', '\u2009', '\u202F', '\u3000':
		return ' '
	case '-', '－', '‐', '‑', '‒', '–', '—', '―', 'ー', 'ｰ', '−':
		return '-'
	}
	return 0
}

// EndsNumber tells whether a character ends every number: it is neither a digit nor one of the separators that may stand in one. Whether a text holds an
// 個人番号 can be found out piece by piece, when the pieces begin and end with such characters.
func EndsNumber(r rune) bool { return digit(r) < 0 && separator(r) == 0 }

func latin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 'ａ' && r <= 'ｚ' || r >= 'Ａ' && r <= 'Ｚ'
}

// myNumber checks the digit of 行政手続における特定の個人を識別するための番号の利用等に関する法律の総務省令 第5条:
// 11 − (Σ Pn·Qn mod 11), 0 when the remainder is 0 or 1; Pn is the n-th digit from the right without the check digit,
// Qn = n+1 for n ≤ 6 and n−5 above.
func myNumber(d []byte) bool {
	if len(d) != 12 {
		return false
	}
	sum := 0
	for n := 1; n <= 11; n++ {
		q := n + 1
		if n > 6 {
			q = n - 5
		}
		sum += int(d[11-n]-'0') * q
	}
	check := 11 - sum%11
	if check > 9 {
		check = 0
	}
	return int(d[11]-'0') == check
}
