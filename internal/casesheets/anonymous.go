package casesheets

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/sheets"
	"kasane/internal/tables"
)

// What stands in a 匿名版 of a sheet in the place of what is not told.
const (
	leftOut      = "（省略）"
	anonStaff    = "（職員）"
	anonVisitor  = "（関係者）"
	anonReceiver = "（受け入れ先）"
)

// staffFields and visitorFields are the texts of the forms that hold a name of somebody.
var (
	staffFields   = []string{"received_by", "op_by", "jp_by"}
	visitorFields = []string{"visitor_name"}
)

// Anonymous (匿名版の確認) is what somebody has to decide before a 匿名版 is made.
type Anonymous struct {
	Sum    string         `json:"sum"`
	Doubts []papers.Doubt `json:"doubts"`
}

// AnonymousWish asks for a 匿名版, for 研修 and 事例検討.
type AnonymousWish struct {
	As   string        `json:"as"` // pdf, xlsx, csv, csv932
	Sum  string        `json:"sum"`
	Hide []papers.Mark `json:"hide"` // the doubts to put in other words
}

// veil is who is hidden, and behind which word.
type veil struct {
	papers.Anonymity
	calls map[string]string // by person
}

// Doubts reads a sheet for a 匿名版: the places that may tell who it is and may be usual words. It is for those who hold the record.
func (s *Service) Doubts(ctx context.Context, a access.Actor, caseID, form string) (Anonymous, error) {
	m, err := s.veiled(ctx, a, caseID, form)
	if err != nil {
		return Anonymous{}, err
	}
	_, open := m.anonymousDoc()
	e := a.Audit(m.at, access.VerbSheetPaperLook, form).InCase(caseID)
	return open, s.store.AppendAudit(ctx, e)
}

// Anonymous makes the 匿名版 of a sheet, when every doubt was decided.
func (s *Service) Anonymous(ctx context.Context, a access.Actor, caseID, form string, w AnonymousWish) ([]byte, string, error) {
	as := tables.Form(w.As)
	if w.As != "pdf" && !as.Valid() {
		return nil, "", fault.New(fault.Invalid, "保存の形式（PDF・Excel・CSV）を選び直してください。").On("as")
	}
	m, err := s.veiled(ctx, a, caseID, form)
	if err != nil {
		return nil, "", err
	}
	_, open := m.anonymousDoc()
	if m.veil.Hide, err = decided(open, w); err != nil {
		return nil, "", err
	}
	doc, _ := m.anonymousDoc()
	ext := ".pdf"
	if w.As != "pdf" {
		ext = as.Extension()
	}
	out, err := s.given(ctx, m, func() ([]byte, error) {
		if w.As != "pdf" {
			return tables.Write(m.book(doc), as)
		}
		res, err := s.print.Sheet(ctx, doc)
		return res.PDF, err
	})
	if err != nil {
		return nil, "", err
	}
	return out, strings.TrimSuffix(papers.FileName(jptime.Date{}, papers.Head{}, papers.VariantAnonymous+"_"+doc.Title), ".pdf") + ext, nil
}

// decided are the doubts to hide: made only by who has seen every one of them.
func decided(open Anonymous, w AnonymousWish) (map[int][]papers.Hit, error) {
	out := map[int][]papers.Hit{}
	switch {
	case w.Sum == "" && len(open.Doubts) == 0:
		return out, nil
	case w.Sum == "":
		return nil, fault.Newf(fault.Invalid, "氏名・地名かもしれない言葉が%dか所あります。1か所ずつ、置き換えるかどうかを決めてください。", len(open.Doubts)).On("hide")
	case w.Sum != open.Sum:
		return nil, fault.New(fault.Conflict, "候補を確かめたときと、記録の文面が変わっています。もう一度確かめてください。").On("hide")
	}
	for _, h := range w.Hide {
		i := slices.IndexFunc(open.Doubts, func(d papers.Doubt) bool { return d.No == h.No && d.From == h.From && d.To == h.To })
		if i < 0 {
			return nil, fault.New(fault.Invalid, "置き換える箇所を読み取れません。もう一度確かめてください。").On("hide")
		}
		out[h.No] = append(out[h.No], papers.Hit{From: h.From, To: h.To, Call: open.Doubts[i].Call, Who: -1})
	}
	return out, nil
}

// veiled gathers a sheet and who is in it.
func (s *Service) veiled(ctx context.Context, a access.Actor, caseID, form string) (*material, error) {
	if err := access.Require(a, access.ActSheetHide); err != nil {
		return nil, err
	}
	m, err := s.gather(ctx, a, caseID, Wish{Form: form})
	if err != nil {
		return nil, err
	}
	users, err := s.store.ListUsers(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	v := &veil{calls: calls(m.persons)}
	v.Municipality, v.Agencies, v.Literals = m.head.Municipality, m.agencyCalls(), []papers.Named{{Name: m.kase.Number, Call: "（番号）"}}
	for _, p := range m.persons {
		v.Household = append(v.Household, papers.Named{Name: p.Name, Kana: p.Kana, Alias: p.Alias, Call: v.calls[p.ID]})
		if t, err := time.Parse(time.DateOnly, p.Birth); err == nil {
			v.Births = append(v.Births, jptime.DateOf(t))
		}
	}
	for _, u := range users {
		v.Staff = append(v.Staff, papers.Named{Name: u.Name, Kana: u.Kana})
	}
	for _, x := range m.agencies {
		v.Staff, v.Places = append(v.Staff, papers.Named{Name: x.Contact}), append(v.Places, x.Phone)
	}
	for _, j := range m.joinings {
		for _, x := range j.Steps {
			v.Literals = append(v.Literals, papers.Named{Name: x.PlaceName, Call: anonReceiver})
		}
	}
	places, err := s.places(ctx, m)
	v.Places = append(v.Places, places...)
	m.veil = v
	return m, err
}

// places are where the household lives and lived, and how it is and was called.
func (s *Service) places(ctx context.Context, m *material) (out []string, err error) {
	for k, d := range m.docs {
		if k.item != consent.ItemAddress {
			continue
		}
		for _, key := range d.TextKeys() {
			out = append(out, d.Text(key))
		}
		for _, key := range d.Keys() {
			out = append(out, d.String(key))
		}
		former, err := s.docs.Former(ctx, m.actor.Tenant, d.Meta().ID)
		if err != nil {
			return nil, err
		}
		out = append(out, former...)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(v string) bool { return strings.TrimSpace(v) == "" }), nil
}

// calls says for everybody of the household what they are in it.
func calls(persons []cases.Person) map[string]string {
	subjects := 0
	for _, p := range persons {
		if p.Subject {
			subjects++
		}
	}
	out, nth, kin := map[string]string{}, 0, 0
	for _, p := range persons {
		switch {
		case p.Subject && subjects == 1:
			out[p.ID] = "本人"
		case p.Subject:
			nth++
			out[p.ID] = fmt.Sprintf("本人%d", nth)
		default:
			out[p.ID] = lettered("家族", kin)
			kin++
		}
	}
	return out
}

func lettered(word string, i int) string {
	if i < 26 {
		return word + string(rune('A'+i))
	}
	return fmt.Sprintf("%s%d", word, i+1)
}

// agencyCalls names the agencies by what they are; those of the case with a letter where several are the same.
func (m *material) agencyCalls() []papers.Named {
	label := func(a access.Agency) string {
		if l := m.set.Label("agency_category", a.Category); l != "" && l != a.Category {
			return l
		}
		return "関係機関"
	}
	involved := func(a access.Agency) bool {
		return slices.ContainsFunc(m.members, func(x cases.Member) bool { return x.AgencyID == a.ID })
	}
	count, used := map[string]int{}, map[string]int{}
	for _, a := range m.agencies {
		if involved(a) {
			count[label(a)]++
		}
	}
	var out []papers.Named
	for _, a := range m.agencies {
		l := label(a)
		if involved(a) && count[l] > 1 {
			used[l]++
			l = lettered(l, used[l]-1)
		}
		out = append(out, papers.Named{Name: a.Name, Alias: a.Short, Call: l, Whole: true})
	}
	return out
}

// anonymousDoc is the sheet without names, and what is to be decided in it.
func (m *material) anonymousDoc() (papers.SheetDoc, Anonymous) {
	open := Anonymous{Doubts: []papers.Doubt{}}
	var texts []papers.Printed
	doc := m.veil.Sheet(m.doc(), func(t papers.Printed, list []papers.Doubt) {
		texts, open.Doubts = append(texts, t), append(open.Doubts, list...)
	})
	open.Sum = papers.SumOf(texts)
	return doc, open
}

// hideRow puts in other words what a field of the record itself, or a field that holds a name or an address, says.
func (m *material) hideRow(f sheets.Field, p cases.Person, r *papers.SheetRow) {
	v := m.veil
	if v == nil || r.Withheld {
		return
	}
	switch {
	case f.From == "case.number":
		r.Text = leftOut
	case f.From == "person.birth":
		r.Text = m.bornOf(p)
	case f.From == "person.name", f.From == "person.kana":
		r.Text = v.calls[p.ID]
	case r.Text == "":
	case consent.Item(f.Item) == consent.ItemAddress:
		r.Text = leftOut
	case slices.Contains(staffFields, f.ID):
		r.Text = anonStaff
	case slices.Contains(visitorFields, f.ID):
		r.Text = v.Person(r.Text, anonVisitor)
	}
	if consent.Item(f.Item) == consent.ItemAddress {
		for i := range r.Choices {
			if r.Choices[i].Words != "" {
				r.Choices[i].Words = leftOut
			}
		}
	}
}

// The parts of a sheet that a 匿名版 says otherwise.

// nameOf is what somebody of the household is called.
func (m *material) nameOf(p cases.Person) string {
	if m.veil != nil {
		return m.veil.calls[p.ID]
	}
	return orElse(p.Name, p.Alias)
}

// agencyCalled is an agency by a name it had.
func (m *material) agencyCalled(name string) string {
	if m.veil != nil {
		return m.veil.Agency(name)
	}
	return name
}

// unveiled is a text that a 匿名版 has another word for.
func (m *material) unveiled(s, other string) string {
	if m.veil != nil && s != "" {
		return other
	}
	return s
}

// bornOf is the day of birth with the age, or the age by tens.
func (m *material) bornOf(p cases.Person) string {
	if m.veil == nil {
		return m.born(p)
	}
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} { // a month or a year may be all that is known
		if t, err := time.Parse(form, p.Birth); err == nil {
			return papers.AgeGroup(jptime.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, jptime.DateOf(m.kase.OpenedAt))
		}
	}
	return ""
}

// asOf says of when the content is.
func (m *material) asOf(doc papers.SheetDoc) string {
	if m.veil != nil {
		return "この内容の月：" + jptime.DateOf(doc.At).InMonth().Both()
	}
	return "この内容の日時：" + jptime.FormatDateTime(doc.At)
}
