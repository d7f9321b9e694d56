package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// row is one row as it is read.
type row struct {
	no       int // as the spreadsheet counts
	opened   string
	person   cases.PersonInput
	others   []cases.PersonInput
	agencies []string
	stage    cases.Stage
	ended    string
	answers  []answer
	shown    map[string]string // by field, for the eye
	problems []Problem
	failed   map[string]bool // fields with an error
	mark     string
	done     bool // was taken in before
}

// answer is a field of the form with its value.
type answer struct {
	field sheets.Field
	value any
	words string // of a choice that asks for words
}

func (r *row) bad() bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return !p.Note })
}

// checker reads the rows of a table.
type checker struct {
	p     place
	t     table
	words map[string]map[string]string
	now   time.Time
	asked map[[2]string]*Word // words of the file that are of no list
}

// read reads every row that holds something, and finds out which stand there twice.
func (c *checker) read() []*row {
	var out []*row
	at := map[string]int{}
	for i := c.t.head + 1; i < len(c.t.sheet.Rows); i++ {
		if c.t.empty(i) {
			continue
		}
		r := c.row(i)
		if first, twice := at[r.mark]; twice {
			c.say(r, fieldName, "同じ受付日・氏名・生年月日の行が%d行目にもあります。どちらかを消すか、「氏名」「受付日」を確かめてください。", first)
		} else {
			at[r.mark] = r.no
		}
		out = append(out, r)
	}
	return out
}

// say notes an error of a row.
func (c *checker) say(r *row, field, format string, args ...any) {
	c.tell(r, field, false, fault.Newf(fault.Invalid, format, args...))
}

// tell notes an error, or a thing worth knowing.
func (c *checker) tell(r *row, field string, note bool, err error) {
	p := Problem{Row: r.no, Field: c.label(field), Message: fault.Message(err), Note: note}
	if col, ok := c.t.columns[field]; ok {
		p.Letter, p.Title, p.Value = tables.ColumnName(col), masked(c.t.heads[col]), short(c.t.sheet.At(r.no-1, col))
	}
	r.problems = append(r.problems, p)
	r.failed[field] = r.failed[field] || !note
}

func (c *checker) label(field string) string {
	all := c.p.fields()
	if i := slices.IndexFunc(all, func(f Field) bool { return f.ID == field }); i >= 0 {
		return all[i].Label
	}
	return field
}

// get is what a row says of a field, without blanks at its ends; ok is false where there is nothing to go on with.
func (c *checker) get(r *row, field string) (s string, ok bool) {
	col, has := c.t.columns[field]
	if !has {
		return "", false
	}
	raw := c.t.sheet.At(r.no-1, col)
	s = trim(raw)
	switch {
	case s == "":
		return "", false
	case strings.HasPrefix(s, "#") && slices.Contains([]string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", tables.NoResult}, s):
		c.say(r, field, "Excelの数式がエラーになっているか、計算されていません。Excelで開いて直し、保存し直してください。")
		return "", false
	case text.LooksLikeMyNumber(s):
		c.tell(r, field, false, text.MyNumber(s))
		return "", false
	case s != raw && (field == fieldName || field == fieldKana || field == fieldAlias):
		c.tell(r, field, true, fault.New(fault.Invalid, "前後の空白を除いて取り込みます。"))
	}
	r.shown[field] = s
	return s, true
}

// row reads one row.
func (c *checker) row(i int) *row {
	r := &row{no: i + 1, stage: cases.StageReceived, shown: map[string]string{}, failed: map[string]bool{}}
	c.who(r)
	c.when(r)
	if s, ok := c.get(r, fieldHousehold); ok {
		c.household(r, s)
	}
	if s, ok := c.get(r, fieldAgencies); ok {
		for _, code := range c.several(r, fieldAgencies, s) {
			if !slices.Contains(r.agencies, code) {
				r.agencies = append(r.agencies, code)
			}
		}
	}
	for _, f := range c.p.sheetFields() {
		if s, ok := c.get(r, ofSheet+f.ID); ok {
			c.answer(r, f, s)
		}
	}
	r.mark = c.markOf(r)
	return r
}

// who reads the person.
func (c *checker) who(r *row) {
	p := &r.person
	p.Relation, p.Subject = "本人", true
	p.Name, _ = c.get(r, fieldName)
	p.Alias, _ = c.get(r, fieldAlias)
	if s, ok := c.get(r, fieldKana); ok {
		p.Kana = s
		if wide := norm.NFKC.String(s); !text.IsKana(s) && text.IsKana(wide) {
			p.Kana, r.shown[fieldKana] = wide, wide
			c.tell(r, fieldKana, true, fault.New(fault.Invalid, "半角の文字を全角にして取り込みます。"))
		}
	}
	if s, ok := c.get(r, fieldBirth); ok && !slices.Contains(blanks, s) {
		day, err := readBirth(s)
		if err != nil {
			c.say(r, fieldBirth, "生年月日として読み取れません。「S45.3.2」「1970/3/2」のように直してください。")
		}
		p.Birth, r.shown[fieldBirth] = day, shownDay(day)
	}
	if s, ok := c.get(r, fieldSex); ok {
		p.Sex, _ = c.one(r, fieldSex, s)
		r.shown[fieldSex] = p.Sex
	}
	if s, ok := c.get(r, fieldSecret); ok {
		if p.AddressSecret, ok = readFlag(s); !ok {
			c.say(r, fieldSecret, "「○」か空欄にしてください。")
		}
		r.shown[fieldSecret] = map[bool]string{true: "秘匿"}[p.AddressSecret]
	}
	c.checkPerson(r, *p, "")
}

// checkPerson holds somebody to the rules of a case. The field that is wrong is the column, where there is one.
func (c *checker) checkPerson(r *row, p cases.PersonInput, field string) {
	_, err := p.Made("x", "x", c.now)
	if err == nil {
		return
	}
	if field == "" {
		field = map[string]string{"name": fieldName, "kana": fieldKana, "alias": fieldAlias, "birth": fieldBirth, "sex": fieldSex}[fieldOf(err)]
	}
	if !r.failed[field] {
		c.tell(r, field, false, err)
	}
}

// when reads the days and the stage.
func (c *checker) when(r *row) {
	if _, has := c.t.columns[fieldOpened]; has {
		r.opened = c.day(r, fieldOpened)
		if r.opened == "" && !r.failed[fieldOpened] {
			c.say(r, fieldOpened, "受付日がありません。日付を入れてください。")
		}
		if r.opened != "" && r.opened < "1989-01-08" {
			c.say(r, fieldOpened, "受付日が古すぎます。日付を確かめてください。")
		}
	}
	if s, ok := c.get(r, fieldStage); ok {
		if code, ok := c.one(r, fieldStage, s); ok && code != "" {
			r.stage = cases.Stage(code)
		}
		r.shown[fieldStage] = r.stage.Label()
	}
	r.ended = c.day(r, fieldEnded)
	switch {
	case r.stage == cases.StageClosed && r.ended == "" && !r.failed[fieldEnded]:
		c.say(r, fieldEnded, "終結したケースには終結日が要ります。終結日の列を選ぶか、日付を入れてください（集計の年度が変わるためです）。")
	case r.stage != cases.StageClosed && r.ended != "":
		c.say(r, fieldEnded, "終結日がありますが、状態が「終結」ではありません（今は「%s」）。どちらかを直してください。", r.stage.Label())
	case r.ended != "" && r.opened != "" && r.ended < r.opened:
		c.say(r, fieldEnded, "終結日が受付日より前です。")
	}
}

// day reads a day that is not to come.
func (c *checker) day(r *row, field string) string {
	s, ok := c.get(r, field)
	if !ok || slices.Contains(blanks, s) {
		return ""
	}
	day, err := readDate(s)
	if err != nil {
		c.say(r, field, "日付として読み取れません。「R8.6.12」「2026/6/12」のように直してください。")
		return ""
	}
	if day > jptime.DateOf(c.now).String() {
		c.say(r, field, "日付が未来になっています（%s）。", day)
		return ""
	}
	r.shown[field] = shownDay(day)
	return day
}

// household reads the others of the household.
func (c *checker) household(r *row, s string) {
	if slices.Contains([]string{"なし", "無", "無し", "単身", "独居", "単身世帯", "独居世帯", "本人のみ", "１人", "1人"}, s) || slices.Contains(blanks, s) {
		r.shown[fieldHousehold] = ""
		return
	}
	var shown []string
	for _, p := range parts(s) {
		x, ok := readRelative(p)
		if !ok {
			c.say(r, fieldHousehold, "「%s」から氏名と続柄を読み取れません。「山田 一郎（長男）」のように、氏名（続柄）を「、」で区切ってください。人数だけの列は取り込めません。", short(p))
			return
		}
		if x.relation == "本人" {
			continue
		}
		if x.lost != "" {
			c.tell(r, fieldHousehold, true, fault.Newf(fault.Invalid, "「%s」のうち「%s」は取り込みません（氏名と続柄だけを取り込みます）。", short(p), short(x.lost)))
		}
		in := cases.PersonInput{Name: x.name, Relation: x.relation, Ord: len(r.others) + 2}
		c.checkPerson(r, in, fieldHousehold)
		r.others, shown = append(r.others, in), append(shown, x.name+"（"+x.relation+"）")
	}
	if len(r.others) > 29 {
		c.say(r, fieldHousehold, "世帯員は30人までです。")
	}
	r.shown[fieldHousehold] = strings.Join(shown, "、")
}

// markOf is by what a row is known again: the day, and who it is; of somebody without a name, everything.
func (c *checker) markOf(r *row) string {
	who := []string{"kasane-import-1", r.opened, r.person.Name, r.person.Kana, r.person.Birth, r.person.Alias}
	if r.person.Name == "" && r.person.Kana == "" {
		who = append(who, c.t.sheet.Rows[r.no-1]...)
	}
	b, _ := json.Marshal(who) // strings always encode
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// shownDay is a day for the eye: R7.4.1; in a message also as it is counted elsewhere.
func shownDay(s string) string {
	if d, err := jptime.Parse(s); err == nil {
		return d.Short()
	}
	return s
}

func fieldOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

// madeRow is a good row as the store takes it.
func (c *checker) madeRow(actor access.Actor, r *row) (NewCase, error) {
	opened, err := c.instant(r.opened)
	if err != nil {
		return NewCase{}, err
	}
	out := NewCase{Row: r.no, Mark: r.mark, Case: cases.Case{ID: access.NewID(c.now), Tenant: actor.Tenant, Stage: r.stage, Version: 1, OpenedAt: opened, OpenedBy: actor.UserID, UpdatedAt: c.now}}
	for i, in := range append([]cases.PersonInput{r.person}, r.others...) {
		in.ID, in.Ord = access.NewID(c.now), i+1
		p, err := in.Made(actor.Tenant, out.Case.ID, c.now)
		if err != nil {
			return NewCase{}, err
		}
		out.Persons = append(out.Persons, p)
	}
	for _, a := range r.agencies {
		out.Members = append(out.Members, cases.Member{CaseID: out.Case.ID, AgencyID: a, Since: c.now, Note: "名簿からの取込"})
	}
	if r.stage == cases.StageClosed {
		at, err := c.instant(r.ended)
		if err != nil {
			return NewCase{}, err
		}
		out.End = &cases.End{ID: access.NewID(c.now), Tenant: actor.Tenant, CaseID: out.Case.ID, At: at, By: actor.UserID, ByName: actor.Name, Reason: "名簿からの取込"}
	}
	if out.Docs, err = c.docs(actor, r, out); err != nil {
		return NewCase{}, err
	}
	out.Entry = actor.Audit(c.now, access.VerbCaseCreate, out.Case.ID).InCase(out.Case.ID)
	out.Entry.Reason = access.ReasonImport
	return out, nil
}

// instant is the beginning of a day in Japan, or now.
func (c *checker) instant(day string) (time.Time, error) {
	if day == "" {
		return c.now, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, day, jptime.JST)
	return t.UTC(), err
}
