package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// TestKeptMinutes: the version that is confirmed is read as it is kept, by those who hold the record and those who are asked.
func TestKeptMinutes(t *testing.T) {
	t.Parallel()
	h := settled(t)
	ctx := context.Background()
	desk, chair, agency := h.as("secretariat"), h.as("chair"), h.as("agency")
	id, other := h.call(desk, ""), h.call(desk, "")
	file := "/api/meetings/" + id + "/minutes/1.pdf"
	wantKind(t, "before there is any", desk.get(file), fault.NotFound)
	chair.must(id, "reception", map[string]any{})
	for _, b := range []*browser{chair, desk, agency} {
		wantStatus(t, "enter", b.post("/api/meetings/"+id+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
		b.must(id, "secrecy", map[string]any{})
	}
	room := chair.must(id, "open", map[string]any{})
	writer := live.NewService(h.store, nil, h.clock.Now)
	by := access.Actor{Tenant: h.tenant, UserID: h.userID("secretariat"), Roles: []access.Role{access.RoleSecretariat}}
	var ref plans.DocRef
	desk.post("/api/docs", map[string]string{"kind": "minutes", "ownerId": id, "personId": "", "item": "basic"}).into(t, &ref)
	_, err := writer.ServerWrite(ctx, by, ref.DocID, func(b *live.Builder) error {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": "見守りを続ける"})
		return nil
	})
	h.ok(err)
	chair.must(id, "agenda_state", map[string]string{"id": room.Agenda[0].ID, "state": "resolved"})
	if room = chair.must(id, "close", map[string]any{}); room.Status != meeting.StatusClosed {
		t.Fatalf("%s %+v", room.Status, room.Blockers)
	}
	wantKind(t, "an agency before it is asked", agency.get(file), fault.Forbidden)
	room = desk.must(id, "propose", map[string]string{"until": h.clock.Now().AddDate(0, 0, 14).Format("2006-01-02")})
	want := room.Minutes.Versions[0].SHA256
	for who, b := range map[string]*browser{"desk": desk, "city": h.as("city"), "agency": agency} {
		a := b.get(file)
		sum := sha256.Sum256(a.body)
		if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(a.header.Get("Content-Disposition"), "inline; ") ||
			!bytes.HasPrefix(a.body, []byte("%PDF-")) || hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s: %d %v %.100s", who, a.status, a.header, a.body)
		}
	}
	for what, c := range map[string]struct {
		b    *browser
		path string
		want fault.Kind
	}{
		"a colleague who was not there":  {h.as("observer"), file, fault.Forbidden},
		"a chair of no 構成員":              {chair, file, fault.Forbidden},
		"a stranger":                     {h.as("stranger"), file, fault.NotFound},
		"records":                        {h.as("records"), file, fault.Forbidden},
		"signed out":                     {h.browser(), file, fault.Unauthorized},
		"no such version":                {desk, "/api/meetings/" + id + "/minutes/2.pdf", fault.NotFound},
		"no such version for an agency":  {agency, "/api/meetings/" + id + "/minutes/2.pdf", fault.Forbidden},
		"version zero":                   {desk, "/api/meetings/" + id + "/minutes/0.pdf", fault.NotFound},
		"not a number":                   {desk, "/api/meetings/" + id + "/minutes/x.pdf", fault.NotFound},
		"a meeting that was not closed":  {desk, "/api/meetings/" + other + "/minutes/1.pdf", fault.NotFound},
		"a meeting that does not exist":  {desk, "/api/meetings/nothing/minutes/1.pdf", fault.NotFound},
		"another meeting, for an agency": {agency, "/api/meetings/" + other + "/minutes/1.pdf", fault.Forbidden},
	} {
		wantKind(t, what, c.b.get(c.path), c.want)
	}
	var read, denied int
	for _, e := range h.entries() {
		if e.Verb == access.VerbPDFDraft && e.MeetingID == id {
			if e.Hash == want {
				read++
			}
			if e.Result == "denied" {
				denied++
			}
		}
	}
	if read != 3 || denied < 4 {
		t.Errorf("%d readings and %d refusals stand in the log", read, denied)
	}
}
