package archive

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/seal"
)

// Part names of problems outside the audit log.
const (
	PartRecord  audit.Part = "record"  // 確定文書; From and To are places in the chain
	PartHead    audit.Part = "head"    // the end of the chain
	PartContent audit.Part = "content" // other content known by a hash
	PartRows    audit.Part = "rows"    // rows of a live document's log
)

// Problem is one thing that is not as it was sealed.
type Problem struct {
	Number   string `json:"number"`   // 文書番号, "" when it is not a record
	FileName string `json:"fileName"` // "" when it is not a file
	Message  string `json:"message"`  // Japanese
	// Where: the kind of the row, and the first and the last it can be.
	Part audit.Part `json:"part"`
	From int64      `json:"from"`
	To   int64      `json:"to"`
}

// Report is the outcome of a verification.
type Report struct {
	OK       bool      `json:"ok"`
	Checked  int       `json:"checked"` // records
	Entries  int64     `json:"entries"` // of the audit log
	Problems []Problem `json:"problems"`

	Origins    []audit.Origin `json:"-"` // installations the municipality was at before
	Signatures Signatures     `json:"signatures"`
	Signature  *seal.Checked  `json:"signature,omitempty"` // of the one record that was asked for
}

// Trust is what a verification believes though it does not lie in the database.
type Trust struct {
	// Keys check the signatures of checkpoints; without any they are not looked at.
	Keys audit.Keys
	// Anchors are checkpoints of a municipality written down elsewhere: the data folder, an older paper. Those of the key "" belong to some
	// municipality, which is not known.
	Anchors map[string][]audit.Anchor
	// Signatures are the certificates that are believed.
	Signatures seal.Trust
}

func (p *Report) add(part audit.Part, r Record, at int64, format string, args ...any) {
	p.Problems = append(p.Problems, Problem{Number: r.Number, FileName: r.FileName, Message: fmt.Sprintf(format, args...), Part: part, From: at, To: at})
}

// Verify reads everything sealed in a municipality again: each file and its content against their hashes, the chain from
// its first record to its head, other content that is known by a hash, the audit log against every checkpoint written
// down, the sealings noted in the audit log against the records, and the logs of live documents against their hashes in the audit log. An
// error means that it could not be read.
func Verify(ctx context.Context, st Snapshots, tenant string, trust Trust) (rep Report, err error) {
	err = st.AtOneMoment(ctx, func(src Source) error {
		rep, err = verify(ctx, src, tenant, trust)
		return err
	})
	return rep, err
}

func verify(ctx context.Context, src Source, tenant string, trust Trust) (Report, error) {
	rep := Report{Problems: []Problem{}, Signatures: believed(trust.Signatures)}
	points, err := src.AuditCheckpoints(ctx, tenant)
	if err != nil {
		return rep, err
	}
	origins, err := src.AuditOrigins(ctx, tenant)
	if err != nil {
		return rep, err
	}
	rep.Origins = origins
	sealed := map[string]Record{} // by id
	var graves graves
	anchors, err := verifyChain(ctx, src, tenant, &rep, sealed, &graves, trust.Signatures)
	if err != nil {
		return rep, err
	}
	err = src.EachHashed(ctx, tenant, func(h Hashed) error {
		if Sum(h.Stored) != h.Hash {
			rep.add(PartContent, Record{}, 0, "%sの内容が、記録されたハッシュ値と一致しません。", h.What)
		}
		return nil
	})
	if err != nil {
		return rep, err
	}
	v := audit.NewVerifier(tenant, points, append(anchors, trust.Anchors[tenant]...), trust.Keys, origins...)
	var logs []access.Entry
	came, gone := map[string]bool{}, map[string]bool{} // cases that came in with a list, and those that were taken back
	err = src.EachAuditEntry(ctx, tenant, func(leaf int64, e access.Entry, hash []byte) error {
		v.Entry(leaf, e, hash)
		switch {
		case e.Verb == access.VerbSeal && e.Reason == SealReason:
			checkSealing(&rep, e, sealed)
		case e.Verb == access.VerbDocLog:
			logs = append(logs, e)
		case e.Verb == access.VerbCaseCreate && e.Reason == access.ReasonImport:
			came[e.CaseID] = true
		case e.Verb == access.VerbImportUndo && came[e.CaseID]:
			gone[e.CaseID] = true
		case e.Verb == access.VerbArchiveDispose:
			graves.entry(e)
		}
		return nil
	})
	if err != nil {
		return rep, err
	}
	for _, f := range v.End() {
		rep.Problems = append(rep.Problems, Problem{Message: f.Message, Part: f.Part, From: f.From, To: f.To})
	}
	rep.Entries = v.Size()
	if err := graves.check(ctx, src, tenant, &rep, sealed); err != nil {
		return rep, err
	}
	// The rows of a case that was taken back went with it: its own entry in the log, which cannot be forged, says so.
	logs = slices.DeleteFunc(logs, func(e access.Entry) bool { return gone[e.CaseID] })
	if err := verifyRows(ctx, src, tenant, logs, &rep); err != nil {
		return rep, err
	}
	rep.OK = len(rep.Problems) == 0
	return rep, nil
}

// checkSealing holds what the audit log says of a sealing against the record.
func checkSealing(rep *Report, e access.Entry, sealed map[string]Record) {
	if r, ok := sealed[e.Target]; !ok {
		rep.add(PartRecord, Record{}, int64(len(sealed))+1, "監査ログにある確定文書(ID %s)がありません。", e.Target)
	} else if r.ChainHash != e.Hash {
		rep.add(PartRecord, r, r.Seq, "確定文書(ID %s)が、監査ログに残る確定時のものと異なります。", e.Target)
	}
}

// verifyRows holds the logs of live documents against the hashes in the audit log: every row up to where the sequencer stands, none left out.
func verifyRows(ctx context.Context, src Source, tenant string, logs []access.Entry, rep *Report) error {
	bad := func(id string, rows audit.Rows, what string) {
		rep.Problems = append(rep.Problems, Problem{Part: PartRows, From: rows.From, To: rows.To,
			Message: fmt.Sprintf("文書(ID %s)の入力の記録の%d〜%d行目が、%s。", id, rows.From, rows.To, what)})
	}
	last := map[string]int64{}
	for _, e := range logs {
		rows, ok := audit.ParseRows(e.Reason)
		if !ok { // the entry itself was changed, which has been said
			continue
		}
		sum, err := src.HashOfRows(ctx, tenant, e.Target, rows)
		if err != nil {
			return err
		}
		if sum != e.Hash {
			bad(e.Target, rows, "監査ログに残るものと異なります")
		}
		if rows.From != last[e.Target]+1 {
			bad(e.Target, audit.Rows{From: last[e.Target] + 1, To: rows.From}, "監査ログに一度だけ記録されていません")
		}
		last[e.Target] = rows.To
	}
	noted, err := src.RowsNoted(ctx, tenant)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(noted)) {
		if n := noted[id]; n != last[id] {
			bad(id, audit.Rows{From: min(n, last[id]) + 1, To: max(n, last[id])}, "監査ログに記録されていません")
		}
		delete(last, id)
	}
	for _, id := range slices.Sorted(maps.Keys(last)) {
		bad(id, audit.Rows{From: 1, To: last[id]}, "どこまで監査ログに記録したか分からなくなっています")
	}
	return nil
}

// verifyChain walks the chain and gives the audit checkpoints its records name.
func verifyChain(ctx context.Context, src Source, tenant string, rep *Report, sealed map[string]Record, graves *graves, trust seal.Trust) (anchors []audit.Anchor, err error) {
	var last Record
	papers := versions{}
	err = src.EachRecord(ctx, tenant, func(k Kept) error {
		r := k.Record
		rep.Checked++
		sealed[r.ID] = r
		if checkFile(rep, k, trust); r.Kind == KindDisposal {
			graves.certificate(k)
		}
		switch {
		case r.Seq != last.Seq+1:
			rep.add(PartRecord, r, last.Seq+1, "この文書の前にあるはずの確定文書(%d番目)がありません。", last.Seq+1)
		case r.PrevHash != last.ChainHash:
			rep.add(PartRecord, r, r.Seq, "前の確定文書とのつながりが切れています。並びが入れ替わったか、前の文書が変えられています。")
		}
		if Chain(r) != r.ChainHash {
			rep.add(PartRecord, r, r.Seq, "文書の記録(番号・件名・日時など)が確定時のものと異なります。")
		}
		papers.check(r, func(r Record, format string, args ...any) { rep.add(PartRecord, r, r.Seq, format, args...) })
		if !k.Findable { // after the chain: where the number of the row itself was changed, that names the row
			rep.add(PartRecord, r, r.Seq, "検索用の写しが書き換えられています。この文書は検索で見つからないことがあります。")
		}
		if r.AuditCheckpoint != "" {
			c, err := audit.ParseCheckpoint(r.AuditCheckpoint)
			if err != nil {
				rep.add(PartRecord, r, r.Seq, "監査ログの到達点が読めません。")
			} else if Chain(r) == r.ChainHash { // else it is the record that was changed
				anchors = append(anchors, audit.Anchor{Checkpoint: c, Where: fmt.Sprintf("確定文書 %s", r.Number)})
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
		rep.add(PartHead, last, min(seq, last.Seq)+1, "確定文書の末尾が失われているか、加えられています(%d件あるはずが%d件)。", seq, last.Seq)
	}
	return anchors, nil
}

func checkFile(rep *Report, k Kept, trust seal.Trust) {
	r := k.Record
	if r.Disposed != "" {
		if len(k.File)+len(k.Content)+len(k.Parts) > 0 {
			rep.add(PartRecord, r, r.Seq, "廃棄したはずの文書の本文が残っています。")
		}
		return
	}
	if Sum(k.File) != r.FileSHA256 || int64(len(k.File)) != r.Size {
		rep.add(PartRecord, r, r.Seq, "ファイルの内容が確定時のものと異なります(改ざん、または破損)。")
	} else {
		rep.signature(func(r Record, format string, args ...any) { rep.add(PartRecord, r, r.Seq, format, args...) }, r, seal.Check(k.File, trust))
	}
	if Sum(k.Content) != r.ContentSHA256 {
		rep.add(PartRecord, r, r.Seq, "ファイルの元になった内容が確定時のものと異なります。")
	}
	if !k.PartsAsSealed() {
		rep.add(PartRecord, r, r.Seq, "写しの元になる内容（情報の区分ごと）が確定時のものと異なります。")
	}
}
