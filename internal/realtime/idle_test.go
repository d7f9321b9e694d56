package realtime_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kasane/internal/relaytest"
)

// idleCut is the silence after which many a proxy of an office ends a connection: the default of nginx.
const idleCut = 60 * time.Second

// TestStockClientsAlone: the stock clients, as their packages set them up, keep their connection for 90 seconds though nobody writes, through a proxy
// that cuts what is silent in one direction for 60. Both give up themselves when they hear nothing for 30. The times are those of a real installation.
func TestStockClientsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.node()
	way := relaytest.Start(t, "tcp", strings.TrimPrefix(n.url, "ws://"), relaytest.Rules{Silence: idleCut})
	s := newStock(t, n, "ws://"+way.Addr(), "alone")
	s.expect("synced")
	var cuts struct{ Hocuspocus, Ywebsocket int }
	if err := json.Unmarshal(s.expect("cuts").Value, &cuts); err != nil || cuts.Hocuspocus+cuts.Ywebsocket != 0 {
		t.Fatalf("connections lost: %+v, %v", cuts, err)
	}
	s.expect("still taken")
	s.expect("done")
}
