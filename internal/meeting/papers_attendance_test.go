package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// The sheet to be signed has a line for every seat before anybody came; the other one has who came, and neither says why somebody did not, nor the title.
func TestAttendancePaper(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.sec, meeting.ActEdit, map[string]any{"title": "髙橋家の支援"})
	take := func(blank bool) string {
		t.Helper()
		res, name, err := w.svc.AttendancePaper(w.ctx, w.sec, w.id, blank)
		if err != nil || !strings.Contains(name, "出席簿") {
			t.Fatal(name, err)
		}
		return string(res.PDF)
	}
	text := take(true)
	for _, want := range []string{"社会福祉協議会", "地域包括支援センター", "福祉総務課", `"Secrecy":true`, `"Blank":true`, "社会福祉法第106条の6"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	for _, secret := range []string{"髙橋", "役割分担", "情報の共有"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q lies at the door", secret)
		}
	}
	for who, c := range map[string]struct {
		by    access.Actor
		blank bool
		want  fault.Kind
	}{"before 受付": {w.sec, false, fault.Conflict}, "an agency": {w.hk, true, fault.Forbidden}, "a stranger": {w.out, true, fault.NotFound}, "no copies": {bare(w.sec), true, fault.Forbidden}} {
		if _, _, err := w.svc.AttendancePaper(w.ctx, c.by, w.id, c.blank); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", who, err)
		}
	}
	entries := 0
	for _, e := range w.store.Audit {
		if e.Verb == access.VerbAttendancePaper && e.Hash != "" && e.MeetingID == w.id {
			entries++
		}
	}
	if entries != 1 {
		t.Errorf("%d entries for one sheet", entries)
	}

	w = eventful(t)
	text = take(false)
	for _, want := range []string{"署長", "代理出席（遠隔）", "消防 四郎", "民生 七子", `"State":"欠席"`, "髙橋 太郎", "本人・家族", "指定", `"Planned":false`, `"Stays":[{"Start":"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if strings.Contains(text, "急用") {
		t.Error("why somebody stayed away stands in it")
	}
	w.act(w.chair, meeting.ActClose, nil)
	if _, _, err := w.svc.AttendancePaper(w.ctx, w.sec, w.id, true); !fault.Is(err, fault.Conflict) {
		t.Errorf("to be signed after 閉会: %v", err)
	}
	if text = take(false); !strings.Contains(text, "署長") {
		t.Error("nothing after 閉会")
	}
}

// bare is somebody whose agency takes no files.
func bare(a access.Actor) access.Actor {
	a.NoCopies = true
	return a
}
