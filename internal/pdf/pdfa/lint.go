package pdfa

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Lint reads a finished file and lists what an archive would reject; an empty list means it found nothing.
// It is no full validator: it holds the points where this house's files could go wrong.
func Lint(pdf []byte) []string {
	var l linter
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")) {
		l.say("header: version 1.7 and a comment of binary characters are missing")
	}
	if !bytes.HasSuffix(pdf, []byte("\n%%EOF\n")) {
		l.say("trailer: the file does not end with %%%%EOF")
	}
	f, err := splitSealed(pdf)
	if err != nil {
		l.say("structure of the file: %v", err)
		return l.found
	}
	l.f = f
	l.trailer(pdf)
	l.catalog()
	l.forbidden()
	fonts := l.fonts()
	l.pages(fonts)
	l.seal(pdf)
	return l.found
}

type linter struct {
	f     *file
	found []string
}

func (l *linter) say(format string, args ...any) {
	l.found = append(l.found, fmt.Sprintf(format, args...))
}

func (l *linter) trailer(pdf []byte) {
	first, _, _ := sections(pdf) // split has read them already
	for _, part := range [][]byte{first, pdf} {
		trailer := string(part[bytes.LastIndex(part, []byte("trailer\n")):])
		if !reID.MatchString(trailer) {
			l.say("trailer: no /ID")
		}
		if strings.Contains(trailer, "/Encrypt") {
			l.say("trailer: the file is encrypted")
		}
	}
}

// object is the body of an object, empty when the number is none of the file's.
func (l *linter) object(n int) string {
	if n <= 0 || n >= len(l.f.obj) {
		return ""
	}
	return string(l.f.obj[n])
}

// follow is the object that dict refers to under key.
func (l *linter) follow(dict, key string) string { return l.object(reference(dict, key+" ")) }

// content is the uncompressed content of a stream object.
func (l *linter) content(obj string) []byte {
	_, after, ok := strings.Cut(obj, "stream\n")
	if !ok {
		return nil
	}
	body := strings.TrimSuffix(after, "\nendstream")
	if !strings.Contains(obj[:len(obj)-len(after)], "/FlateDecode") {
		return []byte(body)
	}
	z, err := zlib.NewReader(strings.NewReader(body))
	if err != nil {
		l.say("a stream cannot be read: %v", err)
		return nil
	}
	out, err := io.ReadAll(z)
	if err != nil {
		l.say("a stream cannot be read: %v", err)
	}
	return out
}

func (l *linter) catalog() {
	cat := l.object(l.f.root)
	meta := string(l.content(l.follow(cat, "/Metadata")))
	for _, want := range []string{"<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>", "<dc:title>"} {
		if !strings.Contains(meta, want) {
			l.say("metadata: no %s", want)
		}
	}
	switch {
	case strings.Contains(meta, "<pdfaid:part>2</pdfaid:part>"):
		l.source(2)
	case strings.Contains(meta, "<pdfaid:part>3</pdfaid:part>"):
		l.source(3)
	default:
		l.say("metadata: neither PDF/A-2 nor PDF/A-3")
	}
	if !strings.Contains(cat, "/S /GTS_PDFA1") {
		l.say("catalog: no output intent")
	}
	if icc := l.content(l.follow(cat, "/DestOutputProfile")); len(icc) < 132 || string(icc[36:40]) != "acsp" {
		l.say("catalog: the output intent has no colour profile")
	}
	for _, want := range []string{"/Lang (", "/MarkInfo <</Marked true>>", "/DisplayDocTitle true"} {
		if !strings.Contains(cat, want) {
			l.say("catalog: no %s", want)
		}
	}
	root := l.follow(cat, "/StructTreeRoot")
	if !strings.Contains(root, "/Type /StructTreeRoot") || !strings.Contains(l.follow(root, "/ParentTree"), "/Nums [") {
		l.say("catalog: no structure tree")
	}
	if title := l.follow(cat, "/Outlines"); strings.Contains(cat, "/Outlines") && !strings.Contains(title, "/First") {
		l.say("catalog: the outline is empty")
	}
}

// forbiddenKeys are things an archive file must not have: programs, actions, encryption, links to the outside.
var forbiddenKeys = regexp.MustCompile(`/(JavaScript|JS|AA|OpenAction|Launch|URI|GoToR|SubmitForm|Encrypt|RichMedia|Movie|Sound|SMask|Type3)\b`)

func (l *linter) forbidden() {
	for n := 1; n < len(l.f.obj); n++ {
		dict, _, _ := strings.Cut(string(l.f.obj[n]), "stream\n")
		if m := forbiddenKeys.FindString(dict); m != "" {
			l.say("object %d: %s is not allowed", n, m)
		}
	}
}

var (
	reCharEntry = regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]*)>`)
	reTagged    = regexp.MustCompile(`/BaseFont /[A-Z]{6}\+\S+`)
)

// fonts checks every font of the file and gives the codes each one can turn into text, by object number.
func (l *linter) fonts() map[int]map[uint16]bool {
	known := map[int]map[uint16]bool{}
	for n := 1; n < len(l.f.obj); n++ {
		font := l.object(n)
		if !strings.HasPrefix(font, "<</Type /Font\n") || strings.Contains(font, "/Subtype /CIDFontType2") {
			continue
		}
		if !strings.Contains(font, "/Subtype /Type0") || !reTagged.MatchString(font) {
			l.say("font %d: not an embedded subset", n)
			continue
		}
		heir := l.object(reference(font, "/DescendantFonts ["))
		file := l.content(l.follow(l.follow(heir, "/FontDescriptor"), "/FontFile2"))
		if len(file) < 12 || !bytes.HasPrefix(file, []byte{0, 1, 0, 0}) {
			l.say("font %d: the font file is not embedded", n)
		}
		if !strings.Contains(heir, "/CIDToGIDMap") || !strings.Contains(heir, "/W ") {
			l.say("font %d: no glyph map or widths", n)
		}
		codes := map[uint16]bool{}
		for _, m := range reCharEntry.FindAllStringSubmatch(string(l.content(l.follow(font, "/ToUnicode"))), -1) {
			code, err := strconv.ParseUint(m[1], 16, 16)
			if err != nil || m[2] == "" || m[2] == "0000" || m[2] == "FEFF" || m[2] == "FFFE" {
				l.say("font %d: code %s means nothing", n, m[1])
				continue
			}
			codes[uint16(code)] = true
		}
		known[n] = codes
	}
	if len(known) == 0 {
		l.say("no fonts")
	}
	return known
}
