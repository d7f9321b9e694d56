package archive

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/fault"
	"kasane/internal/seal"
)

// Service is what people do with sealed records. Every look is in the audit log.
type Service struct {
	store Store
	now   func() time.Time
	trust func() Trust
	words *audit.Words // nil: searches leave no mark

	printer CertificatePrinter
	seal    func(context.Context, func(note string) ([]byte, error)) (seal.Sealed, error)
}

// NewService makes the service.
func NewService(store Store, now func() time.Time) *Service {
	return &Service{store: store, now: now, trust: func() Trust { return Trust{} }, seal: (*seal.Sealer)(nil).Seal}
}

// Believe says what verifications believe; it is asked at each.
func (s *Service) Believe(trust func() Trust) { s.trust = trust }

// MarkSearches has words that are searched for marked in the audit log.
func (s *Service) MarkSearches(w *audit.Words) { s.words = w }

// Line is a record as a list shows it.
type Line struct {
	ID            string    `json:"id"` // "" for a draft
	Number        string    `json:"number"`
	Kind          Kind      `json:"kind"`
	KindLabel     string    `json:"kindLabel"`
	Title         string    `json:"title"`
	CaseNumber    string    `json:"caseNumber"`
	MeetingID     string    `json:"meetingId"`
	Version       int       `json:"version"`
	State         State     `json:"state"`
	StateLabel    string    `json:"stateLabel"`
	SealedAt      time.Time `json:"sealedAt"` // of a draft: when it was made
	Pages         int       `json:"pages"`
	Size          int64     `json:"size"`
	FileName      string    `json:"fileName"`
	SHA256        string    `json:"sha256"`
	Signature     string    `json:"signature"` // 電子署名, in words
	ContentSHA256 string    `json:"contentSha256"`
	Retention     string    `json:"retention"`
	StartsOn      string    `json:"startsOn"`  // 起算日
	ExpiresOn     string    `json:"expiresOn"` // 満了日, with every 延長
	Waiting       bool      `json:"waiting"`   // 満了日 is not known while the case runs
	Expired       bool      `json:"expired"`
	Extended      bool      `json:"extended"`
	Held          int       `json:"held"` // 廃棄の停止 in force
	Disposed      bool      `json:"disposed"`
	CorrectedBy   int       `json:"correctedBy"` // 訂正: the newest version, when that is another one
	Later         string    `json:"later"`       // 後の版: 文書番号 of the plan or matrix that takes the place of this one
	Correcting    bool      `json:"correcting"`  // a 訂正 is under way
	MayCorrect    bool      `json:"mayCorrect"`
}

func line(r Record) Line {
	l := Line{ID: r.ID, Number: r.Number, Kind: r.Kind, KindLabel: r.Kind.Label(), Title: r.Title, CaseNumber: r.CaseNumber,
		MeetingID: r.MeetingID, Version: r.Version, State: r.State, StateLabel: "確定", SealedAt: r.SealedAt, Pages: r.Pages, Size: r.Size,
		FileName: r.FileName, SHA256: r.FileSHA256, ContentSHA256: r.ContentSHA256}
	if r.State == StateDraft {
		l.StateLabel = "案"
		return l
	}
	if l.Disposed = r.Disposed != ""; l.Disposed {
		l.StateLabel = "廃棄済み"
	}
	l.Signature = r.Signature.Label()
	l.Retention, l.StartsOn, l.ExpiresOn = r.Retention.Label(), r.Retention.From, r.Retention.Until
	return l
}

// Filter is what a person chooses in the list.
type Filter struct {
	Year int  // 年度 of sealing; 0 = any
	Kind Kind // "" = any
	Text string
	// After is Next of the page before; "" = the first page.
	After string
}

// pageOf is how many records are listed at once.
const pageOf = 100

// Page is a part of a list, newest first.
type Page struct {
	Lines []Line
	Next  string // what the next page is asked for after; "" = there is none
}

// List returns a page of the records of a 年度 and kind, drafts first.
func (s *Service) List(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	f.Text = ""
	return s.find(ctx, a, f)
}

// Search finds a page of records by a part of number, title, file name or case number. What was searched is not kept in the log, only
// that there was a search, and the mark of the word.
func (s *Service) Search(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	f.Text = strings.TrimSpace(f.Text)
	if f.Text == "" || len([]rune(f.Text)) > 100 {
		return Page{}, fault.New(fault.Invalid, "検索することばを100文字以内で入れてください。").On("q")
	}
	return s.find(ctx, a, f)
}

func (s *Service) find(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	if err := access.Require(a, access.ActArchiveRead); err != nil {
		return Page{}, err
	}
	q, err := f.query()
	if err != nil {
		return Page{}, err
	}
	sc := access.ScopeOf(a)
	var drafts []Record
	if f.After == "" {
		if drafts, err = s.store.ArchiveDrafts(ctx, sc, q); err != nil {
			return Page{}, err
		}
	}
	records, err := s.store.ArchiveRecords(ctx, sc, q)
	if err != nil {
		return Page{}, err
	}
	var out Page
	if len(records) > pageOf {
		records = records[:pageOf]
		out.Next = strconv.FormatInt(records[pageOf-1].Seq, 10)
	}
	e := a.Audit(s.now(), access.VerbArchiveList, "")
	if f.Text != "" {
		e.Reason, e.Hash = access.ReasonSearch, s.words.Mark(a.Tenant, f.Text)
	}
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return Page{}, err
	}
	out.Lines, err = s.lines(ctx, a, append(drafts, records...))
	return out, err
}

// query checks what is asked for.
func (f Filter) query() (Query, error) {
	if f.Kind != "" && f.Kind.Label() == string(f.Kind) {
		return Query{}, fault.New(fault.Invalid, "文書の種別を選び直してください。").On("kind")
	}
	q := Query{Kind: f.Kind, Text: f.Text, Limit: pageOf + 1}
	if f.Year != 0 {
		if f.Year < 1900 || f.Year > 9998 {
			return Query{}, fault.New(fault.Invalid, "年度を確かめてください。").On("year")
		}
		q.From, q.To = time.Date(f.Year, 4, 1, 0, 0, 0, 0, jst), time.Date(f.Year+1, 4, 1, 0, 0, 0, 0, jst)
	}
	if f.After != "" {
		n, err := strconv.ParseInt(f.After, 10, 64)
		if err != nil || n < 1 {
			return Query{}, fault.New(fault.Invalid, "一覧の続きを読み取れません。画面を更新してください。").On("after")
		}
		q.Before = n
	}
	return q, nil
}

// Get returns one record.
func (s *Service) Get(ctx context.Context, a access.Actor, id string) (Line, error) {
	if err := access.Require(a, access.ActArchiveRead); err != nil {
		return Line{}, err
	}
	r, err := s.store.ArchiveRecord(ctx, access.ScopeOf(a), id)
	if err != nil {
		return Line{}, err
	}
	return line(r), nil
}

// Download returns a record with its file. A file that is not the one that was sealed is not handed out.
func (s *Service) Download(ctx context.Context, a access.Actor, id string) (Line, []byte, error) {
	if err := access.Require(a, access.ActArchiveRead); err != nil {
		return Line{}, nil, err
	}
	sc := access.ScopeOf(a)
	r, err := s.store.ArchiveRecord(ctx, sc, id)
	if err != nil {
		return Line{}, nil, err
	}
	if r.Disposed != "" {
		return Line{}, nil, fault.Newf(fault.Gone, "文書 %s は保存期間が満了し、決裁を経て廃棄されました。文書名とハッシュ値だけが残っています。", r.Number)
	}
	e := a.Audit(s.now(), access.VerbArchiveDownload, r.ID).InCase(r.CaseID).InMeeting(r.MeetingID)
	e.Hash = r.FileSHA256
	file, err := s.store.ArchiveFile(ctx, sc, r.ID, e)
	if err != nil {
		return Line{}, nil, err
	}
	if Sum(file) != r.FileSHA256 {
		return Line{}, nil, fault.Newf(fault.Conflict,
			"文書 %s(%s)のファイルが確定時のものと異なるため、渡せません。情報担当に連絡してください。", r.Number, r.FileName)
	}
	return line(r), file, nil
}

// VerifyAll verifies the municipality of the actor; with an id, the report speaks of that record alone.
func (s *Service) VerifyAll(ctx context.Context, a access.Actor, id string) (Report, error) {
	if err := access.Require(a, access.ActArchiveVerify); err != nil {
		return Report{}, err
	}
	var r Record
	if id != "" { // before anything: what is no id of a record has no place in the audit log
		var err error
		if r, err = s.store.ArchiveRecord(ctx, access.ScopeOf(a), id); err != nil {
			return Report{}, err
		}
	}
	rep, err := Verify(ctx, s.store, a.Tenant, s.trust())
	if err != nil {
		return rep, err
	}
	e := a.Audit(s.now(), access.VerbArchiveVerify, r.ID)
	if !rep.OK {
		e = e.Failed("tampered")
	}
	if id == "" {
		return rep, s.store.AppendAudit(ctx, e)
	}
	file, err := s.store.ArchiveFile(ctx, access.ScopeOf(a), id, e)
	if err != nil {
		return rep, err
	}
	one := Report{Checked: 1, Entries: rep.Entries, Problems: []Problem{}}
	for _, p := range rep.Problems {
		if p.FileName == r.FileName && p.Number == r.Number {
			one.Problems = append(one.Problems, p)
		}
	}
	if len(file) > 0 {
		c := seal.Check(file, s.trust().Signatures)
		one.Signature = &c
	}
	one.OK = len(one.Problems) == 0
	return one, nil
}
