package sheets

// Type is how a field is filled in.
type Type string

// The types of domain.md §4.
const (
	TypeText   Type = "txt"    // one line
	TypeMemo   Type = "memo"   // several lines
	TypeDate   Type = "date"   // ISO date, shown with 和暦
	TypeOne    Type = "one"    // one code of a list
	TypeMulti  Type = "multi"  // several codes of a list
	TypeInt    Type = "int"    // whole number
	TypeYen    Type = "yen"    // whole yen
	TypePerson Type = "person" // person id
	TypeAgency Type = "agency" // agency id
	TypeSig    Type = "sig"    // signature: strokes or a file, kept elsewhere; here only whether there is one
	TypeBool   Type = "bool"
)

// Owner says whose field it is.
type Owner string

// The owners.
const (
	OwnerPerson    Owner = "person"    // one value per 世帯員
	OwnerHousehold Owner = "household" // one value per case
)

// Definition is one form (帳票) in one version.
type Definition struct {
	ID            string    `json:"id"`
	Version       string    `json:"version"`
	EffectiveFrom string    `json:"effectiveFrom"` // 適用開始日, ISO date
	Title         string    `json:"title"`
	Sections      []Section `json:"sections"`
}

// Section is a titled part of a form.
type Section struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Fields []Field `json:"fields"`
}

// Field is one 項目.
type Field struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Type  Type   `json:"type"`
	// Item is the disclosure item class: a code of the list "item".
	Item  string `json:"item"`
	Owner Owner  `json:"owner"`
	// Codes is the id of the code list of a choice.
	Codes    string `json:"codes,omitempty"`
	Required bool   `json:"required,omitempty"`
	// StateReport ★: likely reported to the state (太枠).
	StateReport bool `json:"stateReport,omitempty"`
	// From: the value is shown from the record itself ("case.number", "person.name") and not kept in a document.
	From string `json:"from,omitempty"`
	// Max is the limit of a text in graphemes, or of a number.
	Max  int    `json:"max,omitempty"`
	Unit string `json:"unit,omitempty"`
	Help string `json:"help,omitempty"`
	// Retired: no longer asked (使わない). What was written stays readable.
	Retired bool `json:"retired,omitempty"`
}

// Key is the field's key inside its document.
func (f Field) Key() string { return "f/" + f.ID }

// OtherKey is the key of the text that goes with a choice that asks for words.
func (f Field) OtherKey() string { return "f/" + f.ID + "_other" }

// Prose tells whether the field lives in a shared text rather than in a scalar.
func (f Field) Prose() bool { return f.Type == TypeText || f.Type == TypeMemo }

// CodeList is a list of choices.
type CodeList struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Tenant: the municipality may extend or replace it.
	Tenant bool   `json:"tenant,omitempty"`
	Codes  []Code `json:"codes"`
}

// Code is one choice.
type Code struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Group string `json:"group,omitempty"`
	Mark  string `json:"mark,omitempty"` // sign printed in the matrix: ◎ ○ △ …
	Note  string `json:"note,omitempty"`
	Other bool   `json:"other,omitempty"` // asks for words: その他( )
	// Retired: no longer offered (使わない); a value chosen before keeps its label.
	Retired bool `json:"retired,omitempty"`
}

// Find returns the choice with the code.
func (l CodeList) Find(code string) (Code, bool) {
	for _, c := range l.Codes {
		if c.Code == code {
			return c, true
		}
	}
	return Code{}, false
}

// Label is the label of a code, or the code itself when the list does not know it (an old value stays visible).
func (l CodeList) Label(code string) string {
	if c, ok := l.Find(code); ok {
		return c.Label
	}
	return code
}
