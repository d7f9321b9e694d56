package archive

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"kasane/internal/access"
)

// graves hold what a verification learns of disposals (廃棄): a body may be missing only where a sealed certificate and the audit log both say that
// it was disposed of.
type graves struct {
	certified, logged map[string]string // chain hash by record id
}

// certificate reads a 廃棄証明書 of the chain.
func (g *graves) certificate(k Kept) {
	var c Certified
	if Sum(k.Content) != k.ContentSHA256 || json.Unmarshal(k.Content, &c) != nil { // a changed one has been reported
		return
	}
	for _, t := range c.Records {
		put(&g.certified, t.ID, t.ChainHash)
	}
}

// entry takes a disposal from the audit log.
func (g *graves) entry(e access.Entry) { put(&g.logged, e.Target, e.Hash) }

func put(m *map[string]string, id, hash string) {
	if *m == nil {
		*m = map[string]string{}
	}
	(*m)[id] = hash
}

// check holds the records against what was learned.
func (g *graves) check(ctx context.Context, src Source, tenant string, rep *Report, sealed map[string]Record) error {
	waiting, err := src.DisposalsWaiting(ctx, tenant)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		g.entry(e)
	}
	for _, id := range slices.Sorted(maps.Keys(sealed)) {
		r := sealed[id]
		switch {
		case r.Disposed == "" && g.logged[id] != "":
			rep.add(PartRecord, r, r.Seq, "監査ログでは廃棄した文書ですが、廃棄の印がありません。")
		case r.Disposed == "":
		case g.logged[id] != r.ChainHash:
			rep.add(PartRecord, r, r.Seq, "本文がありませんが、監査ログに廃棄の記録がありません。決裁を経ずに消されています。")
		case g.certified[id] != r.ChainHash:
			rep.add(PartRecord, r, r.Seq, "本文がありませんが、どの廃棄証明書にも載っていません。決裁を経ずに消されています。")
		}
	}
	return nil
}
