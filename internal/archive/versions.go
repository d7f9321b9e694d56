package archive

import (
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
)

// paper is what versions are versions of: one kind of record of one meeting.
type paper struct {
	meeting string
	kind    Kind
}

// versions holds the versions of each paper against each other in order of sealing (訂正): every version names the one before it, and those of a 会議録
// count on from 1 and bear one 文書番号.
type versions map[paper][]Record

func (v versions) check(r Record, bad func(r Record, format string, args ...any)) {
	if r.MeetingID == "" {
		return
	}
	of := paper{r.MeetingID, r.Kind}
	var last Record // the highest version below this one
	for _, x := range v[of] {
		if x.Version < r.Version && x.Version > last.Version {
			last = x
		}
	}
	minutes := r.Kind == KindMinutes
	switch {
	case r.Replaces != last.ID && r.Replaces != "":
		bad(r, "この文書が訂正した前の版（ID %s）がないか、版の順が入れ替わっています。", r.Replaces)
	case r.Replaces != last.ID, minutes && (r.Version != last.Version+1 || len(v[of]) != last.Version):
		bad(r, "この文書の版（第%d版）が、前の版（第%d版）の続きになっていません。版が抜けているか、入れ替わっています。", r.Version, last.Version)
	case minutes && last.ID != "" && r.Number != last.Number:
		bad(r, "訂正した版の文書番号が、前の版の文書番号（%s）と異なります。", last.Number)
	}
	v[of] = append(v[of], r)
}

// VersionLine (版) is a version of a paper, for the list on the screen.
type VersionLine struct {
	ID          string    `json:"id"`
	Version     int       `json:"version"`
	Number      string    `json:"number"`
	SealedAt    time.Time `json:"sealedAt"`
	SHA256      string    `json:"sha256"`
	Disposed    bool      `json:"disposed"`
	CorrectedBy int       `json:"correctedBy"` // the version that corrects it, 0 for the newest
}

// versionLines are the versions of a paper, the newest first.
func versionLines(list []Record) []VersionLine {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Record) int { return b.Version - a.Version })
	out := []VersionLine{}
	for i, r := range list {
		l := VersionLine{ID: r.ID, Version: r.Version, Number: r.Number, SealedAt: r.SealedAt, SHA256: r.FileSHA256, Disposed: r.Disposed != ""}
		if i > 0 {
			l.CorrectedBy = list[i-1].Version
		}
		out = append(out, l)
	}
	return out
}

// corrected completes a line by what became of its paper.
func (l *Line) corrected(a access.Actor, r Record, k Keeping) {
	l.Later = k.Later
	if k.Newest > r.Version {
		l.CorrectedBy = k.Newest
		return
	}
	l.Correcting = k.Reopened && r.Kind == KindMinutes && !l.Disposed
	l.MayCorrect = r.Kind == KindMinutes && !l.Disposed && !k.Reopened && access.Can(a, access.ActArchiveKeep)
}

// correctionNote is what the ledger says of a version.
func correctionNote(r Record, all []Record) string {
	if i := slices.IndexFunc(all, func(x Record) bool { return x.Replaces == r.ID }); i >= 0 {
		return fmt.Sprintf("第%d版で訂正されています", all[i].Version)
	}
	if r.Replaces != "" && r.Kind == KindMinutes {
		return fmt.Sprintf("第%d版を訂正", r.Version-1)
	}
	return ""
}
