package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/files"
	"kasane/internal/store"
)

// keys shows and changes the keys of the evidence files:
//
//	keys          which keys there are, and how many files each has sealed
//	keys new      a new key for KASANE_FILE_KEY
//	keys rotate   new keys of the installation and of every municipality (--municipality: of one alone), and every file sealed with them
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
	var town string
	cfg, code := p.configure("keys", args, func(f *flag.FlagSet) {
		if deed == "rotate" {
			f.StringVar(&town, "municipality", "", "")
		}
	})
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
	if err := k.count(ctx); err != nil {
		return p.fail("証憑を数えられません", err)
	}
	switch deed {
	case "rotate":
		if town != "" {
			return k.rotateTown(ctx, town)
		}
		return k.rotate(ctx)
	case "drop":
		return k.drop(ctx)
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
	towns  *files.Towns
	owned  []ownedKeys
}

// ownedKeys are the keys of one municipality.
type ownedKeys struct {
	access.Municipality
	newest  files.KeyID
	older   map[files.KeyID]string
	lost    error // no key at hand opens them
	foreign int   // sealed with a key of the installation that is not the newest
}

// count looks at every file, secret and key.
func (k *keeper) count(ctx context.Context) (err error) {
	k.towns, k.owned = files.NewTowns(k.st, k.ring, time.Now), nil
	if k.census, err = files.Count(ctx, k.st); err != nil {
		return err
	}
	list, err := k.st.ListMunicipalities(ctx)
	for _, m := range list {
		if err != nil {
			return err
		}
		o := ownedKeys{Municipality: m}
		o.newest, o.older, o.lost = k.towns.Older(ctx, m.ID)
		var all []files.TownKey
		all, err = k.st.TownKeys(ctx, m.ID)
		for _, x := range all {
			if id, _ := files.SealedBy(x.Wrapped); id != k.ring.IDs()[0] {
				o.foreign++
			}
		}
		k.owned = append(k.owned, o)
	}
	return err
}

// behind is how many files and secrets of a municipality its newest key has not sealed.
func (k *keeper) behind(o ownedKeys) (n int) {
	for id, m := range k.census.Towns[o.ID] {
		if id != o.newest {
			n += m
		}
	}
	return n
}

func (k *keeper) open(ctx context.Context, readOnly bool) (*store.Store, int) {
	o := store.Options{DataDir: k.cfg.DataDir, DatabaseURL: k.cfg.DatabaseURL, ReadOnly: readOnly, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	st, err := store.Open(ctx, o)
	if err != nil {
		return nil, k.fail("記録を開けません(SQLite のときは、先に Kasane を止めてください)", err)
	}
	return st, exitOK
}

// older is how much is not sealed with the newest keys: files and secrets, and keys of municipalities.
func (k *keeper) older() int {
	n := k.census.Unnamed
	for _, o := range k.owned {
		n += k.behind(o) + o.foreign
	}
	return n
}

func (k *keeper) show() {
	known := k.ring.IDs()
	for i, id := range k.ring.IDs() {
		what := "前の鍵"
		if i == 0 {
			what = "今の鍵"
		}
		fmt.Fprintf(k.Out, "%s %s  証憑 %d 件、認証アプリの鍵 %d 件\n", what, id, k.census.By[id], k.census.Secrets[id])
	}
	for _, o := range k.owned {
		if o.lost != nil {
			fmt.Fprintf(k.Out, "%s の鍵は、手元にない鍵で封じられています: その鍵を戻さないと、証憑を開けません\n", o.Name)
			continue
		}
		if o.newest == (files.KeyID{}) {
			fmt.Fprintf(k.Out, "%s の鍵はまだありません(最初の起動で作られます)\n", o.Name)
			continue
		}
		fmt.Fprintf(k.Out, "%s の鍵 %s  証憑 %d 件、認証アプリの鍵 %d 件\n", o.Name, o.newest, k.census.By[o.newest], k.census.Secrets[o.newest])
		known = append(known, o.newest)
		for _, id := range slices.SortedFunc(maps.Keys(o.older), func(a, b files.KeyID) int { return strings.Compare(o.older[b], o.older[a]) }) {
			fmt.Fprintf(k.Out, "%s の前の鍵 %s  証憑 %d 件、認証アプリの鍵 %d 件\n", o.Name, id, k.census.By[id], k.census.Secrets[id])
			known = append(known, id)
		}
	}
	if k.census.Unnamed > 0 {
		fmt.Fprintf(k.Out, "鍵の名前が記されていない証憑 %d 件(kasane keys rotate で封じ直せます)\n", k.census.Unnamed)
	}
	for _, sealed := range []map[files.KeyID]int{k.census.By, k.census.Secrets} {
		for id, n := range sealed {
			if !slices.Contains(known, id) {
				fmt.Fprintf(k.Out, "手元にない鍵 %s で封じられたもの %d 件: この鍵を戻さないと開けません\n", id, n)
			}
		}
	}
}

// rotate makes a new key of each municipality, seals all their keys with the newest of the installation and everything with the new keys. In the data folder it first makes
// a new key of the installation, unless an earlier call was stopped before it was done.
func (k *keeper) rotate(ctx context.Context) int {
	for _, o := range k.owned {
		if o.lost != nil {
			return k.fail(o.Name+" の鍵は、手元の鍵では開けませんでした。何も変えていません", o.lost)
		}
	}
	unfinished := len(k.ring.IDs()) > 1 && k.older() > 0
	if k.cfg.FileKey == "" && !unfinished {
		ring, err := files.AddKey(k.cfg.DataDir)
		if err != nil {
			return k.fail("新しい鍵を書けません", err)
		}
		k.ring, k.towns = ring, files.NewTowns(k.st, ring, time.Now)
	}
	if k.cfg.FileKey != "" && len(k.ring.IDs()) == 1 && k.census.Unnamed == 0 {
		fmt.Fprintln(k.Err, "鍵が1つしかありません。kasane keys new で作った鍵を、全部の台の KASANE_FILE_KEY の先頭に加えてください(新しい鍵,今の鍵)。1つの市町村の鍵だけなら kasane keys rotate --municipality 名称 で変えられます。")
		return exitFail
	}
	for _, o := range k.owned {
		if code := k.renew(ctx, o); code != exitOK {
			return code
		}
	}
	return k.reseal(ctx, k.st, "新しい鍵 "+k.ring.IDs()[0].String()+" のもとで")
}

// rotateTown makes a new key of one municipality and seals what is its with it.
func (k *keeper) rotateTown(ctx context.Context, name string) int {
	m, err := townNamed(ctx, k.st, name)
	if err != nil {
		return k.fail("鍵を変えられません", err)
	}
	for _, o := range k.owned {
		if o.ID == m.ID {
			if code := k.renew(ctx, o); code != exitOK {
				return code
			}
		}
	}
	return k.reseal(ctx, files.Only(k.st, m.ID), m.Name+" の新しい鍵で")
}

// renew gives a municipality a new key, unless one waits for what the older ones sealed, and seals its keys with the newest of the installation.
func (k *keeper) renew(ctx context.Context, o ownedKeys) int {
	waits := len(o.older) > 0 && k.behind(o) > 0
	if !waits {
		if err := k.towns.Add(ctx, o.ID, files.KeyOfFiles, false); err != nil {
			return k.fail(o.Name+" の新しい鍵を作れません", err)
		}
	}
	if _, err := k.towns.Rewrap(ctx, o.ID); err != nil {
		return k.fail(o.Name+" の鍵を封じ直せません", err)
	}
	return exitOK
}

// reseal seals with the newest keys what older ones sealed.
func (k *keeper) reseal(ctx context.Context, vault files.Vaults, how string) int {
	bad := 0
	done, err := files.Reseal(ctx, vault, k.towns, time.Now, func(f files.File, err error) {
		bad++
		fmt.Fprintf(k.Err, "証憑 %s は開けませんでした。そのまま残しました(%v)\n", f.ID, err)
	})
	secrets := 0
	if err == nil {
		secrets, err = files.ResealSecrets(ctx, vault, k.towns, time.Now, func(id string, err error) {
			bad++
			fmt.Fprintf(k.Err, "認証アプリの鍵 %s は開けませんでした。その人は予備コードで入り、登録し直します(%v)\n", id, err)
		})
	}
	fmt.Fprintf(k.Out, "証憑 %d 件と認証アプリの鍵 %d 件を%s封じ直しました。\n", done, secrets, how)
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
func (k *keeper) drop(ctx context.Context) int {
	if n := k.older(); n > 0 {
		fmt.Fprintf(k.Err, "前の鍵で封じられたものが %d 件あります。先に kasane keys rotate を実行してください。\n", n)
		return exitFail
	}
	for _, o := range k.owned {
		if len(o.older) == 0 {
			continue
		}
		e := access.System(o.ID).Audit(time.Now(), access.VerbTownKey, o.ID)
		e.Reason = "destroyed"
		if err := k.st.DropTownKeys(ctx, o.ID, slices.Collect(maps.Values(o.older)), e); err != nil {
			return k.fail(o.Name+" の前の鍵を外せません", err)
		}
		fmt.Fprintf(k.Out, "%s の前の鍵 %d 個を外しました。\n", o.Name, len(o.older))
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
