package papers

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kasane/internal/fault"
	"kasane/internal/pdf"
)

// VariantRedacted is the copy for a 開示請求 (開示用).
const VariantRedacted = "開示用"

// Ground (不開示とする理由) of a place that is blacked out, by the items of 個人情報の保護に関する法律第78条第1項.
type Ground string

// The grounds that meet in such records.
const (
	GroundSelf    Ground = "self"    // 第1号
	GroundOther   Ground = "other"   // 第2号
	GroundBody    Ground = "body"    // 第3号
	GroundCouncil Ground = "council" // 第6号
	GroundWork    Ground = "work"    // 第7号
)

// Grounds lists every ground in the order of the law.
func Grounds() []Ground {
	return []Ground{GroundSelf, GroundOther, GroundBody, GroundCouncil, GroundWork}
}

// Label says the ground as the sheet at the end of the paper prints it, "" for an unknown one.
func (g Ground) Label() string {
	switch g {
	case GroundSelf:
		return "第1号　開示請求者の生命・健康・生活・財産を害するおそれがある情報"
	case GroundOther:
		return "第2号　開示請求者以外の個人に関する情報"
	case GroundBody:
		return "第3号　法人等・事業を営む個人に関する情報"
	case GroundCouncil:
		return "第6号　審議・検討・協議に関する情報"
	case GroundWork:
		return "第7号　事務・事業の遂行に支障を及ぼすおそれがある情報"
	}
	return ""
}

// Mark is a range of characters (code points) of one printed text that is blacked out.
type Mark struct {
	No     int    `json:"no"`
	From   int    `json:"from"`
	To     int    `json:"to"`
	Ground Ground `json:"ground"`
}

// maxMarks bounds a redaction: more places than any record has.
const maxMarks = 20000

// Redaction blacks out the marked ranges. It is for one printing.
type Redaction struct {
	marks map[int][]Mark
	met   map[int]bool
	count map[Ground]int
	wrong bool
}

// NewRedaction checks the marks. Invalid: a range that is none, two of one text that overlap, an unknown ground.
func NewRedaction(marks []Mark) (*Redaction, error) {
	if len(marks) > maxMarks {
		return nil, fault.New(fault.TooLarge, "墨塗りの箇所が多すぎます。文書を分けて作ってください。").On("marks")
	}
	r := &Redaction{marks: map[int][]Mark{}, met: map[int]bool{}, count: map[Ground]int{}}
	for _, m := range marks {
		if m.No < 0 || m.From < 0 || m.To <= m.From {
			return nil, fault.New(fault.Invalid, "墨塗りの範囲を読み取れません。範囲を選び直してください。").On("marks")
		}
		if m.Ground.Label() == "" {
			return nil, fault.New(fault.Invalid, "墨塗りのそれぞれに、不開示とする理由を選んでください。").On("marks")
		}
		r.marks[m.No] = append(r.marks[m.No], m)
		r.count[m.Ground]++
	}
	for _, list := range r.marks {
		slices.SortFunc(list, func(a, b Mark) int { return a.From - b.From })
		for i := 1; i < len(list); i++ {
			if list[i].From < list[i-1].To {
				return nil, fault.New(fault.Invalid, "墨塗りの範囲が重なっています。片方を取り消してください。").On("marks")
			}
		}
	}
	return r, nil
}

// Edit blacks out one text. A character with its marks and selectors is one black one; line ends stay, for the paper keeps its look.
func (r *Redaction) Edit(p Printed) string {
	text := strings.ReplaceAll(p.Text, string(pdf.Black), "") // nobody's text may look blacked out
	list := r.marks[p.No]
	if len(list) == 0 {
		return text
	}
	r.met[p.No] = true
	runes := []rune(text)
	if list[len(list)-1].To > len(runes) {
		r.wrong = true
		return strings.Repeat(string(pdf.Black), len(runes)) // rather all of it than a part of what was meant
	}
	var b strings.Builder
	at := 0
	for _, m := range list {
		b.WriteString(string(runes[at:m.From]))
		for _, c := range runes[m.From:m.To] {
			switch {
			case c == '\n':
				b.WriteRune(c)
			case unicode.In(c, unicode.Mn, unicode.Cf, unicode.Variation_Selector), c == 0xFF9E, c == 0xFF9F:
			default:
				b.WriteRune(pdf.Black)
			}
		}
		at = m.To
		for at < len(runes) && unicode.In(runes[at], unicode.Mn, unicode.Variation_Selector) { // belongs to the character that is gone
			at++
		}
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}

// Done tells after the printing whether every mark was met. Conflict: the record prints differently from when it was marked.
func (r *Redaction) Done() error {
	if r.wrong || len(r.met) != len(r.marks) {
		return fault.New(fault.Conflict, "墨塗りの範囲が、いまの文書と合いません。画面を開き直し、範囲を確かめてください。").On("marks")
	}
	return nil
}

// Blacked is how many places are blacked out on a ground.
type Blacked struct {
	Ground Ground
	Places int
}

// Reasons counts the places by ground, for the sheet at the end of the paper.
func (r *Redaction) Reasons() []Blacked {
	var out []Blacked
	for _, g := range Grounds() {
		if n := r.count[g]; n > 0 {
			out = append(out, Blacked{g, n})
		}
	}
	return out
}

// SumOf names a printing: marks made on one hold for another only if both have the same.
func SumOf(texts []Printed) string {
	h := sha256.New()
	var n []byte
	for _, t := range texts {
		n = binary.AppendUvarint(n[:0], uint64(len(t.Text)))
		h.Write(n)
		h.Write([]byte(t.Text))
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// reasons is the sheet at the end of a redacted paper. It stands outside of Edit: it says nothing of the record.
func (s *sheet) reasons() {
	if len(s.head.Blacked) == 0 {
		return
	}
	if g := s.Geometry(); s.paper.W < s.paper.H && g.W > g.H {
		s.Turn(s.paper)
	}
	s.Doc.HeadingOf(2, pdf.Para{Text: "不開示とした部分"}, sectionStyle)
	s.Doc.Para("黒く塗られた部分は、個人情報の保護に関する法律第78条第1項の次の各号に当たるものとして、開示しないこととした部分です。", noteStyle)
	t := table([]float64{s.Inner() - 30, 30}, "理由", "箇所")
	for _, b := range s.head.Blacked {
		t.Rows = append(t.Rows, pdf.Row{Cells: []pdf.Cell{pdf.Text(b.Ground.Label()), pdf.Text(strconv.Itoa(b.Places))}})
	}
	s.Doc.Table(t)
}

// WithoutHashes are answers without the hash of what they answered to.
func WithoutHashes(list []Answer) []Answer {
	out := slices.Clone(list)
	for i := range out {
		out[i].PlanHash = ""
	}
	return out
}
