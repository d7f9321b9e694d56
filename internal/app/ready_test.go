package app

import (
	"testing"
	"time"

	"kasane/internal/fault"
	"kasane/internal/store"
)

func TestUnconnected(t *testing.T) {
	t.Parallel()
	started := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
	before, after := started.Add(-2*time.Second), started.Add(2*time.Second)
	for name, c := range map[string]struct {
		nodes []store.Node
		bad   bool
	}{
		"not announced yet":               {nil, false},
		"alone without Redis":             {[]store.Node{{ID: "a/1", Bus: busLocal, Seen: after}}, false},
		"alone with Redis":                {[]store.Node{{ID: "a/1", Bus: busRedis, Seen: after}}, false},
		"two with Redis":                  {[]store.Node{{ID: "a/1", Bus: busRedis, Seen: after}, {ID: "b/1", Bus: busRedis, Seen: after}}, false},
		"neither has Redis":               {[]store.Node{{ID: "a/1", Bus: busLocal, Seen: after}, {ID: "b/1", Bus: busLocal, Seen: after}}, true},
		"the other has none":              {[]store.Node{{ID: "a/1", Bus: busRedis, Seen: after}, {ID: "b/1", Bus: busLocal, Seen: after}}, true},
		"this one has none":               {[]store.Node{{ID: "a/1", Bus: busLocal, Seen: after}, {ID: "b/1", Bus: busRedis, Seen: after}}, true},
		"two processes of one node name":  {[]store.Node{{ID: "a/1", Bus: busLocal, Seen: after}, {ID: "a/2", Bus: busLocal, Seen: after}}, true},
		"itself before it was restarted":  {[]store.Node{{ID: "a/0", Bus: busLocal, Seen: before}, {ID: "a/1", Bus: busLocal, Seen: after}}, false},
		"another, before this one starts": {[]store.Node{{ID: "b/1", Bus: busLocal, Seen: before}, {ID: "a/1", Bus: busLocal, Seen: after}}, false},
	} {
		if err := unconnected(c.nodes, "a/1", started); fault.Is(err, fault.Unavailable) != c.bad {
			t.Errorf("%s: %v", name, err)
		}
	}
}
