package meeting

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Tick (宿題の進み具合) is what the agency says of a task of the minutes between meetings. The newest counts; all stay in the log.
type Tick struct {
	DocID    string
	Row      string
	PersonID string
	Item     consent.Item
	Status   string // "" 未着手 | doing 実施中 | done 完了 | dropped 中止
	Note     string
	By       string
	At       time.Time
}

type tickedData struct {
	DocID    string       `json:"docId"`
	Row      string       `json:"row"`
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	AgencyID string       `json:"agencyId"`
	Status   string       `json:"status"`
	Note     string       `json:"note"`
}

var tickLabels = map[string]string{"": "未着手", "doing": "実施中", "done": "完了", "dropped": "中止"}

// HomeworkLine is a task with how far it is.
type HomeworkLine struct {
	MeetingID   string       `json:"meetingId"`
	MeetingNo   int          `json:"meetingNo"`
	DocID       string       `json:"docId"`
	Row         string       `json:"row"`
	PersonID    string       `json:"personId"`
	Item        consent.Item `json:"item"`
	AgencyID    string       `json:"agencyId"`
	AgencyName  string       `json:"agencyName"`
	Who         string       `json:"who"`
	Due         string       `json:"due"`
	Text        string       `json:"text"`
	Status      string       `json:"status"`
	StatusLabel string       `json:"statusLabel"`
	Note        string       `json:"note"`
	By          string       `json:"by"`
	At          *time.Time   `json:"at"`
	Late        bool         `json:"late"` // open after its term
	Mine        bool         `json:"mine"` // the actor may tick it
}

// CarriedItem is a 議題 or a 保留 that an earlier meeting put off; with its purpose and class it can be made a 議題 again.
type CarriedItem struct {
	MeetingID string       `json:"meetingId"`
	MeetingNo int          `json:"meetingNo"`
	Kind      string       `json:"kind"` // agenda | park
	Title     string       `json:"title"`
	Point     string       `json:"point"`
	Note      string       `json:"note"`
	Purpose   Purpose      `json:"purpose"`
	PersonID  string       `json:"personId"`
	Item      consent.Item `json:"item"`
	Withheld  bool         `json:"withheld"`
}

// Followup (前回からの引き継ぎ) is what meetings of the case that are over left to be done, as one reader may see it.
type Followup struct {
	Homework []HomeworkLine `json:"homework"` // late ones first, then by term
	Carried  []CarriedItem  `json:"carried"`
	Late     int            `json:"late"`
}

func foldTicked(s *State, e Event, d tickedData) {
	s.Ticks = slices.DeleteFunc(s.Ticks, func(t Tick) bool { return t.DocID == d.DocID && t.Row == d.Row })
	s.Ticks = append(s.Ticks, Tick{DocID: d.DocID, Row: d.Row, PersonID: d.PersonID, Item: d.Item, Status: d.Status, Note: d.Note, By: e.ActorName, At: e.At})
}

// doTick lets an agency say how far its own task is.
func doTick(ctx context.Context, d *deed) error {
	var in tickedData
	if err := d.read(&in); err != nil {
		return err
	}
	if _, ok := tickLabels[in.Status]; !ok {
		return fault.New(fault.Invalid, "進み具合を選んでください。").On("status")
	}
	if err := text.Memo("note", "メモ", in.Note, 500); err != nil {
		return err
	}
	if in.Status == "dropped" && text.Required("note", "理由", in.Note) != nil {
		return fault.New(fault.Invalid, "中止する理由を書いてください。").On("note")
	}
	min, err := d.s.readable(ctx, d.sub.actor, d.st.Meeting.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(min.Homework, func(h Homework) bool { return h.ID == in.Row && h.DocID == in.DocID })
	if i < 0 {
		return fault.New(fault.NotFound, "この宿題は見つかりません。画面を更新してください。").On("row")
	}
	h := min.Homework[i]
	if h.Agency != d.sub.actor.AgencyID {
		return fault.New(fault.Forbidden, "宿題の進み具合を記録できるのは、担当の機関です。")
	}
	in.PersonID, in.Item, in.AgencyID = h.PersonID, h.Item, h.Agency
	return d.emit(KindTicked, in)
}

// Followup reads what is left from the meetings of the case that are over: this one and those before it in the same legal form, as far as
// the actor had a part in them and the gate lets it read their minutes. What a 支援会議 heard does not come into a 重層的支援会議 this way.
func (s *Service) Followup(ctx context.Context, actor access.Actor, meetingID string) (Followup, error) {
	out := Followup{Homework: []HomeworkLine{}, Carried: []CarriedItem{}}
	st, sub, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return out, err
	}
	now := s.clock()
	entry := actor.Audit(now, access.VerbMeetingOpen, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID)
	if st.you(sub).MustConfirm {
		return out, s.Store.AppendAudit(ctx, entry)
	}
	f, err := s.Store.MeetingFacts(ctx, actor.Tenant, st.Meeting.CaseID)
	if err != nil {
		return out, err
	}
	listed, err := s.Store.ListMeetings(ctx, access.ScopeOf(actor), Query{CaseID: st.Meeting.CaseID, Limit: 200})
	if err != nil {
		return out, err
	}
	entries := []access.Entry{entry}
	for _, l := range listed {
		if l.Mode != st.Meeting.Mode || cmp.Or(l.PlannedStart.Compare(st.Meeting.PlannedStart), cmp.Compare(l.ID, meetingID)) > 0 {
			continue // another legal form, or a later meeting
		}
		found, err := s.left(ctx, actor, l.ID, f, now, &out)
		if err != nil {
			return out, err
		}
		if found && l.ID != meetingID {
			entries = append(entries, actor.Audit(now, access.VerbMeetingOpen, l.ID).InCase(st.Meeting.CaseID).InMeeting(l.ID))
		}
	}
	slices.SortStableFunc(out.Homework, func(a, b HomeworkLine) int {
		return cmp.Or(cmp.Compare(b2i(b.Late), b2i(a.Late)), cmp.Compare(cmp.Or(a.Due, "9"), cmp.Or(b.Due, "9")))
	})
	for _, h := range out.Homework {
		out.Late += b2i(h.Late)
	}
	return out, s.lately.Once(now, actor.Tenant+" "+actor.UserID+" "+actor.SessionID, "followup "+meetingID, func() error {
		return s.Store.AppendAudit(ctx, entries...)
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// left adds what one meeting left to be done; false when it is not over or not the actor's.
func (s *Service) left(ctx context.Context, actor access.Actor, id string, f Facts, now time.Time, out *Followup) (bool, error) {
	st, sub, err := s.load(ctx, actor, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil || st.Closed == nil {
		return false, err
	}
	can, err := sight(ctx, s.Gate.View, actor, st)
	if err != nil {
		return false, err
	}
	for _, a := range st.Agenda {
		if a.State != "carried" {
			continue
		}
		l := agendaLine(a, can(a.Person, a.Item))
		out.Carried = append(out.Carried, CarriedItem{MeetingID: id, MeetingNo: st.Meeting.No, Kind: "agenda", Title: l.Title, Point: l.Point, Note: l.Note, Purpose: a.Purpose,
			PersonID: a.Person, Item: a.Item, Withheld: l.Withheld})
	}
	for _, n := range st.Notes {
		if n.Kind != NotePark || n.State != "carried" {
			continue
		}
		c := CarriedItem{MeetingID: id, MeetingNo: st.Meeting.No, Kind: string(NotePark), Title: n.Text, Note: n.Reason, Purpose: PurposeShare, PersonID: n.Person, Item: n.Item}
		if !can(n.Person, n.Item) {
			c.Title, c.Note, c.Withheld = "同意範囲外", "", true
		}
		out.Carried = append(out.Carried, c)
	}
	min, err := s.readable(ctx, actor, id)
	if err != nil {
		return false, err
	}
	for _, h := range min.Homework {
		line := HomeworkLine{MeetingID: id, MeetingNo: st.Meeting.No, DocID: h.DocID, Row: h.ID, PersonID: h.PersonID, Item: h.Item, AgencyID: h.Agency,
			AgencyName: f.agency(h.Agency).Name, Who: h.Who, Due: h.Due, Text: h.Text, StatusLabel: tickLabels[""]}
		line.Mine = sub.is(whoSeat) && h.Agency == actor.AgencyID
		for _, t := range st.Ticks {
			if t.DocID == h.DocID && t.Row == h.ID {
				at := t.At
				line.Status, line.StatusLabel, line.Note, line.By, line.At = t.Status, tickLabels[t.Status], t.Note, t.By, &at
			}
		}
		line.Late = h.Due != "" && h.Due < day(now) && line.Status != "done" && line.Status != "dropped"
		out.Homework = append(out.Homework, line)
	}
	return true, nil
}

func (t teller) ticked(d tickedData) string {
	s := t.agency(d.AgencyID) + "が宿題を「" + tickLabels[d.Status] + "」にした"
	if d.Note != "" && t.can(d.PersonID, d.Item) {
		s += "。" + d.Note
	}
	return s
}
