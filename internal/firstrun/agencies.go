package firstrun

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// RowState says what saving a row would do.
type RowState string

// The states.
const (
	RowNew    RowState = "new"    // registers an agency
	RowChange RowState = "change" // changes the agency of that name
	RowSame   RowState = "same"   // as it is already
	RowError  RowState = "error"  // cannot be saved
)

// MostAgencies that are taken in at once.
const MostAgencies = 500

// AgencyRow (一覧の行) is what a line of a table says about a 関係機関. An empty field leaves what is there.
type AgencyRow struct {
	Name     string `json:"name"`
	Short    string `json:"short"`
	Category string `json:"category"`
	City     bool   `json:"city"`
	Contact  string `json:"contact"` // 担当者
	Phone    string `json:"phone"`
}

// RowProblem is what is wrong with a field of a row.
type RowProblem struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// LookedRow is a row as it was understood.
type LookedRow struct {
	Line int `json:"line"` // as the spreadsheet counts
	AgencyRow
	// Said is the 種別・分野 as it was written, Category what was understood.
	Said     string       `json:"said"`
	State    RowState     `json:"state"`
	Problems []RowProblem `json:"problems"`
}

// Looked is a table that was looked at; nothing of it is kept.
type Looked struct {
	Sheet  string      `json:"sheet"`
	Taken  []string    `json:"taken"`  // headings that are understood
	Unused []string    `json:"unused"` // headings that are not
	Bare   bool        `json:"bare"`   // without headings: the usual order was taken
	Rows   []LookedRow `json:"rows"`
}

// headings of the columns, folded; the first is the one of our own table.
var headings = map[string][]string{
	"name":     {"名称", "機関名", "機関の名称", "機関", "事業所名", "事業所", "団体名", "組織名", "関係機関", "関係機関名", "施設名", "名前"},
	"short":    {"略称", "通称"},
	"category": {"種別・分野", "種別", "分野", "機関区分", "区分", "種類", "機関種別"},
	"city":     {"市の部署", "庁内", "庁内・庁外", "町の部署", "村の部署"},
	"contact":  {"担当者", "担当", "担当者名", "担当者氏名", "窓口", "担当者・職", "連絡担当者"},
	"phone":    {"電話", "電話番号", "tel", "連絡先", "電話・内線", "連絡先電話番号"},
}

// usualOrder is that of a table without headings.
var usualOrder = []string{"name", "category", "contact", "phone"}

// LookAtAgencies reads a table, as a file or as text pasted from a spreadsheet, and says of each row what saving it would do.
func (s *Service) LookAtAgencies(ctx context.Context, a access.Actor, file []byte, pasted string) (Looked, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return Looked{}, err
	}
	sheet, err := sheetOf(file, pasted)
	if err != nil {
		return Looked{}, err
	}
	have, err := s.agencies.Agencies(ctx, a)
	if err != nil {
		return Looked{}, err
	}
	k, err := s.store.FirstRun(ctx, a.Tenant)
	if err != nil {
		return Looked{}, err
	}
	out := columnsOf(sheet)
	if !slices.Contains(out.fields, "name") {
		return Looked{}, fault.New(fault.Invalid, "「名称」の列が見つかりません。1行目に見出し（名称、種別・分野、担当者、電話）を置いてください。").On("file")
	}
	l := &looking{have: have, town: k.Town.Name, categories: s.categories(a.Tenant), seen: map[string]int{}}
	for i := out.first; i < len(sheet.Rows); i++ {
		cells := map[string]string{}
		for c, field := range out.fields {
			if v := strings.TrimSpace(sheet.At(i, c)); field != "" && v != "" && cells[field] == "" {
				cells[field] = v
			}
		}
		if len(cells) > 0 {
			out.Rows = append(out.Rows, l.row(i+1, cells))
		}
	}
	switch {
	case len(out.Rows) == 0:
		return Looked{}, fault.New(fault.Invalid, "機関の行がありません。見出しの下に、1行に1つの機関を書いてください。").On("file")
	case len(out.Rows) > MostAgencies:
		return Looked{}, fault.Newf(fault.TooLarge, "一度に取り込めるのは%d機関までです（%d行あります）。分けて取り込んでください。", MostAgencies, len(out.Rows)).On("file")
	}
	return out.Looked, nil
}

// sheetOf is the pasted text, or the first visible sheet of a file with a text in it.
func sheetOf(file []byte, pasted string) (tables.ReadSheet, error) {
	// What comes from the clipboard of a spreadsheet has tabs, whatever stands in its first line; the line put before it says so.
	tabs := len(file) == 0 && strings.Contains(pasted, "\t")
	switch {
	case tabs:
		file = []byte("\t\n" + pasted)
	case len(file) == 0:
		file = []byte(pasted)
	}
	book, err := tables.Open(file)
	if err != nil {
		return tables.ReadSheet{}, fault.Wrap(fault.KindOf(err), err, fault.Message(err)).On("file")
	}
	for _, sheet := range book.Sheets {
		if tabs && len(sheet.Rows) > 0 {
			sheet.Rows = sheet.Rows[1:]
		}
		if !sheet.Hidden && len(sheet.Rows) > 0 {
			return sheet, nil
		}
	}
	return tables.ReadSheet{}, fault.New(fault.Invalid, "シートに何も書かれていません。").On("file")
}

// columns are the fields of a table by column, and the row below its headings.
type columns struct {
	Looked
	fields []string // by column, "" = not taken
	first  int
}

// columnsOf finds the headings within the first ten rows; above them a title may stand. Without any the usual order is meant.
func columnsOf(sheet tables.ReadSheet) columns {
	for i := range min(10, len(sheet.Rows)) {
		c := columns{Looked: Looked{Sheet: sheet.Name, Taken: []string{}, Unused: []string{}}, first: i + 1}
		for j := range sheet.Width() {
			said := strings.TrimSpace(sheet.At(i, j))
			field := fieldOf(said)
			c.fields = append(c.fields, field)
			switch {
			case field != "":
				c.Taken = append(c.Taken, said)
			case said != "":
				c.Unused = append(c.Unused, said)
			}
		}
		if slices.Contains(c.fields, "name") {
			return c
		}
	}
	c := columns{Looked: Looked{Sheet: sheet.Name, Taken: []string{}, Unused: []string{}, Bare: true}, fields: usualOrder}
	if len(sheet.Rows) > 0 && slices.ContainsFunc(sheet.Rows[0], func(s string) bool { return fieldOf(s) != "" }) {
		c.fields = nil // headings, but none of a name
	}
	return c
}

func fieldOf(heading string) string {
	folded := text.Fold(heading)
	for field, names := range headings {
		if slices.ContainsFunc(names, func(n string) bool { return text.Fold(n) == folded }) {
			return field
		}
	}
	return ""
}

func (s *Service) categories(tenant string) []sheets.Code {
	list, _ := s.books.Of(tenant).At(jptime.DateOf(s.now()).String()).List("agency_category")
	return slices.DeleteFunc(slices.Clone(list.Codes), func(c sheets.Code) bool { return c.Retired })
}

// looking is what a table is held against.
type looking struct {
	have       []access.Agency
	town       string
	categories []sheets.Code
	seen       map[string]int // line by name
}

func (l *looking) row(line int, cells map[string]string) LookedRow {
	r := LookedRow{Line: line, Said: cells["category"], Problems: []RowProblem{}, AgencyRow: AgencyRow{Name: cells["name"], Short: cells["short"],
		City: yes(cells["city"]), Contact: cells["contact"], Phone: cells["phone"]}}
	wrong := func(field, format string, args ...any) {
		r.State = RowError
		r.Problems = append(r.Problems, RowProblem{field, fmt.Sprintf(format, args...)})
	}
	if r.Said != "" {
		if r.Category = categoryOf(r.Said, l.categories); r.Category == "" {
			wrong("category", "「%s」に当たる機関区分がありません。例：地域包括支援センター、社会福祉協議会、その他", r.Said)
		}
	}
	if before, ok := l.seen[r.Name]; ok && r.Name != "" {
		wrong("name", "%d行目と同じ名称です。", before)
	}
	l.seen[r.Name] = line
	was, known := agencyNamed(l.have, r.Name)
	next := r.merged(was, known, l.town)
	for _, err := range next.Problems() {
		wrong(fault.Field(err), "%s", fault.Message(err))
	}
	switch {
	case r.State == RowError:
	case !known:
		r.State = RowNew
	case changes(was, next):
		r.State = RowChange
	default:
		r.State = RowSame
	}
	if r.State != RowError {
		r.Short, r.Category, r.Contact, r.Phone = next.Short, next.Category, next.Contact, next.Phone
	}
	return r
}

func agencyNamed(have []access.Agency, name string) (access.Agency, bool) {
	i := slices.IndexFunc(have, func(g access.Agency) bool { return g.Name == name })
	if i < 0 {
		return access.Agency{}, false
	}
	return have[i], true
}

// merged is the agency after the row: what the row leaves empty stays.
func (r AgencyRow) merged(was access.Agency, known bool, town string) identity.AgencyInput {
	active := !known || was.Active
	in := identity.AgencyInput{Name: r.Name, Short: r.Short, Category: r.Category, City: r.City || was.City, Active: &active, Addresses: was.Addresses,
		Contact: r.Contact, Phone: r.Phone}
	for _, f := range []struct {
		to  *string
		was string
	}{{&in.Short, was.Short}, {&in.Category, was.Category}, {&in.Contact, was.Contact}, {&in.Phone, was.Phone}} {
		if *f.to == "" {
			*f.to = f.was
		}
	}
	if in.Short == "" {
		in.Short = shortOf(r.Name, town)
	}
	return in
}

// shortOf leaves the name of the municipality out: the head of a column has eight characters.
func shortOf(name, town string) string {
	short := name
	if rest, ok := strings.CutPrefix(name, town); ok && town != "" {
		short = strings.TrimLeft(rest, "立　 ")
	}
	if short == "" {
		short = name
	}
	ends := text.Boundaries(short)
	return short[:ends[min(8, len(ends)-1)]]
}

func changes(was access.Agency, next identity.AgencyInput) bool {
	return was.Short != next.Short || was.Category != next.Category || was.City != next.City || was.Contact != next.Contact || was.Phone != next.Phone
}

// categoryOf finds the 機関区分 that is meant: by code, by label, or by the only label that holds the words or is held in them.
func categoryOf(said string, list []sheets.Code) string {
	folded := text.Fold(said)
	if folded == "社協" { // what everybody calls it stands in no label
		folded = "社会福祉協議会"
	}
	var near []string
	for _, c := range list {
		label := text.Fold(c.Label)
		plain, _, _ := strings.Cut(label, "(")
		switch {
		case said == c.Code, folded == label, folded == plain:
			return c.Code
		case len([]rune(folded)) >= 2 && (strings.Contains(label, folded) || strings.Contains(folded, plain)):
			near = append(near, c.Code)
		}
	}
	if len(near) == 1 {
		return near[0]
	}
	return ""
}

func yes(s string) bool {
	return slices.Contains([]string{"○", "〇", "◯", "1", "はい", "市", "庁内", "true", "yes", "✓"}, text.Fold(s))
}

// TakeAgencies saves rows, all or none: those of a name that is there change, the others are registered.
func (s *Service) TakeAgencies(ctx context.Context, a access.Actor, rows []AgencyRow) ([]access.Agency, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return nil, err
	}
	if len(rows) == 0 || len(rows) > MostAgencies {
		return nil, fault.Newf(fault.Invalid, "取り込む機関を1から%dまでにしてください。", MostAgencies).On("agencies")
	}
	have, err := s.agencies.Agencies(ctx, a)
	if err != nil {
		return nil, err
	}
	k, err := s.store.FirstRun(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	var out []identity.AgencyChange
	categories, seen := s.categories(a.Tenant), map[string]bool{}
	for i, r := range rows {
		was, known := agencyNamed(have, r.Name)
		next := r.merged(was, known, k.Town.Name)
		at := func(err error) error {
			return fault.Wrap(fault.Invalid, err, fmt.Sprintf("%d件目: %s", i+1, fault.Message(err))).On(fmt.Sprintf("agencies.%d.%s", i, fault.Field(err)))
		}
		if seen[r.Name] {
			return nil, at(fault.New(fault.Invalid, "同じ名称が2つあります。").On("name"))
		}
		if r.Category != "" && r.Category != was.Category && !slices.ContainsFunc(categories, func(c sheets.Code) bool { return c.Code == r.Category }) {
			return nil, at(fault.New(fault.Invalid, "この機関区分は選べません。").On("category"))
		}
		if bad := next.Problems(); len(bad) > 0 {
			return nil, at(bad[0])
		}
		seen[r.Name] = true
		if !known || changes(was, next) {
			out = append(out, identity.AgencyChange{ID: was.ID, In: next})
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Conflict, "一覧はすべて、いまの登録と同じです。").On("agencies")
	}
	return s.agencies.SaveAgencies(ctx, a, out)
}
