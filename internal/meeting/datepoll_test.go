package meeting

import (
	"testing"
	"time"
)

// The rule of the proposal: whoever must attend can; then fewest ×, most answers, most ◎, the earliest.
func TestBestDate(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC)
	options := []DateOption{{"a", day, day.Add(time.Hour)}, {"b", day.AddDate(0, 0, 1), day.AddDate(0, 0, 1).Add(time.Hour)}, {"c", day.AddDate(0, 0, -1), day}}
	said := func(a, b, c DateAnswer) map[string]DateAnswer {
		m := map[string]DateAnswer{}
		for id, x := range map[string]DateAnswer{"a": a, "b": b, "c": c} {
			if x != "" {
				m[id] = x
			}
		}
		return m
	}
	for name, c := range map[string]struct {
		replies []DateReply
		want    string
	}{
		"nobody answered": {[]DateReply{{AgencyID: "1", Must: true}, {AgencyID: "2"}}, ""},
		"who must attend cannot, though all others would rather": {[]DateReply{{AgencyID: "1", Must: true, Answers: said("no", "can", "no")}, {AgencyID: "2", Answers: said("good", "no", "good")},
			{AgencyID: "3", Answers: said("good", "no", "good")}}, "b"},
		"who must attend has not answered":       {[]DateReply{{AgencyID: "1", Must: true}, {AgencyID: "2", Answers: said("good", "good", "good")}}, ""},
		"has not answered for one":               {[]DateReply{{AgencyID: "1", Must: true, Answers: said("can", "", "")}, {AgencyID: "2", Answers: said("no", "good", "good")}}, "a"},
		"fewest ×":                               {[]DateReply{{AgencyID: "1", Must: true, Answers: said("can", "good", "good")}, {AgencyID: "2", Answers: said("can", "no", "no")}}, "a"},
		"most answers":                           {[]DateReply{{AgencyID: "1", Must: true, Answers: said("can", "good", "good")}, {AgencyID: "2", Answers: said("can", "", "")}}, "a"},
		"most ◎":                                 {[]DateReply{{AgencyID: "1", Answers: said("can", "good", "can")}, {AgencyID: "2", Answers: said("can", "can", "can")}}, "b"},
		"the earliest":                           {[]DateReply{{AgencyID: "1", Answers: said("good", "good", "good")}}, "c"},
		"nobody must attend, and one can at all": {[]DateReply{{AgencyID: "1", Answers: said("no", "no", "no")}, {AgencyID: "2", Answers: said("", "can", "")}}, "b"},
		"all say ×":                              {[]DateReply{{AgencyID: "1", Answers: said("no", "no", "no")}}, ""},
	} {
		if got := (DatePoll{Options: options, Replies: c.replies}).best(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
