package casesheets

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/tables"
	"kasane/internal/text"
)

// Change (変わる欄) is a field that was changed on the sheet.
type Change struct {
	Key     string `json:"key"` // names it in the order to take it in
	Who     string `json:"who"`
	Section string `json:"section"`
	Label   string `json:"label"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Was     string `json:"was"` // when the sheet went out; what stands there now, where that is not known
	Now     string `json:"now"` // in the record
	New     string `json:"new"` // on the sheet
	// Conflict: it was changed in the record as well since the sheet went out.
	Conflict bool     `json:"conflict"`
	Notes    []string `json:"notes"`

	slot      slot
	have, put string
}

// Trouble (エラー・注意) is what keeps a cell out, or is worth knowing of it (Note).
type Trouble struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Who     string `json:"who"`
	Label   string `json:"label"`
	Value   string `json:"value"`
	Message string `json:"message"`
	Note    bool   `json:"note"`
}

// Preview (確認) is what a sheet that came back would change.
type Preview struct {
	Title    string    `json:"title"`
	Fields   int       `json:"fields"` // that were read
	Changes  []Change  `json:"changes"`
	Troubles []Trouble `json:"troubles"`
	// More is how many troubles are not listed.
	More int `json:"more"`
	// Plan is the hash of what would be done: it is sent back with the order to do it.
	Plan string `json:"plan"`
}

// Order (取込の指示) is what was confirmed.
type Order struct {
	Plan string   `json:"plan"`
	Keys []string `json:"keys"`
}

// Taken (取込の結果) is what came of it.
type Taken struct {
	Written int `json:"written"` // fields
	// Refused are the fields that could not be written at that moment, with the reason.
	Refused []Refused `json:"refused"`
}

// Refused is one of them.
type Refused struct {
	Who     string `json:"who"`
	Label   string `json:"label"`
	Message string `json:"message"`
}

// File is what was chosen.
type File struct {
	Name  string
	Bytes []byte
}

// shownTroubles bounds the list of what is wrong.
const shownTroubles = 300

var errMoved = fault.New(fault.Conflict, "確かめたときから、記録の内容かファイルが変わっています。もう一度確かめてから取り込んでください。").With("code", "moved")

// Look reads a sheet that came back and says what it would change; nothing is written and nothing of the file is kept.
func (s *Service) Look(ctx context.Context, a access.Actor, caseID, form string, f File) (Preview, error) {
	_, p, err := s.look(ctx, a, caseID, form, f)
	if err != nil {
		return Preview{}, err
	}
	return p, s.store.AppendAudit(ctx, s.lookedAt(a, caseID, form, f))
}

func (s *Service) lookedAt(a access.Actor, caseID, form string, f File) access.Entry {
	e := a.Audit(s.now(), access.VerbSheetBackLook, form).InCase(caseID)
	e.Hash = archive.Sum(f.Bytes)
	return e
}

func (s *Service) look(ctx context.Context, a access.Actor, caseID, form string, f File) (*material, Preview, error) {
	if err := access.Require(a, access.ActSheetBack); err != nil {
		return nil, Preview{}, err
	}
	if err := text.Line("file", "ファイルの名前", f.Name, 200); err != nil {
		return nil, Preview{}, err
	}
	m, err := s.gather(ctx, a, caseID, Wish{Form: form})
	if err != nil {
		return nil, Preview{}, err
	}
	read, err := tables.Open(f.Bytes)
	if err != nil {
		return nil, Preview{}, err
	}
	b, err := m.backOf(read)
	if err != nil {
		return nil, Preview{}, err
	}
	if err := s.compare(ctx, b); err != nil {
		return nil, Preview{}, err
	}
	p := Preview{Title: m.title(), Fields: b.read, Changes: some(b.changes), Troubles: some(b.troubles), Plan: b.plan(f.Bytes)}
	if n := len(p.Troubles); n > shownTroubles {
		p.Troubles, p.More = p.Troubles[:shownTroubles], n-shownTroubles
	}
	return m, p, nil
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// plan is the hash of the file and of what would be changed from what to what.
func (b *back) plan(file []byte) string {
	type step struct {
		Key, Have, Put string
		Conflict       bool
	}
	steps := []step{}
	for _, c := range b.changes {
		steps = append(steps, step{c.Key, c.have, c.put, c.Conflict})
	}
	j, _ := json.Marshal([]any{archive.Sum(file), steps}) // strings always encode
	sum := sha256.Sum256(j)
	return hex.EncodeToString(sum[:])
}

// Take writes what was chosen of the changes, as an edit of the actor: with their rights, in their name, through the checks of everything that is typed. Each document
// is one change, to be seen and taken back in its history.
func (s *Service) Take(ctx context.Context, a access.Actor, caseID, form string, f File, o Order) (Taken, error) {
	m, p, err := s.look(ctx, a, caseID, form, f)
	if err != nil {
		return Taken{}, err
	}
	if o.Plan != p.Plan {
		return Taken{}, errMoved
	}
	var chosen []Change
	for _, key := range o.Keys {
		i := slices.IndexFunc(p.Changes, func(c Change) bool { return c.Key == key })
		if i < 0 || slices.ContainsFunc(chosen, func(c Change) bool { return c.Key == key }) {
			return Taken{}, fault.New(fault.Invalid, "取り込む欄を読み取れません。もう一度確かめてください。").On("keys")
		}
		chosen = append(chosen, p.Changes[i])
	}
	if len(chosen) == 0 {
		return Taken{}, fault.New(fault.Invalid, "取り込む欄を選んでください。").On("keys")
	}
	by := map[class][]Change{}
	var order []class
	for _, c := range chosen {
		if by[c.slot.class] == nil {
			order = append(order, c.slot.class)
		}
		by[c.slot.class] = append(by[c.slot.class], c)
	}
	deeds, err := s.deeds(ctx, m, order, by, s.taken(a, caseID, form, f))
	if err != nil {
		return Taken{}, err
	}
	refused, err := s.docs.Carry(ctx, a, deeds)
	if err != nil {
		return Taken{}, err
	}
	out := Taken{Refused: []Refused{}}
	for i, k := range order {
		for _, c := range by[k] {
			if refused[i] == nil {
				out.Written++
				continue
			}
			out.Refused = append(out.Refused, Refused{c.Who, c.Label, fault.Message(refused[i])})
		}
	}
	return out, nil
}

func (s *Service) taken(a access.Actor, caseID, form string, f File) func() access.Entry {
	return func() access.Entry {
		e := a.Audit(s.now(), access.VerbSheetBack, form).InCase(caseID)
		e.Hash = archive.Sum(f.Bytes)
		return e
	}
}

// deeds are what is written, document by document. A document that is not there yet is made, as the screen makes it.
func (s *Service) deeds(ctx context.Context, m *material, order []class, by map[class][]Change, entry func() access.Entry) ([]live.Deed, error) {
	want := make([]live.Meta, len(order))
	for i, k := range order {
		want[i], _ = m.meta(k)
	}
	metas, err := s.store.EnsureDocs(ctx, want, m.actor.Audit(m.at, access.VerbDocOpen, m.kase.ID).InCase(m.kase.ID))
	if err != nil {
		return nil, err
	}
	var out []live.Deed
	for i, k := range order {
		r, err := s.gate.Rights(ctx, m.actor, "", metas[i])
		if err != nil {
			return nil, err
		}
		list := by[k]
		out = append(out, live.Deed{Meta: metas[i], Rights: r, Audit: entry(), Write: func(b *live.Builder) error {
			for _, c := range list {
				if m.holds(c.slot, b.Document()) != c.have {
					return errMoved
				}
				if c.slot.prose() {
					b.Text(c.slot.key(), c.put)
				} else {
					b.Set(c.slot.key(), c.slot.value(c.put))
				}
			}
			return nil
		}})
	}
	return out, nil
}

// today are the forms by which documents take what is written.
func (s *Service) today(m *material) func(slot) bool {
	set := s.books.Of(m.actor.Tenant).At(jptime.DateOf(m.at).String())
	return func(x slot) bool {
		name := x.field.ID
		if x.words {
			name += "_other"
		}
		return set.Holds(x.field.Owner, string(x.item), name)
	}
}
