package firstrun

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/sheets"
)

func TestCodes(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "011002", "131016", "141003", "271004", "401307", "472018", "473502"} { // as the 総務省 list has them
		if err := CheckCode(code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	for code, says := range map[string]string{"01100": "011002", "011003": "011002", "0110023": "7桁", "1": "1桁", "48000": "都道府県", "000000": "都道府県", "01100X": "数字", "０11002": "数字"} {
		err := CheckCode(code)
		if !fault.Is(err, fault.Invalid) || fault.Field(err) != "code" || !strings.Contains(fault.Message(err), says) {
			t.Errorf("%s: %v, want %s", code, err, says)
		}
	}
	if Prefecture("011002") != "北海道" || Prefecture("472018") != "沖縄県" || Prefecture("demo") != "" || Prefecture("4") != "" {
		t.Error("prefectures")
	}
}

// One wrong digit, and two neighbours that changed places where they differ, are found in all but the cases the rule cannot tell.
func TestCheckDigitFindsSlips(t *testing.T) {
	t.Parallel()
	missed := 0
	for at := range 5 {
		for d := byte('0'); d <= '9'; d++ {
			slip := []byte("131016")
			slip[at] = d
			if string(slip) != "131016" && CheckCode(string(slip)) == nil {
				missed++
			}
		}
	}
	if missed > 1 {
		t.Errorf("%d of 45 wrong digits pass", missed)
	}
}

func picture(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.SetNRGBA(i%w, i/w, color.NRGBA{uint8(i % w), 90, 200, 255})
	}
	return img
}

func TestLogo(t *testing.T) {
	t.Parallel()
	var asPNG, asJPEG bytes.Buffer
	if err := png.Encode(&asPNG, picture(960, 100)); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, picture(100, 400), nil); err != nil {
		t.Fatal(err)
	}
	hidden := append(asPNG.Bytes()[:asPNG.Len():asPNG.Len()], "<script>alert(1)</script>"...)
	for name, c := range map[string]struct {
		sent []byte
		w, h int
	}{"wide": {asPNG.Bytes(), 480, 50}, "high": {asJPEG.Bytes(), 30, 120}, "with more behind": {hidden, 480, 50}} {
		l, err := ReadLogo(c.sent)
		if err != nil || l.Width != c.w || l.Height != c.h || len(l.Stamp) != 16 {
			t.Errorf("%s: %d×%d %q %v", name, l.Width, l.Height, l.Stamp, err)
			continue
		}
		if kept, err := png.DecodeConfig(bytes.NewReader(l.Picture)); err != nil || kept.Width != c.w || bytes.Contains(l.Picture, []byte("script")) {
			t.Errorf("%s: %v %v", name, kept, err)
		}
	}
	var small, clear bytes.Buffer
	if err := png.Encode(&small, picture(60, 30)); err != nil {
		t.Fatal(err)
	}
	if l, err := ReadLogo(small.Bytes()); err != nil || l.Width != 60 || l.Height != 30 {
		t.Errorf("a small one changes: %d×%d %v", l.Width, l.Height, err)
	}
	see := picture(960, 240)
	for i := range see.Pix {
		if i%4 == 3 && (i/4)%960 < 480 {
			see.Pix[i] = 0
		}
	}
	if err := png.Encode(&clear, see); err != nil {
		t.Fatal(err)
	}
	l, err := ReadLogo(clear.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	kept, err := png.Decode(bytes.NewReader(l.Picture))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, a := kept.At(10, 10).RGBA(); a != 0 {
		t.Errorf("what was transparent is %d", a)
	}
	if r, g, b, a := kept.At(400, 10).RGBA(); a != 0xFFFF || g>>8 != 90 || b>>8 != 200 || r>>8 == 0 {
		t.Errorf("%d %d %d %d", r>>8, g>>8, b>>8, a)
	}
}

func TestLogosThatAreRefused(t *testing.T) {
	t.Parallel()
	var tiny, vast bytes.Buffer
	if err := png.Encode(&tiny, picture(15, 200)); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&vast, image.NewGray(image.Rect(0, 0, logoMost+1, 20))); err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	if err := png.Encode(&whole, picture(60, 60)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		sent []byte
		kind fault.Kind
	}{
		"nothing": {nil, fault.Invalid}, "svg": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), fault.Invalid}, "gif": {[]byte("GIF89a\x01\x00\x01\x00"), fault.Invalid},
		"cut": {whole.Bytes()[:whole.Len()/2], fault.Invalid}, "tiny": {tiny.Bytes(), fault.Invalid}, "vast": {vast.Bytes(), fault.Invalid},
		"heavy": {make([]byte, MaxLogo+1), fault.TooLarge},
	} {
		if _, err := ReadLogo(c.sent); !fault.Is(err, c.kind) || fault.Field(err) != "picture" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// memory is a store of one municipality, and its agencies.
type memory struct {
	kept     Kept
	agencies []access.Agency
	changes  []identity.AgencyChange
	entries  []access.Entry
}

func (m *memory) FirstRun(context.Context, string) (Kept, error) { return m.kept, nil }
func (m *memory) SaveTown(_ context.Context, _ string, t Town, e access.Entry) error {
	m.kept.Town, m.entries = t, append(m.entries, e)
	return nil
}
func (m *memory) SaveLogo(_ context.Context, _ string, l Logo, _ Mark, e access.Entry) error {
	m.kept.Logo, m.entries = l.Stamp, append(m.entries, e)
	return nil
}
func (m *memory) DropLogo(_ context.Context, _ string, e access.Entry) error {
	m.kept.Logo, m.entries = "", append(m.entries, e)
	return nil
}
func (m *memory) Logo(context.Context, string) (Logo, error) { return Logo{Stamp: m.kept.Logo}, nil }
func (m *memory) MarkStep(_ context.Context, _ string, _ Mark, _ bool, e access.Entry) error {
	m.entries = append(m.entries, e)
	return nil
}
func (m *memory) PutAside(_ context.Context, _ string, aside bool, e access.Entry) error {
	m.kept.Aside, m.entries = aside, append(m.entries, e)
	return nil
}
func (m *memory) Agencies(context.Context, access.Actor) ([]access.Agency, error) {
	return slices.Clone(m.agencies), nil
}
func (m *memory) SaveAgencies(_ context.Context, _ access.Actor, changes []identity.AgencyChange) ([]access.Agency, error) {
	m.changes = append(m.changes, changes...)
	return []access.Agency{}, nil
}

var start = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func service(t *testing.T) (*Service, *memory) {
	t.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	m := &memory{kept: Kept{Town: Town{Name: "潮見市"}, Since: start}, agencies: []access.Agency{
		{ID: "a1", Name: "福祉政策課", Short: "福祉", City: true, Active: true},
		{ID: "a2", Name: "潮見市社会福祉協議会", Short: "社協", Category: "shakyo", Active: true, Addresses: []string{"192.0.2.0/24"}, Phone: "012-345-6789"},
		{ID: "a3", Name: "休止中の会", Short: "休止", Category: "other"},
	}}
	return New(m, m, book, func() time.Time { return start }), m
}

func actor(roles ...access.Role) access.Actor {
	return access.Actor{Tenant: "m1", UserID: "u1", AgencyID: "a1", Name: "髙田", Roles: roles}
}

// Only who administers does anything here, and what is refused leaves no entry.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, role := range access.Roles() {
		s, m := service(t)
		a := actor(role)
		if role == access.RoleGuest {
			a.GuestMeeting = "g1"
		}
		want := role == access.RoleAdmin || role == access.RoleCity
		deeds := map[string]func() error{
			"way":   func() error { _, err := s.Way(ctx, a); return err },
			"mark":  func() error { return s.MarkStep(ctx, a, StepTown, true) },
			"aside": func() error { return s.PutAside(ctx, a, true) },
			"town":  func() error { _, err := s.Town(ctx, a); return err },
			"save":  func() error { _, err := s.SaveTown(ctx, a, Town{Name: "潮見市"}); return err },
			"drop":  func() error { return s.DropLogo(ctx, a) },
			"look":  func() error { _, err := s.LookAtAgencies(ctx, a, nil, "名称\n新しい会"); return err },
			"take":  func() error { _, err := s.TakeAgencies(ctx, a, []AgencyRow{{Name: "新しい会"}}); return err },
		}
		for name, deed := range deeds {
			if err := deed(); want != (err == nil) {
				t.Errorf("%s %s: %v", role, name, err)
			}
		}
		if n := len(m.entries); want != (n == 4) || !want && n+len(m.changes) != 0 {
			t.Errorf("%s: %d entries", role, n)
		}
		if _, err := s.Logo(ctx, a); err != nil {
			t.Errorf("%s sees no logo: %v", role, err)
		}
	}
	s, _ := service(t)
	if _, err := s.Logo(ctx, access.Actor{}); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("nobody sees it: %v", err)
	}
}

// A code that has a host name of its own is neither left nor taken on the screen.
func TestCodesOfHosts(t *testing.T) {
	t.Parallel()
	ctx, city := context.Background(), actor(access.RoleCity)
	s, m := service(t)
	s.BindCodes(func(code string) bool { return code == "131016" })
	m.kept.Town.Code = "131016"
	for name, v := range map[string]Town{"left": {Name: "潮見市"}, "changed": {Name: "潮見市", Code: "011002"}} {
		if _, err := s.SaveTown(ctx, city, v); !fault.Is(err, fault.Conflict) || fault.Field(err) != "code" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.SaveTown(ctx, city, Town{Name: "新潮見市", Code: "131016"}); err != nil {
		t.Errorf("the name: %v", err)
	}
	m.kept.Town.Code = "011002"
	if _, err := s.SaveTown(ctx, city, Town{Name: "潮見市", Code: "131016"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken: %v", err)
	}
	if _, err := s.SaveTown(ctx, city, Town{Name: "潮見市"}); err != nil {
		t.Errorf("a code without a host: %v", err)
	}
}

func TestTownsThatAreRefused(t *testing.T) {
	t.Parallel()
	s, m := service(t)
	for field, towns := range map[string][]Town{
		"name":  {{Name: ""}, {Name: "　"}, {Name: "潮\n見"}, {Name: strings.Repeat("市", 61)}},
		"since": {{Name: "潮見市", Since: 2020}, {Name: "潮見市", Since: 2028}, {Name: "潮見市", Since: -1}},
	} {
		for _, v := range towns {
			if _, err := s.SaveTown(context.Background(), actor(access.RoleCity), v); !fault.Is(err, fault.Invalid) || fault.Field(err) != field {
				t.Errorf("%+v: %v", v, err)
			}
		}
	}
	if len(m.entries) != 0 {
		t.Error("entries of what was refused")
	}
	m.kept.Town = Town{Name: "潮見市", Code: "demo", Since: 2020} // as it was made: it may stay
	if v, err := s.SaveTown(context.Background(), actor(access.RoleCity), Town{Name: "新潮見市", Code: "demo", Since: 2020}); err != nil || v.Prefecture != "" {
		t.Errorf("%+v %v", v, err)
	}
	if f, err := s.Face(context.Background(), "m1"); err != nil || f.Since != 2020 {
		t.Errorf("%+v %v", f, err)
	}
	m.kept.Town.Since = 2027 // the year that comes: what is there now stays to be chosen
	if f, err := s.Face(context.Background(), "m1"); err != nil || f.Since != 2026 {
		t.Errorf("%+v %v", f, err)
	}
}
