package papers

import (
	"time"

	"kasane/internal/jptime"
)

// Head is what every document carries (文書の属性).
type Head struct {
	Municipality string    // 自治体名; the file's author
	Tenant       string    `json:"-"` // whose 外字 are drawn
	MeetingKind  string    // 会議種別: 重層的支援会議, 支援会議, …
	MeetingNo    int       // 回次; 0 prints nothing
	CaseID       string    // ケースID, K2025-0012
	DocumentNo   string    // 文書番号
	Handling     string    // 取扱区分; 取扱注意・部外秘 when empty
	Version      int       // 版, from 1
	Draft        bool      // prints 案
	Copy         bool      `json:",omitempty"` // prints 写し: what one reader may see of a record, not the record itself
	At           time.Time // 確定日時; of a draft the time its content was fixed. Required: it is the file's date
	ContentHash  string    // SHA-256 of the content, hex; the first 16 digits stand in the footer
	Checkpoint   string    // 監査ログの到達点 of a sealed record; printed at its end and kept in the file's properties. Drafts have none
	Signature    string    `json:",omitempty"` // 電子署名: what a sealed record says of its own signature, under the checkpoint
	CopyFor      string    // 写し: who takes this copy and when, over every page and at its foot; "" prints nothing
	FormName     string    `json:",omitempty"` // 様式, as the municipality's rules name it: over the title of the first page
	Variant      string    `json:",omitempty"` // 機関別, 匿名版, 開示用: a 写し that is not the record; beside the title
	Edit         Edit      `json:"-"`          // what is printed instead of each text; nil prints all as it is
	Layout       *Layout   `json:",omitempty"` // 様式の設定 of the municipality; nil: the usual one
	Blacked      []Blacked `json:"-"`          // 開示用: why places are blacked out, for its last sheet
	Source       []byte    `json:"-"`          // 元データ: the content whose SHA-256 is ContentHash, as a file inside a 正本 (PDF/A-3a); nil: none
	Approval     []string  // 決裁欄: titles such as 課長, 係長, 担当; none prints no box
}

// Person is someone with a function (職氏名).
type Person struct {
	Agency string // 機関
	Post   string // 職
	Name   string // 氏名
	Kana   string // ふりがな
}

// Memo is a free text of one item class.
type Memo struct {
	Text     string
	Withheld bool // the reader's consent scope does not cover it
}

// Field is a labelled value.
type Field struct {
	Label    string
	Value    string
	Name     bool // the value is a person's name
	Withheld bool
}

// Section is a further block of fields under a heading, such as アウトリーチ等プラン or 参加支援プラン.
type Section struct {
	Title  string
	Fields []Field
}

// Check is a check box with its label.
type Check struct {
	Label   string
	Checked bool
}

// Correction is an entry of the 訂正履歴.
type Correction struct {
	Version int
	At      time.Time
	By      Person
	Reason  string
	Places  []string // 訂正した箇所, as far as the reader may know them
}

// withheld is what stands in the place of a text the reader may not see.
const withheld = "同意範囲外"

// day writes a calendar day in 和暦 and 西暦, empty when unknown.
func day(d jptime.Date) string { return d.Both() }

// shortDay writes a calendar day for narrow columns.
func shortDay(d jptime.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Short()
}
