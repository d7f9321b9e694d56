package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// A letter has what the office writes, and of the case what the gate shows its agency: before a 支援会議 nothing, in a 重層的支援会議 what consent covers.
func TestNotice(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.sec, meeting.ActEdit, map[string]any{"title": "髙橋家の支援"})
	notice := func(in meeting.NoticeInput) string {
		t.Helper()
		res, name, err := w.svc.Notice(w.ctx, w.sec, w.id, "https://kasane.example/k", in)
		if err != nil || !strings.Contains(name, "開催通知") {
			t.Fatal(name, err)
		}
		return string(res.PDF)
	}
	in := meeting.NoticeInput{Number: "福総第12号", Issued: "2026-11-20", Reply: "2026-11-22", Sender: "議長 一郎", Contact: "福祉総務課 事務\n電話 000"}
	text := notice(in)
	for _, want := range []string{"福総第12号", "所管課長", "社会福祉協議会", "地域包括支援センター", "福祉総務課", "https://kasane.example/k/meetings/" + w.id, `"Secrecy":true`, "社会福祉法第106条の6"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	for _, secret := range []string{"髙橋", "役割分担", "だれが訪問するか", "情報の共有"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q stands in the letters before a 支援会議", secret)
		}
	}
	in.AgencyID = "a3"
	if text = notice(in); strings.Contains(text, "社会福祉協議会") {
		t.Error("a letter to one agency goes to others")
	}
	in.AgencyID = "a4"
	if _, _, err := w.svc.Notice(w.ctx, w.sec, w.id, "", in); !fault.Is(err, fault.Invalid) {
		t.Errorf("to an agency without a seat: %v", err)
	}
	for field, bad := range map[string]meeting.NoticeInput{"number": {Number: "1\n2"}, "issued": {Issued: "R8.11.1"}, "reply": {Reply: "2026-02-30"}, "contact": {Contact: strings.Repeat("あ", 201)}} {
		if _, _, err := w.svc.Notice(w.ctx, w.sec, w.id, "", bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, _, err := w.svc.Notice(w.ctx, w.hk, w.id, "", meeting.NoticeInput{}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an agency: %v", err)
	}
	if _, _, err := w.svc.Notice(w.ctx, w.out, w.id, "", meeting.NoticeInput{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("by a stranger: %v", err)
	}
	var entries int
	for _, e := range w.store.Audit {
		if e.Verb == access.VerbNotice && e.Hash != "" {
			entries++
		}
	}
	if entries != 2 {
		t.Errorf("%d entries for 2 notices", entries)
	}
	w.keptNotices(t)
	w.act(w.sec, meeting.ActReception, nil)
	if _, _, err := w.svc.Notice(w.ctx, w.sec, w.id, "", meeting.NoticeInput{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("after 受付: %v", err)
	}
}

// keptNotices: each 開催通知 stays as it was printed, for those who hold the case; the 案内 to the person has the meeting as it is now, and of the agenda what they may be told.
func (w *world) keptNotices(t *testing.T) {
	t.Helper()
	list, err := w.svc.NoticesListed(w.ctx, w.sec, w.id)
	if err != nil || len(list) != 2 || list[0].ID != w.id+"-1" {
		t.Fatal(list, err)
	}
	w.act(w.sec, meeting.ActEdit, map[string]any{"place": "別の場所"})
	d, err := w.svc.NoticeDoc(w.ctx, w.sec, w.id+"-1")
	if err != nil || d.Number != "福総第12号" || len(d.Letters) < 2 || d.Place == "別の場所" || d.Tenant == "" {
		t.Errorf("%+v %v", d, err)
	}
	if d, err = w.svc.NoticeDoc(w.ctx, w.sec, w.id+"-2"); err != nil || len(d.Letters) != 1 {
		t.Errorf("the second: %+v %v", d, err)
	}
	for id, by := range map[string]access.Actor{w.id + "-3": w.sec, w.id: w.sec, w.id + "-1": w.hk, "nothere-1": w.sec} {
		if _, err := w.svc.NoticeDoc(w.ctx, by, id); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s by %s: %v", id, by.Name, err)
		}
	}
	d, err = w.svc.NoticeFor(w.ctx, w.sec, w.id+"-1", func(_ string, i consent.Item) (bool, bool) { return false, true })
	if err != nil || d.Place != "別の場所" || len(d.Letters) != 1 || len(d.Letters[0].Agenda) != 0 || d.Link != "" || len(d.Invited) == 0 {
		t.Errorf("%+v %v", d, err)
	}
	if d, err = w.svc.NoticeFor(w.ctx, w.sec, w.id+"-1", nil); err != nil || len(d.Letters[0].Agenda) == 0 {
		t.Errorf("what may be told: %+v %v", d, err)
	}
}
