package meeting

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/papers"
	"kasane/internal/plans"
)

// Reopening (確定した会議録の訂正) is why there is another version of sealed minutes. The version before stays as it was sealed; this one is written in
// the documents of the minutes, confirmed by the agencies that attended and made final by the chair, as the first one was. What was agreed is not touched.
type Reopening struct {
	Version  int // the version that comes of it
	By       papers.Person
	At       time.Time
	Reason   string
	Sum      string // of everything the rows of the minutes said when it began
	Proposed bool   // shown to the agencies: from then on it ends by 確定 only
	Attended bool   // the attendance was corrected
	Changed  []changedRow
	before   *FinalState
}

// changedRow is a row of the minutes that a 訂正 changed: where it stands, not what it says.
type changedRow struct {
	PersonID string       `json:"personId"`
	Item     consent.Item `json:"item"`
	Kind     string       `json:"kind"` // point, speech, decision, homework, local
	Row      string       `json:"row"`
	How      string       `json:"how"` // changed, added, removed
}

type correctData struct {
	Reason string `json:"reason"`
	Sum    string `json:"sum"`
}

// correcting is the 訂正 under way, nil when there is none.
func (s *State) correcting() *Reopening {
	if n := len(s.Corrections); n > 0 && s.Final == nil {
		return &s.Corrections[n-1]
	}
	return nil
}

func foldCorrect(s *State, e Event, d correctData) {
	s.Corrections = append(slices.Clip(s.Corrections), Reopening{Version: s.Editions + 1, At: e.At, Reason: d.Reason, Sum: d.Sum, before: s.Final,
		By: papers.Person{Agency: e.AgencyName, Post: e.ActorPost, Name: e.ActorName}})
	s.Meeting.Status = StatusClosed
	s.Amending, s.Proposed, s.Final = true, nil, nil
}

func foldCorrectUndone(s *State, _ Event, _ reasonData) {
	if c := s.correcting(); c != nil {
		s.Final = c.before
		s.Corrections = s.Corrections[:len(s.Corrections)-1]
		s.Meeting.Status, s.Amending = StatusSealed, false
	}
}

// corrected notes what belongs to a 訂正 under way.
func (s *State) corrected(note func(*Reopening)) {
	if c := s.correcting(); c != nil {
		note(c)
	}
}

func needCorrecting(s State, _ subject) string {
	switch c := s.correcting(); {
	case c == nil:
		return "確定した会議録の訂正は、始まっていません。"
	case c.Proposed:
		return "出席した機関に訂正の案を示したあとは、取りやめられません。元の文面に直したうえで、確定してください。"
	}
	return ""
}

// doCorrect opens sealed minutes again. The documents go on; the record, its file and what copies are made of stay as they were sealed.
func doCorrect(ctx context.Context, d *deed) error {
	var in correctData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := required("reason", "訂正の理由", in.Reason, 300); err != nil {
		return err
	}
	m := d.st.Meeting
	// A version that was disposed of has no text to correct.
	if _, err := d.s.Store.MinutesVersion(ctx, m.Tenant, m.ID, d.st.Final.Version); err != nil {
		return err
	}
	var err error
	if in.Sum, err = d.s.minutesSum(ctx, m); err != nil {
		return err
	}
	if d.change.Thaw, err = d.minutesDocs(ctx); err != nil {
		return err
	}
	d.audit = access.VerbArchiveCorrect
	return d.emit(KindCorrect, in)
}

// doCorrectUndo ends a 訂正 of which nothing came.
func doCorrectUndo(ctx context.Context, d *deed) error {
	var in reasonData
	if err := d.read(&in); err != nil {
		return err
	}
	if err := required("reason", "取りやめる理由", in.Reason, 300); err != nil {
		return err
	}
	same, heads, err := d.uncorrected(ctx)
	if err != nil {
		return err
	}
	if !same {
		return fault.New(fault.Conflict, "直した箇所があります。元の文面に戻すと取りやめられます。直したままにするときは、会議録の確認を求めて確定してください。")
	}
	d.change.FreezeAt = heads
	for id := range heads {
		d.change.Freeze = append(d.change.Freeze, id)
	}
	slices.Sort(d.change.Freeze)
	d.audit = access.VerbArchiveCorrect
	return d.emit(KindCorrectUndone, in)
}

// uncorrected tells whether the minutes still say what was sealed, with the heads that was read at.
func (d *deed) uncorrected(ctx context.Context) (bool, map[string]int64, error) {
	m, c := d.st.Meeting, d.st.correcting()
	parts, _, err := d.s.minutesParts(ctx, m.Tenant, m.ID)
	if err != nil {
		return false, nil, err
	}
	return rowsSum(parts) == c.Sum && !c.Attended, headsOf(parts), nil
}

// minutesSum is the hash of everything the documents of the minutes say.
func (s *Service) minutesSum(ctx context.Context, m Meeting) (string, error) {
	parts, _, err := s.minutesParts(ctx, m.Tenant, m.ID)
	if err != nil {
		return "", err
	}
	return rowsSum(parts), nil
}

// changedRows finds what a 訂正 changed against the version before, for the 訂正履歴. Of a version that was sealed before its parts were kept nothing is known.
func (s *Service) changedRows(ctx context.Context, m Meeting, c Reopening, parts []plans.Part) ([]changedRow, error) {
	raw, err := s.Store.SealedParts(ctx, m.Tenant, m.ID, c.Version-1)
	if err != nil || len(raw) == 0 {
		return nil, err
	}
	_, before, err := plans.StoredParts(raw, nil)
	if err != nil {
		return nil, err
	}
	return diffRows(rowsSaid(before), rowsSaid(parts)), nil
}

// rowFields are the fields of each kind of row that are read.
var rowFields = []struct {
	kind, label string
	fields      []string
}{
	{"point", "検討した項目", []string{"agenda", "title", "content", "conclusion", "remaining"}},
	{"speech", "各機関の発言要旨", []string{"agency", "text"}},
	{"decision", "決定事項", []string{"text"}},
	{"homework", "宿題", []string{"agency", "who", "due", "text"}},
	{"local", "地域課題・社会資源", []string{"text"}},
}

// rowsSum is a hash over all rows as they read, in whatever order they were written.
func rowsSum(parts []plans.Part) string {
	all := []string{}
	for r, said := range rowsSaid(parts) {
		all = append(all, strings.Join([]string{r.PersonID, string(r.Item), r.Kind, r.Row, said}, "\x00"))
	}
	slices.Sort(all)
	return sum([]byte(strings.Join(all, "\x01")))
}

// rowsSaid are the rows of documents with all they say, and their order.
func rowsSaid(parts []plans.Part) map[changedRow]string {
	out := map[changedRow]string{}
	for _, p := range parts {
		for _, k := range rowFields {
			for _, l := range p.Rows(k.kind) {
				said := []string{l.Ord}
				for _, f := range k.fields {
					at := k.kind + "/" + l.ID + "/" + f
					said = append(said, p.String(at), p.Text(at))
				}
				out[changedRow{PersonID: p.PersonID, Item: p.Item, Kind: k.kind, Row: l.ID}] = strings.Join(said, "\x00")
			}
		}
	}
	return out
}

func diffRows(before, now map[changedRow]string) []changedRow {
	var out []changedRow
	for r, said := range now {
		if old, ok := before[r]; !ok {
			r.How = "added"
		} else if old != said {
			r.How = "changed"
		} else {
			continue
		}
		out = append(out, r)
	}
	for r := range before {
		if _, ok := now[r]; !ok {
			r.How = "removed"
			out = append(out, r)
		}
	}
	kind := func(r changedRow) int {
		for i, k := range rowFields {
			if k.kind == r.Kind {
				return i
			}
		}
		return len(rowFields)
	}
	slices.SortFunc(out, func(a, b changedRow) int {
		return cmp.Or(kind(a)-kind(b), strings.Compare(a.Row, b.Row), strings.Compare(a.PersonID, b.PersonID), strings.Compare(string(a.Item), string(b.Item)))
	})
	return out
}

// history is the 訂正履歴 as this paper may tell it.
func (m *material) history() []papers.Correction {
	var out []papers.Correction
	for _, c := range m.st.Corrections {
		out = append(out, papers.Correction{Version: c.Version, At: c.At, By: c.By, Reason: m.said(c.Reason), Places: m.places(c)})
	}
	return out
}

// places says where a 訂正 changed something, by the numbers of this paper. Of what its reader may not see nothing is said.
func (m *material) places(c Reopening) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if c.Attended {
		add("出席者")
	}
	for _, r := range c.Changed {
		if m.visible(r.PersonID, r.Item) {
			add(m.placeOf(r))
		}
	}
	return out
}

func (m *material) placeOf(r changedRow) string {
	at, here := -1, func(p plans.Place, id string) bool {
		return id == r.Row && p.PersonID == r.PersonID && p.Item == r.Item
	}
	out := ""
	switch r.Kind {
	case "point":
		at = slices.IndexFunc(m.minutes.Points, func(x Point) bool { return here(x.Place, x.ID) })
	case "decision":
		at = slices.IndexFunc(m.minutes.Decisions, func(x Line) bool { return here(x.Place, x.ID) })
	case "homework":
		at = slices.IndexFunc(m.minutes.Homework, func(x Homework) bool { return here(x.Place, x.ID) })
	case "speech":
		if i := slices.IndexFunc(m.minutes.Speeches, func(x Speech) bool { return here(x.Place, x.ID) }); i >= 0 {
			out = "（" + m.agencyName(m.minutes.Speeches[i].Agency) + "）"
		}
	}
	if at >= 0 {
		out = "№" + strconv.Itoa(at+1)
	}
	for _, k := range rowFields {
		if k.kind == r.Kind {
			out = k.label + out
		}
	}
	switch r.How {
	case "added":
		return out + "（追加）"
	case "removed":
		return out + "（削除）"
	}
	return out
}

// statusLabel is the status in words; a 訂正 goes through those of the first 確定 again and is called what it is.
func (s *State) statusLabel() string {
	switch {
	case s.correcting() == nil:
	case s.Meeting.Status == StatusClosed:
		return "確定した会議録の訂正中"
	case s.Meeting.Status == StatusConfirming:
		return "訂正した会議録の確認"
	}
	return s.Meeting.Status.Label()
}

// CorrectionLine is the 訂正 under way, for the room.
type CorrectionLine struct {
	Version int       `json:"version"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Reason  string    `json:"reason"`
}

func (s *State) correctionLine(noText bool) *CorrectionLine {
	c := s.correcting()
	if c == nil {
		return nil
	}
	l := &CorrectionLine{Version: c.Version, By: c.By.Name, At: c.At, Reason: c.Reason}
	if noText {
		l.Reason = ""
	}
	return l
}

// Correct begins the 訂正 of a sealed 会議録 from the records desk, which has no part in the meeting: it says why, and those who ran the meeting write the
// correction.
func (s *Service) Correct(ctx context.Context, actor access.Actor, recordID, reason string) error {
	if err := access.Require(actor, access.ActArchiveKeep); err != nil {
		return err
	}
	var last error
	for range attempts {
		rec, err := s.Store.ArchiveRecord(ctx, access.ScopeOf(actor), recordID)
		if err != nil {
			return err
		}
		if err := correctable(rec); err != nil {
			return err
		}
		st, err := s.whole(ctx, rec.Tenant, rec.MeetingID)
		if err != nil {
			return err
		}
		switch {
		case st.Meeting.Status != StatusSealed:
			return fault.New(fault.Conflict, "この会議録は、すでに訂正の途中です。議長・記録者・事務局が直しています。")
		case st.Editions != rec.Version:
			return fault.Newf(fault.Conflict, "この版は第%d版で訂正されています。訂正は、新しい版から始めてください。", st.Editions)
		}
		d := s.deed(&st, subject{actor: actor})
		d.act = ActCorrect
		d.given(correctData{Reason: reason})
		if err := doCorrect(ctx, d); err != nil {
			return err
		}
		if last = d.commit(ctx); !fault.Is(last, fault.Conflict) {
			return last
		}
	}
	return last
}

// correctable tells whether a record is one that a 訂正 can begin with.
func correctable(rec archive.Record) error {
	switch {
	case rec.Disposed != "":
		return fault.Newf(fault.Gone, "文書 %s は保存期間が満了し、決裁を経て廃棄されました。訂正はできません。", rec.Number)
	case rec.Kind == archive.KindPlan, rec.Kind == archive.KindMatrix:
		return fault.New(fault.Conflict, "支援プランと役割分担表は、合意した文面のまま残します。直すときは再プランを作り、次の会議で新しい版への合意を求めてください。")
	case rec.Kind != archive.KindMinutes:
		return fault.New(fault.Conflict, "この種類の文書は、訂正できません。")
	}
	return nil
}
