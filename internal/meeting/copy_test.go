package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// What an agency may see of the agreed plan is a 写し of that version: not 案, named by its number and hash, with the answers as they were at 閉会,
// and without what its consent does not cover now.
func TestCopyOfTheAgreedPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2", "a3")
	w.create(consent.ModeLayered, "")
	w.fill()
	w.act(w.sec, meeting.ActGuestInvite, map[string]string{"guestId": "g1", "name": "客 太郎", "agencyId": "a3"})
	w.toAgreed()
	type head struct {
		Draft, Copy                      bool
		DocumentNo, ContentHash, CopyFor string
		Version                          int
	}
	read := func(a access.Actor, kind meeting.PaperKind) (head, string, string) {
		t.Helper()
		res, name, err := w.svc.Draft(w.ctx, a, w.id, kind)
		if err != nil {
			t.Fatal(err)
		}
		var h head
		body := string(res.PDF[strings.Index(string(res.PDF), "{"):])
		if err := json.Unmarshal([]byte(body), &h); err != nil {
			t.Fatal(err)
		}
		return h, body, name
	}
	if h, _, name := read(w.hk, meeting.PaperPlan); !h.Draft || h.Copy || !strings.Contains(name, "案") {
		t.Errorf("before 閉会: %+v %s", h, name)
	}
	w.act(w.chair, meeting.ActClose, nil)
	version := w.store.Versions(w.planID)[0]
	for i, kind := range []meeting.PaperKind{meeting.PaperPlan, meeting.PaperMatrix} {
		h, body, name := read(w.hk, kind)
		if h.Draft || !h.Copy || h.Version != w.store.Sealed[i].Version || h.ContentHash != version.Hash || h.DocumentNo != w.store.Sealed[i].Number || !strings.Contains(h.CopyFor, w.hk.Name) ||
			!strings.Contains(name, "写し") || !strings.Contains(body, "訪問する") {
			t.Errorf("%s: %+v %s", kind, h, name)
		}
	}
	if h, _, _ := read(w.sec, meeting.PaperPlan); h.CopyFor != "" {
		t.Errorf("who holds the record: %+v", h)
	}
	// A later answer belongs to the next meeting, not to what was agreed.
	v, err := w.plans.Get(w.ctx, w.hk, "", w.planID)
	if err != nil {
		t.Fatal(err)
	}
	cell, _ := v.Body.Actions[0].Cell("a3")
	if _, err := w.plans.AnswerRole(w.ctx, w.hk, "", w.planID, plans.AnswerInput{ActionID: actionID, Answer: plans.AnswerDecline, Reason: "人手が足りない", CellHash: cell.Hash}); err != nil {
		t.Fatal(err)
	}
	if _, body, _ := read(w.hk, meeting.PaperMatrix); strings.Contains(body, "人手が足りない") {
		t.Error("the copy has an answer from after 閉会")
	}
	quiet := w.hk
	quiet.NoCopies = true
	for _, kind := range []meeting.PaperKind{meeting.PaperPlan, meeting.PaperMatrix} {
		if _, _, err := w.svc.Draft(w.ctx, quiet, w.id, kind); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an agency without copies: %v", err)
		}
	}
	guest := access.Actor{Tenant: "t", UserID: "g1", AgencyID: "a3", GuestMeeting: w.id, Roles: []access.Role{access.RoleGuest}}
	if _, _, err := w.svc.Draft(w.ctx, guest, w.id, meeting.PaperPlan); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a guest takes a copy: %v", err)
	}
	w.store.Edit(func(f *meeting.Facts) { f.Consents[0].Until = w.clock.now() })
	if res, _, err := w.svc.Draft(w.ctx, w.hk, w.id, meeting.PaperPlan); err == nil && strings.Contains(string(res.PDF), "週1回の訪問") {
		t.Error("a copy after the consent has ended")
	}
}

// A row whose class the agency's consent does not cover stands in its copy as withheld; who has it gets the words.
func TestCopyLeavesOutWhatIsWithheld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.grant(allItems, "a1", "a2")
	w.store.Edit(func(f *meeting.Facts) { f.Consents[0].Scope["a3"] = []consent.Item{consent.ItemBasic} })
	w.create(consent.ModeLayered, "")
	w.fill()
	w.income(debt)
	w.toAgreed()
	w.act(w.chair, meeting.ActClose, nil)
	for _, kind := range []meeting.PaperKind{meeting.PaperPlan, meeting.PaperMatrix} {
		res, _, err := w.svc.Draft(w.ctx, w.hk, w.id, kind)
		if err != nil || !strings.Contains(string(res.PDF), "週1回の訪問") || strings.Contains(string(res.PDF), debt) || !strings.Contains(string(res.PDF), `"Withheld":true`) {
			t.Errorf("%s of an agency without 収入: %v", kind, err)
		}
		if res, _, err = w.svc.Draft(w.ctx, w.chair, w.id, kind); err != nil || !strings.Contains(string(res.PDF), debt) {
			t.Errorf("%s of who may see it: %v", kind, err)
		}
		if _, _, err := w.svc.Draft(w.ctx, w.out, w.id, kind); !fault.Is(err, fault.NotFound) {
			t.Errorf("an agency without a seat: %v", err)
		}
	}
}
