package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/seal"
	"kasane/internal/text"
)

// DisposalState (廃棄の段階) of a proposal.
type DisposalState string

// The states.
const (
	DisposalProposed  DisposalState = "proposed"  // 決裁待ち
	DisposalDone      DisposalState = "done"      // 廃棄済み
	DisposalRefused   DisposalState = "refused"   // 否決
	DisposalWithdrawn DisposalState = "withdrawn" // 取下げ
)

// Label is the state in Japanese.
func (d DisposalState) Label() string {
	switch d {
	case DisposalProposed:
		return "決裁待ち"
	case DisposalDone:
		return "廃棄済み"
	case DisposalRefused:
		return "否決"
	case DisposalWithdrawn:
		return "取下げ"
	}
	return string(d)
}

// Disposal (廃棄) of records whose period has ended: proposed by one person (起案), decided by another (決裁).
type Disposal struct {
	Tenant string
	ID     string
	State  DisposalState
	Method string // 廃棄方法
	Reason string

	ProposedBy, ProposedName string
	ProposedAt               time.Time
	DecidedBy, DecidedName   string
	DecidedAt                *time.Time
	Note                     string // of the decision

	Certificate string // id of the record of the 廃棄証明書
	Records     []Record
}

// Execution is the transaction of a decision that carries a disposal out.
type Execution struct {
	Disposal Disposal // with decision and Records
	Today    string
	// Certificate is the 廃棄証明書, whose number is the next of its series: Conflict when another was drawn meanwhile.
	Certificate   Record
	Series        string
	Number        int
	File, Content []byte
	Audit         access.Entry
}

// Disposals keep the proposals.
type Disposals interface {
	// ListDisposals returns the newest 200, with their records; ArchiveDisposal returns one, NotFound outside the municipality.
	ListDisposals(ctx context.Context, s access.Scope) ([]Disposal, error)
	ArchiveDisposal(ctx context.Context, s access.Scope, id string) (Disposal, error)
	// ProposeDisposal writes a proposal. Conflict, and nothing is done, for a record that is not there for the scope, has no body, has not
	// expired today, is held, or stands in another proposal.
	ProposeDisposal(ctx context.Context, s access.Scope, d Disposal, today string, e access.Entry) error
	// EndDisposal refuses or withdraws a proposal; Conflict when it is proposed no more.
	EndDisposal(ctx context.Context, d Disposal, e access.Entry) error
	// Dispose looks at every record again as ProposeDisposal does, takes the bodies away (file, content, search copy, and with minutes their
	// drafts), seals the certificate and writes an entry for each record (VerbArchiveDispose, Hash = its chain hash, Reason = the disposal).
	Dispose(ctx context.Context, s access.Scope, x Execution) error
	// LastNumber is the number a series stands at.
	LastNumber(ctx context.Context, tenant, series string) (int, error)
}

// CertificatePrinter prints the 廃棄証明書.
type CertificatePrinter interface {
	Disposal(ctx context.Context, m papers.DisposalDoc) (papers.Result, error)
}

// PrintWith gives the printer of certificates; without one nothing is disposed of.
func (s *Service) PrintWith(p CertificatePrinter) { s.printer = p }

// Sealer signs what is sealed; *seal.Sealer is it.
type Sealer interface {
	Seal(ctx context.Context, print func(note string) ([]byte, error)) (seal.Sealed, error)
}

// SealWith gives who signs certificates; without one they are not signed.
func (s *Service) SealWith(x Sealer) { s.seal = x.Seal }

// DisposalView is a disposal as the screen shows it.
type DisposalView struct {
	ID          string        `json:"id"`
	State       DisposalState `json:"state"`
	StateLabel  string        `json:"stateLabel"`
	Method      string        `json:"method"`
	Reason      string        `json:"reason"`
	ProposedBy  string        `json:"proposedBy"`
	ProposedAt  time.Time     `json:"proposedAt"`
	DecidedBy   string        `json:"decidedBy"`
	DecidedAt   *time.Time    `json:"decidedAt"`
	Note        string        `json:"note"`
	Certificate string        `json:"certificate"`
	Records     []Line        `json:"records"`
	MayDecide   bool          `json:"mayDecide"`
	MayWithdraw bool          `json:"mayWithdraw"`
}

func (s *Service) disposal(a access.Actor, d Disposal) DisposalView {
	open := d.State == DisposalProposed
	v := DisposalView{ID: d.ID, State: d.State, StateLabel: d.State.Label(), Method: d.Method, Reason: d.Reason, ProposedBy: d.ProposedName, ProposedAt: d.ProposedAt,
		DecidedBy: d.DecidedName, DecidedAt: d.DecidedAt, Note: d.Note, Certificate: d.Certificate, Records: []Line{},
		MayDecide: open && d.ProposedBy != a.UserID, MayWithdraw: open && d.ProposedBy == a.UserID}
	for _, r := range d.Records {
		v.Records = append(v.Records, line(r))
	}
	return v
}

// Disposals lists the proposals, newest first.
func (s *Service) Disposals(ctx context.Context, a access.Actor) ([]DisposalView, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return nil, err
	}
	list, err := s.store.ListDisposals(ctx, access.ScopeOf(a))
	if err != nil {
		return nil, err
	}
	out := []DisposalView{}
	for _, d := range list {
		out = append(out, s.disposal(a, d))
	}
	return out, nil
}

// maxDisposed is how many records one proposal may name.
const maxDisposed = 300

// Proposal is what a person writes to propose a disposal.
type Proposal struct {
	Records []string `json:"records"`
	Method  string   `json:"method"`
	Reason  string   `json:"reason"`
}

// Propose (起案) proposes to dispose of records whose period has ended.
func (s *Service) Propose(ctx context.Context, a access.Actor, p Proposal) (DisposalView, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return DisposalView{}, err
	}
	slices.Sort(p.Records)
	ids := slices.Compact(p.Records)
	if len(ids) == 0 || len(ids) > maxDisposed {
		return DisposalView{}, fault.Newf(fault.Invalid, "廃棄する文書を1件から%d件まで選んでください。", maxDisposed).On("records")
	}
	if err := text.Required("method", "廃棄の方法", p.Method); err != nil {
		return DisposalView{}, err
	}
	if err := text.Line("method", "廃棄の方法", p.Method, 100); err != nil {
		return DisposalView{}, err
	}
	if err := checkReason("廃棄の理由", p.Reason); err != nil {
		return DisposalView{}, err
	}
	now := s.now()
	d := Disposal{Tenant: a.Tenant, ID: access.NewID(now), State: DisposalProposed, Method: p.Method, Reason: p.Reason,
		ProposedBy: a.UserID, ProposedName: a.Name, ProposedAt: now}
	for _, id := range ids {
		r, err := s.store.ArchiveRecord(ctx, access.ScopeOf(a), id)
		if err != nil {
			return DisposalView{}, err
		}
		d.Records = append(d.Records, r)
	}
	if err := s.store.ProposeDisposal(ctx, access.ScopeOf(a), d, s.today(), a.Audit(now, access.VerbArchivePropose, d.ID)); err != nil {
		return DisposalView{}, err
	}
	return s.disposal(a, d), nil
}

// Withdraw (取下げ) takes the own proposal back.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, id string) error {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return err
	}
	d, err := s.store.ArchiveDisposal(ctx, access.ScopeOf(a), id)
	if err != nil {
		return err
	}
	if d.ProposedBy != a.UserID {
		return fault.New(fault.Forbidden, "取り下げられるのは起案した人だけです。")
	}
	d.State = DisposalWithdrawn
	return s.store.EndDisposal(ctx, s.decided(d, a, ""), a.Audit(s.now(), access.VerbArchiveWithdraw, id))
}

func (s *Service) decided(d Disposal, a access.Actor, note string) Disposal {
	now := s.now()
	d.DecidedBy, d.DecidedName, d.DecidedAt, d.Note = a.UserID, a.Name, &now, note
	return d
}

// Decide (決裁) carries a proposal out or refuses it. Who proposed does not decide.
func (s *Service) Decide(ctx context.Context, a access.Actor, id string, approve bool, note string) (DisposalView, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return DisposalView{}, err
	}
	if err := text.Memo("note", "決裁の意見", note, 300); err != nil {
		return DisposalView{}, err
	}
	if !approve && note == "" {
		return DisposalView{}, fault.New(fault.Invalid, "否決の理由を書いてください。").On("note")
	}
	var err error
	for range 5 { // the number of the certificate may be taken by a closing meanwhile
		var v DisposalView
		if v, err = s.decide(ctx, a, id, approve, note); !fault.Is(err, fault.Conflict) {
			return v, err
		}
	}
	return DisposalView{}, err
}

func (s *Service) decide(ctx context.Context, a access.Actor, id string, approve bool, note string) (DisposalView, error) {
	sc := access.ScopeOf(a)
	d, err := s.store.ArchiveDisposal(ctx, sc, id)
	switch {
	case err != nil:
		return DisposalView{}, err
	case d.ProposedBy == a.UserID:
		return DisposalView{}, fault.New(fault.Forbidden, "起案した人は決裁できません。ほかの担当者が決裁してください。")
	case d.State != DisposalProposed:
		return DisposalView{}, fault.Newf(fault.Conflict, "この起案は、すでに%sになっています。", d.State.Label())
	}
	d = s.decided(d, a, note)
	if !approve {
		d.State = DisposalRefused
		return s.disposal(a, d), s.store.EndDisposal(ctx, d, a.Audit(s.now(), access.VerbArchiveDecide, id).Denied("refused"))
	}
	x, err := s.execution(ctx, a, d)
	if err != nil {
		return DisposalView{}, err
	}
	if err := s.store.Dispose(ctx, sc, x); err != nil {
		return DisposalView{}, err
	}
	return s.disposal(a, x.Disposal), nil
}

// execution prints the certificate and makes everything ready for the transaction.
func (s *Service) execution(ctx context.Context, a access.Actor, d Disposal) (x Execution, err error) {
	at := *d.DecidedAt
	year := jptime.DateOf(at).FiscalYear()
	x = Execution{Disposal: d, Today: s.today(), Series: fmt.Sprintf("document/%d", year), Audit: a.Audit(at, access.VerbArchiveDecide, d.ID)}
	x.Disposal.State = DisposalDone
	if x.Number, err = s.store.LastNumber(ctx, d.Tenant, x.Series); err != nil {
		return x, err
	}
	x.Number++
	checkpoint, err := s.store.AuditCheckpoint(ctx, d.Tenant)
	if err != nil {
		return x, err
	}
	x.Content = certificateContent(x.Disposal)
	table, err := s.store.RetentionTable(ctx, d.Tenant)
	if err != nil {
		return x, err
	}
	class, saved := table.For(KindDisposal)
	if !saved {
		class = Class{ID: ClassDisposal, Rule: RuleNone}
	}
	r := Record{Tenant: d.Tenant, ID: access.NewID(at), Number: fmt.Sprintf("KS%d-%04d", year, x.Number), Kind: KindDisposal, State: StateSealed, Version: 1,
		Title: fmt.Sprintf("廃棄証明書（%d件）", len(d.Records)), MeetingDay: at, ContentSHA256: Sum(x.Content), Retention: class.Keep(at), SealedAt: at, SealedBy: a.UserID,
		AuditCheckpoint: checkpoint}
	doc := certificate(x.Disposal, r)
	doc.Tenant = d.Tenant
	if doc.Head.Municipality, err = s.store.MunicipalityName(ctx, d.Tenant); err != nil {
		return x, err
	}
	var res papers.Result
	sealed, err := s.seal(ctx, func(note string) ([]byte, error) {
		doc.Head.Signature = note
		var err error
		res, err = s.printer.Disposal(ctx, doc)
		return res.PDF, err
	})
	if err != nil {
		return x, err
	}
	r.FileName = papers.FileName(jptime.DateOf(at), papers.Head{CaseID: r.Number, Version: 1}, "廃棄証明書")
	r.FileSHA256, r.Pages, r.Size, r.Renderer, r.Signature = Sum(sealed.PDF), res.Pages, int64(len(sealed.PDF)), res.RendererVersion, sealed.State
	x.Certificate, x.File, x.Disposal.Certificate = r, sealed.PDF, r.ID
	return x, nil
}
