package files

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// shelf keeps files in memory under the contract of Store.
type shelf struct {
	metas   map[string]File
	blobs   map[string][]byte
	entries []access.Entry
	secrets []Secret // in the order of their places
	full    int      // which call of Reseal fails, from 1
}

func newShelf() *shelf { return &shelf{metas: map[string]File{}, blobs: map[string][]byte{}} }

func (s *shelf) PutFile(_ context.Context, f File, sealed []byte, e access.Entry) error {
	if f.CaseID != "case1" {
		return fault.New(fault.NotFound, "")
	}
	s.metas[f.ID], s.blobs[f.ID] = f, bytes.Clone(sealed)
	s.entries = append(s.entries, e)
	return nil
}

func (s *shelf) FileMeta(_ context.Context, sc access.Scope, id string) (File, error) {
	f, ok := s.metas[id]
	if !ok || f.Tenant != sc.Tenant || !sc.All && !sc.Archive {
		return File{}, fault.New(fault.NotFound, "")
	}
	return f, nil
}

func (s *shelf) FileBytes(ctx context.Context, sc access.Scope, id string, e access.Entry) ([]byte, error) {
	if _, err := s.FileMeta(ctx, sc, id); err != nil {
		return nil, err
	}
	s.entries = append(s.entries, e)
	return bytes.Clone(s.blobs[id]), nil
}

var clerk = access.Actor{Tenant: "t1", UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}

func clock() time.Time { return time.Date(2026, 1, 5, 1, 2, 3, 0, time.UTC) }

func service(t *testing.T) (*Service, *shelf) {
	t.Helper()
	store := newShelf()
	return New(store, ring(t, 7), clock), store
}

// ring has keys of one repeated byte each, newest first.
func ring(t *testing.T, of ...byte) Ring {
	t.Helper()
	var keys [][]byte
	for _, b := range of {
		keys = append(keys, bytes.Repeat([]byte{b}, KeySize))
	}
	r, err := NewRing(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func picture(t *testing.T, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngBytes(t *testing.T) []byte {
	return picture(t, func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) })
}

func jpegBytes(t *testing.T) []byte {
	return picture(t, func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) })
}

var pdfBytes = []byte("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")

func TestSniff(t *testing.T) {
	t.Parallel()
	p, j := pngBytes(t), jpegBytes(t)
	for name, c := range map[string]struct {
		in   []byte
		want string
	}{
		"pdf": {pdfBytes, TypePDF}, "png": {p, TypePNG}, "jpeg": {j, TypeJPEG},
		"pdf cut off":     {pdfBytes[:20], ""},
		"png cut off":     {p[:len(p)-12], ""},
		"png header only": {p[:8], ""},
		"jpeg cut off":    {j[:len(j)-2], ""},
		"html":            {[]byte("<html><script>alert(1)</script>"), ""},
		"html after junk": {append([]byte("GIF89a"), pdfBytes...), ""},
		"svg":             {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ""},
		"zip":             {[]byte("PK\x03\x04"), ""},
		"empty":           {nil, ""},
	} {
		if got := sniff(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPutAndGet(t *testing.T) {
	t.Parallel()
	s, store := service(t)
	ctx := context.Background()
	name := "同意書_邉\U000E0100様 \"1\".pdf"
	f, err := s.Put(ctx, clerk, Upload{CaseID: "case1", Purpose: PurposeEvidence, Name: name, Bytes: pdfBytes})
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != name || f.Type != TypePDF || f.Size != int64(len(pdfBytes)) {
		t.Errorf("meta %+v", f)
	}
	if bytes.Contains(store.blobs[f.ID], []byte("PDF")) {
		t.Error("stored in clear")
	}
	got, plain, err := s.Get(ctx, clerk, f.ID)
	if err != nil || !bytes.Equal(plain, pdfBytes) || got.Name != name {
		t.Fatalf("get: %v", err)
	}
	if n := len(store.entries); n != 2 || store.entries[0].Verb != access.VerbFilePut || store.entries[1].Verb != access.VerbFileGet ||
		store.entries[0].Hash != f.SHA256 || store.entries[1].CaseID != "case1" {
		t.Errorf("audit %+v", store.entries)
	}
	for who, kind := range map[string]struct {
		a access.Actor
		k fault.Kind
	}{
		"records":            {access.Actor{Tenant: "t1", UserID: "u2", Roles: []access.Role{access.RoleRecords}}, 255},
		"agency":             {access.Actor{Tenant: "t1", UserID: "u3", AgencyID: "a1", Roles: []access.Role{access.RoleAgency}}, fault.Forbidden},
		"admin":              {access.Actor{Tenant: "t1", UserID: "u4", Roles: []access.Role{access.RoleAdmin}}, fault.Forbidden},
		"guest":              {access.Actor{Tenant: "t1", UserID: "g", GuestMeeting: "m", Roles: []access.Role{access.RoleGuest}}, fault.Forbidden},
		"other municipality": {access.Actor{Tenant: "t2", UserID: "u5", Roles: []access.Role{access.RoleCity}}, fault.NotFound},
		"nobody":             {access.Actor{}, fault.Unauthorized},
	} {
		_, b, err := s.Get(ctx, kind.a, f.ID)
		if kind.k == 255 {
			if err != nil {
				t.Errorf("%s: %v", who, err)
			}
		} else if fault.KindOf(err) != kind.k || err == nil || b != nil {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestPutRefuses(t *testing.T) {
	t.Parallel()
	s, store := service(t)
	big := append(bytes.Repeat([]byte{'x'}, MaxSize-len(pdfBytes)+1), pdfBytes...)
	copy(big, "%PDF-")
	agency := clerk
	agency.Roles = []access.Role{access.RoleAgency}
	for name, c := range map[string]struct {
		a    access.Actor
		u    Upload
		want fault.Kind
	}{
		"wrong type":   {clerk, Upload{"case1", PurposeEvidence, "a.pdf", []byte("MZ hello")}, fault.Invalid},
		"too large":    {clerk, Upload{"case1", PurposeEvidence, "a.pdf", big}, fault.TooLarge},
		"no name":      {clerk, Upload{"case1", PurposeEvidence, " ", pdfBytes}, fault.Invalid},
		"個人番号 in name": {clerk, Upload{"case1", PurposeEvidence, "同意書_1234-5678-9018.pdf", pdfBytes}, fault.Invalid},
		"line in name": {clerk, Upload{"case1", PurposeEvidence, "a\nb.pdf", pdfBytes}, fault.Invalid},
		"purpose":      {clerk, Upload{"case1", "other", "a.pdf", pdfBytes}, fault.Invalid},
		"no case":      {clerk, Upload{"", PurposeEvidence, "a.pdf", pdfBytes}, fault.Invalid},
		"unknown case": {clerk, Upload{"case9", PurposeEvidence, "a.pdf", pdfBytes}, fault.NotFound},
		"agency":       {agency, Upload{"case1", PurposeEvidence, "a.pdf", pdfBytes}, fault.Forbidden},
	} {
		if _, err := s.Put(context.Background(), c.a, c.u); err == nil || fault.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(store.metas) != 0 || len(store.entries) != 0 {
		t.Error("something was stored")
	}
	exact := append(bytes.Repeat([]byte{'x'}, MaxSize-len(pdfBytes)), pdfBytes...)
	copy(exact, "%PDF-")
	if _, err := s.Put(context.Background(), clerk, Upload{"case1", PurposeEvidence, "a.pdf", exact}); err != nil {
		t.Errorf("exactly the limit: %v", err)
	}
}

func TestSealIsBoundToItsPlace(t *testing.T) {
	t.Parallel()
	s, store := service(t)
	ctx := context.Background()
	put := func(b []byte) File {
		f, err := s.Put(ctx, clerk, Upload{CaseID: "case1", Purpose: PurposeEvidence, Name: "x", Bytes: b})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	one, two := put(pdfBytes), put(pngBytes(t))
	one2 := bytes.Clone(store.blobs[one.ID])
	for name, damage := range map[string]func(){
		"swapped":       func() { store.blobs[one.ID] = store.blobs[two.ID] },
		"flipped":       func() { store.blobs[one.ID] = bytes.Clone(one2); store.blobs[one.ID][20] ^= 1 },
		"cut":           func() { store.blobs[one.ID] = one2[:len(one2)-1] },
		"empty":         func() { store.blobs[one.ID] = nil },
		"other version": func() { store.blobs[one.ID] = bytes.Clone(one2); store.blobs[one.ID][0] = 9 },
		"other case": func() {
			store.blobs[one.ID] = one2
			f := store.metas[one.ID]
			f.CaseID = "case2"
			store.metas[one.ID] = f
		},
	} {
		damage()
		if _, b, err := s.Get(ctx, clerk, one.ID); fault.KindOf(err) != fault.Internal || err == nil || b != nil {
			t.Errorf("%s: opened (%v)", name, err)
		}
		store.metas[one.ID] = one
	}
}
