package tables

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// builtinDate tells whether a number of the formats that every spreadsheet knows shows a day. The gaps are those of Japanese and Chinese ones.
func builtinDate(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 54 || n == 57 || n == 58)
}

// dateFormat tells whether a format shows a day: it has a y, e, g or d outside of quotes and brackets. A time alone is none.
func dateFormat(code string) bool {
	code = strings.ToLower(code)
	code, _, _ = strings.Cut(code, ";") // the format of positive numbers
	quoted, inside := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			inside = true
		case c == ']':
			inside = false
		case inside:
		case strings.HasPrefix(code[i:], "general"), strings.HasPrefix(code[i:], "g/標準"):
			i += len("general") - 1
		case c == 'y', c == 'd', c == 'g', c == 'e' && !(i > 0 && (code[i-1] == '0' || code[i-1] == '#')): // 0.00E+00 is a number
			return true
		}
	}
	return false
}

// dateOf is the day of a serial number of a spreadsheet, ISO; with the time of the day where it has one. The 29th of February 1900, which was none, is refused, and what
// lies before it is not to be trusted.
func dateOf(n float64, since04 bool) (string, bool) {
	begin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if since04 {
		begin = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if math.IsNaN(n) || n < 0 || n > 2_958_465 || !since04 && n < 61 {
		return "", false
	}
	day, part := math.Modf(n)
	at := begin.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02 15:04"), true
}

// Serial reads a day that stands in a table as the bare number of a spreadsheet: 25629 is 1970-03-02.
func Serial(s string) (string, bool) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return "", false
	}
	return dateOf(float64(n), false)
}

// number writes a number as a spreadsheet shows it: fifteen digits at most, no power of ten where they suffice.
func number(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
	return strconv.FormatFloat(n, 'g', 15, 64)
}
