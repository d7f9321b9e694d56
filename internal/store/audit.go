package store

import (
	"context"
	"errors"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
)

const entryColumns = `tenant, id, at, actor_id, agency_id, session_id, ip, verb, case_id, meeting_id, target, result, reason, hash`

func scanEntry(scan func(...any) error, more ...any) (e access.Entry, err error) {
	var us int64
	var verb string
	err = scan(append([]any{&e.Tenant, &e.ID, &us, &e.ActorID, &e.AgencyID, &e.SessionID, &e.IP, &verb, &e.CaseID, &e.MeetingID,
		&e.Target, &e.Result, &e.Reason, &e.Hash}, more...)...)
	e.At, e.Verb = at(us), access.Verb(verb)
	return e, err
}

func scanCheckpoint(scan func(...any) error) (c audit.Checkpoint, peaks []byte, err error) {
	var root []byte
	var us int64
	if err := scan(&c.Size, &root, &peaks, &us); err != nil {
		return c, nil, err
	}
	if copy(c.Root[:], root) != len(root) || len(root) != len(c.Root) {
		return c, nil, errors.New("store: damaged audit checkpoint")
	}
	c.At = at(us)
	return c, peaks, nil
}

// newestCheckpoint is the head of a municipality's audit log; false while it is empty.
func newestCheckpoint(ctx context.Context, t *tx, tenant string) (c audit.Checkpoint, peaks []byte, ok bool, err error) {
	c, peaks, err = scanCheckpoint(t.row(ctx, `SELECT size, root, peaks, at FROM audit_checkpoint WHERE tenant = $1 ORDER BY size DESC LIMIT 1`, tenant).Scan)
	ok = err == nil
	return c, peaks, ok, orMissing(err, nil)
}

// AuditCheckpoint implements meeting.Closings.
func (s *Store) AuditCheckpoint(ctx context.Context, tenant string) (out string, err error) {
	err = s.read(ctx, func(t *tx) error {
		c, _, ok, err := newestCheckpoint(ctx, t, tenant)
		if out = ""; ok {
			out = c.String()
		}
		return err
	})
	return out, err
}

// sequenceBatch bounds one transaction of the sequencer.
const sequenceBatch = 1000

// SequenceAudit gives the waiting entries of a municipality their leaf numbers and hashes and writes the new head of the
// log. It tells how many. Several nodes may call it: the municipality's lease row is the lock.
func (s *Store) SequenceAudit(ctx context.Context, tenant string) (total int, err error) {
	// The usual answer is that nothing waits; it is found without a write.
	var waits int64
	err = s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM audit_entry WHERE tenant = $1 AND leaf IS NULL LIMIT 1) w`, tenant).Scan(&waits)
	if err != nil || waits == 0 {
		return 0, s.classify(err)
	}
	for {
		n, err := s.sequence(ctx, tenant)
		total += n
		if err != nil || n < sequenceBatch {
			return total, err
		}
	}
}

func (s *Store) sequence(ctx context.Context, tenant string) (n int, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO lease (tenant, name, holder, until) VALUES ($1, 'audit', '', $2)
			ON CONFLICT (tenant, name) DO UPDATE SET until = excluded.until`, tenant, micros(t.now)); err != nil {
			return err
		}
		c, peaks, _, err := newestCheckpoint(ctx, t, tenant)
		if err != nil {
			return err
		}
		tree, err := audit.Resume(c.Size, peaks)
		if err != nil {
			return err
		}
		var waiting []access.Entry
		err = t.query(ctx, func(scan func(...any) error) error {
			e, err := scanEntry(scan)
			waiting = append(waiting, e)
			return err
		}, `SELECT `+entryColumns+` FROM audit_entry WHERE tenant = $1 AND leaf IS NULL ORDER BY id LIMIT $2`, tenant, sequenceBatch)
		n = len(waiting)
		if err != nil || n == 0 {
			return err
		}
		for _, e := range waiting {
			h := audit.LeafHash(audit.Leaf(e))
			if _, err := t.exec(ctx, `UPDATE audit_entry SET leaf = $1, leaf_hash = $2 WHERE tenant = $3 AND id = $4`,
				tree.Size(), h[:], tenant, e.ID); err != nil {
				return err
			}
			tree.Add(h)
		}
		root := tree.Root()
		_, err = t.exec(ctx, `INSERT INTO audit_checkpoint (tenant, size, root, peaks, at) VALUES ($1,$2,$3,$4,$5)`,
			tenant, tree.Size(), root[:], tree.Peaks(), micros(t.now))
		return err
	})
	if err != nil {
		n = 0
	}
	return n, err
}

// SequenceWaiting sequences every municipality that has waiting entries.
func (s *Store) SequenceWaiting(ctx context.Context) error {
	var tenants []string
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var t string
		err := scan(&t)
		tenants = append(tenants, t)
		return err
	}, `SELECT DISTINCT tenant FROM audit_entry WHERE leaf IS NULL ORDER BY tenant`)
	if err != nil {
		return s.classify(err)
	}
	for _, t := range tenants {
		if _, err := s.SequenceAudit(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// RunSequencer sequences the audit log until ctx ends, so that an entry has its number within a second. A failing database
// is logged and tried again.
func (s *Store) RunSequencer(ctx context.Context) error {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := s.SequenceWaiting(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("audit log not sequenced", "error", err)
		}
	}
}
