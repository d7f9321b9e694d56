package app

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
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
	"kasane/internal/tables"
)

// place says what sort of thing a word was written into.
type place string

const (
	inSheet    place = "sheet"    // name of a person, field of a sheet
	inPlan     place = "plan"     // text, row, cell of a plan, answer to a role
	inMinutes  place = "minutes"  // row of the minutes
	inPrep     place = "prep"     // 準備シート of an agency
	inMeeting  place = "meeting"  // agenda, reasons, answers, opinions: free text beside the documents
	inRecord   place = "record"   // what stands on a consent form
	inEvidence place = "evidence" // name and content of an evidence file
	inHandout  place = "handout"  // name and content of a hand-out
	inGlass    place = "glass"    // reason and review of a 緊急時の閲覧
	inNote     place = "note"     // how an agency is involved
	inOutreach place = "outreach" // 働きかけ記録
	inSafety   place = "safety"   // 安全上の留意
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
	user    string // whose word it is, of one person alone
	paper   string // the hand-out it stands in
	counter string // the agency at whose counter it was typed
	passing string // the つなぎ it was said in
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
		w.inText(unpercent(data), found)
	}
	out := make([]byte, len(data))
	runs(data, &isBase64, func(run []byte) {
		run = bytes.ReplaceAll(bytes.ReplaceAll(run, []byte("-"), []byte("+")), []byte("_"), []byte("/"))
		for shift := range 4 { // where it began is not known
			part := run[shift:]
			n, _ := base64.RawStdEncoding.Decode(out, part[:len(part)/4*4])
			w.inText(out[:n], found)
			w.inUTF16(out[:n], found)
		}
	})
	runs(data, &isHex, func(run []byte) {
		n, _ := hex.Decode(out, run[:len(run)/2*2])
		w.inText(out[:n], found)
		w.inUTF16(out[:n], found)
	})
	list := make([]*secret, 0, len(found))
	for s := range found {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *secret) int { return strings.Compare(a.word, b.word) })
	return list
}

var (
	isBase64, isHex = letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"), letters("0123456789abcdefABCDEF")
	escaped         = regexp.MustCompile(`(\\u[0-9A-Fa-f]{4})+`)
)

func letters(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

// runs gives the stretches of letters that are long enough to hold a word.
func runs(data []byte, of *[256]bool, see func(run []byte)) {
	begun := 0
	for i := 0; i <= len(data); i++ {
		if i < len(data) && of[data[i]] {
			continue
		}
		if i-begun >= 16 {
			see(data[begun:i])
		}
		begun = i + 1
	}
}

// unpercent undoes the escapes of addresses and of header fields.
func unpercent(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for i := 0; i < len(data); i++ {
		if data[i] == '%' && i+2 < len(data) && isHex[data[i+1]] && isHex[data[i+2]] {
			var b [1]byte
			_, _ = hex.Decode(b[:], data[i+1:i+3])
			out = append(out, b[0])
			i += 2
			continue
		}
		out = append(out, data[i])
	}
	return out
}

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

// inStreams looks into the streams of a PDF, unpacked.
func (w *words) inStreams(pdf []byte) []*secret {
	var found []*secret
	for rest := pdf; ; {
		i := bytes.Index(rest, []byte("stream"))
		if i < 0 {
			return found
		}
		rest = bytes.TrimLeft(rest[i+len("stream"):], "\r\n")
		if z, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			if plain, _ := io.ReadAll(io.LimitReader(z, 1<<20)); len(plain) < 1<<20 { // larger ones are fonts
				found = append(found, w.find(plain)...)
			}
		}
	}
}

// inBook looks into the parts of an Excel file, unpacked.
func (w *words) inBook(book []byte) []*secret {
	var found []*secret
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		plain, _ := io.ReadAll(io.LimitReader(r, 8<<20))
		_ = r.Close()
		found = append(found, w.find(plain)...)
	}
	return found
}

// inPaper looks into the text of a PDF as a reader of such files takes it out.
func (w *words) inPaper(t testing.TB, dir string, pdf []byte) []*secret {
	path := filepath.Join(dir, "doc.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext is needed (apt install poppler-utils): %v", err)
	}
	return w.find([]byte(strings.Join(strings.Fields(string(out)), "")))
}

// TestWordsAreFound: in every encoding in which text leaves the server.
func TestWordsAreFound(t *testing.T) {
	t.Parallel()
	w := newWords(rand.New(rand.NewPCG(1, 1)))
	for range 50 {
		s := secret{what: "a word"}
		word := w.plant(s)
		if w.rnd.IntN(2) == 0 {
			word = w.reading(s)
		}
		var utf16BE []byte
		for _, u := range utf16.Encode([]rune("前" + word + "後")) {
			utf16BE = append(utf16BE, byte(u>>8), byte(u))
		}
		escapes := "x"
		for _, u := range utf16.Encode([]rune(word[1:])) {
			escapes += fmt.Sprintf(`\u%04x`, u)
		}
		text := "これは" + word + "です"
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		fmt.Fprintf(z, "BT <%x> Tj ET", utf16BE)
		_ = z.Close()
		for how, data := range map[string][]byte{"as it is": []byte(text), "UTF-16": utf16BE, "escaped": []byte(`{"a":"` + escapes + `"}`), "an address": []byte("filename*=UTF-8''" + url.QueryEscape(text)),
			"base64": []byte("data:" + base64.StdEncoding.EncodeToString([]byte("a"+text))), "base64 of UTF-16": []byte(base64.URLEncoding.EncodeToString(utf16BE)), "hex": []byte(hex.EncodeToString(utf16BE))} {
			if found := w.find(data); len(found) != 1 || found[0].word != word {
				t.Errorf("%s: %v in %q", how, found, data)
			}
		}
		if found := w.find([]byte(text[:len(text)-len("です")-3])); len(found) != 0 {
			t.Errorf("%v in a part of it", found)
		}
		if found := w.inStreams([]byte("%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + packed.String() + "\nendstream\n")); len(found) != 1 {
			t.Errorf("%v in a stream", found)
		}
		book, err := tables.XLSX(tables.Book{Title: "表", Sheet: tables.Grid{Name: "表", Columns: []tables.Column{{Title: "内容", Width: 20}}, Rows: [][]string{{text}}},
			List: tables.Grid{Name: "一覧", Columns: []tables.Column{{Title: "内容", Width: 20}}}})
		if found := w.inBook(book); err != nil || len(found) != 1 {
			t.Errorf("%v in a book: %v", found, err)
		}
	}
}
