package papers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"kasane/internal/fault"
	"kasane/internal/pdf"
)

// SourceName is what the 元データ is called inside the file: the same in every record, so that one command takes it out of any.
const SourceName = "content.json"

var errSource = errors.New("papers: only a sealed record carries its source, and only the one its hash names")

// source is the file a 正本 carries. A draft, a copy and every variant for a reader carry none: asking for it is a bug, and nothing is printed.
func (h Head) source() (*pdf.Source, error) {
	if h.Source == nil {
		return nil, nil
	}
	digest := sha256.Sum256(h.Source)
	if h.Draft || h.Copy || h.CopyFor != "" || h.Variant != "" || h.Edit != nil || h.Blacked != nil || hex.EncodeToString(digest[:]) != h.ContentHash {
		return nil, fault.Wrap(fault.Internal, errSource, "")
	}
	return &pdf.Source{Name: SourceName, MIME: "application/json", About: "この文書の元データ（SHA-256は台帳の「内容のSHA-256」と同じ）", Data: h.Source}, nil
}
