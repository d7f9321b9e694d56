package oversight

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// Settings (監査の設定) are what a municipality calls usual.
type Settings struct {
	// From and To are the hours of the office (執務時間), "08:30" to "17:15".
	From string `json:"from"`
	To   string `json:"to"`
	// OfficeDays: weekends, holidays and the turn of the year count as outside.
	OfficeDays bool `json:"officeDays"`
	// PerHour and PerDay are how many cases somebody may open in an hour, in 24 hours, before a report names it.
	PerHour int `json:"perHour"`
	PerDay  int `json:"perDay"`
}

// DefaultSettings are used until others are set.
func DefaultSettings() Settings {
	return Settings{From: "08:30", To: "17:15", OfficeDays: true, PerHour: 10, PerDay: 30}
}

// Hours is a day's office hours in minutes since midnight, Japan time.
type Hours struct {
	From, To   int
	OfficeDays bool
	// Closed are the days of the period that are no office days though they are no weekend, as days since 1 January 1970.
	Closed []int64
}

func (v Settings) check() error {
	from, err := minutes(v.From)
	if err != nil {
		return fault.New(fault.Invalid, "始まりの時刻を 08:30 のように入れてください。").On("from")
	}
	to, err := minutes(v.To)
	if err != nil || to <= from {
		return fault.New(fault.Invalid, "終わりの時刻を、始まりより後の時刻で 17:15 のように入れてください。").On("to")
	}
	for field, n := range map[string]int{"perHour": v.PerHour, "perDay": v.PerDay} {
		if n < 1 || n > 1000 {
			return fault.New(fault.Invalid, "ケースの数は1から1000までで入れてください。").On(field)
		}
	}
	return nil
}

func minutes(clock string) (int, error) {
	t, err := time.Parse("15:04", clock)
	return t.Hour()*60 + t.Minute(), err
}

// hours are the settings for a period.
func (v Settings) hours(from, to time.Time) *Hours {
	h := &Hours{OfficeDays: v.OfficeDays}
	h.From, _ = minutes(v.From) // checked when they were set
	h.To, _ = minutes(v.To)
	if !v.OfficeDays {
		return h
	}
	for d := jptime.DateOf(from); d.Time().Before(to); d = d.AddDays(1) {
		if wd := d.Time().Weekday(); !d.OfficeDay() && wd != time.Saturday && wd != time.Sunday {
			h.Closed = append(h.Closed, dayNumber(d))
		}
	}
	return h
}

func dayNumber(d jptime.Date) int64 {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func (s *Service) settings(ctx context.Context, a access.Actor) (Settings, error) {
	v, set, err := s.store.OversightSettings(ctx, access.ScopeOf(a))
	if err != nil {
		return v, fmt.Errorf("settings of the audit: %w", err)
	}
	if !set {
		v = DefaultSettings()
	}
	return v, nil
}

// Set changes the settings.
func (s *Service) Set(ctx context.Context, a access.Actor, v Settings) (Settings, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return v, err
	}
	if err := v.check(); err != nil {
		return v, err
	}
	return v, s.store.SaveOversightSettings(ctx, a.Tenant, v, a.Audit(s.now(), access.VerbAuditSettings, ""))
}

// verbChoices are the verbs in the order of their codes, which keeps what belongs together.
func verbChoices() []Choice {
	var out []Choice
	for _, v := range access.Verbs() {
		out = append(out, Choice{string(v), v.Label()})
	}
	slices.SortFunc(out, func(a, b Choice) int { return strings.Compare(a.ID, b.ID) })
	return out
}
