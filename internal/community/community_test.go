package community

import (
	"errors"
	"math"
	"strings"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

func today(t *testing.T) (jptime.Date, sheets.Set) {
	t.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return jptime.Date{Year: 2026, Month: 6, Day: 10}, book.At("2026-06-10")
}

// field is the field an error names, "" of none.
func field(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

func number(v float64) *float64 { return &v }
func count(v int) *int          { return &v }

// Each mistake is told beside its field; codes that have left the list stay good where they stand.
func TestWhatTheRegisterTakes(t *testing.T) {
	t.Parallel()
	_, set := today(t)
	good := Input{Name: "居場所", Kind: "ibasho", Fields: []string{"kaigo"}, State: StateOpen, AgencyID: "a1"}
	if err := good.check(set, Place{}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Input)
		field  string
	}{
		"no name":              {func(i *Input) { i.Name = "　" }, "name"},
		"a long name":          {func(i *Input) { i.Name = strings.Repeat("髙", 81) }, "name"},
		"two lines":            {func(i *Input) { i.District = "東\n部" }, "district"},
		"no kind":              {func(i *Input) { i.Kind = "" }, "kind"},
		"another kind":         {func(i *Input) { i.Kind = "x" }, "kind"},
		"a field twice":        {func(i *Input) { i.Fields = []string{"kaigo", "kaigo"} }, "fields"},
		"another field":        {func(i *Input) { i.Fields = []string{"x"} }, "fields"},
		"no state":             {func(i *Input) { i.State = "" }, "state"},
		"fewer than nobody":    {func(i *Input) { i.Capacity = count(-1) }, "capacity"},
		"half a point":         {func(i *Input) { i.Lat = number(35) }, "lat"},
		"a point of nowhere":   {func(i *Input) { i.Lat, i.Lng = number(90.1), number(0) }, "lat"},
		"not a number":         {func(i *Input) { i.Lat, i.Lng = number(math.Inf(1)), number(0) }, "lat"},
		"an 個人番号 in the note":  {func(i *Input) { i.Note = "1234-5678-9018" }, "note"},
		"a bidi in the hours":  {func(i *Input) { i.Hours = "a\u202Eb" }, "hours"},
		"conditions of a book": {func(i *Input) { i.Terms = strings.Repeat("あ", 501) }, "terms"},
	} {
		in := good
		c.change(&in)
		if err := in.check(set, Place{}); field(err) != c.field {
			t.Errorf("%s: %v names %q", name, err, field(err))
		}
	}
	old := good
	old.Kind, old.Fields = "gone", []string{"gone"}
	if err := old.check(set, Place{Kind: "gone", Fields: []string{"gone"}}); err != nil {
		t.Errorf("what stood there: %v", err)
	}
	if p := (Input{Lat: number(35.12345678), Lng: number(-139.99999949)}).place(Place{N: 4}); *p.Lat != 35.123457 || *p.Lng != -139.999999 || p.N != 5 {
		t.Errorf("%v %v %d", *p.Lat, *p.Lng, p.N)
	}
}

// Days and links are of the past; a link that is over stays over.
func TestWhatIsRecorded(t *testing.T) {
	t.Parallel()
	day, _ := today(t)
	for on, want := range map[string]string{"2026-06-10": "", "2026-06-11": "day", "1999-12-31": "day", "2026-02-30": "day", "": "day"} {
		if err := (DayInput{Day: on}).check(day); field(err) != want {
			t.Errorf("a day on %q: %v", on, err)
		}
	}
	if err := (DayInput{Day: "2026-06-10", Counts: Counts{Young: -1}}).check(day); field(err) != "young" {
		t.Error(err)
	}
	open := Place{State: StateOpen}
	for name, c := range map[string]struct {
		in    LinkInput
		field string
	}{
		"a resident":            {LinkInput{Role: RoleBearer, Since: "2026-06-01"}, ""},
		"no role":               {LinkInput{Since: "2026-06-01"}, "role"},
		"a person of no case":   {LinkInput{PersonID: "p", Role: RoleBearer, Since: "2026-06-01"}, "caseId"},
		"a case without person": {LinkInput{CaseID: "c", Role: RoleBearer, Since: "2026-06-01"}, "personId"},
		"tomorrow":              {LinkInput{Role: RoleBearer, Since: "2026-06-11"}, "since"},
	} {
		if err := c.in.check(open, day); field(err) != c.field || (c.field == "") != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (LinkInput{Role: RoleBearer, Since: "2026-06-01"}).check(Place{State: StateEnded}, day); !fault.Is(err, fault.Conflict) {
		t.Errorf("to a place that has ended: %v", err)
	}
	l := Link{Since: "2026-05-01", Result: ResultGoing, ResultOn: "2026-06-01"}
	for on, want := range map[string]string{"2026-06-01": "", "2026-05-31": "resultOn", "2026-06-11": "resultOn"} {
		if err := (ResultInput{Result: ResultEnded, ResultOn: on}).check(l, day); field(err) != want {
			t.Errorf("ended on %s: %v", on, err)
		}
	}
	if err := (ResultInput{ResultOn: "2026-06-02"}).check(l, day); field(err) != "result" {
		t.Errorf("no result: %v", err)
	}
	l.Result = ResultUnfit
	if err := (ResultInput{Result: ResultGoing, ResultOn: "2026-06-02"}).check(l, day); !fault.Is(err, fault.Conflict) {
		t.Errorf("after its end: %v", err)
	}
}

// The year's tally counts the days of the 年度 only.
func TestTally(t *testing.T) {
	t.Parallel()
	list := []Day{{Day: "2026-03-31", Counts: Counts{1, 1, 1, 1}}, {Day: "2026-04-01", Counts: Counts{1, 2, 3, 4}}, {Day: "2027-03-31", Counts: Counts{Elder: 5}}, {Day: "2027-04-01", Counts: Counts{9, 9, 9, 9}}}
	if got, want := tally(2026, list), (Tally{Year: 2026, Name: jptime.FiscalYearName(2026), Days: 2, Counts: Counts{1, 2, 3, 9}}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
