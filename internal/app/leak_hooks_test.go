package app

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"kasane/internal/access"
	"kasane/internal/webhooks"
)

// told sets up an address for the section of each municipality and for its agencies outside, which want everything they can be told. Nothing is sent in these tests: what would be is looked at where it waits.
func (w *town) told() {
	w.t.Helper()
	seen := map[string]bool{}
	for _, p := range w.readers {
		if seen[p.agency] {
			continue
		}
		seen[p.agency] = true
		list, err := w.h.store.ListAgencies(w.t.Context(), p.tenant)
		w.ok(err)
		city := list[slices.IndexFunc(list, func(g access.Agency) bool { return g.ID == p.agency })].City
		in := webhooks.Input{AgencyID: p.agency, URL: "https://renkei.example/" + p.agency, On: true}
		for _, k := range webhooks.Choices() {
			if city || !k.City {
				in.Kinds = append(in.Kinds, k.ID)
			}
		}
		_, err = w.h.hooks.Add(w.t.Context(), access.Actor{Tenant: p.tenant, UserID: "test", Name: "管理者", Roles: []access.Role{access.RoleAdmin}}, in)
		w.ok(err)
	}
}

// toldNothing looks through everything that waits to be sent: no word stands in it, nothing is of another municipality, and an agency outside is told of cases alone that it is or was of, or was asked about by a つなぎ.
func (w *town) toldNothing() {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(w.h.cfg.DataDir, "kasane.db")+"?_pragma=busy_timeout(10000)")
	w.ok(err)
	defer db.Close()
	ctx := context.Background()
	rows, err := db.QueryContext(ctx, `SELECT d.tenant, d.kind, d.body, a.id, a.city,
			(SELECT COUNT(*) FROM case_file c WHERE c.tenant = d.tenant AND c.id = json_extract(d.body, '$.data.caseId')),
			(SELECT COUNT(*) FROM case_member m WHERE m.tenant = d.tenant AND m.case_id = json_extract(d.body, '$.data.caseId') AND m.agency_id = a.id)
				+ (SELECT COUNT(*) FROM meeting_agency s WHERE s.tenant = d.tenant AND s.meeting_id = json_extract(d.body, '$.data.meetingId') AND s.agency_id = a.id)
				+ (SELECT COUNT(*) FROM referral f WHERE f.tenant = d.tenant AND f.case_id = json_extract(d.body, '$.data.caseId') AND (f.to_agency = a.id OR f.from_agency = a.id))
		FROM webhook_delivery d JOIN webhook_endpoint e ON e.tenant = d.tenant AND e.id = d.endpoint_id JOIN agency a ON a.tenant = e.tenant AND a.id = e.agency_id`)
	w.ok(err)
	defer rows.Close()
	for rows.Next() {
		var tenant, kind, body, agency string
		var city, here, party int
		w.ok(rows.Scan(&tenant, &kind, &body, &agency, &city, &here, &party))
		if found := w.words.find([]byte(body)); len(found) > 0 && w.leak == "" {
			w.leak = "a webhook says " + found[0].String()
		}
		var m webhooks.Message
		w.ok(json.Unmarshal([]byte(body), &m))
		switch {
		case here == 0:
			w.t.Errorf("%s of another municipality: %s", kind, body)
		case city == 0 && party == 0 && !w.unseated[[2]string{meetingOf(body), agency}]:
			w.t.Errorf("%s told to an agency that has no part in it: %s", kind, body)
		}
		if city == 1 {
			w.counts.told++
		} else {
			w.counts.toldOutside++
		}
		if w.counts.kinds == nil {
			w.counts.kinds = map[string]int{}
		}
		w.counts.kinds[fmt.Sprint(m.Type)]++
	}
	w.ok(rows.Err())
}

// meetingOf is the meeting an event is of.
func meetingOf(body string) string {
	var m struct{ Data struct{ MeetingID string } }
	_ = json.Unmarshal([]byte(body), &m)
	return m.Data.MeetingID
}
