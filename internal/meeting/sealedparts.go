package meeting

import (
	"context"
	"fmt"

	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// whenSealed is the meeting as it stood when a record was sealed: at 閉会, and for the 会議録 at the 確定 of its version.
func (s *Service) whenSealed(ctx context.Context, whole State, rec archive.Record) (State, []Event, error) {
	if rec.Kind != archive.KindMinutes {
		return s.asOf(ctx, whole.Meeting, whole.Closing.Seq)
	}
	events, err := s.Store.MeetingEvents(ctx, rec.Tenant, rec.MeetingID, 0)
	if err != nil {
		return State{}, nil, err
	}
	n := 0
	for _, e := range events {
		if e.Kind != KindFinal {
			continue
		}
		if n++; n == rec.Version {
			return s.asOf(ctx, whole.Meeting, e.Seq)
		}
	}
	return State{}, nil, fault.Wrap(fault.Internal, fmt.Errorf("meeting %s: version %d of the minutes was never sealed", rec.MeetingID, rec.Version), "")
}

// minutesSealed are the documents of the minutes as they were sealed in this version. Records from before the parts were kept are read from the documents,
// which stand still since – unless a 訂正 was begun.
func (s *Service) minutesSealed(ctx context.Context, c copying) ([]plans.Part, error) {
	if c.rec.PartsSHA256 != "" {
		_, parts, err := plans.StoredParts(c.rec.Parts, nil)
		return parts, err
	}
	if c.whole.Meeting.Status != StatusSealed || c.rec.Version != c.whole.Editions || c.whole.Editions != 1 {
		return nil, fault.Newf(fault.Conflict, "文書 %s の第%d版は、情報の区分ごとの内容を保存する前に確定され、そのあと訂正が始まりました。区分で選り分ける写し（機関別・本人交付版）は、この版からは作れません。新しい版か、開示用・匿名版を使ってください。",
			c.rec.Number, c.rec.Version)
	}
	parts, _, err := s.minutesParts(ctx, c.rec.Tenant, c.rec.MeetingID)
	return parts, err
}

// sealedParts are documents of the minutes in the one form that is kept with their record, and its SHA-256.
func sealedParts(m Meeting, parts []plans.Part) ([]byte, string) {
	var docs []plans.DocState
	for _, p := range parts {
		if doc, ok := p.Source.(*live.Document); ok && countRows(p).total() > 0 {
			state, _ := doc.Canonical()
			docs = append(docs, plans.DocState{PersonID: p.PersonID, Item: string(p.Item), State: state})
		}
	}
	return plans.CanonicalPlan(plans.Plan{CaseID: m.CaseID}, docs)
}
