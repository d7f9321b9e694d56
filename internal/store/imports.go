package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/plans"
)

const importColumns = `b.tenant, b.id, b.file_name, b.file_hash, b.by_user, b.by_name, b.at, b.row_count, b.made, b.refused, b.first, b.last, b.state, b.kept, b.undone_at, b.undone_name`

func scanImport(scan func(...any) error) (b imports.Batch, err error) {
	var when int64
	var undone sql.NullInt64
	var state string
	err = scan(&b.Tenant, &b.ID, &b.FileName, &b.FileHash, &b.ByID, &b.ByName, &when, &b.Rows, &b.Made, &b.Refused, &b.First, &b.Last, &state, &b.Kept, &undone, &b.UndoneName)
	b.At, b.State, b.UndoneAt = at(when), imports.State(state), atPtr(undone)
	return b, err
}

func importBy(ctx context.Context, t *tx, tenant, id string) (imports.Batch, error) {
	return scanImport(t.row(ctx, `SELECT `+importColumns+` FROM case_import b WHERE b.tenant = $1 AND b.id = $2`, tenant, id).Scan)
}

// AddImport implements imports.Store.
func (s *Store) AddImport(ctx context.Context, b imports.Batch, list []imports.NewCase, m imports.Memory, e access.Entry) (out imports.Batch, made bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		made = false
		have, err := importBy(ctx, t, b.Tenant, b.ID)
		if err == nil {
			out = have
			return nil
		}
		if err := orMissing(err, nil); err != nil {
			return err
		}
		out = b
		cases, err := numberedCases(ctx, t, b.Tenant, list)
		if err != nil {
			return err
		}
		out.First, out.Last = cases[0].Case.Number, cases[len(cases)-1].Case.Number
		if _, err := t.exec(ctx, `INSERT INTO case_import (tenant, id, file_name, file_hash, by_user, by_name, at, row_count, made, refused, first, last, state, kept, undone_at, undone_name)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,0,NULL,'')`, b.Tenant, b.ID, b.FileName, b.FileHash, b.ByID, b.ByName, micros(b.At), b.Rows, b.Made, b.Refused, out.First, out.Last,
			string(b.State)); err != nil {
			return err
		}
		for _, c := range cases {
			if err := addImported(ctx, t, b.ID, c); err != nil {
				return err
			}
		}
		if _, err := t.exec(ctx, `INSERT INTO case_import_memory (tenant, words) VALUES ($1,$2) ON CONFLICT (tenant) DO UPDATE SET words = excluded.words`, b.Tenant, toJSON(m)); err != nil {
			return err
		}
		made = true
		return t.audit(ctx, e)
	})
	if err != nil && s.d.class(err) == classUnique {
		err = fault.Wrap(fault.Conflict, err, "同じ行を、ほかの人が先に取り込みました。もう一度確かめてください。")
	}
	if made {
		s.wroteCases(list)
	}
	return out, made, err
}

// wroteCases tells who waits for written documents of those of new cases.
func (s *Store) wroteCases(list []imports.NewCase) {
	for _, c := range list {
		for _, d := range c.Docs {
			s.written.add(d.Meta.Tenant, s.clock(), d.Meta.ID)
		}
	}
}

// AddToImport implements imports.Store.
func (s *Store) AddToImport(ctx context.Context, tenant, id string, list []imports.NewCase) (out imports.Batch, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		gone := fault.New(fault.Conflict, "この取込は、取り込んでいる間に取り消されました。")
		if err := t.must(ctx, gone, `UPDATE case_import SET made = made + $1 WHERE tenant = $2 AND id = $3 AND state = 'done'`, len(list), tenant, id); err != nil {
			return err
		}
		cases, err := numberedCases(ctx, t, tenant, list)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE case_import SET last = $1 WHERE tenant = $2 AND id = $3`, cases[len(cases)-1].Case.Number, tenant, id); err != nil {
			return err
		}
		for _, c := range cases {
			if err := addImported(ctx, t, id, c); err != nil {
				return err
			}
		}
		out, err = importBy(ctx, t, tenant, id)
		return err
	})
	if err != nil && s.d.class(err) == classUnique {
		err = fault.Wrap(fault.Conflict, err, "同じ行を、ほかの人が先に取り込みました。もう一度確かめてください。")
	}
	if err == nil {
		s.wroteCases(list)
	}
	return out, err
}

// numberedCases draws the numbers of all cases, in the order of the rows, year by year.
func numberedCases(ctx context.Context, t *tx, tenant string, list []imports.NewCase) ([]imports.NewCase, error) {
	out := slices.Clone(list)
	count, next := map[string]int{}, map[string]int{}
	for _, c := range out {
		count[cases.NumberSeries(c.Case.OpenedAt)]++
	}
	var years []string
	for y := range count {
		years = append(years, y)
	}
	slices.Sort(years) // who takes several counters takes them in one order
	for _, y := range years {
		first, err := draw(ctx, t, tenant, y, count[y])
		if err != nil {
			return nil, err
		}
		next[y] = first
	}
	for i := range out {
		y := cases.NumberSeries(out[i].Case.OpenedAt)
		out[i].Case.Number = fmt.Sprintf("%s-%04d", y, next[y])
		next[y]++
	}
	return out, nil
}

// addImported writes one case with everything of it.
func addImported(ctx context.Context, t *tx, importID string, n imports.NewCase) error {
	c := n.Case
	var ended any
	if n.End != nil {
		ended = micros(n.End.At)
	}
	if _, err := t.exec(ctx, `INSERT INTO case_file (tenant, id, number, stage, version, opened_at, opened_by, updated_at, access_seq, ended_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0,CAST($9 AS BIGINT))`, c.Tenant, c.ID, c.Number, string(c.Stage), c.Version, micros(c.OpenedAt), c.OpenedBy, micros(c.UpdatedAt), ended); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `INSERT INTO case_import_row (tenant, import_id, case_id, row_no, mark, docs) VALUES ($1,$2,$3,$4,$5,$6)`, c.Tenant, importID, c.ID, n.Row, n.Mark, len(n.Docs)); err != nil {
		return err
	}
	if err := importedSteps(ctx, t, n); err != nil {
		return err
	}
	for _, p := range n.Persons {
		if err := savePerson(ctx, t, p); err != nil {
			return err
		}
	}
	if err := pairNames(ctx, t, c.Tenant, c.ID, nil, foldsOf(n.Persons)); err != nil {
		return err
	}
	for _, m := range n.Members {
		if err := addMember(ctx, t, c.Tenant, m); err != nil {
			return err
		}
	}
	docs := make([]plans.NewDoc, 0, len(n.Docs))
	for _, d := range n.Docs {
		docs = append(docs, plans.NewDoc(d))
	}
	if err := firstUpdates(ctx, t, docs, n.Entry); err != nil {
		return err
	}
	if n.End != nil {
		if err := insertEnd(ctx, t, c.Tenant, *n.End); err != nil {
			return err
		}
	}
	return t.audit(ctx, n.Entry)
}

// Imports implements imports.Store.
func (s *Store) Imports(ctx context.Context, sc access.Scope) (out []imports.Batch, err error) {
	if sc.Tenant == "" || !sc.All {
		return nil, nil
	}
	err = each(ctx, s.r, func(scan func(...any) error) error {
		b, err := scanImport(scan)
		out = append(out, b)
		return err
	}, `SELECT `+importColumns+` FROM case_import b WHERE b.tenant = $1 ORDER BY b.at DESC, b.id DESC LIMIT 200`, sc.Tenant)
	return out, s.classify(err)
}

// ImportMarks implements imports.Store.
func (s *Store) ImportMarks(ctx context.Context, tenant string, marks []string) (map[string]bool, error) {
	out := map[string]bool{}
	for chunk := range slices.Chunk(marks, 500) {
		p := params{v: []any{tenant}}
		in := make([]string, len(chunk))
		for i, m := range chunk {
			in[i] = p.add(m)
		}
		if err := each(ctx, s.r, func(scan func(...any) error) error {
			var m string
			err := scan(&m)
			out[m] = true
			return err
		}, `SELECT mark FROM case_import_row WHERE tenant = $1 AND mark IN (`+strings.Join(in, ",")+`)`, p.v...); err != nil {
			return nil, s.classify(err)
		}
	}
	return out, nil
}

// ImportMemory implements imports.Store.
func (s *Store) ImportMemory(ctx context.Context, tenant string) (m imports.Memory, err error) {
	err = s.read(ctx, func(t *tx) error {
		var words string
		err := t.row(ctx, `SELECT words FROM case_import_memory WHERE tenant = $1`, tenant).Scan(&words)
		if err != nil || words == "" {
			return orMissing(err, nil)
		}
		return fromJSON(words, &m)
	})
	return m, err
}

// UndoImport implements imports.Store.
func (s *Store) UndoImport(ctx context.Context, o imports.Undoing, e access.Entry) (u imports.Undone, err error) {
	sc, id := o.Scope, o.ID
	noImport := fault.New(fault.NotFound, "この取込は見つかりません。画面を更新してください。")
	if sc.Tenant == "" || !sc.All {
		return u, noImport
	}
	err = s.lockingWrite(ctx, func(t *tx) error {
		u = imports.Undone{Kept: []imports.Kept{}}
		// Taking the row first keeps two who take back at once apart.
		if err := t.must(ctx, noImport, `UPDATE case_import SET undone_name = $1 WHERE tenant = $2 AND id = $3`, o.ByName, sc.Tenant, id); err != nil {
			return err
		}
		b, err := importBy(ctx, t, sc.Tenant, id)
		if err != nil {
			return err
		}
		if b.State == imports.StateUndone {
			return fault.New(fault.Conflict, "この取込は、もう取り消されています。画面を更新してください。")
		}
		rows, err := importedRows(ctx, t, sc, id)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := undoRow(ctx, t, sc.Tenant, r, b, &u, o.Each); err != nil {
				return err
			}
		}
		b.State, b.Kept, b.UndoneAt = imports.StateUndone, len(u.Kept)+u.Others, &o.At
		if b.Kept > 0 {
			b.State = imports.StatePartly
		}
		u.Batch = b
		if _, err := t.exec(ctx, `UPDATE case_import SET state = $1, kept = $2, undone_at = $3 WHERE tenant = $4 AND id = $5`, string(b.State), b.Kept, micros(o.At), sc.Tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
	if err != nil && s.d.class(err) == classReference { // somebody added to a case at this very moment
		err = fault.Wrap(fault.Conflict, err, "取り消している間に、ほかの人がケースに書き加えました。もう一度お試しください。")
	}
	if err == nil {
		// The entries of 取消 explain why rows that the log knows are gone: they get their place in it now; else the sequencer gives it in a second.
		_, _ = s.AuditCheckpoint(ctx, sc.Tenant)
	}
	return u, err
}

// importedSteps notes the 受付 of a case that was kept elsewhere, and where it stands; what came between is not known.
func importedSteps(ctx context.Context, t *tx, n imports.NewCase) error {
	c := n.Case
	if err := addStep(ctx, t, c.Tenant, c.ID, cases.StageReceived, c.OpenedAt); err != nil || c.Stage == cases.StageReceived {
		return err
	}
	since := c.UpdatedAt
	if n.End != nil {
		since = n.End.At
	}
	if err := addStep(ctx, t, c.Tenant, c.ID, c.Stage, since); err != nil {
		return err
	}
	_, err := t.exec(ctx, `UPDATE stage_entry SET gap = 1 WHERE tenant = $1 AND case_id = $2 AND n = 1`, c.Tenant, c.ID)
	return err
}
