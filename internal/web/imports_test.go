package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/tables"
)

// bringing is a request that brings a file along, with what is said of it.
func (h *house) bringing(login, path, name, content string, how any) ask {
	h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if how != nil {
		raw, err := json.Marshal(how)
		h.ok(err)
		h.ok(form.WriteField("how", string(raw)))
	}
	w, err := form.CreateFormFile("file", name)
	h.ok(err)
	_, err = w.Write([]byte(content))
	h.ok(err)
	h.ok(form.Close())
	return ask{login: login, path: path, form: body.Bytes(), kind: form.FormDataContentType()}
}

func (b *browser) bring(path, content string, how any) answer {
	b.h.t.Helper()
	return b.make(post, b.h.bringing("", path, "名簿.csv", content, how))
}

func (b *browser) look(content string, how imports.How) (p imports.Preview) {
	b.h.t.Helper()
	b.bring("/api/imports/look", content, how).into(b.h.t, &p)
	return p
}

const (
	listOne   = "受付日,氏名,相談内容\n2024/4/1,渡邉 花," + wordForm + "\n"
	listTwo   = "受付日,氏名,相談内容\n2024/4/2,小川 次郎,転居の相談\n" // of nobody in the scene
	listThree = "受付日,氏名,相談内容\n2024/4/3,大川 三郎,家賃の相談\n"
)

// order is what takes a list in as it was looked at.
func (b *browser) order(content, id string, how imports.How) imports.Order {
	return imports.Order{ID: id, How: how, Plan: b.look(content, how).Plan, Rest: true}
}

func (s *scene) importAsks() map[string]ask {
	city := s.as("city")
	return map[string]ask{
		"GET /api/imports": {login: "secretariat", path: "/api/imports"}, "DELETE /api/imports/{id}": {login: "secretariat", path: "/api/imports/" + s.imported},
		"POST /api/imports/look":   s.bringing("city", "/api/imports/look", "名簿.csv", listTwo, imports.How{}),
		"POST /api/imports/errors": s.bringing("city", "/api/imports/errors", "名簿.csv", listTwo, imports.How{}),
		"POST /api/imports":        s.bringing("city", "/api/imports", "名簿.csv", listTwo, city.order(listTwo, "importoftheasks000001", imports.How{})),
		"POST /api/jobs/import":    s.bringing("city", "/api/jobs/import", "名簿.csv", listThree, city.order(listThree, "importoftheasks000002", imports.How{})),
		"POST /api/tables":         s.bringing("agency", "/api/tables", "表.csv", "支援項目,社協\n1. 見守り,◎\n", nil),
	}
}

// imports is a list that was taken in.
func (s *scene) imports() {
	s.t.Helper()
	var b imports.Batch
	s.desk.bring("/api/imports", listOne, s.desk.order(listOne, "importofthescene00001", imports.How{})).into(s.t, &b)
	s.imported = b.ID
}

// A list as a municipality keeps it: what is wrong is said with row and column, the good rows are taken in, the mended file brings only the rest, and 取消 takes away what nobody
// has worked on.
func TestAListComesIn(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	head := "多機関協働 相談者名簿,,,,,,,,,,,,\n,,,,,,,,,,,,\n受付日,氏名,フリガナ,生年月日,性別,住所,電話番号,世帯員,相談経路,相談内容,担当機関,状態,終了日\n"
	good := "R6.4.1,\U00020BB7田 髙\uFA11,ヨシダ タカサキ,S45.3.2,女性,海辺町1-1,0900000000," + "吉田 一郎（長男）、母：𠮷田 ハナ,本人来所,\"眠れない\n食べていない\",社協,継続,\n"
	bad := "R6.4.2,鈴木 一,スズキ ハジメ,昭和99年,男,,900000000,3人,民生委員,,社協,終結,\nR9.4.1,,,,,,,,,,どこか,,\n令和6年4月3日,123456789018,,,,,,,,,,,\n"
	p := desk.look(head+good+bad, imports.How{})
	if p.Head != 3 || p.Total != 4 || p.Good != 1 || p.Bad != 3 || p.Mapping["name"] != 2 || p.Mapping["kana"] != 3 || p.Mapping["f/tel_home"] != 7 || p.Mapping["agencies"] != 11 || len(p.Missing) != 0 || p.Form != string(tables.FormCSV) {
		t.Fatalf("%+v", p)
	}
	var said []string
	for _, x := range p.Problems {
		said = append(said, fmt.Sprint(x.Row, x.Letter, " ", x.Field, ": ", strings.SplitN(x.Message, "。", 2)[0]))
	}
	for _, want := range []string{"5D 生年月日: 生年月日として読み取れません", "5G 電話(自宅): 電話番号の先頭の0が落ちています（Excelが数として扱ったため）", "5I 相談経路: 「民生委員」が何に当たるか決まっていません", "5M 終結日: 終結したケースには終結日が要ります",
		"6A 受付日: 日付が未来になっています（2027-04-01）", "6B 氏名: 氏名を入力してください", "6K 関わる機関: 「どこか」が何に当たるか決まっていません", "7B 氏名: 個人番号(マイナンバー)の形をした12桁の数字があります"} {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("nothing said of %q in\n%s", want, strings.Join(said, "\n"))
		}
	}
	if i := slices.IndexFunc(p.Words, func(w imports.Word) bool { return w.Word == "民生委員" }); i < 0 || p.Words[i].Rows != 1 || len(p.Words[i].Options) != 7 {
		t.Errorf("%+v", p.Words)
	}
	if raw := string(desk.bring("/api/imports/look", head+good+bad, imports.How{}).body); strings.Contains(raw, "123456789018") {
		t.Error("an 個人番号 came back")
	}
	order := imports.Order{ID: "firstimportofthelist1", Plan: p.Plan}
	wantKind(t, "with errors", desk.bring("/api/imports", head+good+bad, order), fault.Conflict)
	order.Rest, order.Plan = true, "another"
	wantKind(t, "another file than was looked at", desk.bring("/api/imports", head+good+bad, order), fault.Conflict)
	order.Plan = p.Plan
	var b, again imports.Batch
	desk.bring("/api/imports", head+good+bad, order).into(t, &b)
	desk.bring("/api/imports", head+good+bad, order).into(t, &again)
	if b.Made != 1 || b.Refused != 3 || b.First != "K2024-0001" || b.First != b.Last || again.ID != b.ID || again.First != b.First {
		t.Fatalf("%+v %+v", b, again)
	}
	var found struct {
		Cases []struct{ ID, StageLabel string }
	}
	desk.post("/api/cases/search", map[string]string{"q": b.First, "stage": ""}).into(t, &found)
	var c caseBody
	desk.get("/api/cases/"+found.Cases[0].ID).into(t, &c)
	if len(c.Persons) != 3 || c.Persons[0].Name != "\U00020BB7田 髙\uFA11" || c.Persons[0].Birth != "1970-03-02" || c.Persons[0].Sex != "女" || c.Persons[2].Name != "𠮷田 ハナ" || c.Persons[2].Relation != "母" || found.Cases[0].StageLabel != "支援中" {
		t.Fatalf("%+v", c)
	}

	want := map[string]any{"t:f/address": "海辺町1-1", "t:f/tel_home": "0900000000", "t:f/trouble": "眠れない\n食べていない", "f/route": "01"}
	if got := h.sheetOf(found.Cases[0].ID); !maps.Equal(got, want) {
		t.Errorf("the sheet says %v", got)
	}
	var seen caseBody // the agency of the list is of the case, and sees of it what consent lets it see
	h.as("agency").get("/api/cases/"+found.Cases[0].ID).into(t, &seen)
	if len(seen.Persons) != 3 || !seen.Persons[0].Hidden || seen.Persons[0].Name != "" {
		t.Errorf("%+v", seen)
	}
	for what, n := range map[string]int{"verb = 'import.take'": 1, "verb = 'case.create' AND reason = 'import' AND case_id <> ''": 1} {
		var have int
		if h.ok(h.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE ` + what).Scan(&have)); have != n {
			t.Errorf("%d entries where %s", have, what)
		}
	}

	// The mended file: the row that came in before is known again.
	mended := head + good + "R6.4.2,鈴木 一,スズキ ハジメ,昭和39年,男,,0900000001,,民生委員,,社協,終結,R6.9.30\n"
	how := imports.How{Words: map[string]map[string]string{"f/route": {"民生委員": "06"}}}
	if p = desk.look(mended, how); p.Done != 1 || p.Good != 1 || p.Bad != 0 || len(p.Again) != 0 {
		t.Fatalf("%+v", p)
	}
	var second imports.Batch
	desk.bring("/api/imports", mended, imports.Order{ID: "secondimportoftheli1", How: how, Plan: p.Plan}).into(t, &second)
	desk.post("/api/cases/search", map[string]string{"q": "鈴木", "stage": ""}).into(t, &found)
	if got := h.sheetOf(found.Cases[0].ID); got["f/route"] != "06" || got["t:f/route_other"] != "民生委員" || found.Cases[0].StageLabel != "終結" {
		t.Errorf("%v %+v", got, found)
	}
	desk.post("/api/cases/search", map[string]string{"q": b.First, "stage": ""}).into(t, &found)
	if p = desk.look(mended, imports.How{}); p.Done != 2 || p.Good != 0 || len(p.Again) != 1 || len(p.Words) != 1 || !p.Words[0].Known || p.Words[0].Code != "06" {
		t.Errorf("the same once more: %+v", p)
	}
	wantKind(t, "nothing new", desk.bring("/api/imports", mended, imports.Order{ID: "thirdimportofthelist", How: imports.How{}, Plan: p.Plan}), fault.Conflict)
	// Somebody whom the desk knows already is named before a second case of hers is made.
	if p = desk.look("氏名,生年月日\n吉田高\uFA11,S45.3.2\n", imports.How{}); len(p.Doubles) != 1 || p.Doubles[0].Lines[0].Number != b.First {
		t.Errorf("%+v", p.Doubles)
	}

	// 取消: the first case has been worked on, the second has not.
	wantStatus(t, "a member", desk.post("/api/cases/"+found.Cases[0].ID+"/members", map[string]string{"agencyId": h.stranger.ID, "note": ""}), http.StatusNoContent)
	var u imports.Undone
	desk.do(del, "/api/imports/"+b.ID, nil, "").into(t, &u)
	if u.Removed != 0 || len(u.Kept) != 1 || u.Kept[0].Number != b.First || u.Kept[0].Why != "関わる機関が変えられている" || u.Batch.State != imports.StatePartly {
		t.Errorf("%+v", u)
	}
	desk.do(del, "/api/imports/"+second.ID, nil, "").into(t, &u)
	if u.Removed != 1 || len(u.Kept) != 0 || u.Batch.State != imports.StateUndone {
		t.Errorf("%+v", u)
	}
	wantKind(t, "undone twice", desk.do(del, "/api/imports/"+second.ID, nil, ""), fault.Conflict)
	desk.post("/api/cases/search", map[string]string{"q": "鈴木", "stage": ""}).into(t, &found)
	if len(found.Cases) != 0 {
		t.Errorf("%+v", found)
	}
	if p = desk.look(mended, imports.How{}); p.Good != 1 || p.Done != 1 {
		t.Errorf("after 取消 the row is new again: %+v", p)
	}
}

// sheetOf is what stands in the sheets of a case.
func (h *house) sheetOf(caseID string) map[string]any {
	h.t.Helper()
	ids, err := h.store.CaseDocs(context.Background(), h.tenant, caseID)
	h.ok(err)
	out := map[string]any{}
	for _, id := range ids {
		d, err := h.deps.Docs.ReadDocument(context.Background(), h.tenant, id)
		h.ok(err)
		for _, k := range d.Keys() {
			out[k], _ = d.Value(k)
		}
		for _, k := range d.TextKeys() {
			out["t:"+k] = d.Text(k)
		}
	}
	return out
}

// A list of errors is a table; what would run in a spreadsheet does not.
func TestErrorsAsATable(t *testing.T) {
	t.Parallel()
	h := settled(t)
	a := h.as("city").bring("/api/imports/errors", "氏名,生年月日\n髙橋,=1+1\n", imports.How{})
	r, err := tables.Open(a.body)
	if err != nil || len(r.Sheets[0].Rows) != 3 || r.Sheets[0].At(1, 0) != "2" || r.Sheets[0].At(1, 1) != "B" || !strings.Contains(string(a.body), "'=1+1") || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %s %v", err, a.body, a.header)
	}
}

// A table that somebody brings along comes back as texts, and one that holds an 個人番号 or is none does not.
func TestTablesAreRead(t *testing.T) {
	t.Parallel()
	h := settled(t)
	b := h.as("agency")
	var got struct {
		Sheets []struct {
			Name string
			Rows [][]string
		}
	}
	b.bring("/api/tables", "支援項目,社協\n1. 見守り,◎\n", nil).into(t, &got)
	if len(got.Sheets) != 1 || !slices.Equal(got.Sheets[0].Rows[1], []string{"1. 見守り", "◎"}) {
		t.Errorf("%+v", got)
	}
	wantKind(t, "an 個人番号", b.bring("/api/tables", "a\n123456789018\n", nil), fault.Invalid)
	wantKind(t, "no table", b.bring("/api/tables", "%PDF-1.7", nil), fault.Invalid)
	wantKind(t, "too large", b.bring("/api/tables", strings.Repeat("x", tables.MaxFile+1), nil), fault.TooLarge)
}
