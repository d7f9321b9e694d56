package text

import (
	"errors"

	"kasane/internal/fault"
)

// Line checks a one-line input of at most max graphemes; the error names the field by its label (for people) and by its
// key (for the program).
func Line(key, label, s string, max int) error { return field(key, label, s, CheckLine(s, max)) }

// Memo checks an input of several lines of at most max graphemes.
func Memo(key, label, s string, max int) error { return field(key, label, s, CheckMemo(s, max)) }

// Required refuses an input that is empty or blank.
func Required(key, label, s string) error {
	for _, r := range s {
		if r != ' ' && r != '\u3000' && r != '\n' && r != '\t' {
			return nil
		}
	}
	return fault.Newf(fault.Invalid, "%sを入力してください。", label).On(key)
}

func field(key, label, s string, err error) error {
	if err == nil {
		err = MyNumber(s)
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	out := fault.Newf(f.Kind, "%s: %s", label, f.Message).On(key)
	out.Details = f.Details
	return out
}
