package meeting_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdftest"
)

// shelf is the archive as package copies asks it, over the sealed papers of the world.
type shelf struct {
	w     *world
	lines []copies.Copy
	log   []access.Entry
}

func (s *shelf) CopySource(_ context.Context, sc access.Scope, id string) (archive.Kept, error) {
	for _, p := range s.w.store.Sealed {
		name := string(p.Kind) // "minutes", and of a correction "minutes2"
		if p.Version > 1 {
			name += fmt.Sprint(p.Version)
		}
		if name == id && sc.Archive {
			return archive.Kept{Content: p.Content, Parts: p.Parts, Record: archive.Record{Tenant: "t", ID: id, Kind: archive.Kind(p.Kind), Number: p.Number, Title: p.Title, MeetingID: p.MeetingID, CaseID: p.CaseID, CaseNumber: p.CaseNumber,
				Version: p.Version, SealedAt: p.SealedAt, ContentSHA256: p.ContentSHA256, PartsSHA256: p.PartsSHA256}}, nil
		}
	}
	return archive.Kept{}, fault.New(fault.NotFound, "")
}

func (s *shelf) Copies(context.Context, access.Scope, string) ([]copies.Copy, error) {
	return slices.Clone(s.lines), nil
}

func (s *shelf) AddCopy(_ context.Context, c copies.Copy, e access.Entry) error {
	s.lines, s.log = append([]copies.Copy{c}, s.lines...), append(s.log, e)
	return nil
}

func (s *shelf) AppendAudit(_ context.Context, e ...access.Entry) error {
	s.log = append(s.log, e...)
	return nil
}

// keptGate keeps a class from the person: the memory has no such list.
type keptGate struct {
	*cases.Gatekeeper
	kept consent.Item
}

func (g keptGate) ToPerson(ctx context.Context, a access.Actor, meetingID, caseID string) (cases.View, error) {
	v, err := g.View(ctx, a, meetingID, caseID)
	for _, p := range v.Persons {
		for i := range p.Items {
			if p.Items[i].Item == g.kept {
				p.Items[i].Allow, p.Items[i].Reason = false, consent.ReasonNotToPerson
			}
		}
	}
	return v, err
}

// takers lets every agency take files home, but for those it names.
type takers map[string]bool

func (t takers) TakesCopies(_ context.Context, _ access.Actor, g access.Agency) (bool, error) {
	return !t[g.ID], nil
}

// sealedWith is a meeting with a debt in plan and minutes, agreed and sealed: a2 may know of the debt, a3 may not.
func sealedWith(t *testing.T) (*world, *shelf, *copies.Service) {
	t.Helper()
	return sealedSaying(t, debt+"、長男の太郎さんの名義")
}

// sealedSaying is the same with other words about the debt.
func sealedSaying(t *testing.T, words string) (*world, *shelf, *copies.Service) {
	t.Helper()
	w := newWorld(t)
	w.grant([]consent.Item{consent.ItemBasic}, "a1", "a2", "a3")
	w.store.Edit(func(f *meeting.Facts) {
		f.Consents[0].Scope["a2"] = []consent.Item{consent.ItemBasic, consent.ItemIncome}
	})
	w.create(consent.ModeLayered, "")
	w.fill()
	w.income(words)
	w.toAgreed()
	w.act(w.chair, meeting.ActClose, nil)
	room := w.act(w.sec, meeting.ActPropose, map[string]string{"until": "2026-12-07"})
	for _, a := range []access.Actor{w.chair, w.sec, w.hk} {
		w.act(a, meeting.ActConfirm, map[string]any{"hash": room.Minutes.Hash, "ok": true})
	}
	w.act(w.chair, meeting.ActFinal, nil)
	if len(w.store.Sealed) != 3 {
		t.Fatalf("%d papers sealed", len(w.store.Sealed))
	}
	s := &shelf{w: w}
	gate := cases.NewGatekeeper(w.store, w.svc, w.clock.now)
	return w, s, copies.NewService(s, w.svc, keptGate{gate, consent.ItemIncome}, takers{}, papers.New(pdf.New(pdf.Options{})), w.clock.now)
}

var clerk = actor("u9", "a1", "記録 九子", access.RoleRecords)

func TestCopiesOfSealedRecords(t *testing.T) {
	t.Parallel()
	w, s, svc := sealedWith(t)
	text := func(kind string, wish copies.Wish) string {
		t.Helper()
		wish.Purpose = "試験"
		m, err := svc.Make(w.ctx, clerk, kind, wish, false)
		if err != nil {
			t.Fatalf("%s %s: %v", kind, wish.Kind, err)
		}
		if last := s.log[len(s.log)-1]; last.Verb != access.VerbArchiveCopy || last.Hash != archive.Sum(m.PDF) || s.lines[0].N != len(s.lines) || s.lines[0].SHA256 != last.Hash {
			t.Errorf("%s %s: not counted: %+v %+v", kind, wish.Kind, last, s.lines[0])
		}
		return pdftest.Ink(pdftest.Text(t, m.PDF, "-raw"))
	}
	for _, kind := range []string{"minutes", "plan", "matrix"} {
		for agency, knows := range map[string]bool{"a2": true, "a3": false} {
			got := text(kind, copies.Wish{Kind: copies.KindAgency, AgencyID: agency})
			if strings.Contains(got, debt) != knows || !knows && !strings.Contains(got, "同意範囲外") {
				t.Errorf("%s for %s: %s", kind, agency, got)
			}
			if name := map[string]string{"a2": "社会福祉協議会", "a3": "地域包括支援センター"}[agency]; !strings.Contains(got, "部"+name) || !strings.Contains(got, "機関別") {
				t.Errorf("%s does not say that it is for %s", kind, name)
			}
			if strings.Contains(got, "内容のハッシュ"+w.store.Sealed[0].ContentSHA256[:8]) {
				t.Errorf("%s tells the hash of the whole", kind)
			}
		}
		for _, look := range papers.Looks() {
			if got := text(kind, copies.Wish{Kind: copies.KindGiven, Look: look}); strings.Contains(got, debt) || strings.Contains(got, "範囲外") || !strings.Contains(got, "訪問") && kind != "minutes" {
				t.Errorf("%s for the person: %s", kind, got)
			}
		}
		in, err := svc.Texts(w.ctx, clerk, kind)
		if err != nil {
			t.Fatal(err)
		}
		got := text(kind, copies.Wish{Kind: copies.KindAnonymous, Sum: in.Anonymous.Sum})
		for _, not := range []string{"髙橋", "太郎", "議長一郎", "包括三郎", "見本市", "福祉総務課", "K2026-0001", s.w.store.Sealed[0].Number} {
			if strings.Contains(got, not) {
				t.Errorf("%s without names says %s: %s", kind, not, got)
			}
		}
		if !strings.Contains(got, debt) || !strings.Contains(got, "家族A") {
			t.Errorf("%s without names says too little: %s", kind, got)
		}
	}
}

func TestRedactedCopyOfARecord(t *testing.T) {
	t.Parallel()
	w, s, svc := sealedWith(t)
	for _, kind := range []string{"minutes", "plan", "matrix"} {
		in, err := svc.Texts(w.ctx, clerk, kind)
		if err != nil {
			t.Fatal(err)
		}
		wish := copies.Wish{Kind: copies.KindRedacted, Purpose: "開示請求 第1号", Sum: in.Sum}
		for _, x := range in.Texts {
			if at := strings.Index(x.Text, debt); at >= 0 {
				from := len([]rune(x.Text[:at]))
				wish.Marks = append(wish.Marks, papers.Mark{No: x.No, From: from, To: from + len([]rune(debt)), Ground: papers.GroundOther})
			}
		}
		named := false
		for _, h := range in.Hints {
			named = named || strings.Contains(h.Label, "髙橋") && len(h.Marks) > 0
		}
		if len(wish.Marks) == 0 || !named {
			t.Fatalf("%s: %d places, hints %+v", kind, len(wish.Marks), in.Hints)
		}
		m, err := svc.Make(w.ctx, clerk, kind, wish, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := pdftest.Ink(pdftest.Text(t, m.PDF, "-raw")); strings.Contains(got, debt) || strings.Contains(got, "消費者") || !strings.Contains(got, "■■■") {
			t.Errorf("%s: %s", kind, got)
		}
		if again, err := svc.Texts(w.ctx, clerk, kind); err != nil || len(again.Before) != len(wish.Marks) {
			t.Errorf("the marks are not offered again: %+v %v", again.Before, err)
		}
		wish.Sum = "older"
		if _, err := svc.Make(w.ctx, clerk, kind, wish, false); !fault.Is(err, fault.Conflict) {
			t.Errorf("marks of another text: %v", err)
		}
		s.lines = nil
	}
}

func TestWhoGetsNoCopy(t *testing.T) {
	t.Parallel()
	w, s, svc := sealedWith(t)
	ask := func(a access.Actor, wish copies.Wish, preview bool) error {
		_, err := svc.Make(w.ctx, a, "minutes", wish, preview)
		return err
	}
	wish := copies.Wish{Kind: copies.KindAgency, AgencyID: "a3", Purpose: "共有"}
	if err := ask(w.hk, wish, false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency makes copies: %v", err)
	}
	if err := ask(clerk, wish, true); err != nil || len(s.lines) != 0 || s.log[len(s.log)-1].Verb != access.VerbArchiveCopyRead {
		t.Errorf("a 見本: %v, counted %d", err, len(s.lines))
	}
	w.store.Edit(func(f *meeting.Facts) {
		f.Consents[0].Withdrawals = []consent.Withdrawal{{At: w.clock.now().Add(-time.Second)}}
	})
	if err := ask(clerk, wish, false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("after the withdrawal: %v", err)
	}
	for name, wish := range map[string]copies.Wish{
		"a stranger": {Kind: copies.KindAgency, AgencyID: "a4", Purpose: "共有"}, "nobody": {Kind: copies.KindAgency, Purpose: "共有"},
		"no kind": {Purpose: "共有"}, "no look": {Kind: copies.KindGiven, Purpose: "共有"}, "no purpose": {Kind: copies.KindAnonymous}, "no such person": {Kind: copies.KindGiven, Look: papers.LookPlain, PersonID: "p9", Purpose: "渡す"},
	} {
		if err := ask(clerk, wish, false); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.lines) != 0 {
		t.Errorf("%d copies counted", len(s.lines))
	}
}
