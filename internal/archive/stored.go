package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// A transfer package that is made in the background lies in numbered parts until who asked for it takes it: the first tells what is in it, the others are its files in
// order. The zip is put together anew from them each time: the same parts are the same bytes.

// storedHead is the first part.
type storedHead struct {
	Name    string         `json:"name"`
	Year    int            `json:"year"`
	Records []storedRecord `json:"records"`
}

type storedRecord struct {
	ID, CaseID, MeetingID, Hash string
	Disposed                    bool
}

// storedFile begins each other part; a newline and the content follow.
type storedFile struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

// Keep writes the package in parts, as of a moment. progress is told how many files of about how many are there.
func (o *Outgoing) Keep(ctx context.Context, at time.Time, put func(context.Context, []byte) error, progress func(done, total int)) (Packed, error) {
	o.t.At = at
	k := &keeper{put: func(b []byte) error { return put(ctx, b) }, progress: progress}
	o.t.Taken = func(records []Record) error {
		if len(records) == 0 {
			return noneOfYear
		}
		head := storedHead{Name: o.t.Name(), Year: o.t.Year}
		for _, r := range records {
			head.Records = append(head.Records, storedRecord{r.ID, r.CaseID, r.MeetingID, r.FileSHA256, r.Disposed != ""})
			if r.Disposed == "" {
				k.total += 2
			}
		}
		b, err := json.Marshal(head)
		if err != nil {
			return err
		}
		return k.put(b)
	}
	return Export(ctx, o.s.store, o.t, func() (Sink, error) { return k, nil })
}

// keeper is a Sink that makes parts.
type keeper struct {
	put         func([]byte) error
	progress    func(done, total int)
	done, total int
}

// Add implements Sink.
func (k *keeper) Add(name string, at time.Time, content []byte) error {
	b, err := json.Marshal(storedFile{name, at.UTC()})
	if err != nil {
		return err
	}
	if err := k.put(append(append(b, '\n'), content...)); err != nil {
		return err
	}
	k.done++
	k.progress(k.done, max(k.total, k.done))
	return nil
}

// Stored is a package that was made before, on its way to who asked for it.
type Stored struct {
	Name string
	top  string
	part func(context.Context, int) ([]byte, error)
}

// Stored opens a package that lies in parts. It is given only when the actor still may see everything in it, and the log says of each record that it was received.
func (s *Service) Stored(ctx context.Context, a access.Actor, part func(context.Context, int) ([]byte, error)) (*Stored, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return nil, err
	}
	raw, err := part(ctx, 0)
	if err != nil {
		return nil, err
	}
	var head storedHead
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, err
	}
	now, err := s.ofYear(ctx, a, head.Year)
	if err != nil {
		return nil, err
	}
	records := make([]Record, 0, len(head.Records))
	for _, r := range head.Records {
		switch gone, seen := now[r.ID]; {
		case !seen:
			return nil, fault.New(fault.Gone, "書き出したときから、見られる文書の範囲が変わりました。もう一度書き出してください。")
		case gone && !r.Disposed:
			return nil, fault.New(fault.Gone, "書き出したときから、廃棄された文書があります。もう一度書き出してください。")
		}
		x := Record{ID: r.ID, CaseID: r.CaseID, MeetingID: r.MeetingID, FileSHA256: r.Hash}
		if r.Disposed {
			x.Disposed = r.ID
		}
		records = append(records, x)
	}
	o := &Outgoing{s: s, a: a, t: Transfer{Year: head.Year}}
	return &Stored{Name: head.Name + ".zip", top: head.Name, part: part}, o.note(ctx, records)
}

// ofYear tells of each record of a 年度 that the actor may see whether it was disposed of.
func (s *Service) ofYear(ctx context.Context, a access.Actor, year int) (map[string]bool, error) {
	q, err := Filter{Year: year}.query()
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for {
		list, err := s.store.ArchiveRecords(ctx, access.ScopeOf(a), q)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			out[r.ID] = r.Disposed != ""
			q.Before = r.Seq
		}
		if len(list) < q.Limit {
			return out, nil
		}
	}
}

// Write writes the zip. begin is called before its first byte.
func (p *Stored) Write(ctx context.Context, begin func() io.Writer) error {
	var z *Zip
	for n := 1; ; n++ {
		b, err := p.part(ctx, n)
		if fault.Is(err, fault.NotFound) && n > 1 {
			return z.Close()
		}
		if err != nil {
			return err
		}
		head, content, ok := bytes.Cut(b, []byte{'\n'})
		var f storedFile
		if err := json.Unmarshal(head, &f); err != nil || !ok {
			return errors.Join(errors.New("archive: a part of a package is no file"), err)
		}
		if z == nil {
			z = NewZip(begin(), p.top)
		}
		if err := z.Add(f.Name, f.At, content); err != nil {
			return err
		}
	}
}

// counted tells of each record that is read.
type counted struct {
	Snapshots
	total func(int)
	step  func()
}

// AtOneMoment implements Snapshots.
func (c counted) AtOneMoment(ctx context.Context, fn func(Source) error) error {
	return c.Snapshots.AtOneMoment(ctx, func(src Source) error { return fn(countedSource{src, c}) })
}

type countedSource struct {
	Source
	c counted
}

// EachRecord implements Source.
func (s countedSource) EachRecord(ctx context.Context, tenant string, fn func(Kept) error) error {
	seq, _, err := s.ChainHead(ctx, tenant)
	if err != nil {
		return err
	}
	s.c.total(int(seq))
	return s.Source.EachRecord(ctx, tenant, func(k Kept) error {
		s.c.step()
		return fn(k)
	})
}

// VerifyWatched verifies the municipality of an actor and tells how far it has come.
func (s *Service) VerifyWatched(ctx context.Context, a access.Actor, total func(int), step func()) (Report, error) {
	if err := access.Require(a, access.ActArchiveVerify); err != nil {
		return Report{}, err
	}
	rep, err := Verify(ctx, counted{s.store, total, step}, a.Tenant, s.trust())
	if err != nil {
		return rep, err
	}
	e := a.Audit(s.now(), access.VerbArchiveVerify, "")
	if !rep.OK {
		e = e.Failed("tampered")
	}
	return rep, s.store.AppendAudit(ctx, e)
}
