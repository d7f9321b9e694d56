package outreach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
)

// Printer makes 支援経過記録.
type Printer interface {
	Course(ctx context.Context, m papers.CourseDoc) (papers.Result, error)
}

// PrintWith gives the service its printer; without one no paper is made.
func (s *Service) PrintWith(p Printer) { s.print = p }

// Paper is 支援経過記録 of a case with the 働きかけ記録 in it, in the order of time, as the reader may see it now. 安全上の留意 are not in it. It is audited.
func (s *Service) Paper(ctx context.Context, a access.Actor, caseID string) (papers.Result, string, error) {
	if a.NoCopies {
		return papers.Result{}, "", fault.New(fault.Forbidden, "あなたの機関には、PDFを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	}
	doc, err := s.CourseDoc(ctx, a, caseID, nil)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.print.Course(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	return res, papers.FileName(jptime.DateOf(doc.At), doc.Head, "支援経過記録"), s.store.AppendAudit(ctx, PaperEntry(a, doc.Head, caseID, res))
}

// CourseDoc is 支援経過記録 with what the reader sees of it now, and of that what a copy may hold. The reading is in the log.
func (s *Service) CourseDoc(ctx context.Context, a access.Actor, caseID string, read cases.CopyReader) (papers.CourseDoc, error) {
	b, err := s.Board(ctx, a, caseID, false)
	if err != nil {
		return papers.CourseDoc{}, err
	}
	h, err := PaperHead(ctx, s.store, a, b.CaseNumber, s.time())
	if err != nil {
		return papers.CourseDoc{}, err
	}
	doc := papers.CourseDoc{Head: h, Unseen: b.Hidden}
	for _, l := range slices.Backward(b.Entries) {
		if show, tell := read.Reads(l.PersonID, l.Item); !show {
			if tell {
				doc.Unseen++
			}
			continue
		}
		doc.Entries = append(doc.Entries, papers.CourseEntry{At: l.At, Method: l.MethodText, Who: CalledIn(read, l.PersonID, l.Who), Subject: b.names[l.PersonID], With: strings.Join(slices.Concat(l.MetText, nonEmpty(l.Target)), " "),
			Agency: l.AgencyName, By: l.UserName, Item: l.ItemLabel, Text: l.Body, Next: l.NextStep})
	}
	return doc, nil
}

// CalledIn is how a copy calls somebody of the household: by relation and initial where it may hold their 基本情報, else as a 世帯員.
func CalledIn(read cases.CopyReader, personID, who string) string {
	if show, _ := read.Reads(personID, consent.ItemBasic); personID == "" || show {
		return who
	}
	return someone
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// Names tells what the municipality is called.
type Names interface {
	MunicipalityName(ctx context.Context, tenant string) (string, error)
}

// PaperHead is the head of a paper of a case that is no record: what stands there is what stands there now.
func PaperHead(ctx context.Context, names Names, a access.Actor, number string, at time.Time) (papers.Head, error) {
	of, err := names.MunicipalityName(ctx, a.Tenant)
	if err != nil {
		return papers.Head{}, err
	}
	h := papers.Head{Municipality: of, Tenant: a.Tenant, CaseID: number, At: at}
	if a.Outside {
		h.CopyFor = fmt.Sprintf("写し　%s　%s　%s", a.AgencyName, a.Name, jptime.FormatDateTime(at))
	}
	return h, nil
}

// PaperEntry notes that a paper was made, with the hash of its bytes.
func PaperEntry(a access.Actor, h papers.Head, caseID string, res papers.Result) access.Entry {
	e := a.Audit(h.At, access.VerbPDFDraft, caseID).InCase(caseID)
	sum := sha256.Sum256(res.PDF)
	e.Hash = hex.EncodeToString(sum[:])
	return e
}
