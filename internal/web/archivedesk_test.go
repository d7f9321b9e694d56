package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"kasane/internal/archive"
	"kasane/internal/fault"
)

// archiveAsks are the complete requests of the records desk.
func (s *scene) archiveAsks(out map[string]ask) {
	s.t.Helper()
	form, kind := s.fileForm(pdfBytes)
	for key, a := range map[string]ask{
		"POST /api/archive/match":      {login: "records", path: "/api/archive/match", body: map[string]string{"sha256": strings.Repeat("0", 64), "number": "KS2025-0001"}},
		"POST /api/archive/match/file": {login: "records", path: "/api/archive/match/file", form: form, kind: kind},
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
