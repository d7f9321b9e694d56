package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/text"
	"kasane/internal/webhooks"
)

var noCase = fault.New(fault.NotFound, "ケースが見つかりません。削除されたか、見る権限がない可能性があります。")

// lockCase takes the row of a case. Whoever makes documents of a case, or changes who may see them, comes through here,
// so that neither overlooks the other. Order of locks everywhere: meetings, case, documents by id.
func lockCase(ctx context.Context, t *tx, tenant, id string) error {
	return t.must(ctx, noCase, `UPDATE case_file SET access_seq = access_seq + 1 WHERE tenant = $1 AND id = $2`, tenant, id)
}

// changeAccess locks the case, runs the change and bumps every document of the case.
func (s *Store) changeAccess(ctx context.Context, tenant, caseID string, e access.Entry, change func(*tx) error) error {
	return s.lockingWrite(ctx, func(t *tx) error {
		if err := lockCase(ctx, t, tenant, caseID); err != nil {
			return err
		}
		if err := change(t); err != nil {
			return err
		}
		if err := bumpCase(ctx, t, tenant, caseID); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

const caseColumns = `c.tenant, c.id, c.number, c.stage, c.version, c.opened_at, c.opened_by, c.updated_at`

func scanCase(scan func(...any) error, more ...any) (c cases.Case, err error) {
	var stage string
	var opened, updated int64
	err = scan(append([]any{&c.Tenant, &c.ID, &c.Number, &stage, &c.Version, &opened, &c.OpenedBy, &updated}, more...)...)
	c.Stage, c.OpenedAt, c.UpdatedAt = cases.Stage(stage), at(opened), at(updated)
	return c, err
}

// CreateCase implements cases.Store.
func (s *Store) CreateCase(ctx context.Context, c cases.Case, persons []cases.Person, members []cases.Member, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := insertCase(ctx, t, c, persons, members); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func insertCase(ctx context.Context, t *tx, c cases.Case, persons []cases.Person, members []cases.Member) error {
	if err := t.must(ctx, fault.New(fault.Conflict, "このケースIDはもう使われています。もう一度お試しください。"),
		`INSERT INTO case_file (tenant, id, number, stage, version, opened_at, opened_by, updated_at, access_seq)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0) ON CONFLICT DO NOTHING`,
		c.Tenant, c.ID, c.Number, string(c.Stage), c.Version, micros(c.OpenedAt), c.OpenedBy, micros(c.UpdatedAt)); err != nil {
		return err
	}
	if err := addStep(ctx, t, c.Tenant, c.ID, c.Stage, c.OpenedAt); err != nil {
		return err
	}
	for _, p := range persons {
		p.Tenant, p.CaseID = c.Tenant, c.ID
		if err := savePerson(ctx, t, p); err != nil {
			return err
		}
	}
	if err := pairNames(ctx, t, c.Tenant, c.ID, nil, foldsOf(persons)); err != nil {
		return err
	}
	for _, m := range members {
		m.CaseID = c.ID
		if err := addMember(ctx, t, c.Tenant, m); err != nil {
			return err
		}
	}
	return nil
}

// caseInScope reads one case the scope lets through.
func caseInScope(ctx context.Context, t *tx, s access.Scope, id string) (cases.Case, error) {
	var p params
	where := caseScope(s, &p, "c.tenant", "c.id")
	c, err := scanCase(t.row(ctx, `SELECT `+caseColumns+` FROM case_file c WHERE `+where+` AND c.id = `+p.add(id), p.v...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = noCase
	}
	return c, err
}

// Case implements cases.Store.
func (s *Store) Case(ctx context.Context, sc access.Scope, id string) (c cases.Case, err error) {
	err = s.read(ctx, func(t *tx) error {
		c, err = caseInScope(ctx, t, sc, id)
		return err
	})
	return c, err
}

func updateCase(ctx context.Context, t *tx, c cases.Case) error {
	n, err := t.exec(ctx, `UPDATE case_file SET stage = $1, updated_at = $2, version = version + 1,
			ended_at = CASE WHEN $1 <> 'closed' THEN NULL WHEN ended_at IS NULL THEN CAST($2 AS BIGINT) ELSE ended_at END
		WHERE tenant = $3 AND id = $4 AND version = $5`, string(c.Stage), micros(c.UpdatedAt), c.Tenant, c.ID, c.Version)
	if err != nil {
		return err
	}
	if n > 0 {
		if err := t.tell(ctx, webhooks.Event{Tenant: c.Tenant, Kind: webhooks.KindCaseStage, At: c.UpdatedAt, CaseID: c.ID}); err != nil {
			return err
		}
		return addStep(ctx, t, c.Tenant, c.ID, c.Stage, c.UpdatedAt)
	}
	var have int64
	err = t.row(ctx, `SELECT version FROM case_file WHERE tenant = $1 AND id = $2`, c.Tenant, c.ID).Scan(&have)
	if errors.Is(err, sql.ErrNoRows) {
		return noCase
	}
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "ほかの人がこのケースを先に変更しました。画面を更新して、もう一度お試しください。")
}

// addStep notes when a case came to a stage, unless it stands there already. Whoever comes here has made the case in this transaction, or has raised its version.
func addStep(ctx context.Context, t *tx, tenant, caseID string, stage cases.Stage, when time.Time) error {
	var last string
	n := 0
	err := t.row(ctx, `SELECT stage, n FROM stage_entry WHERE tenant = $1 AND case_id = $2 ORDER BY n DESC LIMIT 1`, tenant, caseID).Scan(&last, &n)
	if err := orMissing(err, nil); err != nil {
		return err
	}
	if last == string(stage) {
		return nil
	}
	_, err = t.exec(ctx, `INSERT INTO stage_entry (tenant, case_id, n, stage, at, gap) VALUES ($1, $2, $3, $4, $5, 0)`, tenant, caseID, n+1, string(stage), micros(when))
	return err
}

// Cases implements cases.Store. Holders also find a case by a name of its household, whatever variant of a kanji is typed.
func (s *Store) Cases(ctx context.Context, sc access.Scope, q cases.Query) (out []cases.Summary, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		query, args := s.caseQuery(sc, q, t.now)
		err := t.query(ctx, func(scan func(...any) error) error {
			var sum cases.Summary
			var next sql.NullInt64
			c, err := scanCase(scan, &sum.Persons, &sum.Agencies, &next, &sum.Until)
			sum.Case, sum.NextMeeting = c, atPtr(next)
			out = append(out, sum)
			return err
		}, query, args...)
		if err != nil {
			return err
		}
		if out, err = recheck(ctx, t, sc, out, text.Fold(q.Number)); err != nil {
			return err
		}
		kana, err := subjectKana(ctx, t, sc, out)
		for i := range out {
			out[i].SubjectKana = kana[out[i].ID]
		}
		return err
	})
	return out, err
}

func (s *Store) caseQuery(sc access.Scope, q cases.Query, now time.Time) (string, []any) {
	var p params
	where := []string{caseScope(sc, &p, "c.tenant", "c.id")}
	if sc.AgencyID != "" && !sc.All && sc.MeetingID == "" && sc.CaseID == "" {
		// What the scope says already, said so that the few cases of an agency are gone through, and not all there are.
		where = append(where, memberCases(&p, sc.Tenant, sc.AgencyID))
	}
	if folded := text.Fold(q.Number); folded != "" {
		where = append(where, s.caseWords(&p, sc, folded))
	}
	if q.ID != "" {
		where = append(where, `c.id = `+p.add(q.ID))
	}
	if q.Stage != "" {
		where = append(where, `c.stage = `+p.add(string(q.Stage)))
	}
	if q.AgencyID != "" {
		where = append(where, memberCases(&p, sc.Tenant, q.AgencyID))
	}
	if q.After != "" {
		where = append(where, `c.number < `+p.add(q.After))
	}
	since := p.add(micros(now))
	limit := p.add(min(max(q.Limit, 1), 200))
	return `SELECT ` + caseColumns + `,
		(SELECT COUNT(*) FROM person p WHERE p.tenant = c.tenant AND p.case_id = c.id),
		(SELECT COUNT(*) FROM case_member m WHERE m.tenant = c.tenant AND m.case_id = c.id AND m.ended_at IS NULL),
		(SELECT MIN(g.planned_start) FROM meeting g WHERE g.tenant = c.tenant AND g.case_id = c.id
			AND g.planned_end >= ` + since + ` AND g.closed_at IS NULL),
		COALESCE((SELECT st.until_on FROM case_step st WHERE st.tenant = c.tenant AND st.case_id = c.id AND st.version = c.version AND c.stage = 'suspended'), '')
		FROM case_file c WHERE ` + strings.Join(where, " AND ") + ` ORDER BY c.number DESC LIMIT ` + limit, p.v
}

// memberCases is the condition that an agency works in the case c now.
func memberCases(p *params, tenant, agencyID string) string {
	return `c.id IN (SELECT qm.case_id FROM case_member qm WHERE qm.tenant = ` + p.add(tenant) + ` AND qm.agency_id = ` + p.add(agencyID) + ` AND qm.ended_at IS NULL)`
}

// recheck looks at every hit of the search copy again, on the text itself.
func recheck(ctx context.Context, t *tx, sc access.Scope, found []cases.Summary, folded string) ([]cases.Summary, error) {
	if folded == "" || len(found) == 0 {
		return found, nil
	}
	texts := map[string][]string{} // by case
	p := params{v: []any{sc.Tenant}}
	var in []string
	for _, c := range found {
		in = append(in, p.add(c.ID))
	}
	if err := t.query(ctx, func(scan func(...any) error) error {
		q, err := scanPerson(scan)
		texts[q.CaseID] = append(texts[q.CaseID], searchText(q))
		return err
	}, `SELECT `+personColumns+` FROM person WHERE tenant = $1 AND case_id IN (`+strings.Join(in, ",")+`)`, p.v...); err != nil {
		return nil, err
	}
	kept := found[:0]
	for _, c := range found {
		if contains(c.Number, folded) || slices.ContainsFunc(texts[c.ID], func(s string) bool { return contains(s, folded) }) {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// searchText is what a person is found by.
func searchText(p cases.Person) string { return p.Name + "\n" + p.Kana + "\n" + p.Alias }

// subjectKana reads the kana of the subjects of each case in household order.
func subjectKana(ctx context.Context, t *tx, sc access.Scope, list []cases.Summary) (map[string][]string, error) {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return subjectKanaOf(ctx, t, sc, ids)
}

// subjectKanaOf leaves out whoever is withheld from the agency that asks; a guest's agency is not known here, so for guests whoever is
// withheld from anybody.
func subjectKanaOf(ctx context.Context, t *tx, sc access.Scope, caseIDs []string) (map[string][]string, error) {
	out := map[string][]string{}
	for chunk := range slices.Chunk(caseIDs, 200) {
		p := params{v: []any{sc.Tenant}}
		var in []string
		for _, id := range chunk {
			in = append(in, p.add(id))
		}
		err := t.query(ctx, func(scan func(...any) error) error {
			var id, kana, from string
			var withheld []string
			if err := scan(&id, &kana, &from); err != nil {
				return err
			}
			if err := fromJSON(from, &withheld); err != nil {
				return err
			}
			if sc.All || len(withheld) == 0 || sc.AgencyID != "" && !slices.Contains(withheld, sc.AgencyID) {
				out[id] = append(out[id], kana)
			}
			return nil
		}, `SELECT case_id, kana, withheld_from FROM person WHERE tenant = $1 AND subject = 1 AND case_id IN (`+strings.Join(in, ",")+`)
			ORDER BY case_id, ord, id`, p.v...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// EnsureDocs implements cases.Store, plans.Store and meeting.Store.
func (s *Store) EnsureDocs(ctx context.Context, want []live.Meta, e access.Entry) (out []live.Meta, err error) {
	places := func(t *tx) (missing []live.Meta, err error) {
		out = make([]live.Meta, len(want))
		for i, m := range want {
			have, err := scanDoc(t.row(ctx, `SELECT `+docColumns+` FROM doc
				WHERE tenant = $1 AND kind = $2 AND owner_id = $3 AND person_id = $4 AND item = $5`,
				m.Tenant, string(m.Kind), m.OwnerID, m.PersonID, string(m.Item)).Scan)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				missing = append(missing, m)
			case err != nil:
				return nil, err
			case have.CaseID != m.CaseID:
				return nil, fault.New(fault.Conflict, "この文書はほかのケースのものです。")
			default:
				out[i] = have
			}
		}
		return missing, nil
	}
	var missing []live.Meta
	err = s.read(ctx, func(t *tx) error {
		missing, err = places(t)
		return err
	})
	if err != nil || len(missing) == 0 {
		return out, err
	}
	err = s.lockingWrite(ctx, func(t *tx) error {
		if err := makeDocs(ctx, t, missing); err != nil {
			return err
		}
		still, err := places(t)
		if err != nil || len(still) > 0 {
			return errors.Join(err, errors.New("store: document was not made"))
		}
		if !slices.ContainsFunc(missing, func(m live.Meta) bool {
			return slices.ContainsFunc(out, func(o live.Meta) bool { return o.ID == m.ID })
		}) {
			return nil // another made them all in between
		}
		return t.audit(ctx, e)
	})
	return out, err
}

// makeDocs locks the cases of the documents, in order, and makes the documents.
func makeDocs(ctx context.Context, t *tx, docs []live.Meta) error {
	locked := map[string]bool{}
	for _, m := range docs {
		locked[m.Tenant+"\n"+m.CaseID] = true
	}
	for _, key := range slices.Sorted(maps.Keys(locked)) {
		tenant, id, _ := strings.Cut(key, "\n")
		if err := lockCase(ctx, t, tenant, id); err != nil {
			return err
		}
	}
	if err := insertDocs(ctx, t, docs); err != nil {
		return err
	}
	return joinsNothingFrozen(ctx, t, docs)
}

// joinsNothingFrozen refuses a new document of a plan or minutes that stand still: it would belong to no version and take writing.
func joinsNothingFrozen(ctx context.Context, t *tx, docs []live.Meta) error {
	for _, m := range docs {
		var id string
		err := t.row(ctx, `SELECT d.id FROM doc d JOIN doc f ON f.tenant = d.tenant AND f.kind = d.kind AND f.owner_id = d.owner_id
			WHERE d.tenant = $1 AND d.id = $2 AND d.frozen = 0 AND f.frozen = 1 LIMIT 1`, m.Tenant, m.ID).Scan(&id)
		if err == nil {
			return fault.New(fault.Conflict, "文書が固定されているため、新しい区分を加えられません。直すときは議長に編集の再開を求めてください。")
		}
		if err := orMissing(err, nil); err != nil {
			return err
		}
	}
	return nil
}
