package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"kasane/frontend"
	"kasane/internal/files"
	"kasane/internal/jptime"
	"kasane/internal/pdf"
	"kasane/internal/seal"
)

func askSettings(_ context.Context, d *doctor) (out []finding) {
	err := d.cfg.Validate()
	if err == nil {
		return []finding{good("誤りはありません。")}
	}
	for line := range strings.Lines(err.Error()) {
		out = append(out, finding{wrong, strings.TrimSpace(line), "環境変数を直してください(一覧は docs/config.md)。"})
	}
	return out
}

func askFolder(_ context.Context, d *doctor) []finding {
	info, err := os.Stat(d.cfg.DataDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []finding{{look, d.cfg.DataDir + " がまだありません。", "最初の起動で作られます。場所が正しいことを確かめてください(--data か KASANE_DATA)。"}}
	case err != nil:
		return []finding{{wrong, d.cfg.DataDir + " を見られません。", "権限を確かめてください: " + err.Error()}}
	case !info.IsDir():
		return []finding{{wrong, d.cfg.DataDir + " はフォルダーではありません。", "--data か KASANE_DATA でフォルダーを指定してください。"}}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return []finding{{look, fmt.Sprintf("%s をほかの利用者が読めます(%o)。", d.cfg.DataDir, info.Mode().Perm()), "個人情報が入っています。chmod 700 で、Kasane を動かす利用者だけにしてください。"}}
	}
	return []finding{good("%s", d.cfg.DataDir)}
}

// What a disk should have free, in bytes, and how long a write that is on the disk may take.
const (
	freeWrong = 500 << 20
	freeLook  = 5 << 30
	syncLook  = 30 * time.Millisecond
)

func askDisk(_ context.Context, d *doctor) []finding {
	dir := existing(d.cfg.DataDir)
	var out []finding
	if free, ok := d.free(dir); ok {
		out = append(out, spare(free))
	}
	took, err := d.sync(dir)
	if err != nil {
		return append(out, finding{wrong, dir + " に書けません。", "権限と空きを確かめてください: " + err.Error()})
	}
	f := good("1回の保存にかかる時間 %.1f ミリ秒", float64(took.Microseconds())/1000)
	if took > syncLook {
		f.verdict, f.advice = look, "保存が遅いディスクです。会議中の「保存済み」が出るまでに時間がかかります。ネットワーク上のフォルダーは避け、手元のSSDに置いてください。"
	}
	return append(out, f)
}

// spare judges how much is free.
func spare(free uint64) finding {
	f := good("空き %.1f GB", float64(free)/(1<<30))
	if free < freeLook {
		f.verdict, f.advice = look, "空きが少なくなっています。古い控えなどを別の場所へ移してください。"
	}
	if free < freeWrong {
		f.verdict, f.advice = wrong, "まもなく保存できなくなります。すぐに空きを作ってください。"
	}
	return f
}

// existing is the folder, or the nearest one above it that is there.
func existing(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "."
	}
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// syncTime is the median time of a small write that is on the disk.
func syncTime(dir string) (time.Duration, error) {
	f, err := os.CreateTemp(dir, ".kasane-doctor-*")
	if err != nil {
		return 0, err
	}
	defer func() { _, _ = f.Close(), os.Remove(f.Name()) }()
	var all []time.Duration
	for range 15 {
		begun := time.Now()
		if _, err := f.Write(make([]byte, 512)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		all = append(all, time.Since(begun))
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// bornAt is before every day on which this program can run.
var bornAt = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func askClock(_ context.Context, d *doctor) []finding {
	now := d.now()
	if now.Before(bornAt) {
		return []finding{{wrong, "このコンピューターの時計は " + jptime.FormatDateTime(now) + " です。", "時計を合わせてください。記録の日時、同意の期限、サインインがすべて狂います。"}}
	}
	return []finding{good("%s", jptime.FormatDateTime(now))}
}

func askKeys(_ context.Context, d *doctor) []finding {
	var out []finding
	ring, err := fileRing(d.cfg, files.ReadRing)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		out = append(out, finding{look, "証憑の鍵がまだありません。", "最初の起動で作られます。前から使っているなら、鍵を失うと証憑が開けません。--data の場所を確かめてください。"})
	case err != nil:
		out = append(out, finding{wrong, "証憑の鍵を読めません。", "KASANE_FILE_KEY か keys/files.key を確かめてください: " + err.Error()})
	default:
		out = append(out, good("証憑の鍵 %d個", len(ring.IDs())))
	}
	if runtime.GOOS == "windows" {
		return out
	}
	for _, name := range []string{"files.key", "audit.key"} {
		p := filepath.Join(d.cfg.DataDir, "keys", name)
		if info, err := os.Stat(p); err == nil && info.Mode().Perm()&0o077 != 0 {
			out = append(out, finding{wrong, p + " をほかの利用者が読めます。", "chmod 600 " + p})
		}
	}
	return out
}

// certificateLook is how long before its end a certificate is spoken of.
const certificateLook = 90 * 24 * time.Hour

func askAuthority(_ context.Context, d *doctor) []finding {
	a, err := seal.Open(caDir(d.cfg))
	if errors.Is(err, seal.ErrNone) {
		return []finding{{look, "認証局がありません。記録は署名なしで確定します。", "kasane ca create --name 団体名 で作れます(docs/records.ja.md)。"}}
	}
	if err != nil {
		return []finding{failing(wrong, "認証局を読めません。", err)}
	}
	var out []finding
	for _, k := range a.Loose() {
		out = append(out, finding{wrong, k + " をほかの利用者が読めます。", "chmod 600 " + k})
	}
	list := a.Seals()
	if len(list) == 0 {
		return append(out, finding{wrong, "署名用証明書がありません。", "kasane ca renew を実行してください。"})
	}
	return append(out, lasts(list[len(list)-1].NotAfter, d.now()))
}

// lasts judges how long the newest certificate still holds.
func lasts(end, now time.Time) finding {
	f := good("署名用証明書は %s まで", jptime.FormatDate(end))
	switch {
	case now.After(end):
		f.verdict, f.advice = wrong, "期限が切れています。kasane ca renew で新しくしてください。記録は署名なしで確定しています。"
	case now.Add(certificateLook).After(end):
		f.verdict, f.advice = look, "まもなく期限です。kasane ca renew で新しくしてください。"
	}
	return f
}

// rareNames are names that a poor set of fonts prints as boxes.
const rareNames = "𠮷野髙﨑塚邉辻󠄀葛󠄀"

func askFonts(_ context.Context, d *doctor) []finding {
	e := pdf.New(pdf.Options{ExtraFont: d.cfg.ExtraFont})
	if err := e.Check(); err != nil {
		return []finding{failing(wrong, "書体を読めません。", err)}
	}
	bad, err := e.Unprintable(pdf.Place{}, rareNames)
	if err != nil {
		return []finding{failing(wrong, "書体を読めません。", err)}
	}
	if len(bad) > 0 {
		return []finding{{look, fmt.Sprintf("%d文字が印字できません。", len(bad)), "IPAmj明朝のファイルを KASANE_EXTRA_FONT に指定すると、戸籍の文字を印字できます。"}}
	}
	return []finding{good("%s を印字できます。", rareNames)}
}

func askClient(context.Context, *doctor) []finding {
	if !frontend.Built() {
		return []finding{{wrong, "画面のファイルが組み込まれていません。", "make build で作り直すか、配布された実行ファイルを使ってください。"}}
	}
	return []finding{good("組み込まれています。")}
}

func askBackups(_ context.Context, d *doctor) []finding {
	if d.cfg.BackupDir == "" {
		return []finding{{look, "夜間の控えは設定されていません。", "kasane backup-key で鍵を作り、KASANE_BACKUP_TO と KASANE_BACKUP_DIR を設定してください(docs/operations.ja.md)。"}}
	}
	list, err := backupsIn(d.cfg.BackupDir)
	switch {
	case err != nil:
		return []finding{{wrong, d.cfg.BackupDir + " を読めません。", "KASANE_BACKUP_DIR と権限を確かめてください。"}}
	case len(list) == 0:
		return []finding{{look, "控えがまだ1つもありません。", "Kasane が動いていれば10分以内に書き出されます。"}}
	}
	newest := list[len(list)-1]
	f := good("%d個、最後は %s", len(list), jptime.FormatDateTime(newest.at))
	if d.now().Sub(newest.at) > backupOld {
		f.verdict, f.advice = wrong, "控えが書き出されていません。Kasane のログで backup の行を確かめてください。"
	}
	if same, ok := sameDisk(existing(d.cfg.DataDir), d.cfg.BackupDir); ok && same && d.cfg.DatabaseURL == "" && f.verdict == fine {
		f.verdict, f.advice = look, "控えがデータと同じディスクにあります。ディスクの故障に備え、別のディスクか別のコンピューターに置いてください。"
	}
	return []finding{f}
}

// connections is for how many connections there should be room: 500 people with a page each, and the database.
const connections = 4096

func askLimits(context.Context, *doctor) []finding {
	n, ok := openFiles()
	if !ok {
		return nil
	}
	f := good("%d", n)
	if n < connections {
		f.verdict, f.advice = look, "同時につなげる人数が限られます。ulimit -n 65536(systemd では LimitNOFILE=65536)にしてください。"
	}
	return []finding{f}
}
