package meeting

import (
	"encoding/json"
	"strconv"
	"strings"

	"kasane/internal/consent"
	"kasane/internal/plans"
)

// during words the events of the hour itself.
var during = map[Kind]func(teller, json.RawMessage) string{
	KindTurns: word(func(_ teller, d turnsData) string {
		return "一巡を始めた（" + strconv.Itoa(len(d.Agencies)) + "機関、1機関" + strconv.Itoa(d.Minutes) + "分）"
	}),
	KindTurn: word(func(t teller, d turnData) string {
		if d.AgencyID == "" {
			return ""
		}
		return "一巡: " + t.agency(d.AgencyID) + "の番"
	}),
	KindTurnsEnd: word(func(t teller, d turnsEndData) string {
		s := "一巡を終えた。発言: " + t.agencies(d.Spoken)
		if len(d.Passed) > 0 {
			s += "。発言なし: " + t.agencies(d.Passed)
		}
		return s
	}),
	KindNote: word(func(t teller, d noteData) string {
		s := "保留に入れた"
		if d.Kind == NoteLocal {
			s = "地域課題のメモを書いた"
		}
		if t.can(d.Person, d.Item) {
			s += ": " + d.Text
		}
		return s
	}),
	KindNoteState:    word(func(t teller, d noteStateData) string { return t.noteState(d) }),
	KindComment:      word(func(t teller, d commentData) string { return t.comment(d) }),
	KindCommentState: word(func(t teller, d commentStateData) string { return t.commentState(d) }),
	KindConference:   say("会議システムのURLを記録した"),
	KindLeadOffered:  word(func(t teller, d plans.LeadOffer) string { return t.leadOffered(d) }),
	KindLeadAnswered: word(func(t teller, d leadAnsweredData) string { return t.leadAnswered(d) }),
	KindPrepFor:      word(func(t teller, d prepForData) string { return t.preparedFor(d) }),
	KindPrepared:     word(func(t teller, d preparedData) string { return t.prepared(d) }),
}

func (t teller) agencies(ids []string) string {
	if len(ids) == 0 {
		return "なし"
	}
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, t.agency(id))
	}
	return strings.Join(names, "、")
}

func (t teller) noteState(d noteStateData) string {
	what := map[string]string{"": "未了に戻した", "settled": "決着とした", "carried": "次回へ持ち越した", "dropped": "取り消した"}[d.State]
	var named []string
	noun, open := "保留", true
	for _, id := range d.IDs {
		n := t.st.note(id)
		if n == nil {
			return ""
		}
		if n.Kind == NoteLocal {
			noun = "地域課題のメモ"
		}
		open = open && t.can(n.Person, n.Item)
		if t.can(n.Person, n.Item) && d.State != "dropped" {
			named = append(named, "「"+n.Text+"」")
		}
	}
	s := noun + strings.Join(named, "") + "を" + what
	if !open { // the reason may tell what the point was
		return s
	}
	return s + t.because(d.Reason)
}

// keepNotes says which notes may be sealed; what is left out is noted like a row of a document.
func (m *material) keepNotes() {
	for _, n := range m.st.Notes {
		if n.Kind != NoteLocal || n.State == "dropped" || m.visible(n.Person, n.Item) {
			continue
		}
		m.leave(n.Person, n.Item, 1)
	}
}

// leave counts rows of a class that are left out.
func (m *material) leave(person string, item consent.Item, rows int) {
	for i := range m.left {
		if m.left[i].PersonID == person && m.left[i].Item == item {
			m.left[i].Rows += rows
			return
		}
	}
	m.left = append(m.left, leftOut{PersonID: person, Item: item, Rows: rows})
}

// localNotes are the memos this reader sees, and whether there are others.
func (m *material) localNotes() (seen []string, hidden bool) {
	for _, n := range m.st.Notes {
		switch {
		case n.Kind != NoteLocal || n.State == "dropped":
		case m.visible(n.Person, n.Item):
			seen = append(seen, n.Text)
		default:
			hidden = true
		}
	}
	return seen, hidden
}
