package meeting

import (
	"slices"
	"strings"
	"time"

	"kasane/internal/consent"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// strip is the band over every page of the meeting. Those who run it see all agencies, the others their own.
func (s *State) strip(sub subject, f Facts, now time.Time) ConsentStrip {
	m := s.Meeting
	c := ConsentStrip{Mode: m.Mode, Agencies: []AgencyChips{}}
	for _, p := range f.subjects() {
		if r, ok := validRecord(f.Consents, p.ID, now, consent.PurposeConference); ok {
			c.InForce = true
			if until := r.Until; c.Until == nil || until.Before(*c.Until) {
				c.Until = &until
			}
		}
	}
	switch {
	case m.Mode == consent.ModeSupport:
		c.Label = s.typeName() + "（社会福祉法106条の6・守秘義務あり）"
	case c.InForce:
		c.Label = s.typeName() + "（本人同意 " + jptime.DateOf(c.Until.Add(-time.Microsecond)).Wareki() + "まで有効）"
	default:
		c.Label = s.typeName() + "（有効な本人同意がありません）"
	}
	for _, seat := range s.Seats {
		if !sub.is(whoDesk) && seat.AgencyID != sub.actor.AgencyID {
			continue
		}
		c.Agencies = append(c.Agencies, s.chips(seat, f, now))
	}
	return c
}

// chips asks the gate for the household, as somebody of the agency who has confirmed secrecy would.
func (s *State) chips(seat Seat, f Facts, now time.Time) AgencyChips {
	out := AgencyChips{AgencyID: seat.AgencyID, Items: []consent.Item{}}
	support := s.Meeting.Mode == consent.ModeSupport
	here := consent.Facts{Member: !f.removed(seat.AgencyID), Mode: s.Meeting.Mode, MeetingOpen: true, Confirmed: true,
		Designated: !support || seat.Member || seat.Designated != nil, Withheld: f.withheld(seat.AgencyID)}
	q := consent.Question{Persons: f.concerned(""), AgencyID: seat.AgencyID, Purpose: consent.PurposeConference, At: now}
	for _, item := range consent.Items() {
		here.AddressSecret, q.Item = f.secret("", item), item
		if consent.Decide(q, here, f.Consents).Allow {
			out.Items = append(out.Items, item)
		}
	}
	if support && len(out.Items) == len(consent.Items()) {
		out.All, out.Items = true, []consent.Item{}
	}
	return out
}

// initials is what a list may show of the subjects: the first letters of their readings.
func initials(kana []string) string {
	out := make([]string, 0, len(kana))
	for _, k := range kana {
		if i := text.Initial(k); i != "" {
			out = append(out, i)
		}
	}
	return strings.Join(slices.Clip(out), "・")
}
