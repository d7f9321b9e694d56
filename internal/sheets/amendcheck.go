package sheets

import (
	"fmt"
	"slices"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// Limits of what a municipality adds: more than these nobody fills in.
const (
	maxOwnFields = 200
	maxOwnCodes  = 100
	maxOwnLists  = 50
	maxLabel     = 60
	maxHelp      = 200
	maxOwnText   = 5000
)

// ownTypes are the types a field of a municipality may have. Signatures stand in consents, not in sheets.
var ownTypes = []Type{TypeText, TypeMemo, TypeDate, TypeOne, TypeMulti, TypeInt, TypeYen, TypeBool, TypePerson, TypeAgency}

// Check holds what a person has entered against the shipped forms and against what was in force before. The fault says what to do; it stands on
// "effectiveFrom", "fields/<n>/<what>", "changes/<n>/<what>" or "lists/<n>/<what>", where n is the place in the change.
func (c Amendment) Check(base *Book, before *Amendment) error {
	set := base.At(c.EffectiveFrom)
	if err := c.checkFields(set); err != nil {
		return err
	}
	if err := c.checkChanges(set); err != nil {
		return err
	}
	if err := c.checkLists(set); err != nil {
		return err
	}
	if before != nil {
		if err := c.keeps(*before); err != nil {
			return err
		}
	}
	if _, err := base.Amended([]Amendment{c}); err != nil {
		return fault.Wrap(fault.Invalid, err, "様式の内容に食い違いがあります。項目名と選択肢が重なっていないか確かめてください。")
	}
	return nil
}

func (c Amendment) checkFields(set Set) error {
	if len(c.Fields) > maxOwnFields {
		return fault.Newf(fault.Invalid, "追加できる項目は%d個までです。使わなくなった項目を見直してください。", maxOwnFields)
	}
	for i, f := range c.Fields {
		on := fmt.Sprintf("fields/%d/", i)
		form, ok := set.Form(f.Form)
		sec := slices.IndexFunc(form.Sections, func(s Section) bool { return s.ID == f.Section })
		switch {
		case !ok || sec < 0:
			return fault.New(fault.Invalid, "項目を置く場所を選び直してください。").On(on + "section")
		case !Own(f.ID) || !idForm.MatchString(f.ID) || slices.ContainsFunc(c.Fields[:i], func(o OwnField) bool { return o.ID == f.ID }):
			return fault.New(fault.Invalid, "項目の番号が正しくありません。画面を読み込み直してください。").On(on + "id")
		case f.From != "":
			return fault.New(fault.Invalid, "追加した項目は、ほかの記録から写すことはできません。").On(on + "from")
		case !slices.Contains(ownTypes, f.Type):
			return fault.New(fault.Invalid, "項目の種類を選んでください。").On(on + "type")
		case f.Owner != OwnerPerson && f.Owner != OwnerHousehold:
			return fault.New(fault.Invalid, "世帯員ごとの項目か、世帯の項目かを選んでください。").On(on + "owner")
		}
		if items, _ := set.List("item"); items.Label(f.Item) == f.Item {
			return fault.New(fault.Invalid, "情報の項目（開示の区分）を選んでください。").On(on + "item")
		}
		if err := checkWords(on, f.Label, f.Help); err != nil {
			return err
		}
		if err := c.checkKind(set, on, f); err != nil {
			return err
		}
	}
	return nil
}

func (c Amendment) checkKind(set Set, on string, f OwnField) error {
	if f.Type == TypeOne || f.Type == TypeMulti {
		own := slices.ContainsFunc(c.Lists, func(l OwnList) bool { return l.ID == f.Codes && Own(l.ID) })
		if _, shipped := set.List(f.Codes); !own && !shipped {
			return fault.New(fault.Invalid, "選択肢の一覧を選ぶか、新しく作ってください。").On(on + "codes")
		}
	} else if f.Codes != "" {
		return fault.New(fault.Invalid, "この種類の項目に選択肢は付けられません。").On(on + "codes")
	}
	if (f.Type == TypeText || f.Type == TypeMemo) && (f.Max < 1 || f.Max > maxOwnText) {
		return fault.Newf(fault.Invalid, "文字数の上限は1から%dまでで入力してください。", maxOwnText).On(on + "max")
	}
	if f.Unit != "" {
		return text.Line(on+"unit", "単位", f.Unit, 10)
	}
	return nil
}

func checkWords(on, label, help string) error {
	if label == "" {
		return fault.New(fault.Invalid, "項目名を入力してください。").On(on + "label")
	}
	if err := text.Line(on+"label", "項目名", label, maxLabel); err != nil {
		return err
	}
	return text.Line(on+"help", "説明", help, maxHelp)
}

func (c Amendment) checkChanges(set Set) error {
	for i, x := range c.Changes {
		on := fmt.Sprintf("changes/%d/", i)
		_, shipped := set.Field(x.ID)
		own := slices.ContainsFunc(c.Fields, func(f OwnField) bool { return f.ID == x.ID })
		if !shipped && !own || slices.ContainsFunc(c.Changes[:i], func(o FieldChange) bool { return o.ID == x.ID }) {
			return fault.New(fault.Invalid, "変更した項目が見つかりません。画面を読み込み直してください。").On(on + "id")
		}
		if err := checkWords(on, x.Label, x.Help); err != nil {
			return err
		}
	}
	return nil
}

func (c Amendment) checkLists(set Set) error {
	if len(c.Lists) > maxOwnLists {
		return fault.Newf(fault.Invalid, "変更できる選択肢の一覧は%d個までです。", maxOwnLists)
	}
	for i, l := range c.Lists {
		on := fmt.Sprintf("lists/%d/", i)
		shipped, known := set.List(l.ID)
		switch {
		case slices.ContainsFunc(c.Lists[:i], func(o OwnList) bool { return o.ID == l.ID }):
			return fault.New(fault.Invalid, "同じ選択肢の一覧が2つあります。画面を読み込み直してください。").On(on + "id")
		case Own(l.ID) && !idForm.MatchString(l.ID), !Own(l.ID) && (!known || !set.Open(l.ID)):
			return fault.New(fault.Invalid, "この選択肢の一覧は変更できません。").On(on + "id")
		case Own(l.ID) && len(l.Codes) == 0:
			return fault.New(fault.Invalid, "選択肢を1つ以上入力してください。").On(on + "codes")
		case len(l.Codes) > maxOwnCodes:
			return fault.Newf(fault.Invalid, "選択肢は%d個まで追加できます。", maxOwnCodes).On(on + "codes")
		}
		if Own(l.ID) {
			if err := text.Line(on+"title", "一覧の名称", l.Title, maxLabel); err != nil {
				return err
			}
			if l.Title == "" {
				return fault.New(fault.Invalid, "選択肢の一覧の名称を入力してください。").On(on + "title")
			}
		}
		if err := l.checkCodes(on, shipped); err != nil {
			return err
		}
	}
	return nil
}

func (o OwnList) checkCodes(on string, shipped CodeList) error {
	labels := map[string]bool{}
	for i, c := range o.apply(shipped).Codes {
		where := fmt.Sprintf("%scodes/%d", on, i)
		switch {
		case c.Label == "":
			return fault.New(fault.Invalid, "選択肢の名称を入力してください。").On(where)
		case labels[c.Label]:
			return fault.Newf(fault.Invalid, "選択肢「%s」が2つあります。名称を変えてください。", c.Label).On(where)
		}
		labels[c.Label] = true
		if err := text.Line(where, "選択肢", c.Label, maxLabel); err != nil {
			return err
		}
	}
	for i, c := range o.Codes {
		if !Own(c.Code) || !idForm.MatchString(c.Code) || c.Group != "" || c.Mark != "" || c.Note != "" {
			return fault.New(fault.Invalid, "選択肢の番号が正しくありません。画面を読み込み直してください。").On(fmt.Sprintf("%scodes/%d", on, len(shipped.Codes)+i))
		}
	}
	for _, code := range slices.Concat(o.Gone, codesOf(o.Named)) {
		if _, ok := shipped.Find(code); !ok {
			return fault.New(fault.Invalid, "変更した選択肢が見つかりません。画面を読み込み直してください。").On(on + "codes")
		}
	}
	return nil
}

func codesOf(list []Named) []string {
	out := make([]string, 0, len(list))
	for _, n := range list {
		out = append(out, n.Code)
	}
	return out
}

// keeps refuses to lose what was asked before: values written in it would have no name any more.
func (c Amendment) keeps(before Amendment) error {
	for _, f := range before.Fields {
		i := slices.IndexFunc(c.Fields, func(x OwnField) bool { return x.ID == f.ID })
		if i < 0 {
			return fault.Newf(fault.Invalid, "適用済みの項目「%s」は消せません。「使わない」にしてください。", f.Label).On("fields")
		}
		if n := c.Fields[i]; n.Type != f.Type || n.Item != f.Item || n.Owner != f.Owner || n.Codes != f.Codes || n.Form != f.Form {
			return fault.Newf(fault.Invalid, "適用済みの項目「%s」の種類・区分は変えられません。「使わない」にして、別の項目を追加してください。", f.Label).On(fmt.Sprintf("fields/%d/type", i))
		}
	}
	for _, l := range before.Lists {
		i := slices.IndexFunc(c.Lists, func(x OwnList) bool { return x.ID == l.ID })
		for _, code := range l.Codes {
			if i < 0 || !slices.ContainsFunc(c.Lists[i].Codes, func(x Code) bool { return x.Code == code.Code }) {
				return fault.Newf(fault.Invalid, "適用済みの選択肢「%s」は消せません。「使わない」にしてください。", code.Label).On("lists")
			}
		}
	}
	return nil
}
