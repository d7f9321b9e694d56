package cases

import (
	"context"
	"fmt"
	"time"

	"kasane/internal/access"
)

// Made checks a 世帯員 as entered and makes the row of it, for a case that is opened by another service (相談の受付). The error names the field.
func (in PersonInput) Made(tenant, caseID string, now time.Time) (Person, error) {
	if err := in.check("", now); err != nil {
		return Person{}, err
	}
	return in.person(tenant, caseID, now), nil
}

// NumberSeries is the series in which ケースID are counted: K + 年度 of 受付.
func NumberSeries(opened time.Time) string { return fmt.Sprintf("K%04d", fiscalYear(opened)) }

// PassView is what a つなぎ may hand over to an agency that is not of the case (yet): the gate's answers as if it were a member that coordinates
// support. That something is kept from the agency (特定機関に非開示) is told by its true ground; it is for the caller to keep it.
func (g *Gatekeeper) PassView(ctx context.Context, tenant, caseID, agencyID string) (View, error) {
	someone := access.Actor{Tenant: tenant, AgencyID: agencyID, Roles: []access.Role{access.RoleAgency}}
	m, err := g.look(ctx, someone, "", caseID)
	if err != nil {
		return View{}, err
	}
	m.facts.Member, m.facts.Removed = true, false
	return m.view(), nil
}
