package copies

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

// Kind (写しの種類) of a copy.
type Kind string

// The kinds.
const (
	KindAgency    Kind = "agency"    // 機関別
	KindAnonymous Kind = "anonymous" // 匿名版
	KindRedacted  Kind = "redacted"  // 開示用
	KindGiven     Kind = "given"     // 本人交付版
)

// Kinds lists every kind in the order of the screen.
func Kinds() []Kind { return []Kind{KindAgency, KindGiven, KindRedacted, KindAnonymous} }

// Label is the Japanese name of the kind, "" for an unknown one.
func (k Kind) Label() string {
	switch k {
	case KindAgency:
		return "機関別"
	case KindAnonymous:
		return papers.VariantAnonymous
	case KindRedacted:
		return papers.VariantRedacted
	case KindGiven:
		return papers.VariantGiven
	}
	return ""
}

// Wish is what somebody asks for.
type Wish struct {
	Kind     Kind          `json:"kind"`
	AgencyID string        `json:"agencyId"` // 機関別: for whom
	PersonID string        `json:"personId"` // 本人交付版: for whom; "" is the one 本人 of the case
	Look     papers.Look   `json:"look"`     // 本人交付版: 通常, ふりがな, やさしい日本語, 大きな字
	Purpose  string        `json:"purpose"`  // 目的, in words; kept with the copy
	Marks    []papers.Mark `json:"marks"`    // 開示用
	Sum      string        `json:"sum"`      // 開示用, 匿名版: of the texts that were looked at
	Hide     []Place       `json:"hide"`     // 匿名版: the doubts to hide; the others stay
	Unmarked string        `json:"unmarked"` // 開示用 without a mark (隠す所なし): why nothing has to be hidden
}

// Place is a range of characters (code points) of one printed text.
type Place struct {
	No   int `json:"no"`
	From int `json:"from"`
	To   int `json:"to"`
}

// Copy (写し) is the line that remains of a copy. The file itself is not kept.
type Copy struct {
	Tenant     string        `json:"-"`
	RecordID   string        `json:"-"` // or the name of a paper of a case (Ref)
	N          int           `json:"n"` // 1, 2, 3 … of its record
	Kind       Kind          `json:"kind"`
	KindLabel  string        `json:"kindLabel"`
	AgencyID   string        `json:"agencyId,omitempty"`
	AgencyName string        `json:"agencyName,omitempty"`
	PersonID   string        `json:"personId,omitempty"`
	Person     string        `json:"person,omitempty"` // 本人, 長男 …: no name, for the line outlives the record
	Look       papers.Look   `json:"look,omitempty"`
	Purpose    string        `json:"purpose"`
	Marks      []papers.Mark `json:"marks,omitempty"` // places and grounds, no text
	Sum        string        `json:"sum,omitempty"`
	SHA256     string        `json:"sha256"`
	Pages      int           `json:"pages"`
	At         time.Time     `json:"at"`
	By         string        `json:"-"`
	ByName     string        `json:"byName"`
}

// Store keeps the lines of copies and gives the records they are made from.
type Store interface {
	// CopySource returns a record with its content and parts, without its file; NotFound outside the scope (Scope.Archive).
	CopySource(ctx context.Context, s access.Scope, recordID string) (archive.Kept, error)
	// Copies returns the copies of a record, or of a paper of a case (Ref), newest first; NotFound outside the scope.
	Copies(ctx context.Context, s access.Scope, recordID string) ([]Copy, error)
	// AddCopy writes a copy with the entry. Conflict: there is a copy with this number already.
	AddCopy(ctx context.Context, c Copy, e access.Entry) error
	// AppendAudit writes entries of reads, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Meetings reads sealed records again; *meeting.Service is it.
type Meetings interface {
	Sealed(ctx context.Context, k archive.Kept, read meeting.CopyReader, now time.Time) (meeting.SealedPaper, error)
}

// Takers knows which agencies take files home; *identity.Service is it.
type Takers interface {
	// TakesCopies tells whether an agency may have files and prints at all (ファイルの受取り・印刷).
	TakesCopies(ctx context.Context, a access.Actor, g access.Agency) (bool, error)
}

// Gate is the consent gate; *cases.Gatekeeper is it.
type Gate interface {
	ViewAs(ctx context.Context, actor access.Actor, meetingID, caseID, agencyID string) (cases.View, error)
	ToPerson(ctx context.Context, actor access.Actor, meetingID, caseID string) (cases.View, error)
}

// Printer makes the documents; *papers.Printer is it.
type Printer interface {
	Print(ctx context.Context, d papers.Doc) (papers.Result, error)
	Given(ctx context.Context, d papers.Doc, look papers.Look) (papers.Result, error)
}
