package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// jsonLimit is enough for a signature's strokes and a long consent scope.
const jsonLimit = 1 << 20

// decode reads one JSON value strictly: valid UTF-8, known fields only, nothing behind it, and no text that may not be stored.
// encoding/json would quietly replace broken text by U+FFFD; here it is refused, because text in is text out.
func decode(r *http.Request, into any) error {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) {
			return fault.Wrap(fault.TooLarge, err, "送られた内容が大きすぎます。分けて送ってください。")
		}
		return fault.Wrap(fault.Invalid, err, "送信が途中で切れました。もう一度お試しください。")
	}
	if err := brokenText(raw); err != nil {
		return err
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return decodeFault(err)
	}
	if err := checkTree("", tree); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		var when *time.ParseError
		if errors.As(err, &when) {
			said := strings.Trim(when.Value, `"`)
			return fault.Wrap(fault.Invalid, err, "日時として読めません。選び直してください。").On(placeOf("", tree, func(s string) bool {
				raw, err := json.Marshal(s)
				return s == said || err == nil && strings.Trim(string(raw), `"`) == said
			}))
		}
		return decodeFault(err)
	}
	return nil
}

func decodeFault(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fault.Wrap(fault.Invalid, err, "入力の形式が正しくありません。").On(kind.Field)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		field, uerr := strconv.Unquote(name)
		if uerr != nil || !plainID(field) {
			field = ""
		}
		return fault.Wrap(fault.Invalid, err, "知らない項目が送られました。画面が古い可能性があります。読み込み直してください。").On(field)
	}
	return fault.Wrap(fault.Invalid, err, "送信の形式が正しくありません。画面を読み込み直してください。")
}

// checkTree looks at every string of a request, keys too: no character that may not be stored, no 個人番号.
func checkTree(path string, v any) error {
	switch v := v.(type) {
	case string:
		if err := cmp.Or(text.Check(v), text.MyNumber(v)); err != nil {
			return fault.Wrap(fault.Invalid, err, fault.Message(err)).On(path)
		}
	case []any:
		for i, x := range v {
			if err := checkTree(fmt.Sprintf("%s[%d]", path, i), x); err != nil {
				return err
			}
		}
	case map[string]any:
		for k, x := range v {
			if err := cmp.Or(text.Check(k), text.MyNumber(k)); err != nil {
				return fault.Wrap(fault.Invalid, err, fault.Message(err)).On(path)
			}
			if err := checkTree(join(path, k), x); err != nil {
				return err
			}
		}
	}
	return nil
}

// placeOf finds a text in a request, "" when it is not there. A key is of the object around it.
func placeOf(path string, v any, is func(text string) bool) string {
	switch v := v.(type) {
	case string:
		if is(v) {
			return path
		}
	case []any:
		for i, x := range v {
			if at := placeOf(fmt.Sprintf("%s[%d]", path, i), x, is); at != "" {
				return at
			}
		}
	case map[string]any:
		for k, x := range v {
			if is(k) {
				return path
			}
			if at := placeOf(join(path, k), x, is); at != "" {
				return at
			}
		}
	}
	return ""
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// brokenText is the refusal of a request whose text is no UTF-8 or holds half a pair of surrogates, naming the field where it stands. A broken key is
// that of the object around it.
func brokenText(raw []byte) error {
	const instead = "\uFDD0" // no character; the field that holds it is refused whether it was there before or not
	var whole []byte
	found := false
	for i := 0; i < len(raw); {
		n, ok := letter(raw[i:])
		if found = found || !ok; ok {
			whole = append(whole, raw[i:i+n]...)
		} else {
			whole = append(whole, instead...)
		}
		i += n
	}
	if !found {
		return nil
	}
	e := fault.New(fault.Invalid, "文字コードが壊れた文字が含まれています。入力し直してください。")
	var tree any
	if json.Unmarshal(whole, &tree) != nil {
		return e
	}
	if at := placeOf("", tree, func(s string) bool { return strings.Contains(s, instead) }); at != "" {
		return fault.New(fault.Invalid, "この項目に、文字として読めない部分があります(文字コードの異常)。その部分を消して、入力し直してください。").On(at)
	}
	return e
}

// letter is how many bytes the letter or escape at the beginning takes, and whether it is sound.
func letter(raw []byte) (n int, ok bool) {
	if raw[0] != '\\' || len(raw) < 2 {
		r, n := utf8.DecodeRune(raw)
		return n, r != utf8.RuneError || n > 1
	}
	if raw[1] != 'u' {
		if raw[1] >= utf8.RuneSelf {
			return 1, true // no escape, and no JSON
		}
		return 2, true
	}
	u, is := hex4(raw, 2)
	if !is || u < 0xD800 || u > 0xDFFF {
		return 2, true
	}
	if low, is := hex4(raw, 8); u < 0xDC00 && is && raw[6] == '\\' && raw[7] == 'u' && low >= 0xDC00 && low <= 0xDFFF {
		return 12, true
	}
	return 6, false
}

func hex4(raw []byte, at int) (uint64, bool) {
	if at+4 > len(raw) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[at:at+4]), 16, 32)
	return n, err == nil
}
