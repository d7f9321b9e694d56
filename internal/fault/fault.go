// Package fault is how Kasane speaks of errors: a kind a program can act on, a message a person can act on,
// and the cause for the log. Nothing but the kind and the message ever leaves the server.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of fault it is; adapters map it to a status, never the message.
type Kind uint8

// The kinds. Internal is the zero value: an error nobody has classified is ours, not the user's.
const (
	Internal     Kind = iota // a bug or an unclassified failure
	Invalid                  // 入力の誤り: the input must be corrected
	Unauthorized             // サインインしていない
	Forbidden                // 権限がない
	NotFound                 // 存在しない、または見せてはならない
	Conflict                 // 他の操作と競合した、または今の状態ではできない
	TooLarge                 // 上限を超えた
	RateLimited              // 短時間に多すぎる
	Gone                     // 期限切れ・使用済み
	Unavailable              // 依存先(データベース・ディスク・Redis)の一時的な障害
)

var names = [...]string{"internal", "invalid", "unauthorized", "forbidden", "not_found", "conflict", "too_large", "rate_limited", "gone", "unavailable"}

// String is the stable wire name of the kind.
func (k Kind) String() string {
	if int(k) < len(names) {
		return names[k]
	}
	return "internal"
}

// Generic messages, shown when an error carries no message of its own.
var generic = map[Kind]string{
	Internal:     "システムの内部で問題が起きました。入力した内容はこの画面に残っています。少し待ってもう一度お試しください。",
	Invalid:      "入力の内容を確かめてください。",
	Unauthorized: "サインインが必要です。もう一度サインインしてください。",
	Forbidden:    "この操作をする権限がありません。必要なときは事務局に相談してください。",
	NotFound:     "見つかりません。削除されたか、見る権限がない可能性があります。",
	Conflict:     "ほかの人の操作と重なりました。画面を更新して、もう一度お試しください。",
	TooLarge:     "大きすぎるため受け付けられません。",
	RateLimited:  "操作が続いたため一時的に止めています。少し待ってからお試しください。",
	Gone:         "期限が切れています。",
	Unavailable:  "保存先に一時的につながりません。入力した内容はこの端末に残っています。自動でつなぎ直します。",
}

// Error is a classified error. Message is shown to people as it is; Field names the input it belongs to
// (a key of the request, never a value); Details are machine-readable, free of personal data.
type Error struct {
	Kind    Kind
	Message string
	Field   string
	Details map[string]any
	cause   error
}

// Error is for logs; it includes the cause.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Message, e.cause)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Message)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// New makes an error of a kind with a message for people ("" takes the kind's generic one).
func New(k Kind, message string) *Error { return &Error{Kind: k, Message: message} }

// Newf is New with a format.
func Newf(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Message: fmt.Sprintf(format, args...)}
}

// Wrap classifies a cause.
func Wrap(k Kind, cause error, message string) *Error {
	return &Error{Kind: k, Message: message, cause: cause}
}

// On names the input field the error belongs to.
func (e *Error) On(field string) *Error {
	e.Field = field
	return e
}

// With adds a machine-readable detail.
func (e *Error) With(key string, value any) *Error {
	if e.Details == nil {
		e.Details = map[string]any{}
	}
	e.Details[key] = value
	return e
}

// KindOf finds the kind in the chain; an unclassified error is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Field is the field of the input that is wrong, "" for none.
func Field(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// Message is what a person may be shown. Internal errors always show the generic text.
func Message(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Kind != Internal && e.Message != "" {
		return e.Message
	}
	return generic[KindOf(err)]
}
