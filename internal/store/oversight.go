package store

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/oversight"
)

// auditWhere are the conditions of a query on the audit log, alias e: those an index finds, and those each row is looked at for.
func auditWhere(sc access.Scope, q oversight.Query, p *params) (found, looked []string) {
	found = []string{auditScope(sc, p, "e.tenant")}
	if !q.From.IsZero() {
		found = append(found, `e.at >= `+p.add(micros(q.From)))
	}
	if !q.To.IsZero() {
		found = append(found, `e.at < `+p.add(micros(q.To)))
	}
	if q.Case != "" {
		found = append(found, `e.case_id = `+p.add(q.Case))
	}
	switch {
	case q.Agency == "":
	case q.Received:
		looked = append(looked, `(e.agency_id = `+p.add(q.Agency)+` OR e.verb IN (`+p.add(string(access.VerbArchiveCopy))+`, `+p.add(string(access.VerbSheetPaper))+`) AND e.reason = `+p.add(access.CopyFor(q.Agency))+`)`)
	default:
		looked = append(looked, `e.agency_id = `+p.add(q.Agency))
	}
	for _, c := range [][2]string{{"actor_id", q.Actor}, {"session_id", q.Session}, {"ip", q.IP}, {"result", q.Result}} {
		if c[1] != "" {
			looked = append(looked, `e.`+c[0]+` = `+p.add(c[1]))
		}
	}
	if len(q.Verbs) > 0 {
		verbs := make([]string, len(q.Verbs))
		for i, v := range q.Verbs {
			verbs[i] = p.add(string(v))
		}
		looked = append(looked, `e.verb IN (`+strings.Join(verbs, ",")+`)`)
	}
	if q.Outside != nil {
		looked = append(looked, outside(*q.Outside, p))
	}
	return found, looked
}

// outside is the condition that a moment lies outside office hours. Japan has no summer time: its minutes are counted.
func outside(h oversight.Hours, p *params) string {
	const local = `(e.at / 60000000 + 540)`
	ways := []string{local + ` % 1440 < ` + p.add(int64(h.From)), local + ` % 1440 >= ` + p.add(int64(h.To))}
	if h.OfficeDays {
		ways = append(ways, `(`+local+` / 1440 + 4) % 7 IN (0, 6)`) // 1 January 1970 was a Thursday
		if len(h.Closed) > 0 {
			days := make([]string, len(h.Closed))
			for i, d := range h.Closed {
				days[i] = p.add(d)
			}
			ways = append(ways, local+` / 1440 IN (`+strings.Join(days, ",")+`)`)
		}
	}
	return `(` + strings.Join(ways, " OR ") + `)`
}

// AuditPage implements oversight.Log.
func (s *Store) AuditPage(ctx context.Context, sc access.Scope, q oversight.Query) (page []access.Entry, next oversight.Key, err error) {
	limit := min(max(q.Limit, 1), 1000)
	err = s.read(ctx, func(t *tx) error {
		page, next = nil, oversight.Key{}
		var p params
		found, looked := auditWhere(sc, q, &p)
		if q.After.ID != "" {
			found = append(found, `(e.at, e.id) < (`+p.add(micros(q.After.At))+`, `+p.add(q.After.ID)+`)`)
		}
		rows := ` FROM audit_entry e WHERE ` + strings.Join(found, " AND ") + ` ORDER BY e.at DESC, e.id DESC LIMIT `
		query := `SELECT ` + entryColumns + rows
		if len(looked) > 0 {
			query = `SELECT ` + entryColumns + ` FROM (SELECT *` + rows + p.add(oversight.Scan) + `) e WHERE ` + strings.Join(looked, " AND ") +
				` ORDER BY e.at DESC, e.id DESC LIMIT `
		}
		err := t.query(ctx, func(scan func(...any) error) error {
			e, err := scanEntry(scan)
			page = append(page, e)
			return err
		}, query+p.add(limit), p.v...)
		switch {
		case err != nil:
			return err
		case len(page) == limit:
			last := page[limit-1]
			next = oversight.Key{At: last.At, ID: last.ID}
			return nil
		case len(looked) == 0:
			return nil
		}
		next, err = scannedTo(ctx, t, sc, q)
		return err
	})
	return page, next, err
}

// scannedTo is the last row a filtered page looked at when there are more behind it; the zero Key when it looked at all.
func scannedTo(ctx context.Context, t *tx, sc access.Scope, q oversight.Query) (k oversight.Key, err error) {
	var p params
	found, _ := auditWhere(sc, oversight.Query{From: q.From, To: q.To, Case: q.Case}, &p)
	if q.After.ID != "" {
		found = append(found, `(e.at, e.id) < (`+p.add(micros(q.After.At))+`, `+p.add(q.After.ID)+`)`)
	}
	var us int64
	err = t.row(ctx, `SELECT e.at, e.id FROM audit_entry e WHERE `+strings.Join(found, " AND ")+` ORDER BY e.at DESC, e.id DESC LIMIT 1 OFFSET `+p.add(oversight.Scan-1),
		p.v...).Scan(&us, &k.ID)
	k.At = at(us)
	if err != nil {
		return oversight.Key{}, orMissing(err, nil)
	}
	return k, nil
}

// EachLook implements oversight.Log.
func (s *Store) EachLook(ctx context.Context, sc access.Scope, q oversight.Query, fn func(oversight.Look) error) (n int, err error) {
	var p params
	found, looked := auditWhere(sc, q, &p)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var l oversight.Look
		var us int64
		var verb, reason string
		if err := scan(&us, &l.ID, &l.Actor, &l.Agency, &verb, &l.Case, &l.Meeting, &l.Target, &reason); err != nil {
			return err
		}
		l.At, l.Verb = at(us), access.Verb(verb)
		l.To = access.CopiedTo(l.Verb, reason)
		n++
		return fn(l)
	}, `SELECT e.at, e.id, e.actor_id, e.agency_id, e.verb, e.case_id, e.meeting_id, e.target, e.reason FROM audit_entry e
		WHERE `+strings.Join(append(found, looked...), " AND ")+` ORDER BY e.at, e.id`, p.v...)
	return n, s.classify(err)
}

// Tally implements oversight.Log.
func (s *Store) Tally(ctx context.Context, sc access.Scope, q oversight.Query) (out []oversight.Count, err error) {
	var p params
	found, looked := auditWhere(sc, q, &p)
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var c oversight.Count
		var verb string
		err := scan(&c.Actor, &c.Agency, &verb, &c.Result, &c.N)
		c.Verb = access.Verb(verb)
		out = append(out, c)
		return err
	}, `SELECT e.actor_id, e.agency_id, e.verb, e.result, COUNT(*) FROM audit_entry e WHERE `+strings.Join(append(found, looked...), " AND ")+`
		GROUP BY e.actor_id, e.agency_id, e.verb, e.result ORDER BY 1, 2, 3, 4`, p.v...)
	return out, s.classify(err)
}

// markBatch bounds the marks of one statement.
const markBatch = 400

// Searches implements oversight.Log.
func (s *Store) Searches(ctx context.Context, sc access.Scope, q oversight.Query, marks []string) (out []access.Entry, err error) {
	limit := min(max(q.Limit, 1), 1000)
	err = s.read(ctx, func(t *tx) error {
		out = nil
		for some := range slices.Chunk(marks, markBatch) {
			var p params
			found, looked := auditWhere(sc, oversight.Query{Case: q.Case, Actor: q.Actor, Agency: q.Agency, Session: q.Session, IP: q.IP, Verbs: q.Verbs, Result: q.Result}, &p)
			in := make([]string, len(some))
			for i, m := range some {
				in[i] = p.add(m)
			}
			where := append(append(found, looked...), `e.reason = 'search'`, `e.hash IN (`+strings.Join(in, ",")+`)`)
			// The plus keeps SQLite from reading the whole log by its time: marks are few.
			if !q.From.IsZero() {
				where = append(where, `+e.at >= `+p.add(micros(q.From)))
			}
			if !q.To.IsZero() {
				where = append(where, `+e.at < `+p.add(micros(q.To)))
			}
			err := t.query(ctx, func(scan func(...any) error) error {
				e, err := scanEntry(scan)
				out = append(out, e)
				return err
			}, `SELECT `+entryColumns+` FROM audit_entry e WHERE `+strings.Join(where, " AND ")+` ORDER BY +e.at DESC, e.id DESC LIMIT `+p.add(limit), p.v...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b access.Entry) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(b.ID, a.ID)
	})
	return out[:min(len(out), limit)], err
}
