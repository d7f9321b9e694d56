package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/figures"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

// UnreadSheets implements figures.TallyStore.
func (s *Store) UnreadSheets(ctx context.Context, tenant string, limit int) (out []figures.Sheet, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var x figures.Sheet
		var person string
		err := scan(&x.ID, &x.CaseID, &person, &x.Item, &x.Head)
		x.Owner = sheets.OwnerPerson
		if person == "" {
			x.Owner = sheets.OwnerHousehold
		}
		out = append(out, x)
		return err
	}, `SELECT d.id, d.case_id, d.person_id, d.item, d.head FROM doc d LEFT JOIN sheet_reading r ON r.tenant = d.tenant AND r.doc_id = d.id
		WHERE d.tenant = $1 AND d.kind = $2 AND d.head > 0 AND d.head > COALESCE(r.head, 0) ORDER BY d.id LIMIT $3`, tenant, string(live.KindSection), limit)
	return out, s.classify(err)
}

// SaveAnswers implements figures.TallyStore.
func (s *Store) SaveAnswers(ctx context.Context, tenant string, x figures.Sheet, head int64, answers []figures.Answer) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `INSERT INTO sheet_reading (tenant, doc_id, head) VALUES ($1, $2, $3)
			ON CONFLICT (tenant, doc_id) DO UPDATE SET head = excluded.head WHERE sheet_reading.head < excluded.head`, tenant, x.ID, head)
		if err != nil || n == 0 {
			return err
		}
		if _, err := t.exec(ctx, `DELETE FROM sheet_answer WHERE tenant = $1 AND doc_id = $2`, tenant, x.ID); err != nil {
			return err
		}
		for _, a := range answers {
			if _, err := t.exec(ctx, `INSERT INTO sheet_answer (tenant, doc_id, field, code, case_id) VALUES ($1, $2, $3, $4, $5)`, tenant, x.ID, a.Field, a.Code, x.CaseID); err != nil {
				return err
			}
		}
		return nil
	})
}

// FigureAnswers implements figures.Store.
func (s *Store) FigureAnswers(ctx context.Context, sc access.Scope, from, to time.Time) (out []figures.Answered, err error) {
	p := params{v: []any{micros(from), micros(to)}}
	where := caseScope(sc, &p, "c.tenant", "c.id")
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var a figures.Answered
		err := scan(&a.Field, &a.Code, &a.Count)
		out = append(out, a)
		return err
	}, `SELECT a.field, a.code, COUNT(*) FROM case_file c JOIN sheet_answer a ON a.tenant = c.tenant AND a.case_id = c.id
		WHERE `+where+` AND c.opened_at >= $1 AND c.opened_at < $2 GROUP BY a.field, a.code ORDER BY a.field, a.code`, p.v...)
	return out, s.classify(err)
}
