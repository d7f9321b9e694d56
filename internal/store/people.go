package store

import (
	"context"
	"errors"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

// ListMunicipalities implements identity.Municipalities.
func (s *Store) ListMunicipalities(ctx context.Context) (out []access.Municipality, err error) {
	out, err = municipalities(ctx, s.r)
	return out, s.classify(err)
}

func municipalities(ctx context.Context, q querier) (out []access.Municipality, err error) {
	err = each(ctx, q, func(scan func(...any) error) error {
		var m access.Municipality
		var us int64
		err := scan(&m.ID, &m.Name, &m.Code, &m.Demo, &us)
		m.CreatedAt = at(us)
		out = append(out, m)
		return err
	}, `SELECT id, name, code, demo, created_at FROM municipality ORDER BY created_at, id`)
	return out, err
}

// CreateMunicipality implements identity.Municipalities.
func (s *Store) CreateMunicipality(ctx context.Context, m access.Municipality, first access.Agency, admin identity.Account, onlyFirst bool, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO municipality (id, name, code, demo, created_at)
			SELECT $1, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT)
			WHERE CAST($6 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM municipality)
			ON CONFLICT DO NOTHING`, m.ID, m.Name, m.Code, flag(m.Demo), micros(m.CreatedAt), flag(onlyFirst))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "初期設定はもう済んでいます。サインインしてください。")
		}
		first.Tenant, admin.Tenant = m.ID, m.ID
		if err := insertAgency(ctx, t, first); err != nil {
			return err
		}
		if err := insertUser(ctx, t, admin); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

const agencyColumns = `a.tenant, a.id, a.name, a.short, a.category, a.city, a.active, a.addresses, a.contact, a.phone`

func scanAgency(scan func(...any) error) (a access.Agency, err error) {
	var addresses string
	if err := scan(&a.Tenant, &a.ID, &a.Name, &a.Short, &a.Category, &a.City, &a.Active, &addresses, &a.Contact, &a.Phone); err != nil {
		return a, err
	}
	if addresses == "[]" {
		return a, nil
	}
	return a, fromJSON(addresses, &a.Addresses)
}

// ListAgencies implements identity.Accounts.
func (s *Store) ListAgencies(ctx context.Context, tenant string) (out []access.Agency, err error) {
	out, err = agenciesOf(ctx, s.r, tenant)
	return out, s.classify(err)
}

func agenciesOf(ctx context.Context, q querier, tenant string) (out []access.Agency, err error) {
	err = each(ctx, q, func(scan func(...any) error) error {
		a, err := scanAgency(scan)
		out = append(out, a)
		return err
	}, `SELECT `+agencyColumns+` FROM agency a WHERE a.tenant = $1 ORDER BY a.category, a.name, a.id`, tenant)
	return out, err
}

// AgencyNames implements consent.Store.
func (s *Store) AgencyNames(ctx context.Context, tenant string, ids []string) (map[string]string, error) {
	out := map[string]string{}
	all, err := s.ListAgencies(ctx, tenant)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	for _, a := range all {
		if wanted[a.ID] {
			out[a.ID] = a.Name
		}
	}
	return out, nil
}

// agencyExists gives NotFound when the municipality has no such agency.
func agencyExists(ctx context.Context, t *tx, tenant, id string) error {
	var one int
	err := t.row(ctx, `SELECT 1 FROM agency WHERE tenant = $1 AND id = $2`, tenant, id).Scan(&one)
	return orMissing(err, fault.New(fault.NotFound, "機関が見つかりません。").On("agencyId"))
}

// SaveAgency implements identity.Accounts.
func (s *Store) SaveAgency(ctx context.Context, a access.Agency, create bool, e access.Entry) error {
	return s.SaveAgencies(ctx, []identity.AgencySaving{{Agency: a, Create: create, Entry: e}})
}

// SaveAgencies implements identity.Accounts.
func (s *Store) SaveAgencies(ctx context.Context, all []identity.AgencySaving) error {
	err := s.write(ctx, func(t *tx) error {
		for _, x := range all {
			if err := saveAgency(ctx, t, x.Agency, x.Create); err != nil {
				return err
			}
			if err := t.audit(ctx, x.Entry); err != nil {
				return err
			}
		}
		return nil
	})
	if s.d.class(err) == classUnique {
		err = fault.Wrap(fault.Conflict, err, "同じ名前の機関がもうあります。").On("name")
	}
	return err
}

func saveAgency(ctx context.Context, t *tx, a access.Agency, create bool) error {
	if create {
		return insertAgency(ctx, t, a)
	}
	return t.must(ctx, fault.New(fault.NotFound, "機関が見つかりません。"),
		`UPDATE agency SET name = $1, short = $2, category = $3, city = $4, active = $5, addresses = $6, contact = $7, phone = $8 WHERE tenant = $9 AND id = $10`,
		a.Name, a.Short, a.Category, flag(a.City), flag(a.Active), toJSON(addressesOf(a)), a.Contact, a.Phone, a.Tenant, a.ID)
}

func insertAgency(ctx context.Context, t *tx, a access.Agency) error {
	_, err := t.exec(ctx, `INSERT INTO agency (tenant, id, name, short, category, city, active, addresses, contact, phone)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, a.Tenant, a.ID, a.Name, a.Short, a.Category, flag(a.City), flag(a.Active), toJSON(addressesOf(a)), a.Contact, a.Phone)
	return err
}

func addressesOf(a access.Agency) []string {
	if a.Addresses == nil {
		return []string{}
	}
	return a.Addresses
}

const userColumns = `u.tenant, u.id, u.agency_id, u.login, u.name, u.kana, u.post, u.roles, u.disabled, u.password_hash, u.subject`

func scanAccount(scan func(...any) error) (u identity.Account, err error) {
	var roles string
	if err := scan(&u.Tenant, &u.ID, &u.AgencyID, &u.Login, &u.Name, &u.Kana, &u.Post, &roles, &u.Disabled, &u.PasswordHash, &u.Subject); err != nil {
		return u, err
	}
	return u, fromJSON(roles, &u.Roles)
}

// ListUsers implements identity.Accounts.
func (s *Store) ListUsers(ctx context.Context, tenant string) (out []access.User, err error) {
	out, err = usersOf(ctx, s.r, tenant)
	return out, s.classify(err)
}

func usersOf(ctx context.Context, q querier, tenant string) (out []access.User, err error) {
	err = each(ctx, q, func(scan func(...any) error) error {
		u, err := scanAccount(scan)
		out = append(out, u.User)
		return err
	}, `SELECT `+userColumns+` FROM app_user u WHERE u.tenant = $1 ORDER BY u.agency_id, u.kana, u.id`, tenant)
	return out, err
}

var noUser = fault.New(fault.NotFound, "利用者が見つかりません。")

// GetUser implements identity.Accounts.
func (s *Store) GetUser(ctx context.Context, tenant, id string) (identity.Account, error) {
	return s.account(ctx, `u.tenant = $1 AND u.id = $2`, tenant, id)
}

// AccountByLogin implements identity.Accounts.
func (s *Store) AccountByLogin(ctx context.Context, tenant, login string) (identity.Account, error) {
	return s.account(ctx, `u.tenant = $1 AND u.login = $2`, tenant, login)
}

func (s *Store) account(ctx context.Context, where string, args ...any) (u identity.Account, err error) {
	err = s.read(ctx, func(t *tx) error {
		u, err = scanAccount(t.row(ctx, `SELECT `+userColumns+` FROM app_user u WHERE `+where, args...).Scan)
		return orMissing(err, noUser)
	})
	return u, err
}

// CreateUser implements identity.Accounts.
func (s *Store) CreateUser(ctx context.Context, u identity.Account, e access.Entry) error {
	return s.loginTaken(s.write(ctx, func(t *tx) error {
		if err := insertUser(ctx, t, u); err != nil {
			return err
		}
		return t.audit(ctx, e)
	}))
}

func insertUser(ctx context.Context, t *tx, u identity.Account) error {
	if err := userAgency(ctx, t, u); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO app_user (tenant, id, agency_id, login, name, kana, post, roles, disabled, password_hash, subject)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		u.Tenant, u.ID, u.AgencyID, u.Login, u.Name, u.Kana, u.Post, toJSON(u.Roles), flag(u.Disabled), u.PasswordHash, u.Subject)
	return err
}

func userAgency(ctx context.Context, t *tx, u identity.Account) error {
	err := agencyExists(ctx, t, u.Tenant, u.AgencyID)
	if fault.Is(err, fault.NotFound) {
		err = fault.Wrap(fault.Invalid, err, "所属する機関を選んでください。").On("agencyId")
	}
	return err
}

// UpdateUser implements identity.Accounts.
func (s *Store) UpdateUser(ctx context.Context, u identity.Account, endSessions bool, e access.Entry) error {
	return s.loginTaken(s.write(ctx, func(t *tx) error {
		if err := userAgency(ctx, t, u); err != nil {
			return err
		}
		if err := t.must(ctx, noUser, `UPDATE app_user SET agency_id = $1, login = $2, name = $3, kana = $4, post = $5, roles = $6,
			disabled = $7, password_hash = CASE WHEN $8 = '' THEN password_hash ELSE $8 END WHERE tenant = $9 AND id = $10`,
			u.AgencyID, u.Login, u.Name, u.Kana, u.Post, toJSON(u.Roles), flag(u.Disabled), u.PasswordHash, u.Tenant, u.ID); err != nil {
			return err
		}
		if endSessions {
			if _, err := t.exec(ctx, `DELETE FROM session WHERE tenant = $1 AND user_id = $2`, u.Tenant, u.ID); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	}))
}

// AccountBySubject implements identity.Accounts.
func (s *Store) AccountBySubject(ctx context.Context, tenant, subject string) (identity.Account, error) {
	return s.account(ctx, `u.tenant = $1 AND u.subject = $2 AND u.subject <> ''`, tenant, subject)
}

// BindSubject implements identity.Accounts.
func (s *Store) BindSubject(ctx context.Context, tenant, userID, subject string, e access.Entry) error {
	taken := fault.New(fault.Conflict, "認証基盤の利用者は、もう別の利用者に結び付いています。")
	err := s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, taken, `UPDATE app_user SET subject = $1 WHERE tenant = $2 AND id = $3 AND subject = ''`, subject, tenant, userID); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	if s.d.class(err) == classUnique {
		err = fault.Wrap(fault.Conflict, err, taken.Message)
	}
	return err
}

// SetPassword implements identity.Accounts.
func (s *Store) SetPassword(ctx context.Context, tenant, userID, hash, keep string, e access.Entry) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := t.must(ctx, noUser, `UPDATE app_user SET password_hash = $1 WHERE tenant = $2 AND id = $3`, hash, tenant, userID); err != nil {
			return err
		}
		if err := endSessions(ctx, t, tenant, userID, keep); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// loginTaken names the field of the only key a user can clash on.
func (s *Store) loginTaken(err error) error {
	var f *fault.Error
	if s.d.class(err) == classUnique && errors.As(err, &f) {
		return fault.Wrap(fault.Conflict, err, "この利用者IDはもう使われています。別の利用者IDにしてください。").On("login")
	}
	return err
}
