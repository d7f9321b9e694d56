package desk

import (
	"fmt"
	"slices"
	"time"

	"kasane/internal/consent"
)

// ISO/IEC TS 27560:2023, consent record information structure: header, PII processing, party identification, events. Field names are those of
// the specification; values are Kasane's codes with their Japanese names. A field of which Kasane knows nothing is left out.

type consentRecord struct {
	Record     recordHeader  `json:"record"`
	Processing piiProcessing `json:"pii_processing"`
	Parties    []party       `json:"party_identification"`
	Events     []event       `json:"event"`
}

type recordHeader struct {
	SchemaVersion string `json:"schema_version"`
	RecordID      string `json:"record_id"`
	PrincipalID   string `json:"pii_principal_id"`
}

type piiProcessing struct {
	PrivacyNotice string    `json:"privacy_notice"`
	Language      string    `json:"language"`
	Purposes      []purpose `json:"purposes"`
}

type purpose struct {
	Purpose      string    `json:"purpose"`
	PurposeType  string    `json:"purpose_type"`
	LawfulBasis  string    `json:"lawful_basis"`
	Information  []piiItem `json:"pii_information"`
	Controllers  []string  `json:"pii_controllers"`
	Collection   []string  `json:"collection_method"`
	Processing   []string  `json:"processing_method"`
	Storage      []string  `json:"storage_locations"`
	Retention    string    `json:"retention_period"`
	ProcessedIn  []string  `json:"processing_locations"`
	Restrictions []string  `json:"geographic_restrictions"`
	Services     []string  `json:"services"`
	Jurisdiction []string  `json:"jurisdiction"`
	Recipients   []string  `json:"recipient_third_parties"`
	Withdrawal   string    `json:"withdrawal_method"`
	Rights       []string  `json:"privacy_rights"`
}

// piiItem is one item of information, and who may receive it now: recipients differ by item.
type piiItem struct {
	Type       string   `json:"pii_type"`
	Attribute  string   `json:"pii_attribute_id"`
	Optional   bool     `json:"pii_optional"`
	Sensitive  bool     `json:"sensitive_pii_category"`
	Special    bool     `json:"special_pii_category"`
	Recipients []string `json:"recipient_third_parties"`
}

type party struct {
	ID   string `json:"party_id"`
	Name string `json:"party_name"`
	Role string `json:"party_role"`
	Type string `json:"party_type"`
}

type event struct {
	Time     string `json:"event_time"`
	Validity string `json:"validity_duration"`
	Entity   string `json:"entity_id"`
	Type     string `json:"event_type"`
	State    string `json:"event_state"`
	Note     string `json:"note,omitempty"`
}

const schemaVersion = "ISO/IEC TS 27560:2023"

// otherAgencies stands for agencies not named: 「その他会議が必要と認める機関」.
const otherAgencies = "other"

// special are the items that are 要配慮個人情報 (個人情報保護法2条3項) by their nature.
var special = []consent.Item{consent.ItemHealth, consent.ItemDisability, consent.ItemAbuse, consent.ItemJustice}

func ts27560Of(w consent.Whole, c Case, now time.Time) consentRecord {
	m := model{Whole: w, c: c}
	r := w.Record
	out := consentRecord{
		Record:     recordHeader{schemaVersion, r.ID, r.PersonID},
		Processing: piiProcessing{PrivacyNotice: "urn:kasane:consent-text:" + r.FormHash, Language: "ja", Purposes: []purpose{}},
		Parties:    m.parties(), Events: m.events(now),
	}
	information := m.information(now)
	for _, p := range r.Purposes {
		out.Processing.Purposes = append(out.Processing.Purposes, purpose{
			Purpose: p.Label(), PurposeType: string(p), LawfulBasis: "consent", Information: information, Controllers: []string{r.Tenant},
			Collection: m.collection(), Processing: m.processing(), Storage: []string{"JP"}, Retention: m.retention(), ProcessedIn: []string{"JP"},
			Restrictions: []string{"JP"}, Services: []string{"重層的支援体制整備事業"}, Jurisdiction: []string{"JP"}, Recipients: m.recipients(information),
			Withdrawal: w.Text.Text.Withdraw, Rights: []string{"開示請求(個人情報保護法第76条)", "訂正請求(同第90条)", "利用停止請求(同第98条)"},
		})
	}
	return out
}

// information lists the items with who may receive each now, withdrawals taken off; an item nobody may receive any more is left out.
func (m model) information(now time.Time) []piiItem {
	out := []piiItem{}
	left, state := m.Record.Left(now), consent.Effective(m.Record, now)
	if state != consent.StateGranted && state != consent.StatePartial {
		left = nil
	}
	for _, i := range consent.Items() {
		var to []string
		for _, a := range m.agencies() {
			if slices.Contains(left[a.ID], i) {
				to = append(to, a.ID)
			}
		}
		if left != nil && slices.Contains(m.Record.LeftOthers(now), i) {
			to = append(to, otherAgencies)
		}
		if len(to) > 0 {
			out = append(out, piiItem{Type: i.Label(), Attribute: string(i), Optional: true, Sensitive: i != consent.ItemBasic, Special: slices.Contains(special, i), Recipients: to})
		}
	}
	return out
}

func (m model) recipients(information []piiItem) []string {
	out := []string{}
	for _, i := range information {
		for _, a := range i.Recipients {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

func (m model) collection() []string {
	if len(m.Record.Sources) == 0 {
		return []string{"ケースの担当機関が本人から聴取"}
	}
	out := []string{}
	for _, id := range m.Record.Sources {
		out = append(out, m.name(id))
	}
	return out
}

func (m model) processing() []string {
	if len(m.Record.Forms) == 0 {
		return []string{"disclosure"}
	}
	return m.Record.Forms
}

func (m model) retention() string {
	return "提供は有効期間の終わりまで。記録の保存は自治体の文書管理規程による。"
}

func (m model) parties() []party {
	r := m.Record
	out := []party{{r.PersonID, m.Person.Name, "PII principal", "本人"}, {r.Tenant, m.c.Municipality, "PII controller", "市町村"}}
	if r.Grantor != "" && r.Grantor != consent.GrantorSelf {
		kind := r.Grantor.Label()
		if a := r.Details.Agent; a != nil {
			kind = a.Kind.Label()
		}
		out = append(out, party{r.ID + ":grantor", r.GrantorName, "authorised representative", kind})
	}
	for _, a := range m.agencies() {
		if len(r.Scope[a.ID]) > 0 {
			out = append(out, party{a.ID, a.Name, "third party", "支援関係機関"})
		}
	}
	if len(r.Others) > 0 {
		out = append(out, party{otherAgencies, "その他会議が必要と認める機関", "third party", "支援関係機関"})
	}
	return out
}

// events: what the person said, what was taken back, and that it ran out.
func (m model) events(now time.Time) []event {
	r := m.Record
	who := r.PersonID
	if r.Grantor != "" && r.Grantor != consent.GrantorSelf {
		who = r.ID + ":grantor"
	}
	at := m.answeredAt()
	if at.IsZero() {
		at = r.RecordedAt
	}
	states := map[consent.State]string{consent.StateGranted: "consent_given", consent.StatePartial: "consent_given", consent.StateRefused: "consent_refused",
		consent.StatePending: "consent_requested", consent.StateNotExplained: "consent_requested", consent.StateUnknown: "consent_unknown"}
	first := event{Time: instant(at), Validity: duration(r.From, r.Until), Entity: who, Type: "explicit", State: states[r.State]}
	if first.State == "" {
		first.State = "consent_unknown"
	}
	if r.Renews != "" {
		first.Note = "renews " + r.Renews
	}
	out := []event{first}
	for _, w := range r.Withdrawals {
		x := event{Time: instant(w.At), Validity: "P0D", Entity: who, Type: "explicit", State: "consent_withdrawn"}
		if len(w.Agencies) > 0 || len(w.Items) > 0 {
			x.State, x.Note = "consent_partially_withdrawn", fmt.Sprintf("agencies %v items %v", w.Agencies, w.Items)
		}
		out = append(out, x)
	}
	if consent.Effective(r, now) == consent.StateExpired {
		out = append(out, event{Time: instant(r.Until), Validity: "P0D", Entity: r.Tenant, Type: "implicit", State: "consent_expired"})
	}
	return out
}

// duration is the span covered as an ISO 8601 duration in days; nothing is covered by a refusal.
func duration(from, until time.Time) string {
	if until.IsZero() || !until.After(from) {
		return "P0D"
	}
	return fmt.Sprintf("P%dD", int(until.Sub(from).Hours()+12)/24)
}
