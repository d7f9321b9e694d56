package app

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"kasane/internal/live/livetest"
)

// line is a websocket of somebody in the context of one meeting: the client's half of docs/protocol.md, which looks for secrets in every frame.
type line struct {
	w    *town
	by   asker
	only string // the document of a y-websocket line
	via  carrier

	mu   sync.Mutex
	docs map[string]*openDoc
	gone bool
}

// openDoc is a document on a line, as far as it was opened.
type openDoc struct {
	replica       *livetest.Client
	synced, write bool
}

var clientIDs atomic.Uint64

// dial opens a line on /hp, or with a document on /yws; nil when the server refuses.
func (w *town) dial(by asker, only string) *line {
	l := &line{w: w, by: by, only: only, docs: map[string]*openDoc{}}
	if only == "" && w.oneIn(3) {
		c := w.plain(by, w.oneIn(2))
		if c == nil {
			return nil
		}
		l.via = c
		w.lines = append(w.lines, l)
		go l.read()
		return l
	}
	url := "ws" + strings.TrimPrefix(w.url, "http") + "/hp"
	if only != "" {
		url = strings.TrimSuffix(url, "/hp") + "/yws/" + only + "?meeting=" + by.meeting
	}
	ws, _, err := websocket.DefaultDialer.Dial(url, http.Header{"Cookie": {"kasane_session=" + by.cookie}})
	if err != nil {
		return nil
	}
	l.via = wsCarrier{ws}
	w.lines = append(w.lines, l)
	go l.read()
	if only != "" {
		l.send("", 0, putBytes([]byte{0}, []byte{0}))
	}
	return l
}

func (l *line) close() { l.via.close() }

func (l *line) ended() bool { l.mu.Lock(); defer l.mu.Unlock(); return l.gone }

// read hears every frame.
func (l *line) read() {
	for {
		frame, err := l.via.next()
		if err != nil {
			l.mu.Lock()
			l.gone = true
			l.mu.Unlock()
			return
		}
		now := time.Now()
		frame, lost := bytes.CutPrefix(frame, []byte(lostMark))
		if found := l.w.words.find(frame); len(found) > 0 {
			what := "a frame of /yws/" + l.only
			if l.only == "" {
				what = "a frame of /hp about " + string((&lib0{frame}).bytes())
			}
			l.w.hear(heard{by: l.by, what: what, words: found, from: now, to: now, live: true})
		}
		if l.only == "" && !lost {
			l.take(frame)
		}
	}
}

// open opens a document in the context of the line's meeting.
func (l *line) open(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.docs[name] = &openDoc{replica: livetest.NewClient(9_000_000 + clientIDs.Add(1))}
	l.send(name, 2, putBytes([]byte{0}, []byte(l.by.meeting)))
	l.send(name, 0, putBytes([]byte{0}, []byte{0}))
}

// opened are the names of documents that were opened, with who may write if asked.
func (l *line) opened(write bool) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, name := range slices.Sorted(maps.Keys(l.docs)) {
		if o := l.docs[name]; o.synced && (o.write || !write) {
			out = append(out, name)
		}
	}
	return out
}

// write makes a change of a document that is open for writing.
func (l *line) write(name string, edit func(c *livetest.Client) []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.docs[name]
	if o == nil || !o.synced || !o.write {
		return false
	}
	l.send(name, 0, putBytes([]byte{2}, edit(o.replica)))
	return true
}

// send writes a frame; mu is held, or nobody else knows the line yet.
func (l *line) send(name string, kind byte, body []byte) {
	var frame []byte
	if l.only == "" {
		frame = putBytes(frame, []byte(name))
	}
	l.via.put(append(append(frame, kind), body...))
}

// take takes a frame in.
func (l *line) take(frame []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := &lib0{frame}
	name := string(r.bytes())
	o := l.docs[name]
	if o == nil {
		return
	}
	switch r.uint() {
	case 0, 4:
		switch step, body := r.uint(), r.bytes(); step {
		case 0:
			if u, err := o.replica.Doc.Encode(body); err == nil && o.write {
				l.send(name, 0, putBytes([]byte{1}, u))
			}
		default:
			if err := o.replica.Apply(body); err != nil {
				l.w.t.Errorf("an update of %s to %s: %v", name, l.by.login, err)
			}
			o.synced = o.synced || step == 1
		}
	case 2:
		if r.uint() == 1 {
			delete(l.docs, name)
		}
	case 5:
		var n struct {
			Type  string
			Write bool
		}
		if json.Unmarshal(r.bytes(), &n) == nil && n.Type == "rights" {
			o.write = n.Write
		}
	case 7:
		delete(l.docs, name)
	}
}

// lib0 reads what lib0 writes.
type lib0 struct{ b []byte }

func (r *lib0) uint() uint64 {
	n, w := binary.Uvarint(r.b)
	r.b = r.b[max(w, 0):]
	return n
}

func (r *lib0) bytes() []byte {
	n := min(r.uint(), uint64(len(r.b)))
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

func putBytes(b, s []byte) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }
