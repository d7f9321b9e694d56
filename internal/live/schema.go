package live

import (
	"regexp"
	"strings"
	"time"
)

// Roots of a document: the map of scalars, and the prefix of texts.
const (
	rootValues = "v"
	textPrefix = "t:"
)

// Columns of the role matrix (役割分担表) that are no agency.
const (
	ColumnSelf   = "self"   // 本人
	ColumnFamily = "family" // 家族
)

// area says who may write a key when only the own agency's part is open to the actor.
type area uint8

const (
	areaHeader area = iota // sheet fields, and the plan's own entries: those with full rights only
	areaShared             // prose and rows: everybody who may write
	areaCell               // a role cell: full rights, or the agency of the column
)

// place is where a key of the schema leads.
type place struct {
	area   area
	column string          // of a cell
	valid  func(any) error // of a scalar; nil: any scalar
	limit  int             // of a text, in UTF-16 units
}

// Limits of texts, in UTF-16 units. Editors hold the cells to 200 characters; this bound is for whoever speaks the protocol by hand.
const (
	limitProse = 50_000
	limitCell  = 2_000
	limitTitle = 1_000
	maxString  = 4_000 // of a scalar, in bytes
)

var (
	keyForm    = regexp.MustCompile(`^[a-z0-9_]+(/[a-zA-Z0-9_-]+)*$`)
	rowIDForm  = regexp.MustCompile(`^[a-z0-9]{10,64}$`)
	nameForm   = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)
	ordForm    = regexp.MustCompile(`^[!-~]{1,200}$`)
	maxKeySize = 256
)

// rowKind is one kind of row: its scalars (beside ord and del) and its texts with their limits.
type rowKind struct {
	values map[string]func(any) error
	texts  map[string]int
}

var planHeader = map[string]func(any) error{"lead": nil, "after_lead": nil, "programs": nil,
	"period_from": isDate, "period_to": isDate, "next_monitoring": isDate}

var planTexts = map[string]int{"wish": limitProse, "situation": limitProse, "policy": limitProse, "risk": limitProse}

// prepTexts are the four questions of a 準備シート.
var prepTexts = map[string]int{"picture": limitProse, "work": limitProse, "involve": limitProse, "ask": limitProse}

var planRows = map[string]rowKind{
	"need":   {values: scalars("code", "person", "priority"), texts: map[string]int{"text": limitProse}},
	"goal":   {values: map[string]func(any) error{"need": nil, "kind": oneOf("", "long", "short"), "due": nil}, texts: map[string]int{"text": limitProse}},
	"action": {values: scalars("goal", "need"), texts: map[string]int{"text": limitProse}},
}

var cellValues = map[string]func(any) error{"code": oneOf("", "lead", "main", "assist", "watch", "inform", "none", "open", "self"),
	"who": nil, "freq": nil, "start": nil, "due": nil}

var cellTexts = map[string]int{"content": limitCell, "limits": limitCell}

var minutesRows = map[string]rowKind{
	"point":    {values: scalars("agenda"), texts: map[string]int{"title": limitTitle, "content": limitProse, "conclusion": limitProse, "remaining": limitProse}},
	"speech":   {values: scalars("agency"), texts: map[string]int{"text": limitProse}},
	"decision": {texts: map[string]int{"text": limitProse}},
	"homework": {values: scalars("agency", "who", "due"), texts: map[string]int{"text": limitProse}},
	"local":    {texts: map[string]int{"text": limitProse}},
}

// sectionRows draw the household: its chronicle in the document of the person and item each event tells of, how people stand to each
// other in those of both, the rest in that of the household's family matters.
var sectionRows = map[string]rowKind{
	"event": {values: map[string]func(any) error{"when": isMoment, "agency": nil}, texts: map[string]int{"text": limitTitle}},
	"kin": {values: map[string]func(any) error{"sex": oneOf("", "male", "female", "other"), "birth": isMoment, "death": isMoment, "home": isFlag, "dead": isFlag},
		texts: map[string]int{"text": limitTitle}},
	"tie": {values: map[string]func(any) error{"a": nil, "b": nil,
		"kind": oneOf("", "married", "partner", "separated", "divorced", "child", "adopted")}},
	// A 関係性 joins two people by two rows of one id, each in the document of whose half it is; who is a relative drawn beside the household.
	"bond": {values: map[string]func(any) error{"end": oneOf("", "a", "b"), "who": nil,
		"kind": oneOf("", "close", "fused", "distant", "cut", "conflict", "mixed", "abuse")}},
	"link": {values: map[string]func(any) error{"person": nil, "agency": nil, "kind": oneOf("", "strong", "plain", "weak", "tense", "cut"),
		"flow": oneOf("", "to", "from", "both")}, texts: map[string]int{"text": limitTitle}},
}

func scalars(names ...string) map[string]func(any) error {
	m := make(map[string]func(any) error, len(names))
	for _, n := range names {
		m[n] = nil
	}
	return m
}

// placeOf finds a key in the schema of a kind of document. ok is false for what the schema does not have.
func placeOf(kind Kind, key string, text bool) (p place, ok bool) {
	if len(key) > maxKeySize || !keyForm.MatchString(key) {
		return place{}, false
	}
	parts := strings.Split(key, "/")
	switch kind {
	case KindSection:
		if parts[0] != "f" {
			return rowPlace(sectionRows, parts, text)
		}
		return place{area: areaHeader, limit: limitProse}, len(parts) == 2 && nameForm.MatchString(parts[1])
	case KindPlan:
		switch {
		case len(parts) == 1 && text:
			limit, ok := planTexts[key]
			return place{area: areaShared, limit: limit}, ok
		case len(parts) == 1:
			valid, ok := planHeader[key]
			return place{area: areaHeader, valid: valid}, ok
		case parts[0] == "cell":
			return cellPlace(parts, text)
		}
		return rowPlace(planRows, parts, text)
	case KindPrep:
		limit, ok := prepTexts[key]
		return place{area: areaShared, limit: limit}, ok && text
	case KindMinutes:
		return rowPlace(minutesRows, parts, text)
	}
	return place{}, false
}

// rowPlace finds <kind>/<id>/<name>.
func rowPlace(kinds map[string]rowKind, parts []string, text bool) (place, bool) {
	if len(parts) != 3 || !rowIDForm.MatchString(parts[1]) {
		return place{}, false
	}
	k, ok := kinds[parts[0]]
	if !ok {
		return place{}, false
	}
	if text {
		limit, ok := k.texts[parts[2]]
		return place{area: areaShared, limit: limit}, ok
	}
	switch parts[2] {
	case "ord":
		return place{area: areaShared, valid: isOrd}, true
	case "del":
		return place{area: areaShared, valid: isBool}, true
	}
	valid, ok := k.values[parts[2]]
	return place{area: areaShared, valid: valid}, ok
}

// cellPlace finds cell/<action>/<column>/<name>.
func cellPlace(parts []string, text bool) (place, bool) {
	if len(parts) != 4 || !rowIDForm.MatchString(parts[1]) || !nameForm.MatchString(parts[2]) {
		return place{}, false
	}
	p := place{area: areaCell, column: parts[2]}
	var ok bool
	if text {
		p.limit, ok = cellTexts[parts[3]]
	} else {
		p.valid, ok = cellValues[parts[3]]
	}
	return p, ok
}

// checkValue refuses what is no scalar, too long, of hostile characters, or not what its key holds.
func checkValue(p place, v any) error {
	switch s := v.(type) {
	case nil, bool, int, float64:
	case string:
		if len(s) > maxString {
			return refuse(CodeTooLarge, "項目に入る長さを超えています。短くするか、文章の欄に書いてください。")
		}
		if err := checkText(s); err != nil {
			return err
		}
	default:
		return errSchema
	}
	if p.valid != nil {
		return p.valid(v)
	}
	return nil
}

var errSchema = refuse(CodeSchema, "この文書にはない項目への書き込みです。画面を読み込み直してください。続くときは事務局に連絡してください。")

func isBool(v any) error {
	if _, ok := v.(bool); !ok {
		return errSchema
	}
	return nil
}

func isOrd(v any) error {
	if s, ok := v.(string); !ok || !ordForm.MatchString(s) {
		return errSchema
	}
	return nil
}

// isDate takes an ISO date, or nothing.
func isDate(v any) error {
	switch s := v.(type) {
	case nil:
		return nil
	case string:
		if s == "" {
			return nil
		}
		if _, err := time.Parse(time.DateOnly, s); err == nil {
			return nil
		}
	}
	return refuse(CodeSchema, "日付は「2026-04-01」の形で入れてください。")
}

var momentForm = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

// isMoment takes a year, a month or a day (1998, 1998-04, 1998-04-01), or nothing: of what happened long ago little more is known.
func isMoment(v any) error {
	s, ok := v.(string)
	if v == nil || ok && s == "" {
		return nil
	}
	if ok && momentForm.MatchString(s) {
		if day, err := time.Parse(time.DateOnly, (s + "-01-01")[:len(time.DateOnly)]); err == nil && day.Year() >= 1868 {
			return nil
		}
	}
	return refuse(CodeSchema, "時期は「1998」「1998-04」「1998-04-01」のどれかの形で入れてください。")
}

// isFlag takes yes, no, or nothing.
func isFlag(v any) error {
	if v == nil {
		return nil
	}
	return isBool(v)
}

func oneOf(allowed ...string) func(any) error {
	return func(v any) error {
		if v == nil {
			return nil
		}
		s, ok := v.(string)
		for _, a := range allowed {
			if ok && s == a {
				return nil
			}
		}
		return errSchema
	}
}
