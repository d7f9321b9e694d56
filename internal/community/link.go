package community

import (
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
)

// Role (役割) is what somebody is at a place.
type Role string

// The roles.
const (
	RoleParticipant Role = "participant" // 参加者
	RoleBearer      Role = "bearer"      // 担い手
)

// Label is the word of the screen.
func (r Role) Label() string {
	return map[Role]string{RoleParticipant: "参加者", RoleBearer: "担い手"}[r]
}

// Result (結果) is what became of a link.
type Result string

// The results. An open one can be told as going on again and again.
const (
	ResultNone  Result = ""
	ResultGoing Result = "going" // 継続
	ResultEnded Result = "ended" // 終了
	ResultUnfit Result = "unfit" // 合わず
)

// Label is the word of the screen.
func (r Result) Label() string {
	return map[Result]string{ResultNone: "つないだところ", ResultGoing: "継続", ResultEnded: "終了", ResultUnfit: "合わず"}[r]
}

// over tells whether the link has come to its end.
func (r Result) over() bool { return r == ResultEnded || r == ResultUnfit }

// Link (コーディネート) is somebody who was brought to a place: a person of a case, or a resident whose name is not kept.
type Link struct {
	ID         string `json:"id"`
	PlaceID    string `json:"placeId"`
	CaseID     string `json:"caseId"` // "" = 住民
	CaseNumber string `json:"caseNumber"`
	PersonID   string `json:"personId"`
	Name       string `json:"name"`
	// Item is the class the link is of: that of the 参加支援 it was written with, 支援経過 otherwise.
	Item       consent.Item `json:"-"`
	Role       Role         `json:"role"`
	Since      string       `json:"since"` // ISO
	AgencyID   string       `json:"agencyId"`
	AgencyName string       `json:"agencyName"`
	By         string       `json:"-"`
	ByName     string       `json:"byName"`
	MadeAt     time.Time    `json:"-"`
	Result     Result       `json:"result"`
	ResultOn   string       `json:"resultOn"`
	N          int          `json:"n"`
	At         time.Time    `json:"-"`
}

// LinkInput is a link as it is written.
type LinkInput struct {
	CaseID   string `json:"caseId"`
	PersonID string `json:"personId"`
	Role     Role   `json:"role"`
	Since    string `json:"since"`
}

func (in LinkInput) check(p Place, today jptime.Date) error {
	switch {
	case p.State == StatePaused || p.State == StateEnded:
		return fault.New(fault.Conflict, "休止・終了の資源には、つなげません。状態を確かめてください。")
	case in.Role.Label() == "":
		return fault.New(fault.Invalid, "役割（参加者・担い手）を選んでください。").On("role")
	case in.CaseID == "" && in.PersonID != "":
		return fault.New(fault.Invalid, "ケースを選んでください。").On("caseId")
	case in.CaseID != "" && in.PersonID == "":
		return fault.New(fault.Invalid, "つなぐ人を選んでください。").On("personId")
	}
	return past("since", "つないだ日", in.Since, today)
}

// ResultInput says what became of a link.
type ResultInput struct {
	Result   Result `json:"result"`
	ResultOn string `json:"resultOn"`
	N        int    `json:"n"`
}

func (in ResultInput) check(l Link, today jptime.Date) error {
	switch {
	case in.Result == ResultNone || in.Result.Label() == "":
		return fault.New(fault.Invalid, "結果（継続・終了・合わず）を選んでください。").On("result")
	case l.Result.over():
		return fault.New(fault.Conflict, "このつなぎは、もう終わっています。もう一度つないだときは、新しく記録してください。")
	}
	if err := past("resultOn", "結果の日", in.ResultOn, today); err != nil {
		return err
	}
	if in.ResultOn < l.Since || in.ResultOn < l.ResultOn {
		return fault.New(fault.Invalid, "結果の日は、つないだ日と前に記録した日より後にしてください。").On("resultOn")
	}
	return nil
}
