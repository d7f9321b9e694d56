package meeting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/plans"
)

// Recover finishes closings whose node died between the two transactions. It returns how many it finished; one that fails is
// logged and tried again when its lease has ended.
func (s *Service) Recover(ctx context.Context) (int, error) {
	now := s.clock()
	list, err := s.Store.LeaseClosings(ctx, s.Node, now, now.Add(lease), 10)
	if err != nil {
		return 0, err
	}
	done := 0
	for _, c := range list {
		if err := s.finish(ctx, c); err != nil {
			s.Log.WarnContext(ctx, "meeting: closing not finished, will be tried again", "meeting", c.MeetingID, "err", err)
			continue
		}
		done++
	}
	return done, nil
}

// Run recovers every interval until ctx ends.
func (s *Service) Run(ctx context.Context, every time.Duration) error {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		if _, err := s.Recover(ctx); err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "meeting: cannot look for unfinished closings", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// finish renders and is transaction B. Whoever comes second finds the meeting closed and does nothing.
func (s *Service) finish(ctx context.Context, c Closing) error {
	var last error
	for range attempts {
		st, err := s.whole(ctx, c.Tenant, c.MeetingID)
		if err != nil {
			return err
		}
		if st.Meeting.Status != StatusClosing {
			return nil
		}
		d := s.deed(&st, subject{actor: access.System(c.Tenant), who: whoSystem})
		if err := s.complete(ctx, d, c); err != nil {
			return err
		}
		d.audit = access.VerbSeal
		if last = d.commit(ctx); !fault.Is(last, fault.Conflict) {
			return last
		}
	}
	return last
}

// complete fills transaction B.
func (s *Service) complete(ctx context.Context, d *deed, c Closing) error {
	then, events, err := s.asOf(ctx, d.st.Meeting, c.Seq)
	if err != nil {
		return err
	}
	var f Facts
	if err := json.Unmarshal(c.Facts, &f); err != nil {
		return fault.Wrap(fault.Internal, err, "")
	}
	f.Case.Tenant = c.Tenant
	if err := s.standing(ctx, then.Meeting, c); err != nil {
		return err
	}
	mat, err := s.sealing(ctx, then, events, f)
	if err != nil {
		return err
	}
	out := closedData{Minutes: 1, Left: mat.left, Sealed: []string{}, Problems: []Problem{}}
	if err := s.sealPlan(ctx, d, mat, c.Checkpoint, nil, &out); err != nil {
		return err
	}
	if err := s.endVersion(ctx, d, then, c.At); err != nil {
		return err
	}
	v, err := s.draftMinutes(ctx, mat, c.Numbers[PaperMinutes], 1, c.At)
	if err != nil {
		return err
	}
	out.Hash = v.Hash
	d.change.Minutes, d.change.DropClosing = &v, true
	return d.emit(KindClosed, out)
}

// asOf folds the events up to a sequence.
func (s *Service) asOf(ctx context.Context, m Meeting, seq int64) (State, []Event, error) {
	events, err := s.Store.MeetingEvents(ctx, m.Tenant, m.ID, 0)
	if err != nil {
		return State{}, nil, err
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return e.Seq > seq })
	st, err := Fold(m, events)
	return st, events, err
}

// standing makes sure that the documents still are what transaction A fixed.
func (s *Service) standing(ctx context.Context, m Meeting, c Closing) error {
	metas, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindMinutes, m.ID)
	if err != nil {
		return err
	}
	if m.PlanID != "" {
		plan, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindPlan, m.PlanID)
		if err != nil {
			return err
		}
		metas = append(metas, plan...)
	}
	for _, x := range metas {
		if head, ok := c.Heads[x.ID]; ok && (!x.Frozen || x.Head != head) {
			return fault.Wrap(fault.Internal, fmt.Errorf("meeting %s: document %s stands at %d, closed at %d", m.ID, x.ID, x.Head, head), "")
		}
	}
	return nil
}

// sealPlan renders plan and matrix of an agreed version. What has problems waits, with its list; the rest is sealed.
func (s *Service) sealPlan(ctx context.Context, d *deed, mat material, checkpoint string, waived []PaperKind, out *closedData) error {
	r := mat.st.round()
	if r == nil || r.Decision == nil || !r.Decision.Outcome.Agreed() {
		return nil
	}
	content, hash, err := s.coveredPlan(ctx, mat, r)
	if err != nil {
		return err
	}
	for _, kind := range []PaperKind{PaperPlan, PaperMatrix} {
		m := mat
		m.number, m.version, m.hash = mat.st.Closing.Numbers[kind], r.Version, hash
		m.checkpoint = checkpoint
		m.source = m.sourceOf(kind, content)
		p := Paper{Kind: kind, Content: content, ContentSHA256: hash, Checkpoint: checkpoint}
		if p.Title = "支援プラン"; kind == PaperMatrix {
			p.Title = "役割分担表"
		}
		held := func(r papers.Result) []Problem {
			return holding(problemsOf(kind, r.Problems), slices.Contains(waived, kind))
		}
		res, state, err := s.signed(ctx, func(r papers.Result) bool { return len(held(r)) > 0 }, func(note string) (papers.Result, error) {
			if m.signature = note; kind == PaperPlan {
				return s.Print.Plan(ctx, m.planDoc())
			}
			return s.Print.RoleMatrix(ctx, m.matrixDoc())
		})
		if err != nil {
			return err
		}
		p.FileName, p.Signature = m.fileName(p.Title), state
		if held := held(res); len(held) > 0 {
			out.Problems = append(out.Problems, held...)
			continue
		}
		out.Sealed = append(out.Sealed, m.number)
		d.change.Seal = append(d.change.Seal, m.paper(p, res, mat.st.Closing.At, mat.st.Closing.ByID))
	}
	return nil
}

// coveredPlan is the canonical JSON of what is sealed: the agreed one, or without what was left out. When nothing was left out its hash
// is the one that was agreed to.
func (s *Service) coveredPlan(ctx context.Context, mat material, r *Round) ([]byte, string, error) {
	v, err := s.Plans.VersionOf(ctx, mat.st.Meeting.Tenant, r.PlanID, r.Version)
	if err != nil {
		return nil, "", err
	}
	p, parts, err := s.Plans.At(ctx, v)
	if err != nil {
		return nil, "", err
	}
	var docs []plans.DocState
	for _, part := range parts {
		if !mat.visible(part.PersonID, part.Item) && planRows(part) > 0 {
			continue
		}
		if doc, ok := part.Source.(*live.Document); ok {
			state, _ := doc.Canonical()
			docs = append(docs, plans.DocState{PersonID: part.PersonID, Item: string(part.Item), State: state})
		}
	}
	content, hash := plans.CanonicalPlan(p, docs)
	return content, hash, nil
}

// sourceOf is the content a paper carries inside, by what the municipality has set when it is sealed.
func (m *material) sourceOf(kind PaperKind, content []byte) []byte {
	if slices.Contains(m.facts.Sourced, kind) {
		return content
	}
	return nil
}

// paper completes a record.
func (m *material) paper(p Paper, res papers.Result, at time.Time, by string) Paper {
	mt := m.st.Meeting
	p.Tenant, p.MeetingID, p.CaseID, p.CaseNumber = mt.Tenant, mt.ID, mt.CaseID, m.facts.Case.Number
	p.Version, p.Number, p.PDF, p.Pages, p.SHA256, p.Renderer = m.version, m.number, res.PDF, res.Pages, sum(res.PDF), res.RendererVersion
	p.Title = m.st.typeName() + "　第" + strconv.Itoa(mt.No) + "回　" + p.Title
	p.Retention, p.MeetingDay, p.SealedAt, p.SealedBy = mt.Type.Retention, m.opened(), at, by
	return p
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// endVersion makes the asked version agreed or void and lets go of documents that were not agreed.
func (s *Service) endVersion(ctx context.Context, d *deed, then State, at time.Time) error {
	m := then.Meeting
	r := then.round()
	agreed := r != nil && r.Decision != nil && r.Decision.Outcome.Agreed()
	if r != nil {
		state := plans.VersionVoid
		if agreed {
			state = plans.VersionAgreed
		}
		d.change.EndVersion = &VersionEnd{PlanID: r.PlanID, N: r.Version, State: state, At: at}
	}
	if m.PlanID == "" || agreed {
		return nil
	}
	metas, err := s.Store.OwnedDocs(ctx, m.Tenant, live.KindPlan, m.PlanID)
	if err != nil {
		return err
	}
	versions, err := s.Plans.VersionsOf(ctx, m.Tenant, m.PlanID)
	if err != nil {
		return err
	}
	for _, v := range versions { // agreed, or being agreed, elsewhere: its documents stay as they are
		if v.State == plans.VersionAgreed || v.MeetingID != m.ID && (v.State == plans.VersionProposed || v.State == plans.VersionFreezing) {
			return nil
		}
	}
	for _, x := range metas {
		d.change.Thaw = append(d.change.Thaw, x.ID)
	}
	return nil
}

// draftMinutes renders a version of the 会議録(案). It always prints, and lists on its last page what cannot be printed as written.
func (s *Service) draftMinutes(ctx context.Context, mat material, number string, n int, at time.Time) (MinutesVersion, error) {
	mat.draft, mat.number, mat.version, mat.hash, mat.at = true, number, n, "", at
	content, err := minutesContent(mat)
	if err != nil {
		return MinutesVersion{}, err
	}
	mat.hash = sum(content)
	res, err := s.Print.Minutes(ctx, mat.minutesDoc())
	if err != nil {
		return MinutesVersion{}, err
	}
	m := mat.st.Meeting
	return MinutesVersion{Tenant: m.Tenant, MeetingID: m.ID, N: n, Hash: mat.hash, Content: content, PDF: res.PDF, SHA256: sum(res.PDF), At: at}, nil
}

// minutesContent is the canonical JSON of what the minutes say, without the confirmations that are given to it and without its own hash.
func minutesContent(mat material) ([]byte, error) {
	doc := mat.minutesDoc()
	doc.Confirmation, doc.ContentHash, doc.Draft = papers.Confirmation{}, "", false
	b, err := json.Marshal(doc)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "")
	}
	return b, nil
}

// problemsOf groups what cannot be printed by block of the paper.
func problemsOf(kind PaperKind, found []pdf.Problem) []Problem {
	var out []Problem
	var shapes []string // the characters of each, as written
	for _, p := range found {
		where := strings.Join(strings.Fields(p.Where), " ")
		i := slices.IndexFunc(out, func(x Problem) bool { return x.Where == where && x.Name == p.Name })
		if i < 0 {
			out, shapes = append(out, Problem{Paper: kind, Name: p.Name, Where: where}), append(shapes, "")
			i = len(out) - 1
		}
		if !slices.Contains(out[i].Chars, p.Code) {
			out[i].Chars = append(out[i].Chars, p.Code)
			shapes[i] += p.Text
		}
	}
	for i := range out {
		switch {
		case out[i].Name && !rewritable(out[i].Where):
			out[i].Message = "「" + out[i].Where + "」の氏名に、印字できない文字「" + shapes[i] + "」があります。会議で記録された氏名は、あとから直せません。文書担当かシステム管理者に、外字の登録（「管理」の「外字」）を頼んでから確定してください。"
		case out[i].Name:
			out[i].Message = "「" + out[i].Where + "」の氏名に、印字できない文字「" + shapes[i] + "」があります。氏名の表記を確かめるか、外字の登録（「管理」の「外字」）を頼んでから確定してください。"
		default:
			out[i].Message = "「" + out[i].Where + "」に、印字できない文字「" + shapes[i] + "」があります。直すか、理由を記録して確定してください。"
		}
	}
	return out
}

// rewritable tells whether a name in a block of a paper is read anew before sealing: those of the case and of the minutes' own text. The
// others stand in events and answers as they were, whatever the person is called now.
func rewritable(where string) bool {
	fields := strings.Split(where, "／")
	return slices.Contains([]string{"本人氏名", "世帯員", "対象者", "担当者"}, fields[len(fields)-1])
}

// holding are those of the problems for which a record has to wait: names always, other text unless a reason is recorded.
func holding(problems []Problem, waived bool) []Problem {
	return slices.DeleteFunc(problems, func(p Problem) bool { return waived && !p.Name })
}

var errNotAgreed = errors.New("meeting: nothing agreed waits to be sealed")

// doSeal tries again to seal what waited, with the facts as they are now (a corrected name, a registered character) and reasons for
// characters outside of names.
func doSeal(ctx context.Context, d *deed) error {
	var in struct {
		Waivers []waiverData `json:"waivers"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	var waived []PaperKind
	for _, w := range d.st.Waivers {
		waived = append(waived, w.Paper)
	}
	for _, w := range in.Waivers {
		if w.Paper != PaperPlan && w.Paper != PaperMatrix {
			return fault.New(fault.Invalid, "記録の種類を選び直してください。").On("waivers")
		}
		if err := required("reason", "印字できない文字があるまま確定する理由", w.Reason, 300); err != nil {
			return err
		}
		waived = append(waived, w.Paper)
		if err := d.emit(KindWaiver, w); err != nil {
			return err
		}
	}
	return d.s.sealWaiting(ctx, d, waived)
}

func (s *Service) sealWaiting(ctx context.Context, d *deed, waived []PaperKind) error {
	m := d.st.Meeting
	then, events, err := s.asOf(ctx, m, d.st.Closing.Seq)
	if err != nil {
		return err
	}
	f, err := d.know(ctx)
	if err != nil {
		return err
	}
	mat, err := s.sealing(ctx, then, events, f)
	if err != nil {
		return err
	}
	checkpoint, err := s.Store.AuditCheckpoint(ctx, m.Tenant)
	if err != nil {
		return err
	}
	out := closedData{}
	if err := s.sealPlan(ctx, d, mat, checkpoint, waived, &out); err != nil {
		return err
	}
	waiting := map[PaperKind]bool{}
	for _, p := range d.st.Closed.Problems {
		waiting[p.Paper] = true
	}
	d.change.Seal = slices.DeleteFunc(d.change.Seal, func(p Paper) bool { return !waiting[p.Kind] })
	if len(out.Problems) > 0 {
		return fault.Newf(fault.Conflict, "まだ印字できない文字があります（%d件）。%s", len(out.Problems), out.Problems[0].Message).With("problems", out.Problems)
	}
	if len(d.change.Seal) == 0 {
		return fault.Wrap(fault.Internal, errNotAgreed, "")
	}
	sealed := sealedData{}
	for _, p := range d.change.Seal {
		sealed.Sealed = append(sealed.Sealed, p.Number)
	}
	d.audit = access.VerbSeal
	return d.emit(KindSealed, sealed)
}
