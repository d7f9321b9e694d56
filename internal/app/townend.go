package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/quota"
	"kasane/internal/store"
)

// exportFresh is how old the export may be that stands behind a deletion.
const exportFresh = 24 * time.Hour

// townEnd suspends, resumes or deletes a municipality, beside a running server or without one.
func (p Process) townEnd(ctx context.Context, deed string, args []string) int {
	name, args := takeName(args, "--without-export", "-without-export")
	var w townWords
	cfg, code := p.configure("municipality "+deed, args, func(f *flag.FlagSet) {
		if deed == "delete" {
			f.BoolVar(&w.without, "without-export", false, "")
		}
	})
	if code != exitOK {
		return code
	}
	if name == "" {
		fmt.Fprintf(p.Err, "市町村の名称(または団体コード)を指定してください。\n例: kasane municipality %s 潮見市\n", deed)
		return exitUsage
	}
	o := order{Deed: deed, By: operator(), At: time.Now()}
	m, err := p.mayEnd(ctx, cfg, name, &o, w)
	if err != nil {
		return p.fail("何も変えていません", err)
	}
	done, err := p.carryOut(ctx, cfg, o)
	if err != nil {
		return p.fail("終わりまでできませんでした。もう一度実行すると続きから行います", err)
	}
	switch deed {
	case "suspend":
		fmt.Fprintf(p.Out, "%s の利用を止めました。サインインはすべて切れ、再開するまで誰も入れません。記録はそのままです。\n", m.Name)
	case "resume":
		fmt.Fprintf(p.Out, "%s の利用を再開しました。\n", m.Name)
	default:
		p.tellDeleted(cfg, m, done)
	}
	return exitOK
}

// mayEnd finds the municipality; before a deletion it looks at the export and has the name typed.
func (p Process) mayEnd(ctx context.Context, cfg config.Config, name string, o *order, w townWords) (m access.Municipality, err error) {
	st, err := store.Open(ctx, store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	if err != nil {
		return m, err
	}
	defer st.Close()
	if m, err = townNamed(ctx, st, name); err != nil {
		return m, err
	}
	if o.Tenant, o.Name = m.ID, m.Name; o.Deed != "delete" {
		return m, nil
	}
	if !w.without {
		if o.Export, err = exported(ctx, st, cfg, m, time.Now()); err != nil {
			return m, err
		}
	}
	counts, err := st.TownCounts(ctx, m.ID)
	if err != nil {
		return m, err
	}
	fmt.Fprintf(p.Out, "%s(%s)のすべてを消します: %d個の表の%d行(利用者 %d 人、ケース %d 件、会議 %d 回、確定文書 %d 件、証憑・資料 %d 件)。元には戻せません。\nほかの市町村のものは消えません。消すには、市町村の名称を入力してください: ",
		m.Name, m.Code, len(counts), total(counts), counts["app_user"], counts["case_file"], counts["meeting"], counts["archive_record"], counts["file_blob"])
	if typed := p.line(); typed != m.Name {
		fmt.Fprintln(p.Out)
		return m, fault.New(fault.Conflict, "入力された名称が違います。")
	}
	fmt.Fprintln(p.Out)
	return m, nil
}

// line is what somebody types.
func (p Process) line() string {
	if p.In == nil {
		return ""
	}
	s, _ := bufio.NewReader(p.In).ReadString('\n')
	return strings.TrimSpace(s)
}

// exported holds the newest export against what is there now, and gives the hash of its file.
func exported(ctx context.Context, st *store.Store, cfg config.Config, m access.Municipality, now time.Time) (string, error) {
	how := "kasane municipality suspend で止め、kasane municipality export で書き出してから、もう一度実行してください(書き出さずに消すなら --without-export)。"
	r, ok, err := readReceipt(cfg, m.ID)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", fault.New(fault.Conflict, "この市町村は、まだ書き出されていません。"+how)
	case now.Sub(r.At) > exportFresh:
		return "", fault.Newf(fault.Conflict, "最後の書き出しは %s のものです。%s", jptime.FormatDateTime(r.At), how)
	}
	if sum, err := sumOf(r.File); err != nil || sum != r.SHA256 {
		return "", fault.Wrap(fault.Conflict, err, r.File+" に、書き出したときのファイルがありません。"+how)
	}
	n, err := st.WrittenSince(ctx, m.ID, r.At)
	if err == nil && n > 0 {
		err = fault.Newf(fault.Conflict, "書き出したあとに、%d件の操作か入力がありました。%s", n, how)
	}
	return r.SHA256, err
}

func total(counts map[string]int64) (n int64) {
	for _, k := range counts {
		n += k
	}
	return n
}

// operator is whose command it is, as the machine knows him.
func operator() string {
	host, _ := os.Hostname()
	if u, err := user.Current(); err == nil {
		return u.Username + "@" + host
	}
	return "@" + host
}

// tellDeleted says what is gone and where it still is.
func (p Process) tellDeleted(cfg config.Config, m access.Municipality, o outcome) {
	fmt.Fprintf(p.Out, "%s のすべてを消しました(%d行)。消したこと(日時・操作した人・行数)は、設置の記録に残りました。\n", m.Name, total(o.Gone))
	for _, t := range slices.Sorted(maps.Keys(o.Gone)) {
		fmt.Fprintf(p.Out, "  %s %d行\n", t, o.Gone[t])
	}
	still := 0
	if list, err := backupsIn(cfg.BackupDir); cfg.BackupDir != "" && err == nil {
		for _, b := range list {
			if still++; still == 1 {
				fmt.Fprintln(p.Out, "次の控えには、まだ残っています。消すかどうかを決めてください:")
			}
			fmt.Fprintf(p.Out, "  %s(%s)\n", filepath.Join(cfg.BackupDir, b.name), jptime.FormatDateTime(b.at))
		}
	}
	if r, ok, err := readReceipt(cfg, m.ID); ok && err == nil {
		fmt.Fprintf(p.Out, "書き出したファイル: %s(SHA-256 %s)\n", r.File, r.SHA256)
	}
	fmt.Fprintln(p.Out, "このほかに取った控え、PostgreSQL のレプリカ・WAL、ディスクの複製にも、消す前のものが残ります。")
}

// order (指図) is a deed that a command has a server do, because on SQLite only one process writes.
type order struct {
	Deed, Tenant, Name, By string
	Export                 string // SHA-256 of the export; "" = without
	At                     time.Time
	Quota                  *quota.Limits `json:",omitempty"` // of the deed quota
}

// outcome is how an order ended.
type outcome struct {
	Error string
	Gone  map[string]int64
}

const (
	ordersEvery = 500 * time.Millisecond
	orderLasts  = 10 * time.Minute // then nobody waits for it any more: a command that was killed must not have its way days later
)

func ordersDir(cfg config.Config) string { return filepath.Join(cfg.DataDir, "orders") }

// carryOut does a deed, or has it done by the server that has the database.
func (p Process) carryOut(ctx context.Context, cfg config.Config, o order) (out outcome, err error) {
	heads := openHeads(cfg.DataDir, slog.New(slog.DiscardHandler))
	st, _, err := p.openToWrite(ctx, cfg, heads)
	if cfg.DatabaseURL == "" && fault.Is(err, fault.Conflict) {
		return handOver(ctx, cfg, o)
	}
	if err != nil {
		return out, err
	}
	defer st.Close()
	pause := time.Duration(0)
	if cfg.DatabaseURL != "" {
		nodes, err := st.LiveNodes(ctx)
		if err != nil {
			return out, err
		}
		if len(nodes) > 0 {
			pause = 2 * recheckEvery
		}
	}
	out.Gone, err = fulfil(ctx, st, o, pause)
	return out, errors.Join(err, heads.flush())
}

// handOver puts an order into the data folder and waits for the server's answer.
func handOver(ctx context.Context, cfg config.Config, o order) (out outcome, err error) {
	if err := os.MkdirAll(ordersDir(cfg), 0o700); err != nil {
		return out, err
	}
	o.At = time.Now()
	raw, err := json.Marshal(o)
	if err != nil {
		return out, err
	}
	path := filepath.Join(ordersDir(cfg), access.NewID(time.Now())+".order")
	if err := os.WriteFile(path+".new", raw, 0o600); err != nil {
		return out, err
	}
	if err := giveToOwner(cfg.DataDir); err != nil { // the server may be another account, and root types the commands
		return out, err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, gone(path), gone(path+".done")) }()
	for limit := time.Now().Add(orderLasts); ; {
		raw, err := os.ReadFile(path + ".done")
		if err == nil {
			if err := json.Unmarshal(raw, &out); err != nil || out.Error == "" {
				return out, err
			}
			return out, fault.New(fault.Conflict, out.Error)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return out, err
		}
		if time.Now().After(limit) {
			return out, fault.New(fault.Unavailable, "動いている Kasane が答えません。Kasane を止めてから、もう一度実行してください。")
		}
		select {
		case <-ctx.Done():
			return out, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// gone removes a file that may not be there.
func gone(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// takeOrders does what commands ordered.
func (h *house) takeOrders(ctx context.Context) error {
	return fulfilOrders(ctx, h.cfg, h.store, 2*recheckEvery)
}

// fulfilOrders does the orders that lie in the data folder.
func fulfilOrders(ctx context.Context, cfg config.Config, st *store.Store, pause time.Duration) error {
	list, err := filepath.Glob(filepath.Join(ordersDir(cfg), "*.order"))
	for _, path := range list {
		if _, err := os.Stat(path + ".done"); err == nil {
			continue // answered; the command takes it away
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			continue // the command gave up
		}
		var o order
		var out outcome
		if err := json.Unmarshal(raw, &o); err == nil && time.Since(o.At) > orderLasts {
			if err := gone(path); err != nil {
				return err
			}
			continue
		} else if err == nil {
			out.Gone, err = fulfil(ctx, st, o, pause)
			if err != nil {
				out.Error = fault.Message(err)
			}
		} else {
			out.Error = "指図が読めません。"
		}
		if raw, err = json.Marshal(out); err == nil {
			err = os.WriteFile(path+".done.new", raw, 0o600)
		}
		if err == nil {
			err = os.Rename(path+".done.new", path+".done")
		}
		if err != nil {
			return err
		}
	}
	return err
}

// fulfil does a deed. pause is how long the sockets of a municipality may take to end, on every node.
func fulfil(ctx context.Context, st *store.Store, o order, pause time.Duration) (map[string]int64, error) {
	if !slices.Contains([]string{"suspend", "resume", "delete", "quota"}, o.Deed) || (o.Deed == "quota") != (o.Quota != nil) {
		return nil, fault.New(fault.Invalid, "動いている Kasane は、この指図を知りません。命令とサーバーの版をそろえてください。")
	}
	if o.Quota != nil {
		return nil, st.SetQuota(ctx, o.Tenant, *o.Quota, access.System(o.Tenant).Audit(time.Now(), access.VerbTownQuota, o.Tenant))
	}
	e := access.System(o.Tenant).Audit(time.Now(), access.VerbTownSuspend, o.Tenant)
	e.Reason = o.Deed
	if err := st.SuspendTown(ctx, o.Tenant, o.Deed != "resume", e); err != nil || o.Deed != "delete" {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(pause):
	}
	out, err := st.DeleteTown(ctx, o.Tenant, func(rows map[string]int64) access.Entry { return tombstone(o, rows, time.Now()) })
	if err != nil {
		return nil, err
	}
	for range 5 { // a request that was under way may have written behind it
		select {
		case <-ctx.Done():
			return out, ctx.Err()
		case <-time.After(pause / 3):
		}
		n, err := st.SweepTown(ctx, o.Tenant)
		if err != nil {
			return out, err
		}
		if n == 0 {
			break
		}
	}
	_, err = st.AuditCheckpoint(ctx, access.Installation)
	return out, err
}

// tombstone (墓標) is what is left of a municipality: who deleted it when, and how many rows of what.
func tombstone(o order, rows map[string]int64, now time.Time) access.Entry {
	e := access.System(access.Installation).Audit(now, access.VerbTownDelete, o.Tenant)
	what, _ := json.Marshal(struct {
		Name string           `json:"name"`
		By   string           `json:"by"`
		Rows int64            `json:"rows"`
		Of   map[string]int64 `json:"of"`
	}{o.Name, o.By, total(rows), rows})
	e.Reason, e.Hash = string(what), o.Export
	return e
}
