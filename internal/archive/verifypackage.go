package archive

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/seal"
)

// PartPackage is a problem of the package itself; it has no place in the chain.
const PartPackage audit.Part = "package"

// VerifyPackage reads a transfer package again: the manifests, every record against its place in the chain, and every sealing against the checkpoint
// of the audit log, and the signature of every file. Without keys the signature of the checkpoint is not looked at; without roots those of the package are
// taken, and Signatures.Known or StampsKnown is false. An error means that it could not be read.
func VerifyPackage(root fs.FS, keys audit.Keys, trust seal.Trust) (Report, error) {
	p := packageReader{root: root, rep: Report{Problems: []Problem{}, Signatures: believed(trust)}}
	if err := p.enter(); err != nil {
		return p.rep, err
	}
	if err := p.manifests(); err != nil {
		return p.rep, err
	}
	raw, err := fs.ReadFile(p.root, "data/proof.json")
	if err != nil {
		return p.rep, err
	}
	var f proofFile
	if err := json.Unmarshal(raw, &f); err != nil {
		return p.rep, err
	}
	if p.trust, err = p.roots(trust); err != nil {
		return p.rep, err
	}
	if err := p.chain(f); err != nil {
		return p.rep, err
	}
	if err := p.log(f, keys); err != nil {
		return p.rep, err
	}
	p.rep.OK = len(p.rep.Problems) == 0
	return p.rep, nil
}

type packageReader struct {
	root fs.FS
	rep  Report
	have map[string]string // hash of each file, by name

	trust seal.Trust
}

// roots are the certificates that are believed, and where none were given those of the package.
func (p *packageReader) roots(trust seal.Trust) (seal.Trust, error) {
	for name, list := range map[string]*[]*x509.Certificate{rootFile: &trust.Roots, tsaFile: &trust.TSARoots} {
		if len(*list) > 0 || p.have[name] == "" {
			continue
		}
		raw, err := fs.ReadFile(p.root, name)
		if err != nil {
			return trust, err
		}
		if *list, err = seal.Certificates(raw); err != nil {
			return trust, err
		}
	}
	return trust, nil
}

func (p *packageReader) bad(r Record, format string, args ...any) {
	p.rep.add(PartPackage, r, r.Seq, format, args...)
}

// enter goes into the one folder of a zip.
func (p *packageReader) enter() error {
	if _, err := fs.Stat(p.root, "bagit.txt"); err == nil {
		return nil
	}
	list, err := fs.ReadDir(p.root, ".")
	if err != nil {
		return err
	}
	for _, d := range list {
		if _, err := fs.Stat(p.root, path.Join(d.Name(), "bagit.txt")); err == nil {
			p.root, err = fs.Sub(p.root, d.Name())
			return err
		}
	}
	return errors.New("archive: no bagit.txt: this is no package")
}

// manifests holds every file against the manifests.
func (p *packageReader) manifests() error {
	p.have = map[string]string{}
	err := fs.WalkDir(p.root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := p.root.Open(name)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		p.have[name], err = sumOf(f)
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range []string{"tagmanifest-sha256.txt", "manifest-sha256.txt"} {
		raw, err := fs.ReadFile(p.root, m)
		if err != nil {
			return err
		}
		want, err := readManifest(raw)
		if err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			switch p.have[name] {
			case want[name]:
			case "":
				p.bad(Record{FileName: name}, "ファイルがありません。")
			default:
				p.bad(Record{FileName: name}, "ファイルが書き出したときのものと異なります。")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(p.have)) {
			if strings.HasPrefix(name, "data/") == (m == "manifest-sha256.txt") && want[name] == "" && name != "tagmanifest-sha256.txt" {
				p.bad(Record{FileName: name}, "目録にないファイルがあります。")
			}
		}
	}
	return nil
}

// chain holds the records against their places in the chain of the municipality.
func (p *packageReader) chain(f proofFile) error {
	var prev string
	for i, l := range f.Links {
		if l.Seq != int64(i)+1 || l.PrevHash != prev {
			p.bad(Record{Seq: l.Seq}, "記録の連鎖が%d番目で切れています。", i+1)
			break
		}
		prev = l.ChainHash
	}
	p.versions(f)
	for _, x := range f.Records {
		r := x.Record
		p.rep.Checked++
		switch {
		case Chain(r) != r.ChainHash:
			p.bad(r, "文書の記録（番号・件名・日時など）が確定時のものと異なります。")
		case r.Seq < 1 || r.Seq > int64(len(f.Links)) || f.Links[r.Seq-1].ChainHash != r.ChainHash:
			p.bad(r, "記録の連鎖の中にこの文書がありません。")
		}
		if r.Disposed != "" {
			continue
		}
		if p.have[x.File] != r.FileSHA256 {
			p.bad(r, "PDFが確定したときのものと異なります。")
		} else if file, err := fs.ReadFile(p.root, x.File); err != nil {
			return err
		} else {
			p.rep.signature(p.bad, r, seal.Check(file, p.trust))
		}
		if !p.content(r) {
			p.bad(r, "元になった内容が確定したときのものと異なります。")
		}
	}
	return nil
}

// versions holds the versions of each paper against each other: those of the package, and the lines of those that were sealed in other years.
func (p *packageReader) versions(f proofFile) {
	all, ids := slices.Clone(f.Versions), map[string]bool{}
	for _, r := range f.Versions {
		if Chain(r) != r.ChainHash || r.Seq < 1 || r.Seq > int64(len(f.Links)) || f.Links[r.Seq-1].ChainHash != r.ChainHash {
			p.bad(r, "ほかの年度に確定した版の記録が、連鎖の中のものと異なります。")
		}
	}
	for _, x := range f.Records {
		all = append(all, x.Record)
	}
	slices.SortFunc(all, func(a, b Record) int { return int(a.Seq - b.Seq) })
	papers := versions{}
	for _, r := range all {
		ids[r.ID] = true
		papers.check(r, p.bad)
	}
	for _, x := range f.Records {
		if x.ReplacedBy != "" && !ids[x.ReplacedBy] {
			p.bad(x.Record, "この文書を訂正した版（ID %s）がありません。", x.ReplacedBy)
		}
	}
}

// content tells whether the content of a record is as it was sealed. Packages written before versions had names of their own call it by the 文書番号 alone.
func (p *packageReader) content(r Record) bool {
	name := contentFile(r)
	if p.have[name] == "" {
		name = contentFolder + r.Number + ".json"
	}
	return p.have[name] == r.ContentSHA256
}

// log holds the sealings, and the disposals of what has no body, against the checkpoint.
func (p *packageReader) log(f proofFile, keys audit.Keys) error {
	if len(f.Records) == 0 {
		return nil
	}
	c, err := audit.ParseCheckpoint(f.Checkpoint)
	if err != nil {
		return fmt.Errorf("archive: the checkpoint of the package: %w", err)
	}
	p.rep.Entries = c.Size
	if len(keys) > 0 && !keys.Signed(f.Tenant, c) {
		p.bad(Record{}, "監査ログの到達点の署名が、渡された検証鍵のものではありません。")
	}
	for _, x := range f.Records {
		if !shown(f.Sealings[x.ID], c, f.Tenant, access.VerbSeal, x.Record) {
			p.bad(x.Record, "確定したことが、監査ログの到達点から確かめられません。")
		}
		if x.Disposed != "" && !shown(f.Disposals[x.ID], c, f.Tenant, access.VerbArchiveDispose, x.Record) {
			p.bad(x.Record, "本文がありませんが、廃棄したことが監査ログの到達点から確かめられません。")
		}
	}
	return nil
}

// shown tells whether the log of the checkpoint says this of the record.
func shown(in inLog, c audit.Checkpoint, tenant string, verb access.Verb, r Record) bool {
	e := access.Entry(in.Entry)
	if e.Tenant != tenant || e.Verb != verb || e.Target != r.ID || e.Hash != r.ChainHash || e.Result != "ok" {
		return false
	}
	var route []audit.Hash
	for _, s := range in.Path {
		h, ok := audit.ParseHash(s)
		if !ok {
			return false
		}
		route = append(route, h)
	}
	return audit.VerifyInclusion(audit.LeafHash(audit.Leaf(e)), in.Leaf, c.Size, route, c.Root)
}
