// Package relaytest is a TCP relay for tests: it stands between Kasane and what it talks to, and does to the connections what networks do.
package relaytest

import (
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Fate is what becomes of a piece of a stream.
type Fate int

// A piece is passed on; or the connection ends instead; or it is passed on, and the connection ends when the answer comes, which is not given back.
const (
	Pass Fate = iota
	Cut
	Swallow
)

// Rules are how a relay spoils connections. The zero Rules spoil nothing.
type Rules struct {
	// Silence ends a connection on which one direction was silent for so long. 0: never.
	Silence time.Duration
	// Judge is asked about each piece that comes from who connected: of any size, as the network brought it. It is called from many goroutines. nil: Pass.
	Judge func(piece []byte) Fate
}

// Relay relays connections to one address.
type Relay struct {
	listener         net.Listener
	network, address string
	rules            Rules

	mu    sync.Mutex
	pairs map[*pair]bool
}

// pair is one connection with its other end.
type pair struct {
	near, far    net.Conn
	mute, doomed atomic.Bool
}

// Start relays to an address until the end of the test.
func Start(t testing.TB, network, address string, rules Rules) *Relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{listener: l, network: network, address: address, rules: rules, pairs: map[*pair]bool{}}
	t.Cleanup(func() { _ = l.Close(); r.Cut() })
	go r.accept()
	return r
}

// Addr is where the relay listens, as host:port.
func (r *Relay) Addr() string { return r.listener.Addr().String() }

// Cut ends the connections there are. New ones are taken as before.
func (r *Relay) Cut() {
	for _, p := range r.now() {
		p.end()
	}
}

// Mute lets the connections there are fall silent: no byte comes through, and nobody is told. New ones are taken as before.
func (r *Relay) Mute() {
	for _, p := range r.now() {
		p.mute.Store(true)
	}
}

func (r *Relay) now() (pairs []*pair) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for p := range r.pairs {
		pairs = append(pairs, p)
	}
	return pairs
}

func (r *Relay) accept() {
	for {
		near, err := r.listener.Accept()
		if err != nil {
			return
		}
		go r.join(near)
	}
}

// join connects the far end, so that an address where nobody answers holds up nobody else.
func (r *Relay) join(near net.Conn) {
	far, err := net.Dial(r.network, r.address)
	if err != nil {
		_ = near.Close()
		return
	}
	p := &pair{near: near, far: far}
	r.mu.Lock()
	r.pairs[p] = true
	r.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { r.carry(p, far, near, r.forth) })
	both.Go(func() { r.carry(p, near, far, back) })
	both.Wait()
	r.mu.Lock()
	delete(r.pairs, p)
	r.mu.Unlock()
}

// carry takes one direction to its end; ask says what becomes of a piece.
func (r *Relay) carry(p *pair, to, from net.Conn, ask func(*pair, []byte) Fate) {
	defer p.end()
	b := make([]byte, 32<<10)
	for {
		if r.rules.Silence > 0 {
			_ = from.SetReadDeadline(time.Now().Add(r.rules.Silence))
		}
		n, err := from.Read(b)
		if err != nil {
			return
		}
		switch {
		case p.mute.Load():
			continue
		case ask(p, b[:n]) == Cut:
			return
		}
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}

func (r *Relay) forth(p *pair, piece []byte) Fate {
	if r.rules.Judge == nil {
		return Pass
	}
	f := r.rules.Judge(piece)
	if f == Swallow {
		p.doomed.Store(true)
	}
	return f
}

func back(p *pair, _ []byte) Fate {
	if p.doomed.Load() {
		return Cut
	}
	return Pass
}

func (p *pair) end() { _ = p.near.Close(); _ = p.far.Close() }
