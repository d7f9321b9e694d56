package meeting

import (
	"context"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Comment (コメント) is a remark at a place of the plan: a cell, a goal, a paragraph. Whoever takes part may make one, observers too (助言者), who
// change nothing else. The desk makes an open point of it (論点にする) or says that it is dealt with.
type Comment struct {
	ID         string     `json:"id"`
	Spot       Spot       `json:"spot"`
	Text       string     `json:"text"`
	State      string     `json:"state"` // "" open | "point" 論点にした | "settled" 対応済み | "withdrawn" 取り消し
	Reason     string     `json:"reason"`
	By         string     `json:"by"`
	ByID       string     `json:"-"`
	Mine       bool       `json:"mine"`
	AgencyID   string     `json:"agencyId"`
	AgencyName string     `json:"agencyName"`
	At         time.Time  `json:"at"`
	DoneAt     *time.Time `json:"doneAt,omitempty"`
	DoneBy     string     `json:"doneBy,omitempty"`
	Withheld   bool       `json:"withheld"`
}

type commentData struct {
	Spot Spot   `json:"spot"`
	Text string `json:"text"`
}

type commentStateData struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Reason string `json:"reason"`
	Note   string `json:"note,omitempty"` // the open point that was made of it
}

var commentStates = map[string]string{"": "未対応に戻した", "point": "論点にした", "settled": "対応済みとした", "withdrawn": "取り消した"}

func foldComment(s *State, e Event, d commentData) {
	s.Comments = append(s.Comments, Comment{ID: eventID("c", e), Spot: d.Spot, Text: d.Text, By: e.ActorName, ByID: e.ActorID, AgencyID: e.AgencyID,
		AgencyName: e.AgencyName, At: e.At})
}

func foldCommentState(s *State, e Event, d commentStateData) {
	c := s.comment(d.ID)
	if c == nil {
		return
	}
	at := e.At
	c.State, c.Reason, c.DoneAt, c.DoneBy = d.State, d.Reason, &at, e.ActorName
	if d.State == "" {
		c.DoneAt, c.DoneBy = nil, ""
	}
}

func (s *State) comment(id string) *Comment {
	for i := range s.Comments {
		if s.Comments[i].ID == id {
			return &s.Comments[i]
		}
	}
	return nil
}

// needCommenting says why nothing can be remarked on: there is no plan, or the one who asks has not confirmed secrecy.
func needCommenting(s State, sub subject) string {
	if s.Meeting.PlanID == "" {
		return "この会議にはプランがありません。"
	}
	return needNoting(s, sub)
}

// doComment keeps a remark. Who cannot read the place finds none there to remark on.
func doComment(ctx context.Context, d *deed) error {
	var in commentData
	if err := d.read(&in); err != nil {
		return err
	}
	in.Text = strings.TrimSpace(in.Text)
	if err := required("text", "コメント", in.Text, 200); err != nil {
		return err
	}
	if err := in.Spot.find(ctx, d); err != nil {
		return err
	}
	return d.emit(KindComment, in)
}

// doCommentState is the desk's word on a remark; who made it may take it back.
func doCommentState(_ context.Context, d *deed) error {
	var in commentStateData
	if err := d.read(&in); err != nil {
		return err
	}
	c := d.st.comment(in.ID)
	if c == nil {
		return fault.New(fault.NotFound, "このコメントは見つかりません。画面を更新してください。")
	}
	own := c.ByID == d.sub.actor.UserID
	switch _, known := commentStates[in.State]; {
	case !known || in.State == c.State:
		return fault.New(fault.Invalid, "コメントの扱いを選び直してください。").On("state")
	case in.State == "withdrawn" && !own:
		return fault.New(fault.Forbidden, "コメントを取り消せるのは、書いた人です。")
	case in.State != "withdrawn" && !d.sub.is(whoDesk):
		return fault.New(fault.Forbidden, "コメントの扱いを決めるのは、議長・記録者・事務局です。")
	case c.State == "point" || c.State == "withdrawn":
		return fault.New(fault.Conflict, "このコメントは"+map[string]string{"point": "論点になっています。", "withdrawn": "取り消されています。"}[c.State])
	}
	in.Reason, in.Note = strings.TrimSpace(in.Reason), ""
	if err := text.Memo("reason", "対応の内容", in.Reason, 200); err != nil {
		return err
	}
	if in.State != "point" {
		return d.emit(KindCommentState, in)
	}
	in.Note = access.NewID(d.now)
	if err := d.emit(KindCommentState, in); err != nil {
		return err
	}
	return d.emit(KindNote, noteData{ID: in.Note, Kind: NotePark, Text: c.Text, Item: c.Spot.Item, Person: c.Spot.PersonID})
}

// comments are shown with their words to whom the place is shown; to others that there is one.
func (s *State) comments(sub subject, can func(string, consent.Item) bool) []Comment {
	out := []Comment{}
	for _, c := range s.Comments {
		if c.Mine = c.ByID == sub.actor.UserID; !c.Spot.seen(can) {
			c = Comment{ID: c.ID, State: c.State, At: c.At, AgencyID: c.AgencyID, AgencyName: c.AgencyName, By: c.By, Mine: c.Mine, Withheld: true}
		}
		out = append(out, c)
	}
	return out
}

func (t teller) comment(d commentData) string {
	if !d.Spot.seen(t.can) {
		return "プランにコメントした"
	}
	return "プランにコメントした: " + d.Text
}

func (t teller) commentState(d commentStateData) string {
	c := t.st.comment(d.ID)
	if c == nil {
		return ""
	}
	s := "コメントを" + commentStates[d.State]
	if !c.Spot.seen(t.can) {
		return s
	}
	if d.State == "withdrawn" {
		return s
	}
	return "コメント「" + c.Text + "」を" + commentStates[d.State] + reasonTail(d.Reason)
}
