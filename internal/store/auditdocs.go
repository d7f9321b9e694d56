package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
)

// The rows of a live document's log are the audit rows of what was typed: author, agency, time, change. They enter the tree by hash: one
// entry speaks for the rows that a document gained since the entry before.

// noteBatch bounds the rows one transaction puts into the tree.
const noteBatch = 2000

// noteDocs writes an entry for each document that has rows the tree does not know; more are those it did not get to.
func noteDocs(ctx context.Context, t *tx, tenant string, docs []string) (more []string, err error) {
	left := noteBatch
	for i, id := range docs {
		if left <= 0 {
			return docs[i:], nil
		}
		var from int64
		if err := t.row(ctx, `SELECT seq FROM audit_doc WHERE tenant = $1 AND doc_id = $2`, tenant, id).Scan(&from); orMissing(err, nil) != nil {
			return nil, err
		}
		sum, to, err := hashRows(ctx, t, tenant, id, from, from+int64(left))
		if err != nil {
			return nil, err
		}
		if to == from {
			continue
		}
		left -= int(to - from)
		var caseID string
		if err := t.row(ctx, `SELECT case_id FROM doc WHERE tenant = $1 AND id = $2`, tenant, id).Scan(&caseID); err != nil {
			return nil, err
		}
		e := access.System(tenant).Audit(at(micros(t.now)), access.VerbDocLog, id).InCase(caseID)
		e.Reason, e.Hash = audit.Rows{From: from + 1, To: to}.String(), sum
		if err := t.audit(ctx, e); err != nil {
			return nil, err
		}
		if _, err := t.exec(ctx, `INSERT INTO audit_doc (tenant, doc_id, seq) VALUES ($1,$2,$3)
			ON CONFLICT (tenant, doc_id) DO UPDATE SET seq = excluded.seq`, tenant, id, to); err != nil {
			return nil, err
		}
		if left <= 0 { // it may have more
			return docs[i:], nil
		}
	}
	return nil, nil
}

// hashRows is the hash over the rows of a document in (after, to], and the last of them.
func hashRows(ctx context.Context, t *tx, tenant, docID string, after, to int64) (sum string, last int64, err error) {
	h := sha256.New()
	h.Write([]byte("kasane-rows-1"))
	put(h, tenant, docID)
	last = after
	err = t.query(ctx, func(scan func(...any) error) error {
		var seq, us int64
		var body []byte
		var actor, name, agency, agencyName string
		if err := scan(&seq, &body, &actor, &name, &agency, &agencyName, &us); err != nil {
			return err
		}
		put(h, strconv.FormatInt(seq, 10), string(body), actor, name, agency, agencyName, strconv.FormatInt(us, 10))
		last = seq
		return nil
	}, `SELECT seq, body, actor_id, actor_name, agency_id, agency_name, at FROM doc_update
		WHERE tenant = $1 AND doc_id = $2 AND seq > $3 AND seq <= $4 ORDER BY seq`, tenant, docID, after, to)
	return hex.EncodeToString(h.Sum(nil)), last, err
}

func put(h hash.Hash, fields ...string) {
	var n []byte
	for _, f := range fields {
		n = binary.AppendUvarint(n[:0], uint64(len(f)))
		h.Write(n)
		h.Write([]byte(f))
	}
}

// sweepDocs finds the documents, of one municipality or of all, whose rows are not all in the tree: those a node wrote that is gone, or
// another node a moment ago.
func (s *Store) sweepDocs(ctx context.Context, tenant string) error {
	found := map[string][]string{}
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var t, id string
		err := scan(&t, &id)
		found[t] = append(found[t], id)
		return err
	}, `SELECT d.tenant, d.id FROM doc d LEFT JOIN audit_doc a ON a.tenant = d.tenant AND a.doc_id = d.id
		WHERE d.head > COALESCE(a.seq, 0) AND ($1 = '' OR d.tenant = $1)`, tenant)
	for t, ids := range found {
		s.written.add(t, time.Time{}, ids...)
	}
	return s.classify(err)
}

// sweepEvery is how long the rows of a node that died may wait for their place in the tree.
const sweepEvery = time.Minute

// noteAfter is how long the rows typed into a document wait for their place in the tree, so that one entry speaks for what was typed meanwhile: an
// entry for every key pressed would cost as much as the key. A checkpoint that is asked for waits for nothing.
const noteAfter = 10 * time.Second

// written are the documents this node wrote since they were last put into the tree, each with the moment of the first row.
type written struct {
	mu    sync.Mutex
	docs  map[string]map[string]time.Time // municipality → document → since when
	swept time.Time
}

func (w *written) add(tenant string, since time.Time, ids ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range ids {
		if w.docs == nil {
			w.docs = map[string]map[string]time.Time{}
		}
		if w.docs[tenant] == nil {
			w.docs[tenant] = map[string]time.Time{}
		}
		if have, ok := w.docs[tenant][id]; !ok || since.Before(have) {
			w.docs[tenant][id] = since
		}
	}
}

// take gives the documents of a municipality that were first written before a moment, and forgets them.
func (w *written) take(tenant string, before time.Time) (out []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for id, since := range w.docs[tenant] {
		if since.Before(before) {
			out = append(out, id)
			delete(w.docs[tenant], id)
		}
	}
	if len(w.docs[tenant]) == 0 {
		delete(w.docs, tenant)
	}
	slices.Sort(out)
	return out
}

// tenants are the municipalities with documents that were first written before a moment.
func (w *written) tenants(before time.Time) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := map[string]bool{}
	for t, docs := range w.docs {
		for _, since := range docs {
			if since.Before(before) {
				out[t] = true
				break
			}
		}
	}
	return out
}

// due tells, once in a while, that it is time for a sweep; first of all at the start.
func (w *written) due(now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.swept.IsZero() && now.Sub(w.swept) < sweepEvery {
		return false
	}
	w.swept = now
	return true
}

func (w *written) overdue() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.swept = time.Time{}
}
