package meetingtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// CreateMeeting implements meeting.Store.
func (s *Memory) CreateMeeting(ctx context.Context, m meeting.Meeting, docs []live.Meta, events []meeting.Event, e access.Entry) (meeting.Meeting, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.CaseID != s.Facts.Case.ID {
		return m, missing()
	}
	for _, x := range s.meetings {
		if x.Type.ID == m.Type.ID && x.Status != meeting.StatusCancelled {
			m.No = max(m.No, x.No)
		}
	}
	m.No++
	for _, d := range docs {
		if err := s.addDoc(ctx, d, nil, nil, e.ActorID); err != nil {
			return m, err
		}
	}
	s.meetings[m.ID], s.events[m.ID] = m, slices.Clone(events)
	s.Audit = append(s.Audit, e)
	return m, nil
}

// MeetingByID implements meeting.Store.
func (s *Memory) MeetingByID(_ context.Context, sc access.Scope, id string) (meeting.Meeting, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.meetings[id]
	if !ok || !s.sees(sc) || !(sc.All || sc.AgencyID != "" && slices.Contains(m.Agencies, sc.AgencyID) || sc.MeetingID == id) {
		return meeting.Meeting{}, missing()
	}
	return m, nil
}

// ListMeetings implements meeting.Store.
func (s *Memory) ListMeetings(ctx context.Context, sc access.Scope, q meeting.Query) ([]meeting.Listed, error) {
	s.mu.Lock()
	ids := slices.Sorted(maps.Keys(s.meetings))
	s.mu.Unlock()
	var out []meeting.Listed
	for _, id := range ids {
		m, err := s.MeetingByID(ctx, sc, id)
		if err != nil || q.CaseID != "" && q.CaseID != m.CaseID || len(q.Statuses) > 0 && !slices.Contains(q.Statuses, m.Status) {
			continue
		}
		l := meeting.Listed{Ref: meeting.Ref{ID: m.ID, CaseID: m.CaseID, CaseNumber: s.Facts.Case.Number, TypeName: m.Type.Name, Mode: m.Mode, No: m.No, Status: m.Status}}
		for _, p := range s.Facts.Persons {
			if p.Subject {
				l.SubjectKana = append(l.SubjectKana, p.Kana)
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// MeetingEvents implements meeting.Store.
func (s *Memory) MeetingEvents(_ context.Context, tenant, id string, after int64) ([]meeting.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if tenant != s.Facts.Case.Tenant {
		return nil, nil
	}
	return slices.DeleteFunc(slices.Clone(s.events[id]), func(e meeting.Event) bool { return e.Seq <= after }), nil
}

func conflict() error { return fault.New(fault.Conflict, "先に変わりました。") }

// RecordMeeting implements meeting.Store. Everything is checked before anything is changed.
func (s *Memory) RecordMeeting(ctx context.Context, c meeting.Change) (meeting.Recorded, error) {
	if s.BeforeRecord != nil {
		if err := s.BeforeRecord(c); err != nil {
			return meeting.Recorded{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.check(ctx, c); err != nil {
		return meeting.Recorded{}, err
	}
	if d := c.Draw; d != nil {
		series := c.Tenant + "/" + d.Series
		if err := d.Put(&c, s.numbers[series]+1); err != nil {
			return meeting.Recorded{}, err
		}
		s.numbers[series] += d.Count
	}
	if c.EndGuests {
		s.Ended = append(s.Ended, c.MeetingID)
	}
	rec := meeting.Recorded{Heads: map[string]int64{}}
	old := s.meetings[c.MeetingID]
	if len(c.Append) > 0 {
		out, err := s.Live.AppendDocs(ctx, c.Append)
		if err != nil {
			return meeting.Recorded{}, err
		}
		for _, o := range out { // checked before: a batch that is refused here would leave the others behind
			if o.Err != nil {
				return meeting.Recorded{}, o.Err
			}
		}
	}
	m := c.Meeting
	m.No = old.No
	s.meetings[c.MeetingID] = m
	s.events[c.MeetingID] = append(s.events[c.MeetingID], c.Events...)
	s.lockDocs(c, rec)
	s.changeVersions(c, rec)
	if p := c.PutClosing; p != nil {
		x := *p
		x.Heads = cloneHeads(rec.Heads)
		s.closings[c.MeetingID] = x
	}
	if c.DropClosing {
		delete(s.closings, c.MeetingID)
	}
	if c.Minutes != nil {
		list := s.minutes[c.MeetingID]
		if n := len(list); n > 0 {
			at := c.Minutes.At
			list[n-1].EndedAt = &at
		}
		s.minutes[c.MeetingID] = append(list, *c.Minutes)
	}
	for _, p := range c.Seal {
		s.Sealed = append(s.Sealed, p)
		rec.Sealed = append(rec.Sealed, ref(p))
	}
	s.Audit = append(s.Audit, c.Audit)
	return rec, nil
}

func (s *Memory) check(ctx context.Context, c meeting.Change) error {
	if c.Audit.ID == "" {
		return fault.New(fault.Internal, "")
	}
	m, ok := s.meetings[c.MeetingID]
	if !ok || m.Seq != c.Expect || c.Meeting.Seq != c.Expect+int64(len(c.Events)) {
		return conflict()
	}
	for _, id := range append(slices.Clone(c.Freeze), c.Thaw...) {
		d, err := s.Live.DocMeta(ctx, c.Tenant, id)
		if err != nil || d.CaseID != m.CaseID {
			return missing()
		}
		if want, ok := c.FreezeAt[id]; ok && want != d.Head {
			return conflict()
		}
	}
	for _, b := range c.Append {
		if d, err := s.Live.DocMeta(ctx, c.Tenant, b.DocID); err != nil || d.Frozen || d.Epoch != b.Epoch || b.AccessVersion != d.AccessVersion {
			return conflict()
		}
	}
	if v := c.NewVersion; v != nil && slices.ContainsFunc(s.versions[v.PlanID], func(x plans.Version) bool { return x.N == v.N }) {
		return conflict()
	}
	if v := c.FixVersion; v != nil && !s.stands(v.PlanID, v.N, plans.VersionFreezing) {
		return conflict()
	}
	if v := c.EndVersion; v != nil && !s.stands(v.PlanID, v.N, plans.VersionFreezing, plans.VersionProposed) {
		return conflict()
	}
	if _, ok := s.closings[c.MeetingID]; ok == (c.PutClosing != nil) && (c.PutClosing != nil || c.DropClosing) {
		return conflict()
	}
	if a := c.LeadAnswer; a != nil && !s.asked(a.OfferID) {
		return conflict()
	}
	for _, p := range c.Seal {
		if slices.ContainsFunc(s.Sealed, func(x meeting.Paper) bool {
			return x.MeetingID == p.MeetingID && x.Kind == p.Kind && x.Version == p.Version
		}) {
			return conflict()
		}
	}
	return nil
}

func (s *Memory) stands(planID string, n int, states ...plans.VersionState) bool {
	return slices.ContainsFunc(s.versions[planID], func(v plans.Version) bool { return v.N == n && slices.Contains(states, v.State) })
}

func (s *Memory) lockDocs(c meeting.Change, rec meeting.Recorded) {
	if c.BumpAccess {
		for _, m := range s.Metas {
			s.Live.Change(c.Tenant, m.ID, func(x *live.Meta) { x.AccessVersion++ })
		}
	}
	for _, id := range c.Freeze {
		s.Live.Change(c.Tenant, id, func(x *live.Meta) {
			x.Frozen = true
			x.AccessVersion++
			rec.Heads[id] = x.Head
		})
	}
	for _, id := range c.Thaw {
		s.Live.Change(c.Tenant, id, func(x *live.Meta) {
			x.Frozen = false
			x.AccessVersion++
		})
	}
}

func (s *Memory) changeVersions(c meeting.Change, rec meeting.Recorded) {
	if c.NewVersion != nil {
		v := *c.NewVersion
		v.Docs = slices.Clone(v.Docs)
		for i := range v.Docs {
			v.Docs[i].Head = rec.Heads[v.Docs[i].DocID]
		}
		s.versions[v.PlanID] = append(s.versions[v.PlanID], v)
	}
	if f := c.FixVersion; f != nil {
		s.change(f.PlanID, f.N, func(v *plans.Version) { v.Hash, v.Canonical, v.State = f.Hash, f.Canonical, plans.VersionProposed })
	}
	if e := c.EndVersion; e != nil {
		s.change(e.PlanID, e.N, func(v *plans.Version) {
			at := e.At
			v.State, v.EndedAt = e.State, &at
		})
	}
	if c.Role != nil {
		s.answers = append(s.answers, *c.Role)
	}
	if c.LeadOffer != nil {
		s.Facts.Leads = append(s.Facts.Leads, *c.LeadOffer)
	}
	if c.LeadAnswer != nil {
		s.answerLead(*c.LeadAnswer)
	}
}

func (s *Memory) change(planID string, n int, f func(*plans.Version)) {
	for i := range s.versions[planID] {
		if s.versions[planID][i].N == n {
			f(&s.versions[planID][i])
		}
	}
}

func ref(p meeting.Paper) meeting.SealedRef {
	return meeting.SealedRef{ID: recordID(p), Kind: p.Kind, Version: p.Version, Number: p.Number, Title: p.Title, FileName: p.FileName,
		SHA256: p.SHA256, Pages: p.Pages, SealedAt: p.SealedAt}
}

// ClosingOf implements meeting.Store.
func (s *Memory) ClosingOf(_ context.Context, _ string, id string) (meeting.Closing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.closings[id]
	if !ok {
		return c, missing()
	}
	return c, nil
}

// LeaseClosings implements meeting.Store.
func (s *Memory) LeaseClosings(_ context.Context, owner string, now, until time.Time, limit int) ([]meeting.Closing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []meeting.Closing
	for _, id := range slices.Sorted(maps.Keys(s.closings)) {
		if c := s.closings[id]; c.LeaseUntil.Before(now) && len(out) < limit {
			c.LeaseBy, c.LeaseUntil = owner, until
			s.closings[id] = c
			out = append(out, c)
		}
	}
	return out, nil
}

// MinutesVersions implements meeting.Store.
func (s *Memory) MinutesVersions(_ context.Context, _ string, id string) ([]meeting.MinutesVersion, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := slices.Clone(s.minutes[id])
	for i := range out {
		out[i].Content, out[i].PDF = nil, nil
	}
	return out, nil
}

// MinutesVersion implements meeting.Store.
func (s *Memory) MinutesVersion(_ context.Context, _ string, id string, n int) (meeting.MinutesVersion, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.minutes[id] {
		if v.N == n {
			if len(v.PDF) == 0 && v.SHA256 != "" {
				return v, fault.New(fault.Gone, "")
			}
			return v, nil
		}
	}
	return meeting.MinutesVersion{}, missing()
}

// DisposeMinutes takes the text of every version of the minutes away, as 廃棄 of their records does.
func (s *Memory) DisposeMinutes(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.minutes[id] {
		s.minutes[id][i].Content, s.minutes[id][i].PDF = nil, nil
	}
}

// recordID names a sealed paper.
func recordID(p meeting.Paper) string {
	return fmt.Sprintf("%s-%s-%d", p.Kind, p.MeetingID, p.Version)
}

// ArchiveRecord implements meeting.Store.
func (s *Memory) ArchiveRecord(_ context.Context, sc access.Scope, id string) (archive.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.Sealed {
		if recordID(p) == id && sc.Archive {
			return archive.Record{Tenant: p.Tenant, ID: id, Number: p.Number, Kind: archive.Kind(p.Kind), MeetingID: p.MeetingID, CaseID: p.CaseID, CaseNumber: p.CaseNumber,
				Version: p.Version, SealedAt: p.SealedAt, ContentSHA256: p.ContentSHA256, PartsSHA256: p.PartsSHA256}, nil
		}
	}
	return archive.Record{}, missing()
}

// SealedParts implements meeting.Store.
func (s *Memory) SealedParts(_ context.Context, _ string, id string, version int) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.Sealed {
		if p.MeetingID == id && p.Kind == meeting.PaperMinutes && p.Version == version {
			return p.Parts, nil
		}
	}
	return nil, nil
}

// SealedOf implements meeting.Store.
func (s *Memory) SealedOf(_ context.Context, _ string, id string) ([]meeting.SealedRef, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []meeting.SealedRef
	for _, p := range s.Sealed {
		if p.MeetingID == id {
			out = append(out, ref(p))
		}
	}
	return out, nil
}

// AuditCheckpoint implements meeting.Store.
func (s *Memory) AuditCheckpoint(context.Context, string) (string, error) { return "1:abc", nil }

// MeetingFacts implements meeting.Store.
func (s *Memory) MeetingFacts(_ context.Context, tenant, caseID string) (meeting.Facts, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Facts.Case.ID != caseID || s.Facts.Case.Tenant != tenant {
		return meeting.Facts{}, missing()
	}
	f := s.Facts
	f.Persons, f.Members, f.Consents, f.Leads = slices.Clone(f.Persons), slices.Clone(f.Members), slices.Clone(f.Consents), slices.Clone(f.Leads)
	return f, nil
}

// KeepNotice implements meeting.Store.
func (s *Memory) KeepNotice(_ context.Context, n meeting.KeptNotice, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.meetings[n.MeetingID].ID == "" {
		return missing()
	}
	n.N = 1
	for _, x := range s.Notices {
		if x.MeetingID == n.MeetingID {
			n.N++
		}
	}
	s.Notices, s.Audit = append(s.Notices, n), append(s.Audit, e)
	return nil
}

// KeptNotices implements meeting.Store.
func (s *Memory) KeptNotices(_ context.Context, _, meetingID string) ([]meeting.KeptNotice, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.Notices), func(k meeting.KeptNotice) bool { return k.MeetingID != meetingID }), nil
}

// MeetingTypes implements meeting.Store.
func (s *Memory) MeetingTypes(context.Context, string) ([]meeting.Type, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.types), nil
}

// SaveMeetingType implements meeting.Store.
func (s *Memory) SaveMeetingType(_ context.Context, _ string, t meeting.Type, replace bool, e access.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	same := func(x meeting.Type) bool { return x.ID == t.ID && x.EffectiveFrom == t.EffectiveFrom }
	if !replace && slices.ContainsFunc(s.types, same) {
		return conflict()
	}
	s.types = slices.DeleteFunc(s.types, same)
	s.types, s.Audit = append(s.types, t), append(s.Audit, e)
	return nil
}

// Edit changes the facts as another package would.
func (s *Memory) Edit(f func(*meeting.Facts)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Facts.Persons = slices.Clone(s.Facts.Persons)
	s.Facts.Members = append([]cases.Member{}, s.Facts.Members...)
	f(&s.Facts)
}
