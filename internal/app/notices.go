package app

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/meeting"
	"kasane/internal/notice"
)

// How often it is looked whether something is to be told, and mails are sent.
const (
	noticeEvery = time.Minute
	postEvery   = 5 * time.Second
)

// openNotices wires the mails; without a mail server nobody can ask for them.
func openNotices(h *house, m *meeting.Service) *notice.Service {
	origin := h.cfg.PublicURL + h.cfg.BasePath
	o := notice.Options{From: h.cfg.SMTPFrom, Origin: origin, Node: h.self, Log: h.log, Now: h.now, Digested: h.reminded}
	if sender := mailServer(h.cfg); sender != nil {
		o.Sender = sender
	}
	return notice.New(h.store, calledMeetings{m, origin}, o)
}

func mailServer(cfg config.Config) *notice.SMTP {
	if cfg.SMTPAddr == "" {
		return nil
	}
	return &notice.SMTP{Addr: cfg.SMTPAddr, TLS: cfg.SMTPTLS, User: cfg.SMTPUser, Password: cfg.SMTPPassword, From: cfg.SMTPFrom}
}

// calledMeetings is what the mails ask of the meetings.
type calledMeetings struct {
	*meeting.Service
	origin string
}

// Waits implements notice.Meetings.
func (c calledMeetings) Waits(ctx context.Context, a access.Actor, days int) (notice.Counts, error) {
	d, err := c.Duties(ctx, a, days)
	return notice.Counts{Answers: d.Leads + d.Minutes, Late: d.Late, Meetings: d.Meetings}, err
}

// Planned implements notice.Meetings.
func (c calledMeetings) Planned(ctx context.Context, tenant, meetingID string) (notice.Planned, error) {
	x, err := c.Call(ctx, tenant, meetingID, c.origin)
	if err != nil {
		return notice.Planned{}, err
	}
	m := x.Meeting
	p := notice.Planned{ID: m.ID, Start: m.PlannedStart, End: m.PlannedEnd, Called: x.Open, Cancelled: x.Cancelled, Calendar: string(x.Calendar),
		Users: append([]string{m.ChairID, m.RecorderID}, m.DeputyIDs...)}
	for _, s := range x.Seats {
		p.Agencies = append(p.Agencies, notice.Seat{ID: s.ID, Name: s.Name})
	}
	return p, nil
}
