package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/demo"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// TestMunicipalityIsDeleted: beside a running server one of two municipalities goes, with every row of every table, its keys and its sessions. The other one has the same rows as
// before, its people stay signed in, its log verifies. One entry in the log of the installation says what was done.
func TestMunicipalityIsDeleted(t *testing.T) {
	t.Parallel()
	base, actor, _ := demoSite(t)
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			url := ""
			if engine == "postgres" {
				url = storetest.Empty(t)
			}
			ending(t, twoTowns(t, base, url), actor)
		})
	}
}

// saying runs a command with somebody who answers.
func (x site) saying(answer, command string, args ...string) (code int, out string) {
	var b bytes.Buffer
	code = Main(context.Background(), Process{Args: slices.Concat(strings.Fields(command), []string{"--data", x.dir}, args), Lookup: x.lookup,
		In: strings.NewReader(answer), Out: &b, Err: &b, Version: "test"})
	return code, b.String()
}

func ending(t *testing.T, x site, actor access.Actor) {
	ctx, stop := context.WithCancel(context.Background())
	server := x.open()
	done := make(chan struct{})
	go func() { // what a server does about orders, each half second
		defer close(done)
		for ctx.Err() == nil {
			if x.cfg.DatabaseURL == "" {
				if err := fulfilOrders(ctx, x.cfg, server, 0); err != nil && ctx.Err() == nil {
					t.Error(err)
				}
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	t.Cleanup(func() { stop(); <-done })
	people := identity.New(server, identity.Options{Now: time.Now})
	account := demo.Accounts()[0]
	enter := func(tenant string) (string, error) {
		token, _, err := people.SignIn(ctx, tenant, account.Login, account.Password, identity.Client{})
		return token, err
	}
	stays, err := enter(actor.Tenant)
	must(t, err)
	goes, err := enter(nextDoor)
	must(t, err)

	list, err := server.ListMunicipalities(ctx)
	must(t, err)
	name := list[slices.IndexFunc(list, func(m access.Municipality) bool { return m.ID == nextDoor })].Name
	if code, out := x.saying(name+"\n", "municipality delete", name); code != exitFail || !strings.Contains(out, "まだ書き出されていません") {
		t.Errorf("without an export: %d %s", code, out)
	}
	if code, out := x.saying("別の市\n", "municipality delete", name, "--without-export"); code != exitFail || !strings.Contains(out, "入力された名称が違います") {
		t.Errorf("another name: %d %s", code, out)
	}
	if code, out := x.run("municipality suspend", name); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	if _, err := enter(nextDoor); !fault.Is(err, fault.Unavailable) {
		t.Errorf("into a suspended municipality: %v", err)
	}
	if st, err := people.Stand(ctx, goes, identity.Client{}); err == nil && st.Stage == identity.StageDone {
		t.Errorf("a session there: %+v", st)
	}
	if code, out := x.run("municipality resume", name); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	if _, err := enter(nextDoor); err != nil {
		t.Errorf("after it was resumed: %v", err)
	}
	before := rowsOf(t, x, actor.Tenant)
	code, out := x.saying(name+"\n", "municipality delete", name, "--without-export")
	if code != exitOK || !strings.Contains(out, "のすべてを消しました") || !strings.Contains(out, "設置の記録") {
		t.Fatalf("%d %s", code, out)
	}
	deletedWhole(t, x, server, name)
	if rowsOf(t, x, actor.Tenant) != before {
		t.Error("the other one was touched")
	}
	if st, err := people.Stand(ctx, stays, identity.Client{}); err != nil || st.Stage != identity.StageDone {
		t.Errorf("a session of the other one: %+v %v", st, err)
	}
	if code, out := x.run("verify"); code != exitOK || !strings.Contains(out, "設置の記録") || strings.Contains(out, "×") {
		t.Errorf("%d %s", code, out)
	}
	if code, out := x.saying(name+"\n", "municipality delete", name, "--without-export"); code != exitFail {
		t.Errorf("twice: %d %s", code, out)
	}
	fresh(t, x, server, actor)
}

// fresh: a deletion wants an export that shows everything.
func fresh(t *testing.T, x site, server *store.Store, actor access.Actor) {
	t.Helper()
	_, public := keyPair(t, x)
	list, err := server.ListMunicipalities(context.Background())
	must(t, err)
	name := list[0].Name
	export := func(file string) string {
		t.Helper()
		file = filepath.Join(t.TempDir(), file)
		if code, out := x.run("municipality export", name, "--out", file, "--to", public); code != exitOK {
			t.Fatalf("%d %s", code, out)
		}
		return file
	}
	export("early")
	typed(t, server, actor.Tenant)
	if code, out := x.saying(name+"\n", "municipality delete", name); code != exitFail || !strings.Contains(out, "書き出したあとに、1件の操作か入力") {
		t.Errorf("an export from before somebody typed: %d %s", code, out)
	}
	if code, out := x.run("municipality suspend", name); code != exitOK {
		t.Fatalf("%d %s", code, out)
	}
	file := export("late")
	must(t, os.Rename(file, file+".away"))
	if code, out := x.saying(name+"\n", "municipality delete", name); code != exitFail || !strings.Contains(out, "ファイルがありません") {
		t.Errorf("the file is gone: %d %s", code, out)
	}
	must(t, os.Rename(file+".away", file))
	if code, out := x.saying(name+"\n", "municipality delete", name); code != exitOK || !strings.Contains(out, file) {
		t.Errorf("%d %s", code, out)
	}
	if code, out := x.run("verify"); code != exitOK || strings.Contains(out, "×") {
		t.Errorf("after all were deleted: %d %s", code, out)
	}
}

// deletedWhole: nothing of it is in any table, and one entry says so.
func deletedWhole(t *testing.T, x site, st *store.Store, name string) {
	t.Helper()
	counts, err := st.TownCounts(context.Background(), nextDoor)
	if err != nil || len(counts) > 0 {
		t.Errorf("left: %v %v", counts, err)
	}
	all := string(x.rows())
	if n := strings.Count(all, planted); n != 1 { // its name, in the tombstone
		t.Errorf("its words stand %d times", n)
	}
	if n := strings.Count(all, nextDoor); n != 1 {
		t.Errorf("its id stands %d times", n)
	}
	for line := range strings.Lines(all) {
		if strings.Contains(line, string(access.VerbTownDelete)) && strings.Contains(line, access.Installation) {
			if strings.Contains(line, name) && strings.Contains(line, `\"by\":`) && strings.Contains(line, `\"rows\":`) {
				return
			}
		}
	}
	t.Error("no tombstone")
}

// TestOldOrders: what a command ordered that was killed is not done later.
func TestOldOrders(t *testing.T) {
	t.Parallel()
	x := newSite(t, "", "")
	st := x.open()
	storetest.NewWorld(t, st, "resident")
	must(t, os.MkdirAll(ordersDir(x.cfg), 0o700))
	path := filepath.Join(ordersDir(x.cfg), "1.order")
	for _, c := range []struct {
		age  time.Duration
		left int
	}{{orderLasts + time.Minute, 1}, {0, 0}} {
		raw, err := json.Marshal(order{Deed: "delete", Tenant: "resident", Name: "resident", At: time.Now().Add(-c.age)})
		must(t, err)
		must(t, os.WriteFile(path, raw, 0o600))
		must(t, fulfilOrders(context.Background(), x.cfg, st, 0))
		list, err := st.ListMunicipalities(context.Background())
		if err != nil || len(list) != c.left {
			t.Errorf("an order %v old: %d municipalities left, %v", c.age, len(list), err)
		}
	}
}
