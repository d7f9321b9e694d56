package notice

import (
	"context"
	"errors"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// How many mails one round sends, how long they are claimed, and when a notice is tried again.
const (
	atOnce     = 20
	claimedFor = 15 * time.Minute // longer than a round can take: atOnce × sendWithin
	endsWithin = 5 * time.Second  // a mail, when the node stops
)

var backoff = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour}

// Post sends what is due. Nodes that do it at the same time send different ones.
func (s *Service) Post(ctx context.Context) error {
	if !s.On() {
		return nil
	}
	now := s.now()
	list, err := s.store.ClaimNotices(ctx, now, now.Add(claimedFor), atOnce)
	if err != nil {
		return err
	}
	var errs []error
	for _, o := range list {
		// What a node that stops has claimed and not begun goes back; what it has begun ends first.
		err := ctx.Err()
		if err == nil {
			err = s.sendOne(ctx, o)
		} else {
			err = &failure{why: whyLater, err: err}
			o.Tries--
		}
		errs = append(errs, s.end(context.WithoutCancel(ctx), o, err))
	}
	return errors.Join(errs...)
}

// sendOne sends one mail. A node that stops lets it come to its end for some seconds: what is cut off after it was handed over is sent by nobody again.
func (s *Service) sendOne(ctx context.Context, o Outgoing) error {
	inside, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(endsWithin, cancel) })()
	return s.opt.Sender.Send(inside, o.To, s.letter(o).bytes())
}

func (s *Service) letter(o Outgoing) letter {
	return letter{from: s.opt.From, to: o.To, name: "かさね", subject: o.Subject, body: o.Body, calendar: o.Calendar, leave: s.opt.Origin + "/account", at: s.now()}
}

// end writes how a try ended. The log has ids and codes, and no address.
func (s *Service) end(ctx context.Context, o Outgoing, err error) error {
	now := s.now()
	out := Outcome{Tenant: o.Tenant, ID: o.ID, UserID: o.UserID, To: o.To, State: StateSent}
	e := access.System(o.Tenant).Audit(now, access.VerbNoticeMail, o.UserID).InMeeting(o.MeetingID)
	var f *failure
	if err != nil && !errors.As(err, &f) {
		f = &failure{why: whyLater, err: err}
	}
	s.remember(f)
	if f == nil {
		return s.store.EndNotice(ctx, out, now, e)
	}
	out.Code = f.code
	switch f.why {
	case whyRefused:
		out.State = StateRefused
	case whyRejected:
		out.State = StateFailed
	case whyUnsure:
		out.State = StateUnsure
	default:
		out.State, out.Due = StateQueued, now.Add(backoff[min(max(o.Tries-1, 0), len(backoff)-1)])
		if o.Tries > len(backoff) || out.Due.After(o.Expires) {
			out.State = StateFailed
		}
	}
	s.opt.Log.WarnContext(ctx, "a mail was not sent", "notice", o.ID, "kind", string(o.Kind), "state", string(out.State), "code", f.code, "tries", o.Tries, "err", f)
	if out.State == StateQueued {
		e = access.Entry{} // nothing has come to an end
	} else {
		e = e.Failed(string(out.State))
	}
	return s.store.EndNotice(ctx, out, now, e)
}

// remember keeps whether the server takes mails from us at all.
func (s *Service) remember(f *failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case f == nil || f.why == whyRefused || f.why == whyRejected:
		s.trouble = nil
	case f.why == whySetup:
		s.trouble = fault.Wrap(fault.Unavailable, f, "")
	}
}
