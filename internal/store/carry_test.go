package store_test

import (
	"context"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// Rows of live documents that belong to an event are written with it or not at all, and never past a document that was frozen or whose
// readers have changed.
func TestRowsWithAnEvent(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		batch := func(id string, client uint64) live.Batch {
			m, err := s.DocMeta(ctx, tenant, id)
			if err != nil {
				t.Fatal(err)
			}
			return live.Batch{Tenant: tenant, DocID: id, Epoch: m.Epoch, AccessVersion: m.AccessVersion, Clients: map[uint64]string{client: "u1"},
				Rows: []live.Row{{Update: []byte{byte(client)}, ActorID: "u1", ActorName: "花子", AgencyID: "a1", AgencyName: "機関"}}}
		}
		count := func() (rows, events, entries int) {
			for _, id := range []string{"d3", "d4"} {
				log, err := s.Since(ctx, tenant, id, 0)
				if err != nil {
					t.Fatal(err)
				}
				rows += len(log)
			}
			list, err := s.MeetingEvents(ctx, tenant, "g1", 0)
			if err != nil {
				t.Fatal(err)
			}
			return rows, len(list), store.Count(ctx, s, "audit_entry")
		}
		try := func(id string, batches ...live.Batch) error {
			_, err := s.RecordMeeting(ctx, change(t, w, id, func(c *meeting.Change) {
				c.Append, c.Audit.Verb = batches, access.VerbMeetingCarry
			}))
			return err
		}
		rows, events, entries := count()
		moved, epoch, gone := batch("d4", 11), batch("d4", 12), batch("d4", 13)
		moved.AccessVersion++
		epoch.Epoch++
		gone.DocID = "nothere"
		for name, c := range map[string]struct {
			bad  live.Batch
			want fault.Kind
		}{"readers changed": {moved, fault.Conflict}, "another epoch": {epoch, fault.Gone}, "no such document": {gone, fault.NotFound}} {
			if err := try("x"+name, batch("d3", 10), c.bad); !fault.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
			if r, e, a := count(); r != rows || e != events || a != entries {
				t.Errorf("%s: %d rows, %d events, %d entries of %d, %d, %d", name, r, e, a, rows, events, entries)
			}
		}
		if err := try("y1", batch("d4", 21), batch("d3", 20)); err != nil {
			t.Fatal(err)
		}
		if r, e, a := count(); r != rows+2 || e != events+1 || a != entries+1 {
			t.Errorf("%d rows, %d events, %d entries of %d, %d, %d", r, e, a, rows, events, entries)
		}
		log, err := s.Since(ctx, tenant, "d3", 0)
		if err != nil || len(log) == 0 || log[len(log)-1].ActorName != "花子" || log[len(log)-1].Update[0] != 20 {
			t.Errorf("%+v %v", log, err)
		}
		if m, err := s.DocMeta(ctx, tenant, "d3"); err != nil || m.Head != int64(len(log)) {
			t.Errorf("%+v %v", m, err)
		}
		if _, err := s.RecordMeeting(ctx, change(t, w, "f1", func(c *meeting.Change) { c.Freeze = []string{"d3", "d4"} })); err != nil {
			t.Fatal(err)
		}
		if err := try("y2", batch("d3", 30)); !fault.Is(err, fault.Conflict) {
			t.Errorf("into a frozen document: %v", err)
		}
	})
}
