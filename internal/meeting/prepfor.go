package meeting

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// 準備シートの代行入力: an agency that cannot write on the screen tells its sheet by telephone, on paper or in talk, and who holds the record enters it.
// The sheet says so wherever it is shown, until the agency has looked at it.

// PrepFor is the sheet of an agency that somebody else enters.
type PrepFor struct {
	AgencyID  string     `json:"-"`
	Way       string     `json:"way"` // phone | fax | talk
	WayLabel  string     `json:"wayLabel"`
	Teller    string     `json:"teller"` // who of the agency told it
	By        string     `json:"by"`     // who entered it
	At        time.Time  `json:"at"`
	CheckedAt *time.Time `json:"checkedAt,omitempty"` // the agency has looked at it
	CheckedBy string     `json:"checkedBy,omitempty"`
}

type prepForData struct {
	AgencyID string `json:"agencyId"`
	Step     string `json:"step"` // begin | submit | undo | check
	Way      string `json:"way"`
	Teller   string `json:"teller"`
}

var prepWays = map[string]string{"phone": "電話", "fax": "FAX・郵送", "talk": "聞き取り"}

func foldPrepFor(s *State, e Event, d prepForData) {
	at := e.At
	switch d.Step {
	case "begin":
		s.PreparedFor = slices.DeleteFunc(s.PreparedFor, func(p PrepFor) bool { return p.AgencyID == d.AgencyID })
		s.PreparedFor = append(s.PreparedFor, PrepFor{AgencyID: d.AgencyID, Way: d.Way, WayLabel: prepWays[d.Way], Teller: d.Teller, By: e.ActorName, At: at})
	case "submit":
		foldPrepared(s, e, preparedData{AgencyID: d.AgencyID})
	case "undo":
		s.PreparedFor = slices.DeleteFunc(s.PreparedFor, func(p PrepFor) bool { return p.AgencyID == d.AgencyID })
		foldPrepared(s, e, preparedData{AgencyID: d.AgencyID, Undo: true})
	case "check":
		if p := s.preparedFor(d.AgencyID); p != nil {
			p.CheckedAt, p.CheckedBy = &at, e.ActorName
		}
	}
}

// preparedFor is the 代行入力 of an agency's sheet, nil when it writes itself.
func (s *State) preparedFor(agencyID string) *PrepFor {
	i := slices.IndexFunc(s.PreparedFor, func(p PrepFor) bool { return p.AgencyID == agencyID })
	if i < 0 {
		return nil
	}
	return &s.PreparedFor[i]
}

// entered lists the agencies whose sheets take writing by who holds the record: those that have not looked at what was entered.
func (s *State) entered() []string {
	var out []string
	for _, p := range s.PreparedFor {
		if p.CheckedAt == nil {
			out = append(out, p.AgencyID)
		}
	}
	return out
}

// doPrepFor begins to enter the sheet of another agency, hands it in, or leaves that again.
func doPrepFor(ctx context.Context, d *deed) error {
	var in prepForData
	if err := d.read(&in); err != nil {
		return err
	}
	seat := d.st.seat(in.AgencyID)
	own, handed := d.st.preparedFor(in.AgencyID), d.st.prepared(in.AgencyID)
	switch {
	case seat == nil || seat.Observer || in.AgencyID == d.sub.actor.AgencyID:
		return fault.New(fault.Invalid, "代わりに入力する機関を、席のあるほかの機関から選んでください。").On("agencyId")
	case own != nil && own.CheckedAt != nil:
		return fault.New(fault.Conflict, "この機関は、入力された準備シートを確認しました。直すときは、その機関に頼んでください。")
	}
	written, err := d.s.prepWritten(ctx, d.st.Meeting, in.AgencyID)
	if err != nil {
		return err
	}
	switch in.Step {
	case "begin":
		if err := first(required("teller", "話した人", in.Teller, 100), text.Line("teller", "話した人", in.Teller, 100)); err != nil {
			return err
		}
		switch {
		case prepWays[in.Way] == "":
			return fault.New(fault.Invalid, "どのように受け取ったか（電話・FAX・聞き取り）を選んでください。").On("way")
		case own == nil && (handed != nil && !handed.Paper || written):
			return fault.New(fault.Conflict, "この機関は、自分で準備シートを書いています。代わりに入力することはできません。")
		}
	case "submit":
		switch {
		case own == nil:
			return fault.New(fault.Conflict, "代行入力を始めてから提出してください。")
		case !written:
			return fault.New(fault.Conflict, "準備シートにまだ何も書かれていません。書いてから提出してください。")
		case handed != nil && !handed.Paper:
			return nil
		}
	case "undo":
		if own == nil {
			return nil
		}
		if written {
			return fault.New(fault.Conflict, "入力した内容が残っています。内容を消してから、代行入力を取りやめてください。")
		}
	default:
		return fault.New(fault.Invalid, "代行入力の操作を選び直してください。").On("step")
	}
	return d.emit(KindPrepFor, in)
}

// doPrepCheck: the agency has looked at the sheet that was entered for it. From then on it alone writes there.
func doPrepCheck(_ context.Context, d *deed) error {
	if d.sub.actor.Guest() {
		return fault.New(fault.Forbidden, "準備シートを確認するのは、機関の職員です。")
	}
	id := d.sub.actor.AgencyID
	p := d.st.preparedFor(id)
	switch {
	case p == nil:
		return fault.New(fault.Conflict, "あなたの機関の準備シートは、代わりに入力されたものではありません。")
	case p.CheckedAt != nil:
		return nil
	}
	return d.emit(KindPrepFor, prepForData{AgencyID: id, Step: "check"})
}

// mayPrepareFor tells whether the actor may write into the sheet of another agency about somebody: who holds the record, while it is entered for
// that agency, and only about whom the agency is told by name; nothing reaches an agency by its own sheet that it does not know.
func (s *Service) mayPrepareFor(ctx context.Context, actor access.Actor, st State, agencyID, personID string) error {
	if !actor.Holder() || !slices.Contains(st.entered(), agencyID) || !slices.Contains(preparing, st.Meeting.Status) {
		return fault.New(fault.Forbidden, "ほかの機関の準備シートは書けません。代行入力を始めてから書いてください。")
	}
	if personID == "" {
		return nil
	}
	for _, in := range []string{st.Meeting.ID, ""} {
		v, err := s.Gate.ViewAs(ctx, actor, in, st.Meeting.CaseID, agencyID)
		if err != nil {
			return err
		}
		for _, p := range v.Persons {
			for _, i := range p.Items {
				if p.PersonID == personID && i.Item == consent.ItemBasic && i.Allow {
					return nil
				}
			}
		}
	}
	return fault.New(fault.Forbidden, "この世帯員のことは、その機関には知らされていません。世帯全体の欄に書いてください。")
}

func (t teller) preparedFor(d prepForData) string {
	name := t.agency(d.AgencyID)
	switch d.Step {
	case "begin":
		return name + "の準備シートの代行入力を始めた（" + prepWays[d.Way] + "）"
	case "submit":
		return name + "の準備シートを、代行入力で提出した"
	case "undo":
		return name + "の準備シートの代行入力を取りやめた"
	}
	return name + "が、代行入力された準備シートを確認した"
}

// said is the 代行入力 in a line of a paper; who told and who entered it only for who may know.
func (p PrepFor) said() string {
	s := "代行入力（" + p.WayLabel
	if p.Teller != "" {
		s += "　話した人 " + p.Teller
	}
	if p.By != "" {
		s += "　入力 " + p.By
	}
	s += "　" + jptime.FormatDateTime(p.At) + "）　"
	if p.CheckedAt == nil {
		return s + "その機関の確認はまだです"
	}
	s += "その機関が確認（" + jptime.FormatDateTime(*p.CheckedAt)
	if p.CheckedBy != "" {
		s += "　" + p.CheckedBy
	}
	return s + "）"
}
