package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// peer is a kind of server.
type peer struct {
	name  string
	named bool // frames carry the room's name
	extra bool // only when asked for by name
	start func(ctx context.Context) (*server, error)
}

// server is a running peer: one process, or several nodes, and what they need.
type server struct {
	*peer
	nodes   []*process
	needs   []*process // databases: their processor time counts, their memory does not
	addrs   []string
	path    func(room string) string
	cookie  string
	data    string                        // directory of its SQLite file
	mint    func(n int) ([]string, error) // makes rooms; nil: any name is a room
	minted  []string
	restart func() error
}

func (s *server) stop() {
	for _, p := range append(s.nodes, s.needs...) {
		p.stop()
	}
}

func (s *server) cpuOf(list []*process) (sum float64) {
	for _, p := range list {
		sum += p.cpu().Seconds()
	}
	return sum
}

func (s *server) rss() (sum int64) {
	for _, p := range s.nodes {
		sum += p.rss()
	}
	return sum
}

// nameLength makes all names of rooms as long as Kasane's names of documents: the same frames for everybody.
const nameLength = 28

// rooms gives the names of rooms first … first+n-1.
func (s *server) rooms(first, n int) ([]string, error) {
	if s.mint == nil {
		for i := len(s.minted); i < first+n; i++ {
			s.minted = append(s.minted, fmt.Sprintf("room-%0*d", nameLength-len("room-"), i))
		}
	}
	if missing := first + n - len(s.minted); missing > 0 {
		more, err := s.mint(missing)
		if err != nil {
			return nil, err
		}
		s.minted = append(s.minted, more...)
	}
	return s.minted[first : first+n], nil
}

var peers = []*peer{
	{name: "kasane-sqlite", named: true, start: func(ctx context.Context) (*server, error) { return startKasane(ctx, 1, false) }},
	{name: "kasane-postgres", named: true, start: func(ctx context.Context) (*server, error) { return startKasane(ctx, 1, true) }},
	{name: "kasane-2nodes", named: true, start: func(ctx context.Context) (*server, error) { return startKasane(ctx, 2, true) }},
	{name: "kasane-yws", extra: true, start: func(ctx context.Context) (*server, error) {
		s, err := startKasane(ctx, 1, false)
		if err == nil {
			s.path = func(room string) string { return "/yws/" + room }
		}
		return s, err
	}},
	{name: "hocuspocus", named: true, start: func(context.Context) (*server, error) {
		return startNode("hocuspocus.mjs", func(string) string { return "/" })
	}},
	{name: "hocuspocus-deflate", named: true, extra: true, start: func(context.Context) (*server, error) {
		return startNode("hocuspocus.mjs", func(string) string { return "/" }, "DEFLATE=1")
	}},
	{name: "y-websocket", start: func(context.Context) (*server, error) {
		return startNode("node_modules/y-websocket/bin/server.cjs", func(room string) string { return "/" + room })
	}},
	{name: "relay", named: true, start: startRelay},
}

// one is a server of one process that can be started again at the same address.
func one(path func(string) string, run func(port int) (*process, error)) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &server{addrs: []string{"127.0.0.1:" + strconv.Itoa(port)}, path: path}
	s.restart = func() error {
		p, err := run(port)
		if err != nil {
			return err
		}
		s.nodes = []*process{p}
		return p.ready(s.addrs[0], "")
	}
	return s, s.restart()
}

func startNode(script string, path func(string) string, env ...string) (*server, error) {
	dir := filepath.Join(root(), "bench", "peers")
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		return nil, fmt.Errorf("the peers are not installed: run `make deps`")
	}
	return one(path, func(port int) (*process, error) {
		return start(append([]string{"PORT=" + strconv.Itoa(port), "HOST=127.0.0.1", "NODE_ENV=production"}, env...), dir, "node", script)
	})
}

func startRelay(context.Context) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return one(func(string) string { return "/" }, func(port int) (*process, error) {
		return start(nil, "", self, "-relay", "127.0.0.1:"+strconv.Itoa(port))
	})
}

// startKasane starts the built binary with its demo municipality, signs in, and makes plans as they are needed.
func startKasane(ctx context.Context, nodes int, pg bool) (*server, error) {
	data, err := tempDir("data")
	if err != nil {
		return nil, err
	}
	var key [32]byte
	_, _ = rand.Read(key[:])
	env := []string{"DATABASE_URL=", "REDIS_URL=", "KASANE_FILE_KEY=" + base64.StdEncoding.EncodeToString(key[:])}
	s := &server{path: func(string) string { return "/hp" }}
	if !pg {
		s.data = data
	} else {
		p, url, err := postgres(ctx)
		if err != nil {
			return nil, err
		}
		s.needs = append(s.needs, p)
		env[0] = "DATABASE_URL=" + url
	}
	if nodes > 1 {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		p, err := start(nil, data, "redis-server", "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
		if err != nil {
			return nil, err
		}
		if err := p.ready("127.0.0.1:"+strconv.Itoa(port), ""); err != nil {
			return nil, err
		}
		s.needs = append(s.needs, p)
		env[1] = "REDIS_URL=redis://127.0.0.1:" + strconv.Itoa(port)
	}
	for range nodes {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		s.addrs = append(s.addrs, "127.0.0.1:"+strconv.Itoa(port))
	}
	s.restart = func() error {
		s.nodes = nil
		for i, addr := range s.addrs {
			name, args := *kasaneBin, []string{"demo", "--addr", addr, "--data", data}
			if *profile != "" {
				self, err := os.Executable()
				if err != nil {
					return err
				}
				name, args = self, append([]string{"kasane", filepath.Join(*profile, fmt.Sprintf("%s-%d", label, i+1))}, args...)
			}
			p, err := start(append(env, "KASANE_NODE=node"+strconv.Itoa(i+1)), "", name, args...)
			if err != nil {
				return err
			}
			s.nodes = append(s.nodes, p)
			if err := p.ready(addr, "/livez"); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.restart(); err != nil {
		return nil, err
	}
	a := &api{base: "http://" + s.addrs[0]}
	if err := a.signIn(); err != nil {
		return nil, err
	}
	s.cookie = a.cookie
	s.mint = a.plans
	return s, nil
}

// api is the secretariat at the HTTP interface.
type api struct{ base, cookie, agency string }

func (a *api) call(method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, a.base+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("X-Kasane", "1")
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Cookie", a.cookie)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s %.300s", method, path, res.Status, b)
	}
	for _, c := range res.Cookies() {
		if c.Name == "kasane_session" {
			a.cookie = c.Name + "=" + c.Value
		}
	}
	if out == nil || len(b) == 0 {
		return nil
	}
	return json.Unmarshal(b, out)
}

func (a *api) signIn() error {
	var session struct {
		DemoAccounts []struct{ Password string } `json:"demoAccounts"`
		Actor        struct{ AgencyID string }   `json:"actor"`
	}
	if err := a.call("GET", "/api/session", nil, &session); err != nil {
		return err
	}
	if err := a.call("POST", "/api/session", map[string]string{"login": "jimukyoku", "password": session.DemoAccounts[0].Password}, &session); err != nil {
		return err
	}
	a.agency = session.Actor.AgencyID
	return nil
}

// plansOfASession is how many plans are made under one sign-in: three requests each, below what one session may ask at once.
const plansOfASession = 80

// plans makes n cases with a plan each, and gives the names of the plans' documents.
func (a *api) plans(n int) ([]string, error) {
	var names []string
	for n > 0 {
		clerk := &api{base: a.base}
		if err := clerk.signIn(); err != nil {
			return nil, err
		}
		some, err := clerk.some(min(n, plansOfASession))
		if err != nil {
			return nil, err
		}
		names, n = append(names, some...), n-len(some)
	}
	return names, nil
}

func (a *api) some(n int) ([]string, error) {
	names, errs := make([]string, n), make([]error, n)
	var all sync.WaitGroup
	turn := make(chan struct{}, 8)
	for i := range n {
		turn <- struct{}{}
		all.Go(func() {
			names[i], errs[i] = a.plan()
			<-turn
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

func (a *api) plan() (string, error) {
	var made, plan struct{ ID string }
	person := map[string]any{"name": "山﨑 髙志", "kana": "やまざき たかし", "relation": "本人", "subject": true}
	if err := a.call("POST", "/api/cases", map[string]any{"persons": []any{person}, "agencies": []string{}}, &made); err != nil {
		return "", err
	}
	if err := a.call("POST", "/api/cases/"+made.ID+"/plans", map[string]string{"previous": ""}, &plan); err != nil {
		return "", err
	}
	var view struct {
		Docs []struct {
			Doc, Kind, PersonID string
			Write               bool
		} `json:"docs"`
	}
	if err := a.call("GET", "/api/plans/"+plan.ID, nil, &view); err != nil {
		return "", err
	}
	for _, d := range view.Docs {
		if d.Write && d.PersonID == "" && strings.Contains(d.Doc, ".") {
			return d.Doc, nil
		}
	}
	return "", fmt.Errorf("plan %s has no document that may be written: %+v", plan.ID, view.Docs)
}
