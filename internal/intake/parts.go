package intake

import (
	"slices"
	"strings"

	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// Offered is a part a sender may choose; May says whether the receiver can be given it, Why why not.
type Offered struct {
	Part
	May bool   `json:"may"`
	Why string `json:"why"`
}

// keyPlain names the facts that say of nobody who it is.
const keyPlain = "plain"

// parts are what the sender of a つなぎ sees of the case and could hand over, in the order of the sheet.
func (p place) parts(set sheets.Set) []Part {
	var out []Part
	add := func(key, person string, item consent.Item, label string, lines ...PartLine) {
		lines = slices.DeleteFunc(lines, func(l PartLine) bool { return l.Value == "" })
		if len(lines) > 0 && p.sees(person, item) {
			out = append(out, Part{Key: key, PersonID: person, Item: item, Label: label, Lines: lines})
		}
	}
	r := p.rec
	if p.has && p.sees("", consent.ItemBasic) {
		plain := Part{Key: keyPlain, Label: "個人が分からない事実（分野・緊急度・年代）", Lines: []PartLine{{Label: "分野", Value: strings.Join(r.fieldLabels(), "、")},
			{Label: "緊急度", Value: set.Label("urgency", r.Urgency)}, {Label: "相談した人", Value: r.Asker.Label()}}}
		if d := p.decade(); d != "" {
			plain.Lines = append(plain.Lines, PartLine{Label: "年代", Value: d})
		}
		if r.Danger {
			plain.Lines = append(plain.Lines, PartLine{Label: "安全の懸念", Value: "あり"})
		}
		out = append(out, plain)
	}
	for _, x := range p.persons {
		name, kana, birth, sex := x.Name, x.Kana, x.Birth, x.Sex
		if !p.gate(x.ID, consent.ItemBasic) { // its own 受付 is all the sender knows of them
			name, kana, birth, sex = r.called(), r.Kana, r.Birth, ""
		} else if name == "" {
			name = x.Alias
		}
		add("basic:"+x.ID, x.ID, consent.ItemBasic, "基本情報（氏名・生年月日など）", PartLine{"氏名", name, true}, PartLine{"ふりがな", kana, true},
			PartLine{"続柄", x.Relation, false}, PartLine{"生年月日", shownDay(birth), false}, PartLine{"性別", sex, false})
	}
	if p.has {
		add("family:", "", consent.ItemFamily, "相談した人（本人以外）", PartLine{"氏名", r.AskerName, true}, PartLine{"本人との関係", r.AskerRelation, false})
		add("address:"+r.PersonID, r.PersonID, consent.ItemAddress, "住所・連絡先", PartLine{"地区", r.District, false}, PartLine{"連絡先", r.Contact, false})
		add("progress:"+r.PersonID, r.PersonID, consent.ItemProgress, "相談の内容（主訴）", PartLine{"主訴", r.Trouble, false})
	}
	return out
}

// decade is how old the person is, as far as that says of nobody who it is.
func (p place) decade() string {
	if l := ageBands.label(p.rec.AgeBand); l != "" {
		return l
	}
	if len(p.rec.Birth) < 4 {
		return ""
	}
	d, err := jptime.Parse(p.rec.Birth)
	if err != nil || d.Day == 0 {
		return ""
	}
	age := jptime.Age(d, jptime.DateOf(p.rec.At))
	for i := len(ageBands) - 1; i >= 0; i-- {
		if age >= i*10 {
			return ageBands[i].label
		}
	}
	return ""
}

// shownDay writes a birth date, whole or in part.
func shownDay(s string) string {
	if d, err := jptime.Parse(s); err == nil && d.Day != 0 {
		return d.Both()
	}
	return s
}

// kept tells whether the subjects of a case are 特定機関に非開示 for an agency: then nothing of it reaches that agency, not even that there is something.
func kept(persons []cases.Person, agencyID string) bool {
	return slices.ContainsFunc(persons, func(x cases.Person) bool { return x.Subject && slices.Contains(x.WithheldFrom, agencyID) })
}

// offered says of each part whether the receiver can be given it. That something is kept from the receiver is told to who holds the record alone.
func (p place) offered(parts []Part, pass cases.View) []Offered {
	may := answers(pass)
	out := make([]Offered, 0, len(parts))
	for _, part := range parts {
		o := Offered{Part: part, May: part.Plain() || may(part.PersonID, part.Item)}
		if !o.May {
			reason := reasonOf(pass, part)
			if reason == consent.ReasonSecret && !p.actor.Holder() {
				reason = consent.ReasonScope
			}
			o.Why = reason.Label()
		}
		out = append(out, o)
	}
	return out
}

func reasonOf(v cases.View, part Part) consent.Reason {
	for _, p := range v.Persons {
		for _, i := range p.Items {
			if p.PersonID == part.PersonID && i.Item == part.Item {
				return i.Reason
			}
		}
	}
	return consent.ReasonScope
}

// choose takes the parts a sender has picked. Forbidden when the receiver cannot be given one of them.
func choose(all []Offered, picks []string) ([]Part, error) {
	out := []Part{}
	for _, o := range all {
		if !slices.Contains(picks, o.Key) {
			continue
		}
		if !o.May {
			return nil, fault.New(fault.Forbidden, "「"+o.Label+"」は、つなぎ先に渡せません（"+o.Why+"）。同意の記録を確かめるか、選択を外してください。").On("picks")
		}
		out = append(out, o.Part)
	}
	if len(out) != len(picks) {
		return nil, fault.New(fault.Conflict, "渡す内容が、選んだときから変わっています。画面を更新して選び直してください。").On("picks")
	}
	return out, nil
}

// namesNobody refuses a reason that names somebody who is not handed over.
func (p place) namesNobody(reason string, parts []Part) error {
	said := text.FoldName(reason)
	for _, x := range p.persons {
		if !p.sees(x.ID, consent.ItemBasic) || slices.ContainsFunc(parts, func(q Part) bool { return q.PersonID == x.ID && q.Item == consent.ItemBasic }) {
			continue
		}
		names := []string{}
		if p.gate(x.ID, consent.ItemBasic) {
			names = append(names, x.Name, x.Kana, x.Alias)
		}
		if x.ID == p.rec.PersonID {
			names = append(names, p.rec.Name, p.rec.Kana)
		}
		for _, n := range names {
			for _, w := range append(strings.FieldsFunc(n, func(r rune) bool { return r == ' ' || r == '　' || r == '・' }), n) {
				if f := text.FoldName(w); len([]rune(f)) > 1 && f != "匿名" && strings.Contains(said, f) {
					return fault.New(fault.Invalid, "つなぐ理由に氏名があります。「基本情報」を渡さないときは、だれのことか分かる言葉を理由に書けません。").On("reason")
				}
			}
		}
	}
	return nil
}
