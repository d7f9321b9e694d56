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
	now := s.now()
	m := access.Municipality{ID: access.NewID(now), Name: in.Municipality, CreatedAt: now}
	if err := checkLine(m.Name, "municipality", "市町村名", 1, 60); err != nil {
		return access.Municipality{}, err
	}
	agency := access.Agency{ID: access.NewID(now), Tenant: m.ID, Name: in.Agency, Short: firstRunes(in.Agency, shortMax), City: true, Active: true}
	if err := checkLine(agency.Name, "agency", "所属の名称", 1, 60); err != nil {
		return access.Municipality{}, err
	}
	admin, err := s.newAccount(ctx, m, UserInput{AgencyID: agency.ID, Login: in.Login, Name: in.Name, Kana: in.Kana,
		Roles: []access.Role{access.RoleAdmin, access.RoleCity}, Password: in.Password})
	if err != nil {
		return access.Municipality{}, err
	}
	e := access.Actor{Tenant: m.ID, UserID: admin.ID, AgencyID: agency.ID, IP: ip}.Audit(now, access.VerbSetup, m.ID)
	return m, s.store.CreateMunicipality(ctx, m, agency, admin, true, e)
}
