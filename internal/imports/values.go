package imports

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"kasane/internal/jptime"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// blanks are what offices write where there is nothing.
var blanks = []string{"", "-", "－", "ー", "―", "−", "不明", "未確認", "?", "？"}

var (
	digits8  = regexp.MustCompile(`^(1[89]|20)\d{6}$`)
	digits7  = regexp.MustCompile(`^[1-5]\d{6}$`) // 3450302: the code of the era first
	letters6 = regexp.MustCompile(`^([MTSHRmtshr])(\d{2})(\d{2})(\d{2})$`)
	behind   = regexp.MustCompile(`(?:生まれ|生|(?:生まれ|生)?\(?満?\d{1,3}歳\)?)$`)
	yearOnly = regexp.MustCompile(`^(?:(明治|大正|昭和|平成|令和|[MTSHR])(元|\d{1,2})|((?:18|19|20)\d{2}))年?(?:(\d{1,2})月)?$`)
)

var eraOf7 = map[byte]string{'1': "M", '2': "T", '3': "S", '4': "H", '5': "R"}

// readDate reads a day in any of the ways in which it stands in a table; ISO.
func readDate(s string) (string, error) {
	s = strings.TrimSpace(s)
	if day, _, ok := strings.Cut(s, " "); ok && len(day) == len(time.DateOnly) { // with the time of the day
		s = day
	}
	n := norm.NFKC.String(s) // digits and letters only: nothing of it is kept
	switch {
	case digits8.MatchString(n):
		s = n[:4] + "-" + n[4:6] + "-" + n[6:]
	case digits7.MatchString(n):
		s = eraOf7[n[0]] + n[1:3] + "." + n[3:5] + "." + n[5:]
	case letters6.MatchString(n):
		s = letters6.ReplaceAllString(n, "$1$2.$3.$4")
	default:
		if day, ok := tables.Serial(n); ok && len(n) == 5 {
			return day, nil
		}
	}
	d, err := jptime.Parse(s)
	if err != nil {
		return "", err
	}
	return d.String(), nil
}

// readBirth is readDate for a birth date: the year, or year and month, are enough, and the age may stand behind.
func readBirth(s string) (string, error) {
	day, err := readDate(s)
	if err == nil {
		return day, nil
	}
	n := strings.ReplaceAll(norm.NFKC.String(s), " ", "")
	if n = behind.ReplaceAllString(n, ""); n != "" {
		if day, err := readDate(n); err == nil {
			return day, nil
		}
	}
	m := yearOnly.FindStringSubmatch(n)
	if m == nil {
		return "", err
	}
	year := m[3]
	if m[1] != "" {
		d, e := jptime.Parse(m[1] + m[2] + ".12.31")
		if e != nil { // the era ended in that year, or has not come so far
			d, e = jptime.Parse(m[1] + m[2] + ".1.1")
		}
		if e != nil {
			return "", e
		}
		year = strconv.Itoa(d.Year)
	}
	if m[4] == "" {
		return year, nil
	}
	month, _ := strconv.Atoi(m[4])
	if month < 1 || month > 12 {
		return "", err
	}
	return year + "-" + strings.Repeat("0", 2-len(strconv.Itoa(month))) + strconv.Itoa(month), nil
}

// readFlag reads yes and no.
func readFlag(s string) (value, ok bool) {
	switch text.Fold(s) {
	case "○", "〇", "◯", "◎", "有", "有り", "あり", "はい", "1", "true", "yes", "y", "レ", "✓", "✔", "☑", "■", "該当", "対象", "要":
		return true, true
	case "", "×", "✕", "無", "無し", "なし", "いいえ", "0", "false", "no", "n", "□", "☐", "非該当", "-", "ー", "―", "−", "不要":
		return false, true
	}
	return false, false
}

// readNumber reads a number with what stands around it in tables.
func readNumber(s string) (float64, bool) {
	n := strings.NewReplacer(",", "", "円", "", "¥", "", "人", "", " ", "").Replace(norm.NFKC.String(s))
	v, err := strconv.ParseFloat(n, 64)
	return v, err == nil
}

// parts cuts a cell that holds several things.
func parts(s string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;；\n／/", r) }) {
		if p = trim(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// trim takes the blanks at the ends away.
func trim(s string) string { return strings.Trim(s, " \u3000\t\n\r\u00A0") }

// relations are the words that say how somebody stands to the person.
var relations = strings.Fields(`本人 配偶者 妻 夫 父 母 長男 次男 二男 三男 四男 長女 次女 二女 三女 四女 子 息子 娘 祖父 祖母 兄 弟 姉 妹 孫 曾祖父 曾祖母 義父 義母 義兄 義弟 義姉 義妹 養父 養母 養子
	叔父 伯父 叔母 伯母 おじ おば 甥 姪 いとこ 同居人 内縁 内縁の妻 内縁の夫 パートナー 知人 長男の妻 次男の妻 子の妻 実父 実母 継父 継母 婿 嫁`)

// relative is somebody of the household as a cell says it.
type relative struct{ name, relation, lost string }

var (
	inBrackets  = regexp.MustCompile(`^(.+?)\s*[（(]([^（）()]+)[）)]$`)
	behindColon = regexp.MustCompile(`^([^:：]{1,10})[:：]\s*(.+)$`)
)

// readRelative reads 「渡邉 一郎（長男）」, 「長男：渡邉 一郎」, 「長男 渡邉 一郎」 and 「長男（渡邉 一郎）」; lost is what stood beside the relation. ok is false where it is not clear who is
// who.
func readRelative(s string) (r relative, ok bool) {
	if m := inBrackets.FindStringSubmatch(s); m != nil {
		inner := strings.FieldsFunc(m[2], func(r rune) bool { return strings.ContainsRune(" 　・.．", r) })
		switch {
		case slices.Contains(relations, trim(m[1])):
			return relative{name: trim(m[2]), relation: trim(m[1])}, true
		case len(inner) > 0 && slices.Contains(relations, inner[0]):
			return relative{trim(m[1]), inner[0], strings.Join(inner[1:], " ")}, true
		}
		return relative{}, false
	}
	if m := behindColon.FindStringSubmatch(s); m != nil && slices.Contains(relations, trim(m[1])) {
		return relative{name: trim(m[2]), relation: trim(m[1])}, true
	}
	for _, sep := range []string{" ", "　"} {
		if first, rest, found := strings.Cut(s, sep); found && slices.Contains(relations, first) {
			return relative{name: trim(rest), relation: first}, true
		}
	}
	return relative{}, false
}
