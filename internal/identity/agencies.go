package identity

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// AgencyChange is what becomes of one agency when many are saved at once: ID "" registers it.
type AgencyChange struct {
	ID string
	In AgencyInput
}

// AgencySaving is a change on its way into the store.
type AgencySaving struct {
	Agency access.Agency
	Create bool
	Entry  access.Entry
}

// SaveAgencies saves many agencies, all or none.
func (s *Service) SaveAgencies(ctx context.Context, a access.Actor, changes []AgencyChange) ([]access.Agency, error) {
	if err := access.Require(a, access.ActAdminister); err != nil {
		return nil, err
	}
	now := s.now()
	var all []AgencySaving
	var out []access.Agency
	for _, c := range changes {
		id := c.ID
		if id == "" {
			id = access.NewID(now)
		}
		g, err := c.In.agency(a.Tenant, id)
		if err != nil {
			return nil, err
		}
		if id == a.AgencyID && (!g.Active || !allowed(g, a.IP)) {
			return nil, fault.New(fault.Conflict, "自分の所属する機関の停止と場所の変更は、「機関」の画面で行ってください。").On("name")
		}
		all, out = append(all, AgencySaving{g, c.ID == "", a.Audit(now, access.VerbAgencySave, id)}), append(out, g)
	}
	return out, s.store.SaveAgencies(ctx, all)
}

// Problems lists what is wrong with an agency, beside its addresses; each names its field.
func (in AgencyInput) Problems() (out []error) {
	keep := func(err error) {
		if err != nil {
			out = append(out, err)
		}
	}
	keep(checkLine(in.Name, "name", "機関の名称", 1, 60))
	keep(checkLine(in.Short, "short", "略称", 0, shortMax))
	keep(checkLine(in.Category, "category", "機関区分", 0, 60))
	keep(checkLine(in.Contact, "contact", "担当者", 0, 60))
	keep(checkPhone(in.Phone))
	return out
}

// checkPhone takes a number as offices write it. A spreadsheet that takes it for a number eats the 0 it begins with.
func checkPhone(phone string) error {
	if err := checkLine(phone, "phone", "電話", 0, 40); err != nil || phone == "" {
		return err
	}
	plain := norm.NFKC.String(phone)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, plain)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(plain, "( "))
	switch {
	case digits == "":
		return fault.New(fault.Invalid, "電話: 番号を数字で入力してください。").On("phone")
	case (len(digits) == 9 || len(digits) == 10) && first >= '1' && first <= '9' && strings.Trim(plain, "0123456789-‐ー−() ") == "":
		return fault.Newf(fault.Invalid, "電話: 先頭の0が抜けていませんか（%s）。表計算ソフトでは、列の書式を「文字列」にしてください。", phone).On("phone")
	}
	return nil
}
