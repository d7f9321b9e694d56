package desk

import (
	"slices"
	"time"

	"kasane/internal/consent"
)

// A FHIR R4 (4.0.1) Consent resource. Persons and agencies are named by identifier and display, not by reference: there is no server behind.
// Kasane's own codes (items, purposes, methods) travel with their system; where FHIR binds a code, the bound one is used.
const (
	sysPerson  = "urn:kasane:person"
	sysAgency  = "urn:kasane:agency"
	sysNumber  = "urn:kasane:consent-number"
	sysItem    = "urn:kasane:consent-item"
	sysPurpose = "urn:kasane:consent-purpose"
	sysMethod  = "urn:kasane:consent-method"

	sysScope       = "http://terminology.hl7.org/CodeSystem/consentscope"
	sysActCode     = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	sysActReason   = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
	sysParticipant = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
	sysAction      = "http://terminology.hl7.org/CodeSystem/consentaction"
)

type coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

type concept struct {
	Coding []coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

type identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

type reference struct {
	Type       string      `json:"type,omitempty"`
	Identifier *identifier `json:"identifier,omitempty"`
	Display    string      `json:"display,omitempty"`
}

type period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

type attachment struct {
	ContentType string `json:"contentType,omitempty"`
	Language    string `json:"language,omitempty"`
	Title       string `json:"title,omitempty"`
	Creation    string `json:"creation,omitempty"`
}

type policy struct {
	Authority string `json:"authority,omitempty"`
	URI       string `json:"uri,omitempty"`
}

type verification struct {
	Verified         bool       `json:"verified"`
	VerifiedWith     *reference `json:"verifiedWith,omitempty"`
	VerificationDate string     `json:"verificationDate,omitempty"`
}

type provisionActor struct {
	Role      concept   `json:"role"`
	Reference reference `json:"reference"`
}

type provision struct {
	Type      string           `json:"type,omitempty"` // not in the root, required below it
	Period    *period          `json:"period,omitempty"`
	Actor     []provisionActor `json:"actor,omitempty"`
	Action    []concept        `json:"action,omitempty"`
	Purpose   []coding         `json:"purpose,omitempty"`
	Code      []concept        `json:"code,omitempty"`
	Provision []provision      `json:"provision,omitempty"`
}

type extension struct {
	URL         string `json:"url"`
	ValueString string `json:"valueString,omitempty"`
	ValueCode   string `json:"valueCode,omitempty"`
}

type fhirConsent struct {
	ResourceType     string         `json:"resourceType"`
	ID               string         `json:"id"`
	Language         string         `json:"language"`
	Extension        []extension    `json:"extension,omitempty"`
	Identifier       []identifier   `json:"identifier"`
	Status           string         `json:"status"`
	Scope            concept        `json:"scope"`
	Category         []concept      `json:"category"`
	Patient          reference      `json:"patient"`
	DateTime         string         `json:"dateTime,omitempty"`
	Performer        []reference    `json:"performer,omitempty"`
	Organization     []reference    `json:"organization"`
	SourceAttachment *attachment    `json:"sourceAttachment,omitempty"`
	Policy           []policy       `json:"policy"`
	PolicyRule       concept        `json:"policyRule"`
	Verification     []verification `json:"verification,omitempty"`
	Provision        *provision     `json:"provision,omitempty"`
}

// fhirOf: consent is opt-in, so the root forbids and each agency's permission stands below it; what was withdrawn is a denial below that.
func fhirOf(w consent.Whole, c Case, now time.Time) fhirConsent {
	r := w.Record
	m := model{Whole: w, c: c}
	out := fhirConsent{ResourceType: "Consent", ID: r.ID, Language: "ja", Identifier: []identifier{{sysNumber, r.Number}}, Status: fhirStatus(r, now),
		Scope:    concept{Coding: []coding{{sysScope, "patient-privacy", "Privacy Consent"}}},
		Category: []concept{{Coding: []coding{{sysActCode, "IDSCL", "information disclosure"}}}},
		Patient:  reference{"Patient", &identifier{sysPerson, r.PersonID}, w.Person.Name}, Organization: []reference{{Type: "Organization", Display: c.Municipality}},
		Policy:     []policy{{URI: "urn:kasane:consent-text:" + r.FormHash}},
		PolicyRule: concept{Coding: []coding{{sysActCode, "OPTIN", "opt-in"}}, Text: w.Text.Text.Title},
		Extension:  []extension{{URL: "urn:kasane:consent-text-version", ValueString: r.FormVersion}, {URL: "urn:kasane:consent-state", ValueCode: string(r.State)}},
	}
	if r.Method != "" {
		out.Extension = append(out.Extension, extension{URL: sysMethod, ValueCode: string(r.Method)})
	}
	if said := m.answeredAt(); !said.IsZero() {
		out.DateTime = instant(said)
		out.Verification = append(out.Verification, verification{Verified: r.Method != "", VerifiedWith: grantorReference(w), VerificationDate: instant(said)})
	}
	if g := grantorReference(w); g != nil {
		out.Performer = []reference{*g}
	}
	if r.EvidenceFile != "" {
		out.SourceAttachment = &attachment{Language: "ja", Title: "同意書 " + r.Number, Creation: instant(r.RecordedAt)}
		out.Extension = append(out.Extension, extension{URL: "urn:kasane:evidence-sha256", ValueString: r.EvidenceSHA256})
	}
	out.Provision = m.provisions()
	return out
}

// fhirStatus maps to consent-state-codes.
func fhirStatus(r consent.Record, now time.Time) string {
	switch consent.Effective(r, now) {
	case consent.StateGranted, consent.StatePartial:
		return "active"
	case consent.StateRefused:
		return "rejected"
	case consent.StateWithdrawn, consent.StateExpired:
		return "inactive"
	case consent.StatePending:
		return "proposed"
	case consent.StateNotExplained, consent.StateUnknown:
	}
	return "draft"
}

func grantorReference(w consent.Whole) *reference {
	switch w.Record.Grantor {
	case consent.GrantorSelf:
		return &reference{"Patient", &identifier{sysPerson, w.Record.PersonID}, w.Person.Name}
	case consent.GrantorParent, consent.GrantorGuardian, consent.GrantorOther:
		return &reference{Type: "RelatedPerson", Display: w.Record.GrantorName}
	}
	return nil
}

func (m model) provisions() *provision {
	r := m.Record
	root := &provision{Period: &period{Start: instant(r.From)}}
	if !r.Until.IsZero() {
		root.Period.End = instant(r.Until.Add(-time.Microsecond))
	}
	for _, a := range m.agencies() {
		items := r.Scope[a.ID]
		if len(items) == 0 {
			continue
		}
		p := provision{Type: "permit", Actor: []provisionActor{recipient(a)}, Action: disclose(), Purpose: purposesOf(r), Code: itemsOf(items)}
		p.Provision = m.denials(a, items)
		root.Provision = append(root.Provision, p)
	}
	if len(r.Others) > 0 {
		others := Agency{"", "その他会議が必要と認める機関"}
		p := provision{Type: "permit", Actor: []provisionActor{recipient(others)}, Action: disclose(), Purpose: purposesOf(r), Code: itemsOf(r.Others)}
		p.Provision = m.denials(others, r.Others)
		root.Provision = append(root.Provision, p)
	}
	return root
}

// denials: what was withdrawn of an agency's items, from when.
func (m model) denials(a Agency, items []consent.Item) (out []provision) {
	for _, w := range m.Record.Withdrawals {
		if len(w.Agencies) > 0 && !slices.Contains(w.Agencies, a.ID) {
			continue
		}
		var gone []consent.Item
		for _, i := range items {
			if len(w.Items) == 0 || slices.Contains(w.Items, i) {
				gone = append(gone, i)
			}
		}
		if len(gone) > 0 {
			out = append(out, provision{Type: "deny", Period: &period{Start: instant(w.At)}, Actor: []provisionActor{recipient(a)}, Action: disclose(), Code: itemsOf(gone)})
		}
	}
	return out
}

func recipient(a Agency) provisionActor {
	ref := reference{Type: "Organization", Display: a.Name}
	if a.ID != "" {
		ref.Identifier = &identifier{sysAgency, a.ID}
	}
	return provisionActor{Role: concept{Coding: []coding{{sysParticipant, "IRCP", "information recipient"}}}, Reference: ref}
}

func disclose() []concept {
	return []concept{{Coding: []coding{{sysAction, "disclose", "Disclose"}}}}
}

func itemsOf(items []consent.Item) (out []concept) {
	for _, i := range items {
		out = append(out, concept{Coding: []coding{{sysItem, string(i), i.Label()}}})
	}
	return out
}

// reasons maps purposes to the purposes of use of HL7, where one fits.
var reasons = map[consent.Purpose]coding{
	consent.PurposeConference:    {sysActReason, "CAREMGT", "care management"},
	consent.PurposePlan:          {sysActReason, "CAREMGT", "care management"},
	consent.PurposeCoordination:  {sysActReason, "COC", "coordination of care"},
	consent.PurposeOutreach:      {sysActReason, "COC", "coordination of care"},
	consent.PurposeParticipation: {sysActReason, "COC", "coordination of care"},
	consent.PurposeTraining:      {sysActReason, "TRAIN", "training"},
}

func purposesOf(r consent.Record) (out []coding) {
	for _, p := range r.Purposes {
		out = append(out, coding{sysPurpose, string(p), p.Label()})
		if c, ok := reasons[p]; ok && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }
