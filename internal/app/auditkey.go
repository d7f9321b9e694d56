package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/files"
)

// auditSeed finds the key that signs checkpoints: given, or in the data folder, or, where several nodes need the same, made from the file key.
func auditSeed(cfg config.Config, load func(dir, name string) ([]byte, error)) ([]byte, error) {
	switch {
	case cfg.AuditKey != "":
		return files.ParseKey(cfg.AuditKey)
	case cfg.DatabaseURL == "":
		return load(cfg.DataDir, "audit.key")
	}
	ring, err := files.ParseRing(cfg.FileKey)
	if err != nil {
		return nil, err
	}
	return files.Draw(ring.Oldest(), "audit key 1"), nil
}

// openSigner is the signer of a server; a key is made at the first start.
func openSigner(cfg config.Config) (*audit.Signer, error) {
	seed, err := auditSeed(cfg, files.LoadKeyFile)
	if err != nil {
		return nil, err
	}
	return audit.NewSigner(seed)
}

// auditKey prints the public key: whoever keeps it checks the log without trusting the machine it lies on.
func (p Process) auditKey(args []string) int {
	cfg, code := p.configure("audit-key", args)
	if code != exitOK {
		return code
	}
	seed, err := auditSeed(cfg, files.ReadKeyFile)
	if err != nil {
		return p.fail("監査ログの鍵がありません。--data のフォルダーか KASANE_AUDIT_KEY を確かめてください(鍵は最初の起動で作られます)", err)
	}
	signer, err := audit.NewSigner(seed)
	if err != nil {
		return p.fail("監査ログの鍵を読めません", err)
	}
	fmt.Fprintln(p.Out, signer.Public())
	return exitOK
}

// given are the words of `kasane verify` about what to believe.
type given struct {
	checkpoints, keys []string
	roots             []string // files with root certificates
	tsaRoots          []string // files with those of time-stamp authorities
	pack              string   // a transfer package to look at instead of the database
}

func (g *given) flags(f *flag.FlagSet) {
	add := func(to *[]string) func(string) error {
		return func(s string) error { *to = append(*to, s); return nil }
	}
	f.Func("checkpoint", "", add(&g.checkpoints))
	f.Func("key", "", add(&g.keys))
	f.Func("root", "", add(&g.roots))
	f.Func("tsa-root", "", add(&g.tsaRoots))
	f.StringVar(&g.pack, "package", "", "")
}

// trust gathers the keys and checkpoints that do not lie in the database.
func (p Process) trust(cfg config.Config, g given) (t archive.Trust, err error) {
	for _, s := range g.keys {
		k, err := audit.ParsePublicKey(s)
		if err != nil {
			return t, fault.Wrap(fault.Invalid, err, "--key には kasane audit-key が表示した検証鍵を渡してください。")
		}
		t.Keys = append(t.Keys, k)
	}
	if seed, err := auditSeed(cfg, files.ReadKeyFile); err == nil {
		signer, err := audit.NewSigner(seed)
		if err != nil {
			return t, err
		}
		t.Keys = append(t.Keys, signer.Public())
	} else if len(t.Keys) == 0 {
		fmt.Fprintln(p.Err, "監査ログの鍵が見つからないため、署名は確かめません(--key で検証鍵を渡せます)。")
	}
	if t.Signatures, err = signatures(cfg, g); err != nil {
		return t, fault.Wrap(fault.Invalid, err, "証明書を読めません。--root には kasane ca export が書き出したルート証明書を、--tsa-root には時刻認証局のルート証明書を渡してください。")
	}
	if t.Anchors, err = readHeads(cfg.DataDir); err != nil {
		return t, err
	}
	for _, s := range g.checkpoints {
		c, where, err := checkpointOf(s)
		if err != nil {
			return t, err
		}
		t.Anchors[""] = append(t.Anchors[""], audit.Anchor{Checkpoint: c, Where: where})
	}
	return t, nil
}

// inPDF finds the checkpoint among the properties of a sealed file, which are not compressed.
var inPDF = regexp.MustCompile(`<pdf:Keywords>[^<]*?(\d+:[0-9a-f]{64}(?::\d+:[0-9a-f]{64}:[0-9a-f]{16}:[A-Za-z0-9_-]{86})?)[^<]*</pdf:Keywords>`)

// checkpointOf reads a checkpoint as printed, or takes it out of a sealed PDF.
func checkpointOf(s string) (c audit.Checkpoint, where string, err error) {
	if raw, err := os.ReadFile(s); err == nil {
		m := inPDF.FindSubmatch(raw)
		if m == nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
			return c, "", fault.New(fault.Invalid, s+" に監査ログの到達点がありません。かさねが確定したPDFを渡してください。")
		}
		c, err = audit.ParseCheckpoint(string(m[1]))
		return c, filepath.Base(s), err
	}
	if c, err = audit.ParseCheckpoint(s); err != nil {
		return c, "", fault.Wrap(fault.Invalid, err, "--checkpoint には、確定した文書の末尾にある「監査ログの到達点」か、そのPDFのファイル名を渡してください。")
	}
	return c, "渡された到達点", nil
}

// heads keeps the newest checkpoints in a file of the data folder, outside the database: a log cut off at its end is then found without any paper.
type heads struct {
	path string
	log  *slog.Logger
	mu   sync.Mutex
	at   map[string]string // municipality → checkpoint
	new  bool
	lost bool // the file could not be written; said once
}

const headsFile = "audit.heads"

func openHeads(dir string, log *slog.Logger) *heads {
	return &heads{path: filepath.Join(dir, headsFile), log: log, at: map[string]string{}}
}

// signed takes a checkpoint after its commit.
func (h *heads) signed(tenant string, c audit.Checkpoint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if have, err := audit.ParseCheckpoint(h.at[tenant]); err == nil && have.Size >= c.Size {
		return
	}
	h.at[tenant], h.new = c.String(), true
}

// flush writes the file. One that speaks of a longer log than the database holds is left as it is, for `kasane verify` to find.
func (h *heads) flush() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.new {
		return nil
	}
	stored, err := readHeads(filepath.Dir(h.path))
	if err != nil {
		return err
	}
	out := maps.Clone(h.at)
	for tenant, as := range stored {
		if have, err := audit.ParseCheckpoint(out[tenant]); err != nil || have.Size < as[0].Size {
			if err == nil && !h.lost {
				h.lost = true
				h.log.Error("the audit log is shorter than audit.heads says: run kasane verify", "municipality", tenant, "entries", have.Size, "noted", as[0].Size)
			}
			out[tenant] = as[0].String()
		}
	}
	raw, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	tmp := h.path + ".new"
	if err := os.WriteFile(tmp, append(raw, '\n'), 0o600); err != nil {
		if errors.Is(err, fs.ErrNotExist) { // no data folder: PostgreSQL holds everything
			h.new = false
			return nil
		}
		return err
	}
	h.new = false
	return os.Rename(tmp, h.path)
}

// anchors is what the file says now.
func (h *heads) anchors() map[string][]audit.Anchor {
	out, err := readHeads(filepath.Dir(h.path))
	if err != nil {
		h.log.Error("audit.heads can not be read", "err", err)
	}
	return out
}

// readHeads reads the file; none is no error.
func readHeads(dir string) (map[string][]audit.Anchor, error) {
	out := map[string][]audit.Anchor{}
	raw, err := os.ReadFile(filepath.Join(dir, headsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	var at map[string]string
	if err := json.Unmarshal(raw, &at); err != nil {
		return nil, fmt.Errorf("%s: %w", headsFile, err)
	}
	for tenant, s := range at {
		c, err := audit.ParseCheckpoint(s)
		if err != nil || strings.TrimSpace(tenant) == "" {
			return nil, fmt.Errorf("%s: %w", headsFile, err)
		}
		out[tenant] = []audit.Anchor{{Checkpoint: c, Where: "データフォルダー(" + headsFile + ")"}}
	}
	return out, nil
}
