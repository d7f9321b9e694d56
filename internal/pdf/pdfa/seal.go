package pdfa

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Seal (電子署名の欄) is what the field of a signature says in clear.
type Seal struct {
	Name   string    // who signs
	Reason string    // why
	Label  string    // what a screen reader says of the field
	Time   time.Time // when, by the clock of the signer
	Room   int       // bytes kept free for the signature
}

// Gap is where the signature goes: the hex string between From and To, with its angle brackets. Everything outside is signed.
type Gap struct{ From, To int }

// AddSeal appends an invisible signature field to an archive file as one more section: the bytes before stay what they are. The signature certifies
// the file (DocMDP, no change allowed). The field is tagged as PDF/UA asks of a field, and has no size, as PDF/A asks of one that draws nothing.
func AddSeal(pdf []byte, s Seal) ([]byte, Gap, error) {
	f, err := split(pdf)
	if err != nil {
		return nil, Gap{}, fmt.Errorf("pdfa: %w", err)
	}
	if !bytes.HasSuffix(pdf, []byte("\n%%EOF\n")) {
		return nil, Gap{}, fmt.Errorf("pdfa: %w", errForm)
	}
	if bytes.Contains(f.obj[f.root], []byte("/AcroForm")) {
		return nil, Gap{}, errors.New("pdfa: the file is signed already")
	}
	sig := len(f.obj)
	field, form := sig+1, sig+2
	page := f.pages[0]
	changed := map[int][]byte{
		f.root: inside(f.obj[f.root], fmt.Sprintf("/AcroForm <</Fields [%d 0 R]/SigFlags 3>>/Perms <</DocMDP %d 0 R>>", field, sig)),
		page:   inside(f.obj[page], fmt.Sprintf("/Annots [%d 0 R]", field)),
	}
	key, document, err := f.tagSeal(changed, form)
	if err != nil {
		return nil, Gap{}, fmt.Errorf("pdfa: %w", err)
	}
	changed[field] = fmt.Appendf(nil, "<</Type /Annot/Subtype /Widget/FT /Sig/T (KasaneSeal)/TU %s/F 132/Rect [0 0 0 0]/P %d 0 R/StructParent %d/V %d 0 R>>",
		hexText(s.Label), page, key, sig)
	changed[form] = fmt.Appendf(nil, "<</Type /StructElem/S /Form/P %d 0 R/Pg %d 0 R/Alt %s/K [<</Type /OBJR/Pg %d 0 R/Obj %d 0 R>>]>>",
		document, page, hexText(s.Label), page, field)
	changed[sig] = fmt.Appendf(nil, "<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached/ByteRange [%s]/Contents <%s>/M (%s)/Name %s/Reason %s"+
		"/Reference [<</Type /SigRef/TransformMethod /DocMDP/TransformParams <</Type /TransformParams/P 1/V /1.2>>>>]>>",
		strings.Repeat(" ", rangeRoom), strings.Repeat("0", 2*s.Room), pdfDate(s.Time), hexText(s.Name), hexText(s.Reason))
	return f.appendSection(pdf, changed, sig)
}

// inside puts more keys at the end of a dictionary.
func inside(dict []byte, more string) []byte {
	return slices.Concat(bytes.TrimSuffix(dict, []byte(">>")), []byte(more+">>"))
}

var (
	reID       = regexp.MustCompile(`/ID \[<([0-9A-F]{32})><([0-9A-F]{32})>\]`)
	reNextKey  = regexp.MustCompile(`/ParentTreeNextKey (\d+)`)
	reFirstKid = regexp.MustCompile(`/K \[(\d+) 0 R\]`)
)

// tagSeal hangs the element of the field below the document and enters the field into the parent tree.
func (f *file) tagSeal(changed map[int][]byte, form int) (key, document int, err error) {
	root := reference(string(f.obj[f.root]), "/StructTreeRoot ")
	if root <= 0 || root >= len(f.obj) {
		return 0, 0, errForm
	}
	next, top := reNextKey.FindSubmatch(f.obj[root]), reFirstKid.FindSubmatch(f.obj[root])
	tree := reference(string(f.obj[root]), "/ParentTree ")
	if next == nil || top == nil || tree <= 0 || tree >= len(f.obj) || !bytes.HasSuffix(f.obj[tree], []byte("]>>")) {
		return 0, 0, errForm
	}
	key, _ = strconv.Atoi(string(next[1]))
	document, _ = strconv.Atoi(string(top[1]))
	if document <= 0 || document >= len(f.obj) {
		return 0, 0, errForm
	}
	head, tail, ok := bytes.Cut(f.obj[document], []byte("/K ["))
	kids, tail, ok2 := bytes.Cut(tail, []byte("]"))
	if !ok || !ok2 {
		return 0, 0, errForm
	}
	changed[document] = fmt.Appendf(nil, "%s/K [%s %d 0 R]%s", head, kids, form, tail)
	changed[root] = reNextKey.ReplaceAll(f.obj[root], fmt.Appendf(nil, "/ParentTreeNextKey %d", key+1))
	changed[tree] = fmt.Appendf(nil, "%s%d %d 0 R]>>", bytes.TrimSuffix(f.obj[tree], []byte("]>>")), key, form)
	return key, document, nil
}

// rangeRoom is the width of what stands in the brackets of a ByteRange.
const rangeRoom = 34

// appendSection writes the changed objects, their cross-reference table and a trailer behind the file, and fills in what the signature covers.
func (f *file) appendSection(pdf []byte, changed map[int][]byte, sig int) ([]byte, Gap, error) {
	_, trailer, before, err := crossReferences(pdf)
	if err != nil {
		return nil, Gap{}, fmt.Errorf("pdfa: %w", err)
	}
	id := reID.FindStringSubmatch(trailer)
	if id == nil {
		return nil, Gap{}, fmt.Errorf("pdfa: %w", errForm)
	}
	b := bytes.NewBuffer(slices.Clone(pdf))
	numbers := slices.Sorted(maps.Keys(changed))
	offsets := map[int]int{}
	for _, n := range numbers {
		offsets[n] = b.Len()
		fmt.Fprintf(b, "%d 0 obj\n%s\nendobj\n", n, changed[n])
	}
	sum := sha256.Sum256(b.Bytes())
	at := b.Len()
	b.WriteString("xref\n")
	for i := 0; i < len(numbers); {
		j := i + 1
		for j < len(numbers) && numbers[j] == numbers[j-1]+1 {
			j++
		}
		fmt.Fprintf(b, "%d %d\n", numbers[i], j-i)
		for ; i < j; i++ {
			fmt.Fprintf(b, "%010d 00000 n \n", offsets[numbers[i]])
		}
	}
	fmt.Fprintf(b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d/ID [<%s><%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		numbers[len(numbers)-1]+1, f.root, f.info, before, id[1], sum[:16], at)
	out := b.Bytes()
	from := offsets[sig] + bytes.Index(out[offsets[sig]:], []byte("/Contents <")) + len("/Contents ")
	gap := Gap{From: from, To: from + bytes.IndexByte(out[from:], '>') + 1}
	covered := fmt.Sprintf("0 %d %d %d", gap.From, gap.To, len(out)-gap.To)
	if len(covered) > rangeRoom {
		return nil, Gap{}, errors.New("pdfa: the file is too large to be signed")
	}
	copy(out[offsets[sig]+bytes.Index(out[offsets[sig]:], []byte("/ByteRange ["))+len("/ByteRange ["):], covered)
	return out, gap, nil
}

// sections parts a file that was written to once more behind its end: the file as it was, and what came after. One section gives nil.
func sections(pdf []byte) (first, second []byte, err error) {
	i := bytes.LastIndex(pdf, []byte("trailer\n"))
	if i < 0 {
		return nil, nil, errForm
	}
	prev := reference(string(pdf[i:]), "/Prev ")
	if prev == 0 {
		return pdf, nil, nil
	}
	if prev >= i {
		return nil, nil, errForm
	}
	end := []byte("%%EOF\n")
	n := bytes.Index(pdf[prev:], end)
	if n < 0 || prev+n+len(end) > i {
		return nil, nil, errForm
	}
	n += prev + len(end)
	return pdf[:n], pdf[n:], nil
}

// Unsealed is the file as it was before AddSeal; a file without a seal is itself.
func Unsealed(pdf []byte) ([]byte, error) {
	first, _, err := sections(pdf)
	if err != nil {
		return nil, fmt.Errorf("pdfa: %w", err)
	}
	return first, nil
}

// splitSealed takes a file of one or two sections apart; of an object that stands in both the later one counts.
func splitSealed(pdf []byte) (*file, error) {
	first, second, err := sections(pdf)
	if err != nil {
		return nil, err
	}
	f, err := split(first)
	if err != nil || second == nil {
		return f, err
	}
	xref := reference(string(second[max(0, bytes.LastIndex(second, []byte("startxref\n"))):]), "startxref\n")
	if xref < len(first) || xref >= len(pdf) {
		return nil, errForm
	}
	lines := strings.Split(string(pdf[xref:]), "\n")
	if lines[0] != "xref" {
		return nil, errForm
	}
	for i := 1; i < len(lines) && lines[i] != "trailer"; {
		var n, count int
		if _, err := fmt.Sscanf(lines[i], "%d %d", &n, &count); err != nil || count < 1 || n > len(f.obj) || i+count >= len(lines) {
			return nil, errForm
		}
		for k := range count {
			if err := f.replace(pdf, n+k, lines[i+1+k], len(first), xref); err != nil {
				return nil, err
			}
		}
		i += count + 1
	}
	return f, nil
}

// replace takes an object of the second section by its line of the cross-reference table.
func (f *file) replace(pdf []byte, n int, line string, from, to int) error {
	if len(line) < 18 || line[17] != 'n' {
		return errForm
	}
	at, err := strconv.Atoi(line[:10])
	if err != nil || at < from || at >= to || n > len(f.obj) {
		return errForm
	}
	head := fmt.Appendf(nil, "%d 0 obj\n", n)
	end := bytes.Index(pdf[at:to], []byte("\nendobj\n"))
	if !bytes.HasPrefix(pdf[at:], head) || end < len(head) {
		return fmt.Errorf("object %d: %w", n, errForm)
	}
	if n == len(f.obj) {
		f.obj = append(f.obj, nil)
	}
	f.obj[n] = slices.Clone(pdf[at+len(head) : at+end])
	return nil
}
