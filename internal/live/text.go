package live

import (
	"unicode/utf8"

	"kasane/internal/fault"
)

// CheckText refuses characters that must not be in shared text: control characters other than newline and tab, controls of the
// writing direction, private-use code points (外字) and what is not UTF-8. The fault says what to do; nothing is ever replaced.
func CheckText(s string) error {
	if !utf8.ValidString(s) {
		return errControl
	}
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
		case r < 0x20 || r >= 0x7F && r < 0xA0:
			return errControl
		case r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			return errBidi
		case r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 && r <= 0xFFFFD || r >= 0x100000 && r <= 0x10FFFD:
			return errPrivate
		}
	}
	return nil
}

var (
	errControl = refuse(CodeText, "目に見えない制御文字が含まれているため、この変更は保存できません。貼り付けた文章のときは、いったんメモ帳に貼り付け、そこからもう一度コピーして貼り付けてください。")
	errBidi    = refuse(CodeText, "文字の並ぶ向きを変える見えない文字が含まれているため、この変更は保存できません。貼り付けたところを消して、手で入力し直してください。")
	errPrivate = refuse(CodeText, "外字(この端末だけで表示できる文字)が含まれているため、この変更は保存できません。標準の漢字かひらがなに置き換えて入力し直してください。")
)

// Codes of refusals: stable, for the client to act on.
const (
	CodeReadOnly  = "readonly"  // no right to write; the gate's reason stands in its place where there is one
	CodeFrozen    = "frozen"    // 固定中
	CodeColumn    = "column"    // the role cell of another agency
	CodeHeader    = "header"    // a plan entry or sheet field that only holders write
	CodeSchema    = "schema"    // no such key or value in this kind of document
	CodeText      = "text"      // characters that may not be in text
	CodeTooLarge  = "too_large" // update, text or document beyond its limit
	CodeForged    = "forged"    // written with the client id of another user, or into two places at once
	CodeMalformed = "malformed" // not an update
	CodeEpoch     = "epoch"     // the document was made anew; reload
)

// refuse makes the fault of a refused update.
func refuse(code, message string) *fault.Error {
	k := fault.Invalid
	switch code {
	case CodeReadOnly, CodeColumn, CodeHeader, CodeForged:
		k = fault.Forbidden
	case CodeFrozen:
		k = fault.Conflict
	case CodeTooLarge:
		k = fault.TooLarge
	case CodeEpoch:
		k = fault.Gone
	}
	return fault.New(k, message).With("code", code)
}
