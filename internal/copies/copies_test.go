package copies_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

func field(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

// What a 緊急開示 lets an agency look at for a time is in no copy it keeps; where there is nothing else, there is none.
func TestEmergencyGivesNoCopy(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.show("a2", consent.ReasonConsent, s.said[0])
	s.show("a2", consent.ReasonEmergency, s.said[1])
	s.show("a2", consent.ReasonScope, s.said[2])
	s.show("a3", consent.ReasonEmergency, s.said...)
	got := s.text(copies.Wish{Kind: copies.KindAgency, AgencyID: "a2"})
	if !strings.Contains(got, "世帯のことば") || strings.Contains(got, "燐の病") || strings.Contains(got, "篤の借り") || strings.Count(got, "同意範囲外") != 2 {
		t.Errorf("by 緊急開示: %s", got)
	}
	if _, err := s.make(copies.Wish{Kind: copies.KindAgency, AgencyID: "a3"}); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.Message(err), "緊急開示") || len(s.lines) != 1 {
		t.Errorf("緊急開示 alone: %v", err)
	}
}

// An agency that reads on the screen only gets no paper by the records desk either, and the screen says so beforehand.
func TestAgenciesThatTakeNoFiles(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.show("a2", consent.ReasonConsent, s.said...)
	s.none = []string{"a2"}
	for _, preview := range []bool{true, false} {
		_, err := s.svc.Make(context.Background(), clerk, "r", copies.Wish{Kind: copies.KindAgency, AgencyID: "a2", Purpose: "共有"}, preview)
		if !fault.Is(err, fault.Forbidden) || field(err) != "agencyId" || !strings.Contains(fault.Message(err), "汐見包括") {
			t.Errorf("preview %v: %v", preview, err)
		}
	}
	d, err := s.svc.Desk(context.Background(), clerk, "r")
	if err != nil || len(d.Agencies) != 3 || d.Agencies[1].Why == "" || d.Agencies[0].Why+d.Agencies[2].Why != "" || d.CaseID != "c" {
		t.Errorf("%+v %v", d, err)
	}
	if len(s.lines) != 0 {
		t.Errorf("%d copies counted", len(s.lines))
	}
}

// What was said in a 支援会議 goes neither to an agency nor to the person as a copy; a 開示請求 is answered, place by place.
func TestSupportMeetingGivesNoCopy(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.mode = consent.ModeSupport
	s.show("", consent.ReasonHolder, s.said...)
	s.show("a2", consent.ReasonConsent, s.said...) // the case's consent is no ground for what was said under the duty of secrecy
	for _, kind := range []archive.Kind{archive.KindMinutes, archive.KindPlan} {
		s.rec.Kind = kind
		for want, w := range map[string]copies.Wish{"開示請求": {Kind: copies.KindGiven, Look: papers.LookPlain}, "どの機関にも": {Kind: copies.KindAgency, AgencyID: "a2"}} {
			if _, err := s.make(w); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.Message(err), want) || !strings.Contains(fault.Message(err), "支援会議") {
				t.Errorf("%s %s: %v", kind, w.Kind, err)
			}
		}
	}
	s.rec.Kind = archive.KindMinutes
	if got := s.text(copies.Wish{Kind: copies.KindAnonymous}); !strings.Contains(got, "ことば") {
		t.Errorf("for 研修: %s", got)
	}
	d, err := s.svc.Desk(context.Background(), clerk, "r")
	closed := []string{}
	for _, k := range d.Kinds {
		if k.Why != "" {
			closed = append(closed, k.ID)
		}
	}
	if err != nil || !slices.Equal(closed, []string{"agency", "given"}) {
		t.Errorf("the screen says beforehand %v: %v", closed, err)
	}
}

// A 本人交付版 goes to one person: the 本人 unless somebody else of the house is chosen. What is about the others is not in it, and the log says whose it is.
func TestGivenCopyIsForOnePerson(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.show("", consent.ReasonHolder, s.said...)
	for who, want := range map[string][]string{"": {"世帯のことば", "燐の病のことば"}, "p1": {"世帯のことば", "燐の病のことば"}, "p2": {"篤の借りのことば"}} {
		got := s.text(copies.Wish{Kind: copies.KindGiven, Look: papers.LookPlain, PersonID: who})
		for _, x := range s.said {
			if strings.Contains(got, x.text) != slices.Contains(want, x.text) {
				t.Errorf("for %q, %q: %s", who, x.text, got)
			}
		}
		if strings.Contains(got, "範囲外") {
			t.Errorf("for %q it says that something is left out", who)
		}
		id, called := "p1", "本人"
		if who == "p2" {
			id, called = "p2", "長男"
		}
		if l, e := s.lines[0], s.log[len(s.log)-1]; l.PersonID != id || l.Person != called || e.Reason != access.ReasonCopy+"given:"+id || e.Verb != access.VerbArchiveCopy {
			t.Errorf("for %q: %+v %+v", who, l, e)
		}
	}
	if _, err := s.make(copies.Wish{Kind: copies.KindGiven, Look: papers.LookPlain, PersonID: "p9"}); !fault.Is(err, fault.Invalid) || field(err) != "personId" {
		t.Errorf("a stranger: %v", err)
	}
	s.facts.Persons = append(s.facts.Persons, cases.Person{ID: "p3", Name: "纐纈 澪", Relation: "長女", Subject: true})
	if _, err := s.make(copies.Wish{Kind: copies.KindGiven, Look: papers.LookPlain}); !fault.Is(err, fault.Invalid) || field(err) != "personId" {
		t.Errorf("one of two 本人 has to be chosen: %v", err)
	}
	d, err := s.svc.Desk(context.Background(), clerk, "r")
	if err != nil || len(d.Persons) != 3 || d.Persons[0].ID != "p1" || d.Persons[1].Label != "纐纈 澪（本人・長女）" || d.Persons[2].Label != "纐纈 篤胤（長男）" {
		t.Errorf("%+v %v", d.Persons, err)
	}
}

// A 開示用 copy without a mark is the whole record: nobody gets it by forgetting to mark.
func TestNothingMarkedHasToBeSaid(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	in, err := s.svc.Texts(context.Background(), clerk, "r")
	if err != nil {
		t.Fatal(err)
	}
	w := copies.Wish{Kind: copies.KindRedacted, Sum: in.Sum, Purpose: "開示請求 第3号"}
	for _, preview := range []bool{true, false} {
		if _, err := s.svc.Make(context.Background(), clerk, "r", w, preview); !fault.Is(err, fault.Invalid) || field(err) != "unmarked" {
			t.Errorf("preview %v: %v", preview, err)
		}
	}
	w.Unmarked = "全部開示の決定（8福総第12号）"
	m, err := s.make(w)
	if err != nil {
		t.Fatal(err)
	}
	if l, e := s.lines[0], s.log[len(s.log)-1]; e.Reason != access.ReasonCopy+"redacted:"+access.CopyUnmarked || l.Purpose != "開示請求 第3号（隠す所なし：全部開示の決定（8福総第12号））" || m.Copy.Purpose != l.Purpose {
		t.Errorf("%+v %+v", l, e)
	}
	w.Marks = []papers.Mark{{No: in.Texts[0].No, From: 0, To: 1, Ground: papers.GroundOther}}
	if _, err := s.make(w); err != nil || s.log[len(s.log)-1].Reason != access.ReasonCopy+"redacted" || strings.Contains(s.lines[0].Purpose, "隠す所") {
		t.Errorf("with a mark: %v %+v", err, s.lines[0])
	}
}

// Names of files go through mail and folders: no case number, no meeting, no day, nobody of the house stands in them.
func TestFileNamesSayTheNumberAlone(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.show("a2", consent.ReasonConsent, s.said...)
	s.show("", consent.ReasonHolder, s.said...)
	in, err := s.svc.Texts(context.Background(), clerk, "r")
	if err != nil {
		t.Fatal(err)
	}
	for want, w := range map[string]copies.Wish{
		"KS2026-0007_会議録_汐見包括_写し":  {Kind: copies.KindAgency, AgencyID: "a2"},
		"KS2026-0007_会議録_本人交付版_写し": {Kind: copies.KindGiven, Look: papers.LookPlain},
		"KS2026-0007_会議録_開示用_写し":   {Kind: copies.KindRedacted, Sum: in.Sum, Unmarked: "全部開示"},
		"匿名版_会議録.pdf":              {Kind: copies.KindAnonymous},
	} {
		m, err := s.make(w)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(m.FileName, want) || strings.Contains(m.FileName, "K2026-0012") || strings.Contains(m.FileName, "R0811") {
			t.Errorf("%s: %s", w.Kind, m.FileName)
		}
	}
}

// A record that is disposed of while its copy is made says so; it is no other clerk who was faster.
func TestDisposedWhileCopying(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.goes = true
	if _, err := s.make(copies.Wish{Kind: copies.KindAnonymous}); !fault.Is(err, fault.Gone) || !strings.Contains(fault.Message(err), "廃棄") {
		t.Errorf("while it was made: %v", err)
	}
	s.rec.Disposed = "f1"
	if _, err := s.make(copies.Wish{Kind: copies.KindAnonymous}); !fault.Is(err, fault.Gone) {
		t.Errorf("before: %v", err)
	}
}

// A 匿名版 knows the names people had when the record was sealed and where they live, and whoever makes it has decided about every doubt.
func TestAnonymousCopy(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.then = []meeting.FormerName{{PersonID: "p1", Name: "鵺野 燐音", Kana: "ぬえの りんね"}, {Name: "鵜殿 澪", Kana: "うどの みお"}}
	s.places = []string{"みなと野市汐見町3丁目4番5号", "012-345-6789"}
	s.people = []meeting.Attendee{{Name: "鶯谷 蘭", AgencyID: "a2"}, {Name: "鴻池 葵", Post: "隣人"}, {Name: "纐纈 篤胤", Post: "長男"}}
	s.minutes.MeetingKind = "汐見町の個別会議"
	s.facts.Persons[1].Name = "纐纈 一"
	s.said = []said{{"", consent.ItemBasic, "鵺野さん（りんね）は汐見町三丁目四番五号、電話0123456789。鵜殿澪と鶯谷蘭、鴻池葵が来た。令和8年11月25日。長男の一は元気で、一番早い。"}}
	w := copies.Wish{Kind: copies.KindAnonymous}
	if _, err := s.make(w); !fault.Is(err, fault.Invalid) || field(err) != "hide" {
		t.Errorf("without a look at the doubts: %v", err)
	}
	if _, err := s.svc.Make(context.Background(), clerk, "r", w, true); err != nil {
		t.Errorf("a 見本, to judge them by: %v", err)
	}
	in, err := s.svc.Texts(context.Background(), clerk, "r")
	if err != nil || in.Anonymous.Sum == "" {
		t.Fatal(err)
	}
	i := slices.IndexFunc(in.Anonymous.Doubts, func(d papers.Doubt) bool { return d.Word == "一" && strings.HasSuffix(d.Before, "長男の") })
	if i < 0 || in.Anonymous.Doubts[i].Call != "家族A" {
		t.Fatalf("%+v", in.Anonymous.Doubts)
	}
	d := in.Anonymous.Doubts[i]
	w.Sum, w.Hide = in.Anonymous.Sum, []copies.Place{{No: d.No, From: d.From, To: d.To}}
	got := s.text(w)
	for _, not := range []string{"鵺野", "りんね", "鵜殿", "鶯谷", "鴻池", "三丁目", "0123456789", "25日", "汐見町", "個別会議", "K2026-0012", "長男の一は"} {
		if strings.Contains(got, not) {
			t.Errorf("%q is left: %s", not, got)
		}
	}
	for _, want := range []string{"本人さん（本人）は（住所）、電話（電話番号）。（世帯員）と（職員）、（出席者）が来た。令和8年11月。長男の家族Aは元気で、一番早い。", "重層的支援会議会議録（匿名版）"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said: %s", want, got)
		}
	}
	for name, x := range map[string]copies.Wish{"another text": {Kind: copies.KindAnonymous, Sum: "older"}, "another place": {Kind: copies.KindAnonymous, Sum: w.Sum, Hide: []copies.Place{{No: d.No, From: d.From, To: d.To + 1}}}} {
		if _, err := s.make(x); err == nil || field(err) != "hide" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A family name that several bear is nobody's in particular: its places are a group of their own, and so are names people had before.
func TestHintsOfNames(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.then = []meeting.FormerName{{PersonID: "p1", Name: "鵺野 燐音"}}
	s.said = []said{{"", consent.ItemBasic, "纐纈さん、鵺野さん、篤胤さん"}}
	in, err := s.svc.Texts(context.Background(), clerk, "r")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string][]string{}
	for _, h := range in.Hints {
		for _, m := range h.Marks {
			for _, x := range in.Texts {
				if x.No == m.No && x.Section != "" && strings.Contains(x.Text, "さん") && h.ID != "judged" {
					words[h.ID] = append(words[h.ID], string([]rune(x.Text)[m.From:m.To]))
				}
			}
		}
	}
	for id, want := range map[string][]string{"family": {"纐纈"}, "person1": {"鵺野"}, "person2": {"篤胤"}} {
		if !slices.Equal(words[id], want) {
			t.Errorf("%s: %q, want %q", id, words[id], want)
		}
	}
	if i := slices.IndexFunc(in.Hints, func(h copies.Hint) bool { return h.ID == "family" }); i < 0 || !strings.Contains(in.Hints[i].Label, "同じ名字の人") {
		t.Errorf("%+v", in.Hints)
	}
}
