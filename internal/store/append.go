package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// AppendDocs implements live.Store. Documents are taken in the order of their ids, so two nodes never wait for each
// other in a circle; outcomes are in the order of the batches. When the line dies while the answer to the COMMIT is on its
// way, the log is asked whether it happened.
func (s *Store) AppendDocs(ctx context.Context, batches []live.Batch) (out []live.Appended, err error) {
	out, err = s.appendDocs(ctx, batches)
	for i := range out {
		if out[i].Err == nil {
			s.written.add(batches[i].Tenant, out[i].At, batches[i].DocID)
		}
	}
	return out, err
}

func (s *Store) appendDocs(ctx context.Context, batches []live.Batch) (out []live.Appended, err error) {
	order := inOrder(batches)
	var at time.Time
	if s.pool != nil {
		at = s.clock()
		if out, err = s.appendAtOnce(ctx, batches, order, at); !errors.Is(err, errOneByOne) {
			return out, err
		}
	}
	err = s.lockingWrite(ctx, func(t *tx) error {
		if at.IsZero() {
			at = t.now
		}
		out, t.now = make([]live.Appended, len(batches)), at
		for _, i := range order {
			var refused *fault.Error
			from, to, err := appendDoc(ctx, t, batches[i])
			if errors.As(err, &refused) {
				out[i].Err = refused
				continue
			}
			if err != nil {
				return err
			}
			out[i] = live.Appended{From: from, To: to, At: t.now}
		}
		return nil
	})
	var unsure *commitError
	if errors.As(err, &unsure) {
		if _, found := s.landed(ctx, batches, at); found {
			err = nil
		}
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// inOrder gives the places of batches in the order in which their documents are taken.
func inOrder(batches []live.Batch) []int {
	order := make([]int, len(batches))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(batches[a].Tenant, batches[b].Tenant), strings.Compare(batches[a].DocID, batches[b].DocID))
	})
	return order
}

// landed looks whether batches that were sent at a moment stand in the log, after nobody answered. They went in one transaction: when one is there, those
// that are not were refused.
func (s *Store) landed(ctx context.Context, batches []live.Batch, at time.Time) (out []live.Appended, found bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	out = make([]live.Appended, len(batches))
	for i, b := range batches {
		from, err := s.locate(ctx, b, at)
		if err != nil {
			return nil, false
		}
		if from == 0 {
			out[i].Err = errRefused
			continue
		}
		out[i] = live.Appended{From: from, To: from + int64(len(b.Rows)) - 1, At: at}
		found = true
	}
	return out, found
}

// locate finds the first row of a batch that was written at a moment, 0 if it was not.
func (s *Store) locate(ctx context.Context, b live.Batch, at time.Time) (int64, error) {
	rows, err := since(ctx, s.r, b.Tenant, b.DocID, 0)
	if err != nil || len(b.Rows) == 0 {
		return 0, err
	}
	for i := range len(rows) - len(b.Rows) + 1 {
		same := true
		for j, want := range b.Rows {
			got := rows[i+j]
			same = same && got.At.Equal(at) && got.ActorID == want.ActorID && bytes.Equal(got.Update, want.Update)
		}
		if same {
			return rows[i].Seq, nil
		}
	}
	return 0, nil
}

// appendDoc raises the head, which takes the document's lock, then writes the rows it made room for. A fault means
// that nothing of this batch is kept.
func appendDoc(ctx context.Context, t *tx, b live.Batch) (from, to int64, err error) {
	n := int64(len(b.Rows))
	err = t.row(ctx, `UPDATE doc SET head = head + $1 WHERE tenant = $2 AND id = $3 AND epoch = $4 AND frozen = 0
		AND (access_version = $5 OR $5 = 0) RETURNING head`, n, b.Tenant, b.DocID, b.Epoch, b.AccessVersion).Scan(&to)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, refusal(ctx, t, b)
	}
	if err != nil {
		return 0, 0, err
	}
	if err := bindClients(ctx, t, b); err != nil {
		var refused *fault.Error
		if errors.As(err, &refused) {
			if _, err := t.exec(ctx, `UPDATE doc SET head = head - $1 WHERE tenant = $2 AND id = $3`, n, b.Tenant, b.DocID); err != nil {
				return 0, 0, err
			}
		}
		return 0, 0, err
	}
	from = to - n + 1
	for _, e := range b.Audit {
		if err := t.audit(ctx, e); err != nil {
			return 0, 0, err
		}
	}
	return from, to, insertRows(ctx, t, b, from)
}

// refusal finds out why a document took nothing.
func refusal(ctx context.Context, t *tx, b live.Batch) error {
	m, err := docMeta(ctx, t, b.Tenant, b.DocID)
	switch {
	case err != nil:
		return err
	case m.Epoch != b.Epoch:
		return fault.New(fault.Gone, "この文書は作り直されました。画面を読み込み直してください。")
	case m.Frozen:
		return fault.New(fault.Conflict, "この文書は固定されているため書き込めません。")
	default:
		return fault.New(fault.Conflict, "この文書を見られる人の範囲が変わりました。権限を確かめ直しています。")
	}
}

// bindClients binds new Yjs client ids to their user and refuses one that belongs to somebody else. It checks all
// before it writes any.
func bindClients(ctx context.Context, t *tx, b live.Batch) error {
	if len(b.Clients) == 0 {
		return nil
	}
	p := params{v: []any{b.Tenant, b.DocID}}
	unbound := make(map[uint64]string, len(b.Clients))
	var in []string
	for c, user := range b.Clients {
		unbound[c] = user
		in = append(in, p.add(int64(c)))
	}
	err := t.query(ctx, func(scan func(...any) error) error {
		var client int64
		var user string
		if err := scan(&client, &user); err != nil {
			return err
		}
		if user != b.Clients[uint64(client)] {
			return fault.New(fault.Forbidden, "ほかの人の編集として送られた変更は受け付けられません。画面を読み込み直してください。")
		}
		delete(unbound, uint64(client))
		return nil
	}, `SELECT client, user_id FROM doc_client WHERE tenant = $1 AND doc_id = $2 AND client IN (`+strings.Join(in, ",")+`)`, p.v...)
	if err != nil {
		return err
	}
	for c, user := range unbound {
		if _, err := t.exec(ctx, `INSERT INTO doc_client (tenant, doc_id, client, user_id) VALUES ($1,$2,$3,$4)`,
			b.Tenant, b.DocID, int64(c), user); err != nil {
			return err
		}
	}
	return nil
}

// insertRows writes the rows of a batch, many in one statement.
func insertRows(ctx context.Context, t *tx, b live.Batch, seq int64) error {
	for chunk := range slices.Chunk(b.Rows, 64) {
		p := params{v: []any{b.Tenant, b.DocID, micros(t.now)}}
		values := make([]string, 0, len(chunk))
		for _, r := range chunk {
			update := r.Update
			if update == nil {
				update = []byte{}
			}
			values = append(values, fmt.Sprintf("($1,$2,%s,%s,%s,%s,%s,%s,$3)", p.add(seq), p.add(update),
				p.add(r.ActorID), p.add(r.ActorName), p.add(r.AgencyID), p.add(r.AgencyName)))
			seq++
		}
		if _, err := t.exec(ctx, `INSERT INTO doc_update (tenant, doc_id, seq, body, actor_id, actor_name, agency_id, agency_name, at)
			VALUES `+strings.Join(values, ","), p.v...); err != nil {
			return err
		}
	}
	return nil
}
