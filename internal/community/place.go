package community

import (
	"fmt"
	"math"
	"slices"
	"time"

	"kasane/internal/fault"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// State (状態) is how far a resource is.
type State string

// The states.
const (
	StatePreparing State = "preparing" // 準備中
	StateOpen      State = "open"      // 利用可
	StatePaused    State = "paused"    // 休止
	StateEnded     State = "ended"     // 終了
)

// States lists them in their order.
func States() []State { return []State{StatePreparing, StateOpen, StatePaused, StateEnded} }

// Label is the word of the screen.
func (s State) Label() string {
	return map[State]string{StatePreparing: "準備中", StateOpen: "利用可", StatePaused: "休止", StateEnded: "終了"}[s]
}

// The code lists of the register.
const (
	listKind  = "resource_kind"
	listField = "resource_field"
)

// Place (社会資源) is one place or resource of the area.
type Place struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Kind       string    `json:"kind"`     // code of resource_kind
	Fields     []string  `json:"fields"`   // codes of resource_field: 介護, 障害, 子ども, 困窮
	District   string    `json:"district"` // 圏域・地区
	Address    string    `json:"address"`
	Lat        *float64  `json:"lat"` // 緯度, nil = not known
	Lng        *float64  `json:"lng"` // 経度
	Capacity   *int      `json:"capacity"`
	Hours      string    `json:"hours"`   // 開催・利用時間
	Contact    string    `json:"contact"` // of the organisation
	Terms      string    `json:"terms"`   // 受け入れ条件
	State      State     `json:"state"`
	AgencyID   string    `json:"agencyId"` // 担当機関
	AgencyName string    `json:"agencyName"`
	Note       string    `json:"note"`
	N          int       `json:"n"` // counts its changes, from 1
	MadeAt     time.Time `json:"-"`
	At         time.Time `json:"at"`
	By         string    `json:"-"`
	ByName     string    `json:"byName"`
	// The 地域課題 it was made of; "" of none.
	IssueMeeting string `json:"-"`
	IssueNote    string `json:"-"`
	// OpenedAt is when it was 利用可 for the first time.
	OpenedAt *time.Time `json:"-"`
}

// Input is a place as it is written.
type Input struct {
	Name         string   `json:"name"`
	Kind         string   `json:"kind"`
	Fields       []string `json:"fields"`
	District     string   `json:"district"`
	Address      string   `json:"address"`
	Lat          *float64 `json:"lat"`
	Lng          *float64 `json:"lng"`
	Capacity     *int     `json:"capacity"`
	Hours        string   `json:"hours"`
	Contact      string   `json:"contact"`
	Terms        string   `json:"terms"`
	State        State    `json:"state"`
	AgencyID     string   `json:"agencyId"`
	Note         string   `json:"note"`
	IssueMeeting string   `json:"issueMeeting"` // of a new place that is made of a 地域課題
	IssueNote    string   `json:"issueNote"`
	N            int      `json:"n"` // of the place as it was seen; 0 of a new one
}

const maxCapacity = 9_999

// check refuses what the register does not take. set is what is in force today; old is what stood there, whose codes stay good.
func (in Input) check(set sheets.Set, old Place) error {
	for _, t := range []struct {
		key, label, value string
		max               int
		memo, need        bool
	}{{"name", "名称", in.Name, 80, false, true}, {"kind", "種類", in.Kind, 40, false, true}, {"district", "圏域・地区", in.District, 40, false, false},
		{"address", "所在地", in.Address, 120, false, false}, {"hours", "開催・利用時間", in.Hours, 300, true, false}, {"contact", "連絡先", in.Contact, 200, true, false},
		{"terms", "受け入れ条件", in.Terms, 500, true, false}, {"note", "備考", in.Note, 500, true, false}} {
		take := text.Line
		if t.memo {
			take = text.Memo
		}
		if err := take(t.key, t.label, t.value, t.max); err != nil {
			return err
		}
		if t.need {
			if err := text.Required(t.key, t.label, t.value); err != nil {
				return err
			}
		}
	}
	if !known(set, listKind, in.Kind) && in.Kind != old.Kind {
		return fault.New(fault.Invalid, "種類を選び直してください。").On("kind")
	}
	for i, f := range in.Fields {
		if slices.Contains(in.Fields[:i], f) || !known(set, listField, f) && !slices.Contains(old.Fields, f) {
			return fault.New(fault.Invalid, "分野を選び直してください。").On("fields")
		}
	}
	if in.State.Label() == "" {
		return fault.New(fault.Invalid, "状態を選んでください。").On("state")
	}
	if in.Capacity != nil && (*in.Capacity < 0 || *in.Capacity > maxCapacity) {
		return fault.Newf(fault.Invalid, "定員は、0から%dまでの数で入力してください。決まっていないときは空けてください。", maxCapacity).On("capacity")
	}
	return in.checkPoint()
}

// checkPoint takes both numbers of a point on the map, or none.
func (in Input) checkPoint() error {
	switch {
	case in.Lat == nil && in.Lng == nil:
		return nil
	case in.Lat == nil || in.Lng == nil, math.Abs(*in.Lat) > 90, math.Abs(*in.Lng) > 180:
		return fault.New(fault.Invalid, "地図座標は、緯度と経度の2つの数で入力してください（例: 35.681236, 139.767125）。").On("lat")
	}
	return nil
}

func known(set sheets.Set, list, code string) bool {
	l, _ := set.List(list)
	_, ok := l.Find(code)
	return ok
}

// place is the input as a row upon what stood there.
func (in Input) place(old Place) Place {
	p := old
	p.Name, p.Kind, p.Fields, p.District, p.Address = in.Name, in.Kind, append([]string{}, in.Fields...), in.District, in.Address
	p.Lat, p.Lng, p.Capacity, p.Hours, p.Contact, p.Terms = micro(in.Lat), micro(in.Lng), in.Capacity, in.Hours, in.Contact, in.Terms
	p.State, p.AgencyID, p.Note, p.N = in.State, in.AgencyID, in.Note, old.N+1
	return p
}

// micro rounds to a millionth of a degree, about ten centimetres: what is kept.
func micro(v *float64) *float64 {
	if v == nil {
		return nil
	}
	r := math.Round(*v*1e6) / 1e6
	return &r
}

// point is the place on the map as people write it.
func (p Place) point() string {
	if p.Lat == nil || p.Lng == nil {
		return ""
	}
	return fmt.Sprintf("%.6f, %.6f", *p.Lat, *p.Lng)
}
