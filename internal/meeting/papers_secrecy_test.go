package meeting_test

import (
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// The sheets to be signed are for everybody who is expected and one more; the list has who was there, with 画面 or 書面, and neither says anything of the household but who came.
func TestSecrecyPaper(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.create(consent.ModeSupport, "情報の共有")
	w.act(w.sec, meeting.ActEdit, map[string]any{"title": "髙橋家の支援"})
	take := func(blank bool) string {
		t.Helper()
		res, name, err := w.svc.SecrecyPaper(w.ctx, w.sec, w.id, blank)
		if err != nil || !strings.Contains(name, "守秘義務確認書") {
			t.Fatal(name, err)
		}
		return string(res.PDF)
	}
	text := take(true)
	for _, want := range []string{"社会福祉協議会", "地域包括支援センター", `"Law":true`, `"Blank":true`, `{"Agency":"","Post":"","Name":"","Kana":"","Membership":""`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if strings.Contains(text, "髙橋") || strings.Contains(text, "情報の共有") {
		t.Error("the household lies at the door")
	}
	for who, c := range map[string]struct {
		by    access.Actor
		blank bool
		want  fault.Kind
	}{"before 受付": {w.sec, false, fault.Conflict}, "an agency": {w.hk, true, fault.Forbidden}, "a stranger": {w.out, true, fault.NotFound}, "no copies": {bare(w.sec), true, fault.Forbidden}} {
		if _, _, err := w.svc.SecrecyPaper(w.ctx, c.by, w.id, c.blank); !fault.Is(err, c.want) {
			t.Errorf("%s: %v", who, err)
		}
	}
	entries := 0
	for _, e := range w.store.Audit {
		if e.Verb == access.VerbSecrecyPaper && e.Hash != "" && e.MeetingID == w.id {
			entries++
		}
	}
	if entries != 1 {
		t.Errorf("%d entries for one paper", entries)
	}
	w = eventful(t)
	text = take(false)
	for _, want := range []string{`"How":"画面"`, "構成員", "髙橋 太郎", `"Planned":false`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if strings.Contains(text, "急用") {
		t.Error("why somebody stayed away stands in it")
	}
	w.act(w.chair, meeting.ActClose, nil)
	if _, _, err := w.svc.SecrecyPaper(w.ctx, w.sec, w.id, true); !fault.Is(err, fault.Conflict) {
		t.Errorf("to be signed after 閉会: %v", err)
	}
	if d, err := w.svc.Door(w.ctx, w.sec, w.id, "資料受渡簿"); err != nil || !d.Over || d.Planned || d.CaseID == "" {
		t.Errorf("%+v %v", d, err)
	}
	if _, err := w.svc.Door(w.ctx, w.hk, w.id, "資料受渡簿"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the door for an agency: %v", err)
	}
}
