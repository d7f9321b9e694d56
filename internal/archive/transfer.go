package archive

import (
	"context"
	"fmt"
	"io"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Outgoing is a transfer package on its way to a person of the records desk.
type Outgoing struct {
	s *Service
	a access.Actor
	t Transfer
}

// Name is the file name of the zip.
func (o *Outgoing) Name() string { return o.t.Name() + ".zip" }

// Transfer (引渡し) prepares the package of a 年度, of what the actor may see. Nothing is read yet.
func (s *Service) Transfer(ctx context.Context, a access.Actor, year int) (*Outgoing, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return nil, err
	}
	if year < 1900 || year > 9998 {
		return nil, fault.New(fault.Invalid, "年度を確かめてください。").On("year")
	}
	if _, err := s.store.AuditCheckpoint(ctx, a.Tenant); err != nil { // so that the log has reached the newest sealing
		return nil, err
	}
	seen, err := s.store.ArchiveIDs(ctx, access.ScopeOf(a))
	if err != nil {
		return nil, err
	}
	m := access.Municipality{ID: a.Tenant}
	if err := s.store.AtOneMoment(ctx, func(src Source) error {
		list, err := src.ListMunicipalities(ctx)
		for _, x := range list {
			if x.ID == a.Tenant {
				m = x
			}
		}
		return err
	}); err != nil {
		return nil, err
	}
	o := &Outgoing{s: s, a: a, t: Transfer{Municipality: m, Year: year, At: s.now(), Keys: s.trust().Keys, Signatures: s.trust().Signatures, Only: func(r Record) bool { return seen[r.ID] }}}
	o.t.Taken = func(records []Record) error { return o.note(ctx, records) }
	return o, nil
}

var noneOfYear = fault.New(fault.NotFound, "この年度に確定した文書はありません。")

// note writes that the package was taken, and of each record in it that it was received: who asks who saw a person finds it.
func (o *Outgoing) note(ctx context.Context, records []Record) error {
	if len(records) == 0 {
		return noneOfYear
	}
	now := o.s.now()
	entries := []access.Entry{o.a.Audit(now, access.VerbArchiveExport, fmt.Sprint(o.t.Year))}
	for _, r := range records {
		if r.Disposed != "" {
			continue
		}
		e := o.a.Audit(now, access.VerbArchiveDownload, r.ID).InCase(r.CaseID).InMeeting(r.MeetingID)
		e.Hash = r.FileSHA256
		entries = append(entries, e)
	}
	return o.s.store.AppendAudit(ctx, entries...)
}

// Write writes the zip. begin is called before its first byte; what goes wrong before that can still be told.
func (o *Outgoing) Write(ctx context.Context, begin func() io.Writer) error {
	var z *Zip
	_, err := Export(ctx, o.s.store, o.t, func() (Sink, error) {
		z = NewZip(begin(), o.t.Name())
		return z, nil
	})
	if err != nil {
		return err
	}
	return z.Close()
}
