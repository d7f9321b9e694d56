package intake

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

// entry is one field of the 相談受付・申込票 with what the counter typed.
type entry struct {
	owner sheets.Owner
	item  consent.Item
	field string
	value string
	prose bool
}

var phoneForm = regexp.MustCompile(`^[0-9０-９+()（）ー－\-‐ ]{8,20}$`)

// entries are the fields of the 相談受付・申込票 that a 受付 answers.
func (r Record) entries() []entry {
	house := func(item consent.Item, field, value string, prose bool) entry {
		return entry{sheets.OwnerHousehold, item, field, value, prose}
	}
	person := func(item consent.Item, field, value string) entry {
		return entry{sheets.OwnerPerson, item, field, value, true}
	}
	kind := map[Consent]string{ConsentYes: "with", ConsentNo: "without", ConsentNotYet: "without"}[r.Consent]
	contact := "contact_care"
	switch {
	case phoneForm.MatchString(r.Contact):
		contact = "tel_mobile"
	case strings.Count(r.Contact, "@") == 1 && !strings.ContainsAny(r.Contact, " 　、"):
		contact = "mail"
	}
	return []entry{
		house(consent.ItemBasic, "received_agency", r.AgencyID, false), house(consent.ItemBasic, "received_by", r.ByName, true),
		house(consent.ItemBasic, "consent_kind", kind, false), house(consent.ItemBasic, "urgency", r.Urgency, false), house(consent.ItemBasic, "route", r.Route, false),
		house(consent.ItemFamily, "visitor_name", r.AskerName, true), house(consent.ItemFamily, "visitor_relation", r.Asker.visitor(), false),
		person(consent.ItemAddress, "address", r.District), person(consent.ItemAddress, contact, r.Contact), person(consent.ItemProgress, "trouble", r.Trouble),
	}
}

// filled are the documents of the 相談受付・申込票 with what was typed at the counter, in the name of who typed it. What the sheets of the day do not ask
// for is left to the record.
func filled(actor access.Actor, r Record, set sheets.Set, now time.Time) ([]NewDoc, error) {
	type at struct {
		owner sheets.Owner
		item  consent.Item
	}
	fields := map[at][]entry{}
	for _, e := range r.entries() {
		if e.value != "" && set.Holds(e.owner, string(e.item), e.field) {
			k := at{e.owner, e.item}
			fields[k] = append(fields[k], e)
		}
	}
	var out []NewDoc
	for _, k := range slices.SortedFunc(maps.Keys(fields), func(a, b at) int {
		return strings.Compare(string(a.owner)+string(a.item), string(b.owner)+string(b.item))
	}) {
		m := live.Meta{Tenant: r.Tenant, ID: access.NewID(now), Epoch: 1, Kind: live.KindSection, CaseID: r.CaseID, OwnerID: r.CaseID, Item: k.item}
		if k.owner == sheets.OwnerPerson {
			m.OwnerID, m.PersonID = r.PersonID, r.PersonID
		}
		update, clients, err := live.Draft(m, actor, func(b *live.Builder) error {
			for _, e := range fields[k] {
				if e.prose {
					b.Text("f/"+e.field, e.value)
				} else {
					b.Set("f/"+e.field, e.value)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		out = append(out, NewDoc{Meta: m, Initial: update, Clients: clients})
	}
	return out, nil
}
