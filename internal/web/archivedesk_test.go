package web

import (
	"archive/zip"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kasane/internal/archive"
	log "kasane/internal/audit"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/seal"
)

// archiveAsks are the complete requests of the records desk.
func (s *scene) archiveAsks(out map[string]ask) {
	s.t.Helper()
	form, kind := s.fileForm(pdfBytes)
	at := "/api/archive/" + s.archived
	if s.held == "" {
		var k archive.KeptLine
		s.as("records").post(at+"/holds", map[string]string{"reason": wordReason}).into(s.t, &k)
		s.held = k.Holds[0].ID
	}
	var in struct{ Anonymous struct{ Sum string } }
	s.as("records").get(at+"/texts").into(s.t, &in)
	for key, a := range map[string]ask{
		"POST /api/archive/match":      {login: "records", path: "/api/archive/match", body: map[string]string{"sha256": strings.Repeat("0", 64), "number": "KS2025-0001"}},
		"POST /api/archive/match/file": {login: "records", path: "/api/archive/match/file", form: form, kind: kind},

		"GET /api/archive/check":                   {login: "records", path: "/api/archive/check", part: true},
		"POST /api/archive/package":                {login: "records", path: "/api/archive/package", body: map[string]int{"year": jptime.DateOf(s.clock.Now()).FiscalYear()}},
		"GET /api/archive/{id}/copies":             {login: "records", path: at + "/copies"},
		"POST /api/archive/{id}/copies":            {login: "records", path: at + "/copies", body: map[string]any{"kind": "anonymous", "purpose": wordReason, "sum": in.Anonymous.Sum}},
		"POST /api/archive/{id}/copies/preview":    {login: "records", path: at + "/copies/preview", body: map[string]any{"kind": "anonymous"}},
		"GET /api/archive/{id}/texts":              {login: "records", path: at + "/texts"},
		"GET /api/cases/{case}/papers":             {login: "city", path: "/api/cases/" + s.caseID + "/papers"},
		"GET /api/archive/classes":                 {login: "records", path: "/api/archive/classes"},
		"PUT /api/archive/classes":                 {login: "records", path: "/api/archive/classes", body: map[string]any{"version": 0, "classes": archive.DefaultClasses()}},
		"GET /api/archive/ending":                  {login: "records", path: "/api/archive/ending?until=2040-01-01"},
		"GET /api/archive/{id}/keeping":            {login: "records", path: at + "/keeping"},
		"POST /api/archive/{id}/extend":            {login: "records", path: at + "/extend", body: map[string]string{"until": "2060-03-31", "reason": wordReason}},
		"POST /api/archive/{id}/holds":             {login: "records", path: at + "/holds", body: map[string]string{"reason": wordReason}},
		"POST /api/archive/{id}/holds/{hold}/lift": {login: "records", path: at + "/holds/" + s.held + "/lift", body: map[string]string{"reason": wordReason}},
		"POST /api/archive/{id}/correct":           {login: "records", path: "/api/archive/" + s.archivedMinutes + "/correct", body: map[string]string{"reason": wordReason}},
		"GET /api/disposals":                       {login: "records", path: "/api/disposals"},
		"POST /api/disposals":                      {login: "records", path: "/api/disposals", body: map[string]any{"records": []string{s.archived}, "method": "消去", "reason": wordReason}, part: true},
		"POST /api/disposals/{id}/decide":          {login: "records", path: "/api/disposals/01nothere/decide", body: map[string]any{"approve": true, "note": ""}, part: true},
		"POST /api/disposals/{id}/withdraw":        {login: "records", path: "/api/disposals/01nothere/withdraw", body: map[string]any{}, part: true},
	} {
		out[key] = a
	}
}

// fileForm is a form with one file and nothing else.
func (h *house) fileForm(content []byte) (body []byte, kind string) {
	h.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	w, err := form.CreateFormFile("file", "受け取った文書.pdf")
	h.ok(err)
	_, err = w.Write(content)
	h.ok(err)
	h.ok(form.Close())
	return b.Bytes(), form.FormDataContentType()
}

func (b *browser) matchFile(content []byte) (m archive.Matched) {
	b.h.t.Helper()
	form, kind := b.h.fileForm(content)
	b.do(http.MethodPost, "/api/archive/match/file", bytes.NewReader(form), kind).into(b.h.t, &m)
	return m
}

// A file that was sealed here is known, by its hash alone as by the file; one byte more and it is another one that still says its number; what
// is not ours is not ours. Who is kept from the case is told the same as of a foreign file, and nobody else is told anything.
func TestMatch(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	records := s.as("records")
	file := records.get("/api/archive/" + s.archived + "/file")
	wantStatus(t, "the original", file, http.StatusOK)
	original := file.body

	m := records.matchFile(original)
	if m.Outcome != archive.MatchLatest || m.Record == nil || m.Record.ID != s.archived || m.Claims != m.Record.Number || m.Newest != nil {
		t.Errorf("the original: %+v", m)
	}
	var by archive.Matched
	records.post("/api/archive/match", map[string]string{"sha256": archive.Sum(original)}).into(t, &by)
	if by.Outcome != archive.MatchLatest || by.Record.ID != s.archived {
		t.Errorf("its hash: %+v", by)
	}
	changed := bytes.Clone(original)
	changed[len(changed)/2] ^= 1
	if m := records.matchFile(changed); m.Outcome != archive.MatchAltered || m.Record.ID != s.archived {
		t.Errorf("one bit changed: %+v", m)
	}
	if m := records.matchFile(append(bytes.Clone(original), '\n')); m.Outcome != archive.MatchAltered {
		t.Errorf("one byte more: %+v", m)
	}
	if m := records.matchFile(pdfBytes); m.Outcome != archive.MatchUnknown || m.Record != nil || m.Claims != "" {
		t.Errorf("a foreign file: %+v", m)
	}
	draft := s.desk.get("/api/meetings/" + s.sealed + "/minutes/1.pdf")
	wantStatus(t, "draft", draft, http.StatusOK)
	if m := records.matchFile(draft.body); m.Outcome != archive.MatchDraft || m.Record.ID != "" || m.Newest == nil || m.Newest.State != archive.StateSealed {
		t.Errorf("the 案: %+v", m)
	}
	for _, sha := range []string{"", "x", strings.Repeat("A", 64), strings.Repeat("0", 63)} {
		refused(t, "hash "+sha, records.post("/api/archive/match", map[string]string{"sha256": sha}), fault.Invalid)
	}
	for _, login := range []string{"agency", "observer", "chair", "stranger", "auditor", "sysadmin"} {
		refused(t, login, s.as(login).post("/api/archive/match", map[string]string{"sha256": archive.Sum(original)}), fault.Forbidden)
	}
	bar := s.as("secretariat").post("/api/cases/"+s.caseID+"/bars", map[string]string{"userId": s.userID("records"), "reason": "親族"})
	wantStatus(t, "bar", bar, http.StatusNoContent)
	if m := records.matchFile(original); m.Outcome != archive.MatchUnknown || m.Record != nil {
		t.Errorf("who is kept from the case is told %+v", m)
	}
}

// 廃棄 needs two people of the desk and a period that has ended; nobody outside of the desk gets to see or do any of it.
func TestDisposalByTwo(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	at := "/api/archive/" + s.archived
	wantStatus(t, "the page of copies", s.as("records").get(at+"/copies"), http.StatusOK)
	var looked int
	s.ok(s.raw.QueryRow(`SELECT COUNT(*) FROM audit_entry WHERE verb = 'archive.copydesk' AND target = $1 AND case_id = $2`, s.archived, s.caseID).Scan(&looked))
	if looked != 1 {
		t.Errorf("the page of copies left %d entries of its own", looked)
	}
	var list struct{ Records []archive.Line }
	s.as("records").get("/api/archive?kind=minutes").into(t, &list)
	both := []string{s.archived}
	for _, l := range list.Records {
		if l.ID != "" && l.ID != s.archived {
			both = append(both, l.ID)
		}
	}
	body := map[string]any{"records": both, "method": "本文の消去", "reason": wordReason}
	refused(t, "before its end", s.as("records").post("/api/disposals", body), fault.Conflict)
	s.clock.Set(s.clock.Now().AddDate(8, 0, 0))
	for _, login := range []string{"agency", "observer", "chair", "stranger", "auditor", "sysadmin", "secretariat"} {
		refused(t, login, s.as(login).post("/api/disposals", body), fault.Forbidden)
		refused(t, login, s.as(login).post(at+"/holds", map[string]string{"reason": "x"}), fault.Forbidden)
	}
	var v archive.DisposalView
	s.as("records").post("/api/disposals", body).into(t, &v)
	decide := "/api/disposals/" + v.ID + "/decide"
	yes := map[string]any{"approve": true, "note": ""}
	refused(t, "by who proposed", s.as("records").post(decide, yes), fault.Forbidden)
	refused(t, "by a secretariat", s.as("secretariat").post(decide, yes), fault.Forbidden)
	s.as("city").post(decide, yes).into(t, &v)
	if v.State != archive.DisposalDone || len(v.Records) != len(both) {
		t.Fatalf("%+v", v)
	}
	refused(t, "a tombstone", s.as("records").get(at+"/file"), fault.Gone)
	paper := s.as("records").get("/api/archive/" + v.Certificate + "/file")
	wantStatus(t, "certificate", paper, http.StatusOK)
	if !bytes.HasPrefix(paper.body, []byte("%PDF-1.7")) {
		t.Errorf("%.20q", paper.body)
	}
	refused(t, "a 案 of a disposed record", s.as("secretariat").get("/api/meetings/"+s.sealed+"/minutes/1.pdf"), fault.Gone, fault.Conflict)
	wantStatus(t, "the room of a disposed record", s.as("secretariat").get("/api/meetings/"+s.sealed), http.StatusOK)
	var rep archive.Report
	s.as("records").post("/api/archive/verify", map[string]string{"id": ""}).into(t, &rep)
	if !rep.OK {
		t.Errorf("%+v", rep.Problems)
	}
}

// unpack writes a package to a folder and gives the place of the bag.
func unpack(t *testing.T, b []byte) string {
	t.Helper()
	dir := t.TempDir()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	top := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, content, 0o600); err != nil {
			t.Fatal(err)
		}
		top, _, _ = strings.Cut(f.Name, "/")
	}
	return filepath.Join(dir, top)
}

// The package of a year can be checked with sha256sum and qpdf alone, by whoever never heard of Kasane; what the desk may not see is not in it; each
// record in it stands in the audit log as received.
func TestPackage(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	body := map[string]int{"year": jptime.DateOf(s.clock.Now()).FiscalYear()}
	for _, login := range []string{"agency", "observer", "chair", "stranger", "auditor", "sysadmin", "secretariat"} {
		refused(t, login, s.as(login).post("/api/archive/package", body), fault.Forbidden)
	}
	refused(t, "a year without records", s.as("records").post("/api/archive/package", map[string]int{"year": 1999}), fault.NotFound)
	a := s.as("records").post("/api/archive/package", body)
	wantStatus(t, "package", a, http.StatusOK)
	dir := unpack(t, a.body)
	for _, m := range []string{"manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		c := exec.Command("sha256sum", "--strict", "-c", m)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil || bytes.Count(out, []byte(": OK")) < 4 {
			t.Errorf("%s: %v\n%s", m, err, out)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "data", "pdf", "*.pdf"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		if out, err := exec.Command("qpdf", "--check", f).CombinedOutput(); err != nil || bytes.Contains(out, []byte("WARNING")) {
			t.Errorf("%s: %v\n%s", f, err, out)
		}
	}
	ledger, err := os.ReadFile(filepath.Join(dir, "data", "ledger.csv"))
	if err != nil || !bytes.HasPrefix(ledger, []byte("\uFEFF文書番号,件名,会議日,ケースID,作成者,確定日,保存年限,満了日,SHA-256,頁数")) || bytes.Count(ledger, []byte("\r\n")) != len(files)+1 {
		t.Errorf("%v\n%s", err, ledger)
	}
	if rep, err := archive.VerifyPackage(os.DirFS(dir), nil, seal.Trust{}); err != nil || !rep.OK || rep.Checked != len(files) {
		t.Errorf("%+v %v", rep, err)
	}
	stranger, err := log.NewSigner(bytes.Repeat([]byte{9}, 32))
	s.ok(err)
	if rep, err := archive.VerifyPackage(os.DirFS(dir), log.Keys{stranger.Public()}, seal.Trust{}); err != nil || rep.OK {
		t.Errorf("a foreign key is believed: %+v %v", rep, err)
	}
	var received int
	s.ok(s.raw.QueryRow(`SELECT COUNT(DISTINCT target) FROM audit_entry WHERE tenant = $1 AND verb = 'archive.download'`, s.tenant).Scan(&received))
	if received != len(files) {
		t.Errorf("%d of %d records stand in the audit log as received", received, len(files))
	}
	bar := s.as("secretariat").post("/api/cases/"+s.caseID+"/bars", map[string]string{"userId": s.userID("records"), "reason": "親族"})
	wantStatus(t, "bar", bar, http.StatusNoContent)
	again := s.as("records").post("/api/archive/package", body)
	if quiet(t, "kept from the case", again); again.status == http.StatusOK && bytes.Contains(again.body, []byte(filepath.Base(files[0]))) {
		t.Error("the package holds a record of a case its taker is kept from")
	}
}
