package pdfa

import (
	"crypto/md5" //nolint:gosec // the file format asks for it; nothing is proven by it
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Source is what a document was made from, as a file inside it: with one the document is PDF/A-3a, without PDF/A-2a.
type Source struct {
	Name  string // file name, ASCII
	MIME  string // such as application/json
	About string // what it is, for who opens the list of attachments
	Data  []byte
}

// attach adds the source and gives what the catalog says of it.
func (f *file) attach(in Input) string {
	if in.Source == nil {
		return ""
	}
	s := in.Source
	body := f.add(stream(fmt.Sprintf("/Type /EmbeddedFile/Subtype /%s/Params <</Size %d/CreationDate (%s)/ModDate (%s)/CheckSum <%X>>>/Filter /FlateDecode",
		strings.ReplaceAll(s.MIME, "/", "#2F"), len(s.Data), pdfDate(in.Time), pdfDate(in.Time), md5.Sum(s.Data)), deflate(s.Data))) //nolint:gosec // as above
	spec := f.add(fmt.Appendf(nil, "<</Type /Filespec/F (%s)/UF %s/AFRelationship /Source/Desc %s/EF <</F %d 0 R/UF %d 0 R>>>>", s.Name, hexText(s.Name), hexText(s.About), body, body))
	return fmt.Sprintf("/AF [%d 0 R]/Names <</EmbeddedFiles <</Names [%s %d 0 R]>>>>", spec, hexText(s.Name), spec)
}

// part is which part of PDF/A a document with these things claims.
func (in Input) part() int {
	if in.Source != nil {
		return 3
	}
	return 2
}

var (
	reSpec     = regexp.MustCompile(`/AF \[(\d+) 0 R\]/Names <</EmbeddedFiles <</Names \[<FEFF[0-9A-F]+> (\d+) 0 R\]>>>>`)
	reFiles    = regexp.MustCompile(`/EF <</F (\d+) 0 R/UF (\d+) 0 R>>`)
	reParams   = regexp.MustCompile(`/Params <</Size (\d+)/CreationDate \(D:[^)]+\)/ModDate \(D:[^)]+\)/CheckSum <([0-9A-F]{32})>>>`)
	reEmbedded = regexp.MustCompile(`/EmbeddedFiles?\b|/Type /Filespec|/AF\b|/AFRelationship\b|/EF\b`)
)

// source checks the one file that PDF/A-3a may carry here, and that PDF/A-2a carries none.
func (l *linter) source(part int) {
	cat := l.object(l.f.root)
	carried := map[int]bool{}
	for n := 1; n < len(l.f.obj); n++ {
		if dict, _, _ := strings.Cut(l.object(n), "stream\n"); reEmbedded.MatchString(dict) {
			carried[n] = true
		}
	}
	if part == 2 {
		for n := range carried {
			l.say("object %d: a file inside is not allowed in PDF/A-2a", n)
		}
		return
	}
	m := reSpec.FindStringSubmatch(cat)
	if m == nil || m[1] != m[2] {
		l.say("source: the catalog does not name one associated file")
		return
	}
	n := reference(m[1], "")
	spec := l.object(n)
	for _, want := range []string{"<</Type /Filespec/F (", "/UF <FEFF", "/AFRelationship /Source", "/Desc <FEFF"} {
		if !strings.Contains(spec, want) {
			l.say("source: the file specification has no %s", want)
		}
	}
	at := 0
	if m := reFiles.FindStringSubmatch(spec); m != nil && m[1] == m[2] {
		at = reference(m[1], "")
	}
	body := l.object(at)
	for _, known := range []int{l.f.root, n, at} {
		delete(carried, known)
	}
	for other := range carried {
		l.say("object %d: a second file inside", other)
	}
	data, p := l.content(body), reParams.FindStringSubmatch(body)
	switch {
	case !strings.HasPrefix(body, "<</Type /EmbeddedFile/Subtype /application#2Fjson/"):
		l.say("source: the file is not as its specification says")
	case p == nil || p[1] != strconv.Itoa(len(data)) || p[2] != fmt.Sprintf("%X", md5.Sum(data)): //nolint:gosec // as above
		l.say("source: size, date or check sum are missing or wrong")
	}
}
