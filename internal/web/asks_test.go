package web

import (
	"strings"
	"time"

	"kasane/internal/identity"
)

// moreAsks are those of accounts, sessions, consent papers and the audit log.
func (s *scene) moreAsks(out map[string]ask) {
	none, now := map[string]any{}, s.clock.Now()
	hook := s.hookOf()
	today, user := now.In(jst).Format(time.DateOnly), "/api/users/"+s.userID("observer")
	record := "/api/consents/" + s.record
	for key, a := range map[string]ask{
		"POST /api/session/use": {login: "agency", path: "/api/session/use", body: none}, "POST /api/session/lock": {login: "records", path: "/api/session/lock", body: none},
		"POST /api/session/unlock":      {who: s.locked, path: "/api/session/unlock", body: map[string]string{"secret": password}},
		"POST /api/session/leave":       {login: "stranger", path: "/api/session/leave", body: none},
		"POST /api/session/factor":      {path: "/api/session/factor", body: map[string]string{"code": "000000"}, part: true},
		"POST /api/session/passkey/ask": {path: "/api/session/passkey/ask", body: none}, "POST /api/session/passkey": {path: "/api/session/passkey", body: map[string]any{"state": "x", "answer": none}, part: true},
		"GET /api/oidc/start": {path: "/api/oidc/start", part: true}, "GET /api/oidc/callback": {path: "/api/oidc/callback?state=x&code=x", part: true},
		"GET /api/account": {login: "chair", path: "/api/account"}, "PUT /api/account/password": {login: "stranger", path: "/api/account/password", body: map[string]string{"old": password, "password": "ゆうだちのあとの虹34"}},
		"DELETE /api/account/sessions": {login: "city", path: "/api/account/sessions"}, "DELETE /api/account/sessions/{id}": {who: s.chair, path: "/api/account/sessions/" + s.otherSession},
		"POST /api/session/enrol/totp/ask": {login: "agency", path: "/api/session/enrol/totp/ask", body: none}, "POST /api/session/enrol/totp": {login: "agency", path: "/api/session/enrol/totp", body: map[string]string{"code": "000000"}, part: true},
		"POST /api/session/enrol/passkey/ask":   {login: "agency", path: "/api/session/enrol/passkey/ask", body: none},
		"POST /api/session/enrol/passkey":       {login: "agency", path: "/api/session/enrol/passkey", body: map[string]any{"answer": none}, part: true},
		"POST /api/account/recovery":            {login: "agency", path: "/api/account/recovery", body: map[string]string{"password": password}, part: true},
		"POST /api/account/factors/{id}/remove": {login: "agency", path: "/api/account/factors/01nothere/remove", body: map[string]string{"password": password}, part: true},
		"GET /api/sign-in-rules":                {login: "city", path: "/api/sign-in-rules"}, "PUT /api/sign-in-rules": {login: "city", path: "/api/sign-in-rules", body: identity.DefaultRules(false)},
		"GET /api/users/{id}/sessions": {login: "city", path: user + "/sessions"}, "DELETE /api/users/{id}/sessions": {login: "city", path: user + "/sessions"},
		"DELETE /api/users/{id}/factors": {login: "city", path: user + "/factors"},

		"GET /api/consents/ending": {login: "secretariat", path: "/api/consents/ending"}, "GET /api/consent-texts": {login: "secretariat", path: "/api/consent-texts"},
		"POST /api/consent-texts": {login: "city", path: "/api/consent-texts", body: map[string]any{"title": "潮見市の同意書", "paragraphs": []string{"私は、次のとおり同意します。"}, "easy": []string{"つたえます。"},
			"withdraw": "いつでも撤回できます。", "effectiveFrom": today}},
		"GET /api/cases/{case}/consents/form.pdf": {login: "secretariat", path: "/api/cases/" + s.caseID + "/consents/form.pdf?person=" + s.person},
		"GET /api/consents/{id}/form.pdf":         {login: "secretariat", path: record + "/form.pdf"}, "GET /api/consents/{id}/receipt.pdf": {login: "secretariat", path: record + "/receipt.pdf"},
		"GET /api/consents/{id}/export":                  {login: "secretariat", path: record + "/export?as=ts27560"},
		"POST /api/consents/{id}/renew":                  {login: "secretariat", path: record + "/renew", body: map[string]any{"method": "written", "explainedBy": "事務", "explainedAt": now, "until": now.In(jst).AddDate(0, 11, 0).Format(time.DateOnly)}},
		"POST /api/meetings/{meeting}/guests/carry":      {login: "chair", path: "/api/meetings/" + s.met + "/guests/carry", body: map[string]string{"guestId": s.guestID}, part: true}, // no 開催
		"POST /api/meetings/{meeting}/guests/{id}/admit": {login: "chair", path: "/api/meetings/" + s.met + "/guests/" + s.waiting + "/admit", body: none},

		"GET /api/audit/options": {login: "auditor", path: "/api/audit/options"}, "POST /api/audit/searches": {login: "auditor", path: "/api/audit/searches", body: map[string]any{"q": "鈴木"}},
		"PUT /api/audit/settings":                  {login: "auditor", path: "/api/audit/settings", body: map[string]any{"from": "09:00", "to": "18:00", "officeDays": true, "perHour": 3, "perDay": 9}},
		"POST /api/cases/{case}/persons/{id}/seen": {login: "secretariat", path: "/api/cases/" + s.caseID + "/persons/" + s.person + "/seen", body: none},
		"GET /api/incidents":                       {login: "secretariat", path: "/api/incidents"},
		"POST /api/incidents":                      {login: "secretariat", path: "/api/incidents", body: map[string]any{"case": "K2025-0001", "from": today, "to": today, "reason": "drill", "note": "訓練", "format": "json"}},
	} {
		out[key] = a
	}
	at := "/api/cases/" + s.caseID
	for key, a := range map[string]ask{
		"GET /api/cases/{case}/bars": {login: "secretariat", path: at + "/bars"}, "DELETE /api/cases/{case}/bars/{id}": {login: "secretariat", path: at + "/bars/" + s.userID("observer")},
		"GET /api/cases/{case}/discretions":       {login: "secretariat", path: at + "/discretions"},
		"POST /api/cases/{case}/discretions":      {login: "secretariat", path: at + "/discretions", body: map[string]string{"personId": s.person, "item": "abuse", "reason": wordReason}},
		"POST /api/cases/{case}/discretions/lift": {login: "secretariat", path: at + "/discretions/lift", body: map[string]string{"personId": s.person, "item": "justice"}},
		"POST /api/cases/{case}/bars":             {login: "secretariat", path: at + "/bars", body: map[string]string{"userId": s.userID("stranger"), "reason": wordReason}},
		"GET /api/emergencies":                    {login: "secretariat", path: "/api/emergencies?month=" + today[:7]}, "GET /api/cases/{case}/emergencies": {login: "secretariat", path: at + "/emergencies"},
		"GET /api/emergencies/export": {login: "auditor", path: "/api/emergencies/export?month=" + today[:7]},
		"POST /api/cases/{case}/emergencies": {login: "secretariat", path: at + "/emergencies", body: map[string]any{"agencyId": s.welfare.ID, "persons": []string{s.person},
			"items": []string{"health"}, "basis": "life", "reason": wordReason, "hours": 2}},
		"POST /api/cases/{case}/prints": {login: "secretariat", path: at + "/prints", body: none}, "POST /api/plans/{plan}/prints": {login: "secretariat", path: "/api/plans/" + s.plan + "/prints", body: none},
		"POST /api/meetings/{meeting}/prints":  {login: "secretariat", path: "/api/meetings/" + s.met + "/prints", body: none},
		"GET /api/meetings/{meeting}/followup": {login: "secretariat", path: "/api/meetings/" + s.met + "/followup"},
		"GET /api/meetings/{meeting}/carry":    {login: "city", path: "/api/meetings/" + s.layered + "/carry"},
		"POST /api/meetings/{meeting}/carry": {login: "secretariat", path: "/api/meetings/" + s.layered + "/carry", body: map[string]any{"rows": []any{
			map[string]string{"meeting": s.met, "doc": strings.TrimSuffix(s.minutes, ".1"), "row": "decision01"}}}},
		"GET /api/meetings/{meeting}/invitation.ics": {login: "agency", path: "/api/meetings/" + s.met + "/invitation.ics"},
		"POST /api/sittings": {login: "secretariat", path: "/api/sittings", body: map[string]any{"type": "support", "mode": "support", "title": "2件の会議", "plannedStart": now.Add(time.Hour),
			"place": "室", "form": "room", "reason": wordReason, "chairId": s.userID("chair"), "recorderId": s.userID("secretariat"),
			"cases": []any{map[string]any{"caseId": s.caseID, "minutes": 30, "agenda": []any{map[string]any{"title": "状況の共有", "purpose": "share", "point": "様子", "item": "basic"}}}}}},
		"GET /api/glass": {login: "auditor", path: "/api/glass"}, "GET /api/glass/own": {login: "sysadmin", path: "/api/glass/own"}, "GET /api/glass/alarm": {login: "city", path: "/api/glass/alarm"},
		"POST /api/glass": {login: "sysadmin", path: "/api/glass", body: breaking}, "POST /api/glass/{id}/end": {login: "sysadmin2", path: "/api/glass/" + s.glass + "/end", body: none},
		"POST /api/glass/{id}/review":        {login: "secretariat", path: "/api/glass/" + s.glassOver + "/review", body: map[string]string{"finding": "proper", "note": wordReason}},
		"POST /api/emergencies/{id}/confirm": {login: "city", path: "/api/emergencies/" + s.emergency + "/confirm", body: none},
		"POST /api/emergencies/{id}/end":     {login: "secretariat", path: "/api/emergencies/" + s.emergency + "/end", body: none},
	} {
		out[key] = a
	}
	for key, a := range s.importAsks() {
		out[key] = a
	}
	for key, a := range s.firstRunAsks() {
		out[key] = a
	}
	for key, a := range s.sheetBackAsks() {
		out[key] = a
	}
	for key, a := range map[string]ask{
		"GET /api/meetings/{meeting}/handouts":                {login: "agency", path: "/api/meetings/" + s.met + "/handouts"},
		"POST /api/meetings/{meeting}/handouts":               s.handing(s.met, "basic", wordFile+".pdf", pdfBytes),
		"POST /api/meetings/{meeting}/handouts/{id}/open":     {login: "agency", path: "/api/meetings/" + s.met + "/handouts/" + s.paper + "/open", body: none},
		"GET /api/meetings/{meeting}/handouts/{id}/copy":      {login: "secretariat", path: "/api/meetings/" + s.met + "/handouts/" + s.paper + "/copy"},
		"DELETE /api/meetings/{meeting}/handouts/{id}":        {login: "secretariat", path: "/api/meetings/" + s.met + "/handouts/" + s.paper},
		"GET /api/meetings/{meeting}/dates":                   {login: "secretariat", path: "/api/meetings/" + s.layered + "/dates"},
		"PUT /api/meetings/{meeting}/dates":                   {login: "secretariat", path: "/api/meetings/" + s.layered + "/dates", body: s.datesBody(s.dates)},
		"POST /api/meetings/{meeting}/dates/links":            {login: "city", path: "/api/meetings/" + s.layered + "/dates/links", body: map[string]string{"agencyId": s.welfare.ID}},
		"POST /api/meetings/{meeting}/dates/fix":              {login: "secretariat", path: "/api/meetings/" + s.layered + "/dates/fix", body: map[string]string{"option": s.dates[0].ID}},
		"POST /api/dates/check":                               {path: "/api/dates/check", body: map[string]string{"token": s.dateToken}},
		"POST /api/dates/answer":                              {path: "/api/dates/answer", body: map[string]any{"token": s.dateToken, "answers": s.dateSaid}},
		"POST /api/meetings/{meeting}/notice":                 {login: "secretariat", path: "/api/meetings/" + s.layered + "/notice", body: map[string]string{"number": "福総第12号"}},
		"GET /api/meetings/{meeting}/attendance.pdf":          {login: "secretariat", path: "/api/meetings/" + s.layered + "/attendance.pdf?blank=1"},
		"GET /api/meetings/{meeting}/secrecy.pdf":             {login: "secretariat", path: "/api/meetings/" + s.layered + "/secrecy.pdf?blank=1"},
		"GET /api/meetings/{meeting}/handouts.pdf":            {login: "secretariat", path: "/api/meetings/" + s.met + "/handouts.pdf"},
		"GET /api/meetings/{meeting}/prep":                    {login: "agency", path: "/api/meetings/" + s.met + "/prep"},
		"GET /api/meetings/{meeting}/prep.pdf":                {login: "secretariat", path: "/api/meetings/" + s.met + "/prep.pdf"},
		"GET /api/account/notices":                            {login: "agency", path: "/api/account/notices"},
		"PUT /api/account/notices":                            {login: "agency", path: "/api/account/notices", body: map[string]any{"address": "", "digest": false, "meetings": false}},
		"GET /api/notices/refused":                            {login: "city", path: "/api/notices/refused"},
		"POST /api/meetings/{meeting}/tell":                   {login: "secretariat", path: "/api/meetings/" + s.layered + "/tell", body: map[string]string{}},
		"GET /api/tokens":                                     {login: "city", path: "/api/tokens"},
		"POST /api/tokens":                                    {login: "city", path: "/api/tokens", body: map[string]any{"agencyId": s.welfare.ID, "name": "相談記録システム", "scopes": []string{"cases"}, "addresses": []string{}, "days": 30}},
		"GET /api/webhooks":                                   {login: "sysadmin", path: "/api/webhooks"},
		"POST /api/webhooks":                                  {login: "sysadmin", path: "/api/webhooks", body: s.hookInput()},
		"PUT /api/webhooks/{id}":                              {login: "sysadmin", path: "/api/webhooks/" + hook, body: s.hookInput()},
		"DELETE /api/webhooks/{id}":                           {login: "sysadmin", path: "/api/webhooks/" + s.hookOf()},
		"POST /api/webhooks/{id}/secret":                      {login: "sysadmin", path: "/api/webhooks/" + hook + "/secret", body: map[string]any{"hours": 24}},
		"POST /api/webhooks/{id}/test":                        {login: "sysadmin", path: "/api/webhooks/" + hook + "/test", body: none},
		"GET /api/webhooks/{id}/deliveries":                   {login: "sysadmin", path: "/api/webhooks/" + hook + "/deliveries"},
		"POST /api/webhooks/{id}/deliveries/{delivery}/again": {login: "sysadmin", path: "/api/webhooks/" + hook + "/deliveries/" + s.sentTo(hook) + "/again", body: none},
		"POST /api/tokens/{id}/revoke":                        {login: "city", path: "/api/tokens/" + s.tokenOf() + "/revoke", body: none},
		"GET /api/openapi.json":                               {login: "agency", path: "/api/openapi.json"},
		"GET /api/jobs":                                       {login: "records", path: "/api/jobs"},
		"GET /api/jobs/{id}":                                  {login: "records", path: "/api/jobs/" + s.job},
		"GET /api/jobs/{id}/result":                           {login: "records", path: "/api/jobs/" + s.job + "/result"},
		"POST /api/jobs/{id}/stop":                            {login: "records", path: "/api/jobs/" + s.jobWaits + "/stop", body: none},
		"POST /api/jobs/package":                              {login: "records", path: "/api/jobs/package", body: map[string]int{"year": 2026}},
		"POST /api/jobs/verify":                               {login: "records", path: "/api/jobs/verify", body: none},
		"GET /api/status":                                     {login: "secretariat", path: "/api/status"},
		"GET /api/figures":                                    {login: "city", path: "/api/figures"},
		"GET /api/figures/funnel":                             {login: "city", path: "/api/figures/funnel?month=2"},
		"GET /api/figures/cases":                              {login: "city", path: "/api/figures/cases?figure=running"},
		"GET /api/figures/targets":                            {login: "secretariat", path: "/api/figures/targets"},
		"PUT /api/figures/targets":                            {login: "city", path: "/api/figures/targets", body: map[string]any{"year": 2026, "targets": []any{map[string]any{"figure": "intakes", "was": nil, "value": 40}}}},
		"GET /api/figures/network":                            {login: "city", path: "/api/figures/network"},
		"GET /api/figures/file":                               {login: "secretariat", path: "/api/figures/file?as=csv"},
		"GET /api/cases/{case}/outreach":                      {login: "agency", path: at + "/outreach"},
		"POST /api/cases/{case}/outreach":                     {login: "agency", path: at + "/outreach", body: s.outreachBody("entry-of-the-asks-0001", "agency")},
		"PUT /api/cases/{case}/outreach/safety":               {login: "agency", path: at + "/outreach/safety", body: map[string]any{"codes": []string{"dog"}, "note": "犬", "version": 1}},
		"POST /api/cases/{case}/outreach/visits":              {login: "agency", path: at + "/outreach/visits", body: map[string]any{"id": "visit-of-the-asks-0001", "personId": "", "day": today, "clock": "10:00", "mine": true}},
		"PUT /api/outreach/visits/{id}":                       {login: "agency", path: "/api/outreach/visits/" + s.visit, body: map[string]any{"day": today, "clock": "11:00", "mine": true, "drop": false, "version": 1}},
		"GET /api/outreach/day":                               {login: "agency", path: "/api/outreach/day"},
		"PUT /api/outreach/day":                               {login: "agency", path: "/api/outreach/day", body: map[string]any{"day": today, "ids": []string{s.visit}}},
		"POST /api/outreach/prints":                           {login: "agency", path: "/api/outreach/prints", body: map[string]string{"day": "", "of": "agency"}},
		"GET /api/cases/{case}/sheets/{id}.pdf":               {login: "secretariat", path: at + "/sheets/assessment.pdf"},
		"GET /api/cases/{case}/sheets/{id}/file":              {login: "secretariat", path: at + "/sheets/uketsuke/file?as=xlsx"},
		"GET /api/sheets/{id}/blank.pdf":                      {login: "agency", path: "/api/sheets/uketsuke/blank.pdf"},
		"GET /api/cases/{case}/course.pdf":                    {login: "secretariat", path: at + "/course.pdf"},
		"GET /api/cases/{case}/reviews":                       {login: "agency", path: at + "/reviews"},
		"POST /api/cases/{case}/reviews":                      {login: "agency", path: at + "/reviews", body: s.reviewBody("review-of-the-asks-001", "agency", "monitor")},
		"GET /api/cases/{case}/reviews/{id}/sheet.pdf":        {login: "city", path: at + "/reviews/" + s.review + "/sheet.pdf"},
		"GET /api/overdue":                                    {login: "agency", path: "/api/overdue"},
		"GET /api/cases/{case}/leads":                         {login: "agency", path: at + "/leads"},
		"POST /api/cases/{case}/leads":                        {login: "secretariat", path: at + "/leads", body: map[string]string{"kind": "now", "to": s.welfare.ID, "note": wordReason}},
		"POST /api/cases/{case}/leads/{id}":                   {login: "agency", path: at + "/leads/" + s.lead, body: map[string]string{"answer": "conditional", "reason": wordReason, "due": ""}},
		"GET /api/local-issues":                               {login: "agency", path: "/api/local-issues"},
		"PUT /api/meetings/{meeting}/local-issues/{id}":       {login: "secretariat", path: "/api/meetings/" + s.met + "/local-issues/" + s.issue, body: map[string]string{"theme": "transport", "state": "looking"}},
		"POST /api/places/search":                             {login: "agency", path: "/api/places/search", body: map[string]any{"q": "サロン", "kind": "", "field": "", "district": "", "state": "", "page": 0}},
		"POST /api/places/file":                               {login: "city", path: "/api/places/file", body: map[string]any{"as": "csv", "q": "", "kind": "", "field": "", "district": "", "state": "", "page": 0}},
		"POST /api/places":                                    {login: "secretariat", path: "/api/places", body: s.spotBody(0)},
		"GET /api/places/{place}":                             {login: "agency", path: "/api/places/" + s.spot},
		"PUT /api/places/{place}":                             {login: "secretariat", path: "/api/places/" + s.spot, body: s.spotBody(1)},
		"POST /api/places/{place}/days":                       {login: "agency", path: "/api/places/" + s.spot + "/days", body: spotDay(today)},
		"DELETE /api/places/{place}/days/{id}":                {login: "agency", path: "/api/places/" + s.spot + "/days/" + s.spotDay},
		"POST /api/places/{place}/links":                      {login: "secretariat", path: "/api/places/" + s.spot + "/links", body: map[string]string{"caseId": s.caseID, "personId": s.person, "role": "bearer", "since": today}},
		"PUT /api/places/{place}/links/{id}":                  {login: "secretariat", path: "/api/places/" + s.spot + "/links/" + s.spotLink, body: map[string]any{"result": "going", "resultOn": today, "n": 1}},
		"POST /api/places/{place}/cares":                      {login: "agency", path: "/api/places/" + s.spot + "/cares", body: map[string]string{"day": today, "method": "visit", "body": "送迎の相談"}},
		"GET /api/joinings":                                   {login: "secretariat", path: "/api/joinings"},
		"GET /api/cases/{case}/joinings":                      {login: "agency", path: at + "/joinings"},
		"POST /api/cases/{case}/joinings":                     {login: "secretariat", path: at + "/joinings", body: s.joinBody("health", 0)},
		"PUT /api/cases/{case}/joinings/{id}":                 {login: "agency", path: at + "/joinings/" + s.joinedToo, body: s.joinBody("family", 1)},
		"POST /api/cases/{case}/joinings/{id}/steps":          {login: "agency", path: at + "/joinings/" + s.joined + "/steps", body: map[string]any{"kind": "trial", "placeId": s.spot, "day": today, "method": "", "outcome": "want", "body": wordForm, "n": 2}},
		"GET /api/meeting-types/versions":                     {login: "city", path: "/api/meeting-types/versions"},
		"GET /api/forms":                                      {login: "city", path: "/api/forms"},
		"POST /api/forms/preview":                             {login: "city", path: "/api/forms/preview", body: s.formChange(3)},
		"POST /api/forms":                                     {login: "city", path: "/api/forms", body: formBody(1, s.formChange(4))},
		"DELETE /api/forms/{n}":                               {login: "city", path: "/api/forms/1", part: true}, // the last change alone is taken back, and another one is made here
		"GET /api/gaiji":                                      {login: "secretariat", path: "/api/gaiji"}, "POST /api/gaiji": {login: "city", path: "/api/gaiji", body: gaijiBody("邊\U000E01EE", 0)},
		"PUT /api/gaiji/{id}":   {login: "records", path: "/api/gaiji/" + s.gaiji, body: gaijiBody("邊\U000E01EF", 1)},
		"GET /api/handout-days": {login: "city", path: "/api/handout-days"},
		"PUT /api/handout-days": {login: "city", path: "/api/handout-days", body: map[string]int{"days": 3}},
	} {
		out[key] = a
	}
	s.intakeAsks(out)
	s.decisionAsks(out)
	s.courseAsks(out)
	s.archiveAsks(out)
	for _, report := range []string{"entries", "export", "seen", "hours", "mass", "monthly"} {
		out["POST /api/audit/"+report] = ask{login: "auditor", path: "/api/audit/" + report, body: map[string]any{"case": "K2025-0001"}}
	}
}
