package meeting

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

func needTurns(s State, _ subject) string {
	if s.Turns == nil || s.Turns.EndedAt != nil {
		return "一巡はまだ始まっていません。「一巡を始める」を選んでください。"
	}
	return ""
}

func needNoTurns(s State, sub subject) string {
	if needTurns(s, sub) == "" {
		return "一巡の途中です。終えてから、もう一度始めてください。"
	}
	return ""
}

func needNoting(s State, sub subject) string {
	if s.you(sub).MustConfirm {
		return "先に守秘義務を確認してください。"
	}
	return ""
}

// doTurns begins the round: every agency that is there, in the order of the seats, unless the chair names another order.
func doTurns(_ context.Context, d *deed) error {
	in := turnsData{Minutes: turnMinutes}
	if err := d.read(&in); err != nil {
		return err
	}
	if in.Minutes < 1 || in.Minutes > 30 {
		return fault.New(fault.Invalid, "1機関の持ち時間は1分から30分で入れてください。").On("minutes")
	}
	if len(in.Agencies) == 0 {
		in.Agencies = d.st.asked()
	}
	seen := map[string]bool{}
	for _, id := range in.Agencies {
		if d.st.seat(id) == nil || seen[id] {
			return fault.New(fault.Invalid, "一巡する機関を、席のある機関から1回ずつ選んでください。").On("agencies")
		}
		seen[id] = true
	}
	if len(in.Agencies) == 0 {
		return fault.New(fault.Conflict, "出席している機関がありません。出席を記録してから一巡を始めてください。")
	}
	return d.emit(KindTurns, in)
}

// doTurn passes the turn on. from names who the chair saw speaking: two presses at once do not skip an agency.
func doTurn(_ context.Context, d *deed) error {
	var in struct {
		From string `json:"from"`
		To   string `json:"to"`
		Skip bool   `json:"skip"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	t := d.st.Turns
	now := t.speaking()
	if in.From != now {
		return fault.New(fault.Conflict, "すでに次の機関の番になっています。画面を確かめてください。")
	}
	to := in.To
	switch {
	case to == "":
		to = t.next(now)
	case d.st.seat(to) == nil:
		return fault.New(fault.NotFound, "この機関の席はありません。")
	case to == now:
		return nil
	}
	if err := d.emit(KindTurn, turnData{AgencyID: to, Skipped: in.Skip}); err != nil || to != "" {
		return err
	}
	return d.endTurns(now, in.Skip)
}

func doTurnsEnd(_ context.Context, d *deed) error { return d.endTurns(d.st.Turns.speaking(), false) }

// endTurns ends the round; the event names who spoke, for the minutes.
func (d *deed) endTurns(last string, skipped bool) error {
	end := turnsEndData{Spoken: []string{}, Passed: []string{}}
	for _, x := range d.st.Turns.Order {
		if x.State == turnDone || x.AgencyID == last && !skipped {
			end.Spoken = append(end.Spoken, x.AgencyID)
		} else {
			end.Passed = append(end.Passed, x.AgencyID)
		}
	}
	return d.emit(KindTurnsEnd, end)
}

// doNote keeps a short text. Whoever writes one of a class must be allowed to read that class.
func doNote(ctx context.Context, d *deed) error {
	var in noteData
	if err := d.read(&in); err != nil {
		return err
	}
	in.ID, in.Text = access.NewID(d.now), strings.TrimSpace(in.Text)
	if in.Item == "" {
		in.Item = consent.ItemBasic
	}
	f, err := d.know(ctx)
	if err != nil {
		return err
	}
	switch {
	case in.Kind != NotePark && in.Kind != NoteLocal:
		return fault.New(fault.Invalid, "保留か地域課題かを選んでください。").On("kind")
	case !in.Item.Valid() || in.Person != "" && f.person(in.Person) == nil:
		return fault.New(fault.Invalid, "対象者と情報の区分を選び直してください。").On("item")
	}
	if err := required("text", "内容", in.Text, 200); err != nil {
		return err
	}
	in.Shared = in.Shared && in.Kind == NoteLocal
	if why := f.personal(in.Text); in.Shared && why != "" {
		return fault.New(fault.Invalid, why+"地域の課題として一覧に載せる文は、個人が分からないように書き直してください。").On("text")
	}
	can, err := sight(ctx, d.s.Gate.View, d.sub.actor, *d.st)
	if err != nil {
		return err
	}
	if !can(in.Person, in.Item) {
		return fault.New(fault.Forbidden, "この区分の情報は、同意の範囲により書き込めません。別の区分を選んでください。")
	}
	return d.emit(KindNote, in)
}

// personal says why a text must not leave the case: it names somebody of the household, or holds a long number. It finds what a
// program can find; the person who writes is warned all the same.
func (f Facts) personal(s string) string {
	flat := squeeze(s)
	for _, p := range f.Persons {
		parts := append(strings.Fields(p.Name), squeeze(p.Name), squeeze(p.Kana))
		for _, part := range parts {
			if len([]rune(part)) > 1 && strings.Contains(flat, part) {
				return "世帯の人の氏名が含まれています。"
			}
		}
	}
	digits := 0
	for _, r := range flat {
		switch {
		case unicode.IsDigit(r):
			if digits++; digits >= 6 {
				return "電話番号などの番号が含まれています。"
			}
		case r != '-' && r != '－' && r != 'ー':
			digits = 0
		}
	}
	return ""
}

// squeeze leaves out every space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// doNoteState settles a parked point, carries it over, or takes a memo back. Without id all open parked points are meant.
func doNoteState(_ context.Context, d *deed) error {
	var in struct {
		ID     string `json:"id"`
		State  string `json:"state"`
		Reason string `json:"reason"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	out := noteStateData{State: in.State, Reason: strings.TrimSpace(in.Reason)}
	kind := NotePark
	if in.ID == "" {
		for _, n := range d.st.parked() {
			out.IDs = append(out.IDs, n.ID)
		}
		if len(out.IDs) == 0 {
			return fault.New(fault.Conflict, "保留はありません。")
		}
	} else {
		n := d.st.note(in.ID)
		if n == nil {
			return fault.New(fault.NotFound, "この保留は見つかりません。画面を更新してください。")
		}
		kind, out.IDs = n.Kind, []string{n.ID}
	}
	allowed := map[NoteKind][]string{NotePark: {"", "settled", "carried"}, NoteLocal: {"", "dropped"}}
	if !slices.Contains(allowed[kind], in.State) {
		return fault.New(fault.Invalid, "保留は「決着」か「次回へ」、地域課題のメモは「取り消す」を選んでください。").On("state")
	}
	if in.State == "carried" {
		if err := text.Required("reason", "次回へ送る理由", out.Reason); err != nil {
			return err
		}
	}
	if err := text.Memo("reason", "理由", out.Reason, 200); err != nil {
		return err
	}
	return d.emit(KindNoteState, out)
}

// Tabs are the parts of the room the chair can show.
var shownTabs = []string{"course", "plan", "matrix", "minutes", "people", "house", "log", "prep"}

func doShow(_ context.Context, d *deed) error {
	var in shownData
	if err := d.read(&in); err != nil {
		return err
	}
	if !slices.Contains(shownTabs, in.Tab) {
		return fault.New(fault.Invalid, "映す画面を選び直してください。").On("tab")
	}
	if in.Tab == d.st.Shown {
		return nil
	}
	return d.emit(KindShown, in)
}

// doConference keeps the address of the municipality's own audio or video conference. Kasane only opens it: nothing is recorded.
func doConference(_ context.Context, d *deed) error {
	var in conferenceData
	if err := d.read(&in); err != nil {
		return err
	}
	in.URL = strings.TrimSpace(in.URL)
	if in.URL != "" {
		if err := text.Line("url", "会議システムのURL", in.URL, 500); err != nil {
			return err
		}
		u, err := url.Parse(in.URL)
		if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return fault.New(fault.Invalid, "会議システムのURLは https:// で始まる、利用者名を含まないものを入れてください。").On("url")
		}
	}
	return d.emit(KindConference, in)
}
