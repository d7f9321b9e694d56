package gaiji

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/pdf"
	"kasane/internal/seedtest"
)

// memory is a store in memory.
type memory struct {
	letters map[string][]Letter
	entries []access.Entry
	broken  error
}

func (m *memory) Gaiji(_ context.Context, tenant string) ([]Letter, error) {
	return append([]Letter(nil), m.letters[tenant]...), m.broken
}

func (m *memory) GaijiStamp(_ context.Context, tenant string) (string, error) {
	stamp := ""
	for _, l := range m.letters[tenant] {
		stamp += strings.Repeat("i", l.N)
	}
	return stamp, m.broken
}

func (m *memory) SaveGaiji(_ context.Context, tenant string, l Letter, e access.Entry) error {
	if m.broken != nil {
		return m.broken
	}
	m.entries = append(m.entries, e)
	for i, x := range m.letters[tenant] {
		if x.ID == l.ID {
			m.letters[tenant][i] = l
			return nil
		}
	}
	m.letters[tenant] = append(m.letters[tenant], l)
	return nil
}

var start = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func service(t testing.TB) (*Service, *memory) {
	t.Helper()
	m := &memory{letters: map[string][]Letter{}}
	return NewService(m, pdf.New(pdf.Options{}), func() time.Time { return start }), m
}

func actor(tenant string, roles ...access.Role) access.Actor {
	return access.Actor{Tenant: tenant, UserID: "u1", Name: "記録 花子", Roles: roles}
}

// square draws a picture of n dots with what ink says at 0 to 1.
func square(n int, ink func(x, y float64) bool) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, n, n))
	for i := range n * n {
		c := color.NRGBA{255, 255, 255, 255}
		if ink((float64(i%n)+0.5)/float64(n), (float64(i/n)+0.5)/float64(n)) {
			c = color.NRGBA{0, 0, 0, 255}
		}
		img.SetNRGBA(i%n, i/n, c)
	}
	return img
}

// cross is two strokes.
func cross(x, y float64) bool { return x > 0.45 && x < 0.55 || y > 0.3 && y < 0.4 }

func encoded(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func letter(t testing.TB) Input {
	t.Helper()
	return Input{Text: "邊\U000E01EF", Kind: KindMJ, Code: "MJ000001", Reading: "なべ", Picture: encoded(t, square(300, cross))}
}

func TestOnlyStaffWithTheRightRegisters(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, role := range access.Roles() {
		s, m := service(t)
		_, err := s.Save(ctx, actor("m1", role), "", letter(t))
		if want := role == access.RoleAdmin || role == access.RoleRecords || role == access.RoleCity; want != (err == nil) || want != (len(m.entries) == 1) {
			t.Errorf("%s registers: %v, %d entries", role, err, len(m.entries))
		}
		_, err = s.List(ctx, actor("m1", role))
		if want := role == access.RoleSecretariat || role == access.RoleCity || role == access.RoleChair || role == access.RoleRecords || role == access.RoleAdmin; want != (err == nil) {
			t.Errorf("%s lists: %v", role, err)
		}
	}
	s, _ := service(t)
	if _, err := s.Save(ctx, access.Actor{}, "", letter(t)); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("nobody registers: %v", err)
	}
	if _, err := s.List(ctx, access.Actor{Tenant: "m1", UserID: "g", GuestMeeting: "x", Roles: []access.Role{access.RoleCity}}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a guest lists: %v", err)
	}
}

func TestSaveAndChange(t *testing.T) {
	t.Parallel()
	ctx, clerk := context.Background(), actor("m1", access.RoleRecords)
	s, m := service(t)
	l, err := s.Save(ctx, clerk, "", letter(t))
	if err != nil {
		t.Fatal(err)
	}
	if l.N != 1 || l.ByName != "記録 花子" || !l.At.Equal(start) || l.Spoken() != "邊\U000E01EF〔外字 MJ文字図形名 MJ000001 読み なべ〕" {
		t.Errorf("%+v", l)
	}
	if e := m.entries[0]; e.Verb != access.VerbGaijiSave || e.Target != l.ID || e.Hash != digest(l.Picture) {
		t.Errorf("entry %+v", e)
	}
	if _, err := s.Save(ctx, clerk, "", letter(t)); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same character twice: %v", err)
	}
	next := letter(t)
	next.Picture, next.Code, next.Retired, next.N = nil, "MJ000002", true, 1
	changed, err := s.Save(ctx, clerk, l.ID, next)
	if err != nil || changed.N != 2 || changed.Code != "MJ000002" || !changed.Retired || !bytes.Equal(changed.Picture, l.Picture) {
		t.Errorf("%+v %v", changed, err)
	}
	if _, err := s.Save(ctx, clerk, l.ID, next); !fault.Is(err, fault.Conflict) {
		t.Errorf("from a state that has passed: %v", err)
	}
	if _, err := s.Save(ctx, clerk, "none", next); !fault.Is(err, fault.NotFound) {
		t.Errorf("of no letter: %v", err)
	}
	if _, err := s.Save(ctx, actor("m2", access.RoleRecords), l.ID, Input{Text: "邊\U000E01EE", Kind: KindMJ, Code: "MJ000003", Reading: "なべ", N: 2}); !fault.Is(err, fault.NotFound) {
		t.Errorf("of another municipality: %v", err)
	}
	m.broken = errors.New("gone")
	if _, err := s.Save(ctx, clerk, l.ID, next); err == nil {
		t.Error("saved in a store that is gone")
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	s, m := service(t)
	for name, c := range map[string]struct {
		change func(*Input)
		field  string
	}{
		"no character":         {func(i *Input) { i.Text = "" }, "text"},
		"private use":          {func(i *Input) { i.Text = "\uE000" }, "text"},
		"two characters":       {func(i *Input) { i.Text = "邊邊" }, "text"},
		"a selector alone":     {func(i *Input) { i.Text = "\U000E01EF" }, "text"},
		"two selectors":        {func(i *Input) { i.Text = "邊\U000E01EF\U000E01EE" }, "text"},
		"a style selector":     {func(i *Input) { i.Text = "邊\uFE0F" }, "text"},
		"a picture character":  {func(i *Input) { i.Text = "😀" }, "text"},
		"printable":            {func(i *Input) { i.Text = "邊" }, "text"},
		"a printable form":     {func(i *Input) { i.Text = "邉\U000E0100" }, "text"},
		"a kind of nothing":    {func(i *Input) { i.Kind = "x" }, "codeKind"},
		"a code of no list":    {func(i *Input) { i.Code = "MJ1" }, "code"},
		"a code with a quote":  {func(i *Input) { i.Kind, i.Code = KindOther, `a"<b` }, "code"},
		"no reading":           {func(i *Input) { i.Reading = "  " }, "reading"},
		"a reading in kanji":   {func(i *Input) { i.Reading = "鍋" }, "reading"},
		"a long reading":       {func(i *Input) { i.Reading = strings.Repeat("あ", 21) }, "reading"},
		"a note with controls": {func(i *Input) { i.Note = "a\u202Eb" }, "note"},
		"no picture":           {func(i *Input) { i.Picture = nil }, "picture"},
	} {
		in := letter(t)
		c.change(&in)
		_, err := s.Save(context.Background(), actor("m1", access.RoleAdmin), "", in)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(m.entries) != 0 {
		t.Errorf("%d entries of what was refused", len(m.entries))
	}
}

func TestPicturesAreReadAndWrittenAnew(t *testing.T) {
	t.Parallel()
	want, err := Picture(encoded(t, square(256, cross)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := dotsOf(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	differs := func(png []byte) int {
		got, err := dotsOf(bytes.NewReader(png))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for i := range d.Ink {
			if d.Ink[i] != got.Ink[i] {
				n++
			}
		}
		return n
	}
	for i, ink := range d.Ink {
		if ink != cross((float64(i%256)+0.5)/256, (float64(i/256)+0.5)/256) {
			t.Fatalf("dot %d: ink %v", i, ink)
		}
	}
	clear := square(512, cross) // black on nothing at all
	for i := 3; i < len(clear.Pix); i += 4 {
		clear.Pix[i] = 255 - clear.Pix[i-1]
	}
	for name, img := range map[string]image.Image{"small": square(100, cross), "large": square(1024, cross), "transparent": clear} {
		got, err := Picture(encoded(t, img))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n := differs(got); n > len(d.Ink)/50 {
			t.Errorf("%s: %d dots differ", name, n)
		}
	}
	sent := encoded(t, square(256, cross))
	at := bytes.Index(sent, []byte("IDAT")) - 4
	text := chunk("tEXt", []byte("Comment\x00<script>alert(1)</script>"))
	tricky := append(append(append([]byte(nil), sent[:at]...), text...), sent[at:]...)
	tricky = append(tricky, "<html>behind the end</html>"...)
	kept, err := Picture(tricky)
	if err != nil || !bytes.Equal(kept, want) {
		t.Errorf("what was hidden in the file stays: %v, %d bytes", err, len(kept))
	}
}

func chunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func TestHostilePicturesAreRefused(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(seedtest.Seed(t), 12))
	good := encoded(t, square(256, cross))
	bomb := append([]byte(nil), good...) // claims 60,000 × 60,000 dots
	binary.BigEndian.PutUint32(bomb[16:], 60000)
	binary.BigEndian.PutUint32(bomb[20:], 60000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	wide := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	noise := square(256, func(float64, float64) bool { return r.IntN(2) == 0 })
	for name, sent := range map[string][]byte{
		"nothing": {}, "text": []byte("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "jpeg": {0xFF, 0xD8, 0xFF, 0xE0}, "cut short": good[:len(good)/2],
		"a bomb": bomb, "not square": encoded(t, wide), "too small": encoded(t, square(40, cross)), "too large": encoded(t, square(2100, cross)),
		"blank": encoded(t, square(256, func(float64, float64) bool { return false })), "black": encoded(t, square(256, func(float64, float64) bool { return true })),
		"white on black": encoded(t, square(256, func(x, y float64) bool { return !cross(x, y) })), "noise": encoded(t, noise),
		"too many bytes": append(append([]byte(nil), good...), make([]byte, MaxFile)...),
	} {
		_, err := Picture(sent)
		var f *fault.Error
		if !errors.As(err, &f) || f.Field != "picture" || f.Kind != fault.Invalid && f.Kind != fault.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 300 { // a damaged file is refused or read, and never panics
		b := append([]byte(nil), good...)
		for range 1 + r.IntN(6) {
			b[r.IntN(len(b))] = byte(r.Uint32())
		}
		if kept, err := Picture(b); err == nil {
			if _, err := dotsOf(bytes.NewReader(kept)); err != nil {
				t.Errorf("what was kept cannot be read: %v", err)
			}
		}
	}
}

func TestDrawingsFollowTheList(t *testing.T) {
	t.Parallel()
	ctx, clerk := context.Background(), actor("m1", access.RoleRecords)
	s, m := service(t)
	draw := func() *pdf.Drawings {
		t.Helper()
		d, err := s.Drawings(ctx, "m1")
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if draw() != nil {
		t.Error("drawings of nothing")
	}
	l, err := s.Save(ctx, clerk, "", letter(t))
	if err != nil {
		t.Fatal(err)
	}
	first := draw()
	if first == nil || draw() != first {
		t.Error("the drawings are not kept")
	}
	if d, err := s.Drawings(ctx, "m2"); d != nil || err != nil {
		t.Errorf("another municipality: %v %v", d, err)
	}
	in := letter(t)
	in.Picture, in.N, in.Retired = nil, 1, true
	if _, err := s.Save(ctx, clerk, l.ID, in); err != nil {
		t.Fatal(err)
	}
	if draw() != nil {
		t.Error("a retired letter is drawn")
	}
	in.N, in.Retired = 2, false
	if _, err := s.Save(ctx, clerk, l.ID, in); err != nil {
		t.Fatal(err)
	}
	if again := draw(); again == nil || !reflect.DeepEqual(again, first) {
		t.Error("the same letter has another drawing")
	}
	m.broken = errors.New("gone")
	if _, err := s.Drawings(ctx, "m1"); err == nil {
		t.Error("no error from a store that is gone")
	}
}
