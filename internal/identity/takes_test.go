package identity

import (
	"testing"

	"kasane/internal/access"
)

// TestTakesCopies: what an agency may have is what its people may: the city's sections, who holds the record, and others where the rules let them.
func TestTakesCopies(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	outside, err := h.SaveAgency(ctx, admin, "", AgencyInput{Name: "つなぐ法人"})
	if err != nil {
		t.Fatal(err)
	}
	takes := func(g access.Agency, want bool, why string) {
		t.Helper()
		if got, err := h.TakesCopies(ctx, admin, g); err != nil || got != want {
			t.Errorf("%s: %v %v", why, got, err)
		}
	}
	takes(access.Agency{ID: admin.AgencyID, Tenant: admin.Tenant, City: true}, true, "a section of the city")
	takes(outside, false, "an agency outside")
	if _, err := h.CreateUser(ctx, admin, UserInput{AgencyID: outside.ID, Login: "worker", Name: "外 一", Kana: "そと", Roles: []access.Role{access.RoleAgency}, Password: goodPassword}); err != nil {
		t.Fatal(err)
	}
	takes(outside, false, "an agency outside with an account")
	r := DefaultRules(false)
	r.Copies = true
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	takes(outside, true, "by the rules")
	r.Copies = false
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	if _, err := h.CreateUser(ctx, admin, UserInput{AgencyID: outside.ID, Login: "holder", Name: "持 二", Kana: "もち", Roles: []access.Role{access.RoleSecretariat}, Password: goodPassword}); err != nil {
		t.Fatal(err)
	}
	takes(outside, true, "who holds the record")
}
