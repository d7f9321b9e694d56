package pdfa

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Input is what the drawn file does not know about itself.
type Input struct {
	Title, Author, Subject, Keywords, Creator, Producer string
	Lang                                                string // BCP 47, such as ja-JP
	Time                                                time.Time
	Fonts                                               map[string]Font // by the drawing library's BaseFont
	Outline                                             []Bookmark
	Nodes                                               []Node  // Nodes[0] is the document
	Marks                                               [][]int // page → MCID → node
	Source                                              *Source // nil: PDF/A-2a, with no file inside
}

// Font is the truth about a cut font.
type Font struct {
	PostScript string
	Meaning    map[uint16]string // code → text
}

// Bookmark is an outline entry; Y is in points from the foot of the page.
type Bookmark struct {
	Title string
	Level int
	Page  int
	Y     float64
}

// Node is a structure element.
type Node struct {
	Type   string
	Parent int
	Attr   string
}

// file is a PDF taken apart: the body of every object by number (0 is unused).
type file struct {
	obj        [][]byte
	pages      []int // object numbers of the pages in order
	root, info int
}

func (f *file) add(body []byte) int {
	f.obj = append(f.obj, body)
	return len(f.obj) - 1
}

// Rewrite gives the archive form of raw: PDF/A-2a, or PDF/A-3a with its source.
func Rewrite(raw []byte, in Input) ([]byte, error) {
	f, err := split(raw)
	if err != nil {
		return nil, fmt.Errorf("pdfa: %w", err)
	}
	if len(f.pages) != len(in.Marks) {
		return nil, fmt.Errorf("pdfa: %d pages drawn, %d laid out", len(f.pages), len(in.Marks))
	}
	if err := f.fonts(in.Fonts); err != nil {
		return nil, fmt.Errorf("pdfa: %w", err)
	}
	if err := f.pack(); err != nil {
		return nil, fmt.Errorf("pdfa: %w", err)
	}
	f.obj[f.info] = fmt.Appendf(nil, "<</Title %s/Author %s/Subject %s/Keywords %s/Creator %s/Producer %s/CreationDate (%s)/ModDate (%s)>>",
		hexText(in.Title), hexText(in.Author), hexText(in.Subject), hexText(in.Keywords), hexText(in.Creator),
		hexText(in.Producer), pdfDate(in.Time), pdfDate(in.Time))
	meta := f.add(stream("/Type /Metadata/Subtype /XML", xmp(in)))
	icc := f.add(stream("/N 3/Filter /FlateDecode", deflate(sRGB())))
	var cat bytes.Buffer
	fmt.Fprintf(&cat, "<</Type /Catalog/Pages 1 0 R/Metadata %d 0 R/Lang (%s)", meta, in.Lang)
	fmt.Fprintf(&cat, "/OutputIntents [<</Type /OutputIntent/S /GTS_PDFA1/OutputConditionIdentifier (sRGB IEC61966-2.1)/Info (sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]", icc)
	cat.WriteString("/ViewerPreferences <</DisplayDocTitle true>>")
	if len(in.Outline) > 0 {
		fmt.Fprintf(&cat, "/Outlines %d 0 R/PageMode /UseOutlines", f.outline(in.Outline))
	}
	cat.WriteString(f.attach(in))
	fmt.Fprintf(&cat, "/MarkInfo <</Marked true>>/StructTreeRoot %d 0 R>>", f.structure(in))
	f.obj[f.root] = cat.Bytes()
	return f.bytes(), nil
}

// pack compresses the contents of the pages, all with one compressor: a new one for each would be most of what a long document allocates.
func (f *file) pack() error {
	z := packers.Get().(*zlib.Writer)
	defer packers.Put(z)
	for _, n := range f.pages {
		if n+1 >= len(f.obj) {
			return fmt.Errorf("page object %d has no contents", n)
		}
		head, body, ok := bytes.Cut(f.obj[n+1], []byte(">>\nstream\n"))
		body, whole := bytes.CutSuffix(body, []byte("\nendstream"))
		if want := fmt.Sprintf("<</Length %d", len(body)); !ok || !whole || string(head) != want {
			return fmt.Errorf("contents %d are not as the drawing library writes them", n+1)
		}
		packed := pack(z, body)
		f.obj[n+1] = fmt.Appendf(nil, "<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream", len(packed), packed)
	}
	return nil
}

// bytes writes the file; its /ID is the digest of its body, so equal content has equal bytes.
func (f *file) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(f.obj))
	for n := 1; n < len(f.obj); n++ {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, f.obj[n])
	}
	id := sha256.Sum256(b.Bytes())
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(f.obj))
	for n := 1; n < len(f.obj); n++ {
		fmt.Fprintf(&b, "%010d 00000 n \n", offsets[n])
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID [<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.obj), f.root, f.info, id[:16], id[:16], at)
	return b.Bytes()
}

var (
	fontHead  = []byte("<</Type /Font\n/Subtype /Type0")
	fontName  = regexp.MustCompile(`/BaseFont /(\S+)\n`)
	toUnicode = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
)

// fonts gives every font its true text map and a proper subset name.
func (f *file) fonts(known map[string]Font) error {
	for n := 1; n < len(f.obj); n++ {
		if !bytes.HasPrefix(f.obj[n], fontHead) {
			continue
		}
		name, ref := fontName.FindSubmatch(f.obj[n]), toUnicode.FindSubmatch(f.obj[n])
		if name == nil || ref == nil {
			return fmt.Errorf("font object %d is not as the drawing library writes it", n)
		}
		base := string(name[1])
		font, ok := known[base]
		if !ok {
			return fmt.Errorf("unknown font %s", base)
		}
		k, err := strconv.Atoi(string(ref[1]))
		if err != nil || k >= len(f.obj) || n+4 >= len(f.obj) {
			return fmt.Errorf("font %s points outside the file", base)
		}
		cmap := unicodeMap(font.Meaning)
		f.obj[k] = stream("/Filter /FlateDecode", deflate(cmap))
		tagged := subsetTag(base, font.PostScript, cmap) + "+" + font.PostScript
		for j := n; j <= n+4; j++ { // font, descendant, map, system info, descriptor
			for _, key := range []string{"/BaseFont /", "/FontName /"} {
				f.obj[j] = bytes.Replace(f.obj[j], []byte(key+base+"\n"), []byte(key+tagged+"\n"), 1)
			}
		}
	}
	return nil
}

// subsetTag is the six letters that mark a cut font.
func subsetTag(parts ...any) string {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}
