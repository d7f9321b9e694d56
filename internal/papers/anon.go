package papers

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"kasane/internal/jptime"
)

// Words of the 匿名版.
const (
	VariantAnonymous = "匿名版"
	anonymousStaff   = "（職員）"
	anonymousCity    = "当市"
	anonymousCase    = "（ケース番号）"
)

// Anonymity (匿名化) is who is hidden in a 匿名版, for 研修 and 事例検討: the household by its places in it, agencies by what they are, everybody else
// as a member of staff.
type Anonymity struct {
	Municipality string
	Household    []Named // Call: 本人, 家族A …
	Agencies     []Named
	Staff        []Named
	Births       []jptime.Date
	Literals     []Named // other words that tell who it is, such as the number of the case
}

// Edit is what a 匿名版 prints instead of each text.
func (a Anonymity) Edit() Edit {
	list := append([]Named{}, a.Household...)
	list = append(list, a.Agencies...)
	for _, x := range a.Staff {
		x.Call = anonymousStaff
		list = append(list, x)
	}
	for _, x := range a.Literals {
		x.Whole = true
		list = append(list, x)
	}
	if a.Municipality != "" {
		list = append(list, Named{Name: a.Municipality, Call: anonymousCity, Whole: true})
	}
	for _, b := range a.Births {
		for _, s := range daysWritten(b) {
			list = append(list, Named{Name: s, Call: "（生年月日）", Whole: true})
		}
	}
	f := NewFinder(list)
	return func(p Printed) string {
		s := f.Replace(p.Text)
		for _, g := range general {
			s = g.find.ReplaceAllString(s, g.put)
		}
		return s
	}
}

const (
	anyDigit  = `[0-9０-９]`
	anyHyphen = `[-－−‐–ー―]`
)

// general are things that tell who or where somebody is, whatever they are.
var general = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`), "（メールアドレス）"},
	{regexp.MustCompile(`〒\s*` + anyDigit + `{3}` + anyHyphen + `?` + anyDigit + `{4}`), "（郵便番号）"},
	{regexp.MustCompile(`[0０]` + anyDigit + `{1,4}(?:` + anyHyphen + `|[(（])` + anyDigit + `{1,4}(?:` + anyHyphen + `|[)）])` + anyDigit + `{3,4}`), "（電話番号）"},
	{regexp.MustCompile(`[A-ZＡ-Ｚ]` + anyDigit + `{4}` + anyHyphen + anyDigit + `{4,}`), anonymousCase},
	{regexp.MustCompile(`(?:[\p{Han}]{2,3}[都道府県])?[\p{Han}ぁ-んァ-ヶー]{1,7}[市区町村字][\p{Han}ぁ-んァ-ヶー]{0,8}?` + anyDigit + `+(?:丁目|番地?|号|` + anyHyphen + anyDigit + `+)(?:` + anyDigit + `|丁目|番地?|号|の|` + anyHyphen + `)*`), "（住所）"},
}

// daysWritten are the ways a day of birth is written.
func daysWritten(d jptime.Date) []string {
	if d.IsZero() {
		return nil
	}
	out := []string{d.Wareki(), d.Short(), d.String(), fmt.Sprintf("%d/%d/%d", d.Year, d.Month, d.Day), fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day),
		fmt.Sprintf("%04d/%02d/%02d", d.Year, d.Month, d.Day)}
	w := d.Wareki()
	if _, md, ok := strings.Cut(w, "年"); ok {
		out = append(out, md) // the day alone tells a birthday
	}
	return out
}

// AgeGroup is an age by tens: 80歳代; "" when it is not known.
func AgeGroup(birth, on jptime.Date) string {
	switch age := jptime.Age(birth, on); {
	case birth.IsZero() || on.IsZero() || age < 0:
		return ""
	case age < 10:
		return "10歳未満"
	default:
		return fmt.Sprintf("%d歳代", age/10*10)
	}
}

// head takes away what says whose record it is.
func (a Anonymity) head(h *Head) {
	h.Municipality, h.CaseID, h.DocumentNo, h.ContentHash, h.Checkpoint, h.CopyFor = "", "", "", "", "", ""
	h.MeetingNo, h.Version, h.Approval, h.FormName, h.Layout = 0, 0, nil, "", nil
	h.Variant, h.Edit = VariantAnonymous, a.Edit()
}

// Minutes makes the 匿名版 of a 会議録.
func (a Anonymity) Minutes(m MinutesDoc) MinutesDoc {
	scrub(reflect.ValueOf(&m).Elem())
	a.head(&m.Head)
	m.Start, m.End, m.Place, m.Next = time.Time{}, time.Time{}, "", nil
	m.Confirmation, m.Corrections, m.Retention = Confirmation{}, nil, ""
	m.Consents = append([]ConsentLine{}, m.Consents...)
	for i := range m.Consents {
		m.Consents[i].No, m.Consents[i].On, m.Consents[i].Until = "", jptime.Date{}, jptime.Date{}
	}
	m.Cases = append([]CaseLine{}, m.Cases...)
	for i := range m.Cases {
		m.Cases[i].CaseID = ""
	}
	return m
}

// Plan makes the 匿名版 of a 支援プラン.
func (a Anonymity) Plan(m PlanDoc) PlanDoc {
	m.AgeGroup = AgeGroup(m.Birth, m.CreatedOn)
	m.Birth, m.PlanNo = jptime.Date{}, ""
	m.Household = append([]HouseholdMember{}, m.Household...)
	for i := range m.Household {
		x := &m.Household[i]
		x.AgeGroup, x.Birth = AgeGroup(x.Birth, m.CreatedOn), jptime.Date{}
	}
	m.Emergency = append([]Contact{}, m.Emergency...)
	for i := range m.Emergency {
		m.Emergency[i].Phone = ""
	}
	scrub(reflect.ValueOf(&m).Elem())
	a.head(&m.Head)
	m.Consent = PlanConsent{}
	return m
}

// RoleMatrix makes the 匿名版 of a 役割分担表.
func (a Anonymity) RoleMatrix(m RoleMatrixDoc) RoleMatrixDoc {
	scrub(reflect.ValueOf(&m).Elem())
	a.head(&m.Head)
	m.PlanNo, m.MeetingDate = "", jptime.Date{}
	return m
}

// scrub takes readings and the instants of answers out of a document; slices and pointers are copied first, for the model may be shared.
func scrub(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() || v.Type() == reflect.TypeFor[jptime.Date]() {
			return
		}
		for i := range v.NumField() {
			f, name := v.Field(i), v.Type().Field(i).Name
			switch {
			case !f.CanSet():
			case name == "Kana", name == "PlanHash":
				f.SetZero()
			case name == "AnsweredAt", name == "At" && v.Type() != reflect.TypeFor[Head]():
				f.SetZero()
			default:
				scrub(f)
			}
		}
	case reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		if !v.IsNil() {
			v.Set(c)
		}
		for i := range v.Len() {
			scrub(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c := reflect.New(v.Type().Elem())
			c.Elem().Set(v.Elem())
			v.Set(c)
			scrub(v.Elem())
		}
	}
}
