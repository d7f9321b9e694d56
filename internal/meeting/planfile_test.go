package meeting_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/tables"
)

// The plan as a file has the sections of the form, what the reader may see of each, 同意範囲外 in the place of the rest, and no formula.
func TestThePlanAsAFile(t *testing.T) {
	t.Parallel()
	w := scheduled(t)
	w.write(w.doc(live.KindPlan, "", consent.ItemBasic), func(b *live.Builder) { b.Text("policy", "=1+1という方針") })
	ref, err := w.plans.EnsureDoc(w.ctx, w.sec, w.id, w.planID, "p1", consent.ItemIncome)
	if err != nil {
		t.Fatal(err)
	}
	w.write(ref.DocID, func(b *live.Builder) {
		b.Row("need", "need00000009", "a1", map[string]any{"code": "09", "priority": "1"}, map[string]string{"text": "家賃の滞納の秘密"})
	})
	raw, name, err := w.svc.PlanTable(w.ctx, w.sec, w.id, tables.FormXLSX)
	if err != nil || !strings.HasSuffix(name, "_支援プラン_案.xlsx") {
		t.Fatalf("%s %v", name, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("支援プラン")
	if err != nil {
		t.Fatal(err)
	}
	cell := func(label string) string {
		i := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 1 && r[0] == label })
		if i < 0 {
			t.Errorf("no row %s in %q", label, rows)
			return ""
		}
		return rows[i][1]
	}
	for label, want := range map[string]string{"ケースID": "K2026-0001", "支援の方針": "=1+1という方針"} {
		if got := cell(label); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	if !slices.ContainsFunc(rows, func(r []string) bool {
		return len(r) > 1 && strings.HasPrefix(r[0], "順位") && strings.HasPrefix(r[1], "09 経済的困窮　家賃の滞納の秘密")
	}) {
		t.Errorf("no 優先課題 of income: %q", rows)
	}
	for _, section := range []string{"プラン", "本人・世帯", "本人・家族の意向", "目標", "主担当機関", "利用する事業", "会議の結果・支援決定"} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return len(r) == 1 && r[0] == section }) {
			t.Errorf("no section %s: %q", section, rows)
		}
	}
	if merged, err := f.GetMergeCells("支援プラン"); err != nil || len(merged) < 10 {
		t.Errorf("%d headings run over the sheet: %v", len(merged), err)
	}
	list, _, err := w.svc.PlanTable(w.ctx, w.hk, w.id, tables.FormCSV)
	if err != nil || bytes.Contains(list, []byte("家賃の滞納")) || !bytes.Contains(list, []byte("同意範囲外")) || !bytes.Contains(list, []byte("'=1+1という方針")) {
		t.Errorf("for an agency: %s %v", list, err)
	}
	last := w.store.Audit[len(w.store.Audit)-1]
	if last.Verb != access.VerbMatrixTake || last.ActorID != w.hk.UserID || len(last.Hash) != 64 {
		t.Errorf("%+v", last)
	}
	screen := w.hk
	screen.NoCopies = true
	if _, _, err := w.svc.PlanTable(w.ctx, screen, w.id, tables.FormXLSX); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who takes no copies: %v", err)
	}
}
