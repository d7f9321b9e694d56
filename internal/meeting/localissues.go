package meeting

import (
	"context"
	"slices"
	"strconv"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// LocalIssues keep what became of the 地域課題メモ that stand in the municipality's list.
type LocalIssues interface {
	// NotedMeetings returns the ids of the meetings the scope sees (the rule of MeetingByID) in which a 地域課題 was put into the list, newest planned
	// start first, at most 200.
	NotedMeetings(ctx context.Context, s access.Scope) ([]string, error)
	// IssueMarks returns what became of the memos, by id of the note.
	IssueMarks(ctx context.Context, tenant string) (map[string]IssueMark, error)
	// MarkIssue writes a mark over the one there. NotFound when there is no such meeting.
	MarkIssue(ctx context.Context, tenant string, m IssueMark, e access.Entry) error
}

// IssueMark (地域課題の整理) is the theme of a memo and what became of it.
type IssueMark struct {
	NoteID    string
	MeetingID string
	Theme     IssueTheme
	State     IssueState
	At        time.Time
	By        string
}

// IssueTheme (分野) is what a 地域課題 is about.
type IssueTheme string

// IssueState (状況) is what became of a 地域課題.
type IssueState string

// IssueOpen is where each begins: 未着手.
const IssueOpen IssueState = "open"

// issueThemes and issueStates are the words of the list, in its order.
var (
	issueThemes = []Choice{{"housing", "住まい"}, {"transport", "移動・交通"}, {"work", "就労・日中の場"}, {"belonging", "居場所・見守り"}, {"care", "医療・介護・障害福祉"},
		{"child", "子ども・教育"}, {"money", "お金・権利擁護"}, {"people", "担い手・連携"}, {"other", "その他"}}
	issueStates = []Choice{{string(IssueOpen), "未着手"}, {"looking", "検討中"}, {"resource", "新しい資源へ"}, {"done", "資源ができた"}, {"elsewhere", "ほかの会議体へ"}, {"closed", "見送り"}}
)

func known(list []Choice, value string) bool {
	return slices.ContainsFunc(list, func(c Choice) bool { return c.Code == value })
}

// LocalIssue (地域課題) is a shared memo as the list has it. It names no case; the meeting is one the reader may open.
type LocalIssue struct {
	ID        string     `json:"id"`
	MeetingID string     `json:"meetingId"`
	Meeting   string     `json:"meeting"` // 「第2回 重層的支援会議」
	Day       string     `json:"day"`     // ISO
	Text      string     `json:"text"`
	Theme     IssueTheme `json:"theme"` // "" = not sorted yet
	State     IssueState `json:"state"`
}

// LocalIssueList is the list with its words, and how many there are of each theme.
type LocalIssueList struct {
	Issues  []LocalIssue   `json:"issues"`
	Counts  map[string]int `json:"counts"` // by theme
	Themes  []Choice       `json:"themes"`
	States  []Choice       `json:"states"`
	MaySort bool           `json:"maySort"`
}

// LocalIssues lists the 地域課題メモ that were put into the municipality's list, as far as the gate shows the reader
// each one's class outside of meetings.
func (s *Service) LocalIssues(ctx context.Context, actor access.Actor) (LocalIssueList, error) {
	if actor.Guest() {
		return LocalIssueList{}, fault.New(fault.Forbidden, "地域課題の一覧は、職員だけが見られます。")
	}
	list, err := s.Store.NotedMeetings(ctx, access.ScopeOf(actor))
	if err != nil {
		return LocalIssueList{}, err
	}
	marks, err := s.Store.IssueMarks(ctx, actor.Tenant)
	if err != nil {
		return LocalIssueList{}, err
	}
	out := LocalIssueList{Issues: []LocalIssue{}, Counts: map[string]int{}, Themes: issueThemes, States: issueStates, MaySort: actor.Holder()}
	for _, id := range list {
		st, notes, err := s.sharedNotes(ctx, actor, id)
		if err != nil {
			return LocalIssueList{}, err
		}
		for _, n := range notes {
			i := LocalIssue{ID: n.ID, MeetingID: id, Meeting: st.typeName() + "　第" + strconv.Itoa(st.Meeting.No) + "回", Day: day(n.At), Text: n.Text, State: IssueOpen}
			if mark, ok := marks[n.ID]; ok {
				i.Theme, i.State = mark.Theme, mark.State
			}
			out.Counts[string(i.Theme)]++
			out.Issues = append(out.Issues, i)
		}
	}
	return out, s.Store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbLocalIssues, ""))
}

// sharedNotes are the memos of one meeting that stand in the list and that the actor may read there: after 守秘義務確認 only, as in the room. None of a
// meeting in which the actor has no part.
func (s *Service) sharedNotes(ctx context.Context, actor access.Actor, meetingID string) (State, []Note, error) {
	st, sub, err := s.load(ctx, actor, meetingID)
	if fault.Is(err, fault.NotFound) || err == nil && st.you(sub).MustConfirm {
		return st, nil, nil
	}
	if err != nil {
		return st, nil, err
	}
	outside := st // the list is no meeting: where the law stands in for consent in one, it does not here
	outside.Meeting.ID = ""
	can, err := sight(ctx, s.Gate.View, actor, outside)
	return st, slices.DeleteFunc(slices.Clone(st.Notes), func(n Note) bool {
		return n.Kind != NoteLocal || !n.Shared || n.State == "dropped" || can == nil || !can(n.Person, n.Item)
	}), err
}

// LocalIssueText is one 地域課題 of the list, for whoever the list shows it to; NotFound for everybody else.
func (s *Service) LocalIssueText(ctx context.Context, actor access.Actor, meetingID, noteID string) (string, error) {
	gone := fault.New(fault.NotFound, "この地域課題は一覧にありません。一覧を読み込み直してください。")
	if actor.Guest() || meetingID == "" {
		return "", gone
	}
	_, notes, err := s.sharedNotes(ctx, actor, meetingID)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(notes, func(n Note) bool { return n.ID == noteID })
	if i < 0 {
		return "", gone
	}
	return notes[i].Text, nil
}

// IssueMarkInput says what a 地域課題 is about and what became of it.
type IssueMarkInput struct {
	Theme IssueTheme `json:"theme"`
	State IssueState `json:"state"`
}

// MarkIssue sorts a 地域課題 of the list. Holders only, of what they may read.
func (s *Service) MarkIssue(ctx context.Context, actor access.Actor, meetingID, noteID string, in IssueMarkInput) error {
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return err
	}
	switch {
	case !sub.is(whoHolder):
		return fault.New(fault.Forbidden, "地域課題を整理できるのは、多機関協働担当と市所管課です。")
	case in.Theme != "" && !known(issueThemes, string(in.Theme)):
		return fault.New(fault.Invalid, "分野を選び直してください。").On("theme")
	case !known(issueStates, string(in.State)):
		return fault.New(fault.Invalid, "状況を選び直してください。").On("state")
	}
	_, notes, err := s.sharedNotes(ctx, actor, meetingID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(notes, func(n Note) bool { return n.ID == noteID }) {
		return fault.New(fault.NotFound, "この地域課題は一覧にありません。画面を更新してください。")
	}
	now := s.clock()
	return s.Store.MarkIssue(ctx, actor.Tenant, IssueMark{NoteID: noteID, MeetingID: meetingID, Theme: in.Theme, State: in.State, At: now, By: actor.UserID},
		actor.Audit(now, access.VerbLocalIssueMark, noteID).InCase(st.Meeting.CaseID).InMeeting(meetingID))
}
