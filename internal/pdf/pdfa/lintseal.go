package pdfa

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	reAnnots  = regexp.MustCompile(`/Annots \[([^\]]*)\]`)
	reFlags   = regexp.MustCompile(`/F (\d+)/`)
	reCovered = regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+) *\]/Contents <[0-9a-fA-F]*>`)
	reKey     = regexp.MustCompile(`/StructParent (\d+)/`)
)

// seal checks the signature and its field: the only form and the only annotation this house's files have.
func (l *linter) seal(pdf []byte) {
	cat := l.object(l.f.root)
	fields := 0
	for i, n := range l.f.pages {
		m := reAnnots.FindStringSubmatch(l.object(n))
		if m == nil {
			continue
		}
		for ref := range strings.SplitSeq(strings.TrimSpace(m[1]), " 0 R") {
			if ref = strings.TrimSpace(ref); ref != "" {
				fields++
				l.field(i+1, reference(ref, ""))
			}
		}
	}
	_, form, ok := strings.Cut(cat, "/AcroForm <<")
	if ok != (fields > 0) || ok && (fields != 1 || !strings.HasPrefix(form, "/Fields [") || !strings.Contains(form, "/SigFlags 3")) {
		l.say("catalog: form and fields do not agree")
	}
	if !ok {
		return
	}
	field := l.object(reference(form, "/Fields ["))
	sig := l.follow(field, "/V")
	if perms := fmt.Sprintf("/Perms <</DocMDP %d 0 R>>", reference(field, "/V ")); !strings.Contains(cat, perms) {
		l.say("catalog: the signature does not certify the file")
	}
	if !strings.Contains(sig, "/SubFilter /ETSI.CAdES.detached") || strings.Contains(sig, "/Cert ") || !strings.Contains(sig, "/M (D:") {
		l.say("signature: not as PAdES asks for")
	}
	m := reCovered.FindStringSubmatch(sig)
	if m == nil {
		l.say("signature: it covers nothing")
		return
	}
	from, _ := strconv.Atoi(m[1])
	to, _ := strconv.Atoi(m[2])
	rest, _ := strconv.Atoi(m[3])
	if to+rest != len(pdf) || from < 1 || to <= from || to > len(pdf) || pdf[from] != '<' || pdf[to-1] != '>' {
		l.say("signature: it does not cover the whole file")
	}
}

// field checks the annotation of a field: printable, not hidden, without size, described, and below a Form element that points back to it.
func (l *linter) field(page, n int) {
	w := l.object(n)
	if !strings.Contains(w, "/Subtype /Widget") || !strings.Contains(w, "/FT /Sig") {
		l.say("page %d: annotation %d is no signature field", page, n)
		return
	}
	if m := reFlags.FindStringSubmatch(w); m == nil || !printable(m[1]) {
		l.say("page %d: the flags of the field are not those of a printed one", page)
	}
	if !strings.Contains(w, "/Rect [0 0 0 0]") || !strings.Contains(w, "/TU <FEFF") {
		l.say("page %d: the field is visible or has no description", page)
	}
	m := reKey.FindStringSubmatch(w)
	if m == nil {
		l.say("page %d: the field is not tagged", page)
		return
	}
	tree := l.follow(l.follow(l.object(l.f.root), "/StructTreeRoot"), "/ParentTree")
	i := strings.LastIndex(tree, "]"+m[1]+" ")
	if i < 0 {
		l.say("page %d: the field is not in the parent tree", page)
		return
	}
	elem := reference(tree[i+1+len(m[1]):], " ")
	form := l.object(elem)
	if !strings.Contains(form, "/S /Form/") || !strings.Contains(form, "/Obj "+strconv.Itoa(n)+" 0 R") ||
		!strings.Contains(l.follow(form, "/P"), " "+strconv.Itoa(elem)+" 0 R]") {
		l.say("page %d: the field is not below a Form element", page)
	}
}

// printable: Print set; Invisible, Hidden, NoView and ToggleNoView not.
func printable(flags string) bool {
	n, err := strconv.Atoi(flags)
	return err == nil && n&4 != 0 && n&(1|2|32|256) == 0
}
