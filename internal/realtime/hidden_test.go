package realtime_test

import (
	"context"
	"testing"

	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

// TestRowThatWasOnItsWayTwice: an author whose acknowledgement was lost sends its change again, to this node, while the log brings it from the other
// one. When the batch that held it here is refused, the others must still be shown it.
func TestRowThatWasOnItsWayTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	a, b := n.dial("a").open(doc1, "").ready(), n.dial("b").open(doc1, "").ready()
	held, release := make(chan struct{}), make(chan struct{})
	w.store.BeforeAppend(func(batches []live.Batch) error {
		if batches[0].AccessVersion != 0 { // of the node, not of the test
			close(held)
			w.store.BeforeAppend(nil)
			<-release
		}
		return nil
	})
	var update []byte
	a.edit(func(c *livetest.Client) []byte { update = c.Type("wish", "あ"); return update })
	<-held
	row := func(user string, u []byte) live.Row {
		return live.Row{Update: u, ActorID: user, ActorName: user, AgencyID: "ag-" + user}
	}
	other := livetest.NewClient(77).Type("risk", "x")
	out, err := w.store.AppendDocs(context.Background(), []live.Batch{{Tenant: tenant, DocID: "doc1", Epoch: 1,
		Rows: []live.Row{row("a", update), row("x", other)}}})
	if err != nil || out[0].Err != nil {
		t.Fatal(out, err)
	}
	b.until("the log was read", func() bool { return b.text("risk") == "x" })
	w.store.Change(tenant, "doc1", func(m *live.Meta) { m.AccessVersion++ })
	close(release)
	a.until("acknowledged", func() bool { return a.acks == 1 })
	b.until("shown", func() bool { return b.text("wish") == "あ" })
}
