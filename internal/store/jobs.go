package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jobs"
)

const jobColumns = `tenant, id, kind, state, by_user, asked, made_at, started_at, beat_at, ended_at, node, turn, due_at, done, total, stop, said, trouble, takeable`

func scanJob(scan func(...any) error) (j jobs.Job, err error) {
	var kind, state string
	var made, due, stop, fetch int64
	var started, beat, ended nullInt
	err = scan(&j.Tenant, &j.ID, &kind, &state, &j.By, &j.Asked, &made, &started, &beat, &ended, &j.Node, &j.Turn, &due, &j.Done, &j.Total, &stop, &j.Said, &j.Trouble, &fetch)
	j.Kind, j.State, j.MadeAt, j.DueAt, j.Stop, j.Fetch = jobs.Kind(kind), jobs.State(state), at(made), at(due), stop != 0, fetch != 0
	j.StartedAt, j.BeatAt, j.EndedAt = atPtr(started), atPtr(beat), atPtr(ended)
	return j, err
}

var (
	noJob   = fault.New(fault.NotFound, "この処理は見つかりません。期限が過ぎて消えたか、見る権限がありません。")
	lostJob = fault.New(fault.Gone, "この処理は、ほかのサーバーが続けているか、もう終わっています。")
)

// AddJob implements jobs.Store.
func (s *Store) AddJob(ctx context.Context, j jobs.Job, given []jobs.Part, e *access.Entry) (out jobs.Job, made bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		out = j
		n, err := t.exec(ctx, `INSERT INTO job (`+jobColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19) ON CONFLICT (tenant, id) DO NOTHING`,
			j.Tenant, j.ID, string(j.Kind), string(j.State), j.By, j.Asked, micros(j.MadeAt), microsPtr(j.StartedAt), microsPtr(j.BeatAt), microsPtr(j.EndedAt), j.Node, j.Turn, micros(j.DueAt),
			j.Done, j.Total, flag(j.Stop), j.Said, j.Trouble, flag(j.Fetch))
		if err != nil {
			return err
		}
		if made = n > 0; !made {
			out, err = jobBy(ctx, t, j.Tenant, j.ID)
			return err
		}
		for _, p := range given {
			if err := putPart(ctx, t, j, p); err != nil {
				return err
			}
		}
		if e == nil {
			return nil
		}
		return t.audit(ctx, *e)
	})
	return out, made, err
}

func jobBy(ctx context.Context, t *tx, tenant, id string) (jobs.Job, error) {
	j, err := scanJob(t.row(ctx, `SELECT `+jobColumns+` FROM job WHERE tenant = $1 AND id = $2`, tenant, id).Scan)
	return j, orMissing(err, noJob)
}

// Jobs implements jobs.Store.
func (s *Store) Jobs(ctx context.Context, tenant string, limit int) (out []jobs.Job, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		j, err := scanJob(scan)
		out = append(out, j)
		return err
	}, `SELECT `+jobColumns+` FROM job WHERE tenant = $1 ORDER BY made_at DESC, id DESC LIMIT $2`, tenant, limit)
	return out, s.classify(err)
}

// Job implements jobs.Store.
func (s *Store) Job(ctx context.Context, tenant, id string) (j jobs.Job, err error) {
	err = s.read(ctx, func(t *tx) error {
		j, err = jobBy(ctx, t, tenant, id)
		return err
	})
	return j, err
}

// DueJobs implements jobs.Store.
func (s *Store) DueJobs(ctx context.Context, now time.Time, limit int) (out []jobs.Job, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var j jobs.Job
		err := scan(&j.Tenant, &j.ID)
		out = append(out, j)
		return err
	}, `SELECT j.tenant, j.id FROM job j JOIN municipality m ON m.id = j.tenant WHERE j.ended_at IS NULL AND j.due_at <= $1 AND m.suspended_at IS NULL ORDER BY j.due_at, j.id LIMIT $2`, micros(now), limit)
	return out, s.classify(err)
}

// TakeJob implements jobs.Store.
func (s *Store) TakeJob(ctx context.Context, tenant, id, node string, now, until time.Time) (j jobs.Job, mine bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		j, err = scanJob(t.row(ctx, `UPDATE job SET state = 'running', node = $1, turn = turn + 1, started_at = COALESCE(started_at, $2), beat_at = $2, due_at = $3
			WHERE tenant = $4 AND id = $5 AND ended_at IS NULL AND due_at <= $2 RETURNING `+jobColumns, node, micros(now), micros(until), tenant, id).Scan)
		mine = err == nil
		return orMissing(err, nil)
	})
	return j, mine, err
}

// BeatJob implements jobs.Store.
func (s *Store) BeatJob(ctx context.Context, j jobs.Job, b jobs.Beat) (stop bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		var asked int64
		err := t.row(ctx, `UPDATE job SET beat_at = $1, due_at = $2, done = $3, total = $4 WHERE tenant = $5 AND id = $6 AND turn = $7 AND state = 'running' RETURNING stop`,
			micros(b.At), micros(b.Until), b.Done, b.Total, j.Tenant, j.ID, j.Turn).Scan(&asked)
		stop = asked != 0
		return orMissing(err, lostJob)
	})
	return stop, err
}

// hold locks the row of a job for who has it.
func hold(ctx context.Context, t *tx, j jobs.Job) error {
	return t.must(ctx, lostJob, `UPDATE job SET stop = stop WHERE tenant = $1 AND id = $2 AND turn = $3 AND state = 'running'`, j.Tenant, j.ID, j.Turn)
}

// EndJob implements jobs.Store.
func (s *Store) EndJob(ctx context.Context, j jobs.Job, end jobs.Ending) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := hold(ctx, t, j); err != nil {
			return err
		}
		if end.State == jobs.StateWaiting {
			_, err := t.exec(ctx, `UPDATE job SET state = 'waiting', due_at = $1 WHERE tenant = $2 AND id = $3`, micros(end.Due), j.Tenant, j.ID)
			return err
		}
		if _, err := t.exec(ctx, `UPDATE job SET state = $1, ended_at = $2, beat_at = $2, said = $3, trouble = $4, takeable = $5 WHERE tenant = $6 AND id = $7`,
			string(end.State), micros(end.At), end.Said, end.Trouble, flag(end.Fetch && end.State == jobs.StateDone), j.Tenant, j.ID); err != nil {
			return err
		}
		return dropParts(ctx, t, j.Tenant, j.ID, end.State != jobs.StateDone)
	})
}

// dropParts removes what was given, and what was made too when nobody is to have it.
func dropParts(ctx context.Context, t *tx, tenant, id string, made bool) error {
	_, err := t.exec(ctx, `DELETE FROM job_part WHERE tenant = $1 AND job_id = $2 AND (side = 'given' OR $3 = 1)`, tenant, id, flag(made))
	return err
}

// StopJob implements jobs.Store.
func (s *Store) StopJob(ctx context.Context, tenant, id string, now time.Time, e access.Entry) (j jobs.Job, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		over := fault.New(fault.Conflict, "この処理は、もう終わっています。")
		if err := t.must(ctx, over, `UPDATE job SET stop = 1 WHERE tenant = $1 AND id = $2 AND ended_at IS NULL`, tenant, id); err != nil {
			return err
		}
		n, err := t.exec(ctx, `UPDATE job SET state = 'stopped', ended_at = $1 WHERE tenant = $2 AND id = $3 AND state = 'waiting'`, micros(now), tenant, id)
		if err == nil && n > 0 {
			err = dropParts(ctx, t, tenant, id, true)
		}
		if err != nil {
			return err
		}
		if j, err = jobBy(ctx, t, tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	return j, err
}

// PutPart implements jobs.Store.
func (s *Store) PutPart(ctx context.Context, j jobs.Job, p jobs.Part) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := hold(ctx, t, j); err != nil {
			return err
		}
		return putPart(ctx, t, j, p)
	})
}

func putPart(ctx context.Context, t *tx, j jobs.Job, p jobs.Part) error {
	_, err := t.exec(ctx, `INSERT INTO job_part (tenant, job_id, side, n, sum, body) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (tenant, job_id, side, n) DO UPDATE SET sum = excluded.sum, body = excluded.body WHERE job_part.sum <> excluded.sum`, j.Tenant, j.ID, string(p.Side), p.N, p.Sum, p.Body)
	return err
}

// CutParts implements jobs.Store.
func (s *Store) CutParts(ctx context.Context, j jobs.Job, n int) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := hold(ctx, t, j); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM job_part WHERE tenant = $1 AND job_id = $2 AND side = 'made' AND n >= $3`, j.Tenant, j.ID, n)
		return err
	})
}

// JobPart implements jobs.Store.
func (s *Store) JobPart(ctx context.Context, tenant, id string, side jobs.Side, n int) (p jobs.Part, err error) {
	err = s.read(ctx, func(t *tx) error {
		p = jobs.Part{Side: side, N: n}
		err := t.row(ctx, `SELECT sum, body FROM job_part WHERE tenant = $1 AND job_id = $2 AND side = $3 AND n = $4`, tenant, id, string(side), n).Scan(&p.Sum, &p.Body)
		return orMissing(err, noJob)
	})
	return p, err
}

// PruneJobs implements jobs.Store.
func (s *Store) PruneJobs(ctx context.Context, tenant string, before time.Time) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		old := ` WHERE tenant = $1 AND job_id IN (SELECT id FROM job WHERE tenant = $1 AND ended_at < $2)`
		if _, err := t.exec(ctx, `DELETE FROM job_part`+old, tenant, micros(before)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM job WHERE tenant = $1 AND ended_at < $2`, tenant, micros(before))
		return err
	})
}
