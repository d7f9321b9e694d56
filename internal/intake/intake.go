package intake

import (
	"slices"
	"time"
)

// Asker says who came with the 相談 (相談した人).
type Asker string

// The askers.
const (
	AskerSelf      Asker = "self"      // 本人
	AskerFamily    Asker = "family"    // 家族
	AskerAgency    Asker = "agency"    // 機関
	AskerNeighbour Asker = "neighbour" // 近隣
	AskerAnonymous Asker = "anonymous" // 匿名
)

// Label is the Japanese word, "" for none that is known.
func (a Asker) Label() string {
	return map[Asker]string{AskerSelf: "本人", AskerFamily: "家族", AskerAgency: "機関", AskerNeighbour: "近隣", AskerAnonymous: "匿名"}[a]
}

// visitor is the code of the asker in the 相談受付・申込票 (本人との関係); "" for the person.
func (a Asker) visitor() string {
	return map[Asker]string{AskerFamily: "01", AskerNeighbour: "03", AskerAgency: "05", AskerAnonymous: "06"}[a]
}

// Consent is what was said at the counter about sharing (情報共有の同意): a remark. What may be shared is decided by consent records alone.
type Consent string

// What was said.
const (
	ConsentYes    Consent = "yes"    // あり
	ConsentNo     Consent = "no"     // なし
	ConsentNotYet Consent = "notyet" // まだ
)

// Label is the Japanese word, "" for none that is known.
func (c Consent) Label() string {
	return map[Consent]string{ConsentYes: "あり", ConsentNo: "なし", ConsentNotYet: "まだ聞いていない"}[c]
}

// Triage (受付の判断) is what the counter does with the 相談.
type Triage string

// The ways.
const (
	TriageOwn   Triage = "own"   // 自機関で対応
	TriageRefer Triage = "refer" // つなぐ
	TriageJoint Triage = "joint" // 多機関協働へ
	TriageInfo  Triage = "info"  // 情報提供のみで終了
)

// Label is the Japanese word, "" for none that is known.
func (t Triage) Label() string {
	return map[Triage]string{TriageOwn: "自機関で対応", TriageRefer: "つなぐ", TriageJoint: "多機関協働へ", TriageInfo: "情報提供のみで終了"}[t]
}

// Triages are all ways, in the order of the screen.
func Triages() []Triage { return []Triage{TriageOwn, TriageRefer, TriageJoint, TriageInfo} }

// coded is a list of codes with their words.
type coded []struct{ code, label string }

func (c coded) label(code string) string {
	for _, x := range c {
		if x.code == code {
			return x.label
		}
	}
	return ""
}

// fieldsOf are the 分野 of a 相談: the four of 包括的相談支援 and what none of them holds.
var fieldsOf = coded{{"care", "高齢・介護"}, {"disability", "障害"}, {"child", "こども・子育て"}, {"poverty", "生活困窮"}, {"between", "どれにも当てはまらない・複数にまたがる"}}

// ageBands (年代) stand in for a birth date nobody knows.
var ageBands = coded{{"0", "10歳未満"}, {"10", "10代"}, {"20", "20代"}, {"30", "30代"}, {"40", "40代"}, {"50", "50代"}, {"60", "60代"}, {"70", "70代"}, {"80", "80代"}, {"90", "90歳以上"}}

// Record (受付の記録) is one 相談 as it was taken in. Its words are never changed; Triage may be.
type Record struct {
	ID            string
	Tenant        string
	CaseID        string
	PersonID      string // whom it is about
	AgencyID      string
	AgencyName    string
	ByID          string
	ByName        string
	At            time.Time
	Asker         Asker
	AskerName     string
	AskerRelation string
	Name          string // as typed then, whatever the case calls the person later
	Kana          string
	Birth         string
	Route         string // code of the list 「相談経路」
	AgeBand       string
	District      string
	Contact       string
	Trouble       string // 主訴
	Fields        []string
	Urgency       string // code of the list 「緊急度」
	Danger        bool   // 安全の懸念
	Consent       Consent
	Triage        Triage
	Note          string // why that way
	TriageBy      string
	TriageName    string
	TriageAt      time.Time
}

// fieldLabels are the words of the 分野.
func (r Record) fieldLabels() []string {
	out := []string{}
	for _, f := range fieldsOf {
		if slices.Contains(r.Fields, f.code) {
			out = append(out, f.label)
		}
	}
	return out
}

// called is what the person was called at the counter.
func (r Record) called() string {
	switch {
	case r.Name != "":
		return r.Name
	case r.Kana != "":
		return r.Kana
	}
	return "匿名"
}
