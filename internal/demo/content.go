package demo

import (
	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/intake"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// Keys name things of the demo before they have ids: agencies ("houkatsu"), persons ("mother"; "" = the household).
// Texts hold days as tokens, see expand.

// agency is a 支援関係機関.
type agency struct {
	key, name, short, category string
	city                       bool
}

// user is a person with an account. Passwords of the demo are public: they stand on its sign-in page.
type user struct {
	login, agency, name, kana, post string
	roles                           []access.Role
	// hint is what a visitor of the demo can do as this user; "" = not offered on the sign-in page.
	hint string
}

// household is a case of the demo.
type household struct {
	opened   int // 受付日: days before today
	persons  []person
	agencies []involved
	stages   []cases.Stage
	moves    []move   // in place of stages, where more is said of them
	grounds  []string // スクリーニング: why 多機関協働 is needed
	screened string   // and the words of it
	sheets   map[string][]value
	drawing  drawing
	tries    []try
	asks     []asking
	consents []given
	plan     *plan
	meetings []session
	offers   []offer
	taken    *taking // taken in at a counter, and handed on
}

// offer is somebody asked to be 主担当, who has not answered. Days count from today.
type offer struct {
	day int
	in  plans.LeadInput // without To
	to  string
}

// taking is a 相談 that one agency took in and handed to another the day after.
type taking struct {
	login, to, reason string
	in                intake.Input
}

// move is one step of a case on a day; until counts from today as well.
type move struct {
	day, until int
	cases.StageInput
}

type person struct {
	key      string
	age      int // years; the birthday is birthday days from now
	birthday int
	withheld []string // agency keys
	cases.PersonInput
}

type involved struct{ agency, note string }

// value is one field of a sheet: string, float64, bool; agency keys stand for ids in fields of type agency.
type value struct {
	field string
	v     any
}

// given is a consent record. Days count from today.
type given struct {
	person    string
	explained int
	until     int
	in        consent.Input // without person, scope, days
	scope     map[string][]consent.Item
	withdrawn *taken
}

// taken is a withdrawal.
type taken struct {
	day      int
	agencies []string
	items    []consent.Item
	note     string
}

// place is a document of a plan or of minutes.
type place struct {
	person string
	item   consent.Item
}

// plan is a plan draft.
type plan struct {
	made  int // days before today
	heads map[string]any
	texts []prose
	needs []need
	goals []goal
	acts  []action
}

type prose struct {
	place
	key, text string
}

type need struct {
	place
	id, code, of, priority, text string // of: person key
}

type goal struct {
	place
	id, need, kind string
	due            int
	text           string
}

type action struct {
	place
	id, goal, need, text string
	cells                []cell
}

type cell struct {
	column, code, content, limits, who, freq string // column: agency key, "self", "family"
	start, due                               int    // 0 = none
}

// session is a meeting.
type session struct {
	typeID, title, place string
	day, hour, minutes   int // day from today; hour of beginning in Japan
	form                 meeting.Form
	withPlan             bool
	seats                []seat
	agenda               []meeting.AgendaItem
	convened             [3]string // 招集者, 根拠, 理由
	sheets               []sheet   // 準備シート
	past                 *held     // nil: still to come
}

type seat struct {
	agency, speaker  string // speaker: login
	member, observer bool
	designated       string // reason, 構成員外
}

// held is what happened in a meeting that is over.
type held struct {
	agreed  bool // with a plan, which everybody took their roles of and agreed to
	minutes []row
	next    [3]string // date token, time, agenda
}

// row is a row of the minutes.
type row struct {
	place
	kind   string // point, speech, decision, homework, local
	values map[string]any
	texts  map[string]string
}
