package consent

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// FormText (同意書の文面) is the text a person was shown, as versioned data. A record keeps version and hash, so that
// what was agreed to can be shown word by word later. Texts are never changed: a change is a new version.
type FormText struct {
	Version       string   `json:"version"`
	EffectiveFrom string   `json:"effectiveFrom"` // 適用開始日, ISO date
	Title         string   `json:"title"`
	Paragraphs    []string `json:"paragraphs"`
	Easy          []string `json:"easy"`     // やさしい日本語
	Withdraw      string   `json:"withdraw"` // how consent is taken back
}

// Hash is the lower hex SHA-256 of the text.
func (f FormText) Hash() string {
	sum := sha256.Sum256(f.Bytes())
	return hex.EncodeToString(sum[:])
}

// Bytes is what the hash is made of: every part on a line of its own.
func (f FormText) Bytes() []byte {
	var b bytes.Buffer
	for _, s := range append(append([]string{f.Version, f.EffectiveFrom, f.Title}, f.Paragraphs...), append(f.Easy, f.Withdraw)...) {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// FormTexts lists every version, oldest first.
func FormTexts() []FormText {
	return []FormText{{
		Version:       "同意書-2026-04",
		EffectiveFrom: "2026-04-01",
		Title:         "情報共有に関する同意書",
		Paragraphs: []string{
			"私は、私の相談について関係する機関が協力して支援を行うため、この同意書に書かれた機関に、書かれた項目の情報を、書かれた目的の範囲で提供し、共有することについて説明を受け、同意します。",
			"同意していない機関・項目・目的には、情報は提供されません。同意しないことや、後から同意を撤回することによって、相談や支援を受けられなくなることはありません。",
			"同意の有効期間は、この同意書に書かれた期間です。期間が過ぎたときは、あらためて確認を受けます。",
			"個人番号(マイナンバー)は、共有しません。",
		},
		Easy: []string{
			"あなたのことを、いっしょに考える人たちに つたえます。",
			"つたえてよい人、つたえてよいことは、あなたが きめます。",
			"あとで「やっぱり やめます」と言うことが できます。やめても、そうだんは つづけられます。",
		},
		Withdraw: "同意は、いつでも全部または一部を撤回できます。担当者に口頭で伝えるか、撤回届を出してください。撤回した後は、新たな情報の共有を止めます。すでに作られた記録は、法令に定められた期間保存されます。",
	}}
}

// FormAt is the version in force on the day of t (the newest not after it; the oldest before all).
func FormAt(t time.Time) FormText {
	texts := FormTexts()
	day := t.In(jst).Format(time.DateOnly)
	out := texts[0]
	for _, f := range texts {
		if f.EffectiveFrom <= day {
			out = f
		}
	}
	return out
}

// jst is Japan Standard Time; there is no daylight saving, so no zone table is needed.
var jst = time.FixedZone("JST", 9*60*60)
