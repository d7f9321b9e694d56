package simtest

import (
	"slices"
	"strings"
	"time"

	"kasane/internal/live"
)

type faultKind struct {
	name string
	do   func(w *world, name string)
}

// faults is what may happen; each ends by itself.
var faults = []faultKind{
	{"line cut", func(w *world, name string) {
		c := w.someone()
		w.note("%s %s", name, c.user)
		c.later(0, func() {
			if c.line != nil {
				c.line.cut()
			}
		})
	}},
	{"line swallows", func(w *world, name string) {
		c, d, heals := w.someone(), w.span(2, 70), w.rnd.IntN(2) == 0
		w.note("%s %s %v, heals %v", name, c.user, d, heals)
		c.later(0, func() {
			l := c.line
			if l == nil {
				return
			}
			l.swallow(true)
			time.AfterFunc(d, func() {
				if heals {
					l.swallow(false)
				} else {
					l.cut()
				}
			})
		})
	}},
	{"line slow", func(w *world, name string) {
		c, d := w.someone(), w.span(0, 3)
		w.note("%s %s %v", name, c.user, d)
		c.later(0, func() {
			if c.line != nil {
				c.line.delay(d)
			}
		})
	}},
	{"page frozen", func(w *world, name string) {
		c, d := w.someone(), w.span(1, 90)
		w.note("%s %s %v", name, c.user, d)
		c.later(0, func() { time.Sleep(d) })
	}},
	{"offline", func(w *world, name string) {
		c, d := w.someone(), w.span(1, 40)
		w.note("%s %s %v", name, c.user, d)
		c.later(0, func() { c.hangUp(); c.away = time.Now().Add(d) })
	}},
	{"asleep 72 h", func(w *world, name string) {
		if w.rnd.IntN(6) != 0 {
			return
		}
		w.note("%s", name)
		w.night()
	}},
	{"bus bad", func(w *world, name string) {
		w.note("%s", name)
		w.bus.mu.Lock()
		w.bus.drop, w.bus.double, w.bus.late = w.rnd.Float64()*0.6, w.rnd.Float64()*0.4, w.span(0, 2)
		w.bus.mu.Unlock()
		d := w.span(1, 20)
		time.AfterFunc(d, func() { w.bus.mu.Lock(); w.bus.drop, w.bus.double, w.bus.late = 0, 0, 0; w.bus.mu.Unlock() })
	}},
	{"bus away", func(w *world, name string) {
		n, known, d := w.pick(w.rnd), w.rnd.IntN(2) == 0, w.span(1, 40)
		w.note("%s %v, known %v", name, d, known)
		if n != nil {
			n.port.set(known, !known)
			time.AfterFunc(d, func() { n.port.set(false, false) })
		}
	}},
	{"store away", func(w *world, name string) {
		n, d, k := w.pick(w.rnd), w.span(0, 25), cutKind(1+w.rnd.IntN(2))
		w.note("%s %v, kind %d", name, d, k)
		if n != nil {
			n.data.locked(func() { n.data.cut, n.data.trouble = k, time.Now() })
			time.AfterFunc(d, func() { n.data.locked(func() { n.data.cut, n.data.trouble = cutNone, time.Now() }) })
		}
	}},
	{"gate away", func(w *world, name string) {
		n, d, k := w.pick(w.rnd), w.span(5, 40), cutKind(1+w.rnd.IntN(2))
		w.note("%s %v, kind %d", name, d, k)
		if n != nil {
			n.data.locked(func() { n.data.gate, n.data.trouble = k, time.Now() })
			time.AfterFunc(d, func() { n.data.locked(func() { n.data.gate, n.data.trouble = cutNone, time.Now() }) })
		}
	}},
	{"store bad", func(w *world, name string) {
		n, d := w.pick(w.rnd), w.span(1, 15)
		a, l, r := w.rnd.Float64()*0.3, w.rnd.Float64()*0.3, w.rnd.Float64()*0.3
		w.note("%s %v: %.2f not stored, %.2f answer lost, %.2f not read", name, d, a, l, r)
		if n != nil {
			n.data.locked(func() { n.data.noAppend, n.data.lost, n.data.noRead = a, l, r })
			time.AfterFunc(d, func() { n.data.locked(func() { n.data.noAppend, n.data.lost, n.data.noRead = 0, 0, 0 }) })
		}
	}},
	{"crash", func(w *world, name string) {
		p, k, d := w.places[w.rnd.IntN(2)], crashKind(w.rnd.IntN(3)), w.span(1, 15)
		w.note("%s, kind %d, back after %v", name, k, d)
		n := p.get()
		if n == nil {
			return
		}
		dead := func() { w.kill(p, n); time.AfterFunc(d, func() { p.revive(w) }) }
		if k == crashNone {
			dead()
			return
		}
		n.data.locked(func() { n.data.crash, n.data.crashed = k, dead })
	}},
	{"drain", func(w *world, name string) {
		p, d := w.places[w.rnd.IntN(2)], w.span(1, 10)
		w.note("%s, back after %v", name, d)
		if n := p.get(); n != nil {
			p.set(nil)
			n.stop()
			time.AfterFunc(d, func() { <-n.ended; n.port.kill(); p.revive(w) })
		}
	}},
	{"clock jumps", func(w *world, name string) {
		n, d := w.pick(w.rnd), w.span(-600, 600)
		w.note("%s %v", name, d)
		if n != nil {
			n.mu.Lock()
			n.jump = d
			n.mu.Unlock()
		}
	}},
	{"consent", func(w *world, name string) {
		c := w.someone()
		o, d := c.docs[w.rnd.IntN(len(c.docs))], w.span(1, 40)
		r := refusal{since: time.Now(), reason: "consent", write: w.rnd.IntN(3) == 0}
		w.note("%s %s %s for %v, writing only %v", name, c.user, o.id, d, r.write)
		// The answer and the version change together, as in one transaction.
		w.change(o.id, func(*live.Meta) { w.consent.set(c.user, o.id, &r) })
		time.AfterFunc(d, func() {
			w.log.Change(tenant, o.id, func(m *live.Meta) { m.AccessVersion++; w.consent.set(c.user, o.id, nil) })
		})
	}},
	{"freeze", func(w *world, name string) {
		id, d := docs[w.rnd.IntN(2)], w.span(1, 20)
		if w.meta(id).Frozen {
			return
		}
		w.note("%s %s %v", name, id, d)
		w.change(id, func(m *live.Meta) { m.Frozen = true })
		before, at := w.document(id), w.meta(id).Head
		time.AfterFunc(d, func() {
			if !w.meta(id).Frozen {
				return
			}
			after := w.document(id)
			if before == nil || after == nil {
				return
			}
			_, was := before.Canonical()
			if _, is := after.Canonical(); is != was || w.meta(id).Head != at {
				w.fail("I3: %s changed while frozen", id)
			}
			w.log.Change(tenant, id, func(m *live.Meta) { m.Frozen, m.AccessVersion = false, m.AccessVersion+1 })
		})
	}},
}

// mild is what happens in a world where hardly anything fails, and rights move all the time.
var mild = func() (out []faultKind) {
	for name, times := range map[string]int{"consent": 6, "gate away": 2, "line cut": 1, "offline": 1, "freeze": 1, "bus away": 1} {
		i := slices.IndexFunc(faults, func(f faultKind) bool { return f.name == name })
		for range times {
			out = append(out, faults[i])
		}
	}
	slices.SortStableFunc(out, func(a, b faultKind) int { return strings.Compare(a.name, b.name) })
	return out
}()

func (w *world) someone() *client { return w.clients[w.rnd.IntN(len(w.clients))] }

func (w *world) span(from, to int) time.Duration {
	return time.Duration(from)*time.Second + time.Duration(w.rnd.Int64N(int64(to-from)*int64(time.Second)))
}

// later makes a page do something as soon as it can.
func (c *client) later(d time.Duration, f func()) { time.AfterFunc(d, func() { go c.order(f) }) }

// night: some clients edit without a network and sleep for 72 hours; the nodes are stopped and started meanwhile, as in an update.
func (w *world) night() {
	for _, c := range w.clients {
		if w.rnd.IntN(2) == 0 {
			c.later(0, func() { c.hangUp(); c.away = time.Now().Add(71 * time.Hour) })
		}
	}
	time.Sleep(5 * time.Second)
	for _, p := range w.places {
		if n := p.get(); n != nil {
			p.set(nil)
			n.stop()
			<-n.ended
			n.port.kill()
		}
	}
	for _, c := range w.clients {
		c.later(0, func() { time.Sleep(72*time.Hour - 20*time.Second) })
	}
	time.Sleep(72 * time.Hour)
	for _, p := range w.places {
		if p.get() == nil {
			p.set(w.newNode())
		}
	}
}

// check holds everybody against the log, once nothing is under way.
func (w *world) check() {
	if !w.calm() {
		for _, c := range w.clients {
			for _, o := range c.docs {
				w.fail("no calm: %s %s connected %v, shut %v, asked %d, %d sent, %d unsaved", c.user, o.id, c.line != nil, o.shut, o.asked, len(o.sent), len(o.unsaved))
			}
		}
		return
	}
	for _, id := range docs {
		d := w.document(id)
		if d == nil {
			return
		}
		state, _ := d.Canonical()
		times := map[string]int{}
		for _, x := range word.FindAllString(d.Text("wish"), -1) {
			times[x]++
		}
		for x, n := range times {
			if n != 1 {
				w.fail("I1: %s stands %d times in %s", x, n, id)
			}
		}
		for _, c := range w.clients {
			for _, o := range c.docs {
				if o.id == id {
					w.checkReplica(o, strings.TrimSpace(string(state)), times)
				}
			}
		}
	}
}

func (w *world) checkReplica(o *opened, state string, times map[string]int) {
	for _, x := range o.saved {
		if times[x] != 1 {
			w.fail("I1: %s of %s was 保存済み and stands %d times in %s", x, o.c.user, times[x], o.id)
		}
	}
	if got := o.replica.State(); got != state {
		w.fail("%s has not converged in %s:\nhas %s\nlog %s", o.c.user, o.id, got, state)
	}
	if o.replica.Doc.HasPending() {
		w.fail("%s holds pending changes of %s", o.c.user, o.id)
	}
	var want, got []uint64
	for _, c := range w.clients {
		for _, other := range c.docs {
			if other.id == o.id && other != o {
				want = append(want, other.replica.ID)
			}
		}
	}
	for id := range o.people {
		if id == o.replica.ID {
			continue // what its last connection left, told before it has spoken
		}
		got = append(got, id)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		w.fail("presence: %s sees %v in %s, there are %v", o.c.user, got, o.id, want)
	}
}
