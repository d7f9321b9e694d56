package forms_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/forms"
	"kasane/internal/sheets"
)

// shelf keeps the changes in memory.
type shelf struct {
	list  []forms.Version
	asked int
	down  bool
}

func (s *shelf) FormVersions(context.Context, string) ([]forms.Version, error) {
	if s.down {
		return nil, errors.New("the database is away")
	}
	return s.list, nil
}

func (s *shelf) FormStamp(context.Context, string) (string, error) {
	s.asked++
	if s.down {
		return "", errors.New("the database is away")
	}
	if len(s.list) == 0 {
		return "", nil
	}
	return fmt.Sprint(len(s.list)), nil
}

func (s *shelf) AddFormVersion(_ context.Context, _ string, v forms.Version, _ access.Entry) error {
	if v.N != len(s.list)+1 {
		return fault.New(fault.Conflict, "")
	}
	s.list = append(s.list, v)
	return nil
}

func (s *shelf) DropFormVersion(context.Context, string, int, string, access.Entry) error {
	s.list = s.list[:len(s.list)-1]
	return nil
}

// A node asks the database once a second at most, knows a change made elsewhere a second later and its own at once, and goes on with what it knows while the database is away.
func TestBookOfAMunicipality(t *testing.T) {
	t.Parallel()
	base, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	st := &shelf{}
	s := forms.NewService(st, base, slog.New(slog.DiscardHandler), func() time.Time { return now })
	asks := func() bool {
		_, ok := s.Of("t").At("2026-11-30").Field("own_a")
		return ok
	}
	change := sheets.Amendment{EffectiveFrom: "2026-11-30", Fields: []sheets.OwnField{{Form: "uketsuke", Section: "uke",
		Field: sheets.Field{ID: "own_a", Label: "ひとこと", Type: sheets.TypeBool, Item: "basic", Owner: sheets.OwnerHousehold}}}}
	for range 5 {
		if asks() {
			t.Fatal("a question nobody added")
		}
	}
	if st.asked != 1 {
		t.Errorf("asked %d times within a second", st.asked)
	}
	st.list = append(st.list, forms.Version{N: 1, Change: change}) // by another node
	if asks() {
		t.Error("known before it was asked for")
	}
	now = now.Add(time.Second)
	if !asks() {
		t.Error("a change made elsewhere is not known after a second")
	}
	st.down, now = true, now.Add(time.Second)
	if !asks() {
		t.Error("the change is forgotten while the database is away")
	}
	st.down = false
	city := access.Actor{Tenant: "t", UserID: "u", Name: "所管課", Roles: []access.Role{access.RoleCity}}
	change.Changes = []sheets.FieldChange{{ID: "own_a", Label: "ふたこと"}}
	if _, err := s.Publish(context.Background(), city, 1, change); err != nil {
		t.Fatal(err)
	}
	if f, _ := s.Of("t").At("2026-11-30").Field("own_a"); f.Label != "ふたこと" {
		t.Errorf("its own change is not known at once: %+v", f)
	}
	if _, err := s.Publish(context.Background(), city, 1, change); !fault.Is(err, fault.Conflict) {
		t.Errorf("published over what was not seen: %v", err)
	}
	for _, role := range []access.Role{access.RoleSecretariat, access.RoleAgency, access.RoleRecords} {
		who := access.Actor{Tenant: "t", UserID: "u", Roles: []access.Role{role}}
		if _, err := s.Preview(context.Background(), who, change); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", role, err)
		}
	}
}
