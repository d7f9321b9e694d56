package archive

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"time"

	"kasane/internal/seal"
)

// Kind (文書の種別) of a record.
type Kind string

// The kinds.
const (
	KindMinutes Kind = "minutes" // 会議録
	KindPlan    Kind = "plan"    // プラン(合意版)
	KindMatrix  Kind = "matrix"  // 役割分担表

	KindDisposal Kind = "disposal" // 廃棄証明書
)

// Kinds lists every kind in the order of the screen.
func Kinds() []Kind { return []Kind{KindMinutes, KindPlan, KindMatrix, KindDisposal} }

// Label is the Japanese name of the kind.
func (k Kind) Label() string {
	switch k {
	case KindMinutes:
		return "会議録"
	case KindPlan:
		return "支援プラン"
	case KindMatrix:
		return "役割分担表"
	case KindDisposal:
		return "廃棄証明書"
	}
	return string(k)
}

// State (状態) of a record.
type State string

// The states. A draft stands in lists only: it has no number in the chain and no file here.
const (
	StateDraft  State = "draft"  // 案
	StateSealed State = "sealed" // 確定
)

// Record (封印された記録) is everything known about a sealed file without its bytes.
type Record struct {
	Tenant string
	ID     string
	Seq    int64  // place in the chain of the municipality: 1, 2, 3 …
	Number string // 文書番号
	Kind   Kind
	Title  string // 件名
	State  State

	CaseID     string
	CaseNumber string
	MeetingID  string
	MeetingDay time.Time // opening of the meeting
	Version    int       // 版
	Replaces   string    // id of the version before, "" for the first

	FileName      string
	FileSHA256    string // lower hex, of the file
	ContentSHA256 string // lower hex, of the canonical content the file was made from
	PartsSHA256   string // lower hex, of the same split by item class, for copies; "" where there is none (plans have theirs, older records had none)
	Pages         int
	Size          int64  // bytes of the file
	Renderer      string // version of the renderer that made it
	Signature     seal.State

	Retention Retention

	SealedAt        time.Time
	SealedBy        string // user id
	AuditCheckpoint string // where the audit log stood, "size:root"

	PrevHash  string // chain hash of the record before, "" for the first
	ChainHash string

	// Disposed is the 廃棄 by which the body went (file, content); "" = it is there. It is no part of the chain hash: the line stays what it was.
	Disposed string
}

// Chain is the record's chain hash: SHA-256 over every other field, each with its length before it.
func Chain(r Record) string {
	h := sha256.New()
	h.Write([]byte("kasane-archive-1"))
	var n []byte
	fields := []string{r.PrevHash, r.Tenant, r.ID, strconv.FormatInt(r.Seq, 10), r.Number, string(r.Kind), r.Title, string(r.State),
		r.CaseID, r.CaseNumber, r.MeetingID, micros(r.MeetingDay), strconv.Itoa(r.Version), r.Replaces,
		r.FileName, r.FileSHA256, r.ContentSHA256, strconv.Itoa(r.Pages), strconv.FormatInt(r.Size, 10), r.Renderer,
		r.Retention.Class, strconv.Itoa(r.Retention.Years), r.Retention.From, r.Retention.Until,
		micros(r.SealedAt), r.SealedBy, r.AuditCheckpoint}
	if r.Signature != seal.Before || r.PartsSHA256 != "" { // records from before there were signatures keep their hash
		fields = append(fields, string(r.Signature))
	}
	if r.PartsSHA256 != "" {
		fields = append(fields, r.PartsSHA256)
	}
	for _, f := range fields {
		n = binary.AppendUvarint(n[:0], uint64(len(f)))
		h.Write(n)
		h.Write([]byte(f))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func micros(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return strconv.FormatInt(t.UnixMicro(), 10)
}

// Sum is the lower hex SHA-256 of a file or content.
func Sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
