package live

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// RestoreInput (元に戻す) names what is to read again as it did at the version Seq: keys, rows by their prefix with "/" at its end, or nothing
// for the whole document.
type RestoreInput struct {
	Seq  int64    `json:"seq"`
	Keys []string `json:"keys"`
	// Plan is the hash of the changes the person confirmed. "": nothing is done, the changes are only listed.
	Plan string `json:"plan"`
}

// Restored is what a restore changes, or has changed.
type Restored struct {
	Changes []FieldDiff `json:"changes"`
	Plan    string      `json:"plan"`
	Seq     int64       `json:"seq"` // of the row that did it, 0 when it was only listed
}

// maxRestoreKeys bounds the keys named in one restore.
const maxRestoreKeys = 500

var (
	errNothing = fault.New(fault.Conflict, "すでにその時点と同じ内容です。戻すものはありません。").With("code", "same")
	errMoved   = fault.New(fault.Conflict, "確かめている間にほかの人が書き換えました。何が変わるかをもう一度確かめてください。").With("code", "moved")
)

// content is all that can be read of a document: scalars by key, texts by key with prefix.
func (d *Document) content() map[string]any {
	out := map[string]any{}
	for _, k := range d.everyKey() {
		if k.text {
			out[textPrefix+k.name] = d.Text(k.name)
		} else if v, _ := d.Value(k.name); v != nil {
			out[k.name] = v
		}
	}
	return out
}

// Restore writes what stood at an older version once more, as one new change by the actor, through the checks that everybody's typing goes
// through; the log keeps what stood between. Undoing it is another restore. Conflict: frozen, nothing to change ("same"), or what would
// change is not any more what was confirmed ("moved").
func (s *Service) Restore(ctx context.Context, actor access.Actor, meetingID, docID string, epoch int, in RestoreInput, names Names) (Restored, error) {
	p, r, done, err := s.look(ctx, actor, meetingID, docID, epoch)
	if err != nil {
		return Restored{}, err
	}
	defer done()
	if len(in.Keys) > maxRestoreKeys {
		return Restored{}, fault.New(fault.Invalid, "一度に戻せる欄の数を超えています。").On("keys")
	}
	if p.d.meta.Frozen {
		return Restored{}, errFrozen
	}
	if !r.Write {
		return Restored{}, readOnly(r.Reason)
	}
	if err := p.known(in.Seq); err != nil {
		return Restored{}, err
	}
	if err := p.to(in.Seq, nil); err != nil {
		return Restored{}, err
	}
	then := p.d.content()
	if err := p.to(int64(len(p.rows)), nil); err != nil {
		return Restored{}, err
	}
	back := steps(then, p.d.content(), in.Keys)
	out := Restored{Changes: p.d.listed(back, names), Plan: planOf(docID, back)}
	switch {
	case in.Plan == "":
		return out, nil
	case len(back) == 0:
		return Restored{}, errNothing
	case in.Plan != out.Plan:
		return Restored{}, errMoved
	}
	out.Seq, err = s.restore(ctx, actor, meetingID, p.d, r, back)
	return out, err
}

// way is one key on its way back.
type way struct {
	Key       string
	Now, Then any
}

// steps are the keys of a selection that read otherwise now than then, sorted. A row that did not exist then is marked as deleted and keeps
// its words; what was set in a row or a header only later is emptied.
func steps(then, now map[string]any, selected []string) []way {
	var out []way
	added := map[string]bool{} // prefixes of rows that did not exist then
	for k := range now {
		if row, ok := strings.CutSuffix(k, "/ord"); ok && then[k] == nil {
			added[row+"/"] = true
		}
	}
	all := map[string]bool{}
	for k := range then {
		all[k] = true
	}
	for k := range now {
		all[k] = true
	}
	for k := range added {
		all[k+"del"] = true
	}
	for k := range all {
		name, isText := strings.CutPrefix(k, textPrefix)
		if !chosen(name, selected) {
			continue
		}
		w := way{k, now[k], then[k]}
		if row := name[:strings.LastIndexByte(name, '/')+1]; added[row] {
			if name != row+"del" {
				continue
			}
			w.Then = true
		}
		switch {
		case isText && w.Then == nil:
			w.Then = ""
		case strings.HasSuffix(name, "/del") && w.Then == nil:
			w.Then = false
		}
		if w.Now != w.Then && !(w.Now == nil && (w.Then == "" || w.Then == false)) {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b way) int {
		return strings.Compare(strings.TrimPrefix(a.Key, textPrefix), strings.TrimPrefix(b.Key, textPrefix))
	})
	return out
}

func chosen(key string, selected []string) bool {
	return len(selected) == 0 || slices.ContainsFunc(selected, func(s string) bool {
		return s == key || strings.HasSuffix(s, "/") && strings.HasPrefix(key, s)
	})
}

// planOf is the hash of what is going to change, both what stands now and what will stand.
func planOf(docID string, back []way) string {
	b, _ := json.Marshal(struct {
		Doc  string
		Back []way
	}{docID, back}) // scalars and strings always encode
	return sum(b)
}

func (d *Document) listed(back []way, names Names) []FieldDiff {
	out := []FieldDiff{}
	for _, w := range back {
		name, isText := strings.CutPrefix(w.Key, textPrefix)
		f := FieldDiff{FieldRef: d.refer(name, names), Kind: "changed", By: []By{}}
		if isText {
			f.Before, _ = w.Now.(string)
			f.After, _ = w.Then.(string)
		} else {
			f.Before, f.After = shown(name, w.Now, names), shown(name, w.Then, names)
		}
		switch {
		case f.Before == "":
			f.Kind = "added"
		case f.After == "":
			f.Kind = "removed"
		}
		out = append(out, f)
	}
	return out
}

// restore writes the keys back. The update is made on the replayed document and then judged by the loaded one, as if a browser had sent it.
func (s *Service) restore(ctx context.Context, actor access.Actor, meetingID string, at *Document, r Rights, back []way) (int64, error) {
	judge, err := s.Load(ctx, actor.Tenant, at.meta.ID)
	if err != nil {
		return 0, err
	}
	at.clients = judge.clients
	b := at.Builder()
	for _, w := range back {
		if name, isText := strings.CutPrefix(w.Key, textPrefix); isText {
			b.Text(name, w.Then.(string))
		} else {
			b.Set(w.Key, w.Then)
		}
	}
	update, err := b.Update()
	if err != nil {
		return 0, err
	}
	if update == nil {
		return 0, errNothing
	}
	batch, err := judge.batch(actor, at.meta, r, update)
	if err != nil {
		return 0, err
	}
	batch.Audit = []access.Entry{actor.Audit(s.now(), access.VerbDocRestore, at.meta.ID).InCase(at.meta.CaseID).InMeeting(meetingID)}
	out, err := s.store.AppendDocs(ctx, []Batch{batch})
	if err == nil && len(out) != 1 {
		err = fault.Newf(fault.Internal, "live: %d outcomes for one batch", len(out))
	}
	if err == nil {
		err = out[0].Err
	}
	if err != nil {
		return 0, err
	}
	if s.wrote != nil {
		s.wrote(actor.Tenant, at.meta.ID)
	}
	return out[0].To, nil
}
