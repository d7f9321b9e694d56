//go:build linux

package faults_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// crowd is everybody who types into one document.
type crowd struct {
	t       testing.TB // the test that goes on now
	all     testing.TB // the one as long as which people live
	rnd     *rand.Rand
	urls    []string
	doc     string
	base    string // the text before anybody came
	cookies []string
	people  []*person // who is there
	gone    []*person // who left without a word
	count   int
	edits   int // acknowledged, of rounds that are over
}

var logins = []string{"jimukyoku", "shukan"}

// newCrowd signs in at the first node and finds a plan document that both may write.
func newCrowd(t testing.TB, rnd *rand.Rand, size int, urls ...string) *crowd {
	t.Helper()
	c := &crowd{t: t, all: t, rnd: rnd, urls: urls}
	for _, login := range logins {
		c.cookies = append(c.cookies, signIn(t, urls[0], login))
	}
	c.doc = planDocument(t, urls[0], c.cookies[0])
	first := c.newcomer()
	first.typing = false
	until(t, "the document is there", func() bool {
		first.mu.Lock()
		defer first.mu.Unlock()
		return first.synced && first.told == 0 && len(first.waiting) == 0
	})
	first.mu.Lock()
	c.base = first.replica.Text(text)
	first.mu.Unlock()
	first.vanish()
	c.people = nil
	for range size {
		c.newcomer()
	}
	return c
}

// newcomer is one more person.
func (c *crowd) newcomer() *person {
	c.count++
	p := &person{t: c.all, number: c.count, urls: c.urls, doc: c.doc, cookie: c.cookies[c.count%len(c.cookies)], base: units(c.base),
		rnd: rand.New(rand.NewPCG(c.rnd.Uint64(), uint64(c.count)))}
	c.people = append(c.people, p)
	p.come()
	return p
}

// progress waits until everybody who is there has had something acknowledged that was not before.
func (c *crowd) progress(what string) time.Duration {
	c.t.Helper()
	before := map[*person]int{}
	for _, p := range c.people {
		p.mu.Lock()
		before[p] = len(p.effects)
		p.mu.Unlock()
	}
	return until(c.t, what, func() bool {
		for p, n := range before {
			p.mu.Lock()
			told, wrong := p.told, p.wrong
			p.mu.Unlock()
			if wrong != nil {
				c.t.Fatalf("%s: person %d: %v", what, p.number, wrong)
			}
			if told <= n {
				return false
			}
		}
		return true
	}, c.states)
}

// states tells of everybody, for the message of a failure.
func (c *crowd) states() string {
	var b strings.Builder
	for _, p := range c.people {
		p.mu.Lock()
		fmt.Fprintf(&b, "person %d: connected %v, synced %v, typing %v, gone %v; %d edits, %d acknowledged, %d frames waiting, %d units\n",
			p.number, p.ws != nil, p.synced, p.typing, p.gone, len(p.effects), p.told, len(p.waiting), units(p.replica.Text(text)))
		p.mu.Unlock()
	}
	return b.String()
}

// leave lets two of three leave for good: with their connection, or within d.
func (c *crowd) leave(d time.Duration) {
	var stay []*person
	for i, p := range c.people {
		if i%3 == 0 {
			stay = append(stay, p)
			continue
		}
		c.gone = append(c.gone, p)
		p.mu.Lock()
		p.leaving = true
		p.mu.Unlock()
		time.AfterFunc(time.Duration(c.rnd.Int64N(int64(d))), p.vanish)
	}
	c.people = stay
}

func (c *crowd) allLeft() bool {
	return !slices.ContainsFunc(c.gone, func(p *person) bool { return !p.left() })
}

// settle stops the typing, and waits until everything is acknowledged and everybody shows the same.
func (c *crowd) settle() string {
	c.t.Helper()
	for _, p := range c.people {
		p.mu.Lock()
		p.typing = false
		p.mu.Unlock()
	}
	shown := ""
	until(c.t, "everything is acknowledged, and shown to everybody", func() bool {
		for i, p := range c.people {
			p.mu.Lock()
			ok, wrong, now := p.synced && p.told == len(p.effects) && len(p.waiting) == 0, p.wrong, p.replica.Text(text)
			p.mu.Unlock()
			if wrong != nil {
				c.t.Fatalf("person %d: %v", p.number, wrong)
			}
			if i == 0 {
				shown = now
			}
			if !ok || now != shown {
				return false
			}
		}
		return true
	}, c.states)
	return shown
}

// typeOn lets everybody go on after settle.
func (c *crowd) typeOn() {
	for _, p := range c.people {
		p.mu.Lock()
		p.typing = !p.gone
		p.mu.Unlock()
	}
}

var anyWord = regexp.MustCompile(`〔\d{3}\.\d{4}〕`)

// judge compares a text, of the store or of a screen, with what everybody was told.
func (c *crowd) judge(where, found string) {
	c.t.Helper()
	count := map[string]int{}
	for _, w := range anyWord.FindAllString(found, -1) {
		count[w]++
	}
	if rest := anyWord.ReplaceAllString(found, ""); rest != c.base {
		c.t.Errorf("%s: beside the words there is %q, not %q", where, rest, c.base)
	}
	stood, known := map[string]bool{}, map[string]bool{}
	for _, p := range append(c.people, c.gone...) {
		p.mu.Lock()
		for _, w := range p.words {
			n := count[w.text]
			known[w.text] = true
			stood[w.text] = n == 1 || w.erasing
			switch {
			case n > 1:
				c.t.Errorf("%s: %s is there %d times", where, w.text, n)
			case w.stored && !w.erasing && n != 1:
				c.t.Errorf("%s: %s was acknowledged and is not there", where, w.text)
			case w.removed && n != 0:
				c.t.Errorf("%s: the removal of %s was acknowledged, and it is there", where, w.text)
			}
		}
		p.mu.Unlock()
	}
	for w := range count {
		if !known[w] {
			c.t.Errorf("%s: %s came back from an earlier round", where, w)
		}
	}
	for _, p := range c.gone { // what they were shown of others is stored; those who are there show what is in the store
		p.mu.Lock()
		own := fmt.Sprintf("〔%03d.", p.number)
		for _, w := range anyWord.FindAllString(p.replica.Text(text), -1) {
			if !strings.HasPrefix(w, own) && !stood[w] {
				c.t.Errorf("%s: %s was shown to person %d and is not stored", where, w, p.number)
			}
		}
		p.mu.Unlock()
	}
}

// goOn removes all that was typed, now that it has been judged, and lets everybody type on.
func (c *crowd) goOn() {
	c.t.Helper()
	c.people[0].wipe()
	if left := c.settle(); left != c.base {
		c.t.Errorf("after all was removed: %q", left)
	}
	for _, p := range append(c.people, c.gone...) {
		p.mu.Lock()
		c.edits += p.told
		p.words, p.effects, p.told, p.typing = nil, nil, 0, !p.gone
		p.mu.Unlock()
	}
	c.gone = nil
}

// signIn signs in somebody of the demo and gives the cookie.
func signIn(t testing.TB, url, login string) string {
	t.Helper()
	var session struct{ DemoAccounts []struct{ Password string } }
	get(t, url+"/api/session", "", &session)
	body, _ := json.Marshal(map[string]string{"login": login, "password": session.DemoAccounts[0].Password})
	req, _ := http.NewRequest(http.MethodPost, url+"/api/session", bytes.NewReader(body))
	req.Header.Set("X-Kasane", "1")
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for _, c := range res.Cookies() {
		if c.Name == "kasane_session" {
			return c.Name + "=" + c.Value
		}
	}
	t.Fatalf("%s cannot sign in: %s", login, res.Status)
	return ""
}

// planDocument finds a plan document that may be written.
func planDocument(t testing.TB, url, cookie string) string {
	t.Helper()
	var all struct{ Cases []struct{ ID string } }
	get(t, url+"/api/cases", cookie, &all)
	for _, x := range all.Cases {
		var one struct{ Plans []struct{ ID string } }
		get(t, url+"/api/cases/"+x.ID, cookie, &one)
		for _, plan := range one.Plans {
			var view struct {
				Docs []struct {
					Doc   string
					Write bool
				}
			}
			get(t, url+"/api/plans/"+plan.ID, cookie, &view)
			for _, d := range view.Docs {
				if d.Write {
					return d.Doc
				}
			}
		}
	}
	t.Fatal("no writable plan document in the demo")
	return ""
}

func get(t testing.TB, url, cookie string, into any) {
	t.Helper()
	req, _ := http.NewRequest(http.MethodGet, url, nil)
	req.Header.Set("Cookie", cookie)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v", url, res.Status, err)
	}
}
