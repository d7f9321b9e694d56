package desk

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/consent"
)

// generic is what stands in the JSON, so that the tests judge the file and not our types.
func generic(t *testing.T, v any) map[string]any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// every is each record the exports are tried with, with a moment to look at it.
func every() map[string]consent.Whole {
	all := map[string]consent.Whole{"signed": whole(), "withdrawn in part": withdrawn(), "by a curator": scribed(), "refused": oral()}
	w := whole()
	w.Record.Withdrawals = []consent.Withdrawal{{ID: "w", RecordID: "01r", At: said.AddDate(0, 1, 0)}}
	all["withdrawn"] = w
	w = whole()
	w.Record.Until = said.AddDate(0, 1, 0)
	all["expired"] = w
	w = whole()
	w.Record.State, w.Record.Purposes, w.Record.Scope, w.Record.Until, w.Record.Method, w.Record.Grantor = consent.StatePending, nil, map[string][]consent.Item{}, time.Time{}, "", ""
	all["pending"] = w
	w = whole()
	w.Record.State, w.Record.Purposes, w.Record.Scope, w.Record.Until, w.Record.Method, w.Record.Grantor, w.Record.ExplainedAt = consent.StateUnknown, nil, nil, time.Time{}, "", "", time.Time{}
	all["unknown"] = w
	w = whole()
	w.Record.Others = []consent.Item{consent.ItemBasic}
	w.Record.EvidenceFile, w.Record.EvidenceSHA256 = "f1", strings.Repeat("ab", 32)
	all["others"] = w
	return all
}

var atExport = said.AddDate(0, 6, 0)

// The rules of the FHIR R4 Consent resource: elements with their cardinality, bound codes, and the invariants ppc-1 … ppc-5.
var (
	fhirElements = map[string][]string{
		"Consent": {"resourceType", "id", "language", "extension", "identifier", "status", "scope", "category", "patient", "dateTime", "performer", "organization",
			"sourceAttachment", "sourceReference", "policy", "policyRule", "verification", "provision", "meta", "text", "contained", "implicitRules", "modifierExtension"},
		"provision": {"type", "period", "actor", "action", "securityLabel", "purpose", "class", "code", "dataPeriod", "data", "provision"},
	}
	fhirStatuses = []string{"draft", "proposed", "active", "rejected", "inactive", "entered-in-error"}
	fhirScopes   = []string{"adr", "research", "patient-privacy", "treatment"}
	fhirDateTime = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$`)
	fhirID       = regexp.MustCompile(`^[A-Za-z0-9\-.]{1,64}$`)
)

func fhirProblems(c map[string]any) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for k, v := range c {
		if !slices.Contains(fhirElements["Consent"], k) {
			say("Consent.%s does not exist", k)
		}
		if v == nil || v == "" {
			say("Consent.%s is empty", k)
		}
		if list, ok := v.([]any); ok && len(list) == 0 {
			say("Consent.%s is an empty list", k)
		}
	}
	if c["resourceType"] != "Consent" {
		say("resourceType %v", c["resourceType"])
	}
	if id, _ := c["id"].(string); !fhirID.MatchString(id) {
		say("id %v", c["id"])
	}
	if s, _ := c["status"].(string); !slices.Contains(fhirStatuses, s) {
		say("status %v", c["status"])
	}
	scope := codesOf(c["scope"])
	if len(scope) != 1 || !slices.Contains(fhirScopes, scope[0]) {
		say("scope %v", scope)
	}
	category, _ := c["category"].([]any)
	if len(category) == 0 || len(codesOf(category[0])) == 0 {
		say("category is missing")
	}
	if _, ok := c["patient"].(map[string]any); !ok && slices.Contains(scope, "patient-privacy") {
		say("ppc-2: scope privacy without a patient")
	}
	if c["policy"] == nil && c["policyRule"] == nil {
		say("ppc-1: neither policy nor policyRule")
	}
	for i, p := range list(c["policy"]) {
		if m := p.(map[string]any); m["authority"] == nil && m["uri"] == nil {
			say("policy[%d] is empty", i)
		}
	}
	for i, v := range list(c["verification"]) {
		if _, ok := v.(map[string]any)["verified"].(bool); !ok {
			say("verification[%d].verified is missing", i)
		}
	}
	for _, k := range []string{"dateTime"} {
		if v, ok := c[k]; ok && !fhirDateTime.MatchString(v.(string)) {
			say("%s %v", k, v)
		}
	}
	if p, ok := c["provision"].(map[string]any); ok {
		if p["type"] != nil {
			say("the root provision has a type")
		}
		provisionProblems(p, "provision", true, say)
	}
	return out
}

func provisionProblems(p map[string]any, at string, root bool, say func(string, ...any)) {
	for k := range p {
		if !slices.Contains(fhirElements["provision"], k) {
			say("%s.%s does not exist", at, k)
		}
	}
	if t := p["type"]; !root && t != "permit" && t != "deny" {
		say("%s.type %v", at, t)
	}
	if per, ok := p["period"].(map[string]any); ok {
		start, _ := per["start"].(string)
		end, _ := per["end"].(string)
		if start != "" && !fhirDateTime.MatchString(start) || end != "" && (!fhirDateTime.MatchString(end) || end < start) {
			say("%s.period %v", at, per)
		}
	}
	for i, a := range list(p["actor"]) {
		m := a.(map[string]any)
		if len(codesOf(m["role"])) == 0 || m["reference"] == nil {
			say("%s.actor[%d] lacks role or reference", at, i)
		}
	}
	for i, c := range list(p["purpose"]) {
		if m := c.(map[string]any); m["system"] == nil || m["code"] == nil {
			say("%s.purpose[%d] is no coding", at, i)
		}
	}
	for i, x := range list(p["provision"]) {
		provisionProblems(x.(map[string]any), fmt.Sprintf("%s.provision[%d]", at, i), false, say)
	}
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func codesOf(v any) (out []string) {
	m, _ := v.(map[string]any)
	for _, c := range list(m["coding"]) {
		if code, _ := c.(map[string]any)["code"].(string); code != "" && c.(map[string]any)["system"] != nil {
			out = append(out, code)
		}
	}
	return out
}

func TestFHIRFollowsTheRules(t *testing.T) {
	t.Parallel()
	status := map[string]string{"signed": "active", "withdrawn in part": "active", "by a curator": "active", "refused": "rejected", "withdrawn": "inactive",
		"expired": "inactive", "pending": "proposed", "unknown": "draft", "others": "active"}
	for name, w := range every() {
		c := generic(t, fhirOf(w, theCase(), atExport))
		for _, p := range fhirProblems(c) {
			t.Errorf("%s: %s", name, p)
		}
		if c["status"] != status[name] {
			t.Errorf("%s: status %v, want %s", name, c["status"], status[name])
		}
	}
	// The rules find what is broken: each of these was right before.
	for name, spoil := range map[string]func(map[string]any){
		"no status":        func(c map[string]any) { delete(c, "status") },
		"a made-up status": func(c map[string]any) { c["status"] = "granted" },
		"no scope":         func(c map[string]any) { delete(c, "scope") },
		"no category":      func(c map[string]any) { c["category"] = []any{} },
		"no patient":       func(c map[string]any) { delete(c, "patient") },
		"no policy":        func(c map[string]any) { delete(c, "policy"); delete(c, "policyRule") },
		"type in the root": func(c map[string]any) { c["provision"].(map[string]any)["type"] = "permit" },
		"no type below": func(c map[string]any) {
			delete(list(c["provision"].(map[string]any)["provision"])[0].(map[string]any), "type")
		},
		"an unknown element": func(c map[string]any) { c["agency"] = "x" },
	} {
		c := generic(t, fhirOf(whole(), theCase(), atExport))
		spoil(c)
		if len(fhirProblems(c)) == 0 {
			t.Errorf("the rules do not see: %s", name)
		}
	}
}

// TestFHIRSaysWhatTheRecordSays: who may get what, in the words of the gate: permitted and not denied below.
func TestFHIRSaysWhatTheRecordSays(t *testing.T) {
	t.Parallel()
	w := withdrawn()
	c := generic(t, fhirOf(w, theCase(), atExport))
	may := map[string][]string{}
	for _, p := range list(c["provision"].(map[string]any)["provision"]) {
		m := p.(map[string]any)
		agency := list(m["actor"])[0].(map[string]any)["reference"].(map[string]any)["identifier"].(map[string]any)["value"].(string)
		var codes, gone []string
		for _, x := range list(m["code"]) {
			codes = append(codes, codesOf(x)...)
		}
		for _, d := range list(m["provision"]) {
			if d.(map[string]any)["type"] != "deny" {
				t.Errorf("%v", d)
			}
			for _, x := range list(d.(map[string]any)["code"]) {
				gone = append(gone, codesOf(x)...)
			}
		}
		for _, code := range codes {
			if !slices.Contains(gone, code) {
				may[agency] = append(may[agency], code)
			}
		}
	}
	for agency, items := range w.Record.Left(atExport) {
		want := []string{}
		for _, i := range items {
			want = append(want, string(i))
		}
		if !slices.Equal(may[agency], want) {
			t.Errorf("%s may get %v, the record says %v", agency, may[agency], want)
		}
		delete(may, agency)
	}
	if len(may) != 0 {
		t.Errorf("more than the record says: %v", may)
	}
	text := fmt.Sprint(c)
	for _, s := range []string{"COC", "CAREMGT", "D2026-0031", "葛\U000E0100城 \uFA10江", w.Record.FormHash} {
		if !strings.Contains(text, s) {
			t.Errorf("no %s", s)
		}
	}
}

// The structure of ISO/IEC TS 27560: sections with the fields that must stand in each.
var isoFields = map[string][]string{
	"record":         {"schema_version", "record_id", "pii_principal_id"},
	"pii_processing": {"privacy_notice", "language", "purposes"},
	"purposes": {"purpose", "purpose_type", "lawful_basis", "pii_information", "pii_controllers", "collection_method", "processing_method", "storage_locations",
		"retention_period", "processing_locations", "geographic_restrictions", "services", "jurisdiction", "recipient_third_parties", "withdrawal_method", "privacy_rights"},
	"pii_information": {"pii_type", "pii_attribute_id", "pii_optional", "sensitive_pii_category", "special_pii_category"},
	"party":           {"party_id", "party_name", "party_role", "party_type"},
	"event":           {"event_time", "validity_duration", "entity_id", "event_type", "event_state"},
}

func isoProblems(r map[string]any) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	need := func(what string, v any) map[string]any {
		m, ok := v.(map[string]any)
		if !ok {
			say("%s is missing", what)
			return map[string]any{}
		}
		for _, f := range isoFields[what] {
			if v, ok := m[f]; !ok || v == nil || v == "" {
				say("%s.%s is missing", what, f)
			}
		}
		return m
	}
	need("record", r["record"])
	parties := map[string]bool{}
	for _, p := range list(r["party_identification"]) {
		m := need("party", p)
		id, _ := m["party_id"].(string)
		if parties[id] {
			say("party %s stands twice", id)
		}
		parties[id] = true
	}
	known := func(where string, ids any) {
		for _, id := range list(ids) {
			if !parties[id.(string)] {
				say("%s names the party %v, which is not identified", where, id)
			}
		}
	}
	for _, p := range list(need("pii_processing", r["pii_processing"])["purposes"]) {
		m := need("purposes", p)
		if m["lawful_basis"] != "consent" {
			say("lawful_basis %v", m["lawful_basis"])
		}
		known("pii_controllers", m["pii_controllers"])
		known("recipient_third_parties", m["recipient_third_parties"])
		if len(list(m["pii_controllers"])) == 0 {
			say("no controller")
		}
		for _, i := range list(m["pii_information"]) {
			known("pii_information", need("pii_information", i)["recipient_third_parties"])
		}
	}
	events := list(r["event"])
	if len(events) == 0 {
		say("no event")
	}
	last := ""
	for _, e := range events {
		m := need("event", e)
		at, _ := m["event_time"].(string)
		if at < last {
			say("events out of order")
		}
		last = at
		known("entity_id", []any{m["entity_id"]})
		if d, _ := m["validity_duration"].(string); !regexp.MustCompile(`^P\d+D$`).MatchString(d) {
			say("validity_duration %v", m["validity_duration"])
		}
	}
	return out
}

func TestTS27560FollowsTheStructure(t *testing.T) {
	t.Parallel()
	states := map[string][]string{"signed": {"consent_given"}, "withdrawn in part": {"consent_given", "consent_partially_withdrawn", "consent_partially_withdrawn"},
		"by a curator": {"consent_given"}, "refused": {"consent_refused"}, "withdrawn": {"consent_given", "consent_withdrawn"}, "expired": {"consent_given", "consent_expired"},
		"pending": {"consent_requested"}, "unknown": {"consent_unknown"}, "others": {"consent_given"}}
	for name, w := range every() {
		r := generic(t, ts27560Of(w, theCase(), atExport))
		for _, p := range isoProblems(r) {
			t.Errorf("%s: %s", name, p)
		}
		var got []string
		for _, e := range list(r["event"]) {
			got = append(got, e.(map[string]any)["event_state"].(string))
		}
		if !slices.Equal(got, states[name]) {
			t.Errorf("%s: events %v, want %v", name, got, states[name])
		}
	}
	for name, spoil := range map[string]func(map[string]any){
		"no principal":     func(r map[string]any) { r["record"].(map[string]any)["pii_principal_id"] = "" },
		"no notice":        func(r map[string]any) { delete(r["pii_processing"].(map[string]any), "privacy_notice") },
		"an unnamed party": func(r map[string]any) { r["party_identification"] = list(r["party_identification"])[:2] },
		"no event":         func(r map[string]any) { r["event"] = []any{} },
		"another basis": func(r map[string]any) {
			list(r["pii_processing"].(map[string]any)["purposes"])[0].(map[string]any)["lawful_basis"] = "contract"
		},
	} {
		r := generic(t, ts27560Of(whole(), theCase(), atExport))
		spoil(r)
		if len(isoProblems(r)) == 0 {
			t.Errorf("the rules do not see: %s", name)
		}
	}
}

// TestTS27560SaysWhatTheRecordSays: recipients by item are what is left of the scope now, and none when nothing is in force.
func TestTS27560SaysWhatTheRecordSays(t *testing.T) {
	t.Parallel()
	for name, w := range every() {
		r := generic(t, ts27560Of(w, theCase(), atExport))
		may := map[string][]string{}
		for _, p := range list(r["pii_processing"].(map[string]any)["purposes"])[:min(1, len(w.Record.Purposes))] {
			for _, i := range list(p.(map[string]any)["pii_information"]) {
				m := i.(map[string]any)
				for _, a := range list(m["recipient_third_parties"]) {
					may[a.(string)] = append(may[a.(string)], m["pii_attribute_id"].(string))
				}
			}
		}
		left := map[string][]consent.Item{}
		if s := consent.Effective(w.Record, atExport); s == consent.StateGranted || s == consent.StatePartial {
			left = w.Record.Left(atExport)
			if o := w.Record.LeftOthers(atExport); len(o) > 0 {
				left[otherAgencies] = o
			}
		}
		if len(may) != len(left) {
			t.Errorf("%s: recipients %v, the record says %v", name, may, left)
		}
		for a, items := range left {
			for _, i := range items {
				if !slices.Contains(may[a], string(i)) {
					t.Errorf("%s: %s lacks %s", name, a, i)
				}
			}
			if len(may[a]) != len(items) {
				t.Errorf("%s: %s gets %v", name, a, may[a])
			}
		}
	}
}
