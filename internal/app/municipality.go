package app

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/store"
)

// municipality is about the municipalities that share an installation (共同利用):
//
//	municipality list  which there are, and how much is held of each
//	municipality add   one more, with its first agency and administrator
//	municipality export, import   one of them alone, from one installation to another
//	municipality quota            what one of them may use
//	municipality suspend, resume  nobody gets in; or everybody again
//	municipality delete           all of one
func (p Process) municipality(ctx context.Context, args []string) int {
	deed := ""
	if len(args) > 0 && args[0] != "" && args[0][0] != '-' {
		deed, args = args[0], args[1:]
	}
	switch deed {
	case "export":
		return p.townExport(ctx, args)
	case "import":
		return p.townImport(ctx, args)
	case "suspend", "resume", "delete":
		return p.townEnd(ctx, deed, args)
	case "quota":
		return p.townQuota(ctx, args)
	case "list":
		deed = ""
	}
	if !slices.Contains([]string{"", "add"}, deed) {
		fmt.Fprintf(p.Err, "「municipality %s」という命令はありません。\n\n%s", deed, usage)
		return exitUsage
	}
	var f identity.Founding
	cfg, code := p.configure("municipality", args, func(set *flag.FlagSet) {
		if deed == "add" {
			set.StringVar(&f.Name, "name", "", "")
			set.StringVar(&f.Code, "code", "", "")
			set.StringVar(&f.Agency.Name, "agency", "", "")
			set.StringVar(&f.Admin.Name, "admin", "", "")
			set.StringVar(&f.Admin.Login, "login", "", "")
		}
	})
	if code != exitOK {
		return code
	}
	o := store.Options{DataDir: cfg.DataDir, DatabaseURL: cfg.DatabaseURL, ReadOnly: deed == "", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	st, err := store.Open(ctx, o)
	if err != nil {
		return p.fail("記録を開けません(SQLite のときは、先に Kasane を止めてください)", err)
	}
	defer st.Close()
	if deed == "add" {
		return p.found(ctx, cfg, st, f)
	}
	return p.listTowns(ctx, st)
}

// listTowns says which municipalities there are, how much is held of each, and what they use of their limits.
func (p Process) listTowns(ctx context.Context, st *store.Store) int {
	all, err := st.Towns(ctx)
	if err != nil {
		return p.fail("市町村を読めません", err)
	}
	limits, err := limitsOfAll(ctx, st)
	if err != nil {
		return p.fail("上限を読めません", err)
	}
	for _, m := range all {
		fmt.Fprintf(p.Out, "%s %s  利用者 %d 人、ケース %d 件、会議 %d 回、確定文書 %d 件\n", m.Code, m.Name, m.Users, m.Cases, m.Meetings, m.Records)
		if said := limits[m.ID]; said != "" {
			fmt.Fprintf(p.Out, "       上限: %s\n", said)
		}
	}
	if len(all) == 0 {
		fmt.Fprintln(p.Out, "まだ市町村がありません。")
	}
	return exitOK
}

// found adds a municipality. Its administrator gets a password that is said once, here.
func (p Process) found(ctx context.Context, cfg config.Config, st *store.Store, f identity.Founding) int {
	for _, x := range []struct{ name, value string }{{"--name", f.Name}, {"--code", f.Code}, {"--agency", f.Agency.Name}, {"--admin", f.Admin.Name}, {"--login", f.Admin.Login}} {
		if strings.TrimSpace(x.value) == "" {
			fmt.Fprintf(p.Err, "%s を指定してください。\n例: kasane municipality add --name 重ね市 --code 999999 --agency 福祉政策課 --admin 山田花子 --login yamada\n", x.name)
			return exitUsage
		}
	}
	f.Agency.City = true
	f.Admin.Roles = []access.Role{access.RoleAdmin, access.RoleCity}
	f.Admin.Password = rand.Text()[:20]
	m, _, u, err := identity.New(st, identity.Options{Now: time.Now}).Found(ctx, f)
	if err != nil {
		return p.fail("市町村を加えられません", err)
	}
	ring, err := fileRing(cfg, files.LoadRing)
	if err == nil {
		err = giveKeys(ctx, st, files.NewTowns(st, ring, time.Now))
	}
	if err != nil {
		fmt.Fprintf(p.Err, "%s の鍵は、次に Kasane を起動したときに作られます(%v)。\n", m.Name, err)
	}
	fmt.Fprintf(p.Out, "%s を加えました。ほかの市町村の記録とは、混ざりません。\n最初の管理者 %s(%s)のはじめのパスワード: %s\nここにしか表示しません。本人に渡し、サインインのあとすぐに変えてもらってください。\n",
		m.Name, u.Name, u.Login, f.Admin.Password)
	if len(cfg.Hosts) == 0 {
		fmt.Fprintln(p.Out, "サインインの画面では、市町村を選びます。市町村ごとのアドレスに分けるときは、KASANE_MUNICIPALITY_HOSTS を設定してください(docs/config.md)。")
	}
	return exitOK
}
