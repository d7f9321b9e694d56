package meeting

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/papers"
)

// signable are the stages in which somebody may still sign at the door.
var signable = []Status{StatusDraft, StatusReception, StatusOpen, StatusAgreeing}

// SecrecyPaper is the 守秘義務確認書・誓約書 as PDF: blank a sheet for everybody who is expected and one without a name, else who has confirmed, when and how. Those who
// run the meeting take it, nobody else; it is audited. Like the 出席簿 it says nothing of the household but who of it came.
func (s *Service) SecrecyPaper(ctx context.Context, actor access.Actor, meetingID string, blank bool) (papers.Result, string, error) {
	mat, err := s.doorMaterial(ctx, actor, meetingID, "守秘義務確認書")
	if err != nil {
		return papers.Result{}, "", err
	}
	doc, err := mat.secrecy(blank)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := s.Print.Secrecy(ctx, doc)
	if err != nil {
		return papers.Result{}, "", err
	}
	return res, mat.fileName("守秘義務確認書"), s.doorTaken(ctx, actor, mat, access.VerbSecrecyPaper, res)
}

// SecrecyDoc is the 守秘義務確認書 of a meeting that has begun: who has confirmed.
func (s *Service) SecrecyDoc(ctx context.Context, actor access.Actor, meetingID string) (papers.SecrecyDoc, error) {
	mat, err := s.doorMaterial(ctx, actor, meetingID, "守秘義務確認書")
	if err != nil {
		return papers.SecrecyDoc{}, err
	}
	return mat.secrecy(false)
}

// secrecy is the paper. Conflict: it is too late to sign, or too early for the list.
func (m *material) secrecy(blank bool) (papers.SecrecyDoc, error) {
	t := m.st.Meeting
	switch {
	case blank && !slices.Contains(signable, t.Status):
		return papers.SecrecyDoc{}, fault.New(fault.Conflict, "署名用の守秘義務確認書は、閉会の前に作ってください。閉会の後は、確認の記録を作れます。")
	case !blank && t.Status == StatusDraft:
		return papers.SecrecyDoc{}, fault.New(fault.Conflict, "守秘義務の確認は、受付を始めるとできます。受付の前は、署名用の守秘義務確認書を作れます。")
	}
	doc := papers.SecrecyDoc{Head: m.head(), Start: t.PlannedStart, End: t.PlannedEnd, Planned: true, Place: t.Place, Basis: m.st.basis(), Law: t.Mode == consent.ModeSupport, Blank: blank}
	if t.OpenedAt != nil && !blank {
		doc.Start, doc.End, doc.Planned = *t.OpenedAt, timeOf(t.ClosedAt), false
	}
	if blank {
		for _, l := range m.expected() {
			doc.Lines = append(doc.Lines, papers.SecrecyLine{Person: l.Person})
		}
		doc.Lines = append(doc.Lines, papers.SecrecyLine{}) // for who comes unannounced
		return doc, nil
	}
	for _, p := range m.st.People {
		if p.Secrecy == nil && !p.Attended() {
			continue
		}
		l := m.seated(p.AgencyID, papers.Person{Agency: p.AgencyName, Post: p.Post, Name: p.Name, Kana: p.Kana})
		doc.Lines = append(doc.Lines, papers.SecrecyLine{Person: l.Person, Membership: l.Membership(), At: timeOf(p.Secrecy), How: map[string]string{"screen": "画面", "paper": "書面"}[p.SecrecyHow]})
	}
	return doc, nil
}

// Door is what a meeting says of itself on a paper of the secretariat's. Forbidden: the asker does not run it, or takes no files.
func (s *Service) Door(ctx context.Context, actor access.Actor, meetingID, paper string) (papers.Door, error) {
	mat, err := s.doorMaterial(ctx, actor, meetingID, paper)
	if err != nil {
		return papers.Door{}, err
	}
	t := mat.st.Meeting
	d := papers.Door{Head: mat.head(), CaseID: t.CaseID, Start: t.PlannedStart, End: t.PlannedEnd, Planned: true, Place: t.Place, Over: !slices.Contains(signable, t.Status), People: mat.expected()}
	if t.OpenedAt != nil {
		d.Start, d.End, d.Planned = *t.OpenedAt, timeOf(t.ClosedAt), false
	}
	return d, nil
}
