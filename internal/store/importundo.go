package store

import (
	"context"
	"fmt"

	"kasane/internal/access"
	"kasane/internal/imports"
)

// importedRow is a case that came in with a list. In scope: whoever takes it back may see it.
type importedRow struct {
	caseID, number string
	docs           int64
	inScope        bool
}

// importedRows are the cases of an import that stand, in the order of their ids: the order in which cases are locked.
func importedRows(ctx context.Context, t *tx, sc access.Scope, id string) (out []importedRow, err error) {
	var p params
	where := caseScope(sc, &p, "c.tenant", "c.id")
	tenant, of := p.add(sc.Tenant), p.add(id)
	err = t.query(ctx, func(scan func(...any) error) error {
		var r importedRow
		var seen int
		err := scan(&r.caseID, &r.number, &r.docs, &seen)
		r.inScope = seen == 1
		out = append(out, r)
		return err
	}, `SELECT c.id, c.number, r.docs, CASE WHEN `+where+` THEN 1 ELSE 0 END FROM case_import_row r JOIN case_file c ON c.tenant = r.tenant AND c.id = r.case_id
		WHERE r.tenant = `+tenant+` AND r.import_id = `+of+` ORDER BY c.id`, p.v...)
	return out, err
}

// undoRow takes one case away, or says why it stays.
func undoRow(ctx context.Context, t *tx, tenant string, r importedRow, b imports.Batch, u *imports.Undone, entry func(caseID string) access.Entry) error {
	if err := lockCase(ctx, t, tenant, r.caseID); err != nil {
		return err
	}
	if err := bumpCase(ctx, t, tenant, r.caseID); err != nil { // nobody types into its documents from here on
		return err
	}
	why, err := workedOn(ctx, t, tenant, r, b)
	switch {
	case err != nil:
		return err
	case !r.inScope:
		u.Others++
		return nil
	case why != "":
		u.Kept = append(u.Kept, imports.Kept{CaseID: r.caseID, Number: r.number, Why: why})
		return nil
	}
	if err := removeImported(ctx, t, tenant, r.caseID); err != nil {
		return err
	}
	u.Removed++
	return t.audit(ctx, entry(r.caseID))
}

// addedTo are the tables in which somebody adds to a case, with what is said of it. Together with importedInto and besideCases they are all that name a case: a test holds
// the list against the schema.
var addedTo = []struct{ table, why string }{
	{"consent_record", "同意の記録がある"}, {"plan", "プランがある"}, {"plan_version", "プランがある"}, {"meeting", "会議がある"}, {"file_blob", "証憑がある"}, {"case_bar", "閲覧遮断がある"}, {"emergency_disclosure", "緊急開示がある"},
	{"break_glass", "緊急時の閲覧がある"}, {"case_discretion", "「本人に非開示」の定めがある"}, {"handout", "資料がある"}, {"lead_offer", "主担当の申し出がある"}, {"place_link", "社会資源へのコーディネートがある"},
	{"outreach_entry", "働きかけの記録がある"}, {"outreach_visit", "訪問の予定がある"}, {"outreach_safety", "安全上の留意がある"}, {"joining", "参加支援がある"}, {"plan_review", "モニタリング・評価がある"},
	{"intake", "相談の受付がある"}, {"referral", "つなぎがある"}, {"decision", "支援決定の起案がある"}, {"screening", "スクリーニングがある"}, {"case_step", "段階が変えられている"}, {"followup", "フォローアップがある"},
	{"case_former", "再受付で結びついたケースがある"}, {"archive_record", "確定した文書がある"}, {"sheet_copy", "文書の写しを渡している"},
}

// importedInto are the tables an import writes itself.
var importedInto = []string{"case_import_row", "person", "case_member", "case_end", "doc", "sheet_answer", "name_pair", "name_paired", "stage_entry"}

// besideCases name a case and are no part of it.
var besideCases = []string{"audit_entry"}

// workedOn says in what way somebody has worked on a case since it came in, "" when nobody has. Who only looked at it has not.
func workedOn(ctx context.Context, t *tx, tenant string, r importedRow, b imports.Batch) (string, error) {
	var version, persons, members, heads, others int64
	err := t.row(ctx, `SELECT c.version,
		(SELECT COUNT(*) FROM person p WHERE p.tenant = c.tenant AND p.case_id = c.id AND p.updated_at <> $3),
		(SELECT COUNT(*) FROM case_member m WHERE m.tenant = c.tenant AND m.case_id = c.id AND (m.since <> $3 OR m.ended_at IS NOT NULL)),
		(SELECT COALESCE(SUM(d.head), 0) FROM doc d WHERE d.tenant = c.tenant AND d.case_id = c.id),
		(SELECT COUNT(*) FROM doc d WHERE d.tenant = c.tenant AND d.case_id = c.id AND d.kind <> 'section')
		FROM case_file c WHERE c.tenant = $1 AND c.id = $2`, tenant, r.caseID, micros(b.At)).Scan(&version, &persons, &members, &heads, &others)
	switch {
	case err != nil:
		return "", err
	case version != 1:
		return "段階が変えられている", nil
	case persons > 0:
		return "世帯員が変えられている", nil
	case members > 0:
		return "関わる機関が変えられている", nil
	case heads != r.docs || others > 0:
		return "書き込みがある", nil
	}
	for _, a := range addedTo {
		var n int64
		if err := t.row(ctx, `SELECT COUNT(*) FROM `+a.table+` WHERE tenant = $1 AND case_id = $2`, tenant, r.caseID).Scan(&n); err != nil {
			return "", fmt.Errorf("%s: %w", a.table, err)
		}
		if n > 0 {
			return a.why, nil
		}
	}
	var n int64
	if err := t.row(ctx, `SELECT COUNT(*) FROM case_former WHERE tenant = $1 AND former_id = $2`, tenant, r.caseID).Scan(&n); err != nil || n == 0 {
		return "", err
	}
	return "再受付で結びついたケースがある", nil
}

// removeImported deletes what an import wrote, with the empty documents that were made when somebody looked at the case.
func removeImported(ctx context.Context, t *tx, tenant, caseID string) error {
	persons, err := personsOf(ctx, t, tenant, caseID)
	if err != nil {
		return err
	}
	if err := pairNames(ctx, t, tenant, caseID, foldsOf(persons), nil); err != nil {
		return err
	}
	ofDocs := ` WHERE tenant = $1 AND doc_id IN (SELECT id FROM doc WHERE tenant = $1 AND case_id = $2)`
	for _, q := range []string{
		`DELETE FROM doc_update` + ofDocs, `DELETE FROM doc_snapshot` + ofDocs, `DELETE FROM doc_client` + ofDocs, `DELETE FROM audit_doc` + ofDocs, `DELETE FROM sheet_reading` + ofDocs,
		`DELETE FROM sheet_answer WHERE tenant = $1 AND case_id = $2`, `DELETE FROM doc WHERE tenant = $1 AND case_id = $2`, `DELETE FROM case_end WHERE tenant = $1 AND case_id = $2`,
		`DELETE FROM case_member WHERE tenant = $1 AND case_id = $2`, `DELETE FROM person WHERE tenant = $1 AND case_id = $2`,
		`DELETE FROM name_paired WHERE tenant = $1 AND case_id = $2`, `DELETE FROM stage_entry WHERE tenant = $1 AND case_id = $2`, `DELETE FROM case_import_row WHERE tenant = $1 AND case_id = $2`, `DELETE FROM case_file WHERE tenant = $1 AND id = $2`,
	} {
		if _, err := t.exec(ctx, q, tenant, caseID); err != nil {
			return err
		}
	}
	return nil
}
