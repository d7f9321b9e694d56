package web

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/plans"
	"kasane/internal/seal"
)

// 訂正 through the door: the records desk begins it and reads nothing of the meeting by it; it is written, confirmed and made final in the meeting. The
// first version keeps its bytes, both stand in the list, the verification and the package.
func TestCorrectionByTheDesk(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	records, at := s.as("records"), "/api/archive/"+s.archivedMinutes
	why := map[string]string{"reason": "曜日の誤り"}
	for _, login := range []string{"agency", "observer", "chair", "stranger", "auditor", "sysadmin", "secretariat"} {
		refused(t, login, s.as(login).post(at+"/correct", why), fault.Forbidden)
	}
	refused(t, "a plan", records.post("/api/archive/"+s.archived+"/correct", why), fault.Conflict)
	refused(t, "without a reason", records.post(at+"/correct", map[string]string{"reason": " "}), fault.Invalid)
	first := records.get(at + "/file")
	var k archive.KeptLine
	records.post(at+"/correct", why).into(t, &k)
	if !k.Correcting || k.MayCorrect || len(k.Versions) != 1 {
		t.Fatalf("%+v", k)
	}
	refused(t, "twice", records.post(at+"/correct", why), fault.Conflict)
	refused(t, "the meeting", records.get("/api/meetings/"+s.sealed), fault.NotFound, fault.Forbidden)
	var ref plans.DocRef
	s.desk.post("/api/docs", map[string]string{"kind": "minutes", "ownerId": s.sealed, "personId": "", "item": "basic"}).into(t, &ref)
	s.write(ref.DocID, func(b *live.Builder) {
		b.Row("decision", "decision77", "z", nil, map[string]string{"text": "訂正して火曜に訪問する"})
	})
	room := s.desk.must(s.sealed, "propose", map[string]string{"until": s.clock.Now().AddDate(0, 0, 14).Format(time.DateOnly)})
	for _, b := range []*browser{s.chair, s.agency} {
		b.must(s.sealed, "confirm", map[string]any{"hash": room.Minutes.Hash, "ok": true})
	}
	room = s.chair.must(s.sealed, "final", map[string]any{})
	if room.Status != meeting.StatusSealed {
		t.Fatalf("%s", room.Status)
	}
	second := room.Records[len(room.Records)-1]
	paper := records.get("/api/archive/" + second.ID + "/file")
	wantStatus(t, "the second version", paper, http.StatusOK)
	text := pdftest.Ink(pdftest.Text(t, paper.body, "-raw"))
	for _, has := range []string{"訂正履歴", "曜日の誤り", "（追加）", "火曜に訪問する", "第2版"} {
		if !strings.Contains(text, has) {
			t.Errorf("the second version does not say %s", has)
		}
	}
	if again := records.get(at + "/file"); string(again.body) != string(first.body) || strings.Contains(pdftest.Ink(pdftest.Text(t, again.body, "-raw")), "火曜に訪問") {
		t.Error("the first version is not as it was sealed")
	}
	records.get(at+"/keeping").into(t, &k)
	if k.CorrectedBy != 2 || k.Correcting || k.MayCorrect || len(k.Versions) != 2 || k.Versions[0].ID != second.ID || k.Versions[0].Number != k.Number {
		t.Errorf("the first version as it is kept: %+v", k)
	}
	refused(t, "the older version", records.post(at+"/correct", why), fault.Conflict)
	var rep archive.Report
	records.post("/api/archive/verify", map[string]string{"id": ""}).into(t, &rep)
	if !rep.OK {
		t.Errorf("%+v", rep.Problems)
	}
	a := records.post("/api/archive/package", map[string]int{"year": jptime.DateOf(s.clock.Now()).FiscalYear()})
	wantStatus(t, "package", a, http.StatusOK)
	dir := unpack(t, a.body)
	if rep, err := archive.VerifyPackage(os.DirFS(dir), nil, seal.Trust{}); err != nil || !rep.OK {
		t.Errorf("%+v %v", rep, err)
	}
	if ledger, err := os.ReadFile(dir + "/data/ledger.csv"); err != nil || !strings.Contains(string(ledger), "第2版で訂正されています") || !strings.Contains(string(ledger), "第1版を訂正") {
		t.Errorf("%v %s", err, ledger)
	}
}
