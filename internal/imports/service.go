package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/intake"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// Service takes lists of cases in.
type Service struct {
	store Store
	like  Likeness
	books sheets.Books
	now   func() time.Time
}

// New makes the service.
func New(store Store, like Likeness, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: store, like: like, books: books, now: now}
}

// What is shown of an import at once.
const (
	shownRows     = 20
	shownProblems = 1000
	shownDoubles  = 200
)

// File is a file as it was chosen.
type File struct {
	Name  string
	Bytes []byte
}

func (f File) hash() string {
	sum := sha256.Sum256(f.Bytes)
	return hex.EncodeToString(sum[:])
}

// looking is everything an import knows before it shows or does something.
type looking struct {
	read   tables.Read
	c      *checker
	memory Memory
	rows   []*row
	file   File
}

// Look (確認) says what an import would do, and does nothing.
func (s *Service) Look(ctx context.Context, actor access.Actor, f File, how How) (Preview, error) {
	l, err := s.look(ctx, actor, f, how, s.clock())
	if err != nil {
		return Preview{}, err
	}
	p := l.preview()
	if p.Doubles, err = s.doubles(ctx, actor, l.rows); err != nil {
		return Preview{}, err
	}
	before, err := s.store.Imports(ctx, access.ScopeOf(actor))
	if err != nil {
		return Preview{}, err
	}
	for _, b := range before {
		if b.FileHash == f.hash() && b.State != StateUndone {
			b.StateLabel = b.State.Label()
			p.Again = append(p.Again, b)
		}
	}
	e := actor.Audit(s.clock(), access.VerbImportLook, "")
	e.Hash = f.hash()
	return p, s.store.AppendAudit(ctx, e)
}

// look reads a file, as of a moment.
func (s *Service) look(ctx context.Context, actor access.Actor, f File, how How, now time.Time) (looking, error) {
	if err := access.Require(actor, access.ActImport); err != nil {
		return looking{}, err
	}
	if err := text.Line("file", "ファイルの名前", f.Name, 200); err != nil {
		return looking{}, err
	}
	read, err := tables.Open(f.Bytes)
	if err != nil {
		return looking{}, err
	}
	l := looking{read: read, file: f}
	if l.memory, err = s.store.ImportMemory(ctx, actor.Tenant); err != nil {
		return looking{}, err
	}
	p := place{set: s.books.Of(actor.Tenant).At(jptime.DateOf(now).String())}
	if p.agencies, err = s.store.ListAgencies(ctx, actor.Tenant); err != nil {
		return looking{}, err
	}
	t, err := tableOf(read, how, p, l.memory)
	if err != nil {
		return looking{}, err
	}
	l.c = &checker{p: p, t: t, words: meant(l.memory.Words, how.Words), now: now, asked: map[[2]string]*Word{}}
	l.rows = l.c.read()
	marks := make([]string, len(l.rows))
	for i, r := range l.rows {
		marks[i] = r.mark
	}
	taken, err := s.store.ImportMarks(ctx, actor.Tenant, marks)
	if err != nil {
		return looking{}, err
	}
	for _, r := range l.rows {
		r.done = taken[r.mark]
	}
	return l, nil
}

// meant is what words of a file mean: as the last time, but for those about which something is said now.
func meant(before, now map[string]map[string]string) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, m := range []map[string]map[string]string{before, now} {
		for field, words := range m {
			if out[field] == nil {
				out[field] = map[string]string{}
			}
			maps.Copy(out[field], words)
		}
	}
	return out
}

// preview is what is shown before.
func (l looking) preview() Preview {
	t := l.c.t
	p := Preview{Name: l.file.Name, Form: string(l.read.Form), Sheets: []string{}, Sheet: t.sheet.Name, Head: t.head + 1, Columns: t.shown(), Fields: l.c.p.fields(), Mapping: map[string]int{}, Words: []Word{},
		Missing: []string{}, Taken: []string{}, Rows: []Shown{}, Problems: []Problem{}, Doubles: []Double{}, Again: []Batch{}, Total: len(l.rows)}
	for _, s := range l.read.Sheets {
		p.Sheets = append(p.Sheets, s.Name)
	}
	var taken []string
	for _, f := range p.Fields {
		if col, ok := t.columns[f.ID]; ok {
			p.Mapping[f.ID] = col + 1
			taken, p.Taken = append(taken, f.ID), append(p.Taken, f.Label)
		}
	}
	if !slices.Contains(taken, fieldName) && !slices.Contains(taken, fieldKana) && !slices.Contains(taken, fieldAlias) {
		p.Missing = append(p.Missing, "氏名")
	}
	for _, r := range l.rows {
		switch {
		case r.done:
			p.Done++
			continue
		case r.bad():
			p.Bad++
		default:
			p.Good++
		}
		if len(p.Rows) < shownRows {
			s := Shown{Row: r.no, Values: []string{}, Bad: r.bad()}
			for _, id := range taken {
				s.Values = append(s.Values, r.shown[id])
			}
			p.Rows = append(p.Rows, s)
		}
		p.Problems = append(p.Problems, r.problems[:min(len(r.problems), max(0, shownProblems-len(p.Problems)))]...)
	}
	for _, w := range l.c.asked {
		p.Words = append(p.Words, *w)
	}
	slices.SortFunc(p.Words, func(a, b Word) int { return strings.Compare(a.Field+"\n"+a.Word, b.Field+"\n"+b.Word) })
	p.Plan = l.plan()
	return p
}

// plan is the hash of what would be done: the bytes of the file, how they are taken, and which rows are good and new.
func (l looking) plan() string {
	var rows []string
	for _, r := range l.rows {
		rows = append(rows, fmt.Sprint(r.no, r.done, r.bad(), r.shown))
	}
	b, _ := json.Marshal([]any{l.file.hash(), l.c.t.sheet.Name, l.c.t.head, l.c.t.columns, rows}) // maps are written in order
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// doubles looks for people who may be known already.
func (s *Service) doubles(ctx context.Context, actor access.Actor, rows []*row) ([]Double, error) {
	var asked []*row
	var wanted []intake.Wanted
	for _, r := range rows {
		if !r.done && !r.bad() {
			asked, wanted = append(asked, r), append(wanted, intake.Wanted{Name: r.person.Name, Kana: r.person.Kana, Birth: r.person.Birth})
		}
	}
	found, err := s.like.Likely(ctx, actor, wanted)
	if err != nil {
		return nil, err
	}
	out := []Double{}
	for i, lines := range found {
		if len(lines) > 0 && len(out) < shownDoubles {
			out = append(out, Double{Row: asked[i].no, Name: asked[i].person.Name, Lines: lines})
		}
	}
	return out, nil
}

// Order (取込の指示) is what was confirmed.
type Order struct {
	ID   string `json:"id"` // made by the browser: what is sent twice is one import
	How  How    `json:"how"`
	Plan string `json:"plan"` // of the preview
	// Rest: rows with errors are left out; without it nothing is taken in as long as there is one.
	Rest bool `json:"rest"`
	// Skip are rows that are not to be taken in: the person is known already.
	Skip []int `json:"skip"`
}

var idForm = regexp.MustCompile(`^[0-9a-z]{20,40}$`)

// Do takes the rows in. The same order sent again answers with what was made of it.
func (s *Service) Do(ctx context.Context, actor access.Actor, f File, o Order) (Batch, error) {
	if err := access.Require(actor, access.ActImport); err != nil {
		return Batch{}, err
	}
	if !idForm.MatchString(o.ID) {
		return Batch{}, fault.New(fault.Invalid, "送信の形式が正しくありません。画面を開き直してください。").On("id")
	}
	before, err := s.store.Imports(ctx, access.ScopeOf(actor))
	if err != nil {
		return Batch{}, err
	}
	if i := slices.IndexFunc(before, func(b Batch) bool { return b.ID == o.ID }); i >= 0 {
		return s.again(actor, before[i])
	}
	l, err := s.look(ctx, actor, f, o.How, s.clock())
	if err != nil {
		return Batch{}, err
	}
	list, refused, err := l.chosen(actor, o)
	if err != nil {
		return Batch{}, err
	}
	now := l.c.now
	b := Batch{ID: o.ID, Tenant: actor.Tenant, FileName: f.Name, FileHash: f.hash(), ByID: actor.UserID, ByName: actor.Name, At: now, Rows: len(l.rows), Made: len(list), Refused: refused, State: StateDone}
	e := actor.Audit(now, access.VerbImport, b.ID)
	e.Hash = b.FileHash
	out, made, err := s.store.AddImport(ctx, b, list, l.remembered(), e)
	if err != nil {
		return Batch{}, err
	}
	if !made {
		return s.again(actor, out)
	}
	out.StateLabel = out.State.Label()
	return out, nil
}

// again answers what was sent twice.
func (s *Service) again(actor access.Actor, b Batch) (Batch, error) {
	if b.ByID != actor.UserID {
		return Batch{}, fault.New(fault.Conflict, "この取込は登録できませんでした。画面を開き直して、もう一度お試しください。")
	}
	b.StateLabel = b.State.Label()
	return b, nil
}

// chosen are the rows that are taken in.
func (l looking) chosen(actor access.Actor, o Order) (list []NewCase, refused int, err error) {
	p := l.preview()
	switch {
	case len(p.Missing) > 0:
		return nil, 0, fault.Newf(fault.Invalid, "「%s」の列を選んでください。", strings.Join(p.Missing, "」「")).On("columns")
	case o.Plan != p.Plan:
		return nil, 0, fault.New(fault.Conflict, "確かめたときから、ファイルか登録の内容が変わっています。もう一度確かめてから取り込んでください。").With("code", "moved")
	case p.Bad > 0 && !o.Rest:
		return nil, 0, fault.Newf(fault.Conflict, "エラーのある行が%d行あります。直したファイルを選び直すか、「エラーのない行だけ取り込む」を選んでください。", p.Bad)
	}
	if list, err = l.rest(actor, o); err != nil {
		return nil, 0, err
	}
	if len(list) == 0 {
		return nil, 0, fault.New(fault.Conflict, "新しく取り込む行がありません。")
	}
	return list, p.Bad, nil
}

// remembered is how the columns and words were taken, for the next time.
func (l looking) remembered() Memory {
	m := Memory{Columns: map[string]string{}, Words: map[string]map[string]string{}}
	for h, id := range l.memory.Columns {
		m.Columns[h] = id
	}
	taken := map[int]string{}
	for id, col := range l.c.t.columns {
		taken[col] = id
	}
	seen := map[string]bool{}
	for col, h := range l.c.t.heads {
		if k := headKey(h); k != "" && !seen[k] && len(m.Columns) < 500 && !text.LooksLikeMyNumber(h) {
			m.Columns[k], seen[k] = taken[col], true
		}
	}
	for field, words := range l.memory.Words {
		m.Words[field] = map[string]string{}
		for w, code := range words {
			m.Words[field][w] = code
		}
	}
	for key, w := range l.c.asked {
		if m.Words[key[0]] == nil {
			m.Words[key[0]] = map[string]string{}
		}
		if w.Known && len(m.Words[key[0]]) < 200 {
			m.Words[key[0]][key[1]] = w.Code
		}
	}
	return m
}

// List lists the imports, newest first.
func (s *Service) List(ctx context.Context, actor access.Actor) ([]Batch, error) {
	if err := access.Require(actor, access.ActImport); err != nil {
		return nil, err
	}
	list, err := s.store.Imports(ctx, access.ScopeOf(actor))
	for i := range list {
		list[i].StateLabel = list[i].State.Label()
	}
	if list == nil {
		list = []Batch{}
	}
	return list, err
}

// Undo (取消) takes away what an import made and nobody has worked on.
func (s *Service) Undo(ctx context.Context, actor access.Actor, id string) (Undone, error) {
	if err := access.Require(actor, access.ActImport); err != nil {
		return Undone{}, err
	}
	now := s.clock()
	e := actor.Audit(now, access.VerbImportUndo, id)
	u, err := s.store.UndoImport(ctx, Undoing{Scope: access.ScopeOf(actor), ID: id, ByName: actor.Name, At: now, Each: func(caseID string) access.Entry {
		return actor.Audit(now, access.VerbImportUndo, caseID).InCase(caseID)
	}}, e)
	u.Batch.StateLabel = u.Batch.State.Label()
	return u, err
}

// clock is now as the store keeps it.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
