package text

// LooksLikeMyNumber tells whether the text holds twelve digits (half or full width, also grouped by spaces or hyphens)
// that pass the check digit of an 個人番号. Kasane must not store such numbers: the form asks the user to take it out.
// A run of more than twelve digits is something else. About one in eleven other 12-digit numbers passes by chance,
// so the message must leave a way out.
func LooksLikeMyNumber(s string) bool {
	var run []int
	gap := false // a separator since the last digit
	for _, r := range s {
		d := digit(r)
		switch {
		case d >= 0:
			run, gap = append(run, d), false
		case separator(r) && len(run) > 0 && !gap:
			gap = true
		default:
			if myNumber(run) {
				return true
			}
			run, gap = run[:0], false
		}
	}
	return myNumber(run)
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

func separator(r rune) bool {
	return r == ' ' || r == '\u3000' || r == '-' || r == '－' || r == '‐' || r == 'ー' || r == '−'
}

// myNumber checks the digit of 行政手続における特定の個人を識別するための番号の利用等に関する法律の総務省令 第5条:
// 11 − (Σ Pn·Qn mod 11), 0 when the remainder is 0 or 1; Pn is the n-th digit from the right without the check digit,
// Qn = n+1 for n ≤ 6 and n−5 above.
func myNumber(d []int) bool {
	if len(d) != 12 {
		return false
	}
	sum := 0
	for n := 1; n <= 11; n++ {
		q := n + 1
		if n > 6 {
			q = n - 5
		}
		sum += d[11-n] * q
	}
	check := 11 - sum%11
	if check > 9 {
		check = 0
	}
	return d[11] == check
}
