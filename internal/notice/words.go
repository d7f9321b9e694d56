package notice

import (
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/jptime"
)

const subjectHead = "【かさね】"

// foot ends every mail.
func (s *Service) foot() string {
	return "\n\nこのメールに、個人の情報は入っていません。返信はできません。\nお知らせを変える・やめる: サインインして「自分のアカウント」の「お知らせのメール」を開いてください。\n" + s.opt.Origin + "/account\n"
}

func (s *Service) notice(kind Kind, tenant, userID, about string, now, expires time.Time) Notice {
	return Notice{ID: access.NewID(now), Tenant: tenant, UserID: userID, About: about, Kind: kind, Created: now, Due: now, Expires: expires}
}

// hello is the first mail to an address.
func (s *Service) hello(tenant, userID, address string, now time.Time) Notice {
	n := s.notice(KindHello, tenant, userID, "hello/"+address+"/"+now.In(jptime.JST).Format(time.DateOnly), now, now.Add(24*time.Hour))
	n.Subject = subjectHead + "お知らせのメールの登録"
	n.Body = "かさねのお知らせを、このアドレスに送ります。\n\n心当たりのないときは、このメールを消してください。ほかに、することはありません。" + s.foot()
	return n
}

// digest is the mail of the morning; false when nothing waits.
func (s *Service) digest(r Reader, c Counts, day string, now time.Time) (Notice, bool) {
	if c == (Counts{}) {
		return Notice{}, false
	}
	n := s.notice(KindDigest, r.Actor.Tenant, r.Actor.UserID, "digest/"+day, now, now.Add(10*time.Hour))
	n.Subject = subjectHead + "今朝の件数"
	var b strings.Builder
	b.WriteString("今朝の件数をお知らせします。\n\n")
	for _, l := range []struct {
		n    int
		text string
	}{{c.Answers, "件の回答待ち(主担当の申し出、会議録の確認)"}, {c.Late, "件の期限超過(宿題、役割)"}, {c.Meetings, "件の会議の予定(今日から" + strconv.Itoa(digestDays) + "日間)"}} {
		if l.n > 0 {
			b.WriteString("・" + strconv.Itoa(l.n) + l.text + "\n")
		}
	}
	b.WriteString("\nくわしくは、サインインして確かめてください。\n" + s.opt.Origin + "/")
	n.Body = b.String() + s.foot()
	return n, true
}

// meeting is the mail about the date of a meeting; false when this is what the person was told last. Moved there and back again is told twice: the number of the notice stands behind
// what it says.
func (s *Service) meeting(r Reader, p Planned, last Last, now time.Time) (Notice, bool) {
	about := "meeting/" + p.ID + "/" + strconv.FormatInt(p.Start.Unix(), 10) + "/" + strconv.FormatInt(p.End.Unix(), 10)
	said, subject := "会議の予定をお知らせします。", "会議の予定"
	if last.Count > 0 {
		said, subject = "会議の日時が変わりました。", "会議の日時の変更"
	}
	if p.Cancelled {
		about, said, subject = about+"/off", "次の会議は、取りやめになりました。", "会議の取りやめ"
	}
	if told, _, _ := strings.Cut(last.About, "#"); told == about {
		return Notice{}, false
	}
	n := s.notice(KindMeeting, r.Actor.Tenant, r.Actor.UserID, about+"#"+strconv.Itoa(last.Count+1), now, p.Start)
	n.Subject = subjectHead + subject
	n.MeetingID, n.Calendar = p.ID, p.Calendar
	n.Body = said + "\n\n日時: " + span(p.Start, p.End) + "\n\n場所と議題は、サインインして確かめてください。\n" + s.opt.Origin + "/meetings/" + p.ID + s.foot()
	return n, true
}

// span is 令和8年12月3日(2026-12-03) 10:00〜11:30, with both days where the end is on another one.
func span(from, to time.Time) string {
	a, b := jptime.FormatDateTime(from), jptime.FormatDateTime(to)
	if from.In(jptime.JST).Format(time.DateOnly) == to.In(jptime.JST).Format(time.DateOnly) {
		b = to.In(jptime.JST).Format("15:04")
	}
	return a + "〜" + b
}
