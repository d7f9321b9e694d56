package papers

import (
	"fmt"
	"strings"
	"unicode"

	"kasane/internal/jptime"
)

// maxNameBytes keeps file names within what common file systems take (255 bytes).
const maxNameBytes = 240

// FileName is the name under which a document is handed to the records staff:
// R070612_重層的支援会議_第03回_K2025-0012_会議録_v2.pdf. on is the day of the meeting, kind the kind of document.
// Parts that are not known are left out; characters that file systems refuse become －.
func FileName(on jptime.Date, h Head, kind string) string {
	var parts []string
	if !on.IsZero() {
		parts = append(parts, on.Compact())
	}
	parts = append(parts, h.MeetingKind)
	if h.MeetingNo > 0 {
		parts = append(parts, fmt.Sprintf("第%02d回", h.MeetingNo))
	}
	parts = append(parts, h.CaseID, kind)
	switch {
	case h.Draft:
		parts = append(parts, "案")
	case h.Copy:
		parts = append(parts, "写し")
	}
	tail := ".pdf"
	if h.Version > 0 {
		tail = fmt.Sprintf("_v%d.pdf", h.Version)
	}
	var kept []string
	for _, p := range parts {
		if p = safePart(p); p != "" {
			kept = append(kept, p)
		}
	}
	name := strings.Join(kept, "_")
	for len(name)+len(tail) > maxNameBytes {
		r := []rune(name)
		name = string(r[:len(r)-1])
	}
	return name + tail
}

func safePart(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '－'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		case unicode.IsSpace(r):
			return '_'
		}
		return r
	}, s)
	return strings.Trim(s, "._ ")
}
