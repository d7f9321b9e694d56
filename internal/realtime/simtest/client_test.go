package simtest

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/live/livetest"
	"kasane/internal/ydoc"
)

// client is a browser: one socket, a replica of each document it opens, and the duty to keep what was not acknowledged.
type client struct {
	w      *world
	id     int
	user   string
	rnd    *rand.Rand
	docs   []*opened
	quiet  bool // reads, and never writes
	eager  bool // sends updates at once after reconnecting, as stock providers do, not only once the server has asked
	orders chan func()
	quit   chan struct{}

	line   *line
	socket socket
	node   *node
	in     chan frame
	gone   chan struct{} // closed when the socket is given up
	heard  time.Time
	next   time.Time // to connect
	away   time.Time // offline until then
	still  bool      // edits nothing
	ids    uint64
	edits  int
	trace  uint64 // hash of everything heard, with its times
}

type frame struct {
	op      byte
	payload []byte
}

// opened is one document of a client.
type opened struct {
	c       *client
	id      string
	replica *livetest.Client
	shut    bool // refused, withdrawn or denied: comes again at retry, with a new replica
	retry   time.Time
	write   bool
	asked   int    // times the server asked in this connection
	sent    []sent // not acknowledged, in this connection, in order
	unsaved []string
	saved   []string // shown as 保存済み
	copies  int      // words that were given back to their author
	clock   uint64
	said    time.Time // where the cursor is; browsers say it again every 15 s
	people  map[uint64]bool
	clocks  map[uint64]uint64
}

// sent is one update on its way, and the words that are stored when it is acknowledged.
type sent struct {
	update bool
	words  []string
}

var word = regexp.MustCompile(`\[c\d+n\d+\]`)

func newClient(w *world, id int) *client {
	c := &client{w: w, id: id, user: fmt.Sprintf("u%d", id), rnd: rand.New(rand.NewPCG(w.seed, uint64(1000+id))), orders: make(chan func()), quit: make(chan struct{}), ids: uint64(id+1) * 100_000}
	c.eager, c.quiet = c.rnd.IntN(3) == 0, w.lecture && id > 0
	for _, d := range docs {
		if len(c.docs) == 0 || c.rnd.IntN(2) == 0 {
			o := &opened{c: c, id: d}
			o.renew()
			c.docs = append(c.docs, o)
		}
	}
	return c
}

// renew starts from an empty replica: what was not acknowledged is offered as a copy.
func (o *opened) renew() {
	o.c.ids++
	o.replica, o.copies, o.unsaved = livetest.NewClient(o.c.ids), o.copies+len(o.unsaved), nil
	o.forget()
}

// forget drops what belongs to one connection.
func (o *opened) forget() {
	o.sent, o.asked, o.write = nil, 0, false
	o.people = map[uint64]bool{}
	if o.clocks == nil {
		o.clocks = map[uint64]uint64{}
	}
}

func (o *opened) name() string { return o.id + ".1" }

// run is the page's one thread.
func (c *client) run() {
	edit := time.NewTimer(c.pause())
	defer edit.Stop()
	for {
		select {
		case <-c.quit:
			c.hangUp()
			return
		case f := <-c.in:
			c.take(f)
		case f := <-c.orders:
			f()
		case <-edit.C:
			c.act()
			edit.Reset(c.pause())
		}
	}
}

func (c *client) pause() time.Duration {
	return time.Duration(20+c.rnd.IntN(900))*time.Millisecond + time.Duration(c.rnd.IntN(1_000_000))
}

// order makes the page do something, between two of its own doings.
func (c *client) order(f func()) { c.orders <- f }

func (c *client) act() {
	now := time.Now()
	if c.line == nil && !now.Before(c.next) && !now.Before(c.away) {
		c.connect()
	}
	if c.line != nil && now.Sub(c.heard) > 30*time.Second {
		c.hangUp()
	}
	for _, o := range c.docs {
		if o.shut && c.line != nil && !now.Before(o.retry) {
			o.shut = false
			o.renew()
			o.open()
		}
		if !o.shut && c.line != nil && now.Sub(o.said) > 15*time.Second {
			o.point()
		}
	}
	if o := c.docs[c.rnd.IntN(len(c.docs))]; !c.still && !c.quiet && !o.shut && (o.write || c.line == nil) {
		o.edit()
	}
}

func (c *client) connect() {
	c.next = time.Now().Add(time.Duration(100+c.rnd.IntN(2500)) * time.Millisecond)
	n := c.w.pick(c.rnd)
	if n == nil {
		return
	}
	c.ids++ // names the line, too
	l := newLine(c.w.seed, c.ids, c.w.watcher(c, n))
	c.line, c.node, c.heard = l, n, time.Now()
	c.socket = dial(l, n.handler, c.user)
	c.in, c.gone = make(chan frame), make(chan struct{})
	c.w.connected(c)
	go read(c.socket, c.in, c.gone)
	for _, o := range c.docs {
		o.forget()
		if !o.shut {
			o.open()
		}
	}
}

// read gives the page frame after frame, as fast as it takes them.
func read(s socket, in chan<- frame, gone <-chan struct{}) {
	r := bufio.NewReader(s)
	give := func(f frame) bool {
		select {
		case in <- f:
			return true
		case <-gone:
			return false
		}
	}
	for {
		line, err := r.ReadString('\n')
		if err != nil || line == "\r\n" {
			break
		}
	}
	for {
		op, payload, err := readFrame(r)
		if err != nil {
			give(frame{op: opClose})
			return
		}
		if !give(frame{op, payload}) {
			return
		}
	}
}

func (c *client) hangUp() {
	if c.line == nil {
		return
	}
	close(c.gone)
	_ = c.socket.Close()
	c.line, c.in, c.node = nil, nil, nil
	for _, o := range c.docs {
		o.forget()
	}
	c.next = time.Now().Add(time.Duration(100+c.rnd.IntN(2500)) * time.Millisecond)
}

func (c *client) send(name string, kind byte, body []byte) {
	if c.line != nil {
		_, _ = c.socket.Write(masked(opBinary, append(append(putBytes(nil, []byte(name)), kind), body...)))
	}
}

func putBytes(b, s []byte) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }

func (o *opened) open() {
	o.c.send(o.name(), 2, []byte{0, 0})
	o.c.send(o.name(), 0, putBytes([]byte{0}, o.replica.Doc.StateVector()))
	o.point()
}

// point tells where the cursor is.
func (o *opened) point() {
	o.clock++
	o.said = time.Now()
	b := binary.AppendUvarint(binary.AppendUvarint([]byte{1}, o.replica.ID), o.clock)
	o.c.send(o.name(), 1, putBytes(nil, putBytes(b, fmt.Appendf(nil, `{"at":%d}`, o.clock))))
}

// edit writes a word of its own, or does something else to the document.
func (o *opened) edit() {
	r := o.c.rnd
	var words []string
	u := o.replica.Edit(func(b *ydoc.Builder, d *ydoc.Doc) {
		switch k := r.IntN(10); {
		case k == 0:
			b.MapSet(d.Define("v", ydoc.KindMap), "need/need00000a/code", o.word())
		case k == 1:
			t := d.Define("t:risk", ydoc.KindText)
			if t.Len() > 0 {
				b.TextDelete(t, 0, t.Len())
				return
			}
			b.TextInsert(t, 0, o.word())
		default:
			t := d.Define("t:wish", ydoc.KindText)
			text := t.Text()
			at := 0
			if ends := strings.Count(text, "]"); ends > 0 {
				for range r.IntN(ends + 1) {
					at += strings.IndexByte(text[at:], ']') + 1
				}
			}
			words = append(words, o.word())
			b.TextInsert(t, at, words[0])
		}
	})
	o.unsaved = append(o.unsaved, words...)
	if o.c.line != nil && (o.asked > 0 || o.c.eager) {
		o.push(2, u, words)
	}
	if r.IntN(5) == 0 {
		o.point()
	}
}

func (o *opened) word() string {
	o.c.edits++
	return fmt.Sprintf("[c%dn%d]", o.c.id, o.c.edits)
}

func (o *opened) push(step byte, update []byte, words []string) {
	o.sent = append(o.sent, sent{step == 2, slices.Clone(words)})
	o.c.send(o.name(), 0, putBytes([]byte{step}, update))
}
