package archive

import (
	"context"
	"fmt"
	"io"
	"slices"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/jptime"
)

// VerifyStore verifies every municipality and writes what it found in Japanese; `kasane verify` prints it. The report is
// that of all together.
func VerifyStore(ctx context.Context, st Snapshots, w io.Writer, trust Trust) (Report, error) {
	all := Report{Problems: []Problem{}}
	var list []access.Municipality
	err := st.AtOneMoment(ctx, func(src Source) (err error) {
		list, err = src.ListMunicipalities(ctx)
		return err
	})
	if err != nil {
		return all, err
	}
	gone, err := deleted(ctx, st)
	if err != nil {
		return all, err
	}
	all.Problems = place(list, trust, gone)
	for _, p := range all.Problems {
		if err := printProblem(w, p); err != nil {
			return all, err
		}
	}
	for _, m := range list {
		r, err := Verify(ctx, st, m.ID, trust)
		if err != nil {
			return all, err
		}
		all.Checked += r.Checked
		all.Entries += r.Entries
		all.Problems = append(all.Problems, r.Problems...)
		if err := printReport(w, m, r, trust); err != nil {
			return all, err
		}
	}
	own, err := Verify(ctx, st, access.Installation, trust)
	if err != nil {
		return all, err
	}
	all.Problems = append(all.Problems, own.Problems...)
	if own.Entries > 0 || !own.OK {
		if err := printReport(w, access.Municipality{ID: access.Installation, Name: "設置の記録"}, own, trust); err != nil {
			return all, err
		}
	}
	all.OK = len(all.Problems) == 0
	verdict := "すべて確定時のままです。"
	if !all.OK {
		verdict = fmt.Sprintf("%d件の問題が見つかりました。", len(all.Problems))
	}
	_, err = fmt.Fprintln(w, verdict)
	return all, err
}

// deleted are the municipalities whose deletion stands in the log of the installation: that nothing is left of their logs is as it should be.
func deleted(ctx context.Context, st Snapshots) (map[string]bool, error) {
	gone := map[string]bool{}
	return gone, st.AtOneMoment(ctx, func(src Source) error {
		return src.EachAuditEntry(ctx, access.Installation, func(_ int64, e access.Entry, _ []byte) error {
			if e.Verb == access.VerbTownDelete {
				gone[e.Target] = true
			}
			return nil
		})
	})
}

// VerifyTown is VerifyStore for one municipality.
func VerifyTown(ctx context.Context, st Snapshots, m access.Municipality, w io.Writer, trust Trust) (Report, error) {
	r, err := Verify(ctx, st, m.ID, trust)
	if err != nil {
		return r, err
	}
	return r, printReport(w, m, r, trust)
}

// place finds the municipality of each anchor that came without one. What belongs to none is a problem.
func place(list []access.Municipality, trust Trust, gone map[string]bool) []Problem {
	out := []Problem{}
	for _, a := range trust.Anchors[""] {
		of := slices.IndexFunc(list, func(m access.Municipality) bool { return trust.Keys.Signed(m.ID, a.Checkpoint) })
		if of < 0 && len(list) == 1 {
			of = 0
		}
		if of < 0 {
			out = append(out, Problem{Part: audit.PartCheckpoint, From: a.Size, To: a.Size,
				Message: a.Where + "がどの市町村のものか分かりません。署名まで含めた全体を渡してください。"})
			continue
		}
		trust.Anchors[list[of].ID] = append(trust.Anchors[list[of].ID], a)
	}
	delete(trust.Anchors, "")
	for tenant, as := range trust.Anchors {
		if tenant != access.Installation && !gone[tenant] && !slices.ContainsFunc(list, func(m access.Municipality) bool { return m.ID == tenant }) {
			out = append(out, Problem{Part: audit.PartEntry, From: 1, To: as[0].Size, Message: "市町村(ID " + tenant + ")の監査ログがすべて失われています。"})
		}
	}
	return out
}

func printReport(w io.Writer, m access.Municipality, r Report, trust Trust) error {
	if _, err := fmt.Fprintf(w, "%s: 確定文書 %d件、監査ログ %d件を確かめました。\n", m.Name, r.Checked, r.Entries); err != nil {
		return err
	}
	if err := r.Signatures.print(w); err != nil {
		return err
	}
	for _, p := range r.Problems {
		if err := printProblem(w, p); err != nil {
			return err
		}
	}
	if !r.OK {
		return nil
	}
	for _, o := range r.Origins {
		if _, err := fmt.Fprintf(w, "  ○  監査ログの%d件目までは、%s に移る前の設置の署名です(検証鍵 %s)。\n", o.Size, jptime.FormatDateTime(o.At), o.Key); err != nil {
			return err
		}
	}
	for _, a := range trust.Anchors[m.ID] {
		if _, err := fmt.Fprintf(w, "  ○  監査ログは%sの到達点(%d件)の続きです。\n", a.Where, a.Size); err != nil {
			return err
		}
	}
	return nil
}

func printProblem(w io.Writer, p Problem) error {
	what := ""
	if p.Number != "" || p.FileName != "" {
		what = fmt.Sprintf("[%s] %s: ", p.Number, p.FileName)
	}
	_, err := fmt.Fprintf(w, "  ×  %s%s\n", what, p.Message)
	return err
}
