package store

import (
	"strings"

	"kasane/internal/access"
)

// What a Scope lets through is said here and nowhere else. Each function gives a condition on rows of one sort;
// the zero Scope gives one that is never true.

const nothing = "1 = 0"

// caseScope is the condition under which a case is seen; tenantCol and caseCol are columns of the statement.
func caseScope(s access.Scope, p *params, tenantCol, caseCol string) string {
	if s.Zero() {
		return nothing
	}
	var any []string
	tenant := p.add(s.Tenant)
	if s.All {
		any = append(any, "1 = 1")
	}
	if s.AgencyID != "" {
		any = append(any, `EXISTS (SELECT 1 FROM case_member sm WHERE sm.tenant = `+tenant+` AND sm.case_id = `+caseCol+
			` AND sm.agency_id = `+p.add(s.AgencyID)+` AND sm.ended_at IS NULL)`)
	}
	if s.MeetingID != "" {
		any = append(any, `EXISTS (SELECT 1 FROM meeting sg WHERE sg.tenant = `+tenant+` AND sg.id = `+p.add(s.MeetingID)+
			` AND sg.case_id = `+caseCol+`)`)
	}
	if len(any) == 0 { // Archive alone shows no case
		return nothing
	}
	return tenantCol + ` = ` + tenant + ` AND (` + strings.Join(any, " OR ") + `)`
}

// fileScope is the condition on uploaded evidence: the holders of the case and the records staff.
func fileScope(s access.Scope, p *params, tenantCol string) string {
	if s.Tenant == "" || (!s.All && !s.Archive) {
		return nothing
	}
	return tenantCol + ` = ` + p.add(s.Tenant)
}

// archiveScope is the condition on sealed records.
func archiveScope(s access.Scope, p *params, tenantCol string) string {
	if s.Tenant == "" || !s.Archive {
		return nothing
	}
	return tenantCol + ` = ` + p.add(s.Tenant)
}
