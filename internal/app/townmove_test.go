package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/backup"
	"kasane/internal/cases"
	"kasane/internal/demo"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

const (
	nextDoor = "0000000000000000NEXTDOOR" // id of the municipality that stays
	planted  = "となりの秘密"                   // stands in every text of it that has Japanese in it
)

// twins is a stream that holds the demo municipality, and beside it another one with a secret in every row.
type twins struct {
	backup.Sink
	town  string
	table backup.Table
	after [][]any
}

func (w *twins) Table(t backup.Table) error {
	if err := w.flush(); err != nil {
		return err
	}
	w.table = backup.Table{Name: t.Name, Columns: slices.Clone(t.Columns)}
	return w.Sink.Table(t)
}

func (w *twins) flush() error {
	for _, r := range w.after {
		if err := w.Sink.Row(r); err != nil {
			return err
		}
	}
	w.after = nil
	return nil
}

func (w *twins) Row(row []any) error {
	twin := slices.Clone(row)
	for i, v := range twin {
		switch v := v.(type) {
		case string:
			switch {
			case v == w.town:
				twin[i] = nextDoor
			case w.table.Name == "municipality" && w.table.Columns[i] == "code":
				twin[i] = "012033"
			case strings.ContainsFunc(v, func(r rune) bool { return r > 0x3000 }):
				if v[0] != '{' && v[0] != '[' {
					twin[i] = v + planted
				}
			}
		case []byte:
			if w.table.Name != "audit_entry" {
				twin[i] = append(bytes.Clone(v), planted...)
			}
		}
	}
	w.after = append(w.after, twin)
	return w.Sink.Row(row)
}

// twoTowns is an installation with the demo municipality and its neighbour, on the engine of url.
func twoTowns(t *testing.T, from site, url string) site {
	t.Helper()
	x := newSite(t, url, drillKey)
	must(t, os.MkdirAll(filepath.Join(x.dir, "keys"), 0o700))
	for _, name := range []string{"files.key", "audit.key"} {
		raw, err := os.ReadFile(filepath.Join(from.dir, "keys", name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(x.dir, "keys", name), raw, 0o600))
		if url != "" {
			x.env[map[string]string{"files.key": "KASANE_FILE_KEY", "audit.key": "KASANE_AUDIT_KEY"}[name]] = strings.TrimSpace(string(raw))
		}
	}
	x.cfg.FileKey, x.cfg.AuditKey = x.env["KASANE_FILE_KEY"], x.env["KASANE_AUDIT_KEY"]
	st, err := store.Open(context.Background(), store.Options{DataDir: from.dir, ReadOnly: true, Now: time.Now})
	must(t, err)
	defer st.Close()
	list, err := st.ListMunicipalities(context.Background())
	must(t, err)
	must(t, store.Restore(context.Background(), store.Options{DataDir: x.dir, DatabaseURL: url, Now: time.Now}, func(to backup.Sink) error {
		w := &twins{Sink: to, town: list[0].ID}
		if err := st.Dump(context.Background(), "test", w); err != nil {
			return err
		}
		return w.flush()
	}))
	return x
}

// demoSite is the demo municipality with an evidence file sealed as it was before municipalities had keys, and one sealed with its own.
func demoSite(t *testing.T) (x site, actor access.Actor, ids []string) {
	t.Helper()
	ctx := context.Background()
	x = newSite(t, "", "")
	st := x.open()
	must(t, demo.Seed(ctx, st, papers.New(pdf.New(pdf.Options{})), time.Now()))
	list, err := st.ListMunicipalities(ctx)
	must(t, err)
	actor = access.Actor{Tenant: list[0].ID, UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}
	cased, err := st.Cases(ctx, access.ScopeOf(actor), cases.Query{Limit: 1})
	must(t, err)
	ring, err := fileRing(x.cfg, files.LoadRing)
	must(t, err)
	towns := files.NewTowns(st, ring, time.Now)
	must(t, giveKeys(ctx, st, towns))
	for i, keys := range []files.Keys{ring, towns} {
		f, err := files.New(st, keys, time.Now).Put(ctx, actor, files.Upload{CaseID: cased[0].ID, Purpose: files.PurposeEvidence, Name: "同意書.pdf", Bytes: sheet(i)})
		must(t, err)
		ids = append(ids, f.ID)
	}
	agencies, err := st.ListAgencies(ctx, actor.Tenant)
	must(t, err)
	hooks := webhooks.New(st, webhooks.Options{On: true, Sender: webhooks.NewSender(webhooks.Guard{}, nil, nil), Now: time.Now, SealOf: func(ctx context.Context, tenant string) (webhooks.Sealer, error) { return towns.RingOf(ctx, tenant) }})
	_, err = hooks.Add(ctx, access.Actor{Tenant: actor.Tenant, UserID: "u1", Roles: []access.Role{access.RoleAdmin}}, webhooks.Input{AgencyID: agencies[0].ID, URL: "https://renkei.example/", Kinds: []webhooks.Kind{webhooks.KindCase}, On: true})
	must(t, err)
	must(t, st.SequenceWaiting(ctx))
	must(t, st.Close())
	return x, actor, ids
}

// keyPair makes a pair of keys for locked files.
func keyPair(t *testing.T, x site) (key, public string) {
	t.Helper()
	key = filepath.Join(t.TempDir(), "away.key")
	_, out := x.run("backup-key", "--out", key)
	public = strings.TrimSpace(out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:])
	if !strings.HasPrefix(public, "age1") {
		t.Fatal(out)
	}
	return key, public
}

// everything is what a locked stream holds, unpacked.
func everything(t *testing.T, file, key string) []byte {
	t.Helper()
	raw, err := os.ReadFile(key)
	must(t, err)
	keys, err := backup.ParseKey(raw)
	must(t, err)
	in, end, err := openLocked(file, keys)
	must(t, err)
	defer end()
	var l raws
	if _, _, err := backup.Read(in, &l); err != nil {
		t.Fatal(err)
	}
	return l.Bytes()
}

// raws is a sink that writes every value down as it is.
type raws struct{ bytes.Buffer }

func (l *raws) Begin(h backup.Head) error { fmt.Fprintf(l, "%+v %+v\n", h, h.Town); return nil }
func (l *raws) File(f backup.File) error {
	fmt.Fprintf(l, "%s\n%s\n", f.Name, f.Data)
	return nil
}
func (l *raws) Table(t backup.Table) error { fmt.Fprintf(l, "\n%s\n", t.Name); return nil }
func (l *raws) Row(r []any) error {
	for _, v := range r {
		if b, ok := v.([]byte); ok {
			l.Write(b)
			continue
		}
		fmt.Fprintf(l, "%v|", v)
	}
	return nil
}

// TestMunicipalityMoves: of two municipalities one is written out beside a running server. Nothing of the other is in the file, nor a key of the installation. In another
// installation of the other engine, which has a municipality of its own, it verifies, its people sign in, its evidence opens, and it goes on.
func TestMunicipalityMoves(t *testing.T) {
	t.Parallel()
	base, actor, ids := demoSite(t)
	for _, c := range []struct{ name, from, to string }{{"SQLite to PostgreSQL", "", "postgres"}, {"PostgreSQL to SQLite", "postgres", ""}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url := func(engine string) string {
				if engine == "" {
					return ""
				}
				return storetest.Empty(t)
			}
			from := twoTowns(t, base, url(c.from))
			to := newSite(t, url(c.to), "HRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEAHx4=")
			move(t, from, to, actor, ids)
		})
	}
}

func move(t *testing.T, from, to site, actor access.Actor, ids []string) {
	ctx := context.Background()
	key, public := keyPair(t, from)
	running := from.open() // a server
	file := filepath.Join(t.TempDir(), "moved.kasane")
	if code, out := from.run("municipality export", "どこか市", "--out", file, "--to", public); code != exitFail || !strings.Contains(out, "という市町村はありません") {
		t.Errorf("%d %s", code, out)
	}
	list, err := running.ListMunicipalities(ctx)
	must(t, err)
	i := slices.IndexFunc(list, func(m access.Municipality) bool { return m.ID == actor.Tenant })
	code, out := from.run("municipality export", list[i].Name, "--out", file, "--to", public)
	if code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	held := everything(t, file, key)
	ring, err := fileRing(from.cfg, files.ReadRing)
	must(t, err)
	seed, err := auditSeed(from.cfg, files.ReadKeyFile)
	must(t, err)
	for what, secret := range map[string][]byte{"the neighbour's words": []byte(planted), "the neighbour's id": []byte(nextDoor), "the key of the files": ring.Oldest(),
		"the same as text": []byte(base64.StdEncoding.EncodeToString(ring.Oldest())), "the key of the log": seed} {
		if bytes.Contains(held, secret) {
			t.Errorf("%s left with the file", what)
		}
	}
	if !bytes.Contains(held, []byte(list[i].Name)) || len(held) < 100_000 {
		t.Errorf("only %d bytes left", len(held))
	}

	there := to.open()
	storetest.NewWorld(t, there, "resident")
	must(t, there.SequenceWaiting(ctx))
	must(t, there.Close())
	before := rowsOf(t, to, "resident")
	if code, out := to.run("restore", "--from", file, "--key", key); code != exitFail || !strings.Contains(out, "何も変えていません") {
		t.Errorf("restored as a backup: %d %s", code, out)
	}
	if code, out := to.run("municipality import", file, "--key", key); code != exitOK || !strings.Contains(out, "移る前の設置の署名") || strings.Contains(out, "×") {
		t.Fatalf("%d %s", code, out)
	}
	if code, out := to.run("municipality import", file, "--key", key); code != exitFail || !strings.Contains(out, "もうあります") {
		t.Errorf("twice: %d %s", code, out)
	}
	if got := rowsOf(t, to, "resident"); got != before {
		t.Error("who lived there already was touched")
	}
	livesOn(t, to, actor, ids)
	if code, out := to.run("verify"); code != exitOK || strings.Contains(out, "×") {
		t.Errorf("%d %s", code, out)
	}
}

// livesOn: the municipality lives on where it came to.
func livesOn(t *testing.T, to site, actor access.Actor, ids []string) {
	t.Helper()
	ctx := context.Background()
	st := to.open()
	defer st.Close()
	account := demo.Accounts()[0]
	if _, a, err := identity.New(st, identity.Options{Now: time.Now}).SignIn(ctx, actor.Tenant, account.Login, account.Password, identity.Client{}); err != nil || a.Tenant != actor.Tenant {
		t.Errorf("sign-in: %+v %v", a, err)
	}
	ring, err := fileRing(to.cfg, files.ReadRing)
	must(t, err)
	s := files.New(st, files.NewTowns(st, ring, time.Now), time.Now)
	for i, id := range ids {
		if _, b, err := s.Get(ctx, actor, id); err != nil || !bytes.Equal(b, sheet(i)) {
			t.Errorf("evidence %d: %v", i, err)
		}
	}
	own, err := files.NewTowns(st, ring, time.Now).RingOf(ctx, actor.Tenant)
	must(t, err)
	signs := 0
	for after := (files.Place{Tenant: actor.Tenant}); ; {
		list, err := st.SecretsAfter(ctx, after, 1)
		must(t, err)
		if len(list) == 0 || list[0].Place.Tenant != actor.Tenant {
			break
		}
		if after = list[0].Place; list[0].Bound == webhooks.SecretPlace(after.Tenant, after.ID) {
			signs++
			if key, err := own.OpenSecret(list[0].Bound, list[0].Sealed); err != nil || len(key) < 24 {
				t.Errorf("the secret that signs what systems are told: %v", err)
			}
		}
	}
	if signs != 1 {
		t.Errorf("%d secrets that sign came along", signs)
	}
	if found, err := st.Cases(ctx, access.ScopeOf(actor), cases.Query{Limit: 10}); err != nil || len(found) == 0 {
		t.Errorf("%d cases, %v", len(found), err)
	}
	typed(t, st, actor.Tenant)
	must(t, st.SequenceWaiting(ctx))
}

// rowsOf is what a database holds of one municipality.
func rowsOf(t *testing.T, x site, tenant string) string {
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{DataDir: x.dir, DatabaseURL: x.cfg.DatabaseURL, ReadOnly: true, Now: time.Now})
	must(t, err)
	defer st.Close()
	var l lines
	must(t, st.DumpTown(context.Background(), "test", backup.Town{ID: tenant, Name: tenant}, &l))
	return l.String()
}

// typed writes into a document of the municipality that takes writing.
func typed(t *testing.T, st *store.Store, tenant string) {
	t.Helper()
	ctx := context.Background()
	found, err := st.Cases(ctx, access.Scope{Tenant: tenant, All: true}, cases.Query{Limit: 50})
	must(t, err)
	for _, c := range found {
		ids, err := st.CaseDocs(ctx, tenant, c.ID)
		must(t, err)
		for _, id := range ids {
			m, err := st.DocMeta(ctx, tenant, id)
			must(t, err)
			out, err := st.AppendDocs(ctx, []live.Batch{{Tenant: tenant, DocID: id, Epoch: m.Epoch, Rows: []live.Row{{Update: []byte("it goes on"), ActorID: "u1"}}}})
			if err == nil && out[0].Err == nil {
				return
			}
		}
	}
	t.Error("no document takes a word")
}
