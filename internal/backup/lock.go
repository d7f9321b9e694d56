package backup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"

	"kasane/internal/fault"
)

// Locks are the public keys a backup is locked to; Keys are what opens one.
type (
	Locks []age.Recipient
	Keys  []age.Identity
)

// NewKey makes a pair of keys: a file to be kept away from the machine, and the public key (age1…) to which backups are locked.
func NewKey(now time.Time) (file []byte, public string, err error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, "", err
	}
	public = id.Recipient().String()
	return fmt.Appendf(nil, "# Kasane 控えの鍵 %s\n# 公開鍵: %s\n# この鍵がないと、控えは誰にも開けられません。サーバーとは別の場所に、2つ以上保管してください。\n%s\n",
		now.Format("2006-01-02"), public, id), public, nil
}

// ParsePublic reads public keys, with commas or white space between them.
func ParsePublic(s string) (out Locks, err error) {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r <= ' ' }) {
		r, err := age.ParseX25519Recipient(word)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "控えの公開鍵は age1 で始まる文字です。kasane backup-key が表示したものを渡してください。")
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "控えは暗号にして書き出します。kasane backup-key で鍵を作り、公開鍵(age1…)を渡してください。")
	}
	return out, nil
}

// ParseKey reads the file of a pair of keys.
func ParseKey(file []byte) (Keys, error) {
	ids, err := age.ParseIdentities(bytes.NewReader(file))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "控えの鍵のファイルとして読めません。kasane backup-key が作ったファイルを渡してください。")
	}
	return ids, nil
}

// Lock encrypts what is written to it for those who have one of the keys. Close ends it, and leaves w open.
func Lock(w io.Writer, to Locks) (io.WriteCloser, error) { return age.Encrypt(w, to...) }

// Unlock reads what Lock wrote.
func Unlock(r io.Reader, with Keys) (io.Reader, error) {
	out, err := age.Decrypt(r, with...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, fault.Wrap(fault.Forbidden, err, "この鍵では開けられません。控えを書き出したときの公開鍵と対になる鍵を渡してください。")
	case err != nil:
		return nil, fault.Wrap(fault.Invalid, err, "Kasane の控えのファイルではないか、壊れています。")
	}
	return out, nil
}
