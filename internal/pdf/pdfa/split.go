package pdfa

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

var errForm = errors.New("file is not as the drawing library writes it")

// split takes a file apart by its cross-reference table.
func split(raw []byte) (*file, error) {
	offsets, trailer, xref, err := crossReferences(raw)
	if err != nil {
		return nil, err
	}
	type place struct{ n, at int }
	places := make([]place, 0, len(offsets))
	for n := 1; n < len(offsets); n++ {
		places = append(places, place{n, offsets[n]})
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.at, b.at) })
	f := &file{obj: make([][]byte, len(offsets))}
	for i, p := range places {
		end := xref
		if i+1 < len(places) {
			end = places[i+1].at
		}
		body := raw[p.at:end]
		head, foot := fmt.Appendf(nil, "%d 0 obj\n", p.n), []byte("\nendobj\n")
		if !bytes.HasPrefix(body, head) || !bytes.HasSuffix(body, foot) || len(body) < len(head)+len(foot) {
			return nil, fmt.Errorf("object %d: %w", p.n, errForm)
		}
		f.obj[p.n] = slices.Clone(body[len(head) : len(body)-len(foot)])
	}
	for n := 1; n < len(f.obj); n++ {
		if bytes.HasPrefix(f.obj[n], []byte("<</Type /Page\n")) {
			f.pages = append(f.pages, n)
		}
	}
	f.root, f.info = reference(trailer, "/Root "), reference(trailer, "/Info ")
	if f.root <= 0 || f.root >= len(f.obj) || f.info <= 0 || f.info >= len(f.obj) || len(f.pages) == 0 {
		return nil, errForm
	}
	return f, nil
}

// crossReferences reads the offset of every object, the trailer, and where the table stands.
func crossReferences(raw []byte) (offsets []int, trailer string, xref int, err error) {
	i := bytes.LastIndex(raw, []byte("startxref\n"))
	if i < 0 {
		return nil, "", 0, errForm
	}
	fields := strings.Fields(string(raw[i+len("startxref\n"):]))
	if len(fields) == 0 {
		return nil, "", 0, errForm
	}
	xref, err = strconv.Atoi(fields[0])
	if err != nil || xref < 0 || xref > i {
		return nil, "", 0, errForm
	}
	lines := strings.Split(string(raw[xref:i]), "\n")
	if len(lines) < 3 || lines[0] != "xref" {
		return nil, "", 0, errForm
	}
	count, err := strconv.Atoi(strings.TrimPrefix(lines[1], "0 "))
	if err != nil || count < 2 || len(lines) < 2+count {
		return nil, "", 0, errForm
	}
	offsets = make([]int, count)
	for n := 1; n < count; n++ {
		l := lines[2+n]
		if len(l) < 18 || l[17] != 'n' {
			return nil, "", 0, errForm
		}
		if offsets[n], err = strconv.Atoi(l[:10]); err != nil || offsets[n] < 0 || offsets[n] >= xref {
			return nil, "", 0, errForm
		}
	}
	return offsets, strings.Join(lines[2+count:], "\n"), xref, nil
}

// reference reads the object number after key, 0 when there is none.
func reference(dict, key string) int {
	_, after, ok := strings.Cut(dict, key)
	if !ok {
		return 0
	}
	digits := strings.TrimLeft(after, " ")
	end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(digits)
	}
	n, err := strconv.Atoi(digits[:end])
	if err != nil {
		return 0
	}
	return n
}
