package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kasane/internal/jptime"
)

// calendar turns days counted from today into dates. A day on a weekend becomes the working day beside it, away from
// today, so that nobody visits on a Sunday and order is kept.
type calendar struct{ today jptime.Date }

func (c calendar) day(n int) jptime.Date {
	d := c.today.AddDays(n)
	if n == 0 {
		return d
	}
	step := 1
	if n < 0 {
		step = -1
	}
	for d.Time().Weekday() == time.Saturday || d.Time().Weekday() == time.Sunday {
		d = d.AddDays(step)
	}
	return d
}

// at is an instant of a day.
func (c calendar) at(n, hour, minute int) time.Time {
	return c.day(n).Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute).UTC()
}

// birth gives the date of birth of somebody of an age whose birthday is (was) n days from today.
func (c calendar) birth(age, n int) string {
	if n > 0 {
		age++
	}
	d := c.today.AddDays(n)
	if d.Month == time.February && d.Day == 29 {
		d.Day = 28
	}
	d.Year -= age
	return d.String()
}

var token = regexp.MustCompile(`\{([wiy]?)([+-][0-9]+)\}`)

// expand writes the days of a text: {-21} R8.11.2, {w-21} 令和8年11月2日, {i-21} 2026-11-02, {y-22} 平成16年 (years ago).
func (c calendar) expand(s string) string {
	return token.ReplaceAllStringFunc(s, func(t string) string {
		m := token.FindStringSubmatch(t)
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return t
		}
		switch m[1] {
		case "w":
			return c.day(n).Wareki()
		case "i":
			return c.day(n).String()
		case "y":
			d := c.today
			d.Year += n
			year, _, _ := strings.Cut(d.Wareki(), "年")
			return year + "年"
		}
		return c.day(n).Short()
	})
}

// due is an ISO date some days ahead, "" for none.
func (c calendar) due(n int) string {
	if n == 0 {
		return ""
	}
	return c.day(n).String()
}

// clock is what the services of the seeding take for now.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

// deed is one thing that is done at one moment.
type deed struct {
	at   time.Time
	what string
	do   func() error
}

// run does the deeds in the order of time, each with the clock at its moment.
func run(c *clock, deeds []deed) error {
	for _, d := range deeds {
		c.t = d.at
		if err := d.do(); err != nil {
			return fmt.Errorf("demo: %s: %w", d.what, err)
		}
	}
	return nil
}
