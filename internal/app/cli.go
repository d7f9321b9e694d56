// Package app wires Kasane: configuration → store, bus, services, server. It is the only room that knows all others.
// Read wiring.go from top to bottom; serve.go starts and stops what lives long.
package app

import (
	"context"
	"flag"
	"fmt"
	"io"

	"kasane/internal/config"
	"kasane/internal/fault"
)

// Process is what the operating system gives us.
type Process struct {
	Args    []string
	Lookup  func(string) (string, bool)
	In      io.Reader // nil: nobody can be asked
	Out     io.Writer
	Err     io.Writer
	Version string

	data *string // the data folder, once it is known
}

const usage = `Kasane (重ね) — 重層的支援会議のためのソフトウェア

使い方:
  kasane demo   [--addr 127.0.0.1:8080] [--data フォルダー]   見本の市町村つきで起動します
  kasane rehearse [--addr 127.0.0.1:8080] [--data フォルダー] 見本の市町村で、議長の練習をします(相手の機関は自動で動きます)
  kasane serve  [--addr 127.0.0.1:8080] [--data フォルダー]   本番用に起動します(初回は最初の管理者を画面で登録します)
  kasane verify [--data フォルダー]                           保存した記録に改ざんや欠落がないか調べます
                [--checkpoint 到達点かPDF] [--key 検証鍵]      古いPDFに書かれた到達点の続きであることも確かめます
                [--root 証明書] [--tsa-root 証明書]            電子署名と時刻認証を確かめるルート証明書を加えます
  kasane verify --package フォルダーかzip [--key 検証鍵] [--root 証明書] [--tsa-root 証明書]
                                                              引渡しの包みだけを調べます(データのフォルダーは要りません)
  kasane export [--data フォルダー] --out フォルダー           確定した文書を引渡しの形(BagIt)で書き出します
                [--year 2026] [--code 団体コード] [--zip]      年度・市町村を選ぶ、zipにまとめる
  kasane doctor [--data フォルダー] [--url アドレス]           具合の悪いところと、どうすればよいかを表示します
  kasane backup-key [--out ファイル]                          控えの鍵を作ります(サーバーとは別の場所に保管するもの)
  kasane backup [--data フォルダー] [--out ファイル] [--to 公開鍵]
                                                              すべてを1つの暗号のファイルに控えます(動かしたままで)
  kasane restore --from ファイル --key 鍵 [--data フォルダー]  控えを、空のフォルダーか空のデータベースに戻して確かめます
  kasane copy   [--data フォルダー] --to-data フォルダー       別のデータベースに写します(PostgreSQL へは KASANE_COPY_TO)
  kasane audit-key [--data フォルダー]                        監査ログの署名を確かめるための検証鍵を表示します
  kasane ca     [--data フォルダー]                           記録に電子署名をする認証局と、証明書の期限を表示します
  kasane ca create --name 団体名                              認証局を作ります(docs/records.ja.md)
  kasane ca renew [--root] [--root-key ファイル]               署名用証明書(とルート証明書)を新しくします
  kasane ca export [--out ファイル]                           ルート証明書を書き出します(確かめる人に渡すもの)
  kasane keys   [--data フォルダー]                           証憑を封じる鍵と、鍵ごとの件数を表示します
  kasane keys rotate|drop|new                                 鍵を新しくする・前の鍵を外す・鍵を1つ作る(docs/config.md)
  kasane municipality list                                    共同利用の市町村と、それぞれの件数・上限を表示します
  kasane municipality add --name 名称 --code 団体コード --agency 所属 --admin 氏名 --login ログイン名  市町村を加えます
  kasane municipality export 名称 --out ファイル [--to 公開鍵]  1つの市町村だけを暗号のファイルに書き出します(動かしたままで)
  kasane municipality import ファイル --key 鍵                 書き出した市町村を、この設置に取り込んで確かめます
  kasane municipality suspend|resume 名称                      利用を止める・再開する(記録はそのまま。移す前、消す前に)
  kasane municipality quota 名称 [--storage 20GB] [--members 500] [--connections 600] [--requests 300]
                                                              使える上限を決めます(0は上限なし。何も付けなければ表示します)
  kasane municipality delete 名称 [--without-export]           1つの市町村のすべてを消します(名称を入力して確かめます)
  kasane version

--env ファイル(どの命令にも)で、サービスの設定(/etc/kasane.env)を読みます。手で打つ命令には、いつも付けてください。
--data は SQLite のファイルを置くフォルダーです。環境変数 DATABASE_URL(PostgreSQL)と REDIS_URL を設定すると、
同じプログラムを複数台で動かせます。設定の一覧は docs/config.md にあります。
`

// Exit codes: 0 done, 1 it failed or a problem was found, 2 the words of the call are wrong.
const (
	exitOK    = 0
	exitFail  = 1
	exitUsage = 2
)

// Main runs one command to its end and returns the exit code.
func Main(ctx context.Context, p Process) int {
	if err := p.settings(); err != nil {
		fmt.Fprintf(p.Err, "%s\n(%v)\n", fault.Message(err), err)
		return exitUsage
	}
	if len(p.Args) == 0 {
		fmt.Fprint(p.Err, usage)
		return exitUsage
	}
	p.data = new(string)
	code := p.command(ctx, p.Args[0], p.Args[1:])
	if err := giveToOwner(*p.data); err != nil {
		fmt.Fprintf(p.Err, "%s のファイルの持ち主を直せません。chown -R kasane: %s を実行してください。\n(%v)\n", *p.data, *p.data, err)
		return max(code, exitFail)
	}
	return code
}

func (p Process) command(ctx context.Context, command string, rest []string) int {
	switch command {
	case "demo", "serve", "rehearse":
		return p.serve(ctx, command, rest)
	case "verify":
		return p.verify(ctx, rest)
	case "export":
		return p.export(ctx, rest)
	case "doctor":
		return p.doctor(ctx, rest)
	case "backup":
		return p.backup(ctx, rest)
	case "backup-key":
		return p.backupKey(rest)
	case "restore":
		return p.restore(ctx, rest)
	case "copy":
		return p.copyTo(ctx, rest)
	case "audit-key":
		return p.auditKey(rest)
	case "ca":
		return p.ca(rest)
	case "keys":
		return p.keys(ctx, rest)
	case "municipality":
		return p.municipality(ctx, rest)
	case "version", "--version":
		fmt.Fprintln(p.Out, "kasane", p.Version)
		return exitOK
	case "help", "--help", "-h":
		fmt.Fprint(p.Out, usage)
		return exitOK
	default:
		fmt.Fprintf(p.Err, "「%s」という命令はありません。\n\n%s", command, usage)
		return exitUsage
	}
}

// configure reads environment and flags; flags win.
func (p Process) configure(command string, args []string, more ...func(*flag.FlagSet)) (config.Config, int) {
	cfg, err := config.FromEnv(p.Lookup)
	if err != nil {
		fmt.Fprintf(p.Err, "設定に誤りがあります:\n%v\n", err)
		return cfg, exitUsage
	}
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(p.Err)
	flags.Usage = func() { fmt.Fprint(p.Err, usage) }
	serves := command == "serve" || command == "demo" || command == "rehearse"
	if serves {
		flags.StringVar(&cfg.Addr, "addr", cfg.Addr, "")
	}
	flags.StringVar(&cfg.DataDir, "data", cfg.DataDir, "")
	for _, add := range more {
		add(flags)
	}
	if err := flags.Parse(args); err != nil {
		return cfg, exitUsage
	}
	if p.data != nil && !serves {
		*p.data = cfg.DataDir
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(p.Err, "「%s」は分かりません。\n\n%s", flags.Arg(0), usage)
		return cfg, exitUsage
	}
	if err := cfg.Validate(); err != nil && serves {
		fmt.Fprintf(p.Err, "設定に誤りがあります:\n%v\n", err)
		return cfg, exitUsage
	}
	return cfg, exitOK
}
