//go:build linux

package faults_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/live/livetest"
	"kasane/internal/ydoc"
)

const (
	text     = "risk" // the text everybody types into
	wordSize = 10     // UTF-16 units of a word: 〔ppp.nnnn〕
	most     = 40     // words of one person that stand at once; a text has a limit
)

// word is one edit and what became of it, as far as the person who made it was told.
type word struct {
	text                     string
	stored, removed, erasing bool // acknowledged; its removal acknowledged; its removal sent or waiting to be
}

// effect is what an acknowledgement is about: a word typed, or removed.
type effect struct {
	word   *word
	remove bool
}

// person is somebody who types without end, comes again when the connection ends, and remembers what was acknowledged: the client's half of the protocol,
// as docs/protocol.md has it.
type person struct {
	t      testing.TB
	number int
	urls   []string
	doc    string
	cookie string
	rnd    *rand.Rand

	mu      sync.Mutex
	replica *livetest.Client
	base    int // UTF-16 units of the text that was there before
	typed   int // words, ever
	words   []*word
	effects []effect // all, in the order in which they were made
	told    int      // how many of them are acknowledged
	typing  bool
	leaving bool // for good, when the connection ends
	gone    bool
	ws      *websocket.Conn
	synced  bool          // the server has everything up to here, or it is on its way
	waiting []int         // for each frame not acknowledged yet: how many effects it brings the server to
	away    int           // times the node sent it away because what it typed was not saved
	wrong   error         // what must never happen to an honest client
	cut     time.Time     // since when there is no connection that is up to date; zero while there is
	longest time.Duration // the longest time without
}

// come lets a person in; ends with the test or with vanish.
func (p *person) come() {
	p.replica, p.typing = livetest.NewClient(uint64(7_000_000+p.number)), true
	var work sync.WaitGroup
	work.Go(p.connect)
	work.Go(p.typ)
	p.t.Cleanup(func() { p.vanish(); work.Wait() })
}

// vanish ends the person without a word: nothing is sent again.
func (p *person) vanish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone, p.typing = true, false
	if p.ws != nil {
		_ = p.ws.NetConn().Close()
	}
}

func (p *person) left() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.gone }

// connect keeps a connection to one node or another.
func (p *person) connect() {
	for !p.left() {
		header := http.Header{"Cookie": {p.cookie}}
		url := p.urls[p.rnd.IntN(len(p.urls))]
		ws, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(url, "http")+"/hp", header)
		switch {
		case err == nil:
			p.serve(ws)
		case res != nil && res.StatusCode != http.StatusServiceUnavailable:
			p.fail(fmt.Errorf("handshake: %s", res.Status))
		}
		time.Sleep(time.Duration(100+p.rnd.IntN(300)) * time.Millisecond)
	}
}

func (p *person) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wrong == nil && !p.gone {
		p.wrong = err
	}
}

// serve opens the document on a new connection and reads it to its end.
func (p *person) serve(ws *websocket.Conn) {
	defer ws.Close()
	p.mu.Lock()
	if p.gone {
		p.mu.Unlock()
		return
	}
	p.ws, p.synced, p.waiting = ws, false, nil
	p.send(2, putBytes([]byte{0}, nil))
	p.send(0, putBytes([]byte{0}, p.replica.Doc.StateVector()))
	p.mu.Unlock()
	for {
		_ = ws.SetReadDeadline(time.Now().Add(40 * time.Second))
		_, frame, err := ws.ReadMessage()
		if err != nil {
			var closed *websocket.CloseError
			switch {
			case !errors.As(err, &closed):
			case closed.Code >= 4400:
				p.fail(fmt.Errorf("sent away for good: %w", err))
			case closed.Code == websocket.CloseTryAgainLater:
				p.mu.Lock()
				p.away++
				p.mu.Unlock()
			}
			break
		}
		p.mu.Lock()
		err = p.take(frame)
		p.mu.Unlock()
		if err != nil {
			p.fail(err)
			break
		}
	}
	p.mu.Lock()
	p.ws, p.synced, p.waiting = nil, false, nil
	if p.cut.IsZero() {
		p.cut = time.Now()
	}
	p.gone = p.gone || p.leaving
	p.mu.Unlock()
}

// send writes a frame. A connection that takes none is noticed by its reader.
func (p *person) send(kind byte, body []byte) {
	_ = p.ws.SetWriteDeadline(time.Now().Add(10 * time.Second))
	_ = p.ws.WriteMessage(websocket.BinaryMessage, append(append(putBytes(nil, []byte(p.doc)), kind), body...))
}

// take takes one frame in.
func (p *person) take(frame []byte) error {
	r := &reader{frame}
	if string(r.bytes()) != p.doc {
		return nil
	}
	switch r.uint() {
	case 0:
		return p.sync(r)
	case 2:
		if r.uint() == 1 {
			return fmt.Errorf("denied: %s", r.bytes())
		}
	case 7:
		return fmt.Errorf("the document was closed: %s", r.bytes())
	case 8:
		if r.uint() != 1 || len(p.waiting) == 0 {
			return fmt.Errorf("refused, or acknowledged without need: %d wait", len(p.waiting))
		}
		for p.told < p.waiting[0] {
			e := p.effects[p.told]
			e.word.stored, e.word.removed = true, e.remove
			p.told++
		}
		p.waiting = p.waiting[1:]
	}
	return nil
}

func (p *person) sync(r *reader) error {
	switch kind, body := r.uint(), r.bytes(); kind {
	case 0:
		update, err := p.replica.Doc.Encode(body)
		if err != nil {
			return err
		}
		p.send(0, putBytes([]byte{1}, update))
		p.synced, p.waiting = true, append(p.waiting, len(p.effects))
		if !p.cut.IsZero() {
			p.longest, p.cut = max(p.longest, time.Since(p.cut)), time.Time{}
		}
	default:
		return p.replica.Apply(body)
	}
	return nil
}

// typ types and removes words until the person is gone.
func (p *person) typ() {
	for !p.left() {
		time.Sleep(time.Duration(30+rand.IntN(60)) * time.Millisecond)
		p.mu.Lock()
		if p.typing && !p.gone && (p.synced || len(p.effects) > 0) { // who has seen the document types on while the line is away
			p.edit()
		}
		p.mu.Unlock()
	}
}

// edit makes one edit.
func (p *person) edit() {
	standing := make([]*word, 0, len(p.words))
	for _, w := range p.words {
		if !w.erasing {
			standing = append(standing, w)
		}
	}
	now := p.replica.Text(text)
	var e effect
	update := p.replica.Edit(func(b *ydoc.Builder, d *ydoc.Doc) {
		t := d.Define("t:"+text, ydoc.KindText)
		if len(standing) > most || len(standing) > 5 && rand.IntN(6) == 0 {
			e = effect{standing[rand.IntN(len(standing))], true}
			e.word.erasing = true
			b.TextDelete(t, units(now[:strings.Index(now, e.word.text)]), wordSize)
			return
		}
		e = effect{&word{text: fmt.Sprintf("〔%03d.%04d〕", p.number, p.typed)}, false}
		p.typed++
		p.words = append(p.words, e.word)
		b.TextInsert(t, p.base+wordSize*rand.IntN(1+(units(now)-p.base)/wordSize), e.word.text)
	})
	p.made(e, update)
}

// made sends an edit if it can be sent.
func (p *person) made(e effect, update []byte) {
	p.effects = append(p.effects, e)
	if p.synced {
		p.send(0, putBytes([]byte{2}, update))
		p.waiting = append(p.waiting, len(p.effects))
	}
}

// wipe removes all that anybody typed.
func (p *person) wipe() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made(effect{&word{}, true}, p.replica.Edit(func(b *ydoc.Builder, d *ydoc.Doc) {
		t := d.Define("t:"+text, ydoc.KindText)
		b.TextDelete(t, p.base, t.Len()-p.base)
	}))
}

// units is the length in UTF-16 units of a text without surrogates.
func units(s string) int { return len([]rune(s)) }

// reader reads what lib0 writes; a frame that is shorter than it says ends the test.
type reader struct{ b []byte }

func (r *reader) uint() uint64 {
	n, w := binary.Uvarint(r.b)
	r.b = r.b[w:]
	return n
}

func (r *reader) bytes() []byte {
	n := r.uint()
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

func putBytes(b, s []byte) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }
