package intake

import (
	"regexp"
	"slices"
	"time"

	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Input is a 相談 as it is typed at the counter.
type Input struct {
	ID            string   `json:"id"` // made by the browser when the form is opened
	Asker         Asker    `json:"asker"`
	AskerName     string   `json:"askerName"`
	AskerRelation string   `json:"askerRelation"`
	Name          string   `json:"name"`
	Kana          string   `json:"kana"`
	Birth         string   `json:"birth"`
	AgeBand       string   `json:"ageBand"`
	Sex           string   `json:"sex"`
	District      string   `json:"district"`
	Contact       string   `json:"contact"`
	AddressSecret bool     `json:"addressSecret"`
	Route         string   `json:"route"`
	Trouble       string   `json:"trouble"`
	Fields        []string `json:"fields"`
	Urgency       string   `json:"urgency"`
	Danger        bool     `json:"danger"`
	Consent       Consent  `json:"consent"`
	Triage        Triage   `json:"triage"`
	Note          string   `json:"note"`
}

// idForm is what a browser may call a 相談 or a つなぎ.
var idForm = regexp.MustCompile(`^[0-9a-z]{20,40}$`)

func checkID(id string) error {
	if !idForm.MatchString(id) {
		return fault.New(fault.Invalid, "送信の形式が正しくありません。画面を開き直してください。").On("id")
	}
	return nil
}

// person is whom the 相談 is about, as the case takes them. Who gives no name is called 匿名.
func (in Input) person() cases.PersonInput {
	p := cases.PersonInput{Name: in.Name, Kana: in.Kana, Relation: "本人", Birth: in.Birth, Sex: in.Sex, Subject: true, AddressSecret: in.AddressSecret}
	if p.Name == "" && p.Kana == "" {
		p.Alias = "匿名"
	}
	return p
}

// check refuses a bad input. Errors name the field. What belongs to the person is checked with the case.
func (in Input) check(set sheets.Set) error {
	if err := checkID(in.ID); err != nil {
		return err
	}
	for _, err := range []error{
		text.Line("askerName", "相談した人の氏名", in.AskerName, 60),
		text.Line("askerRelation", "本人との関係", in.AskerRelation, 40),
		text.Line("district", "地区", in.District, 60),
		text.Line("contact", "連絡先", in.Contact, 200),
		text.Required("trouble", "主訴", in.Trouble),
		text.Memo("trouble", "主訴", in.Trouble, 2000),
		text.Memo("note", "判断の理由", in.Note, 500),
	} {
		if err != nil {
			return err
		}
	}
	switch {
	case in.Asker.Label() == "":
		return fault.New(fault.Invalid, "相談した人を選んでください。").On("asker")
	case in.Asker == AskerAnonymous && in.AskerName != "":
		return fault.New(fault.Invalid, "匿名のときは、相談した人の氏名を入れません。").On("askerName")
	case in.Route != "" && !known(set, "route", in.Route):
		return fault.New(fault.Invalid, "相談経路を選び直してください。").On("route")
	case in.AgeBand != "" && ageBands.label(in.AgeBand) == "":
		return fault.New(fault.Invalid, "年代を選び直してください。").On("ageBand")
	case in.AgeBand != "" && in.Birth != "":
		return fault.New(fault.Invalid, "生年月日が分かるときは、年代を選びません。").On("ageBand")
	case !known(set, "urgency", in.Urgency):
		return fault.New(fault.Invalid, "緊急度を選んでください。").On("urgency")
	case in.Consent.Label() == "":
		return fault.New(fault.Invalid, "情報共有の同意を選んでください。").On("consent")
	}
	if err := in.checkFields(); err != nil {
		return err
	}
	return checkTriage(in.Triage, in.Note)
}

func (in Input) checkFields() error {
	for i, f := range in.Fields {
		if fieldsOf.label(f) == "" || slices.Contains(in.Fields[:i], f) {
			return fault.New(fault.Invalid, "分野を選び直してください。").On("fields")
		}
	}
	if len(in.Fields) == 0 {
		return fault.New(fault.Invalid, "分野を一つ以上選んでください。分からないときは「どれにも当てはまらない」を選びます。").On("fields")
	}
	return nil
}

func known(set sheets.Set, list, code string) bool {
	l, _ := set.List(list)
	_, ok := l.Find(code)
	return ok
}

// checkTriage: a 相談 that ends at the counter says why.
func checkTriage(t Triage, note string) error {
	switch {
	case t.Label() == "":
		return fault.New(fault.Invalid, "受付の判断を選んでください。").On("triage")
	case t == TriageInfo && text.Required("note", "理由", note) != nil:
		return fault.New(fault.Invalid, "情報提供のみで終了するときは、何を案内したかを書いてください。").On("note")
	}
	return nil
}

// today is the day in Japan, ISO.
func today(now time.Time) string { return jptime.DateOf(now).String() }
