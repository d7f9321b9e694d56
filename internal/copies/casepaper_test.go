package copies_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/desk"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf/pdftest"
)

var holder = access.Actor{Tenant: "t", UserID: "u8", AgencyID: "a1", Name: "事務 八子", Roles: []access.Role{access.RoleSecretariat}}

// drawer holds papers of the case of a shelf: one text of each class, as far as it is read.
type drawer struct{ *shelf }

func (d drawer) words(read cases.CopyReader) (out []string) {
	for _, x := range d.said {
		switch show, tell := read.Reads(x.person, x.item); {
		case show:
			out = append(out, x.text)
		case tell:
			out = append(out, "同意範囲外")
		}
	}
	return out
}

func (d drawer) head() papers.Head {
	return papers.Head{Municipality: "みなと野市", CaseID: "K2026-0012", At: now}
}

func (d drawer) Listed(context.Context, access.Actor, string) ([]papers.Listed, error) {
	return nil, nil
}

func (d drawer) GoesToPerson(form string) bool { return form == "joining_plan" }

func (d drawer) Evaluation(_ context.Context, _ access.Actor, _, _ string, read cases.CopyReader) (papers.EvaluationDoc, error) {
	return papers.EvaluationDoc{Head: d.head(), Left: papers.Memo{Text: strings.Join(d.words(read), "、")}}, nil
}

func (d drawer) SheetDoc(_ context.Context, _ access.Actor, _, _ string, read cases.CopyReader, _ string) (papers.SheetDoc, error) {
	row := papers.SheetRow{Label: "住所", Kind: papers.SheetLong, Text: strings.Join(d.words(read), "、")}
	return papers.SheetDoc{Head: d.head(), Title: "相談受付・申込票", Parts: []papers.SheetPart{{Sections: []papers.SheetSection{{Title: "受付", Rows: []papers.SheetRow{row}}}}}}, nil
}

func (d drawer) Screened(context.Context, access.Actor, string) (bool, error) { return true, nil }

func (d drawer) ScreeningDoc(context.Context, access.Actor, string, cases.CopyReader) (papers.ScreeningDoc, error) {
	return papers.ScreeningDoc{Head: d.head()}, nil
}

func (d drawer) CourseDoc(context.Context, access.Actor, string, cases.CopyReader) (papers.CourseDoc, error) {
	return papers.CourseDoc{Head: d.head()}, nil
}

func (d drawer) List(context.Context, access.Actor, meeting.Query) ([]meeting.Ref, error) {
	return []meeting.Ref{{ID: "g", Status: meeting.StatusOpen, PlannedStart: now}}, nil
}

func (d drawer) Around(context.Context, string, string, string) (meeting.SealedPaper, error) {
	return meeting.SealedPaper{Facts: d.facts, Mode: d.mode}, nil
}

func (d drawer) PrepDoc(_ context.Context, _ access.Actor, _ string, read cases.CopyReader, _ string) (papers.PrepDoc, error) {
	part := papers.PrepPart{About: "世帯", Item: "基本情報", Answers: []string{strings.Join(d.words(read), "、"), "", "", ""}}
	return papers.PrepDoc{Head: d.head(), Sheets: []papers.PrepSheet{{Agency: "汐見包括", Parts: []papers.PrepPart{part}}}}, nil
}

func (d drawer) AttendanceDoc(context.Context, access.Actor, string) (papers.AttendanceDoc, error) {
	return papers.AttendanceDoc{Head: d.head()}, nil
}

func (d drawer) SecrecyDoc(context.Context, access.Actor, string) (papers.SecrecyDoc, error) {
	return papers.SecrecyDoc{Head: d.head()}, nil
}

func (d drawer) NoticesListed(context.Context, access.Actor, string) ([]papers.Listed, error) {
	return []papers.Listed{{ID: "g-1", Title: "開催通知"}}, nil
}

func (d drawer) NoticeDoc(context.Context, access.Actor, string) (papers.NoticeDoc, error) {
	return papers.NoticeDoc{Head: d.head(), Letters: []papers.NoticeLetter{{Agency: "汐見包括"}}}, nil
}

func (d drawer) NoticeFor(_ context.Context, _ access.Actor, _ string, read cases.CopyReader) (papers.NoticeDoc, error) {
	return papers.NoticeDoc{Head: d.head(), Letters: []papers.NoticeLetter{{Agenda: d.words(read)}}}, nil
}

func (d drawer) Book(context.Context, access.Actor, string) (papers.HandoverDoc, error) {
	return papers.HandoverDoc{Head: d.head()}, nil
}

// consents of the case: one that was taken back.
type consents struct{ drawer }

func (c consents) Listed(context.Context, access.Actor, string) ([]desk.Line, error) {
	return []desk.Line{{Listed: papers.Listed{ID: "k", Title: "同意書", Note: "同2026-0001"}, Paper: desk.PaperConsent, PersonID: "p1"}, {Listed: papers.Listed{ID: "k", Title: "撤回届"}, Paper: desk.PaperWithdrawal, PersonID: "p1"}}, nil
}

func (c consents) Doc(_ context.Context, _ access.Actor, _, _ string, p desk.Paper) (papers.ConsentPaper, error) {
	return papers.ConsentPaper{ConsentDoc: papers.ConsentDoc{Head: c.head(), Filled: true, Title: "同意書", Subject: papers.Person{Name: "纐纈 燐音"}}, Kind: string(p)}, nil
}

// referrals of the case: none.
type referrals struct{ drawer }

func (r referrals) SheetDoc(context.Context, access.Actor, string, string) (papers.ReferralDoc, error) {
	return papers.ReferralDoc{Head: r.head(), Sent: now}, nil
}

func newCabinet(t *testing.T) *shelf {
	t.Helper()
	s := newShelf(t)
	d := drawer{s}
	s.svc.OpenCabinet(copies.Cabinet{Reviews: d, Sheets: d, Course: d, Meetings: d, Handouts: d, Consents: consents{d}, Referrals: referrals{d}})
	return s
}

func (s *shelf) casePaper(id string, w copies.Wish) (string, error) {
	w.Purpose = "試験"
	m, err := s.svc.Make(context.Background(), holder, id, w, false)
	if err != nil {
		return "", err
	}
	return pdftest.Ink(pdftest.Text(s.t, m.PDF, "-raw")), nil
}

// A copy of a paper of a case holds what one of a record would: by consent at this moment, nothing by 緊急開示, of a person what is theirs.
func TestCasePaperForAgencyAndPerson(t *testing.T) {
	t.Parallel()
	s := newCabinet(t)
	s.show("a2", consent.ReasonConsent, s.said[0])
	s.show("a2", consent.ReasonEmergency, s.said[1])
	s.show("a2", consent.ReasonScope, s.said[2])
	s.show("", consent.ReasonHolder, s.said...)
	got, err := s.casePaper("c~review~v", copies.Wish{Kind: copies.KindAgency, AgencyID: "a2"})
	if err != nil || !strings.Contains(got, "世帯のことば") || strings.Contains(got, "燐の病") || strings.Contains(got, "篤の借り") || strings.Count(got, "同意範囲外") != 2 || !strings.Contains(got, "写し第1部汐見包括") {
		t.Errorf("for an agency: %s %v", got, err)
	}
	got, err = s.casePaper("c~review~v", copies.Wish{Kind: copies.KindGiven, PersonID: "p1", Look: papers.LookPlain})
	if err != nil || !strings.Contains(got, "燐の病") || strings.Contains(got, "篤の借り") || strings.Contains(got, "同意範囲外") {
		t.Errorf("for the person: %s %v", got, err)
	}
	if len(s.lines) != 2 || s.lines[0].RecordID != "c~review~v" || s.lines[0].Person != "本人" || len(s.log) != 2 || s.log[0].Reason != access.CopyFor("a2") || s.log[1].CaseID != "c" || s.log[0].Target != "c~review~v" {
		t.Errorf("%+v %+v", s.lines, s.log)
	}
	got, err = s.casePaper("c~notice~g-1", copies.Wish{Kind: copies.KindGiven, PersonID: "p1", Look: papers.LookPlain})
	if err != nil || !strings.Contains(got, "燐の病") || strings.Contains(got, "篤の借り") || strings.Contains(got, "汐見包括") {
		t.Errorf("the 案内 for the person: %s %v", got, err)
	}
	if _, err := s.casePaper("c~review~v", copies.Wish{Kind: copies.KindAgency, AgencyID: "a3"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency that may have nothing: %v", err)
	}
	s.none = []string{"a2"}
	if _, err := s.casePaper("c~review~v", copies.Wish{Kind: copies.KindAgency, AgencyID: "a2"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency that takes no files: %v", err)
	}
	s.mode = consent.ModeSupport
	s.none = nil
	for _, w := range []copies.Wish{{Kind: copies.KindAgency, AgencyID: "a2"}, {Kind: copies.KindGiven, PersonID: "p1", Look: papers.LookPlain}} {
		if _, err := s.casePaper("c~prep~g", w); err == nil {
			t.Errorf("the 準備シート of a 支援会議 is given by %s", w.Kind)
		}
	}
}

// An address that is a secret is in no copy, whoever asks: in a 開示請求 it may be whom it is kept from.
func TestSecretAddressIsInNoCasePaper(t *testing.T) {
	t.Parallel()
	s := newCabinet(t)
	s.said = append(s.said, said{"p1", consent.ItemAddress, "みなと野市汐見町三丁目"}, said{"p2", consent.ItemAddress, "別の町二丁目"}, said{"", consent.ItemAddress, "世帯の町一丁目"})
	redact := func() string {
		in, err := s.svc.Texts(context.Background(), holder, "c~sheet~uketsuke")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(in.Texts, func(p papers.Printed) bool { return strings.Contains(p.Text, "世帯のことば") })
		got, err := s.casePaper("c~sheet~uketsuke", copies.Wish{Kind: copies.KindRedacted, Sum: in.Sum, Marks: []papers.Mark{{No: in.Texts[i].No, From: 0, To: 2, Ground: papers.GroundOther}}})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got, "■■のことば") || !strings.Contains(got, "不開示とした部分") {
			t.Error(got)
		}
		return got
	}
	if got := redact(); !strings.Contains(got, "汐見町三丁目") || !strings.Contains(got, "世帯の町") {
		t.Errorf("no secret: %s", got)
	}
	s.facts.Persons[0].AddressSecret = true
	if got := redact(); strings.Contains(got, "汐見町三丁目") || strings.Contains(got, "世帯の町") || !strings.Contains(got, "別の町") {
		t.Errorf("a secret: %s", got)
	}
}

// What the staff thinks is proposed for the ground of 審議・検討 in every paper that holds it; words of the person are not.
func TestJudgementsAreProposed(t *testing.T) {
	t.Parallel()
	s := newCabinet(t)
	for id, want := range map[string]string{"c~review~v": "世帯のことば", "c~prep~g": "世帯のことば"} {
		in, err := s.svc.Texts(context.Background(), holder, id)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(in.Hints, func(h copies.Hint) bool { return h.ID == "judged" })
		if i < 0 || in.Hints[i].Ground != papers.GroundCouncil {
			t.Errorf("%s: %+v", id, in.Hints)
			continue
		}
		if !slices.ContainsFunc(in.Hints[i].Marks, func(m papers.Mark) bool {
			return slices.ContainsFunc(in.Texts, func(p papers.Printed) bool { return p.No == m.No && strings.Contains(p.Text, want) })
		}) {
			t.Errorf("%s: the words of the staff are not among them", id)
		}
		for _, m := range in.Hints[i].Marks {
			for _, p := range in.Texts {
				if p.No == m.No && (p.Fixed || p.Text == "なし" || p.Field == "本人の意見・希望") {
					t.Errorf("%s: %+v is proposed", id, p)
				}
			}
		}
	}
}

// Only who holds the case gets at its papers, with or without a cabinet; the list says of each which copies there are.
func TestCasePapersAreForHolders(t *testing.T) {
	t.Parallel()
	s := newCabinet(t)
	ctx := context.Background()
	for _, r := range access.Roles() {
		a := access.Actor{Tenant: "t", UserID: "x", AgencyID: "a1", Roles: []access.Role{r}}
		_, listed := s.svc.CasePapers(ctx, a, "c")
		_, opened := s.svc.Desk(ctx, a, "c~course~")
		if may := r == access.RoleSecretariat || r == access.RoleCity; may != (listed == nil) || may != (opened == nil) {
			t.Errorf("%s: list %v, desk %v", r, listed, opened)
		}
	}
	noFiles := holder
	noFiles.NoCopies = true
	if _, err := s.svc.Desk(ctx, noFiles, "c~course~"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who takes no files: %v", err)
	}
	bare := newShelf(t)
	if _, err := bare.svc.Desk(ctx, holder, "c~course~"); !fault.Is(err, fault.NotFound) {
		t.Errorf("without a cabinet: %v", err)
	}
	list, err := s.svc.CasePapers(ctx, holder, "c")
	if err != nil {
		t.Fatal(err)
	}
	may := map[copies.PaperKind]string{}
	for _, p := range list.Papers {
		for _, k := range p.Kinds {
			if k.Why == "" {
				may[p.Kind] += k.ID + " "
			}
		}
	}
	for kind, want := range map[copies.PaperKind]string{copies.PaperScreening: "agency redacted anonymous ", copies.PaperCourse: "agency redacted anonymous ", copies.PaperPrep: "agency redacted anonymous ",
		copies.PaperNotice: "given redacted ", copies.PaperAttendance: "redacted ", copies.PaperSecrecy: "redacted ", copies.PaperHandover: "redacted ", copies.PaperConsent: "redacted ", copies.PaperWithdrawal: "redacted "} {
		if may[kind] != want {
			t.Errorf("%s: %q, want %q", kind, may[kind], want)
		}
	}
	for id, want := range map[string]bool{"c~sheet~uketsuke": false, "c~sheet~joining_plan": true} {
		d, err := s.svc.Desk(ctx, holder, id)
		if err != nil || (d.Kinds[1].Why == "") != want {
			t.Errorf("%s: %+v %v", id, d.Kinds, err)
		}
	}
}
