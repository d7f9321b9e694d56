package app

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"kasane/internal/consent"
)

// place says what sort of thing a word was written into.
type place string

const (
	inSheet    place = "sheet"    // name of a person, field of a sheet
	inPlan     place = "plan"     // text, row, cell of a plan, answer to a role
	inMinutes  place = "minutes"  // row of the minutes
	inMeeting  place = "meeting"  // agenda, reasons, answers, opinions: free text beside the documents
	inRecord   place = "record"   // what stands on a consent form
	inEvidence place = "evidence" // name and content of an evidence file
	inNote     place = "note"     // how an agency is involved
)

// secret is a word (印) that was written at one place only: wherever it turns up, the text of that place has come.
type secret struct {
	word    string
	what    string
	place   place
	file    string // id of the case
	tenant  string
	person  string // "" = the household
	item    consent.Item
	meeting string // of minutes and of what was said in a meeting
	agency  string // whose word it is: its own people know it
}

func (s *secret) String() string {
	return fmt.Sprintf("%s %q (%s of case %s, person %q, item %s, meeting %q)", s.what, s.word, s.place, s.file, s.person, s.item, s.meeting)
}

// Letters that no other text of the house holds in such an order, without bytes that a PDF writes otherwise in UTF-16.
const (
	wordHead   = 'x'
	wordLength = 4
	wordKanji  = "鵜鷺蟹鰯鮎蕨葵椿梟隼鯨蛍鶴亀蓬萩桔梗芹薺菫藤蔦楓檜槇栃椎榊柊楠樫欅桐蘭菖蓮葦茅芒藻苔蕗筍茸栗柿梨桃杏李枇杷橘柚"
	wordKana   = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"
)

// words are all secrets of a run, found by their word.
type words struct {
	mu    sync.RWMutex
	rnd   *rand.Rand
	known map[string]*secret
	kanji []rune
}

func newWords(rnd *rand.Rand) *words {
	w := &words{rnd: rnd, known: map[string]*secret{}}
	for _, r := range wordKanji {
		if hi, lo := byte(r>>8), byte(r); !bytes.ContainsAny([]byte{hi, lo}, "()\\\r\n") {
			w.kanji = append(w.kanji, r)
		}
	}
	return w
}

// plant makes a new word for a place.
func (w *words) plant(s secret) string { return w.write(s, w.kanji) }

// reading is plant for a field that takes kana only.
func (w *words) reading(s secret) string { return w.write(s, []rune(wordKana)) }

func (w *words) write(s secret, letters []rune) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		word := []rune{wordHead}
		for range wordLength {
			word = append(word, letters[w.rnd.IntN(len(letters))])
		}
		if s.word = string(word); w.known[s.word] == nil {
			w.known[s.word] = &s
			return s.word
		}
	}
}

// find gives the secrets that stand in bytes, in whatever encoding.
func (w *words) find(data []byte) []*secret {
	found := map[*secret]bool{}
	w.mu.RLock()
	defer w.mu.RUnlock()
	w.inText(data, found)
	w.inUTF16(data, found)
	if bytes.Contains(data, []byte(`\u`)) {
		w.inText(unescape(data), found)
	}
	if bytes.IndexByte(data, '%') >= 0 {
		w.inText(percent.ReplaceAllFunc(data, func(b []byte) []byte { n, _ := strconv.ParseUint(string(b[1:]), 16, 8); return []byte{byte(n)} }), found)
	}
	for _, run := range base64Run.FindAll(data, -1) {
		run = bytes.ReplaceAll(bytes.ReplaceAll(run, []byte("-"), []byte("+")), []byte("_"), []byte("/"))
		for shift := range 4 {
			part := run[min(shift, len(run)):]
			out := make([]byte, len(part))
			n, _ := base64.RawStdEncoding.Decode(out, part[:len(part)/4*4])
			w.inText(out[:n], found)
			w.inUTF16(out[:n], found)
		}
	}
	for _, run := range hexRun.FindAll(data, -1) {
		out := make([]byte, len(run)/2)
		n, _ := hex.Decode(out, run[:len(run)/2*2])
		w.inText(out[:n], found)
		w.inUTF16(out[:n], found)
	}
	list := make([]*secret, 0, len(found))
	for s := range found {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *secret) int { return strings.Compare(a.word, b.word) })
	return list
}

var (
	percent   = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{20,}`)
	hexRun    = regexp.MustCompile(`[0-9A-Fa-f]{20,}`)
	escaped   = regexp.MustCompile(`(\\u[0-9A-Fa-f]{4})+`)
)

// inText looks for words in UTF-8.
func (w *words) inText(data []byte, found map[*secret]bool) {
	for i := 0; i < len(data); i++ {
		if data[i] != wordHead {
			continue
		}
		end := i + 1 + 3*wordLength // every letter takes three bytes
		if end > len(data) {
			return
		}
		if s := w.known[string(data[i:end])]; s != nil {
			found[s] = true
		}
	}
}

// inUTF16 looks for words in UTF-16BE, wherever they begin.
func (w *words) inUTF16(data []byte, found map[*secret]bool) {
	for i := 0; i+2+2*wordLength <= len(data); i++ {
		if data[i] != 0 || data[i+1] != wordHead {
			continue
		}
		var units [1 + wordLength]uint16
		for k := range units {
			units[k] = uint16(data[i+2*k])<<8 | uint16(data[i+2*k+1])
		}
		if s := w.known[string(utf16.Decode(units[:]))]; s != nil {
			found[s] = true
		}
	}
}

// unescape undoes the \u escapes of JSON.
func unescape(data []byte) []byte {
	return escaped.ReplaceAllFunc(data, func(b []byte) []byte {
		var units []uint16
		for i := 0; i < len(b); i += 6 {
			n, _ := strconv.ParseUint(string(b[i+2:i+6]), 16, 16)
			units = append(units, uint16(n))
		}
		return []byte(string(utf16.Decode(units)))
	})
}

// findPDF looks into a PDF as well: its streams unpacked, and the text as a reader of such files takes it out.
func (w *words) findPDF(t testing.TB, dir string, pdf []byte) []*secret {
	all := map[*secret]bool{}
	add := func(list []*secret) {
		for _, s := range list {
			all[s] = true
		}
	}
	for rest := pdf; ; {
		i := bytes.Index(rest, []byte("stream"))
		if i < 0 {
			break
		}
		rest = bytes.TrimLeft(rest[i+len("stream"):], "\r\n")
		if z, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			if plain, _ := io.ReadAll(io.LimitReader(z, 16<<20)); len(plain) < 1<<20 { // larger ones are fonts
				add(w.find(plain))
			}
		}
	}
	path := filepath.Join(dir, "doc.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext is needed (apt install poppler-utils): %v", err)
	}
	add(w.find([]byte(strings.Join(strings.Fields(string(out)), ""))))
	list := make([]*secret, 0, len(all))
	for s := range all {
		list = append(list, s)
	}
	return list
}
