package meeting

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// Invitation (予定ファイル) is the meeting as an entry of a calendar (RFC 5545). Calendars are read by colleagues and kept by strangers, so it
// has the kind of meeting, place, time, a link and whether it was called off, and nothing else: no names, no number, nothing anybody wrote about the case.
func (s *Service) Invitation(ctx context.Context, actor access.Actor, meetingID, origin string) ([]byte, string, error) {
	st, _, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return nil, "", err
	}
	return invitation(st.Meeting, origin, s.clock()), "会議の予定.ics", nil
}

func invitation(m Meeting, origin string, now time.Time) []byte {
	title := "重層的支援会議"
	if m.Mode == consent.ModeSupport {
		title = "支援会議"
	}
	return calendar(m, title, origin, now)
}

// calendar is the entry under a title; without a place where the meeting has none.
func calendar(m Meeting, title, origin string, now time.Time) []byte {
	link := origin + "/meetings/" + m.ID
	method, status := "PUBLISH", "CONFIRMED"
	if m.Status == StatusCancelled {
		method, status = "CANCEL", "CANCELLED"
	}
	var b strings.Builder
	for _, l := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kasane//JA", "METHOD:" + method, "BEGIN:VEVENT",
		"UID:" + m.ID + "@kasane", "SEQUENCE:" + strconv.FormatInt(m.Seq, 10), "DTSTAMP:" + icsTime(now), "DTSTART:" + icsTime(m.PlannedStart), "DTEND:" + icsTime(m.PlannedEnd),
		"SUMMARY:" + icsText(title), "LOCATION:" + icsText(m.Place), "DESCRIPTION:" + icsText("会議室: "+link), "URL:" + link,
		"STATUS:" + status, "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR"} {
		if l != "LOCATION:" {
			icsFold(&b, l)
		}
	}
	return []byte(b.String())
}

func icsTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var icsEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func icsText(s string) string { return icsEscapes.Replace(s) }

// icsFold writes a content line: at most 75 bytes, going on after a space, and no character is torn.
func icsFold(b *strings.Builder, line string) {
	room := 75
	for _, r := range line {
		if n := utf8.RuneLen(r); n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		b.WriteRune(r)
		room -= utf8.RuneLen(r)
	}
	b.WriteString("\r\n")
}
