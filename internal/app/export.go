package app

import (
	"archive/zip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/store"
)

// carried are the words of `kasane export`.
type carried struct {
	out, code string
	year      int
	zip       bool
}

func (c *carried) flags(f *flag.FlagSet) {
	f.StringVar(&c.out, "out", "", "")
	f.StringVar(&c.code, "code", "", "")
	f.IntVar(&c.year, "year", 0, "")
	f.BoolVar(&c.zip, "zip", false, "")
}

// export writes the transfer packages of the records (引渡し), beside a running server or without one: it only reads.
func (p Process) export(ctx context.Context, args []string) int {
	var c carried
	cfg, code := p.configure("export", args, c.flags)
	if code != exitOK {
		return code
	}
	if c.out == "" {
		fmt.Fprintf(p.Err, "書き出し先のフォルダーを --out で指定してください。\n")
		return exitUsage
	}
	trust, err := p.trust(cfg, given{})
	if err != nil {
		return p.fail("監査ログの鍵を読めません", err)
	}
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		return p.fail("記録を開けません", err)
	}
	defer st.Close()
	var ends []func() error
	to := func(name string) (archive.Sink, error) {
		if !c.zip {
			return archive.NewFolder(filepath.Join(c.out, name))
		}
		z, end, err := newZipFile(filepath.Join(c.out, name))
		ends = append(ends, end)
		return z, err
	}
	t := archive.Transfer{Year: c.year, At: time.Now(), Keys: trust.Keys, Signatures: trust.Signatures, Municipality: access.Municipality{Code: c.code}}
	err = archive.ExportAll(ctx, st, t, to, p.Out)
	for _, end := range ends {
		err = errors.Join(err, end())
	}
	if err != nil {
		return p.fail("書き出せません", err)
	}
	fmt.Fprintln(p.Out, "確かめ方は、書き出したフォルダーの README.ja.txt にあります。")
	return exitOK
}

// newZipFile begins DIR.zip, which must not be there yet.
func newZipFile(dir string) (z *archive.Zip, end func() error, err error) {
	none := func() error { return nil }
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, none, err
	}
	f, err := os.OpenFile(dir+".zip", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, none, fault.Wrap(fault.Conflict, err, "同じ名前のファイルがもうあります。ほかの場所を --out で指定してください。")
	}
	if err != nil {
		return nil, none, err
	}
	z = archive.NewZip(f, filepath.Base(dir))
	return z, func() error { return errors.Join(z.Close(), f.Close()) }, nil
}

// verifyPackage reads a transfer package, a folder or a zip, which need not be near a database.
func (p Process) verifyPackage(cfg config.Config, g given) int {
	path := g.pack
	var known audit.Keys
	for _, s := range g.keys {
		k, err := audit.ParsePublicKey(s)
		if err != nil {
			return p.fail("--key には kasane audit-key が表示した検証鍵を渡してください", err)
		}
		known = append(known, k)
	}
	if len(known) == 0 {
		fmt.Fprintln(p.Err, "検証鍵が渡されていないため、到達点の署名は確かめません(--key で渡せます)。")
	}
	trust, err := signatures(cfg, g)
	if err != nil {
		return p.fail("証明書を読めません(--root には kasane ca export が書き出したルート証明書を、--tsa-root には時刻認証局のルート証明書を渡してください)", err)
	}
	var root fs.FS = os.DirFS(path)
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		z, err := zip.OpenReader(path)
		if err != nil {
			return p.fail("包みを開けません", err)
		}
		defer z.Close()
		root = z
	}
	rep, err := archive.VerifyPackage(root, known, trust)
	if err != nil {
		return p.fail("引渡しの包みとして読めません", err)
	}
	fmt.Fprintf(p.Out, "確定文書 %d件を確かめました。\n", rep.Checked)
	s := rep.Signatures
	if s.Signed+s.Unsigned > 0 {
		fmt.Fprintf(p.Out, "電子署名のある文書 %d件（うち時刻認証 %d件）、署名なしで確定した文書 %d件。\n", s.Signed, s.Stamped, s.Unsigned)
	}
	if s.Signed > 0 && !s.Known {
		fmt.Fprintln(p.Err, "ルート証明書が渡されていないため、包みの中のルート証明書で電子署名を確かめました。団体が公表したルート証明書を --root で渡すと、署名者まで確かめられます。")
	}
	if s.Stamped > 0 && !s.StampsKnown {
		fmt.Fprintln(p.Err, "時刻認証局のルート証明書が渡されていないため、時刻認証をした者は確かめていません。時刻認証局が公表したルート証明書を --tsa-root で渡すと、確かめられます。")
	}
	for _, x := range rep.Problems {
		fmt.Fprintf(p.Out, "  ×  [%s] %s: %s\n", x.Number, x.FileName, x.Message)
	}
	if !rep.OK {
		fmt.Fprintf(p.Out, "%d件の問題が見つかりました。\n", len(rep.Problems))
		return exitFail
	}
	fmt.Fprintln(p.Out, "すべて確定時のままです。")
	return exitOK
}
