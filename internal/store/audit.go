package store

import (
	"context"
	"crypto/sha256"
	"maps"
	"slices"
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

const checkpointColumns = `size, root, peaks, at, prev, key_id, sig`

func scanCheckpoint(scan func(...any) error) (c audit.Kept, err error) {
	var root, sig []byte
	var us int64
	var prev string
	if err := scan(&c.Size, &root, &c.Peaks, &us, &prev, &c.Key, &sig); err != nil {
		return c, err
	}
	if c.Root = sha256.Sum256(root); len(root) == len(c.Root) { // what is damaged reads as a hash that fits nothing
		c.Root = audit.Hash(root)
	}
	if h, ok := audit.ParseHash(prev); ok {
		c.Prev = h
	} else if prev != "" {
		c.Prev = sha256.Sum256([]byte(prev))
	}
	c.At, c.Sig = at(us), sig
	return c, nil
}

// newestCheckpoint is the head of a municipality's audit log; false while it is empty.
func newestCheckpoint(ctx context.Context, t *tx, tenant string) (c audit.Kept, ok bool, err error) {
	c, err = scanCheckpoint(t.row(ctx, `SELECT `+checkpointColumns+` FROM audit_checkpoint WHERE tenant = $1 ORDER BY size DESC LIMIT 1`, tenant).Scan)
	ok = err == nil
	return c, ok, orMissing(err, nil)
}

// AuditCheckpoint implements meeting.Closings. Everything that has happened up to now is in it.
func (s *Store) AuditCheckpoint(ctx context.Context, tenant string) (out string, err error) {
	if err := s.sweepDocs(ctx, tenant); err != nil {
		return "", err
	}
	if _, err := s.SequenceAudit(ctx, tenant); err != nil {
		return "", err
	}
	err = s.read(ctx, func(t *tx) error {
		c, ok, err := newestCheckpoint(ctx, t, tenant)
		if out = ""; ok {
			out = c.String()
		}
		return err
	})
	return out, err
}

// sequenceBatch bounds one transaction of the sequencer.
const sequenceBatch = 1000

// SequenceAudit gives the waiting entries of a municipality their leaf numbers and hashes, with an entry for what was written in live
// documents meanwhile, and writes the new head of the log, signed. It tells how many. Several nodes may call it: the municipality's lease row
// is the lock.
func (s *Store) SequenceAudit(ctx context.Context, tenant string) (total int, err error) {
	return s.sequenceAll(ctx, tenant, anytime)
}

// anytime is later than every row.
var anytime = time.Unix(1<<40, 0)

// sequenceAll is SequenceAudit with the documents only that were first written before a moment.
func (s *Store) sequenceAll(ctx context.Context, tenant string, before time.Time) (total int, err error) {
	docs := s.written.take(tenant, before)
	defer func() {
		if err != nil {
			s.written.add(tenant, time.Time{}, docs...)
		}
	}()
	if len(docs) == 0 {
		// The usual answer is that nothing waits; it is found without a write.
		var waits int64
		err = s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM audit_entry WHERE tenant = $1 AND leaf IS NULL LIMIT 1) w`, tenant).Scan(&waits)
		if err != nil || waits == 0 {
			return 0, s.classify(err)
		}
	}
	for {
		n, more, err := s.sequence(ctx, tenant, docs)
		total += n
		if docs = more; err != nil || n < sequenceBatch && len(docs) == 0 {
			return total, err
		}
	}
}

// sequence is one transaction of SequenceAudit; more are the documents it did not get to.
func (s *Store) sequence(ctx context.Context, tenant string, docs []string) (n int, more []string, err error) {
	var c audit.Checkpoint
	err = s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO lease (tenant, name, holder, until) VALUES ($1, 'audit', '', $2)
			ON CONFLICT (tenant, name) DO UPDATE SET until = excluded.until`, tenant, micros(t.now)); err != nil {
			return err
		}
		before, had, err := newestCheckpoint(ctx, t, tenant)
		if err != nil {
			return err
		}
		tree, err := audit.Resume(before.Size, before.Peaks)
		if err != nil {
			return err
		}
		if more, err = noteDocs(ctx, t, tenant, docs); err != nil {
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
		c = audit.Checkpoint{Size: tree.Size(), Root: tree.Root(), At: at(micros(t.now))}
		if had {
			c.Prev = before.Digest(tenant)
		}
		c = s.signer.Sign(tenant, c)
		if c.Sig == nil {
			c.Sig = []byte{}
		}
		_, err = t.exec(ctx, `INSERT INTO audit_checkpoint (tenant, `+checkpointColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			tenant, c.Size, c.Root[:], tree.Peaks(), micros(c.At), c.Prev.String(), c.Key, c.Sig)
		return err
	})
	if err != nil {
		return 0, docs, err
	}
	if n > 0 && s.signed != nil {
		s.signed(tenant, c)
	}
	return n, more, nil
}

// SequenceWaiting sequences every municipality that has waiting entries or documents.
func (s *Store) SequenceWaiting(ctx context.Context) error { return s.sequenceEvery(ctx, anytime) }

// SequenceDue is SequenceWaiting, but for what was typed in the last seconds: those rows are gathered into one entry a document.
func (s *Store) SequenceDue(ctx context.Context) error {
	return s.sequenceEvery(ctx, s.clock().Add(-noteAfter))
}

func (s *Store) sequenceEvery(ctx context.Context, before time.Time) error {
	if s.written.due(s.clock()) {
		if err := s.sweepDocs(ctx, ""); err != nil {
			s.written.overdue()
			return err
		}
	}
	tenants := s.written.tenants(before)
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var t string
		err := scan(&t)
		tenants[t] = true
		return err
	}, `SELECT DISTINCT tenant FROM audit_entry WHERE leaf IS NULL`)
	if err != nil {
		return s.classify(err)
	}
	for _, t := range slices.Sorted(maps.Keys(tenants)) {
		if _, err := s.sequenceAll(ctx, t, before); err != nil {
			return err
		}
	}
	return nil
}
