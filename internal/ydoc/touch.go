package ydoc

import (
	"errors"
	"fmt"
	"slices"
	"sort"
)

// Why Touched refuses an update.
var (
	// ErrUnresolved: a struct names no container that could be found.
	ErrUnresolved = errors.New("ydoc: container cannot be resolved")
	// ErrForged: a struct claims to lie in two containers at once, or in one that cannot hold it. No honest client makes such.
	ErrForged = errors.New("ydoc: contradictory update")
	// ErrGap: the update depends on structs that neither it nor the document holds. An honest client in sync never sends one: answer
	// with a state vector.
	ErrGap = errors.New("ydoc: update leaves a gap")
)

// Touch is one place that an update writes to or deletes from. Writing or deleting at a place reaches everything beneath it: what replaces or
// removes a nested type takes its whole content away.
type Touch struct {
	Root string
	// Path leads from the root to the place: a key of a map as it is, "#" for an element of an array, "~" for content of a text, "@key" for
	// an attribute of a text or XML type. A key that itself begins with one of # ~ @ \ gets a \ in front.
	Path   []string
	Client uint64 // that wrote the content: of a deletion the one whose content goes, for a deletion names no author
	Delete bool
	Kind   ContentKind // of what is written or deleted
}

// Touched resolves where an update would write and delete if it were applied now, without changing the document. Each place is named once per
// client and kind, in the order of the update. What is known already is left out, and so is what lands in a container that is gone, for it has
// no effect. ErrMalformed, ErrForged, ErrGap, ErrUnresolved, or ErrBudget when types would nest too deeply: refuse the update as a whole.
//
// Root types should be defined (Define): an undefined root's list counts as text or array by what is written.
func (d *Doc) Touched(bytes []byte) ([]Touch, error) {
	if d.HasPending() {
		return nil, fmt.Errorf("%w: the document itself waits for structs, which this update could set free", ErrGap)
	}
	r := &resolver{doc: d}
	u := &r.update
	if err := u.decode(&d.names, bytes); err != nil {
		return nil, err
	}
	r.blocks, r.ends = make(map[uint32][]*item, len(u.blocks)), make(map[uint32]uint32, len(u.blocks))
	if err := r.takeNew(u.blocks); err != nil {
		return nil, err
	}
	for _, bl := range u.blocks {
		for _, it := range r.blocks[bl.client] {
			p, err := r.place(it)
			if err == nil {
				err = r.touch(p, it, false)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	if err := r.deletions(u.deletes); err != nil {
		return nil, err
	}
	return r.touches, nil
}

// place is where an item lies: in the list of typ, or under its key sub.
type place struct {
	typ  *Type
	sub  uint32
	gone bool // the container was deleted and collected
	open bool // being resolved
}

func (p place) same(q place) bool {
	return p.typ == q.typ && p.gone == q.gone && p.sub == q.sub
}

// resolver finds the places of the structs of one update.
type resolver struct {
	doc     *Doc
	update  update
	blocks  map[uint32][]*item // the structs that are new
	ends    map[uint32]uint32  // the state that each client of the update would have
	places  map[*item]place    // of new structs
	touches []Touch
	seen    map[touchKey]bool
}

type touchKey struct {
	typ          *Type
	sub, client  uint32
	text, delete bool
	kind         ContentKind
}

// takeNew keeps the structs that the document lacks, and demands that they continue what it has.
func (r *resolver) takeNew(blocks []block) error {
	for _, bl := range blocks {
		next := r.doc.stateOf(bl.client)
		first := sort.Search(len(bl.items), func(i int) bool { return bl.items[i].end() > next })
		items := bl.items[first:]
		for _, it := range items {
			if it.id.clock > next {
				return fmt.Errorf("%w: client %d is known up to %d, the update goes on at %d", ErrGap, r.update.clientID(bl.client), next, it.id.clock)
			}
			next = it.end()
		}
		r.blocks[bl.client], r.ends[bl.client] = items, next
	}
	return nil
}

// find gives the struct that holds id: of the document if it has it (known), else of the update.
func (r *resolver) find(id ref) (it *item, known bool, err error) {
	if it := r.doc.get(id); it != nil {
		return it, true, nil
	}
	l := r.blocks[id.client]
	i := sort.Search(len(l), func(i int) bool { return l[i].end() > id.clock })
	if i == len(l) {
		return nil, false, fmt.Errorf("%w: element %d of client %d is missing", ErrGap, id.clock, r.update.clientID(id.client))
	}
	return l[i], false, nil
}

// refs are the structs that the place of it follows from.
func (it *item) refs() []ref {
	ids := make([]ref, 0, 2)
	if it.is(flagOrigin | flagParentID) {
		ids = append(ids, it.origin)
	}
	if it.is(flagRight) {
		ids = append(ids, it.rightOrigin)
	}
	return ids
}

// place resolves a new struct, and first those of the update on which it depends: with a stack of its own, for such chains can be long.
func (r *resolver) place(it *item) (place, error) {
	if r.places == nil {
		r.places = map[*item]place{}
	}
	stack := append(make([]*item, 0, 8), it)
next:
	for len(stack) > 0 {
		it := stack[len(stack)-1]
		if p, ok := r.places[it]; ok && !p.open {
			stack = stack[:len(stack)-1]
			continue
		}
		r.places[it] = place{open: true}
		for _, id := range it.refs() {
			dep, known, err := r.find(id)
			if err != nil {
				return place{}, err
			}
			if known {
				continue
			}
			p, ok := r.places[dep]
			if ok && p.open {
				return place{}, fmt.Errorf("%w: structs depend on each other in a circle", ErrForged)
			}
			if !ok {
				stack = append(stack, dep)
				continue next
			}
		}
		p, err := r.deduce(it)
		if err != nil {
			return place{}, err
		}
		r.places[it] = p
		stack = stack[:len(stack)-1]
	}
	return r.places[it], nil
}

// deduce gives the place of a struct whose dependencies are resolved.
func (r *resolver) deduce(it *item) (place, error) {
	p := place{gone: true}
	var err error
	switch {
	case it.kind == kindGC:
	case it.is(flagParentID):
		p, err = r.within(it)
	case it.is(flagOrigin | flagRight):
		p, err = r.beside(it)
	default:
		p = place{typ: r.root(it.parent), sub: it.sub}
	}
	if err != nil {
		return place{}, err
	}
	// A struct that is known in part goes on where its known part lies.
	if state := r.doc.stateOf(it.id.client); it.id.clock < state {
		if stored := r.known(r.doc.get(ref{it.id.client, state - 1})); !p.same(stored) {
			return place{}, fmt.Errorf("%w: a known struct comes again with another place", ErrForged)
		}
	}
	return p, p.check()
}

// within is the place of the first struct in a nested type.
func (r *resolver) within(it *item) (place, error) {
	holder, known, err := r.find(it.origin)
	if err != nil {
		return place{}, err
	}
	if holder.kind == kindGC || holder.kind == ContentDeleted || !known && r.places[holder].gone {
		return place{gone: true}, nil
	}
	if holder.kind != ContentType {
		return place{}, fmt.Errorf("%w: container is a %v", ErrForged, holder.kind)
	}
	return place{typ: holder.typ(), sub: it.sub}, nil
}

// beside is the place of a struct that names its neighbours. Replicas take it from one of them, so both must agree.
func (r *resolver) beside(it *item) (place, error) {
	var found place
	for i, id := range it.refs() {
		n, known, err := r.find(id)
		if err != nil {
			return place{}, err
		}
		p := r.places[n]
		if known {
			p = r.known(n)
		}
		if i > 0 && !p.same(found) {
			return place{}, fmt.Errorf("%w: left and right neighbour lie in different containers", ErrForged)
		}
		found = p
	}
	return found, nil
}

// known is the place of a struct of the document.
func (r *resolver) known(it *item) place {
	if it.kind == kindGC {
		return place{gone: true}
	}
	return place{typ: it.parent, sub: it.sub}
}

// root gives the document's root type for a placeholder, if it has it.
func (r *resolver) root(t *Type) *Type {
	if have := r.doc.roots[t.name]; have != nil {
		return have
	}
	return t
}

// check refuses content that the container cannot show: it would be there, unseen.
func (p place) check() error {
	if p.gone {
		return nil
	}
	switch p.typ.kind {
	case KindMap, KindHook:
		if p.sub == 0 {
			return fmt.Errorf("%w: list content in a map", ErrForged)
		}
	case KindArray, KindFragment:
		if p.sub != 0 {
			return fmt.Errorf("%w: entry in a list", ErrForged)
		}
	}
	return nil
}

// touch notes the place of it.
func (r *resolver) touch(p place, it *item, del bool) error {
	if p.gone {
		return nil
	}
	k := touchKey{typ: p.typ, sub: p.sub, client: it.id.client, delete: del, kind: it.kind, text: p.textual(it)}
	if r.seen[k] {
		return nil
	}
	if r.seen == nil {
		r.seen = map[touchKey]bool{}
	}
	r.seen[k] = true
	root, path, err := r.path(p, it)
	if err != nil {
		return err
	}
	r.touches = append(r.touches, Touch{Root: root, Path: path, Client: r.update.clientID(it.id.client), Delete: del, Kind: it.kind})
	return nil
}

// path leads from the root to p, which is the place of it.
func (r *resolver) path(p place, it *item) (root string, path []string, err error) {
	for {
		path = append(path, r.segment(p, it))
		if len(path) > maxDepth {
			return "", nil, fmt.Errorf("%w: types nest too deeply", ErrBudget)
		}
		if p.typ.item == nil {
			slices.Reverse(path)
			return p.typ.name, path, nil
		}
		it = p.typ.item
		if inner, ok := r.places[it]; ok {
			p = inner
		} else {
			p = r.known(it)
		}
		if p.typ == nil {
			return "", nil, fmt.Errorf("%w: %s of client %d", ErrUnresolved, it.kind, r.update.clientID(it.id.client))
		}
	}
}

// segment is the last step of the path to p.
func (r *resolver) segment(p place, it *item) string {
	switch {
	case p.sub != 0 && (p.typ.kind == KindUnknown || p.typ.kind == KindMap || p.typ.kind == KindHook):
		if k := r.update.keyOf(p.sub); k != "" && (k[0] == '#' || k[0] == '~' || k[0] == '@' || k[0] == '\\') {
			return `\` + k
		}
		return r.update.keyOf(p.sub)
	case p.sub != 0:
		return "@" + r.update.keyOf(p.sub)
	case p.textual(it):
		return "~"
	}
	return "#"
}

// textual tells whether it is, at p, content of a text.
func (p place) textual(it *item) bool {
	switch {
	case p.sub != 0:
		return false
	case p.typ.kind != KindUnknown:
		return p.typ.kind.textual()
	case it.kind == ContentDeleted:
		return p.typ.looksLike().textual()
	}
	return it.kind == ContentString || it.kind == ContentEmbed || it.kind == ContentFormat
}

// deletions notes what of the document the update deletes. What it deletes of its own structs is noted with these.
func (r *resolver) deletions(ds deleteSet) error {
	for _, s := range ds.normalise(r.update.clientID) {
		state := r.doc.stateOf(s.client)
		if s.to > max(state, r.ends[s.client]) {
			return fmt.Errorf("%w: a deletion reaches element %d of client %d", ErrGap, s.to-1, r.update.clientID(s.client))
		}
		if s.from >= state {
			continue
		}
		l := &r.doc.logs[s.client]
		for i := l.find(s.from); i < len(l.items) && l.items[i].id.clock < s.to; i++ {
			it := l.items[i]
			if it.deleted() {
				continue
			}
			if err := r.touch(r.known(it), it, true); err != nil {
				return err
			}
		}
	}
	return nil
}
