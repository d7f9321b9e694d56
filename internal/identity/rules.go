package identity

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,63}$`)

// storedRoles may be given to an account; access.RoleGuest comes from a link only.
var storedRoles = []access.Role{access.RoleSecretariat, access.RoleCity, access.RoleChair, access.RoleAgency,
	access.RoleObserver, access.RoleRecords, access.RoleAuditor, access.RoleAdmin, access.RoleStaffAdmin}

// staffRoles are those a 機関管理者 may give to the people of the own agency.
var staffRoles = []access.Role{access.RoleAgency, access.RoleObserver, access.RoleStaffAdmin}

func checkUser(in UserInput) error {
	if !loginForm.MatchString(in.Login) {
		return fault.New(fault.Invalid, "ログイン名は半角の英小文字・数字と . _ @ - で、2文字から64文字にしてください。").On("login")
	}
	if err := checkLine(in.Name, "name", "氏名", 1, 60); err != nil {
		return err
	}
	if err := checkLine(in.Kana, "kana", "ふりがな", 0, 80); err != nil {
		return err
	}
	if !text.IsKana(in.Kana) {
		return fault.New(fault.Invalid, "ふりがなは、かな(またはローマ字)で入力してください。").On("kana")
	}
	if err := checkLine(in.Post, "post", "職", 0, 60); err != nil {
		return err
	}
	if in.AgencyID == "" {
		return fault.New(fault.Invalid, "所属する機関を選んでください。").On("agencyId")
	}
	if len(in.Roles) == 0 || len(in.Roles) > len(storedRoles) {
		return fault.New(fault.Invalid, "役割を一つ以上選んでください。").On("roles")
	}
	for _, r := range in.Roles {
		if !slices.Contains(storedRoles, r) {
			return fault.New(fault.Invalid, "この役割は付けられません。").On("roles")
		}
	}
	return nil
}

// Lengths of a password. The upper bound keeps a megabyte of password from being hashed.
const (
	passwordMin     = 10
	passwordMinDemo = 4 // the passwords of a demo are printed on its sign-in page
	passwordMax     = 200
)

// checkPassword refuses what is guessed first: too short, the login, one character, a row of the keyboard, a word of every list. It asks for no mixture of
// kinds of characters, which makes passwords that are forgotten and not safe (NIST SP 800-63B).
func checkPassword(p, login string, least int, demo bool) error {
	n := utf8.RuneCountInString(p)
	switch {
	case n < least:
		return fault.Newf(fault.Invalid, "パスワードは%d文字以上にしてください。長い文でもかまいません。", least).On("password")
	case n > passwordMax:
		return fault.Newf(fault.Invalid, "パスワードは%d文字までにしてください。", passwordMax).On("password")
	case demo:
		return nil
	case strings.Contains(strings.ToLower(p), login):
		return fault.New(fault.Invalid, "パスワードにログイン名を含めないでください。").On("password")
	case oneCharacter(p):
		return fault.New(fault.Invalid, "同じ文字だけのパスワードは使えません。").On("password")
	case common(p):
		return fault.New(fault.Invalid, "よく使われるパスワードのため、すぐに当てられてしまいます。別のものにしてください(関係のない言葉を3つ並べるのがおすすめです)。").On("password")
	}
	return nil
}

// rows are what hands type without thinking.
var rows = []string{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "あいうえおかきくけこさしすせそ"}

// usual are words at the head of every list of leaked passwords, and those of this field.
var usual = []string{"password", "passw0rd", "welcome", "letmein", "iloveyou", "admin", "administrator", "qwerty", "qazwsx", "sunshine", "princess",
	"football", "baseball", "dragon", "monkey", "master", "login", "secret", "changeme", "default", "guest", "test", "user", "root",
	"kasane", "juso", "jusou", "jyuusou", "fukushi", "hukushi", "yakusho", "shiyakusho", "kuyakusho", "shakyo", "houkatsu", "kaigi", "sakura", "tokyo", "nippon", "japan",
	"パスワード", "ぱすわーど", "市役所", "区役所", "役場", "福祉", "重ね"}

// common tells a password that is nothing but usual words, rows of the keyboard, years and repetitions.
func common(p string) bool {
	p = strings.ToLower(p)
	for _, w := range usual {
		p = strings.ReplaceAll(p, w, "")
	}
	return inRows(p) || utf8.RuneCountInString(strings.Trim(p, "0123456789!@#$%&*+-_.?/ ")) < 3
}

// inRows tells whether a text is made of rows of the keyboard, forward or backward, each at least three long.
func inRows(p string) bool {
	r := []rune(p)
	for len(r) > 0 {
		n := 0
		for _, row := range rows {
			for k := min(len(r), len([]rune(row))); k >= 3 && k > n; k-- {
				part := string(r[:k])
				if strings.Contains(row, part) || strings.Contains(row, reversed(part)) {
					n = k
				}
			}
		}
		if n == 0 {
			return len(r) < 3
		}
		r = r[n:]
	}
	return true
}

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

func oneCharacter(p string) bool {
	first, _ := utf8.DecodeRuneInString(p)
	return strings.Trim(p, string(first)) == ""
}

// checkLine accepts one line of text as people write names: kept exactly, so only refused or taken, never changed.
func checkLine(v, field, label string, least, most int) error {
	if err := text.CheckLine(v, most); err != nil {
		return fault.Wrap(fault.Invalid, err, label+": "+fault.Message(err)).On(field)
	}
	if least > 0 && strings.TrimSpace(v) == "" {
		return fault.Newf(fault.Invalid, "%sを入力してください。", label).On(field)
	}
	return nil
}

// head is the beginning of s, at most n characters as people count them; a character keeps its variation selector.
func head(s string, n int) string {
	ends := text.Boundaries(s)
	return s[:ends[min(n, len(ends)-1)]]
}
