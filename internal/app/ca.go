package app

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"kasane/internal/config"
	"kasane/internal/jptime"
	"kasane/internal/seal"
)

// ca is the certificate authority (認証局) that signs sealed records:
//
//	ca show       whose it is, its certificates, until when they are valid
//	ca create     a root and a signing certificate, in a folder outside the database
//	ca renew      a new signing certificate (--root: and a new root); what was signed before stays right
//	ca export     the root certificates, for those who check
func (p Process) ca(args []string) int {
	deed := "show"
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		deed, args = args[0], args[1:]
	}
	if !slices.Contains([]string{"show", "create", "renew", "export"}, deed) {
		fmt.Fprintf(p.Err, "「ca %s」という命令はありません。\n\n%s", deed, usage)
		return exitUsage
	}
	var w caWords
	cfg, code := p.configure("ca", args, func(f *flag.FlagSet) { w.flags(f, deed) })
	if code != exitOK {
		return code
	}
	if deed == "create" {
		return p.createCA(cfg, w)
	}
	a, err := seal.Open(caDir(cfg))
	if err != nil {
		return p.fail("認証局を読めません("+caDir(cfg)+")", err)
	}
	switch deed {
	case "renew":
		if err := a.Renew(time.Now(), w.root, w.rootKey); err != nil {
			return p.fail("新しい証明書を作れません", err)
		}
		fmt.Fprintln(p.Out, "新しい署名用証明書を作りました。次に確定する記録から使います。これまでの署名は、そのまま有効です。")
		if w.root {
			fmt.Fprintln(p.Out, "ルート証明書も新しくなりました。kasane ca export で書き出し、新しいSHA-256を公表してください。前のルート証明書も、これまでの記録を確かめるために残してください。")
		}
		p.showCA(cfg, a)
	case "export":
		return p.exportCA(a, w.out)
	default:
		p.showCA(cfg, a)
	}
	return exitOK
}

// caWords are the words of `kasane ca`.
type caWords struct {
	name, rootKey, out string
	root               bool
}

func (w *caWords) flags(f *flag.FlagSet, deed string) {
	switch deed {
	case "create":
		f.StringVar(&w.name, "name", "", "")
	case "renew":
		f.BoolVar(&w.root, "root", false, "")
		f.StringVar(&w.rootKey, "root-key", "", "")
	case "export":
		f.StringVar(&w.out, "out", "", "")
	}
}

func (p Process) createCA(cfg config.Config, w caWords) int {
	if w.name == "" {
		fmt.Fprintln(p.Err, "団体名を --name で指定してください(例: kasane ca create --name 〇〇市)。証明書に載り、署名を確かめる人に表示されます。")
		return exitUsage
	}
	a, err := seal.Create(caDir(cfg), w.name, time.Now())
	if err != nil {
		return p.fail("認証局を作れません", err)
	}
	fmt.Fprintf(p.Out, "認証局を %s に作りました。次に確定する記録から、電子署名が付きます(再起動は要りません)。\n", caDir(cfg))
	p.showCA(cfg, a)
	fmt.Fprint(p.Out, `
次にすること:
  1. ルート証明書のSHA-256を、団体の公式の場所(告示、ウェブサイトなど)で公表してください。証明書は kasane ca export で書き出せます。
  2. ルートの秘密鍵(root-0001.key)は更新のときだけ使います。金庫などに移し、このフォルダーから消すことをお勧めします。
  3. 署名用の秘密鍵(seal-0001.key)は、控え(バックアップ)にも含まれます。控えの保管場所を確かめてください。
`)
	return exitOK
}

// showCA tells whose authority it is and until when it signs.
func (p Process) showCA(cfg config.Config, a *seal.Authority) {
	fmt.Fprintf(p.Out, "認証局 %s\n", a.Name())
	now := time.Now()
	for i, c := range a.Roots() {
		fmt.Fprintf(p.Out, "  ルート証明書 %d   %s まで%s\n                   SHA-256 %s\n", i+1, jptime.DateOf(c.NotAfter).Both(), ended(now, c.NotAfter), seal.Print(c))
	}
	seals := a.Seals()
	for i, c := range seals {
		use := "前の証明書"
		if i == len(seals)-1 {
			use = "今の証明書"
		}
		fmt.Fprintf(p.Out, "  署名用証明書 %d   %s まで%s(%s)\n                   SHA-256 %s\n", i+1, jptime.DateOf(c.NotAfter).Both(), ended(now, c.NotAfter), use, seal.Print(c))
	}
	where := "このフォルダーにあります(別の場所での保管をお勧めします)"
	if !a.HasRootKey() {
		where = "このフォルダーにはありません(更新のときは --root-key で渡します)"
	}
	fmt.Fprintf(p.Out, "  ルートの秘密鍵   %s\n", where)
	if cfg.TSAURL != "" {
		fmt.Fprintf(p.Out, "  時刻認証局       %s\n", seal.NewTSA(cfg.TSAURL, nil, time.Now).Address())
	} else {
		fmt.Fprintln(p.Out, "  時刻認証局       設定されていません(KASANE_TSA_URL)")
	}
	for _, k := range a.Loose() {
		fmt.Fprintf(p.Out, "  注意: %s をほかの利用者が読めます。chmod 600 で直してください。\n", k)
	}
	if n := len(seals); n > 0 && now.AddDate(0, 3, 0).After(seals[n-1].NotAfter) {
		fmt.Fprintln(p.Out, "  注意: 署名用証明書の期限が3か月以内です。kasane ca renew で新しくしてください。")
	}
}

func ended(now, until time.Time) string {
	if now.After(until) {
		return "・期限切れ"
	}
	return ""
}

// exportCA writes the root certificates, to a file that is not there yet or to the output.
func (p Process) exportCA(a *seal.Authority, out string) int {
	text := seal.PEM(a.Roots()...)
	if out == "" {
		fmt.Fprintf(p.Out, "%s", text)
		return exitOK
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return p.fail("証明書を書き出せません(同じ名前のファイルがないか確かめてください)", err)
	}
	_, err = bytes.NewReader(text).WriteTo(f)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return p.fail("証明書を書き出せません", err)
	}
	fmt.Fprintf(p.Out, "ルート証明書 %d件を %s に書き出しました。\n", len(a.Roots()), out)
	for _, c := range a.Roots() {
		fmt.Fprintf(p.Out, "  SHA-256 %s\n", seal.Print(c))
	}
	return exitOK
}
