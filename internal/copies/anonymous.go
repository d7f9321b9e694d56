package copies

import (
	"context"
	"slices"

	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/papers"
)

// Anonymous is what somebody has to decide before a 匿名版 is made.
type Anonymous struct {
	Sum    string         `json:"sum"`
	Doubts []papers.Doubt `json:"doubts"`
}

// anonymousPaper is the paper without names.
func anonymousPaper(p meeting.SealedPaper, a papers.Anonymity) (meeting.SealedPaper, error) {
	d, err := a.Of(p.Paper())
	return meeting.SealedPaper{Doc: d}, err
}

// doubts prints a 匿名版 once to learn what has to be decided by somebody who reads it.
func (s *Service) doubts(ctx context.Context, p meeting.SealedPaper, a papers.Anonymity) (Anonymous, error) {
	out := Anonymous{Doubts: []papers.Doubt{}}
	var texts []papers.Printed
	edit := a.Watch(func(t papers.Printed, list []papers.Doubt) {
		texts, out.Doubts = append(texts, t), append(out.Doubts, list...)
	})
	veiled, err := anonymousPaper(p, a)
	if err != nil {
		return out, err
	}
	_, err = s.printed(ctx, veiled, func(h *papers.Head) { h.Copy, h.Edit = false, edit })
	out.Sum = papers.SumOf(texts)
	return out, err
}

func (j *job) anonymous(ctx context.Context) (papers.Result, string, error) {
	p, err := j.whole(ctx)
	if err != nil {
		return papers.Result{}, "", err
	}
	a := anonymity(p, j.rec.Record)
	open, err := j.doubts(ctx, p, a)
	if err != nil {
		return papers.Result{}, "", err
	}
	if a.Hide, err = j.decided(open); err != nil {
		return papers.Result{}, "", err
	}
	veiled, err := anonymousPaper(p, a)
	if err != nil {
		return papers.Result{}, "", err
	}
	res, err := j.printed(ctx, veiled, func(h *papers.Head) { h.Copy, h.CopyFor = false, j.mark })
	return res, papers.VariantAnonymous + "_" + j.rec.label() + ".pdf", err
}

// decided are the doubts to hide. A 匿名版 is made only by who has seen every one of them; a 見本, by which they are judged, without.
func (j *job) decided(open Anonymous) (map[int][]papers.Hit, error) {
	out := map[int][]papers.Hit{}
	switch {
	case j.wish.Sum == "" && (j.mark != "" || len(open.Doubts) == 0):
		return out, nil
	case j.wish.Sum == "":
		return nil, fault.Newf(fault.Invalid, "氏名・地名かもしれない言葉が%dか所あります。「匿名版の確認」で1か所ずつ、置き換えるかどうかを決めてください。", len(open.Doubts)).On("hide")
	case j.wish.Sum != open.Sum:
		return nil, fault.New(fault.Conflict, "候補を確かめたときと、文書の文面が変わっています（氏名や機関名の訂正など）。画面を開き直し、確かめ直してください。").On("hide")
	}
	for _, h := range j.wish.Hide {
		i := slices.IndexFunc(open.Doubts, func(d papers.Doubt) bool { return d.No == h.No && d.From == h.From && d.To == h.To })
		if i < 0 {
			return nil, fault.New(fault.Invalid, "置き換える箇所を読み取れません。画面を開き直し、確かめ直してください。").On("hide")
		}
		out[h.No] = append(out[h.No], papers.Hit{From: h.From, To: h.To, Call: open.Doubts[i].Call, Who: -1})
	}
	return out, nil
}
