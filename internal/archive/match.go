package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"html"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/seal"
)

// Outcome (照合の結果) of holding a file against what is kept.
type Outcome string

// The outcomes.
const (
	MatchLatest  Outcome = "latest"   // 原本と同じ, the newest version
	MatchOld     Outcome = "old"      // 原本と同じ, but a newer version was sealed
	MatchDraft   Outcome = "draft"    // 案: kept, but not what was sealed
	MatchGone    Outcome = "disposed" // 廃棄済み: it was ours, and its body is kept here no more
	MatchAltered Outcome = "altered"  // says a 文書番号 of ours and is not that file
	MatchUnknown Outcome = "unknown"  // nothing the asker may see
)

// Matched (原本照合) is the answer: what the file is, and what is in force.
type Matched struct {
	Outcome Outcome `json:"outcome"`
	SHA256  string  `json:"sha256"`
	Claims  string  `json:"claims"` // 文書番号 the file says of itself, "" when it says none
	Record  *Line   `json:"record"` // what it is; of an altered file, what it claims to be
	// Signature is what was found of the signature of the file: of one that was sent here, or of a record that is kept. Nil: nothing was looked at.
	Signature *seal.Checked `json:"signature"`

	Newest *Line `json:"newest"` // the newest sealed version of the same paper, when it is another one
}

// Found is what a store knows of a file.
type Found struct {
	Record Record  // sealed, or 案 (StateDraft)
	Newest *Record // newest sealed record of the same meeting and kind; nil when there is none
}

// ReasonUnmatched marks the audit entry of a file that is none of ours, or not as it was sealed.
const ReasonUnmatched = "unmatched"

// Match holds the hash of a file against everything sealed. claims is the 文書番号 the file says of itself, "" when it is not known.
func (s *Service) Match(ctx context.Context, a access.Actor, sha, claims string) (Matched, error) {
	return s.match(ctx, a, sha, claims, nil)
}

// match is Match; file is the file, where it was sent here.
func (s *Service) match(ctx context.Context, a access.Actor, sha, claims string, file []byte) (Matched, error) {
	if err := access.Require(a, access.ActArchiveRead); err != nil {
		return Matched{}, err
	}
	if b, err := hex.DecodeString(sha); err != nil || len(b) != 32 || strings.ToLower(sha) != sha {
		return Matched{}, fault.New(fault.Invalid, "ファイルのSHA-256（16進数64桁）を確かめてください。").On("sha256")
	}
	if claims = strings.TrimSpace(claims); len([]rune(claims)) > 100 {
		return Matched{}, fault.New(fault.Invalid, "文書番号は100文字以内で入れてください。").On("number")
	}
	m := Matched{Outcome: MatchUnknown, SHA256: sha, Claims: claims}
	sc := access.ScopeOf(a)
	f, err := s.store.ArchiveByHash(ctx, sc, sha)
	switch {
	case err == nil:
		m.fill(f)
	case !fault.Is(err, fault.NotFound):
		return Matched{}, err
	case claims != "":
		if f, err = s.store.ArchiveByNumber(ctx, sc, claims); err == nil {
			m.fill(f)
			m.Outcome = MatchAltered
		} else if !fault.Is(err, fault.NotFound) {
			return Matched{}, err
		}
	}
	e := a.Audit(s.now(), access.VerbArchiveMatch, f.Record.ID).InCase(f.Record.CaseID).InMeeting(f.Record.MeetingID)
	if e.Hash = sha; m.Outcome == MatchUnknown || m.Outcome == MatchAltered {
		e.Reason = ReasonUnmatched
	}
	if kept := f.Record.State == StateSealed && f.Record.Disposed == "" && (m.Outcome == MatchLatest || m.Outcome == MatchOld); kept && file == nil {
		file, err = s.store.ArchiveFile(ctx, sc, f.Record.ID, e) // the same bytes, by their hash
	} else {
		err = s.store.AppendAudit(ctx, e)
	}
	if err == nil && len(file) > 0 {
		c := seal.Check(file, s.trust().Signatures)
		m.Signature = &c
	}
	return m, err
}

func (m *Matched) fill(f Found) {
	l := line(f.Record)
	m.Record, m.Outcome = &l, MatchLatest
	if f.Record.State == StateDraft {
		m.Outcome = MatchDraft
	}
	if f.Record.Disposed != "" {
		m.Outcome = MatchGone
	}
	if f.Newest != nil && f.Newest.ID != f.Record.ID {
		n := line(*f.Newest)
		if m.Newest = &n; m.Outcome == MatchLatest {
			m.Outcome = MatchOld
		}
	}
}

// MatchFile is Match of a file that was sent here. It is not kept.
func (s *Service) MatchFile(ctx context.Context, a access.Actor, file []byte) (Matched, error) {
	if len(file) == 0 {
		return Matched{}, fault.New(fault.Invalid, "照合するファイルを選んでください。").On("file")
	}
	return s.match(ctx, a, Sum(file), Claims(file), file)
}

// Claims reads the 文書番号 a file of ours carries in its properties (XMP, pdf:Keywords); "" when it has none. The browser reads the same place.
func Claims(file []byte) string {
	_, rest, ok := bytes.Cut(file, []byte("<pdf:Keywords>"))
	if !ok {
		return ""
	}
	words, _, ok := bytes.Cut(rest[:min(len(rest), 2000)], []byte("</pdf:Keywords>"))
	if !ok {
		return ""
	}
	number, _, _ := strings.Cut(html.UnescapeString(string(words)), " ")
	if len([]rune(number)) > 100 || strings.ToValidUTF8(number, "") != number {
		return ""
	}
	return number
}
