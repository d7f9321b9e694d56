package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/webhooks"
)

// RecordMeeting implements meeting.Meetings: everything a Change says, in the order its comment gives, or nothing.
func (s *Store) RecordMeeting(ctx context.Context, c meeting.Change) (rec meeting.Recorded, err error) {
	var at time.Time
	err = s.lockingWrite(ctx, func(t *tx) error {
		rec, at = meeting.Recorded{}, t.now
		for _, step := range []func(context.Context, *tx, meeting.Change, *meeting.Recorded) error{
			drawNumbers, advanceMeeting, correctable, lockDocuments, appendRows, changeVersions, changeClosing, changeMinutes, sealPapers, endGuests, tellOfMeeting,
		} {
			if err := step(ctx, t, c, &rec); err != nil {
				return err
			}
		}
		return t.audit(ctx, c.Audit)
	})
	if err != nil {
		return meeting.Recorded{}, err
	}
	for _, b := range c.Append {
		s.written.add(b.Tenant, at, b.DocID)
	}
	return rec, nil
}

// meetingKinds are the events of a meeting that systems are told of.
var meetingKinds = map[meeting.Kind]webhooks.Kind{meeting.KindOpened: webhooks.KindMeetingOpened, meeting.KindClosed: webhooks.KindMeetingClosed, meeting.KindCancelled: webhooks.KindMeetingOff}

// tellOfMeeting writes what systems are told of.
func tellOfMeeting(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	tell := func(k webhooks.Kind, target string, when time.Time) error {
		return t.tell(ctx, webhooks.Event{Tenant: c.Tenant, Kind: k, At: when, CaseID: c.Meeting.CaseID, MeetingID: c.MeetingID, Target: target})
	}
	for _, e := range c.Events {
		k, ok := meetingKinds[e.Kind]
		if e.Moves() {
			k, ok = webhooks.KindMeetingMoved, true
		}
		if ok {
			if err := tell(k, c.MeetingID, e.At); err != nil {
				return err
			}
		}
	}
	if v := c.EndVersion; v != nil {
		k := webhooks.KindPlanVoid
		if v.State == plans.VersionAgreed {
			k = webhooks.KindPlanAgreed
		}
		return tell(k, v.PlanID, v.At)
	}
	return nil
}

// appendRows writes the rows of live documents that belong to the events (step 3); one batch that is refused takes everything back.
func appendRows(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	for _, i := range inOrder(c.Append) {
		if _, _, err := appendDoc(ctx, t, c.Append[i]); err != nil {
			return err
		}
	}
	return nil
}

var overtaken = fault.New(fault.Conflict, "すでに議長などの操作で会議が先に進んでいます。画面を確かめて、もう一度お試しください。")

// advanceMeeting takes the row of the meeting where it stands at Expect, and writes the events (steps 1 and 2).
func advanceMeeting(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	m := c.Meeting
	n, err := t.exec(ctx, `UPDATE meeting SET plan_id = $1, title = $2, type = $3, mode = $4, planned_start = $5, planned_end = $6, place = $7,
			form = $8, chair_id = $9, deputy_ids = $10, recorder_id = $11, status = $12, seq = $13, opened_at = $14, closed_at = $15
		WHERE tenant = $16 AND id = $17 AND seq = $18`,
		m.PlanID, m.Title, toJSON(m.Type), string(m.Mode), micros(m.PlannedStart), micros(m.PlannedEnd), m.Place, string(m.Form),
		m.ChairID, listJSON(m.DeputyIDs), m.RecorderID, string(m.Status), c.Expect+int64(len(c.Events)), microsPtr(m.OpenedAt),
		microsPtr(m.ClosedAt), c.Tenant, c.MeetingID, c.Expect)
	if err != nil {
		return err
	}
	if n == 0 {
		return overtaken
	}
	m.Tenant, m.ID = c.Tenant, c.MeetingID
	if err := setSeats(ctx, t, m); err != nil {
		return err
	}
	return insertEvents(ctx, t, c.Tenant, c.MeetingID, c.Expect, c.Events)
}

// lockDocuments freezes, thaws and bumps, all documents in one pass in the order of their ids (step 3).
func lockDocuments(ctx context.Context, t *tx, c meeting.Change, rec *meeting.Recorded) error {
	rec.Heads = map[string]int64{}
	if len(c.Freeze)+len(c.Thaw) == 0 && !c.BumpAccess {
		return nil
	}
	var caseID string
	if err := t.row(ctx, `SELECT case_id FROM meeting WHERE tenant = $1 AND id = $2`, c.Tenant, c.MeetingID).Scan(&caseID); err != nil {
		return orMissing(err, noMeeting)
	}
	const bump, thaw, freeze = 1, 2, 3
	do := map[string]int{}
	if err := lockCase(ctx, t, c.Tenant, caseID); err != nil { // no document is made meanwhile
		return err
	}
	if c.BumpAccess {
		ids, err := docIDs(ctx, t, `d.tenant = $1 AND d.case_id = $2`, c.Tenant, caseID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			do[id] = bump
		}
	}
	for _, id := range c.Thaw {
		do[id] = thaw
	}
	for _, id := range c.Freeze {
		do[id] = freeze
	}
	for _, id := range slices.Sorted(maps.Keys(do)) {
		raise, frozen := flag(c.BumpAccess), `frozen`
		switch do[id] {
		case freeze:
			frozen = `1`
		case thaw:
			frozen = `0`
		}
		var head int64
		err := t.row(ctx, `UPDATE doc SET access_version = access_version + CASE WHEN frozen <> `+frozen+` THEN 1 ELSE CAST($1 AS BIGINT) END,
			frozen = `+frozen+` WHERE tenant = $2 AND id = $3 AND case_id = $4 RETURNING head`, raise, c.Tenant, id, caseID).Scan(&head)
		if err != nil {
			return orMissing(err, fault.New(fault.NotFound, "文書が見つかりません。"))
		}
		if want, ok := c.FreezeAt[id]; ok && do[id] == freeze && want != head {
			return fault.New(fault.Conflict, "固定する直前に文書が書き換えられました。もう一度お試しください。")
		}
		if do[id] == freeze {
			rec.Heads[id] = head
		}
	}
	if err := nothingLeftOpen(ctx, t, c); err != nil {
		return err
	}
	return nothingAgreedThaws(ctx, t, c)
}

// nothingAgreedThaws refuses to let go of documents that a version stands on, agreed or being agreed, but for the version that this change
// ends: another meeting may have asked for agreement since the caller looked.
func nothingAgreedThaws(ctx context.Context, t *tx, c meeting.Change) error {
	if len(c.Thaw) == 0 {
		return nil
	}
	p := params{v: []any{c.Tenant, string(plans.VersionFreezing), string(plans.VersionProposed), string(plans.VersionAgreed)}}
	in := make([]string, 0, len(c.Thaw))
	for _, id := range c.Thaw {
		in = append(in, p.add(id))
	}
	where := ``
	if c.EndVersion != nil {
		where = ` AND NOT (v.plan_id = ` + p.add(c.EndVersion.PlanID) + ` AND v.n = ` + p.add(c.EndVersion.N) + `)`
	}
	var n int
	err := t.row(ctx, `SELECT v.n FROM plan_version v JOIN doc d ON d.tenant = v.tenant AND d.owner_id = v.plan_id AND d.kind = 'plan'
		WHERE d.tenant = $1 AND v.state IN ($2, $3, $4) AND d.id IN (`+strings.Join(in, ",")+`)`+where+` LIMIT 1`, p.v...).Scan(&n)
	if err == nil {
		return fault.New(fault.Conflict, "このプランは、別の会議で合意の確認をしています。もう一度お試しください。")
	}
	return orMissing(err, nil)
}

// nothingLeftOpen refuses a freeze that leaves out a document of the same plan or minutes: one made since the caller looked would take
// writing while the others are agreed to.
func nothingLeftOpen(ctx context.Context, t *tx, c meeting.Change) error {
	if len(c.Freeze) == 0 {
		return nil
	}
	p := params{v: []any{c.Tenant}}
	in := make([]string, 0, len(c.Freeze))
	for _, id := range c.Freeze {
		in = append(in, p.add(id))
	}
	var id string
	err := t.row(ctx, `SELECT d.id FROM doc d JOIN doc f ON f.tenant = d.tenant AND f.kind = d.kind AND f.owner_id = d.owner_id
		WHERE d.tenant = $1 AND d.frozen = 0 AND f.id IN (`+strings.Join(in, ",")+`) LIMIT 1`, p.v...).Scan(&id)
	if err == nil {
		return fault.New(fault.Conflict, "固定する直前に文書が加わりました。もう一度お試しください。")
	}
	return orMissing(err, nil)
}

// changeVersions is what happens to the plan: steps 4 to 7.
func changeVersions(ctx context.Context, t *tx, c meeting.Change, rec *meeting.Recorded) error {
	stale := fault.New(fault.Conflict, "プランの版が先に変わりました。画面を確かめて、もう一度お試しください。")
	if v := c.NewVersion; v != nil {
		docs := slices.Clone(v.Docs)
		for i := range docs {
			if head, ok := rec.Heads[docs[i].DocID]; ok {
				docs[i].Head = head
			}
		}
		if err := t.must(ctx, stale, `INSERT INTO plan_version (tenant, plan_id, n, case_id, state, hash, canonical, docs, meeting_id, frozen_at, frozen_by, ended_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT DO NOTHING`,
			c.Tenant, v.PlanID, v.N, v.CaseID, string(v.State), v.Hash, v.Canonical, listJSON(docs), v.MeetingID, micros(v.FrozenAt),
			v.FrozenBy, microsPtr(v.EndedAt)); err != nil {
			return err
		}
	}
	if v := c.FixVersion; v != nil {
		if err := t.must(ctx, stale, `UPDATE plan_version SET hash = $1, canonical = $2, state = $3 WHERE tenant = $4 AND plan_id = $5 AND n = $6 AND state = $7`,
			v.Hash, v.Canonical, string(plans.VersionProposed), c.Tenant, v.PlanID, v.N, string(plans.VersionFreezing)); err != nil {
			return err
		}
	}
	if v := c.EndVersion; v != nil {
		if err := t.must(ctx, stale, `UPDATE plan_version SET state = $1, ended_at = $2 WHERE tenant = $3 AND plan_id = $4 AND n = $5 AND state IN ($6, $7)`,
			string(v.State), micros(v.At), c.Tenant, v.PlanID, v.N, string(plans.VersionProposed), string(plans.VersionFreezing)); err != nil {
			return err
		}
	}
	if c.Role != nil {
		a := *c.Role
		a.Tenant = c.Tenant
		if err := insertAnswer(ctx, t, a); err != nil {
			return err
		}
	}
	return changeLeads(ctx, t, c)
}

// changeClosing puts or drops the closing (step 8).
func changeClosing(ctx context.Context, t *tx, c meeting.Change, rec *meeting.Recorded) error {
	if p := c.PutClosing; p != nil {
		heads := maps.Clone(p.Heads)
		if heads == nil {
			heads = map[string]int64{}
		}
		maps.Copy(heads, rec.Heads)
		facts := p.Facts
		if facts == nil {
			facts = []byte{}
		}
		if err := t.must(ctx, fault.New(fault.Conflict, "この会議はもう閉会の処理をしています。"),
			`INSERT INTO meeting_closing (tenant, meeting_id, seq, at, by_user, heads, numbers, checkpoint, facts, lease_by, lease_until)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT DO NOTHING`,
			c.Tenant, c.MeetingID, p.Seq, micros(p.At), p.By, toJSON(heads), toJSON(p.Numbers), p.Checkpoint, facts, p.LeaseBy, micros(p.LeaseUntil)); err != nil {
			return err
		}
	}
	if c.DropClosing {
		return t.must(ctx, fault.New(fault.Conflict, "この会議の閉会の処理はもう済んでいます。"),
			`DELETE FROM meeting_closing WHERE tenant = $1 AND meeting_id = $2`, c.Tenant, c.MeetingID)
	}
	return nil
}

// changeMinutes adds a version of the minutes, or the file of one that had none (step 9).
func changeMinutes(ctx context.Context, t *tx, c meeting.Change, _ *meeting.Recorded) error {
	if v := c.Minutes; v != nil {
		if _, err := t.exec(ctx, `UPDATE minutes_version SET ended_at = $1 WHERE tenant = $2 AND meeting_id = $3 AND n < $4 AND ended_at IS NULL`,
			micros(v.At), c.Tenant, c.MeetingID, v.N); err != nil {
			return err
		}
		if err := t.must(ctx, fault.New(fault.Conflict, "会議録のこの版はもうあります。"),
			`INSERT INTO minutes_version (tenant, meeting_id, n, hash, content, pdf, sha256, at, ended_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,NULL) ON CONFLICT DO NOTHING`,
			c.Tenant, c.MeetingID, v.N, v.Hash, v.Content, v.PDF, v.SHA256, micros(v.At)); err != nil {
			return err
		}
	}
	return nil
}
