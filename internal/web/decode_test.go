package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kasane/internal/fault"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	type form struct {
		Name  string   `json:"name"`
		List  []string `json:"list"`
		Count int      `json:"count"`
	}
	for name, c := range map[string]struct {
		in    string
		kind  fault.Kind
		field string
	}{
		"unknown field":        {`{"nane":"x"}`, fault.Invalid, "nane"},
		"wrong type":           {`{"count":"x"}`, fault.Invalid, "count"},
		"not JSON":             {`name=x`, fault.Invalid, ""},
		"empty":                {``, fault.Invalid, ""},
		"two values":           {`{"name":"x"}{"name":"y"}`, fault.Invalid, ""},
		"broken UTF-8":         {"{\"name\":\"a\xff\"}", fault.Invalid, "name"},
		"half a letter":        {"{\"list\":[\"a\",\"\xe3\x81\"]}", fault.Invalid, "list[1]"},
		"a letter in two ways": {"{\"list\":[\"\xc0\xaf\"]}", fault.Invalid, "list[0]"},
		"a broken key":         {"{\"na\xffme\":\"a\"}", fault.Invalid, ""},
		"broken and no JSON":   {"{\"name\":\xff", fault.Invalid, ""},
		"lone surrogate":       {`{"name":"\ud842"}`, fault.Invalid, "name"},
		"lone low surrogate":   {`{"name":"\udfb7\ud842"}`, fault.Invalid, "name"},
		"one after a pair":     {`{"name":"\ud842\udfb7","list":["\\\ud842"]}`, fault.Invalid, "list[0]"},
		"control character":    {`{"name":"a\u0007"}`, fault.Invalid, "name"},
		"carriage return":      {`{"name":"a\r\n"}`, fault.Invalid, "name"},
		"direction":            {`{"list":["a","\u202e"]}`, fault.Invalid, "list[1]"},
		"private use":          {`{"list":["\ue000"]}`, fault.Invalid, "list[0]"},
		"個人番号":                 {`{"name":"番号 1234 5678 9018"}`, fault.Invalid, "name"},
		"個人番号 in a list":       {`{"list":["a","１２３４-５６７８-９０１８"]}`, fault.Invalid, "list[1]"},
		"half of it":           {`{"name":"x`, fault.Invalid, ""},
		"very deep":            {strings.Repeat("[", 20000), fault.Invalid, ""},
		"unknown, odd writing": {`{"<b>":1}`, fault.Invalid, ""},
	} {
		r := &http.Request{Body: io.NopCloser(strings.NewReader(c.in))}
		var f form
		err := decode(r, &f)
		fe, ok := err.(*fault.Error)
		if !ok || fe.Kind != c.kind || fe.Field != c.field || !strings.HasSuffix(fe.Message, "。") {
			t.Errorf("%s: %v (field %q)", name, err, fieldOf(err))
		}
	}
	r := &http.Request{Body: io.NopCloser(strings.NewReader(`{"name":"\ud842\udfb7 渡邉` + "\U000E0100" + ` \uFA11\\ud842","list":["行\n一"],"count":2}`))}
	var f form
	if err := decode(r, &f); err != nil {
		t.Fatal(err)
	}
	if want := "𠮷 渡邉\U000E0100 \uFA11\\ud842"; f.Name != want {
		t.Errorf("%q, want %q", f.Name, want)
	}
}

// TestBrokenForm: the fields of a form with a file name themselves too.
func TestBrokenForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ item, file, field string }{{"a\xff", "a.pdf", "item"}, {"a\u202e", "a.pdf", "item"}, {"a\nb", "a.pdf", "item"}, {"basic", "a.pdf", ""}} {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		if err := w.WriteField("item", c.item); err != nil {
			t.Fatal(err)
		}
		if _, err := w.CreateFormFile("file", c.file); err != nil {
			t.Fatal(err)
		}
		_ = w.Close()
		r := httptest.NewRequest(http.MethodPost, "/", &body)
		r.Header.Set("Content-Type", w.FormDataContentType())
		f, err := readForm(r, "item")
		if got := fieldOf(err); got != c.field || (err == nil) != (c.field == "") || err == nil && f.fields["item"] != c.item {
			t.Errorf("%q, %q: %v on %q", c.item, c.file, err, got)
		}
	}
}

func fieldOf(err error) string {
	if fe, ok := err.(*fault.Error); ok {
		return fe.Field
	}
	return ""
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"name":"\ud842\udfb7"}`))
	f.Add([]byte(`\ud8`))
	f.Fuzz(func(t *testing.T, in []byte) {
		r := &http.Request{Body: io.NopCloser(strings.NewReader(string(in)))}
		var v struct {
			Name string `json:"name"`
		}
		if decode(r, &v) == nil && strings.ContainsRune(v.Name, '\uFFFD') && !strings.Contains(string(in), "\uFFFD") &&
			!strings.Contains(strings.ToLower(string(in)), `\ufffd`) {
			t.Errorf("%q became %q", in, v.Name)
		}
	})
}

func TestDisposition(t *testing.T) {
	t.Parallel()
	got := disposition("R070612_会議録\"; x=\r\n../\\v2.pdf", false)
	if strings.ContainsAny(got, "\r\n") || strings.Count(got, `"`) != 2 || !strings.HasPrefix(got, `attachment; filename="R070612____`) ||
		!strings.Contains(got, "filename*=UTF-8''R070612_%E4%BC%9A%E8%AD%B0%E9%8C%B2%22%3B%20x%3D%0D%0A..%2F%5Cv2.pdf") {
		t.Error(got)
	}
}
