package imports

import (
	"time"

	"kasane/internal/intake"
)

// How (取り込み方) says what of a file goes where.
type How struct {
	Sheet string `json:"sheet"` // "" the first that is shown
	Head  int    `json:"head"`  // row of the headings, counted from 1; 0 found out
	// Columns says which column (counted from 1) a field is taken from; nil: guessed from the headings and from the last time.
	Columns map[string]int `json:"columns"`
	// Words says what a word of the file means, by field: a code, or "" to leave it out.
	Words map[string]map[string]string `json:"words"`
}

// Field (取り込み先) is what a column can be.
type Field struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Group    string `json:"group"`
	Required bool   `json:"required"`
	Help     string `json:"help"` // how it may be written
}

// Column of the file as it is shown for choosing.
type Column struct {
	No     int    `json:"no"`
	Letter string `json:"letter"`
	Title  string `json:"title"`
	Sample string `json:"sample"` // of the first row that has something
}

// Option is a code with its word.
type Option struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

// Word (言葉の対応) is a word of the file that must be one of a list.
type Word struct {
	Field   string   `json:"field"`
	Label   string   `json:"label"`
	Word    string   `json:"word"`
	Rows    int      `json:"rows"`
	Known   bool     `json:"known"` // somebody has said what it means
	Code    string   `json:"code"`
	Options []Option `json:"options"`
}

// Problem (エラー・注意) is what stands in the way of a row, or is worth knowing of it (Note).
type Problem struct {
	Row     int    `json:"row"`
	Letter  string `json:"letter"`
	Title   string `json:"title"`
	Field   string `json:"field"`
	Value   string `json:"value"`
	Message string `json:"message"`
	Note    bool   `json:"note"`
}

// Double (重複のおそれ) is a row whose person may be known already.
type Double struct {
	Row   int              `json:"row"`
	Name  string           `json:"name"`
	Lines []intake.Similar `json:"lines"`
}

// Shown is one row as it would be taken in.
type Shown struct {
	Row    int      `json:"row"`
	Values []string `json:"values"` // one for each of Preview.Taken
	Bad    bool     `json:"bad"`
}

// Preview (確認) is what an import would do.
type Preview struct {
	Name    string   `json:"name"`
	Form    string   `json:"form"` // xlsx, csv, csv932
	Sheets  []string `json:"sheets"`
	Sheet   string   `json:"sheet"`
	Head    int      `json:"head"`
	Columns []Column `json:"columns"`
	Fields  []Field  `json:"fields"`
	// Mapping is how the columns are taken, guessed or given.
	Mapping map[string]int `json:"mapping"`
	Words   []Word         `json:"words"`
	// Missing are the fields without which nothing can be taken in.
	Missing  []string  `json:"missing"`
	Taken    []string  `json:"taken"` // labels of the fields that are taken
	Rows     []Shown   `json:"rows"`
	Problems []Problem `json:"problems"`
	Doubles  []Double  `json:"doubles"`
	Total    int       `json:"total"`
	Good     int       `json:"good"`
	Bad      int       `json:"bad"`
	Done     int       `json:"done"` // rows that were taken in before
	// Again are earlier imports of the very same file.
	Again []Batch `json:"again"`
	// Plan is the hash of what would be done: it is sent back with the order to do it.
	Plan string `json:"plan"`
}

// State of an import.
type State string

// The states.
const (
	StateDone   State = "done"   // 取込済み
	StateUndone State = "undone" // 取消済み
	StatePartly State = "partly" // 一部を取り消した: some cases had been worked on
)

// Label is the Japanese word.
func (s State) Label() string {
	return map[State]string{StateDone: "取込済み", StateUndone: "取消済み", StatePartly: "一部を取消（使われているケースは残した）"}[s]
}

// Batch (取込) is one import.
type Batch struct {
	ID         string     `json:"id"`
	Tenant     string     `json:"-"`
	FileName   string     `json:"fileName"`
	FileHash   string     `json:"-"`
	ByID       string     `json:"-"`
	ByName     string     `json:"byName"`
	At         time.Time  `json:"at"`
	Rows       int        `json:"rows"`    // of the file
	Made       int        `json:"made"`    // cases
	Refused    int        `json:"refused"` // rows with errors
	First      string     `json:"first"`   // ケースID of the first and the last case
	Last       string     `json:"last"`
	State      State      `json:"state"`
	StateLabel string     `json:"stateLabel"`
	Kept       int        `json:"kept"` // cases that stayed when it was taken back
	UndoneAt   *time.Time `json:"undoneAt,omitempty"`
	UndoneName string     `json:"undoneName"`
}

// Kept is a case that stays because it has been worked on.
type Kept struct {
	CaseID string `json:"caseId"`
	Number string `json:"number"`
	Why    string `json:"why"`
}

// Undone is what 取消 did.
type Undone struct {
	Batch   Batch  `json:"batch"`
	Removed int    `json:"removed"`
	Kept    []Kept `json:"kept"`
	// Others stay, too, and are not for the eyes of who asked.
	Others int `json:"others"`
}
