package web

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/meeting"
	"kasane/internal/notice"
)

// calledMeetings is what package app puts between notices and meetings.
type calledMeetings struct{ *meeting.Service }

func (c calledMeetings) Waits(ctx context.Context, a access.Actor, days int) (notice.Counts, error) {
	d, err := c.Duties(ctx, a, days)
	return notice.Counts{Answers: d.Leads + d.Minutes, Late: d.Late, Meetings: d.Meetings}, err
}

func (c calledMeetings) Planned(ctx context.Context, tenant, id string) (p notice.Planned, err error) {
	x, err := c.Call(ctx, tenant, id, "https://kasane.example")
	if err != nil {
		return p, err
	}
	p = notice.Planned{ID: id, Start: x.Meeting.PlannedStart, End: x.Meeting.PlannedEnd, Called: x.Open, Cancelled: x.Cancelled, Calendar: string(x.Calendar), Users: []string{x.Meeting.ChairID}}
	for _, s := range x.Seats {
		p.Agencies = append(p.Agencies, notice.Seat{ID: s.ID, Name: s.Name})
	}
	return p, nil
}

// mailbox keeps what would be sent.
type mailbox struct {
	mu   sync.Mutex
	sent map[string][]string // by address
}

func (m *mailbox) Send(_ context.Context, to string, message []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent[to] = append(m.sent[to], string(message))
	return nil
}

func (h *house) mails() *mailbox { return &mailbox{sent: map[string][]string{}} }

func (b *browser) notices(body map[string]any) (a answer, out notice.Account) {
	b.h.t.Helper()
	a = b.send(http.MethodPut, "/api/account/notices", body)
	_ = json.Unmarshal(a.body, &out)
	return a, out
}

// Somebody sets an address, is told of a meeting and of its new date, once each; whoever is kept from the case, or has no part in it, is not.
func TestMailsOfAMeeting(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	box := s.mails()
	svc := notice.New(s.store, calledMeetings{s.deps.Meeting}, notice.Options{Sender: box, From: "kasane@shiomi.example", Origin: "https://kasane.example", Node: "test", Log: s.deps.Log, Now: s.clock.Now})
	ctx := context.Background()
	for login, address := range map[string]string{"agency": "agency@a.example", "stranger": "stranger@b.example", "observer": "observer@a.example"} {
		a, out := s.as(login).notices(map[string]any{"address": address, "digest": true, "meetings": login != "observer"})
		wantStatus(t, login, a, http.StatusOK)
		if out.Address != address || !out.On || !out.Digest || out.Refused != nil {
			t.Errorf("%s: %+v", login, out)
		}
	}
	for what, address := range map[string]string{"a line break": "a@b.example\r\nBcc: c@d.example", "two": "a@b.example,c@d.example", "a name": "渡邉 <a@b.example>", "no domain": "a@b", "a name in it": "渡邉@b.example"} {
		if a, _ := s.as("agency").notices(map[string]any{"address": address, "digest": true}); a.status != http.StatusUnprocessableEntity || !strings.Contains(string(a.body), `"field":"address"`) {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	tell := func() (a answer, told notice.Told) {
		a = s.as("secretariat").post("/api/meetings/"+s.layered+"/tell", struct{}{})
		_ = json.Unmarshal(a.body, &told)
		return a, told
	}
	post := func() {
		t.Helper()
		s.clock.Advance(time.Minute)
		s.ok(svc.Look(ctx))
		s.ok(svc.Post(ctx))
	}
	post()
	about := func(to, subject string) (n int) {
		for _, m := range box.sent[to] {
			if strings.Contains(decoded(t, m), subject) {
				n++
			}
		}
		return n
	}
	for to, digest := range map[string]int{"agency@a.example": 1, "stranger@b.example": 0} { // the agency has a seat in a meeting of these days
		if about(to, "お知らせのメールの登録") != 1 || about(to, "今朝の件数") != digest || about(to, "会議の予定をお知らせします") != 0 {
			t.Errorf("%s at the start: %q", to, box.sent[to])
		}
	}
	a, told := tell()
	wantStatus(t, "tell", a, http.StatusOK)
	if told.Queued != 1 || told.Before != 0 {
		t.Errorf("%+v", told)
	}
	if _, again := tell(); again.Queued != 0 || again.Before != 1 {
		t.Errorf("again: %+v", again)
	}
	post()
	const told1 = "会議の予定をお知らせします"
	if about("agency@a.example", told1) != 1 || about("stranger@b.example", told1) != 0 || about("observer@a.example", told1) != 0 {
		t.Errorf("%d mails to the agency", about("agency@a.example", told1))
	}
	for _, m := range box.sent {
		for _, mail := range m {
			if said := (answer{body: []byte(decoded(t, mail))}).says(sceneWords); len(said) > 0 {
				t.Errorf("%v stand in a mail", said)
			}
		}
	}
	if a := s.as("agency").post("/api/meetings/"+s.layered+"/tell", struct{}{}); a.status != http.StatusForbidden {
		t.Errorf("an agency tells: %d", a.status)
	}
}

// decoded is a mail with its heads and parts in clear.
func decoded(t *testing.T, raw string) string {
	t.Helper()
	var out, part strings.Builder
	for line := range strings.Lines(raw) {
		line = strings.TrimSpace(line)
		if _, err := base64.StdEncoding.DecodeString(line); err == nil && line != "" {
			part.WriteString(line) // lines of 76 hold whole bytes
			continue
		}
		b, err := base64.StdEncoding.DecodeString(part.String())
		if err != nil {
			t.Fatal(err)
		}
		part.Reset()
		out.Write(b)
		out.WriteString(line + "\n")
	}
	b, err := base64.StdEncoding.DecodeString(part.String())
	if err != nil {
		t.Fatal(err)
	}
	out.Write(b)
	head, err := new(mime.WordDecoder).DecodeHeader(strings.ReplaceAll(raw, "\r\n ", " "))
	if err != nil {
		t.Fatal(err)
	}
	return out.String() + head
}
