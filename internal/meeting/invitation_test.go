package meeting_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/meeting"
)

// The entry of a calendar has kind, place, time and link, and not a word of the case.
func TestInvitation(t *testing.T) {
	w := newWorld(t)
	w.create(consent.ModeLayered, "")
	place := "第1会議室, 3階; 東" + strings.Repeat("棟", 60)
	w.act(w.sec, meeting.ActEdit, map[string]any{"place": place, "title": "髙橋家の支援"})
	b, name, err := w.svc.Invitation(w.ctx, w.hk, w.id, "https://kasane.example/k")
	if err != nil || name != "会議の予定.ics" {
		t.Fatal(name, err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\r\n"), "\r\n")
	for _, l := range lines {
		if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsAny(l, "\r\n") {
			t.Errorf("line %q", l)
		}
	}
	text := strings.ReplaceAll(string(b), "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "SUMMARY:重層的支援会議\r\n", "LOCATION:第1会議室\\, 3階\\; 東" + strings.Repeat("棟", 60) + "\r\n",
		"DTSTART:20261123T010000Z\r\nDTEND:20261123T020000Z\r\n", "URL:https://kasane.example/k/meetings/" + w.id + "\r\n", "UID:" + w.id + "@kasane\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	for _, secret := range []string{"髙橋", "支援\r\n", "K2026-0001", "役割分担", "だれが訪問するか", "議長", "社会福祉"} {
		if strings.Contains(text, secret) {
			t.Errorf("the calendar says %q", secret)
		}
	}
	if _, _, err := w.svc.Invitation(w.ctx, w.out, w.id, ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("without a part in it: %v", err)
	}
	w.create(consent.ModeSupport, "情報の共有")
	if b, _, err = w.svc.Invitation(w.ctx, w.sec, w.id, ""); err != nil || !strings.Contains(string(b), "SUMMARY:支援会議\r\n") {
		t.Errorf("%s %v", b, err)
	}
}
