package store

import (
	"strings"

	"kasane/internal/access"
)

// What a Scope lets through is said here and nowhere else. Each function gives a condition on rows of one sort;
// the zero Scope gives one that is never true. Scope.Archive alone shows records and evidence, no case, plan or meeting; Scope.Audit alone the audit log.

const nothing = "1 = 0"

// caseScope is the condition under which a case is seen; tenantCol and caseCol are columns of the statement.
func caseScope(s access.Scope, p *params, tenantCol, caseCol string) string {
	if s.Tenant == "" || !s.All && s.AgencyID == "" && s.MeetingID == "" && s.CaseID == "" {
		return nothing
	}
	var ways []string
	tenant := p.add(s.Tenant)
	if s.All {
		ways = append(ways, "1 = 1")
	}
	if s.CaseID != "" {
		ways = append(ways, caseCol+` = `+p.add(s.CaseID))
	}
	if s.AgencyID != "" {
		ways = append(ways, `EXISTS (SELECT 1 FROM case_member sm WHERE sm.tenant = `+tenant+` AND sm.case_id = `+caseCol+
			` AND sm.agency_id = `+p.add(s.AgencyID)+` AND sm.ended_at IS NULL)`)
	}
	if s.MeetingID != "" {
		ways = append(ways, `EXISTS (SELECT 1 FROM meeting sg WHERE sg.tenant = `+tenant+` AND sg.id = `+p.add(s.MeetingID)+
			` AND sg.case_id = `+caseCol+`)`)
	}
	return tenantCol + ` = ` + tenant + ` AND (` + strings.Join(ways, " OR ") + `)` + unbarred(s, p, tenantCol, caseCol)
}

// unbarred takes off what the user is kept from (利害関係者の閲覧遮断).
func unbarred(s access.Scope, p *params, tenantCol, caseCol string) string {
	if s.UserID == "" {
		return ""
	}
	return ` AND NOT EXISTS (SELECT 1 FROM case_bar sb WHERE sb.tenant = ` + tenantCol + ` AND sb.case_id = ` + caseCol + ` AND sb.user_id = ` + p.add(s.UserID) + `)`
}

// planScope is the condition on plans, alias pl: plans of the cases seen, plans of meetings where the agency has a seat, and
// for a guest the plan of the meeting with those before it.
func planScope(s access.Scope, p *params) string {
	if s.Tenant == "" || !s.All && s.AgencyID == "" && s.MeetingID == "" && s.CaseID == "" {
		return nothing
	}
	var ways []string
	tenant := p.add(s.Tenant)
	if s.All {
		ways = append(ways, "1 = 1")
	}
	if s.CaseID != "" {
		ways = append(ways, `pl.case_id = `+p.add(s.CaseID))
	}
	if s.AgencyID != "" {
		agency := p.add(s.AgencyID)
		ways = append(ways, `EXISTS (SELECT 1 FROM case_member sm WHERE sm.tenant = `+tenant+` AND sm.case_id = pl.case_id
				AND sm.agency_id = `+agency+` AND sm.ended_at IS NULL)`,
			`EXISTS (SELECT 1 FROM meeting sg JOIN meeting_agency sa ON sa.tenant = sg.tenant AND sa.meeting_id = sg.id
				WHERE sg.tenant = `+tenant+` AND sg.plan_id = pl.id AND sa.agency_id = `+agency+`)`)
	}
	if s.MeetingID != "" {
		ways = append(ways, `EXISTS (SELECT 1 FROM meeting sg JOIN plan sp ON sp.tenant = sg.tenant AND sp.id = sg.plan_id
			WHERE sg.tenant = `+tenant+` AND sg.id = `+p.add(s.MeetingID)+` AND sp.case_id = pl.case_id AND pl.round <= sp.round)`)
	}
	return `pl.tenant = ` + tenant + ` AND (` + strings.Join(ways, " OR ") + `)` + unbarred(s, p, "pl.tenant", "pl.case_id")
}

// meetingScope is the condition on meetings, alias g: all of the municipality, those where the agency has a seat, or the
// one of a guest.
func meetingScope(s access.Scope, p *params) string {
	if s.Tenant == "" || !s.All && s.AgencyID == "" && s.MeetingID == "" {
		return nothing
	}
	var ways []string
	tenant := p.add(s.Tenant)
	if s.All {
		ways = append(ways, "1 = 1")
	}
	if s.AgencyID != "" {
		ways = append(ways, `EXISTS (SELECT 1 FROM meeting_agency sa WHERE sa.tenant = `+tenant+` AND sa.meeting_id = g.id
			AND sa.agency_id = `+p.add(s.AgencyID)+`)`)
	}
	if s.MeetingID != "" {
		ways = append(ways, `g.id = `+p.add(s.MeetingID))
	}
	return `g.tenant = ` + tenant + ` AND (` + strings.Join(ways, " OR ") + `)` + unbarred(s, p, "g.tenant", "g.case_id")
}

// fileScope is the condition on uploaded evidence: the holders of the case and the records staff.
func fileScope(s access.Scope, p *params, tenantCol, caseCol string) string {
	if s.Tenant == "" || (!s.All && !s.Archive) {
		return nothing
	}
	return tenantCol + ` = ` + p.add(s.Tenant) + unbarred(s, p, tenantCol, caseCol)
}

// archiveScope is the condition on sealed records.
func archiveScope(s access.Scope, p *params, tenantCol, caseCol string) string {
	if s.Tenant == "" || !s.Archive {
		return nothing
	}
	return tenantCol + ` = ` + p.add(s.Tenant) + unbarred(s, p, tenantCol, caseCol)
}

// auditScope is the condition on entries of the audit log, and on what they name: those who keep the log, and those who hold every case.
func auditScope(s access.Scope, p *params, tenantCol string) string {
	if s.Tenant == "" || (!s.Audit && !s.All) {
		return nothing
	}
	return tenantCol + ` = ` + p.add(s.Tenant)
}

// glassScope is the condition on 緊急時の閲覧: who keeps the log, and who holds the case and is not kept from it.
func glassScope(s access.Scope, p *params, tenantCol, caseCol string) string {
	return auditScope(s, p, tenantCol) + unbarred(s, p, tenantCol, caseCol)
}

// holderScope is the condition on what only those see who hold every case.
func holderScope(s access.Scope, p *params, tenantCol string) string {
	if s.Tenant == "" || !s.All {
		return nothing
	}
	return tenantCol + ` = ` + p.add(s.Tenant)
}
