package simtest

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"time"
)

// What a browser does with what it hears.

func (c *client) take(f frame) {
	c.heard = time.Now()
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %d %d %x", c.trace, time.Now().UnixNano(), f.op, f.payload)
	c.trace = h.Sum64()
	switch f.op {
	case opClose:
		c.hangUp()
	case opPing:
		_, _ = c.socket.Write(masked(opPong, f.payload))
	case opBinary:
		r := &lib0{b: f.payload}
		name := string(r.bytes())
		for _, o := range c.docs {
			if o.name() == name && !o.shut {
				o.take(r)
			}
		}
	}
}

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

func (o *opened) take(r *lib0) {
	switch r.uint() {
	case 0:
		o.sync(r.uint(), r.bytes())
	case 1:
		o.presence(&lib0{b: r.bytes()})
	case 2:
		if r.uint() == 1 { // denied
			o.end()
		}
	case 5:
		o.notice(r.bytes())
	case 7:
		o.end()
	case 8:
		if r.uint() == 1 {
			o.acknowledged()
		}
	}
}

func (o *opened) sync(step uint64, b []byte) {
	if step != 0 {
		o.c.w.shown(o, b)
		if err := o.replica.Apply(b); err != nil {
			o.c.w.fail("%s %s: update of the server: %v", o.c.user, o.id, err)
		}
		return
	}
	if o.asked++; o.asked > 1 {
		// An update that depended on what this very answer brings will not be acknowledged.
		if i := slices.IndexFunc(o.sent, func(s sent) bool { return s.update }); i >= 0 {
			o.sent = slices.Delete(o.sent, i, i+1)
		}
	}
	u, err := o.replica.Doc.Encode(b)
	if err != nil {
		o.c.w.fail("%s %s: state vector of the server: %v", o.c.user, o.id, err)
		return
	}
	o.push(1, u, o.unsaved)
}

func (o *opened) acknowledged() {
	if len(o.sent) == 0 {
		o.c.w.fail("%s %s: acknowledgement of nothing", o.c.user, o.id)
		return
	}
	words := o.sent[0].words
	o.sent = o.sent[1:]
	for _, x := range words {
		if !o.c.w.stored(o.id, x) {
			o.c.w.fail("I1: %s %s: %s acknowledged, not in the log", o.c.user, o.id, x)
		}
		if i := slices.Index(o.unsaved, x); i >= 0 {
			o.unsaved = slices.Delete(o.unsaved, i, i+1)
			o.saved = append(o.saved, x)
		}
	}
}

// end gives the document up until later.
func (o *opened) end() {
	if o.shut {
		return
	}
	o.shut, o.retry = true, time.Now().Add(time.Duration(2000+o.c.rnd.IntN(4000))*time.Millisecond)
	o.copies, o.unsaved = o.copies+len(o.unsaved), nil
	o.forget()
}

func (o *opened) notice(b []byte) {
	var n struct {
		Type  string
		Write bool
	}
	_ = json.Unmarshal(b, &n)
	switch n.Type {
	case "rights":
		o.write = n.Write
	case "frozen":
		o.write = false
	}
}

func (o *opened) presence(r *lib0) {
	for n := r.uint(); n > 0; n-- {
		id, clock, state := r.uint(), r.uint(), string(r.bytes())
		old, known := o.clocks[id]
		if known && clock < old || known && clock == old && (state != "null" || !o.people[id]) {
			continue
		}
		o.clocks[id] = clock
		if state == "null" {
			delete(o.people, id)
		} else {
			o.people[id] = true
		}
	}
}
