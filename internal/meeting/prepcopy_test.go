package meeting_test

import (
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/meeting"
)

// A copy of the 準備シート for an agency holds what that agency sees: of the others what was handed in, and not who told what was entered for them.
func TestPrepForAnAgency(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeLayered, "支援の方針")
	const own, unsent = "自分の機関のことば", "まだ出していないことば"
	w.prepare(w.hk, "", consent.ItemBasic, unsent)
	w.prepare(actor("u9", "a2", "社協 九子", access.RoleAgency), "", consent.ItemBasic, own)
	all := func(string, consent.Item) (show, tell bool) { return true, true }
	copyFor := func(agency string) map[string]string {
		t.Helper()
		doc, err := w.svc.PrepDoc(w.ctx, w.sec, w.id, all, agency)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, s := range doc.Sheets {
			for _, p := range s.Parts {
				for _, text := range p.Answers {
					out[s.Agency] += text
				}
			}
			out["entered"] += s.Entered
		}
		return out
	}
	if got := copyFor(""); got["地域包括支援センター"] != unsent || got["社会福祉協議会"] != own {
		t.Errorf("who holds the record: %v", got)
	}
	if got := copyFor("a2"); got["地域包括支援センター"] != "" || got["社会福祉協議会"] != own {
		t.Errorf("before it was handed in: %v", got)
	}
	w.act(w.hk, meeting.ActPrepared, nil)
	if got := copyFor("a2"); got["地域包括支援センター"] != unsent {
		t.Errorf("after it was handed in: %v", got)
	}
	w.act(w.hk, meeting.ActPrepared, map[string]any{"undo": true})
	if got := copyFor("a2"); got["地域包括支援センター"] != "" {
		t.Errorf("after it was taken back: %v", got)
	}
}
