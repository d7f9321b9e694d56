package joining

import (
	"time"

	"kasane/internal/consent"
)

// Kind (種別) of a step.
type Kind string

// The kinds.
const (
	KindTrial  Kind = "trial"  // 見学・体験
	KindStart  Kind = "start"  // 利用開始
	KindSettle Kind = "settle" // 定着支援
	KindStop   Kind = "stop"   // 利用の終わり
	KindEnd    Kind = "end"    // 参加支援の終わり
)

// Label is the word of the screen.
func (k Kind) Label() string {
	return map[Kind]string{KindTrial: "見学・体験", KindStart: "利用開始", KindSettle: "定着支援", KindStop: "利用の終わり", KindEnd: "参加支援の終わり"}[k]
}

// outcomes is the code list in which the outcome of a step stands; a 利用開始 has none.
var outcomes = map[Kind]string{KindTrial: "join_trial", KindSettle: "join_going", KindStop: "join_stop", KindEnd: "join_end"}

// Planned is the outcome of a 見学・体験 that is still to come.
const Planned = "planned"

// Unfit is the outcome of a use that did not suit the person.
const Unfit = "unfit"

// State (状況) is how far a 参加支援 is.
type State string

// The states.
const (
	StateLooking State = "looking" // 探している
	StateTrial   State = "trial"   // 見学・体験中
	StateUsing   State = "using"   // 利用中
	StateEnded   State = "ended"   // 終了
)

// Label is the word of the screen.
func (s State) Label() string {
	return map[State]string{StateLooking: "探している", StateTrial: "見学・体験中", StateUsing: "利用中", StateEnded: "終了"}[s]
}

// Joining (参加支援) of a person.
type Joining struct {
	ID         string       `json:"id"`
	CaseID     string       `json:"caseId"`
	PersonID   string       `json:"personId"`
	Item       consent.Item `json:"item"`
	Needs      []string     `json:"needs"`  // codes of join_need
	Fields     []string     `json:"fields"` // codes of resource_field
	Aim        string       `json:"aim"`    // 社会参加の段階, code of join_aim
	Wish       string       `json:"wish"`   // 本人の希望・関心
	Free       string       `json:"free"`   // 行ける曜日・時間
	District   string       `json:"district"`
	AgencyID   string       `json:"agencyId"` // 担当
	AgencyName string       `json:"agencyName"`
	OpenedOn   string       `json:"openedOn"`
	EndedOn    string       `json:"endedOn"`
	N          int          `json:"n"`
	At         time.Time    `json:"-"`
	By         string       `json:"-"`
	ByName     string       `json:"byName"`
	Steps      []Step       `json:"steps"` // oldest first in the store, newest first on the screen

	CaseNumber string `json:"caseNumber"`
	Name       string `json:"name"` // of the person, for whom the gate shows it
	Kana       string `json:"-"`
}

// Step is one thing that was done.
type Step struct {
	ID         string    `json:"id"`
	JoiningID  string    `json:"-"`
	Kind       Kind      `json:"kind"`
	PlaceID    string    `json:"placeId"`
	PlaceName  string    `json:"placeName"`
	Day        string    `json:"day"`
	Method     string    `json:"method"`
	Outcome    string    `json:"outcome"`
	Body       string    `json:"body"`
	AgencyName string    `json:"agencyName"`
	By         string    `json:"-"`
	ByName     string    `json:"byName"`
	At         time.Time `json:"-"`

	KindLabel    string `json:"kindLabel"`
	MethodLabel  string `json:"methodLabel"`
	OutcomeLabel string `json:"outcomeLabel"`
}

// Use is a place the person uses now.
type Use struct {
	PlaceID   string `json:"placeId"`
	PlaceName string `json:"placeName"`
	Since     string `json:"since"`
}

// uses are the places the person uses, by the steps in their order.
func (j Joining) uses() (out []Use) {
	for _, s := range j.Steps {
		switch s.Kind {
		case KindStart:
			out = append(out, Use{s.PlaceID, s.PlaceName, s.Day})
		case KindStop:
			for i, u := range out {
				if u.PlaceID == s.PlaceID {
					out = append(out[:i:i], out[i+1:]...)
					break
				}
			}
		}
	}
	return out
}

// using finds a place the person uses now.
func (j Joining) using(place string) (Use, bool) {
	for _, u := range j.uses() {
		if u.PlaceID == place {
			return u, true
		}
	}
	return Use{}, false
}

// LastOn is the day of the last step that was taken, or of the beginning (ISO).
func (j Joining) LastOn() string {
	day := j.OpenedOn
	for _, s := range j.Steps {
		if s.Outcome != Planned {
			day = max(day, s.Day)
		}
	}
	return day
}

// Standing is the state that follows from the steps.
func (j Joining) Standing() State {
	switch {
	case j.EndedOn != "":
		return StateEnded
	case len(j.uses()) > 0:
		return StateUsing
	}
	for i := len(j.Steps) - 1; i >= 0; i-- {
		if j.Steps[i].Kind == KindTrial {
			return StateTrial
		}
		if j.Steps[i].Kind == KindStop {
			break
		}
	}
	return StateLooking
}
