package oversight

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// Service answers questions about the audit log.
type Service struct {
	store  Store
	words  *audit.Words
	fields Fields
	now    func() time.Time
}

// Fields names the fields of a document that were filled in at some moment of a span; nil: reports name the items only.
type Fields func(ctx context.Context, tenant string, d Doc, from, to time.Time) ([]string, error)

// NewService makes the service.
func NewService(store Store, words *audit.Words, fields Fields, now func() time.Time) *Service {
	return &Service{store: store, words: words, fields: fields, now: now}
}

// Line is one entry of the log for people: no name of a person of a case, no text.
type Line struct {
	ID          string      `json:"id"`
	At          time.Time   `json:"at"`
	ActorID     string      `json:"actorId"`
	Actor       string      `json:"actor"`
	Post        string      `json:"post"`
	Agency      string      `json:"agency"`
	Verb        access.Verb `json:"verb"`
	VerbLabel   string      `json:"verbLabel"`
	CaseNumber  string      `json:"caseNumber"`
	MeetingID   string      `json:"meetingId"`
	Target      string      `json:"target"`
	What        string      `json:"what"` // of a document: 「健康・医療」
	Result      string      `json:"result"`
	ResultLabel string      `json:"resultLabel"`
	Reason      string      `json:"reason"`
	ReasonLabel string      `json:"reasonLabel"`
	IP          string      `json:"ip"`
	Session     string      `json:"session"`
}

// Page is a part of a list. Next is "" at its end; a page may be empty and still have a next one.
type Page struct {
	Lines []Line `json:"lines"`
	Next  string `json:"next"`
}

// Options are what the filters offer.
type Options struct {
	Users    []Choice `json:"users"`
	Agencies []Choice `json:"agencies"`
	Verbs    []Choice `json:"verbs"`
	Settings Settings `json:"settings"`
}

// Choice is a line of a filter.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Options lists staff, agencies and verbs.
func (s *Service) Options(ctx context.Context, a access.Actor) (Options, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return Options{}, err
	}
	return s.options(ctx, a)
}

func (s *Service) options(ctx context.Context, a access.Actor) (Options, error) {
	users, err := s.store.ListUsers(ctx, a.Tenant)
	if err != nil {
		return Options{}, fmt.Errorf("users: %w", err)
	}
	agencies, err := s.store.ListAgencies(ctx, a.Tenant)
	if err != nil {
		return Options{}, fmt.Errorf("agencies: %w", err)
	}
	o := Options{Users: []Choice{}, Agencies: []Choice{}, Verbs: verbChoices()}
	names := map[string]string{}
	for _, g := range agencies {
		names[g.ID] = g.Name
		o.Agencies = append(o.Agencies, Choice{g.ID, g.Name})
	}
	for _, u := range users {
		o.Users = append(o.Users, Choice{u.ID, u.Name + "(" + names[u.AgencyID] + ")"})
	}
	o.Settings, err = s.settings(ctx, a)
	return o, err
}

// Entries returns a page of the log.
func (s *Service) Entries(ctx context.Context, a access.Actor, f Filter) (Page, error) {
	if err := access.Require(a, access.ActAuditRead); err != nil {
		return Page{}, err
	}
	q, err := s.ask(ctx, a, f)
	if err != nil {
		return Page{}, err
	}
	p, err := s.page(ctx, a, q)
	if err != nil {
		return Page{}, err
	}
	return p, s.noted(ctx, a.Audit(s.now(), access.VerbAuditList, "").InCase(q.Case))
}

// ask checks a filter and finds its case.
func (s *Service) ask(ctx context.Context, a access.Actor, f Filter) (Query, error) {
	q, err := f.query(s.now())
	if err != nil || strings.TrimSpace(f.Case) == "" {
		return q, err
	}
	q.Case, err = s.caseNumbered(ctx, a, f.Case)
	return q, err
}

func (s *Service) caseNumbered(ctx context.Context, a access.Actor, number string) (string, error) {
	id, err := s.store.CaseNumbered(ctx, access.ScopeOf(a), strings.TrimSpace(number))
	if fault.Is(err, fault.NotFound) {
		err = fault.Wrap(fault.Invalid, err, "このケースIDのケースはありません。K2025-0001 のように入れてください。").On("case")
	}
	return id, err
}

func (s *Service) page(ctx context.Context, a access.Actor, q Query) (Page, error) {
	entries, next, err := s.store.AuditPage(ctx, access.ScopeOf(a), q)
	if err != nil {
		return Page{}, fmt.Errorf("audit log: %w", err)
	}
	lines, err := s.lines(ctx, a, entries)
	return Page{lines, next.String()}, err
}

// lines resolves the names of a page at once.
func (s *Service) lines(ctx context.Context, a access.Actor, entries []access.Entry) ([]Line, error) {
	var ask asked
	for _, e := range entries {
		ask.entry(e.ActorID, e.AgencyID, e.CaseID, docTarget(e.Verb, e.Target))
		ask.entry("", copyTo(e.Reason), "", "")
	}
	named, err := s.store.AuditNames(ctx, access.ScopeOf(a), ask.Ask)
	if err != nil {
		return nil, fmt.Errorf("names of the audit log: %w", err)
	}
	out := make([]Line, 0, len(entries))
	for _, e := range entries {
		who := named.staff(e.ActorID)
		l := Line{ID: e.ID, At: e.At, ActorID: e.ActorID, Actor: who.Name, Post: who.Post, Agency: named.Agencies[e.AgencyID], Verb: e.Verb, VerbLabel: e.Verb.Label(),
			CaseNumber: named.Cases[e.CaseID], MeetingID: e.MeetingID, Target: e.Target, Result: e.Result, ResultLabel: resultLabel(e.Result),
			Reason: e.Reason, ReasonLabel: named.reason(e.Reason), IP: e.IP, Session: e.SessionID}
		if d, ok := named.Docs[docTarget(e.Verb, e.Target)]; ok {
			l.What = d.label()
		}
		out = append(out, l)
	}
	return out, nil
}

func (s *Service) noted(ctx context.Context, e access.Entry) error {
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return fmt.Errorf("audit of reading the audit log: %w", err)
	}
	return nil
}

// asked gathers ids, each once.
type asked struct {
	Ask
	seen map[string]bool
}

func (k *asked) entry(user, agency, caseID, doc string) {
	k.add(&k.Users, "u", user)
	k.add(&k.Agencies, "a", agency)
	k.add(&k.Cases, "c", caseID)
	k.add(&k.Docs, "d", doc)
}

func (k *asked) add(to *[]string, kind, id string) {
	if id == "" || k.seen[kind+id] {
		return
	}
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	k.seen[kind+id] = true
	*to = append(*to, id)
}

func (n Named) staff(id string) Staff {
	switch s, ok := n.Users[id]; {
	case ok:
		return s
	case id == "system":
		return Staff{Name: "システム"}
	case id == "":
		return Staff{Name: "(サインイン前)"}
	}
	return Staff{Name: "(登録のない利用者)"}
}

// docTarget is the document an entry speaks of, "" for others. The history names it with its epoch.
func docTarget(v access.Verb, target string) string {
	switch v {
	case access.VerbDocOpen, access.VerbGateDenied, access.VerbDocLog, access.VerbDocHistory, access.VerbDocRestore:
		id, _, _ := strings.Cut(target, ".")
		return id
	}
	return ""
}

func (d Doc) label() string {
	switch kind := d.Item.Label(); d.Kind {
	case "plan":
		return "プラン: " + kind
	case "minutes":
		return "会議録: " + kind
	default:
		return "記録: " + kind
	}
}

// copyKinds words the kinds of copies of records; package copies, above this one, has the same.
var copyKinds = map[string]string{"agency": "写し（機関別）", "anonymous": "写し（匿名版）", "redacted": "写し（開示用）", "given": "写し（本人交付版）"}

// copyTo is the agency a copy was made for, or was to be (見本).
func copyTo(reason string) string { return access.CopiedTo(access.VerbArchiveCopy, reason) }

// reason reads a reason code, with the name of the agency where it says one.
func (n Named) reason(code string) string {
	if name := n.Agencies[copyTo(code)]; name != "" {
		return reasonLabel(code) + "：" + name
	}
	return reasonLabel(code)
}

// reasonLabel reads a reason code. What is no code we know is shown as it is.
func reasonLabel(code string) string {
	switch code {
	case "":
		return ""
	case access.ReasonSearch:
		return "ことばで検索"
	case "credentials":
		return "パスワードなどの誤り"
	case "locked":
		return "失敗が続いたため停止中"
	case "forbidden", "role":
		return "権限がない"
	case "not_found":
		return "見えないか、ない"
	case "tampered":
		return "改ざんの疑い"
	}
	if kind, ok := strings.CutPrefix(code, access.ReasonCopy); ok {
		kind, more, _ := strings.Cut(kind, ":")
		if l := copyKinds[kind]; l != "" && more == access.CopyUnmarked {
			return l + "：隠す所なし"
		} else if l != "" {
			return l
		}
	}
	for _, l := range []string{consent.Reason(code).Label(), consent.Basis(code).Label(), consent.Finding(code).Label()} {
		if l != "" {
			return l
		}
	}
	for _, r := range IncidentReasons() {
		if r.ID == code {
			return r.Label
		}
	}
	return code
}
