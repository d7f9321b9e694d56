package web

import "kasane/internal/fault"

// reach says whose a route is, and so who has to be refused.
type reach int

const (
	everybody reach = iota + 1 // answers whoever asks, and says nothing of anybody
	signedIn                   // answers everybody with a session, and says nothing of a case
	listing                    // answers with what the asker may see: for a stranger that is nothing
	bound                      // names a case, or something of it
	office                     // for certain roles of the municipality
	register                   // names a place of the register, which every agency of the municipality reads; what it says of a case is for whom the gate shows it
)

// negative is a row of the negative tests: how a route is to behave towards those it is not for.
type negative struct {
	reach
	// sealed is how a change of a meeting that is sealed, or of its plan, is refused; 0: it does not touch one, or may go on.
	sealed fault.Kind
	// ends: it ends or begins a session, so only its own test makes it.
	ends bool
	// own: in another municipality it changes what is theirs.
	own bool
	// guest: a guest of the meeting gets an answer while the invitation holds.
	guest bool
}

// negatives has a row for every route. A new route has to be added here: see TestNegativesOfEveryRoute.
var negatives = map[string]negative{
	"GET /livez": {reach: everybody}, "GET /readyz": {reach: everybody}, "GET /api/session": {reach: everybody, guest: true}, "POST /api/session": {reach: everybody},
	"DELETE /api/session": {reach: signedIn, ends: true}, "POST /api/setup": {reach: everybody}, "POST /api/guest/check": {reach: everybody, guest: true},
	"POST /api/guest/enter": {reach: everybody}, "GET /api/agencies": {reach: signedIn}, "POST /api/agencies": {reach: office}, "PUT /api/agencies/{id}": {reach: office},
	"GET /api/users": {reach: office}, "POST /api/users": {reach: office}, "PUT /api/users/{id}": {reach: office}, "GET /api/directory": {reach: office},
	"POST /hp/line": {reach: signedIn}, "POST /hp/line/up": {reach: signedIn}, "POST /hp/line/down": {reach: signedIn}, "DELETE /hp/line": {reach: signedIn},
	"GET /api/sheets": {reach: signedIn, guest: true}, "GET /api/sheets/{id}": {reach: signedIn, guest: true}, "GET /api/codes": {reach: signedIn, guest: true},
	"GET /api/cases": {reach: listing, guest: true}, "POST /api/cases/search": {reach: listing, guest: true}, "POST /api/cases": {reach: office},
	"GET /api/cases/{case}": {reach: bound, guest: true}, "PUT /api/cases/{case}/stage": {reach: bound}, "POST /api/cases/{case}/persons": {reach: bound},
	"PUT /api/cases/{case}/persons/{id}": {reach: bound}, "POST /api/cases/{case}/members": {reach: bound}, "DELETE /api/cases/{case}/members/{id}": {reach: bound},
	"GET /api/cases/{case}/view": {reach: bound, guest: true}, "POST /api/docs": {reach: bound, sealed: fault.Conflict, guest: true},
	"GET /api/docs/{id}/history": {reach: bound, guest: true}, "GET /api/docs/{id}/history/{seq}": {reach: bound, guest: true}, "GET /api/docs/{id}/diff": {reach: bound, guest: true},
	"POST /api/docs/{id}/restore": {reach: bound, sealed: fault.Conflict, guest: true}, "GET /api/cases/{case}/consents": {reach: bound},
	"POST /api/cases/{case}/consents": {reach: bound}, "POST /api/consents/{id}/withdraw": {reach: bound}, "POST /api/files": {reach: bound}, "GET /api/files/{id}": {reach: bound},
	"POST /api/cases/{case}/plans": {reach: bound}, "GET /api/plans/{plan}": {reach: bound, guest: true}, "POST /api/plans/{plan}/answers": {reach: bound, guest: true},
	"GET /api/plans/{plan}/diff": {reach: bound, guest: true}, "GET /api/plans/{plan}/pdf": {reach: bound, guest: true}, "GET /api/plans/{plan}/matrix": {reach: bound}, "GET /api/meeting-types": {reach: signedIn, guest: true},
	"GET /api/meeting-types/versions": {reach: office}, "POST /api/meeting-types/preview": {reach: office}, "POST /api/meeting-types": {reach: office, own: true}, "GET /api/meetings": {reach: listing, guest: true}, "POST /api/cases/{case}/meetings": {reach: bound},
	"GET /api/meetings/{meeting}": {reach: bound, guest: true}, "POST /api/meetings/{meeting}/acts": {reach: bound, sealed: fault.Conflict, guest: true},
	"POST /api/meetings/{meeting}/enter": {reach: bound, guest: true}, "GET /api/meetings/{meeting}/guests": {reach: bound},
	"POST /api/meetings/{meeting}/guests": {reach: bound, sealed: fault.Conflict}, "DELETE /api/meetings/{meeting}/guests/{id}": {reach: bound},
	"GET /api/meetings/{meeting}/minutes.pdf": {reach: bound, guest: true}, "GET /api/meetings/{meeting}/minutes/{n}.pdf": {reach: bound},
	"GET /api/archive": {reach: office}, "POST /api/archive/search": {reach: office}, "GET /api/archive/{id}/file": {reach: bound}, "POST /api/archive/verify": {reach: office},
	"GET /api/archive/{id}/copies": {reach: bound}, "POST /api/archive/{id}/copies": {reach: bound}, "POST /api/archive/{id}/copies/preview": {reach: bound},
	"GET /api/archive/{id}/texts": {reach: bound}, "GET /api/cases/{case}/papers": {reach: bound},
	"POST /api/archive/match": {reach: office}, "POST /api/archive/match/file": {reach: office},
	"GET /api/archive/check": {reach: office}, "POST /api/archive/package": {reach: office},
	"GET /api/archive/classes": {reach: office}, "PUT /api/archive/classes": {reach: office, own: true}, "GET /api/archive/ending": {reach: office},
	"GET /api/archive/{id}/keeping": {reach: bound}, "POST /api/archive/{id}/extend": {reach: bound}, "POST /api/archive/{id}/holds": {reach: bound},
	"POST /api/archive/{id}/correct": {reach: bound}, "POST /api/archive/{id}/holds/{hold}/lift": {reach: bound}, "GET /api/disposals": {reach: office}, "POST /api/disposals": {reach: bound},
	"POST /api/disposals/{id}/decide": {reach: bound}, "POST /api/disposals/{id}/withdraw": {reach: bound},

	"POST /api/session/use": {reach: signedIn, guest: true}, "POST /api/session/lock": {reach: signedIn, ends: true}, "POST /api/session/unlock": {reach: everybody, ends: true},
	"POST /api/session/leave": {reach: everybody, ends: true}, "POST /api/session/factor": {reach: everybody}, "POST /api/session/passkey/ask": {reach: everybody},
	"POST /api/session/passkey": {reach: everybody}, "GET /api/oidc/start": {reach: everybody}, "GET /api/oidc/callback": {reach: everybody, ends: true},
	"GET /api/account": {reach: signedIn}, "PUT /api/account/password": {reach: signedIn, ends: true}, "DELETE /api/account/sessions": {reach: signedIn, ends: true},
	"DELETE /api/account/sessions/{id}": {reach: signedIn, ends: true}, "POST /api/session/enrol/totp/ask": {reach: everybody}, "POST /api/session/enrol/totp": {reach: everybody},
	"POST /api/session/enrol/passkey/ask": {reach: everybody}, "POST /api/session/enrol/passkey": {reach: everybody}, "POST /api/account/recovery": {reach: signedIn},
	"POST /api/account/factors/{id}/remove": {reach: signedIn}, "GET /api/sign-in-rules": {reach: office}, "PUT /api/sign-in-rules": {reach: office, own: true},
	"GET /api/users/{id}/sessions": {reach: office}, "DELETE /api/users/{id}/sessions": {reach: office}, "DELETE /api/users/{id}/factors": {reach: office},
	"GET /api/consents/ending": {reach: office}, "GET /api/consent-texts": {reach: office}, "POST /api/consent-texts": {reach: office, own: true},
	"GET /api/cases/{case}/consents/form.pdf": {reach: bound}, "GET /api/consents/{id}/form.pdf": {reach: bound}, "GET /api/consents/{id}/receipt.pdf": {reach: bound},
	"GET /api/consents/{id}/export": {reach: bound}, "POST /api/consents/{id}/renew": {reach: bound}, "POST /api/meetings/{meeting}/guests/{id}/admit": {reach: bound}, "POST /api/meetings/{meeting}/guests/carry": {reach: bound},
	"GET /api/audit/options": {reach: office}, "POST /api/audit/entries": {reach: office}, "POST /api/audit/export": {reach: office}, "POST /api/audit/seen": {reach: office},
	"POST /api/audit/hours": {reach: office}, "POST /api/audit/mass": {reach: office}, "POST /api/audit/monthly": {reach: office}, "POST /api/audit/searches": {reach: office},
	"PUT /api/audit/settings": {reach: office, own: true}, "POST /api/cases/{case}/persons/{id}/seen": {reach: bound}, "GET /api/incidents": {reach: office},
	"POST /api/incidents": {reach: office},

	"GET /api/cases/{case}/discretions": {reach: bound}, "POST /api/cases/{case}/discretions": {reach: bound}, "POST /api/cases/{case}/discretions/lift": {reach: bound},
	"GET /api/cases/{case}/bars": {reach: bound}, "POST /api/cases/{case}/bars": {reach: bound}, "DELETE /api/cases/{case}/bars/{id}": {reach: bound},
	"POST /api/cases/{case}/prints": {reach: bound, guest: true}, "POST /api/plans/{plan}/prints": {reach: bound, guest: true}, "POST /api/meetings/{meeting}/prints": {reach: bound, guest: true},
	"GET /api/glass": {reach: office}, "POST /api/glass": {reach: office}, "GET /api/glass/own": {reach: office}, "GET /api/glass/alarm": {reach: office},
	"POST /api/glass/{id}/end": {reach: office}, "POST /api/glass/{id}/review": {reach: office},
	"GET /api/meetings/{meeting}/followup": {reach: bound, guest: true},
	"GET /api/meetings/{meeting}/carry":    {reach: bound}, "POST /api/meetings/{meeting}/carry": {reach: bound, sealed: fault.Conflict},
	"POST /api/sittings": {reach: bound}, "GET /api/meetings/{meeting}/invitation.ics": {reach: bound, guest: true},
	"GET /api/emergencies": {reach: office}, "GET /api/emergencies/export": {reach: office}, "GET /api/cases/{case}/emergencies": {reach: bound}, "POST /api/cases/{case}/emergencies": {reach: bound},
	"GET /api/meetings/{meeting}/handouts": {reach: bound, guest: true}, "POST /api/meetings/{meeting}/handouts": {reach: bound, sealed: fault.Conflict},
	"POST /api/meetings/{meeting}/handouts/{id}/open": {reach: bound, guest: true}, "GET /api/meetings/{meeting}/handouts/{id}/copy": {reach: bound}, "DELETE /api/meetings/{meeting}/handouts/{id}": {reach: bound},
	"GET /api/meetings/{meeting}/prep": {reach: bound, guest: true}, "GET /api/meetings/{meeting}/prep.pdf": {reach: bound, guest: true},
	"GET /api/meetings/{meeting}/dates": {reach: bound}, "PUT /api/meetings/{meeting}/dates": {reach: bound, sealed: fault.Conflict}, "POST /api/meetings/{meeting}/dates/links": {reach: bound, sealed: fault.Conflict},
	"POST /api/meetings/{meeting}/dates/fix": {reach: bound, sealed: fault.Conflict}, "POST /api/dates/check": {reach: everybody, guest: true}, "POST /api/dates/answer": {reach: everybody},
	"POST /api/meetings/{meeting}/notice": {reach: bound, sealed: fault.Conflict}, "GET /api/meetings/{meeting}/attendance.pdf": {reach: bound}, "GET /api/meetings/{meeting}/secrecy.pdf": {reach: bound}, "GET /api/meetings/{meeting}/handouts.pdf": {reach: bound},
	"GET /api/cases/{case}/outreach": {reach: bound}, "POST /api/cases/{case}/outreach": {reach: bound}, "PUT /api/cases/{case}/outreach/safety": {reach: bound},
	"POST /api/cases/{case}/outreach/visits": {reach: bound}, "PUT /api/outreach/visits/{id}": {reach: bound},
	"GET /api/outreach/day": {reach: listing}, "PUT /api/outreach/day": {reach: bound}, "POST /api/outreach/prints": {reach: listing},
	"GET /api/cases/{case}/sheets/{id}.pdf": {reach: bound}, "GET /api/cases/{case}/sheets/{id}/file": {reach: bound}, "POST /api/cases/{case}/sheets/{id}/back/look": {reach: bound}, "GET /api/cases/{case}/sheets/{id}/anonymous": {reach: bound}, "POST /api/cases/{case}/sheets/{id}/anonymous": {reach: bound}, "POST /api/cases/{case}/sheets/{id}/back": {reach: bound}, "GET /api/sheets/{id}/blank.pdf": {reach: signedIn, guest: true},
	"GET /api/cases/{case}/course.pdf": {reach: bound}, "GET /api/cases/{case}/reviews": {reach: bound}, "POST /api/cases/{case}/reviews": {reach: bound}, "GET /api/cases/{case}/reviews/{id}/sheet.pdf": {reach: bound},
	"GET /api/overdue":            {reach: listing},
	"GET /api/cases/{case}/leads": {reach: bound, guest: true}, "POST /api/cases/{case}/leads": {reach: bound}, "POST /api/cases/{case}/leads/{id}": {reach: bound, guest: true},
	"GET /api/tokens": {reach: office}, "POST /api/tokens": {reach: office}, "POST /api/tokens/{id}/revoke": {reach: office},
	"GET /api/webhooks": {reach: office}, "POST /api/webhooks": {reach: office}, "PUT /api/webhooks/{id}": {reach: office}, "DELETE /api/webhooks/{id}": {reach: office}, "POST /api/webhooks/{id}/secret": {reach: office},
	"POST /api/webhooks/{id}/test": {reach: office}, "GET /api/webhooks/{id}/deliveries": {reach: office}, "POST /api/webhooks/{id}/deliveries/{delivery}/again": {reach: office},
	"GET /api/openapi.json": {reach: signedIn, guest: true}, "GET /api/status": {reach: office}, "GET /api/jobs": {reach: office}, "GET /api/jobs/{id}": {reach: office}, "GET /api/jobs/{id}/result": {reach: office}, "POST /api/jobs/{id}/stop": {reach: office},
	"POST /api/jobs/import": {reach: office, own: true}, "POST /api/jobs/package": {reach: office, own: true}, "POST /api/jobs/verify": {reach: office, own: true}, "GET /api/figures": {reach: office}, "GET /api/figures/file": {reach: office}, "GET /api/figures/network": {reach: office},
	"GET /api/figures/funnel": {reach: office}, "GET /api/figures/cases": {reach: office}, "GET /api/figures/targets": {reach: office}, "PUT /api/figures/targets": {reach: office, own: true},
	"GET /api/account/notices": {reach: signedIn, own: true}, "PUT /api/account/notices": {reach: signedIn, own: true}, "GET /api/notices/refused": {reach: office},
	"POST /api/meetings/{meeting}/tell": {reach: office},
	"GET /api/intakes":                  {reach: listing}, "POST /api/intakes": {reach: signedIn, own: true}, "POST /api/intakes/similar": {reach: listing},
	"GET /api/cases/{case}/decisions": {reach: bound}, "POST /api/cases/{case}/decisions": {reach: bound}, "POST /api/cases/{case}/decisions/{id}": {reach: bound},
	"GET /api/cases/{case}/course": {reach: bound}, "GET /api/cases/{case}/screening.pdf": {reach: bound}, "POST /api/cases/{case}/screenings": {reach: bound},
	"GET /api/cases/{case}/followups": {reach: bound}, "POST /api/cases/{case}/followups": {reach: bound}, "POST /api/cases/{case}/followups/{id}": {reach: bound},
	"POST /api/cases/{case}/again": {reach: bound}, "PUT /api/cases/{case}/former": {reach: bound},
	"GET /api/decision-steps": {reach: office}, "PUT /api/decision-steps": {reach: office, own: true},
	"GET /api/cases/{case}/intake": {reach: bound}, "POST /api/cases/{case}/intake/triage": {reach: bound}, "GET /api/cases/{case}/doubles": {reach: bound},
	"GET /api/cases/{case}/referrals": {reach: bound}, "POST /api/cases/{case}/referrals": {reach: bound}, "GET /api/cases/{case}/referrals/options": {reach: bound},
	"GET /api/referrals": {reach: listing}, "GET /api/referrals/{id}": {reach: bound}, "POST /api/referrals/{id}": {reach: bound}, "GET /api/referrals/{id}/sheet.pdf": {reach: bound},
	"GET /api/referral-days": {reach: office}, "PUT /api/referral-days": {reach: office, own: true},
	"GET /api/local-issues": {reach: listing}, "PUT /api/meetings/{meeting}/local-issues/{id}": {reach: bound},
	"POST /api/places/search": {reach: listing}, "POST /api/places/file": {reach: office}, "POST /api/places": {reach: office}, "GET /api/places/{place}": {reach: register},
	"PUT /api/places/{place}": {reach: office}, "POST /api/places/{place}/days": {reach: office}, "DELETE /api/places/{place}/days/{id}": {reach: office},
	"POST /api/places/{place}/links": {reach: bound}, "PUT /api/places/{place}/links/{id}": {reach: bound},
	"POST /api/agencies/look": {reach: office}, "POST /api/agencies/list": {reach: office, own: true}, "GET /api/town": {reach: office}, "PUT /api/town": {reach: office, own: true},
	"GET /api/town/logo": {reach: signedIn, guest: true}, "PUT /api/town/logo": {reach: office, own: true}, "DELETE /api/town/logo": {reach: office, own: true},
	"GET /api/first-run": {reach: office}, "PUT /api/first-run": {reach: office, own: true}, "PUT /api/first-run/{id}": {reach: office, own: true},
	"GET /api/forms": {reach: office}, "POST /api/forms/preview": {reach: office}, "POST /api/forms": {reach: office}, "DELETE /api/forms/{n}": {reach: office},
	"POST /api/places/{place}/cares": {reach: office}, "GET /api/joinings": {reach: office}, "GET /api/cases/{case}/joinings": {reach: bound},
	"POST /api/cases/{case}/joinings": {reach: bound}, "PUT /api/cases/{case}/joinings/{id}": {reach: bound}, "POST /api/cases/{case}/joinings/{id}/steps": {reach: bound},
	"GET /api/imports": {reach: office}, "POST /api/imports": {reach: office, own: true}, "POST /api/imports/look": {reach: office}, "POST /api/imports/errors": {reach: office}, "DELETE /api/imports/{id}": {reach: office},
	"POST /api/tables": {reach: signedIn, guest: true},
	"GET /api/gaiji":   {reach: office}, "POST /api/gaiji": {reach: office, own: true}, "PUT /api/gaiji/{id}": {reach: office},
	"GET /api/handout-days": {reach: office}, "PUT /api/handout-days": {reach: office, own: true},
	"POST /api/emergencies/{id}/confirm": {reach: bound}, "POST /api/emergencies/{id}/end": {reach: bound},
}
