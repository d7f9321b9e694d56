package oversight

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// IncidentInput asks for a report: what got out in a period, by a user, a session, an agency, a case or the address of a device.
type IncidentInput struct {
	Filter
	Reason string `json:"reason"` // code
	Note   string `json:"note"`   // why, at most 500 characters
}

// Incident (漏えい等の報告) is what is kept of an export: that it was made, by whom, why, and how much it told. The words of the reason stand here and not in the
// audit log.
type Incident struct {
	ID, Tenant, UserID, AgencyID string
	At                           time.Time
	Reason, Note                 string
	Filter                       Filter
	Persons, Entries             int
}

// IncidentReasons are the codes of a reason.
func IncidentReasons() []Choice {
	return []Choice{{"leak", "漏えいのおそれ(誤送信・盗み見など)"}, {"unauthorised", "不正なアクセス・不正な目的のおそれ"}, {"lost_device", "端末・紙の紛失、盗難"},
		{"wrong_rights", "権限の設定の誤り"}, {"drill", "訓練・点検"}, {"other", "その他"}}
}

// Report is the incident in numbers, then by person and item.
type Report struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Entries int       `json:"entries"` // entries of the log that were counted
	Cases   int       `json:"cases"`
	Persons int       `json:"persons"`
	// Sensitive: items that are 要配慮個人情報 as a rule are among what was given. Many: more than a hundred persons. Both are what 個人情報保護法第68条 asks about first.
	Sensitive      bool       `json:"sensitive"`
	SensitiveItems []string   `json:"sensitiveItems"`
	Many           bool       `json:"many"`
	Lists          int        `json:"lists"` // lists of cases and records, which show initials and numbers only
	Affected       []Affected `json:"affected"`
}

// Affected is one person with what was given of them.
type Affected struct {
	CaseNumber    string  `json:"caseNumber"`
	Ord           int     `json:"ord"`
	Name          string  `json:"name"`
	Kana          string  `json:"kana"`
	AddressSecret bool    `json:"addressSecret"`
	Items         []Given `json:"items"`
}

// Given is one item of information of one person.
type Given struct {
	Item      string    `json:"item"`
	Label     string    `json:"label"`
	Sensitive bool      `json:"sensitive"`
	Certain   bool      `json:"certain"` // a document of this item was opened; otherwise a page or PDF that may have held it
	Ways      []string  `json:"ways"`    // 文書, 変更の履歴, PDF …
	Fields    []string  `json:"fields"`  // that were filled in then
	First     time.Time `json:"first"`
	Last      time.Time `json:"last"`
	Times     int       `json:"times"`
}

// overMany is the number of persons above which an incident is reported whatever was in it.
const overMany = 100

// sensitive are the items that are 要配慮個人情報 as a rule: illness, disability, crime, and having suffered one.
var sensitive = []consent.Item{consent.ItemHealth, consent.ItemDisability, consent.ItemJustice, consent.ItemAbuse}

// longestSession is how long before the period somebody may have opened what stayed open in it: documents go on showing what others type.
const longestSession = 12 * time.Hour

// Incident makes the report of an incident and keeps that it was made.
func (s *Service) Incident(ctx context.Context, a access.Actor, in IncidentInput) (Report, error) {
	if err := access.Require(a, access.ActIncident); err != nil {
		return Report{}, err
	}
	if err := in.check(); err != nil {
		return Report{}, err
	}
	q, err := s.ask(ctx, a, in.Filter)
	if err != nil {
		return Report{}, err
	}
	now := s.now()
	c := collector{s: s, ctx: ctx, a: a, from: q.From, to: q.To, cases: map[string]*caseGiven{}}
	look := Query{From: q.From.Add(-longestSession), To: q.To, Actor: q.Actor, Agency: q.Agency, Received: q.Received, Case: q.Case, Session: q.Session, IP: q.IP,
		Verbs: append(Looks(), access.VerbCaseList, access.VerbArchiveList), Result: "ok"}
	if _, err := s.store.EachLook(ctx, access.ScopeOf(a), look, c.see); err != nil {
		return Report{}, fmt.Errorf("incident: %w", err)
	}
	rep, err := c.report()
	if err != nil {
		return Report{}, err
	}
	rep.ID, rep.At, rep.From, rep.To = access.NewID(now), now, q.From, q.To
	kept := Incident{ID: rep.ID, Tenant: a.Tenant, UserID: a.UserID, AgencyID: a.AgencyID, At: now, Reason: in.Reason, Note: strings.TrimSpace(in.Note), Filter: in.Filter,
		Persons: rep.Persons, Entries: rep.Entries}
	e := a.Audit(now, access.VerbIncidentExport, rep.ID).InCase(q.Case)
	e.Reason = in.Reason
	if err := s.store.SaveIncident(ctx, kept, e); err != nil {
		return Report{}, fmt.Errorf("keep the incident: %w", err)
	}
	return rep, nil
}

func (in IncidentInput) check() error {
	if !slices.ContainsFunc(IncidentReasons(), func(c Choice) bool { return c.ID == in.Reason }) {
		return fault.New(fault.Invalid, "書き出す理由を選んでください。").On("reason")
	}
	if strings.TrimSpace(in.Note) == "" {
		return fault.New(fault.Invalid, "書き出す理由を、あとで見て分かるように書いてください。").On("note")
	}
	if text.GraphemeLen(in.Note) > 500 {
		return fault.New(fault.Invalid, "理由は500文字以内で書いてください。").On("note")
	}
	if in.From == "" || in.To == "" {
		return fault.New(fault.Invalid, "期間を入れてください。").On("from")
	}
	if in.Actor == "" && in.Agency == "" && in.Session == "" && strings.TrimSpace(in.IP) == "" && strings.TrimSpace(in.Case) == "" {
		return fault.New(fault.Invalid, "利用者・機関・ケース・端末のアドレス・セッションのどれか1つを入れてください。").On("actor")
	}
	return nil
}

// IncidentOptions are what the form offers to who holds the cases, with the exports made so far.
type IncidentOptions struct {
	Options
	Reasons []Choice       `json:"reasons"`
	Made    []IncidentLine `json:"made"`
}

// IncidentLine is an export that was made.
type IncidentLine struct {
	ID          string    `json:"id"`
	At          time.Time `json:"at"`
	Actor       string    `json:"actor"`
	ReasonLabel string    `json:"reasonLabel"`
	Note        string    `json:"note"`
	Persons     int       `json:"persons"`
	Entries     int       `json:"entries"`
}

// IncidentForm lists what an incident can be asked by.
func (s *Service) IncidentForm(ctx context.Context, a access.Actor) (IncidentOptions, error) {
	if err := access.Require(a, access.ActIncident); err != nil {
		return IncidentOptions{}, err
	}
	opt, err := s.options(ctx, a)
	if err != nil {
		return IncidentOptions{}, err
	}
	made, err := s.store.Incidents(ctx, access.ScopeOf(a))
	if err != nil {
		return IncidentOptions{}, fmt.Errorf("incidents: %w", err)
	}
	out := IncidentOptions{Options: opt, Reasons: IncidentReasons(), Made: []IncidentLine{}}
	var ask asked
	for _, i := range made {
		ask.entry(i.UserID, "", "", "")
	}
	named, err := s.store.AuditNames(ctx, access.ScopeOf(a), ask.Ask)
	if err != nil {
		return IncidentOptions{}, fmt.Errorf("names: %w", err)
	}
	for _, i := range made {
		out.Made = append(out.Made, IncidentLine{i.ID, i.At, named.staff(i.UserID).Name, reasonLabel(i.Reason), i.Note, i.Persons, i.Entries})
	}
	return out, nil
}

var incidentHead = []string{"ケースID", "世帯員", "氏名", "ふりがな", "住所秘匿", "情報の項目", "要配慮", "確度", "方法", "記入のあった欄", "最初", "最後", "回数"}

// CSV is the report as a table: one line for each person and item, the numbers at its head.
func (r Report) CSV() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(BOM)
	yes := func(v bool) string {
		if v {
			return "はい"
		}
		return "いいえ"
	}
	stamp := func(t time.Time) string { return t.In(jptime.JST).Format("2006-01-02 15:04:05") }
	rows := [][]string{{"漏えい等の報告の資料", r.ID}, {"作成", stamp(r.At)}, {"期間", stamp(r.From), stamp(r.To)}, {"対象の人数", strconv.Itoa(r.Persons)},
		{"100人を超える", yes(r.Many)}, {"要配慮の項目を含む", yes(r.Sensitive), strings.Join(r.SensitiveItems, "・")}, {"ケース数", strconv.Itoa(r.Cases)},
		{"記録の件数", strconv.Itoa(r.Entries)}, {"一覧の表示(番号と頭文字のみ)", strconv.Itoa(r.Lists)}, {}, incidentHead}
	for _, p := range r.Affected {
		for _, g := range p.Items {
			sure := "可能性"
			if g.Certain {
				sure = "表示した"
			}
			rows = append(rows, []string{p.CaseNumber, strconv.Itoa(p.Ord), p.Name, p.Kana, yes(p.AddressSecret), g.Label, yes(g.Sensitive), sure,
				strings.Join(g.Ways, "・"), strings.Join(g.Fields, "、"), stamp(g.First), stamp(g.Last), strconv.Itoa(g.Times)})
		}
	}
	err := writeRows(&b, rows...)
	return b.Bytes(), err
}
