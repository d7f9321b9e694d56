package web

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/firstrun"
	"kasane/internal/identity"
)

func logoPNG(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 60, 30))
	for i := range 60 * 30 {
		img.SetNRGBA(i%60, i/60, color.NRGBA{0, 90, 200, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const agencyTable = "名称\t種別・分野\t担当者\t電話\tFAX\n潮見市南地域包括支援センター\t地域包括\t海野 凪\t012-345-6789\t1\n潮見市社会福祉協議会\t\t渚 砂\t012-345-0000\t\n"

// firstRunAsks are those of 自治体 and はじめの設定.
func (s *scene) firstRunAsks() map[string]ask {
	s.t.Helper()
	return map[string]ask{
		"POST /api/agencies/look": {login: "city", path: "/api/agencies/look", body: map[string]string{"text": agencyTable}},
		"POST /api/agencies/list": {login: "city", path: "/api/agencies/list", body: map[string]any{"agencies": []any{map[string]string{"name": "新しい相談所", "category": "other", "phone": "012-345-6789"}}}},
		"GET /api/town":           {login: "city", path: "/api/town"},
		"PUT /api/town":           {login: "city", path: "/api/town", body: firstrun.Town{Name: "潮見市", Code: "131016", Since: 2025}},
		"GET /api/town/logo":      {login: "agency", path: "/api/town/logo"},
		"PUT /api/town/logo":      {login: "city", path: "/api/town/logo", body: map[string][]byte{"picture": logoPNG(s.t)}},
		"DELETE /api/town/logo":   {login: "city", path: "/api/town/logo"},
		"GET /api/first-run":      {login: "city", path: "/api/first-run"},
		"PUT /api/first-run":      {login: "city", path: "/api/first-run", body: map[string]bool{"aside": true}},
		"PUT /api/first-run/{id}": {login: "city", path: "/api/first-run/town", body: map[string]bool{"done": true}},
	}
}

// The way of the first administrator: from nothing to the last step, left and come back to, put aside; each municipality has its own.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	h := settled(t)
	city := h.as("city")
	var way firstrun.Way
	city.get("/api/first-run").into(t, &way)
	if way.Done != 0 || !way.Asking || len(way.Steps) != 7 || way.Steps[0].Step != firstrun.StepTown || way.Steps[6].Step != firstrun.StepSummary {
		t.Fatalf("at first: %+v", way)
	}
	put := func(path string, body any) answer { t.Helper(); return city.send(http.MethodPut, path, body) }
	put("/api/first-run/agencies", map[string]bool{"done": true}).into(t, &way)
	put("/api/first-run/town", map[string]bool{"done": true}).into(t, &way)
	if way.Done != 2 || !way.Steps[1].Done || way.Steps[1].ByName != "city" || way.Steps[1].At == nil || way.Steps[2].Done {
		t.Errorf("two steps: %+v", way)
	}
	put("/api/first-run/town", map[string]bool{"done": false}).into(t, &way)
	if way.Done != 1 || way.Steps[0].Done {
		t.Errorf("opened again: %+v", way)
	}
	put("/api/first-run", map[string]bool{"aside": true}).into(t, &way)
	if !way.Aside || way.Asking || way.Done != 1 {
		t.Errorf("put aside: %+v", way)
	}
	put("/api/first-run", map[string]bool{"aside": false}).into(t, &way)
	for _, step := range firstrun.Steps() {
		put("/api/first-run/"+string(step), map[string]bool{"done": true}).into(t, &way)
	}
	if way.Done != 7 || way.Asking {
		t.Errorf("all done: %+v", way)
	}
	wantKind(t, "no such step", put("/api/first-run/nothing", map[string]bool{"done": true}), fault.NotFound)
	for _, login := range []string{"secretariat", "chair", "agency", "observer", "records", "auditor", "stranger"} {
		wantKind(t, login, h.as(login).get("/api/first-run"), fault.Forbidden)
	}
	m, _, admin, err := h.ids.Found(context.Background(), identity.Founding{Name: "別の町", Agency: identity.AgencyInput{Name: "福祉課"},
		Admin: identity.UserInput{Login: "other", Name: "別", Kana: "べつ", Roles: []access.Role{access.RoleAdmin}, Password: password}})
	h.ok(err)
	other := h.of(m.ID, admin.Login)
	other.get("/api/first-run").into(t, &way)
	if way.Done != 0 || !way.Asking {
		t.Errorf("another municipality begins with %+v", way)
	}
	wantStatus(t, "code", put("/api/town", firstrun.Town{Name: "潮見市", Code: "131016"}), http.StatusOK)
	taken := other.send(http.MethodPut, "/api/town", firstrun.Town{Name: "別の町", Code: "131016"})
	if wantKind(t, "the code of another", taken, fault.Conflict); taken.field() != "code" {
		t.Errorf("said at %q", taken.field())
	}
}

// of opens a session in another municipality.
func (h *house) of(tenant, login string) *browser {
	h.t.Helper()
	mine := h.tenant
	h.tenant = tenant
	defer func() { h.tenant = mine }()
	return h.as(login)
}

// What a municipality says of itself is on every page of its people, and nowhere before they are signed in.
func TestTownAndLogo(t *testing.T) {
	t.Parallel()
	h := settled(t)
	city := h.as("city")
	var town firstrun.TownView
	city.get("/api/town").into(t, &town)
	if town.Name != "潮見市" || town.Code != "" || town.Logo != nil || len(town.Years) < 2 {
		t.Fatalf("at first: %+v", town)
	}
	wantKind(t, "no mark yet", city.get("/api/town/logo"), fault.NotFound)
	for _, c := range []struct{ code, says string }{{"13101", "131016"}, {"131015", "131016"}, {"991014", "都道府県"}, {"1310", "4桁"}, {"東京", "数字"}} {
		a := city.send(http.MethodPut, "/api/town", firstrun.Town{Name: "潮見市", Code: c.code})
		if wantKind(t, c.code, a, fault.Invalid); a.field() != "code" || !strings.Contains(string(a.body), c.says) {
			t.Errorf("%s: %s", c.code, a.body)
		}
	}
	city.send(http.MethodPut, "/api/town", firstrun.Town{Name: "潮見市", Code: "１３１０１６", Since: 2024}).into(t, &town)
	if town.Code != "131016" || town.Prefecture != "東京都" || town.Since != 2024 {
		t.Errorf("saved: %+v", town)
	}
	wantKind(t, "no picture", city.send(http.MethodPut, "/api/town/logo", map[string][]byte{"picture": []byte("<svg/>")}), fault.Invalid)
	var logo firstrun.LogoView
	city.send(http.MethodPut, "/api/town/logo", map[string][]byte{"picture": logoPNG(t)}).into(t, &logo)
	agency := h.as("agency")
	got := agency.get("/api/town/logo")
	if wantStatus(t, "the mark", got, http.StatusOK); got.header.Get("Content-Type") != "image/png" || logo.Width != 60 {
		t.Errorf("%v %+v", got.header, logo)
	}
	if _, err := png.Decode(bytes.NewReader(got.body)); err != nil {
		t.Error(err)
	}
	var ses sessionBody
	agency.get("/api/session").into(t, &ses)
	if ses.Municipality.Logo != logo.Stamp || ses.Municipality.Since != 2024 {
		t.Errorf("session: %+v", ses.Municipality)
	}
	ses = sessionBody{}
	h.browser().get("/api/session").into(t, &ses)
	if ses.Municipality.Logo != "" || ses.Municipality.Since != 0 {
		t.Errorf("signed out: %+v", ses.Municipality)
	}
	wantStatus(t, "taken away", city.do(http.MethodDelete, "/api/town/logo", nil, ""), http.StatusNoContent)
	wantKind(t, "gone", agency.get("/api/town/logo"), fault.NotFound)
}

// A list of 関係機関 is looked at without keeping anything, and saved all or none; whom to call there is for those who call them.
func TestAgenciesFromATable(t *testing.T) {
	t.Parallel()
	h := settled(t)
	city := h.as("city")
	var looked firstrun.Looked
	city.post("/api/agencies/look", map[string]string{"text": agencyTable}).into(t, &looked)
	if len(looked.Rows) != 2 || looked.Rows[0].State != firstrun.RowNew || looked.Rows[0].Category != "houkatsu" || looked.Rows[1].State != firstrun.RowChange || len(looked.Unused) != 1 {
		t.Fatalf("%+v", looked)
	}
	if list, err := h.store.ListAgencies(t.Context(), h.tenant); err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	rows := []firstrun.AgencyRow{looked.Rows[0].AgencyRow, looked.Rows[1].AgencyRow}
	bad := append(rows[:2:2], firstrun.AgencyRow{Name: "三つ目", Category: "nothing"})
	a := city.post("/api/agencies/list", map[string]any{"agencies": bad})
	if wantKind(t, "one row is wrong", a, fault.Invalid); a.field() != "agencies.2.category" {
		t.Errorf("said at %q", a.field())
	}
	if list, err := h.store.ListAgencies(t.Context(), h.tenant); err != nil || len(list) != 3 {
		t.Fatal("saved in part", list, err)
	}
	wantStatus(t, "take", city.post("/api/agencies/list", map[string]any{"agencies": rows}), http.StatusOK)
	see := func(login string) map[string]access.Agency {
		var body struct{ Agencies []access.Agency }
		h.as(login).get("/api/agencies").into(t, &body)
		out := map[string]access.Agency{}
		for _, g := range body.Agencies {
			out[g.Name] = g
		}
		return out
	}
	for _, login := range []string{"city", "sysadmin", "secretariat"} {
		if g := see(login)["潮見市社会福祉協議会"]; g.Contact != "渚 砂" || g.Phone != "012-345-0000" || g.Short != "社協" || g.Category != "csw" {
			t.Errorf("%s sees %+v", login, g)
		}
	}
	for _, login := range []string{"chair", "agency", "observer", "records", "auditor", "stranger"} {
		if g := see(login)["潮見市南地域包括支援センター"]; g.Short != "南地域包括支援セ" || g.Contact != "" || g.Phone != "" {
			t.Errorf("%s sees %+v", login, g)
		}
	}
	wantKind(t, "again", city.post("/api/agencies/list", map[string]any{"agencies": rows}), fault.Conflict)
	wantKind(t, "nothing", city.post("/api/agencies/look", map[string]string{"text": " "}), fault.Invalid)
}
