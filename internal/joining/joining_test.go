package joining

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

func lists(t *testing.T) (jptime.Date, sheets.Set) {
	t.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return jptime.Date{Year: 2026, Month: 6, Day: 10}, book.At("2026-06-10")
}

func TestWeekdays(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{"毎週火・金 10時〜15時（祝日は休み）": "火金", "水曜の午後": "水", "平日 10時〜12時": "月火水木金", "平日と土曜": "月火水木金土", "毎日": "月火水木金土日", "第2・第4土曜": "土", "土日": "土日",
		"4月15日から": "", "日中ならいつでも": "月火水木金土日", "午後": "", "": "", "毎週日曜 14時": "日", "ﾓｸ曜ではなく木曜": "木"} {
		if got := strings.Join(weekdays(said), ""); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}

// What fits comes first and says why; a place that is closed, full or already used does not push itself.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	_, set := lists(t)
	ten, none := 10, 0
	places := []community.Place{
		{ID: "far", Name: "遠い居場所", Kind: "ibasho", District: "西部", State: community.StateOpen},
		{ID: "near", Name: "近い居場所", Kind: "ibasho", District: "東部", Fields: []string{"konkyu", "kaigo"}, Hours: "毎週火・水", Capacity: &ten, State: community.StateOpen},
		{ID: "full", Name: "満員の居場所", Kind: "ibasho", District: "東部", Capacity: &none, State: community.StateOpen},
		{ID: "closed", Name: "休みの居場所", Kind: "ibasho", District: "東部", State: community.StatePaused},
		{ID: "other", Name: "移動支援", Kind: "ido", State: community.StateOpen},
		{ID: "used", Name: "使っている", Kind: "ibasho", State: community.StateOpen},
	}
	j := Joining{Needs: []string{"place"}, Fields: []string{"konkyu"}, District: "東部", Free: "水曜", Steps: []Step{{Kind: KindStart, PlaceID: "used", Day: "2026-05-01"}}}
	got := suggest(set, j, places, map[string]int{"near": 9})
	var ids []string
	for _, s := range got {
		ids = append(ids, s.PlaceID)
	}
	if !slices.Equal(ids, []string{"near", "far", "full"}) {
		t.Fatalf("%v", ids)
	}
	if want := []string{"種類が合う", "分野が合う（困窮）", "同じ地区", "曜日が合う（水）", "空きがある"}; !slices.Equal(got[0].Reasons, want) {
		t.Errorf("%v, want %v", got[0].Reasons, want)
	}
	if !got[2].Full || got[0].Full {
		t.Errorf("%+v", got)
	}
	for _, c := range mustList(t, set, "join_need").Codes {
		for k := range strings.SplitSeq(c.Note, ",") {
			if !known(set, "resource_kind", k) {
				t.Errorf("%s names the kind %q, which is none", c.Code, k)
			}
		}
	}
}

func mustList(t *testing.T, set sheets.Set, id string) sheets.CodeList {
	t.Helper()
	l, ok := set.List(id)
	if !ok {
		t.Fatalf("no list %s", id)
	}
	return l
}

func TestStateFollowsTheSteps(t *testing.T) {
	t.Parallel()
	start, stop := Step{Kind: KindStart, PlaceID: "p"}, Step{Kind: KindStop, PlaceID: "p"}
	for name, c := range map[string]struct {
		j    Joining
		want State
	}{
		"new":              {Joining{}, StateLooking},
		"a trial":          {Joining{Steps: []Step{{Kind: KindTrial}}}, StateTrial},
		"used":             {Joining{Steps: []Step{{Kind: KindTrial}, start}}, StateUsing},
		"used no more":     {Joining{Steps: []Step{{Kind: KindTrial}, start, stop}}, StateLooking},
		"two, one ended":   {Joining{Steps: []Step{start, {Kind: KindStart, PlaceID: "q"}, stop}}, StateUsing},
		"again":            {Joining{Steps: []Step{start, stop, start}}, StateUsing},
		"a trial anew":     {Joining{Steps: []Step{start, stop, {Kind: KindTrial}}}, StateTrial},
		"ended as a whole": {Joining{EndedOn: "2026-06-01", Steps: []Step{start, stop}}, StateEnded},
	} {
		if got := c.j.Standing(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func field(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

// Each mistake is told beside its field.
func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	today, set := lists(t)
	good := Input{Item: consent.ItemProgress, Needs: []string{"place"}, OpenedOn: "2026-06-01"}
	if err := good.check(set, Joining{}, today); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Input){"item": func(i *Input) { i.Item = consent.ItemAddress }, "needs": func(i *Input) { i.Needs = nil }, "fields": func(i *Input) { i.Fields = []string{"x"} },
		"aim": func(i *Input) { i.Aim = "x" }, "wish": func(i *Input) { i.Wish = strings.Repeat("あ", 501) }, "free": func(i *Input) { i.Free = "a\nb" }, "openedOn": func(i *Input) { i.OpenedOn = "2026-06-11" }} {
		in := good
		change(&in)
		if err := in.check(set, Joining{}, today); field(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	j := Joining{OpenedOn: "2026-06-01", Steps: []Step{{Kind: KindStart, PlaceID: "p", Day: "2026-06-05"}}}
	for name, c := range map[string]struct {
		in    StepInput
		field string
	}{
		"a trial":                  {StepInput{Kind: KindTrial, PlaceID: "q", Day: "2026-06-02", Outcome: "want"}, ""},
		"a plan":                   {StepInput{Kind: KindTrial, PlaceID: "q", Day: "2026-06-20", Outcome: Planned}, ""},
		"a plan of yesterday":      {StepInput{Kind: KindTrial, PlaceID: "q", Day: "2026-06-09", Outcome: Planned}, "day"},
		"tomorrow":                 {StepInput{Kind: KindTrial, PlaceID: "q", Day: "2026-06-11", Outcome: "want"}, "day"},
		"before the beginning":     {StepInput{Kind: KindTrial, PlaceID: "q", Day: "2026-05-31", Outcome: "want"}, "day"},
		"no outcome":               {StepInput{Kind: KindTrial, PlaceID: "q", Day: "2026-06-02"}, "outcome"},
		"a start with an outcome":  {StepInput{Kind: KindStart, PlaceID: "q", Day: "2026-06-02", Outcome: "want"}, "outcome"},
		"no place":                 {StepInput{Kind: KindStart, Day: "2026-06-02"}, "placeId"},
		"started already":          {StepInput{Kind: KindStart, PlaceID: "p", Day: "2026-06-06"}, "placeId"},
		"settling":                 {StepInput{Kind: KindSettle, PlaceID: "p", Day: "2026-06-06", Method: "visit", Outcome: "well"}, ""},
		"settling before the use":  {StepInput{Kind: KindSettle, PlaceID: "p", Day: "2026-06-04", Method: "visit", Outcome: "well"}, "day"},
		"settling without a way":   {StepInput{Kind: KindSettle, PlaceID: "p", Day: "2026-06-06", Outcome: "well"}, "method"},
		"settling where one isn't": {StepInput{Kind: KindSettle, PlaceID: "q", Day: "2026-06-06", Method: "visit", Outcome: "well"}, "placeId"},
		"the end in use":           {StepInput{Kind: KindEnd, Day: "2026-06-06", Outcome: "wish"}, "kind"},
		"no kind":                  {StepInput{Day: "2026-06-06"}, "kind"},
	} {
		if err := c.in.check(set, j, today); field(err) != c.field || (c.field == "") != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
