package sheets

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"kasane/internal/fault"
)

func builtinSet(t *testing.T) Set {
	t.Helper()
	b, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return b.At("2026-06-01")
}

func TestBuiltinHoldsItsRules(t *testing.T) {
	t.Parallel()
	s := builtinSet(t)
	for _, id := range []string{"uketsuke", "assessment", "progress"} {
		if _, ok := s.Form(id); !ok {
			t.Errorf("no form %s", id)
		}
	}
	if s.Forms[0].Title != "相談受付・申込票" || s.Forms[1].Title != "インテーク・アセスメントシート" {
		t.Errorf("order of the forms: %s, %s", s.Forms[0].Title, s.Forms[1].Title)
	}
	need, _ := s.List("need")
	if len(need.Codes) != 29 || need.Label("16") != "家族関係・家族の問題" || need.Label("29") != "その他" {
		t.Errorf("課題: %d codes, 16 = %s", len(need.Codes), need.Label("16"))
	}
	for i, c := range need.Codes {
		if c.Code != []string{"0", "1", "2"}[(i+1)/10]+string(rune('0'+(i+1)%10)) {
			t.Errorf("課題 code %d is %q", i+1, c.Code)
		}
	}
	used := map[string]bool{}
	for _, f := range s.flat {
		used[f.Item] = true
	}
	items, _ := s.List("item")
	for _, c := range items.Codes {
		if !used[c.Code] {
			t.Errorf("no field holds %s", c.Label)
		}
	}
	star := 0
	for _, f := range s.flat {
		if f.StateReport {
			star++
		}
	}
	if star != 8 {
		t.Errorf("%d fields are marked for the state", star)
	}
	for _, f := range s.FieldsOf(OwnerHousehold, "address") {
		if f.ID != "visitor_tel" {
			t.Errorf("household address field %s", f.ID)
		}
	}
}

func TestHolds(t *testing.T) {
	t.Parallel()
	s := builtinSet(t)
	for _, c := range []struct {
		owner Owner
		item  string
		name  string
		want  bool
	}{
		{OwnerPerson, "care", "care_level", true},
		{OwnerHousehold, "care", "care_level", false},
		{OwnerPerson, "health", "care_level", false},
		{OwnerHousehold, "basic", "route_other", true},
		{OwnerHousehold, "progress", "route_other", false},
		{OwnerPerson, "care", "care_level_other", false},
		{OwnerPerson, "basic", "name", false}, // comes from the record
		{OwnerPerson, "basic", "nothing", false},
	} {
		if got := s.Holds(c.owner, c.item, c.name); got != c.want {
			t.Errorf("%s %s %s: %v", c.owner, c.item, c.name, got)
		}
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	s := builtinSet(t)
	for _, c := range []struct {
		field string
		value any
		says  string // "" = good
	}{
		{"received_on", nil, "NOFIELD"},
		{"received_by", "髙橋 𠮷子", ""},
		{"received_by", strings.Repeat("𠮷", 60), ""},
		{"received_by", strings.Repeat("𠮷", 61), "受付者: 60文字まで"},
		{"received_by", "a\nb", "改行"},
		{"trouble", "一行目\n二行目", ""},
		{"trouble", "番号は1234-5678-9018", "個人番号"},
		{"care_level", "k2", ""},
		{"care_level", "k6", "選択肢にない"},
		{"care_level", 2.0, "形"},
		{"need", `["04","15"]`, ""},
		{"need", `["04","04"]`, "2回"},
		{"need", `["30"]`, "選択肢にない"},
		{"need", `{`, "読み取れません"},
		{"rent", 42000.0, ""},
		{"rent", -1.0, "0以上"},
		{"rent", 0.5, "整数"},
		{"rent", "42000", "整数"},
		{"screening_on", "2026-04-31", "日付"},
		{"screening_on", "2026-04-30", ""},
		{"screening_on", "", ""},
		{"no_address", true, ""},
		{"no_address", "yes", "はい"},
		{"source_agency", "01h8xk", ""},
		{"source_agency", "<b>", "一覧"},
	} {
		f, ok := s.Field(c.field)
		if !ok {
			t.Fatalf("no field %s", c.field)
		}
		err := s.Validate(f, c.value)
		var e *fault.Error
		switch {
		case c.says == "" || c.says == "NOFIELD":
			if err != nil {
				t.Errorf("%s = %v: %v", c.field, c.value, err)
			}
		case !errors.As(err, &e) || e.Kind != fault.Invalid || e.Field != c.field || !strings.Contains(e.Message, c.says):
			t.Errorf("%s = %v: %v, want %q", c.field, c.value, err, c.says)
		}
	}
	f, _ := s.Field("received_by")
	f.Required = true
	if err := s.Validate(f, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("required and empty: %v", err)
	}
}

const listsV1 = `{"effectiveFrom":"2025-04-01","lists":[{"id":"item","title":"項目","codes":[{"code":"basic","label":"基本"}]},
 {"id":"x","title":"X","codes":[{"code":"a","label":"旧"}]}]}`

func form(id, from, title string) string {
	return `{"id":"` + id + `","version":"` + from + `","effectiveFrom":"` + from + `","title":"` + title + `","sections":[{"id":"s","title":"S","fields":[
 {"id":"` + id + `_1","label":"L","type":"one","item":"basic","owner":"person","codes":"x"}]}]}`
}

func TestVersionsByDate(t *testing.T) {
	t.Parallel()
	dir := fstest.MapFS{
		"a/lists.json":  {Data: []byte(listsV1)},
		"b/lists.json":  {Data: []byte(`{"effectiveFrom":"2026-04-01","lists":[{"id":"x","title":"X","codes":[{"code":"a","label":"新"}]}]}`)},
		"a/form_f.json": {Data: []byte(form("f", "2025-04-01", "一版"))},
		"b/form_f.json": {Data: []byte(form("f", "2026-04-01", "二版"))},
	}
	b, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string][2]string{"2024-01-01": {"一版", "旧"}, "2025-04-01": {"一版", "旧"}, "2026-03-31": {"一版", "旧"},
		"2026-04-01": {"二版", "新"}, "2030-01-01": {"二版", "新"}} {
		s := b.At(date)
		d, _ := s.Form("f")
		if got := [2]string{d.Title, s.Label("x", "a")}; got != want || len(s.Forms) != 1 || len(s.Lists) != 2 {
			t.Errorf("%s: %v", date, got)
		}
	}
	if got := b.At("2026-04-01").Label("x", "gone"); got != "gone" {
		t.Errorf("a code that is no longer on the list shows %q", got)
	}
}

func TestLoadRefusesBrokenData(t *testing.T) {
	t.Parallel()
	good := form("f", "2026-04-01", "版")
	for name, dir := range map[string]fstest.MapFS{
		"unknown item":    {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"item":"basic"`, `"item":"secret"`, 1))}},
		"unknown list":    {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"codes":"x"`, `"codes":"y"`, 1))}},
		"unknown type":    {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"type":"one"`, `"type":"two"`, 1))}},
		"unknown owner":   {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"person"`, `"cat"`, 1))}},
		"unknown key":     {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"label"`, `"lable"`, 1))}},
		"bad date":        {"lists.json": {Data: []byte(strings.Replace(listsV1, "2025-04-01", "2025-4-1", 1))}},
		"code twice":      {"lists.json": {Data: []byte(strings.Replace(listsV1, `"codes":[{"code":"a","label":"旧"}]`, `"codes":[{"code":"a","label":"旧"},{"code":"a","label":"新"}]`, 1))}},
		"field in two":    {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(good)}, "form_g.json": {Data: []byte(strings.Replace(form("g", "2026-04-01", "版"), "g_1", "f_1", 1))}},
		"something else":  {"x.json": {Data: []byte("{}")}},
		"not even JSON":   {"form_f.json": {Data: []byte("{")}},
		"text, no limit":  {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"type":"one","item":"basic","owner":"person","codes":"x"`, `"type":"memo","item":"basic","owner":"person"`, 1))}},
		"codes, no field": {"lists.json": {Data: []byte(listsV1)}, "form_f.json": {Data: []byte(strings.Replace(good, `"type":"one"`, `"type":"bool"`, 1))}},
	} {
		if _, err := Load(dir); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}
