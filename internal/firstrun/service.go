package firstrun

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

// Agencies are the 関係機関 as identity keeps them.
type Agencies interface {
	Agencies(ctx context.Context, a access.Actor) ([]access.Agency, error)
	SaveAgencies(ctx context.Context, a access.Actor, changes []identity.AgencyChange) ([]access.Agency, error)
}

// Service answers the screens of はじめの設定 and 自治体.
type Service struct {
	store    Store
	agencies Agencies
	books    sheets.Books
	now      func() time.Time
	bound    func(code string) bool
}

// BindCodes says which codes have a host name of their own (KASANE_MUNICIPALITY_HOSTS): whoever changed such a code would shut their own door, whoever took one
// would stand at another's.
func (s *Service) BindCodes(bound func(code string) bool) { s.bound = bound }

// New makes the service.
func New(store Store, agencies Agencies, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: store, agencies: agencies, books: books, now: now}
}

// StepState is a step as the screens show it.
type StepState struct {
	Step   Step       `json:"id"`
	Done   bool       `json:"done"`
	At     *time.Time `json:"at"`
	ByName string     `json:"byName"`
}

// Way is how far a municipality has come.
type Way struct {
	Steps []StepState `json:"steps"`
	Done  int         `json:"done"`
	Aside bool        `json:"aside"`
	// Asking: the screens of 管理 go on naming it.
	Asking bool `json:"asking"`
}

// Way tells it.
func (s *Service) Way(ctx context.Context, a access.Actor) (Way, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return Way{}, err
	}
	k, err := s.store.FirstRun(ctx, a.Tenant)
	if err != nil {
		return Way{}, err
	}
	w := Way{Aside: k.Aside}
	for _, step := range Steps() {
		x := StepState{Step: step}
		if i := slices.IndexFunc(k.Marks, func(m Mark) bool { return m.Step == step }); i >= 0 {
			x.Done, x.At, x.ByName = true, &k.Marks[i].At, k.Marks[i].ByName
			w.Done++
		}
		w.Steps = append(w.Steps, x)
	}
	w.Asking = !w.Aside && w.Done < len(w.Steps)
	return w, nil
}

// MarkStep says that a step is done, or open again.
func (s *Service) MarkStep(ctx context.Context, a access.Actor, step Step, done bool) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	if !slices.Contains(Steps(), step) {
		return fault.New(fault.NotFound, "はじめの設定に、この段階はありません。")
	}
	m := s.mark(a)
	m.Step = step
	return s.store.MarkStep(ctx, a.Tenant, m, done, a.Audit(m.At, access.VerbFirstRun, string(step)))
}

// PutAside stops the screens from asking, or has them ask again.
func (s *Service) PutAside(ctx context.Context, a access.Actor, aside bool) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	return s.store.PutAside(ctx, a.Tenant, aside, a.Audit(s.now(), access.VerbFirstRun, "aside"))
}

func (s *Service) mark(a access.Actor) Mark {
	return Mark{At: s.now().UTC().Truncate(time.Microsecond), ByID: a.UserID, ByName: a.Name}
}

// TownView is a Town with what the screens show beside it.
type TownView struct {
	Town
	Prefecture string    `json:"prefecture"`
	Years      []Year    `json:"years"` // to choose Since from
	Logo       *LogoView `json:"logo"`
}

// Year is a 年度 to choose.
type Year struct {
	Year int    `json:"year"`
	Name string `json:"name"`
}

// LogoView says that there is a mark, and how large.
type LogoView struct {
	Stamp  string `json:"stamp"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Town tells what the municipality says of itself.
func (s *Service) Town(ctx context.Context, a access.Actor) (TownView, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return TownView{}, err
	}
	k, err := s.store.FirstRun(ctx, a.Tenant)
	if err != nil {
		return TownView{}, err
	}
	return s.view(k), nil
}

func (s *Service) view(k Kept) TownView {
	v := TownView{Town: k.Town, Prefecture: Prefecture(k.Town.Code)}
	for y := s.thisYear() + 1; y >= firstYear; y-- {
		v.Years = append(v.Years, Year{y, jptime.FiscalYearName(y)})
	}
	if k.Logo != "" {
		v.Logo = &LogoView{k.Logo, k.Width, k.Height}
	}
	return v
}

func (s *Service) thisYear() int { return jptime.DateOf(s.now()).FiscalYear() }

// SaveTown changes it. Papers that are sealed keep the name they were sealed with.
func (s *Service) SaveTown(ctx context.Context, a access.Actor, t Town) (TownView, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return TownView{}, err
	}
	k, err := s.store.FirstRun(ctx, a.Tenant)
	if err != nil {
		return TownView{}, err
	}
	t.Code = plainCode(t.Code)
	if err := t.check(k.Town, s.thisYear()); err != nil {
		return TownView{}, err
	}
	if t.Code != k.Town.Code && s.bound != nil && (s.bound(k.Town.Code) || s.bound(t.Code)) {
		return TownView{}, fault.New(fault.Conflict, "このコードは、サインインの画面のアドレスに使われているため、ここでは変えられません。サーバーの担当者に、設定（KASANE_MUNICIPALITY_HOSTS）と合わせて変えるよう依頼してください。").On("code")
	}
	if err := s.store.SaveTown(ctx, a.Tenant, t, a.Audit(s.now(), access.VerbTownSave, a.Tenant)); err != nil {
		return TownView{}, err
	}
	k.Town = t
	return s.view(k), nil
}

// SetLogo reads and keeps a mark.
func (s *Service) SetLogo(ctx context.Context, a access.Actor, sent []byte) (LogoView, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return LogoView{}, err
	}
	l, err := ReadLogo(sent)
	if err != nil {
		return LogoView{}, err
	}
	m := s.mark(a)
	e := a.Audit(m.At, access.VerbTownLogo, a.Tenant)
	e.Hash = l.Stamp
	return LogoView{l.Stamp, l.Width, l.Height}, s.store.SaveLogo(ctx, a.Tenant, l, m, e)
}

// DropLogo takes the mark away.
func (s *Service) DropLogo(ctx context.Context, a access.Actor) error {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return err
	}
	return s.store.DropLogo(ctx, a.Tenant, a.Audit(s.now(), access.VerbTownLogo, a.Tenant))
}

// Logo gives the mark to whoever is signed in.
func (s *Service) Logo(ctx context.Context, a access.Actor) (Logo, error) {
	if err := access.Require(a, access.ActSession); err != nil {
		return Logo{}, err
	}
	return s.store.Logo(ctx, a.Tenant)
}

// Face is what every page shows of the municipality of an actor.
type Face struct {
	Logo  string // stamp, "" = none
	Since int    // the first 年度 anything can be of
}

// Face tells it.
func (s *Service) Face(ctx context.Context, tenant string) (Face, error) {
	k, err := s.store.FirstRun(ctx, tenant)
	if err != nil {
		return Face{}, err
	}
	f := Face{Logo: k.Logo, Since: jptime.DateOf(k.Since).FiscalYear()}
	if k.Town.Since != 0 {
		f.Since = min(f.Since, k.Town.Since)
	}
	return f, nil
}
