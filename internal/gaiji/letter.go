package gaiji

import (
	"bytes"
	"regexp"
	"strings"
	"time"
	"unicode"

	"kasane/internal/fault"
	"kasane/internal/pdf"
	"kasane/internal/text"
)

// CodeKind (コードの種類) says which list a code is of.
type CodeKind string

// The lists of characters that offices use.
const (
	KindMJ     CodeKind = "mj"     // MJ文字図形名 of the 文字情報基盤
	KindKoseki CodeKind = "koseki" // 戸籍統一文字番号
	KindJuki   CodeKind = "juki"   // 住基ネット統一文字コード
	KindOther  CodeKind = "other"  // of the office's own system, or of 行政事務標準文字
)

// kinds words the lists and says what a code of each looks like.
var kinds = map[CodeKind]struct {
	label, like string
	code        *regexp.Regexp
}{
	KindMJ:     {"MJ文字図形名", "MJと6桁の数字（例: MJ026193）", regexp.MustCompile(`^MJ[0-9]{6}$`)},
	KindKoseki: {"戸籍統一文字番号", "6桁の数字（例: 473990）", regexp.MustCompile(`^[0-9]{6}$`)},
	KindJuki:   {"住基ネット統一文字コード", "J+と4〜5桁の16進数（例: J+90C9）", regexp.MustCompile(`^J\+[0-9A-F]{4,5}$`)},
	KindOther:  {"その他のコード", "20文字までの半角英数字と記号（- + . _）", regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z+._-]{0,19}$`)},
}

// Letter (外字) is one character with its drawing.
type Letter struct {
	ID      string    `json:"id"`
	Text    string    `json:"text"` // as it is written in texts: a character, or one with a variation selector
	Kind    CodeKind  `json:"codeKind"`
	Code    string    `json:"code"`
	Reading string    `json:"reading"`        // よみ, hiragana
	Note    string    `json:"note,omitempty"` // 備考: where the drawing is from
	Picture []byte    `json:"picture"`        // PNG, as Picture makes it
	Retired bool      `json:"retired,omitempty"`
	N       int       `json:"n"` // counts its changes, from 1
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	ByName  string    `json:"byName"`
}

// Spoken is what stands for the letter in the text of a paper: itself, its code and its reading.
func (l Letter) Spoken() string {
	return l.Text + "〔外字 " + kinds[l.Kind].label + " " + l.Code + " 読み " + l.Reading + "〕"
}

// Input is what is registered. Without a picture the one that is there stays.
type Input struct {
	Text    string   `json:"text"`
	Kind    CodeKind `json:"codeKind"`
	Code    string   `json:"code"`
	Reading string   `json:"reading"`
	Note    string   `json:"note"`
	Picture []byte   `json:"picture"`
	Retired bool     `json:"retired"`
	N       int      `json:"n"` // of the letter as it was seen; 0 of a new one
}

// check refuses what is no character, code or reading.
func (in *Input) check() error {
	in.Code, in.Reading = strings.TrimSpace(in.Code), strings.TrimSpace(in.Reading)
	if err := checkText(in.Text); err != nil {
		return err
	}
	kind, ok := kinds[in.Kind]
	if !ok {
		return fault.New(fault.Invalid, "コードの種類を選んでください。").On("codeKind")
	}
	if !kind.code.MatchString(in.Code) {
		return fault.Newf(fault.Invalid, "%sは、%sで入力してください。", kind.label, kind.like).On("code")
	}
	if err := text.Required("reading", "よみ", in.Reading); err != nil {
		return err
	}
	if err := text.Line("reading", "よみ", in.Reading, 20); err != nil {
		return err
	}
	for _, r := range in.Reading {
		if !(r >= 'ぁ' && r <= 'ゖ' || r == 'ー' || r == '・') {
			return fault.New(fault.Invalid, "よみは、ひらがなで入力してください（例: なべ）。").On("reading")
		}
	}
	return text.Line("note", "備考", in.Note, 200)
}

// checkText tells whether a text is one character that a 外字 can be.
func checkText(s string) error {
	if err := text.Required("text", "文字", s); err != nil {
		return err
	}
	rs := []rune(s)
	for _, r := range rs {
		if unicode.Is(unicode.Co, r) {
			return fault.New(fault.Invalid, "私用領域の文字は登録できません。パソコンごとに別の字になるためです。元になる漢字に、異体字の番号を付けて登録してください。").On("text")
		}
	}
	if err := text.Line("text", "文字", s, 1); err != nil {
		return err
	}
	if !unicode.IsLetter(rs[0]) || len(rs) > 2 || len(rs) == 2 && !(rs[1] >= 0xE0100 && rs[1] <= 0xE01EF && unicode.Is(unicode.Han, rs[0])) {
		return fault.New(fault.Invalid, "文字は1文字で入力してください。異体字は、漢字とその後ろの異体字の番号の組にします。").On("text")
	}
	return nil
}

// drawing is the letter for papers.
func (l Letter) drawing() (pdf.Drawing, error) {
	dots, err := dotsOf(bytes.NewReader(l.Picture))
	return pdf.Drawing{Text: l.Text, Spoken: l.Spoken(), Dots: dots}, err
}
