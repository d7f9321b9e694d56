package pdfa_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
)

var seal = pdfa.Seal{Name: "〇〇市", Reason: "確定した記録の封印", Label: "電子署名", Time: at, Room: 4000}

func sealed(t testing.TB) ([]byte, pdfa.Gap) {
	t.Helper()
	out, gap, err := pdfa.AddSeal(rewritten(t), seal)
	if err != nil {
		t.Fatal(err)
	}
	return out, gap
}

func TestSealedFileIsSound(t *testing.T) {
	t.Parallel()
	before := rewritten(t)
	out, gap := sealed(t)
	pdftest.Sound(t, out)
	if !bytes.HasPrefix(out, before) {
		t.Error("what stood there before is not as it was")
	}
	if again, _ := sealed(t); !bytes.Equal(again, out) {
		t.Error("the same file does not give the same bytes before it is signed")
	}
	if first, err := pdfa.Unsealed(out); err != nil || !bytes.Equal(first, before) {
		t.Errorf("the file as it was before: %v", err)
	}
	if first, err := pdfa.Unsealed(before); err != nil || !bytes.Equal(first, before) {
		t.Errorf("a file without a seal: %v", err)
	}
	if out[gap.From] != '<' || out[gap.To-1] != '>' || gap.To-gap.From != 2*seal.Room+2 || strings.Trim(string(out[gap.From+1:gap.To-1]), "0") != "" {
		t.Errorf("gap %+v", gap)
	}
	if got := pdftest.Ink(pdftest.Text(t, out, "-raw")); got != "会議録𠮷田さんと渡邉\U000E0100さん" {
		t.Errorf("text %q", got)
	}
	tree := pdftest.Run(t, "pdfinfo", "-struct", pdftest.Save(t, out))
	if !strings.Contains(tree, "Form") {
		t.Errorf("the field is not in the structure:\n%s", tree)
	}
	if _, _, err := pdfa.AddSeal(out, seal); err == nil {
		t.Error("sealed twice")
	}
	if _, _, err := pdfa.AddSeal(out[:len(out)-20], seal); err == nil {
		t.Error("a broken file is sealed")
	}
}

func TestLintFindsFaultsOfTheSeal(t *testing.T) {
	t.Parallel()
	good, _ := sealed(t)
	for _, c := range []struct{ old, new, say string }{
		{"/F 132", "/F 134", "flags"},
		{"/F 132", "/F 128", "flags"},
		{"/Rect [0 0 0 0]", "/Rect [0 0 9 9]", "visible"},
		{"/TU <FEFF", "/TX <FEFF", "description"},
		{"/StructParent 1", "/StructParent 2", "parent tree"},
		{"/S /Form/", "/S /Farm/", "Form element"},
		{"/FT /Sig", "/FT /Btn", "no signature field"},
		{"/SigFlags 3", "/SigFlags 1", "form and fields"},
		{"/Annots [", "/Annuts [", "form and fields"},
		{"/Perms <</DocMDP", "/Perms <</DocMDQ", "certify"},
		{"/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "PAdES"},
		{"/ByteRange [0 ", "/ByteRange [9 ", "covers nothing"},
		{"\n%%EOF\n", "\n%%EOF\n\n%%EOF\n", "EOF|structure|cover"},
	} {
		bad := bytes.ReplaceAll(good, []byte(c.old), []byte(c.new))
		if bytes.Equal(bad, good) {
			t.Errorf("%s is not in the file", c.old)
			continue
		}
		if got := strings.Join(pdfa.Lint(bad), "\n"); !regexp.MustCompile(c.say).MatchString(got) {
			t.Errorf("%s → %s is found as %q, want %s", c.old, c.new, got, c.say)
		}
	}
}
