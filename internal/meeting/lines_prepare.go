package meeting

import (
	"strings"
	"time"

	"kasane/internal/jptime"
)

// sayEdited tells what a change of the meeting made new.
func sayEdited(d editedData) string {
	var new []string
	say := func(label string, s *string) {
		switch {
		case s == nil:
		case *s == "":
			new = append(new, label+"なし")
		default:
			new = append(new, label+"「"+*s+"」")
		}
	}
	say("表題", d.Title)
	when := func(label string, t *time.Time) {
		if t != nil {
			new = append(new, label+" "+jptime.FormatDateTime(*t))
		}
	}
	when("開始", d.PlannedStart)
	when("終了", d.PlannedEnd)
	say("場所", d.Place)
	if d.Form != nil {
		new = append(new, "開催形態 "+d.Form.Label())
	}
	switch {
	case d.PlanID == nil:
	case *d.PlanID == "":
		new = append(new, "プランなし")
	default:
		new = append(new, "別のプラン")
	}
	if len(new) == 0 {
		return ""
	}
	return "会議の内容を変えた: " + strings.Join(new, "、")
}

// saySeat tells who speaks for an agency.
func saySeat(d seatData) string {
	s := d.Name + "の席を設けた"
	if d.Changed {
		s = d.Name + "の席を直した"
	}
	var parts []string
	if d.Observer {
		parts = append(parts, "助言者")
	}
	if d.Speaker != "" {
		parts = append(parts, "発言者 "+d.Speaker)
	}
	if d.Proxy != "" {
		parts = append(parts, "代理 "+d.Proxy)
	}
	if len(parts) == 0 {
		return s
	}
	return s + "（" + strings.Join(parts, "、") + "）"
}
