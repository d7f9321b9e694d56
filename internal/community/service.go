package community

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
	"kasane/internal/text"
)

// maxPlaces bounds the register of a municipality; a big city knows some hundreds.
const maxPlaces = 3_000

// pageSize is how many places one answer holds.
const pageSize = 50

// Service keeps the register and gives it to those who may read it.
type Service struct {
	store  Store
	gate   Gate
	issues Issues
	books  sheets.Books
	now    func() time.Time
}

// NewService makes the service.
func NewService(st Store, gate Gate, issues Issues, books sheets.Books, now func() time.Time) *Service {
	return &Service{store: st, gate: gate, issues: issues, books: books, now: now}
}

func (s *Service) clock() time.Time             { return s.now().UTC().Truncate(time.Microsecond) }
func (s *Service) today() jptime.Date           { return jptime.DateOf(s.now()) }
func (s *Service) set(tenant string) sheets.Set { return s.books.Of(tenant).At(s.today().String()) }

// mayKeep tells whether somebody writes about a place: who holds the record, and the people of its 担当機関.
func mayKeep(a access.Actor, agencyID string) bool {
	return access.Can(a, access.ActPlaceKeep) && (a.Holder() || a.AgencyID != "" && a.AgencyID == agencyID)
}

var notYours = fault.New(fault.Forbidden, "この資源を書けるのは、担当機関と、事務局・市の所管課です。直すところがあるときは、担当機関に知らせてください。")

// Query narrows the register.
type Query struct {
	Q        string `json:"q"` // a part of name, district, address, hours, contact, terms or note
	Kind     string `json:"kind"`
	Field    string `json:"field"`
	District string `json:"district"`
	State    string `json:"state"` // "" = all but 終了, "all" = all
	Page     int    `json:"page"`  // from 0
}

// Page is a part of the register.
type Page struct {
	Places    []Place  `json:"places"`
	Total     int      `json:"total"` // that match
	All       int      `json:"all"`   // in the register
	Pages     int      `json:"pages"`
	Districts []string `json:"districts"` // that are written in the register
	MayAdd    bool     `json:"mayAdd"`
	MayTake   bool     `json:"mayTake"` // as a file
}

// Search lists the places that match, by kind and name.
func (s *Service) Search(ctx context.Context, actor access.Actor, q Query) (Page, error) {
	if err := access.Require(actor, access.ActPlaceRead); err != nil {
		return Page{}, err
	}
	all, found, err := s.find(ctx, actor, q)
	if err != nil {
		return Page{}, err
	}
	out := Page{Places: []Place{}, Total: len(found), All: len(all), Pages: max(1, (len(found)+pageSize-1)/pageSize), Districts: []string{},
		MayAdd: access.Can(actor, access.ActPlaceKeep), MayTake: !actor.NoCopies}
	for _, p := range all {
		if p.District != "" && !slices.Contains(out.Districts, p.District) {
			out.Districts = append(out.Districts, p.District)
		}
	}
	slices.Sort(out.Districts)
	if from := min(q.Page*pageSize, len(found)); q.Page >= 0 {
		out.Places = append(out.Places, found[from:min(from+pageSize, len(found))]...)
	}
	return out, nil
}

// find gives the whole register, and what of it matches.
func (s *Service) find(ctx context.Context, actor access.Actor, q Query) (all, found []Place, err error) {
	for _, t := range []struct{ key, label, value string }{{"q", "検索の言葉", q.Q}, {"kind", "種類", q.Kind}, {"field", "分野", q.Field}, {"district", "圏域・地区", q.District}, {"state", "状態", q.State}} {
		if err := text.Line(t.key, t.label, t.value, 60); err != nil {
			return nil, nil, err
		}
	}
	if q.Page < 0 || q.Page > maxPlaces {
		return nil, nil, fault.New(fault.Invalid, "ページを選び直してください。").On("page")
	}
	if all, err = s.store.Places(ctx, actor.Tenant); err != nil {
		return nil, nil, fmt.Errorf("places: %w", err)
	}
	set, word := s.set(actor.Tenant), text.Fold(q.Q)
	for _, p := range all {
		if q.matches(p, word, set) {
			found = append(found, p)
		}
	}
	kinds, _ := set.List(listKind)
	rank := func(p Place) int {
		if i := slices.IndexFunc(kinds.Codes, func(c sheets.Code) bool { return c.Code == p.Kind }); i >= 0 {
			return i
		}
		return len(kinds.Codes)
	}
	slices.SortStableFunc(found, func(a, b Place) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(text.Fold(a.Name), text.Fold(b.Name))
	})
	return all, found, nil
}

func (q Query) matches(p Place, word string, set sheets.Set) bool {
	switch {
	case q.Kind != "" && p.Kind != q.Kind, q.Field != "" && !slices.Contains(p.Fields, q.Field), q.District != "" && p.District != q.District:
		return false
	case q.State == "" && p.State == StateEnded, q.State != "" && q.State != "all" && string(p.State) != q.State:
		return false
	}
	said := []string{p.Name, set.Label(listKind, p.Kind), p.District, p.Address, p.Hours, p.Contact, p.Terms, p.Note, p.AgencyName}
	return word == "" || strings.Contains(text.Fold(strings.Join(said, "\n")), word)
}

// Save writes a new place, or changes the one with the id.
func (s *Service) Save(ctx context.Context, actor access.Actor, id string, in Input) (Place, error) {
	if err := access.Require(actor, access.ActPlaceKeep); err != nil {
		return Place{}, err
	}
	var old Place
	var err error
	if id != "" {
		if old, err = s.store.Place(ctx, actor.Tenant, id); err != nil {
			return Place{}, err
		}
		if !mayKeep(actor, old.AgencyID) {
			return Place{}, notYours
		}
		if old.N != in.N {
			return Place{}, fault.New(fault.Conflict, "ほかの人がこの資源を先に変えました。入力を控えてから画面を更新し、もう一度お試しください。")
		}
	}
	if in.AgencyID == "" && !actor.Holder() {
		in.AgencyID = actor.AgencyID
	}
	if err := in.check(s.set(actor.Tenant), old); err != nil {
		return Place{}, err
	}
	switch {
	case in.AgencyID == "":
		return Place{}, fault.New(fault.Invalid, "担当機関を選んでください。").On("agencyId")
	case !mayKeep(actor, in.AgencyID):
		return Place{}, fault.New(fault.Forbidden, "担当機関には、自分の機関だけを選べます。ほかの機関の資源は、事務局か市の所管課に頼んでください。").On("agencyId")
	}
	now := s.clock()
	p := in.place(old)
	p.At, p.By, p.ByName = now, actor.UserID, actor.Name
	issue := ""
	if id == "" {
		if issue, err = s.begin(ctx, actor, &p, in, now); err != nil {
			return Place{}, err
		}
	}
	if p.State == StateOpen && p.OpenedAt == nil {
		p.OpenedAt = &now
		if p.IssueNote != "" {
			issue = IssueMade
		}
	}
	e := actor.Audit(now, access.VerbPlaceSave, p.ID)
	if err := s.store.SavePlace(ctx, actor.Tenant, p, issue, e); err != nil {
		return Place{}, err
	}
	return p, nil
}

// begin is what only a new place has: its id, and the 地域課題 it is made of, with what becomes of that.
func (s *Service) begin(ctx context.Context, actor access.Actor, p *Place, in Input, now time.Time) (issue string, err error) {
	all, err := s.store.Places(ctx, actor.Tenant)
	if err != nil {
		return "", err
	}
	if len(all) >= maxPlaces {
		return "", fault.Newf(fault.Conflict, "台帳に載せられるのは%d件までです。", maxPlaces)
	}
	p.ID, p.MadeAt = access.NewID(now), now
	if in.IssueNote == "" && in.IssueMeeting == "" {
		return "", nil
	}
	if !actor.Holder() {
		return "", fault.New(fault.Forbidden, "地域課題から資源をつくれるのは、事務局と市の所管課です。").On("issueNote")
	}
	if _, err := s.issues.LocalIssueText(ctx, actor, in.IssueMeeting, in.IssueNote); err != nil {
		return "", err
	}
	p.IssueMeeting, p.IssueNote = in.IssueMeeting, in.IssueNote
	return IssueMaking, nil
}

// IssuePlace is a resource that was made of a 地域課題.
type IssuePlace struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	State      State  `json:"state"`
	StateLabel string `json:"stateLabel"`
}

// OfIssues are the resources that were made of 地域課題, by the id of the memo; nothing for whoever does not read the register.
func (s *Service) OfIssues(ctx context.Context, actor access.Actor) (map[string][]IssuePlace, error) {
	out := map[string][]IssuePlace{}
	if !access.Can(actor, access.ActPlaceRead) {
		return out, nil
	}
	all, err := s.store.Places(ctx, actor.Tenant)
	for _, p := range all {
		if p.IssueNote != "" {
			out[p.IssueNote] = append(out[p.IssueNote], IssuePlace{p.ID, p.Name, p.State, p.State.Label()})
		}
	}
	return out, err
}
