package identity

import (
	"context"
	"crypto/subtle"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// SetupInput is the first form of a new installation.
type SetupInput struct {
	Code         string `json:"code"`
	Municipality string `json:"municipality"`
	Agency       string `json:"agency"`
	Name         string `json:"name"`
	Kana         string `json:"kana"`
	Login        string `json:"login"`
	Password     string `json:"password"`
}

// Municipalities lists the municipalities of the installation.
func (s *Service) Municipalities(ctx context.Context) ([]access.Municipality, error) {
	return s.store.ListMunicipalities(ctx)
}

// DemoAccounts lists the open accounts of a demo municipality, nothing for a real one.
func (s *Service) DemoAccounts(m access.Municipality) []DemoAccount {
	if !m.Demo {
		return nil
	}
	return s.opt.DemoAccounts
}

// Setup creates the municipality, its first agency (a section of the city) and the first user, who administers users
// (システム管理者) and belongs to the 市所管課, so that a small office can start with one person.
// Conflict when the installation is set up already; Forbidden on a wrong code.
func (s *Service) Setup(ctx context.Context, in SetupInput, ip string) (access.Municipality, error) {
	have, err := s.store.ListMunicipalities(ctx)
	if err != nil {
		return access.Municipality{}, err
	}
	if len(have) > 0 {
		return access.Municipality{}, fault.New(fault.Conflict, "初期設定は終わっています。サインインしてください。")
	}
	code := strings.ToUpper(strings.TrimSpace(in.Code))
	if s.opt.SetupCode == "" || subtle.ConstantTimeCompare([]byte(code), []byte(s.opt.SetupCode)) != 1 {
		return access.Municipality{}, fault.New(fault.Forbidden, "セットアップコードが違います。サーバーの画面に表示されたコードを入力してください。").On("code")
	}
	m, _, _, err := s.found(ctx, Founding{Name: in.Municipality, Agency: AgencyInput{Name: in.Agency, City: true},
		Admin: UserInput{Login: in.Login, Name: in.Name, Kana: in.Kana, Roles: []access.Role{access.RoleAdmin, access.RoleCity}, Password: in.Password}}, true, ip)
	return m, err
}

// Founding is a municipality with its first agency and first user.
type Founding struct {
	Name   string
	Code   string // 全国地方公共団体コード or a short name; may be ""
	Demo   bool
	Agency AgencyInput
	Admin  UserInput // AgencyID is set to the first agency
}

// Found creates a municipality beside those there are: for the program itself (demo, 共同利用), never for a request.
func (s *Service) Found(ctx context.Context, f Founding) (access.Municipality, access.Agency, access.User, error) {
	return s.found(ctx, f, false, "")
}

func (s *Service) found(ctx context.Context, f Founding, onlyFirst bool, ip string) (access.Municipality, access.Agency, access.User, error) {
	fail := func(err error) (access.Municipality, access.Agency, access.User, error) {
		return access.Municipality{}, access.Agency{}, access.User{}, err
	}
	now := s.now()
	m := access.Municipality{ID: access.NewID(now), Name: f.Name, Code: f.Code, Demo: f.Demo, CreatedAt: now}
	if err := checkLine(m.Name, "municipality", "市町村名", 1, 60); err != nil {
		return fail(err)
	}
	if err := checkLine(f.Agency.Name, "agency", "所属の名称", 1, 60); err != nil {
		return fail(err)
	}
	agency, err := f.Agency.agency(m.ID, access.NewID(now))
	if err != nil {
		return fail(err)
	}
	agency.Active = true
	f.Admin.AgencyID = agency.ID
	admin, err := s.newAccount(ctx, m, f.Admin)
	if err != nil {
		return fail(err)
	}
	e := access.Actor{Tenant: m.ID, UserID: admin.ID, AgencyID: agency.ID, IP: ip}.Audit(now, access.VerbSetup, m.ID)
	if err := s.store.CreateMunicipality(ctx, m, agency, admin, onlyFirst, e); err != nil {
		return fail(err)
	}
	return m, agency, admin.User, nil
}
