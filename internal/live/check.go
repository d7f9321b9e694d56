package live

import (
	"errors"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/text"
	"kasane/internal/ydoc"
)

// Change is an update that Check has let pass, to be given to Apply.
type Change struct {
	update  []byte
	actor   string
	touches []ydoc.Touch
}

// Applied is what Apply made of a change.
type Applied struct {
	// Update is what was new, as the core understood it: to be logged and shown in place of the bytes received. nil: nothing was new.
	Update []byte
	// Clients are the ids first used by this change, bound to its actor.
	Clients map[uint64]string
	// CutPairs counts surrogate pairs that the editor cut in two, which no editor of ours does.
	CutPairs int
}

var (
	errMalformed = refuse(CodeMalformed, "変更の形が正しくないため受け付けられません。画面を読み込み直してください。")
	errForged    = refuse(CodeForged, "ほかの人の編集として送られた変更は受け付けられません。画面を読み込み直してください。")
	errBig       = refuse(CodeTooLarge, "一度に送れる量を超えています。文章を分けて貼り付けてください。")
	errBigDoc    = refuse(CodeTooLarge, "この文書に書ける量の上限に達しました。これ以上は別の欄に書いてください。")
	errBigText   = refuse(CodeTooLarge, "この欄に書ける長さを超えています。短くするか、ほかの欄に分けてください。")
	errColumn    = refuse(CodeColumn, "役割分担の欄は、自機関の列だけに書き込めます。ほかの機関の欄を直すときは、その機関か事務局に伝えてください。")
	errHeader    = refuse(CodeHeader, "この項目は事務局と市所管課だけが書き込めます。直すときは事務局に伝えてください。")
	errGrammar   = refuse(CodeSchema, "この文書にはない項目への書き込みです。画面を読み込み直してください。続くときは事務局に連絡してください。")
)

// readOnly is the refusal for lack of the right to write; the gate's reason is the code.
func readOnly(reason string) error {
	switch reason {
	case CodeFrozen:
		return errFrozen
	case "":
		reason = CodeReadOnly
	}
	return refuse(CodeReadOnly, "この文書は閲覧だけできます。書き込みが必要なときは事務局に相談してください。").With("code", reason)
}

// Check decides about one update of an actor without changing the document: its size, what it touches against the schema and the actor's
// rights, whose client ids it writes with. Faults carry a code (Code) and say what to do. ErrGap: what it depends on is missing here.
//
// An update that touches nothing passes for everybody, for browsers send again what they are not sure of; should it still add something,
// Apply refuses it.
func (d *Document) Check(actor access.Actor, r Rights, update []byte) (Change, error) {
	c := Change{update: update, actor: actor.UserID}
	if d.spoiled {
		return c, ErrSpoiled
	}
	if len(update) > MaxUpdate {
		return c, errBig
	}
	touches, err := d.doc.Touched(update)
	switch {
	case errors.Is(err, ydoc.ErrGap):
		return c, ErrGap
	case errors.Is(err, ydoc.ErrForged), errors.Is(err, ydoc.ErrUnresolved):
		return c, errForged
	case err != nil:
		return c, errMalformed
	}
	if c.touches = touches; len(touches) == 0 {
		return c, nil
	}
	if d.meta.Frozen {
		return c, errFrozen
	}
	if !r.Read || !r.Write {
		return c, readOnly(r.Reason)
	}
	if !d.fits(len(update)) {
		return c, errBigDoc
	}
	for _, t := range touches {
		if err := d.checkTouch(actor, r, t); err != nil {
			return c, err
		}
	}
	return c, nil
}

// checkTouch holds one touched place against schema, rights and the binding of client ids.
func (d *Document) checkTouch(actor access.Actor, r Rights, t ydoc.Touch) error {
	if !t.Delete && !d.mayUse(t.Client, actor.UserID) {
		return errForged
	}
	p, _, ok := d.placeOf(t)
	if !ok {
		return errGrammar
	}
	if !r.OwnAgencyOnly {
		return nil
	}
	switch {
	case p.area == areaHeader:
		return errHeader
	case p.area == areaCell && (p.column != actor.AgencyID || actor.AgencyID == ""):
		return errColumn
	}
	return nil
}

// placeOf finds a touched place in the schema: a scalar of the map, or plain text; nothing nested, formatted or embedded.
func (d *Document) placeOf(t ydoc.Touch) (p place, key string, ok bool) {
	if len(t.Path) != 1 {
		return p, "", false
	}
	key, text := strings.CutPrefix(t.Root, textPrefix)
	switch {
	case text:
		// Text that was written and deleted before it was sent does not say any more what it was.
		ok = t.Path[0] == "~" && (t.Kind == ydoc.ContentString || t.Kind == ydoc.ContentDeleted) ||
			t.Path[0] == "#" && t.Kind == ydoc.ContentDeleted
	case t.Root == rootValues:
		key = t.Path[0]
		ok = t.Kind == ydoc.ContentAny || t.Kind == ydoc.ContentDeleted
	}
	if !ok {
		return p, key, false
	}
	p, ok = placeOf(d.meta.Kind, key, text)
	return p, key, ok && d.holds(key)
}

// holds tells whether a field of a sheet belongs into this document, by the sheets of the day; other keys always do.
func (d *Document) holds(key string) bool {
	field, sheet := strings.CutPrefix(key, "f/")
	return !sheet || d.fields == nil || d.fields(d.meta, field)
}

func (d *Document) mayUse(client uint64, user string) bool {
	have, ok := d.clients[client]
	return !ok || have == user
}

// Apply integrates a change that Check has just let pass, and then looks at what stands there now: values against their keys, characters and
// lengths of texts. When that is refused, or integration costs too much, the document is spoiled and its owner must load it again; nothing
// else happened.
func (d *Document) Apply(c Change) (Applied, error) {
	if d.spoiled {
		return Applied{}, ErrSpoiled
	}
	txn, err := d.doc.Apply(c.update)
	if errors.Is(err, ydoc.ErrMalformed) {
		return Applied{}, errMalformed
	}
	if err != nil {
		d.spoiled = true
		return Applied{}, refuse(CodeTooLarge, errBig.Message)
	}
	if txn.Empty() {
		if d.doc.HasPending() {
			d.spoiled = true
			return Applied{}, ErrSpoiled
		}
		return Applied{}, nil
	}
	a := Applied{Update: txn.Update(), CutPairs: txn.CutPairs()}
	if a.Clients, err = d.inspect(c, txn, a.Update); err != nil {
		d.spoiled = true
		return Applied{}, err
	}
	for client, user := range a.Clients {
		d.clients[client] = user
	}
	d.grown(len(a.Update))
	return a, nil
}

// inspect checks what a change has left, and gives the client ids it used first.
func (d *Document) inspect(c Change, txn *ydoc.Txn, novel []byte) (map[uint64]string, error) {
	// Structs that lie nowhere (GC) use up clocks of their client; nobody who edits flat documents makes such.
	if len(c.touches) == 0 || d.doc.HasPending() {
		return nil, errForged
	}
	ids, err := ydoc.Clients(novel)
	if err != nil {
		return nil, errMalformed
	}
	var first map[uint64]string
	for _, id := range ids {
		if !d.mayUse(id, c.actor) {
			return nil, errForged
		}
		if _, ok := d.clients[id]; !ok {
			if first == nil {
				first = map[uint64]string{}
			}
			first[id] = c.actor
		}
	}
	var read []*ydoc.Type
	for _, t := range c.touches {
		writes := !t.Delete && t.Kind != ydoc.ContentDeleted
		if strings.HasPrefix(t.Root, textPrefix) {
			now := d.doc.Define(t.Root, ydoc.KindText)
			if p, _, _ := d.placeOf(t); writes && now.Len() > p.limit {
				return nil, errBigText
			}
			if slices.Contains(read, now) {
				continue
			}
			read, err = append(read, now), inspectText(now, txn)
		} else if writes {
			err = d.inspectValue(t)
		}
		if err != nil {
			return nil, err
		}
	}
	return first, nil
}

func (d *Document) inspectValue(t ydoc.Touch) error {
	p, key, _ := d.placeOf(t)
	v, ok := d.values.MapGet(key)
	if !ok {
		return nil
	}
	return checkValue(p, v)
}

// inspectText looks at what a change wrote into a text, and at the numbers that stand there now: what was between the digits of an 個人番号, or behind
// them, may be gone. The rest of the text was looked at when it was written.
func inspectText(now *ydoc.Type, txn *ydoc.Txn) error {
	for _, piece := range txn.Around(now, text.EndsNumber) {
		if err := checkText(piece); err != nil {
			return err
		}
	}
	return nil
}
