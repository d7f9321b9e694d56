package notice

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// What is written into names to break heads, bodies or the eye.
var hostile = []string{
	"潮見市\r\nBcc: everybody@evil.example", "潮見市\nSubject: 別の件名", "潮見市\r\n\r\n<script>alert(1)</script>", "潮見市\r\n.\r\nMAIL FROM:<a@evil.example>", "潮見\u202e市場\u2066\u2067\u200f", "潮見\u2028市\u2029",
	"=?UTF-8?B?QmNj?= 市", "\"><b>", "市\x00\x01\x1b[31m\x7f", strings.Repeat("長", 400), "--kasane-boundary", "市 <evil@evil.example>", "\ufeff市\ufffd", ";", "渡邉\U000E0100", "",
}

func parsed(t *testing.T, raw []byte) (*mail.Message, []string) {
	t.Helper()
	for line := range bytes.Lines(raw) {
		if len(line) > 998 || !bytes.HasSuffix(line, []byte("\r\n")) || bytes.ContainsAny(bytes.TrimSuffix(line, []byte("\r\n")), "\r\n\x00") || bytes.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			t.Fatalf("a line that servers change or refuse: %q", line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for h := range m.Header {
		heads = append(heads, h)
	}
	slices.Sort(heads)
	return m, heads
}

// Whatever stands in a name, a subject or a body: the heads are ours, each once, and the text comes out as it is.
func TestHostileTextInMails(t *testing.T) {
	t.Parallel()
	plain := []string{"Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "List-Unsubscribe", "Message-Id", "Mime-Version", "Subject", "To"}
	for _, h := range hostile {
		l := letter{from: "kasane@shiomi.example", to: "a@b.example", name: h, subject: h, body: h, leave: "https://kasane.example/account", at: time.Now()}
		m, heads := parsed(t, l.bytes())
		if !slices.Equal(heads, plain) {
			t.Errorf("%q: heads %v", h, heads)
		}
		for name, list := range m.Header {
			if len(list) != 1 {
				t.Errorf("%q: %d × %s", h, len(list), name)
			}
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != plainLine(h) || strings.ContainsAny(subject, "\r\n\u202e\u2066\u2028") {
			t.Errorf("%q: subject %q %v", h, subject, err)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != "kasane@shiomi.example" {
			t.Errorf("%q: from %v %v", h, from, err)
		}
		to, err := m.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != "a@b.example" {
			t.Errorf("%q: to %v %v", h, to, err)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
		if err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != strings.ReplaceAll(h, "\r\n", "\n") {
			t.Errorf("%q: body %q %v", h, body, err)
		}
	}
}

// With a calendar there are two parts, and no text ends one early.
func TestCalendarInMails(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		l := letter{from: "kasane@shiomi.example", to: "a@b.example", name: "かさね", subject: "会議の予定", body: h, calendar: "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n" + h + "\r\nEND:VCALENDAR\r\n",
			leave: "https://kasane.example/account", at: time.Now()}
		m, _ := parsed(t, l.bytes())
		kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if err != nil || kind != "multipart/mixed" {
			t.Fatal(kind, err)
		}
		r := multipart.NewReader(m.Body, params["boundary"])
		var kinds []string
		for {
			p, err := r.NextPart()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, p.Header.Get("Content-Type"))
			if _, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p)); err != nil {
				t.Error(err)
			}
		}
		if !slices.Equal(kinds, []string{"text/plain; charset=UTF-8", "text/calendar; charset=UTF-8; method=CANCEL"}) {
			t.Errorf("%q: parts %v", h, kinds)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"a@b.example", "first.last+kasane@city.example.lg.jp", "x_y-z@a-b.example"} {
		if err := CheckAddress(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	bad := []string{"", "a", "a@", "@b.example", "a@b", "a b@c.example", "a@b..example", "a@.example", "a@b.example.", "a@b@c.example", "<a@b.example>", "\"a\"@b.example", "a@b.example>", "a@[192.0.2.1]",
		"a@b.example,c@d.example", "a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example\x00", "a@b.example ", "ａ@b.example", "a@ｂ.example", "a\u202e@b.example", "a@b.example (c)", strings.Repeat("a", 65) + "@b.example",
		"a@" + strings.Repeat("b.", 130) + "example", "渡邉@b.example"}
	for _, b := range bad {
		if err := CheckAddress(b); err == nil {
			t.Errorf("%q is taken", b)
		}
	}
}

// The mails themselves: numbers and links. Nothing waits, no mail.
func TestWordsOfMails(t *testing.T) {
	t.Parallel()
	s := New(nil, nil, Options{Origin: "https://kasane.example/k"})
	r := Reader{}
	r.Actor.Tenant, r.Actor.UserID, r.Actor.Name, r.Actor.AgencyName = "t", "u1", "髙橋 直子", "重ね保健所"
	now := time.Date(2026, 11, 30, 22, 0, 0, 0, time.UTC)
	if _, any := s.digest(r, Counts{}, "2026-12-01", now); any {
		t.Error("a mail about nothing")
	}
	n, _ := s.digest(r, Counts{Answers: 2, Meetings: 3}, "2026-12-01", now)
	for _, want := range []string{"・2件の回答待ち", "・3件の会議の予定", "https://kasane.example/k/\n", "https://kasane.example/k/account\n", "個人の情報は入っていません"} {
		if !strings.Contains(n.Body, want) {
			t.Errorf("digest lacks %q:\n%s", want, n.Body)
		}
	}
	if strings.Contains(n.Body, "期限超過") || n.About != "digest/2026-12-01" {
		t.Errorf("%s\n%s", n.About, n.Body)
	}
	p := Planned{ID: "m1", Start: time.Date(2026, 12, 3, 1, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 3, 2, 30, 0, 0, time.UTC), Called: true, Agencies: []Seat{{"a", "重ね保健所"}}}
	first, _ := s.meeting(r, p, Last{}, now)
	if !strings.Contains(first.Body, "10:00〜11:30") || !strings.Contains(first.Body, "令和8年12月3日") || !strings.Contains(first.Body, "https://kasane.example/k/meetings/m1\n") {
		t.Error(first.Body)
	}
	if _, again := s.meeting(r, p, Last{About: first.About, Count: 1}, now); again {
		t.Error("the same twice")
	}
	moved := p
	moved.Start = p.Start.Add(time.Hour)
	second, _ := s.meeting(r, moved, Last{About: first.About, Count: 1}, now)
	back, told := s.meeting(r, p, Last{About: second.About, Count: 2}, now)
	if !strings.Contains(second.Body, "日時が変わりました") || !told || back.About == first.About {
		t.Errorf("moved there and back: %s, %s, %s", first.About, second.About, back.About)
	}
	p.Cancelled, p.Called = true, false
	off, _ := s.meeting(r, p, Last{About: first.About, Count: 1}, now)
	if !strings.Contains(off.Body, "取りやめになりました") || !strings.Contains(off.Subject, "取りやめ") {
		t.Error(off.Body)
	}
	for _, x := range []Notice{n, first, second, back, off, s.hello("t", "u1", "a@b.example", now)} {
		if regexp.MustCompile(`髙橋|保健所|K20\d\d|重ね市`).MatchString(x.Subject + x.Body + x.Calendar) {
			t.Errorf("somebody is named: %s %s", x.Subject, x.Body)
		}
	}
}
