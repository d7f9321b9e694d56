package live

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// By is who made a change, as known when it was made: the row of the log says so, for deletions too.
type By struct {
	Seq        int64     `json:"seq"`
	ActorID    string    `json:"actorId"`
	Name       string    `json:"name"`
	AgencyName string    `json:"agencyName"`
	At         time.Time `json:"at"`
}

// Edit (変更のまとまり) is consecutive rows of one author without a pause longer than editPause.
type Edit struct {
	From   int64      `json:"from"` // sequence of its first row
	To     int64      `json:"to"`   // of its last: the document as it stood then is the version To
	By     By         `json:"by"`   // of its last row
	Since  time.Time  `json:"since"`
	Fields []FieldRef `json:"fields"` // what it touched, in order of key

	keys map[string]bool
}

// Timeline (変更の履歴) is a page of edits, newest first.
type Timeline struct {
	Edits []Edit `json:"edits"`
	Head  int64  `json:"head"`
	More  bool   `json:"more"` // older ones follow: ask with Before = From of the last
	Write bool   `json:"write"`
	// Why writing is refused: the gate's code. Empty when Write.
	Reason string `json:"reason,omitempty"`
}

const (
	editPause   = 2 * time.Minute
	editsAtOnce = 200
	// maxReplays bounds how many logs one node replays at once: each takes the time of the whole log.
	maxReplays = 2
)

// mark says that the units of a client up to a clock (exclusive) came with a row.
type mark struct {
	end uint64
	row int
}

// past is a document on its way through its own log.
type past struct {
	d    *Document
	rows []Row
	next int // index of the row to integrate next
	made map[uint64][]mark
}

func (p *past) by(row int) By {
	r := p.rows[row]
	return By{Seq: r.Seq, ActorID: r.ActorID, Name: r.ActorName, AgencyName: r.AgencyName, At: r.At}
}

// writer is the row that brought a unit.
func (p *past) writer(client, clock uint64) int {
	marks := p.made[client]
	i, _ := slices.BinarySearchFunc(marks, clock, func(m mark, c uint64) int {
		if m.end <= c {
			return -1
		}
		return 1
	})
	if i == len(marks) {
		return -1
	}
	return marks[i].row
}

// step integrates the next row and gives the keys it touches: scalars as they are, texts with their prefix.
func (p *past) step() (keys []string, err error) {
	r := p.rows[p.next]
	touches, err := p.d.doc.Touched(r.Update)
	if err != nil {
		return nil, fmt.Errorf("live: row %d of %s: %w", r.Seq, p.d.meta.ID, err)
	}
	for _, t := range touches {
		key := t.Root
		if t.Root == rootValues && len(t.Path) == 1 {
			key = t.Path[0]
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if _, err := p.d.Replay(r); err != nil {
		return nil, err
	}
	for client, end := range p.d.doc.StateMap() {
		if m := p.made[client]; len(m) == 0 || m[len(m)-1].end < end {
			p.made[client] = append(m, mark{end, p.next})
		}
	}
	p.next++
	return keys, nil
}

// to goes on until the version seq stands; see is told of each row, before and after it is integrated, when it is not nil.
func (p *past) to(seq int64, see func(row int, keys []string)) error {
	for p.next < len(p.rows) && p.rows[p.next].Seq <= seq {
		row := p.next
		keys, err := p.step()
		if err != nil {
			return err
		}
		if see != nil {
			see(row, keys)
		}
	}
	return nil
}

// look opens the past of a document for an actor who may read it at this moment: what the gate does not let out now does not leave by its
// history either. done must be called.
func (s *Service) look(ctx context.Context, actor access.Actor, meetingID, docID string, epoch int) (p *past, r Rights, done func(), err error) {
	m, r, err := s.Open(ctx, actor, meetingID, docID, epoch)
	if err != nil {
		if fault.Is(err, fault.Forbidden) && r.Reason == "member" {
			err = fault.New(fault.NotFound, "")
		}
		return nil, r, nil, err
	}
	p, done, err = s.past(ctx, m)
	return p, r, done, err
}

// past reads the whole log of a document; done must be called.
func (s *Service) past(ctx context.Context, m Meta) (p *past, done func(), err error) {
	select {
	case s.replays <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, fault.Wrap(fault.Unavailable, ctx.Err(), "")
	}
	done = func() { <-s.replays }
	rows, err := s.store.Since(ctx, m.Tenant, m.ID, 0)
	if err == nil && (int64(len(rows)) < m.Head || len(rows) > 0 && rows[0].Seq != 1) {
		err = fault.Newf(fault.Internal, "live: log of %s is not whole", m.ID)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	m.Head = 0
	d, err := NewDocument(Loaded{Meta: m})
	if err != nil {
		done()
		return nil, nil, err
	}
	d.fields = s.fields
	return &past{d: d, rows: rows, made: map[uint64][]mark{}}, done, nil
}

// History lists who changed what and when, from the log: the edits before the sequence before (0: the newest).
func (s *Service) History(ctx context.Context, actor access.Actor, meetingID, docID string, epoch int, before int64, names Names) (Timeline, error) {
	p, r, done, err := s.look(ctx, actor, meetingID, docID, epoch)
	if err != nil {
		return Timeline{}, err
	}
	defer done()
	var edits []Edit
	err = p.to(int64(len(p.rows)), func(row int, keys []string) {
		if before > 0 && p.rows[row].Seq >= before {
			return
		}
		by := p.by(row)
		n := len(edits)
		if n == 0 || edits[n-1].By.ActorID != by.ActorID || edits[n-1].By.AgencyName != by.AgencyName || by.At.Sub(edits[n-1].By.At) > editPause {
			edits = append(edits, Edit{From: by.Seq, Since: by.At, keys: map[string]bool{}})
			n++
		}
		e := &edits[n-1]
		e.To, e.By = by.Seq, by
		for _, k := range keys {
			e.keys[strings.TrimPrefix(k, textPrefix)] = true
		}
	})
	if err != nil {
		return Timeline{}, err
	}
	slices.Reverse(edits)
	t := Timeline{Edits: edits, Head: p.d.seq, Write: r.Write, Reason: r.Reason, More: len(edits) > editsAtOnce}
	if t.More {
		t.Edits = edits[:editsAtOnce]
	}
	for i := range t.Edits {
		t.Edits[i].Fields = []FieldRef{}
		for k := range t.Edits[i].keys {
			t.Edits[i].Fields = append(t.Edits[i].Fields, p.d.refer(k, names))
		}
		slices.SortFunc(t.Edits[i].Fields, func(a, b FieldRef) int { return strings.Compare(a.Key, b.Key) })
	}
	return t, nil
}

// FieldState is one field of a version. A text comes in parts by author, a scalar with whom it is from.
type FieldState struct {
	FieldRef
	Value any    `json:"value,omitempty"`
	Shown string `json:"shown"` // the value as it is read; a text whole
	Parts []Part `json:"parts,omitempty"`
	By    *By    `json:"by,omitempty"`
}

// Part is a stretch of text by one change. In a difference it is kept (""), added ("ins") or removed ("del"), and By is who did that.
type Part struct {
	Text string `json:"text"`
	Op   string `json:"op,omitempty"`
	By   *By    `json:"by,omitempty"`
}

// Version (ある時点の内容) is a document as it stood when the row Seq had been committed.
type Version struct {
	Seq    int64        `json:"seq"`
	By     *By          `json:"by,omitempty"`
	Fields []FieldState `json:"fields"`
}

// Version gives a document as it stood at seq, with who wrote each stretch of it.
func (s *Service) Version(ctx context.Context, actor access.Actor, meetingID, docID string, epoch int, seq int64, names Names) (Version, error) {
	p, _, done, err := s.look(ctx, actor, meetingID, docID, epoch)
	if err != nil {
		return Version{}, err
	}
	defer done()
	if err := p.known(seq); err != nil {
		return Version{}, err
	}
	last := map[string]int{}
	if err := p.to(seq, func(row int, keys []string) {
		for _, k := range keys {
			last[k] = row
		}
	}); err != nil {
		return Version{}, err
	}
	v := Version{Seq: seq, Fields: []FieldState{}}
	if p.next > 0 {
		by := p.by(p.next - 1)
		v.By = &by
	}
	for _, k := range p.d.everyKey() {
		f := FieldState{FieldRef: p.d.refer(k.name, names)}
		if k.text {
			f.Shown = p.d.Text(k.name)
			f.Parts = p.parts(k.name)
		} else {
			f.Value, _ = p.d.Value(k.name)
			f.Shown = shown(k.name, f.Value, names)
			if row, ok := last[k.name]; ok {
				by := p.by(row)
				f.By = &by
			}
		}
		v.Fields = append(v.Fields, f)
	}
	return v, nil
}

var errNoVersion = fault.New(fault.NotFound, "その時点の版はありません。履歴を読み込み直してください。")

func (p *past) known(seq int64) error {
	if seq < 0 || seq > int64(len(p.rows)) {
		return errNoVersion
	}
	return nil
}

// parts are the text at a key by the rows that wrote it; neighbours by one author in one edit are joined, whole characters only.
func (p *past) parts(key string) []Part {
	units := p.units(key)
	whole(units)
	var out []Part
	last := -2
	for _, u := range units {
		if u.row < 0 {
			continue
		}
		if last >= 0 && p.joins(last, u.row) {
			out[len(out)-1].Text += u.text
			continue
		}
		by := p.by(u.row)
		out, last = append(out, Part{Text: u.text, By: &by}), u.row
	}
	return out
}

// joins tells whether two rows are shown as one: one author, near in time.
func (p *past) joins(a, b int) bool {
	x, y := p.rows[a], p.rows[b]
	return x.ActorID == y.ActorID && x.AgencyName == y.AgencyName && y.At.Sub(x.At).Abs() <= editPause
}

type key struct {
	name string
	text bool
}

// everyKey are the keys of a document in order, values before texts of one name.
func (d *Document) everyKey() []key {
	var out []key
	for _, k := range d.Keys() {
		out = append(out, key{k, false})
	}
	for _, k := range d.TextKeys() {
		out = append(out, key{k, true})
	}
	slices.SortStableFunc(out, func(a, b key) int { return strings.Compare(a.name, b.name) })
	return out
}
