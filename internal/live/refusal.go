package live

import (
	"kasane/internal/fault"
	"kasane/internal/text"
)

// checkText refuses characters that must not be in shared text, and an 個人番号 (package text holds both rules). Nothing is ever replaced.
func checkText(s string) error {
	err := text.Check(s)
	if err == nil {
		return refuseMyNumber(s)
	}
	return refuse(CodeText, fault.Message(err)+"この変更はまだ保存されていません。貼り付けた文章のときは、いったんメモ帳に貼り付け、そこからもう一度コピーして貼り付けてください。")
}

func refuseMyNumber(s string) error {
	if err := text.MyNumber(s); err != nil {
		return refuse(CodeMyNumber, fault.Message(err)+"この変更はまだ保存されていません。")
	}
	return nil
}

// Codes of refusals: stable, for the client to act on.
const (
	CodeReadOnly  = "readonly"  // no right to write; the gate's reason stands in its place where there is one
	CodeFrozen    = "frozen"    // 固定中
	CodeColumn    = "column"    // the role cell of another agency
	CodeHeader    = "header"    // a plan entry or sheet field that only holders write
	CodeSchema    = "schema"    // no such key or value in this kind of document
	CodeText      = "text"      // characters that may not be in text
	CodeMyNumber  = "my_number" // a text that would hold an 個人番号
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
