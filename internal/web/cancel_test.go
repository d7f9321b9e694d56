package web

import (
	"net/http"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
)

// TestCancelledThroughTheDoor: with 中止 what was handed out ends, the guest is out at once, and nothing is handed out or invited to any more.
func TestCancelledThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, chair, agency := h.as("secretariat"), h.as("chair"), h.as("agency")
	id := h.call(desk, "")
	chair.must(id, "reception", map[string]any{})
	wantStatus(t, "enter", agency.post("/api/meetings/"+id+"/enter", map[string]string{"form": "room"}), http.StatusNoContent)
	agency.must(id, "secrecy", map[string]any{})
	paper := h.handOut(id, "basic", "資料.pdf", pdfBytes)
	wantStatus(t, "before", agency.openPaper(id, paper), http.StatusOK)
	in, token := chair.invited(id, "渡邉 正")
	guest := h.browser()
	wantStatus(t, "guest", guest.post("/api/guest/enter", identity.Entry{Token: token, PIN: in.PIN, Name: "渡邉 正", Agency: h.welfare.Name, Secrecy: true}), http.StatusOK)
	unused, second := chair.invited(id, "別の人")

	wantKind(t, "an agency cancels", agency.post("/api/meetings/"+id+"/acts", map[string]any{"act": "cancel", "params": map[string]string{"reason": "x"}, "seq": 99}), fault.Forbidden)
	if r := chair.must(id, "cancel", map[string]string{"reason": "台風のため"}); r.Status != meeting.StatusCancelled {
		t.Fatalf("%s", r.Status)
	}
	wantKind(t, "the guest is out", guest.get("/api/meetings/"+id), fault.Unauthorized)
	wantKind(t, "the other link is dead", h.browser().post("/api/guest/enter", identity.Entry{Token: second, PIN: unused.PIN, Name: "別の人", Agency: h.welfare.Name, Secrecy: true}), fault.Gone)
	wantKind(t, "no new guest", chair.post("/api/meetings/"+id+"/guests", map[string]string{"name": "x", "agencyId": h.welfare.ID}), fault.Conflict)
	wantKind(t, "the paper has ended", agency.openPaper(id, paper), fault.NotFound)
	if l := agency.handouts(id); !l.Ended || len(l.Handouts) != 0 {
		t.Errorf("%+v", l)
	}
	wantStatus(t, "the desk keeps it", desk.openPaper(id, paper), http.StatusOK)
	wantKind(t, "nothing more is handed out", desk.hand(h.handing(id, "basic", "x.pdf", pdfBytes)), fault.Conflict)
	if desk.handouts(id).MayGive {
		t.Error("the button for it stays")
	}
	var list struct{ Meetings []meeting.Ref }
	agency.get("/api/meetings").into(t, &list)
	if len(list.Meetings) != 1 || list.Meetings[0].StatusLabel != "中止" {
		t.Errorf("%+v", list)
	}
}
