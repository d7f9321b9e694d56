package copies

import (
	"context"
	"fmt"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/meeting"
	"kasane/internal/papers"
	"kasane/internal/plans"
)

// job is the making of one copy.
type job struct {
	*Service
	actor   access.Actor
	rec     archive.Record
	content []byte
	wish    Wish
	copy    *Copy
	mark    string // over every page; of a 見本
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

// reader turns an answer of the gate into what a copy may hold. tell: where only consent is missing, the copy says that something is left out.
func reader(v cases.View, tell bool) (read meeting.CopyReader, any bool) {
	type key struct {
		person string
		item   consent.Item
	}
	show, told := map[key]bool{}, map[key]bool{}
	for _, p := range v.Persons {
		for _, i := range p.Items {
			k := key{p.PersonID, i.Item}
			show[k] = i.Allow
			told[k] = tell && !i.Allow && plans.DisclosedFor(i.Reason)
			any = any || i.Allow
		}
	}
	return func(person string, item consent.Item) (bool, bool) {
		k := key{person, item}
		return show[k], told[k]
	}, any
}

// forAgency is what the gate shows an agency now: in the meeting of the record, and for plan and matrix, where the agency has no seat there, in the case.
func (j *job) forAgency(ctx context.Context) (papers.Result, string, error) {
	whole, err := j.meetings.Sealed(ctx, j.rec, j.content, nil, j.copy.At)
	if err != nil {
		return papers.Result{}, "", err
	}
	for _, a := range whole.CaseAgencies() {
		if a.ID == j.wish.AgencyID {
			j.copy.AgencyID, j.copy.AgencyName = a.ID, a.Name
		}
	}
	if j.copy.AgencyID == "" {
		return papers.Result{}, "", fault.New(fault.Invalid, "写しを渡す機関を、一覧から選び直してください。").On("agencyId")
	}
	in := j.rec.MeetingID
	if j.rec.Kind != archive.KindMinutes && !whole.Seat(j.copy.AgencyID) {
		in = ""
	}
	view, err := j.gate.ViewAs(ctx, desk(j.actor), in, j.rec.CaseID, j.copy.AgencyID)
	if err != nil {
		return papers.Result{}, "", err
	}
	read, any := reader(view, true)
	if !any {
		return papers.Result{}, "", fault.Newf(fault.Forbidden, "%sには、この記録のうち、いまの同意と会議の決まりで渡せるものがありません。", j.copy.AgencyName)
	}
	p, err := j.meetings.Sealed(ctx, j.rec, j.content, read, j.copy.At)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := j.printed(ctx, p, func(h *papers.Head) {
		h.Variant, h.Copy, h.Approval = "機関別", false, nil
		if h.Layout != nil { // nobody signs a copy
			l := *h.Layout
			l.Approval, h.Layout = nil, &l
		}
		h.CopyFor = fmt.Sprintf("写し 第%d部　%s　%s", j.copy.N, j.copy.AgencyName, jptime.FormatDateTime(j.copy.At))
		if j.mark != "" {
			h.CopyFor = j.copy.AgencyName + "　" + j.mark
		}
	})
	return res, j.fileName(p, j.copy.AgencyName), err
}

// forPerson leaves out what must not reach the person (本人に非開示), without a word of it.
func (j *job) forPerson(ctx context.Context) (papers.Result, string, error) {
	view, err := j.gate.ToPerson(ctx, desk(j.actor), j.rec.MeetingID, j.rec.CaseID)
	if err != nil {
		return papers.Result{}, "", err
	}
	read, _ := reader(view, false)
	p, err := j.meetings.Sealed(ctx, j.rec, j.content, read, j.copy.At)
	if err != nil {
		return papers.Result{}, "", err
	}
	j.copy.Look = j.wish.Look
	var res papers.Result
	switch {
	case p.Minutes != nil:
		p.Minutes.Copy, p.Minutes.CopyFor = false, j.mark
		res, err = j.print.GivenMinutes(ctx, *p.Minutes, j.wish.Look)
	case p.Plan != nil:
		p.Plan.Copy, p.Plan.CopyFor = false, j.mark
		res, err = j.print.GivenPlan(ctx, *p.Plan, j.wish.Look)
	default:
		p.Matrix.Copy, p.Matrix.CopyFor = false, j.mark
		res, err = j.print.GivenRoles(ctx, *p.Matrix, j.wish.Look)
	}
	return res, j.fileName(p, papers.VariantGiven), err
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
	p, err := j.meetings.Sealed(ctx, j.rec, j.content, nil, j.copy.At)
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
	return res, j.fileName(p, KindRedacted.Label()), err
}

func (j *job) anonymous(ctx context.Context) (papers.Result, string, error) {
	p, err := j.meetings.Sealed(ctx, j.rec, j.content, nil, j.copy.At)
	if err != nil {
		return papers.Result{}, "", err
	}
	a := anonymity(p, j.rec)
	switch {
	case p.Minutes != nil:
		m := a.Minutes(*p.Minutes)
		p.Minutes = &m
	case p.Plan != nil:
		m := a.Plan(*p.Plan)
		p.Plan = &m
	default:
		m := a.RoleMatrix(*p.Matrix)
		p.Matrix = &m
	}
	res, err := j.printed(ctx, p, func(h *papers.Head) { h.Copy, h.CopyFor = false, j.mark })
	return res, papers.VariantAnonymous + "_" + j.rec.Kind.Label() + ".pdf", err
}

// fileName says what it is and of which record.
func (j *job) fileName(p meeting.SealedPaper, whom string) string {
	kind := strings.Join([]string{j.rec.Kind.Label(), whom, fmt.Sprintf("写し%d", j.copy.N)}, "_")
	if j.mark != "" {
		kind = strings.Join([]string{j.rec.Kind.Label(), whom, "見本"}, "_")
	}
	h := papers.Head{CaseID: j.rec.CaseNumber, Version: j.rec.Version}
	return papers.FileName(jptime.DateOf(p.Day), h, kind)
}
