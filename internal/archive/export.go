package archive

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/audit"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/seal"
)

// Transfer (引渡し) is a package of sealed records that stands without Kasane: the files, the content they were made from, a ledger, and what
// proves that they are those that were sealed.
type Transfer struct {
	Municipality access.Municipality
	Year         int // 年度 of sealing; 0 = all
	At           time.Time
	Keys         audit.Keys           // by which checkpoints are signed
	Signatures   seal.Trust           // whose certificates go along
	Only         func(Record) bool    // nil: every record
	Taken        func([]Record) error // told the records before their first byte is written; nil: nobody is
}

// chosen tells whether a record goes into the package.
func (t Transfer) chosen(r Record) bool {
	return (t.Year == 0 || jptime.DateOf(r.SealedAt).FiscalYear() == t.Year) && (t.Only == nil || t.Only(r))
}

// Name is the name of the folder of the package.
func (t Transfer) Name() string {
	year := "全年度"
	if t.Year != 0 {
		year = fmt.Sprintf("%d年度", t.Year)
	}
	return fmt.Sprintf("kasane_%s_%s_%s", t.Municipality.Code, year, jptime.DateOf(t.At).Compact())
}

// Packed is what a package holds.
type Packed struct{ Records, Disposed int }

// Export writes a package of one moment. A file that is not as it was sealed stops it, before anything is written.
func Export(ctx context.Context, st Snapshots, t Transfer, to func() (Sink, error)) (out Packed, err error) {
	err = st.AtOneMoment(ctx, func(src Source) error {
		x := exporter{Transfer: t, src: src, names: map[string]bool{}}
		if err := x.check(ctx); err != nil {
			return err
		}
		if t.Taken != nil {
			if err := t.Taken(x.records); err != nil {
				return err
			}
		}
		sink, err := to()
		if err != nil {
			return err
		}
		x.bag = bag{to: sink, at: t.At}
		out, err = x.write(ctx)
		return err
	})
	return out, err
}

// exporter is one export under way.
type exporter struct {
	Transfer
	src     Source
	bag     bag
	names   map[string]bool // taken in the package
	records []Record
	others  []Record // versions of papers in the package that were sealed in other years
	links   []link
	byID    map[string]int // places in records
	files   map[string]string
	out     Packed
}

// check reads everything that was chosen once, before the first byte goes out.
func (x *exporter) check(ctx context.Context) error {
	x.byID, x.files = map[string]int{}, map[string]string{}
	return x.src.EachRecord(ctx, x.Municipality.ID, func(k Kept) error {
		r := k.Record
		x.links = append(x.links, link{Seq: r.Seq, PrevHash: r.PrevHash, ChainHash: r.ChainHash})
		if !x.chosen(r) {
			if r.MeetingID != "" && (x.Only == nil || x.Only(r)) {
				x.others = append(x.others, r)
			}
			return nil
		}
		if Chain(r) != r.ChainHash || r.Disposed == "" && (Sum(k.File) != r.FileSHA256 || Sum(k.Content) != r.ContentSHA256) {
			return fault.Newf(fault.Conflict, "文書 %s（%s）が確定時のものと異なるため、書き出せません。kasane verify で調べてください。", r.Number, r.FileName)
		}
		x.byID[r.ID] = len(x.records)
		x.records = append(x.records, r)
		return nil
	})
}

// related keeps of the records of other years those that are versions of a paper in the package.
func (x *exporter) related() {
	in := map[paper]bool{}
	for _, r := range x.records {
		in[paper{r.MeetingID, r.Kind}] = r.MeetingID != ""
	}
	x.others = slices.DeleteFunc(x.others, func(r Record) bool { return !in[paper{r.MeetingID, r.Kind}] })
}

func (x *exporter) write(ctx context.Context) (Packed, error) {
	x.related()
	all := slices.Concat(x.records, x.others)
	names, err := x.src.UserNames(ctx, x.Municipality.ID)
	if err != nil {
		return x.out, err
	}
	rows := [][]string{ledgerHead}
	err = x.src.EachRecord(ctx, x.Municipality.ID, func(k Kept) error {
		if _, ok := x.byID[k.ID]; !ok {
			return nil
		}
		file, err := x.put(k)
		if err != nil {
			return err
		}
		x.files[k.ID] = file
		rows = append(rows, append(ledgerRow(k.Record, names[k.SealedBy], file), correctionNote(k.Record, all)))
		return nil
	})
	if err != nil {
		return x.out, err
	}
	if err := x.bag.add("data/ledger.csv", x.At, csvBytes(rows)); err != nil {
		return x.out, err
	}
	if err := x.certificates(); err != nil {
		return x.out, err
	}
	proof, err := x.proof(ctx)
	if err != nil {
		return x.out, err
	}
	if err := x.bag.add("data/proof.json", x.At, proof); err != nil {
		return x.out, err
	}
	return x.out, x.bag.close(x.info(), x.readme())
}

// put writes the file and the content of a record and tells the name of the file; of a disposed one nothing is left to write.
func (x *exporter) put(k Kept) (string, error) {
	if k.Disposed != "" {
		x.out.Disposed++
		return "", nil
	}
	x.out.Records++
	name := strings.NewReplacer("%", "％", "/", "／", "\\", "＼", "\n", "", "\r", "").Replace(k.FileName)
	if x.names[name] {
		ext := path.Ext(name)
		name = strings.TrimSuffix(name, ext) + "_" + k.Number + "_" + fmt.Sprint(k.Seq) + ext
	}
	x.names[name] = true
	file := "data/pdf/" + name
	if err := x.bag.add(file, k.SealedAt, k.File); err != nil {
		return "", err
	}
	return file, x.bag.add(contentFile(k.Record), k.SealedAt, k.Content)
}

// contentFile is where the content of a record lies in a package. Versions of one paper have one 文書番号.
func contentFile(r Record) string {
	if r.Version > 1 {
		return fmt.Sprintf("%s%s_v%d.json", contentFolder, r.Number, r.Version)
	}
	return contentFolder + r.Number + ".json"
}

const contentFolder = "data/content/"

var ledgerHead = []string{"文書番号", "件名", "会議日", "ケースID", "作成者", "確定日", "保存年限", "満了日", "SHA-256", "頁数",
	"種別", "版", "文書分類", "起算日", "状態", "ファイル名", "内容のSHA-256", "連鎖の番号", "連鎖のハッシュ", "電子署名", "訂正"}

func ledgerRow(r Record, by, file string) []string {
	state := "確定"
	if r.Disposed != "" {
		state = "廃棄済み"
	}
	day := func(t time.Time) string {
		if t.IsZero() || t.UnixMicro() == 0 {
			return ""
		}
		return jptime.DateOf(t).String()
	}
	return []string{r.Number, r.Title, day(r.MeetingDay), r.CaseNumber, by, day(r.SealedAt), r.Retention.Label(), r.Retention.Until, r.FileSHA256, fmt.Sprint(r.Pages),
		r.Kind.Label(), fmt.Sprint(r.Version), r.Retention.Class, r.Retention.From, state, strings.TrimPrefix(file, "data/pdf/"), r.ContentSHA256, fmt.Sprint(r.Seq), r.ChainHash, r.Signature.Label()}
}

// certificates puts the roots into the package by which the signatures can be checked.
func (x *exporter) certificates() error {
	for _, f := range []struct {
		name string
		list []*x509.Certificate
	}{{rootFile, x.Signatures.Roots}, {tsaFile, x.Signatures.TSARoots}} {
		if len(f.list) == 0 {
			continue
		}
		if err := x.bag.add(f.name, x.At, seal.PEM(f.list...)); err != nil {
			return err
		}
	}
	return nil
}

// Where the certificates lie in a package.
const (
	rootFile = "data/certificates/root.pem"
	tsaFile  = "data/certificates/tsa-root.pem"
)

func (x *exporter) info() []string {
	return []string{
		"Source-Organization: " + x.Municipality.Name,
		"Bagging-Date: " + jptime.DateOf(x.At).String(),
		"External-Identifier: " + x.Name(),
		"External-Description: 重層的支援会議の確定文書（会議録・支援プラン・役割分担表・廃棄証明書）",
		"Bag-Software-Agent: Kasane",
	}
}

// ExportAll writes the packages of every municipality below a folder; `kasane export`.
func ExportAll(ctx context.Context, st Snapshots, t Transfer, to func(name string) (Sink, error), w io.Writer) error {
	var list []access.Municipality
	err := st.AtOneMoment(ctx, func(src Source) (err error) {
		list, err = src.ListMunicipalities(ctx)
		return err
	})
	if err != nil {
		return err
	}
	found := false
	for _, m := range list {
		if t.Municipality.Code != "" && m.Code != t.Municipality.Code {
			continue
		}
		found = true
		one := t
		one.Municipality = m
		out, err := Export(ctx, st, one, func() (Sink, error) { return to(one.Name()) })
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s: 文書 %d件（ほかに廃棄済み %d件）を %s に書き出しました。\n", m.Name, out.Records, out.Disposed, one.Name()); err != nil {
			return err
		}
	}
	if !found {
		return fault.New(fault.NotFound, "その団体コードの市町村がありません。")
	}
	return nil
}

// link is a place of the chain, of every record of the municipality: enough to show that none is missing between those of the package.
type link struct {
	Seq       int64  `json:"seq"`
	PrevHash  string `json:"prev"`
	ChainHash string `json:"hash"`
}

// proofFile is data/proof.json.
type proofFile struct {
	Format       string           `json:"format"`
	Tenant       string           `json:"tenant"`
	Municipality string           `json:"municipality"`
	Checkpoint   string           `json:"checkpoint"` // the newest of the audit log, signed
	Keys         []string         `json:"keys"`       // by which it can be checked; compare them with the one the municipality published
	Links        []link           `json:"links"`
	Records      []provenRecord   `json:"records"`
	Versions     []Record         `json:"versions"`  // other versions of papers of the package, sealed in other years: their lines, no text
	Sealings     map[string]inLog `json:"sealings"`  // by record id
	Disposals    map[string]inLog `json:"disposals"` // by record id
}

// provenRecord is everything the chain hash of a record is made of.
type provenRecord struct {
	Record
	File       string `json:"file"`                 // in the package
	ReplacedBy string `json:"replacedBy,omitempty"` // id of the version that corrects this one (訂正)
}

// inLog shows an entry to be in the audit log: its number, its leaf, and the path to the root of the checkpoint.
type inLog struct {
	Leaf  int64    `json:"leaf"`
	Entry logEntry `json:"entry"`
	Path  []string `json:"path"`
}

// logEntry is what the leaf is made of.
type logEntry access.Entry

// proof gathers the chain and the sealings of the chosen records from the audit log.
func (x *exporter) proof(ctx context.Context) ([]byte, error) {
	p := proofFile{Format: "kasane-proof-1", Tenant: x.Municipality.ID, Municipality: x.Municipality.Name, Links: x.links, Records: []provenRecord{}, Versions: append([]Record{}, x.others...),
		Sealings: map[string]inLog{}, Disposals: map[string]inLog{}}
	for _, r := range x.records {
		pr := provenRecord{Record: r, File: x.files[r.ID]}
		for _, o := range slices.Concat(x.records, x.others) {
			if o.Replaces == r.ID {
				pr.ReplacedBy = o.ID
			}
		}
		p.Records = append(p.Records, pr)
	}
	for _, k := range x.Keys {
		p.Keys = append(p.Keys, k.String())
	}
	points, err := x.src.AuditCheckpoints(ctx, x.Municipality.ID)
	if err != nil {
		return nil, err
	}
	var size int64
	if n := len(points); n > 0 {
		p.Checkpoint, size = points[n-1].String(), points[n-1].Size
	}
	var leaves []audit.Hash
	type place struct {
		in map[string]inLog
		id string
	}
	at := map[int64]place{}
	err = x.src.EachAuditEntry(ctx, x.Municipality.ID, func(leaf int64, e access.Entry, _ []byte) error {
		if leaf >= size || leaf != int64(len(leaves)) {
			return nil
		}
		leaves = append(leaves, audit.LeafHash(audit.Leaf(e)))
		_, chosen := x.byID[e.Target]
		switch {
		case !chosen:
		case e.Verb == access.VerbSeal && e.Reason == SealReason:
			at[leaf] = place{p.Sealings, e.Target}
			p.Sealings[e.Target] = inLog{Leaf: leaf, Entry: logEntry(e)}
		case e.Verb == access.VerbArchiveDispose:
			at[leaf] = place{p.Disposals, e.Target}
			p.Disposals[e.Target] = inLog{Leaf: leaf, Entry: logEntry(e)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var wanted []int64
	for leaf := range at {
		wanted = append(wanted, leaf)
	}
	for leaf, path := range audit.Inclusions(leaves, wanted) {
		to := at[leaf]
		in := to.in[to.id]
		in.Path = make([]string, 0, len(path))
		for _, h := range path {
			in.Path = append(in.Path, h.String())
		}
		to.in[to.id] = in
	}
	return json.MarshalIndent(p, "", " ")
}
