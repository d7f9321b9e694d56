package sheets

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/text"
)

const (
	maxInt = 9_999
	maxYen = 9_999_999_999
)

var idValue = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)

// Validate checks one value as it stands in a document: a string for texts, dates, codes and ids, a JSON array as a string for
// several choices, float64 for numbers, bool. nil and "" are empty. The error is fault.Invalid on the field's id.
func (s Set) Validate(f Field, value any) error {
	if value == nil || value == "" {
		if f.Required {
			return fault.Newf(fault.Invalid, "%sを入力してください。", f.Label).On(f.ID)
		}
		return nil
	}
	switch f.Type {
	case TypeInt:
		return number(f, value, maxInt)
	case TypeYen:
		return number(f, value, maxYen)
	case TypeBool, TypeSig:
		if _, ok := value.(bool); !ok {
			return refuse(f, "「はい」か「いいえ」を選んでください。")
		}
		return nil
	}
	str, ok := value.(string)
	if !ok {
		return refuse(f, "入力の形が正しくありません。")
	}
	switch f.Type {
	case TypeText:
		return text.Line(f.ID, f.Label, str, f.Max)
	case TypeMemo:
		return text.Memo(f.ID, f.Label, str, f.Max)
	case TypeDate:
		if d, err := time.Parse(time.DateOnly, str); err != nil || d.Year() < 1868 || d.Year() > 2200 {
			return refuse(f, "日付が正しくありません。")
		}
	case TypeOne:
		return s.choice(f, str)
	case TypeMulti:
		return s.choices(f, str)
	case TypePerson, TypeAgency:
		if !idValue.MatchString(str) {
			return refuse(f, "一覧から選び直してください。")
		}
	}
	return nil
}

func (s Set) choice(f Field, code string) error {
	l, _ := s.List(f.Codes)
	if _, ok := l.Find(code); !ok {
		return refuse(f, "選択肢にない値です。選び直してください。")
	}
	return nil
}

func (s Set) choices(f Field, value string) error {
	codes, err := Choices(value)
	if err != nil {
		return refuse(f, "選択の内容を読み取れません。選び直してください。")
	}
	for i, c := range codes {
		if slices.Contains(codes[:i], c) {
			return refuse(f, "同じ項目が2回選ばれています。")
		}
		if err := s.choice(f, c); err != nil {
			return err
		}
	}
	return nil
}

// Choices reads the value of a field of several choices: a JSON array of codes.
func Choices(value string) ([]string, error) {
	if value == "" {
		return nil, nil
	}
	var codes []string
	if err := json.Unmarshal([]byte(value), &codes); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "選択の内容を読み取れません。")
	}
	return codes, nil
}

func number(f Field, value any, limit float64) error {
	n, ok := value.(float64)
	if f.Max > 0 {
		limit = float64(f.Max)
	}
	switch {
	case !ok || n != math.Trunc(n) || math.IsInf(n, 0):
		return refuse(f, "整数で入力してください。")
	case n < 0 || n > limit:
		return refuse(f, "0以上の、桁を確かめた数を入力してください。")
	}
	return nil
}

func refuse(f Field, message string) error {
	return fault.Newf(fault.Invalid, "%s: %s", f.Label, message).On(f.ID)
}
