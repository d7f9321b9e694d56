package app

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/identity"
)

// people gives a municipality an agency of each sort and somebody in each role.
func (l *land) people(w *town, b *borough) {
	ctx := w.t.Context()
	list, err := w.h.store.ListAgencies(ctx, b.id)
	w.ok(err)
	boss := access.Actor{Tenant: b.id, UserID: "test", Roles: []access.Role{access.RoleAdmin}}
	agencies := map[string]access.Agency{"city": list[0]}
	for _, name := range []string{"社協", "包括", "病院"} {
		agencies[name], err = w.h.identity.SaveAgency(ctx, boss, "", identity.AgencyInput{Name: b.name + "の" + name, Short: name})
		w.ok(err)
	}
	for _, p := range []struct {
		login, agency string
		role          access.Role
	}{{"desk", "社協", access.RoleSecretariat}, {"city", "city", access.RoleCity}, {"chair", "包括", access.RoleChair}, {"hokatsu", "包括", access.RoleAgency}, {"byoin", "病院", access.RoleAgency},
		{"observer", "病院", access.RoleObserver}, {"records", "city", access.RoleRecords}, {"auditor", "city", access.RoleAuditor}, {"admin", "city", access.RoleAdmin}} {
		g := agencies[p.agency]
		u := access.User{ID: access.NewID(w.now()), Tenant: b.id, AgencyID: g.ID, Login: p.login, Name: p.login + "さん", Kana: "かな", Roles: []access.Role{p.role}}
		w.ok(w.h.store.CreateUser(ctx, identity.Account{User: u}, boss.Audit(w.now(), access.VerbUserSave, u.ID)))
		r := &reader{id: u.ID, tenant: b.id, agency: g.ID, agencyName: g.Name, name: u.Name, login: p.login, role: p.role}
		w.readers = append(w.readers, r)
		w.signIn(r)
	}
	var made struct{ Token string }
	w.post(w.as("admin").in(""), http.MethodPost, "/api/tokens", "/api/tokens", map[string]any{"agencyId": agencies["city"].ID, "name": "業務システム", "scopes": []string{"cases", "archive", "figures"}, "days": 10}).into(&made)
	if b.token = made.Token; b.token == "" {
		w.t.Fatal("no 連携用トークン")
	}
}

// enrich takes the meeting of a case to its sealed records, with a guest, hand-outs, sheets of the agencies, visits and what is to be done.
func (l *land) enrich(w *town, f *household) {
	g := w.halls[0]
	for _, p := range w.readers {
		if p.role == access.RoleAgency {
			w.prepare(g, p)
		}
	}
	w.goOut(f, f.desk)
	for i := range 30 { // what happens in it is drawn by lot: it may not close, and is then one that still runs
		if w.advance(g); i == 2 {
			w.handOut(g)
			w.invite(g)
			w.minutesDoc(g, f.desk)
		}
		if i > 10 && len(w.sealed()) > 0 {
			l.sealed++
			return
		}
	}
}

// sql changes the database behind the servers' backs.
func (l *land) sql(statement string, args ...any) {
	l.t.Helper()
	db, err := sql.Open("pgx", l.site.cfg.DatabaseURL)
	must(l.t, err)
	defer db.Close()
	res, err := db.ExecContext(l.t.Context(), statement, args...)
	must(l.t, err)
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		l.t.Fatalf("%s: %d rows, %v", statement, n, err)
	}
}

// tap listens to everything that is said on the bus: words of a document may travel there, under a topic that names their municipality.
func (e *earshot) tap(t *testing.T, bus string) {
	t.Helper()
	u, err := url.Parse(bus)
	must(t, err)
	c, err := net.Dial("tcp", u.Host)
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	_, err = io.WriteString(c, "PSUBSCRIBE *\r\n")
	must(t, err)
	in := bufio.NewReader(c)
	go func() {
		for {
			parts, err := redisArray(in)
			if err != nil {
				return
			}
			if len(parts) != 4 { // pmessage, pattern, topic, message
				continue
			}
			e.mu.Lock()
			e.count++
			e.mu.Unlock()
			for _, s := range e.words.find([]byte(parts[3])) {
				if tenant, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(parts[2], "kasane:doc:"), "kasane:room:"), ":"); tenant != s.tenant {
					e.note(fmt.Sprintf("the topic %s holds %v", parts[2], s))
				}
			}
			e.look("the name of a topic", []byte(parts[2]))
		}
	}()
}

// redisArray reads an array of strings and numbers.
func redisArray(in *bufio.Reader) ([]string, error) {
	length := func(sign byte) (int, error) {
		line, err := in.ReadString('\n')
		if err != nil || line[0] != sign {
			return 1, err
		}
		return strconv.Atoi(strings.TrimSpace(line[1:]))
	}
	n, err := length('*')
	var parts []string
	for ; n > 0 && err == nil; n-- {
		var size int
		if size, err = length('$'); err != nil {
			return nil, err
		}
		if len(parts) == 2 && parts[0] == "psubscribe" { // a number, which is a line of its own
			return parts, nil
		}
		b := make([]byte, size+2)
		if _, err = io.ReadFull(in, b); err == nil {
			parts = append(parts, string(b[:size]))
		}
	}
	return parts, err
}
