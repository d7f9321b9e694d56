package cases

import (
	"slices"
	"strings"
	"time"

	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

const maxPersons = 30

var tooMany = fault.Newf(fault.Invalid, "世帯員は%d人まで登録できます。", maxPersons).On("persons")

// person makes the stored form of a checked input.
func (in PersonInput) person(tenant, caseID string, now time.Time) Person {
	return Person{ID: in.ID, Tenant: tenant, CaseID: caseID, Ord: in.Ord, Name: in.Name, Kana: in.Kana, Alias: in.Alias, Relation: in.Relation,
		Birth: in.Birth, Sex: in.Sex, Subject: in.Subject, AddressSecret: in.AddressSecret, WithheldFrom: in.WithheldFrom, UpdatedAt: now}
}

// check refuses a bad input; at is the prefix of the field's key. Names are kept exactly, so a name with blanks around it is
// refused rather than trimmed.
func (in PersonInput) check(at string, now time.Time) error {
	for _, err := range []error{
		text.Line(at+"name", "氏名", in.Name, 100),
		text.Line(at+"kana", "ふりがな", in.Kana, 100),
		text.Line(at+"alias", "通称・別名", in.Alias, 100),
		text.Line(at+"relation", "続柄", in.Relation, 20),
		edges(at+"name", "氏名", in.Name), edges(at+"kana", "ふりがな", in.Kana), edges(at+"alias", "通称・別名", in.Alias),
		text.Required(at+"relation", "続柄", in.Relation),
	} {
		if err != nil {
			return err
		}
	}
	switch {
	case in.Name == "" && in.Kana == "" && in.Alias == "":
		return fault.New(fault.Invalid, "氏名を入力してください。分からないときは、ふりがなか通称(「匿名」など)を入力してください。").On(at + "name")
	case !text.IsKana(in.Kana):
		return fault.New(fault.Invalid, "ふりがなは、ひらがなで入力してください(ローマ字も使えます)。").On(at + "kana")
	case !slices.Contains([]string{"", "男", "女", "その他", "不明・回答しない"}, in.Sex):
		return fault.New(fault.Invalid, "性別を選び直してください。").On(at + "sex")
	case in.Ord < 0 || in.Ord > 1000:
		return fault.New(fault.Invalid, "世帯員の順番を確かめてください。").On(at + "ord")
	}
	for i, a := range in.WithheldFrom {
		if a == "" || slices.Contains(in.WithheldFrom[:i], a) {
			return fault.New(fault.Invalid, "開示しない機関を選び直してください。").On(at + "withheldFrom")
		}
	}
	return checkBirth(at+"birth", in.Birth, now)
}

func edges(key, label, s string) error {
	if strings.Trim(s, " \u3000\t") != s {
		return fault.Newf(fault.Invalid, "%sの前後にある空白を取り除いてください。", label).On(key)
	}
	return nil
}

// checkBirth: "", "1944", "1944-05" or "1944-05-01", not in the future.
func checkBirth(key, s string, now time.Time) error {
	if s == "" {
		return nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		b, err := time.ParseInLocation(layout, s, jptime.JST)
		if err != nil {
			continue
		}
		if b.After(now) || b.Year() < 1868 {
			return fault.New(fault.Invalid, "生年月日を確かめてください。").On(key)
		}
		return nil
	}
	return fault.New(fault.Invalid, "生年月日は「1944-05-01」の形で入力してください。年だけ、年月だけでも構いません。").On(key)
}

func checkHousehold(persons []PersonInput) error {
	switch {
	case len(persons) == 0:
		return fault.New(fault.Invalid, "世帯員を一人以上入力してください。").On("persons")
	case len(persons) > maxPersons:
		return tooMany
	case !slices.ContainsFunc(persons, func(p PersonInput) bool { return p.Subject }):
		return fault.New(fault.Invalid, "支援の対象者(本人)を一人以上選んでください。").On("persons")
	}
	return nil
}

func subjects(persons []Person) int {
	n := 0
	for _, p := range persons {
		if p.Subject {
			n++
		}
	}
	return n
}

// openedAt is the 受付日 as an instant: the beginning of that day in Japan, or now.
func openedAt(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return now, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, jptime.JST)
	switch {
	case err != nil || t.Year() < 1989:
		return time.Time{}, fault.New(fault.Invalid, "受付日の日付が正しくありません。").On("openedAt")
	case t.After(now):
		return time.Time{}, fault.New(fault.Invalid, "受付日が未来になっています。").On("openedAt")
	}
	return t.UTC(), nil
}

// fiscalYear (年度) begins on 1 April in Japan.
func fiscalYear(t time.Time) int {
	t = t.In(jptime.JST)
	if t.Month() < time.April {
		return t.Year() - 1
	}
	return t.Year()
}

// initials joins the first letters of the subjects: 「た・よ」.
func initials(kana []string) string {
	var out []string
	for _, k := range kana {
		if i := text.Initial(k); i != "" {
			out = append(out, i)
		}
	}
	return strings.Join(out, "・")
}
