package imports

import (
	"regexp"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// The fields that are no field of a form.
const (
	fieldOpened    = "opened"
	fieldName      = "name"
	fieldKana      = "kana"
	fieldAlias     = "alias"
	fieldBirth     = "birth"
	fieldSex       = "sex"
	fieldSecret    = "secret"
	fieldHousehold = "household"
	fieldAgencies  = "agencies"
	fieldStage     = "stage"
	fieldEnded     = "ended"
)

// sheetID is the form whose fields can be taken in.
const sheetID = "uketsuke"

// ofSheet begins the id of a field of the form.
const ofSheet = "f/"

const dateHelp = "S45.3.2、昭和45年3月2日、1970/3/2、Excelの日付のどれでも読み取ります"

// fixed are the fields of the case itself, in order, with the headings that mean them.
var fixed = []struct {
	Field
	heads string
}{
	{Field{ID: fieldOpened, Label: "受付日", Help: dateHelp + "。列がないときは今日になります"}, "受付年月日 相談日 相談受付日 受理日 初回相談日 新規受付日 受付"},
	{Field{ID: fieldName, Label: "氏名", Required: true, Help: "外字・異体字もそのまま取り込みます"}, "名前 本人氏名 対象者 対象者氏名 対象者名 利用者氏名 利用者名 本人 氏名漢字 相談者氏名 相談者名"},
	{Field{ID: fieldKana, Label: "ふりがな", Help: "ひらがな・カタカナ"}, "かな 氏名かな かな氏名 よみがな よみ 読み 本人ふりがな 氏名ふりがな 対象者かな ふりがな氏名"},
	{Field{ID: fieldAlias, Label: "通称・別名"}, "通称 別名 通称名"},
	{Field{ID: fieldBirth, Label: "生年月日", Help: dateHelp + "。年だけ・年月だけでも構いません"}, "誕生日 本人生年月日 生年月日和暦 生年月日西暦"},
	{Field{ID: fieldSex, Label: "性別"}, "男女"},
	{Field{ID: fieldSecret, Label: "住所秘匿", Help: "○・有・はい があれば秘匿にします"}, "住所秘匿支援措置 支援措置 秘匿 dv等支援措置 秘匿の有無"},
	{Field{ID: fieldHousehold, Label: "世帯員（本人以外）", Help: "「山田 一郎（長男）」のように、氏名（続柄）を「、」で区切ります"}, "世帯員 家族 同居家族 同居者 家族構成 世帯構成 同居人"},
	{Field{ID: fieldAgencies, Label: "関わる機関", Help: "登録してある機関の名か略称を「、」で区切ります。ケースの構成員になります"}, "担当機関 関係機関 支援機関 担当課 関係課 関与機関 担当部署 連携機関"},
	{Field{ID: fieldStage, Label: "状態（段階）", Help: "列がないときは「受付」になります"}, "状態 段階 状況 ステータス 対応状況 進捗 進捗状況 支援状況 現況 区分"},
	{Field{ID: fieldEnded, Label: "終結日", Help: dateHelp}, "終了日 終結年月日 支援終了日 終了年月日"},
}

// headsOf are further headings of fields of the form.
var headsOf = map[string]string{
	"address": "現住所 居所 住民登録地 住居", "tel_home": "電話 電話番号 自宅電話 固定電話 tel 連絡先電話番号 自宅電話番号", "tel_mobile": "携帯 携帯電話 携帯番号 携帯電話番号", "postcode": "〒",
	"trouble": "相談内容 主訴 相談概要 概要 困りごと 相談の内容 相談主訴 内容 相談内容詳細", "route": "経路 相談経路区分 把握経路", "handover": "申し送り 依頼事項", "received_by": "受付担当 受付担当者 担当者 対応者 担当",
	"received_agency": "受付窓口 受付課", "visitor_name": "来談者 来所者 相談者 来談者名", "visitor_relation": "相談者との関係 来談者続柄", "visitor_tel": "来談者電話 相談者電話", "source_agency": "つなぎ元 紹介元 紹介機関",
	"mail": "メールアドレス eメール email", "urgency": "緊急性", "consultation": "相談種別 相談区分 相談分類 相談分野 相談項目", "consent_kind": "同意 同意の有無 同意有無", "contact_care": "連絡時注意 連絡上の注意", "contact_hours": "連絡時間 連絡可能時間帯",
}

var notOfName = regexp.MustCompile(`[()（）\[\]【】「」:：*＊※/／・.．_\-－]`)

// headKey is a heading as it is compared.
func headKey(s string) string { return text.Fold(notOfName.ReplaceAllString(s, "")) }

// place is where a file of one municipality goes: its forms of the day, its agencies.
type place struct {
	set      sheets.Set
	agencies []access.Agency
}

// sheetFields are the fields of the form that a table can hold.
func (p place) sheetFields() []sheets.Field {
	d, _ := p.set.Form(sheetID)
	var out []sheets.Field
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			if f.From == "" && !f.Retired && slices.Contains([]sheets.Type{sheets.TypeText, sheets.TypeMemo, sheets.TypeDate, sheets.TypeOne, sheets.TypeMulti, sheets.TypeBool, sheets.TypeInt, sheets.TypeYen, sheets.TypeAgency}, f.Type) {
				out = append(out, f)
			}
		}
	}
	return out
}

// fields are all that a column can be.
func (p place) fields() []Field {
	var out []Field
	for _, f := range fixed {
		f.Group = "ケース"
		out = append(out, f.Field)
	}
	d, _ := p.set.Form(sheetID)
	for _, f := range p.sheetFields() {
		out = append(out, Field{ID: ofSheet + f.ID, Label: f.Label, Group: d.Title, Help: p.helpOf(f)})
	}
	return out
}

func (p place) helpOf(f sheets.Field) string {
	switch f.Type {
	case sheets.TypeDate:
		return dateHelp
	case sheets.TypeMulti:
		return "いくつかあるときは「、」で区切ります"
	case sheets.TypeBool:
		return "○・有・はい／×・無・いいえ"
	case sheets.TypeAgency:
		return "登録してある機関の名か略称"
	case sheets.TypeInt, sheets.TypeYen:
		return "数字"
	}
	return ""
}

// heads maps every heading that is known to its field; what the municipality chose the last time goes before.
func (p place) heads(m Memory) map[string]string {
	out := map[string]string{}
	add := func(id, label, more string) {
		for _, h := range append(strings.Fields(more), label) {
			if k := headKey(h); out[k] == "" {
				out[k] = id
			}
		}
	}
	for _, f := range fixed {
		add(f.ID, f.Label, f.heads)
	}
	for _, f := range p.sheetFields() {
		add(ofSheet+f.ID, f.Label, headsOf[f.ID])
	}
	known := map[string]bool{"": true}
	for _, f := range p.fields() {
		known[f.ID] = true
	}
	for h, id := range m.Columns {
		if known[id] {
			out[h] = id
		}
	}
	return out
}

// stageWords are what offices call the stages.
var stageWords = map[string]cases.Stage{"新規": cases.StageReceived, "相談受付": cases.StageReceived, "受理": cases.StageReceived, "継続": cases.StageSupporting, "支援継続": cases.StageSupporting, "終了": cases.StageClosed, "支援終了": cases.StageClosed,
	"完了": cases.StageClosed, "中止": cases.StageSuspended, "プラン作成": cases.StagePlanning, "プラン作成中": cases.StagePlanning, "アセスメント中": cases.StageAssessment}

var sexWords = map[string]string{"男性": "男", "女性": "女", "m": "男", "f": "女", "male": "男", "female": "女", "不明": "不明・回答しない", "回答しない": "不明・回答しない", "無回答": "不明・回答しない"}

// choices are the options of a field that takes one of a list, and the words that mean them; nil for every other field.
func (p place) choices(id string) (options []Option, words map[string]string) {
	words = map[string]string{}
	add := func(code, label string) {
		options = append(options, Option{code, label})
		words[text.Fold(label)] = code
	}
	switch id {
	case fieldStage:
		for _, s := range cases.Stages() {
			add(string(s), s.Label())
		}
		for w, s := range stageWords {
			words[text.Fold(w)] = string(s)
		}
		return options, words
	case fieldSex:
		for _, s := range []string{"男", "女", "その他", "不明・回答しない"} {
			add(s, s)
		}
		for w, s := range sexWords {
			words[text.Fold(w)] = s
		}
		return options, words
	case fieldAgencies:
		p.addAgencies(add)
		return options, words
	}
	f, ok := p.sheetField(id)
	if !ok {
		return nil, nil
	}
	switch f.Type {
	case sheets.TypeAgency:
		p.addAgencies(add)
	case sheets.TypeOne, sheets.TypeMulti:
		l, _ := p.set.List(f.Codes)
		for _, c := range l.Codes {
			if !c.Retired {
				add(c.Code, c.Label)
			}
		}
	default:
		return nil, nil
	}
	return options, words
}

func (p place) addAgencies(add func(code, label string)) {
	for _, a := range p.agencies {
		if a.Active {
			add(a.ID, a.Name)
		}
	}
}

// sheetField is the field of the form with an id of ours.
func (p place) sheetField(id string) (sheets.Field, bool) {
	name, ok := strings.CutPrefix(id, ofSheet)
	if !ok {
		return sheets.Field{}, false
	}
	all := p.sheetFields()
	i := slices.IndexFunc(all, func(f sheets.Field) bool { return f.ID == name })
	if i < 0 {
		return sheets.Field{}, false
	}
	return all[i], true
}
