package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/papers"
	"kasane/internal/pdf/pdftest"
)

// 開示請求 reaches every paper of a case: each stands in the list of who holds it, opens, and gives a copy in which what is blacked out is not there.
func TestEveryPaperOfACaseIsRedacted(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	city := s.as("city")
	wantStatus(t, "開催通知", city.post("/api/meetings/"+s.layered+"/notice", map[string]string{"number": "福総第12号", "contact": "福祉総務課 " + personName}), http.StatusOK)
	var list copies.CasePapers
	city.get("/api/cases/"+s.caseID+"/papers").into(t, &list)
	var other copies.CasePapers
	city.get("/api/cases/"+s.screened+"/papers").into(t, &other)
	for _, p := range other.Papers { // the スクリーニング票, which the case of the scene has none of
		if p.Kind == copies.PaperScreening {
			list.Papers = append(list.Papers, p)
		}
	}
	kinds := map[copies.PaperKind]int{}
	for _, p := range list.Papers {
		kinds[p.Kind]++
		s.clock.Advance(time.Minute) // making papers is bounded by pace
		at := "/api/archive/" + p.ID
		var desk copies.Desk
		city.get(at+"/copies").into(t, &desk)
		if i := slices.IndexFunc(desk.Kinds, func(c copies.Choice) bool { return c.ID == "redacted" }); desk.Kinds[i].Why != "" || desk.Number == "" || len(desk.Copies) > 0 && p.Kind != copies.PaperSheet {
			t.Errorf("%s: %+v", p.Title, desk)
		}
		before := len(desk.Copies)
		var in copies.Texts
		city.get(at+"/texts").into(t, &in)
		var marks []papers.Mark
		for _, x := range in.Texts {
			for _, w := range sceneWords {
				if i := strings.Index(x.Text, w); i >= 0 {
					marks = append(marks, papers.Mark{No: x.No, From: 0, To: len([]rune(x.Text)), Ground: papers.GroundOther})
					break
				}
			}
		}
		wish := map[string]any{"kind": "redacted", "purpose": "開示請求", "sum": in.Sum, "marks": marks, "unmarked": "語がない"}
		wantStatus(t, p.Title+", 見本", city.post(at+"/copies/preview", wish), http.StatusOK)
		made := city.post(at+"/copies", wish)
		wantStatus(t, p.Title, made, http.StatusOK)
		pdftest.Sound(t, made.body)
		if says := (answer{body: []byte(pdftest.Ink(pdftest.Text(t, made.body)))}).says(sceneWords); len(says) > 0 {
			t.Errorf("%s (%d places): %v is read", p.Title, len(marks), says)
		}
		city.get(at+"/copies").into(t, &desk)
		if len(desk.Copies) != before+1 || desk.Copies[0].N != before+1 || desk.Copies[0].Kind != copies.KindRedacted || len(desk.Copies[0].Marks) != len(marks) || desk.Copies[0].ByName == "" {
			t.Errorf("%s is not counted: %+v", p.Title, desk.Copies)
		}
		for login, want := range map[string]fault.Kind{"records": fault.Forbidden, "agency": fault.Forbidden, "chair": fault.Forbidden, "auditor": fault.Forbidden, "observer": fault.Forbidden} {
			wantKind(t, login+" opens "+p.Title, s.as(login).get(at+"/copies"), want)
			wantKind(t, login+" reads "+p.Title, s.as(login).get(at+"/texts"), want)
			wantKind(t, login+" makes a copy of "+p.Title, s.as(login).post(at+"/copies", wish), want)
		}
	}
	for _, k := range []copies.PaperKind{copies.PaperSheet, copies.PaperCourse, copies.PaperScreening, copies.PaperReview, copies.PaperPrep, copies.PaperAttendance, copies.PaperSecrecy, copies.PaperHandover, copies.PaperNotice, copies.PaperConsent, copies.PaperReferral} {
		if kinds[k] == 0 {
			t.Errorf("no %s in the list", k)
		}
	}
	var lines int
	s.ok(s.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE verb = 'archive.copy' AND case_id IN ($1, $2) AND target LIKE case_id || '~%' AND reason LIKE 'copy_redacted%'`, s.caseID, s.screened).Scan(&lines))
	if lines != len(list.Papers) {
		t.Errorf("%d of %d copies are in the log", lines, len(list.Papers))
	}
}

// What is not of this case, not there, or not for somebody who is kept from it, is not found; a paper that has no copy of a kind says why.
func TestCasePapersAreBoundToTheirCase(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	city := s.as("city")
	for _, id := range []string{s.caseID + "~review~01nothere", s.caseID + "~nothing~", "01nothere~course~", s.caseID + "~sheet~nosuchform", s.caseID + "~prep~01nothere", s.ended + "~prep~" + s.met, s.ended + "~review~" + s.review,
		s.ended + "~consent~" + s.record, s.ended + "~referral~" + s.referral, s.caseID + "~withdrawal~01nothere", s.caseID + "~sheet~progress", s.ended + "~attendance~" + s.met, s.caseID + "~notice~" + s.layered + "-9", s.caseID + "~notice~01nothere-1"} {
		wantKind(t, id, city.get("/api/archive/"+id+"/copies"), fault.NotFound)
	}
	for id, kinds := range map[string][]string{"sheet~uketsuke": {"agency", "given", "anonymous"}, "prep~" + s.met: {"given"}, "course~": {"given"}, "consent~" + s.record: {"agency", "given", "anonymous"}, "attendance~" + s.met: {"agency", "given", "anonymous"}} {
		for _, k := range kinds {
			a := city.post("/api/archive/"+s.caseID+"~"+id+"/copies", map[string]any{"kind": k, "agencyId": s.welfare.ID, "personId": s.person, "look": "normal", "purpose": "試験"})
			if a.status == http.StatusOK {
				t.Errorf("a %s of %s is made", k, id)
			}
		}
	}
	wantStatus(t, "bar", s.desk.post("/api/cases/"+s.caseID+"/bars", map[string]string{"userId": s.userID("city"), "reason": "親族"}), http.StatusNoContent)
	wantKind(t, "the list for who is kept from the case", city.get("/api/cases/"+s.caseID+"/papers"), fault.NotFound)
	for _, id := range []string{"course~", "prep~" + s.met, "sheet~uketsuke", "review~" + s.review, "consent~" + s.record, "attendance~" + s.met} {
		wantKind(t, id+" for who is kept from the case", city.get("/api/archive/"+s.caseID+"~"+id+"/copies"), fault.NotFound)
	}
}

// The person gets a 評価シート as far as it is about them, counted with who they are and no name.
func TestReviewIsGivenToThePerson(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	at := "/api/archive/" + s.caseID + "~review~" + s.review
	wish := map[string]any{"kind": "given", "personId": s.person, "look": "easy", "purpose": "本人に渡す"}
	made := s.desk.post(at+"/copies", wish)
	wantStatus(t, "本人交付版", made, http.StatusOK)
	text := pdftest.Ink(pdftest.Text(t, made.body, "-raw"))
	if !strings.Contains(text, papers.VariantGiven) || strings.Contains(text, "同意範囲外") || strings.Contains(text, "支援者の意見") {
		t.Error(text)
	}
	var desk copies.Desk
	s.desk.get(at+"/copies").into(t, &desk)
	if len(desk.Copies) != 1 || desk.Copies[0].Person == "" || strings.Contains(desk.Copies[0].Person, personName) || desk.Copies[0].Look != papers.LookEasy {
		t.Errorf("%+v", desk.Copies)
	}
	for _, kind := range []string{"agency", "anonymous"} {
		a := s.desk.post(at+"/copies/preview", map[string]any{"kind": kind, "agencyId": s.welfare.ID})
		if kind == "anonymous" {
			wantStatus(t, "匿名版", a, http.StatusOK)
			if says := (answer{body: []byte(pdftest.Ink(pdftest.Text(t, a.body)))}).says([]string{personName, "わたなべ"}); len(says) > 0 {
				t.Errorf("匿名版: %v", says)
			}
		} else if a.status != http.StatusOK && a.kind() != string(fault.Forbidden) {
			t.Errorf("機関別: %d %s", a.status, a.body)
		}
	}
}
