package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"kasane/internal/config"
	"kasane/internal/files"
	"kasane/internal/store"
)

// keys shows and changes the keys of the evidence files:
//
//	keys          which keys there are, and how many files each has sealed
//	keys new      a new key for KASANE_FILE_KEY
//	keys rotate   a new key, and every file sealed with it
//	keys drop     the old keys are taken away, when no file needs them
func (p Process) keys(ctx context.Context, args []string) int {
	deed := ""
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		deed, args = args[0], args[1:]
	}
	if !slices.Contains([]string{"", "new", "rotate", "drop"}, deed) {
		fmt.Fprintf(p.Err, "「keys %s」という命令はありません。\n\n%s", deed, usage)
		return exitUsage
	}
	cfg, code := p.configure("keys", args, func(*flag.FlagSet) {})
	if code != exitOK {
		return code
	}
	if deed == "new" {
		key := make([]byte, files.KeySize)
		_, _ = rand.Read(key)
		fmt.Fprintln(p.Out, base64.StdEncoding.EncodeToString(key))
		return exitOK
	}
	ring, err := fileRing(cfg, files.ReadRing)
	if err != nil {
		return p.fail("証憑の鍵を読めません。--data のフォルダーか KASANE_FILE_KEY を確かめてください", err)
	}
	k := keeper{Process: p, cfg: cfg, ring: ring}
	if k.st, code = k.open(ctx, deed == ""); code != exitOK {
		return code
	}
	defer k.st.Close()
	if k.census, err = files.Count(ctx, k.st); err != nil {
		return p.fail("証憑を数えられません", err)
	}
	switch deed {
	case "rotate":
		return k.rotate(ctx)
	case "drop":
		return k.drop()
	}
	k.show()
	return exitOK
}

// fileRing finds the keys of the evidence files: given, or in the data folder.
func fileRing(cfg config.Config, load func(dir string) (files.Ring, error)) (files.Ring, error) {
	if cfg.FileKey != "" {
		return files.ParseRing(cfg.FileKey)
	}
	return load(cfg.DataDir)
}

// keeper is one call of `kasane keys`.
type keeper struct {
	Process
	cfg    config.Config
	ring   files.Ring
	st     *store.Store
	census files.Census
}

func (k *keeper) open(ctx context.Context, readOnly bool) (*store.Store, int) {
	o := store.Options{DataDir: k.cfg.DataDir, DatabaseURL: k.cfg.DatabaseURL, ReadOnly: readOnly, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	st, err := store.Open(ctx, o)
	if err != nil {
		return nil, k.fail("記録を開けません(SQLite のときは、先に Kasane を止めてください)", err)
	}
	return st, exitOK
}

// older is how many files and secrets are not sealed with the newest key.
func (k *keeper) older() int {
	n := k.census.Unnamed
	for _, sealed := range []map[files.KeyID]int{k.census.By, k.census.Secrets} {
		for id, m := range sealed {
			if id != k.ring.IDs()[0] {
				n += m
			}
		}
	}
	return n
}

func (k *keeper) show() {
	for i, id := range k.ring.IDs() {
		what := "前の鍵"
		if i == 0 {
			what = "今の鍵"
		}
		fmt.Fprintf(k.Out, "%s %s  証憑 %d 件、認証アプリの鍵 %d 件\n", what, id, k.census.By[id], k.census.Secrets[id])
	}
	if k.census.Unnamed > 0 {
		fmt.Fprintf(k.Out, "鍵の名前が記されていない証憑 %d 件(kasane keys rotate で封じ直せます)\n", k.census.Unnamed)
	}
	for _, sealed := range []map[files.KeyID]int{k.census.By, k.census.Secrets} {
		for id, n := range sealed {
			if !slices.Contains(k.ring.IDs(), id) {
				fmt.Fprintf(k.Out, "手元にない鍵 %s で封じられたもの %d 件: この鍵を戻さないと開けません\n", id, n)
			}
		}
	}
}

// rotate seals everything with the newest key. In the data folder it first makes one, unless an earlier call was stopped before it was done.
func (k *keeper) rotate(ctx context.Context) int {
	unfinished := len(k.ring.IDs()) > 1 && k.older() > 0
	if k.cfg.FileKey == "" && !unfinished {
		ring, err := files.AddKey(k.cfg.DataDir)
		if err != nil {
			return k.fail("新しい鍵を書けません", err)
		}
		k.ring = ring
	}
	if k.cfg.FileKey != "" && len(k.ring.IDs()) == 1 && k.census.Unnamed == 0 {
		fmt.Fprintln(k.Err, "鍵が1つしかありません。kasane keys new で作った鍵を、全部の台の KASANE_FILE_KEY の先頭に加えてください(新しい鍵,今の鍵)。")
		return exitFail
	}
	bad := 0
	done, err := files.Reseal(ctx, k.st, k.ring, time.Now, func(f files.File, err error) {
		bad++
		fmt.Fprintf(k.Err, "証憑 %s は開けませんでした。そのまま残しました(%v)\n", f.ID, err)
	})
	secrets := 0
	if err == nil {
		secrets, err = files.ResealSecrets(ctx, k.st, k.ring, time.Now, func(id string, err error) {
			bad++
			fmt.Fprintf(k.Err, "認証アプリの鍵 %s は開けませんでした。その人は予備コードで入り、登録し直します(%v)\n", id, err)
		})
	}
	fmt.Fprintf(k.Out, "証憑 %d 件と認証アプリの鍵 %d 件を新しい鍵 %s で封じ直しました。\n", done, secrets, k.ring.IDs()[0])
	if err != nil {
		return k.fail("途中で止まりました。もう一度 kasane keys rotate を実行すると続きから始めます", err)
	}
	if bad > 0 {
		return exitFail
	}
	fmt.Fprintln(k.Out, "前の鍵は、送れなかった入力を開くためにしばらく残してください。1週間たったら kasane keys drop で外せます。控え(バックアップ)の中の証憑は、前の鍵でしか開けません。")
	return exitOK
}

// drop takes the old keys away, if no file needs them.
func (k *keeper) drop() int {
	if n := k.older(); n > 0 {
		fmt.Fprintf(k.Err, "前の鍵で封じられたものが %d 件あります。先に kasane keys rotate を実行してください。\n", n)
		return exitFail
	}
	if k.cfg.FileKey == "" {
		ring, err := files.KeepNewest(k.cfg.DataDir)
		if err != nil {
			return k.fail("鍵を書けません", err)
		}
		fmt.Fprintf(k.Out, "鍵は %s だけになりました。\n", ring.IDs()[0])
		return exitOK
	}
	fmt.Fprintf(k.Out, "どの証憑も前の鍵を使っていません。全部の台の KASANE_FILE_KEY を先頭の鍵(%s)だけにしてください。\n", k.ring.IDs()[0])
	if k.cfg.DatabaseURL != "" && k.cfg.AuditKey == "" {
		seed, err := auditSeed(k.cfg, files.ReadKeyFile)
		if err != nil {
			return k.fail("監査ログの鍵を読めません", err)
		}
		fmt.Fprintf(k.Out, "監査ログの署名は外す鍵から作られています。同じ署名を続けるため、その前に次を設定してください(秘密です):\nKASANE_AUDIT_KEY=%s\n",
			base64.StdEncoding.EncodeToString(seed))
	}
	return exitOK
}
