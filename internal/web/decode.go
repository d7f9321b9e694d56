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
	if !utf8.Valid(raw) || loneSurrogate(raw) {
		return fault.New(fault.Invalid, "文字コードが壊れた文字が含まれています。入力し直してください。")
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
			return fault.Wrap(fault.Invalid, err, "日時として読めません。選び直してください。").On(placeOf("", tree, strings.Trim(when.Value, `"`)))
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

// placeOf finds a text in a request, "" when it is not there.
func placeOf(path string, v any, text string) string {
	switch v := v.(type) {
	case string:
		if raw, err := json.Marshal(v); err == nil && (v == text || strings.Trim(string(raw), `"`) == text) {
			return path
		}
	case []any:
		for i, x := range v {
			if at := placeOf(fmt.Sprintf("%s[%d]", path, i), x, text); at != "" {
				return at
			}
		}
	case map[string]any:
		for k, x := range v {
			if at := placeOf(join(path, k), x, text); at != "" {
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

// loneSurrogate finds \uD800–\uDFFF escapes that do not form a pair.
func loneSurrogate(raw []byte) bool {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		if raw[i+1] != 'u' {
			i++
			continue
		}
		u, ok := hex4(raw, i+2)
		if !ok || u < 0xD800 || u > 0xDFFF {
			i++
			continue
		}
		low, ok := hex4(raw, i+8)
		if u > 0xDBFF || !ok || raw[i+6] != '\\' || raw[i+7] != 'u' || low < 0xDC00 || low > 0xDFFF {
			return true
		}
		i += 11
	}
	return false
}

func hex4(raw []byte, at int) (uint64, bool) {
	if at+4 > len(raw) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[at:at+4]), 16, 32)
	return n, err == nil
}
