package meeting

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/live"
	"kasane/internal/plans"
)

// LateTask (期限を過ぎた宿題) says that a meeting left something to an agency that is open after its term, and no word of what.
type LateTask struct{ CaseID, MeetingID, AgencyID, Due string }

// LateTasks finds the tasks of a municipality whose term was over within the last days and that are open, once for each meeting, agency and term. It is for systems that are told of ids: it reads as
// nobody, and nothing of what it reads is in what it gives.
func (s *Service) LateTasks(ctx context.Context, tenant string, days int) (out []LateTask, err error) {
	scope := access.Scope{Tenant: tenant, All: true}
	for q := (Query{Statuses: over, Limit: overduePage}); ; {
		page, err := s.Store.ListMeetings(ctx, scope, q)
		if err != nil {
			return nil, err
		}
		for _, l := range page {
			late, err := s.lateOf(ctx, tenant, l, days)
			if err != nil {
				return nil, err
			}
			out = append(out, late...)
		}
		if len(page) < overduePage {
			return out, nil
		}
		last := page[len(page)-1]
		q.After = Mark{last.PlannedStart, last.ID}
	}
}

// lateOf reads the tasks of one meeting. Most have none, so its events are read last.
func (s *Service) lateOf(ctx context.Context, tenant string, l Listed, days int) (out []LateTask, err error) {
	metas, err := s.Store.OwnedDocs(ctx, tenant, live.KindMinutes, l.ID)
	if err != nil {
		return nil, err
	}
	var parts []plans.Part
	for _, m := range metas {
		if m.Head == 0 {
			continue
		}
		d, err := s.Docs.ReadDocument(ctx, tenant, m.ID)
		if err != nil {
			return nil, err
		}
		parts = append(parts, plans.Part{Place: plans.Place{DocID: m.ID, PersonID: m.PersonID, Item: m.Item}, Source: d})
	}
	now := s.clock()
	late := slices.DeleteFunc(readMinutes(parts).Homework, func(h Homework) bool { d := daysLate(h.Due, now); return d < 1 || d > days })
	if len(late) == 0 {
		return nil, nil
	}
	st, err := s.whole(ctx, tenant, l.ID)
	if err != nil {
		return nil, err
	}
	for _, h := range late {
		if tick := st.tick(h); tick.Status == "done" || tick.Status == "dropped" {
			continue
		}
		if t := (LateTask{l.CaseID, l.ID, h.Agency, h.Due}); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b LateTask) int { return strings.Compare(a.Due+a.AgencyID, b.Due+b.AgencyID) })
	return out, nil
}
