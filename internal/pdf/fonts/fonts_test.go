package fonts

import (
	"strings"
	"testing"

	"kasane/internal/pdf/fontx"
)

// The digests are those of the files as published: BIZ UDGothic 1.05, Noto Sans JP v56 (static Regular).
func TestFilesAreTheOnesPublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		load   func() (*fontx.Font, error)
		digest string
	}{
		{Regular, "1e190f86ee44b54e999a02c3cd34c4fd4805aa1e9b08849332c3b573c8c869fc"},
		{Bold, "d4ac5302ab946ef8b81c6a11afc6ed553b4b4d4964ead16460fb53168e4724ae"},
		{Noto, "d930d5d52d15231c283089760f84584272ad5e37e14607ba0d19c798e7a9caec"},
	} {
		f, err := c.load()
		if err != nil {
			t.Fatal(err)
		}
		if f.Digest != c.digest {
			t.Errorf("%s: digest %s, want %s", f.Name, f.Digest, c.digest)
		}
		if again, _ := c.load(); again != f {
			t.Errorf("%s is parsed twice", f.Name)
		}
	}
}

func TestLicencesAreShipped(t *testing.T) {
	t.Parallel()
	for name, text := range Licences() {
		if !strings.Contains(text, "SIL OPEN FONT LICENSE Version 1.1") || !strings.Contains(text, "Copyright") {
			t.Errorf("%s: licence text is incomplete", name)
		}
	}
}

// What the choice of faces rests on: which face has which hard character.
func TestCoverage(t *testing.T) {
	t.Parallel()
	biz, err := Regular()
	if err != nil {
		t.Fatal(err)
	}
	nt, err := Noto()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "髙\uFA11\uFA10\uFA19邉邊①⑳㈱㍻㋿〜～ｱ☎㊞Ⅰ№✓〓◎○△" {
		if _, ok, _ := biz.Glyph(r, 0); !ok {
			t.Errorf("BIZ UDGothic has no %c U+%04X", r, r)
		}
	}
	if _, ok, exact := biz.Glyph('邉', 0xE0100); !ok || !exact {
		t.Error("BIZ UDGothic has no 邉 U+E0100")
	}
	if _, ok, _ := nt.Glyph('𠮷', 0); !ok {
		t.Error("Noto Sans JP has no 𠮷")
	}
}
