package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
)

const docColumns = `tenant, id, epoch, kind, case_id, owner_id, person_id, item, head, frozen, access_version`

func scanDoc(scan func(...any) error) (m live.Meta, err error) {
	var kind, item string
	err = scan(&m.Tenant, &m.ID, &m.Epoch, &kind, &m.CaseID, &m.OwnerID, &m.PersonID, &item, &m.Head, &m.Frozen, &m.AccessVersion)
	m.Kind, m.Item = live.Kind(kind), consent.Item(item)
	return m, err
}

// docMeta reads one document inside a transaction.
func docMeta(ctx context.Context, t *tx, tenant, id string) (live.Meta, error) {
	m, err := scanDoc(t.row(ctx, `SELECT `+docColumns+` FROM doc WHERE tenant = $1 AND id = $2`, tenant, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.Wrap(fault.NotFound, err, "文書が見つかりません。")
	}
	return m, err
}

// DocMeta implements live.Store.
func (s *Store) DocMeta(ctx context.Context, tenant, id string) (m live.Meta, err error) {
	err = s.read(ctx, func(t *tx) error {
		m, err = docMeta(ctx, t, tenant, id)
		return err
	})
	return m, err
}

// LoadDoc implements live.Store.
func (s *Store) LoadDoc(ctx context.Context, tenant, id string) (l live.Loaded, err error) {
	err = s.read(ctx, func(t *tx) error {
		l = live.Loaded{Clients: map[uint64]string{}}
		if l.Meta, err = docMeta(ctx, t, tenant, id); err != nil {
			return err
		}
		err := t.row(ctx, `SELECT seq, state FROM doc_snapshot WHERE tenant = $1 AND doc_id = $2`, tenant, id).Scan(&l.SnapSeq, &l.Snapshot)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if l.Rows, err = since(ctx, t.q, tenant, id, l.SnapSeq); err != nil {
			return err
		}
		return t.query(ctx, func(scan func(...any) error) error {
			var client int64
			var user string
			err := scan(&client, &user)
			l.Clients[uint64(client)] = user
			return err
		}, `SELECT client, user_id FROM doc_client WHERE tenant = $1 AND doc_id = $2`, tenant, id)
	})
	return l, err
}

// Since implements live.Store.
func (s *Store) Since(ctx context.Context, tenant, id string, seq int64) ([]live.Row, error) {
	rows, err := since(ctx, s.r, tenant, id, seq)
	return rows, s.classify(err)
}

func since(ctx context.Context, q querier, tenant, id string, seq int64) (out []live.Row, err error) {
	err = each(ctx, q, func(scan func(...any) error) error {
		var r live.Row
		var us int64
		err := scan(&r.Seq, &r.Update, &r.ActorID, &r.ActorName, &r.AgencyID, &r.AgencyName, &us)
		r.At = at(us)
		out = append(out, r)
		return err
	}, `SELECT seq, body, actor_id, actor_name, agency_id, agency_name, at FROM doc_update
		WHERE tenant = $1 AND doc_id = $2 AND seq > $3 ORDER BY seq`, tenant, id, seq)
	return out, err
}

// Heads implements live.Store.
func (s *Store) Heads(ctx context.Context, tenant string, ids []string) (map[string]live.Head, error) {
	out := make(map[string]live.Head, len(ids))
	for chunk := range slices.Chunk(ids, 512) {
		p := params{v: []any{tenant}}
		in := make([]string, 0, len(chunk))
		for _, id := range chunk {
			in = append(in, p.add(id))
		}
		for len(in)&(len(in)-1) != 0 { // few lengths, so that the statement is one of few
			in = append(in, p.add(chunk[0]))
		}
		err := each(ctx, pooled{s.r, s.rp}, func(scan func(...any) error) error {
			var id string
			var h live.Head
			err := scan(&id, &h.Head, &h.Epoch, &h.Frozen, &h.AccessVersion)
			out[id] = h
			return err
		}, `SELECT id, head, epoch, frozen, access_version FROM doc WHERE tenant = $1 AND id IN (`+strings.Join(in, ",")+`)`, p.v...)
		if err != nil {
			return nil, s.classify(err)
		}
	}
	return out, nil
}

// PutSnapshot implements live.Store.
func (s *Store) PutSnapshot(ctx context.Context, tenant, id string, seq int64, state []byte) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO doc_snapshot (tenant, doc_id, seq, state, at)
			SELECT d.tenant, d.id, $3, $4, $5 FROM doc d WHERE d.tenant = $1 AND d.id = $2 AND d.head >= $3
			ON CONFLICT (tenant, doc_id) DO UPDATE SET seq = excluded.seq, state = excluded.state, at = excluded.at
			WHERE excluded.seq > doc_snapshot.seq`, tenant, id, seq, state, micros(t.now))
		if err != nil || n == 1 {
			return err
		}
		m, err := docMeta(ctx, t, tenant, id)
		if err == nil && seq > m.Head {
			err = fault.New(fault.Invalid, "保存されていない変更の写しは置けません。")
		}
		return err // an older snapshot than the stored one is no error: it is not needed
	})
}

// insertDocs makes documents that do not exist at their place yet; those that do are left as they are.
func insertDocs(ctx context.Context, t *tx, docs []live.Meta) error {
	for _, m := range docs {
		_, err := t.exec(ctx, `INSERT INTO doc (`+docColumns+`, created_at) VALUES ($1,$2,1,$3,$4,$5,$6,$7,0,0,1,$8)
			ON CONFLICT (tenant, kind, owner_id, person_id, item) DO NOTHING`,
			m.Tenant, m.ID, string(m.Kind), m.CaseID, m.OwnerID, m.PersonID, string(m.Item), micros(t.now))
		if err != nil {
			return err
		}
	}
	return nil
}

// docIDs lists the ids of documents, in order, by a condition on alias d.
func docIDs(ctx context.Context, t *tx, where string, args ...any) (ids []string, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT d.id FROM doc d WHERE `+where+` ORDER BY d.id`, args...)
	return ids, err
}

// CaseDocs gives the ids of the documents of a case, in order.
func (s *Store) CaseDocs(ctx context.Context, tenant, caseID string) (ids []string, err error) {
	err = s.read(ctx, func(t *tx) error {
		ids, err = docIDs(ctx, t, `d.tenant = $1 AND d.case_id = $2`, tenant, caseID)
		return err
	})
	return ids, err
}

// bumpCase raises the access version of every document of a case, one after the other in the order of their ids.
func bumpCase(ctx context.Context, t *tx, tenant, caseID string) error {
	ids, err := docIDs(ctx, t, `d.tenant = $1 AND d.case_id = $2`, tenant, caseID)
	if err != nil {
		return err
	}
	return bumpDocs(ctx, t, tenant, ids)
}

// bumpDocs raises the access version of documents; the ids must be in order.
func bumpDocs(ctx context.Context, t *tx, tenant string, ids []string) error {
	for _, id := range ids {
		if _, err := t.exec(ctx, `UPDATE doc SET access_version = access_version + 1 WHERE tenant = $1 AND id = $2`, tenant, id); err != nil {
			return err
		}
	}
	return nil
}

// setFrozen freezes or unfreezes documents in the order of their ids and returns their heads. Freezing a frozen
// document, or the other way round, changes nothing. The gate's answer on writing changes with it.
func setFrozen(ctx context.Context, t *tx, tenant string, ids []string, frozen bool) (map[string]int64, error) {
	heads := make(map[string]int64, len(ids))
	for _, id := range slices.Sorted(slices.Values(ids)) {
		var head int64
		err := t.row(ctx, `UPDATE doc SET access_version = access_version + CASE WHEN frozen = $1 THEN 0 ELSE 1 END, frozen = $1
			WHERE tenant = $2 AND id = $3 RETURNING head`, flag(frozen), tenant, id).Scan(&head)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, fault.Wrap(fault.NotFound, err, "文書が見つかりません。")
		}
		if err != nil {
			return nil, err
		}
		heads[id] = head
	}
	return heads, nil
}
