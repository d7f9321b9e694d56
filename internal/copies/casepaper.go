package copies

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/desk"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

// PaperKind (文書の種類) of a paper of a case that is no sealed record: what stands in it is what the case says now.
type PaperKind string

// The kinds.
const (
	PaperReview     PaperKind = "review"     // 評価シート, モニタリング記録
	PaperPrep       PaperKind = "prep"       // 準備シート
	PaperSheet      PaperKind = "sheet"      // 相談受付・申込票, アセスメントシート, アウトリーチ等プラン, 参加支援プラン
	PaperScreening  PaperKind = "screening"  // スクリーニング票
	PaperCourse     PaperKind = "course"     // 支援経過記録
	PaperNotice     PaperKind = "notice"     // 開催通知
	PaperAttendance PaperKind = "attendance" // 出席簿
	PaperSecrecy    PaperKind = "secrecy"    // 守秘義務確認書
	PaperHandover   PaperKind = "handover"   // 資料受渡簿
	PaperConsent    PaperKind = "consent"    // 同意書
	PaperWithdrawal PaperKind = "withdrawal" // 撤回届
	PaperReferral   PaperKind = "referral"   // つなぎシート
)

// Ref names a paper of a case. It stands where the id of a record does: case~review~id.
type Ref struct {
	CaseID string
	Kind   PaperKind
	Of     string // of a 準備シート and 出席簿 the meeting, of a sheet its form; "" where the case has one only
}

// String is the name.
func (r Ref) String() string { return r.CaseID + "~" + string(r.Kind) + "~" + r.Of }

// Shelf (綴り) is where its copies are counted. A sheet is counted with those of its own dialog.
func (r Ref) Shelf() string {
	if r.Kind == PaperSheet {
		return r.Of
	}
	return string(r.Kind) + ":" + r.Of
}

// ParseRef reads a name; ok is false for the id of a record.
func ParseRef(id string) (r Ref, ok bool) {
	parts := strings.Split(id, "~")
	if len(parts) != 3 {
		return Ref{}, false
	}
	return Ref{parts[0], PaperKind(parts[1]), parts[2]}, true
}

// Lister lists papers of a case.
type Lister interface {
	Listed(ctx context.Context, a access.Actor, caseID string) ([]papers.Listed, error)
}

// Cabinet (書庫) gives the papers of cases that are no sealed records, each as one who holds the case reads it, and of that what a copy may hold. Every reading is in the
// log of the service it comes from.
type Cabinet struct {
	Reviews interface {
		Lister
		Evaluation(ctx context.Context, a access.Actor, caseID, id string, read cases.CopyReader) (papers.EvaluationDoc, error)
	}
	Sheets interface {
		Lister
		GoesToPerson(form string) bool
		SheetDoc(ctx context.Context, a access.Actor, caseID, form string, read cases.CopyReader, person string) (papers.SheetDoc, error)
		Screened(ctx context.Context, a access.Actor, caseID string) (bool, error)
		ScreeningDoc(ctx context.Context, a access.Actor, caseID string, read cases.CopyReader) (papers.ScreeningDoc, error)
	}
	Course interface {
		CourseDoc(ctx context.Context, a access.Actor, caseID string, read cases.CopyReader) (papers.CourseDoc, error)
	}
	Meetings interface {
		List(ctx context.Context, a access.Actor, q meeting.Query) ([]meeting.Ref, error)
		Around(ctx context.Context, tenant, caseID, meetingID string) (meeting.SealedPaper, error)
		PrepDoc(ctx context.Context, a access.Actor, meetingID string, read cases.CopyReader, agencyID string) (papers.PrepDoc, error)
		AttendanceDoc(ctx context.Context, a access.Actor, meetingID string) (papers.AttendanceDoc, error)
		SecrecyDoc(ctx context.Context, a access.Actor, meetingID string) (papers.SecrecyDoc, error)
		NoticesListed(ctx context.Context, a access.Actor, meetingID string) ([]papers.Listed, error)
		NoticeDoc(ctx context.Context, a access.Actor, id string) (papers.NoticeDoc, error)
		NoticeFor(ctx context.Context, a access.Actor, id string, read cases.CopyReader) (papers.NoticeDoc, error)
	}
	Handouts interface {
		Book(ctx context.Context, a access.Actor, meetingID string) (papers.HandoverDoc, error)
	}
	Consents interface {
		Listed(ctx context.Context, a access.Actor, caseID string) ([]desk.Line, error)
		Doc(ctx context.Context, a access.Actor, caseID, recordID string, paper desk.Paper) (papers.ConsentPaper, error)
	}
	Referrals interface {
		Lister
		SheetDoc(ctx context.Context, a access.Actor, caseID, id string) (papers.ReferralDoc, error)
	}
}

// OpenCabinet gives the service the papers of cases; without it it makes copies of sealed records alone.
func (s *Service) OpenCabinet(c Cabinet) { s.cabinet = &c }

var noPaper = fault.New(fault.NotFound, "この文書は見つかりません。")

// meetingOf is the meeting of a paper, "" of none.
func (r Ref) meetingOf() string {
	switch r.Kind {
	case PaperPrep, PaperAttendance, PaperSecrecy, PaperHandover:
		return r.Of
	case PaperNotice:
		return meeting.NoticeMeeting(r.Of)
	case PaperReview, PaperSheet, PaperScreening, PaperCourse, PaperConsent, PaperWithdrawal, PaperReferral:
	}
	return ""
}

// casePaper begins a copy of a paper of a case. Only who holds the case makes one.
func (s *Service) casePaper(ctx context.Context, a access.Actor, r Ref) (origin, error) {
	switch {
	case !a.Holder():
		return origin{}, fault.New(fault.Forbidden, "ケースの文書の写しを作れるのは、事務局と市の所管課だけです。")
	case a.NoCopies:
		return origin{}, fault.New(fault.Forbidden, "あなたの機関には、PDFやファイルを渡さない設定になっています。")
	case s.cabinet == nil || offers[r.Kind] == nil:
		return origin{}, noPaper
	}
	p, err := s.cabinet.Meetings.Around(ctx, a.Tenant, r.CaseID, r.meetingOf())
	if err != nil {
		return origin{}, err
	}
	o := origin{ref: r, around: &p, actor: a}
	o.Record = archive.Record{Tenant: a.Tenant, ID: r.String(), CaseID: r.CaseID, CaseNumber: p.Facts.Case.Number, MeetingID: r.meetingOf()}
	doc, err := s.casePaperDoc(ctx, o, nil, "")
	if err != nil {
		return origin{}, err
	}
	o.name = papers.NameOf(doc)
	o.Title = p.Facts.Case.Number
	return o, nil
}

// casePaperDoc reads the paper: whole, or what a copy may hold; person: who gets it (本人交付版).
func (s *Service) casePaperDoc(ctx context.Context, o origin, read cases.CopyReader, person string) (papers.Doc, error) {
	c, a, r := s.cabinet, o.actor, o.ref
	switch r.Kind {
	case PaperReview:
		return c.Reviews.Evaluation(ctx, a, r.CaseID, r.Of, read)
	case PaperPrep:
		return c.Meetings.PrepDoc(ctx, a, r.Of, read, o.agency)
	case PaperSheet:
		return c.Sheets.SheetDoc(ctx, a, r.CaseID, r.Of, read, person)
	case PaperScreening:
		return c.Sheets.ScreeningDoc(ctx, a, r.CaseID, read)
	case PaperCourse:
		return c.Course.CourseDoc(ctx, a, r.CaseID, read)
	case PaperNotice:
		if person != "" {
			return c.Meetings.NoticeFor(ctx, a, r.Of, read)
		}
		return c.Meetings.NoticeDoc(ctx, a, r.Of)
	case PaperAttendance:
		return c.Meetings.AttendanceDoc(ctx, a, r.Of)
	case PaperSecrecy:
		return c.Meetings.SecrecyDoc(ctx, a, r.Of)
	case PaperHandover:
		return c.Handouts.Book(ctx, a, r.Of)
	case PaperConsent:
		return c.Consents.Doc(ctx, a, r.CaseID, r.Of, desk.PaperConsent)
	case PaperWithdrawal:
		return c.Consents.Doc(ctx, a, r.CaseID, r.Of, desk.PaperWithdrawal)
	case PaperReferral:
		return c.Referrals.SheetDoc(ctx, a, r.CaseID, r.Of)
	}
	return nil, noPaper
}

// sparing leaves an address that is a secret now (住所秘匿) out of every copy, also out of one for a 開示請求: who asks may be whom it is kept from.
func sparing(persons []cases.Person, read cases.CopyReader) cases.CopyReader {
	return func(person string, item consent.Item) (show, tell bool) {
		if item == consent.ItemAddress && slices.ContainsFunc(persons, func(p cases.Person) bool { return p.AddressSecret && (person == "" || p.ID == person) }) {
			return false, false
		}
		return read.Reads(person, item)
	}
}

// PaperLine is a paper of a case in the list of what copies can be made of.
type PaperLine struct {
	ID    string    `json:"id"` // in the place of the id of a record
	Kind  PaperKind `json:"kind"`
	Title string    `json:"title"`
	Note  string    `json:"note"` // of which day, of whom
	Kinds []Choice  `json:"kinds"`
}

// CasePapers (文書の写し) is what there is of a case for a 開示請求: everything that is printed and is no sealed record.
type CasePapers struct {
	CaseNumber string      `json:"caseNumber"`
	Papers     []PaperLine `json:"papers"`
}

// CasePapers lists the papers of a case.
func (s *Service) CasePapers(ctx context.Context, a access.Actor, caseID string) (CasePapers, error) {
	if err := access.Require(a, access.ActPaperCopy); err != nil {
		return CasePapers{}, err
	}
	if s.cabinet == nil {
		return CasePapers{}, noPaper
	}
	c := s.cabinet
	forms, err := c.Sheets.Listed(ctx, a, caseID) // the scope of the case is asked first
	if err != nil {
		return CasePapers{}, err
	}
	p, err := c.Meetings.Around(ctx, a.Tenant, caseID, "")
	if err != nil {
		return CasePapers{}, err
	}
	out := CasePapers{CaseNumber: p.Facts.Case.Number, Papers: []PaperLine{}}
	add := func(kind PaperKind, of, title string, note ...string) {
		r := Ref{caseID, kind, of}
		l := PaperLine{ID: r.String(), Kind: kind, Title: title, Note: strings.Join(slices.DeleteFunc(note, func(s string) bool { return s == "" }), "　")}
		for _, k := range Kinds() {
			l.Kinds = append(l.Kinds, Choice{ID: string(k), Label: k.Label(), Why: why(s.refuses(r, k))})
		}
		out.Papers = append(out.Papers, l)
	}
	for _, f := range forms {
		add(PaperSheet, f.ID, f.Title)
	}
	screened, err := c.Sheets.Screened(ctx, a, caseID)
	if err != nil {
		return out, err
	}
	if screened {
		add(PaperScreening, "", "スクリーニング票")
	}
	add(PaperCourse, "", "支援経過記録")
	list, err := c.Reviews.Listed(ctx, a, caseID)
	if err != nil {
		return out, err
	}
	for _, x := range list {
		add(PaperReview, x.ID, x.Title, x.Note)
	}
	return out, s.listMore(ctx, a, caseID, p, add)
}

// listMore lists the papers of meetings, consents and つなぎ.
func (s *Service) listMore(ctx context.Context, a access.Actor, caseID string, p meeting.SealedPaper, add func(PaperKind, string, string, ...string)) error {
	c := s.cabinet
	meetings, err := c.Meetings.List(ctx, a, meeting.Query{CaseID: caseID, Limit: 200})
	if err != nil {
		return err
	}
	for _, m := range meetings {
		at := jptime.FormatDateTime(m.PlannedStart)
		sent, err := c.Meetings.NoticesListed(ctx, a, m.ID)
		if err != nil {
			return err
		}
		for _, x := range sent {
			add(PaperNotice, x.ID, x.Title, at, x.Note)
		}
		add(PaperPrep, m.ID, "準備シート", at)
		if m.Status != meeting.StatusDraft && m.Status != meeting.StatusCancelled {
			add(PaperAttendance, m.ID, "出席簿", at)
			add(PaperSecrecy, m.ID, "守秘義務確認書", at)
		}
		if m.Status != meeting.StatusCancelled {
			add(PaperHandover, m.ID, "資料受渡簿", at)
		}
	}
	consents, err := c.Consents.Listed(ctx, a, caseID)
	if err != nil {
		return err
	}
	for _, x := range consents {
		who := ""
		if i := slices.IndexFunc(p.Facts.Persons, func(q cases.Person) bool { return q.ID == x.PersonID }); i >= 0 {
			who = called(p.Facts.Persons, i)
		}
		kind := PaperConsent
		if x.Paper == desk.PaperWithdrawal {
			kind = PaperWithdrawal
		}
		add(kind, x.ID, x.Title, x.Note, who)
	}
	referrals, err := c.Referrals.Listed(ctx, a, caseID)
	if err != nil {
		return err
	}
	for _, x := range referrals {
		add(PaperReferral, x.ID, x.Title, x.Note)
	}
	return nil
}
