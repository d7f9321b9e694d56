package papers

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"kasane/internal/jptime"
)

// Words of the 匿名版.
const (
	VariantAnonymous = "匿名版"
	anonymousStaff   = "（職員）"
	anonymousOther   = "（出席者）"
	anonymousMember  = "（世帯員）"
	anonymousCity    = "当市"
	anonymousCase    = "（ケース番号）"
)

// Anonymity (匿名化) is who is hidden in a 匿名版, for 研修 and 事例検討: the household by its places in it, agencies by what they are, everybody else
// as a member of staff. Of days the month is left, of ages the ten years.
type Anonymity struct {
	Municipality string
	Meeting      string  // 会議の種別 in general: 重層的支援会議, 支援会議; "" is 会議
	Household    []Named // Call: 本人, 家族A …; also by names they had
	Agencies     []Named
	Staff        []Named
	Others       []Named // who sat there and is neither
	Births       []jptime.Date
	Literals     []Named       // other words that tell who it is, such as the number of the case
	Places       []string      // addresses and telephone numbers as they are registered
	Hide         map[int][]Hit // doubts that somebody has decided to hide, by number of the text
}

// hider replaces what tells who it is in one text after the other.
type hider struct {
	names *Finder
	homes homes
	hide  map[int][]Hit
}

func (a Anonymity) hider() hider {
	list := append([]Named{}, a.Household...)
	list = append(list, a.Agencies...)
	for _, x := range a.Staff {
		x.Call = anonymousStaff
		list = append(list, x)
	}
	for _, x := range a.Others {
		x.Call = anonymousOther
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
	return hider{names: NewFinder(list), homes: newHomes(a.Places), hide: a.Hide}
}

// hits are the places that are replaced without asking.
func (h hider) hits(s string) []Hit {
	return slices.Concat(h.names.Find(s), h.homes.hits(s), generalHits(s), loneDays(s, true))
}

func (h hider) edit(p Printed) string {
	return replaced(p.Text, merged(append(h.hits(p.Text), h.hide[p.No]...)))
}

// doubts are the places somebody has to decide about: not those that are replaced anyway.
func (h hider) doubts(p Printed) []Hit {
	sure := merged(h.hits(p.Text))
	return slices.DeleteFunc(merged(slices.Concat(h.names.Doubts(p.Text), placeDoubts(p.Text), loneDays(p.Text, false))), func(d Hit) bool {
		return p.Fixed || slices.ContainsFunc(sure, func(x Hit) bool { return d.From < x.To && x.From < d.To })
	})
}

// Edit is what a 匿名版 prints instead of each text.
func (a Anonymity) Edit() Edit { return a.hider().edit }

// Doubt (候補) is a place of a 匿名版 that may tell who or where somebody is and may be a usual word as well: somebody has to read the sentence and decide.
type Doubt struct {
	No      int    `json:"no"`
	From    int    `json:"from"` // code points of the text as it stands in the record
	To      int    `json:"to"`
	Word    string `json:"word"`
	Call    string `json:"call"` // what would stand instead
	Before  string `json:"before"`
	After   string `json:"after"`
	Section string `json:"section"`
}

// aroundDoubt is how many characters on each side of a place are shown.
const aroundDoubt = 20

// Watch is Edit, and tells each text and each doubt as it comes by.
func (a Anonymity) Watch(tell func(Printed, []Doubt)) Edit {
	h := a.hider()
	return func(p Printed) string {
		var list []Doubt
		r := []rune(p.Text)
		for _, x := range h.doubts(p) {
			list = append(list, Doubt{No: p.No, From: x.From, To: x.To, Word: string(r[x.From:x.To]), Call: x.Call, Before: string(r[max(0, x.From-aroundDoubt):x.From]),
				After: string(r[x.To:min(len(r), x.To+aroundDoubt)]), Section: p.Section})
		}
		tell(p, list)
		return h.edit(p)
	}
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
	h.MeetingKind = orDefault(a.Meeting, "会議") // what the municipality calls it may name a place
	h.At = MonthOf(h.At)
	h.Variant, h.Edit = VariantAnonymous, a.Edit()
}

// Minutes makes the 匿名版 of a 会議録.
func (a Anonymity) Minutes(m MinutesDoc) MinutesDoc {
	m.Attendees = slices.Clone(m.Attendees)
	for i := range m.Attendees {
		m.Attendees[i].Sworn = !m.Attendees[i].SecrecyAt.IsZero()
	}
	scrub(reflect.ValueOf(&m).Elem())
	c := a.caller()
	c.minutes(&m)
	if m.Roles != nil {
		c.roles(m.Roles)
	}
	a.head(&m.Head)
	m.Place, m.Next = "", nil
	m.Confirmation, m.Corrections, m.Retention = Confirmation{}, nil, ""
	for i := range m.Consents {
		m.Consents[i].No, m.Consents[i].On, m.Consents[i].Until = "", jptime.Date{}, jptime.Date{}
	}
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
	c := a.caller()
	c.plan(&m)
	if m.Roles != nil {
		c.roles(m.Roles)
	}
	a.head(&m.Head)
	m.Consent = PlanConsent{}
	return m
}

// RoleMatrix makes the 匿名版 of a 役割分担表.
func (a Anonymity) RoleMatrix(m RoleMatrixDoc) RoleMatrixDoc {
	scrub(reflect.ValueOf(&m).Elem())
	c := a.caller()
	m.Subject.Name, m.LeadAgency = c.who(m.Subject.Name, "本人"), c.agency(m.LeadAgency)
	c.roles(&m.Matrix)
	a.head(&m.Head)
	m.PlanNo = ""
	return m
}

// scrub takes readings and instants out of a document and leaves of each day its month; slices and pointers are copied first, for the model may be shared.
func scrub(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.SetZero()
			return
		}
		if d, ok := v.Addr().Interface().(*jptime.Date); ok {
			*d = d.InMonth()
			return
		}
		for i := range v.NumField() {
			f, name := v.Field(i), v.Type().Field(i).Name
			switch {
			case !f.CanSet():
			case name == "Kana", name == "PlanHash":
				f.SetZero()
			case name == "At" && v.Type() == reflect.TypeFor[Head]():
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
