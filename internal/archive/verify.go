package archive

import (
	"context"
	"fmt"
	"io"

	"kasane/internal/access"
	"kasane/internal/audit"
)

// Problem is one thing that is not as it was sealed.
type Problem struct {
	Number   string `json:"number"`   // 文書番号, "" when it is not a record
	FileName string `json:"fileName"` // "" when it is not a file
	Message  string `json:"message"`  // Japanese
}

// Report is the outcome of a verification.
type Report struct {
	OK       bool      `json:"ok"`
	Checked  int       `json:"checked"` // records
	Entries  int64     `json:"entries"` // of the audit log
	Problems []Problem `json:"problems"`
}

func (p *Report) add(r Record, format string, args ...any) {
	p.Problems = append(p.Problems, Problem{Number: r.Number, FileName: r.FileName, Message: fmt.Sprintf(format, args...)})
}

// Verify reads everything sealed in a municipality again: each file and its content against their hashes, the chain from
// its first record to its head, other content that is known by a hash, the audit log against every checkpoint written
// down, and the sealings noted in the audit log against the records. An error means that it could not be read.
func Verify(ctx context.Context, st Snapshots, tenant string) (rep Report, err error) {
	err = st.AtOneMoment(ctx, func(src Source) error {
		rep, err = verify(ctx, src, tenant)
		return err
	})
	return rep, err
}

func verify(ctx context.Context, src Source, tenant string) (Report, error) {
	rep := Report{Problems: []Problem{}}
	points, err := src.AuditCheckpoints(ctx, tenant)
	if err != nil {
		return rep, err
	}
	sealed := map[string]string{} // record id → chain hash
	anchors, err := verifyChain(ctx, src, tenant, &rep, sealed)
	if err != nil {
		return rep, err
	}
	err = src.EachHashed(ctx, tenant, func(h Hashed) error {
		if Sum(h.Stored) != h.Hash {
			rep.add(Record{}, "%sの内容が、記録されたハッシュ値と一致しません。", h.What)
		}
		return nil
	})
	if err != nil {
		return rep, err
	}
	v := audit.NewVerifier(append(points, anchors...))
	err = src.EachAuditEntry(ctx, tenant, func(leaf int64, e access.Entry, hash []byte) error {
		v.Entry(leaf, e, hash)
		if e.Verb == access.VerbSeal && e.Reason == SealReason {
			if chain, ok := sealed[e.Target]; !ok {
				rep.add(Record{}, "監査ログにある確定文書(ID %s)がありません。", e.Target)
			} else if chain != e.Hash {
				rep.add(Record{}, "確定文書(ID %s)が、監査ログに残る確定時のものと異なります。", e.Target)
			}
		}
		return nil
	})
	if err != nil {
		return rep, err
	}
	for _, m := range v.End() {
		rep.add(Record{}, "%s", m)
	}
	rep.Entries = v.Size()
	rep.OK = len(rep.Problems) == 0
	return rep, nil
}

// verifyChain walks the chain and gives the audit checkpoints its records name.
func verifyChain(ctx context.Context, src Source, tenant string, rep *Report, sealed map[string]string) (anchors []audit.Checkpoint, err error) {
	var last Record
	err = src.EachRecord(ctx, tenant, func(r Record, file, content []byte) error {
		rep.Checked++
		sealed[r.ID] = r.ChainHash
		checkFile(rep, r, file, content)
		switch {
		case r.Seq != last.Seq+1:
			rep.add(r, "この文書の前にあるはずの確定文書(%d番目)がありません。", last.Seq+1)
		case r.PrevHash != last.ChainHash:
			rep.add(r, "前の確定文書とのつながりが切れています。並びが入れ替わったか、前の文書が変えられています。")
		}
		if Chain(r) != r.ChainHash {
			rep.add(r, "文書の記録(番号・件名・日時など)が確定時のものと異なります。")
		}
		if r.AuditCheckpoint != "" {
			c, err := audit.ParseCheckpoint(r.AuditCheckpoint)
			if err != nil {
				rep.add(r, "監査ログの到達点が読めません。")
			} else {
				anchors = append(anchors, c)
			}
		}
		last = r
		return nil
	})
	if err != nil {
		return nil, err
	}
	seq, chain, err := src.ChainHead(ctx, tenant)
	if err != nil {
		return nil, err
	}
	if seq != last.Seq || chain != last.ChainHash {
		rep.add(last, "確定文書の末尾が失われているか、加えられています(%d件あるはずが%d件)。", seq, last.Seq)
	}
	return anchors, nil
}

func checkFile(rep *Report, r Record, file, content []byte) {
	if Sum(file) != r.FileSHA256 || int64(len(file)) != r.Size {
		rep.add(r, "ファイルの内容が確定時のものと異なります(改ざん、または破損)。")
	}
	if Sum(content) != r.ContentSHA256 {
		rep.add(r, "ファイルの元になった内容が確定時のものと異なります。")
	}
}

// VerifyStore verifies every municipality and writes what it found in Japanese; `kasane verify` prints it. The report is
// that of all together.
func VerifyStore(ctx context.Context, st Snapshots, w io.Writer) (Report, error) {
	all := Report{Problems: []Problem{}}
	var list []access.Municipality
	err := st.AtOneMoment(ctx, func(src Source) (err error) {
		list, err = src.ListMunicipalities(ctx)
		return err
	})
	if err != nil {
		return all, err
	}
	for _, m := range list {
		r, err := Verify(ctx, st, m.ID)
		if err != nil {
			return all, err
		}
		all.Checked += r.Checked
		all.Entries += r.Entries
		all.Problems = append(all.Problems, r.Problems...)
		if _, err := fmt.Fprintf(w, "%s: 確定文書 %d件、監査ログ %d件を確かめました。\n", m.Name, r.Checked, r.Entries); err != nil {
			return all, err
		}
		for _, p := range r.Problems {
			if err := printProblem(w, p); err != nil {
				return all, err
			}
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

func printProblem(w io.Writer, p Problem) error {
	what := ""
	if p.Number != "" || p.FileName != "" {
		what = fmt.Sprintf("[%s] %s: ", p.Number, p.FileName)
	}
	_, err := fmt.Fprintf(w, "  ×  %s%s\n", what, p.Message)
	return err
}
