package copies

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/text"
)

// Service makes copies. Every look and every copy is in the audit log.
type Service struct {
	store    Store
	meetings Meetings
	gate     Gate
	takers   Takers
	print    Printer
	cabinet  *Cabinet
	now      func() time.Time
}

// NewService makes the service.
func NewService(store Store, m Meetings, g Gate, t Takers, p Printer, now func() time.Time) *Service {
	return &Service{store: store, meetings: m, gate: g, takers: t, print: p, now: now}
}

func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Choice is something to choose from on the screen.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Why   string `json:"why,omitempty"` // why it cannot be chosen
}

// Desk is what the screen of a record's copies shows.
type Desk struct {
	CaseID   string   `json:"-"`
	Number   string   `json:"number"`
	Title    string   `json:"title"`
	Kinds    []Choice `json:"kinds"`
	Agencies []Choice `json:"agencies"`
	Persons  []Choice `json:"persons"` // who gets a 本人交付版: 本人 first
	Looks    []Choice `json:"looks"`
	Grounds  []Choice `json:"grounds"`
	Copies   []Copy   `json:"copies"`
}

// origin (もとの文書) is what a copy is made of: a sealed record, or a paper of a case.
type origin struct {
	archive.Kept
	name   string               // of a paper of a case
	ref    Ref                  // of a paper of a case, else zero
	around *meeting.SealedPaper // of a paper of a case
	actor  access.Actor
	agency string // who gets it (機関別)
}

// label is what the document is.
func (o origin) label() string {
	if o.around != nil {
		return o.name
	}
	return o.Kind.Label()
}

// called is what the screen calls it.
func (o origin) called() string {
	if o.around != nil {
		return o.name
	}
	return o.Number
}

// read reads it, as far as a copy may hold it; person: who gets it (本人交付版).
func (s *Service) read(ctx context.Context, o origin, read meeting.CopyReader, person string, now time.Time) (meeting.SealedPaper, error) {
	if o.around == nil {
		return s.meetings.Sealed(ctx, o.Kept, read, now)
	}
	doc, err := s.casePaperDoc(ctx, o, sparing(o.around.Facts.Persons, read), person)
	if err != nil {
		return meeting.SealedPaper{}, err
	}
	p := *o.around
	p.Doc = doc.Headed(func(h *papers.Head) { h.At, h.ContentHash, h.CopyFor = now, "", "" })
	return p, nil
}

// refused says why a document gives no copy of a kind.
func (s *Service) refused(k Kind, o origin, p meeting.SealedPaper) error {
	if o.around != nil {
		if err := s.refuses(o.ref, k); err != nil {
			return err
		}
	}
	return refused(k, p)
}

// source gives what a copy can be made from.
func (s *Service) source(ctx context.Context, a access.Actor, id string) (origin, error) {
	if err := access.Require(a, access.ActArchiveCopy); err != nil {
		return origin{}, err
	}
	if r, ok := ParseRef(id); ok {
		return s.casePaper(ctx, a, r)
	}
	rec, err := s.store.CopySource(ctx, access.ScopeOf(a), id)
	o := origin{Kept: rec, actor: a}
	switch {
	case err != nil:
		return o, err
	case rec.Disposed != "":
		return o, Disposed(rec.Number)
	case rec.MeetingID == "":
		return o, fault.New(fault.Conflict, "この種類の文書の写しは、作れません。")
	case archive.Sum(rec.Content) != rec.ContentSHA256 || !rec.PartsAsSealed():
		return o, fault.Newf(fault.Conflict, "文書 %s の内容が確定時のものと異なるため、写しを作れません。情報担当に連絡してください。", rec.Number)
	}
	return o, nil
}

// Disposed says that a record was disposed of (廃棄済み), before or while a copy of it was made.
func Disposed(number string) error {
	return fault.Newf(fault.Gone, "文書 %s は保存期間が満了し、決裁を経て廃棄されました。写しは作れません。", number)
}

// Desk lists what copies were made of a record and what can be chosen for a new one.
func (s *Service) Desk(ctx context.Context, a access.Actor, id string) (Desk, error) {
	rec, err := s.source(ctx, a, id)
	if err != nil {
		return Desk{}, err
	}
	made, err := s.store.Copies(ctx, access.ScopeOf(a), id)
	if err != nil {
		return Desk{}, err
	}
	p, err := s.read(ctx, rec, nil, "", s.clock())
	if err != nil {
		return Desk{}, err
	}
	d := Desk{CaseID: rec.CaseID, Number: rec.called(), Title: rec.Title, Copies: made, Agencies: []Choice{}, Persons: receivers(p.Facts.Persons)}
	for i := range d.Copies {
		d.Copies[i].KindLabel = d.Copies[i].Kind.Label()
	}
	for _, k := range Kinds() {
		d.Kinds = append(d.Kinds, Choice{ID: string(k), Label: k.Label(), Why: why(s.refused(k, rec, p))})
	}
	for _, x := range p.CaseAgencies() {
		takes, err := s.takers.TakesCopies(ctx, a, x)
		if err != nil {
			return Desk{}, err
		}
		c := Choice{ID: x.ID, Label: x.Name}
		if !takes {
			c.Why = why(takesNone(x.Name))
		}
		d.Agencies = append(d.Agencies, c)
	}
	for _, l := range papers.Looks() {
		d.Looks = append(d.Looks, Choice{ID: string(l), Label: l.Label()})
	}
	for _, g := range papers.Grounds() {
		d.Grounds = append(d.Grounds, Choice{ID: string(g), Label: g.Label()})
	}
	return d, nil
}

// Made is a copy that was made, with its file.
type Made struct {
	PDF      []byte
	FileName string
	Copy     Copy
}

// attempts bounds how often a number is tried when others make copies of the same record at once.
const attempts = 5

// Make makes a copy: it is counted, kept as a line, and in the log. Preview makes the same as a 見本, which is in the log as a look.
func (s *Service) Make(ctx context.Context, a access.Actor, id string, w Wish, preview bool) (Made, error) {
	rec, err := s.source(ctx, a, id)
	if err != nil {
		return Made{}, err
	}
	if err := w.check(preview); err != nil {
		return Made{}, err
	}
	for range attempts {
		m, err := s.try(ctx, a, rec, w, preview)
		if !errors.Is(err, ErrTaken) {
			return m, err
		}
	}
	return Made{}, ErrTaken
}

// ErrTaken: another copy got this number first.
var ErrTaken = fault.New(fault.Conflict, "ほかの人が同時に写しを作っています。もう一度お試しください。")

func (w *Wish) check(preview bool) error {
	if w.Kind.Label() == "" {
		return fault.New(fault.Invalid, "写しの種類を選んでください。").On("kind")
	}
	if w.Kind == KindAgency && w.AgencyID == "" {
		return fault.New(fault.Invalid, "写しを渡す機関を選んでください。").On("agencyId")
	}
	if w.Kind == KindGiven && w.Look.Label() == "" {
		return fault.New(fault.Invalid, "様式（ふりがな・大きな字など）を選んでください。").On("look")
	}
	if err := w.checkMarks(); err != nil {
		return err
	}
	if !preview {
		if err := text.Required("purpose", "目的", w.Purpose); err != nil {
			return err
		}
	}
	return text.Memo("purpose", "目的", w.Purpose, 200)
}

// checkMarks: a 開示用 copy without a mark is the whole text, so somebody has to have said that nothing in it is to be hidden, and why.
func (w *Wish) checkMarks() error {
	if w.Kind != KindRedacted || len(w.Marks) > 0 {
		w.Unmarked = ""
		return nil
	}
	if strings.TrimSpace(w.Unmarked) == "" {
		return fault.New(fault.Invalid, "黒塗りが1か所もありません。このままでは全文を渡すことになります。黒塗りの範囲を選ぶか、「隠す所なし」を確かめて、その理由を書いてください。").On("unmarked")
	}
	return text.Memo("unmarked", "隠す所なしの理由", w.Unmarked, 200)
}

func (s *Service) try(ctx context.Context, a access.Actor, rec origin, w Wish, preview bool) (Made, error) {
	now := s.clock()
	made, err := s.store.Copies(ctx, access.ScopeOf(a), rec.ID)
	if err != nil {
		return Made{}, err
	}
	c := Copy{Tenant: a.Tenant, RecordID: rec.ID, N: len(made) + 1, Kind: w.Kind, KindLabel: w.Kind.Label(), Purpose: w.Purpose, At: now, By: a.UserID, ByName: a.Name}
	job := &job{Service: s, actor: a, rec: rec, wish: w, copy: &c}
	if preview {
		job.mark = fmt.Sprintf("見本（渡さないこと）　%s　%s", a.Name, jptime.FormatDateTime(now))
	}
	res, name, err := job.make(ctx)
	if err != nil {
		return Made{}, err
	}
	c.SHA256, c.Pages = archive.Sum(res.PDF), res.Pages
	out := Made{PDF: res.PDF, FileName: name, Copy: c}
	verb := access.VerbArchiveCopy
	if preview {
		verb = access.VerbArchiveCopyRead
	}
	e := a.Audit(now, verb, rec.ID).InCase(rec.CaseID).InMeeting(rec.MeetingID)
	e.Hash, e.Reason = c.SHA256, access.ReasonCopy+string(w.Kind)
	switch { // to whom it was disclosed, and whether anything was hidden at all
	case w.Kind == KindAgency:
		e.Reason = access.CopyFor(c.AgencyID)
	case w.Kind == KindGiven:
		e.Reason += ":" + c.PersonID
	case w.Unmarked != "":
		e.Reason += ":" + access.CopyUnmarked
		c.Purpose = strings.TrimSpace(c.Purpose + "（隠す所なし：" + w.Unmarked + "）")
		out.Copy = c
	}
	if preview {
		return out, s.store.AppendAudit(ctx, e)
	}
	return out, s.store.AddCopy(ctx, c, e)
}

// holding is who asks the gate for a copy: who makes copies holds what was sealed, so for this one question the actor counts as a holder of the record.
func holding(a access.Actor) access.Actor {
	return access.Actor{Tenant: a.Tenant, UserID: a.UserID, AgencyID: a.AgencyID, Name: a.Name, AgencyName: a.AgencyName, Roles: []access.Role{access.RoleCity}}
}

// Texts is a record as it prints, for the marks of a 開示用 copy and the decisions of a 匿名版.
type Texts struct {
	Sum    string           `json:"sum"`
	Texts  []papers.Printed `json:"texts"`
	Hints  []Hint           `json:"hints"`
	Before []papers.Mark    `json:"before"` // marks of the newest 開示用 copy, when they still fit
	// Anonymous is what has to be decided for a 匿名版.
	Anonymous Anonymous `json:"anonymous"`
}

// Texts reads a record for a 開示請求 or a 匿名版.
func (s *Service) Texts(ctx context.Context, a access.Actor, id string) (Texts, error) {
	rec, err := s.source(ctx, a, id)
	if err != nil {
		return Texts{}, err
	}
	now := s.clock()
	p, err := s.read(ctx, rec, nil, "", now)
	if err != nil {
		return Texts{}, err
	}
	texts, err := s.texts(ctx, p)
	if err != nil {
		return Texts{}, err
	}
	out := Texts{Sum: papers.SumOf(texts), Texts: texts, Hints: hints(p, texts), Before: []papers.Mark{}}
	out.Anonymous = Anonymous{Doubts: []papers.Doubt{}}
	if s.refused(KindAnonymous, rec, p) == nil {
		if out.Anonymous, err = s.doubts(ctx, p, anonymity(p, rec.Record)); err != nil {
			return Texts{}, err
		}
	}
	made, err := s.store.Copies(ctx, access.ScopeOf(a), id)
	if err != nil {
		return Texts{}, err
	}
	for _, c := range made {
		if c.Kind == KindRedacted && c.Sum == out.Sum {
			out.Before = c.Marks
			break
		}
	}
	e := a.Audit(now, access.VerbArchiveCopyRead, rec.ID).InCase(rec.CaseID).InMeeting(rec.MeetingID)
	return out, s.store.AppendAudit(ctx, e)
}

// texts prints a record once to learn what stands in it.
func (s *Service) texts(ctx context.Context, p meeting.SealedPaper) (out []papers.Printed, err error) {
	_, err = s.printed(ctx, p, func(h *papers.Head) {
		redactedHead(h)
		h.Edit = func(t papers.Printed) string { out = append(out, t); return t.Text }
	})
	return out, err
}

// printed prints a paper with its head changed.
func (s *Service) printed(ctx context.Context, p meeting.SealedPaper, change func(*papers.Head)) (papers.Result, error) {
	return s.print.Print(ctx, p.Paper().Headed(change))
}
