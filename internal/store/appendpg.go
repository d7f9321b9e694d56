package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// errOneByOne: the batches are not of the plain kind, or one of them forges or repeats a client id; AppendDocs takes them statement by statement.
var errOneByOne = errors.New("store: not at once")

// appendQuery raises a head, which takes the document's lock, binds new client ids, and writes the rows. No row means a refusal. A client id that is bound
// already, to whomever, breaks the unique key and with it the transaction.
const appendQuery = `WITH h AS (
	UPDATE doc SET head = head + $1 WHERE tenant = $2 AND id = $3 AND epoch = $4 AND frozen = 0 AND (access_version = $5 OR $5 = 0) RETURNING head
), c AS (
	INSERT INTO doc_client (tenant, doc_id, client, user_id)
	SELECT $2, $3, u.client, u.user_id FROM h, unnest($12::bigint[], $13::text[]) AS u (client, user_id)
), r AS (
	INSERT INTO doc_update (tenant, doc_id, seq, body, actor_id, actor_name, agency_id, agency_name, at)
	SELECT $2, $3, h.head - $1 + u.n, u.body, u.actor_id, u.actor_name, u.agency_id, u.agency_name, $6
	FROM h, unnest($7::bytea[], $8::text[], $9::text[], $10::text[], $11::text[])
		WITH ORDINALITY AS u (body, actor_id, actor_name, agency_id, agency_name, n)
) SELECT head FROM h`

// appendAtOnce is AppendDocs in one trip to PostgreSQL: a statement for each batch, all in one transaction that needs no BEGIN and no COMMIT of its own.
func (s *Store) appendAtOnce(ctx context.Context, batches []live.Batch, order []int, now time.Time) ([]live.Appended, error) {
	args := make([][]any, len(batches))
	for i, b := range batches {
		var err error
		if args[i], err = appendArgs(b, now); err != nil {
			return nil, err
		}
	}
	for n := 1; ; n++ {
		out, err := s.sendAppends(ctx, batches, args, order, now)
		s.space.note(&s.d, err)
		var unsure *commitError
		if errors.As(err, &unsure) {
			if found, yes := s.landed(ctx, batches, now); yes {
				out, err = found, nil
			}
		}
		switch {
		case err == nil:
			return out, s.refusals(ctx, batches, out)
		case s.d.class(err) == classUnique:
			return nil, errOneByOne
		case n == attempts || s.d.class(err) != classRetry || ctx.Err() != nil:
			return nil, s.classify(err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(1+rand.IntN(1<<min(n, 8))) * time.Millisecond):
		}
	}
}

// appendArgs are the parameters of appendQuery.
func appendArgs(b live.Batch, now time.Time) ([]any, error) {
	n := len(b.Rows)
	if n == 0 || len(b.Audit) > 0 {
		return nil, errOneByOne
	}
	bodies, text := make([][]byte, n), [4][]string{}
	for k := range text {
		text[k] = make([]string, n)
	}
	for i, r := range b.Rows {
		bodies[i] = r.Update
		if r.Update == nil {
			bodies[i] = []byte{}
		}
		for k, v := range []string{r.ActorID, r.ActorName, r.AgencyID, r.AgencyName} {
			if err := checkText([]any{v}); err != nil {
				return nil, err
			}
			text[k][i] = v
		}
	}
	clients, users := make([]int64, 0, len(b.Clients)), make([]string, 0, len(b.Clients))
	for c, user := range b.Clients {
		clients, users = append(clients, int64(c)), append(users, user)
	}
	return []any{int64(n), b.Tenant, b.DocID, b.Epoch, b.AccessVersion, micros(now), bodies, text[0], text[1], text[2], text[3], clients, users}, nil
}

// errRefused marks a batch whose reason is still to be found.
var errRefused = fault.New(fault.Conflict, "")

// sendAppends makes the trip. Whatever goes wrong but an answer of the server leaves it open what has happened.
func (s *Store) sendAppends(ctx context.Context, batches []live.Batch, args [][]any, order []int, now time.Time) ([]live.Appended, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	var trip pgx.Batch
	for _, i := range order {
		trip.Queue(appendQuery, args[i]...)
	}
	answers := conn.SendBatch(ctx, &trip)
	out := make([]live.Appended, len(batches))
	for _, i := range order {
		var head int64
		err = answers.QueryRow().Scan(&head)
		if errors.Is(err, pgx.ErrNoRows) {
			out[i].Err, err = errRefused, nil
			continue
		}
		if err != nil {
			break
		}
		out[i] = live.Appended{From: head - int64(len(batches[i].Rows)) + 1, To: head, At: now}
	}
	if closed := answers.Close(); err == nil {
		err = closed // the transaction ends here
	}
	var said *pgconn.PgError
	switch {
	case err == nil:
		return out, nil
	case errors.As(err, &said):
		return nil, said
	}
	return nil, &commitError{err}
}

// refusals finds out why batches were refused.
func (s *Store) refusals(ctx context.Context, batches []live.Batch, out []live.Appended) error {
	for i := range out {
		if !errors.Is(out[i].Err, errRefused) {
			continue
		}
		var why *fault.Error
		err := refusal(ctx, &tx{q: s.r, d: &s.d}, batches[i])
		if !errors.As(err, &why) {
			return s.classify(err)
		}
		out[i].Err = why
	}
	return nil
}
