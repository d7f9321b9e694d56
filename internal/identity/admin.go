package identity

import (
	"context"
	"slices"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// shortMax is the room of a column head in the role matrix (役割分担表).
const shortMax = 8

// UserInput is what an administrator says about a user. Password "" keeps the old one.
type UserInput struct {
	AgencyID string        `json:"agencyId"`
	Login    string        `json:"login"`
	Name     string        `json:"name"`
	Kana     string        `json:"kana"`
	Post     string        `json:"post"`
	Roles    []access.Role `json:"roles"`
	Disabled bool          `json:"disabled"`
	Password string        `json:"password"`
}

// AgencyInput is what an administrator says about an agency.
type AgencyInput struct {
	Name     string `json:"name"`
	Short    string `json:"short"`
	Category string `json:"category"`
	City     bool   `json:"city"`
	Active   *bool  `json:"active"` // nil: active
	// Addresses its people may come from, as people write them; empty: from anywhere.
	Addresses []string `json:"addresses"`
	Contact   string   `json:"contact"` // 担当者
	Phone     string   `json:"phone"`
}

// Agencies lists the agencies of the actor's municipality; names of agencies are public.
func (s *Service) Agencies(ctx context.Context, a access.Actor) ([]access.Agency, error) {
	if a.Tenant == "" {
		return nil, fault.New(fault.Unauthorized, "")
	}
	list, err := s.store.ListAgencies(ctx, a.Tenant)
	for i := range list {
		if !access.Can(a, access.ActAdminister) {
			list[i].Addresses = nil // how another's network looks is nobody's business
			if !a.Holder() {
				list[i].Contact, list[i].Phone = "", "" // for those who call them together
			}
		}
	}
	return list, err
}

// SaveAgency creates (id "") or changes an agency.
func (s *Service) SaveAgency(ctx context.Context, a access.Actor, id string, in AgencyInput) (access.Agency, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return access.Agency{}, err
	}
	now := s.now()
	create := id == ""
	if create {
		id = access.NewID(now)
	}
	g, err := in.agency(a.Tenant, id)
	if err != nil {
		return access.Agency{}, err
	}
	if !create && !g.Active && id == a.AgencyID {
		return access.Agency{}, fault.New(fault.Conflict, "自分の所属する機関は停止できません。").On("active")
	}
	if id == a.AgencyID && !allowed(g, a.IP) {
		return access.Agency{}, fault.Newf(fault.Conflict, "今使っているアドレス(%s)が含まれていないため、自分がサインインできなくなります。", a.IP).On("addresses")
	}
	return g, s.store.SaveAgency(ctx, g, create, a.Audit(now, access.VerbAgencySave, id))
}

// agency makes the stored form of a checked input.
func (in AgencyInput) agency(tenant, id string) (access.Agency, error) {
	g := access.Agency{ID: id, Tenant: tenant, Name: in.Name, Short: in.Short, Category: in.Category, City: in.City,
		Active: in.Active == nil || *in.Active, Contact: in.Contact, Phone: in.Phone}
	if g.Short == "" {
		g.Short = head(g.Name, shortMax)
	}
	if bad := in.Problems(); len(bad) > 0 {
		return access.Agency{}, bad[0]
	}
	var err error
	g.Addresses, err = checkAddresses(in.Addresses)
	return g, err
}

// Users lists the users the actor administers: of the municipality, or of the own agency.
func (s *Service) Users(ctx context.Context, a access.Actor) ([]access.User, error) {
	if err := access.Require(a, access.ActUsersManage); err != nil {
		return nil, err
	}
	list, err := s.store.ListUsers(ctx, a.Tenant)
	if err != nil || access.Can(a, access.ActAdminister) {
		return list, err
	}
	return slices.DeleteFunc(list, func(u access.User) bool { return u.AgencyID != a.AgencyID }), nil
}

// administered finds an account the actor may change: any of the municipality, for a 機関管理者 those of the own agency that hold no other roles than
// such an administrator may give. NotFound: outside of that.
func (s *Service) administered(ctx context.Context, a access.Actor, id string) (Account, error) {
	if err := access.Require(a, access.ActUsersManage); err != nil {
		return Account{}, err
	}
	acc, err := s.store.GetUser(ctx, a.Tenant, id)
	if err != nil || access.Can(a, access.ActAdminister) {
		return acc, err
	}
	if acc.AgencyID != a.AgencyID {
		return Account{}, fault.New(fault.NotFound, "")
	}
	return acc, staffOnly(acc.Roles)
}

// staffOnly refuses roles a 機関管理者 may neither give nor take.
func staffOnly(roles []access.Role) error {
	for _, r := range roles {
		if !slices.Contains(staffRoles, r) {
			return fault.New(fault.Forbidden, "この役割を持つ人の登録と変更は、市の担当者だけができます。").On("roles")
		}
	}
	return nil
}

// within holds what a 機関管理者 writes inside the own agency.
func within(a access.Actor, in *UserInput) error {
	if access.Can(a, access.ActAdminister) {
		return nil
	}
	if in.AgencyID == "" {
		in.AgencyID = a.AgencyID
	}
	if in.AgencyID != a.AgencyID {
		return fault.New(fault.Forbidden, "ほかの機関の人は登録できません。").On("agencyId")
	}
	return staffOnly(in.Roles)
}

// Colleague (会議に出られる職員) is what somebody who prepares a meeting sees of an account: nothing to sign in with, no roles.
type Colleague struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Post     string `json:"post"`
	AgencyID string `json:"agencyId"`
}

// Directory lists the people of the actor's municipality who can be chosen as 議長 or 記録者: accounts in use, of an agency
// in use, whose role may take part in a meeting at all. For those who invite to meetings.
func (s *Service) Directory(ctx context.Context, a access.Actor) ([]Colleague, error) {
	if err := access.Require(a, access.ActGuestInvite); err != nil {
		return nil, err
	}
	return s.colleagues(ctx, a, access.ActMeetingAct)
}

// Readers lists the people of the actor's municipality who could see a case or its records by their role, or by 緊急時の閲覧: those who can be kept from one
// (利害関係者の閲覧遮断).
func (s *Service) Readers(ctx context.Context, a access.Actor) ([]Colleague, error) {
	if err := access.Require(a, access.ActCaseEdit); err != nil {
		return nil, err
	}
	return s.colleagues(ctx, a, access.ActCaseRead, access.ActArchiveRead, access.ActGlassBreak)
}

// colleagues are accounts in use, of agencies in use, whose roles allow one of the actions.
func (s *Service) colleagues(ctx context.Context, a access.Actor, acts ...access.Action) ([]Colleague, error) {
	agencies, err := s.store.ListAgencies(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	active := map[string]bool{}
	for _, g := range agencies {
		active[g.ID] = g.Active
	}
	users, err := s.store.ListUsers(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	var out []Colleague
	for _, u := range users {
		as := access.Actor{Tenant: u.Tenant, UserID: u.ID, AgencyID: u.AgencyID, Roles: u.Roles}
		may := slices.ContainsFunc(acts, func(act access.Action) bool { return access.Can(as, act) })
		if u.Disabled || !active[u.AgencyID] || !may {
			continue
		}
		out = append(out, Colleague{ID: u.ID, Name: u.Name, Post: u.Post, AgencyID: u.AgencyID})
	}
	return out, nil
}

// CreateUser makes an account with a first password.
func (s *Service) CreateUser(ctx context.Context, a access.Actor, in UserInput) (access.User, error) {
	if err := access.Require(a, access.ActUsersManage); err != nil {
		return access.User{}, err
	}
	if err := within(a, &in); err != nil {
		return access.User{}, err
	}
	m, err := s.municipality(ctx, a.Tenant)
	if err != nil {
		return access.User{}, err
	}
	acc, err := s.newAccount(ctx, m, in)
	if err != nil {
		return access.User{}, err
	}
	if err := s.roomFor(ctx, a.Tenant, !in.Disabled); err != nil {
		return access.User{}, err
	}
	return acc.User, s.store.CreateUser(ctx, acc, a.Audit(s.now(), access.VerbUserSave, acc.ID))
}

// UpdateUser changes an account. Disabling it or giving it a new password ends its sessions in the same transaction.
// Nobody changes their own roles or disables themselves: an administrator cannot let themselves into the cases,
// and the last administrator cannot lock the door from outside.
func (s *Service) UpdateUser(ctx context.Context, a access.Actor, id string, in UserInput) (access.User, error) {
	old, err := s.administered(ctx, a, id)
	if err != nil {
		return access.User{}, err
	}
	if err := within(a, &in); err != nil {
		return access.User{}, err
	}
	m, err := s.municipality(ctx, a.Tenant)
	if err != nil {
		return access.User{}, err
	}
	in.Login = foldLogin(in.Login)
	if err := checkUser(in); err != nil {
		return access.User{}, err
	}
	if id == a.UserID && (in.Disabled || !sameRoles(old.Roles, in.Roles)) {
		return access.User{}, fault.New(fault.Conflict, "自分の役割の変更と停止はできません。ほかの管理者に依頼してください。").On("roles")
	}
	acc := Account{User: userOf(m.ID, id, in)}
	if in.Password != "" {
		if err := s.checkNewPassword(ctx, m, in.Password, acc.User); err != nil {
			return access.User{}, err
		}
		if acc.PasswordHash, err = s.hasher.hash(ctx, in.Password); err != nil {
			return access.User{}, err
		}
	}
	if err := s.roomFor(ctx, a.Tenant, old.Disabled && !in.Disabled); err != nil {
		return access.User{}, err
	}
	end := in.Disabled || in.Password != ""
	return acc.User, s.store.UpdateUser(ctx, acc, end, a.Audit(s.now(), access.VerbUserSave, id))
}

// roomFor asks the quota of the municipality, where there is one and somebody comes.
func (s *Service) roomFor(ctx context.Context, tenant string, comes bool) error {
	if s.opt.Quota == nil || !comes {
		return nil
	}
	return s.opt.Quota.Member(ctx, tenant)
}

func (s *Service) newAccount(ctx context.Context, m access.Municipality, in UserInput) (Account, error) {
	in.Login = foldLogin(in.Login)
	if err := checkUser(in); err != nil {
		return Account{}, err
	}
	u := userOf(m.ID, access.NewID(s.now()), in)
	if err := s.checkNewPassword(ctx, m, in.Password, u); err != nil {
		return Account{}, err
	}
	h, err := s.hasher.hash(ctx, in.Password)
	return Account{User: u, PasswordHash: h}, err
}

// checkNewPassword holds a password against the rules of the municipality.
func (s *Service) checkNewPassword(ctx context.Context, m access.Municipality, password string, u access.User) error {
	r, err := s.rulesOf(ctx, m)
	if err != nil {
		return err
	}
	return checkPassword(password, u.Login, r.PasswordMin, m.Demo)
}

func (s *Service) municipality(ctx context.Context, tenant string) (access.Municipality, error) {
	all, err := s.store.ListMunicipalities(ctx)
	if err != nil {
		return access.Municipality{}, err
	}
	for _, m := range all {
		if m.ID == tenant {
			return m, nil
		}
	}
	return access.Municipality{}, fault.New(fault.NotFound, "")
}

func userOf(tenant, id string, in UserInput) access.User {
	return access.User{ID: id, Tenant: tenant, AgencyID: in.AgencyID, Login: in.Login, Name: in.Name, Kana: in.Kana,
		Post: in.Post, Roles: in.Roles, Disabled: in.Disabled}
}

func sameRoles(a, b []access.Role) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
