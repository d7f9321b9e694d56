package copies

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

// job is the making of one copy.
type job struct {
	*Service
	actor access.Actor
	rec   origin
	wish  Wish
	copy  *Copy
	mark  string // over every page; of a 見本
}

func (j *job) make(ctx context.Context) (papers.Result, string, error) {
	switch j.wish.Kind {
	case KindAgency:
		return j.forAgency(ctx)
	case KindGiven:
		return j.forPerson(ctx)
	case KindRedacted:
		return j.redacted(ctx)
	}
	return j.anonymous(ctx)
}

// forAgency is what the gate shows an agency now: in the meeting of the record, and for plan and matrix, where the agency has no seat there, in the case.
func (j *job) forAgency(ctx context.Context) (papers.Result, string, error) {
	whole, err := j.whole(ctx)
	if err != nil {
		return papers.Result{}, "", err
	}
	if err := j.toAgency(ctx, whole); err != nil {
		return papers.Result{}, "", err
	}
	in := j.rec.MeetingID
	if j.rec.around == nil && j.rec.Kind != archive.KindMinutes && !whole.Seat(j.copy.AgencyID) {
		in = ""
	}
	view, err := j.gate.ViewAs(ctx, holding(j.actor), in, j.rec.CaseID, j.copy.AgencyID)
	if err != nil {
		return papers.Result{}, "", err
	}
	scope := given(view, true)
	switch {
	case scope.any():
	case scope.urgent:
		return papers.Result{}, "", fault.Newf(fault.Forbidden, "%sには、いまは緊急開示によって見せているものだけがあります。緊急開示は期限のある閲覧で、手もとに残る写しの根拠にはなりません。同意を得てから作ってください。", j.copy.AgencyName)
	default:
		return papers.Result{}, "", fault.Newf(fault.Forbidden, "%sには、この記録のうち、いまの同意と会議の決まりで渡せるものがありません。", j.copy.AgencyName)
	}
	j.rec.agency = j.copy.AgencyID
	p, err := j.read(ctx, j.rec, scope.read, "", j.copy.At)
	if err != nil {
		return papers.Result{}, "", err
	}
	if in == "" {
		notSaidThere(&p)
	}
	res, err := j.printed(ctx, p, func(h *papers.Head) {
		h.Variant, h.Copy, h.Approval = KindAgency.Label(), false, nil
		if h.Layout != nil { // nobody signs a copy
			l := *h.Layout
			l.Approval, h.Layout = nil, &l
		}
		h.CopyFor = fmt.Sprintf("写し 第%d部　%s　%s", j.copy.N, j.copy.AgencyName, jptime.FormatDateTime(j.copy.At))
		if j.mark != "" {
			h.CopyFor = j.copy.AgencyName + "　" + j.mark
		}
	})
	return res, j.fileName(j.copy.AgencyName), err
}

// notSaidThere leaves out of plan and matrix what was said in the meeting, for an agency that had no seat in it: the conditions, and why a row has no ◎.
func notSaidThere(p *meeting.SealedPaper) {
	var roles *papers.RoleMatrix
	switch {
	case p.Plan != nil:
		p.Plan.Meeting.Conditions, roles = "", p.Plan.Roles
	case p.Matrix != nil:
		roles = &p.Matrix.Matrix
	}
	if roles == nil {
		return
	}
	roles.Rows = slices.Clone(roles.Rows)
	for i := range roles.Rows {
		roles.Rows[i].NoLeadReason = ""
	}
}

// whole reads all that was sealed, and refuses the kind where the record gives no copy of it.
func (j *job) whole(ctx context.Context) (meeting.SealedPaper, error) {
	p, err := j.read(ctx, j.rec, nil, "", j.copy.At)
	if err != nil {
		return p, err
	}
	return p, j.refused(j.wish.Kind, j.rec, p)
}

// toAgency says for which agency the copy is: one of the case or of the meeting, that may take files home.
func (j *job) toAgency(ctx context.Context, whole meeting.SealedPaper) error {
	for _, a := range whole.CaseAgencies() {
		if a.ID != j.wish.AgencyID {
			continue
		}
		takes, err := j.takers.TakesCopies(ctx, j.actor, a)
		if err == nil && !takes {
			err = takesNone(a.Name)
		}
		j.copy.AgencyID, j.copy.AgencyName = a.ID, a.Name
		return err
	}
	return fault.New(fault.Invalid, "写しを渡す機関を、一覧から選び直してください。").On("agencyId")
}

// forPerson leaves out what must not reach the person (本人に非開示) and what is about the others in the house, without a word of it.
func (j *job) forPerson(ctx context.Context) (papers.Result, string, error) {
	whole, err := j.whole(ctx)
	if err != nil {
		return papers.Result{}, "", err
	}
	who, called, err := receiver(whole.Facts.Persons, j.wish.PersonID)
	if err != nil {
		return papers.Result{}, "", err
	}
	j.copy.PersonID, j.copy.Person, j.copy.Look = who.ID, called, j.wish.Look
	view, err := j.gate.ToPerson(ctx, holding(j.actor), j.rec.MeetingID, j.rec.CaseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	scope := given(view, false).only(who)
	if !scope.any() {
		return papers.Result{}, "", fault.Newf(fault.Forbidden, "%sには、この記録のうち渡せるものがありません。", called)
	}
	p, err := j.read(ctx, j.rec, scope.read, who.ID, j.copy.At)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := j.print.Given(ctx, p.Paper().Headed(func(h *papers.Head) { h.Copy, h.CopyFor = false, j.mark }), j.wish.Look)
	return res, j.fileName(papers.VariantGiven), err
}

// redactedHead is the head of a 開示用 copy: nothing in it depends on what is blacked out.
func redactedHead(h *papers.Head) {
	h.Variant, h.Copy = KindRedacted.Label(), false
	h.ContentHash, h.Checkpoint = "", ""
}

func (j *job) redacted(ctx context.Context) (papers.Result, string, error) {
	r, err := papers.NewRedaction(j.wish.Marks)
	if err != nil {
		return papers.Result{}, "", err
	}
	p, err := j.whole(ctx)
	if err != nil {
		return papers.Result{}, "", err
	}
	texts, err := j.texts(ctx, p)
	if err != nil {
		return papers.Result{}, "", err
	}
	if papers.SumOf(texts) != j.wish.Sum {
		return papers.Result{}, "", fault.New(fault.Conflict, "墨塗りの範囲を選んだときと、文書の文面が変わっています（氏名や機関名の訂正など）。画面を開き直し、範囲を確かめてください。").On("sum")
	}
	res, err := j.printed(ctx, p, func(h *papers.Head) {
		redactedHead(h)
		h.Edit, h.Blacked, h.CopyFor = r.Edit, r.Reasons(), j.mark
	})
	if err == nil {
		err = r.Done()
	}
	j.copy.Marks, j.copy.Sum = j.wish.Marks, j.wish.Sum
	return res, j.fileName(KindRedacted.Label()), err
}

// fileName says what it is and of which record, by its 文書番号 alone: no case, no meeting and no day stands in a name that goes through mail and folders.
func (j *job) fileName(whom string) string {
	parts := []string{j.rec.Number, j.rec.label(), whom, fmt.Sprintf("写し%d", j.copy.N)}
	if j.mark != "" {
		parts[3] = "見本"
	}
	if j.rec.around != nil { // it has no number of its own
		parts = parts[1:]
	}
	return papers.FileName(jptime.Date{}, papers.Head{Version: j.rec.Version}, strings.Join(parts, "_"))
}
