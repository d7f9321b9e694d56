package meeting

import (
	"context"
	"slices"
	"strconv"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Suggestion (会議録の修正の申し出) of somebody who was there. It is never taken in silently: the chair says yes or no, and why.
type Suggestion struct {
	ID         string       `json:"id"`
	Version    int          `json:"version"`
	PersonID   string       `json:"personId"` // with Item whom its words concern, and which class: shown to whom that class is shown
	Item       consent.Item `json:"item"`
	Where      string       `json:"where"`
	Text       string       `json:"text"`
	Reason     string       `json:"reason"`
	By         string       `json:"by"`
	ByID       string       `json:"-"`
	AgencyID   string       `json:"agencyId"`
	AgencyName string       `json:"agencyName"`
	At         time.Time    `json:"at"`
	DoneAt     *time.Time   `json:"doneAt,omitempty"`
	DoneBy     string       `json:"doneBy,omitempty"`
	Accepted   bool         `json:"accepted"`
	Answer     string       `json:"answer"`
	Withheld   bool         `json:"withheld"`
}

type suggestedData struct {
	Version  int          `json:"version"`
	Hash     string       `json:"hash"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Where    string       `json:"where"`
	Text     string       `json:"text"`
	Reason   string       `json:"reason"`
}

type suggestDoneData struct {
	ID     string `json:"id"`
	Accept bool   `json:"accept"`
	Reason string `json:"reason"`
}

func foldSuggested(s *State, e Event, d suggestedData) {
	s.Suggestions = append(s.Suggestions, Suggestion{ID: eventID("s", e), Version: d.Version, PersonID: d.PersonID, Item: d.Item, Where: d.Where, Text: d.Text,
		Reason: d.Reason, By: e.ActorName, ByID: e.ActorID, AgencyID: e.AgencyID, AgencyName: e.AgencyName, At: e.At})
}

func foldSuggestDone(s *State, e Event, d suggestDoneData) {
	for i := range s.Suggestions {
		if x := &s.Suggestions[i]; x.ID == d.ID && x.DoneAt == nil {
			at := e.At
			x.DoneAt, x.DoneBy, x.Accepted, x.Answer = &at, e.ActorName, d.Accept, d.Reason
		}
	}
}

func (s *State) openSuggestions() int {
	n := 0
	for _, x := range s.Suggestions {
		if x.DoneAt == nil {
			n++
		}
	}
	return n
}

// needWasThere: who was not in the meeting has no say about what was said in it.
func needWasThere(s State, sub subject) string {
	if p := s.person(sub.actor.UserID); p == nil || !p.Attended() {
		return "会議に出席した人だけが行えます。"
	}
	return ""
}

func needSuggestion(s State, _ subject) string {
	if s.openSuggestions() == 0 {
		return "返事を待っている修正の申し出はありません。"
	}
	return ""
}

func doSuggest(ctx context.Context, d *deed) error {
	in := suggestedData{Item: consent.ItemBasic}
	if err := d.read(&in); err != nil {
		return err
	}
	p := d.st.Proposed
	if in.Hash != p.Hash {
		return fault.New(fault.Conflict, "会議録が新しい版になりました。今の版を確かめてから申し出てください。").With("hash", p.Hash)
	}
	if err := first(required("where", "どの部分か", in.Where, 200), required("text", "直し方", in.Text, 1000), text.Memo("reason", "理由", in.Reason, 500)); err != nil {
		return err
	}
	can, err := sight(ctx, d.s.Gate.MinutesView, d.sub.actor, *d.st)
	if err != nil {
		return err
	}
	if !in.Item.Valid() || !can(in.PersonID, in.Item) {
		return fault.New(fault.Invalid, "だれの、どの項目のことかを、あなたの機関が見られるものから選んでください。").On("item")
	}
	in.Version = p.Version
	return d.emit(KindSuggested, in)
}

func doSuggestAnswer(_ context.Context, d *deed) error {
	var in suggestDoneData
	if err := d.read(&in); err != nil {
		return err
	}
	i := slices.IndexFunc(d.st.Suggestions, func(x Suggestion) bool { return x.ID == in.ID && x.DoneAt == nil })
	if i < 0 {
		return fault.New(fault.NotFound, "この申し出は見つからないか、すでに返事がされています。")
	}
	if err := text.Memo("reason", "理由", in.Reason, 500); err != nil {
		return err
	}
	if !in.Accept && text.Required("reason", "理由", in.Reason) != nil {
		return fault.New(fault.Invalid, "反映しない理由を書いてください。").On("reason")
	}
	return d.emit(KindSuggestDone, in)
}

// suggestions are shown with their words to whom the class is shown, and to who made them; to others that there is one.
func (s *State) suggestions(sub subject, can func(string, consent.Item) bool) []Suggestion {
	out := []Suggestion{}
	for _, x := range s.Suggestions {
		switch {
		case can(x.PersonID, x.Item):
		case x.ByID == sub.actor.UserID:
			x.Answer = "" // their own words are theirs; what the chair said to them is not
		default:
			x.Where, x.Text, x.Reason, x.Answer, x.PersonID, x.Item, x.Withheld = "", "", "", "", "", "", true
		}
		out = append(out, x)
	}
	return out
}

func (t teller) suggested(d suggestedData) string {
	if !t.can(d.PersonID, d.Item) {
		return "会議録（第" + itoa(d.Version) + "版 案）の修正を申し出た"
	}
	return "会議録（第" + itoa(d.Version) + "版 案）の修正を申し出た。部分: " + d.Where + "　直し方: " + d.Text + reasonTail(d.Reason)
}

func (t teller) suggestDone(d suggestDoneData) string {
	s := "会議録の修正の申し出を反映しないことにした"
	if d.Accept {
		s = "会議録の修正の申し出を反映することにした"
	}
	for _, x := range t.st.Suggestions {
		if x.ID != d.ID {
			continue
		}
		s = x.AgencyName + "の" + s
		if t.can(x.PersonID, x.Item) {
			s += reasonTail(d.Reason)
		}
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }

func reasonTail(reason string) string {
	if reason == "" {
		return ""
	}
	return "。理由: " + reason
}
